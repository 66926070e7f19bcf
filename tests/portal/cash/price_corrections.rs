//! Prices that were mended after goods were invoiced: what was too dear is credited, what was too cheap is invoiced, never twice.

use serde_json::{Value, json};

use super::{Shop, id, line, reread, texts, today};
use crate::client::{Answer, unique};

/// All invoices of the last days.
fn lately() -> Value {
    json!({"from": today() - chrono::TimeDelta::days(3), "to": today() + chrono::TimeDelta::days(1)})
}

impl Shop {
    pub(super) async fn try_price_correction(&self, body: Value) -> Answer {
        self.finance
            .post_with_key("/supplier/price-corrections", &unique(), body)
            .await
    }

    pub(super) async fn price_correction(&self, body: Value) -> Value {
        self.try_price_correction(body).await.expect(201)
    }

    pub(super) async fn decide_run(&self, run: &Value, step: &str) -> Answer {
        let path = format!("/supplier/price-corrections/{}/{step}", id(run));
        self.finance.post(&path, json!({})).await
    }

    /// Keeps a price of list prices that holds for the days that were.
    pub(super) async fn reprice(&self, sku: &str, unit: &str, price: &str) {
        let admin = self.app.staff("admin").await;
        let row = unique();
        let days: u64 = row.bytes().map(u64::from).sum();
        let begun = chrono::NaiveDate::from_ymd_opt(2000, 1, 1).unwrap();
        let found = admin
            .get(&format!("/supplier/prices?price_list=BASE&q={sku}"))
            .await
            .expect(200);
        let own = found["data"].as_array().unwrap().iter().find(|row| row["unit"] == unit);
        if let Some(own) = own {
            let path = format!("/supplier/prices/{}", own["id"].as_str().unwrap());
            let etag = admin.get(&path).await.header("etag").to_owned();
            let change = json!({"price": price, "price_base": 1});
            admin
                .change(reqwest::Method::PATCH, &path, &etag, Some(change))
                .await
                .expect(200);
            return;
        }
        let from = begun.checked_add_days(chrono::Days::new(days)).unwrap();
        let body = json!({"price_list": "BASE", "sku": sku, "unit": unit, "min_quantity": "1", "price": price, "valid_from": from});
        admin.post("/supplier/prices", body).await.expect(201);
    }

    async fn account_now(&self) -> Value {
        let statement = self.gold.get("/account/statement").await.expect(200);
        json!([statement["balance"], statement["on_account"]])
    }
}

#[tokio::test]
async fn what_was_too_dear_is_credited_and_what_was_too_cheap_is_invoiced() {
    let shop = Shop::open().await;
    let (order, invoice) = shop
        .billed(&[
            line("RARE", "H87", "4"),
            line("CABLE", "MTR", "2.5"),
            line("FOOD", "H87", "3"),
        ])
        .await;
    assert_eq!(invoice["net_total"], "43.98");
    shop.reprice("RARE", "H87", "9.50").await;
    shop.reprice("FOOD", "H87", "1.20").await;
    let mut asked = lately();
    asked["note"] = json!("As agreed by phone");
    let run = shop.price_correction(asked).await;
    assert_eq!(run["state"], "preview");
    assert_eq!(texts(&run["lines"], "sku"), ["RARE", "FOOD"]);
    assert_eq!(texts(&run["lines"], "difference"), ["-2.00", "0.45"]);
    let totals = json!([{"currency": "EUR", "credited": "2.00", "invoiced": "0.45"}]);
    assert_eq!(run["totals"], totals);
    assert_eq!(shop.account_now().await, json!([invoice["gross_total"], "0.00"]));

    let done = shop.decide_run(&run, "release").await.expect(200);
    assert_eq!(done["state"], "released");
    let [dear, cheap] = [&done["lines"][0], &done["lines"][1]];
    let path = format!("/credit-notes/{}", dear["credit_note_id"].as_str().unwrap());
    let credit = shop.gold.get(&path).await.expect(200);
    assert_eq!(
        (&credit["net_total"], &credit["reason"]),
        (&json!("2.00"), &json!("price"))
    );
    let note = format!("{}: As agreed by phone", run["number"].as_str().unwrap());
    assert_eq!(credit["note"], note.as_str());
    let path = format!("/invoices/{}", cheap["difference_invoice_id"].as_str().unwrap());
    let more = shop.gold.get(&path).await.expect(200);
    // At the reduced rate of the goods: 0.45 and 0.04.
    assert_eq!(
        (&more["net_total"], &more["tax_total"]),
        (&json!("0.45"), &json!("0.04"))
    );
    assert_eq!(more["kind"], "price_difference");
    assert_eq!(more["preceding_invoice_number"], invoice["number"]);
    // The shipment's invoice is the same, and nothing is invoiced twice of the order.
    let path = format!("/shipments/{}", invoice["shipment_id"].as_str().unwrap());
    assert_eq!(shop.gold.get(&path).await.expect(200)["invoice_id"], invoice["id"]);
    assert_eq!(reread(&shop.gold, &order).await["lines"][0]["invoiced"], "4");
    // Once more finds nothing, and the run is over.
    let again = shop.price_correction(lately()).await;
    assert_eq!(again["lines"], json!([]));
    shop.decide_run(&run, "release")
        .await
        .problem(409, "price_correction_state");
    shop.decide_run(&run, "discard")
        .await
        .problem(409, "price_correction_state");
    shop.decide_run(&again, "release")
        .await
        .problem(409, "price_correction_state");
    // Another price later is held against what it costs by now.
    shop.reprice("RARE", "H87", "9.00").await;
    let third = shop.price_correction(lately()).await;
    assert_eq!(texts(&third["lines"], "difference"), ["-2.00"]);
    assert_eq!(third["lines"][0]["was"]["unit_price"], "9.5");
    shop.decide_run(&third, "release").await.expect(200);
    shop.app.finish().await;
}

#[tokio::test]
async fn what_changed_after_the_preview_is_left_out() {
    let shop = Shop::open().await;
    let (_, first) = shop.billed(&[line("RARE", "H87", "4")]).await;
    let (_, second) = shop.billed(&[line("RARE", "H87", "2")]).await;
    let (_, third) = shop.billed(&[line("RARE", "H87", "1")]).await;
    shop.reprice("RARE", "H87", "9.50").await;
    let run = shop.price_correction(lately()).await;
    let same = shop.price_correction(lately()).await;
    shop.credit(&first, json!([{"position": 1, "quantity": "1"}])).await;
    let body = json!({"reason": "A wrong number", "po_number": "PO-2", "prices": "current"});
    shop.try_correct(&second, body).await.expect(201);
    let done = shop.decide_run(&run, "release").await.expect(200);
    assert_eq!(texts(&done["lines"], "outcome"), ["changed", "changed", "done"]);
    assert_eq!(done["lines"][2]["invoice_number"], third["number"]);
    // The other preview of the same lines comes to nothing.
    let other = shop.decide_run(&same, "release").await.expect(200);
    assert_eq!(texts(&other["lines"], "outcome"), ["changed", "changed", "changed"]);
    // What is left of the first is found by the next one; the corrected one is right already.
    let next = shop.price_correction(lately()).await;
    assert_eq!(texts(&next["lines"], "difference"), ["-1.50"]);
    assert_eq!(
        shop.decide_run(&next, "discard").await.expect(200)["state"],
        "discarded"
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn a_price_correction_is_about_accounts_and_lists_that_are_named() {
    let shop = Shop::open().await;
    shop.billed(&[line("RARE", "H87", "4")]).await;
    let order = shop.accepted(&shop.silver, &[line("RARE", "H87", "2")]).await;
    let shipment = shop.ship(&order).await;
    shop.invoice(&shipment).await;
    shop.reprice("RARE", "H87", "9.50").await;
    let of = |change: Value| {
        let mut asked = lately();
        asked
            .as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        asked
    };
    for (change, accounts) in [
        (json!({}), vec!["GOLD", "SILVER"]),
        (json!({"accounts": ["silver"]}), vec!["SILVER"]),
        (json!({"price_list": "BASE"}), vec!["GOLD", "SILVER"]),
        (json!({"price_list": "USD"}), vec![]),
    ] {
        let run = shop.price_correction(of(change.clone())).await;
        assert_eq!(texts(&run["lines"], "account"), accounts, "{change}");
    }
    for (change, at, code) in [
        (
            json!({"accounts": ["GOLD", "NOBODY"]}),
            "/accounts/1",
            "unknown_account",
        ),
        (json!({"to": "2020-01-01"}), "/to", "value_invalid"),
        (json!({"from": "2020-01-01"}), "/to", "value_invalid"),
        (json!({"note": "x".repeat(301)}), "/note", "value_too_long"),
    ] {
        let refused = shop.try_price_correction(of(change.clone())).await.expect(422);
        let fault = &refused["errors"][0];
        assert_eq!(
            (&fault["pointer"], &fault["code"]),
            (&json!(at), &json!(code)),
            "{change}: {refused}"
        );
    }
    shop.app.finish().await;
}
