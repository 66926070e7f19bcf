//! What is expected comes: as expected, in parts, too much, too early, or under no reference; and what is refused.

use portal::clock;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Shop, day, path_of, place, reread};
use crate::client::unique;

#[tokio::test]
async fn a_receipt_takes_from_what_is_expected_and_changes_no_promise_to_others() {
    let shop = Shop::open().await;
    let expected = shop.expect("PO-1", "SPARE", "50", 0).await;
    let gold = place(&shop.gold, "SPARE", "H87", "30").await;
    let silver = place(&shop.silver, "SPARE", "H87", "20").await;
    let receipt = shop.receive("SPARE", "30", Some("po-1")).await.expect(201);
    assert_eq!(receipt["served"].as_array().unwrap().len(), 1);
    let now = shop.warehouse.get(&path_of(&expected)).await.expect(200);
    assert_eq!((&now["received"], &now["outstanding"]), (&json!("30"), &json!("20")));
    assert_eq!(now["state"], "open");
    assert_eq!(reread(&shop.gold, &gold).await["lines"][0]["reserved"], "30");
    let waiting = reread(&shop.silver, &silver).await;
    assert_eq!(waiting["lines"][0]["promised_date"], json!(day(0)));
    assert_eq!(shop.told(&shop.gold).await.len(), 1);
    assert_eq!(shop.told(&shop.silver).await.len(), 0);
    // More than was expected comes.
    shop.receive("SPARE", "25", Some("PO-1")).await.expect(201);
    let now = shop.warehouse.get(&path_of(&expected)).await.expect(200);
    assert_eq!((&now["received"], &now["outstanding"]), (&json!("55"), &json!("0")));
    assert_eq!(now["state"], "received");
    assert_eq!(reread(&shop.silver, &silver).await["lines"][0]["reserved"], "20");
    shop.app.finish().await;
}

#[tokio::test]
async fn a_receipt_without_a_reference_leaves_what_is_expected() {
    let shop = Shop::open().await;
    let expected = shop.expect("PO-1", "SPARE", "50", 10).await;
    let order = place(&shop.silver, "SPARE", "H87", "60").await;
    shop.receive("SPARE", "20", None).await.expect(201);
    let now = shop.warehouse.get(&path_of(&expected)).await.expect(200);
    assert_eq!(now["received"], "0");
    let line = &reread(&shop.silver, &order).await["lines"][0];
    assert_eq!(
        (&line["reserved"], &line["promised_date"]),
        (&json!("20"), &json!(day(10)))
    );
    let told = shop.told(&shop.silver).await;
    assert_eq!(told.len(), 1);
    let line = &told[0]["data"]["lines"][0];
    assert_eq!((&line["was"], &line["promised_date"]), (&Value::Null, &json!(day(10))));
    shop.app.finish().await;
}

#[tokio::test]
async fn a_receipt_under_a_reference_that_is_not_expected_is_refused_whole() {
    let shop = Shop::open().await;
    shop.expect("PO-1", "SPARE", "50", 10).await;
    let lines = json!([{"sku": "SPARE", "quantity": "5", "reference": "PO-1"}, {"sku": "PART", "quantity": "5", "reference": "PO-1"}]);
    let body = json!({"warehouse": "NORTH", "lines": lines});
    let answer = shop
        .warehouse
        .post_with_key("/supplier/receipts", &unique(), body)
        .await;
    let faults = answer.faults();
    assert_eq!(
        faults,
        [("/lines/1/reference".to_owned(), "unknown_expected_receipt".to_owned())]
    );
    let answer = shop.receive("SPARE", "5", Some("PO-1")).await;
    answer.expect(201);
    shop.app.finish().await;
}

#[tokio::test]
async fn what_is_expected_is_checked_and_kept_once() {
    let shop = Shop::open().await;
    let good = json!({"reference": "PO-1", "warehouse": "NORTH", "sku": "SPARE", "quantity": "5", "expected_on": day(3), "supplier": "Works", "confirmed": false});
    let added = shop
        .warehouse
        .post("/supplier/expected-receipts", good.clone())
        .await
        .expect(201);
    assert_eq!(
        (&added["supplier"], &added["confirmed"]),
        (&json!("Works"), &json!(false))
    );
    let add = async |change: Value| {
        let mut body = good.clone();
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        shop.warehouse.post("/supplier/expected-receipts", body).await.faults()
    };
    let fault = |place: &str, code: &str| vec![(place.to_owned(), code.to_owned())];
    assert_eq!(add(json!({})).await, fault("/reference", "duplicate_key"));
    assert_eq!(
        add(json!({"reference": "po-1"})).await,
        fault("/reference", "duplicate_key")
    );
    assert_eq!(
        add(json!({"reference": "PO-2", "quantity": "0"})).await,
        fault("/quantity", "quantity_invalid")
    );
    assert_eq!(
        add(json!({"reference": "PO-2", "quantity": "1.5"})).await,
        fault("/quantity", "bad_number")
    );
    assert_eq!(
        add(json!({"reference": "PO-2", "sku": "NONE"})).await,
        fault("/sku", "unknown_sku")
    );
    assert_eq!(
        add(json!({"reference": "PO-2", "warehouse": "WEST"})).await,
        fault("/warehouse", "unknown_warehouse")
    );
    assert_eq!(
        add(json!({"reference": "PO-2", "expected_on": "2026-13-01"})).await,
        fault("/expected_on", "bad_date")
    );
    assert_eq!(
        add(json!({"reference": "PO-2", "expected_on": "2099-01-01"})).await,
        fault("/expected_on", "value_invalid")
    );
    shop.receive("SPARE", "3", Some("PO-1")).await.expect(201);
    let answer = shop.change(&added, json!({"quantity": "2"})).await;
    assert_eq!(answer.faults(), fault("/quantity", "below_received"));
    let stale = shop
        .warehouse
        .change(Method::PATCH, &path_of(&added), "\"1\"", Some(json!({"quantity": "9"})))
        .await;
    stale.problem(412, "precondition_failed");
    shop.close(&added).await;
    let closed = shop.warehouse.get(&path_of(&added)).await.expect(200);
    assert_eq!(
        (&closed["state"], &closed["outstanding"]),
        (&json!("closed"), &json!("0"))
    );
    shop.change(&added, json!({"quantity": "9"}))
        .await
        .problem(409, "expected_receipt_closed");
    shop.app.finish().await;
}

#[tokio::test]
async fn whoever_follows_what_is_expected_hears_of_every_change() {
    let shop = Shop::open().await;
    let since = clock::rfc3339(clock::now());
    let expected = shop.expect("PO-1", "SPARE", "50", 10).await;
    let path = format!("/supplier/expected-receipts?updated_since={since}");
    let list = shop.warehouse.get(&path).await.expect(200);
    assert_eq!(list["data"][0]["id"], expected["id"]);
    shop.close(&expected).await;
    let list = shop.warehouse.get(&path).await.expect(200);
    assert_eq!(list["removed"][0]["id"], expected["id"]);
    shop.app.finish().await;
}
