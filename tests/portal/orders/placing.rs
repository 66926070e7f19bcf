//! Preview, place, cancel.

use serde_json::{Value, json};

use super::{cancel, line, order, reread, served, shop, today};

/// An order without what only a stored one has.
pub(super) fn without_identity(mut order: Value) -> Value {
    for name in ["id", "number", "placed_at", "placed_by"] {
        order[name] = Value::Null;
    }
    for line in order["lines"].as_array_mut().unwrap() {
        line["id"] = Value::Null;
    }
    order
}

#[tokio::test]
async fn an_order_is_priced_taxed_and_reserved() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let answer = buyer.place_order(order(&[line("BOLT", "CT100", "2")])).await;
    let location = answer.header("location").to_owned();
    let placed = answer.expect(201);
    let id = placed["id"].as_str().unwrap();
    assert_eq!(location, format!("/api/v1/orders/{id}"));
    assert_eq!(placed["state"], "placed");
    let totals = ["net_total", "tax_total", "gross_total"].map(|name| placed[name].as_str().unwrap());
    assert_eq!(totals, ["100.00", "21.00", "121.00"]);
    let only = &placed["lines"][0];
    assert_eq!(only["base_quantity"], "200");
    assert_eq!(
        (&only["unit_price"], &only["price_unit"]),
        (&json!("0.5"), &json!("H87"))
    );
    assert_eq!(served(&placed), ("200", "0"));
    assert_eq!(only["promised_date"], today().to_string());
    assert_eq!(reread(&buyer, &placed).await, placed);
    app.finish().await;
}

#[tokio::test]
async fn a_preview_is_what_placing_gives_and_changes_nothing() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let staff = app.staff("warehouse").await;
    let mut wanted = order(&[line("BOLT", "CT100", "1"), line("CABLE", "MTR", "12.34")]);
    wanted["po_number"] = json!("PO-1");
    let before = staff.get("/supplier/stock").await.expect(200);
    let preview = buyer.post("/orders/preview", wanted.clone()).await.expect(200);
    assert_eq!(staff.get("/supplier/stock").await.expect(200), before);
    let orders = buyer.get("/orders").await.expect(200);
    assert_eq!(orders["data"], json!([]));
    let placed = buyer.place_order(wanted).await.expect(201);
    // What is placed is no load to be filled up any more.
    let mut preview = without_identity(preview);
    assert_eq!(preview["load"].take()["unweighed_lines"], 2);
    assert_eq!(preview, without_identity(placed));
}

#[tokio::test]
async fn every_bad_line_is_told_with_its_code_at_once() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let cases = [
        (line("NOTHING", "H87", "1"), "unknown_sku"),
        (line("BOLT", "PAL", "1"), "unknown_unit"),
        (line("BOLT", "H87", "0"), "quantity_invalid"),
        (line("BOLT", "H87", "-1"), "quantity_invalid"),
        (line("BOLT", "H87", "many"), "quantity_invalid"),
        (line("BOLT", "H87", "1234567890123456789"), "quantity_invalid"),
        (line("BOLT", "H87", "0.5"), "quantity_not_whole"),
        (line("CABLE", "MTR", "0.001"), "quantity_not_whole"),
        (line("CABLE", "ROL", "1.5"), "quantity_not_whole"),
        (line("CABLE", "ROL", "1"), "quantity_below_minimum"),
        (line("CABLE", "ROL", "3"), "quantity_not_multiple"),
    ];
    let lines: Vec<_> = cases.iter().map(|(line, _)| line.clone()).collect();
    let mut wanted = order(&lines);
    wanted["po_number"] = json!("PO-1");
    for path in ["/orders/preview", "/orders"] {
        let faults = buyer.post_with_key(path, "the-key", wanted.clone()).await.faults();
        let found: Vec<_> = faults.iter().map(|(_, code)| code.as_str()).collect();
        let expected: Vec<_> = cases.iter().map(|(_, code)| *code).collect();
        assert_eq!(found, expected, "{path}");
        for (index, (pointer, _)) in faults.iter().enumerate() {
            assert!(pointer.starts_with(&format!("/lines/{index}/")), "{pointer}");
        }
    }
    let quote = buyer.post("/prices/quote", json!({ "lines": lines })).await;
    assert_eq!(quote.faults().len(), cases.len());
}

#[tokio::test]
async fn the_head_of_an_order_is_checked() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let many: Vec<_> = (0..5001).map(|_| line("BOLT", "H87", "1")).collect();
    for (field, value, pointer, code) in [
        ("po_number", json!("  "), "/po_number", "required"),
        ("po_number", json!("x".repeat(65)), "/po_number", "value_too_long"),
        ("ship_to", json!("NOWHERE"), "/ship_to", "unknown_ship_to"),
        ("requested_date", json!("2001-01-01"), "/requested_date", "date_in_past"),
        ("requested_date", json!("tomorrow"), "/requested_date", "wrong_type"),
        ("order_class", json!("urgent"), "/order_class", "value_invalid"),
        ("lines", json!([]), "/lines", "required"),
        ("lines", json!(many), "/lines", "too_many_lines"),
    ] {
        let mut wanted = order(&[line("BOLT", "H87", "1")]);
        wanted[field] = value;
        let answer = buyer.place_order(wanted).await;
        assert_eq!(answer.faults(), [(pointer.to_owned(), code.to_owned())], "{field}");
    }
}

#[tokio::test]
async fn an_article_may_be_named_by_each_of_its_keys_but_by_one() {
    let app = shop().await;
    app.import(&[("assortment.csv", "account,sku,customer_part_number\nGOLD,BOLT,4711\n")])
        .await;
    let buyer = app.person("GOLD", "buyer").await;
    let products = buyer.get("/products").await.expect(200);
    let id = products["data"][0]["id"].clone();
    for (key, value) in [
        ("sku", json!("BOLT")),
        ("customer_part_number", json!("4711")),
        ("gtin", json!("4006381333931")),
        ("gtin", json!("04006381333931")),
        ("product_id", id),
    ] {
        let wanted = order(&[json!({key: value, "unit": "H87", "quantity": 3})]);
        let placed = buyer.place_order(wanted).await.expect(201);
        assert_eq!(placed["lines"][0]["sku"], "BOLT", "{key}");
        assert_eq!(placed["lines"][0]["customer_part_number"], "4711", "{key}");
    }
    for wrong in [
        json!({"sku": "BOLT", "customer_part_number": "4711", "unit": "H87", "quantity": "1"}),
        json!({"unit": "H87", "quantity": "1"}),
    ] {
        let faults = buyer.place_order(order(&[wrong])).await.faults();
        assert_eq!(faults[0].1, "one_key_needed");
    }
    // Outside the assortment nothing exists, however it is named.
    let hidden = buyer.place_order(order(&[line("CABLE", "MTR", "1")])).await;
    assert_eq!(hidden.faults()[0].1, "unknown_sku");
}

#[tokio::test]
async fn a_purchase_order_number_is_used_once_while_its_order_lives() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let other = app.person("SILVER", "buyer").await;
    let with_number = |number: &str| {
        let mut wanted = order(&[line("BOLT", "H87", "1")]);
        wanted["po_number"] = json!(number);
        wanted
    };
    let first = buyer.place_order(with_number("Po 7")).await.expect(201);
    for number in ["Po 7", "PO 7", " po 7 "] {
        buyer
            .place_order(with_number(number))
            .await
            .problem(409, "po_number_used");
        let preview = buyer.post("/orders/preview", with_number(number)).await;
        preview.problem(409, "po_number_used");
    }
    other.place_order(with_number("Po 7")).await.expect(201);
    cancel(&buyer, &first).await;
    buyer.place_order(with_number("PO 7")).await.expect(201);
    let listed = buyer.get("/orders?po_number=po%207").await.expect(200);
    assert_eq!(listed["data"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn parallel_orders_with_one_number_give_one_order() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let mut wanted = order(&[line("BOLT", "H87", "1")]);
    wanted["po_number"] = json!("PO-1");
    let answers = (0..10).map(|_| buyer.place_order(wanted.clone()));
    let answers = futures::future::join_all(answers).await;
    let (placed, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 201);
    assert_eq!(placed.len(), 1);
    for answer in refused {
        answer.problem(409, "po_number_used");
    }
    app.finish().await;
}

#[tokio::test]
async fn a_cancelled_order_stays_and_cannot_be_cancelled_again() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let placed = buyer
        .place_order(order(&[line("BOLT", "CT100", "1")]))
        .await
        .expect(201);
    let cancelled = cancel(&buyer, &placed).await;
    assert_eq!(cancelled["state"], "cancelled");
    assert_eq!(served(&cancelled), ("0", "0"));
    assert_eq!(cancelled["lines"][0]["cancelled"], "100");
    assert_eq!(reread(&buyer, &placed).await, cancelled);
    let path = format!("/orders/{}/cancel", placed["id"].as_str().unwrap());
    let again = buyer.post(&path, json!({"reason": "again"})).await;
    again.problem(409, "order_not_cancellable");
    let without_body = buyer.send(reqwest::Method::POST, &path, &[], None).await;
    without_body.problem(409, "order_not_cancellable");
    app.finish().await;
}

#[tokio::test]
async fn a_price_stays_frozen_on_the_order() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let placed = buyer.place_order(order(&[line("BOLT", "H87", "10")])).await.expect(201);
    app.import(&[(
        "prices.csv",
        "price_list,sku,unit,min_quantity,price\nBASE,BOLT,H87,1,0.75\n",
    )])
    .await;
    assert_eq!(reread(&buyer, &placed).await, placed);
    assert_eq!(buyer.quote("BOLT", "H87", "10").await["net"], "7.50");
    app.finish().await;
}

#[tokio::test]
async fn orders_are_listed_newest_first_in_pages() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let mut placed = Vec::new();
    for _ in 0..5 {
        let order = buyer.place_order(order(&[line("BOLT", "H87", "1")])).await.expect(201);
        placed.insert(0, order["id"].clone());
    }
    let (mut listed, mut query) = (Vec::new(), "/orders?limit=2".to_owned());
    loop {
        let page = buyer.get(&query).await.expect(200);
        for order in page["data"].as_array().unwrap() {
            assert!(order.get("lines").is_none());
            listed.push(order["id"].clone());
        }
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        query = format!("/orders?limit=2&cursor={cursor}");
    }
    assert_eq!(listed, placed);
    let page = buyer.get("/orders?limit=2").await.expect(200);
    let cursor = page["next_cursor"].as_str().unwrap();
    let other_list = buyer
        .get(&format!("/orders?limit=2&state=placed&cursor={cursor}"))
        .await;
    assert_eq!(other_list.faults()[0].1, "cursor_invalid");
}
