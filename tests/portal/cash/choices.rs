//! What buyers decide about what is not there: whether an order leaves in parts, and how long its rest waits.

use chrono::TimeDelta;
use portal::clock;
use serde_json::{Value, json};

use super::{Shop, id, line, progress, reread, today};

fn wanting(choices: Value, quantity: &str) -> Value {
    let mut order = json!({"lines": [line("RARE", "H87", quantity), line("BOLT", "H87", "10")]});
    for (name, value) in choices.as_object().unwrap() {
        order[name.as_str()] = value.clone();
    }
    order
}

#[tokio::test]
async fn an_order_that_is_delivered_complete_leaves_once_all_of_it_is_there() {
    let shop = Shop::open().await;
    let order = wanting(json!({"delivery": "complete"}), "60");
    let order = shop.gold.place_order(order).await.expect(201);
    assert_eq!(
        (&order["delivery"], &order["backorder"]),
        (&json!("complete"), &json!("wait"))
    );
    shop.accept(&order).await;
    // What leaves together has one day, and none while one of it has none.
    let days = |order: &Value| [0_usize, 1].map(|line| order["lines"][line]["promised_date"].clone());
    assert_eq!(days(&order), [Value::Null, Value::Null]);
    let early = shop.try_ship(json!({"order_id": id(&order)})).await;
    early.problem(409, "ships_complete");
    let picks = shop.warehouse.get("/supplier/pick-list").await.expect(200);
    assert_eq!(picks["data"], json!([]));
    shop.receive("RARE", "10").await;
    let picks = shop.warehouse.get("/supplier/pick-list").await.expect(200);
    assert_eq!(picks["data"].as_array().unwrap().len(), 2);
    let [rare, bolts] = days(&reread(&shop.gold, &order).await);
    assert!(!rare.is_null() && rare == bolts, "{rare} {bolts}");
    shop.ship(&order).await;
    assert_eq!(reread(&shop.gold, &order).await["state"], "shipped");
    shop.app.finish().await;
}

#[tokio::test]
async fn what_is_not_there_is_called_off_at_once_where_that_is_wanted() {
    let shop = Shop::open().await;
    let order = wanting(json!({"backorder": "cancel_rest"}), "60");
    let order = shop.gold.place_order(order).await.expect(201);
    assert_eq!(progress(&order, 0), ["50", "0", "0", "0"]);
    assert_eq!(order["lines"][0]["cancelled"], "10");
    assert_eq!(order["cancelled_total"], "121.00");
    // It is as it was placed.
    assert_eq!(order["revision"], 1);
    let events = shop.gold.get("/events?limit=100").await.expect(200);
    let kinds: Vec<_> = events["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["type"].as_str().unwrap())
        .collect();
    assert!(
        kinds.contains(&"order.placed") && kinds.contains(&"order.rest_cancelled"),
        "{kinds:?}"
    );

    // Nothing at all is there: then there is nothing to place.
    let nothing = json!({"backorder": "cancel_rest", "lines": [line("RARE", "H87", "1")]});
    let mut asked = nothing.clone();
    asked["po_number"] = json!("PREVIEWED");
    shop.gold
        .post("/orders/preview", asked)
        .await
        .problem(422, "nothing_available");
    shop.gold.place_order(nothing).await.problem(422, "nothing_available");
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn what_waits_after_its_last_day_is_called_off_once() {
    let shop = Shop::open().await;
    let until = |days: i64| json!({"cancel_after": today() + TimeDelta::days(days)});
    let partly = shop.gold.place_order(wanting(until(3), "60")).await.expect(201);
    let lines = json!([line("RARE", "H87", "5")]);
    let mut whole = until(3);
    whole["lines"] = lines;
    let whole = shop.silver.place_order(whole).await.expect(201);
    let step = async |days: i64| {
        let then = clock::now() + TimeDelta::days(days);
        portal::worker::ending::step(shop.app.db(), then).await.unwrap()
    };
    assert_eq!(step(2).await, 0);
    assert_eq!(step(5).await, 2);
    assert_eq!(step(5).await, 0);
    let partly = reread(&shop.gold, &partly).await;
    assert_eq!(progress(&partly, 0), ["50", "0", "0", "0"]);
    assert_eq!(
        (&partly["state"], &partly["lines"][0]["cancelled"], &partly["revision"]),
        (&json!("placed"), &json!("10"), &json!(2))
    );
    assert_eq!(reread(&shop.silver, &whole).await["state"], "cancelled");
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn a_day_that_is_over_or_means_nothing_is_refused() {
    let shop = Shop::open().await;
    let yesterday = today() - TimeDelta::days(1);
    for (choices, code) in [
        (json!({"cancel_after": yesterday}), "date_in_past"),
        (
            json!({"cancel_after": "2999-01-01", "backorder": "cancel_rest"}),
            "value_invalid",
        ),
    ] {
        let faults = shop.gold.place_order(wanting(choices, "1")).await.faults();
        assert_eq!(faults, [("/cancel_after".to_owned(), code.to_owned())]);
    }
    shop.app.finish().await;
}
