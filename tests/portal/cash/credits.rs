//! Credit notes: whole, in parts, by amounts; what they settle, what stays on account; never more than was invoiced.

use futures::future::join_all;
use serde_json::{Value, json};

use super::{Shop, id, line, reread, texts};
use crate::client::{Answer, unique};

impl Shop {
    pub(super) async fn try_credit(&self, body: Value) -> Answer {
        self.finance
            .post_with_key("/supplier/credit-notes", &unique(), body)
            .await
    }

    pub(super) async fn credit(&self, invoice: &Value, lines: Value) -> Value {
        let mut body = json!({"invoice_id": id(invoice), "reason": "price", "lines": lines});
        if body["lines"].is_null() {
            body.as_object_mut().unwrap().remove("lines");
        }
        self.try_credit(body).await.expect(201)
    }

    /// The invoice of an order of these lines, all of it delivered.
    pub(super) async fn billed(&self, lines: &[Value]) -> (Value, Value) {
        let order = self.accepted(&self.gold, lines).await;
        let shipment = self.ship(&order).await;
        self.deliver(&shipment).await;
        (order, self.invoice(&shipment).await)
    }

    async fn invoice_now(&self, invoice: &Value) -> Value {
        self.gold.get(&format!("/invoices/{}", id(invoice))).await.expect(200)
    }

    async fn balance(&self) -> Value {
        let statement = self.gold.get("/account/statement").await.expect(200);
        json!([statement["balance"], statement["on_account"]])
    }
}

pub(super) fn cents(text: &Value) -> i64 {
    text.as_str().unwrap().replace('.', "").parse().unwrap()
}

#[tokio::test]
async fn a_whole_invoice_is_taken_back_to_the_cent() {
    let shop = Shop::open().await;
    let lines = [
        line("BOLT", "H87", "7"),
        line("CABLE", "MTR", "1.37"),
        line("FOOD", "H87", "3"),
        line("EXEMPT", "H87", "1"),
    ];
    let (order, invoice) = shop.billed(&lines).await;
    let credit = shop.credit(&invoice, Value::Null).await;
    for name in ["net_total", "tax_total", "gross_total"] {
        assert_eq!(credit[name], invoice[name], "{name}");
    }
    assert_eq!(credit["taxes"], invoice["taxes"]);
    assert_eq!(texts(&credit["lines"], "net"), texts(&invoice["lines"], "net"));
    assert_eq!(
        texts(&credit["lines"], "quantity"),
        texts(&invoice["lines"], "quantity")
    );
    assert!(
        credit["number"].as_str().unwrap().ends_with("-000001")
            && credit["number"].as_str().unwrap().starts_with("CN-")
    );
    assert_eq!(credit["on_account"], "0.00");
    assert_eq!(
        texts(&credit["applied"], "invoice_number"),
        [invoice["number"].as_str().unwrap()]
    );
    assert_eq!(shop.invoice_now(&invoice).await["state"], "paid");
    assert_eq!(shop.balance().await, json!(["0.00", "0.00"]));
    assert_eq!(reread(&shop.gold, &order).await["state"], "closed");
    let timeline = shop
        .gold
        .get(&format!("/orders/{}/timeline", id(&order)))
        .await
        .expect(200);
    assert!(texts(&timeline["data"], "type").contains(&"credit_note.issued"));

    let again = shop
        .try_credit(json!({"invoice_id": id(&invoice), "reason": "other"}))
        .await;
    assert_eq!(again.expect(409)["code"], "nothing_to_credit");
    let own = shop
        .gold
        .get(&format!("/credit-notes/{}", id(&credit)))
        .await
        .expect(200);
    assert_eq!(own, credit);
    let foreign = shop.silver.get(&format!("/credit-notes/{}", id(&credit))).await;
    assert_eq!(foreign.status, 404);
    let pdf = shop.gold.get(&format!("/credit-notes/{}/pdf", id(&credit))).await;
    assert_eq!(pdf.status, 200);
    shop.app.finish().await;
}

#[tokio::test]
async fn parts_together_take_back_exactly_what_was_invoiced() {
    let shop = Shop::open().await;
    // 0.333 a metre, and three pieces at 9 %: parts that don't divide evenly.
    let (_, invoice) = shop
        .billed(&[line("CABLE", "MTR", "10"), line("FOOD", "H87", "3")])
        .await;
    let parts = [
        json!([{"position": 1, "quantity": "3.33"}]),
        json!([{"position": 1, "net": "0.01"}, {"position": 2, "quantity": "1"}]),
        json!([{"position": 1, "quantity": "3.33"}, {"position": 2, "quantity": "1"}]),
        json!([{"position": 2}]),
        Value::Null,
    ];
    let mut sums = [0; 3];
    for lines in parts {
        let credit = shop.credit(&invoice, lines).await;
        for (sum, name) in sums.iter_mut().zip(["net_total", "tax_total", "gross_total"]) {
            *sum += cents(&credit[name]);
        }
    }
    let invoiced = ["net_total", "tax_total", "gross_total"].map(|name| cents(&invoice[name]));
    assert_eq!(sums, invoiced);
    assert_eq!(shop.invoice_now(&invoice).await["open_amount"], "0.00");
    assert_eq!(shop.balance().await, json!(["0.00", "0.00"]));
    let listed = shop
        .gold
        .get(&format!("/credit-notes?invoice_id={}", id(&invoice)))
        .await
        .expect(200);
    assert_eq!(listed["data"].as_array().unwrap().len(), 5);
    shop.app.finish().await;
}

#[tokio::test]
async fn an_amount_is_credited_without_goods() {
    let shop = Shop::open().await;
    let (_, invoice) = shop.billed(&[line("RARE", "H87", "10")]).await;
    let credit = shop.credit(&invoice, json!([{"position": 1, "net": "12.50"}])).await;
    let own = &credit["lines"][0];
    assert_eq!(
        [&own["quantity"], &own["unit_code"], &own["unit_price"], &own["net"]],
        ["1", "C62", "12.5", "12.50"]
    );
    assert_eq!(credit["gross_total"], "15.13");
    assert_eq!(shop.invoice_now(&invoice).await["open_amount"], "105.87");
    // The goods themselves may still come back, at what is left of their price.
    let part = shop.credit(&invoice, json!([{"position": 1, "quantity": "4"}])).await;
    assert_eq!(part["net_total"], "35.00", "4 of 10 of 87.50");
    let rest = shop.credit(&invoice, json!([{"position": 1, "quantity": "6"}])).await;
    let totals = [&rest["net_total"], &rest["tax_total"], &rest["gross_total"]];
    assert_eq!(totals, ["52.50", "11.02", "63.52"]);
    let sum: i64 = [&credit, &part, &rest]
        .iter()
        .map(|credit| cents(&credit["gross_total"]))
        .sum();
    assert_eq!(sum, cents(&invoice["gross_total"]));
    shop.app.finish().await;
}

#[tokio::test]
async fn a_rebate_is_credited_as_amounts_by_the_rates_of_its_invoice() {
    let shop = Shop::open().await;
    let (_, invoice) = shop
        .billed(&[line("RARE", "H87", "10"), line("FOOD", "H87", "10")])
        .await;
    let lines = json!([{"position": 1, "net": "3.00"}, {"position": 2, "net": "1.00"}]);
    let body = json!({"invoice_id": id(&invoice), "reason": "rebate", "note": "2026", "lines": lines});
    let credit = shop.try_credit(body).await.expect(201);
    assert_eq!(
        [&credit["reason"], &credit["gross_total"]],
        [&json!("rebate"), &json!("4.72")]
    );
    assert_eq!(
        texts(&credit["taxes"], "amount").len(),
        2,
        "21 % of 3.00 and 9 % of 1.00"
    );
    let browser = shop.app.browse_as("GOLD", "buyer").await;
    let page = browser.page(&format!("/credit-notes/{}", id(&credit))).await;
    assert!(page.contains("Rebate"), "{page}");
    shop.app.finish().await;
}

#[tokio::test]
async fn what_was_paid_stays_on_account_and_settles_others() {
    let shop = Shop::open().await;
    let (_, first) = shop.billed(&[line("RARE", "H87", "10")]).await;
    shop.pay("GOLD", "100.00").await;
    let (_, second) = shop.billed(&[line("RARE", "H87", "1")]).await;
    let credit = shop.credit(&first, Value::Null).await;
    assert_eq!(credit["on_account"], "100.00", "21.00 of it were open");
    assert_eq!(shop.balance().await, json!(["-87.90", "100.00"]));
    assert_eq!(shop.gold.get("/account").await.expect(200)["exposure"], "-87.90");
    let path = format!("/supplier/credit-notes/{}/apply", id(&credit));
    let unknown = shop.finance.post(&path, json!({"invoice_id": id(&first)})).await;
    assert_eq!(unknown.expect(422)["errors"][0]["code"], "unknown_invoice");
    let applied = shop.finance.post(&path, json!({})).await.expect(200);
    assert_eq!(applied["on_account"], "87.90");
    assert_eq!(texts(&applied["applied"], "amount"), ["21.00", "12.10"]);
    assert_eq!(shop.invoice_now(&second).await["state"], "paid");
    let open = shop
        .finance
        .get("/supplier/credit-notes?unmatched=true&account=GOLD")
        .await
        .expect(200);
    assert_eq!(texts(&open["data"], "on_account"), ["87.90"]);
    shop.app.finish().await;
}

#[tokio::test]
async fn a_credit_settles_its_invoice_once_a_payment_of_it_was_none() {
    let shop = Shop::open().await;
    let (order, invoice) = shop.billed(&[line("RARE", "H87", "10")]).await;
    let paid = shop.pay("GOLD", "100.00").await;
    let credit = shop.credit(&invoice, Value::Null).await;
    assert_eq!(credit["on_account"], "100.00");
    let path = format!("/supplier/payments/{}/reverse", id(&paid));
    let bounced = shop.finance.post(&path, json!({"reason": "It bounced."})).await;
    bounced.expect(200);
    assert_eq!(shop.invoice_now(&invoice).await["open_amount"], "0.00");
    assert_eq!(shop.balance().await, json!(["0.00", "0.00"]));
    assert_eq!(reread(&shop.gold, &order).await["state"], "closed");
    shop.app.finish().await;
}

#[tokio::test]
async fn several_credits_of_an_invoice_settle_it_once_a_payment_of_it_was_none() {
    let shop = Shop::open().await;
    let (_, invoice) = shop.billed(&[line("RARE", "H87", "10")]).await;
    let paid = shop.pay("GOLD", "121.00").await;
    let part = json!([{"position": 1, "net": "10.00"}]);
    for _ in 0..2 {
        let credit = shop.credit(&invoice, part.clone()).await;
        assert_eq!(credit["on_account"], "12.10");
    }
    let path = format!("/supplier/payments/{}/reverse", id(&paid));
    let bounced = shop.finance.post(&path, json!({"reason": "It bounced."})).await;
    bounced.expect(200);
    assert_eq!(shop.invoice_now(&invoice).await["open_amount"], "96.80");
    assert_eq!(shop.balance().await, json!(["96.80", "0.00"]));
    shop.app.finish().await;
}

#[tokio::test]
async fn a_credit_of_nothing_is_none_and_takes_no_number() {
    let shop = Shop::open().await;
    let (_, invoice) = shop.billed(&[line("RARE", "H87", "1"), line("FOOD", "H87", "1")]).await;
    shop.credit(&invoice, json!([{"position": 1, "net": "10.00"}])).await;
    let goods = json!({"invoice_id": id(&invoice), "reason": "returned", "lines": [{"position": 1, "quantity": "1"}]});
    let refused = shop.try_credit(goods).await.expect(422);
    assert_eq!(refused["errors"][0]["code"], "nothing_to_credit");
    let rest = shop.credit(&invoice, Value::Null).await;
    assert_eq!(texts(&rest["lines"], "sku"), ["FOOD"]);
    assert!(rest["number"].as_str().unwrap().ends_with("-000002"));
    shop.app.finish().await;
}

#[tokio::test]
async fn what_cannot_be_credited_is_told_line_by_line() {
    let shop = Shop::open().await;
    let (_, invoice) = shop
        .billed(&[line("RARE", "H87", "10"), line("BOLT", "CT100", "2")])
        .await;
    let body = |lines: Value| json!({"invoice_id": id(&invoice), "reason": "short", "lines": lines});
    let lines = json!([
        {"position": 1, "quantity": "11"}, {"position": 2, "quantity": "0.5"}, {"position": 3},
        {"position": 1, "quantity": "1"}, {"position": 2, "net": "0.00"},
    ]);
    let refused = shop.try_credit(body(lines)).await.expect(422);
    let faults = &refused["errors"];
    assert_eq!(
        texts(faults, "pointer"),
        [
            "/lines/0/quantity",
            "/lines/1/quantity",
            "/lines/2/position",
            "/lines/3/position",
            "/lines/4/position"
        ]
    );
    assert_eq!(
        texts(faults, "code"),
        [
            "quantity_invalid",
            "quantity_not_whole",
            "unknown_line",
            "duplicate_key",
            "duplicate_key"
        ]
    );
    for (lines, pointer) in [
        (json!([]), "/lines"),
        (json!([{"position": 1, "net": "100.01"}]), "/lines/0/net"),
        (json!([{"position": 1, "net": "1.001"}]), "/lines/0/net"),
        (json!([{"position": 1, "net": "-1"}]), "/lines/0/net"),
        (json!([{"position": 1, "quantity": "-1"}]), "/lines/0/quantity"),
        (json!([{"position": 1, "quantity": "1", "net": "1"}]), "/lines/0/net"),
    ] {
        let refused = shop.try_credit(body(lines.clone())).await.expect(422);
        assert_eq!(texts(&refused["errors"], "pointer"), [pointer], "{lines}");
    }
    let note = json!({"invoice_id": id(&invoice), "reason": "other", "note": "x".repeat(501)});
    assert_eq!(shop.try_credit(note).await.expect(422)["errors"][0]["pointer"], "/note");
    let nowhere = json!({"invoice_id": "inv_x", "reason": "other"});
    assert_eq!(
        shop.try_credit(nowhere).await.expect(422)["errors"][0]["pointer"],
        "/invoice_id"
    );
    assert_eq!(shop.gold.get("/credit-notes").await.expect(200)["data"], json!([]));
    shop.app.finish().await;
}

#[tokio::test]
async fn of_many_at_once_no_more_is_credited_than_was_invoiced() {
    let shop = Shop::open().await;
    let (_, invoice) = shop.billed(&[line("RARE", "H87", "3")]).await;
    let key = unique();
    let body = json!({"invoice_id": id(&invoice), "reason": "returned", "lines": [{"position": 1, "quantity": "1"}]});
    let other = (0..8).map(|_| shop.try_credit(body.clone()));
    let same = (0..3).map(|_| shop.finance.post_with_key("/supplier/credit-notes", &key, body.clone()));
    let (other, same) = tokio::join!(join_all(other), join_all(same));
    let mut numbers: Vec<_> = other
        .iter()
        .chain(&same)
        .filter(|answer| answer.status == 201)
        .map(|answer| answer.json()["number"].as_str().unwrap().to_owned())
        .collect();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 3, "{numbers:?}");
    assert!(numbers[2].ends_with("-000003"), "no number is lost: {numbers:?}");
    let refused = other.iter().chain(&same).filter(|answer| answer.status != 201);
    for answer in refused {
        assert_eq!(
            (answer.status, &answer.json()["code"]),
            (409, &json!("nothing_to_credit"))
        );
    }
    assert_eq!(shop.invoice_now(&invoice).await["open_amount"], "0.00");
    shop.app.finish().await;
}
