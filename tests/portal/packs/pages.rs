//! Buttons that set what fits and what fills, without a script.

use serde_json::json;

use super::{bar, lines};
use crate::browser::Browser;
use crate::pages::quick_order::{draft_id, value_behind};

async fn type_line(browser: &Browser, key: &str, quantity: &str, unit: &str) -> String {
    let line = [("key", key), ("quantity", quantity), ("unit", unit)];
    browser.post("/quick-order/lines", &line).await.goes_to();
    browser.page("/quick-order").await
}

/// Presses the button that says so; the page after it.
async fn press(browser: &Browser, html: &str, says: &str) -> String {
    let before = html
        .split_once(&format!(">{says}"))
        .unwrap_or_else(|| panic!("no {says} in {html}"))
        .0;
    let value = before.rsplit_once("value=\"").unwrap().1;
    let value = value.split_once('"').unwrap().0;
    let path = format!("/drafts/{}/lines", draft_id(html));
    browser
        .post(&path, &[("do", value), ("back", "/quick-order")])
        .await
        .goes_to();
    browser.page("/quick-order").await
}

fn quantity_of(html: &str) -> String {
    value_behind(html, "class=\"qty\" id=\"quantity-", "value")
}

#[tokio::test]
async fn a_line_that_does_not_fit_has_what_lies_below_and_above_as_buttons() {
    let (app, ..) = bar().await;
    let buyer = app.browse_as("BAR", "buyer").await;
    let html = type_line(&buyer, "COLA", "5", "CT").await;
    assert!(html.contains("4 × Crate") && html.contains("6 × Crate"), "{html}");
    let html = press(&buyer, &html, "6 × Crate").await;
    assert_eq!(quantity_of(&html), "6");
    assert!(!html.contains("4 × Crate"), "{html}");
}

#[tokio::test]
async fn the_page_of_an_article_offers_what_fits_and_tells_its_packs() {
    let (app, client, _) = bar().await;
    let buyer = app.browse_as("BAR", "buyer").await;
    let page = client.get("/products?q=COLA").await.expect(200);
    let path = format!("/products/{}", page["data"][0]["id"].as_str().unwrap());
    let html = buyer.page(&format!("{path}?unit=CT&quantity=5")).await;
    for expected in ["4 × Crate", "6 × Crate", "9.6", "8 of the next smaller pack in a layer"] {
        assert!(html.contains(expected), "{expected}: {html}");
    }
    let page = client.get("/products?q=WATER").await.expect(200);
    let path = format!("/products/{}", page["data"][0]["id"].as_str().unwrap());
    let html = buyer.page(&format!("{path}?unit=UP&quantity=3")).await;
    assert!(html.contains("You asked for 3"), "{html}");
}

#[tokio::test]
async fn a_draft_fills_a_layer_a_pack_and_the_last_pallet_at_a_button() {
    let (app, ..) = bar().await;
    let buyer = app.browse_as("BAR", "buyer").await;
    // 120 pieces are 10 of 40 crates; a layer has 8.
    let html = type_line(&buyer, "COLA", "10", "CT").await;
    for expected in [
        "Weight and pallets",
        "96\u{a0}",
        "25 % full",
        "Order 16 × Crate",
        "Order 1 × Pallet",
    ] {
        assert!(html.contains(expected), "{expected}: {html}");
    }
    let html = press(&buyer, &html, "Order 16 × Crate").await;
    assert_eq!(quantity_of(&html), "16");
    // Half a pallet of rope beside: a tenth is left, which is four crates.
    let html = type_line(&buyer, "ROPE", "36", "MTR").await;
    assert!(html.contains("90 % full"), "{html}");
    let html = press(&buyer, &html, "Fill the pallet: 48\u{a0}").await;
    assert_eq!(quantity_of(&html), "20");
    assert!(!html.contains("Fill the pallet"), "{html}");
    let draft = draft_id(&html);
    let preview = buyer.page(&format!("/drafts/{draft}/preview")).await;
    assert!(
        preview.contains("Pallets needed") && preview.contains("192\u{a0}"),
        "{preview}"
    );
    let viewer = app.browse_as("BAR", "viewer").await;
    let html = viewer.page(&format!("/drafts/{draft}")).await;
    assert!(
        html.contains("Weight and pallets") && !html.contains("Fill up"),
        "{html}"
    );
}

#[tokio::test]
async fn a_line_becomes_lines_in_the_best_packs_at_a_button() {
    let (app, ..) = bar().await;
    let buyer = app.browse_as("BAR", "buyer").await;
    let html = type_line(&buyer, "COLA", "1000", "H87").await;
    assert!(html.contains("saves EUR\u{a0}194.40"), "{html}");
    let html = press(&buyer, &html, "Order it as 2 × Pallet + 2 × Crate + 16").await;
    let quantities: Vec<_> = html
        .split("class=\"qty\" id=\"quantity-")
        .skip(1)
        .map(|line| value_behind(line, "name", "value"))
        .collect();
    assert_eq!(quantities, ["2", "2", "16"]);
    assert!(!html.contains("Order it as"), "{html}");
    // What is in no pack that costs less stays as it is typed.
    let html = type_line(&buyer, "ROPE", "1.5", "MTR").await;
    assert!(!html.contains("Order it as"), "{html}");
}

#[tokio::test]
async fn a_change_of_an_order_has_what_fits_as_buttons_and_never_rounds() {
    let (app, client, _) = bar().await;
    let mut order = lines("COLA", "CT", "4");
    order["po_number"] = json!("C-1");
    order["lines"]
        .as_array_mut()
        .unwrap()
        .push(json!({"sku": "WATER", "unit": "UP", "quantity": "3"}));
    let order = client.place_order(order).await.expect(201);
    assert_eq!(order["lines"][1]["explanation"]["asked_quantity"], "3");
    let buyer = app.browse_as("BAR", "buyer").await;
    let path = format!("/orders/{}/change", order["id"].as_str().unwrap());
    let form = buyer.page(&path).await;
    let (key, version) = (
        value_behind(&form, "name=\"form_key\"", "value"),
        value_behind(&form, "name=\"version\"", "value"),
    );
    let send = async |fields: &[(&str, &str)]| {
        let own = [("form_key", key.as_str()), ("version", version.as_str())];
        buyer.post(&path, &[&own, fields].concat()).await
    };
    let fields = [("quantity-1", "5"), ("quantity-2", "5")];
    let refused = send(&[&fields[..], &[("do", "preview")]].concat()).await;
    assert_eq!(refused.status, 422, "{}", refused.html);
    for offered in ["set:quantity-1:4", "set:quantity-1:6", "set:quantity-2:6"] {
        assert!(refused.html.contains(offered), "{offered}: {}", refused.html);
    }
    let mended = send(&[("quantity-1", "5"), ("quantity-2", "6"), ("do", "set:quantity-1:6")]).await;
    assert_eq!(mended.status, 200, "{}", mended.html);
}
