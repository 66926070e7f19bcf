//! `portal check` finds what of claims and returns was changed by hand.

use portal::cli::check;
use portal::db::sql;
use serde_json::{Value, json};

use super::{Shop, id, line};
use crate::app::outside_the_runtime;
use crate::client::unique;

#[tokio::test]
async fn a_claim_or_a_return_changed_by_hand_is_found() {
    let shop = Shop::open().await;
    let shipment = shop
        .shipped(&[line("RARE", "H87", "4"), line("BOLT", "H87", "8")])
        .await;
    shop.claim(&shipment, "short", "credit", json!([{"position": 1}])).await;
    let claim = shop
        .claim(&shipment, "quality", "credit", json!([{"position": 2}]))
        .await;
    let post = async |path: String, body: Value| shop.service.post(&path, body).await.expect(200);
    let lines = json!({"lines": [{"position": 2, "quantity": "8"}]});
    post(format!("/supplier/claims/{}/decide", id(&claim)), lines).await;
    let body = json!({"claim_id": id(&claim)});
    let announced = shop.service.post_with_key("/supplier/returns", &unique(), body).await;
    let returned = announced.expect(201);
    let found = json!({"warehouse": "NORTH", "lines": [{"position": 2, "to_stock": "5", "scrap": "3"}]});
    for (step, body) in [("receive", json!({})), ("inspect", found)] {
        let path = format!("/supplier/returns/{}/{step}", id(&returned));
        shop.warehouse.post(&path, body).await.expect(200);
    }
    shop.app.finish().await;
    every_change_is_found(&shop, CHANGES);
}

#[tokio::test]
async fn a_credit_of_a_claim_or_a_return_that_says_something_else_is_found() {
    let shop = Shop::open().await;
    let shipment = shop
        .shipped(&[line("RARE", "H87", "4"), line("BOLT", "H87", "8")])
        .await;
    shop.invoice(&shipment).await;
    let lines = json!([{"position": 1, "quantity": "1"}, {"position": 2, "quantity": "5"}]);
    let claim = shop.claim(&shipment, "damaged", "credit", lines).await;
    let decided = json!([
        {"position": 1, "quantity": "1", "net": "2.50", "reason": "Scratched."}, {"position": 2, "quantity": "5"},
    ]);
    shop.decide(&claim, decided).await.expect(200);
    shop.settle(&shop.finance, &claim, json!({})).await.expect(200);
    let returned = shop.came_back(("shipment_id", &shipment), "2", "2").await;
    let all = json!({"lines": [{"position": 1, "quantity": "2"}]});
    shop.credit_return(&returned, all).await.expect(201);
    shop.app.finish().await;
    every_change_is_found(&shop, CHANGES_OF_CREDIT);
}

/// A statement, and the promise that it breaks.
type Change = (&'static str, &'static str);

const CHANGES_OF_CREDIT: &[Change] = &[
    (
        "UPDATE claim_lines SET accepted_net_minor = accepted_net_minor - 1 WHERE accepted_net_minor IS NOT NULL",
        "a claim is credited as it was decided",
    ),
    (
        "UPDATE claim_lines SET accepted = accepted - 1 WHERE accepted_net_minor IS NULL",
        "a claim is credited as it was decided",
    ),
    (
        "UPDATE claim_lines SET accepted = 0, accepted_base = 0 WHERE position = 2",
        "of a claim nothing is credited that was not decided",
    ),
    (
        "UPDATE shipment_lines SET quantity = 4 WHERE position = 2",
        "goods are made good once",
    ),
    (
        "UPDATE returns SET inspected_at = NULL",
        "a credit note of a return is of what came back",
    ),
    (
        "UPDATE return_lines SET to_stock = to_stock - 1",
        "no more is credited of a return than was found",
    ),
];

const CHANGES: &[Change] = &[
    (
        "UPDATE claim_lines SET base_quantity = base_quantity + 1 WHERE accepted IS NULL",
        "no more is claimed than left",
    ),
    (
        "UPDATE claim_lines SET accepted_base = accepted_base + 1 WHERE accepted IS NOT NULL",
        "no more is accepted than is claimed",
    ),
    (
        "UPDATE claims SET state = 'settled' WHERE state = 'accepted'",
        "a claim is as far as what became of it",
    ),
    ("UPDATE claim_numbers SET last = last + 1", "claim numbers have no gap"),
    (
        "UPDATE return_lines SET scrap = scrap + 1",
        "no more is found than was announced",
    ),
    (
        "UPDATE return_lines SET scrap = scrap + 1",
        "no more comes back than left",
    ),
    (
        "UPDATE return_lines SET scrap = scrap + 1",
        "no more comes back of a claim than is accepted",
    ),
    (
        "UPDATE return_lines SET scrap = scrap + 1, to_stock = to_stock - 1",
        "what of a return is sold again was received",
    ),
    (
        "UPDATE return_numbers SET last = last + 1",
        "return numbers have no gap",
    ),
];

/// Each is undone again.
fn every_change_is_found(shop: &Shop, changes: &'static [Change]) {
    for (statement, promise) in changes {
        let changed = || {
            shop.app.db().rehearse_now(move |tx| {
                assert!(sql(statement).run(tx)? > 0, "{statement} changed nothing");
                check::everything(tx)
            })
        };
        let breaches = outside_the_runtime(changed).unwrap();
        let found = breaches.iter().any(|breach| breach.check == *promise);
        assert!(found, "{statement}: {breaches:?}");
    }
}
