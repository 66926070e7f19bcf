//! Shipments, invoices, claims, returns and their credit, rebates, credit notes, corrections of invoices and prices, payments and reversals
//! of many accounts in any order: the ledger is the sum of its entries, series have no gap, nothing is credited beyond its invoice.

use portal::db::sql;
use serde_json::{Value, json};

use super::{Shop, id, line, payment, today};
use crate::client::{Answer, Client, unique};

const ACCOUNTS: usize = 12;
const STEPS: usize = 360;

/// Numbers that look like chance and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        // Knuth's linear congruential generator.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(most).unwrap()).unwrap()
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        match all.len() {
            0 => None,
            count => all.get(self.below(count)),
        }
    }
}

/// An account and what became of its orders.
struct Trade {
    code: String,
    buyer: Client,
    shipments: Vec<Value>,
    invoices: Vec<Value>,
    claims: Vec<Value>,
    returns: Vec<Value>,
    payments: Vec<Value>,
}

struct World {
    shop: Shop,
    trades: Vec<Trade>,
    runs: Vec<Value>,
    chance: Chance,
}

/// What may answer: done, or refused for a reason that is told.
fn is_told(status: u16) -> bool {
    matches!(status, 200 | 201 | 409 | 422)
}

impl World {
    async fn open() -> Self {
        let shop = Shop::open().await;
        let head = "account,name,country,currency,tier,payment_terms_days,credit_limit\n".to_owned();
        let rows = (0..ACCOUNTS).map(|number| format!("R{number},Random {number},NL,EUR,gold,30,\n"));
        let accounts: &'static str = String::leak(rows.fold(head, |all, row| all + &row));
        shop.app.import(&[("accounts.csv", accounts)]).await;
        shop.receive("RARE", "5000").await;
        shop.receive("CABLE", "5000").await;
        let mut trades = Vec::new();
        for number in 0..ACCOUNTS {
            let code = format!("R{number}");
            trades.push(Trade {
                buyer: shop.app.person(&code, "admin").await,
                code,
                shipments: Vec::new(),
                invoices: Vec::new(),
                claims: Vec::new(),
                returns: Vec::new(),
                payments: Vec::new(),
            });
        }
        Self {
            shop,
            trades,
            runs: Vec::new(),
            chance: Chance(20_261_201),
        }
    }

    async fn step(&mut self) -> Option<Answer> {
        let place = self.chance.below(self.trades.len());
        let what = self.chance.below(21);
        let (shop, chance) = (&self.shop, &mut self.chance);
        let trade = self.trades.get_mut(place).unwrap();
        let (finance, service) = (&shop.finance, &shop.service);
        match what {
            0 | 1 => {
                let quantity = (2 + chance.below(6)).to_string();
                let lines = [line("RARE", "H87", &quantity), line("CABLE", "MTR", "1.37")];
                let order = shop.accepted(&trade.buyer, &lines).await;
                let shipment = shop.ship(&order).await;
                trade.shipments.push(shop.deliver(&shipment).await);
                None
            }
            2 | 3 => {
                let shipment = chance.of(&trade.shipments)?;
                let body = json!({"shipment_id": id(shipment)});
                let answer = finance.post_with_key("/supplier/invoices", &unique(), body).await;
                trade.invoices.extend((answer.status == 201).then(|| answer.json()));
                Some(answer)
            }
            4 => {
                let shipment = chance.of(&trade.shipments)?;
                let body = json!({
                    "shipment_id": id(shipment), "kind": "damaged", "wish": "credit", "text": "Broken.",
                    "lines": [{"position": 1, "quantity": (1 + chance.below(2)).to_string()}],
                });
                let answer = trade.buyer.post_with_key("/claims", &unique(), body).await;
                trade.claims.extend((answer.status == 201).then(|| answer.json()));
                Some(answer)
            }
            5 => {
                let claim = chance.of(&trade.claims)?;
                let quantity = claim["lines"][0]["quantity"].clone();
                let body = json!({"lines": [{"position": 1, "quantity": quantity}]});
                let path = format!("/supplier/claims/{}/decide", id(claim));
                Some(service.post(&path, body).await)
            }
            6 => {
                let claim = chance.of(&trade.claims)?;
                let path = format!("/supplier/claims/{}/settle", id(claim));
                Some(finance.post(&path, json!({"outcome": "credit"})).await)
            }
            7 => {
                let claim = chance.of(&trade.claims)?;
                let body = json!({"claim_id": id(claim)});
                let answer = service.post_with_key("/supplier/returns", &unique(), body).await;
                trade.returns.extend((answer.status == 201).then(|| answer.json()));
                Some(answer)
            }
            8 => {
                let invoice = chance.of(&trade.invoices)?;
                let lines = match chance.below(4) {
                    0 => json!([{"position": 1, "net": "0.37"}]),
                    _ => json!([{"position": 1, "quantity": "1"}]),
                };
                let body = json!({"invoice_id": id(invoice), "reason": "goodwill", "lines": lines});
                Some(finance.post_with_key("/supplier/credit-notes", &unique(), body).await)
            }
            9 | 10 => {
                let invoice = chance.of(&trade.invoices)?.clone();
                let prices = *chance.of(&["as_invoiced", "current"])?;
                let body = json!({"reason": "It was wrong", "prices": prices});
                let answer = shop.try_correct(&invoice, body).await;
                if answer.status == 201 {
                    trade.invoices.push(answer.json()["invoice"].clone());
                }
                Some(answer)
            }
            11 => {
                let amount = format!("{}.{:02}", 1 + chance.below(60), chance.below(100));
                let mut body = payment(&trade.code, &amount);
                if let Some(invoice) = chance.of(&trade.invoices) {
                    body["invoice_id"] = invoice["id"].clone();
                }
                let answer = finance.post_with_key("/supplier/payments", &unique(), body).await;
                trade.payments.extend((answer.status == 201).then(|| answer.json()));
                Some(answer)
            }
            12 => {
                let payment = chance.of(&trade.payments)?;
                let step = *chance.of(&["reverse", "apply", "apply"])?;
                let body = match step {
                    "reverse" => json!({"reason": "No cover"}),
                    _ => json!({}),
                };
                let path = format!("/supplier/payments/{}/{step}", id(payment));
                Some(finance.post(&path, body).await)
            }
            13..=15 => self.price_step().await,
            16 => Self::rebate_step(shop, chance, trade).await,
            _ => Self::return_step(shop, chance, trade).await,
        }
    }

    async fn rebate_step(shop: &Shop, chance: &mut Chance, trade: &Trade) -> Option<Answer> {
        let today = today();
        let mut body = json!({"account": trade.code, "from": today - chrono::TimeDelta::days(2), "to": today});
        body["again"] = json!(chance.below(3) > 0);
        match chance.below(2) {
            0 => body["percent"] = json!(format!("{}.{}", 1 + chance.below(5), chance.below(10))),
            _ => body["net"] = json!(format!("{}.{:02}", chance.below(9), 1 + chance.below(99))),
        }
        Some(shop.finance.post_with_key("/supplier/rebates", &unique(), body).await)
    }

    /// A return goes on, or is credited.
    async fn return_step(shop: &Shop, chance: &mut Chance, trade: &mut Trade) -> Option<Answer> {
        if chance.below(4) == 0 {
            let shipment = chance.of(&trade.shipments)?;
            let lines = json!([{"position": 1, "quantity": (1 + chance.below(2)).to_string()}]);
            let answer = shop
                .announce(json!({"shipment_id": id(shipment), "lines": lines}))
                .await;
            trade.returns.extend((answer.status == 201).then(|| answer.json()));
            return Some(answer);
        }
        // Mostly the newest, so that some of them come to their end.
        let returned = match chance.below(4) {
            0 => chance.of(&trade.returns)?,
            _ => trade.returns.last()?,
        };
        if chance.below(2) == 0 {
            return Some(shop.credit_return(returned, json!({})).await);
        }
        let answer = shop.step_of_return(returned, "receive", json!({})).await;
        if answer.status != 200 {
            return Some(answer);
        }
        let kept = *chance.of(&["to_stock", "quarantine", "scrap"])?;
        let line = &returned["lines"][0];
        let mut found = json!({"position": line["position"]});
        found[kept] = line["quantity"].clone();
        let body = json!({"warehouse": "NORTH", "lines": [found]});
        Some(shop.step_of_return(returned, "inspect", body).await)
    }

    async fn price_step(&mut self) -> Option<Answer> {
        let shop = &self.shop;
        // Mostly the newest, which is the likeliest to be about something still.
        let newest = self.runs.last();
        match (self.chance.below(6), newest) {
            (1 | 2, Some(run)) => Some(shop.decide_run(run, "release").await),
            (3, Some(_)) => Some(shop.decide_run(self.chance.of(&self.runs)?, "discard").await),
            _ => {
                let price = format!("{}.{:02}", 8 + self.chance.below(5), self.chance.below(100));
                shop.reprice("RARE", "H87", &price).await;
                let today = today();
                let days =
                    json!({"from": today - chrono::TimeDelta::days(3), "to": today + chrono::TimeDelta::days(1)});
                let answer = shop.try_price_correction(days).await;
                self.runs.extend((answer.status == 201).then(|| answer.json()));
                Some(answer)
            }
        }
    }
}

#[tokio::test]
async fn whatever_happens_to_money_everything_adds_up() {
    let mut world = World::open().await;
    let (mut done, mut refused) = (0, 0);
    for number in 0..STEPS {
        if let Some(answer) = world.step().await {
            assert!(is_told(answer.status), "{}: {}", answer.status, answer.text);
            match answer.status {
                200 | 201 => done += 1,
                _ => refused += 1,
            }
        }
        if number % 65 == 64 {
            world.shop.app.check().await;
        }
    }
    assert!(done > 60 && refused > 20, "{done} done, {refused} refused");
    let counted = world.shop.app.db().read(|connection| {
        let count = |connection: &mut _, text: &'static str| sql(text).one::<i64>(connection);
        Ok([
            count(connection, "SELECT COUNT(*) FROM invoice_corrections")?,
            count(
                connection,
                "SELECT COUNT(*) FROM price_correction_lines WHERE outcome = 'done' AND credit_note_id IS NOT NULL",
            )?,
            count(
                connection,
                "SELECT COUNT(*) FROM price_correction_lines WHERE outcome = 'done' AND difference_id IS NOT NULL",
            )?,
            count(connection, "SELECT COUNT(*) FROM rebates WHERE percent_ppm IS NOT NULL")?,
            count(connection, "SELECT COUNT(*) FROM rebates WHERE net_minor IS NOT NULL")?,
            count(
                connection,
                "SELECT COUNT(*) FROM credit_notes WHERE return_id IS NOT NULL",
            )?,
        ])
    });
    let counted = counted.await.unwrap();
    assert!(
        counted.iter().all(|count| *count > 0),
        "{counted:?} of {:?}",
        world.runs
    );
    // What stands here is derived again: the ledger, what is open, the series, and that nothing is credited beyond its invoice.
    world.shop.app.finish().await;
}
