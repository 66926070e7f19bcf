//! Money that is paid back: from payments and credit notes, never more than there is, and taken back.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Shop, days_ago, entries, id, texts, today};
use crate::cash::bank::{Told, act, camt, entries as of_bank, take, told};
use crate::client::{Answer, unique};

impl Shop {
    async fn try_refund(&self, change: Value) -> Answer {
        let mut body = json!({"account": "GOLD", "amount": "10.00", "currency": "EUR", "paid_on": days_ago(1)});
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        self.finance.post_with_key("/supplier/refunds", &unique(), body).await
    }

    async fn on_account(&self) -> Value {
        self.gold.get("/account/statement").await.expect(200)["on_account"].clone()
    }
}

#[tokio::test]
async fn what_is_on_account_is_paid_back_and_no_more() {
    let shop = Shop::open().await;
    let nothing = shop.try_refund(json!({})).await;
    nothing.problem(409, "nothing_to_refund");
    let paid = shop.pay("GOLD", "30.00").await;
    let invoice = shop.round(1).await;
    let credited = shop.credit(&invoice, json!(null)).await;
    // The credit settled its invoice; a second one of a paid invoice stays on account.
    assert_eq!(credited["on_account"], "0.00");
    let refund = shop
        .try_refund(json!({"reference": "Too much", "iban": "nl91 abna 0417 1643 00"}))
        .await
        .expect(201);
    assert_eq!(
        (&refund["iban"], &refund["reference"], &refund["bank_entry_id"]),
        (&json!("NL91ABNA0417164300"), &json!("Too much"), &json!(null))
    );
    assert_eq!(texts(&refund["parts"], "payment_id"), [id(&paid)]);
    assert_eq!(shop.on_account().await, "20.00");
    let payment = shop
        .finance
        .get(&format!("/supplier/payments/{}", id(&paid)))
        .await
        .expect(200);
    assert_eq!(
        (&payment["refunded"], &payment["on_account"]),
        (&json!("10.00"), &json!("20.00"))
    );
    let kinds = entries(&shop.gold).await;
    assert!(kinds.contains(&("refund".to_owned(), "10.00".to_owned())), "{kinds:?}");
    let much = shop.try_refund(json!({"amount": "20.01"})).await;
    assert_eq!(much.faults(), [("/amount".to_owned(), "value_invalid".to_owned())]);
    // A payment of which something was paid back is not taken back.
    shop.take_back("payments", &paid).await.problem(409, "payment_refunded");
    let back = shop.take_back("refunds", &refund).await.expect(200);
    assert_eq!(back["reversal_reason"], "A slip.");
    shop.take_back("refunds", &refund).await.problem(409, "refund_reversed");
    assert_eq!(shop.on_account().await, "30.00");
    shop.take_back("payments", &paid).await.expect(200);
    let kinds: Vec<_> = entries(&shop.gold).await.into_iter().map(|(kind, _)| kind).collect();
    assert!(kinds.contains(&"refund_reversal".to_owned()), "{kinds:?}");
    let events = shop.gold.get("/events?limit=200").await.expect(200);
    let types = texts(&events["data"], "type");
    assert!(
        types.contains(&"refund.booked") && types.contains(&"refund.reversed"),
        "{types:?}"
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn a_credit_note_is_paid_back_by_name() {
    let shop = Shop::open().await;
    let invoice = shop.round(1).await;
    shop.received(&invoice, "121.00", days_ago(0)).await;
    shop.pay("GOLD", "5.00").await;
    let credit = shop.credit(&invoice, json!(null)).await;
    assert_eq!(credit["on_account"], "121.00");
    let refund = shop
        .try_refund(json!({"amount": "121.00", "credit_note_id": id(&credit)}))
        .await
        .expect(201);
    assert_eq!(
        texts(&refund["parts"], "credit_note_number"),
        [credit["number"].as_str().unwrap()]
    );
    assert_eq!(shop.on_account().await, "5.00");
    let own = shop
        .finance
        .get(&format!("/supplier/credit-notes/{}", id(&credit)))
        .await
        .expect(200);
    assert_eq!(
        (&own["on_account"], &own["refunded"]),
        (&json!("0.00"), &json!("121.00"))
    );
    let none = shop
        .try_refund(json!({"amount": "1.00", "credit_note_id": id(&credit)}))
        .await;
    none.problem(409, "nothing_to_refund");
    let both = shop
        .try_refund(json!({"payment_id": "x", "credit_note_id": id(&credit)}))
        .await;
    assert_eq!(both.faults()[0].0, "/credit_note_id");
    // The oldest first where nothing is named: two sources for one refund.
    shop.take_back("refunds", &refund).await.expect(200);
    let all = shop.try_refund(json!({"amount": "126.00"})).await.expect(201);
    assert_eq!(all["parts"].as_array().unwrap().len(), 2);
    assert_eq!(shop.gold.get("/account/statement").await.expect(200)["balance"], "0.00");
    shop.app.finish().await;
}

#[tokio::test]
async fn bad_refunds_are_refused_with_every_fault() {
    let shop = Shop::open().await;
    shop.pay("GOLD", "30.00").await;
    let bad = json!({"amount": "-1", "currency": "USD", "paid_on": "2999-01-01", "iban": "NL00", "reference": "x".repeat(201)});
    let faults: Vec<_> = shop
        .try_refund(bad)
        .await
        .faults()
        .into_iter()
        .map(|(at, _)| at)
        .collect();
    assert_eq!(faults, ["/currency", "/amount", "/paid_on", "/reference", "/iban"]);
    let nobody = shop.try_refund(json!({"account": "NOBODY"})).await;
    assert_eq!(nobody.faults(), [("/account".to_owned(), "unknown_account".to_owned())]);
    shop.app.finish().await;
}

#[tokio::test]
async fn many_at_once_never_pay_back_more_than_there_is() {
    let shop = Shop::open().await;
    shop.pay("GOLD", "30.00").await;
    let all = futures::future::join_all((0..6).map(|_| shop.try_refund(json!({})))).await;
    let paid = all.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(paid, 3);
    assert_eq!(shop.on_account().await, "0.00");
    shop.app.finish().await;
}

#[tokio::test]
async fn money_that_leaves_the_bank_is_the_refund_it_names() {
    let shop = Shop::open().await;
    shop.pay("GOLD", "100.00").await;
    let named = shop
        .try_refund(json!({"amount": "10.00", "reference": "Refund 4711"}))
        .await
        .expect(201);
    let alone = shop.try_refund(json!({"amount": "20.00"})).await.expect(201);
    let file = camt(
        true,
        "1",
        &[
            told(-1_000, "R1", "your refund 4711"),
            told(-2_000, "R2", "?"),
            told(-3_000, "R3", "rent"),
        ],
    );
    take(&shop, &file).await;
    let all = of_bank(&shop, "").await;
    let of = |amount: &str| all.iter().find(|entry| entry["amount"] == amount).unwrap();
    let sure = of("10.00");
    assert_eq!(
        (&sure["state"], &sure["is_sure"], &sure["refund_id"]),
        (&json!("booked"), &json!(true), &named["id"])
    );
    assert_eq!(
        texts(&sure["reasons"], "code"),
        ["match_refund_by_reference", "match_by_amount"]
    );
    let proposed = of("20.00");
    assert_eq!(
        (&proposed["state"], &proposed["refund_id"]),
        (&json!("proposed"), &alone["id"])
    );
    assert_eq!(of("30.00")["state"], "outgoing");
    // As proposed; and what nobody booked is booked now.
    act(&shop, proposed, "book", json!({})).await.expect(200);
    let now = act(&shop, of("30.00"), "book", json!({"account": "GOLD"}))
        .await
        .expect(200);
    let made = shop
        .finance
        .get(&format!("/supplier/refunds/{}", now["refund_id"].as_str().unwrap()))
        .await
        .expect(200);
    assert_eq!((&made["amount"], &made["bank_entry_id"]), (&json!("30.00"), &now["id"]));
    assert_eq!(shop.on_account().await, "40.00");
    // What left by a bank is not taken back before its entry is looked at again.
    shop.take_back("refunds", &made).await.problem(409, "bank_entry_state");
    act(&shop, &now, "reopen", json!({"reason": "It was another."}))
        .await
        .expect(200);
    shop.take_back("refunds", &made).await.expect(200);
    assert_eq!(shop.on_account().await, "70.00");
    // The same file again changes nothing.
    take(&shop, &file).await;
    assert_eq!(shop.on_account().await, "70.00");
    shop.app.finish().await;
}

#[tokio::test]
async fn a_refund_is_known_by_the_bank_account_it_went_to() {
    let shop = Shop::open().await;
    shop.pay("GOLD", "100.00").await;
    let iban = "DE89370400440532013000";
    let refund = shop
        .try_refund(json!({"amount": "12.00", "iban": iban}))
        .await
        .expect(201);
    let other = shop.try_refund(json!({"amount": "12.00"})).await.expect(201);
    let out = |bank, text| Told {
        iban,
        ..told(-1_200, bank, text)
    };
    let file = camt(true, "1", &[out("R1", "thanks")]).replace("Dbtr", "Cdtr");
    let file = file.replace("CdtrCdtNtfctn", "DbtrCdtNtfctn");
    take(&shop, &file).await;
    let entry = &of_bank(&shop, "").await[0];
    assert_eq!(
        (&entry["state"], &entry["refund_id"]),
        (&json!("booked"), &refund["id"])
    );
    let unmatched = shop.finance.get("/supplier/refunds").await.expect(200);
    let open: Vec<_> = unmatched["data"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["bank_entry_id"].is_null())
        .map(id)
        .collect();
    assert_eq!(open, [id(&other)]);
    shop.app.finish().await;
}

#[tokio::test]
async fn the_desk_pays_back_and_shows_it() {
    let shop = Shop::open().await;
    let paid = shop.pay("GOLD", "30.00").await;
    let browser = shop.app.browse_staff("finance").await;
    let page = browser.page(&format!("/desk/payments/{}", id(&paid))).await;
    assert!(page.contains("/desk/refunds/new?"), "{page}");
    let page = browser
        .page(&format!("/desk/refunds/new?account=GOLD&payment={}", id(&paid)))
        .await;
    let (_, rest) = page.split_once("name=\"form_key\" value=\"").expect("a form");
    let key = rest.split_once('"').unwrap().0.to_owned();
    let day = today().to_string();
    let payment = id(&paid).to_owned();
    let fields = |amount| {
        [
            ("form_key", key.as_str()),
            ("account", "GOLD"),
            ("currency", "EUR"),
            ("payment", payment.as_str()),
            ("payment_id", payment.as_str()),
            ("amount", amount),
            ("paid_on", day.as_str()),
        ]
    };
    let much = browser.post("/desk/refunds", &fields("99.00")).await;
    assert!(much.html.contains("30.00"), "{}", much.html);
    let to = browser.post("/desk/refunds", &fields("12.50")).await.goes_to();
    let page = browser.page(&to).await;
    assert!(page.contains("12.50"), "{page}");
    assert!(browser.page("/desk/refunds").await.contains("12.50"));
    assert_eq!(shop.on_account().await, "17.50");
    let mails = shop.app.mails().await;
    let subjects: Vec<_> = mails.iter().map(|mail| mail.texts.subject.as_str()).collect();
    assert!(subjects.iter().any(|subject| subject.contains("12.50")), "{subjects:?}");
    browser
        .post(&format!("{to}/reverse"), &[("reason", "It came back.")])
        .await
        .goes_to();
    assert_eq!(shop.on_account().await, "30.00");
    let list = shop
        .finance
        .send(Method::GET, "/supplier/refunds?account=GOLD&q=nothing", &[], None)
        .await
        .expect(200);
    assert_eq!(list["data"], json!([]));
    shop.app.finish().await;
}
