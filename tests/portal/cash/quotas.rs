//! Stock that is kept for some: nobody else gets it until its release day, and nobody else sees it.

use chrono::{Datelike, Months, NaiveDate};
use portal::clock;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Shop, id, line, progress, reread, texts, today};
use crate::app::TestApp;
use crate::client::{Client, unique};

/// A day by which every day of the month before is counted.
fn first_of_next_month() -> NaiveDate {
    today().with_day(1).unwrap() + Months::new(1)
}

pub async fn manager(app: &TestApp) -> Client {
    app.staff("key_account_manager").await
}

pub async fn keep(manager: &Client, quota: Value) -> Value {
    manager.post("/supplier/quotas", quota).await.expect(201)
}

pub fn quota(code: &str, account: &str, sku: &str, quantity: &str) -> Value {
    json!({"quota": code, "scope": "sku", "key": sku, "account": account, "period": "month", "quantity": quantity})
}

async fn free(client: &Client, sku: &str) -> String {
    let found = client.get(&format!("/products?q={sku}")).await.expect(200);
    found["data"][0]["availability"]["quantity"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn what_is_kept_for_one_account_is_not_there_for_others() {
    let shop = Shop::open().await;
    let manager = manager(&shop.app).await;
    let kept = keep(&manager, quota("Q-GOLD", "GOLD", "RARE", "30")).await;
    assert_eq!((&kept["used"], &kept["left"]), (&json!("0"), &json!("30")));
    assert_eq!(kept["ends_on"], first_of_next_month().to_string());
    assert_eq!(
        [free(&shop.gold, "RARE").await, free(&shop.silver, "RARE").await],
        ["50", "20"]
    );

    // Silver gets what nobody keeps, gold its own first.
    let silver = json!({"lines": [line("RARE", "H87", "40")]});
    let silver = shop.silver.place_order(silver).await.expect(201);
    assert_eq!(progress(&silver, 0), ["20", "20", "0", "0"]);
    let text = reread(&shop.silver, &silver).await["lines"][0]["allocation"].clone();
    assert_eq!(text, "20 of 40 now; the rest waits for stock");
    let gold = json!({"lines": [line("RARE", "H87", "12")]});
    let gold = shop.gold.place_order(gold).await.expect(201);
    assert_eq!(progress(&gold, 0), ["12", "0", "0", "0"]);
    let own = shop.gold.get("/quotas").await.expect(200);
    assert_eq!(texts(&own["data"], "quota"), ["Q-GOLD"]);
    assert_eq!(
        (texts(&own["data"], "used"), texts(&own["data"], "left")),
        (vec!["12"], vec!["18"])
    );
    assert_eq!(shop.silver.get("/quotas").await.expect(200)["data"], json!([]));

    // What comes in serves who waits, but for what is kept.
    shop.receive("RARE", "5").await;
    assert_eq!(
        progress(&reread(&shop.silver, &silver).await, 0),
        ["25", "15", "0", "0"]
    );

    // What gold calls off is kept for it again.
    shop.gold
        .post(&format!("/orders/{}/cancel", id(&gold)), json!({}))
        .await
        .expect(200);
    let own = shop.gold.get("/quotas").await.expect(200);
    assert_eq!(own["data"][0]["left"], "30");
    assert_eq!(
        progress(&reread(&shop.silver, &silver).await, 0),
        ["25", "15", "0", "0"]
    );

    // Without the quota it is everybody's at once.
    let path = format!("/supplier/quotas/{}", id(&kept));
    let read = manager.get(&path).await;
    let etag = read.header("etag").to_owned();
    manager.change(Method::DELETE, &path, &etag, None).await.expect(204);
    assert_eq!(progress(&reread(&shop.silver, &silver).await, 0), ["40", "0", "0", "0"]);
    let decisions = shop.service.get("/supplier/allocations?sku=RARE").await.expect(200);
    for decision in decisions["data"].as_array().unwrap() {
        assert_eq!(decision["replayed_equal"], true, "{decision}");
    }
    assert_eq!(decisions["data"][0]["quotas"][0]["left"], "30");
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn on_its_release_day_what_is_left_is_everybodys_once() {
    let shop = Shop::open().await;
    let manager = manager(&shop.app).await;
    let mut given = quota("Q-GOLD", "GOLD", "RARE", "50");
    given["released_after_days"] = json!(40);
    let kept = keep(&manager, given).await;
    let silver = json!({"lines": [line("RARE", "H87", "10")]});
    let silver = shop.silver.place_order(silver).await.expect(201);
    assert_eq!(progress(&silver, 0), ["0", "10", "0", "0"]);
    let now = clock::now();
    assert_eq!(portal::worker::quotas::release(shop.app.db(), now).await.unwrap(), 0);

    // Kept to the end of the month, since forty days are more; released after as many days as the month is old it is free today.
    let path = format!("/supplier/quotas/{}", id(&kept));
    let etag = manager.get(&path).await.header("etag").to_owned();
    let days = today().day0();
    let wanted = json!({"released_after_days": days, "period": "month"});
    let changed = manager
        .change(Method::PATCH, &path, &etag, Some(wanted))
        .await
        .expect(200);
    assert_eq!(changed["left"], "0");
    assert_eq!(progress(&reread(&shop.silver, &silver).await, 0), ["10", "0", "0", "0"]);
    assert_eq!(portal::worker::quotas::release(shop.app.db(), now).await.unwrap(), 1);
    assert_eq!(portal::worker::quotas::release(shop.app.db(), now).await.unwrap(), 0);

    // In the next month that has such a day it is kept again, until then.
    let mut months = (0..).map(|months| first_of_next_month() + Months::new(months));
    let next = months.find_map(|first| first.with_day0(days)).unwrap();
    let next = next.and_hms_opt(12, 0, 0).unwrap();
    assert_eq!(portal::worker::quotas::release(shop.app.db(), next).await.unwrap(), 1);
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn many_at_once_get_exactly_what_is_kept_for_them_and_what_is_free() {
    let shop = Shop::open().await;
    let manager = manager(&shop.app).await;
    keep(&manager, quota("Q-GOLD", "GOLD", "RARE", "18")).await;
    let mut of_tier = quota("Q-TIER", "", "RARE", "7");
    of_tier.as_object_mut().unwrap().remove("account");
    of_tier["tier"] = json!("bronze");
    keep(&manager, of_tier).await;
    let tight = shop.app.person("TIGHT", "buyer").await;
    let orders = (0..60).map(|place| {
        let buyer = [&shop.gold, &shop.silver, &tight][place % 3];
        async move {
            let order = buyer
                .place_order(json!({"lines": [line("RARE", "H87", "1")]}))
                .await
                .expect(201);
            let got: i64 = order["lines"][0]["reserved"].as_str().unwrap().parse().unwrap();
            (place % 3, got)
        }
    });
    let mut got = [0; 3];
    for (account, quantity) in futures::future::join_all(orders).await {
        got[account] += quantity;
    }
    // Fifty there are; gold may have all but seven, silver all but twenty-five. TIGHT's credit ends after ten.
    let [gold, silver, _] = got;
    assert!(gold >= 18 && silver <= 25, "{got:?}");
    let waiting = shop.service.get("/supplier/allocations?sku=RARE").await.expect(200);
    for decision in waiting["data"].as_array().unwrap() {
        assert_eq!(decision["replayed_equal"], true);
    }
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn a_quota_of_a_category_is_drawn_by_all_its_articles() {
    let shop = Shop::open().await;
    let products =
        "sku,name,base_unit,decimals,tax_category,category\nRARE,Rare part,H87,0,S,Scarce\nBOLT,Bolt,H87,0,S,Scarce\n";
    let quotas = "quota,scope,key,account,period,quantity\nQ-CAT,category,Scarce,GOLD,quarter,100\n";
    shop.app
        .import(&[("products.csv", products), ("quotas.csv", quotas)])
        .await;
    assert_eq!(free(&shop.silver, "RARE").await, "0");
    assert_eq!(free(&shop.silver, "BOLT").await, "1400");
    let order = json!({"lines": [line("BOLT", "H87", "90")]});
    shop.gold.place_order(order).await.expect(201);
    assert_eq!(shop.gold.get("/quotas").await.expect(200)["data"][0]["left"], "10");
    assert_eq!(free(&shop.silver, "RARE").await, "40");
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn rows_that_say_too_little_or_too_much_are_refused_with_a_remedy() {
    let shop = Shop::open().await;
    let manager = manager(&shop.app).await;
    for (change, pointer, code) in [
        (json!({"account": null}), "/account", "required"),
        (json!({"tier": "gold"}), "/tier", "value_invalid"),
        (json!({"account": "NOBODY"}), "/account", "unknown_account"),
        (json!({"key": "NOTHING"}), "/key", "unknown_sku"),
        (json!({"scope": "brand"}), "/scope", "value_invalid"),
        (json!({"period": "year"}), "/period", "value_invalid"),
        (json!({"quantity": "0"}), "/quantity", "quantity_invalid"),
        (json!({"quantity": "1.5"}), "/quantity", "bad_number"),
        (json!({"quantity": "-3"}), "/quantity", "bad_number"),
        (json!({"released_after_days": -1}), "/released_after_days", "bad_number"),
    ] {
        let mut given = quota(&unique(), "GOLD", "RARE", "5");
        let members = change.as_object().unwrap();
        for (name, value) in members {
            given[name.as_str()] = value.clone();
        }
        let faults = manager.post("/supplier/quotas", given).await.faults();
        assert_eq!(faults, [(pointer.to_owned(), code.to_owned())], "{change}");
    }
    keep(&manager, quota("TWICE", "GOLD", "RARE", "5")).await;
    let again = manager
        .post("/supplier/quotas", quota("TWICE", "GOLD", "RARE", "5"))
        .await;
    assert_eq!(again.faults(), [("/quota".to_owned(), "duplicate_key".to_owned())]);
    let looks_so = manager
        .post("/supplier/quotas", quota("twice", "GOLD", "RARE", "5"))
        .await;
    assert_eq!(looks_so.faults(), [("/quota".to_owned(), "look_alike".to_owned())]);
    shop.app.finish().await;
}
