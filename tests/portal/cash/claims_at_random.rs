//! Claims, decisions, settlements and credit notes in any order: never above what left or was invoiced, and everything adds up.

use serde_json::{Value, json};

use super::{Shop, id, line};
use crate::client::unique;

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

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        let place = self.below(u64::try_from(all.len()).unwrap());
        all[usize::try_from(place).unwrap()]
    }
}

/// What may answer: done, or refused for a reason that is told.
fn is_told(status: u16) -> bool {
    matches!(status, 200 | 201 | 409 | 422)
}

#[tokio::test]
async fn claims_and_credits_in_any_order_never_exceed_what_left() {
    const KINDS: [&str; 7] = ["damaged", "short", "wrong_item", "quality", "late", "price", "other"];
    let shop = Shop::open().await;
    let mut chance = Chance(20_261_130);
    let (mut shipments, mut invoices, mut claims) = (Vec::new(), Vec::<Value>::new(), Vec::<Value>::new());
    for _ in 0..3 {
        let order = shop
            .accepted(&shop.gold, &[line("RARE", "H87", "6"), line("CABLE", "MTR", "4.5")])
            .await;
        let shipment = shop.ship(&order).await;
        shipments.push(shop.deliver(&shipment).await);
    }
    let (mut done, mut refused) = (0, 0);
    for _ in 0..120 {
        let shipment = &shipments[usize::try_from(chance.below(3)).unwrap()];
        let claim = match claims.len() {
            0 => None,
            all => Some(claims[usize::try_from(chance.below(all as u64)).unwrap()].clone()),
        };
        let answer = match (chance.below(6), claim) {
            (0, _) if invoices.len() < shipments.len() => {
                let invoice = shop.invoice(&shipments[invoices.len()]).await;
                invoices.push(invoice);
                continue;
            }
            (1, Some(claim)) => {
                let lines = claim["lines"].as_array().unwrap().iter();
                let lines: Vec<_> = lines
                    .map(|line| {
                        let quantity = match chance.below(3) {
                            0 => json!("0"),
                            _ => line["quantity"].clone(),
                        };
                        let mut line =
                            json!({"position": line["position"], "quantity": quantity, "reason": "As it is."});
                        if claim["kind"] == "price" || claim["kind"] == "late" {
                            line["net"] = json!("0.11");
                        }
                        line
                    })
                    .collect();
                let path = format!("/supplier/claims/{}/decide", id(&claim));
                shop.service.post(&path, json!({ "lines": lines })).await
            }
            (2, Some(claim)) => {
                let path = format!("/supplier/claims/{}/settle", id(&claim));
                shop.finance.post(&path, json!({"outcome": "credit"})).await
            }
            (3, Some(claim)) => {
                let path = format!("/supplier/claims/{}/settle", id(&claim));
                let outcome = chance.of(&["replace", "repair"]);
                shop.service.post(&path, json!({ "outcome": outcome })).await
            }
            (4, Some(claim)) if chance.below(3) == 0 => {
                shop.gold
                    .post(&format!("/claims/{}/withdraw", id(&claim)), json!({}))
                    .await
            }
            (5, _) if !invoices.is_empty() && chance.below(4) == 0 => {
                let invoice = &invoices[usize::try_from(chance.below(invoices.len() as u64)).unwrap()];
                let body =
                    json!({"invoice_id": id(invoice), "reason": "goodwill", "lines": [{"position": 1, "net": "0.37"}]});
                shop.finance
                    .post_with_key("/supplier/credit-notes", &unique(), body)
                    .await
            }
            _ => {
                let quantity = (1 + chance.below(4)).to_string();
                let body = json!({
                    "shipment_id": id(shipment), "kind": chance.of(&KINDS), "wish": chance.of(&["credit", "replace", "repair"]),
                    "text": "Something is wrong.", "lines": [{"position": 1 + chance.below(2), "quantity": quantity}],
                });
                let answer = shop.gold.post_with_key("/claims", &unique(), body).await;
                if answer.status == 201 {
                    claims.push(answer.json());
                }
                answer
            }
        };
        assert!(is_told(answer.status), "{}: {}", answer.status, answer.text);
        match answer.status {
            200 | 201 => done += 1,
            _ => refused += 1,
        }
    }
    assert!(done > 20 && refused > 10, "{done} done, {refused} refused");
    for invoice in &invoices {
        let now = shop.gold.get(&format!("/invoices/{}", id(invoice))).await.expect(200);
        assert!(!now["open_amount"].as_str().unwrap().starts_with('-'), "{now}");
    }
    // What stands here is derived again: claims within what left, credits within invoices, stock from its movements.
    shop.app.finish().await;
}
