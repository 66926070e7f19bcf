//! Workers that die, and jobs beside each other.

use chrono::TimeDelta;
use portal::bulk::shapes::read_order;
use portal::bulk::working;
use portal::clock;
use portal::db::sql;
use serde_json::json;

use super::{CSV, NDJSON, counts, job, results, send, shop, work};
use crate::app::{TestApp, outside_the_runtime};

/// Works at this moment, as a process that ends behind the first piece.
async fn one_piece(app: &TestApp) -> working::Leased {
    let leased = app
        .db()
        .write(|tx| working::lease(tx, clock::now()))
        .await
        .unwrap()
        .expect("a job waits");
    let own = leased.clone();
    outside_the_runtime(|| working::work(app.db(), &own, read_order, &|| true)).unwrap();
    leased
}

fn prices(rows: usize) -> String {
    let rows = (1..=rows).map(|n| format!("BASE,A-1,H87,{n},5\n"));
    format!("price_list,sku,unit,min_quantity,price\n{}", rows.collect::<String>())
}

#[tokio::test]
async fn who_goes_on_goes_on_behind_the_last_piece() {
    let app = shop().await;
    let desk = app.staff("pricing").await;
    let mut body = prices(6_000);
    body.push_str("BASE,A-1,H87,1,6\n");
    let sent = send(&desk, "/supplier/bulk/prices", CSV, &body).await.expect(202);
    let first = one_piece(&app).await;
    let begun = job(&desk, &sent, "/supplier").await;
    assert_eq!(
        (&begun["state"], &begun["done"], &begun["percent"]),
        (&json!("running"), &json!(1_000), &json!(16))
    );
    assert_eq!(results(&desk, &sent, ("/supplier", "")).await.len(), 1_000);
    // Another takes it, and is killed before it says so: nobody has it until the lease is over.
    let taken = app
        .db()
        .write(|tx| working::lease(tx, clock::now()))
        .await
        .unwrap()
        .expect("let go");
    let none = app.db().write(|tx| working::lease(tx, clock::now())).await.unwrap();
    assert!(none.is_none(), "it is held");
    let later = clock::now() + TimeDelta::seconds(20);
    let third = app
        .db()
        .write(move |tx| working::lease(tx, later))
        .await
        .unwrap()
        .expect("the lease is over");
    // The one who was thought dead, and the first, write nothing any more.
    for late in [taken, first] {
        outside_the_runtime(|| working::work(app.db(), &late, read_order, &|| false)).unwrap();
        assert_eq!(job(&desk, &sent, "/supplier").await["done"], 1_000);
    }
    outside_the_runtime(|| working::work(app.db(), &third, read_order, &|| false)).unwrap();
    // The key of the last row stood in the first piece, which somebody else did.
    assert_eq!(
        counts(&job(&desk, &sent, "/supplier").await),
        (6_001, 6_000, 1, 0, "succeeded")
    );
    let kept = app
        .db()
        .read(|connection| sql("SELECT COUNT(*) FROM prices WHERE price_micros = 5000000").one::<i64>(connection));
    assert_eq!(kept.await.unwrap(), 6_000);
    app.check().await;
}

#[tokio::test]
async fn orders_placed_before_a_kill_are_found_again() {
    let app = shop().await;
    let buyer = app.person("ACME", "buyer").await;
    let line = |n: usize| json!({"idempotency_key": format!("k-{n}"), "po_number": format!("PO-{n}"), "lines": [{"sku": "A-1", "unit": "H87", "quantity": "1"}]});
    let body: String = (0..120).map(|n| format!("{}\n", line(n))).collect();
    let sent = send(&buyer, "/bulk/orders", NDJSON, &body).await.expect(202);
    one_piece(&app).await;
    // The process died before it said that the piece is done.
    let undone = |tx: &mut _| {
        sql("UPDATE bulk_jobs SET next_piece = 0, done_count = 0, accepted_count = 0").run(tx)?;
        sql("UPDATE bulk_pieces SET outcome = NULL").run(tx)
    };
    app.db().write(undone).await.unwrap();
    work(&app).await;
    assert_eq!(counts(&job(&buyer, &sent, "").await), (120, 120, 0, 0, "succeeded"));
    let orders = app
        .db()
        .read(|connection| sql("SELECT COUNT(*) FROM orders").one::<i64>(connection));
    assert_eq!(orders.await.unwrap(), 120);
    app.finish().await;
}

#[tokio::test]
async fn jobs_of_one_kind_follow_each_other_and_others_have_their_turn() {
    let app = shop().await;
    let (desk, warehouse) = (app.staff("pricing").await, app.staff("warehouse").await);
    let long = send(&desk, "/supplier/bulk/prices", CSV, &prices(4_001))
        .await
        .expect(202);
    let behind = send(&desk, "/supplier/bulk/prices", CSV, &prices(1)).await.expect(202);
    let other = send(
        &warehouse,
        "/supplier/bulk/stock",
        CSV,
        "warehouse,sku,on_hand\nNORTH,A-1,5\n",
    )
    .await
    .expect(202);
    one_piece(&app).await;
    one_piece(&app).await;
    let state = async |sent| job(&desk, sent, "/supplier").await["state"].clone();
    assert_eq!(state(&long).await, "running");
    assert_eq!(state(&behind).await, "queued", "prices come in their order");
    assert_eq!(
        state(&other).await,
        "succeeded",
        "it did not wait for the end of the long one"
    );
    work(&app).await;
    for sent in [&long, &behind] {
        assert_eq!(state(sent).await, "succeeded");
    }
}

#[tokio::test]
async fn a_job_that_is_cancelled_ends_at_the_next_piece() {
    let app = shop().await;
    let desk = app.staff("pricing").await;
    let sent = send(&desk, "/supplier/bulk/prices", CSV, &prices(4_001))
        .await
        .expect(202);
    let leased = app
        .db()
        .write(|tx| working::lease(tx, clock::now()))
        .await
        .unwrap()
        .unwrap();
    let path = format!("/supplier/bulk-jobs/{}/cancel", sent["id"].as_str().unwrap());
    desk.post(&path, json!({})).await.expect(200);
    outside_the_runtime(|| working::work(app.db(), &leased, read_order, &|| false)).unwrap();
    assert_eq!(
        counts(&job(&desk, &sent, "/supplier").await),
        (4_001, 0, 0, 0, "cancelled")
    );
    work(&app).await;
    let kept = app
        .db()
        .read(|connection| sql("SELECT COUNT(*) FROM prices WHERE price_micros = 5000000").one::<i64>(connection));
    assert_eq!(kept.await.unwrap(), 0);
}
