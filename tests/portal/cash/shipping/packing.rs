//! Packing: what is picked and has not left.

use reqwest::Method;
use serde_json::json;

use super::{Shop, id, item, line, packing_path, progress, reread, texts};
use crate::client::unique;

#[tokio::test]
async fn what_was_packed_leaves_with_its_packages() {
    let shop = Shop::numbering().await;
    let order = shop.accepted(&shop.gold, &[line("RARE", "H87", "10")]).await;
    let body = json!({"order_id": id(&order), "lines": [item(&order, 0, "6")], "carrier": "DHL"});
    let packing = shop.try_open(body).await.expect(201);
    assert_eq!(packing["state"], "open");
    // Nothing has left, and what is packed is reserved still.
    assert_eq!(progress(&reread(&shop.gold, &order).await, 0), ["10", "0", "0", "0"]);
    let path = packing_path(&packing);
    shop.pack(&path, json!({"kind": "CT", "items": [item(&order, 0, "5")]}))
        .await
        .expect(201);
    let leave = async |key: &str| {
        shop.warehouse
            .post_with_key(&format!("{path}/dispatch"), key, json!({}))
            .await
    };
    leave(&unique()).await.problem(409, "packing_incomplete");
    let full = shop
        .pack(&path, json!({"kind": "BX", "items": [item(&order, 0, "1")]}))
        .await
        .expect(201);
    let key = unique();
    let shipment = leave(&key).await.expect(201);
    assert_eq!(
        (texts(&shipment["lines"], "quantity"), shipment["carrier"].as_str()),
        (vec!["6"], Some("DHL"))
    );
    let again = leave(&key).await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(id(&again.expect(201)), id(&shipment));
    assert_eq!(progress(&reread(&shop.gold, &order).await, 0), ["4", "0", "6", "0"]);
    let packages = shop
        .gold
        .get(&format!("/shipments/{}/packages", id(&shipment)))
        .await
        .expect(200);
    assert_eq!(texts(&packages["packages"], "sscc"), texts(&full["packages"], "sscc"));
    let after = shop.warehouse.get(&path).await.expect(200);
    assert_eq!(
        (after["state"].as_str(), &after["shipment_id"]),
        (Some("dispatched"), &shipment["id"])
    );
    leave(&unique()).await.problem(409, "packing_state");
    shop.no_breach().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn no_piece_is_packed_twice() {
    let shop = Shop::numbering().await;
    let order = shop.accepted(&shop.gold, &[line("RARE", "H87", "10")]).await;
    let open = async |quantity: &str| {
        let body = json!({"order_id": id(&order), "lines": [item(&order, 0, quantity)]});
        shop.try_open(body).await
    };
    let first = open("6").await.expect(201);
    assert_eq!(
        open("5").await.faults(),
        [("/lines/0/quantity".to_owned(), "not_reserved".to_owned())]
    );
    open("4").await.expect(201);
    shop.try_open(json!({"order_id": id(&order)}))
        .await
        .problem(409, "being_packed");
    let at_once = shop.try_ship(json!({"order_id": id(&order)})).await;
    at_once.problem(409, "being_packed");
    let named = json!({"order_id": id(&order), "lines": [item(&order, 0, "1")]});
    assert_eq!(
        shop.try_ship(named).await.faults(),
        [("/lines/0/quantity".to_owned(), "not_reserved".to_owned())]
    );
    // What comes to nothing is free again for another shipment.
    let path = packing_path(&first);
    shop.pack(&path, json!({"kind": "CT", "items": [item(&order, 0, "6")]}))
        .await
        .expect(201);
    let cancelled = shop
        .warehouse
        .post(&format!("{path}/cancel"), json!({}))
        .await
        .expect(200);
    assert_eq!(cancelled["state"], "cancelled");
    let shipment = shop.ship(&order).await;
    assert_eq!(texts(&shipment["lines"], "quantity"), ["6"]);
    assert_eq!(
        shop.warehouse.get(&format!("{path}/packages")).await.expect(200)["packages"],
        json!([])
    );
    shop.no_breach().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn it_is_corrected_until_it_leaves() {
    let shop = Shop::numbering().await;
    let order = shop
        .accepted(&shop.gold, &[line("RARE", "H87", "10"), line("BOLT", "H87", "5")])
        .await;
    let packing = shop
        .try_open(json!({"order_id": id(&order), "carrier": "DHL"}))
        .await
        .expect(201);
    let path = packing_path(&packing);
    shop.pack(&path, json!({"kind": "CT", "items": [item(&order, 0, "3")]}))
        .await
        .expect(201);
    let etag = shop.warehouse.get(&path).await.header("etag").to_owned();
    let correct =
        async |etag: &str, body: serde_json::Value| shop.warehouse.change(Method::PATCH, &path, etag, Some(body)).await;
    let below = correct(&etag, json!({"lines": [item(&order, 0, "2")]})).await;
    assert_eq!(below.faults(), [("/lines".to_owned(), "not_in_shipment".to_owned())]);
    let beyond = correct(&etag, json!({"lines": [item(&order, 0, "11")]})).await;
    assert_eq!(
        beyond.faults(),
        [("/lines/0/quantity".to_owned(), "not_reserved".to_owned())]
    );
    let body = json!({"lines": [item(&order, 0, "4")], "carrier": null, "tracking_number": "X1"});
    let corrected = correct(&etag, body).await.expect(200);
    assert_eq!(texts(&corrected["lines"], "quantity"), ["4"]);
    assert_eq!(
        (&corrected["carrier"], corrected["tracking_number"].as_str()),
        (&json!(null), Some("X1"))
    );
    correct(&etag, json!({"carrier": "UPS"}))
        .await
        .problem(412, "precondition_failed");
    shop.no_breach().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn an_order_is_not_held_cancelled_or_shortened_while_it_is_packed() {
    let shop = Shop::numbering().await;
    let order = shop.accepted(&shop.gold, &[line("RARE", "H87", "60")]).await;
    let packing = shop.try_open(json!({"order_id": id(&order)})).await.expect(201);
    for (step, body) in [
        ("hold", json!({"reason": "The address looks wrong."})),
        ("cancel", json!({})),
        ("cancel-rest", json!({"reason": "No more of it comes."})),
    ] {
        let answer = shop
            .service
            .post(&format!("/supplier/orders/{}/{step}", id(&order)), body)
            .await;
        let problem = answer.problem(409, "being_packed");
        assert!(
            problem["detail"].as_str().unwrap().contains("comes to nothing"),
            "{step}: {problem}"
        );
    }
    let path = packing_path(&packing);
    shop.warehouse
        .post(&format!("{path}/cancel"), json!({}))
        .await
        .expect(200);
    shop.step(&order, "cancel", json!({})).await;
    assert_eq!(reread(&shop.gold, &order).await["state"], "cancelled");
    shop.no_breach().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn of_many_who_pack_and_cancel_at_once_each_piece_goes_one_way() {
    let shop = Shop::numbering().await;
    for _ in 0..5 {
        let order = shop.accepted(&shop.gold, &[line("BOLT", "H87", "9")]).await;
        let body = || json!({"order_id": id(&order), "lines": [item(&order, 0, "5")]});
        let path = format!("/supplier/orders/{}/cancel", id(&order));
        let (one, other, shipped, cancelled) = tokio::join!(
            shop.try_open(body()),
            shop.try_open(body()),
            shop.try_ship(body()),
            shop.service.post(&path, json!({}))
        );
        let taken = [&one, &other, &shipped]
            .into_iter()
            .filter(|answer| answer.status == 201)
            .count();
        match cancelled.status {
            200 => assert_eq!(taken, 0),
            409 => assert_eq!(taken, 1, "{} {} {}", one.text, other.text, shipped.text),
            _ => panic!("{}", cancelled.text),
        }
        shop.no_breach().await;
    }
    shop.app.finish().await;
}
