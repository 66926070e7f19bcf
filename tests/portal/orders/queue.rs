//! Who is served first, and who may call an order off.

use futures::future::join_all;
use portal::ids::OrderId;
use reqwest::Method;
use serde_json::{Value, json};

use super::{cancel, line, order, reread, served, shop};
use crate::client::Client;

fn ten_rare(order_class: &str, requested_date: Option<&str>) -> Value {
    let mut wanted = order(&[line("RARE", "H87", "10")]);
    wanted["order_class"] = json!(order_class);
    wanted["requested_date"] = json!(requested_date);
    wanted
}

fn cancel_path(order: &Value) -> String {
    format!("/orders/{}/cancel", order["id"].as_str().unwrap())
}

#[tokio::test]
async fn what_is_called_off_serves_by_tier_class_date_and_time() {
    let app = shop().await;
    let gold = app.person("GOLD", "buyer").await;
    let silver = app.person("SILVER", "buyer").await;
    let bronze = app.person("TIGHT", "buyer").await;
    let mut holders = Vec::new();
    for _ in 0..5 {
        holders.push(silver.place_order(ten_rare("standard", None)).await.expect(201));
    }
    // Placed in this order; the number is the place in the queue.
    let wishes: [(usize, &Client, &str, Option<&str>); 8] = [
        (5, &silver, "standard", None),
        (6, &silver, "standard", None),
        (4, &silver, "standard", Some("2999-06-01")),
        (3, &silver, "standard", Some("2999-01-01")),
        (2, &silver, "priority", None),
        (1, &silver, "critical", None),
        (7, &bronze, "critical", Some("2999-01-01")),
        (0, &gold, "standard", None),
    ];
    let mut queue = Vec::new();
    for (place, buyer, order_class, date) in wishes {
        let waiting = buyer.place_order(ten_rare(order_class, date)).await.expect(201);
        assert_eq!(served(&waiting), ("0", "10"));
        queue.push((place, buyer, waiting));
    }
    queue.sort_by_key(|(place, _, _)| *place);
    for step in 1..=queue.len() {
        // Ten pieces become free: called off, and later counted.
        match holders.pop() {
            Some(holder) => {
                cancel(&silver, &holder).await;
            }
            None => {
                let on_hand = 50 + 10 * (step - 5);
                let stock = format!("warehouse,sku,on_hand\nNORTH,RARE,{on_hand}\n");
                app.import(&[("stock.csv", &stock)]).await;
            }
        }
        for (place, buyer, waiting) in &queue {
            let wanted = if *place < step { ("10", "0") } else { ("0", "10") };
            assert_eq!(
                served(&reread(buyer, waiting).await),
                wanted,
                "place {place} at step {step}"
            );
        }
    }
    app.finish().await;
}

#[tokio::test]
async fn calling_off_needs_no_body_and_keeps_a_reason() {
    let app = shop().await;
    let buyer = app.person("TIGHT", "buyer").await;
    let exposure = async || buyer.get("/account").await.expect(200)["exposure"].clone();
    for (body, reason) in [
        (None, Value::Null),
        (Some("{}"), Value::Null),
        (Some(r#"{"reason": "Too late"}"#), json!("Too late")),
    ] {
        let wanted = order(&[line("BOLT", "H87", "200")]);
        let placed = buyer.place_order(wanted).await.expect(201);
        assert_eq!(exposure().await, "121.00");
        let body = body.map(str::to_owned);
        let cancelled = buyer.send(Method::POST, &cancel_path(&placed), &[], body).await;
        let cancelled = cancelled.expect(200);
        assert_eq!(
            (&cancelled["state"], &cancelled["cancel_reason"]),
            (&json!("cancelled"), &reason)
        );
        assert_eq!(exposure().await, "0.00");
    }
    app.finish().await;
}

#[tokio::test]
async fn of_many_at_once_one_calls_the_order_off() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let placed = buyer.place_order(order(&[line("RARE", "H87", "50")])).await.expect(201);
    let path = cancel_path(&placed);
    let answers = join_all((0..10).map(|_| buyer.post(&path, json!({})))).await;
    let (done, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
    assert_eq!(done.len(), 1);
    for answer in refused {
        answer.problem(409, "order_not_cancellable");
    }
    app.finish().await;
}

#[tokio::test]
async fn calling_off_and_placing_in_opposite_line_order_never_collide() {
    let app = shop().await;
    let (gold, silver) = (app.person("GOLD", "buyer").await, app.person("SILVER", "buyer").await);
    let skus = ["RARE", "SCARCE", "BOLT"];
    let rounds = (0..30).map(|number| {
        let buyer = if number % 2 == 0 { gold.clone() } else { silver.clone() };
        let mut lines = skus.map(|sku| line(sku, "H87", "9"));
        lines.rotate_left(number % 3);
        if number % 4 < 2 {
            lines.reverse();
        }
        async move {
            let placed = buyer.place_order(order(&lines)).await.expect(201);
            cancel(&buyer, &placed).await;
        }
    });
    join_all(rounds).await;
    let staff = app.staff("warehouse").await;
    let stock = staff.get("/supplier/stock").await.expect(200);
    for row in stock["data"].as_array().unwrap() {
        assert_eq!(row["reserved"], "0", "{row}");
    }
    app.finish().await;
}

#[tokio::test]
async fn nobody_calls_off_what_is_not_theirs() {
    let app = shop().await;
    let (gold, silver) = (app.person("GOLD", "buyer").await, app.person("SILVER", "buyer").await);
    let viewer = app.person("GOLD", "viewer").await;
    let placed = gold.place_order(order(&[line("BOLT", "H87", "1")])).await.expect(201);
    let nowhere = json!({"id": OrderId::new().to_string()});
    for path in [cancel_path(&placed), cancel_path(&nowhere)] {
        silver.post(&path, json!({})).await.problem(404, "not_found");
    }
    let refused = viewer.post(&cancel_path(&placed), json!({})).await;
    refused.problem(403, "forbidden");
    assert_eq!(reread(&gold, &placed).await, placed);
}
