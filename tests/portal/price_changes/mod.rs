//! Costs, margin floors and price changes: who sees and decides what, what a preview says against what is paid later, and that all is
//! as it was once a price change is taken back.

mod costs;

use portal::clock;
use portal::worker::price_changes;
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::client::{Answer, Client, unique};
use crate::price_editing::SHOP;

/// Today where the supplier is, whose file names no zone: in UTC.
fn today() -> String {
    clock::now().date().to_string()
}

fn id(object: &Value) -> &str {
    object["id"].as_str().unwrap()
}

/// Lets the worker do all there is.
async fn work(app: &TestApp) {
    while price_changes::step(app.db(), clock::now()).await.unwrap() {}
}

struct Shop {
    app: TestApp,
    author: Client,
    approver: Client,
    buyer: Client,
}

impl Shop {
    async fn open() -> Self {
        let app = TestApp::start().await;
        app.import(SHOP).await;
        Self {
            author: app.staff("pricing").await,
            approver: app.staff("finance").await,
            buyer: app.person("NORD", "buyer").await,
            app,
        }
    }

    async fn create(&self, effective_on: &str) -> String {
        let plan = json!({"title": "Spring", "effective_on": effective_on});
        let change = self.author.post("/supplier/price-changes", plan).await.expect(201);
        assert_eq!(change["state"], "draft");
        id(&change).to_owned()
    }

    async fn put(&self, change: &str, rows: Value) -> Answer {
        let path = format!("/supplier/price-changes/{change}/rows");
        let body = json!({ "rows": rows }).to_string();
        self.author.send(Method::PUT, &path, &[], Some(body)).await
    }

    async fn act(&self, who: &Client, change: &str, step: &str) -> Answer {
        who.post(&format!("/supplier/price-changes/{change}/{step}"), json!({}))
            .await
    }

    async fn get(&self, change: &str, part: &str) -> Value {
        let path = format!("/supplier/price-changes/{change}{part}");
        self.approver.get(&path).await.expect(200)
    }

    async fn preview(&self, change: &str) -> Value {
        self.act(&self.author, change, "preview").await.expect(202);
        work(&self.app).await;
        let preview = self.get(change, "/preview").await;
        assert_eq!(preview["state"], "ready");
        preview
    }

    /// From a draft with rows to lists with prices.
    async fn apply(&self, change: &str) {
        self.preview(change).await;
        self.act(&self.author, change, "submit").await.expect(200);
        self.act(&self.approver, change, "approve").await.expect(200);
        work(&self.app).await;
        assert_eq!(self.get(change, "").await["state"], "applied");
    }

    async fn roll_back(&self, change: &str) {
        self.act(&self.approver, change, "roll-back").await.expect(200);
        work(&self.app).await;
        assert_eq!(self.get(change, "").await["state"], "rolled_back");
    }

    async fn prices(&self) -> String {
        let mut all = String::new();
        for list in ["BASE", "C-NORD"] {
            let path = format!("/supplier/prices?price_list={list}&limit=200");
            all.push_str(&self.author.get(&path).await.expect(200)["data"].to_string());
        }
        all
    }
}

fn row(list: &str, price: &str) -> Value {
    json!({"price_list": list, "sku": "BOLT-8", "unit": "H87", "price": price, "price_base": 100})
}

fn order(quantity: &str) -> Value {
    json!({"lines": [{"sku": "BOLT-8", "unit": "H87", "quantity": quantity}]})
}

#[tokio::test]
async fn a_price_change_holds_from_its_day_on_and_is_taken_back_to_what_was() {
    let shop = Shop::open().await;
    let placed = shop.buyer.place_order(order("200")).await.expect(201);
    assert_eq!(placed["net_total"], "38.00");
    let (prices, quote) = (shop.prices().await, shop.buyer.quote("BOLT-8", "H87", "200").await);
    let change = shop.create(&today()).await;
    shop.put(&change, json!([row("C-NORD", "19.95")])).await.expect(200);
    let rows = shop.get(&change, "/rows").await;
    assert_eq!(
        (&rows["data"][0]["was_price"], &rows["data"][0]["price"]),
        (&json!("19"), &json!("19.95"))
    );
    let preview = shop.preview(&change).await;
    assert_eq!(preview["totals"][0]["before"], "38.00");
    assert_eq!(preview["totals"][0]["after"], "39.90");
    assert_eq!(preview["accounts_touched"], 1);
    assert_eq!(preview["lines_touched"], 1);
    assert_eq!(
        preview["contracts_broken"],
        json!([{"price_list": "C-NORD", "rows": 1}])
    );
    assert_eq!(preview["winners"][0]["account"], "NORD");
    shop.apply(&change).await;
    // What is paid later is what the preview said.
    let later = shop.buyer.place_order(order("200")).await.expect(201);
    assert_eq!(later["net_total"], preview["totals"][0]["after"]);
    shop.roll_back(&change).await;
    assert_eq!(shop.buyer.quote("BOLT-8", "H87", "200").await, quote);
    assert_eq!(shop.prices().await, prices);
    // An order that was placed meanwhile keeps its price.
    let path = format!("/orders/{}", id(&later));
    assert_eq!(shop.buyer.get(&path).await.expect(200)["net_total"], "39.90");
    shop.app.finish().await;
}

#[tokio::test]
async fn before_its_day_nothing_changes_and_a_row_of_that_very_day_is_put_back() {
    let shop = Shop::open().await;
    let kept = json!({"price_list": "C-NORD", "sku": "BOLT-8", "unit": "H87", "price": "18.4", "price_base": 100, "valid_from": "2099-04-01"});
    shop.author.post("/supplier/prices", kept).await.expect(201);
    let (prices, quote) = (shop.prices().await, shop.buyer.quote("BOLT-8", "H87", "200").await);
    let change = shop.create("2099-04-01").await;
    let rows = json!([row("C-NORD", "21"), row("BASE", "22"), {"price_list": "C-NORD", "sku": "CABLE", "unit": "MTR", "price": "1.4"}]);
    shop.put(&change, rows).await.expect(200);
    shop.apply(&change).await;
    assert_eq!(shop.buyer.quote("BOLT-8", "H87", "200").await, quote);
    assert_ne!(shop.prices().await, prices);
    let rows = shop.get(&change, "/rows").await;
    assert_eq!(rows["data"][0]["was_price"], "18.4");
    assert_eq!(rows["data"][2]["was_price"], Value::Null);
    // The history of a price says who, from what, and by which price change.
    let list = shop
        .author
        .get("/supplier/prices?price_list=BASE&q=BOLT-8")
        .await
        .expect(200);
    let new = list["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["price"] == "22")
        .unwrap();
    let path = format!("/supplier/prices/{}/history", id(new));
    let history = shop.author.get(&path).await.expect(200);
    let told = history[0]["changes"].to_string();
    assert!(
        told.contains("Spring") && told.contains("\"20\"") && told.contains("\"22\""),
        "{told}"
    );
    shop.roll_back(&change).await;
    assert_eq!(shop.prices().await, prices);
    shop.app.finish().await;
}

#[tokio::test]
async fn what_somebody_changed_since_is_left_as_it_is() {
    let shop = Shop::open().await;
    let change = shop.create(&today()).await;
    shop.put(&change, json!([row("C-NORD", "21"), row("BASE", "22")]))
        .await
        .expect(200);
    shop.apply(&change).await;
    let list = shop.author.get("/supplier/prices?price_list=C-NORD").await.expect(200);
    let new = list["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["price"] == "21")
        .unwrap();
    let path = format!("/supplier/prices/{}", id(new));
    let changed = shop
        .author
        .change(Method::PATCH, &path, "*", Some(json!({"price": "20.5"})));
    changed.await.expect(200);
    shop.roll_back(&change).await;
    let rows = shop.get(&change, "/rows").await;
    assert_eq!(rows["data"][0]["outcome"], "kept");
    assert_eq!(rows["data"][1]["outcome"], "undone");
    assert_eq!(shop.author.get(&path).await.expect(200)["price"], "20.5");
    shop.app.finish().await;
}

#[tokio::test]
async fn nobody_approves_their_own_price_change() {
    let shop = Shop::open().await;
    let email = format!("both-{}@supplier.example", unique());
    let admin = shop.app.staff_named(&email, "admin").await;
    let plan = json!({"title": "Mine", "effective_on": "2099-01-01"});
    let change = admin.post("/supplier/price-changes", plan).await.expect(201);
    let change = id(&change);
    shop.put(change, json!([row("BASE", "22")])).await.expect(200);
    // Without a preview it is not sent in, and what is not sent in is not approved.
    shop.act(&admin, change, "submit")
        .await
        .problem(409, "price_change_state");
    shop.act(&shop.approver, change, "approve")
        .await
        .problem(409, "price_change_state");
    shop.preview(change).await;
    shop.act(&admin, change, "submit").await.expect(200);
    shop.put(change, json!([row("BASE", "23")]))
        .await
        .problem(409, "price_change_state");
    // Who made it and sent it in, and who put rows into it.
    shop.act(&admin, change, "approve")
        .await
        .problem(409, "own_price_change");
    shop.act(&shop.author, change, "approve")
        .await
        .problem(409, "own_price_change");
    let browser = shop.app.browse_as_person(&email).await;
    let page = browser.page(&format!("/desk/price-changes/{change}")).await;
    assert!(!page.contains("/approve\""), "{page}");
    browser
        .post(&format!("/desk/price-changes/{change}/approve"), &[])
        .await
        .goes_to();
    assert_eq!(shop.get(change, "").await["state"], "submitted");
    let rejected = shop.act(&shop.approver, change, "reject").await.expect(200);
    assert_eq!(rejected["state"], "rejected");
    shop.put(change, json!([row("BASE", "21")])).await.expect(200);
    assert_eq!(shop.get(change, "").await["preview"], Value::Null);
    shop.apply(change).await;
    shop.app.finish().await;
}

#[tokio::test]
async fn two_thousand_rows_by_a_rule_are_applied_in_parts_and_taken_back_to_the_letter() {
    let shop = Shop::open().await;
    let (mut products, mut prices) = (
        "sku,name,base_unit,decimals,tax_category,category\n".to_owned(),
        "price_list,sku,unit,min_quantity,price\n".to_owned(),
    );
    for number in 0..2_000 {
        let category = if number % 2 == 0 { "Even" } else { "Odd" };
        products.push_str(&format!("R-{number:04},Part {number},H87,0,S,{category}\n"));
        prices.push_str(&format!(
            "BASE,R-{number:04},H87,0,{}.{:02}\n",
            1 + number / 100,
            number % 100
        ));
    }
    shop.app
        .import(&[("products.csv", products.as_str()), ("prices.csv", prices.as_str())])
        .await;
    let lines: Vec<_> = (0..2_000)
        .step_by(20)
        .map(|number| json!({"sku": format!("R-{number:04}"), "unit": "H87", "quantity": "10"}))
        .collect();
    let quote = || async {
        let body = json!({ "lines": lines });
        shop.buyer.post("/prices/quote", body).await.text
    };
    let before = quote().await;
    let change = shop.create(&today()).await;
    let rule = json!({"price_lists": ["BASE"], "categories": ["Even", "Odd"], "percent": "3.5", "rounding": "0.05"});
    let path = format!("/supplier/price-changes/{change}/rules");
    let ruled = shop.author.post(&path, rule).await.expect(200);
    assert!(ruled["row_count"].as_i64().unwrap() > 1_900, "{ruled}");
    shop.apply(&change).await;
    assert_ne!(quote().await, before);
    shop.roll_back(&change).await;
    assert_eq!(quote().await, before);
    shop.app.finish().await;
}

#[tokio::test]
async fn pasted_rows_are_read_as_a_file_and_faults_name_their_lines() {
    let shop = Shop::open().await;
    let email = format!("paste-{}@supplier.example", unique());
    shop.app.add_staff_named(&email, "pricing").await;
    let browser = shop.app.browse_as_person(&email).await;
    let fields = [("title", "Pasted"), ("effective_on", "2099-04-01")];
    let path = browser.post("/desk/price-changes", &fields).await.goes_to();
    let rows = "price_list\tsku\tunit\tmin_quantity\tprice\nBASE\tBOLT-8\tH87\t0\t21\nBASE\tNONE\tH87\t0\t21\n";
    let refused = browser.post(&format!("{path}/rows"), &[("rows", rows)]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("Line 3"), "{}", refused.html);
    let rows = "price_list\tsku\tunit\tmin_quantity\tprice\nBASE\tBOLT-8\tH87\t0\t21\n";
    browser.post(&format!("{path}/rows"), &[("rows", rows)]).await.goes_to();
    let shown = browser.page(&format!("{path}/rows")).await;
    assert!(shown.contains("BOLT-8"), "{shown}");
    let file = browser.get(&format!("{path}/rows/export.csv")).await;
    assert!(file.html.contains("BASE,BOLT-8,H87"), "{}", file.html);
    shop.app.finish().await;
}
