//! Changes, cancellations, shipments, receipts and holds in any order and at the same time: no line loses or gains a piece, and
//! everything adds up.

use futures::future::join_all;
use serde_json::{Value, json};

use super::{Shop, id, line, reread};
use crate::client::{Answer, unique};

/// Numbers that look like chance and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        // Knuth's linear congruential generator.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

fn number(text: &Value) -> i64 {
    text.as_str().unwrap().parse().unwrap()
}

/// Each line's parts are what is ordered of it.
pub(super) fn is_whole(order: &Value) {
    for line in order["lines"].as_array().unwrap() {
        let parts: i64 = ["reserved", "backordered", "shipped", "cancelled"]
            .iter()
            .map(|part| number(&line[*part]))
            .sum();
        assert_eq!(parts, number(&line["base_quantity"]), "{line}");
    }
}

/// A change of lines of the order as it was read, by chance.
fn some_change(chance: &mut Chance, order: &Value) -> Value {
    let mut lines = Vec::new();
    for one in order["lines"].as_array().unwrap() {
        match chance.below(5) {
            0 => lines.push(json!({"order_line_id": one["id"], "quantity": (1 + chance.below(90)).to_string()})),
            1 if chance.below(4) == 0 => lines.push(json!({"order_line_id": one["id"], "remove": true})),
            _ => {}
        }
    }
    if chance.below(3) == 0 {
        let sku = ["RARE", "FOOD", "BOLT"][usize::try_from(chance.below(3)).unwrap()];
        lines.push(line(sku, "H87", &(1 + chance.below(30)).to_string()));
    }
    let class = ["standard", "priority", "critical"][usize::try_from(chance.below(3)).unwrap()];
    json!({"lines": lines, "order_class": class, "reason": "by chance"})
}

async fn step(shop: &Shop, kind: u64, order: &Value, body: Value) -> Answer {
    let path = |step: &str| format!("/orders/{}/{step}", id(order));
    let of_staff = |step: &str| format!("/supplier/orders/{}/{step}", id(order));
    match kind {
        0 | 1 => shop.gold.post_with_key(&path("changes"), &unique(), body).await,
        2 | 3 => shop.service.post_with_key(&of_staff("changes"), &unique(), body).await,
        4 => shop.service.post(&of_staff("accept"), json!({})).await,
        5 => shop.try_ship(json!({"order_id": id(order)})).await,
        6 => shop.gold.post(&path("cancel-rest"), json!({"what": "waiting"})).await,
        7 => {
            let line = json!({"order_line_id": order["lines"][0]["id"], "quantity": "3"});
            let body = json!({"lines": [line], "reason": "by chance"});
            shop.service.post(&of_staff("cancel-rest"), body).await
        }
        8 => {
            shop.service
                .post(&of_staff("hold"), json!({"reason": "by chance"}))
                .await
        }
        9 => {
            shop.service
                .post(&of_staff("release"), json!({"reason": "by chance"}))
                .await
        }
        _ => {
            let receipt = json!({"warehouse": "NORTH", "lines": [{"sku": "RARE", "quantity": "7"}]});
            shop.warehouse
                .post_with_key("/supplier/receipts", &unique(), receipt)
                .await
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn changes_in_any_order_and_at_the_same_time_keep_the_books() {
    let shop = Shop::open().await;
    let mut chance = Chance(20_261_204);
    let mut orders = Vec::new();
    for _ in 0..3 {
        let lines = [
            line("RARE", "H87", "30"),
            line("FOOD", "H87", "20"),
            line("BOLT", "CT100", "2"),
        ];
        orders.push(shop.gold.place_order(json!({ "lines": lines })).await.expect(201));
    }
    let (mut done, mut refused) = (0, 0);
    for _ in 0..40 {
        let order = orders[usize::try_from(chance.below(3)).unwrap()].clone();
        let now = reread(&shop.gold, &order).await;
        is_whole(&now);
        // Three at a time, of which some race for the same order.
        let steps: Vec<_> = (0..3)
            .map(|_| (chance.below(11), some_change(&mut chance, &now)))
            .collect();
        let asked = steps.into_iter().map(|(kind, body)| step(&shop, kind, &now, body));
        for answer in join_all(asked).await {
            match answer.status {
                200 | 201 => done += 1,
                409 | 422 => refused += 1,
                status => panic!("{status}: {}", answer.text),
            }
        }
        let open = shop
            .service
            .get("/supplier/order-changes?state=requested")
            .await
            .expect(200);
        for change in open["data"].as_array().unwrap() {
            let what = ["accept", "refuse"][usize::try_from(chance.below(2)).unwrap()];
            let path = format!("/supplier/order-changes/{}/{what}", id(change));
            let answer = shop.service.post(&path, json!({"reason": "by chance"})).await;
            assert!(
                matches!(answer.status, 200 | 409 | 422),
                "{}: {}",
                answer.status,
                answer.text
            );
        }
    }
    assert!(done > 30 && refused > 5, "{done} done, {refused} refused");
    for order in &orders {
        is_whole(&reread(&shop.gold, order).await);
    }
    shop.app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_against_a_cancellation_has_one_winner() {
    let shop = Shop::open().await;
    for _ in 0..6 {
        let order = shop
            .gold
            .place_order(json!({"lines": [line("BOLT", "H87", "10"), line("FOOD", "H87", "5")]}))
            .await
            .expect(201);
        let body = json!({"lines": [{"order_line_id": order["lines"][0]["id"], "quantity": "4"}]});
        let (changes, cancel) = (
            format!("/orders/{}/changes", id(&order)),
            format!("/orders/{}/cancel", id(&order)),
        );
        let key = unique();
        let change = shop.gold.post_with_key(&changes, &key, body);
        let (changed, cancelled) = futures::join!(change, shop.gold.post(&cancel, json!({})));
        assert_eq!(cancelled.status, 200, "{}", cancelled.text);
        match changed.status {
            201 => {}
            409 => {
                let problem = changed.problem(409, "order_state");
                assert_eq!(problem["params"]["state"], "cancelled", "{problem}");
            }
            status => panic!("{status}: {}", changed.text),
        }
        assert_eq!(reread(&shop.gold, &order).await["state"], "cancelled");
    }
    shop.app.finish().await;
}
