//! What goods weigh, how many pallets they take up, and what fills the last one.

use serde_json::{Value, json};

use super::{bar, lines};

fn wanted(lines: &[(&str, &str)]) -> Value {
    let lines: Vec<_> = lines
        .iter()
        .map(|(sku, quantity)| json!({"sku": sku, "quantity": quantity}))
        .collect();
    json!({ "lines": lines })
}

#[tokio::test]
async fn goods_share_pallets_and_the_last_one_is_filled_by_any_of_them() {
    let (_app, bar, _) = bar().await;
    let body = wanted(&[("COLA", "120"), ("ROPE", "36"), ("WATER", "6")]);
    let split = bar.post("/quantities/split", body).await.expect(200);
    // A quarter of 480 and half of 72; ten crates of 9.6 kg.
    assert_eq!(
        split["load"],
        json!({"gross_weight_kg": "96", "unweighed_lines": 2, "pallets": "0.75", "pallets_needed": 1,
            "pallet_room": "0.25", "unpalleted_lines": 1})
    );
    let fills: Vec<_> = split["fills"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fill| {
            (
                &fill["line"],
                &fill["sku"],
                &fill["missing"],
                &fill["base_quantity"],
                &fill["net"],
            )
        })
        .collect();
    assert_eq!(
        fills,
        [
            (
                &json!(0),
                &json!("COLA"),
                &json!("120"),
                &json!("240"),
                &json!("216.00")
            ),
            (&json!(1), &json!("ROPE"), &json!("18"), &json!("54"), &json!("108.00")),
        ]
    );
    assert_eq!(split["fills"][0]["parts"][0]["unit"], "CT");
    // At 1.00 a piece crates are cheaper.
    let loose = bar
        .post("/quantities/split", wanted(&[("COLA", "470")]))
        .await
        .expect(200);
    let pallet = &loose["fills"][0];
    assert_eq!(
        (&pallet["missing"], &pallet["parts"][0]["unit"]),
        (&json!("10"), &json!("PAL"))
    );
    assert_ne!(pallet["saves"], Value::Null);
}

#[tokio::test]
async fn full_pallets_need_nothing_and_articles_without_any_take_up_none() {
    let (_app, bar, _) = bar().await;
    let full = bar
        .post("/quantities/split", wanted(&[("COLA", "960")]))
        .await
        .expect(200);
    assert_eq!(
        (
            &full["load"]["pallets"],
            &full["load"]["pallets_needed"],
            &full["load"]["pallet_room"]
        ),
        (&json!("2"), &json!(2), &json!("0"))
    );
    assert_eq!(full["fills"], json!([]));
    let none = bar
        .post("/quantities/split", wanted(&[("WATER", "60")]))
        .await
        .expect(200);
    assert_eq!(
        (
            &none["load"]["pallets"],
            &none["load"]["pallets_needed"],
            &none["fills"]
        ),
        (&Value::Null, &Value::Null, &json!([]))
    );
}

#[tokio::test]
async fn a_pallet_of_the_accounts_own_counts_for_it_alone() {
    let (_app, bar, inn) = bar().await;
    for (client, pallets) in [(&bar, "0.5"), (&inn, "0.45")] {
        let split = client
            .post("/quantities/split", wanted(&[("ROPE", "36")]))
            .await
            .expect(200);
        assert_eq!(split["load"]["pallets"], pallets);
    }
}

#[tokio::test]
async fn a_preview_says_what_the_goods_weigh_and_an_order_leaves_it_out() {
    let (_app, bar, _) = bar().await;
    let mut order = lines("COLA", "CT", "10");
    order["po_number"] = json!("P-1");
    let preview = bar.post("/orders/preview", order.clone()).await.expect(200);
    assert_eq!(
        preview["load"],
        json!({"gross_weight_kg": "96", "unweighed_lines": 0, "pallets": "0.25", "pallets_needed": 1,
            "pallet_room": "0.75", "unpalleted_lines": 0})
    );
    let placed = bar.place_order(order).await.expect(201);
    assert_eq!(placed["load"], Value::Null);
}

#[tokio::test]
async fn a_split_takes_the_same_statements_for_any_number_of_lines() {
    let (app, bar, _) = bar().await;
    let statements = async |count: usize| {
        let body = wanted(&vec![("COLA", "130"); count]);
        let before = app.statements_before(&[&bar]).await;
        bar.post("/quantities/split", body).await.expect(200);
        app.db().statements() - before
    };
    assert_eq!(statements(2).await, statements(1_000).await);
    let too_many = bar.post("/quantities/split", wanted(&vec![("COLA", "1"); 1_001])).await;
    too_many.problem(422, "validation_failed");
}
