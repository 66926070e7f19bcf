//! The desk keeps the catalogue and its prices: pages, forms, roles, what is refused and kept.

use super::quick_order::value_behind;
use crate::app::TestApp;
use crate::browser::Browser;
use crate::price_editing::SHOP;

async fn shop(role: &str) -> (TestApp, Browser) {
    let app = TestApp::start().await;
    app.import(SHOP).await;
    let desk = app.browse_staff(role).await;
    (app, desk)
}

/// Where a list is shown.
async fn list_path(desk: &Browser, code: &str) -> String {
    let html = desk.page("/desk/price-lists").await;
    let (before, _) = html.split_once(&format!(">{code}</a>")).unwrap();
    let (_, link) = before.rsplit_once("href=\"").unwrap();
    link.trim_end_matches('"').to_owned()
}

/// The ids of the rows of a list, in their order.
fn rows(html: &str) -> Vec<String> {
    let parts = html.split("name=\"was-").skip(1);
    parts.map(|part| part.split('"').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn prices_are_changed_in_place_and_bad_rows_stay_with_their_fault() {
    let (app, desk) = shop("pricing").await;
    let path = list_path(&desk, "BASE").await;
    let html = desk.page(&path).await;
    let ids = rows(&html);
    assert_eq!(ids.len(), 3, "{html}");
    let field = |field: &str, id: &str| format!("{field}-{id}");
    let mut form = Vec::new();
    for (id, price) in ids.iter().zip(["21,50", "cheap", "1.50"]) {
        let (_, was) = html.split_once(&format!("name=\"was-{id}\">\n")).unwrap();
        let was = was.split_once('<').unwrap().0;
        let seen = value_behind(&html, &format!("name=\"seen-{id}\""), "value");
        form.extend([(field("was", id), was.to_owned()), (field("seen", id), seen)]);
        let parts: Vec<_> = was.split('\n').map(str::to_owned).collect();
        let names = ["min_quantity", "price", "price_base", "valid_from", "valid_to"];
        for (name, value) in names.into_iter().zip(parts) {
            let value = if name == "price" { price.to_owned() } else { value };
            form.push((field(name, id), value));
        }
    }
    let sent: Vec<_> = form
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let shown = desk.post(&format!("{path}/rows"), &sent).await;
    assert_eq!(shown.status, 422);
    assert!(
        shown
            .html
            .contains("1 row needs you and keeps its old price. 1 price was changed."),
        "{}",
        shown.html
    );
    assert!(
        shown.html.contains("value=\"cheap\"") && shown.html.contains("value=\"21.50\""),
        "{}",
        shown.html
    );
    let buyer = app.person("RIVAL", "buyer").await;
    assert_eq!(buyer.quote("BOLT-8", "H87", "100").await["net"], "21.50");
    assert_eq!(buyer.quote("BOLT-8", "H87", "1000").await["net"], "180.00");
    let history = desk.page(&format!("/desk/prices/{}/history", ids[0])).await;
    assert!(
        history.contains("Price: 20 → 21.5") && history.contains("pricing-"),
        "{history}"
    );
    // The same form once more: the first row was changed meanwhile and is not overwritten unseen.
    let again = desk.post(&format!("{path}/rows"), &sent).await;
    assert!(again.html.contains("2 rows need you"), "{}", again.html);
    assert!(
        again.html.contains("Somebody else changed this price meanwhile."),
        "{}",
        again.html
    );
}

#[tokio::test]
async fn a_price_is_added_and_removed_after_asking() {
    let (app, desk) = shop("pricing").await;
    let path = list_path(&desk, "C-NORD").await;
    let bad = [
        ("sku", "NOTHING"),
        ("unit", "H87"),
        ("price", "1.250"),
        ("price_base", "1"),
    ];
    let shown = desk.post(&format!("{path}/prices"), &bad).await;
    assert_eq!(shown.status, 422);
    assert!(
        shown.html.contains("can be read in two ways") && shown.html.contains("value=\"NOTHING\""),
        "{}",
        shown.html
    );
    let shown = desk
        .post(
            &format!("{path}/prices"),
            &[("sku", "NOTHING"), ("unit", "H87"), ("price", "1"), ("price_base", "1")],
        )
        .await;
    assert!(shown.html.contains("There is no product NOTHING."), "{}", shown.html);
    let good = [
        ("sku", "NUT"),
        ("unit", "H87"),
        ("price", "0,25"),
        ("price_base", "1"),
        ("min_quantity", ""),
    ];
    assert_eq!(desk.post(&format!("{path}/prices"), &good).await.goes_to(), path);
    let html = desk.page(&path).await;
    assert!(html.contains("The price of NUT was added."), "{html}");
    let buyer = app.person("NORD", "buyer").await;
    assert_eq!(buyer.quote("NUT", "H87", "4").await["net"], "1.00");
    let id = rows(&html).pop().unwrap();
    let asked = desk.page(&format!("/desk/prices/{id}/remove")).await;
    assert!(asked.contains("Remove the price of NUT?"), "{asked}");
    let stale = desk
        .post(&format!("/desk/prices/{id}/remove"), &[("version", "7")])
        .await;
    assert_eq!(stale.goes_to(), format!("/desk/prices/{id}/remove"));
    let seen = value_behind(&asked, "name=\"version\"", "value");
    let gone = desk
        .post(&format!("/desk/prices/{id}/remove"), &[("version", &seen)])
        .await;
    assert_eq!(gone.goes_to(), path);
    assert_eq!(rows(&desk.page(&path).await).len(), 1);
    let history = desk.page(&format!("/desk/prices/{id}/history")).await;
    assert!(
        history.contains("This price was removed.") && history.contains("Removed"),
        "{history}"
    );
}

#[tokio::test]
async fn a_price_list_is_made_and_changed_by_those_who_set_prices() {
    let (app, desk) = shop("pricing").await;
    let form = |code: &'static str, kind: &'static str| {
        [
            ("code", code),
            ("name", "Gold"),
            ("currency", "EUR"),
            ("kind", kind),
            ("tier", "gold"),
        ]
    };
    let shown = desk.post("/desk/price-lists/new", &form("BASE", "tier")).await;
    assert_eq!(shown.status, 422);
    assert!(
        shown.html.contains("There is a price list with this code already."),
        "{}",
        shown.html
    );
    let shown = desk.post("/desk/price-lists/new", &form("GOLD", "base")).await;
    assert!(
        shown.html.contains("A list of kind base has no tier."),
        "{}",
        shown.html
    );
    let path = desk
        .post("/desk/price-lists/new", &form("GOLD", "tier"))
        .await
        .goes_to();
    let html = desk.page(&path).await;
    assert!(
        html.contains("The price list GOLD is there.") && html.contains("This list has no prices yet."),
        "{html}"
    );
    let edit = desk.page(&format!("{path}/edit")).await;
    let seen = value_behind(&edit, "name=\"version\"", "value");
    let mut changes = form("GOLD", "tier").to_vec();
    changes[1] = ("name", "Gold customers");
    changes.push(("version", &seen));
    assert_eq!(desk.post(&format!("{path}/edit"), &changes).await.goes_to(), path);
    let again = desk.post(&format!("{path}/edit"), &changes).await;
    assert_eq!(again.status, 412);
    assert!(
        again.html.contains("Somebody changed this meanwhile."),
        "{}",
        again.html
    );
    let finance = app.browse_staff("finance").await;
    let shown = finance.page(&path).await;
    assert!(
        shown.contains("Gold customers") && !shown.contains("Edit list"),
        "{shown}"
    );
    let base = list_path(&finance, "BASE").await;
    let shown = finance.page(&base).await;
    assert!(
        shown.contains("20.00 per 100") && !shown.contains("Save prices"),
        "{shown}"
    );
    for path in [format!("{base}/edit"), "/desk/price-lists/new".to_owned()] {
        assert_eq!(finance.get(&path).await.status, 403, "{path}");
    }
    for path in ["rows", "prices", "edit"] {
        assert_eq!(
            finance
                .post(&format!("{base}/{path}"), &[("version", "1")])
                .await
                .status,
            403,
            "{path}"
        );
    }
    let buyer = app.browse_as("NORD", "admin").await;
    assert_eq!(buyer.get("/desk/price-lists").await.status, 403);
}

#[tokio::test]
async fn lists_are_filtered_and_told_in_german() {
    let app = TestApp::start().await;
    app.import(SHOP).await;
    let email = "preise@supplier.example";
    app.add_staff_named(email, "pricing").await;
    let rest = app.sign_in(email).await;
    let me = reqwest::Method::PATCH;
    rest.change(me, "/me", "*", Some(serde_json::json!({"locale": "de"})))
        .await
        .expect(200);
    let desk = app.browse_as_person(email).await;
    let html = desk.page("/desk/price-lists?kind=contract").await;
    assert!(
        html.contains("Preislisten") && html.contains("Nordwerk") && !html.contains("List prices"),
        "{html}"
    );
    let html = desk.page("/desk/price-lists?q=nichts").await;
    assert!(html.contains("Keine Preisliste passt."), "{html}");
    let path = list_path(&desk, "BASE").await;
    let html = desk.page(&path).await;
    assert!(
        html.contains("value=\"20,00\"") && html.contains("Preise speichern"),
        "{html}"
    );
    let html = desk.page(&format!("{path}?q=kabel")).await;
    assert!(html.contains("Kein Preis dieser Liste passt zu „kabel“."), "{html}");
    assert_eq!(rows(&desk.page(&format!("{path}?q=copper")).await).len(), 1);
}
