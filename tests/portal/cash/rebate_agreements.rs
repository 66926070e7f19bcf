//! Rebates earn by themselves: what is accrued is what the turnover earns, whatever came in which order, and is paid once.

use chrono::{Datelike, Months};
use portal::clock::{self, Timestamp};
use portal::worker::rebates as worker;
use serde_json::{Value, json};

use super::credits::cents;
use super::quotas::manager;
use super::{Shop, id, line, payment, texts, today};
use crate::client::{Answer, Client, unique};

/// A moment at which every period that runs today is over.
fn later() -> Timestamp {
    clock::now() + Months::new(26)
}

/// Of GOLD, for this year.
fn agreed(code: &str, more: Value) -> Value {
    let year = today().year();
    let mut body = json!({
        "rebate": code, "account": "GOLD", "name": format!("Rebate {code}"), "currency": "EUR", "period": "term",
        "method": "retroactive", "basis": "invoiced", "scope": "all", "valid_from": format!("{}-01-01", year - 1),
        "valid_to": format!("{}-12-31", year + 1),
        "tiers": [{"threshold": "0", "rate": "1"}, {"threshold": "250", "rate": "2"}, {"threshold": "1000", "rate": "3"}],
    });
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

async fn agree(manager: &Client, body: Value) -> Value {
    manager.post("/supplier/rebate-agreements", body).await.expect(201)
}

async fn now(shop: &Shop, agreement: &Value) -> Value {
    let path = format!("/supplier/rebate-agreements/{}", id(agreement));
    shop.finance.get(&path).await.expect(200)
}

/// Turnover, rate and accrual of the running period.
async fn standing(shop: &Shop, agreement: &Value) -> [String; 3] {
    let found = now(shop, agreement).await;
    ["turnover", "rate", "accrued"].map(|name| found["periods"][0][name].as_str().unwrap().to_owned())
}

async fn settlements(shop: &Shop) -> Vec<Value> {
    let found = shop.finance.get("/supplier/rebate-settlements").await.expect(200);
    found["data"].as_array().unwrap().clone()
}

async fn approve(shop: &Shop, settlement: &Value) -> Answer {
    let path = format!("/supplier/rebate-settlements/{}/approve", id(settlement));
    shop.finance.post(&path, json!({})).await
}

#[tokio::test]
async fn what_is_invoiced_earns_and_a_tier_trues_up_all_before_it() {
    let shop = Shop::open().await;
    let manager = manager(&shop.app).await;
    // Before there is an agreement.
    shop.billed(&[line("RARE", "H87", "10")]).await;
    let agreement = agree(&manager, agreed("RB-1", json!({}))).await;
    assert_eq!(standing(&shop, &agreement).await, ["100.00", "1", "1.00"]);
    let (_, second) = shop
        .billed(&[line("RARE", "H87", "14"), line("FOOD", "H87", "20")])
        .await;
    assert_eq!(standing(&shop, &agreement).await, ["261.00", "2", "5.22"]);
    let found = now(&shop, &agreement).await;
    let next = &found["periods"][0]["next"];
    assert_eq!(
        [&next["threshold"], &next["missing"], &next["worth"], &next["rate"]],
        ["1000.00", "739.00", "24.78", "3"]
    );
    let path = format!("/supplier/rebate-agreements/{}/accruals", id(&agreement));
    let rows = shop.finance.get(&path).await.expect(200);
    assert_eq!(texts(&rows["data"], "cause"), ["invoiced", "invoiced", "terms"]);
    assert_eq!(texts(&rows["data"], "turnover"), ["21.00", "140.00", "100.00"]);
    assert_eq!(rows["data"][0]["true_up"], "2.40", "{rows}");
    assert_eq!(rows["data"][0]["invoice_id"], second["id"]);

    // A credit takes the tier back, but no credit that is itself a rebate does.
    shop.credit(&second, json!([{"position": 2, "quantity": "20"}])).await;
    assert_eq!(standing(&shop, &agreement).await, ["240.00", "1", "2.40"]);
    let own = shop.gold.get("/rebate-agreements").await.expect(200);
    assert_eq!(own["data"][0]["periods"][0]["accrued"], "2.40");
    let mine = format!("/rebate-agreements/{}", id(&agreement));
    assert_eq!(shop.gold.get(&mine).await.expect(200)["open"], "2.40");
    shop.silver.get(&mine).await.problem(404, "not_found");
    let none = shop.silver.get("/rebate-agreements").await.expect(200);
    assert_eq!(none["data"], json!([]));
    shop.app.finish().await;
}

#[tokio::test]
async fn what_is_paid_counts_as_far_as_it_is_settled() {
    let shop = Shop::open().await;
    let manager = manager(&shop.app).await;
    let tiers = json!([{"threshold": "0", "rate": "10"}]);
    let agreement = agree(&manager, agreed("RB-PAID", json!({"basis": "paid", "tiers": tiers}))).await;
    let (_, invoice) = shop.billed(&[line("RARE", "H87", "10")]).await;
    assert_eq!(standing(&shop, &agreement).await, ["0.00", "10", "0.00"]);
    let half = shop.pay("GOLD", "60.50").await;
    assert_eq!(standing(&shop, &agreement).await, ["50.00", "10", "5.00"]);
    shop.credit(&invoice, json!([{"position": 1, "quantity": "2"}])).await;
    assert_eq!(standing(&shop, &agreement).await, ["50.00", "10", "5.00"]);
    shop.pay("GOLD", "36.30").await;
    assert_eq!(standing(&shop, &agreement).await, ["80.00", "10", "8.00"]);
    let path = format!("/supplier/payments/{}/reverse", id(&half));
    shop.finance.post(&path, json!({"reason": "bounced"})).await.expect(200);
    assert_eq!(standing(&shop, &agreement).await, ["30.00", "10", "3.00"]);
    shop.app.finish().await;
}

#[tokio::test]
async fn a_settlement_pays_what_was_earned_less_what_was_settled_once() {
    let shop = Shop::open().await;
    let manager = manager(&shop.app).await;
    let (_, invoice) = shop
        .billed(&[line("RARE", "H87", "20"), line("FOOD", "H87", "10")])
        .await;
    let agreement = agree(&manager, agreed("RB-1", json!({}))).await;
    worker::step(shop.app.db(), clock::now()).await.unwrap();
    assert!(settlements(&shop).await.is_empty(), "its period runs");
    for _ in 0..2 {
        worker::step(shop.app.db(), later()).await.unwrap();
    }
    let proposed = settlements(&shop).await;
    assert_eq!(proposed.len(), 1, "{proposed:?}");
    assert_eq!([&proposed[0]["state"], &proposed[0]["amount"]], ["proposed", "2.11"]);

    // A credit that comes before it is approved counts.
    shop.credit(&invoice, json!([{"position": 1, "quantity": "1"}])).await;
    let paid = approve(&shop, &proposed[0]).await.expect(200);
    assert_eq!([&paid["state"], &paid["amount"]], ["settled", "2.01"]);
    assert!(!paid["approved_by"].as_str().unwrap().is_empty(), "{paid}");
    let net: i64 = texts(&paid["credit_notes"], "net_total")
        .iter()
        .map(|text| cents(&json!(text)))
        .sum();
    assert_eq!(net, 201);
    approve(&shop, &proposed[0])
        .await
        .problem(409, "rebate_settlement_state");
    worker::step(shop.app.db(), later()).await.unwrap();
    assert_eq!(settlements(&shop).await.len(), 1, "nothing more is due");
    let found = now(&shop, &agreement).await;
    assert_eq!(
        [&found["accrued"], &found["settled"], &found["open"]],
        ["2.01", "2.01", "0.00"]
    );

    // What comes later is paid as the difference, and what was paid too much is made good by it.
    shop.credit(&invoice, json!([{"position": 1, "quantity": "2"}])).await;
    worker::step(shop.app.db(), later()).await.unwrap();
    assert_eq!(settlements(&shop).await.len(), 1);
    shop.billed(&[line("RARE", "H87", "10")]).await;
    worker::step(shop.app.db(), later()).await.unwrap();
    let proposed = settlements(&shop).await;
    assert_eq!((proposed.len(), proposed[0]["amount"].as_str().unwrap()), (2, "3.60"));
    approve(&shop, &proposed[0]).await.expect(200);
    let found = now(&shop, &agreement).await;
    assert_eq!([&found["accrued"], &found["settled"]], ["5.61", "5.61"]);
    shop.app.finish().await;
}

/// Numbers that look like chance and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(most).unwrap()).unwrap()
    }
}

#[tokio::test]
async fn a_year_in_any_order_accrues_what_is_derived_again() {
    let shop = Shop::open().await;
    let manager = manager(&shop.app).await;
    for sku in ["RARE", "CABLE", "FOOD"] {
        shop.receive(sku, "5000").await;
    }
    let fine = json!([{"threshold": "0", "rate": "0.3333"}, {"threshold": "70", "rate": "1.7"}, {"threshold": "150", "rate": "2.15"}]);
    let all = agree(&manager, agreed("RB-ALL", json!({"tiers": fine}))).await;
    let within = json!({"method": "incremental", "scope": "sku", "key": "RARE", "tiers": fine, "period": "year"});
    let within = agree(&manager, agreed("RB-RARE", within)).await;
    let paid = agree(&manager, agreed("RB-PAID", json!({"basis": "paid", "tiers": fine}))).await;
    let (mut invoices, mut payments, mut chance) = (Vec::new(), Vec::new(), Chance(20_261_130));
    for _ in 0..60 {
        match chance.below(5) {
            0 | 1 => {
                let lines = [
                    line("RARE", "H87", &(1 + chance.below(4)).to_string()),
                    line("CABLE", "MTR", "1.37"),
                ];
                invoices.push(shop.billed(&lines).await.1);
            }
            2 if !invoices.is_empty() => {
                let invoice = &invoices[chance.below(invoices.len())];
                let lines = json!([{"position": 1 + chance.below(2), "net": "0.13"}]);
                let body = json!({"invoice_id": id(invoice), "reason": "price", "lines": lines});
                let answer = shop
                    .finance
                    .post_with_key("/supplier/credit-notes", &unique(), body)
                    .await;
                assert!(matches!(answer.status, 201 | 409 | 422), "{}", answer.text);
            }
            3 => {
                let amount = format!("{}.{:02}", 1 + chance.below(40), chance.below(100));
                let body = payment("GOLD", &amount);
                payments.push(
                    shop.finance
                        .post_with_key("/supplier/payments", &unique(), body)
                        .await
                        .expect(201),
                );
            }
            4 if !payments.is_empty() => {
                let payment = payments.swap_remove(chance.below(payments.len()));
                let path = format!("/supplier/payments/{}/reverse", id(&payment));
                let answer = shop.finance.post(&path, json!({"reason": "bounced"})).await;
                assert!(matches!(answer.status, 200 | 409), "{}", answer.text);
            }
            _ => {}
        }
    }
    // What is derived again from the invoiced lines is what was accrued.
    worker::step(shop.app.db(), clock::now()).await.unwrap();
    shop.app.check().await;
    for agreement in [&all, &paid] {
        let [turnover, rate, accrued] = standing(&shop, agreement).await;
        let owed = (cents(&json!(turnover)) * ppm(&rate) + 500_000) / 1_000_000;
        assert_eq!(cents(&json!(accrued)), owed, "{turnover} {rate}");
    }
    // A settlement of each pays it once, however often it is asked for.
    worker::step(shop.app.db(), later()).await.unwrap();
    for settlement in settlements(&shop).await {
        let [first, second] = [approve(&shop, &settlement).await, approve(&shop, &settlement).await];
        first.expect(200);
        second.problem(409, "rebate_settlement_state");
    }
    for agreement in [&all, &within] {
        let found = now(&shop, agreement).await;
        assert_eq!(found["accrued"], found["settled"], "{found}");
    }
    shop.app.finish().await;
}

/// A percentage as whole parts per million.
fn ppm(percent: &str) -> i64 {
    let (whole, part) = percent.split_once('.').unwrap_or((percent, ""));
    format!("{whole}{part:0<4}").parse().unwrap()
}

#[tokio::test]
async fn other_terms_true_up_and_what_was_counted_stays() {
    let shop = Shop::open().await;
    let manager = manager(&shop.app).await;
    shop.billed(&[line("RARE", "H87", "10")]).await;
    let agreement = agree(&manager, agreed("RB-1", json!({}))).await;
    let path = format!("/supplier/rebate-agreements/{}", id(&agreement));
    let etag = manager.get(&path).await.header("etag").to_owned();
    let change = json!({"tiers": [{"threshold": "50", "rate": "5"}], "name": "Better"});
    let patch = async || {
        manager
            .change(reqwest::Method::PATCH, &path, &etag, Some(change.clone()))
            .await
    };
    let patched = patch().await.expect(200);
    assert_eq!([&patched["name"], &patched["accrued"]], ["Better", "5.00"]);
    assert_eq!(patch().await.status, 412);
    for (more, pointer) in [
        (json!({"rebate": "RB-1"}), "/rebate"),
        (json!({"account": "NOBODY"}), "/account"),
        (json!({"currency": "USD"}), "/currency"),
        (json!({"key": "RARE"}), "/key"),
        (json!({"scope": "sku", "key": "NONE"}), "/key"),
        (json!({"valid_to": "2001-01-01"}), "/valid_to"),
        (json!({"valid_to": null}), "/valid_to"),
        (json!({"tiers": [{"threshold": "1", "rate": "100.1"}]}), "/tiers/0/rate"),
        (
            json!({"tiers": [{"threshold": "1", "rate": "1"}, {"threshold": "1.00", "rate": "2"}]}),
            "/tiers/1/threshold",
        ),
    ] {
        let code = if pointer == "/rebate" { "RB-1" } else { "RB-2" };
        let faults = manager
            .post("/supplier/rebate-agreements", agreed(code, more.clone()))
            .await
            .faults();
        assert_eq!(faults[0].0, pointer, "{more}");
    }
    shop.app.finish().await;
}

#[tokio::test]
async fn files_bring_agreements_and_their_tiers() {
    let shop = Shop::open().await;
    shop.billed(&[line("RARE", "H87", "10")]).await;
    let year = today().year();
    let rebates = format!(
        "rebate,account,name,currency,period,method,basis,scope,key,valid_from,valid_to,settlement\n\
         RB-F,GOLD,By file,EUR,year,retroactive,invoiced,sku,RARE,{}-01-01,,payout\n",
        year - 1
    );
    let tiers = "rebate,threshold,rate\nRB-F,0,1\nRB-F,100.00,2.5\n";
    shop.app
        .import(&[("rebates.csv", &rebates), ("rebate_tiers.csv", tiers)])
        .await;
    worker::step(shop.app.db(), clock::now()).await.unwrap();
    let found = shop.gold.get("/rebate-agreements").await.expect(200);
    let one = &found["data"][0];
    assert_eq!(
        [&one["rebate"], &one["settlement"], &one["accrued"]],
        ["RB-F", "payout", "2.50"]
    );
    // Once something was accrued it counts the same things in the same way.
    let options = portal::imports::Options::default;
    let moved = rebates.replace("retroactive", "incremental");
    let report = shop.app.try_import(&[("rebates.csv", &moved)], options()).await;
    assert_eq!(report.faults.len(), 1, "{:#?}", report.faults);
    let unknown = "rebate,threshold,rate\nRB-X,0,1\n";
    let report = shop.app.try_import(&[("rebate_tiers.csv", unknown)], options()).await;
    assert_eq!(report.faults.len(), 1, "{:#?}", report.faults);
    shop.app
        .import(&[("rebate_tiers.csv", "rebate,threshold,rate\nRB-F,100.00,3\n")])
        .await;
    worker::step(shop.app.db(), clock::now()).await.unwrap();
    let list = shop.finance.get("/supplier/rebate-accruals").await.expect(200);
    assert_eq!([&list["data"][0]["accrued"], &list["data"][0]["rate"]], ["3.00", "3"]);
    shop.app.finish().await;
}
