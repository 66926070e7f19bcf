//! Many at once, on one node and on two: no number twice, no gap, nothing shipped or paid twice.

use futures::future::join_all;
use futures::stream::{self, StreamExt};
use serde_json::{Value, json};

use super::{Shop, id, line, payment};
use crate::client::unique;

const CLIENTS: usize = 16;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invoices_issued_at_the_same_time_have_no_gap() {
    let shop = Shop::open().await;
    let other_node = shop.app.another_node().await;
    let elsewhere = shop.finance.at(&other_node.anonymous());
    let mut shipments = Vec::new();
    for _ in 0..60 {
        let order = shop.accepted(&shop.gold, &[line("BOLT", "H87", "1")]).await;
        shipments.push(shop.ship(&order).await);
    }
    // Each is asked for twice, under two keys: one of them comes too late.
    let asked = shipments.iter().chain(&shipments).enumerate().map(|(index, shipment)| {
        let client = if index % 2 == 0 { &shop.finance } else { &elsewhere };
        let body = json!({"shipment_id": id(shipment)});
        async move { client.post_with_key("/supplier/invoices", &unique(), body).await }
    });
    let answers: Vec<_> = stream::iter(asked).buffer_unordered(CLIENTS).collect().await;
    let (mut numbers, mut late) = (Vec::new(), 0);
    for answer in answers {
        match answer.status {
            201 => numbers.push(answer.json()["number"].as_str().unwrap().to_owned()),
            409 => late += 1,
            status => panic!("{status}: {}", answer.text),
        }
    }
    numbers.sort();
    let sequences: Vec<i64> = numbers
        .iter()
        .map(|number| number.split_once('-').unwrap().1.parse().unwrap())
        .collect();
    assert_eq!(sequences, (1..=60).collect::<Vec<_>>());
    assert_eq!(late, 60);
    shop.app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_line_leaves_once_however_many_ship_it() {
    let shop = Shop::open().await;
    let order = shop.accepted(&shop.gold, &[line("BOLT", "H87", "10")]).await;
    let lines = json!([{"order_line_id": order["lines"][0]["id"], "quantity": "3"}]);
    let body = json!({"order_id": id(&order), "lines": lines});
    let answers = join_all((0..8).map(|_| shop.try_ship(body.clone()))).await;
    let made = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(made, 3);
    assert!(answers.iter().all(|answer| matches!(answer.status, 201 | 422)));
    shop.app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn payments_at_the_same_time_never_settle_more_than_is_open() {
    let shop = Shop::open().await;
    for _ in 0..3 {
        let order = shop.accepted(&shop.gold, &[line("RARE", "H87", "10")]).await;
        let shipment = shop.ship(&order).await;
        shop.deliver(&shipment).await;
        shop.invoice(&shipment).await;
    }
    let pay = async |_| {
        let body = payment("GOLD", "50.00");
        shop.finance
            .post_with_key("/supplier/payments", &unique(), body)
            .await
            .expect(201)
    };
    let paid: Vec<Value> = join_all((0..8).map(pay)).await;
    let on_account: Vec<_> = paid.iter().filter(|payment| payment["on_account"] != "0.00").collect();
    assert_eq!(on_account.len(), 1);
    assert_eq!(on_account[0]["on_account"], "37.00");
    let account = shop.gold.get("/account").await.expect(200);
    assert_eq!(account["exposure"], "-37.00");
    let closed = shop.gold.get("/orders?state=closed").await.expect(200);
    assert_eq!(closed["data"].as_array().unwrap().len(), 3);
    shop.app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn receipts_holds_releases_and_shipments_at_the_same_time_keep_the_books() {
    let shop = Shop::open().await;
    let mut orders = Vec::new();
    for index in 0..12 {
        let buyer = if index % 3 == 0 { &shop.gold } else { &shop.silver };
        let lines = json!({"lines": [line("RARE", "H87", "9"), line("BOLT", "CT100", "1")]});
        let order = buyer.place_order(lines).await.expect(201);
        orders.push(shop.accept(&order).await);
    }
    let turn = async |index: usize| {
        let order = &orders[index % orders.len()];
        let path = |step: &str| format!("/supplier/orders/{}/{step}", id(order));
        let reason = json!({"reason": "looked at"});
        let answer = match index % 4 {
            0 => {
                let body = json!({"warehouse": "SOUTH", "lines": [{"sku": "RARE", "quantity": "3"}]});
                shop.warehouse
                    .post_with_key("/supplier/receipts", &unique(), body)
                    .await
            }
            1 => shop.service.post(&path("hold"), reason).await,
            2 => shop.service.post(&path("release"), reason).await,
            _ => shop.try_ship(json!({"order_id": id(order)})).await,
        };
        assert!(
            matches!(answer.status, 200 | 201 | 409),
            "{}: {}",
            answer.status,
            answer.text
        );
    };
    stream::iter(0..96)
        .map(turn)
        .buffer_unordered(CLIENTS)
        .collect::<Vec<()>>()
        .await;
    shop.app.finish().await;
}
