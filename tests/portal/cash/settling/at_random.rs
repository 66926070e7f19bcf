//! Invoices, payments in full and less, allocations, what is given up, credit notes, corrections, refunds, files of the bank and
//! reversals of many accounts in any order: the ledger is the sum of its entries, open amounts are right, and money neither comes nor
//! goes.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{Shop, days_ago, id, line};
use crate::cash::bank::{act, camt, entries, number, told};
use crate::client::{Answer, Client, unique};

const ACCOUNTS: usize = 10;
const STEPS: usize = 500;

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

/// An account and what became of it.
struct Trade {
    code: String,
    buyer: Client,
    invoices: Vec<Value>,
    payments: Vec<Value>,
    refunds: Vec<Value>,
    given: Vec<Value>,
}

struct World {
    shop: Shop,
    trades: Vec<Trade>,
    files: usize,
    chance: Chance,
}

/// What may answer: done, or refused for a reason that is told.
fn is_told(status: u16) -> bool {
    matches!(status, 200 | 201 | 409 | 422)
}

fn cents(text: &Value) -> i64 {
    text.as_str().unwrap().replace('.', "").parse().unwrap()
}

fn amount(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

/// What somebody pays of so much that is open: all, less a discount, less a little, a part, or too much.
fn some_of(chance: &mut Chance, open: i64) -> i64 {
    let minor = match chance.below(6) {
        0 => open - open / 50,
        1 => open - 1 - i64::try_from(chance.below(60)).unwrap(),
        2 => open / 3,
        3 => open + 700,
        _ => open,
    };
    minor.max(1)
}

impl World {
    async fn open() -> Self {
        let shop = Shop::open().await;
        let head = "account,name,country,currency,tier,payment_terms_days,credit_limit\n".to_owned();
        let rows = (0..ACCOUNTS).map(|number| format!("M{number},Money {number},NL,EUR,gold,30,\n"));
        let accounts = rows.fold(head, |all, row| all + &row);
        shop.app.import(&[("accounts.csv", &accounts)]).await;
        shop.receive("RARE", "5000").await;
        shop.receive("FOOD", "5000").await;
        shop.tolerance("0.30").await;
        let mut trades = Vec::new();
        for number in 0..ACCOUNTS {
            let code = format!("M{number}");
            if number % 2 == 0 {
                shop.discounts(&code, &[(7, "3"), (14, "2")]).await;
            }
            trades.push(Trade {
                buyer: shop.app.person(&code, "admin").await,
                code,
                invoices: Vec::new(),
                payments: Vec::new(),
                refunds: Vec::new(),
                given: Vec::new(),
            });
        }
        Self {
            shop,
            trades,
            files: 0,
            chance: Chance(20_261_202),
        }
    }

    async fn open_of(shop: &Shop, invoice: &Value) -> i64 {
        let path = format!("/supplier/invoices/{}", id(invoice));
        cents(&shop.finance.get(&path).await.expect(200)["open_amount"])
    }

    async fn step(&mut self) -> Option<Answer> {
        let place = self.chance.below(self.trades.len());
        let what = self.chance.below(16);
        let (shop, chance) = (&self.shop, &mut self.chance);
        let trade = self.trades.get_mut(place).unwrap();
        let finance = &shop.finance;
        let received = |minor: i64, days: i64| json!({"account": trade.code, "amount": amount(minor), "currency": "EUR", "received_on": days_ago(days)});
        match what {
            0..=2 => {
                let quantity = (2 + chance.below(6)).to_string();
                let lines = [line("RARE", "H87", &quantity), line("FOOD", "H87", "3")];
                let order = shop.accepted(&trade.buyer, &lines).await;
                let shipment = shop.ship(&order).await;
                shop.deliver(&shipment).await;
                trade.invoices.push(shop.invoice(&shipment).await);
                None
            }
            3 | 4 => {
                let invoice = chance.of(&trade.invoices)?.clone();
                let minor = some_of(chance, Self::open_of(shop, &invoice).await);
                let mut body = received(minor, 0);
                if chance.below(2) == 0 {
                    body["invoice_id"] = invoice["id"].clone();
                }
                let answer = shop.try_receive(body).await;
                trade.payments.extend((answer.status == 201).then(|| answer.json()));
                Some(answer)
            }
            5 | 6 => {
                let mut allocations = Vec::new();
                let mut all = 0;
                for _ in 0..=chance.below(3) {
                    let invoice = chance.of(&trade.invoices)?.clone();
                    let open = Self::open_of(shop, &invoice).await;
                    let minor = some_of(chance, open).min(open);
                    all += minor;
                    let mut one = json!({"invoice_id": id(&invoice), "amount": amount(minor)});
                    if chance.below(2) == 0 && minor < open {
                        let kind = *chance.of(&["cash_discount", "small_difference", "bank_charges"])?;
                        one[kind] = json!(amount((open - minor).min(60)));
                    }
                    allocations.push(one);
                }
                let mut body = received(all.max(1) + 13, 0);
                body["allocations"] = json!(allocations);
                let answer = shop.try_receive(body).await;
                trade.payments.extend((answer.status == 201).then(|| answer.json()));
                Some(answer)
            }
            7 => {
                let payment = chance.of(&trade.payments)?;
                let path = format!("/supplier/payments/{}/apply", id(payment));
                Some(finance.post(&path, json!({})).await)
            }
            8 => Some(shop.take_back("payments", chance.of(&trade.payments)?).await),
            9 => {
                let invoice = chance.of(&trade.invoices)?.clone();
                let kind = *chance.of(&["cash_discount", "small_difference", "bank_charges"])?;
                let part = (chance.below(2) == 0).then_some("0.25");
                let answer = shop.try_grant(&invoice, kind, part).await;
                trade.given.extend((answer.status == 201).then(|| answer.json()));
                Some(answer)
            }
            10 => {
                let given = shop.write_offs(&format!("&account={}", trade.code)).await;
                Some(shop.take_back("write-offs", chance.of(&given)?).await)
            }
            11 => {
                let statement = trade.buyer.get("/account/statement").await.expect(200);
                let left = cents(&statement["on_account"]);
                let minor = match chance.below(3) {
                    0 => left + 1,
                    1 => left,
                    _ => left / 2,
                };
                let body =
                    json!({"account": trade.code, "amount": amount(minor), "currency": "EUR", "paid_on": days_ago(0)});
                let answer = finance.post_with_key("/supplier/refunds", &unique(), body).await;
                trade.refunds.extend((answer.status == 201).then(|| answer.json()));
                Some(answer)
            }
            12 => Some(shop.take_back("refunds", chance.of(&trade.refunds)?).await),
            13 => {
                let invoice = chance.of(&trade.invoices)?;
                let lines = match chance.below(4) {
                    0 => Value::Null,
                    1 => json!([{"position": 1, "net": "0.37"}]),
                    _ => json!([{"position": 1, "quantity": "1"}]),
                };
                let mut body = json!({"invoice_id": id(invoice), "reason": "goodwill"});
                if !lines.is_null() {
                    body["lines"] = lines;
                }
                Some(finance.post_with_key("/supplier/credit-notes", &unique(), body).await)
            }
            14 => {
                let invoice = chance.of(&trade.invoices)?.clone();
                let path = format!("/supplier/invoices/{}/correct", id(&invoice));
                let body = json!({"reason": "It was wrong", "prices": "as_invoiced"});
                let answer = finance.post_with_key(&path, &unique(), body).await;
                if answer.status == 201 {
                    trade.invoices.push(answer.json()["invoice"].clone());
                }
                Some(answer)
            }
            _ => {
                let invoice = chance.of(&trade.invoices)?.clone();
                let minor = some_of(chance, Self::open_of(shop, &invoice).await);
                self.files += 1;
                let name = format!("F{}", self.files);
                let way = if chance.below(4) == 0 { -minor } else { minor };
                let file = camt(true, &name, &[told(way, &name, number(&invoice))]);
                let answer = crate::cash::bank::try_take(shop, &file).await;
                if way < 0 {
                    return Some(answer);
                }
                let waits = entries(shop, "&state=proposed").await;
                match chance.of(&waits) {
                    Some(entry) => Some(act(shop, entry, "book", json!({})).await),
                    None => Some(answer),
                }
            }
        }
    }
}

#[tokio::test]
async fn money_in_any_order_adds_up() {
    let mut world = World::open().await;
    let mut counts: HashMap<u16, usize> = HashMap::new();
    for step in 0..STEPS {
        if let Some(answer) = world.step().await {
            assert!(is_told(answer.status), "{step}: {} {}", answer.status, answer.text);
            *counts.entry(answer.status).or_default() += 1;
        }
        if step % 125 == 124 {
            world.shop.app.check().await;
        }
    }
    let done: usize = [200, 201].iter().filter_map(|status| counts.get(status)).sum();
    assert!(done > STEPS / 4, "{counts:?}");
    for trade in &world.trades {
        let statement = trade.buyer.get("/account/statement").await.expect(200);
        let mut open = 0;
        for invoice in &trade.invoices {
            let left = World::open_of(&world.shop, invoice).await;
            let gross = cents(&invoice["gross_total"]);
            assert!((0..=gross).contains(&left), "{invoice}");
            open += left;
        }
        // What is owed is what is open less what is on account.
        let on_account = cents(&statement["on_account"]);
        assert_eq!(cents(&statement["balance"]), open - on_account, "{}", trade.code);
    }
    world.shop.app.finish().await;
}
