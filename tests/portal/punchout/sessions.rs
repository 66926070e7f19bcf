//! A session from its link to the basket that goes back.

use portal::clock;
use portal::db::sql;

use super::{BACK, Buyer, code, message, setup, setup_request};

const ITEM: &[&str] = &["Message", "PunchOutOrderMessage"];

#[tokio::test]
async fn a_basket_of_three_units_goes_back_in_both_packings() {
    for transport in ["base64", "urlencoded"] {
        let buyer = Buyer::start().await;
        let mut own = setup("acme");
        own["transport"] = transport.into();
        buyer.put(own).await;
        let cookie = "1 &lt;b&gt; &amp; „ü“ 😀<x y=\"1\">z</x>";
        let (browser, shop) = buyer.shop("create", cookie, "").await;
        assert!(browser.cookie("portal_session").is_none());
        let lines = [
            ("BOLT", "100", "H87"),
            ("BOLT", "2", "CT12"),
            ("BOLT", "1", "PAL"),
            ("CABLE", "2.25", "MTR"),
        ];
        for (sku, quantity, unit) in lines {
            let fields = [("sku", sku), ("quantity", quantity), ("unit", unit)];
            assert_eq!(
                browser.post(&format!("{shop}/add"), &fields).await.goes_to(),
                format!("{shop}/basket")
            );
        }
        let shown = browser.post(&format!("{shop}/return"), &[]).await;
        let policy = shown.headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.contains("frame-ancestors https://erp.acme.example;")
                || policy.ends_with("frame-ancestors https://erp.acme.example"),
            "{policy}"
        );
        assert!(
            policy.contains("form-action 'self' https://erp.acme.example"),
            "{policy}"
        );
        assert!(shown.headers.get("x-frame-options").is_none());
        let message = message(&shown);
        let order = message.at(ITEM).unwrap();
        assert_eq!(
            order.at(&["BuyerCookie"]).unwrap().inner_xml(),
            "1 &lt;b&gt; &amp; „ü“ 😀<x y=\"1\">z</x>"
        );
        let items: Vec<_> = order.all("ItemIn").collect();
        let of = |place: usize, path: &[&str]| items[place].value_at(path).unwrap_or_default();
        let told: Vec<_> = (0..4)
            .map(|place| {
                let basis = items[place].at(&["ItemDetail", "PriceBasisQuantity"]).map(|basis| {
                    let of = |name| basis.attribute(name).unwrap().to_owned();
                    (of("quantity"), of("conversionFactor"), basis.value())
                });
                (
                    items[place].attribute("quantity").unwrap().to_owned(),
                    of(place, &["ItemID", "SupplierPartAuxiliaryID"]),
                    of(place, &["ItemDetail", "UnitOfMeasure"]),
                    of(place, &["ItemDetail", "UnitPrice"]),
                    basis,
                )
            })
            .collect();
        let row = |quantity: &str, auxiliary: &str, unit: &str, price: &str, basis: Option<(&str, &str, &str)>| {
            let own = |text: &str| text.to_owned();
            let basis = basis.map(|(a, b, c)| (own(a), own(b), own(c)));
            (own(quantity), own(auxiliary), own(unit), own(price), basis)
        };
        let expected = [
            row("100", "1/H87", "EA", "3.25", Some(("100", "1", "EA"))),
            row("2", "2/CT12", "CT", "0.40", None),
            row("1", "3/PAL", "XPX", "3.25", Some(("100", "480", "EA"))),
            row("2.25", "4/MTR", "MTR", "1.2", None),
        ];
        assert_eq!(
            told.iter()
                .map(|row| (
                    row.0.clone(),
                    row.1.clone(),
                    row.2.clone(),
                    row.3.trim_end_matches('0').to_owned(),
                    row.4.clone()
                ))
                .collect::<Vec<_>>(),
            expected
                .iter()
                .map(|row| (
                    row.0.clone(),
                    row.1.clone(),
                    row.2.clone(),
                    row.3.trim_end_matches('0').to_owned(),
                    row.4.clone()
                ))
                .collect::<Vec<_>>()
        );
        assert_eq!(of(3, &["ItemDetail", "Description"]), "Kabel <3×1.5> & Co");
        assert_eq!(of(0, &["ItemDetail", "Classification"]), "31161500");
        assert_eq!(of(3, &["ItemDetail", "Classification"]), "26121600");
        // 3.25 + 0.80 + 15.60 + 2.70
        assert_eq!(
            order.value_at(&["PunchOutOrderMessageHeader", "Total"]).as_deref(),
            Some("22.35")
        );
        // What went back can't be taken back again.
        assert_eq!(browser.post(&format!("{shop}/return"), &[]).await.status, 409);
        assert_eq!(browser.get(&shop).await.status, 409);
    }
}

#[tokio::test]
async fn a_link_opens_once_and_for_five_minutes() {
    let buyer = Buyer::start().await;
    let start = buyer.asked("create", "1", "").await;
    let browser = buyer.app.browser();
    browser.get(&start).await.goes_to();
    assert_eq!(browser.get(&start).await.status, 409);
    let late = buyer.asked("create", "1", "").await;
    let past = clock::now() - chrono::TimeDelta::seconds(1);
    let write = move |tx: &mut _| sql("UPDATE punchout_sessions SET start_until = $1").bind(past).run(tx);
    buyer.app.db().write(write).await.unwrap();
    assert_eq!(browser.get(&late).await.status, 409);
    let kept: (chrono::NaiveDateTime, chrono::NaiveDateTime) = buyer
        .app
        .db()
        .read(|tx| sql("SELECT created_at, expires_at FROM punchout_sessions ORDER BY id LIMIT 1").one(tx))
        .await
        .unwrap();
    assert_eq!(kept.1 - kept.0, chrono::TimeDelta::hours(8));
}

#[tokio::test]
async fn two_sessions_in_one_browser_stay_apart() {
    let buyer = Buyer::start().await;
    let (browser, one) = buyer.shop("create", "first", "").await;
    let to = browser.get(&buyer.asked("create", "second", "").await).await.goes_to();
    let two = to.split('?').next().unwrap().to_owned();
    assert_ne!(one, two);
    for (shop, quantity) in [(&one, "1"), (&two, "7"), (&one, "2")] {
        let fields = [("sku", "BOLT"), ("quantity", quantity), ("unit", "CT12")];
        browser.post(&format!("{shop}/add"), &fields).await.goes_to();
    }
    for (shop, cookie, quantity) in [(&two, "second", "7"), (&one, "first", "3")] {
        let message = message(&browser.post(&format!("{shop}/return"), &[]).await);
        let order = message.at(ITEM).unwrap();
        assert_eq!(order.value_at(&["BuyerCookie"]).as_deref(), Some(cookie));
        assert_eq!(order.at(&["ItemIn"]).unwrap().attribute("quantity"), Some(quantity));
    }
}

const EDITED: &str = r#"<ItemOut quantity="2.0000" lineNumber="1"><ItemID><SupplierPartID>BOLT</SupplierPartID><SupplierPartAuxiliaryID>5/CT12</SupplierPartAuxiliaryID></ItemID></ItemOut><ItemOut quantity="100" lineNumber="2"><ItemID><SupplierPartID>BOLT</SupplierPartID></ItemID><ItemDetail><UnitPrice><Money currency="EUR">3.25</Money></UnitPrice><Description xml:lang="de">x</Description><UnitOfMeasure>EA</UnitOfMeasure><Classification domain="UNSPSC">31161500</Classification></ItemDetail></ItemOut>"#;

#[tokio::test]
async fn an_earlier_basket_is_edited_or_left_as_it_was() {
    let buyer = Buyer::start().await;
    let (browser, shop) = buyer.shop("edit", "1", EDITED).await;
    browser
        .post(
            &format!("{shop}/basket"),
            &[("quantity-5", "4"), ("quantity-6", "100"), ("remove", "6")],
        )
        .await
        .goes_to();
    let edited = message(&browser.post(&format!("{shop}/return"), &[]).await);
    let items: Vec<_> = edited.at(ITEM).unwrap().all("ItemIn").collect();
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].attribute("quantity"), Some("4"));
    assert_eq!(
        items[0].value_at(&["ItemID", "SupplierPartAuxiliaryID"]).as_deref(),
        Some("5/CT12")
    );

    let (browser, shop) = buyer.shop("edit", "1", EDITED).await;
    let left = message(&browser.post(&format!("{shop}/cancel"), &[]).await);
    assert_eq!(left.at(&["Message", "Status"]).unwrap().attribute("code"), Some("204"));
    assert!(left.at(ITEM).unwrap().all("ItemIn").next().is_none());
}

#[tokio::test]
async fn a_basket_is_inspected_and_not_changed() {
    let buyer = Buyer::start().await;
    let (browser, shop) = buyer.shop("inspect", "1", EDITED).await;
    let page = browser.page(&format!("{shop}/basket")).await;
    assert!(
        page.contains("Nothing can be changed") && !page.contains("/return"),
        "{page}"
    );
    let fields = [("sku", "BOLT"), ("quantity", "1"), ("unit", "CT12")];
    assert_eq!(browser.post(&format!("{shop}/add"), &fields).await.status, 409);
    assert_eq!(
        browser
            .post(&format!("{shop}/basket"), &[("quantity-5", "9")])
            .await
            .status,
        409
    );
    let back = message(&browser.post(&format!("{shop}/cancel"), &[]).await);
    assert_eq!(back.at(&["Message", "Status"]).unwrap().attribute("code"), Some("204"));
}

#[tokio::test]
async fn a_shopper_shops_and_does_nothing_else() {
    let buyer = Buyer::start().await;
    let selected = "<SelectedItem><ItemID><SupplierPartID>CABLE</SupplierPartID></ItemID></SelectedItem>";
    let browser = buyer.app.browser();
    let to = browser.get(&buyer.asked("create", "1", selected).await).await.goes_to();
    assert!(to.ends_with("?q=CABLE"), "{to}");
    let page = browser.page(&to).await;
    assert!(page.contains("Kabel") && !page.contains("Schraube"), "{page}");
    assert_eq!(page.matches("name=\"sku\"").count(), 1);
    for path in ["/", "/orders", "/quick-order", "/products", "/desk"] {
        assert_eq!(browser.get(path).await.status, 303, "{path}");
    }
    assert_eq!(buyer.orders().await.len(), 0);
    // Made once, however often they come; a member is nobody new.
    buyer.app.add_person_named("member@acme.example", "ACME", "buyer").await;
    buyer.asked("create", "1", "").await;
    let asked = setup_request("create", "1", BACK, "").replace("shopper@", "MEMBER@");
    assert_eq!(code(&buyer.send(&asked).await).0, "200");
    let counts = "SELECT (SELECT count(*) FROM punchout_shoppers), \
                  (SELECT count(*) FROM punchout_sessions WHERE person_id IS NOT NULL), \
                  (SELECT count(*) FROM punchout_sessions WHERE shopper_id IS NOT NULL)";
    let counted: (i64, i64, i64) = buyer.app.db().read(move |tx| sql(counts).one(tx)).await.unwrap();
    assert_eq!(counted, (1, 1, 2));
}

#[tokio::test]
async fn what_cannot_be_sold_does_not_go_back() {
    let buyer = Buyer::start().await;
    let gone = EDITED.replace(">BOLT<", ">GONE<");
    let (browser, shop) = buyer.shop("edit", "1", &gone).await;
    let shown = browser.post(&format!("{shop}/return"), &[]).await;
    assert_eq!(shown.status, 422, "{}", shown.html);
    // The session goes on.
    browser
        .post(&format!("{shop}/basket"), &[("remove", "5")])
        .await
        .goes_to();
    browser
        .post(&format!("{shop}/basket"), &[("remove", "6")])
        .await
        .goes_to();
    let lines = "BOLT 2 CT12\nnothing 1\n";
    let refused = browser.post(&format!("{shop}/quick"), &[("lines", lines)]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("nothing 1"), "{}", refused.html);
    let many = "BOLT 1 CT12\n".repeat(201);
    let refused = browser
        .post(&format!("{shop}/quick"), &[("lines", many.as_str())])
        .await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("200 lines"), "{}", refused.html);
    // The same again is so much more.
    for lines in ["BOLT 2 CT12\nCABLE;1.5", "BOLT 3 CT12"] {
        browser
            .post(&format!("{shop}/quick"), &[("lines", lines)])
            .await
            .goes_to();
    }
    let message = message(&browser.post(&format!("{shop}/return"), &[]).await);
    let items: Vec<_> = message.at(ITEM).unwrap().all("ItemIn").collect();
    let quantities: Vec<_> = items.iter().map(|item| item.attribute("quantity").unwrap()).collect();
    assert_eq!(quantities, ["5", "1.5"]);
}
