//! What was agreed for all that was bought in some days is given back: by each tax rate, never more than is left, once.

use chrono::Days;
use futures::future::join_all;
use portal::cli::check;
use portal::db::sql;
use serde_json::{Value, json};

use super::credits::cents;
use super::{Shop, id, line, texts, today};
use crate::app::outside_the_runtime;
use crate::client::{Answer, unique};

/// For GOLD, and for the days until today where the supplier is.
fn agreed() -> Value {
    json!({"account": "GOLD", "from": today() - Days::new(2), "to": today()})
}

/// The day so many days after the first one.
fn day(agreed: &Value, after: i64) -> String {
    let from: chrono::NaiveDate = agreed["from"].as_str().unwrap().parse().unwrap();
    (from + chrono::TimeDelta::days(after)).to_string()
}

impl Shop {
    async fn rebate(&self, agreed: &Value, what: Value) -> Answer {
        let mut body = agreed.clone();
        for (name, value) in what.as_object().unwrap() {
            body[name] = value.clone();
        }
        self.finance.post_with_key("/supplier/rebates", &unique(), body).await
    }
}

#[tokio::test]
async fn a_rebate_is_paid_on_the_oldest_invoices_by_each_tax_rate() {
    let shop = Shop::open().await;
    let lines = [line("RARE", "H87", "10"), line("FOOD", "H87", "10")];
    let (_, first) = shop.billed(&lines).await;
    let (_, second) = shop.billed(&lines).await;
    let agreed = agreed();
    // 200.00 at 21 % and 21.00 at 9 %.
    let what = json!({"percent": "10", "note": " Bonus "});
    let paid = shop.rebate(&agreed, what).await.expect(201);
    assert_eq!(
        [&paid["net_total"], &paid["tax_total"], &paid["gross_total"]],
        ["22.10", "4.39", "26.49"]
    );
    let notes = paid["credit_notes"].as_array().unwrap();
    assert_eq!(notes.len(), 1, "{paid}");
    let note = &notes[0];
    assert_eq!(
        [&note["invoice_id"], &note["reason"], &note["rebate_id"]],
        [&first["id"], &json!("rebate"), &paid["id"]]
    );
    let said = note["note"].as_str().unwrap();
    assert!(
        said.starts_with(agreed["from"].as_str().unwrap()) && said.ends_with(": Bonus"),
        "{said}"
    );
    let credit = shop.gold.get(&format!("/credit-notes/{}", id(note))).await.expect(200);
    assert_eq!(texts(&credit["lines"], "net"), ["20.00", "2.10"]);
    assert_eq!(texts(&credit["applied"], "amount"), ["26.49"]);
    let kept = shop
        .finance
        .get(&format!("/supplier/rebates/{}", id(&paid)))
        .await
        .expect(200);
    assert_eq!(kept, paid);
    assert_eq!([&kept["from"], &kept["to"]], [&agreed["from"], &agreed["to"]]);
    assert_eq!(
        [&kept["percent"], &kept["net"], &kept["note"]],
        [&json!("10"), &Value::Null, &json!("Bonus")]
    );
    assert!(!kept["by"].as_str().unwrap().is_empty(), "{kept}");
    assert!(kept["at"].as_str().unwrap().ends_with('Z'), "{kept}");

    // An amount that the oldest invoice alone has not goes on to the next one.
    let paid = shop.rebate(&agreed, json!({"net": "150.00", "again": true})).await;
    let paid = paid.expect(201);
    let of: Vec<_> = texts(&paid["credit_notes"], "invoice_id");
    assert_eq!(of, [second["id"].as_str().unwrap(), first["id"].as_str().unwrap()]);
    assert_eq!(
        [&paid["net_total"], &paid["net"], &paid["percent"]],
        [&json!("150.00"), &json!("150.00"), &Value::Null]
    );
    let left = cents(&first["net_total"]) + cents(&second["net_total"]) - 2_210 - 15_000;
    let more = format!("{}.{:02}", (left + 1) / 100, (left + 1) % 100);
    let refused = shop.rebate(&agreed, json!({"net": more, "again": true})).await;
    assert_eq!(refused.faults(), [("/net".to_owned(), "value_invalid".to_owned())]);
    let all = shop.rebate(&agreed, json!({"percent": "100", "again": true})).await;
    assert_eq!(cents(&all.expect(201)["net_total"]), left);
    shop.rebate(&agreed, json!({"percent": "1", "again": true}))
        .await
        .problem(409, "nothing_to_credit");
    shop.app.finish().await;
}

#[tokio::test]
async fn the_same_rebate_is_paid_once_and_what_cannot_be_read_is_told() {
    let shop = Shop::open().await;
    shop.billed(&[line("RARE", "H87", "10")]).await;
    let agreed = agreed();
    for (what, pointer) in [
        (json!({}), "/percent"),
        (json!({"percent": "1", "net": "1.00"}), "/percent"),
        (json!({"percent": "100.1"}), "/percent"),
        (json!({"net": "0"}), "/net"),
        (json!({"net": "1.001"}), "/net"),
        (json!({"net": "1", "to": "2001-01-01"}), "/to"),
        (json!({"net": "1", "from": "2001-01-01"}), "/to"),
        // The day after tomorrow, so that no midnight makes it today.
        (json!({"net": "1", "to": day(&agreed, 4)}), "/to"),
        (json!({"net": "1", "account": "NOBODY"}), "/account"),
    ] {
        let faults = shop.rebate(&agreed, what.clone()).await.faults();
        assert_eq!(faults[0].0, pointer, "{what}");
    }
    let (key, mut body) = (unique(), agreed);
    body["net"] = json!("1.00");
    let [first, again] = [body.clone(), body].map(|body| shop.finance.post_with_key("/supplier/rebates", &key, body));
    let (first, again) = (first.await.expect(201), again.await.expect(201));
    assert_eq!(first, again);
    let listed = shop.gold.get("/credit-notes").await.expect(200);
    assert_eq!(texts(&listed["data"], "reason"), ["rebate"]);
    shop.app.finish().await;
}

#[tokio::test]
async fn a_rebate_of_days_that_had_one_is_refused_unless_it_is_paid_again() {
    let shop = Shop::open().await;
    shop.billed(&[line("RARE", "H87", "10")]).await;
    let agreed = agreed();
    let paid = shop.rebate(&agreed, json!({"net": "1.00"})).await.expect(201);
    // One day of them is enough.
    for (from, to) in [(0, 2), (-5, 0), (2, 2), (-5, 2)] {
        let what = json!({"net": "1.00", "from": day(&agreed, from), "to": day(&agreed, to)});
        let refused = shop.rebate(&agreed, what).await.problem(409, "rebate_paid");
        assert_eq!(refused["params"]["account"], "GOLD", "{refused}");
        assert_eq!(
            [&refused["params"]["from"], &refused["params"]["to"]],
            [&paid["from"], &paid["to"]]
        );
    }
    // Nothing was bought on other days, and by other accounts.
    for what in [
        json!({"net": "1.00", "from": day(&agreed, -5), "to": day(&agreed, -1)}),
        json!({"net": "1.00", "account": "SILVER"}),
    ] {
        shop.rebate(&agreed, what).await.problem(409, "nothing_to_credit");
    }
    let again = shop.rebate(&agreed, json!({"net": "2.00", "again": true})).await;
    assert_ne!(again.expect(201)["id"], paid["id"]);
    let listed = shop.gold.get("/credit-notes").await.expect(200);
    assert_eq!(texts(&listed["data"], "net_total"), ["2.00", "1.00"]);
    shop.app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rebate_that_several_pay_at_once_is_paid_once() {
    let shop = Shop::open().await;
    shop.billed(&[line("RARE", "H87", "10")]).await;
    let agreed = agreed();
    let answers = join_all((0..6).map(|_| shop.rebate(&agreed, json!({"percent": "10"})))).await;
    let (paid, late): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 201);
    assert_eq!(paid.len(), 1);
    for answer in late {
        answer.problem(409, "rebate_paid");
    }
    let listed = shop.gold.get("/credit-notes").await.expect(200);
    assert_eq!(texts(&listed["data"], "net_total"), ["10.00"]);
    shop.app.finish().await;
}

#[tokio::test]
async fn the_desk_pays_a_rebate_by_a_form() {
    let shop = Shop::open().await;
    shop.billed(&[line("RARE", "H87", "10")]).await;
    let finance = shop.app.browse_staff("finance").await;
    assert!(finance.page("/desk/credit-notes").await.contains("/desk/rebates/new"));
    let form = finance.page("/desk/rebates/new").await;
    assert!(
        form.contains("name=\"percent\"") && form.contains("name=\"again\""),
        "{form}"
    );
    let (agreed, keys) = (agreed(), [unique(), unique(), unique()]);
    let fields = |key| {
        [
            ("form_key", key),
            ("account", "GOLD"),
            ("from", agreed["from"].as_str().unwrap()),
            ("to", agreed["to"].as_str().unwrap()),
            ("percent", "2.5"),
        ]
    };
    let [first, second, third] = keys.each_ref().map(|key| fields(key.as_str()));
    let to = finance.post("/desk/rebates", &first).await.goes_to();
    assert!(to.starts_with("/desk/credit-notes"), "{to}");
    // 2.50 and 21 %.
    let listed = shop.gold.get("/credit-notes").await.expect(200);
    assert_eq!(texts(&listed["data"], "gross_total"), ["3.03"]);

    assert_eq!(finance.post("/desk/rebates", &second).await.status, 409);
    let again = [&third[..], &[("again", "1")]].concat();
    finance.post("/desk/rebates", &again).await.goes_to();
    let listed = shop.gold.get("/credit-notes").await.expect(200);
    assert_eq!(texts(&listed["data"], "net_total"), ["2.44", "2.50"]);
    shop.app.finish().await;
}

#[tokio::test]
async fn a_rebate_changed_by_hand_is_found() {
    let shop = Shop::open().await;
    shop.billed(&[line("RARE", "H87", "10"), line("FOOD", "H87", "10")])
        .await;
    let agreed = agreed();
    shop.rebate(&agreed, json!({"percent": "10"})).await.expect(201);
    shop.rebate(&agreed, json!({"net": "5.00", "again": true}))
        .await
        .expect(201);
    shop.app.finish().await;
    for (statement, promise) in [
        (
            "UPDATE rebates SET net_minor = net_minor + 1 WHERE net_minor IS NOT NULL",
            "a rebate of an amount is what its credit notes come to",
        ),
        (
            "UPDATE rebates SET percent_ppm = 99000 WHERE percent_ppm IS NOT NULL",
            "a rebate of a percentage is of what was left of its days",
        ),
        (
            "UPDATE rebates SET issued_to = issued_from",
            "a rebate is credited on invoices of its account and days",
        ),
        (
            "UPDATE rebates SET again = FALSE",
            "for a day a rebate is paid once unless it is paid again",
        ),
    ] {
        let changed = || {
            shop.app.db().rehearse_now(move |tx| {
                assert!(sql(statement).run(tx)? > 0, "{statement} changed nothing");
                check::everything(tx)
            })
        };
        let breaches = outside_the_runtime(changed).unwrap();
        let found = breaches.iter().any(|breach| breach.check == promise);
        assert!(found, "{statement}: {breaches:?}");
    }
}
