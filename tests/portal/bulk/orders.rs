//! Orders of an account.

use serde_json::{Value, json};

use super::{CSV, NDJSON, counts, job, results, send, shop, work};
use crate::client::Client;

const ORDERS: &str = "/bulk/orders";

fn order(key: &str, po_number: &str, sku: &str) -> Value {
    json!({"idempotency_key": key, "po_number": po_number, "lines": [{"sku": sku, "unit": "H87", "quantity": "1"}]})
}

fn body(orders: &[Value]) -> String {
    orders.iter().map(|order| format!("{order}\n")).collect()
}

async fn orders(buyer: &Client) -> usize {
    buyer.get("/orders?limit=200").await.expect(200)["data"]
        .as_array()
        .unwrap()
        .len()
}

#[tokio::test]
async fn each_line_is_an_order_and_none_is_placed_twice() {
    let app = shop().await;
    let buyer = app.person("ACME", "buyer").await;
    let mut lines = body(&[
        order("k-1", "PO-1", "A-1"),
        order("k-2", "PO-2", "A-9"),
        order("k-3", "PO-1", "A-2"),
    ]);
    lines.push_str("nonsense\n");
    lines.push_str(&body(&[order("", "PO-5", "A-1"), order("k-6", "PO-6", "A-2")]));
    let sent = send(&buyer, ORDERS, NDJSON, &lines).await.expect(202);
    work(&app).await;
    assert_eq!(counts(&job(&buyer, &sent, "").await), (6, 2, 4, 0, "succeeded"));
    let all = results(&buyer, &sent, ("", "")).await;
    assert_eq!(all[0]["key"], json!({"idempotency_key": "k-1", "po_number": "PO-1"}));
    let id = all[0]["order_id"].as_str().unwrap();
    let placed = buyer.get(&format!("/orders/{id}")).await.expect(200);
    assert_eq!(placed["po_number"], "PO-1");
    let faults: Vec<_> = all[1..5]
        .iter()
        .map(|row| {
            (
                row["row"].as_i64().unwrap(),
                row["errors"][0]["field"].as_str().unwrap(),
                row["errors"][0]["code"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        faults,
        [
            (2, "lines/0/sku", "unknown_sku"),
            (3, "", "po_number_used"),
            (4, "", "malformed_json"),
            (5, "idempotency_key", "value_invalid")
        ]
    );
    // The same lines in another job, and one of them by itself.
    let again = send(
        &buyer,
        ORDERS,
        NDJSON,
        &body(&[order("k-1", "PO-1", "A-1"), order("k-7", "PO-7", "A-1")]),
    )
    .await
    .expect(202);
    work(&app).await;
    assert_eq!(counts(&job(&buyer, &again, "").await), (2, 2, 0, 1, "succeeded"));
    assert_eq!(results(&buyer, &again, ("", "")).await[0]["order_id"], id);
    let single = json!({"po_number": "PO-7", "lines": [{"sku": "A-1", "unit": "H87", "quantity": "1"}]});
    let single = buyer.post_with_key("/orders", "k-7", single).await;
    assert_eq!(single.header("idempotency-replayed"), "true");
    assert_eq!(orders(&buyer).await, 3);
    app.finish().await;
}

#[tokio::test]
async fn all_orders_or_none() {
    let app = shop().await;
    let buyer = app.person("ACME", "buyer").await;
    let path = format!("{ORDERS}?mode=all_or_nothing");
    let bad = body(&[
        order("a-1", "PO-1", "A-1"),
        order("a-2", "po-1", "A-1"),
        order("a-3", "PO-3", "A-9"),
        order("a-4", "PO-4", "A-2"),
    ]);
    let sent = send(&buyer, &path, NDJSON, &bad).await.expect(202);
    work(&app).await;
    assert_eq!(counts(&job(&buyer, &sent, "").await), (4, 0, 2, 0, "failed"));
    let outcomes: Vec<_> = results(&buyer, &sent, ("", ""))
        .await
        .iter()
        .map(|row| row["outcome"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(outcomes, ["not_applied", "rejected", "rejected", "not_applied"]);
    assert_eq!(orders(&buyer).await, 0);
    let good: Vec<_> = (0..120)
        .map(|n| order(&format!("b-{n}"), &format!("PO-{n}"), "A-1"))
        .collect();
    let sent = send(&buyer, &path, NDJSON, &body(&good)).await.expect(202);
    work(&app).await;
    assert_eq!(counts(&job(&buyer, &sent, "").await), (120, 120, 0, 0, "succeeded"));
    assert_eq!(orders(&buyer).await, 120);
    let many: Vec<_> = (0..201)
        .map(|n| order(&format!("c-{n}"), &format!("PX-{n}"), "A-1"))
        .collect();
    send(&buyer, &path, NDJSON, &body(&many))
        .await
        .problem(413, "payload_too_large");
    app.finish().await;
}

#[tokio::test]
async fn a_job_is_for_its_account_alone() {
    let app = shop().await;
    let (buyer, viewer) = (app.person("ACME", "buyer").await, app.person("ACME", "viewer").await);
    let stranger = app.person("RIVAL", "admin").await;
    let sent = send(&buyer, ORDERS, NDJSON, &body(&[order("k-1", "PO-1", "A-1")]))
        .await
        .expect(202);
    let path = format!("/bulk-jobs/{}", sent["id"].as_str().unwrap());
    for path in [path.clone(), format!("{path}/results")] {
        stranger.get(&path).await.problem(404, "not_found");
    }
    stranger
        .post(&format!("{path}/cancel"), json!({}))
        .await
        .problem(404, "not_found");
    assert_eq!(stranger.get("/bulk-jobs").await.expect(200)["data"], json!([]));
    assert_eq!(viewer.get(&path).await.expect(200)["account"], "ACME");
    viewer
        .post(&format!("{path}/cancel"), json!({}))
        .await
        .problem(403, "forbidden");
    send(&viewer, ORDERS, NDJSON, "{}").await.problem(403, "forbidden");
    send(&buyer, ORDERS, CSV, "a,b\n")
        .await
        .problem(415, "unsupported_media_type");
    assert_eq!(
        buyer.post(&format!("{path}/cancel"), json!({})).await.expect(200)["state"],
        "cancelled"
    );
}

#[tokio::test]
async fn a_program_orders_as_itself() {
    let app = shop().await;
    let admin = app.person("ACME", "admin").await;
    let made = json!({"name": "Shop", "scopes": ["orders:write", "orders:read"]});
    let made = admin.post("/clients", made).await.expect(201);
    let (id, secret) = (
        made["client"]["id"].as_str().unwrap(),
        made["secret"]["secret"].as_str().unwrap(),
    );
    let program = crate::clients::token(&app.anonymous(), id, secret, "orders:write orders:read").await;
    let sent = send(&program, ORDERS, NDJSON, &body(&[order("k-1", "PO-1", "A-1")]))
        .await
        .expect(202);
    work(&app).await;
    assert_eq!(counts(&job(&program, &sent, "").await), (1, 1, 0, 0, "succeeded"));
    let placed = admin.get("/orders").await.expect(200);
    assert_eq!(placed["data"][0]["placed_by"], id);
    app.finish().await;
}

/// What was sent before is not ordered once nobody of the account may order any more.
#[tokio::test]
async fn orders_of_an_account_that_was_closed_meanwhile_are_not_placed() {
    let app = shop().await;
    let buyer = app.person("ACME", "buyer").await;
    let sent = send(&buyer, ORDERS, NDJSON, &body(&[order("k-1", "PO-1", "A-1")]))
        .await
        .expect(202);
    let staff = app.staff("admin").await;
    let acme = staff.get("/supplier/accounts?q=ACME").await.expect(200);
    let path = format!("/supplier/accounts/{}", acme["data"][0]["id"].as_str().unwrap());
    staff.post(&format!("{path}/close"), json!({})).await.expect(200);
    work(&app).await;
    let id = sent["id"].as_str().unwrap().to_owned();
    let state = app.db().read(move |connection| {
        portal::db::sql("SELECT state FROM bulk_jobs WHERE id = $1")
            .bind(id.parse::<portal::ids::BulkJobId>().unwrap())
            .one::<String>(connection)
    });
    assert_eq!(state.await.unwrap(), "failed");
    let placed = staff.get("/supplier/orders").await.expect(200);
    assert_eq!(placed["data"], json!([]));
}

#[tokio::test]
async fn an_erp_of_the_supplier_places_orders_of_accounts() {
    let app = shop().await;
    let desk = app.staff("admin").await;
    let of = |account: &str, key: &str, po_number: &str| {
        let mut row = order(key, po_number, "A-1");
        row["account"] = account.into();
        row
    };
    let lines = body(&[
        of("ACME", "e-1", "PO-E1"),
        of("RIVAL", "e-2", "PO-E1"),
        of("NOBODY", "e-3", "PO-E3"),
        order("e-4", "PO-E4", "A-1"),
    ]);
    const PATH: &str = "/supplier/bulk/orders";
    send(&desk, PATH, CSV, "account\nACME\n")
        .await
        .problem(415, "unsupported_media_type");
    let sent = send(&desk, PATH, NDJSON, &lines).await.expect(202);
    assert_eq!(sent["kind"], "account_orders");
    work(&app).await;
    assert_eq!(counts(&job(&desk, &sent, "/supplier").await), (4, 2, 2, 0, "succeeded"));
    let all = results(&desk, &sent, ("/supplier", "")).await;
    assert_eq!(
        all[0]["key"],
        json!({"idempotency_key": "e-1", "account": "ACME", "po_number": "PO-E1"})
    );
    assert_eq!(
        (&all[2]["errors"][0]["field"], &all[2]["errors"][0]["code"]),
        (&json!("account"), &json!("unknown_account"))
    );
    assert_eq!(
        (&all[3]["errors"][0]["field"], &all[3]["errors"][0]["code"]),
        (&json!("account"), &json!("required"))
    );
    // Each account sees its own, and the same rows make no more of them.
    for code in ["ACME", "RIVAL"] {
        let buyer = app.person(code, "buyer").await;
        let own = buyer.get("/orders?limit=200").await.expect(200);
        assert_eq!(own["data"].as_array().unwrap().len(), 1, "{code}");
        assert_eq!(own["data"][0]["po_number"], "PO-E1");
    }
    let again = send(&desk, PATH, NDJSON, &lines).await.expect(202);
    work(&app).await;
    assert_eq!(
        counts(&job(&desk, &again, "/supplier").await),
        (4, 2, 2, 2, "succeeded")
    );
    let buyer = app.person("ACME", "buyer").await;
    assert_eq!(orders(&buyer).await, 1);
    app.finish().await;
}
