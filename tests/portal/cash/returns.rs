//! Returns: of what left and never more, arrived, inspected, and sold again where that is possible.

use serde_json::{Value, json};

use super::{Shop, id, line, progress, reread, texts};
use crate::client::{Answer, unique};

impl Shop {
    pub(super) async fn announce(&self, body: Value) -> Answer {
        self.service.post_with_key("/supplier/returns", &unique(), body).await
    }

    pub(super) async fn step_of_return(&self, returned: &Value, step: &str, body: Value) -> Answer {
        let path = format!("/supplier/returns/{}/{step}", id(returned));
        self.warehouse.post(&path, body).await
    }
}

#[tokio::test]
async fn what_comes_back_and_is_whole_serves_who_waits() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "50")]).await;
    let waiting = shop.accepted(&shop.silver, &[line("RARE", "H87", "3")]).await;
    assert_eq!(progress(&waiting, 0), ["0", "3", "0", "0"]);
    let claim = shop
        .claim(
            &shipment,
            "quality",
            "credit",
            json!([{"position": 1, "quantity": "10"}]),
        )
        .await;
    let early = shop.announce(json!({"claim_id": id(&claim)})).await;
    early.problem(409, "claim_state");
    let path = format!("/supplier/claims/{}/decide", id(&claim));
    let lines = json!({"lines": [{"position": 1, "quantity": "8", "reason": "Two were used."}]});
    shop.service.post(&path, lines).await.expect(200);
    let returned = shop
        .announce(json!({"claim_id": id(&claim), "note": "By our carrier."}))
        .await
        .expect(201);
    assert_eq!(
        (&returned["state"], &returned["claim_number"]),
        (&json!("announced"), &claim["number"])
    );
    assert_eq!(texts(&returned["lines"], "quantity"), ["8"]);
    let label = shop.gold.get(&format!("/returns/{}/pdf", id(&returned))).await;
    assert_eq!((label.status, label.header("content-type")), (200, "application/pdf"));
    assert_eq!(
        shop.silver.get(&format!("/returns/{}", id(&returned))).await.status,
        404
    );

    let found =
        json!({"warehouse": "NORTH", "lines": [{"position": 1, "to_stock": "5", "quarantine": "2", "scrap": "1"}]});
    shop.step_of_return(&returned, "inspect", found.clone())
        .await
        .problem(409, "return_state");
    shop.step_of_return(&returned, "receive", json!({})).await.expect(200);
    let more =
        json!({"warehouse": "NORTH", "lines": [{"position": 1, "to_stock": "5", "quarantine": "3", "scrap": "1"}]});
    let faults = shop.step_of_return(&returned, "inspect", more).await.faults();
    assert_eq!(
        faults,
        [("/lines/0/to_stock".to_owned(), "quantity_invalid".to_owned())]
    );
    let inspected = shop.step_of_return(&returned, "inspect", found).await.expect(200);
    assert_eq!(texts(&inspected["lines"], "quarantine"), ["2"]);
    assert_eq!(progress(&reread(&shop.silver, &waiting).await, 0), ["3", "0", "0", "0"]);
    let closed = shop.step_of_return(&returned, "close", json!({})).await.expect(200);
    assert_eq!(closed["state"], "closed");
    let timeline = format!("/orders/{}/timeline", claim["order_id"].as_str().unwrap());
    let timeline = shop.gold.get(&timeline).await.expect(200);
    assert!(texts(&timeline["data"], "type").contains(&"return.changed"));
    let mails = shop.app.mails().await;
    let number = returned["number"].as_str().unwrap();
    assert!(
        mails
            .iter()
            .any(|mail| mail.texts.subject.contains(number) && mail.texts.text.contains("By our carrier."))
    );
    let inspected = mails
        .iter()
        .find(|mail| mail.texts.subject.ends_with(&format!("{number} is inspected")))
        .expect("what was found is told");
    assert!(!inspected.texts.text.contains("By our carrier."), "it is told once");
    shop.app.finish().await;
}

#[tokio::test]
async fn no_more_comes_back_than_left_and_what_never_came_may_come_once_more() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "4")]).await;
    let body = |quantity: &str| json!({"shipment_id": id(&shipment), "lines": [{"position": 1, "quantity": quantity}]});
    assert_eq!(shop.announce(body("5")).await.status, 422);
    let tries = (0..4).map(|_| shop.announce(body("2")));
    let answers = futures::future::join_all(tries).await;
    let announced: Vec<_> = answers.into_iter().filter(|answer| answer.status == 201).collect();
    assert_eq!(announced.len(), 2, "2 times 2 of 4");
    assert_eq!(shop.announce(body("1")).await.status, 422);
    let first = announced[0].json();
    shop.app.mails().await;
    shop.step_of_return(&first, "close", json!({})).await.expect(200);
    let closed = format!("Return {} is closed", first["number"].as_str().unwrap());
    let mails = shop.app.mails().await;
    assert!(mails.iter().any(|mail| mail.texts.subject.ends_with(&closed)));
    let again = shop.announce(body("2")).await.expect(201);
    assert!(again["number"].as_str().unwrap().ends_with("-000003"));
    let both = json!({"shipment_id": id(&shipment), "claim_id": "nonsense"});
    assert_eq!(
        shop.announce(both).await.faults(),
        [("/shipment_id".to_owned(), "value_invalid".to_owned())]
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn no_more_of_a_claim_comes_back_than_is_accepted() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "10")]).await;
    let lines = json!([{"position": 1, "quantity": "4"}]);
    let claim = shop.claim(&shipment, "quality", "credit", lines.clone()).await;
    let path = format!("/supplier/claims/{}/decide", id(&claim));
    let decide = |quantity: &str| {
        let body = json!({"lines": [{"position": 1, "quantity": quantity, "reason": "The rest is whole."}]});
        shop.service.post(&path, body)
    };
    decide("4").await.expect(200);
    let part = |quantity: &str| json!({"claim_id": id(&claim), "lines": [{"position": 1, "quantity": quantity}]});
    assert_eq!(shop.announce(part("5")).await.status, 422);
    let first = shop.announce(part("3")).await.expect(201);
    assert_eq!(shop.announce(part("2")).await.status, 422);
    let below = decide("2").await.faults();
    assert_eq!(below, [("/lines/0/quantity".to_owned(), "quantity_invalid".to_owned())]);
    decide("3").await.expect(200);
    let of_claim = json!({"claim_id": id(&claim)});
    shop.announce(of_claim.clone()).await.problem(409, "claim_state");
    shop.step_of_return(&first, "close", json!({})).await.expect(200);
    let rest = shop.announce(of_claim).await.expect(201);
    assert_eq!(texts(&rest["lines"], "quantity"), ["3"]);
    shop.app.finish().await;
}

#[tokio::test]
async fn what_never_came_does_not_come_back() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "10")]).await;
    let lines = json!([{"position": 1, "quantity": "2"}]);
    let short = shop.claim(&shipment, "short", "credit", lines.clone()).await;
    let path = format!("/supplier/claims/{}/decide", id(&short));
    shop.service.post(&path, json!({ "lines": lines })).await.expect(200);
    let refused = shop.announce(json!({"claim_id": id(&short)})).await;
    refused.problem(409, "claim_state");
    shop.app.finish().await;
}

#[tokio::test]
async fn a_wrong_article_does_not_go_to_stock_as_the_one_that_was_ordered() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "10")]).await;
    let lines = json!([{"position": 1, "quantity": "2"}]);
    let claim = shop.claim(&shipment, "wrong_item", "credit", lines.clone()).await;
    let path = format!("/supplier/claims/{}/decide", id(&claim));
    shop.service.post(&path, json!({ "lines": lines })).await.expect(200);
    let returned = shop.announce(json!({"claim_id": id(&claim)})).await.expect(201);
    shop.step_of_return(&returned, "receive", json!({})).await.expect(200);
    let found = |to_stock: &str, quarantine: &str| {
        let line = json!({"position": 1, "to_stock": to_stock, "quarantine": quarantine});
        json!({"warehouse": "NORTH", "lines": [line]})
    };
    let refused = shop.step_of_return(&returned, "inspect", found("1", "1")).await;
    assert_eq!(
        refused.faults(),
        [("/lines/0/to_stock".to_owned(), "quantity_invalid".to_owned())]
    );
    let inspected = shop.step_of_return(&returned, "inspect", found("0", "2")).await;
    assert_eq!(inspected.expect(200)["state"], "inspected");
    shop.app.finish().await;
}
