//! A year of what is expected, of orders, cancellations, receipts and changes of tier and class: after each step nothing is promised beyond
//! what is expected, the books are right, and whoever's promise changed was told once.

use std::collections::BTreeMap;

use portal::clock;
use serde_json::{Value, json};

use super::{Shop, day, path_of, place, reread};
use crate::client::{Client, unique};

/// Numbers as if by chance, the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// How lines of orders stand: their day, and what of them is promised for when.
type Standing = BTreeMap<String, (Value, Value, Value)>;

async fn standing(clients: [&Client; 2]) -> Standing {
    let mut lines = Standing::new();
    for client in clients {
        let mut cursor = String::new();
        loop {
            let page = client.get(&format!("/orders?limit=200{cursor}")).await.expect(200);
            for order in page["data"].as_array().unwrap() {
                if ["cancelled", "closed"].contains(&order["state"].as_str().unwrap()) {
                    continue;
                }
                let order = reread(client, order).await;
                let line = &order["lines"][0];
                let told = (
                    line["promised_date"].clone(),
                    line["promises"].clone(),
                    line["backordered"].clone(),
                );
                lines.insert(order["id"].as_str().unwrap().to_owned(), told);
            }
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
    }
    lines
}

async fn told(shop: &Shop) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for client in [&shop.gold, &shop.silver] {
        for event in shop.told(client).await {
            *counts.entry(event["subject"].as_str().unwrap().to_owned()).or_insert(0) += 1;
        }
    }
    counts
}

#[tokio::test]
async fn promises_hold_through_a_year() {
    let shop = Shop::open().await;
    let mut chance = Chance(20_261_130);
    let mut expected: Vec<Value> = Vec::new();
    let mut orders: Vec<(bool, Value)> = Vec::new();
    let (mut before, mut counted) = (Standing::new(), BTreeMap::new());
    let mut is_gold_first = true;
    for step in 0..48 {
        let mut own = None;
        let action = match step % 16 {
            15 => 10,
            5 | 12 => 11,
            _ => chance.below(10),
        };
        match action {
            0 | 1 => {
                let sku = "SPARE";
                let quantity = (5 + chance.below(40)).to_string();
                expected.push(
                    shop.expect(&format!("PO-{step}"), sku, &quantity, chance.below(60))
                        .await,
                );
            }
            2..=5 => {
                let is_gold = chance.below(2) == 0;
                let client = if is_gold { &shop.gold } else { &shop.silver };
                let (unit, quantity) = match chance.below(3) {
                    0 => ("BX10", 1 + chance.below(3)),
                    _ => ("H87", 1 + chance.below(30)),
                };
                let order = place(client, "SPARE", unit, &quantity.to_string()).await;
                own = Some(order["id"].as_str().unwrap().to_owned());
                orders.push((is_gold, order));
            }
            6 if !orders.is_empty() => {
                let at = usize::try_from(chance.below(u64::try_from(orders.len()).unwrap())).unwrap();
                let (is_gold, order) = orders.remove(at);
                let client = if is_gold { &shop.gold } else { &shop.silver };
                let path = format!("/orders/{}/cancel", order["id"].as_str().unwrap());
                client.post(&path, json!({})).await;
            }
            // Late, early, short or called off.
            7 | 8 if !expected.is_empty() => {
                let at = usize::try_from(chance.below(u64::try_from(expected.len()).unwrap())).unwrap();
                match chance.below(4) {
                    0 => {
                        let one = expected.remove(at);
                        shop.close(&one).await;
                    }
                    1 => {
                        let days = chance.below(90);
                        shop.change(&expected[at], json!({"expected_on": day(days)}))
                            .await
                            .expect(200);
                    }
                    2 => {
                        let quantity = (1 + chance.below(20)).to_string();
                        shop.change(&expected[at], json!({"quantity": quantity})).await;
                    }
                    _ => {
                        let now = shop.warehouse.get(&path_of(&expected[at])).await.expect(200);
                        let outstanding: u64 = now["outstanding"].as_str().unwrap().parse().unwrap();
                        let came = (1 + chance.below(outstanding.max(1) + 3)).to_string();
                        let reference = now["reference"].as_str();
                        shop.receive("SPARE", &came, reference).await.expect(201);
                    }
                }
            }
            9 => {
                is_gold_first = !is_gold_first;
                let tier = if is_gold_first { "bronze" } else { "platinum" };
                let row = format!("SILVER,Silver Works,NL,EUR,{tier},14,\n");
                let head = "account,name,country,currency,tier,payment_terms_days,credit_limit\n";
                shop.app.import(&[("accounts.csv", &format!("{head}{row}"))]).await;
                shop.review().await;
            }
            10 => {
                // Less than was thought lies there, or more.
                let stock = shop.warehouse.get("/supplier/stock?sku=SPARE").await.expect(200);
                for row in stock["data"].as_array().unwrap() {
                    let reserved: u64 = row["reserved"].as_str().unwrap().parse().unwrap();
                    let row = format!(
                        "{},SPARE,{}\n",
                        row["warehouse"].as_str().unwrap(),
                        reserved + chance.below(8)
                    );
                    let file = format!("warehouse,sku,on_hand\n{row}");
                    shop.app.import(&[("stock.csv", &file)]).await;
                }
            }
            11 if !orders.is_empty() => {
                // Its class is another from now on, so it stands elsewhere in the queue.
                let at = usize::try_from(chance.below(u64::try_from(orders.len()).unwrap())).unwrap();
                let (is_gold, order) = &orders[at];
                let client = if *is_gold { &shop.gold } else { &shop.silver };
                let id = order["id"].as_str().unwrap();
                let now = reread(client, order).await["order_class"].clone();
                let class = if now == "standard" { "critical" } else { "standard" };
                let path = format!("/orders/{id}/changes");
                let body = json!({ "order_class": class });
                client.post_with_key(&path, &unique(), body).await.expect(201);
                own = Some(id.to_owned());
            }
            _ => {}
        }
        shop.app.check().await;
        let (after, now) = (standing([&shop.gold, &shop.silver]).await, told(&shop).await);
        for (id, stands) in &after {
            let more = now.get(id).copied().unwrap_or(0) - counted.get(id).copied().unwrap_or(0);
            let Some(stood) = before.get(id) else {
                assert!(own.as_ref() == Some(id), "step {step}: {id} came from nowhere");
                assert_eq!(more, 0, "step {step}: {id} was told of its own placing");
                continue;
            };
            if own.as_ref() == Some(id) {
                // What becomes of an order by its own change is told with the change.
                assert_eq!(more, 0, "step {step}: {id} was told of its own change");
                continue;
            }
            let is_other = stood != stands;
            assert_eq!(
                more,
                usize::from(is_other),
                "step {step}: {id} from {stood:?} to {stands:?}"
            );
        }
        (before, counted) = (after, now);
    }
    // A day passes: what did not come is promised no more.
    let later = clock::now() + chrono::TimeDelta::days(100);
    while portal::worker::promises::review(shop.app.db(), later).await.unwrap() > 0 {}
    let after = standing([&shop.gold, &shop.silver]).await;
    for (_, promises, _) in after.values() {
        let expected = promises
            .as_array()
            .unwrap()
            .iter()
            .filter(|part| part["kind"] == "expected");
        assert_eq!(expected.count(), 0);
    }
}
