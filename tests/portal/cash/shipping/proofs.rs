//! Proof of delivery: who took it in, when, and what shows it.

use serde_json::{Value, json};

use super::super::claim_files::{png, send_to};
use super::{Shop, id, line, path_of};

async fn shipped(shop: &Shop) -> Value {
    let order = shop.accepted(&shop.gold, &[line("RARE", "H87", "4")]).await;
    shop.ship(&order).await
}

#[tokio::test]
async fn a_delivery_says_who_took_it_in_and_when() {
    let shop = Shop::open().await;
    let shipment = shipped(&shop).await;
    let deliver = format!("{}/deliver", path_of(&shipment));
    let faults = shop
        .warehouse
        .post(
            &deliver,
            json!({"received_by": "x".repeat(101), "delivered_at": "2020-01-01T00:00:00Z"}),
        )
        .await
        .faults();
    assert_eq!(
        faults,
        [
            ("/received_by".to_owned(), "value_too_long".to_owned()),
            ("/delivered_at".to_owned(), "value_invalid".to_owned())
        ]
    );
    let future = shop
        .warehouse
        .post(&deliver, json!({"delivered_at": "2999-01-01T00:00:00Z"}))
        .await;
    assert_eq!(
        future.faults(),
        [("/delivered_at".to_owned(), "value_invalid".to_owned())]
    );
    let shipped_at = shipment["shipped_at"].as_str().unwrap();
    let body = json!({"received_by": " Jan Jansen ", "delivered_at": shipped_at});
    let delivered = shop.warehouse.post(&deliver, body).await.expect(200);
    assert_eq!(
        (delivered["received_by"].as_str(), &delivered["delivered_at"]),
        (Some("Jan Jansen"), &shipment["shipped_at"])
    );
    let read = shop
        .gold
        .get(&format!("/shipments/{}", id(&shipment)))
        .await
        .expect(200);
    assert_eq!(read["received_by"], "Jan Jansen");
    shop.app.finish().await;
}

#[tokio::test]
async fn pictures_and_papers_are_taken_for_what_is_in_them_and_shown_to_the_account_alone() {
    let shop = Shop::open().await;
    let shipment = shipped(&shop).await;
    let path = format!("{}/proof", path_of(&shipment));
    let early = send_to(&shop.warehouse, &path, &[("a.png", png(8, 8))]).await;
    early.problem(409, "shipment_state");
    shop.deliver(&shipment).await;
    let picture = png(800, 600);
    let added = send_to(&shop.warehouse, &path, &[("../sign.html", picture.clone())])
        .await
        .expect(201);
    assert_eq!(
        (
            added["proofs"][0]["name"].as_str(),
            added["proofs"][0]["media_type"].as_str()
        ),
        (Some("sign.html.png"), Some("image/png"))
    );
    let own = format!("/delivery-proofs/{}", id(&added["proofs"][0]));
    let taken = shop.gold.get(&own).await;
    assert_eq!((taken.status, &taken.bytes), (200, &picture));
    assert!(taken.header("content-disposition").starts_with("attachment"));
    assert_eq!(taken.header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(shop.warehouse.get(&format!("/supplier{own}")).await.bytes, picture);
    shop.silver.get(&own).await.problem(404, "not_found");
    let bad = send_to(
        &shop.warehouse,
        &path,
        &[("a.png", b"<script>".to_vec()), ("b.png", Vec::new())],
    )
    .await;
    assert_eq!(
        bad.faults(),
        [
            ("/files/0".to_owned(), "file_refused".to_owned()),
            ("/files/1".to_owned(), "file_refused".to_owned())
        ]
    );
    let many: Vec<_> = (0..10).map(|_| ("a.png", png(8, 8))).collect();
    send_to(&shop.warehouse, &path, &many)
        .await
        .problem(409, "too_many_files");
    shop.app.finish().await;
}
