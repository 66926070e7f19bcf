//! Quick order: lines are typed, pasted and uploaded, bad ones stay and can be mended, good ones are ordered once.

use serde_json::json;

use crate::app::TestApp;
use crate::browser::{Browser, Shown};
use crate::client::unique;

const SHOP: &[(&str, &str)] = &[
    ("supplier.csv", "name,country,currency\nHalden Supply,NL,EUR\n"),
    (
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit\n\
         NORD,Nordwind,NL,EUR,gold,30,100000\nRIVAL,Rival,NL,EUR,silver,30,\n",
    ),
    (
        "products.csv",
        "sku,name,base_unit,decimals,tax_category,gtin\n\
         HS-440,Wood screw 4 x 40,H87,0,S,4006381333931\nHS-450,Wood screw 4 x 50,H87,0,S,\n\
         HS-008,Wall plug nylon,H87,0,S,\nHS-310,Assembly glue,H87,0,S,\nHS-WIRE,Copper wire,MTR,3,S,\nHS-SECRET,Secret of others,H87,0,S,\n",
    ),
    (
        "units.csv",
        "sku,unit,unit_code,name,base_quantity,gtin,min_quantity,multiple,is_default\n\
         HS-440,CT,XCT,Carton of 500,500,96385074,1,1,true\nHS-440,BX,XBX,Box of 50,50,,1,1,\n\
         HS-450,CT,XCT,Carton of 500,500,,2,2,true\nHS-008,BX,XBX,Box of 12,12,,1,1,\n",
    ),
    (
        "assortment.csv",
        "account,sku,customer_part_number,label_name\n\
         NORD,HS-440,NW-40012,\nNORD,HS-450,NW-40020,\nNORD,HS-008,NW-71100,\nNORD,HS-310,NW-90211,\nNORD,HS-WIRE,NW-5000,\n\
         RIVAL,HS-SECRET,RV-1,\nRIVAL,HS-440,RV-2,\n",
    ),
    (
        "price_lists.csv",
        "price_list,name,currency,kind,account,tier\nBASE,List,EUR,base,,\n",
    ),
    (
        "prices.csv",
        "price_list,sku,unit,min_quantity,price,price_base\n\
         BASE,HS-440,H87,1,2.61,100\nBASE,HS-440,H87,10000,2.55,100\nBASE,HS-450,H87,1,2.94,100\n\
         BASE,HS-008,H87,1,11.2,1000\nBASE,HS-WIRE,MTR,0,1.5,1\nBASE,HS-SECRET,H87,1,1,1\n",
    ),
    (
        "stock.csv",
        "warehouse,sku,on_hand\nMAIN,HS-440,100000\nMAIN,HS-450,3000\nMAIN,HS-WIRE,5000\n",
    ),
];

pub async fn shop() -> (TestApp, Browser) {
    let app = TestApp::start().await;
    app.import(SHOP).await;
    let buyer = app.browse_as("NORD", "buyer").await;
    (app, buyer)
}

/// The value of the first attribute `name` behind `mark`.
pub fn value_behind(html: &str, mark: &str, name: &str) -> String {
    let rest = html.split_once(mark).unwrap_or_else(|| panic!("no {mark} in {html}")).1;
    let rest = rest.split_once(&format!("{name}=\"")).unwrap().1;
    rest.split_once('"').unwrap().0.to_owned()
}

pub fn draft_id(html: &str) -> String {
    value_behind(html, "name=\"draft\"", "value")
}

/// Values of buttons that begin so.
pub fn buttons(html: &str, begin: &str) -> Vec<String> {
    let mark = format!("value=\"{begin}");
    let found = html.split(&mark).skip(1);
    found
        .map(|rest| format!("{begin}{}", rest.split_once('"').unwrap().0))
        .collect()
}

pub async fn paste(buyer: &Browser, text: &str) -> String {
    assert_eq!(
        buyer.post("/quick-order/paste", &[("text", text)]).await.goes_to(),
        "/quick-order"
    );
    buyer.page("/quick-order").await
}

pub async fn press(buyer: &Browser, html: &str, button: &str) -> String {
    let path = format!("/drafts/{}/lines", draft_id(html));
    buyer
        .post(&path, &[("do", button), ("back", "/quick-order")])
        .await
        .goes_to();
    buyer.page("/quick-order").await
}

/// The preview's form with this number.
pub async fn place(buyer: &Browser, draft: &str, po_number: &str) -> Shown {
    let html = buyer.page(&format!("/drafts/{draft}/preview")).await;
    send_place(buyer, draft, po_number, &html).await
}

/// Sends this form of the preview with this number.
pub async fn send_place(buyer: &Browser, draft: &str, po_number: &str, html: &str) -> Shown {
    let key = value_behind(html, "name=\"form_key\"", "value");
    let sign = value_behind(html, "name=\"sign\"", "value");
    let form = [
        ("form_key", key.as_str()),
        ("sign", &sign),
        ("po_number", po_number),
        ("ship_to", "MAIN"),
    ];
    buyer.post(&format!("/drafts/{draft}/place"), &form).await
}

#[tokio::test]
async fn any_number_finds_its_article_and_packs_set_the_unit() {
    let (_app, buyer) = shop().await;
    for (key, quantity, expected) in [
        ("NW-40012", "16", "Wood screw 4 x 40"),
        ("nw-71100", "100", "Wall plug nylon"),
        ("HS-450", "2", "Wood screw 4 x 50"),
        ("96385074", "4", "Wood screw 4 x 40"),
        ("NW-90211", "1", "Assembly glue"),
    ] {
        let sent = [("key", key), ("quantity", quantity), ("back", "/quick-order")];
        let to = buyer.post("/quick-order/lines", &sent).await.goes_to();
        assert_eq!(to, "/quick-order?page=1&at=entry");
        let html = buyer.page(&to).await;
        assert!(html.contains(expected), "{key}: {html}");
    }
    let html = buyer.page("/quick-order").await;
    assert!(
        html.contains("2,000\u{a0}pieces"),
        "four cartons of 500 by their GTIN: {html}"
    );
    assert!(html.contains("Add 4\u{a0}cartons to pay 2.55."), "{html}");
    assert!(html.contains("Draft, 5 lines"), "the sign in the header");
    let rival = buyer.page("/quick-order/suggest?q=wood").await;
    assert_eq!(rival.matches("role=\"option\"").count(), 2, "{rival}");
}

#[tokio::test]
async fn a_unit_stays_as_it_was_shown() {
    let (app, buyer) = shop().await;
    let colleague = app.sign_in(&app.add_person("NORD", "buyer").await).await;
    let html = paste(&buyer, "NW-40012\t10\nNW-71100\t10").await;
    for told in [
        "5,000\u{a0}pieces",
        "the usual unit",
        "10\u{a0}pieces",
        "no unit was named",
    ] {
        assert!(html.contains(told), "{told}: {html}");
    }
    let seven = json!({ "po_number": "PO-7", "lines": [{ "sku": "HS-440", "unit": "H87", "quantity": "7" }] });
    colleague.post_with_key("/orders", &unique(), seven).await.expect(201);
    let again = buyer.page("/quick-order").await;
    assert!(
        again.contains("5,000\u{a0}pieces") && !again.contains("as ordered last"),
        "{again}"
    );
    let draft = draft_id(&again);
    // A form that is saved as it is shown changes nothing either.
    let line = value_behind(&again, "name=\"unit-", "name").replace("was-unit-", "");
    let shown = [
        (format!("quantity-{line}"), "11".to_owned()),
        (format!("was-quantity-{line}"), "10".to_owned()),
        (format!("unit-{line}"), "CT".to_owned()),
        (format!("was-unit-{line}"), "CT".to_owned()),
        ("do".to_owned(), "save".to_owned()),
        ("back".to_owned(), "/quick-order".to_owned()),
    ];
    let shown: Vec<_> = shown
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    buyer.post(&format!("/drafts/{draft}/lines"), &shown).await.goes_to();
    let again = buyer.page("/quick-order").await;
    assert!(
        again.contains("5,500\u{a0}pieces") && again.contains("the usual unit"),
        "{again}"
    );
    place(&buyer, &draft, "PO-8").await.goes_to();
    let placed = colleague.get("/orders?q=PO-8").await.expect(200);
    let order = colleague
        .get(&format!("/orders/{}", placed["data"][0]["id"].as_str().unwrap()))
        .await
        .expect(200);
    assert_eq!(order["lines"][0]["base_quantity"], "5500");
    // What the account ordered last is the usual unit of the next line.
    let html = paste(&buyer, "NW-40012\t2").await;
    assert!(
        html.contains("1,000\u{a0}pieces") && html.contains("as ordered last"),
        "{html}"
    );
    app.finish().await;
}

#[tokio::test]
async fn twelve_pasted_lines_stay_good_and_bad_and_the_good_ones_are_ordered_once() {
    let (app, buyer) = shop().await;
    let list = "NW-40012\t16\tcarton\nNW-40020\t40\tCT\nNW-4O012\t10\nNW-71100\t1.000\nNW-40020\t3\tCT\nNW-90211\t24\n\
                HS-440\t500\tpcs\nwood screw\t4\nNW-40012\t1,5\tCT\nNW-5000\t2,5\nNW-40012\t\nNW-71100\t5\tbag\n";
    let html = paste(&buyer, list).await;
    assert!(
        html.contains("8 of 12 lines need you. The other 4 are ready."),
        "{html}"
    );
    for sentence in [
        "“NW-4O012” is not in your catalogue. Did you mean:",
        "“1.000” can be read in two ways.",
        "It is ordered in multiples of 2 × Carton of 500.",
        "You have no price for 24 ×",
        "Several articles match “wood screw”. Choose one:",
        "1,5 × Carton of 500 is not a whole number.",
        "How many? Type a quantity.",
        "It is not sold in “bag”.",
    ] {
        assert!(html.contains(sentence), "{sentence}: {html}");
    }
    assert!(!html.contains("HS-SECRET"));
    let draft = draft_id(&html);
    let placed = place(&buyer, &draft, "PO-1").await.goes_to();
    assert!(placed.ends_with("/confirmation"), "{placed}");
    let html = buyer.page(&placed).await;
    assert!(html.contains("8 lines wait in your draft."), "{html}");
    let orders = app
        .sign_in(&app.add_person("NORD", "viewer").await)
        .await
        .get("/orders")
        .await
        .expect(200);
    assert_eq!(orders["data"].as_array().unwrap().len(), 1);
    assert_eq!(orders["data"][0]["line_count"], 4);
    // Back in the browser, or in another tab: the draft says what became of it.
    assert_eq!(
        buyer.get(&format!("/drafts/{draft}/preview")).await.goes_to(),
        format!("/drafts/{draft}")
    );
    assert_eq!(buyer.get(&format!("/drafts/{draft}")).await.goes_to(), placed);
    app.finish().await;
}

#[tokio::test]
async fn a_form_sent_twice_and_two_tabs_make_one_order() {
    let (app, buyer) = shop().await;
    let html = paste(&buyer, "NW-40012;16;CT").await;
    let draft = draft_id(&html);
    let path = format!("/drafts/{draft}/preview");
    let (one, other) = (buyer.page(&path).await, buyer.page(&path).await);
    let first = send_place(&buyer, &draft, "PO-1", &one).await.goes_to();
    for (html, po_number) in [(&one, "PO-1"), (&other, "PO-1"), (&other, "PO-2")] {
        let again = send_place(&buyer, &draft, po_number, html).await.goes_to();
        assert_eq!(again, format!("/drafts/{draft}"));
        assert_eq!(buyer.get(&again).await.goes_to(), first);
    }
    let orders = app
        .sign_in(&app.add_person("NORD", "viewer").await)
        .await
        .get("/orders")
        .await
        .expect(200);
    assert_eq!(orders["data"].as_array().unwrap().len(), 1);
    app.finish().await;
}

#[tokio::test]
async fn every_mend_that_is_offered_mends() {
    let (_app, buyer) = shop().await;
    let html = paste(&buyer, "NW-4O012;10\nNW-71100;1.000\nNW-40020;3;CT\nNW-40012;1,5;CT").await;
    let article = &buttons(&html, "article:")[0];
    let mut html = press(&buyer, &html, article).await;
    assert!(html.contains("3 of 4 lines need you."), "{html}");
    while let Some(mend) = html
        .contains("need you")
        .then(|| buttons(&html, "mend:"))
        .and_then(|mends| {
            // The first belongs to the break hint of a good line where there is one.
            mends.into_iter().find(|mend| !mend.ends_with(":20"))
        })
    {
        html = press(&buyer, &html, &mend).await;
    }
    assert!(!html.contains("need you"), "{html}");
    assert!(html.contains("4 of 4 lines ready"));
}

#[tokio::test]
async fn the_same_article_twice_can_be_merged() {
    let (_app, buyer) = shop().await;
    let html = paste(&buyer, "NW-40012;16;CT\nHS-440;4;CT").await;
    assert!(html.contains("Same article as line 1."), "{html}");
    let html = press(&buyer, &html, &buttons(&html, "merge:")[0].clone()).await;
    assert!(html.contains("1 of 1 line ready"), "{html}");
    assert!(html.contains("value=\"20\""), "{html}");
}

#[tokio::test]
async fn a_price_that_rose_is_shown_and_asks_consent() {
    let (app, buyer) = shop().await;
    let html = paste(&buyer, "NW-40012;16;CT").await;
    let draft = draft_id(&html);
    let path = format!("/drafts/{draft}/preview");
    let seen = buyer.page(&path).await;
    app.import(&[(
        "prices.csv",
        "price_list,sku,unit,min_quantity,price,price_base\nBASE,HS-440,H87,1,2.70,100\n",
    )])
    .await;
    let told = send_place(&buyer, &draft, "PO-1", &seen).await;
    assert_eq!(told.status, 200);
    assert!(
        told.html.contains("Something has changed since you looked"),
        "{}",
        told.html
    );
    assert!(told.html.contains("Line 1, NW-40012: 208.80 → 216.00"), "{}", told.html);
    let (key, sign) = (
        value_behind(&told.html, "name=\"form_key\"", "value"),
        value_behind(&told.html, "name=\"sign\"", "value"),
    );
    let mut form = vec![
        ("form_key", key.as_str()),
        ("sign", &sign),
        ("po_number", "PO-1"),
        ("rises", "1"),
    ];
    let place = format!("/drafts/{draft}/place");
    assert_eq!(buyer.post(&place, &form).await.status, 422);
    form.push(("accept", "1"));
    assert!(buyer.post(&place, &form).await.goes_to().ends_with("/confirmation"));
    app.finish().await;
}

#[tokio::test]
async fn a_used_or_missing_number_is_refused_with_what_was_typed() {
    let (_app, buyer) = shop().await;
    let html = paste(&buyer, "NW-40012;16;CT").await;
    place(&buyer, &draft_id(&html), "PO-1").await.goes_to();
    let html = paste(&buyer, "NW-40012;4;CT").await;
    let draft = draft_id(&html);
    let refused = place(&buyer, &draft, "po-1").await;
    assert_eq!(refused.status, 409);
    assert!(refused.html.contains("already uses this number"), "{}", refused.html);
    assert!(refused.html.contains("value=\"po-1\""));
    assert_eq!(place(&buyer, &draft, " ").await.status, 422);
    assert!(place(&buyer, &draft, "PO-2").await.goes_to().ends_with("/confirmation"));
}

/// A form with a file, as browsers send it.
pub async fn upload(buyer: &Browser, bytes: &[u8]) -> Shown {
    let head = "--b\r\nContent-Disposition: form-data; name=\"draft\"\r\n\r\n\r\n--b\r\n\
                Content-Disposition: form-data; name=\"file\"; filename=\"list.csv\"\r\n\
                Content-Type: application/octet-stream\r\n\r\n";
    let body = [head.as_bytes(), bytes, b"\r\n--b--\r\n"].concat();
    let request = buyer.request(reqwest::Method::POST, "/quick-order/upload");
    let request = request.header("content-type", "multipart/form-data; boundary=b");
    buyer
        .send(request.header("sec-fetch-site", "same-origin").body(body))
        .await
}

#[tokio::test]
async fn an_uploaded_file_is_checked_and_its_columns_corrected() {
    let (_app, buyer) = shop().await;
    let checked = upload(
        &buyer,
        b"Name;Artikelnummer;Menge\r\nD\xFCbel;NW-71100;100\r\nX;NW-40012;5\r\n",
    )
    .await;
    assert_eq!(checked.status, 200, "{}", checked.html);
    assert!(
        checked.html.contains("Dübel") && checked.html.contains("Add 2 lines"),
        "{}",
        checked.html
    );
    let table = "Name\tArtikelnummer\tMenge\nDübel\tNW-71100\t100\nX\tNW-40012\t5";
    let form = [
        ("table", table),
        ("key", "1"),
        ("quantity", "2"),
        ("unit", ""),
        ("note", "0"),
        ("header", "1"),
    ];
    let again = buyer.post("/quick-order/check", &form).await;
    assert!(again.html.contains("Add 2 lines"), "{}", again.html);
    let mut form = form.to_vec();
    form.push(("do", "add"));
    assert_eq!(buyer.post("/quick-order/check", &form).await.goes_to(), "/quick-order");
    let html = buyer.page("/quick-order").await;
    assert!(html.contains("2 of 2 lines ready") && html.contains("Dübel"), "{html}");
    for (bytes, sentence) in [
        (&b"\xD0\xCF\x11\xE0 old"[..], "This is an old Excel file."),
        (b"PK\x03\x04 broken", "The file can&#39;t be read."),
        (b"", "The file is empty."),
        (&[b'x'; 6 * 1024 * 1024], "larger than 5 MB"),
    ] {
        let refused = upload(&buyer, bytes).await;
        assert_eq!(refused.status, 422, "{sentence}");
        assert!(refused.html.contains(sentence), "{sentence}: {}", refused.html);
    }
}

#[tokio::test]
async fn german_readers_read_german() {
    let (app, _) = shop().await;
    app.import(&[(
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit,locale\nNORD,Nordwind,NL,EUR,gold,30,100000,de\n",
    )])
    .await;
    let buyer = app.browse_as("NORD", "buyer").await;
    let html = paste(&buyer, "NW-40012;16;CT\nNW-4O012;1").await;
    assert!(html.contains("1 von 2 Positionen brauchen Sie noch."), "{html}");
    assert!(html.contains("208,80") && html.contains("Meinten Sie:"), "{html}");
    let html = buyer.page(&format!("/drafts/{}/preview", draft_id(&html))).await;
    assert!(html.contains("Jetzt bestellen (1 Position)"), "{html}");
}
