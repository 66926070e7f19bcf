//! The desk keeps products, units and assortments: pages, forms, roles, what is refused and kept.

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

/// Where the link with this text leads.
fn link(html: &str, text: &str) -> String {
    let (before, _) = html
        .split_once(&format!(">{text}</a>"))
        .unwrap_or_else(|| panic!("no {text} in {html}"));
    let (_, link) = before.rsplit_once("href=\"").unwrap();
    link.split('"').next().unwrap().to_owned()
}

async fn product_path(desk: &Browser, sku: &str) -> String {
    link(&desk.page(&format!("/desk/products?q={sku}")).await, sku)
}

#[tokio::test]
async fn products_are_found_by_words_category_and_what_they_lack() {
    let (app, desk) = shop("catalogue").await;
    let html = desk.page("/desk/products").await;
    for text in [
        "BOLT-8",
        "CABLE",
        "NUT",
        "3 products",
        "No price",
        "No stock",
        "New product",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    let html = desk.page("/desk/products?lacks=price").await;
    assert!(html.contains(">NUT</a>") && !html.contains(">CABLE</a>"), "{html}");
    let html = desk.page("/desk/products?category=Cables").await;
    assert!(html.contains(">CABLE</a>") && !html.contains(">NUT</a>"), "{html}");
    let html = desk.page("/desk/products?q=zzz").await;
    assert!(html.contains("No product matches."), "{html}");
    let finance = app.browse_staff("finance").await;
    let html = finance.page("/desk/products").await;
    assert!(!html.contains("New product"), "{html}");
    let path = product_path(&finance, "NUT").await;
    assert!(!finance.page(&path).await.contains("Edit product"));
    for path in [
        "/desk/products/new".to_owned(),
        format!("{path}/edit"),
        format!("{path}/units/new"),
    ] {
        assert_eq!(finance.get(&path).await.status, 403, "{path}");
        assert_eq!(finance.post(&path, &[("version", "1")]).await.status, 403, "{path}");
    }
    let buyer = app.browse_as("NORD", "admin").await;
    assert_eq!(buyer.get("/desk/products").await.status, 403);
}

#[tokio::test]
async fn a_product_is_made_changed_and_shown_with_all_it_has() {
    let (_app, desk) = shop("catalogue").await;
    let form = [
        ("sku", "WASHER"),
        ("name", "Washer <M8>"),
        ("base_unit", "H87"),
        ("decimals", "0"),
        ("tax_category", "S"),
        ("gtin", "12"),
        ("category", "Bolts"),
    ];
    let shown = desk.post("/desk/products/new", &form).await;
    assert_eq!(shown.status, 422);
    assert!(
        shown.html.contains("right check digit") && shown.html.contains("value=\"WASHER\""),
        "{}",
        shown.html
    );
    let mut good = form;
    good[5] = ("gtin", "");
    let path = desk.post("/desk/products/new", &good).await.goes_to();
    let html = desk.page(&path).await;
    assert!(
        html.contains("Washer &#60;M8&#62;") && html.contains("It has no price."),
        "{html}"
    );
    let edit = desk.page(&format!("{path}/edit")).await;
    let seen = value_behind(&edit, "name=\"version\"", "value");
    let mut changed = good.to_vec();
    changed[1] = ("name", "Spring washer");
    changed.push(("version", &seen));
    assert_eq!(desk.post(&format!("{path}/edit"), &changed).await.goes_to(), path);
    let html = desk.page(&path).await;
    assert!(html.contains("Name: Washer &#60;M8&#62; → Spring washer"), "{html}");
    let again = desk.post(&format!("{path}/edit"), &changed).await;
    assert_eq!(again.status, 412);
    assert!(
        again.html.contains("Somebody changed this meanwhile."),
        "{}",
        again.html
    );
    let html = desk.page(&product_path(&desk, "BOLT-8").await).await;
    for text in [
        "Carton of 200",
        "200 pieces",
        "BAG",
        "Nordwerk",
        ">C-NORD</a>",
        "19.00 per 100",
        "10,000",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
}

#[tokio::test]
async fn the_content_of_a_unit_is_typed_as_the_reader_writes_numbers() {
    let (app, _) = shop("catalogue").await;
    let desk = super::desk_lists::german(&app).await;
    let path = product_path(&desk, "CABLE").await;
    let form = |content: &'static str| {
        [
            ("unit", "RL"),
            ("name", "Rolle"),
            ("base_quantity", content),
            ("unit_code", "XRL"),
        ]
    };
    let unclear = desk.post(&format!("{path}/units/new"), &form("1.250")).await;
    assert_eq!(unclear.status, 422);
    assert!(unclear.html.contains(r#"value="1.250""#), "{}", unclear.html);
    assert!(
        unclear
            .html
            .contains("„1.250“ kann zweierlei heißen. Schreiben Sie 1250 oder 1,25."),
        "{}",
        unclear.html
    );
    assert_eq!(
        desk.post(&format!("{path}/units/new"), &form("12,5")).await.goes_to(),
        path
    );
    let html = desk.page(&path).await;
    assert!(html.contains("12,5 m"), "{html}");
    let edit = html.split_once(">RL</td>").unwrap().1.split_once("href=\"").unwrap().1;
    let edit = desk.page(edit.split('"').next().unwrap()).await;
    assert!(edit.contains(r#"value="12,5""#), "{edit}");
}

#[tokio::test]
async fn units_are_made_changed_and_removed_after_asking() {
    let (app, desk) = shop("catalogue").await;
    let path = product_path(&desk, "BOLT-8").await;
    let form = [
        ("unit", "CT"),
        ("name", "Box"),
        ("base_quantity", "25"),
        ("min_quantity", "1"),
        ("multiple", "1"),
    ];
    let shown = desk.post(&format!("{path}/units/new"), &form).await;
    assert_eq!(shown.status, 422);
    assert!(
        shown.html.contains("has a unit with this key already"),
        "{}",
        shown.html
    );
    let mut good = form.to_vec();
    good[0] = ("unit", "BX");
    good.push(("unit_code", "XBX"));
    assert_eq!(desk.post(&format!("{path}/units/new"), &good).await.goes_to(), path);
    let html = desk.page(&path).await;
    assert!(html.contains("25 pieces"), "{html}");
    let (_, of_box) = html.split_once(">BX</td>").unwrap();
    let edit = link(of_box, "Edit unit");
    let page = desk.page(&edit).await;
    let seen = value_behind(&page, "name=\"version\"", "value");
    let changes = [
        ("name", "Box of 30"),
        ("base_quantity", "30"),
        ("unit_code", "XBX"),
        ("version", &seen),
    ];
    assert_eq!(desk.post(&edit, &changes).await.goes_to(), path);
    let buyer = app.person("RIVAL", "buyer").await;
    assert_eq!(buyer.quote("BOLT-8", "BX", "1").await["base_quantity"], "30");
    let remove = edit.replace("/edit", "/remove");
    let page = desk.page(&remove).await;
    let seen = value_behind(&page, "name=\"version\"", "value");
    let order = serde_json::json!({"lines": [{"sku": "BOLT-8", "unit": "BX", "quantity": "2"}]});
    buyer.place_order(order).await.expect(201);
    assert_eq!(desk.post(&remove, &[("version", &seen)]).await.goes_to(), remove);
    assert!(desk.page(&remove).await.contains("Orders count in this unit"));
}

#[tokio::test]
async fn an_assortment_is_kept_row_by_row_and_by_pasted_lists() {
    let (app, desk) = shop("catalogue").await;
    let html = desk.page("/desk/assortments").await;
    assert!(html.contains("All products"), "{html}");
    let path = link(&html, "Nordwerk");
    assert!(desk.page(&path).await.contains("Your first article narrows that"));
    let list = "sku;number;label\nBOLT-8;4711;Line screw\nNOTHING;1\nNUT;4711\n";
    let shown = desk.post(&format!("{path}/paste"), &[("text", list)]).await;
    assert_eq!(shown.status, 422);
    for text in [
        "2 lines were not taken.",
        "1 article was added.",
        "There is no product NOTHING.",
        "NUT;4711",
    ] {
        assert!(shown.html.contains(text), "{text}: {}", shown.html);
    }
    assert!(!shown.html.contains("BOLT-8;4711"), "{}", shown.html);
    let pasted = desk.post(&format!("{path}/paste"), &[("text", "NUT;4712")]).await;
    assert_eq!(pasted.goes_to(), path);
    let html = desk.page(&path).await;
    assert!(
        html.contains("2 of 2 articles") && html.contains("value=\"Line screw\""),
        "{html}"
    );
    let buyer = app.browse_as("NORD", "buyer").await;
    let offers = buyer.page("/quick-order/suggest?q=cable").await;
    assert!(!offers.contains("CABLE"), "{offers}");
    let ids: Vec<_> = html
        .split("name=\"was-")
        .skip(1)
        .map(|part| part.split('"').next().unwrap())
        .collect();
    let seen: Vec<_> = ids
        .iter()
        .map(|id| value_behind(&html, &format!("name=\"seen-{id}\""), "value"))
        .collect();
    let field = |name: &str, index: usize| format!("{name}-{}", ids[index]);
    let form = [
        (field("was", 0), "4711\nLine screw\n\n".to_owned()),
        (field("seen", 0), seen[0].clone()),
        (field("customer_part_number", 0), "4713".to_owned()),
        (field("label_name", 0), "Line screw".to_owned()),
        (field("was", 1), "4712\n\n\n".to_owned()),
        (field("seen", 1), seen[1].clone()),
        (field("customer_part_number", 1), "4712".to_owned()),
        (field("label_gtin", 1), "4006381333931".to_owned()),
    ];
    let sent: Vec<_> = form
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let shown = desk.post(&format!("{path}/rows"), &sent).await;
    assert_eq!(shown.status, 422);
    for text in [
        "1 row needs you",
        "1 article was changed.",
        "It is the GTIN of BOLT-8.",
        "value=\"4713\"",
    ] {
        assert!(shown.html.contains(text), "{text}: {}", shown.html);
    }
    let again = desk.post(&format!("{path}/rows"), &sent[..4]).await;
    assert!(
        again.html.contains("Somebody else changed this row meanwhile."),
        "{}",
        again.html
    );
    let added = desk
        .post(&format!("{path}/articles"), &[("sku", "CABLE"), ("label_gtin", "1")])
        .await;
    assert_eq!(added.status, 422);
    let added = desk
        .post(
            &format!("{path}/articles"),
            &[("sku", "CABLE"), ("customer_part_number", "4714")],
        )
        .await;
    assert_eq!(added.goes_to(), path);
    let remove = format!("/desk/assortment-rows/{}/remove", ids[1]);
    let page = desk.page(&remove).await;
    let seen = value_behind(&page, "name=\"version\"", "value");
    assert_eq!(desk.post(&remove, &[("version", &seen)]).await.goes_to(), path);
    assert!(desk.page(&path).await.contains("NUT was removed."));
    let pricing = app.browse_staff("pricing").await;
    assert!(!pricing.page(&path).await.contains("Save articles"));
    for form in ["paste", "rows", "articles"] {
        assert_eq!(
            pricing.post(&format!("{path}/{form}"), &[("text", "NUT")]).await.status,
            403,
            "{form}"
        );
    }
}

#[tokio::test]
async fn the_catalogue_is_kept_in_german_too() {
    let app = TestApp::start().await;
    app.import(SHOP).await;
    let email = "artikel@supplier.example";
    app.add_staff_named(email, "catalogue").await;
    let rest = app.sign_in(email).await;
    let german = Some(serde_json::json!({"locale": "de"}));
    rest.change(reqwest::Method::PATCH, "/me", "*", german)
        .await
        .expect(200);
    let desk = app.browse_as_person(email).await;
    let html = desk.page("/desk/products").await;
    assert!(html.contains("Neuer Artikel") && html.contains("Kein Preis"), "{html}");
    let html = desk.page(&product_path(&desk, "BOLT-8").await).await;
    assert!(html.contains("200 Stück") && html.contains("19,00 je 100"), "{html}");
    let html = desk.page("/desk/assortments").await;
    assert!(html.contains("Alle Artikel"), "{html}");
    // A refusal says which article, as it does in English.
    let twice = [
        ("sku", "BOLT-8"),
        ("name", "Schraube"),
        ("base_unit", "H87"),
        ("decimals", "0"),
        ("tax_category", "S"),
    ];
    let refused = desk.post("/desk/products/new", &twice).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.html.contains("Den Artikel BOLT-8 gibt es schon."),
        "{}",
        refused.html
    );
}
