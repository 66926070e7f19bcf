//! A change of an order has a page of its own: found from the order, seen by its account alone, read with a reason and a decision.

use serde_json::json;

use super::changes::{change, placed, set};
use super::{Shop, id, line};

#[tokio::test]
async fn a_change_is_found_from_its_order_and_read_by_its_account() {
    let shop = Shop::open().await;
    let order = shop
        .accepted(&shop.gold, &[line("RARE", "H87", "20"), line("FOOD", "H87", "10")])
        .await;
    let body = json!({"lines": [set(&order, 0, "5")], "reason": "We planned too many."});
    let asked = change(&shop.gold, &order, body).await.expect(201);
    let path = format!("/order-changes/{}", id(&asked));
    let buyer = shop.app.browse_as("GOLD", "buyer").await;
    let of_order = buyer.page(&format!("/orders/{}", id(&order))).await;
    assert!(of_order.contains(&path), "{of_order}");
    let page = buyer.page(&path).await;
    for text in [
        order["number"].as_str().unwrap(),
        "We planned too many.",
        "asked for",
        "Rare part",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(page.contains(&format!("{path}/withdraw")), "{page}");
    // Who only reads sees it without a button, who is foreign does not see it.
    let viewer = shop.app.browse_as("GOLD", "viewer").await;
    assert!(!viewer.page(&path).await.contains("/withdraw"));
    let rival = shop.app.browse_as("SILVER", "buyer").await;
    assert_eq!(rival.get(&path).await.status, 404);
    let refuse = format!("/supplier{path}/refuse");
    shop.service
        .post(&refuse, json!({"reason": "It is packed."}))
        .await
        .expect(200);
    let decided = buyer.page(&path).await;
    assert!(
        decided.contains("It is packed.") && decided.contains("refused"),
        "{decided}"
    );
    assert!(!decided.contains("/withdraw"), "{decided}");
    let of_order = buyer.page(&format!("/orders/{}", id(&order))).await;
    assert!(of_order.contains(&path), "what became of it is still found: {of_order}");
    // The desk has its own.
    let desk = shop.app.browse_staff("customer_service").await;
    let seen = desk.page(&format!("/desk{path}")).await;
    assert!(seen.contains("It is packed."), "{seen}");
    shop.app.finish().await;
}

#[tokio::test]
async fn a_change_that_was_made_at_once_says_its_revision_and_what_it_came_to() {
    let shop = Shop::open().await;
    let order = placed(&shop.gold, &[line("RARE", "H87", "20")]).await;
    let made = change(&shop.gold, &order, json!({"lines": [set(&order, 0, "30")]}))
        .await
        .expect(201);
    let path = format!("/order-changes/{}", id(&made));
    let buyer = shop.app.browse_as("GOLD", "buyer").await;
    let page = buyer.page(&path).await;
    for text in ["Revision", "242.00", "363.00"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(!page.contains("/withdraw"), "{page}");
    let order = buyer.page(&format!("/orders/{}", id(&order))).await;
    assert!(order.contains(&path), "{order}");
    shop.app.finish().await;
}
