//! The shop by OCI: opened by an address, left by a form of fields.

use serde_json::json;

use super::{Buyer, form};

const BACK: &str = "https://erp.acme.example/hook";

impl Buyer {
    async fn password(&self) -> String {
        let rotated = self
            .staff
            .post(&self.at("/rotate-oci-secret"), json!({}))
            .await
            .expect(200);
        rotated["secret"].as_str().unwrap().to_owned()
    }
}

fn address(password: &str, more: &[(&str, &str)]) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([
            ("USERNAME", "oci-acme"),
            ("PASSWORD", password),
            ("HOOK_URL", BACK),
            ("~OkCode", "ADDI"),
            ("~TARGET", "_top"),
            ("~CALLER", "CTLG"),
        ])
        .extend_pairs(more)
        .finish();
    format!("/punchout/oci?{query}")
}

#[tokio::test]
async fn a_basket_goes_back_as_fields() {
    let buyer = Buyer::start().await;
    let password = buyer.password().await;
    let browser = buyer.app.browser();
    let start = browser
        .get(&address(&password, &[("http_content_charset", "iso-8859-1")]))
        .await
        .goes_to();
    let shop = browser.get(&start).await.goes_to();
    for (sku, quantity, unit) in [("BOLT", "1000", "H87"), ("BOLT", "2", "CT12"), ("CABLE", "2.25", "MTR")] {
        let fields = [("sku", sku), ("quantity", quantity), ("unit", unit)];
        browser.post(&format!("{shop}/add"), &fields).await.goes_to();
    }
    // A line that goes leaves no gap.
    browser
        .post(&format!("{shop}/basket"), &[("remove", "2")])
        .await
        .goes_to();
    let shown = browser.post(&format!("{shop}/return"), &[]).await;
    assert!(
        shown.html.contains("accept-charset=\"iso-8859-1\"") && shown.html.contains("target=\"_top\""),
        "{}",
        shown.html
    );
    let (url, fields) = form(&shown);
    assert_eq!(url, BACK);
    let of = |name: &str| {
        let found = fields.iter().find(|(own, _)| own == name);
        found.unwrap_or_else(|| panic!("{name} of {fields:?}")).1.clone()
    };
    let own = |name: &str, number: usize| of(&format!("NEW_ITEM-{name}[{number}]"));
    assert_eq!(own("DESCRIPTION", 1), "Schraube M8 für Ständer aus Stahl ? weiß");
    assert_eq!(own("DESCRIPTION", 1).chars().count(), 40);
    assert_eq!(
        (own("QUANTITY", 1), own("UNIT", 1), own("PRICE", 1), own("PRICEUNIT", 1)),
        ("1000.000".into(), "EA".into(), "0.325".into(), "10".into())
    );
    assert_eq!(
        (own("QUANTITY", 2), own("UNIT", 2), own("PRICE", 2), own("PRICEUNIT", 2)),
        ("2.250".into(), "MTR".into(), "1.200".into(), "1".into())
    );
    assert_eq!(
        (own("CURRENCY", 2), own("VENDOR", 2), own("VENDORMAT", 2)),
        ("EUR".into(), "100042".into(), "CABLE".into())
    );
    assert_eq!(own("EXT_PRODUCT_ID", 2), "CABLE|MTR");
    assert_eq!(of("NEW_ITEM-LONGTEXT_2:132[]"), "Kabel <3×1.5> & Co");
    assert!(!fields.iter().any(|(name, _)| name.contains("[3]")));
    assert_eq!(of("~OkCode"), "ADDI");
}

#[tokio::test]
async fn nothing_comes_back_where_nothing_was_taken() {
    let buyer = Buyer::start().await;
    let password = buyer.password().await;
    let browser = buyer.app.browser();
    let start = browser
        .get(&address(
            &password,
            &[("FUNCTION", "DETAIL"), ("PRODUCTID", "BOLT|CT12")],
        ))
        .await
        .goes_to();
    let shop = browser.get(&start).await.goes_to();
    assert!(shop.ends_with("?q=BOLT"), "{shop}");
    let shop = shop.split('?').next().unwrap();
    browser
        .post(
            &format!("{shop}/add"),
            &[("sku", "BOLT"), ("quantity", "1"), ("unit", "CT12")],
        )
        .await
        .goes_to();
    let (_, fields) = form(&browser.post(&format!("{shop}/cancel"), &[]).await);
    assert!(
        !fields.iter().any(|(name, _)| name.starts_with("NEW_ITEM")),
        "{fields:?}"
    );
}

#[tokio::test]
async fn lines_are_validated_and_searched_for_without_a_shop() {
    let buyer = Buyer::start().await;
    let password = buyer.password().await;
    let browser = buyer.app.browser();
    let validate = [
        ("FUNCTION", "VALIDATE"),
        ("PRODUCTID", "BOLT|CT12"),
        ("QUANTITY", "30.000"),
    ];
    let (url, fields) = form(&browser.get(&address(&password, &validate)).await);
    assert_eq!(url, BACK);
    assert!(
        fields.contains(&("NEW_ITEM-QUANTITY[1]".into(), "30.000".into())),
        "{fields:?}"
    );
    let (_, fields) = form(
        &browser
            .get(&address(
                &password,
                &[("FUNCTION", "VALIDATE"), ("PRODUCTID", "BOLT|H87"), ("QUANTITY", "100")],
            ))
            .await,
    );
    assert!(
        fields.contains(&("NEW_ITEM-QUANTITY[1]".into(), "100.000".into())),
        "{fields:?}"
    );
    let search = [("FUNCTION", "BACKGROUND_SEARCH"), ("SEARCHSTRING", "kabel")];
    let (_, fields) = form(&browser.get(&address(&password, &search)).await);
    assert!(
        fields.contains(&("NEW_ITEM-VENDORMAT[1]".into(), "CABLE".into())),
        "{fields:?}"
    );
    assert!(!fields.iter().any(|(name, _)| name.contains("[2]")));
}

#[tokio::test]
async fn who_has_no_password_or_no_known_hook_stays_out() {
    let buyer = Buyer::start().await;
    let password = buyer.password().await;
    let browser = buyer.app.browser();
    assert_eq!(browser.get(&address("wrong", &[])).await.status, 401);
    let elsewhere = address(&password, &[]).replace("erp.acme.example", "evil.example");
    assert_eq!(browser.get(&elsewhere).await.status, 422);
    // Who guesses is kept waiting; what is right is never held off.
    let mut last = 0;
    for _ in 0..12 {
        last = browser.get(&address("wrong", &[])).await.status;
    }
    assert_eq!(last, 429_u16);
    browser.get(&address(&password, &[])).await.goes_to();
    // A form of the buyer's own page.
    let request = browser.request(reqwest::Method::POST, "/punchout/oci");
    let body = address(&password, &[]).split_once('?').unwrap().1.to_owned();
    let request = request
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "cross-site")
        .body(body);
    assert!(browser.send(request).await.goes_to().starts_with("/punchout/start/"));
}
