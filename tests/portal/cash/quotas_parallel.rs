//! Seventeen accounts whose buyers order at the same time what is kept for some and free for all: exactly what is there is given, and
//! nobody draws what is kept for others.

use futures::future::join_all;
use serde_json::{Value, json};

use super::quotas::{keep, manager, quota};
use super::{Shop, id, line};
use crate::client::Client;

const ACCOUNTS: usize = 17;
/// Parallel buyers of each, for one piece: more than there are.
const BUYERS: usize = 6;
/// Of fifty: seven each for the first three, the rest is free.
const KEPT: [i64; 3] = [7, 7, 7];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn seventeen_accounts_at_once_get_exactly_what_is_there() {
    let shop = Shop::open().await;
    let tiers = ["platinum", "gold", "silver", "bronze"];
    let row = |place: usize| format!("P-{place:02},Works {place},NL,EUR,{},30,\n", tiers[place % tiers.len()]);
    let rows: String = (0..ACCOUNTS).map(row).collect();
    let file = format!("account,name,country,currency,tier,payment_terms_days,credit_limit\n{rows}");
    shop.app.import(&[("accounts.csv", &file)]).await;
    let manager = manager(&shop.app).await;
    for (place, kept) in KEPT.iter().enumerate() {
        let quota = quota(
            &format!("Q-{place}"),
            &format!("P-{place:02}"),
            "RARE",
            &kept.to_string(),
        );
        keep(&manager, quota).await;
    }
    let mut buyers: Vec<Client> = Vec::new();
    for place in 0..ACCOUNTS {
        buyers.push(shop.app.person(&format!("P-{place:02}"), "buyer").await);
    }
    let orders = (0..ACCOUNTS * BUYERS).map(|turn| {
        let buyer = &buyers[turn % ACCOUNTS];
        async move {
            let order = buyer
                .place_order(json!({"lines": [line("RARE", "H87", "1")]}))
                .await
                .expect(201);
            (turn % ACCOUNTS, order)
        }
    });
    let placed = join_all(orders).await;
    let reserved = |order: &Value| order["lines"][0]["reserved"].as_str().unwrap().parse::<i64>().unwrap();
    let mut got = [0_i64; ACCOUNTS];
    for (account, order) in &placed {
        got[*account] += reserved(order);
    }
    // 6 of 7 are drawn of each quota, its seventh piece stays kept; 29 are free.
    let drawn: i64 = BUYERS.try_into().unwrap();
    for (account, kept) in KEPT.iter().enumerate() {
        assert_eq!(got[account], drawn.min(*kept), "{got:?}");
    }
    let free = 50 - KEPT.iter().sum::<i64>();
    assert_eq!(got.iter().skip(KEPT.len()).sum::<i64>(), free, "{got:?}");
    let stock = shop.warehouse.get("/supplier/stock?sku=RARE").await.expect(200);
    let there = &stock["data"][0];
    let given: i64 = got.iter().sum();
    assert_eq!(
        (&there["on_hand"], &there["reserved"]),
        (&json!("50"), &json!(given.to_string()))
    );
    // The next of a quota's account has the seventh, the one after that waits like all.
    for wanted in [1, 0] {
        let next = buyers[0]
            .place_order(json!({"lines": [line("RARE", "H87", "1")]}))
            .await
            .expect(201);
        assert_eq!(reserved(&next), wanted);
    }
    // Once all who hold a quota call off, what they had is kept again: nobody else gets it.
    for (account, order) in placed.iter().filter(|(account, _)| *account < KEPT.len()) {
        let path = format!("/orders/{}/cancel", id(order));
        buyers[*account].post(&path, json!({})).await.expect(200);
    }
    let mut others = 0;
    for (account, order) in placed.iter().filter(|(account, _)| *account >= KEPT.len()) {
        let now = buyers[*account]
            .get(&format!("/orders/{}", id(order)))
            .await
            .expect(200);
        others += reserved(&now);
    }
    assert_eq!(others, free);
    let decisions = shop
        .service
        .get("/supplier/allocations?sku=RARE&limit=200")
        .await
        .expect(200);
    for decision in decisions["data"].as_array().unwrap() {
        assert_eq!(decision["replayed_equal"], true, "{decision}");
    }
    shop.app.check().await;
    shop.app.finish().await;
}
