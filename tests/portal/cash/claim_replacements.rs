//! Goods that come once more: an order of their own, without charge.

use reqwest::Method;
use serde_json::{Value, json};

use super::credits::cents;
use super::{Shop, id, line, reread, texts};

#[tokio::test]
async fn goods_come_once_more_without_charge_through_the_ordinary_way() {
    let shop = Shop::open().await;
    let shipment = shop
        .shipped(&[line("BOLT", "CT100", "2"), line("CABLE", "MTR", "1.5")])
        .await;
    let claim = shop
        .claim(
            &shipment,
            "wrong_item",
            "replace",
            json!([{"position": 1, "quantity": "1"}, {"position": 2}]),
        )
        .await;
    let lines = json!([{"position": 1, "quantity": "1"}, {"position": 2, "quantity": "1.5"}]);
    shop.decide(&claim, lines).await.expect(200);
    shop.settle(&shop.finance, &claim, json!({}))
        .await
        .problem(403, "forbidden");
    let settled = shop.settle(&shop.service, &claim, json!({})).await.expect(200);
    let again = json!({"id": settled["replacement_order_id"]});
    let order = reread(&shop.gold, &again).await;
    assert_eq!(
        [&order["po_number"], &order["gross_total"], &order["state"]],
        [&claim["number"], &json!("0.00"), &json!("placed")]
    );
    assert_eq!(texts(&order["lines"], "quantity"), ["1", "1.5"]);
    assert_eq!(texts(&order["lines"], "reserved"), ["100", "1.5"]);
    shop.accept(&order).await;
    let sent = shop.ship(&order).await;
    shop.deliver(&sent).await;
    let invoice = shop.invoice(&sent).await;
    assert_eq!(invoice["gross_total"], "0.00");
    assert_eq!(reread(&shop.gold, &again).await["state"], "closed");
    shop.app.finish().await;
}

#[tokio::test]
async fn goods_whose_replacement_is_called_off_may_be_claimed_once_more() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("BOLT", "H87", "8")]).await;
    let all = json!([{"position": 1, "quantity": "8"}]);
    let claim = shop.claim(&shipment, "damaged", "replace", all.clone()).await;
    shop.decide(&claim, all.clone()).await.expect(200);
    let number = claim["number"].as_str().unwrap();
    let own = json!({"po_number": number, "lines": [line("BOLT", "H87", "1")]});
    shop.gold.place_order(own).await.expect(201);
    let settled = shop.settle(&shop.service, &claim, json!({})).await.expect(200);
    let again = json!({"id": settled["replacement_order_id"]});
    let order = reread(&shop.gold, &again).await;
    assert_eq!(order["po_number"], json!(format!("{number}-2")));
    let body =
        json!({"shipment_id": id(&shipment), "kind": "damaged", "wish": "credit", "text": "Once more.", "lines": all});
    assert_eq!(shop.try_claim(body.clone()).await.status, 422);
    let path = format!("/orders/{}/cancel", id(&again));
    shop.gold.post(&path, json!({})).await.expect(200);
    shop.try_claim(body).await.expect(201);
    shop.app.finish().await;
}

#[tokio::test]
async fn of_what_comes_no_more_only_what_is_in_stock_replaces_something() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "50")]).await;
    let two = json!([{"position": 1, "quantity": "2"}]);
    let claim = shop.claim(&shipment, "damaged", "replace", two.clone()).await;
    shop.decide(&claim, two).await.expect(200);
    let staff = shop.app.staff("catalogue").await;
    let found = staff.get("/supplier/products?q=RARE").await.expect(200);
    let path = format!("/supplier/products/{}", id(&found["data"][0]));
    let change = staff.change(Method::PATCH, &path, "*", Some(json!({"state": "phase_out"})));
    change.await.expect(200);
    let refused = shop.settle(&shop.service, &claim, json!({})).await;
    let refused = refused.problem(409, "claim_state");
    assert!(
        refused["detail"].as_str().unwrap().contains("only 0 H87 are left"),
        "{refused}"
    );
    shop.receive("RARE", "2").await;
    let settled = shop.settle(&shop.service, &claim, json!({})).await.expect(200);
    assert_eq!(settled["outcome"], "replace");
    shop.app.finish().await;
}

#[tokio::test]
async fn goods_that_came_once_more_are_not_credited_too() {
    let shop = Shop::open().await;
    let shipment = shop
        .shipped(&[line("BOLT", "H87", "8"), line("CABLE", "MTR", "1.5")])
        .await;
    let invoice = shop.invoice(&shipment).await;
    let three = json!([{"position": 1, "quantity": "3"}]);
    let claim = shop.claim(&shipment, "damaged", "replace", three.clone()).await;
    shop.decide(&claim, three).await.expect(200);
    let settled = shop.settle(&shop.service, &claim, json!({})).await.expect(200);
    let of = |lines: Value| json!({"invoice_id": id(&invoice), "reason": "damaged", "lines": lines});
    let six = of(json!([{"position": 1, "quantity": "6"}]));
    let refused = shop.try_credit(six.clone()).await.problem(422, "validation_failed");
    let detail = refused["errors"][0]["detail"].as_str().unwrap();
    assert!(
        detail.contains("3 of it were sent once more") && detail.contains("Up to 5"),
        "{detail}"
    );
    let mut rest = of(Value::Null);
    rest.as_object_mut().unwrap().remove("lines");
    let credit = shop.try_credit(rest).await.expect(201);
    assert_eq!(texts(&credit["lines"], "quantity"), ["5", "1.5"]);
    // What was to come once more is called off: the rest can be credited.
    let path = format!("/orders/{}/cancel", settled["replacement_order_id"].as_str().unwrap());
    shop.gold.post(&path, json!({})).await.expect(200);
    let last = shop
        .try_credit(of(json!([{"position": 1, "quantity": "3"}])))
        .await
        .expect(201);
    let nets = [&credit["net_total"], &last["net_total"]].map(cents);
    assert_eq!(nets.iter().sum::<i64>(), cents(&invoice["net_total"]));
    shop.app.finish().await;
}

#[tokio::test]
async fn goods_that_were_credited_do_not_come_once_more() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("BOLT", "H87", "8")]).await;
    let invoice = shop.invoice(&shipment).await;
    let all = json!([{"position": 1, "quantity": "8"}]);
    let claim = shop.claim(&shipment, "damaged", "replace", all.clone()).await;
    shop.decide(&claim, all.clone()).await.expect(200);
    shop.credit(&invoice, json!([{"position": 1, "quantity": "1"}])).await;
    let refused = shop.settle(&shop.service, &claim, json!({})).await;
    let refused = refused.problem(409, "claim_state");
    assert!(
        refused["detail"]
            .as_str()
            .unwrap()
            .contains("were credited or sent once more"),
        "{refused}"
    );
    let seven = json!([{"position": 1, "quantity": "7"}]);
    shop.decide(
        &claim,
        json!([{"position": 1, "quantity": "7", "reason": "One was credited."}]),
    )
    .await
    .expect(200);
    shop.settle(&shop.service, &claim, json!({})).await.expect(200);
    let body = json!({"shipment_id": id(&shipment), "kind": "damaged", "wish": "credit", "text": "Once more.", "lines": seven});
    shop.try_claim(body).await.problem(422, "validation_failed");
    shop.app.finish().await;
}
