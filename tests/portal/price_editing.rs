//! Staff keep price lists and prices by REST: who may, what is refused, what buyers pay at once, what is remembered.

use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::client::{Answer, Client};

/// A supplier with a base list and a contract.
pub const SHOP: &[(&str, &str)] = &[
    ("supplier.csv", "name,country,currency\nThe Supplier,NL,EUR\n"),
    (
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit\n\
         NORD,Nordwerk,NL,EUR,gold,30,\nRIVAL,Rival Works,NL,EUR,silver,30,\nOVERSEA,Oversea,US,USD,silver,30,\n",
    ),
    (
        "products.csv",
        "sku,name,base_unit,decimals,tax_category,gtin,category\n\
         BOLT-8,Hexagon bolt,H87,0,S,4006381333931,Bolts\nCABLE,Copper cable,MTR,2,S,,Cables\nNUT,Hexagon nut,H87,0,S,,Nuts\n",
    ),
    (
        "units.csv",
        "sku,unit,name,base_quantity,account\nBOLT-8,CT,Carton of 200,200,\nBOLT-8,BAG,Bag of 50,50,NORD\n",
    ),
    (
        "price_lists.csv",
        "price_list,name,currency,kind,account,tier\nBASE,List prices,EUR,base,,\nC-NORD,Contract,EUR,contract,NORD,\n",
    ),
    (
        "prices.csv",
        "price_list,sku,unit,min_quantity,price,price_base\n\
         BASE,BOLT-8,H87,0,20,100\nBASE,BOLT-8,H87,1000,18,100\nBASE,CABLE,MTR,0,1.5,1\nC-NORD,BOLT-8,H87,0,19,100\n",
    ),
    ("stock.csv", "warehouse,sku,on_hand\nA,BOLT-8,10000\n"),
];

async fn shop() -> (TestApp, Client) {
    let app = TestApp::start().await;
    app.import(SHOP).await;
    let pricing = app.staff("pricing").await;
    (app, pricing)
}

async fn prices_of(client: &Client, list: &str) -> Vec<Value> {
    let page = client
        .get(&format!("/supplier/prices?price_list={list}"))
        .await
        .expect(200);
    page["data"].as_array().unwrap().clone()
}

async fn read(client: &Client, path: &str) -> (Value, String) {
    let answer = client.get(path).await;
    let tag = answer.header("etag").to_owned();
    (answer.expect(200), tag)
}

async fn patch(client: &Client, path: &str, tag: &str, body: Value) -> Answer {
    client.change(Method::PATCH, path, tag, Some(body)).await
}

fn fault(pointer: &str, code: &str) -> (String, String) {
    (pointer.to_owned(), code.to_owned())
}

#[tokio::test]
async fn a_changed_price_holds_at_once_for_new_orders_and_never_for_old_ones() {
    let (app, pricing) = shop().await;
    let buyer = app.person("NORD", "buyer").await;
    let order = json!({"lines": [{"sku": "BOLT-8", "unit": "H87", "quantity": "100"}]});
    let placed = buyer.place_order(order).await.expect(201);
    assert_eq!(placed["net_total"], "19.00");
    let price = prices_of(&pricing, "C-NORD").await.remove(0);
    assert_eq!(price["price"], "19");
    let path = format!("/supplier/prices/{}", price["id"].as_str().unwrap());
    let (_, tag) = read(&pricing, &path).await;
    let changed = patch(&pricing, &path, &tag, json!({"price": "18.50"})).await;
    assert_ne!(changed.header("etag"), tag);
    assert_eq!(changed.expect(200)["price"], "18.5");
    assert_eq!(buyer.quote("BOLT-8", "H87", "100").await["net"], "18.50");
    let order = format!("/orders/{}", placed["id"].as_str().unwrap());
    assert_eq!(buyer.get(&order).await.expect(200)["net_total"], "19.00");
    let events = buyer.get("/events").await.expect(200);
    let last = events["data"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&last["type"], &last["data"]["price_list"]),
        (&json!("price_list.changed"), &json!("C-NORD"))
    );
    let of_rival = app.person("RIVAL", "buyer").await.get("/events").await.expect(200);
    assert!(!of_rival.to_string().contains("price_list"), "{of_rival}");
    app.finish().await;
}

#[tokio::test]
async fn a_change_needs_the_version_it_was_made_for() {
    let (_app, pricing) = shop().await;
    let id = prices_of(&pricing, "BASE").await[0]["id"].as_str().unwrap().to_owned();
    let path = format!("/supplier/prices/{id}");
    let (_, tag) = read(&pricing, &path).await;
    let body = json!({"price": "21"});
    let without = pricing.send(Method::PATCH, &path, &[], Some(body.to_string())).await;
    without.problem(428, "precondition_required");
    patch(&pricing, &path, &tag, body.clone()).await.expect(200);
    patch(&pricing, &path, &tag, json!({"price": "22"}))
        .await
        .problem(412, "precondition_failed");
    let stale = pricing.change(Method::DELETE, &path, &tag, None).await;
    stale.problem(412, "precondition_failed");
    let (price, tag) = read(&pricing, &path).await;
    assert_eq!(price["price"], "21");
    assert_eq!(pricing.change(Method::DELETE, &path, &tag, None).await.status, 204);
    pricing.get(&path).await.problem(404, "not_found");
    let history = pricing.get(&format!("{path}/history")).await.expect(200);
    assert_eq!(history[0]["action"], "price.remove");
    let list = pricing.get("/supplier/price-lists?q=contract").await.expect(200);
    let path = format!("/supplier/price-lists/{}", list["data"][0]["id"].as_str().unwrap());
    let (_, tag) = read(&pricing, &path).await;
    let name = json!({"name": "Contract 2027", "valid_to": "2099-12-31"});
    let without = pricing.send(Method::PATCH, &path, &[], Some(name.to_string())).await;
    without.problem(428, "precondition_required");
    let changed = patch(&pricing, &path, &tag, name.clone()).await.expect(200);
    assert_eq!(
        (&changed["name"], &changed["valid_to"]),
        (&json!("Contract 2027"), &json!("2099-12-31"))
    );
    patch(&pricing, &path, &tag, name)
        .await
        .problem(412, "precondition_failed");
    let opened = patch(&pricing, &path, "*", json!({"valid_to": null})).await.expect(200);
    assert_eq!(
        (&opened["valid_to"], &opened["account"]),
        (&Value::Null, &json!("NORD"))
    );
}

#[tokio::test]
async fn what_the_import_refuses_is_refused_here_with_its_place() {
    let (_app, pricing) = shop().await;
    let price = |change: Value| {
        let mut body = json!({"price_list": "BASE", "sku": "NUT", "unit": "H87", "price": "1"});
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        body
    };
    for (change, faults) in [
        (
            json!({"price_list": "NONE"}),
            vec![fault("/price_list", "unknown_price_list")],
        ),
        (json!({"sku": "NONE"}), vec![fault("/sku", "unknown_sku")]),
        (json!({"unit": "CT"}), vec![fault("/unit", "unknown_unit")]),
        (
            json!({"sku": "BOLT-8", "unit": "BAG"}),
            vec![fault("/unit", "unknown_unit")],
        ),
        (json!({"price": "0"}), vec![fault("/price", "bad_number")]),
        (json!({"price": "1.2345678"}), vec![fault("/price", "bad_number")]),
        (
            json!({"min_quantity": "0.5"}),
            vec![fault("/min_quantity", "bad_number")],
        ),
        (json!({"price_base": 7}), vec![fault("/price_base", "bad_number")]),
        (json!({"valid_from": "soon"}), vec![fault("/valid_from", "bad_date")]),
        (
            json!({"valid_from": "2026-02-01", "valid_to": "2026-01-31", "price": "-1"}),
            vec![fault("/price", "bad_number"), fault("/valid_to", "value_invalid")],
        ),
        (
            json!({"sku": "BOLT-8", "min_quantity": 1000}),
            vec![fault("/sku", "duplicate_key")],
        ),
    ] {
        let answer = pricing.post("/supplier/prices", price(change.clone())).await;
        assert_eq!(answer.faults(), faults, "{change}");
    }
    let made = pricing
        .post("/supplier/prices", price(json!({"min_quantity": 100})))
        .await;
    assert!(made.header("location").starts_with("/api/v1/supplier/prices/prc_"));
    let made = made.expect(201);
    assert_eq!((&made["min_quantity"], &made["price_base"]), (&json!("100"), &json!(1)));
    // A pack of the account's own may stand in its list.
    let own = price(json!({"price_list": "C-NORD", "sku": "BOLT-8", "unit": "BAG"}));
    pricing.post("/supplier/prices", own).await.expect(201);
    let list = |change: Value| {
        let mut body = json!({"code": "NEW", "name": "New", "currency": "EUR", "kind": "account", "account": "NORD"});
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        body
    };
    for (change, faults) in [
        (json!({"code": "BASE"}), vec![fault("/code", "duplicate_key")]),
        (json!({"code": " X"}), vec![fault("/code", "value_invalid")]),
        (json!({"currency": "USD"}), vec![fault("/currency", "wrong_currency")]),
        (json!({"currency": "EU"}), vec![fault("/currency", "unknown_currency")]),
        (json!({"account": "NOBODY"}), vec![fault("/account", "unknown_account")]),
        (json!({"account": null}), vec![fault("/account", "required")]),
        (
            json!({"kind": "tier"}),
            vec![fault("/account", "value_invalid"), fault("/tier", "required")],
        ),
        (
            json!({"kind": "sale", "rank": -1}),
            vec![fault("/kind", "value_invalid"), fault("/rank", "bad_number")],
        ),
    ] {
        let answer = pricing.post("/supplier/price-lists", list(change.clone())).await;
        assert_eq!(answer.faults(), faults, "{change}");
    }
    let made = pricing.post("/supplier/price-lists", list(json!({}))).await.expect(201);
    assert_eq!((&made["rank"], &made["prices"]), (&json!(100), &json!(0)));
}

#[tokio::test]
async fn the_history_of_a_price_tells_who_changed_it_from_what_to_what() {
    let (app, pricing) = shop().await;
    let me = pricing.get("/me").await.expect(200)["id"].clone();
    let body = json!({"price_list": "BASE", "sku": "NUT", "unit": "H87", "price": "0.30"});
    let made = pricing.post("/supplier/prices", body).await.expect(201);
    let path = format!("/supplier/prices/{}", made["id"].as_str().unwrap());
    patch(&pricing, &path, "*", json!({"price": "0.35", "valid_to": "2099-01-31"}))
        .await
        .expect(200);
    // Nothing changes, nothing is written down.
    patch(&pricing, &path, "*", json!({"price": "0.350"})).await.expect(200);
    let warehouse = app.staff("warehouse").await;
    let history = warehouse.get(&format!("{path}/history")).await.expect(200);
    let acts = history.as_array().unwrap();
    assert_eq!(acts.len(), 2, "{history}");
    assert_eq!((&acts[0]["by"], &acts[0]["action"]), (&me, &json!("price.change")));
    assert_eq!(
        acts[0]["changes"],
        json!([
            {"field": "price", "before": "0.3", "after": "0.35"},
            {"field": "valid_to", "before": null, "after": "2099-01-31"},
        ])
    );
    assert_eq!(acts[1]["action"], "price.add");
    for role in ["catalogue", "key_account_manager", "finance"] {
        let staff = app.staff(role).await;
        patch(&staff, &path, "*", json!({"price": "1"}))
            .await
            .problem(403, "forbidden");
    }
}

#[tokio::test]
async fn prices_and_lists_are_read_in_pages_and_by_words() {
    let (_app, pricing) = shop().await;
    let mut met = Vec::new();
    let mut path = "/supplier/prices?price_list=BASE&limit=1".to_owned();
    loop {
        let page = pricing.get(&path).await.expect(200);
        let row = &page["data"][0];
        met.push(format!(
            "{} {}",
            row["sku"].as_str().unwrap(),
            row["min_quantity"].as_str().unwrap()
        ));
        match page["next_cursor"].as_str() {
            Some(cursor) => path = format!("/supplier/prices?price_list=BASE&limit=1&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(met, ["BOLT-8 0", "BOLT-8 1000", "CABLE 0"]);
    for (query, count) in [("bolt", 2), ("4006381333931", 2), ("copper", 1), ("nut", 0), ("-", 0)] {
        let page = pricing
            .get(&format!("/supplier/prices?price_list=BASE&q={query}"))
            .await
            .expect(200);
        assert_eq!(page["data"].as_array().unwrap().len(), count, "{query}");
    }
    let unknown = pricing.get("/supplier/prices?price_list=NONE").await;
    assert_eq!(unknown.faults(), [fault("/price_list", "unknown_price_list")]);
    for (query, codes) in [
        ("", &["BASE", "C-NORD"][..]),
        ("kind=contract", &["C-NORD"]),
        ("account=NORD", &["C-NORD"]),
        ("account=RIVAL", &[]),
        ("q=nordwerk", &["C-NORD"]),
        ("q=LIST", &["BASE"]),
        ("q=%25", &[]),
    ] {
        let page = pricing.get(&format!("/supplier/price-lists?{query}")).await.expect(200);
        let found: Vec<_> = page["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["code"].as_str().unwrap())
            .collect();
        assert_eq!(found, codes, "{query}");
    }
    let wrong = pricing.get("/supplier/price-lists?kind=sale").await;
    assert_eq!(wrong.faults(), [fault("/kind", "value_invalid")]);
}
