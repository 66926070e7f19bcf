//! Orders that are held for what an account owes, and go on by payment.

use chrono::TimeDelta;
use portal::clock;
use portal::db::{Connection, sql};
use portal::worker::reminders as worker;
use reqwest::Method;
use serde_json::{Value, json};

use super::reminders::day_after;
use super::{Shop, id, line, reread, texts, today};
use crate::client::unique;

#[tokio::test]
async fn orders_are_held_a_day_after_the_manager_was_told_and_go_on_by_payment() {
    let shop = Shop::open().await;
    shop.policy(json!({"hold_days": 10})).await;
    // Nobody is in the team: then the admins are told.
    shop.app.staff("admin").await;
    let now = clock::now();
    let tomorrow = day_after(now);
    shop.late(&shop.gold, "1", 9).await;
    let account_id = shop.gold.get("/account").await.expect(200)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    shop.app.mails().await;
    assert_eq!(shop.hold_step(now).await, 1);
    assert_eq!(shop.hold_step(now).await, 0, "told once");
    let mails = shop.app.mails().await;
    assert!(!mails.is_empty());
    assert!(
        mails.iter().all(|mail| mail.email.ends_with("@supplier.example")),
        "the team alone"
    );
    let feed = shop.gold.get("/events").await.expect(200);
    assert!(!texts(&feed["data"], "type").contains(&"account.hold_announced"));
    let holds = shop.finance.get("/supplier/order-holds").await.expect(200);
    assert_eq!(holds["data"][0]["orders_held"], json!(false));

    let lines = json!({"lines": [line("RARE", "H87", "1")]});
    let before = shop.gold.place_order(lines.clone()).await.expect(201);
    assert_eq!(before["state"], "placed");
    assert_eq!(shop.hold_step(tomorrow).await, 1);
    let preview = shop
        .gold
        .post("/orders/preview", lines_with_po(&lines))
        .await
        .expect(200);
    assert_eq!(preview["hold_reasons"], json!(["overdue"]));
    let held = shop.gold.place_order(lines.clone()).await.expect(201);
    assert_eq!(
        (&held["state"], &held["hold_reasons"]),
        (&json!("on_hold"), &json!(["overdue"]))
    );
    shop.service
        .post(
            &format!("/supplier/orders/{}/release", id(&held)),
            json!({"reason": "please"}),
        )
        .await
        .problem(403, "forbidden");

    shop.pay("GOLD", "98.99").await;
    assert_eq!(shop.hold_step(tomorrow).await, 0);
    shop.pay("GOLD", "0.01").await;
    // Whoever dies between the payment and this has lost nothing: it follows from what is stored.
    assert_eq!(worker::hold(shop.app.db(), false, tomorrow).await.unwrap(), 1);
    assert_eq!(worker::hold(shop.app.db(), false, tomorrow).await.unwrap(), 0);
    let gone_on = reread(&shop.gold, &held).await;
    assert_eq!(
        (&gone_on["state"], &gone_on["hold_reasons"]),
        (&json!("placed"), &json!([]))
    );
    let feed = shop.gold.get("/events?limit=200").await.expect(200);
    let types = texts(&feed["data"], "type");
    assert!(
        types.contains(&"account.orders_held") && types.contains(&"account.orders_released"),
        "{types:?}"
    );
    assert_eq!(shop.gold.place_order(lines).await.expect(201)["state"], "placed");

    // Somebody stops it with a reason.
    shop.late(&shop.gold, "1", 50).await;
    assert_eq!(shop.hold_step(now).await, 1);
    let manager = shop.app.staff("key_account_manager").await;
    let stop = json!({"until": today() + TimeDelta::days(7), "reason": "they pay on Friday"});
    let path = format!("/supplier/accounts/{account_id}/stop-hold");
    shop.finance.post(&path, stop.clone()).await.problem(403, "forbidden");
    let stopped = manager.post(&path, stop).await.expect(200);
    assert_eq!(stopped["hold_stop_reason"], "they pay on Friday");
    assert_eq!(shop.hold_step(tomorrow).await, 0);
    assert_eq!(
        shop.finance.get("/supplier/order-holds").await.expect(200)["data"],
        json!([])
    );
    shop.app.finish().await;
}

fn lines_with_po(lines: &Value) -> Value {
    let mut order = lines.clone();
    order["po_number"] = json!(unique());
    order
}

#[tokio::test]
async fn an_order_that_was_placed_while_its_account_was_released_goes_on_too() {
    let shop = Shop::open().await;
    shop.policy(json!({"hold_days": 10})).await;
    shop.app.staff("admin").await;
    let now = clock::now();
    let tomorrow = day_after(now);
    shop.late(&shop.gold, "1", 9).await;
    assert_eq!(shop.hold_step(now).await, 1);
    assert_eq!(shop.hold_step(tomorrow).await, 1);
    let lines = json!({"lines": [line("RARE", "H87", "1")]});
    let held = shop.gold.place_order(lines).await.expect(201);
    assert_eq!(held["state"], "on_hold");
    shop.pay("GOLD", "99.00").await;
    // As it is where the account was released before the order was stored.
    let released =
        |tx: &mut Connection| sql("UPDATE account_reminders SET held_since = NULL, hold_told_on = NULL").run(tx);
    shop.app.db().write(released).await.unwrap();
    assert_eq!(shop.hold_step(tomorrow).await, 1);
    assert_eq!(reread(&shop.gold, &held).await["state"], "placed");
    assert_eq!(shop.hold_step(tomorrow).await, 0);
    shop.app.finish().await;
}

#[tokio::test]
async fn a_stricter_policy_holds_orders_no_sooner_than_a_day_after_the_manager_was_told() {
    let shop = Shop::open().await;
    let policy = shop.policy(json!({"hold_days": 30})).await;
    shop.app.staff("admin").await;
    shop.late(&shop.gold, "1", 20).await;
    // Half past nine in the evening by UTC: a little before midnight where the supplier is.
    let evening = today().and_hms_opt(21, 30, 0).unwrap();
    assert_eq!(shop.hold_step(evening).await, 0);
    shop.app.mails().await;
    let path = format!("/supplier/reminder-policies/{}", id(&policy));
    let etag = shop.finance.get(&path).await.header("etag").to_owned();
    let mut stricter = policy.clone();
    stricter["hold_days"] = json!(5);
    for name in ["id", "code"] {
        stricter.as_object_mut().unwrap().remove(name);
    }
    shop.finance
        .change(Method::PUT, &path, &etag, Some(stricter))
        .await
        .expect(200);
    assert_eq!(shop.hold_step(evening).await, 1);
    assert!(!shop.app.mails().await.is_empty());
    for minutes in [5, 4 * 60, 24 * 60 - 1] {
        assert_eq!(
            shop.hold_step(evening + TimeDelta::minutes(minutes)).await,
            0,
            "{minutes}"
        );
    }
    let lines = json!({"lines": [line("RARE", "H87", "1")]});
    assert_eq!(
        shop.gold.place_order(lines.clone()).await.expect(201)["state"],
        "placed"
    );
    assert_eq!(shop.hold_step(evening + TimeDelta::days(1)).await, 1);
    assert_eq!(shop.gold.place_order(lines).await.expect(201)["state"], "on_hold");
    shop.app.finish().await;
}
