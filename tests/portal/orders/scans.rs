//! Lines named by what is printed on the goods.

use serde_json::{Value, json};

use super::{order, shop};
use crate::app::TestApp;
use crate::client::Client;

const PIECE: &str = "4006381333931";
const CARTON: &str = "10614141000415";
const PALLET: &str = "036000291452";
const LABEL: &str = "96385074";

/// BOLT with a GTIN on its carton, on SILVER's own pallet and on TIGHT's label.
async fn scanned_shop() -> TestApp {
    let app = shop().await;
    let units = format!(
        "sku,unit,name,base_quantity,gtin,account\n\
         BOLT,CT100,Carton of 100,100,{CARTON},\nBOLT,PAL,Pallet of SILVER,200,{PALLET},SILVER\n"
    );
    let assortment =
        format!("account,sku,customer_part_number,label_name,label_gtin\nTIGHT,BOLT,T-1,Tight bolt,{LABEL}\n");
    app.import(&[("units.csv", &units), ("assortment.csv", &assortment)])
        .await;
    app
}

/// Unit and base quantity of a line, or pointer and code of its fault.
type Outcome = Result<(String, String), (String, String)>;

/// What comes of an order of two of `gtin`.
async fn two_of(buyer: &Client, gtin: &str, unit: Option<&str>) -> Outcome {
    let mut wanted = json!({"gtin": gtin, "quantity": 2});
    if let Some(unit) = unit {
        wanted["unit"] = json!(unit);
    }
    let answer = buyer.place_order(order(&[wanted])).await;
    if answer.status == 422 {
        return Err(answer.faults().remove(0));
    }
    let placed = answer.expect(201);
    let text = |name: &str| placed["lines"][0][name].as_str().unwrap().to_owned();
    Ok((text("unit"), text("base_quantity")))
}

#[tokio::test]
async fn the_gtin_of_a_pack_sets_the_unit_or_must_match_it() {
    let app = scanned_shop().await;
    let gold = app.person("GOLD", "buyer").await;
    let silver = app.person("SILVER", "buyer").await;
    let tight = app.person("TIGHT", "buyer").await;
    let ok = |unit: &str, base: &str| -> Outcome { Ok((unit.to_owned(), base.to_owned())) };
    let fault = |field: &str, code: &str| -> Outcome { Err((format!("/lines/0/{field}"), code.to_owned())) };
    for (buyer, gtin, unit, expected) in [
        (&gold, PIECE, None, ok("H87", "2")),
        (&gold, PIECE, Some("H87"), ok("H87", "2")),
        (&gold, CARTON, None, ok("CT100", "200")),
        (&gold, CARTON, Some("CT100"), ok("CT100", "200")),
        (&gold, CARTON, Some("H87"), fault("unit", "unknown_unit")),
        (&gold, PALLET, None, fault("gtin", "unknown_sku")),
        (&gold, LABEL, None, fault("gtin", "unknown_sku")),
        (&gold, "4006381333932", None, fault("gtin", "unknown_sku")),
        (&gold, "0", None, fault("gtin", "unknown_sku")),
        (&silver, PALLET, None, ok("PAL", "400")),
        (&silver, "00036000291452", Some("PAL"), ok("PAL", "400")),
        (&tight, LABEL, None, ok("H87", "2")),
    ] {
        assert_eq!(two_of(buyer, gtin, unit).await, expected, "{gtin} {unit:?}");
    }
}

#[tokio::test]
async fn every_fault_of_every_line_is_told_at_its_place() {
    let app = scanned_shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let wanted = order(&[
        json!({"sku": "NOTHING", "unit": "H87", "quantity": "1"}),
        json!({"customer_part_number": "N-1", "unit": "H87", "quantity": "1"}),
        json!({"gtin": "123", "unit": "H87", "quantity": "1"}),
        json!({"product_id": "prd_0000000000000", "unit": "H87", "quantity": "1"}),
        json!({"product_id": "nonsense", "unit": "H87", "quantity": "1"}),
        json!({"sku": "BOLT", "unit": "H87", "quantity": "1"}),
        json!({"sku": "BOLT", "quantity": "1"}),
        json!({"sku": "BOLT", "unit": "H87", "quantity": "0"}),
    ]);
    let expected = [
        ("/lines/0/sku", "unknown_sku"),
        ("/lines/1/customer_part_number", "unknown_sku"),
        ("/lines/2/gtin", "unknown_sku"),
        ("/lines/3/product_id", "unknown_sku"),
        ("/lines/4/product_id", "unknown_sku"),
        ("/lines/6/unit", "unknown_unit"),
        ("/lines/7/quantity", "quantity_invalid"),
    ];
    let expected: Vec<_> = expected.map(|(place, code)| (place.to_owned(), code.to_owned())).into();
    let quote = json!({"lines": wanted["lines"]});
    assert_eq!(buyer.post("/prices/quote", quote).await.faults(), expected);
    assert_eq!(buyer.place_order(wanted).await.faults(), expected);
}

#[tokio::test]
async fn a_quote_takes_as_many_lines_as_an_order() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let bolts = |count: usize| -> Vec<Value> { vec![json!({"sku": "BOLT", "unit": "H87", "quantity": 1}); count] };
    let quote = buyer
        .post("/prices/quote", json!({"lines": bolts(5_000)}))
        .await
        .expect(200);
    assert_eq!(quote["lines"].as_array().unwrap().len(), 5_000);
    assert_eq!(quote["net_total"], "2500.00");
    for (lines, code) in [(bolts(5_001), "too_many_lines"), (Vec::new(), "required")] {
        let faults = buyer.post("/prices/quote", json!({ "lines": lines })).await.faults();
        assert_eq!(faults, [("/lines".to_owned(), code.to_owned())]);
    }
    let placed = buyer.place_order(order(&bolts(5_000))).await.expect(201);
    assert_eq!(placed["lines"].as_array().unwrap().len(), 5_000);
    assert_eq!(placed["net_total"], "2500.00");
    app.finish().await;
}
