//! What is not there, and what is sent instead, by pages alone; without any script.

use serde_json::json;

use super::desk_orders::Shop;
use super::quick_order::{draft_id, value_behind};
use crate::browser::Browser;
use crate::client::unique;

const OFFERED: &str = "sku,substitute,kind,ratio\nRARE,BOLT,successor,2.5\n";

/// A shop that offers BOLT instead of RARE, of which 5 are there.
async fn open() -> Shop {
    let shop = Shop::open().await;
    shop.app.import(&[("substitutes.csv", OFFERED)]).await;
    shop
}

/// A draft with a line of RARE, as its page.
async fn draft(buyer: &Browser, quantity: &str) -> String {
    let fields = [("key", "RARE"), ("quantity", quantity), ("unit", "H87")];
    let to = buyer.post("/quick-order/lines", &fields).await.goes_to();
    buyer.page(&to).await
}

#[tokio::test]
async fn an_admin_says_what_orders_usually_do_and_the_form_has_it_chosen() {
    let shop = open().await;
    let admin = shop.app.browse_as("GOLD", "admin").await;
    let path = "/account/order-choices";
    assert!(admin.page("/account").await.contains(path));
    let version = value_behind(&admin.page(path).await, "name=\"version\"", "value");
    let wrong = [
        ("version", version.as_str()),
        ("delivery", "complete"),
        ("backorder", "until"),
        ("cancel_after_days", ""),
    ];
    let refused = admin.post(path, &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("id=\"e-cancel_after_days\""), "{}", refused.html);
    let right = [
        ("version", version.as_str()),
        ("delivery", "complete"),
        ("backorder", "until"),
        ("cancel_after_days", "12"),
    ];
    assert_eq!(admin.post(path, &right).await.goes_to(), path);
    let buyer = shop.app.browse_as("GOLD", "buyer").await;
    let read = buyer.page(path).await;
    assert!(
        read.contains("12 days") && !read.contains("name=\"delivery\""),
        "{read}"
    );
    let html = draft(&buyer, "8").await;
    let form = buyer.page(&format!("/drafts/{}/preview", draft_id(&html))).await;
    assert!(form.contains("<option value=\"complete\" selected>"), "{form}");
    assert!(form.contains("<option value=\"until\" selected>"), "{form}");
    // The desk has the same.
    let account = shop.gold.get("/account").await.expect(200);
    let desk = shop.app.browse_staff("admin").await;
    let terms = desk
        .page(&format!("/desk/accounts/{}/terms", account["id"].as_str().unwrap()))
        .await;
    assert!(
        terms.contains("cancel_after_days") && terms.contains("value=\"12\""),
        "{terms}"
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn a_line_of_quick_order_says_otherwise_and_takes_something_else() {
    let shop = open().await;
    let buyer = shop.app.browse_as("GOLD", "buyer").await;
    let html = draft(&buyer, "8").await;
    assert!(html.contains("of BOLT instead"), "{html}");
    let id = html.split_once("name=\"delivery-").unwrap().1;
    let id = id.split_once('"').unwrap().0.to_owned();
    let save = format!("/drafts/{}/lines", draft_id(&html));
    let (delivery, was) = (format!("delivery-{id}"), format!("was-delivery-{id}"));
    let fields = [(delivery.as_str(), "complete"), (was.as_str(), ""), ("do", "save")];
    let to = buyer.post(&save, &fields).await.goes_to();
    let html = buyer.page(&to).await;
    assert!(html.contains("leaves once all of it is there"), "{html}");
    let take = html
        .split_once("value=\"instead:")
        .unwrap()
        .1
        .split_once('"')
        .unwrap()
        .0;
    let take = format!("instead:{take}");
    let to = buyer.post(&save, &[("do", take.as_str())]).await.goes_to();
    let html = buyer.page(&to).await;
    assert!(
        html.contains("value=\"20\"") && !html.contains("value=\"instead:"),
        "{html}"
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn the_preview_of_a_draft_offers_what_is_there_and_keeps_its_form() {
    let shop = open().await;
    let buyer = shop.app.browse_as("GOLD", "buyer").await;
    let html = draft(&buyer, "8").await;
    let path = format!("/drafts/{}/preview", draft_id(&html));
    let html = buyer.page(&path).await;
    assert!(html.contains("of BOLT instead"), "{html}");
    let take = html.split_once("value=\"instead:").unwrap().1;
    let take = format!("instead:{}", take.split_once('"').unwrap().0);
    // A form that is not taken shows the same and takes nothing.
    let wrong = [("do", take.as_str()), ("po_number", "PO-7"), ("requested_date", "soon")];
    let refused = buyer.post(&path, &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("of BOLT instead"), "{}", refused.html);
    let fields = [("do", take.as_str()), ("po_number", "PO-7")];
    assert_eq!(buyer.post(&path, &fields).await.goes_to(), path);
    let html = buyer.page(&path).await;
    assert!(html.contains("BOLT") && !html.contains("value=\"instead:"), "{html}");
    assert!(html.contains("value=\"PO-7\""), "{html}");
    assert_eq!(buyer.post(&path, &[("do", "nothing:1")]).await.status, 404);
    shop.app.finish().await;
}

#[tokio::test]
async fn what_is_ordered_once_more_is_offered_what_came_after_it() {
    let shop = open().await;
    let order = json!({"lines": [{"sku": "RARE", "unit": "H87", "quantity": "8"}]});
    let order = shop.gold.place_order(order).await.expect(201);
    let link = format!("/orders/{}", order["id"].as_str().unwrap());
    let path = format!("{link}/lines/{}/substitute", order["lines"][0]["id"].as_str().unwrap());
    let taken = shop.gold.post_with_key(&path, &unique(), json!({"sku": "BOLT"})).await;
    taken.expect(201);
    shop.app
        .import(&[(
            "products.csv",
            "sku,name,base_unit,decimals,tax_category,state\nRARE,Rare part,H87,0,S,ended\n",
        )])
        .await;
    let buyer = shop.app.browse_as("GOLD", "buyer").await;
    let draft = buyer.post(&format!("{link}/reorder"), &[]).await.goes_to();
    let html = buyer.page(&draft).await;
    // As it was ordered: once, and not what was sent instead of a part of it.
    assert_eq!(
        html.matches("name=\"remove-")
            .count()
            .max(html.matches("value=\"remove:").count()),
        1,
        "{html}"
    );
    assert!(html.contains("of BOLT instead"), "{html}");
    shop.app.finish().await;
}

#[tokio::test]
async fn the_page_of_an_article_offers_what_there_is_instead() {
    let shop = open().await;
    let buyer = shop.app.browse_as("GOLD", "buyer").await;
    let page = shop.gold.get("/products?q=RARE").await.expect(200);
    let id = page["data"][0]["id"].as_str().unwrap();
    let html = buyer.page(&format!("/products/{id}")).await;
    assert!(!html.contains("Instead of it"), "{html}");
    let html = buyer.page(&format!("/products/{id}?unit=H87&quantity=8")).await;
    assert!(html.contains("Instead of it") && html.contains("Successor"), "{html}");
    let staff = shop.app.browse_staff("catalogue").await;
    let desk = staff.page(&format!("/desk/products/{id}")).await;
    assert!(desk.contains("BOLT is offered instead"), "{desk}");
    shop.app.finish().await;
}

#[tokio::test]
async fn a_buyer_sees_what_it_comes_to_before_the_yes() {
    let shop = open().await;
    let order = json!({"lines": [{"sku": "RARE", "unit": "H87", "quantity": "8"}]});
    let order = shop.gold.place_order(order).await.expect(201);
    let link = format!("/orders/{}", order["id"].as_str().unwrap());
    let path = format!("{link}/substitutes");
    let buyer = shop.app.browse_as("GOLD", "buyer").await;
    assert!(buyer.page(&link).await.contains(&path));
    let html = buyer.page(&path).await;
    assert!(html.contains("BOLT") && html.contains("Rounded up"), "{html}");
    let net = value_behind(&html, "name=\"net\"", "value");
    let offer = [("line", "1"), ("sku", "BOLT"), ("net", net.as_str()), ("do", "preview")];
    let seen = buyer.post(&path, &offer).await;
    assert_eq!(seen.status, 200);
    assert!(
        seen.html.contains("Sent as something else") && seen.html.contains("Instead of line 1"),
        "{}",
        seen.html
    );
    let (key, version) = (
        value_behind(&seen.html, "name=\"form_key\"", "value"),
        value_behind(&seen.html, "name=\"version\"", "value"),
    );
    let yes = [
        ("form_key", key.as_str()),
        ("version", version.as_str()),
        ("line", "1"),
        ("sku", "BOLT"),
        ("quantity", ""),
        ("net", net.as_str()),
        ("do", "confirm"),
    ];
    assert_eq!(buyer.post(&path, &yes).await.goes_to(), link);
    let html = buyer.page(&link).await;
    assert!(
        html.contains("of it are sent as") && html.contains("Instead of 3"),
        "{html}"
    );
    // Nothing waits any more.
    assert_eq!(buyer.get(&path).await.goes_to(), link);
    shop.app.finish().await;
}

#[tokio::test]
async fn the_desk_keeps_substitutes_and_proposes_one() {
    let shop = open().await;
    let keeper = shop.app.browse_staff("catalogue").await;
    let html = keeper.page("/desk/substitutes").await;
    assert!(html.contains("RARE") && html.contains("2.5"), "{html}");
    let again = [
        ("sku", "RARE"),
        ("substitute", "BOLT"),
        ("kind", "successor"),
        ("ratio", "1"),
    ];
    let refused = keeper.post("/desk/substitutes", &again).await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("change that row"), "{}", refused.html);
    let new = [
        ("sku", "CABLE"),
        ("substitute", "BOLT"),
        ("kind", "alternative"),
        ("ratio", "0.5"),
    ];
    assert_eq!(
        keeper.post("/desk/substitutes", &new).await.goes_to(),
        "/desk/substitutes"
    );
    let csv = keeper.get("/desk/substitutes/export.csv").await.html;
    assert!(csv.contains("CABLE") && csv.contains("alternative"), "{csv}");
    let rows = keeper.page("/desk/substitutes?sku=CABLE").await;
    let one = rows
        .split_once("href=\"/desk/substitutes/sub_")
        .unwrap()
        .1
        .split_once('"')
        .unwrap()
        .0
        .to_owned();
    let one = format!("/desk/substitutes/sub_{one}");
    let version = value_behind(&keeper.page(&one).await, "name=\"version\"", "value");
    let change = [("version", version.as_str()), ("kind", "successor"), ("ratio", "2")];
    assert_eq!(keeper.post(&one, &change).await.goes_to(), "/desk/substitutes");
    assert_eq!(keeper.post(&one, &change).await.status, 412);
    let version = value_behind(&keeper.page(&one).await, "name=\"version\"", "value");
    let gone = keeper
        .post(&format!("{one}/remove"), &[("version", version.as_str())])
        .await;
    assert_eq!(gone.goes_to(), "/desk/substitutes");

    let order = json!({"lines": [{"sku": "RARE", "unit": "H87", "quantity": "8"}]});
    let order = shop.gold.place_order(order).await.expect(201);
    let id = order["id"].as_str().unwrap();
    let desk = shop.app.browse_staff("customer_service").await;
    let path = format!("/desk/orders/{id}/substitutes");
    assert!(desk.page(&format!("/desk/orders/{id}")).await.contains(&path));
    let key = value_behind(&desk.page(&path).await, "name=\"form_key\"", "value");
    let wrong = [
        ("form_key", key.as_str()),
        ("line", "1"),
        ("sku", "NOTHING"),
        ("ratio", ""),
        ("note", ""),
    ];
    assert_eq!(desk.post(&path, &wrong).await.status, 422);
    let right = [
        ("form_key", key.as_str()),
        ("line", "1"),
        ("sku", "BOLT"),
        ("ratio", "2"),
        ("note", "It does as well."),
    ];
    assert_eq!(desk.post(&path, &right).await.goes_to(), format!("/desk/orders/{id}"));
    let buyer = shop.app.browse_as("GOLD", "buyer").await;
    let html = buyer.page(&format!("/orders/{id}/substitutes")).await;
    assert!(
        html.contains("It does as well.") && html.contains("Proposed by us"),
        "{html}"
    );
    let no = html
        .split_once("action=\"/substitute-proposals/")
        .unwrap()
        .1
        .split_once('"')
        .unwrap()
        .0
        .to_owned();
    let no = format!("/substitute-proposals/{no}");
    assert_eq!(buyer.post(&no, &[]).await.goes_to(), format!("/orders/{id}"));
    assert!(
        desk.page(&format!("/desk/orders/{id}"))
            .await
            .contains("Proposal declined")
    );
    shop.app.finish().await;
}
