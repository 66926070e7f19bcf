//! What came back and was made good otherwise, in part, or at the same time: nothing of it is credited twice by itself.

use futures::future::join_all;
use portal::db::{Connection, sql};
use serde_json::json;

use super::{Shop, id, line, texts};
use crate::client::unique;

#[tokio::test]
async fn goods_that_a_claim_made_good_are_credited_only_where_somebody_says_how_much() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "10")]).await;
    shop.invoice(&shipment).await;
    let lines = json!([{"position": 1, "quantity": "4"}]);
    let claim = shop.claim(&shipment, "damaged", "credit", lines.clone()).await;
    shop.decide(&claim, lines).await.expect(200);
    shop.settle(&shop.finance, &claim, json!({})).await.expect(200);
    // They come back, but nobody names the claim.
    let returned = shop.came_back(("shipment_id", &shipment), "4", "4").await;
    let refused = shop.credit_return(&returned, json!({})).await;
    let refused = refused.problem(409, "nothing_to_credit");
    let detail = refused["detail"].as_str().unwrap();
    assert!(detail.contains("made good already"), "{detail}");
    let all = json!({"lines": [{"position": 1}]});
    let faults = shop.credit_return(&returned, all).await.faults();
    assert_eq!(
        faults,
        [("/lines/0/quantity".to_owned(), "nothing_to_credit".to_owned())]
    );
    let finance = shop.app.browse_staff("finance").await;
    let own = format!("/desk/returns/{}", id(&returned));
    let form = format!("{own}/credit");
    assert!(!finance.page(&own).await.contains(&form), "it is offered");
    let page = finance.page(&form).await;
    assert!(
        page.contains("name=\"quantity-1\"") && !page.contains("value=\"4\""),
        "{page}"
    );
    // Others came back than those.
    let named = json!({"lines": [{"position": 1, "quantity": "4"}]});
    let credit = shop.credit_return(&returned, named).await.expect(201);
    assert_eq!(texts(&credit["lines"], "quantity"), ["4"]);
    shop.app.finish().await;
}

#[tokio::test]
async fn goods_that_were_credited_by_hand_are_not_credited_once_more_by_themselves() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "10")]).await;
    let invoice = shop.invoice(&shipment).await;
    let returned = shop.came_back(("shipment_id", &shipment), "3", "3").await;
    let lines = json!([{"position": 1, "quantity": "3"}]);
    let by_hand = json!({"invoice_id": id(&invoice), "reason": "returned", "lines": lines});
    shop.try_credit(by_hand).await.expect(201);
    let refused = shop.credit_return(&returned, json!({})).await;
    refused.problem(409, "nothing_to_credit");
    let next = shop.came_back(("shipment_id", &shipment), "2", "2").await;
    let credit = shop.credit_return(&next, json!({})).await.expect(201);
    assert_eq!(texts(&credit["lines"], "quantity"), ["2"]);
    shop.app.finish().await;
}

#[tokio::test]
async fn what_never_came_and_what_a_claim_has_yet_to_make_good_are_left_aside() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "10")]).await;
    shop.invoice(&shipment).await;
    let lines = json!([{"position": 1, "quantity": "2"}]);
    let claim = shop.claim(&shipment, "short", "credit", lines.clone()).await;
    shop.decide(&claim, lines).await.expect(200);
    shop.settle(&shop.finance, &claim, json!({})).await.expect(200);
    let returned = shop.came_back(("shipment_id", &shipment), "8", "8").await;
    let credit = shop.credit_return(&returned, json!({})).await.expect(201);
    assert_eq!(texts(&credit["lines"], "quantity"), ["8"]);

    let shipment = shop.shipped(&[line("RARE", "H87", "10")]).await;
    let invoice = shop.invoice(&shipment).await;
    let lines = json!([{"position": 1, "quantity": "4"}]);
    let claim = shop.claim(&shipment, "quality", "credit", lines.clone()).await;
    shop.decide(&claim, lines).await.expect(200);
    shop.came_back(("claim_id", &claim), "4", "4").await;
    shop.credit(&invoice, json!([{"position": 1, "quantity": "3"}])).await;
    let returned = shop.came_back(("shipment_id", &shipment), "3", "3").await;
    let refused = shop.credit_return(&returned, json!({})).await;
    refused.problem(409, "nothing_to_credit");
    shop.settle(&shop.finance, &claim, json!({})).await.expect(200);
    shop.app.finish().await;
}

#[tokio::test]
async fn of_a_pack_that_came_back_in_part_an_amount_is_credited() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "BX12", "3")]).await;
    shop.invoice(&shipment).await;
    let returned = shop.came_back(("shipment_id", &shipment), "1", "5").await;
    let refused = shop.credit_return(&returned, json!({})).await;
    let refused = refused.problem(409, "return_state");
    assert!(refused["detail"].as_str().unwrap().contains("whole units"), "{refused}");
    let all = json!({"lines": [{"position": 1}]});
    let faults = shop.credit_return(&returned, all).await.faults();
    assert_eq!(
        faults,
        [("/lines/0/quantity".to_owned(), "quantity_not_whole".to_owned())]
    );
    let finance = shop.app.browse_staff("finance").await;
    let page = finance.page(&format!("/desk/returns/{}", id(&returned))).await;
    assert!(page.contains("whole units"), "{page}");

    let more = shop.came_back(("shipment_id", &shipment), "2", "17").await;
    let credit = shop.credit_return(&more, json!({})).await.expect(201);
    assert_eq!(texts(&credit["lines"], "quantity"), ["1"]);
    shop.credit_return(&more, json!({})).await.problem(409, "return_state");
    shop.app.finish().await;
}

#[tokio::test]
async fn a_line_that_is_billed_no_more_is_told_where_it_was_named() {
    let shop = Shop::open().await;
    let shipment = shop
        .shipped(&[line("RARE", "H87", "10"), line("FOOD", "H87", "10")])
        .await;
    let wrong = shop.invoice(&shipment).await;
    shop.credit(&wrong, json!([{"position": 1, "quantity": "10"}])).await;
    let mended = json!({"reason": "Another number", "po_number": "PO-RIGHT"});
    let right = shop.try_correct(&wrong, mended).await.expect(201)["invoice"].clone();
    assert_eq!(texts(&right["lines"], "sku"), ["FOOD"]);
    let lines = json!([{"position": 1, "quantity": "2"}, {"position": 2, "quantity": "2"}]);
    let body = json!({"shipment_id": id(&shipment), "lines": lines});
    let returned = shop.announce(body).await.expect(201);
    shop.step_of_return(&returned, "receive", json!({})).await.expect(200);
    let found = json!([{"position": 1, "to_stock": "2"}, {"position": 2, "to_stock": "2"}]);
    let found = json!({"warehouse": "NORTH", "lines": found});
    shop.step_of_return(&returned, "inspect", found).await.expect(200);
    for (first, place) in [(1, 0), (2, 1)] {
        let lines = [first, 3 - first].map(|position| json!({"position": position, "quantity": "2"}));
        let faults = shop.credit_return(&returned, json!({ "lines": lines })).await.faults();
        assert_eq!(
            faults,
            [(format!("/lines/{place}/position"), "nothing_to_credit".to_owned())]
        );
    }
    let credit = shop.credit_return(&returned, json!({})).await.expect(201);
    assert_eq!(
        (texts(&credit["lines"], "quantity"), &credit["invoice_id"]),
        (vec!["2"], &right["id"])
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn a_note_that_is_too_long_is_told_where_it_was_written() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "10")]).await;
    shop.invoice(&shipment).await;
    let lines = json!([{"position": 1, "quantity": "4"}]);
    let claim = shop.claim(&shipment, "quality", "credit", lines.clone()).await;
    shop.decide(&claim, lines).await.expect(200);
    let of_claim = shop.came_back(("claim_id", &claim), "4", "4").await;
    let returned = shop.came_back(("shipment_id", &shipment), "2", "2").await;
    // With the numbers before it.
    let text = "x".repeat(490);
    let told = |field: &str| [(field.to_owned(), "value_too_long".to_owned())];
    let settled = shop.settle(&shop.finance, &claim, json!({ "text": text })).await;
    assert_eq!(settled.faults(), told("/text"));
    for returned in [&of_claim, &returned] {
        let credited = shop.credit_return(returned, json!({ "note": text })).await;
        assert_eq!(credited.faults(), told("/note"));
    }
    shop.app.finish().await;
}

#[tokio::test]
async fn all_returns_of_a_claim_have_a_new_version_when_it_is_credited() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "10")]).await;
    shop.invoice(&shipment).await;
    let versions = async || {
        let read = |connection: &mut Connection| sql("SELECT version FROM returns ORDER BY id").rows::<i64>(connection);
        shop.app.db().read(read).await.unwrap()
    };
    let claimed = async || {
        let lines = json!([{"position": 1, "quantity": "4"}]);
        let claim = shop.claim(&shipment, "quality", "credit", lines.clone()).await;
        shop.decide(&claim, lines).await.expect(200);
        shop.came_back(("claim_id", &claim), "3", "3").await;
        let last = shop.came_back(("claim_id", &claim), "1", "1").await;
        (claim, last)
    };
    let (claim, _) = claimed().await;
    assert_eq!(versions().await, [3, 3], "announced, received, inspected");
    shop.settle(&shop.finance, &claim, json!({})).await.expect(200);
    assert_eq!(versions().await, [4, 4]);
    let (_, last) = claimed().await;
    shop.credit_return(&last, json!({})).await.expect(201);
    assert_eq!(versions().await, [4, 4, 4, 4]);
    shop.app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_back_is_credited_once_however_many_do_it_at_once() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "10")]).await;
    shop.invoice(&shipment).await;
    let returned = shop.came_back(("shipment_id", &shipment), "4", "4").await;
    let answers = join_all((0..6).map(|_| shop.credit_return(&returned, json!({})))).await;
    let made = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(made, 1);
    for answer in answers.into_iter().filter(|answer| answer.status != 201) {
        answer.problem(409, "nothing_to_credit");
    }

    // By either return of a claim, and by the claim itself.
    let lines = json!([{"position": 1, "quantity": "4"}]);
    let claim = shop.claim(&shipment, "quality", "credit", lines.clone()).await;
    shop.decide(&claim, lines).await.expect(200);
    let first = shop.came_back(("claim_id", &claim), "3", "3").await;
    let second = shop.came_back(("claim_id", &claim), "1", "1").await;
    let paths = [
        format!("/supplier/returns/{}/credit", id(&first)),
        format!("/supplier/returns/{}/credit", id(&second)),
        format!("/supplier/claims/{}/settle", id(&claim)),
    ];
    let credit = async |index: usize| {
        let path = &paths[index % paths.len()];
        shop.finance.post_with_key(path, &unique(), json!({})).await
    };
    let answers = join_all((0..9).map(credit)).await;
    let made = answers.iter().filter(|answer| matches!(answer.status, 200 | 201));
    assert_eq!(made.count(), 1);
    for answer in answers {
        assert!(matches!(answer.status, 200 | 201 | 409), "{}", answer.text);
    }
    let numbers = shop.gold.get("/credit-notes").await.expect(200);
    assert_eq!(numbers["data"].as_array().unwrap().len(), 2);
    shop.app.finish().await;
}
