//! A change against whatever else is done to the order at the same time: one is first, the other goes on from there or is told how the
//! order stands by then; no line loses or gains a piece.

use futures::future::join_all;
use serde_json::{Value, json};

use super::changes_at_random::is_whole;
use super::{Shop, id, line, progress, reread};
use crate::client::{Answer, unique};

/// How often each pair races.
const ROUNDS: usize = 5;

async fn change(shop: &Shop, order: &Value, quantity: &str) -> Answer {
    let body = json!({"lines": [{"order_line_id": order["lines"][0]["id"], "quantity": quantity}], "reason": "raced"});
    let path = format!("/orders/{}/changes", id(order));
    shop.gold.post_with_key(&path, &unique(), body).await
}

async fn change_by_staff(shop: &Shop, order: &Value, quantity: &str) -> Answer {
    let body = json!({"lines": [{"order_line_id": order["lines"][0]["id"], "quantity": quantity}], "reason": "raced"});
    let path = format!("/supplier/orders/{}/changes", id(order));
    shop.service.post_with_key(&path, &unique(), body).await
}

async fn placed(shop: &Shop, quantity: &str) -> Value {
    let lines = json!({"lines": [line("RARE", "H87", quantity), line("BOLT", "H87", "10")]});
    shop.gold.place_order(lines).await.expect(201)
}

fn sum(orders: &[Value], part: &str) -> i64 {
    let of = |order: &Value| order["lines"][0][part].as_str().unwrap().parse::<i64>().unwrap();
    orders.iter().map(of).sum()
}

/// A refusal says how the order stands.
fn told(answer: Answer, states: &[&str]) {
    assert_eq!(answer.status, 409, "{}", answer.text);
    let problem = answer.json();
    if let Some(state) = problem["params"]["state"].as_str() {
        assert!(states.contains(&state), "{problem}");
    }
    assert!(problem["code"].is_string(), "{problem}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_and_an_acceptance_both_hold_or_the_change_is_asked_for() {
    let shop = Shop::open().await;
    for _ in 0..ROUNDS {
        let order = placed(&shop, "4").await;
        let path = format!("/supplier/orders/{}/accept", id(&order));
        let (changed, accepted) = futures::join!(change(&shop, &order, "3"), shop.service.post(&path, json!({})));
        assert_eq!(accepted.status, 200, "{}", accepted.text);
        let changed = changed.expect(201);
        let now = reread(&shop.gold, &order).await;
        is_whole(&now);
        assert_eq!(now["state"], "accepted");
        // First: it is done. Second: it waits for the supplier, and nothing moved.
        let quantity = match changed["state"].as_str().unwrap() {
            "applied" => "3",
            state => {
                assert_eq!(state, "requested", "{changed}");
                "4"
            }
        };
        assert_eq!(now["lines"][0]["quantity"], quantity, "{now}");
        assert_eq!(progress(&now, 0), [quantity, "0", "0", "0"]);
        // It leaves no order behind that the next one could not take stock from.
        let done = json!({"reason": "raced"});
        shop.service
            .post(&format!("/supplier/orders/{}/cancel", id(&order)), done)
            .await
            .expect(200);
    }
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_and_a_shipment_never_take_the_same_pieces() {
    let shop = Shop::open().await;
    for _ in 0..ROUNDS {
        let order = placed(&shop, "6").await;
        shop.accept(&order).await;
        let (changed, shipped) = futures::join!(
            change_by_staff(&shop, &order, "2"),
            shop.try_ship(json!({"order_id": id(&order)}))
        );
        assert_eq!(shipped.status, 201, "{}", shipped.text);
        let now = reread(&shop.gold, &order).await;
        is_whole(&now);
        match changed.status {
            // The change was first: what is left of the line has left.
            201 => assert_eq!(progress(&now, 0), ["0", "0", "2", "0"]),
            // The shipment was first: what has left is changed by nobody.
            _ => {
                told(changed, &["shipped", "partly_shipped"]);
                assert_eq!(progress(&now, 0), ["0", "0", "6", "0"]);
            }
        }
    }
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_and_a_receipt_hand_out_exactly_what_is_there() {
    let shop = Shop::open().await;
    let first = placed(&shop, "50").await;
    let mut orders = vec![first];
    for _ in 0..3 {
        orders.push(placed(&shop, "10").await);
    }
    for round in 0..ROUNDS {
        let of = orders[round % orders.len()].clone();
        let quantity = (5 + round).to_string();
        let (changed, _) = futures::join!(change(&shop, &of, &quantity), shop.receive("RARE", "3"));
        changed.expect(201);
        for order in &mut orders {
            *order = reread(&shop.gold, order).await;
            is_whole(order);
        }
        let there = 50 + 3 * i64::try_from(round + 1).unwrap();
        let wanted = sum(&orders, "base_quantity");
        assert_eq!(sum(&orders, "reserved"), there.min(wanted), "round {round}");
        assert_eq!(sum(&orders, "backordered"), wanted - there.min(wanted));
    }
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_changes_of_one_version_one_is_made() {
    let shop = Shop::open().await;
    let order = placed(&shop, "9").await;
    let path = format!("/orders/{}", id(&order));
    let seen = shop.gold.get(&path).await.header("etag").to_owned();
    let tries = (1..=8).map(|quantity: i64| {
        let (client, path, seen) = (shop.gold.clone(), format!("{path}/changes"), seen.clone());
        let line = json!({"order_line_id": order["lines"][0]["id"], "quantity": quantity.to_string()});
        async move {
            let key = unique();
            let headers = [
                ("idempotency-key", key.as_str()),
                ("if-match", seen.as_str()),
                ("content-type", "application/json"),
            ];
            let body = json!({ "lines": [line] }).to_string();
            let answer = client.send(reqwest::Method::POST, &path, &headers, Some(body)).await;
            (quantity, answer)
        }
    });
    let mut made = Vec::new();
    for (quantity, answer) in join_all(tries).await {
        match answer.status {
            201 => made.push(quantity),
            _ => {
                answer.problem(412, "precondition_failed");
            }
        }
    }
    assert_eq!(made.len(), 1, "{made:?}");
    let now = reread(&shop.gold, &order).await;
    assert_eq!(
        (&now["lines"][0]["quantity"], &now["revision"]),
        (&json!(made[0].to_string()), &json!(2))
    );
    shop.app.check().await;
    shop.app.finish().await;
}
