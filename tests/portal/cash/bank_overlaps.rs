//! Files that overlap in any way, decisions and money taken back in any order: the ledger is the sum, and nothing is there twice.

use std::collections::BTreeSet;

use portal::cli::check;
use portal::db::sql;
use serde_json::{Value, json};

use super::bank::{Told, act, balance, camt, entries, invoices, number, take, told};
use super::{Shop, id};
use crate::app::outside_the_runtime;
use crate::following::Mirror;

/// Numbers that look like chance and are the same at every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

fn cents(text: &Value) -> i64 {
    text.as_str().unwrap().replace('.', "").parse().unwrap()
}

/// What GOLD owes is its invoices less the payments that count, and every movement was stored once.
async fn adds_up(shop: &Shop, invoiced: i64, seen: &BTreeSet<String>) {
    let all = entries(shop, "").await;
    let references: BTreeSet<_> = all
        .iter()
        .map(|entry| entry["bank_reference"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!((all.len(), &references), (seen.len(), seen));
    let payments = shop
        .finance
        .get("/supplier/payments?account=GOLD&limit=200")
        .await
        .expect(200);
    let counts = payments["data"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|payment| payment["reversed_at"].is_null());
    let paid: i64 = counts.map(|payment| cents(&payment["amount"])).sum();
    let statement = shop.gold.get("/account/statement").await.expect(200);
    assert_eq!(cents(&statement["balance"]), invoiced - paid);
    shop.app.check().await;
}

#[tokio::test]
async fn whatever_overlaps_and_is_taken_back_the_ledger_is_the_sum() {
    let shop = Shop::open().await;
    let made = invoices(&shop, 4).await;
    let invoiced: i64 = made.iter().map(|invoice| cents(&invoice["gross_total"])).sum();
    for seed in 1..=3 {
        let mut chance = Chance(seed);
        let texts: Vec<_> = (0..12)
            .map(|place| match chance.below(3) {
                0 => number(&made[place % made.len()]).to_owned(),
                1 => format!("RF{place}"),
                _ => format!("thank you {place}"),
            })
            .collect();
        let references: Vec<_> = (0..24).map(|place| format!("{seed}-R{place}")).collect();
        let own: Vec<_> = (0..12).map(|place| format!("{seed}-E{place}")).collect();
        let mut seen: BTreeSet<String> = entries(&shop, "")
            .await
            .iter()
            .map(|entry| entry["bank_reference"].as_str().unwrap().to_owned())
            .collect();
        // Money that came in, and the same taken back.
        let movement = |place: usize| {
            let came = place % 12;
            let minor = [12_100, 6_050, 700, 24_200][came % 4] + i64::try_from(came / 8).unwrap();
            Told {
                minor: if place < 12 { minor } else { -minor },
                own: &own[came],
                is_reversal: place >= 12,
                ..told(0, &references[place], &texts[came])
            }
        };
        for step in 0..10 {
            let mut places: Vec<_> = (0..1 + chance.below(6))
                .map(|_| chance.below(if step < 3 { 12 } else { 24 }))
                .collect();
            places.sort_unstable();
            places.dedup();
            let file: Vec<_> = places.iter().map(|place| movement(*place)).collect();
            seen.extend(places.iter().map(|place| references[*place].clone()));
            take(&shop, &camt(chance.below(2) == 0, &format!("{seed}.{step}"), &file)).await;
            let all = entries(&shop, "").await;
            for _ in 0..2 {
                let entry = &all[chance.below(all.len())];
                let (what, body) = match chance.below(4) {
                    0 => ("book", json!({"account": "GOLD"})),
                    1 => ("book", json!({"invoice_ids": [id(&made[chance.below(4)])]})),
                    2 => ("ignore", json!({"reason": "not ours"})),
                    _ => ("reopen", json!({"reason": "look again"})),
                };
                let answer = act(&shop, entry, what, body).await;
                assert!(matches!(answer.status, 200 | 409 | 422), "{}", answer.text);
            }
            adds_up(&shop, invoiced, &seen).await;
        }
    }
    shop.app.finish().await;
}

/// The same file with its one movement told as two of 121.00.
fn in_parts(file: &str, texts: [&str; 2]) -> String {
    let (before, rest) = file.split_once("<NtryDtls>").unwrap();
    let (_, behind) = rest.split_once("</NtryDtls>").unwrap();
    let part = |text: &str| {
        format!(
            "<TxDtls><Amt Ccy=\"EUR\">121.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls>"
        )
    };
    let parts = texts.map(part).concat();
    format!("{before}<NtryDtls>{parts}</NtryDtls>{behind}")
}

#[tokio::test]
async fn a_sum_that_is_booked_while_its_parts_come_is_booked_once() {
    let shop = Shop::open().await;
    for round in 0..2 {
        let made = invoices(&shop, 2).await;
        let reference = format!("SUM-{round}");
        let sum = [told(24_200, &reference, "?")];
        take(&shop, &camt(true, &format!("S{round}"), &sum)).await;
        let all = entries(&shop, "").await;
        let waiting = all.iter().find(|entry| entry["bank_reference"] == reference.as_str());
        let parts = in_parts(
            &camt(false, &format!("P{round}"), &sum),
            [number(&made[0]), number(&made[1])],
        );
        let (_, booked) = tokio::join!(
            take(&shop, &parts),
            act(&shop, waiting.unwrap(), "book", json!({"account": "GOLD"})),
        );
        assert!(matches!(booked.status, 200 | 409), "{}", booked.text);
        assert_eq!(balance(&shop).await, "0.00");
        shop.app.check().await;
    }
    shop.app.finish().await;
}

#[tokio::test]
async fn a_sum_whose_parts_were_told_is_not_looked_at_again() {
    let shop = Shop::open().await;
    let made = invoices(&shop, 2).await;
    let sum = [told(24_200, "SUM", "?")];
    take(&shop, &camt(true, "S1", &sum)).await;
    let waiting = entries(&shop, "").await.remove(0);
    let parts = in_parts(&camt(false, "N1", &sum), [number(&made[0]), number(&made[1])]);
    take(&shop, &parts).await;
    assert_eq!(balance(&shop).await, "0.00");
    let ignored = entries(&shop, "&state=ignored").await;
    assert_eq!(id(&ignored[0]), id(&waiting));
    act(&shop, &waiting, "reopen", json!({"reason": "look again"}))
        .await
        .problem(409, "bank_entry_state");
    // A part is looked at again like any other entry.
    let part = entries(&shop, "&state=booked").await.remove(0);
    act(&shop, &part, "reopen", json!({"reason": "look again"}))
        .await
        .expect(200);
    assert_eq!(balance(&shop).await, "121.00");
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn whose_an_account_is_is_forgotten_where_it_was_a_slip() {
    let shop = Shop::open().await;
    take(&shop, &camt(true, "S1", &[told(500, "R1", "?")])).await;
    let entry = entries(&shop, "").await.remove(0);
    act(&shop, &entry, "book", json!({"account": "GOLD"})).await.expect(200);
    act(&shop, &entry, "reopen", json!({"reason": "a slip"}))
        .await
        .expect(200);
    take(&shop, &camt(true, "S2", &[told(700, "R2", "?")])).await;
    let next = entries(&shop, "&state=unknown").await;
    assert_eq!((next.len(), &next[0]["amount"]), (1, &json!("7.00")));
    shop.app.finish().await;
}

#[tokio::test]
async fn money_that_went_out_takes_back_the_payment_that_somebody_names() {
    let shop = Shop::open().await;
    let made = invoices(&shop, 1).await;
    take(&shop, &camt(true, "S1", &[told(12_100, "R1", number(&made[0]))])).await;
    assert_eq!(balance(&shop).await, "0.00");
    let payment = entries(&shop, "&state=booked").await[0]["payment_id"].clone();
    take(
        &shop,
        &camt(true, "S2", &[told(-12_100, "R2", "?"), told(-500, "R3", "fee")]),
    )
    .await;
    let outgoing = entries(&shop, "&state=outgoing").await;
    let of = |amount: &str| outgoing.iter().find(|entry| entry["amount"] == amount).unwrap();
    act(&shop, of("121.00"), "book", json!({}))
        .await
        .problem(409, "bank_entry_state");
    act(&shop, of("5.00"), "book", json!({"payment_id": payment}))
        .await
        .expect(422);
    let browser = shop.app.browse_staff("finance").await;
    let path = format!("/desk/bank/{}", id(of("121.00")));
    assert!(browser.page(&path).await.contains("Take a payment back"));
    let fields = [("do", "taken_back"), ("payment_id", payment.as_str().unwrap())];
    let posted = browser.post(&format!("{path}/book"), &fields).await;
    assert_eq!(posted.goes_to(), "/desk/bank");
    let back = entries(&shop, "&state=booked").await.remove(0);
    assert_eq!((&back["state"], &back["takes_back"]), (&json!("booked"), &payment));
    assert_eq!(balance(&shop).await, "121.00");
    let fee = of("5.00");
    act(&shop, fee, "ignore", json!({"reason": "a fee"})).await.expect(200);
    let again = act(&shop, fee, "reopen", json!({"reason": "a slip"})).await.expect(200);
    assert_eq!(again["state"], "outgoing");
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn whoever_follows_statements_hears_what_became_of_their_entries() {
    let shop = Shop::open().await;
    let made = invoices(&shop, 2).await;
    let sum = [told(24_200, "SUM", "?")];
    take(&shop, &camt(true, "S1", &[told(500, "R1", "?")])).await;
    take(&shop, &camt(true, "S2", &sum)).await;
    let mut mirror = Mirror::begin(&shop.finance, "/supplier/bank-statements", "id").await;
    let waiting = entries(&shop, "").await;
    let small = waiting.iter().find(|entry| entry["amount"] == "5.00").unwrap();
    act(&shop, small, "ignore", json!({"reason": "not ours"}))
        .await
        .expect(200);
    mirror.poll(&shop.finance).await;
    mirror.same(&shop.finance, &[]).await;
    let parts = in_parts(&camt(false, "N1", &sum), [number(&made[0]), number(&made[1])]);
    take(&shop, &parts).await;
    mirror.poll(&shop.finance).await;
    mirror.same(&shop.finance, &[]).await;
    let ignored: Vec<_> = mirror
        .rows
        .values()
        .map(|row| row["ignored"].as_i64().unwrap())
        .collect();
    assert_eq!((ignored.len(), ignored.iter().sum::<i64>()), (3, 2));
    shop.app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_changed_by_hand_is_found() {
    let shop = Shop::open().await;
    let made = invoices(&shop, 1).await;
    let file = [told(12_100, "R1", number(&made[0])), told(500, "R2", "?")];
    take(&shop, &camt(true, "1", &file)).await;
    const BOOKED: &str = "a booked entry has a payment of its amount and currency, took one back, or is a refund";
    const ONLY: &str = "only a booked entry is a payment";
    const TWO: &str = "no entry has two payments that count";
    const PARTS: &str = "a sum whose parts are told stays ignored";
    const BACK: &str = "money that the bank took back is not booked again";
    const MOVED: &str = "what a bank's account moved by is the sum of the entries";
    const CLOSES: &str = "a statement of a bank closes with what it opened with and what moved";
    for (statement, broken) in [
        (
            "UPDATE bank_entries SET currency = 'USD' WHERE state = 'booked'",
            vec![BOOKED],
        ),
        ("UPDATE bank_entries SET payment_id = NULL", vec![BOOKED, TWO]),
        (
            "UPDATE bank_entries SET state = 'booked' WHERE state = 'unknown' OR state = 'proposed'",
            vec![BOOKED],
        ),
        (
            "UPDATE bank_entries SET state = 'ignored' WHERE state = 'booked'",
            vec![ONLY],
        ),
        (
            "UPDATE bank_entry_payments SET entry_id = (SELECT MAX(id) FROM bank_entries)",
            vec![TWO],
        ),
        (
            "UPDATE bank_entries SET reasons = '[\"bank_entry_split\"]' WHERE state = 'booked'",
            vec![PARTS],
        ),
        (
            "UPDATE bank_entries SET takes_back_id = payment_id WHERE state = 'booked'",
            vec![BACK],
        ),
        ("UPDATE bank_statements SET own_minor = own_minor + 1", vec![MOVED]),
        (
            "UPDATE bank_statements SET closing_minor = closing_minor - 1",
            vec![CLOSES],
        ),
    ] {
        let found = outside_the_runtime(|| {
            shop.app.db().rehearse_now(move |tx| {
                assert!(sql(statement).run(tx)? > 0, "{statement} changed nothing");
                check::everything(tx)
            })
        });
        let mut found: Vec<_> = found.unwrap().iter().map(|breach| breach.check).collect();
        found.dedup();
        assert_eq!(found, broken, "{statement}");
    }
    shop.app.finish().await;
}
