//! Files of packs and orders that are loaded again, and what becomes of a line's pack when its order changes.

use portal::imports::Options;
use serde_json::json;

use super::{bar, lines};

const ORDERS: &str = "po_number,account,line,sku,unit,quantity\nO-1,BAR,1,WATER,UP,3\nO-1,BAR,2,COLA,CT,4\n";

#[tokio::test]
async fn an_order_of_a_file_whose_pack_rounds_is_the_same_when_it_is_loaded_again() {
    let (app, client, _) = bar().await;
    app.import(&[("orders.csv", ORDERS)]).await;
    app.import(&[("orders.csv", ORDERS)]).await;
    let orders = client.get("/orders").await.expect(200);
    assert_eq!(orders["data"].as_array().unwrap().len(), 1);
    app.check().await;
}

#[tokio::test]
async fn bounds_are_held_against_those_that_are_stored() {
    let (app, ..) = bar().await;
    // Crates are stored with a minimum and a multiple of 2, sixes with a maximum of 10.
    for (head, row, column) in [
        ("max_quantity", "COLA,CT,Crate,12,1", "max_quantity"),
        ("min_quantity", "WATER,UP,Six,6,12", "min_quantity"),
        ("multiple", "WATER,UP,Six,6,11", "multiple"),
        ("rounding", "WATER,UP,Six,6,down", "rounding"),
        ("gross_weight_kg", "WATER,UP,Six,6,0", "gross_weight_kg"),
        ("layer", "WATER,UP,Six,6,1.5", "layer"),
    ] {
        let file = format!("sku,unit,name,base_quantity,{head}\n{row}\n");
        let report = app.try_import(&[("units.csv", &file)], Options::default()).await;
        let columns: Vec<_> = report.faults.iter().map(|fault| fault.column.clone()).collect();
        assert_eq!(columns, [column], "{row}");
    }
}

#[tokio::test]
async fn more_of_a_line_whose_pack_became_another_is_a_line_of_its_own() {
    let (app, _, inn) = bar().await;
    let mut order = lines("ROPE", "PAL", "1");
    order["po_number"] = json!("R-1");
    let order = inn.place_order(order).await.expect(201);
    assert_eq!(order["lines"][0]["base_quantity"], "80");
    // Its own pallet of 60 is sold from now on.
    let file = "sku,unit,name,base_quantity,account,valid_from\nROPE,PAL,Pallet,60,INN,2020-01-01\n";
    app.import(&[("units.csv", file)]).await;
    let path = format!("/orders/{}", order["id"].as_str().unwrap());
    let change = json!({"lines": [{"order_line_id": order["lines"][0]["id"], "quantity": "3"}]});
    inn.post_with_key(&format!("{path}/changes"), "more-1", change)
        .await
        .expect(201);
    let changed = inn.get(&path).await.expect(200);
    let bought: Vec<_> = changed["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (&line["quantity"], &line["base_quantity"], &line["net"]))
        .collect();
    assert_eq!(
        bought,
        [
            (&json!("1"), &json!("80"), &json!("160.00")),
            (&json!("2"), &json!("120"), &json!("240.00")),
        ]
    );
    app.check().await;
}

#[tokio::test]
async fn a_gtin_of_any_level_sets_the_unit() {
    let (app, client, _) = bar().await;
    let file = "sku,unit,name,base_quantity,gtin\nCOLA,CT,Crate,12,4006381333931\nCOLA,PAL,Pallet,480,96385074\n";
    app.import(&[("units.csv", file)]).await;
    for (gtin, unit, quantity, base) in [("4006381333931", "CT", "2", "24"), ("96385074", "PAL", "1", "480")] {
        let body = json!({"lines": [{"gtin": gtin, "quantity": quantity}]});
        let quote = client.post("/prices/quote", body).await.expect(200);
        let line = &quote["lines"][0];
        assert_eq!((&line["unit"], &line["base_quantity"]), (&json!(unit), &json!(base)));
        // A quantity to split is in base units, whichever pack's GTIN finds the article.
        let body = json!({"lines": [{"gtin": gtin, "quantity": "480"}]});
        let split = client.post("/quantities/split", body).await.expect(200);
        assert_eq!(split["lines"][0]["parts"][0]["unit"], "PAL");
    }
}
