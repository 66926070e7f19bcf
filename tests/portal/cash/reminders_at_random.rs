//! Runs, releases and payments in an order like chance: nobody is reminded twice, and the books add up.

use std::collections::BTreeMap;

use futures::future::join_all;
use portal::clock;
use serde_json::json;

use super::{Shop, id, line};

/// Small numbers that look like chance and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

#[tokio::test]
async fn runs_payments_and_releases_in_any_order_remind_nobody_twice_and_add_up() {
    let shop = Shop::open().await;
    shop.policy(json!({"levels": [
        {"days_overdue": 1, "days_between": 1, "fee": "1.00"},
        {"days_overdue": 2, "days_between": 1, "interest": "5"},
        {"days_overdue": 3, "days_between": 1},
    ]}))
    .await;
    shop.late(&shop.gold, "1", 3).await;
    shop.late(&shop.silver, "1", 3).await;
    let mut dice = Dice(20_261_130);
    let mut runs = Vec::new();
    for _ in 0..60 {
        match dice.roll(6) {
            0 => {
                let buyer = if dice.roll(2) == 0 { &shop.gold } else { &shop.silver };
                let order = buyer
                    .place_order(json!({"lines": [line("FOOD", "H87", "2")]}))
                    .await
                    .expect(201);
                if order["state"] == "placed" {
                    let order = shop.accept(&order).await;
                    let shipment = shop.ship(&order).await;
                    let invoice = shop.invoice(&shipment).await;
                    shop.due(&invoice, 1 + i64::try_from(dice.roll(40)).unwrap()).await;
                }
            }
            1 => runs.push(shop.propose().await),
            2 if !runs.is_empty() => {
                let run = runs.swap_remove(usize::try_from(dice.roll(u64::try_from(runs.len()).unwrap())).unwrap());
                join_all([shop.try_release_run(&run), shop.try_release_run(&run)]).await;
            }
            3 => {
                let code = if dice.roll(2) == 0 { "GOLD" } else { "SILVER" };
                shop.pay(code, "2.29").await;
            }
            4 => shop.let_pass(1).await,
            _ => {
                shop.hold_step(clock::now()).await;
            }
        }
    }
    let sent = shop.sent().await;
    let mut reached = BTreeMap::new();
    for reminder in sent.iter().rev() {
        let one = shop
            .finance
            .get(&format!("/supplier/reminders/{}", id(reminder)))
            .await
            .expect(200);
        for item in one["items"].as_array().unwrap() {
            let level = item["level"].as_i64().unwrap();
            let before = reached
                .insert(item["invoice_id"].as_str().unwrap().to_owned(), level)
                .unwrap_or(0);
            assert!(level == before || level == before + 1, "{before} to {level}");
        }
    }
    assert!(!sent.is_empty());
    // Finish also checks the books: numbers without a gap, levels, what the ledger books.
    shop.app.finish().await;
}
