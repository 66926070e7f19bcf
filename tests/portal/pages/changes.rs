//! Orders are changed by pages alone: what is typed, what it would come to, and that it is done; without any script.

use serde_json::json;

use super::desk_orders::Shop;
use super::quick_order::value_behind;
use crate::browser::Browser;

/// The hidden fields of the page that asks whether a change is to be made.
fn hidden(html: &str, path: &str) -> Vec<(String, String)> {
    let form = html.split_once(&format!("action=\"{path}\"")).unwrap().1;
    let form = form.split_once("</form>").unwrap().0;
    let inputs = form.split("<input type=\"hidden\" name=\"").skip(1);
    let field = |input: &str| {
        let (name, rest) = input.split_once("\" value=\"").unwrap();
        (name.to_owned(), rest.split_once('"').unwrap().0.to_owned())
    };
    inputs.map(field).collect()
}

/// Sees what a change comes to, then makes it; the page in between.
async fn change(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> String {
    let form = browser.page(path).await;
    let (key, version) = (
        value_behind(&form, "name=\"form_key\"", "value"),
        value_behind(&form, "name=\"version\"", "value"),
    );
    let own = [
        ("form_key", key.as_str()),
        ("version", version.as_str()),
        ("do", "preview"),
    ];
    let seen = browser.post(path, &[&own, fields].concat()).await;
    assert_eq!(seen.status, 200, "{}", seen.html);
    let hidden = hidden(&seen.html, path);
    let mut again: Vec<_> = hidden
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    again.push(("do", "confirm"));
    let done = browser.post(path, &again).await;
    assert_eq!(done.status, 303, "{}", done.html);
    seen.html
}

#[tokio::test]
async fn a_buyer_changes_cancels_a_part_and_reads_the_new_date_without_a_script() {
    let shop = Shop::open().await;
    let lines = json!([
        {"sku": "BOLT", "unit": "CT100", "quantity": "3"}, {"sku": "RARE", "unit": "H87", "quantity": "8"},
        {"sku": "CABLE", "unit": "MTR", "quantity": "10"},
    ]);
    let order = shop.gold.place_order(json!({ "lines": lines })).await.expect(201);
    let browser = shop.app.browse_as("GOLD", "buyer").await;
    let link = format!("/orders/{}", order["id"].as_str().unwrap());
    assert!(browser.page(&link).await.contains(&format!("{link}/change")));
    let path = format!("{link}/change");
    let form = browser.page(&path).await;
    assert!(
        form.contains("name=\"quantity-1\"")
            && form.contains("name=\"remove-3\"")
            && form.contains("name=\"add-article-1\"")
    );
    let fields = [
        ("quantity-1", "2"),
        ("quantity-2", "8"),
        ("quantity-3", "10"),
        ("remove-3", "on"),
        ("add-article-1", "bolt"),
        ("add-quantity-1", "50"),
        ("add-unit-1", "H87"),
        ("ship_to", "MAIN"),
        ("order_class", "critical"),
        ("note", "By noon"),
    ];
    let seen = change(&browser, &path, &fields).await;
    for text in ["less", "gone", "new", "By noon", "Critical"] {
        assert!(seen.contains(text), "{text}: {seen}");
    }
    let after = shop.gold.get(&link).await.expect(200);
    assert_eq!(
        (&after["revision"], &after["order_class"]),
        (&json!(2), &json!("critical"))
    );
    let quantities: Vec<_> = after["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["quantity"].as_str().unwrap())
        .collect();
    assert_eq!(quantities, ["2", "8", "50"]);
    let page = browser.page(&link).await;
    assert!(page.contains("Changed, revision 2"), "{page}");

    // 5 of 8 are reserved: the part is taken, what waits is called off, and the line has its day.
    let rest = format!("{link}/cancel-rest");
    let ticked = after["lines"][1]["id"].as_str().unwrap();
    let done = browser.post(&rest, &[("line", ticked), ("waiting", "on")]).await;
    assert_eq!(done.status, 303, "{}", done.html);
    let after = shop.gold.get(&link).await.expect(200);
    assert_eq!(
        (&after["lines"][1]["reserved"], &after["lines"][1]["cancelled"]),
        (&json!("5"), &json!("3"))
    );
    assert!(after["lines"][1]["promised_date"].is_string());
    assert!(after["arrives_on"].is_string());

    // What can't be is told at its place, and what was typed stays.
    let form = browser.page(&path).await;
    let (key, version) = (
        value_behind(&form, "name=\"form_key\"", "value"),
        value_behind(&form, "name=\"version\"", "value"),
    );
    let wrong = [
        ("form_key", key.as_str()),
        ("version", version.as_str()),
        ("do", "preview"),
        ("quantity-1", "2.5"),
        ("add-article-2", "NOTHING"),
        ("add-quantity-2", "1"),
    ];
    let refused = browser.post(&path, &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.html.contains("id=\"e-quantity-1\"") && refused.html.contains("value=\"2.5\""),
        "{}",
        refused.html
    );
    let wrong = [
        ("form_key", key.as_str()),
        ("do", "preview"),
        ("add-article-2", "NOTHING"),
        ("add-quantity-2", "1"),
    ];
    let refused = browser.post(&path, &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.html.contains("id=\"e-add-2\"") && refused.html.contains("value=\"NOTHING\""),
        "{}",
        refused.html
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn the_desk_decides_what_is_asked_for_and_changes_orders_itself() {
    let shop = Shop::open().await;
    let lines =
        json!([{"sku": "BOLT", "unit": "CT100", "quantity": "3"}, {"sku": "CABLE", "unit": "MTR", "quantity": "10"}]);
    let order = shop.gold.place_order(json!({ "lines": lines })).await.expect(201);
    let (own, desk) = (
        format!("/orders/{}", order["id"].as_str().unwrap()),
        format!("/desk/orders/{}", order["id"].as_str().unwrap()),
    );
    let by_staff = [
        ("quantity-1", "4"),
        ("quantity-2", "10"),
        ("reason", "as agreed by phone"),
    ];
    change(&shop.service, &format!("{desk}/change"), &by_staff).await;
    assert_eq!(shop.gold.get(&own).await.expect(200)["lines"][0]["quantity"], "4");

    shop.service.post(&format!("{desk}/accept"), &[("version", "2")]).await;
    let browser = shop.app.browse_as("GOLD", "buyer").await;
    let seen = change(
        &browser,
        &format!("{own}/change"),
        &[("quantity-2", "6"), ("reason", "fewer")],
    )
    .await;
    assert!(seen.contains("once we say yes"), "{seen}");
    assert!(browser.page(&own).await.contains("/withdraw"));
    let list = shop.service.page("/desk/order-changes").await;
    let id = list.split_once("href=\"/desk/order-changes/och_").unwrap().1;
    let path = format!("/desk/order-changes/och_{}", id.split_once('"').unwrap().0);
    assert!(shop.service.page(&desk).await.contains(&path));
    let page = shop.service.page(&path).await;
    assert!(page.contains("fewer") && page.contains("/accept"), "{page}");
    let empty = shop.service.post(&format!("{path}/refuse"), &[("reason", " ")]).await;
    assert_eq!(empty.status, 422);
    assert_eq!(shop.service.post(&format!("{path}/accept"), &[]).await.status, 303);
    assert_eq!(shop.gold.get(&own).await.expect(200)["lines"][1]["quantity"], "6");
    let export = shop.service.get("/desk/order-changes/export.csv?view=all").await;
    assert_eq!(export.status, 200);
    shop.app.finish().await;
}
