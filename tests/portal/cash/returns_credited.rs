//! What came back is credited: what was found, once, and nothing that came once more; of a claim as the claim was decided.

use portal::cli::check;
use portal::db::sql;
use serde_json::{Value, json};

use super::{Shop, id, line, reread, texts};
use crate::app::outside_the_runtime;
use crate::client::{Answer, unique};

impl Shop {
    pub(super) async fn credit_return(&self, returned: &Value, body: Value) -> Answer {
        let path = format!("/supplier/returns/{}/credit", id(returned));
        self.finance.post_with_key(&path, &unique(), body).await
    }

    /// A return of line 1 of that shipment, as far on as it is inspected; `found` of what is `announced`.
    pub(super) async fn came_back(&self, what: (&str, &Value), announced: &str, found: &str) -> Value {
        let mut body = json!({"lines": [{"position": 1, "quantity": announced}]});
        body[what.0] = json!(id(what.1));
        let returned = self.announce(body).await.expect(201);
        self.step_of_return(&returned, "receive", json!({})).await.expect(200);
        let lines = json!({"warehouse": "NORTH", "lines": [{"position": 1, "to_stock": found}]});
        self.step_of_return(&returned, "inspect", lines).await.expect(200)
    }

    async fn return_now(&self, returned: &Value) -> Value {
        self.gold.get(&format!("/returns/{}", id(returned))).await.expect(200)
    }
}

#[tokio::test]
async fn what_came_back_is_credited_once() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "10")]).await;
    let body = json!({"shipment_id": id(&shipment), "lines": [{"position": 1, "quantity": "4"}]});
    let returned = shop.announce(body).await.expect(201);
    shop.step_of_return(&returned, "receive", json!({})).await.expect(200);
    shop.credit_return(&returned, json!({}))
        .await
        .problem(409, "return_state");
    let found = json!({"warehouse": "NORTH", "lines": [{"position": 1, "to_stock": "2", "scrap": "1"}]});
    shop.step_of_return(&returned, "inspect", found).await.expect(200);
    // Its shipment is not invoiced yet.
    shop.credit_return(&returned, json!({}))
        .await
        .problem(409, "return_state");
    let invoice = shop.invoice(&shipment).await;
    let path = format!("/supplier/returns/{}/credit", id(&returned));
    let refused = shop.service.post_with_key(&path, &unique(), json!({})).await;
    refused.problem(403, "forbidden");
    let more = json!({"lines": [{"position": 1, "quantity": "4"}]});
    let refused = shop
        .credit_return(&returned, more)
        .await
        .problem(422, "validation_failed");
    let detail = refused["errors"][0]["detail"].as_str().unwrap();
    assert!(
        detail.contains("for this return") && detail.contains("3 came back"),
        "{detail}"
    );

    let part = json!({"lines": [{"position": 1, "quantity": "1"}], "note": "Scratched.", "reason": "quality"});
    let first = shop.credit_return(&returned, part).await.expect(201);
    let number = returned["number"].as_str().unwrap();
    assert_eq!(
        [
            &first["reason"],
            &first["note"],
            &first["return_number"],
            &first["invoice_id"]
        ],
        [
            &json!("quality"),
            &json!(format!("{number}: Scratched.")),
            &json!(number),
            &invoice["id"]
        ]
    );
    let key = unique();
    let rest = shop.finance.post_with_key(&path, &key, json!({})).await.expect(201);
    let again = shop.finance.post_with_key(&path, &key, json!({})).await.expect(201);
    assert_eq!(rest["id"], again["id"]);
    assert_eq!(texts(&rest["lines"], "quantity"), ["2"]);
    assert_eq!([&rest["reason"], &rest["note"]], [&json!("returned"), &json!(number)]);
    shop.credit_return(&returned, json!({}))
        .await
        .problem(409, "nothing_to_credit");

    let seen = shop.return_now(&returned).await;
    let numbers = [&first, &rest].map(|credit| credit["number"].as_str().unwrap());
    assert_eq!(texts(&seen["credit_notes"], "number"), numbers);
    let path = format!("/credit-notes/{}", id(&rest));
    let credit = shop.gold.get(&path).await.expect(200);
    assert_eq!(credit["return_id"], returned["id"]);
    assert_eq!(credit["claim_id"], Value::Null);
    let listed = shop.gold.get("/credit-notes").await.expect(200);
    assert_eq!(texts(&listed["data"], "return_number"), [number, number]);
    assert_eq!(shop.silver.get(&path).await.status, 404);
    let browser = shop.app.browse_as("GOLD", "buyer").await;
    let page = browser.page(&path).await;
    assert!(page.contains(&format!("href=\"/returns/{}\"", id(&returned))), "{page}");
    let page = browser.page(&format!("/returns/{}", id(&returned))).await;
    assert!(numbers.iter().all(|number| page.contains(number)), "{page}");
    shop.app.finish().await;
}

#[tokio::test]
async fn the_desk_credits_what_came_back_by_a_form_that_is_filled_in() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "10")]).await;
    shop.invoice(&shipment).await;
    let returned = shop.came_back(("shipment_id", &shipment), "4", "3").await;
    let finance = shop.app.browse_staff("finance").await;
    let own = format!("/desk/returns/{}", id(&returned));
    let link = format!("href=\"{own}/credit\"");
    assert!(finance.page(&own).await.contains(&link));
    let service = shop.app.browse_staff("customer_service").await;
    assert!(!service.page(&own).await.contains(&link), "who keeps no books");
    let form = format!("{own}/credit");
    let page = finance.page(&form).await;
    assert!(page.contains("value=\"3\""), "{page}");
    let key = unique();
    let fields = |quantity| {
        [
            ("form_key", key.as_str()),
            ("reason", "returned"),
            ("quantity-1", quantity),
        ]
    };
    let refused = finance.post(&form, &fields("4")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("for this return"), "{}", refused.html);
    let key = unique();
    let fields = [("form_key", key.as_str()), ("reason", "unheard"), ("quantity-1", "3")];
    assert_eq!(finance.post(&form, &fields).await.status, 422);
    let key = unique();
    let fields = [("form_key", key.as_str()), ("reason", "returned"), ("quantity-1", "3")];
    let to = finance.post(&form, &fields).await.goes_to();
    // A second click leads to the same, another form hears what became of what it asks for.
    assert_eq!(finance.post(&form, &fields).await.goes_to(), to);
    let key = unique();
    let fields = [("form_key", key.as_str()), ("reason", "returned"), ("quantity-1", "3")];
    let refused = finance.post(&form, &fields).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.html.contains("for this return") && refused.html.contains("value=\"3\""),
        "{}",
        refused.html
    );
    let page = finance.page(&to).await;
    let number = returned["number"].as_str().unwrap();
    assert!(
        page.contains(&format!("href=\"{own}\"")) && page.contains(number),
        "{page}"
    );
    // Nothing is left, so nothing is offered, and the form leads back.
    assert!(!finance.page(&own).await.contains(&link));
    assert_eq!(finance.get(&form).await.goes_to(), own);
    shop.app.finish().await;
}

#[tokio::test]
async fn a_return_of_a_claim_is_credited_as_the_claim_was_decided() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "10")]).await;
    shop.invoice(&shipment).await;
    let lines = json!([{"position": 1, "quantity": "4"}]);
    let claim = shop.claim(&shipment, "quality", "credit", lines.clone()).await;
    shop.decide(&claim, lines).await.expect(200);
    let first = shop.came_back(("claim_id", &claim), "3", "3").await;
    // Less came back than is accepted.
    shop.credit_return(&first, json!({})).await.problem(409, "claim_state");
    let second = shop.came_back(("claim_id", &claim), "1", "1").await;
    let own = json!({"reason": "goodwill"});
    let faults = shop.credit_return(&second, own).await.faults();
    assert_eq!(faults, [("/reason".to_owned(), "value_invalid".to_owned())]);
    let credit = shop.credit_return(&second, json!({})).await.expect(201);
    assert_eq!(texts(&credit["lines"], "quantity"), ["4"]);
    assert_eq!(credit["claim_number"], claim["number"]);
    assert_eq!(credit["return_number"], second["number"]);
    let note = credit["note"].as_str().unwrap();
    assert!(note.contains(claim["number"].as_str().unwrap()) && note.contains(second["number"].as_str().unwrap()));
    let settled = shop.claim_now(&claim).await;
    assert_eq!(
        [&settled["state"], &settled["credit_note_id"]],
        [&json!("settled"), &credit["id"]]
    );
    for returned in [&first, &second] {
        let seen = shop.return_now(returned).await;
        assert_eq!(
            texts(&seen["credit_notes"], "number"),
            [credit["number"].as_str().unwrap()]
        );
        shop.credit_return(returned, json!({}))
            .await
            .problem(409, "claim_state");
    }
    shop.app.finish().await;
}

#[tokio::test]
async fn a_claim_that_is_settled_names_the_return_its_goods_came_back_with() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "10")]).await;
    shop.invoice(&shipment).await;
    let lines = json!([{"position": 1, "quantity": "4"}]);
    let claim = shop.claim(&shipment, "quality", "credit", lines.clone()).await;
    shop.decide(&claim, lines).await.expect(200);
    let returned = shop.came_back(("claim_id", &claim), "4", "4").await;
    let finance = shop.app.browse_staff("finance").await;
    let page = finance.page(&format!("/desk/returns/{}", id(&returned))).await;
    assert!(page.contains("Settle the claim"), "{page}");
    let settled = shop.settle(&shop.finance, &claim, json!({})).await.expect(200);
    let path = format!("/credit-notes/{}", settled["credit_note_id"].as_str().unwrap());
    let credit = shop.gold.get(&path).await.expect(200);
    assert_eq!(credit["return_number"], returned["number"]);
    assert_eq!(credit["claim_id"], claim["id"]);
    shop.app.finish().await;
}

#[tokio::test]
async fn what_came_once_more_is_not_credited_when_it_comes_back() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "10")]).await;
    let invoice = shop.invoice(&shipment).await;
    let lines = json!([{"position": 1, "quantity": "4"}]);
    let claim = shop.claim(&shipment, "damaged", "replace", lines.clone()).await;
    shop.decide(&claim, lines).await.expect(200);
    let settled = shop.settle(&shop.service, &claim, json!({})).await.expect(200);
    let returned = shop.came_back(("shipment_id", &shipment), "8", "8").await;
    let credit = shop.credit_return(&returned, json!({})).await.expect(201);
    assert_eq!(texts(&credit["lines"], "quantity"), ["4"]);
    // Somebody says that others came back than those that came once more: then as much as is left.
    let named = |quantity: &str| json!({"lines": [{"position": 1, "quantity": quantity}]});
    let faults = shop.credit_return(&returned, named("3")).await.faults();
    assert_eq!(
        faults,
        [("/lines/0/quantity".to_owned(), "quantity_invalid".to_owned())]
    );
    shop.credit_return(&returned, named("2")).await.expect(201);

    // All that is left of the invoice came once more: credited is an amount, and nothing else is offered.
    let finance = shop.app.browse_staff("finance").await;
    let form = format!("/desk/invoices/{}/credit", id(&invoice));
    let page = finance.page(&form).await;
    assert!(
        !page.contains("value=\"all\"") && page.contains("value=\"some\""),
        "{page}"
    );
    let all = json!({"invoice_id": id(&invoice), "reason": "goodwill"});
    let refused = shop.try_credit(all).await.problem(409, "nothing_to_credit");
    assert!(
        refused["detail"]
            .as_str()
            .unwrap()
            .contains("came once more without charge"),
        "{refused}"
    );
    let path = format!("/orders/{}/cancel", settled["replacement_order_id"].as_str().unwrap());
    shop.gold.post(&path, json!({})).await.expect(200);
    assert!(finance.page(&form).await.contains("value=\"all\""));
    shop.app.finish().await;
}

#[tokio::test]
async fn goods_that_come_once_more_say_for_which_claim() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "4")]).await;
    let lines = json!([{"position": 1, "quantity": "3"}]);
    let claim = shop.claim(&shipment, "damaged", "replace", lines.clone()).await;
    shop.decide(&claim, lines).await.expect(200);
    let settled = shop.settle(&shop.service, &claim, json!({})).await.expect(200);
    let again = json!({"id": settled["replacement_order_id"]});
    let order = reread(&shop.gold, &again).await;
    assert_eq!(
        [&order["source"], &order["claim_id"], &order["claim_number"]],
        [&json!("claim"), &claim["id"], &claim["number"]]
    );
    let first = json!({"id": claim["order_id"]});
    assert_eq!(reread(&shop.gold, &first).await["claim_id"], Value::Null);
    let listed = shop.gold.get("/orders").await.expect(200);
    let mut listed = listed["data"].as_array().unwrap().iter();
    let listed = listed.find(|one| one["id"] == again["id"]).unwrap();
    assert_eq!(listed["claim_number"], claim["number"]);
    let number = claim["number"].as_str().unwrap();
    let browser = shop.app.browse_as("GOLD", "buyer").await;
    let page = browser.page(&format!("/orders/{}", id(&again))).await;
    let link = format!("<a href=\"/claims/{}\">{number}</a>", id(&claim));
    assert_eq!(
        page.matches(&link).count(),
        2,
        "in its details and on its timeline: {page}"
    );
    assert!(page.contains("Without charge: it stands for goods of claim"), "{page}");
    assert!(!page.contains("Price list BASE"), "{page}");
    let desk = shop.app.browse_staff("customer_service").await;
    let page = desk.page(&format!("/desk/orders/{}", id(&again))).await;
    assert!(
        page.contains(&format!("href=\"/desk/claims/{}\"", id(&claim))),
        "{page}"
    );
    assert!(page.contains("Placed without charge for claim"), "{page}");
    shop.app.finish().await;
}

#[tokio::test]
async fn more_than_left_is_refused_of_a_return_in_its_own_words() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "4")]).await;
    let body = json!({"shipment_id": id(&shipment), "lines": [{"position": 1, "quantity": "5"}]});
    let refused = shop.announce(body).await.problem(422, "validation_failed");
    let detail = refused["errors"][0]["detail"].as_str().unwrap();
    assert!(
        detail.contains("come back") && !detail.contains("can't be claimed"),
        "{detail}"
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn a_return_that_is_credited_beyond_what_came_is_found() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "4")]).await;
    shop.invoice(&shipment).await;
    let returned = shop.came_back(("shipment_id", &shipment), "2", "2").await;
    shop.credit_return(&returned, json!({})).await.expect(201);
    shop.app.finish().await;
    let changed = || {
        shop.app.db().rehearse_now(move |tx| {
            let statement = "UPDATE return_lines SET to_stock = to_stock - 1";
            assert_eq!(sql(statement).run(tx)?, 1);
            check::everything(tx)
        })
    };
    let breaches = outside_the_runtime(changed).unwrap();
    let promise = "no more is credited of a return than was found";
    assert!(breaches.iter().any(|breach| breach.check == promise), "{breaches:?}");
}
