//! The catalogue: only what the account sees, found by any number or word, at its prices, added to its draft.

use std::fmt::Write;

use serde_json::json;

use super::drafts::statements;
use super::quick_order::{paste, shop, value_behind};

/// The page of the article with this number in the list.
async fn path_of(buyer: &crate::browser::Browser, number: &str) -> String {
    let html = buyer.page(&format!("/products?q={number}")).await;
    let before = html
        .split(&format!("<span class=\"mono\">{number}</span>"))
        .next()
        .unwrap();
    let link = before.rsplit("href=\"").next().unwrap();
    link.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_list_shows_own_numbers_prices_breaks_and_stock_of_the_assortment() {
    let (app, buyer) = shop().await;
    let html = buyer.page("/products").await;
    for expected in [
        "NW-40012</span> Wood screw 4 x 40",
        "our HS-440",
        "Carton of 500",
        "13.05 / carton",
        "2.61 / 100 pieces",
        "from 10,000\u{a0}pieces: 2.55",
        "In stock",
        "No price yet",
        "Not in stock",
    ] {
        assert!(html.contains(expected), "{expected}: {html}");
    }
    assert!(!html.contains("Secret") && !html.contains("RV-"), "{html}");
    let viewer = app.browse_as("NORD", "viewer").await;
    let html = viewer.page("/products").await;
    assert!(html.contains("NW-40012") && !html.contains("/drafts/add"), "{html}");
}

#[tokio::test]
async fn articles_are_found_by_any_number_or_word_and_by_category() {
    let (app, buyer) = shop().await;
    app.import(&[("products.csv", "sku,name,base_unit,decimals,tax_category,category\nHS-440,Wood screw 4 x 40,H87,0,S,Screws & bolts\nHS-WIRE,Copper wire,MTR,3,S,Wire\nHS-SECRET,Secret of others,H87,0,S,Secrets\n")])
        .await;
    for (query, expected, not) in [
        ("q=NW-40012", "4 x 40", "4 x 50"),
        ("q=hs-450", "4 x 50", "4 x 40"),
        ("q=4006381333931", "4 x 40", "4 x 50"),
        ("q=copper", "Copper wire", "Wood screw"),
        ("category=Screws+%26+bolts", "4 x 40", "Copper wire"),
    ] {
        let html = buyer.page(&format!("/products?{query}")).await;
        assert!(html.contains(expected) && !html.contains(not), "{query}: {html}");
    }
    let html = buyer.page("/products").await;
    assert!(
        html.contains("/products?category=Screws+%26+bolts") && !html.contains("Secrets"),
        "{html}"
    );
    for nothing in ["q=secret", "q=%2B%2B", "category=Secrets", "ordered=1"] {
        let html = buyer.page(&format!("/products?{nothing}")).await;
        assert!(
            html.contains("Clear filter") && !html.contains("<tbody"),
            "{nothing}: {html}"
        );
    }
}

#[tokio::test]
async fn what_others_have_and_what_is_not_there_are_the_same() {
    let (app, buyer) = shop().await;
    let rival = app.browse_as("RIVAL", "buyer").await;
    let secret = path_of(&rival, "RV-1").await;
    rival.page(&secret).await;
    let (foreign, unknown) = (buyer.get(&secret).await, buyer.get("/products/prd_0000000000000").await);
    assert_eq!((foreign.status, unknown.status), (404, 404));
    assert!(!foreign.html.contains("Secret"), "{}", foreign.html);
}

#[tokio::test]
async fn a_product_shows_units_breaks_and_why_its_price() {
    let (_app, buyer) = shop().await;
    let path = path_of(&buyer, "NW-40012").await;
    let html = buyer.page(&path).await;
    for expected in [
        "Carton of 500",
        "00000096385074",
        "500\u{a0}pieces",
        "20\u{a0}cartons",
        "Price list BASE",
        "Your price now",
        "Not among your latest 1,000 orders.",
    ] {
        assert!(html.contains(expected), "{expected}: {html}");
    }
    let html = buyer.page(&format!("{path}?unit=CT&quantity=20")).await;
    assert!(
        html.contains("EUR\u{a0}255.00") && html.contains("10,000\u{a0}pieces"),
        "{html}"
    );
    let current = html.split("aria-current=\"true\"").nth(1).unwrap();
    assert!(current.split("</tr>").next().unwrap().contains("12.75"), "{html}");
    let html = buyer.page(&format!("{path}?unit=CT&quantity=1,5")).await;
    assert!(
        html.contains("aria-invalid") && html.contains("value=\"1,5\""),
        "{html}"
    );
}

#[tokio::test]
async fn rows_with_a_quantity_go_to_the_draft_and_the_list_comes_back() {
    let (_app, buyer) = shop().await;
    let form = |back| {
        [
            ("back", back),
            ("sku", "HS-440"),
            ("quantity", "2"),
            ("unit", "CT"),
            ("sku", "HS-450"),
            ("quantity", ""),
            ("unit", "CT"),
        ]
    };
    let back = "/products?q=screw";
    assert_eq!(buyer.post("/drafts/add", &form(back)).await.goes_to(), back);
    let html = buyer.page(back).await;
    assert!(
        html.contains("1 line was added.") && html.contains("Draft, 1 line"),
        "{html}"
    );
    for foreign in [
        "//evil.example",
        "/productsevil",
        "https://evil.example",
        "/products\\evil",
    ] {
        let to = buyer.post("/drafts/add", &form(foreign)).await.goes_to();
        assert_eq!(to, "/quick-order?page=1", "{foreign}");
    }
    let nothing = [
        ("back", "/products"),
        ("sku", "HS-440"),
        ("quantity", ""),
        ("unit", "CT"),
    ];
    assert_eq!(buyer.post("/drafts/add", &nothing).await.goes_to(), "/products");
}

#[tokio::test]
async fn what_was_ordered_before_is_found_again() {
    let (app, buyer) = shop().await;
    let client = app.sign_in(&app.add_person("NORD", "buyer").await).await;
    let order = json!({"lines": [{"sku": "HS-440", "unit": "CT", "quantity": "4"}]});
    client.place_order(order).await.expect(201);
    let html = buyer.page("/products?ordered=1").await;
    assert!(html.contains("NW-40012") && !html.contains("NW-40020"), "{html}");
    let path = path_of(&buyer, "NW-40012").await;
    let html = buyer.page(&path).await;
    assert!(html.contains("4\u{a0}cartons") && html.contains("52.20"), "{html}");
    let rival = app.browse_as("RIVAL", "buyer").await;
    let html = rival.page("/products?ordered=1").await;
    assert!(!html.contains("RV-2"), "{html}");
}

#[tokio::test]
async fn a_page_takes_the_same_statements_for_any_number_of_articles_and_pages_lead_through_all() {
    let (app, buyer) = shop().await;
    let few = statements(&app, async || drop(buyer.page("/products").await)).await;
    let (mut products, mut assortment) = (
        "sku,name,base_unit,decimals,tax_category\n".to_owned(),
        "account,sku,customer_part_number\n".to_owned(),
    );
    for number in 0..120 {
        writeln!(products, "X-{number:03},Thing {number},H87,0,S").unwrap();
        writeln!(assortment, "NORD,X-{number:03},NX-{number:03}").unwrap();
    }
    app.import(&[("products.csv", &products), ("assortment.csv", &assortment)])
        .await;
    let many = statements(&app, async || drop(buyer.page("/products").await)).await;
    assert_eq!(few, many);
    let (mut path, mut rows) = ("/products?q=thing".to_owned(), 0);
    loop {
        let html = buyer.page(&path).await;
        rows += html.matches("<span class=\"mono\">NX-").count();
        if !html.contains("rel=\"next\"") {
            break;
        }
        path = value_behind(&html, "class=\"button\" rel=\"next\"", "href").replace("&#38;", "&");
    }
    assert_eq!(rows, 120);
    assert_eq!(buyer.get("/products?cursor=nonsense").await.status, 422);
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
    let html = buyer.page("/products").await;
    assert!(
        html.contains("13,05 / Karton") && html.contains("ab 10.000\u{a0}Stück: 2,55"),
        "{html}"
    );
    let html = buyer.page(&path_of(&buyer, "NW-40012").await).await;
    assert!(
        html.contains("Ihr Preis jetzt") && html.contains("Preisliste BASE"),
        "{html}"
    );
}

#[tokio::test]
async fn pages_say_that_an_article_is_phased_out_or_no_longer_sold() {
    let (app, buyer) = shop().await;
    let states = "sku,name,base_unit,decimals,tax_category,state\n\
                  HS-450,Wood screw 4 x 50,H87,0,S,phase_out\nHS-008,Wall plug nylon,H87,0,S,ended\n";
    app.import(&[("products.csv", states)]).await;
    let list = buyer.page("/products").await;
    assert!(
        list.contains("While stock lasts") && !list.contains("Wall plug"),
        "{list}"
    );
    let html = paste(&buyer, "NW-40020\t8 CT\nNW-71100\t1 BX\nNW-40012\t1 CT").await;
    assert!(html.contains("HS-450 only 3,000 H87 are left"), "{html}");
    assert!(html.contains("HS-008 is no longer sold"), "{html}");
}

#[tokio::test]
async fn a_page_of_the_catalogue_costs_two_statements_more_than_its_data() {
    let (app, buyer) = shop().await;
    let program = app.person("NORD", "buyer").await;
    let data = statements(&app, async || drop(program.get("/products").await.expect(200))).await;
    let page = statements(&app, async || drop(buyer.page("/products").await)).await;
    // In which unit articles were ordered last, and the lines of the draft; of what stands around it nothing.
    assert_eq!(page, data + 2);
}

#[tokio::test]
async fn categories_are_counted_anew_as_soon_as_the_assortment_changes() {
    let (app, buyer) = shop().await;
    let node = app.another_node().await;
    let elsewhere = buyer.at(&node.base);
    assert!(!buyer.page("/products").await.contains("Fasteners"));
    assert!(!elsewhere.page("/products").await.contains("Fasteners"));
    app.import(&[(
        "products.csv",
        "sku,name,base_unit,decimals,tax_category,gtin,category\n\
         HS-440,Wood screw 4 x 40,H87,0,S,4006381333931,Fasteners\n",
    )])
    .await;
    assert!(buyer.page("/products").await.contains("Fasteners"));
    let counted = async { while !elsewhere.page("/products").await.contains("Fasteners") {} };
    tokio::time::timeout(std::time::Duration::from_secs(5), counted)
        .await
        .expect("counted within five seconds");
    let rival = app.browse_as("RIVAL", "buyer").await;
    assert!(rival.page("/products").await.contains("Fasteners"));
}
