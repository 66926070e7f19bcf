//! Changes that are refused, and lines that are called off in part.

use serde_json::{Value, json};

use super::changes::{by_staff, change, exposure, placed, set};
use super::{Shop, id, line, progress, reread};
use crate::client::{Client, unique};

#[tokio::test]
async fn only_the_version_that_was_seen_is_changed() {
    let shop = Shop::open().await;
    let order = placed(&shop.gold, &[line("RARE", "H87", "10")]).await;
    let path = format!("/orders/{}", id(&order));
    let seen = shop.gold.get(&path).await.header("etag").to_owned();
    let send = |body: Value, key: String| {
        let (client, path, seen) = (shop.gold.clone(), format!("{path}/changes"), seen.clone());
        async move {
            let headers = [
                ("idempotency-key", key.as_str()),
                ("if-match", seen.as_str()),
                ("content-type", "application/json"),
            ];
            client
                .send(reqwest::Method::POST, &path, &headers, Some(body.to_string()))
                .await
        }
    };
    send(json!({"note": "first"}), unique()).await.expect(201);
    send(json!({"note": "second"}), unique())
        .await
        .problem(412, "precondition_failed");
    let faults = change(
        &shop.gold,
        &order,
        json!({"lines": [
            {"order_line_id": "lin_0BGK1J3Z00004", "quantity": "1"},
            {"order_line_id": order["lines"][0]["id"]},
            {"sku": "RARE", "order_line_id": order["lines"][0]["id"], "quantity": "1"},
            {"sku": "RARE", "unit": "H87"},
        ]}),
    )
    .await
    .faults();
    assert_eq!(
        faults,
        [
            ("/lines/1/quantity".to_owned(), "value_invalid".to_owned()),
            ("/lines/2".to_owned(), "one_key_needed".to_owned()),
            ("/lines/3/quantity".to_owned(), "required".to_owned())
        ]
    );
    let faults = change(&shop.gold, &order, json!({"lines": [
        {"order_line_id": "lin_0BGK1J3Z00004", "quantity": "1"}, line("NOTHING", "H87", "1"), line("RARE", "BX12", "0.5"),
    ]}))
    .await
    .faults();
    assert_eq!(
        faults,
        [
            ("/lines/0/order_line_id".to_owned(), "unknown_line".to_owned()),
            ("/lines/1/sku".to_owned(), "unknown_sku".to_owned()),
            ("/lines/2/quantity".to_owned(), "quantity_not_whole".to_owned())
        ]
    );
    let faults = change(
        &shop.gold,
        &order,
        json!({"lines": [line("NOTHING", "H87", "1"), line("RARE", "BX12", "0.5")]}),
    )
    .await
    .faults();
    assert_eq!(
        faults,
        [
            ("/lines/0/sku".to_owned(), "unknown_sku".to_owned()),
            ("/lines/1/quantity".to_owned(), "quantity_not_whole".to_owned())
        ]
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn a_part_of_what_waits_is_called_off_and_what_is_reserved_is_taken() {
    let shop = Shop::open().await;
    let order = shop.accepted(&shop.gold, &[line("RARE", "H87", "110")]).await;
    assert_eq!(progress(&order, 0), ["50", "60", "0", "0"]);
    let end = |client: &Client, body: Value| {
        let (client, path) = (client.clone(), format!("/orders/{}/cancel-rest", id(&order)));
        async move { client.post(&path, body).await }
    };
    let part = json!({"lines": [{"order_line_id": order["lines"][0]["id"], "quantity": "40"}]});
    let less = end(&shop.gold, part).await.expect(200);
    assert_eq!(
        (progress(&less, 0), &less["lines"][0]["cancelled"]),
        (["50", "20", "0", "0"], &json!("40"))
    );
    assert_eq!(less["lines"][0]["promised_date"], Value::Null);
    let beyond = json!({"lines": [{"order_line_id": order["lines"][0]["id"], "quantity": "21"}], "what": "waiting"});
    end(&shop.gold, beyond).await.problem(409, "order_not_cancellable");
    let taken = end(&shop.gold, json!({"what": "waiting"})).await.expect(200);
    assert_eq!(
        (progress(&taken, 0), &taken["state"]),
        (["50", "0", "0", "0"], &json!("accepted"))
    );
    assert_ne!(taken["lines"][0]["promised_date"], Value::Null);
    // 50 rare parts are 605.00.
    assert_eq!(exposure(&shop.gold).await, "605.00");
    let waits = placed(&shop.silver, &[line("RARE", "H87", "5")]).await;
    let some = json!({"lines": [{"order_line_id": order["lines"][0]["id"], "quantity": "10"}]});
    end(&shop.gold, some).await.expect(200);
    assert_eq!(progress(&reread(&shop.silver, &waits).await, 0), ["5", "0", "0", "0"]);
    // What was called off of it stays so, whatever is changed.
    let body = json!({"lines": [set(&order, 0, "80")], "reason": "fewer still"});
    let done = by_staff(&shop, &order, body).await.expect(201);
    assert_eq!(
        (progress(&done["order"], 0), &done["order"]["lines"][0]["cancelled"]),
        (["10", "0", "0", "0"], &json!("70"))
    );
    let shipment = shop.ship(&order).await;
    assert_eq!(shop.invoice(&shipment).await["gross_total"], "121.00");
    assert_eq!(exposure(&shop.gold).await, "121.00");
    shop.app.finish().await;
}
