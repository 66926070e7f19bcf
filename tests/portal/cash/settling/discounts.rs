//! Cash discounts: what an account is offered, what its invoices say, and when it is taken.

use serde_json::json;

use super::{Shop, days_ago, entries, id, line, stand, texts, today};
use crate::cash::einvoices;

#[tokio::test]
async fn an_invoice_offers_the_discount_of_its_account() {
    let shop = Shop::open().await;
    shop.discounts("GOLD", &[(7, "3"), (14, "2")]).await;
    let terms = shop
        .finance
        .get(&shop.account_path("GOLD", "payment-terms").await)
        .await
        .expect(200);
    assert_eq!(
        terms["cash_discount"],
        json!([{"days": 7, "percent": "3"}, {"days": 14, "percent": "2"}])
    );
    assert_eq!(terms["payment_terms_days"], 30);
    let invoice = shop.round(0).await;
    let offered = &invoice["cash_discount"];
    let until = |days| today() + chrono::TimeDelta::days(days);
    assert_eq!(
        offered[0],
        json!({"percent": "3", "days": 7, "until": until(7), "discount": "3.63", "amount": "117.37"})
    );
    assert_eq!(
        offered[1],
        json!({"percent": "2", "days": 14, "until": until(14), "discount": "2.42", "amount": "118.58"})
    );
    let words = invoice["terms"].as_str().unwrap();
    assert!(words.contains("117.37") && words.contains("118.58"), "{words}");
    let browser = shop.app.browse_as("GOLD", "finance").await;
    let page = browser.page(&format!("/invoices/{}", id(&invoice))).await;
    assert!(page.contains("117.37") && page.contains("118.58"), "{page}");
    let paper = shop.gold.get(&format!("/invoices/{}/pdf", id(&invoice))).await;
    assert!(paper.bytes.starts_with(b"%PDF"), "{}", paper.status);
    // What is changed later holds for later invoices.
    shop.discounts("GOLD", &[]).await;
    let same = shop.gold.get(&format!("/invoices/{}", id(&invoice))).await.expect(200);
    assert_eq!(same["cash_discount"], *offered);
    assert_eq!(shop.round(0).await["cash_discount"], json!([]));
    shop.app.finish().await;
}

#[tokio::test]
async fn steps_that_make_no_sense_are_refused_where_they_stand() {
    let shop = Shop::open().await;
    let faults = async |steps| {
        let answer = shop.try_terms("GOLD", steps, "off").await;
        answer.faults().into_iter().map(|(at, _)| at).collect::<Vec<_>>()
    };
    let step = |days: i64, percent: &str| json!({"days": days, "percent": percent});
    // It is to pay within 30 days.
    assert_eq!(faults(json!([step(31, "2")])).await, ["/cash_discount/0/days"]);
    assert_eq!(faults(json!([step(7, "0")])).await, ["/cash_discount/0/percent"]);
    assert_eq!(faults(json!([step(7, "50")])).await, ["/cash_discount/0/percent"]);
    assert_eq!(faults(json!([step(7, "2.001")])).await, ["/cash_discount/0/percent"]);
    assert_eq!(
        faults(json!([step(14, "3"), step(7, "2")])).await,
        ["/cash_discount/1/days"]
    );
    let three = json!([step(5, "3"), step(7, "2"), step(9, "1")]);
    assert_eq!(faults(three).await.len(), 1);
    shop.app.finish().await;
}

#[tokio::test]
async fn who_pays_within_the_days_keeps_the_discount() {
    let shop = Shop::open().await;
    shop.discounts("GOLD", &[(7, "3"), (14, "2")]).await;
    let lines = [
        line("BOLT", "H87", "7"),
        line("CABLE", "MTR", "1.37"),
        line("FOOD", "H87", "3"),
    ];
    let invoice = shop.issued(10, &lines).await;
    let second = &invoice["cash_discount"][1];
    let (pay, less) = (second["amount"].as_str().unwrap(), second["discount"].as_str().unwrap());
    let paid = shop.received(&invoice, pay, days_ago(1)).await;
    assert_eq!((&paid["on_account"], &paid["warnings"]), (&json!("0.00"), &json!([])));
    assert_eq!(shop.stands(&invoice).await, stand("paid", "0.00"));
    let given = &shop.write_offs("").await[0];
    assert_eq!(
        (&given["kind"], &given["amount"], &given["payment_id"]),
        (&json!("cash_discount"), &json!(less), &paid["id"])
    );
    assert_eq!(given["explanation"]["code"], "by_cash_discount");
    // Net and tax of each rate are less.
    let one = shop
        .finance
        .get(&format!("/supplier/write-offs/{}", id(given)))
        .await
        .expect(200);
    let cents = |text: &serde_json::Value| text.as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
    let taxes = one["taxes"].as_array().unwrap();
    let sum: i64 = taxes
        .iter()
        .map(|tax| cents(&tax["base"]) + cents(&tax["amount"]))
        .sum();
    assert_eq!((taxes.len(), sum), (2, cents(&one["amount"])));
    assert_eq!(
        cents(&one["net_amount"]) + cents(&one["tax_amount"]),
        cents(&one["amount"])
    );
    let kinds: Vec<_> = entries(&shop.gold).await.into_iter().map(|(kind, _)| kind).collect();
    assert!(kinds.contains(&"cash_discount".to_owned()), "{kinds:?}");
    assert_eq!(shop.gold.get("/account/statement").await.expect(200)["balance"], "0.00");
    let order = format!("/orders/{}", invoice["order_id"].as_str().unwrap());
    assert_eq!(shop.gold.get(&order).await.expect(200)["state"], "closed");
    let events = shop.gold.get("/events?limit=200").await.expect(200);
    assert!(texts(&events["data"], "type").contains(&"write_off.booked"), "{events}");
    // A payment that was none takes the discount with it.
    shop.take_back("payments", &paid).await.expect(200);
    assert_eq!(
        shop.stands(&invoice).await,
        stand("open", invoice["gross_total"].as_str().unwrap())
    );
    assert!(!shop.write_offs("").await[0]["reversed_at"].is_null());
    assert_eq!(shop.gold.get(&order).await.expect(200)["state"], "delivered");
    // And the account may take it once more.
    shop.received(&invoice, pay, days_ago(2)).await;
    assert_eq!(shop.stands(&invoice).await, stand("paid", "0.00"));
    shop.app.finish().await;
}

#[tokio::test]
async fn a_discount_that_came_too_late_stays_open_until_somebody_grants_it() {
    let shop = Shop::open().await;
    shop.discounts("GOLD", &[(7, "2")]).await;
    shop.tolerance("5.00").await;
    let invoice = shop.round(20).await;
    let paid = shop.received(&invoice, "118.58", days_ago(12)).await;
    assert_eq!(paid["warnings"][0]["code"], "cash_discount_late", "{paid}");
    assert_eq!(shop.stands(&invoice).await, stand("part_paid", "2.42"));
    assert_eq!(shop.write_offs("").await, Vec::<serde_json::Value>::new());
    let too_much = shop.try_grant(&invoice, "cash_discount", Some("2.44")).await;
    assert_eq!(too_much.faults(), [("/amount".to_owned(), "value_invalid".to_owned())]);
    let granted = shop.try_grant(&invoice, "cash_discount", None).await.expect(201);
    assert_eq!(
        (&granted["amount"], &granted["reason"], &granted["payment_id"]),
        (&json!("2.42"), &json!("As agreed."), &json!(null))
    );
    assert_eq!(
        (&granted["net_amount"], &granted["tax_amount"]),
        (&json!("2.00"), &json!("0.42"))
    );
    assert_eq!(shop.stands(&invoice).await, stand("paid", "0.00"));
    let again = shop.try_grant(&invoice, "cash_discount", None).await;
    again.problem(409, "nothing_open");
    let back = shop.take_back("write-offs", &granted).await.expect(200);
    assert_eq!(back["reversal_reason"], "A slip.");
    shop.take_back("write-offs", &granted)
        .await
        .problem(409, "write_off_reversed");
    assert_eq!(shop.stands(&invoice).await, stand("part_paid", "2.42"));
    let kinds: Vec<_> = entries(&shop.gold).await.into_iter().map(|(kind, _)| kind).collect();
    assert!(kinds.contains(&"write_off_reversal".to_owned()), "{kinds:?}");
    shop.app.finish().await;
}

#[tokio::test]
async fn days_of_grace_are_given_and_not_told() {
    let shop = Shop::open().await;
    shop.discounts("GOLD", &[(7, "2")]).await;
    shop.try_settings(json!({"cash_discount_grace_days": 3}))
        .await
        .expect(200);
    let invoice = shop.round(20).await;
    assert_eq!(invoice["cash_discount"][0]["until"], json!(days_ago(13)));
    shop.received(&invoice, "118.58", days_ago(10)).await;
    assert_eq!(shop.stands(&invoice).await, stand("paid", "0.00"));
    let later = shop.round(20).await;
    shop.received(&later, "118.58", days_ago(9)).await;
    assert_eq!(shop.stands(&later).await, stand("part_paid", "2.42"));
    shop.app.finish().await;
}

#[tokio::test]
async fn what_was_credited_is_discounted_no_more() {
    let shop = Shop::open().await;
    shop.discounts("GOLD", &[(14, "2")]).await;
    let invoice = shop.round(3).await;
    // Half of the goods.
    shop.credit(&invoice, json!([{"position": 1, "quantity": "5"}])).await;
    assert_eq!(shop.stands(&invoice).await, stand("part_paid", "60.50"));
    shop.received(&invoice, "59.29", days_ago(1)).await;
    assert_eq!(shop.stands(&invoice).await, stand("paid", "0.00"));
    assert_eq!(shop.write_offs("").await[0]["amount"], "1.21");
    shop.app.finish().await;
}

#[tokio::test]
async fn who_got_a_discount_is_credited_what_was_paid() {
    let shop = Shop::open().await;
    shop.discounts("GOLD", &[(14, "2")]).await;
    let invoice = shop.round(3).await;
    shop.received(&invoice, "118.58", days_ago(1)).await;
    // Half of the goods come back: half of the discount with them.
    shop.credit(&invoice, json!([{"position": 1, "quantity": "5"}])).await;
    let counting: Vec<_> = shop
        .write_offs("")
        .await
        .into_iter()
        .filter(|one| one["reversed_at"].is_null())
        .collect();
    assert_eq!(texts(&json!(counting), "amount"), ["1.21"]);
    assert_eq!(
        shop.gold.get("/account/statement").await.expect(200)["on_account"],
        "59.29"
    );
    shop.credit(&invoice, json!(null)).await;
    let statement = shop.gold.get("/account/statement").await.expect(200);
    assert_eq!(
        (&statement["on_account"], &statement["balance"]),
        (&json!("118.58"), &json!("-118.58"))
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn an_xrechnung_says_the_discount_as_programs_read_it() {
    let shop = einvoices::open().await;
    shop.discounts("GOLD", &[(7, "3"), (14, "2.25")]).await;
    let body = json!({"buyer_reference": "04011000-1234512345-06", "endpoint": "9930:DE123456789"});
    einvoices::change(&shop, "GOLD", body).await.expect(200);
    let invoice = shop.round(0).await;
    let path = format!("/invoices/{}/ubl", id(&invoice));
    let german = einvoices::taken(&shop.gold, &format!("{path}?profile=xrechnung")).await;
    assert!(
        german.contains("#SKONTO#TAGE=7#PROZENT=3.00#\n#SKONTO#TAGE=14#PROZENT=2.25#\n</cbc:Note>"),
        "{german}"
    );
    let plain = einvoices::taken(&shop.gold, &format!("{path}?profile=en16931")).await;
    assert!(!plain.contains("#SKONTO#") && plain.contains("117.37"), "{plain}");
    shop.app.finish().await;
}
