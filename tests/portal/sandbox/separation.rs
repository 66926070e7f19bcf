//! Nothing of a sandbox is in the portal, whatever happens there, and nothing of the portal opens a sandbox.

use chrono::TimeDelta;
use futures::future::join_all;
use portal::accounts::sandboxes::note_database;
use portal::clock;
use portal::db::{Connection, Database, composed, sql};
use portal::ids::SandboxId;
use portal::sandbox::remove_left;
use serde_json::json;

use super::{Boxed, bolts, id};
use crate::client::Client;
use crate::clients;
use crate::openapi::{document, operations};

/// Every row of every table of the portal that could tell of trade.
async fn counts(boxed: &Boxed) -> Vec<(String, i64)> {
    let tables = [
        "orders",
        "order_lines",
        "reservations",
        "allocation_decisions",
        "allocations",
        "shipments",
        "shipment_lines",
        "invoices",
        "invoice_lines",
        "payments",
        "ledger_entries",
        "open_items",
        "events",
        "messages",
        "stock_movements",
        "receipts",
        "idempotency_keys",
        "webhook_endpoints",
        "webhook_deliveries",
        "clients",
        "drafts",
        "bulk_jobs",
        "sandbox_requests",
        "sandbox_runs",
        "sandbox_failures",
    ];
    let read = move |connection: &mut _| {
        let mut counts = Vec::new();
        for table in tables {
            let count: i64 = portal::db::composed(format!("SELECT COUNT(*) FROM {table}")).one(connection)?;
            counts.push((table.to_owned(), count));
        }
        let stock: i64 = sql("SELECT CAST(SUM(on_hand - reserved) AS BIGINT) FROM stock").one(connection)?;
        counts.push(("free stock".to_owned(), stock));
        let counters: Vec<(String, i64)> =
            sql("SELECT name, value FROM counters WHERE name <> 'node' ORDER BY name").rows(connection)?;
        counts.extend(counters);
        Ok(counts)
    };
    boxed.app.db().read(read).await.unwrap()
}

/// Every answer of the desk's operations that read without an id.
async fn desk(staff: &Client) -> Vec<(String, String)> {
    let mut told = Vec::new();
    for operation in operations(&document()) {
        let Some(path) = operation.name.strip_prefix("GET /api/v1") else {
            continue;
        };
        let is_list = path.starts_with("/supplier/") && !path.contains('{') && path != "/supplier/audit";
        if is_list {
            let answer = staff.get(path).await;
            // What lacks a parameter tells nothing but the id of the request.
            if answer.status == 200 {
                told.push((path.to_owned(), untimed(&answer.text)));
            }
        }
    }
    assert!(told.len() > 15, "{}", told.len());
    told
}

/// What is told, without the lines of an export that have the moment to ask from next time in them.
fn untimed(text: &str) -> String {
    let is_row = |line: &&str| !line.starts_with("{\"cursor\"") && !line.starts_with("{\"end\"");
    text.lines().filter(is_row).collect()
}

#[tokio::test]
async fn whatever_happens_in_a_sandbox_nothing_of_it_is_in_the_portal() {
    let boxed = Boxed::start().await;
    boxed.app.mails().await;
    let before = (counts(&boxed).await, desk(&boxed.staff).await);
    let program = boxed.program().await;
    // Far more than the portal has in stock.
    let order = program.place_order(bolts("700")).await.expect(201);
    assert_eq!(order["net_total"], "1050.00", "{order}");
    for act in ["accept", "ship_part", "ship", "deliver", "invoice", "pay"] {
        let path = format!("/sandbox/orders/{}/act", id(&order));
        program.post(&path, json!({"act": act})).await.expect(200);
    }
    let after = program.get(&format!("/orders/{}", id(&order))).await.expect(200);
    assert_eq!(after["state"], "closed");
    let invoices = program.get("/invoices").await.expect(200);
    assert_eq!(invoices["data"].as_array().unwrap().len(), 2, "{invoices}");
    boxed.app.mails().await;
    assert_eq!(counts(&boxed).await, before.0);
    for ((path, is), (_, was)) in desk(&boxed.staff).await.into_iter().zip(before.1) {
        assert_eq!(is, was, "{path}");
    }
    // The account's own lists have nothing of it either.
    for path in ["/orders", "/shipments", "/invoices"] {
        let listed = boxed.admin.get(path).await.expect(200);
        assert!(listed["data"].as_array().unwrap().is_empty(), "{path}: {listed}");
    }
    let gone = boxed.admin.get(&format!("/orders/{}", id(&order))).await;
    gone.problem(404, "not_found");
    boxed.app.finish().await;
}

#[tokio::test]
async fn a_program_opens_only_where_it_was_added() {
    let boxed = Boxed::start().await;
    let (program, secret) = clients::add(&boxed.admin, "/sandbox/clients", &["orders:read"]).await;
    let (own, own_secret) = clients::add(&boxed.admin, "/clients", &["orders:read"]).await;
    let (portal, inside) = (boxed.node.anonymous(), boxed.inside());
    // Its secret gets a token there and not here, and the other way round; a token of one is none of the other.
    let there = clients::token(&inside, &program, &secret, "").await;
    let here = clients::token(&portal, &own, &own_secret, "").await;
    there.get("/orders").await.expect(200);
    here.get("/orders").await.expect(200);
    there.at(&portal).get("/orders").await.problem(401, "unauthenticated");
    here.at(&inside).get("/orders").await.problem(401, "unauthenticated");
    boxed
        .admin
        .at(&inside)
        .get("/orders")
        .await
        .problem(401, "unauthenticated");
    for (at, id, secret) in [(&portal, &program, &secret), (&inside, &own, &own_secret)] {
        assert_eq!(clients::ask(at, id, secret, "").await.status, 401);
    }
}

#[tokio::test]
async fn a_sandbox_has_what_the_account_has_and_nothing_of_others() {
    let boxed = Boxed::start().await;
    let program = boxed.program().await;
    let products = program.get("/products").await.expect(200);
    let own = boxed.admin.get("/products").await.expect(200);
    let names = |list: &serde_json::Value| {
        let all = list["data"].as_array().unwrap().iter();
        all.map(|product| {
            (
                product["id"].clone(),
                product["sku"].clone(),
                product["customer_part_number"].clone(),
            )
        })
        .collect::<Vec<_>>()
    };
    assert_eq!(names(&products), names(&own));
    assert_eq!(
        program.quote("BOLT", "H87", "10").await["net"],
        boxed.admin.quote("BOLT", "H87", "10").await["net"]
    );
    let found = program.get("/products?q=bolt").await.expect(200);
    assert_eq!(found["data"].as_array().unwrap().len(), 1, "{found}");
    let answer = program.get("/products").await;
    assert_eq!(answer.header("sandbox"), boxed.path.trim_start_matches("/sandbox/"));
    assert_eq!(boxed.admin.get("/products").await.header("sandbox"), "");
}

#[tokio::test]
async fn a_refresh_takes_over_new_prices_and_keeps_orders() {
    let boxed = Boxed::start().await;
    let program = boxed.program().await;
    let order = program.place_order(bolts("3")).await.expect(201);
    let prices = "price_list,sku,unit,min_quantity,price\nOWN,BOLT,H87,1,1.25\n";
    let more = "sku,name,base_unit,decimals,tax_category\nWASHER,Washer,H87,0,S\n";
    let sold = "account,sku,customer_part_number\nACME,BOLT,A-1\nACME,NUT,A-2\nACME,WASHER,A-3\n";
    boxed
        .app
        .import(&[("products.csv", more), ("assortment.csv", sold), ("prices.csv", prices)])
        .await;
    assert_eq!(program.quote("BOLT", "H87", "4").await["net"], "6.00");
    boxed.keep("refresh").await;
    assert_eq!(program.quote("BOLT", "H87", "4").await["net"], "5.00");
    assert_eq!(
        program.get("/products?q=washer").await.expect(200)["data"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    program.get(&format!("/orders/{}", id(&order))).await.expect(200);
}

#[tokio::test]
async fn a_reset_begins_anew_and_keeps_programs_and_endpoints() {
    let boxed = Boxed::start().await;
    let program = boxed.program().await;
    let order = program.place_order(bolts("3")).await.expect(201);
    let endpoint = program
        .post("/webhook-endpoints", json!({"url": "http://127.0.0.1:9/x"}))
        .await
        .expect(201);
    boxed
        .admin
        .post("/sandbox/clock", json!({"days": 10}))
        .await
        .expect(200);
    let reset = boxed.keep("reset").await;
    assert_eq!(reset["days_ahead"], 0);
    program
        .get(&format!("/orders/{}", id(&order)))
        .await
        .problem(404, "not_found");
    let listed = program.get("/webhook-endpoints").await.expect(200);
    assert_eq!(id(&listed["data"][0]), id(&endpoint));
    program.place_order(bolts("3")).await.expect(201);
    let again = boxed
        .staff
        .post(&format!("/supplier/accounts/{}/sandbox", boxed.account), json!({}))
        .await;
    again.problem(409, "sandbox_state");
    let path = format!("/supplier/accounts/{}/sandbox", boxed.account);
    boxed.staff.send(reqwest::Method::DELETE, &path, &[], None).await;
    boxed.staff.get(&path).await.problem(404, "not_found");
    let closed = async { while asked(&boxed.node.base, &boxed.path).await != 404 {} };
    tokio::time::timeout(std::time::Duration::from_secs(5), closed)
        .await
        .expect("it is closed");
}

#[tokio::test]
async fn of_two_who_add_a_sandbox_at_once_one_is_told_that_there_is_one() {
    let boxed = Boxed::start().await;
    let path = format!("/supplier/accounts/{}/sandbox", boxed.account);
    boxed.staff.send(reqwest::Method::DELETE, &path, &[], None).await;
    let both = join_all((0..2).map(|_| boxed.staff.post(&path, json!({})))).await;
    let mut statuses: Vec<_> = both.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
}

/// The status of an answer to somebody without a token.
async fn asked(base: &str, sandbox: &str) -> u16 {
    let http = crate::client::http_client().build().unwrap();
    let answer = http.get(format!("{base}{sandbox}/api/v1/orders")).send().await.unwrap();
    answer.status().as_u16()
}

#[tokio::test]
async fn another_account_has_no_way_in() {
    let boxed = Boxed::start().await;
    let rival = boxed.app.person("RIVAL", "admin").await.at(&boxed.node.anonymous());
    rival.get("/sandbox").await.problem(404, "not_found");
    rival
        .post("/sandbox/clock", json!({"days": 1}))
        .await
        .problem(404, "not_found");
    rival
        .at(&boxed.inside())
        .get("/sandbox")
        .await
        .problem(401, "unauthenticated");
    let nowhere = format!("/sandbox/{}", portal::ids::SandboxId::new());
    assert_eq!(asked(&boxed.node.base, &nowhere).await, 404);
    assert_eq!(asked(&boxed.node.base, &boxed.path).await, 401);
}

/// Databases of sandboxes that the portal knows of.
fn databases(db: &Database) -> i64 {
    let count = |connection: &mut Connection| sql("SELECT COUNT(*) FROM sandbox_databases").one(connection);
    db.read_now(count).unwrap()
}

#[tokio::test]
async fn two_that_reset_at_once_leave_one_whole_sandbox() {
    let boxed = Boxed::start().await;
    let program = boxed.program().await;
    program.place_order(bolts("3")).await.expect(201);
    let path = format!("/supplier/accounts/{}/sandbox/reset", boxed.account);
    let (one, other) = tokio::join!(boxed.staff.post(&path, json!({})), boxed.staff.post(&path, json!({})));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert!(statuses == [200, 409] || statuses == [200, 200], "{statuses:?}");
    assert_eq!(program.get("/orders").await.expect(200)["data"], json!([]));
    program.place_order(bolts("3")).await.expect(201);
    assert_eq!(databases(boxed.app.db()), 1);
    boxed.keep("reset").await;
    assert_eq!(databases(boxed.app.db()), 1);
}

#[tokio::test]
async fn what_an_interrupted_reset_left_is_removed() {
    let boxed = Boxed::start().await;
    let id: SandboxId = boxed.path.trim_start_matches("/sandbox/").parse().unwrap();
    let db = boxed.app.db().clone();
    let blocking = move || {
        let (name, now) = (format!("sbx_{:x}_1", id.0), clock::real());
        let half = db.open_beside(&name, 1).unwrap();
        half.write_now(|tx| composed("CREATE TABLE half_made (id INTEGER)").run(tx).map(drop))
            .unwrap();
        drop(half);
        db.write_now(move |tx| note_database(tx, id, 1, now)).unwrap();
        // It may still be in the making.
        assert_eq!(remove_left(&db, now).unwrap(), 0);
        assert_eq!(databases(&db), 2);
        assert_eq!(remove_left(&db, now + TimeDelta::hours(2)).unwrap(), 1);
        assert_eq!(databases(&db), 1);
        let anew = db.open_beside(&name, 1).unwrap();
        let is_there = |connection: &mut Connection| composed("SELECT COUNT(*) FROM half_made").one::<i64>(connection);
        assert!(anew.read_now(is_there).is_err());
        drop(anew);
        db.drop_beside(&name).unwrap();
    };
    std::thread::spawn(blocking).join().unwrap();
    boxed.program().await.get("/orders").await.expect(200);
    let path = format!("/supplier/accounts/{}/sandbox", boxed.account);
    boxed.staff.send(reqwest::Method::DELETE, &path, &[], None).await;
    assert_eq!(databases(boxed.app.db()), 0);
}
