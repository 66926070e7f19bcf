//! Rows of tables.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use portal::db::sql;
use portal::worker::housekeeping;
use reqwest::Method;
use serde_json::{Value, json};

use super::{CSV, NDJSON, counts, job, results, send, send_under, shop, work};
use crate::app::TestApp;

const PRICES: &str = "/supplier/bulk/prices";

async fn prices(app: &TestApp) -> Vec<(String, i64)> {
    let read = app.db().read(|connection| {
        sql("SELECT p.sku, r.price_micros FROM prices r JOIN products p ON p.id = r.product_id ORDER BY p.sku")
            .rows(connection)
    });
    read.await.unwrap()
}

#[tokio::test]
async fn good_rows_are_written_and_bad_ones_told_with_row_and_field() {
    let app = shop().await;
    let desk = app.staff("pricing").await;
    let body = [
        json!({"price_list": "BASE", "sku": "A-1", "unit": "H87", "min_quantity": 0, "price": "1.50"}),
        json!({"price_list": "BASE", "sku": "A-2", "unit": "H87", "min_quantity": "0", "price": 2}),
        json!({"price_list": "BASE", "sku": "A-9", "unit": "H87", "min_quantity": 0, "price": "x"}),
        json!({"price_list": "BASE", "sku": "A-3", "unit": "H87", "min_quantity": 0, "price": 3, "colour": "red"}),
        json!({"price_list": "BASE", "sku": "A-3", "unit": "H87", "min_quantity": 0, "price": 3.25}),
        json!({"price_list": "BASE", "sku": "A-3", "unit": "H87", "min_quantity": 0, "price": 4}),
    ];
    let body = body.map(|row| row.to_string()).join("\n");
    let answer = send(&desk, PRICES, NDJSON, &body).await;
    let location = answer.header("location").to_owned();
    let sent = answer.expect(202);
    assert_eq!(
        location,
        format!("/api/v1/supplier/bulk-jobs/{}", sent["id"].as_str().unwrap())
    );
    assert_eq!(
        (&sent["state"], &sent["mode"], &sent["rows"]),
        (&json!("queued"), &json!("valid_rows"), &json!(6))
    );
    assert_eq!(results(&desk, &sent, ("/supplier", "")).await, Vec::<Value>::new());
    work(&app).await;
    let done = job(&desk, &sent, "/supplier").await;
    assert_eq!(counts(&done), (6, 3, 3, 1, "succeeded"));
    assert_eq!((&done["percent"], &done["done"]), (&json!(100), &json!(6)));
    let expected = [("A-1", 1_500_000), ("A-2", 2_000_000), ("A-3", 3_250_000)];
    assert_eq!(
        prices(&app).await,
        expected.map(|(sku, micros)| (sku.to_owned(), micros))
    );
    let all = results(&desk, &sent, ("/supplier", "")).await;
    let outcomes: Vec<_> = all
        .iter()
        .map(|row| (row["row"].as_i64().unwrap(), row["outcome"].as_str().unwrap()))
        .collect();
    let (good, bad) = ("accepted", "rejected");
    assert_eq!(
        outcomes,
        [(1, good), (2, good), (3, bad), (4, bad), (5, good), (6, bad)]
    );
    assert_eq!(
        all[0]["key"],
        json!({"price_list": "BASE", "sku": "A-1", "unit": "H87", "min_quantity": "0"})
    );
    let rejected = results(&desk, &sent, ("/supplier", "?rejected=true")).await;
    let faults: Vec<_> = rejected
        .iter()
        .flat_map(|row| {
            row["errors"]
                .as_array()
                .unwrap()
                .iter()
                .map(|fault| (row["row"].clone(), fault["field"].clone(), fault["code"].clone()))
        })
        .collect();
    assert!(
        faults.contains(&(json!(3), json!("sku"), json!("unknown_sku"))),
        "{faults:?}"
    );
    assert!(
        faults.contains(&(json!(3), json!("price"), json!("bad_number"))),
        "{faults:?}"
    );
    assert!(
        faults.contains(&(json!(4), json!("colour"), json!("unknown_field"))),
        "{faults:?}"
    );
    assert!(
        faults.contains(&(json!(6), json!("sku"), json!("duplicate_key"))),
        "{faults:?}"
    );
    let admin = app.staff("admin").await;
    let entries = admin.get("/supplier/audit?action=bulk.").await.expect(200);
    let actions: Vec<_> = entries["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["action"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(actions, ["bulk.end", "bulk.send"]);
    app.check().await;
}

#[tokio::test]
async fn csv_says_its_columns_and_rows_that_are_there_change_nothing() {
    let app = shop().await;
    let desk = app.staff("warehouse").await;
    let body = "sku;warehouse;on_hand\r\nA-1;NORTH;1000\r\n\r\n\"A-2\";NORTH;900\r\nA-3;\"SO\nUTH\";-1\r\nA-3;SOUTH;7";
    let sent = send(&desk, "/supplier/bulk/stock", CSV, body).await.expect(202);
    work(&app).await;
    assert_eq!(counts(&job(&desk, &sent, "/supplier").await), (4, 3, 1, 1, "succeeded"));
    let bad = results(&desk, &sent, ("/supplier", "?rejected=true")).await;
    assert_eq!(bad[0]["row"], 5, "{bad:?}");
    let stock = desk.get("/supplier/stock").await.expect(200);
    let on_hand: Vec<_> = stock["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["on_hand"].clone())
        .collect();
    assert_eq!(on_hand, [json!("1000"), json!("900"), json!("7")]);
    app.check().await;
}

#[tokio::test]
async fn all_rows_or_none() {
    let app = shop().await;
    let desk = app.staff("pricing").await;
    let head = "price_list,sku,unit,min_quantity,price\n";
    let path = format!("{PRICES}?mode=all_or_nothing");
    let before = prices(&app).await;
    let bad = format!("{head}BASE,A-1,H87,0,5\nBASE,A-9,H87,0,5\n");
    let sent = send(&desk, &path, CSV, &bad).await.expect(202);
    work(&app).await;
    let failed = job(&desk, &sent, "/supplier").await;
    assert_eq!(counts(&failed), (2, 0, 1, 0, "failed"));
    assert_eq!(failed["failure"], "Nothing was written, for rows are bad: 1.");
    let all = results(&desk, &sent, ("/supplier", "")).await;
    let outcomes: Vec<_> = all.iter().map(|row| row["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["not_applied", "rejected"]);
    assert_eq!(prices(&app).await, before);
    let good = format!("{head}BASE,A-1,H87,0,5\nBASE,A-3,H87,0,6\n");
    let sent = send(&desk, &path, CSV, &good).await.expect(202);
    work(&app).await;
    assert_eq!(counts(&job(&desk, &sent, "/supplier").await), (2, 2, 0, 0, "succeeded"));
    assert_eq!(prices(&app).await[0].1, 5_000_000);
    // More than fits in one transaction is refused while it comes.
    let many: String = (0..20_001).map(|n| format!("BASE,A-1,H87,{n},5\n")).collect();
    send(&desk, &path, CSV, &format!("{head}{many}"))
        .await
        .problem(413, "payload_too_large");
    app.check().await;
}

#[tokio::test]
async fn many_pieces_know_their_rows_and_a_key_that_comes_twice() {
    let app = shop().await;
    let desk = app.staff("pricing").await;
    let mut body = "price_list,sku,unit,min_quantity,price\n".to_owned();
    for n in 0..5_000 {
        body.push_str(&format!("BASE,A-1,H87,{},5\n", if n == 4_500 { 7 } else { n + 1 }));
    }
    let sent = send(&desk, PRICES, CSV, &body).await.expect(202);
    work(&app).await;
    assert_eq!(
        counts(&job(&desk, &sent, "/supplier").await),
        (5_000, 4_999, 1, 0, "succeeded")
    );
    let bad = results(&desk, &sent, ("/supplier", "?rejected=true")).await;
    assert_eq!(
        (&bad[0]["row"], &bad[0]["errors"][0]["code"]),
        (&json!(4_502), &json!("duplicate_key"))
    );
    assert_eq!(results(&desk, &sent, ("/supplier", "")).await.len(), 5_000);
    // It goes after a while, a little at a time.
    let later = portal::clock::now() + chrono::TimeDelta::days(31);
    while housekeeping::step(app.db(), later).await.unwrap() > 0 {}
    let left = app.db().read(|connection| {
        sql("SELECT (SELECT COUNT(*) FROM bulk_jobs) + (SELECT COUNT(*) FROM bulk_pieces)").one::<i64>(connection)
    });
    assert_eq!(left.await.unwrap(), 0);
}

#[tokio::test]
async fn the_same_body_under_the_same_key_is_the_same_job() {
    let app = shop().await;
    let desk = app.staff("warehouse").await;
    let (path, body) = ("/supplier/bulk/stock", "warehouse,sku,on_hand\nNORTH,A-1,5\n");
    let first = send_under(&desk, path, (CSV, "once"), body).await.expect(202);
    let again = send_under(&desk, path, (CSV, "once"), body).await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.expect(202)["id"], first["id"]);
    let other = body.replace('5', "6");
    send_under(&desk, path, (CSV, "once"), &other)
        .await
        .problem(422, "idempotency_key_reused");
    let jobs = desk.get("/supplier/bulk-jobs").await.expect(200);
    assert_eq!(jobs["data"].as_array().unwrap().len(), 1, "{jobs}");
    let left = app
        .db()
        .read(|connection| sql("SELECT COUNT(*) FROM bulk_jobs").one::<i64>(connection));
    assert_eq!(left.await.unwrap(), 1, "what made no job is taken back");
}

#[tokio::test]
async fn what_is_no_rows_is_refused_at_once() {
    let app = shop().await;
    let desk = app.staff("admin").await;
    let path = "/supplier/bulk/stock";
    send(&desk, path, "application/json", "{}")
        .await
        .problem(415, "unsupported_media_type");
    send(&desk, path, CSV, "").await.problem(400, "bad_request");
    send(&desk, path, NDJSON, "nonsense\n")
        .await
        .problem(400, "malformed_json");
    let faults = send(&desk, path, CSV, "warehouse,sku,colour\nN,A-1,red\n")
        .await
        .faults();
    assert!(
        faults.contains(&("/colour".to_owned(), "unknown_column".to_owned())),
        "{faults:?}"
    );
    assert!(
        faults.contains(&("/on_hand".to_owned(), "missing_column".to_owned())),
        "{faults:?}"
    );
    let keyless = [("content-type", CSV)];
    let keyless = desk.send(Method::POST, path, &keyless, Some("x".to_owned())).await;
    keyless.problem(400, "idempotency_key_required");
    let packed = [
        ("content-type", CSV),
        ("content-encoding", "br"),
        ("Idempotency-Key", "k"),
    ];
    desk.send(Method::POST, path, &packed, Some("x".to_owned()))
        .await
        .problem(415, "unsupported_media_type");
    let long = format!("warehouse,sku,on_hand\nN,{},1\n", "x".repeat(70_000));
    send(&desk, path, CSV, &long).await.problem(413, "payload_too_large");
    send(&desk, "/supplier/bulk/invoices", NDJSON, "{}")
        .await
        .problem(404, "not_found");
    let left = app
        .db()
        .read(|connection| sql("SELECT COUNT(*) FROM bulk_jobs").one::<i64>(connection));
    assert_eq!(left.await.unwrap(), 0, "what made no job is taken back");
}

#[tokio::test]
async fn a_body_may_be_packed() {
    let app = shop().await;
    let desk = app.staff("warehouse").await;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(b"warehouse,sku,on_hand\nNORTH,A-1,5\n").unwrap();
    let sent = desk
        .send_bytes(
            "/supplier/bulk/stock",
            &[
                ("content-type", CSV),
                ("content-encoding", "gzip"),
                ("Idempotency-Key", "k"),
            ],
            encoder.finish().unwrap(),
        )
        .await
        .expect(202);
    work(&app).await;
    assert_eq!(counts(&job(&desk, &sent, "/supplier").await), (1, 1, 0, 0, "succeeded"));
}

#[tokio::test]
async fn a_job_is_cancelled_once_and_by_those_who_may_send_the_same() {
    let app = shop().await;
    let (desk, other) = (app.staff("warehouse").await, app.staff("pricing").await);
    let sent = send(
        &desk,
        "/supplier/bulk/stock",
        CSV,
        "warehouse,sku,on_hand\nNORTH,A-1,5\n",
    )
    .await
    .expect(202);
    let path = format!("/supplier/bulk-jobs/{}", sent["id"].as_str().unwrap());
    other
        .post(&format!("{path}/cancel"), json!({}))
        .await
        .problem(403, "forbidden");
    let cancelled = desk.post(&format!("{path}/cancel"), json!({})).await.expect(200);
    assert_eq!(cancelled["state"], "cancelled");
    desk.post(&format!("{path}/cancel"), json!({}))
        .await
        .problem(409, "bulk_job_state");
    work(&app).await;
    assert_eq!(counts(&job(&desk, &sent, "/supplier").await), (1, 0, 0, 0, "cancelled"));
    let filtered = desk
        .get("/supplier/bulk-jobs?kind=stock&state=cancelled")
        .await
        .expect(200);
    assert_eq!(filtered["data"][0]["id"], sent["id"]);
    let none = desk.get("/supplier/bulk-jobs?kind=prices").await.expect(200);
    assert_eq!(none["data"], json!([]));
}

#[tokio::test]
async fn every_kind_of_rows_is_written() {
    let app = TestApp::with_accounts().await;
    app.import(&[("tax_rates.csv", "country,category,rate\nNL,S,21\n")])
        .await;
    let admin = app.staff("admin").await;
    let email = admin.get("/me").await.expect(200)["email"].as_str().unwrap().to_owned();
    let rows = [
        (
            "accounts",
            "account,name,country,currency,tier,payment_terms_days,credit_limit\nNEW,New Works,NL,EUR,gold,30,\n"
                .to_owned(),
        ),
        ("sites", "account,site,name,country\nNEW,NORTH,North,NL\n".to_owned()),
        ("contacts", "account,contact,name\nNEW,AP,Accounts payable\n".to_owned()),
        (
            "products",
            "sku,name,base_unit,decimals,tax_category\nP-1,Bolt,H87,0,S\nP-2,Nut,H87,0,S\n".to_owned(),
        ),
        ("units", "sku,unit,name,base_quantity\nP-1,XCT,Carton,10\n".to_owned()),
        (
            "price_lists",
            "price_list,name,currency,kind,account\nBASE,Base,EUR,base,\n".to_owned(),
        ),
        (
            "prices",
            "price_list,sku,unit,min_quantity,price\nBASE,P-1,XCT,0,9\n".to_owned(),
        ),
        (
            "assortments",
            "account,sku,customer_part_number\nNEW,P-1,MY-1\n".to_owned(),
        ),
        (
            "team",
            format!("email,account,function,position\n{email},NEW,key_account_manager,1\n"),
        ),
        ("stock", "warehouse,sku,on_hand\nNORTH,P-1,5\n".to_owned()),
    ];
    for (kind, body) in rows {
        let sent = send(&admin, &format!("/supplier/bulk/{kind}"), CSV, &body)
            .await
            .expect(202);
        work(&app).await;
        let done = job(&admin, &sent, "/supplier").await;
        let (rows, accepted, rejected, _, state) = counts(&done);
        assert_eq!(
            (accepted, rejected, state),
            (rows, 0, "succeeded"),
            "{kind}: {:?}",
            results(&admin, &sent, ("/supplier", "")).await
        );
    }
    app.check().await;
}

#[tokio::test]
async fn a_program_sends_what_it_may_write_and_nothing_else() {
    let app = shop().await;
    let admin = app.staff("admin").await;
    let made = json!({"name": "ERP", "scopes": ["stock:write", "imports:read", "imports:write"]});
    let made = admin.post("/supplier/clients", made).await.expect(201);
    let (id, secret) = (
        made["client"]["id"].as_str().unwrap(),
        made["secret"]["secret"].as_str().unwrap(),
    );
    let program = crate::clients::token(&app.anonymous(), id, secret, "stock:write imports:read imports:write").await;
    let sent = send(
        &program,
        "/supplier/bulk/stock",
        CSV,
        "warehouse,sku,on_hand\nNORTH,A-1,5\n",
    )
    .await
    .expect(202);
    let refused = send(&program, PRICES, CSV, "x")
        .await
        .problem(403, "insufficient_scope");
    assert_eq!(refused["params"]["scope"], "prices:write");
    // Whoever lost the scope before it was their turn writes nothing.
    admin
        .post(&format!("/supplier/clients/{id}/revoke"), json!({}))
        .await
        .expect(200);
    work(&app).await;
    let failed = job(&admin, &sent, "/supplier").await;
    assert_eq!(counts(&failed), (1, 0, 0, 0, "failed"));
    assert_eq!(failed["failure"], "Whoever sent the rows may no longer send such rows.");
}

#[tokio::test]
async fn a_body_that_comes_again_is_its_job_however_many_wait() {
    let app = shop().await;
    let desk = app.staff("admin").await;
    let body = |n: usize| format!("warehouse,sku,on_hand\nNORTH,A-1,{n}\n");
    let path = "/supplier/bulk/stock";
    let first = send_under(&desk, path, (CSV, "again-0"), &body(0)).await.expect(202);
    for n in 1..50 {
        send_under(&desk, path, (CSV, &format!("again-{n}")), &body(n))
            .await
            .expect(202);
    }
    send_under(&desk, path, (CSV, "again-50"), &body(50))
        .await
        .problem(409, "too_many_jobs");
    let again = send_under(&desk, path, (CSV, "again-0"), &body(0)).await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.expect(202)["id"], first["id"]);
    let reused = send_under(&desk, path, (CSV, "again-0"), &body(7)).await;
    reused.problem(422, "idempotency_key_reused");
}
