//! What is seen of claims and returns elsewhere: the account's list of returns, the bars of a label, the feed of changes, and what an
//! account bought in a month.

use portal::ids::{AccountId, ProductId};
use portal::orders;
use serde_json::{Value, json};

use super::{Shop, id, line, texts, today};
use crate::client::unique;
use crate::following::Mirror;

impl Shop {
    async fn returned(&self) -> Value {
        let shipment = self.shipped(&[line("RARE", "H87", "4")]).await;
        let body = json!({"shipment_id": id(&shipment), "lines": [{"position": 1, "quantity": "2"}]});
        self.service
            .post_with_key("/supplier/returns", &unique(), body)
            .await
            .expect(201)
    }
}

#[tokio::test]
async fn an_account_lists_its_returns_and_no_others() {
    let shop = Shop::open().await;
    let first = shop.returned().await;
    let second = shop.returned().await;
    let path = format!("/supplier/returns/{}/close", id(&first));
    shop.warehouse.post(&path, json!({})).await.expect(200);
    let numbers = [&first, &second].map(|one| one["number"].as_str().unwrap());
    let browser = shop.app.browse_as("GOLD", "buyer").await;
    let all = browser.page("/returns").await;
    assert!(numbers.iter().all(|number| all.contains(number)), "{all}");
    assert!(all.contains(&format!("/returns/{}", id(&second))), "{all}");
    let announced = browser.page("/returns?state=announced").await;
    assert!(
        announced.contains(numbers[1]) && !announced.contains(numbers[0]),
        "{announced}"
    );
    let found = browser.page(&format!("/returns?q={}", numbers[0])).await;
    assert!(found.contains(numbers[0]) && !found.contains(numbers[1]), "{found}");
    let file = browser.get("/returns/export.csv").await;
    assert_eq!(file.status, 200);
    assert!(numbers.iter().all(|number| file.html.contains(number)), "{}", file.html);
    // It is reached from the claims, and from each return.
    assert!(browser.page("/claims").await.contains("href=\"/returns\""));
    let one = browser.page(&format!("/returns/{}", id(&first))).await;
    assert!(one.contains("href=\"/returns\""), "{one}");
    let other = shop.app.browse_as("SILVER", "buyer").await;
    let none = other.page("/returns").await;
    assert!(!numbers.iter().any(|number| none.contains(number)), "{none}");
    shop.app.finish().await;
}

#[tokio::test]
async fn a_claim_and_its_shipment_are_noted_as_changed_by_an_invoice_made_later() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "4")]).await;
    let claim = shop
        .claim(
            &shipment,
            "damaged",
            "credit",
            json!([{"position": 1, "quantity": "1"}]),
        )
        .await;
    let mut claims = Mirror::begin(&shop.gold, "/claims", "id").await;
    let mut shipments = Mirror::begin(&shop.gold, "/shipments", "id").await;
    assert_eq!(claims.rows[id(&claim)]["invoice_number"], Value::Null);
    let invoice = shop.invoice(&shipment).await;
    claims.poll(&shop.gold).await;
    shipments.poll(&shop.gold).await;
    assert_eq!(claims.rows[id(&claim)]["invoice_number"], invoice["number"]);
    assert_eq!(shipments.rows[id(&shipment)]["invoice_id"], invoice["id"]);
    // The invoice that takes its place is noted, too.
    let body = json!({"reason": "A wrong number", "po_number": "PO-2"});
    let right = shop.try_correct(&invoice, body).await.expect(201);
    claims.poll(&shop.gold).await;
    shipments.poll(&shop.gold).await;
    let right = &right["invoice"];
    assert_eq!(claims.rows[id(&claim)]["invoice_number"], right["number"]);
    assert_eq!(shipments.rows[id(&shipment)]["invoice_id"], right["id"]);
    claims.same(&shop.gold, &[]).await;
    shop.app.finish().await;
}

#[tokio::test]
async fn what_comes_once_more_is_not_bought_once_more() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "4")]).await;
    let lines = json!([{"position": 1, "quantity": "3"}]);
    let claim = shop.claim(&shipment, "damaged", "replace", lines.clone()).await;
    shop.decide(&claim, lines).await.expect(200);
    shop.settle(&shop.service, &claim, json!({})).await.expect(200);
    let account: AccountId = shop.account_id("GOLD").await.parse().unwrap();
    let found = shop.gold.get("/products?q=RARE").await.expect(200);
    assert_eq!(texts(&found["data"], "sku"), ["RARE"]);
    let product: ProductId = id(&found["data"][0]).parse().unwrap();
    let today = today();
    let read = move |connection: &mut _| orders::purchases::list_months(connection, account, product, today);
    let months = shop.app.db().read(read).await.unwrap();
    let bought: i64 = months.iter().map(|(_, steps)| steps).sum();
    assert_eq!(bought, 4, "{months:?}");
    shop.app.finish().await;
}
