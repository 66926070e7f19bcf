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
    for (statement, promise) in [
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
    ] {
        let changed = || {
            shop.app.db().rehearse_now(move |tx| {
                assert!(sql(statement).run(tx)? > 0, "{statement} changed nothing");
                check::everything(tx)
            })
        };
        let breaches = outside_the_runtime(changed).unwrap();
        let found = breaches.iter().any(|breach| breach.check == promise);
        assert!(found, "{statement}: {breaches:?}");
    }
}
