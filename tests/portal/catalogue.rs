//! The catalogue as accounts see it: what search finds, in which pages, at which prices, with what in stock.

use serde_json::{Value, json};

use crate::app::TestApp;
use crate::client::Client;

const SHOP: &[(&str, &str)] = &[
    (
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit\n\
         OWN,Own Label,NL,EUR,gold,30,\nALL,Sees All,NL,EUR,silver,30,\n",
    ),
    (
        "products.csv",
        "sku,name,base_unit,decimals,tax_category,description,gtin,category\n\
         BOLT-8,Hexagon bolt Ärmelhöhe,H87,0,S,Zinc plated,4006381333931,Bolts\n\
         BOLT-10,Hexagon bolt long,H87,0,S,,,Bolts\n\
         CABLE,Copper cable,MTR,2,S,\"For 12,5 A\",,Cables\n\
         NUT,Hexagon nut,H87,0,S,,,Nuts\n",
    ),
    (
        "units.csv",
        "sku,unit,name,base_quantity,numerator,denominator,gtin,min_quantity,multiple\n\
         BOLT-8,PAL,Pallet,4800,,,,1,1\nBOLT-8,CT,Carton,200,,,96385074,2,2\nBOLT-8,ODD,Third,,7,3,,1,1\n",
    ),
    (
        "assortment.csv",
        "account,sku,customer_part_number,label_name,label_brand,label_gtin\n\
         OWN,BOLT-8,4711-A,Screw for line three,Ownbrand,\nOWN,NUT,4712,,,\n",
    ),
    (
        "price_lists.csv",
        "price_list,name,currency,kind,account,tier\nBASE,List,EUR,base,,\nGOLD,Gold,EUR,tier,,gold\n\
         C,Contract,EUR,contract,OWN,\n",
    ),
    (
        "prices.csv",
        "price_list,sku,unit,min_quantity,price,price_base\nBASE,BOLT-8,H87,0,20,100\nBASE,CABLE,MTR,0,1.5,1\n\
         GOLD,NUT,H87,0,0.3,1\nC,BOLT-8,H87,1,19,100\nC,BOLT-8,H87,400,18,100\nC,BOLT-8,PAL,0,800,1\n",
    ),
    (
        "stock.csv",
        "warehouse,sku,on_hand\nA,BOLT-8,900\nB,BOLT-8,100\nA,CABLE,12.5\nA,NUT,100\n",
    ),
];

async fn shop() -> (TestApp, Client, Client) {
    let app = TestApp::start().await;
    app.import(SHOP).await;
    let (own, all) = (app.person("OWN", "buyer").await, app.person("ALL", "viewer").await);
    (app, own, all)
}

async fn skus(client: &Client, query: &str) -> Vec<String> {
    let page = client.get(&format!("/products?{query}")).await.expect(200);
    let sku = |row: &Value| row["sku"].as_str().unwrap().to_owned();
    page["data"].as_array().unwrap().iter().map(sku).collect()
}

#[tokio::test]
async fn an_assortment_is_all_that_an_account_sees() {
    let (_app, own, all) = shop().await;
    assert_eq!(skus(&own, "").await, ["BOLT-8", "NUT"]);
    assert_eq!(skus(&all, "").await, ["BOLT-8", "BOLT-10", "CABLE", "NUT"]);
}

#[tokio::test]
async fn search_finds_by_every_word_and_number() {
    let (_app, own, all) = shop().await;
    for (query, wanted) in [
        ("q=hexagon", &["BOLT-8", "BOLT-10", "NUT"][..]),
        ("q=HEX%20bo", &["BOLT-8", "BOLT-10"]),
        ("q=armelhohe", &["BOLT-8"]),
        ("q=%C3%84rmelh%C3%B6he", &["BOLT-8"]),
        ("q=BOLT-8", &["BOLT-8"]),
        ("q=zinc", &["BOLT-8"]),
        ("q=4006381333931", &["BOLT-8"]),
        ("q=96385074", &["BOLT-8"]),
        ("q=12%2C5", &["CABLE"]),
        ("category=Nuts", &["NUT"]),
        ("category=Bolts&q=long", &["BOLT-10"]),
        ("category=bolts", &[]),
        ("q=nothing", &[]),
        ("q=%27%22*-%28", &[]),
        ("q=4711", &[]),
        ("q=ownbrand", &[]),
    ] {
        assert_eq!(skus(&all, query).await, wanted, "{query}");
    }
    for (query, wanted) in [
        ("q=4711-A", &["BOLT-8"][..]),
        ("q=ownbrand%20line", &["BOLT-8"]),
        ("q=hexagon", &["BOLT-8", "NUT"]),
        ("q=copper", &[]),
    ] {
        assert_eq!(skus(&own, query).await, wanted, "{query}");
    }
}

/// PostgreSQL finds them in another way then.
#[tokio::test]
async fn a_word_that_thousands_of_articles_have_finds_the_first_of_them_by_number() {
    let app = TestApp::start().await;
    let mut products = "sku,name,base_unit,decimals,tax_category,category\n".to_owned();
    for number in 0..2_100 {
        let category = if number % 2 == 0 { "Even" } else { "Odd" };
        products.push_str(&format!("S-{number:04},Screw number {number},H87,0,S,{category}\n"));
    }
    let assortment =
        "account,sku,customer_part_number,label_name\nOWN,S-2099,4711,Screw of our own\nOWN,S-0007,4712,\n";
    app.import(&[SHOP[0], ("products.csv", &products), ("assortment.csv", assortment)])
        .await;
    let (own, all) = (app.person("OWN", "buyer").await, app.person("ALL", "buyer").await);
    let first = skus(&all, "q=screw&limit=3").await;
    assert_eq!(first, ["S-0000", "S-0001", "S-0002"]);
    assert_eq!(skus(&all, "q=s&category=Odd&limit=2").await, ["S-0001", "S-0003"]);
    assert_eq!(skus(&all, "q=screw%202099").await, ["S-2099"]);
    assert_eq!(skus(&own, "q=screw").await, ["S-0007", "S-2099"]);
    assert_eq!(skus(&own, "q=own").await, ["S-2099"]);
    let staff = app.staff("catalogue").await;
    let kept = staff.get("/supplier/products?q=screw&limit=2").await.expect(200);
    assert_eq!(kept["data"][1]["sku"], "S-0001");
}

#[tokio::test]
async fn pages_meet_every_article_once_and_keep_to_their_filter() {
    let (_app, _, all) = shop().await;
    let (mut met, mut path) = (Vec::new(), "/products?limit=1".to_owned());
    let first = all.get(&path).await.expect(200);
    loop {
        let page = all.get(&path).await.expect(200);
        met.extend(
            page["data"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row["sku"].as_str().unwrap().to_owned()),
        );
        match page["next_cursor"].as_str() {
            Some(cursor) => path = format!("/products?limit=1&cursor={cursor}"),
            None => break,
        }
    }
    // By the value of the digits.
    assert_eq!(met, ["BOLT-8", "BOLT-10", "CABLE", "NUT"]);
    let cursor = first["next_cursor"].as_str().unwrap();
    let other = all.get(&format!("/products?q=bolt&cursor={cursor}")).await;
    assert_eq!(other.faults(), [("/cursor".to_owned(), "cursor_invalid".to_owned())]);
}

#[tokio::test]
async fn an_article_is_told_under_its_label_with_units_prices_and_stock() {
    let (_app, own, _) = shop().await;
    let page = own.get("/products?q=4711").await.expect(200);
    let id = page["data"][0]["id"].as_str().unwrap().to_owned();
    let article = own.get(&format!("/products/{id}")).await.expect(200);
    assert_eq!(article, page["data"][0]);
    assert_eq!(
        [
            &article["name"],
            &article["brand"],
            &article["private_label"],
            &article["customer_part_number"]
        ],
        [
            &json!("Screw for line three"),
            &json!("Ownbrand"),
            &json!(true),
            &json!("4711-A")
        ]
    );
    assert_eq!(
        article["price"],
        json!({"unit_price": "19", "price_unit": "H87", "price_base": 100, "currency": "EUR"})
    );
    let units: Vec<_> = article["units"]
        .as_array()
        .unwrap()
        .iter()
        .map(|unit| {
            (
                unit["unit"].as_str().unwrap(),
                &unit["base_quantity"],
                &unit["min_quantity"],
                &unit["pack_price"],
            )
        })
        .collect();
    // Two cartons reach the break at 400; the pallet has a price of its own; a third of seven needs endless decimals.
    assert_eq!(
        units,
        [
            ("H87", &json!("1"), &json!("1"), &json!("0.19")),
            ("ODD", &Value::Null, &json!("1"), &Value::Null),
            ("CT", &json!("200"), &json!("2"), &json!("36")),
            ("PAL", &json!("4800"), &json!("1"), &json!("800")),
        ]
    );
    assert_eq!(
        article["availability"],
        json!({"status": "in_stock", "quantity": "1000", "next_date": null, "next_quantity": null})
    );
}

#[tokio::test]
async fn what_has_no_price_or_stock_says_so() {
    let (_app, own, all) = shop().await;
    let of = async |client: &Client, sku: &str| {
        client.get(&format!("/products?q={sku}")).await.expect(200)["data"][0].clone()
    };
    let long = of(&all, "BOLT-10").await;
    assert_eq!(
        (&long["price"], &long["availability"]["status"]),
        (&Value::Null, &json!("none"))
    );
    let cable = of(&all, "CABLE").await;
    assert_eq!(
        (&cable["price"]["unit_price"], &cable["availability"]["quantity"]),
        (&json!("1.5"), &json!("12.5"))
    );
    // The tier's price is for the tier alone.
    assert_eq!(of(&all, "NUT").await["price"], Value::Null);
    assert_eq!(of(&own, "NUT").await["price"]["unit_price"], "0.3");
    // 91 of 100 taken leaves less than a tenth.
    let order = json!({"po_number": "P", "lines": [{"sku": "NUT", "unit": "H87", "quantity": "91"}]});
    own.place_order(order).await.expect(201);
    assert_eq!(of(&own, "NUT").await["availability"]["status"], "low");
}

#[tokio::test]
async fn the_catalogue_and_a_quote_tell_the_same_price() {
    let (_app, own, _) = shop().await;
    let article = own.get("/products?q=4711").await.expect(200)["data"][0].clone();
    for unit in article["units"].as_array().unwrap() {
        // The odd pack is ordered in threes, the base unit piece by piece.
        let (key, quantity) = match unit["unit"].as_str().unwrap() {
            "ODD" => ("ODD", "3"),
            other => (other, unit["min_quantity"].as_str().unwrap()),
        };
        let quoted = own.quote("BOLT-8", key, quantity).await;
        assert_eq!(quoted["pack_price"], unit["pack_price"], "{key}");
    }
}
