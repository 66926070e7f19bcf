//! What tiers weigh in a fair share is chosen for an article or a category, kept with each decision, and by default as ever.

use portal::imports::Options;
use reqwest::Method;
use serde_json::{Value, json};

use super::quotas::manager;
use super::{Shop, line, progress, reread, texts};
use crate::client::{Answer, Client};

async fn share(manager: &Client, body: Value) -> Answer {
    manager
        .send(Method::PUT, "/supplier/allocation-modes", &[], Some(body.to_string()))
        .await
}

/// Gold and silver wait for sixty each.
async fn waiting(shop: &Shop) -> (Value, Value) {
    let place = async |buyer: &Client, quantity: &str| {
        let lines = json!({"lines": [line("RARE", "H87", quantity)]});
        buyer.place_order(lines).await.expect(201)
    };
    place(&shop.gold, "50").await;
    (place(&shop.gold, "60").await, place(&shop.silver, "60").await)
}

#[tokio::test]
async fn a_receipt_is_shared_by_the_weights_that_were_chosen_and_replays_so_for_ever() {
    let shop = Shop::open().await;
    let manager = manager(&shop.app).await;
    let (gold, silver) = waiting(&shop).await;
    let mut body = json!({"scope": "sku", "key": "RARE", "mode": "fair_share"});
    let plain = share(&manager, body.clone()).await.expect(200);
    assert_eq!(plain["weights"], "4:3:2:1");
    // Gold weighs 3, silver 2.
    shop.receive("RARE", "10").await;
    assert_eq!(progress(&reread(&shop.gold, &gold).await, 0)[0], "6");
    assert_eq!(progress(&reread(&shop.silver, &silver).await, 0)[0], "4");
    body["weights"] = json!("9:1:4:1");
    let chosen = share(&manager, body.clone()).await.expect(200);
    assert_eq!(chosen["weights"], "9:1:4:1");
    shop.receive("RARE", "10").await;
    assert_eq!(progress(&reread(&shop.gold, &gold).await, 0)[0], "8");
    assert_eq!(progress(&reread(&shop.silver, &silver).await, 0)[0], "12");
    // Each decision replays with the weights of its day, also where they are others now.
    body["weights"] = json!("1:1:1:1");
    share(&manager, body.clone()).await.expect(200);
    let decisions = shop.service.get("/supplier/allocations?sku=RARE").await.expect(200);
    for decision in decisions["data"].as_array().unwrap() {
        assert_eq!(decision["replayed_equal"], true, "{decision}");
    }
    for (weights, mode, pointer) in [
        ("4:3:2", "fair_share", "/weights"),
        ("0:1:1:1", "fair_share", "/weights"),
        ("4:3:2:1", "strict", "/weights"),
    ] {
        let wrong = json!({"scope": "sku", "key": "RARE", "mode": mode, "weights": weights});
        let faults = share(&manager, wrong).await.faults();
        assert_eq!(
            faults,
            [(pointer.to_owned(), "value_invalid".to_owned())],
            "{weights} {mode}"
        );
    }
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn weights_come_with_a_file_and_a_file_without_them_keeps_them() {
    let shop = Shop::open().await;
    let read = async || {
        let list = shop.service.get("/supplier/allocation-modes").await.expect(200);
        texts(&list["data"], "weights")
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let file = "scope,key,mode,weights\nsku,RARE,fair_share,10:5:5:1\n";
    shop.app.import(&[("allocation_modes.csv", file)]).await;
    assert_eq!(read().await, ["10:5:5:1"]);
    let without = "scope,key,mode\nsku,RARE,fair_share\n";
    shop.app.import(&[("allocation_modes.csv", without)]).await;
    assert_eq!(read().await, ["10:5:5:1"]);
    let wrong = "scope,key,mode,weights\nsku,RARE,fair_share,heavy\nsku,BOLT,strict,4:3:2:1\n";
    let report = shop
        .app
        .try_import(&[("allocation_modes.csv", wrong)], Options::default())
        .await;
    let faults: Vec<_> = report
        .faults
        .iter()
        .map(|fault| format!("{} {} {}", fault.row, fault.column, fault.code.name()))
        .collect();
    assert_eq!(faults, ["2 weights value_invalid", "3 weights value_invalid"]);
    assert_eq!(read().await, ["10:5:5:1"]);
    shop.app.finish().await;
}
