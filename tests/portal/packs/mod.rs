//! In which quantities packs are ordered: bounds, what lies beside them, rounding, packs of an account's own that begin on a
//! day, and a quantity as the packs it is best ordered in.
//!
//! - [`pallets`]: what goods weigh and take up, and what fills the last pallet
//! - [`pages`]: buttons that set what fits and what fills
//! - [`files`]: packs and orders that are loaded again, and orders that change

mod files;
mod pages;
mod pallets;

use serde_json::{Value, json};

use crate::app::TestApp;
use crate::client::Client;

const DRINKS: &[(&str, &str)] = &[
    (
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit\n\
         BAR,Bar,NL,EUR,gold,30,\nINN,Inn,NL,EUR,silver,30,\n",
    ),
    (
        "products.csv",
        "sku,name,base_unit,decimals,tax_category\nCOLA,Cola,H87,0,S\nWATER,Water,H87,0,S\nROPE,Rope,MTR,2,S\n",
    ),
    (
        "units.csv",
        "sku,unit,name,base_quantity,min_quantity,multiple,max_quantity,rounding,gross_weight_kg,length_mm,layer,account,valid_from\n\
         COLA,CT,Crate,12,2,2,20,,9.6,400,,,\nCOLA,PAL,Pallet,480,1,1,,,,,8,,\n\
         WATER,UP,Six,6,2,2,10,up,,,,,\nWATER,NEAR,Four,4,3,3,9,nearest,,,,,\n\
         ROPE,PAL,Pallet,80,1,1,,,,,,,\nROPE,PAL,Pallet of the contract,72,1,1,,,,,,BAR,2020-01-01\n\
         ROPE,RL,Roll,25,1,1,,,,,,,2199-01-01\nROPE,PAL,Pallet to come,60,1,1,,,,,,INN,2199-01-01\n",
    ),
    (
        "price_lists.csv",
        "price_list,name,currency,kind,account,tier\nBASE,List,EUR,base,,\n",
    ),
    (
        "prices.csv",
        "price_list,sku,unit,min_quantity,price,price_base\nBASE,COLA,H87,0,1.00,1\nBASE,COLA,CT,0,10.80,1\n\
         BASE,COLA,PAL,0,384,1\nBASE,WATER,H87,0,0.50,1\nBASE,ROPE,MTR,0,2,1\n",
    ),
    (
        "stock.csv",
        "warehouse,sku,on_hand\nA,COLA,9000\nA,WATER,9000\nA,ROPE,9000\n",
    ),
];

async fn bar() -> (TestApp, Client, Client) {
    let app = TestApp::start().await;
    app.import(DRINKS).await;
    let (bar, inn) = (app.person("BAR", "buyer").await, app.person("INN", "buyer").await);
    (app, bar, inn)
}

fn lines(sku: &str, unit: &str, quantity: &str) -> Value {
    json!({"lines": [{"sku": sku, "unit": unit, "quantity": quantity}]})
}

/// The problem of one line that is refused with `code`.
async fn refused(client: &Client, path: &str, body: Value, code: &str) -> Value {
    let problem = client.post(path, body).await.problem(422, "validation_failed");
    assert_eq!(problem["errors"][0]["code"], code, "{problem}");
    problem
}

#[tokio::test]
async fn what_is_refused_comes_back_with_what_lies_below_and_above() {
    let (_app, bar, _) = bar().await;
    for (sku, unit, quantity, code, lower, upper) in [
        ("COLA", "CT", "5", "quantity_not_multiple", json!(4), json!(6)),
        ("COLA", "CT", "1", "quantity_below_minimum", Value::Null, json!(2)),
        ("COLA", "CT", "4.5", "quantity_not_whole", json!(4), json!(6)),
        ("COLA", "CT", "21", "quantity_above_maximum", json!(20), Value::Null),
        ("ROPE", "MTR", "1.005", "quantity_not_whole", json!("1"), json!("1.01")),
    ] {
        let problem = refused(&bar, "/prices/quote", lines(sku, unit, quantity), code).await;
        let params = &problem["errors"][0]["params"];
        assert_eq!(
            (&params["lower"], &params["upper"]),
            (&lower, &upper),
            "{quantity} {unit}: {problem}"
        );
    }
}

#[tokio::test]
async fn a_pack_that_rounds_says_what_was_asked_for_wherever_it_is_told() {
    let (_app, bar, _) = bar().await;
    for (unit, asked, ordered) in [
        ("UP", "3", "4"),
        ("UP", "0.5", "2"),
        ("NEAR", "4", "3"),
        ("NEAR", "5", "6"),
    ] {
        let quote = bar.post("/prices/quote", lines("WATER", unit, asked)).await.expect(200);
        let line = &quote["lines"][0];
        assert_eq!(
            (&line["quantity"], &line["explanation"]["asked_quantity"]),
            (&json!(ordered), &json!(asked)),
            "{unit}"
        );
    }
    let exact = bar.post("/prices/quote", lines("WATER", "UP", "4")).await.expect(200);
    assert_eq!(exact["lines"][0]["explanation"]["asked_quantity"], Value::Null);
    refused(
        &bar,
        "/prices/quote",
        lines("WATER", "UP", "11"),
        "quantity_above_maximum",
    )
    .await;
    let mut order = lines("WATER", "UP", "3");
    order["po_number"] = json!("W-1");
    let placed = bar.place_order(order).await.expect(201);
    let line = &placed["lines"][0];
    assert_eq!(
        (&line["quantity"], &line["explanation"]["asked_quantity"]),
        (&json!("4"), &json!("3"))
    );
}

#[tokio::test]
async fn a_pack_of_the_accounts_own_takes_the_place_of_the_general_one_on_its_day() {
    let (_app, bar, inn) = bar().await;
    let content = async |client: &Client, unit: &str| {
        let page = client.get("/products?q=ROPE").await.expect(200);
        let units = page["data"][0]["units"].as_array().unwrap().clone();
        let found = units.iter().find(|known| known["unit"] == unit);
        found.map(|unit| unit["base_quantity"].as_str().unwrap().to_owned())
    };
    assert_eq!(content(&bar, "PAL").await.as_deref(), Some("72"));
    // Its own is to come: until then it has everybody's.
    assert_eq!(content(&inn, "PAL").await.as_deref(), Some("80"));
    assert_eq!(content(&bar, "RL").await, None);
    refused(&bar, "/prices/quote", lines("ROPE", "RL", "1"), "unknown_unit").await;
}

#[tokio::test]
async fn a_quantity_is_split_into_the_best_packs_and_told_what_filling_up_saves() {
    let (_app, bar, _) = bar().await;
    let body = json!({"lines": [{"sku": "COLA", "quantity": "1000"}, {"sku": "ROPE", "quantity": "1.5"}]});
    let split = bar.post("/quantities/split", body).await.expect(200);
    let parts: Vec<_> = split["lines"][0]["parts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| {
            (
                part["unit"].as_str().unwrap(),
                part["quantity"].as_str().unwrap(),
                part["net"].as_str().unwrap(),
            )
        })
        .collect();
    // Crates are sold in twos.
    assert_eq!(
        parts,
        [("PAL", "2", "768.00"), ("CT", "2", "21.60"), ("H87", "16", "16.00")]
    );
    assert_eq!(split["lines"][0]["net"], "805.60");
    let fills = split["lines"][0]["fills"].as_array().unwrap();
    let fill = |level: &str, unit: &str| {
        let found = fills.iter().find(|fill| fill["level"] == level && fill["unit"] == unit);
        found.unwrap_or_else(|| panic!("{level} {unit}: {split}")).clone()
    };
    assert_eq!(fill("pack", "CT")["missing"], "8");
    assert_eq!(fill("layer", "PAL")["missing"], "56");
    let pallet = fill("pack", "PAL");
    // 1,440 at 805.60 for 1,000 are 1,160.06; three pallets cost 1,152.00.
    assert_eq!(
        (&pallet["missing"], &pallet["net"], &pallet["saves"]),
        (&json!("440"), &json!("1152.00"), &json!("8.06"))
    );
    assert_eq!(split["lines"][1]["parts"][0]["quantity"], "1.5");
    for (line, code) in [
        (json!({"sku": "COLA", "quantity": "1.5"}), "quantity_not_whole"),
        (json!({"sku": "COLA", "quantity": "0"}), "quantity_invalid"),
        (json!({"sku": "NONE", "quantity": "1"}), "unknown_sku"),
    ] {
        refused(&bar, "/quantities/split", json!({"lines": [line]}), code).await;
    }
}

#[tokio::test]
async fn what_is_kept_of_a_pack_is_checked_and_comes_back() {
    let (app, ..) = bar().await;
    let staff = app.staff("admin").await;
    let product = staff.get("/supplier/products?q=COLA").await.expect(200)["data"][0].clone();
    let path = format!("/supplier/products/{}/units", product["id"].as_str().unwrap());
    let pack = json!({"unit": "BX", "name": "Box", "base_quantity": "6", "max_quantity": 40, "rounding": "up",
        "gross_weight_kg": "4.25", "length_mm": 300, "width_mm": 200, "height_mm": 150, "layer": 4,
        "valid_from": "2031-05-01"});
    let made = staff.post(&path, pack).await.expect(201);
    for (field, value) in [
        ("max_quantity", json!(40)),
        ("rounding", json!("up")),
        ("gross_weight_kg", json!("4.25")),
        ("height_mm", json!(150)),
        ("layer", json!(4)),
        ("valid_from", json!("2031-05-01")),
    ] {
        assert_eq!(made[field], value, "{field}");
    }
    for (field, value) in [
        ("rounding", json!("down")),
        ("max_quantity", json!(0)),
        ("gross_weight_kg", json!("0")),
        ("gross_weight_kg", json!("1.2345")),
        ("length_mm", json!(-1)),
        ("valid_from", json!("soon")),
    ] {
        let mut pack = json!({"unit": "B2", "name": "Box", "base_quantity": "6"});
        pack[field] = value.clone();
        let answer = staff.post(&path, pack).await;
        assert_eq!(answer.status, 422, "{field} {value}");
    }
    let nothing =
        json!({"unit": "B3", "name": "Box", "base_quantity": "6", "min_quantity": 5, "multiple": 4, "max_quantity": 7});
    staff.post(&path, nothing).await.problem(422, "validation_failed");
}
