//! What an account claims is disputed: nobody is reminded of it and no order is held for it until the claim is over.

use portal::clock;
use serde_json::{Value, json};

use super::reminders::account;
use super::{Shop, id, line};

#[tokio::test]
async fn what_is_claimed_is_not_asked_for_until_the_claim_is_over() {
    let shop = Shop::open().await;
    shop.policy(json!({"hold_days": 10})).await;
    shop.app.staff("admin").await;
    // Claimed before it was billed: the claim names no invoice, and is about it all the same.
    let shipment = shop.shipped(&[line("EXEMPT", "H87", "1")]).await;
    let all = json!([{"position": 1}]);
    let claim = shop.claim(&shipment, "damaged", "credit", all.clone()).await;
    assert_eq!(claim["invoice_id"], Value::Null);
    let invoice = shop.invoice(&shipment).await;
    shop.due(&invoice, 30).await;
    let run = shop.propose().await;
    let gold = account(&run, "GOLD");
    assert_eq!(
        (&gold["excluded"], &gold["items"][0]["excluded"]),
        (&json!("disputed"), &json!("disputed"))
    );
    assert_eq!(gold["items"][0]["note"], claim["number"]);
    assert_eq!(shop.hold_step(clock::now()).await, 0);

    // What staff say stands beside the claim, and ends by itself.
    let (path, why) = (
        format!("/supplier/invoices/{}", id(&invoice)),
        json!({"reason": "by phone"}),
    );
    let undispute = async || shop.finance.post(&format!("{path}/undispute"), why.clone()).await;
    undispute().await.problem(409, "dispute_state");
    let both = shop
        .finance
        .post(&format!("{path}/dispute"), why.clone())
        .await
        .expect(200);
    assert_eq!(
        (&both["reason"], &both["claim_number"]),
        (&json!("by phone"), &claim["number"])
    );
    let note = format!("by phone ({})", claim["number"].as_str().unwrap());
    assert_eq!(account(&shop.propose().await, "GOLD")["items"][0]["note"], note);
    let claimed = undispute().await.expect(200);
    assert_eq!((&claimed["disputed"], &claimed["reason"]), (&json!(true), &Value::Null));

    let withdraw = format!("/claims/{}/withdraw", id(&claim));
    shop.gold.post(&withdraw, json!({})).await.expect(200);
    let run = shop.propose().await;
    assert_eq!(account(&run, "GOLD")["level"], 1);
    assert_eq!(shop.hold_step(clock::now()).await, 1);

    // Claimed between proposal and release.
    let claim = shop.claim(&shipment, "damaged", "credit", all).await;
    let released = shop.try_release_run(&run).await.expect(200);
    assert_eq!(account(&released, "GOLD")["excluded"], "disputed");
    assert!(shop.sent().await.is_empty());
    let path = format!("/supplier/claims/{}", id(&claim));
    let accepted = json!({"lines": [{"position": 1, "quantity": "1"}]});
    shop.service.post(&format!("{path}/decide"), accepted).await.expect(200);
    assert_eq!(account(&shop.propose().await, "GOLD")["excluded"], "disputed");
    shop.finance
        .post(&format!("{path}/settle"), json!({}))
        .await
        .expect(200);
    assert_eq!(account(&shop.propose().await, "GOLD"), &Value::Null, "it is credited");
    shop.app.finish().await;
}
