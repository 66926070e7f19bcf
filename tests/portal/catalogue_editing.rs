//! Staff keep products, units and assortments by REST: who may, what is refused, what accounts see at once.

use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::client::{Answer, Client};
use crate::price_editing::SHOP;

async fn shop() -> (TestApp, Client) {
    let app = TestApp::start().await;
    app.import(SHOP).await;
    let catalogue = app.staff("catalogue").await;
    (app, catalogue)
}

fn fault(pointer: &str, code: &str) -> (String, String) {
    (pointer.to_owned(), code.to_owned())
}

async fn product(client: &Client, sku: &str) -> Value {
    let page = client.get(&format!("/supplier/products?q={sku}")).await.expect(200);
    let mut found = page["data"].as_array().unwrap().iter();
    found.find(|product| product["sku"] == sku).unwrap().clone()
}

fn path_of(product: &Value) -> String {
    format!("/supplier/products/{}", product["id"].as_str().unwrap())
}

async fn patch(client: &Client, path: &str, tag: &str, body: Value) -> Answer {
    client.change(Method::PATCH, path, tag, Some(body)).await
}

fn with(mut body: Value, change: &Value) -> Value {
    for (name, value) in change.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

async fn skus(client: &Client, query: &str) -> Vec<String> {
    let page = client.get(&format!("/products?{query}")).await.expect(200);
    let rows = page["data"].as_array().unwrap().iter();
    rows.map(|row| row["sku"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_product_is_made_found_changed_and_ordered() {
    let (app, catalogue) = shop().await;
    let new = json!({
        "sku": "WASHER", "name": "Washer", "base_unit": "H87", "tax_category": "S", "category": "Bolts",
        "gtin": "5901234123457",
    });
    let made = catalogue.post("/supplier/products", new).await;
    let location = made.header("location").to_owned();
    let made = made.expect(201);
    assert_eq!(location, format!("/api/v1{}", path_of(&made)));
    assert_eq!(made["gtin"], "05901234123457");
    assert_eq!(made["lacks"], json!(["price", "stock"]));
    let buyer = app.person("NORD", "buyer").await;
    assert_eq!(skus(&buyer, "q=5901234123457").await, ["WASHER"]);
    let path = path_of(&made);
    let answer = catalogue.get(&path).await;
    let tag = answer.header("etag").to_owned();
    let body = json!({"name": "Spring washer", "gtin": null, "lead_time_days": 3});
    let without = catalogue.send(Method::PATCH, &path, &[], Some(body.to_string())).await;
    without.problem(428, "precondition_required");
    let changed = patch(&catalogue, &path, &tag, body.clone()).await.expect(200);
    assert_eq!(
        (&changed["name"], &changed["gtin"]),
        (&json!("Spring washer"), &Value::Null)
    );
    patch(&catalogue, &path, &tag, body)
        .await
        .problem(412, "precondition_failed");
    assert_eq!(skus(&buyer, "q=5901234123457").await, Vec::<String>::new());
    assert_eq!(skus(&buyer, "q=spring").await, ["WASHER"]);
    let pricing = app.staff("pricing").await;
    patch(&pricing, &path, "*", json!({"name": "X"}))
        .await
        .problem(403, "forbidden");
    let price = json!({"price_list": "BASE", "sku": "WASHER", "unit": "H87", "price": "0.05"});
    pricing.post("/supplier/prices", price).await.expect(201);
    let order = json!({"lines": [{"sku": "WASHER", "unit": "H87", "quantity": "100"}]});
    assert_eq!(buyer.place_order(order).await.expect(201)["net_total"], "5.00");
    // What is used keeps what quantities count in.
    for body in [json!({"base_unit": "KGM"}), json!({"decimals": 2})] {
        let column = body.as_object().unwrap().keys().next().unwrap().clone();
        let answer = patch(&catalogue, &path, "*", body).await;
        assert_eq!(answer.faults(), [fault(&format!("/{column}"), "still_in_use")]);
    }
    app.finish().await;
}

#[tokio::test]
async fn what_the_import_refuses_of_a_product_is_refused_here_with_its_place() {
    let (app, catalogue) = shop().await;
    let new = json!({"sku": "NEW", "name": "New", "base_unit": "H87", "tax_category": "S"});
    for (change, faults) in [
        (json!({"sku": "NUT"}), vec![fault("/sku", "duplicate_key")]),
        (
            json!({"sku": "", "name": ""}),
            vec![fault("/sku", "required"), fault("/name", "required")],
        ),
        (
            json!({"base_unit": "piece"}),
            vec![fault("/base_unit", "value_invalid")],
        ),
        (json!({"decimals": 7}), vec![fault("/decimals", "bad_number")]),
        (
            json!({"tax_category": "AA"}),
            vec![fault("/tax_category", "unknown_tax_rate")],
        ),
        (json!({"gtin": "4006381333932"}), vec![fault("/gtin", "bad_gtin")]),
        (json!({"gtin": "4006381333931"}), vec![fault("/gtin", "gtin_used")]),
        (
            json!({"exclusive_account": "NOBODY"}),
            vec![fault("/exclusive_account", "unknown_account")],
        ),
    ] {
        let answer = catalogue.post("/supplier/products", with(new.clone(), &change)).await;
        assert_eq!(answer.faults(), faults, "{change}");
    }
    let put = json!({"account": "NORD", "articles": [{"sku": "NUT"}]});
    catalogue.post("/supplier/assortments", put).await.expect(200);
    let nut = path_of(&product(&catalogue, "NUT").await);
    let answer = patch(&catalogue, &nut, "*", json!({"exclusive_account": "RIVAL"})).await;
    assert_eq!(answer.faults(), [fault("/exclusive_account", "exclusive_article")]);
    patch(&catalogue, &nut, "*", json!({"exclusive_account": "NORD"}))
        .await
        .expect(200);
    let rival = app.person("RIVAL", "buyer").await;
    assert_eq!(skus(&rival, "").await, ["BOLT-8", "CABLE"]);
    for (query, found) in [
        ("lacks=price", vec!["NUT"]),
        ("lacks=gtin", vec!["BOLT-8", "CABLE", "NUT"]),
        ("lacks=stock", vec!["CABLE", "NUT"]),
        ("category=Cables", vec!["CABLE"]),
        ("q=hexagon&lacks=price", vec!["NUT"]),
        ("q=nothing", vec![]),
    ] {
        let page = catalogue.get(&format!("/supplier/products?{query}")).await.expect(200);
        let rows = page["data"].as_array().unwrap().iter();
        let told: Vec<_> = rows.map(|row| row["sku"].as_str().unwrap()).collect();
        assert_eq!(told, found, "{query}");
    }
    let wrong = catalogue.get("/supplier/products?lacks=colour").await;
    assert_eq!(wrong.faults(), [fault("/lacks", "value_invalid")]);
}

#[tokio::test]
async fn a_unit_that_orders_count_in_keeps_its_content() {
    let (app, catalogue) = shop().await;
    let bolt = path_of(&product(&catalogue, "BOLT-8").await);
    let new = json!({"unit": "BX", "name": "Box", "base_quantity": "25", "min_quantity": 2});
    let units = format!("{bolt}/units");
    for (change, faults) in [
        (json!({"unit": "CT"}), vec![fault("/unit", "duplicate_key")]),
        (json!({"unit": "H87"}), vec![fault("/unit", "value_invalid")]),
        (
            json!({"base_quantity": null}),
            vec![fault("/base_quantity", "required")],
        ),
        (
            json!({"base_quantity": "0"}),
            vec![fault("/base_quantity", "bad_number")],
        ),
        (
            json!({"numerator": 7, "denominator": 3}),
            vec![fault("/base_quantity", "value_invalid")],
        ),
        (json!({"gtin": "4006381333931"}), vec![fault("/gtin", "gtin_used")]),
        (json!({"multiple": 0}), vec![fault("/multiple", "bad_number")]),
        (json!({"account": "NOBODY"}), vec![fault("/account", "unknown_account")]),
    ] {
        let answer = catalogue.post(&units, with(new.clone(), &change)).await;
        assert_eq!(answer.faults(), faults, "{change}");
    }
    let made = catalogue.post(&units, with(new, &json!({"unit_code": "XBX"}))).await;
    let tag = made.header("etag").to_owned();
    let made = made.expect(201);
    let path = format!("/supplier/units/{}", made["id"].as_str().unwrap());
    let changed = patch(
        &catalogue,
        &path,
        &tag,
        json!({"base_quantity": "50", "gtin": "96385074"}),
    )
    .await
    .expect(200);
    assert_eq!(
        (&changed["base_quantity"], &changed["gtin"]),
        (&json!("50"), &json!("00000096385074"))
    );
    patch(&catalogue, &path, &tag, json!({"name": "X"}))
        .await
        .problem(412, "precondition_failed");
    let buyer = app.person("RIVAL", "buyer").await;
    assert_eq!(skus(&buyer, "q=96385074").await, ["BOLT-8"]);
    let order = json!({"lines": [{"sku": "BOLT-8", "unit": "BX", "quantity": "2"}]});
    buyer.place_order(order).await.expect(201);
    let answer = patch(&catalogue, &path, "*", json!({"numerator": 51, "denominator": 1})).await;
    assert_eq!(answer.faults(), [fault("/base_quantity", "still_in_use")]);
    patch(
        &catalogue,
        &path,
        "*",
        json!({"name": "Box of 50", "base_quantity": "50.0"}),
    )
    .await
    .expect(200);
    catalogue
        .change(Method::DELETE, &path, "*", None)
        .await
        .problem(422, "still_in_use");
    // A pack of an account's own, with a price, goes after the price.
    let detail = catalogue.get(&bolt).await.expect(200);
    let bag = detail["units"]
        .as_array()
        .unwrap()
        .iter()
        .find(|unit| unit["unit"] == "BAG")
        .unwrap()
        .clone();
    assert_eq!(bag["account"], "NORD");
    let path = format!("/supplier/units/{}", bag["id"].as_str().unwrap());
    let pricing = app.staff("pricing").await;
    let price = json!({"price_list": "C-NORD", "sku": "BOLT-8", "unit": "BAG", "price": "9"});
    let price = pricing.post("/supplier/prices", price).await.expect(201);
    catalogue
        .change(Method::DELETE, &path, "*", None)
        .await
        .problem(422, "still_in_use");
    let price = format!("/supplier/prices/{}", price["id"].as_str().unwrap());
    assert_eq!(pricing.change(Method::DELETE, &price, "*", None).await.status, 204);
    let without = catalogue.send(Method::DELETE, &path, &[], None).await;
    without.problem(428, "precondition_required");
    assert_eq!(catalogue.change(Method::DELETE, &path, "*", None).await.status, 204);
    catalogue.get(&path).await.problem(404, "not_found");
    app.finish().await;
}

#[tokio::test]
async fn an_assortment_narrows_what_an_account_sees_and_carries_its_labels() {
    let (app, catalogue) = shop().await;
    let buyer = app.person("NORD", "buyer").await;
    assert_eq!(skus(&buyer, "").await, ["BOLT-8", "CABLE", "NUT"]);
    let put = |articles: Value| json!({"account": "NORD", "articles": articles});
    let articles = json!([
        {"sku": "BOLT-8", "customer_part_number": "4711", "label_name": "Screw for line three"},
        {"sku": "NUT", "customer_part_number": "4712"},
    ]);
    let told = catalogue
        .post("/supplier/assortments", put(articles.clone()))
        .await
        .expect(200);
    assert_eq!(told, json!({"added": 2, "changed": 0, "same": 0}));
    let told = catalogue.post("/supplier/assortments", put(articles)).await.expect(200);
    assert_eq!(told["same"], 2);
    assert_eq!(skus(&buyer, "").await, ["BOLT-8", "NUT"]);
    assert_eq!(skus(&buyer, "q=line%20three").await, ["BOLT-8"]);
    let answer = catalogue.post(
        "/supplier/assortments",
        put(json!([
            {"sku": "CABLE", "customer_part_number": "4711"},
            {"sku": "NOTHING"},
            {"sku": "NUT", "label_gtin": "4006381333931"},
            {"sku": "NUT"},
        ])),
    );
    assert_eq!(
        answer.await.faults(),
        [
            fault("/articles/0/customer_part_number", "part_number_used"),
            fault("/articles/1/sku", "unknown_sku"),
            fault("/articles/2/label_gtin", "gtin_used"),
            fault("/articles/3/sku", "duplicate_key"),
        ]
    );
    assert_eq!(skus(&buyer, "").await, ["BOLT-8", "NUT"], "one bad article refuses all");
    // Numbers are passed on.
    let swapped = json!([
        {"sku": "BOLT-8", "customer_part_number": "4712"},
        {"sku": "NUT", "customer_part_number": "4711"},
    ]);
    assert_eq!(
        catalogue.post("/supplier/assortments", put(swapped)).await.expect(200)["changed"],
        2
    );
    let list = catalogue
        .get("/supplier/assortments?account=NORD&q=4711")
        .await
        .expect(200);
    assert_eq!(list["data"][0]["sku"], "NUT");
    let path = format!("/supplier/assortments/{}", list["data"][0]["id"].as_str().unwrap());
    let answer = catalogue.get(&path).await;
    let tag = answer.header("etag").to_owned();
    let body = json!({"label_brand": "Nordbrand"});
    let changed = patch(&catalogue, &path, &tag, body.clone()).await.expect(200);
    assert_eq!(
        (&changed["label_brand"], &changed["customer_part_number"]),
        (&json!("Nordbrand"), &json!("4711"))
    );
    patch(&catalogue, &path, &tag, body)
        .await
        .problem(412, "precondition_failed");
    let taken = patch(&catalogue, &path, "*", json!({"customer_part_number": "4712"})).await;
    assert_eq!(taken.faults(), [fault("/customer_part_number", "part_number_used")]);
    assert_eq!(catalogue.change(Method::DELETE, &path, "*", None).await.status, 204);
    assert_eq!(skus(&buyer, "q=nordbrand").await, Vec::<String>::new());
    assert_eq!(skus(&buyer, "").await, ["BOLT-8"]);
    let events = buyer.get("/events").await.expect(200);
    let told = events["data"].as_array().unwrap().iter();
    assert_eq!(told.filter(|event| event["type"] == "assortment.changed").count(), 4);
    let unknown = catalogue.get("/supplier/assortments?account=NOBODY").await;
    assert_eq!(unknown.faults(), [fault("/account", "unknown_account")]);
    app.finish().await;
}
