//! What was agreed for all that was bought in some days is given back: by each tax rate, never more than is left, once.

use chrono::Days;
use portal::clock;
use serde_json::{Value, json};

use super::credits::cents;
use super::{Shop, id, line, texts};
use crate::client::{Answer, unique};

/// Days that today is one of, wherever the supplier is.
fn days() -> (String, String) {
    let today = clock::now().date();
    let day = |day: chrono::NaiveDate| day.to_string();
    (day(today - Days::new(2)), day(today + Days::new(2)))
}

impl Shop {
    async fn rebate(&self, what: Value) -> Answer {
        let (from, to) = days();
        let mut body = json!({"account": "GOLD", "from": from, "to": to});
        for (name, value) in what.as_object().unwrap() {
            body[name] = value.clone();
        }
        self.finance.post_with_key("/supplier/rebates", &unique(), body).await
    }
}

#[tokio::test]
async fn a_rebate_is_paid_on_the_newest_invoices_by_each_tax_rate() {
    let shop = Shop::open().await;
    let lines = [line("RARE", "H87", "10"), line("FOOD", "H87", "10")];
    let (_, first) = shop.billed(&lines).await;
    let (_, second) = shop.billed(&lines).await;
    // 200.00 at 21 % and 21.00 at 9 %.
    let paid = shop.rebate(json!({"percent": "10", "note": "Bonus"})).await.expect(201);
    assert_eq!(
        [&paid["net_total"], &paid["tax_total"], &paid["gross_total"]],
        ["22.10", "4.39", "26.49"]
    );
    let notes = paid["credit_notes"].as_array().unwrap();
    assert_eq!(notes.len(), 1, "{paid}");
    let note = &notes[0];
    assert_eq!(
        [&note["invoice_id"], &note["reason"], &note["rebate_id"]],
        [&second["id"], &json!("rebate"), &paid["id"]]
    );
    let (from, _) = days();
    let said = note["note"].as_str().unwrap();
    assert!(said.starts_with(&from) && said.ends_with(": Bonus"), "{said}");
    let credit = shop.gold.get(&format!("/credit-notes/{}", id(note))).await.expect(200);
    assert_eq!(texts(&credit["lines"], "net"), ["20.00", "2.10"]);
    assert_eq!(texts(&credit["applied"], "amount"), ["26.49"]);
    let kept = shop
        .finance
        .get(&format!("/supplier/rebates/{}", id(&paid)))
        .await
        .expect(200);
    assert_eq!(kept, paid);

    // An amount that the newest invoice alone has not goes on to the one before.
    let paid = shop.rebate(json!({"net": "150.00"})).await.expect(201);
    let of: Vec<_> = texts(&paid["credit_notes"], "invoice_id");
    assert_eq!(of, [first["id"].as_str().unwrap(), second["id"].as_str().unwrap()]);
    assert_eq!(paid["net_total"], "150.00");
    let left = cents(&first["net_total"]) + cents(&second["net_total"]) - 2_210 - 15_000;
    let more = format!("{}.{:02}", left / 100, left % 100 + 1);
    let faults = shop.rebate(json!({ "net": more })).await.faults();
    assert_eq!(faults, [("/net".to_owned(), "value_invalid".to_owned())]);
    let all = shop.rebate(json!({"percent": "100"})).await.expect(201);
    assert_eq!(cents(&all["net_total"]), left);
    shop.rebate(json!({"percent": "1"}))
        .await
        .problem(409, "nothing_to_credit");
    shop.app.finish().await;
}

#[tokio::test]
async fn the_same_rebate_is_paid_once_and_what_cannot_be_read_is_told() {
    let shop = Shop::open().await;
    shop.billed(&[line("RARE", "H87", "10")]).await;
    for (what, pointer) in [
        (json!({}), "/percent"),
        (json!({"percent": "1", "net": "1.00"}), "/percent"),
        (json!({"percent": "100.1"}), "/percent"),
        (json!({"net": "0"}), "/net"),
        (json!({"net": "1.001"}), "/net"),
        (json!({"net": "1", "to": "2001-01-01"}), "/to"),
        (json!({"net": "1", "from": "2001-01-01"}), "/to"),
        (json!({"net": "1", "account": "NOBODY"}), "/account"),
    ] {
        let faults = shop.rebate(what.clone()).await.faults();
        assert_eq!(faults[0].0, pointer, "{what}");
    }
    let (from, to) = days();
    let (key, body) = (
        unique(),
        json!({"account": "GOLD", "from": from, "to": to, "net": "1.00"}),
    );
    let [first, again] = [body.clone(), body].map(|body| shop.finance.post_with_key("/supplier/rebates", &key, body));
    let (first, again) = (first.await.expect(201), again.await.expect(201));
    assert_eq!(first, again);
    let listed = shop.gold.get("/credit-notes").await.expect(200);
    assert_eq!(texts(&listed["data"], "reason"), ["rebate"]);
    shop.app.finish().await;
}

#[tokio::test]
async fn the_desk_pays_a_rebate_by_a_form() {
    let shop = Shop::open().await;
    shop.billed(&[line("RARE", "H87", "10")]).await;
    let finance = shop.app.browse_staff("finance").await;
    assert!(finance.page("/desk/credit-notes").await.contains("/desk/rebates/new"));
    assert!(finance.page("/desk/rebates/new").await.contains("name=\"percent\""));
    let ((from, to), key) = (days(), unique());
    let fields = [
        ("form_key", key.as_str()),
        ("account", "GOLD"),
        ("from", from.as_str()),
        ("to", to.as_str()),
        ("percent", "2.5"),
    ];
    let to = finance.post("/desk/rebates", &fields).await.goes_to();
    let page = finance.page(&to).await;
    assert!(page.contains("3.03") || page.contains("3,03"), "2.50 and 21 %: {page}");
    shop.app.finish().await;
}
