//! Discounts, graduated prices and prices of a site from the quote to the credit note: what is taken off is told everywhere, kept for
//! ever, and derives again.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Shop, einvoices, id, line, reread};
use crate::client::unique;

impl Shop {
    async fn discount(&self, body: Value) -> Value {
        let staff = self.app.staff("pricing").await;
        staff.post("/supplier/discounts", body).await.expect(201)
    }

    async fn quoted(&self, lines: &[Value]) -> Value {
        let body = json!({ "lines": lines });
        self.gold.post("/prices/quote", body).await.expect(200)
    }

    async fn ordered(&self, lines: &[Value]) -> Value {
        self.gold.place_order(json!({ "lines": lines })).await.expect(201)
    }

    async fn all_derives(&self) {
        let found = self.app.db().read(portal::cli::check::everything).await;
        assert!(found.as_ref().unwrap().is_empty(), "{found:?}");
    }
}

fn amounts(line: &Value) -> Vec<String> {
    let steps = line["explanation"]["steps"].as_array().unwrap().iter();
    steps.map(|step| step["amount"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn discounts_are_taken_off_in_their_order_from_the_quote_to_the_credit_note() {
    let shop = Shop::open().await;
    let before = shop.quoted(&[line("RARE", "H87", "4")]).await;
    assert_eq!(before["net_total"], "40.00");
    assert_eq!(amounts(&before["lines"][0]), ["40.00"]);
    shop.discount(json!({"discount": "B", "name": "Autumn", "kind": "percent", "value": "5", "position": 2}))
        .await;
    shop.discount(
        json!({"discount": "A", "name": "Loyalty", "kind": "percent", "value": "10", "position": 1, "account": "GOLD"}),
    )
    .await;
    let quote = shop.quoted(&[line("RARE", "H87", "4")]).await;
    assert_eq!(quote["net_total"], "34.20");
    assert_eq!(amounts(&quote["lines"][0]), ["40.00", "-4.00", "-1.80"]);
    assert_eq!(quote["lines"][0]["unit_price"], "10");

    let (order, invoice) = shop.billed(&[line("RARE", "H87", "4")]).await;
    assert_eq!(invoice["net_total"], "34.20");
    assert_eq!(invoice["lines"][0]["gross"], "40.00");
    assert_eq!(invoice["lines"][0]["discounts"][1]["amount"], "-1.80");
    assert_eq!(
        amounts(&reread(&shop.gold, &order).await["lines"][0]),
        ["40.00", "-4.00", "-1.80"]
    );
    let page = shop.gold.get(&format!("/invoices/{}", id(&invoice))).await.expect(200);
    assert_eq!(page["lines"][0]["discounts"][0]["name"], "Loyalty");
    shop.all_derives().await;

    // What is credited is its part of what was invoiced.
    let credit = shop.credit(&invoice, json!([{"position": 1, "quantity": "1"}])).await;
    assert_eq!(credit["net_total"], "8.55");
    shop.all_derives().await;
}

#[tokio::test]
async fn a_discount_that_is_gone_stays_on_what_was_ordered() {
    let shop = Shop::open().await;
    let kept = shop
        .discount(json!({"discount": "A", "name": "Loyalty", "kind": "amount", "value": "0.25", "currency": "EUR"}))
        .await;
    let order = shop.ordered(&[line("RARE", "H87", "4")]).await;
    assert_eq!(order["net_total"], "39.00");
    let staff = shop.app.staff("pricing").await;
    let path = format!("/supplier/discounts/{}", id(&kept));
    let etag = staff.get(&path).await.header("etag").to_owned();
    let put = json!({"name": "Loyalty", "kind": "percent", "value": "50"});
    let put = staff.change(Method::PUT, &path, &etag, Some(put)).await;
    assert_eq!((put.status, put.json()["mode"].clone()), (200, json!("compound")));
    let etag = put.header("etag").to_owned();
    let gone = staff.change(Method::DELETE, &path, &etag, None).await;
    assert_eq!(gone.status, 204);
    assert_eq!(reread(&shop.gold, &order).await["net_total"], "39.00");
    assert_eq!(shop.quoted(&[line("RARE", "H87", "4")]).await["net_total"], "40.00");
    shop.all_derives().await;
}

#[tokio::test]
async fn what_is_wrong_of_a_discount_is_told_at_its_field() {
    let shop = Shop::open().await;
    let staff = shop.app.staff("pricing").await;
    for (body, field, code) in [
        (
            json!({"discount": "X", "name": "x", "kind": "percent", "value": "100.1"}),
            "/value",
            "bad_number",
        ),
        (
            json!({"discount": "X", "name": "x", "kind": "percent", "value": "0"}),
            "/value",
            "bad_number",
        ),
        (
            json!({"discount": "X", "name": "x", "kind": "amount", "value": "1"}),
            "/currency",
            "required",
        ),
        (
            json!({"discount": "X", "name": "x", "kind": "gift", "value": "1"}),
            "/kind",
            "value_invalid",
        ),
        (
            json!({"discount": "X", "name": "x", "kind": "percent", "value": "1", "account": "NOBODY"}),
            "/account",
            "unknown_account",
        ),
        (
            json!({"discount": "X", "name": "x", "kind": "percent", "value": "1", "valid_from": "2026-12-02", "valid_to": "2026-12-01"}),
            "/valid_to",
            "value_invalid",
        ),
    ] {
        let told = staff.post("/supplier/discounts", body.clone()).await;
        assert_eq!(told.faults(), [(field.to_owned(), code.to_owned())], "{body}");
    }
    shop.discount(json!({"discount": "X", "name": "x", "kind": "percent", "value": "1"}))
        .await;
    let twice = json!({"discount": "X", "name": "x", "kind": "percent", "value": "1"});
    let twice = staff.post("/supplier/discounts", twice).await;
    assert_eq!(twice.faults(), [("/discount".to_owned(), "duplicate_key".to_owned())]);
    let account_manager = shop.app.staff("key_account_manager").await;
    let body = json!({"discount": "Y", "name": "y", "kind": "percent", "value": "1"});
    account_manager.post("/supplier/discounts", body).await.expect(403);
}

#[tokio::test]
async fn discounts_and_rules_of_lists_come_from_files() {
    let shop = Shop::open().await;
    shop.app
        .import(&[
            (
                "price_lists.csv",
                "price_list,name,currency,kind,account,scale,method\nOWN,Own prices,EUR,account,GOLD,product,graduated\n",
            ),
            (
                "prices.csv",
                "price_list,sku,unit,min_quantity,price,price_group\nOWN,RARE,H87,1,10,parts\nOWN,RARE,H87,3,8,parts\n",
            ),
            (
                "discounts.csv",
                "discount,name,kind,value,position,mode,account,valid_to\nTEN,Ten,percent,10,1,additive,GOLD,\nOLD,Old,percent,50,2,,,2020-01-01\n",
            ),
        ])
        .await;
    // Two at 10.00 and two at 8.00; each line has its half.
    let quote = shop.quoted(&[line("RARE", "H87", "2"), line("RARE", "H87", "2")]).await;
    let nets: Vec<_> = (0..2).map(|place| quote["lines"][place]["net"].clone()).collect();
    assert_eq!(nets, ["16.20", "16.20"]);
    let first = &quote["lines"][0]["explanation"];
    assert_eq!(
        first["counted"],
        json!({"scale": "product", "price_group": null, "quantity": "4"})
    );
    let bands = first["bands"].as_array().unwrap().iter();
    let bands: Vec<_> = bands
        .map(|band| (band["quantity"].clone(), band["unit_price"].clone()))
        .collect();
    assert_eq!(bands, [(json!("2"), json!("10")), (json!("2"), json!("8"))]);
    let turned = shop.quoted(&[line("RARE", "H87", "1"), line("RARE", "H87", "3")]).await;
    assert_eq!(turned["net_total"], "32.40");
    let (_, invoice) = shop.billed(&[line("RARE", "H87", "1"), line("RARE", "H87", "3")]).await;
    assert_eq!(invoice["net_total"], "32.40");
    shop.all_derives().await;
}

#[tokio::test]
async fn the_lowest_price_wins_where_the_account_is_priced_so() {
    let shop = Shop::open().await;
    let own = [
        (
            "price_lists.csv",
            "price_list,name,currency,kind,account\nOWN,Own prices,EUR,account,GOLD\n",
        ),
        (
            "prices.csv",
            "price_list,sku,unit,min_quantity,price\nOWN,RARE,H87,1,12\n",
        ),
    ];
    shop.app.import(&own).await;
    assert_eq!(shop.quoted(&[line("RARE", "H87", "1")]).await["net_total"], "12.00");
    let admin = shop.app.staff("admin").await;
    let all = admin.get("/supplier/accounts").await.expect(200);
    let gold = all["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["code"] == "GOLD")
        .unwrap();
    let path = format!("/supplier/accounts/{}", id(gold));
    let etag = admin.get(&path).await.header("etag").to_owned();
    let change = json!({"price_strategy": "lowest_wins"});
    let changed = admin
        .change(Method::PATCH, &path, &etag, Some(change))
        .await
        .expect(200);
    assert_eq!(changed["price_strategy"], "lowest_wins");
    let quote = shop.quoted(&[line("RARE", "H87", "1")]).await;
    assert_eq!(quote["net_total"], "10.00");
    assert_eq!(quote["lines"][0]["explanation"]["strategy"], "lowest_wins");
    shop.ordered(&[line("RARE", "H87", "1")]).await;
    shop.all_derives().await;
}

#[tokio::test]
async fn what_is_priced_on_request_is_refused_until_something_is_agreed() {
    let shop = Shop::open().await;
    let admin = shop.app.staff("admin").await;
    let found = admin.get("/supplier/products?q=RARE").await.expect(200);
    let path = format!("/supplier/products/{}", id(&found["data"][0]));
    let etag = admin.get(&path).await.header("etag").to_owned();
    let change = json!({"price_on_request": true});
    let changed = admin
        .change(Method::PATCH, &path, &etag, Some(change))
        .await
        .expect(200);
    assert_eq!(changed["price_on_request"], true);
    let body = json!({"lines": [line("RARE", "H87", "1")]});
    let told = shop.gold.post("/prices/quote", body.clone()).await;
    assert_eq!(told.faults(), [("/lines/0".to_owned(), "price_on_request".to_owned())]);
    let told = shop.gold.place_order(body.clone()).await;
    assert_eq!(told.faults(), [("/lines/0".to_owned(), "price_on_request".to_owned())]);
    let own = [
        (
            "price_lists.csv",
            "price_list,name,currency,kind,account\nOWN,Own prices,EUR,account,GOLD\n",
        ),
        (
            "prices.csv",
            "price_list,sku,unit,min_quantity,price\nOWN,RARE,H87,1,12\n",
        ),
    ];
    shop.app.import(&own).await;
    assert_eq!(shop.quoted(&[line("RARE", "H87", "1")]).await["net_total"], "12.00");
}

#[tokio::test]
async fn a_list_of_a_site_holds_for_orders_that_go_there() {
    let shop = Shop::open().await;
    shop.app
        .import(&[
            (
                "sites.csv",
                "account,site,name,country\nGOLD,EAST,East works,NL\nGOLD,WEST,West works,NL\n",
            ),
            (
                "price_lists.csv",
                "price_list,name,currency,kind,account,site\nTHERE,Prices of the west,EUR,account,GOLD,WEST\n",
            ),
            (
                "prices.csv",
                "price_list,sku,unit,min_quantity,price\nTHERE,RARE,H87,1,7\n",
            ),
        ])
        .await;
    let preview =
        |ship_to: &str| json!({"po_number": unique(), "ship_to": ship_to, "lines": [line("RARE", "H87", "1")]});
    let east = shop.gold.post("/orders/preview", preview("EAST")).await.expect(200);
    let west = shop.gold.post("/orders/preview", preview("WEST")).await.expect(200);
    assert_eq!(
        (&east["net_total"], &west["net_total"]),
        (&json!("10.00"), &json!("7.00"))
    );
    assert_eq!(west["lines"][0]["explanation"]["site"], "WEST");
    let report = shop
        .app
        .try_import(
            &[(
                "price_lists.csv",
                "price_list,name,currency,kind,account,site\nB2,x,EUR,base,,WEST\nO2,x,EUR,account,GOLD,NORTH\n",
            )],
            Default::default(),
        )
        .await;
    let told: Vec<_> = report.faults.iter().map(|fault| fault.code.name()).collect();
    assert_eq!(told, ["value_invalid", "value_invalid"]);
}

#[tokio::test]
async fn an_e_invoice_tells_each_discount_and_several_prices_as_one() {
    let shop = einvoices::open().await;
    shop.app
        .import(&[
            (
                "price_lists.csv",
                "price_list,name,currency,kind,account,method\nOWN,Own prices,EUR,account,GOLD,graduated\n",
            ),
            (
                "prices.csv",
                "price_list,sku,unit,min_quantity,price\nOWN,RARE,H87,1,10\nOWN,RARE,H87,3,8\n",
            ),
            ("discounts.csv", "discount,name,kind,value\nTEN,Ten off,percent,10\n"),
        ])
        .await;
    einvoices::change(
        &shop,
        "GOLD",
        json!({"endpoint": "0088:4012345000009", "buyer_reference": "REF"}),
    )
    .await
    .expect(200);
    let (_, invoice) = shop
        .billed(&[line("RARE", "H87", "4"), line("FOOD", "H87", "10")])
        .await;
    // 2 at 10.00 and 2 at 8.00, then 10 at 1.05; 10 % less each.
    assert_eq!(invoice["net_total"], "41.85");
    let xml = einvoices::taken(&shop.gold, &format!("/invoices/{}/ubl", id(&invoice))).await;
    assert_eq!(
        xml.matches("<cbc:AllowanceChargeReason>Ten off</cbc:AllowanceChargeReason>")
            .count(),
        2
    );
    assert!(xml.contains(">36</cbc:PriceAmount>"), "{xml}");
    assert!(xml.contains(">4</cbc:BaseQuantity>"), "{xml}");
    shop.all_derives().await;
}

#[tokio::test]
async fn prices_of_equal_standing_are_told_at_import_by_check_and_on_a_page() {
    let shop = Shop::open().await;
    let files = [
        (
            "price_lists.csv",
            "price_list,name,currency,kind,account,rank\nONE,One,EUR,account,GOLD,100\nTWO,Two,EUR,account,GOLD,100\nLATER,Later,EUR,account,GOLD,101\n",
        ),
        (
            "prices.csv",
            "price_list,sku,unit,min_quantity,price\nONE,RARE,H87,1,9\nTWO,RARE,H87,1,8\nLATER,RARE,H87,1,7\nONE,FOOD,H87,1,1\nTWO,FOOD,H87,1,1\n",
        ),
    ];
    shop.app.import(&files).await;
    let found = shop.app.db().read(portal::cli::check::everything).await.unwrap();
    let found: Vec<_> = found.iter().map(|breach| breach.object.as_str()).collect();
    assert_eq!(found, ["RARE from 1 H87"]);
    let again = shop.app.try_import(&files, Default::default()).await;
    assert_eq!(again.notes.len(), 1, "both rows of RARE are in one note");
    let desk = shop.app.browse_staff("pricing").await;
    let html = desk.page("/desk/price-equals").await;
    assert!(
        html.contains("ONE") && html.contains("TWO") && !html.contains("LATER"),
        "{html}"
    );
}

#[tokio::test]
async fn an_order_below_the_minimum_of_its_account_is_refused() {
    let shop = Shop::open().await;
    shop.app
        .import(&[("order_minimums.csv", "account,minimum\nGOLD,40.00\n")])
        .await;
    let small = json!({"lines": [line("RARE", "H87", "3")]});
    let told = shop.gold.place_order(small.clone()).await;
    assert_eq!(told.faults(), [("/lines".to_owned(), "order_below_minimum".to_owned())]);
    let mut preview = small.clone();
    preview["po_number"] = json!(unique());
    let told = shop.gold.post("/orders/preview", preview).await;
    assert_eq!(told.faults(), [("/lines".to_owned(), "order_below_minimum".to_owned())]);
    // A quote of a part is told all the same, exactly the minimum is enough, and nobody else has one.
    assert_eq!(shop.quoted(&[line("RARE", "H87", "3")]).await["net_total"], "30.00");
    shop.ordered(&[line("RARE", "H87", "4")]).await;
    shop.silver.place_order(small).await.expect(201);
    // The discount counts: 4 at 10.00 less 10 % are too few.
    shop.discount(json!({"discount": "TEN", "name": "Ten", "kind": "percent", "value": "10"}))
        .await;
    let told = shop
        .gold
        .place_order(json!({"lines": [line("RARE", "H87", "4")]}))
        .await;
    assert_eq!(told.faults(), [("/lines".to_owned(), "order_below_minimum".to_owned())]);
}
