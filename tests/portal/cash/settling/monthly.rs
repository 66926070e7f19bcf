//! The statement of a month by mail: once, when the month has ended where the account is.

use chrono::{Datelike, Months, NaiveDate, NaiveTime, TimeDelta};
use portal::clock::{self, Timestamp};
use portal::worker::statements as worker;
use serde_json::json;

use super::{Shop, texts, today};

/// The first day of the month after next: what happens today is then two months ago.
fn first_of_next() -> NaiveDate {
    let first = today().with_day(1).unwrap();
    first + Months::new(1)
}

/// Noon of a day, whatever the zone.
fn noon(day: NaiveDate) -> Timestamp {
    day.and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap())
}

async fn step(shop: &Shop, at: Timestamp) -> usize {
    worker::step(shop.app.db(), at).await.unwrap()
}

#[tokio::test]
async fn a_statement_goes_out_on_the_first_of_the_next_month_once() {
    let shop = Shop::open().await;
    // The account's month ends with the supplier's, by whose days invoices are issued.
    let accounts = "account,name,country,currency,tier,payment_terms_days,credit_limit,time_zone\n\
         GOLD,Gold Works,NL,EUR,gold,30,,Europe/Amsterdam\n";
    shop.app.import(&[("accounts.csv", accounts)]).await;
    shop.round(0).await;
    shop.try_terms("GOLD", json!([]), "monthly").await.expect(200);
    shop.app.mails().await;
    // Not of the month before it was set, and not of one that hasn't ended.
    assert_eq!(step(&shop, clock::now()).await, 0);
    let next = noon(first_of_next());
    assert_eq!(step(&shop, next - TimeDelta::days(1)).await, 0);
    let many = futures::future::join_all((0..4).map(|_| step(&shop, next))).await;
    assert!(many.iter().sum::<usize>() >= 1);
    assert_eq!(step(&shop, next).await, 0);
    assert_eq!(step(&shop, next + TimeDelta::days(20)).await, 0);
    let mails = shop.app.mails().await;
    let mails: Vec<_> = mails
        .iter()
        .filter(|mail| mail.files.iter().any(|name| name.ends_with(".csv")))
        .collect();
    assert_eq!(mails.len(), 1, "one reads the mails of GOLD");
    let month = today().format("%Y-%m").to_string();
    assert!(
        mails[0].files.contains(&format!("statement-{month}.csv"))
            && mails[0].files.iter().any(|name| name.ends_with(".pdf")),
        "{:?}",
        mails[0].files
    );
    assert!(mails[0].texts.text.contains("121.00"), "{}", mails[0].texts.text);
    let events = shop.gold.get("/events?limit=200").await.expect(200);
    let events = events["data"].as_array().unwrap();
    let told = events.iter().find(|event| event["type"] == "statement.mailed").unwrap();
    assert_eq!(told["data"]["closing_balance"], "121.00");
    assert_eq!(told["data"]["from"], json!(today().with_day(1).unwrap()));
    shop.app.finish().await;
}

#[tokio::test]
async fn a_month_ends_when_it_ends_where_the_account_is() {
    let shop = Shop::open().await;
    // Ten hours before Amsterdam, and nine after.
    let accounts = "account,name,country,currency,tier,payment_terms_days,credit_limit,time_zone\n\
         GOLD,Gold Works,NL,EUR,gold,30,,Pacific/Auckland\nSILVER,Silver Works,NL,EUR,silver,14,,America/Los_Angeles\n";
    shop.app.import(&[("accounts.csv", accounts)]).await;
    for code in ["GOLD", "SILVER"] {
        shop.pay(code, "1.00").await;
        shop.try_terms(code, json!([]), "monthly").await.expect(200);
    }
    // Whichever month it is there already: it is done with.
    step(&shop, noon(first_of_next() + TimeDelta::days(10))).await;
    let midnight = (first_of_next() + Months::new(1)).and_time(NaiveTime::MIN);
    // In UTC the first comes twelve or thirteen hours after it came in Auckland, and seven or eight before it comes in Los Angeles.
    assert_eq!(step(&shop, midnight - TimeDelta::hours(14)).await, 0);
    assert_eq!(step(&shop, midnight - TimeDelta::hours(10)).await, 1);
    assert_eq!(step(&shop, midnight + TimeDelta::hours(6)).await, 0);
    assert_eq!(step(&shop, midnight + TimeDelta::hours(9)).await, 1);
    assert_eq!(step(&shop, midnight + TimeDelta::days(5)).await, 0);
    shop.app.finish().await;
}

#[tokio::test]
async fn nothing_is_sent_of_nothing_and_nothing_where_it_is_off() {
    let shop = Shop::open().await;
    shop.try_terms("GOLD", json!([]), "monthly").await.expect(200);
    shop.pay("SILVER", "1.00").await;
    shop.app.mails().await;
    let next = noon(first_of_next());
    step(&shop, next).await;
    assert_eq!(step(&shop, next).await, 0);
    let events = shop.gold.get("/events?limit=200").await.expect(200);
    assert!(!texts(&events["data"], "type").contains(&"statement.mailed"));
    // Off again: not of the next month either.
    shop.pay("GOLD", "1.00").await;
    shop.try_terms("GOLD", json!([]), "off").await.expect(200);
    assert_eq!(step(&shop, noon(first_of_next() + Months::new(1))).await, 0);
    shop.app.finish().await;
}
