//! Packages: their numbers, what lies in them, their labels.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Shop, id, item, line, path_of, texts};
use crate::client::unique;

fn is_sscc(number: &str) -> bool {
    portal::shipments::packages::rules::sscc::is_sscc(number)
}

#[tokio::test]
async fn a_shipment_is_packed_into_numbered_packages() {
    let shop = Shop::numbering().await;
    let order = shop
        .accepted(&shop.gold, &[line("BOLT", "CT100", "12"), line("CABLE", "MTR", "2.5")])
        .await;
    let shipment = shop.ship(&order).await;
    let path = path_of(&shipment);
    let added = shop
        .pack(
            &path,
            json!({"kind": "CT", "weight_grams": 12500, "length_mm": 400, "width_mm": 300, "height_mm": 200,
                "items": [item(&order, 0, "4")], "count": 2}),
        )
        .await
        .expect(201);
    let numbers = texts(&added["packages"], "sscc");
    assert_eq!(numbers.len(), 2);
    assert!(
        numbers
            .iter()
            .all(|number| is_sscc(number) && number[1..8] == *super::PREFIX),
        "{numbers:?}"
    );
    assert_eq!(texts(&added["unpacked"], "quantity"), ["4", "2.5"]);
    let rest = json!({"kind": "PX", "items": [item(&order, 0, "4"), item(&order, 1, "2.5")]});
    let full = shop.pack(&path, rest).await.expect(201);
    assert_eq!(full["unpacked"], json!([]));
    assert_eq!(full["packages"][2]["items"][1]["base_quantity"], "2.5");
    assert_eq!(full["packages"][2]["position"], 3);
    // The account reads the same; another one doesn't.
    let read = format!("/shipments/{}/packages", id(&shipment));
    assert_eq!(shop.gold.get(&read).await.expect(200), full);
    shop.silver.get(&read).await.problem(404, "not_found");
    shop.no_breach().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn no_more_is_packed_than_left() {
    let shop = Shop::numbering().await;
    let order = shop
        .accepted(&shop.gold, &[line("BOLT", "CT100", "5"), line("RARE", "BX12", "1")])
        .await;
    let shipment = shop.ship_part(&order, 0, "3").await;
    let path = path_of(&shipment);
    let refused = async |body: Value| {
        let faults = shop.pack(&path, body).await.faults();
        faults
            .into_iter()
            .map(|(at, code)| format!("{at} {code}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        refused(json!({"kind": "CT", "items": [item(&order, 0, "4")]})).await,
        ["/items/0/quantity not_in_shipment"]
    );
    assert_eq!(
        refused(json!({"kind": "CT", "items": [item(&order, 0, "2")], "count": 2})).await,
        ["/items/0/quantity not_in_shipment"]
    );
    // Of this line nothing is in the shipment.
    assert_eq!(
        refused(json!({"kind": "CT", "items": [item(&order, 1, "1")]})).await,
        ["/items/0/order_line_id unknown_line"]
    );
    assert_eq!(
        refused(json!({"kind": "ZZ", "weight_grams": 0, "height_mm": -1,
            "items": [item(&order, 0, "0.5"), item(&order, 0, "1"), item(&order, 0, "1")]}))
        .await,
        [
            "/kind value_invalid",
            "/weight_grams value_invalid",
            "/height_mm value_invalid",
            "/items/0/quantity quantity_not_whole",
            "/items/2/order_line_id duplicate_key"
        ]
    );
    assert_eq!(
        refused(json!({"kind": "CT", "count": 101})).await,
        ["/count value_invalid"]
    );
    let none = shop.warehouse.get(&format!("{path}/packages")).await.expect(200);
    assert_eq!(none["packages"], json!([]));
    shop.app.finish().await;
}

#[tokio::test]
async fn without_a_company_prefix_the_refusal_says_where_to_set_it() {
    let shop = Shop::open().await;
    let order = shop.accepted(&shop.gold, &[line("RARE", "H87", "2")]).await;
    let shipment = shop.ship(&order).await;
    let refused = shop.pack(&path_of(&shipment), json!({"kind": "CT"})).await;
    let problem = refused.problem(409, "supplier_incomplete");
    let detail = problem["detail"].as_str().unwrap();
    assert!(
        detail.contains("shipping-settings") && detail.contains("supplier.csv"),
        "{detail}"
    );
    for bad in ["401", "40123456789012", "40x2345"] {
        let answer = shop.set_prefix(bad).await;
        assert_eq!(
            answer.faults(),
            [("/gs1_company_prefix".to_owned(), "value_invalid".to_owned())]
        );
    }
    shop.app.finish().await;
}

#[tokio::test]
async fn a_number_is_never_given_out_twice() {
    let shop = Shop::numbering().await;
    let order = shop.accepted(&shop.gold, &[line("RARE", "H87", "4")]).await;
    let shipment = shop.ship(&order).await;
    let path = path_of(&shipment);
    let first = shop.pack(&path, json!({"kind": "CT"})).await.expect(201);
    let package = &first["packages"][0];
    let own = format!("/supplier/packages/{}", id(package));
    let changed = shop
        .warehouse
        .change(
            Method::PUT,
            &own,
            package["etag"].as_str().unwrap(),
            Some(json!({"kind": "PX", "items": [item(&order, 0, "4")]})),
        )
        .await
        .expect(200);
    assert_eq!(
        (&changed["sscc"], changed["kind"].as_str()),
        (&package["sscc"], Some("PX"))
    );
    let stale = shop
        .warehouse
        .change(Method::DELETE, &own, package["etag"].as_str().unwrap(), None)
        .await;
    stale.problem(412, "precondition_failed");
    let gone = shop
        .warehouse
        .change(Method::DELETE, &own, changed["etag"].as_str().unwrap(), None)
        .await;
    assert_eq!(gone.status, 204);
    shop.warehouse.get(&own).await.problem(404, "not_found");
    let mut seen = vec![package["sscc"].as_str().unwrap().to_owned()];
    for prefix in [super::PREFIX, "5412345", super::PREFIX] {
        shop.set_prefix(prefix).await.expect(200);
        let all = shop.pack(&path, json!({"kind": "CT", "count": 3})).await.expect(201);
        let numbers = texts(&all["packages"], "sscc");
        seen.extend(numbers.iter().rev().take(3).map(|number| (*number).to_owned()));
    }
    let count = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), count);
    shop.no_breach().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn the_same_request_packs_once() {
    let shop = Shop::numbering().await;
    let order = shop.accepted(&shop.gold, &[line("RARE", "H87", "4")]).await;
    let shipment = shop.ship(&order).await;
    let (path, key) = (format!("{}/packages", path_of(&shipment)), unique());
    let body = json!({"kind": "CT", "items": [item(&order, 0, "2")]});
    let first = shop
        .warehouse
        .post_with_key(&path, &key, body.clone())
        .await
        .expect(201);
    let again = shop.warehouse.post_with_key(&path, &key, body).await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.expect(201), first);
    shop.deliver(&shipment).await;
    let late = shop.pack(&path_of(&shipment), json!({"kind": "CT"})).await;
    late.problem(409, "shipment_state");
    shop.app.finish().await;
}

#[tokio::test]
async fn a_shipment_leaves_packed_as_a_whole_or_not_at_all() {
    let shop = Shop::numbering().await;
    let order = shop.accepted(&shop.gold, &[line("RARE", "H87", "4")]).await;
    let body = |quantity: &str| json!({"order_id": id(&order), "packages": [{"kind": "CT", "items": [item(&order, 0, quantity)]}]});
    let part = shop.try_ship(body("3")).await;
    part.problem(409, "packing_incomplete");
    let shipment = shop.try_ship(body("4")).await.expect(201);
    let packages = shop
        .warehouse
        .get(&format!("{}/packages", path_of(&shipment)))
        .await
        .expect(200);
    let number = packages["packages"][0]["sscc"].clone();
    let events = shop.gold.get("/events?limit=200").await.expect(200);
    let created = events["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|event| event["type"] == "shipment.created");
    assert_eq!(created.unwrap()["data"]["packages"][0]["sscc"], number);
    // What is packed behind that is told by an event of its own.
    let package = &packages["packages"][0];
    let own = format!("/supplier/packages/{}", id(package));
    let etag = package["etag"].as_str().unwrap();
    let boxed = Some(json!({"kind": "BX"}));
    shop.warehouse.change(Method::PUT, &own, etag, boxed).await.expect(200);
    let events = shop.gold.get("/events?limit=200").await.expect(200);
    let changed = events["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|event| event["type"] == "shipment.changed");
    assert_eq!(
        changed.unwrap()["data"]["packages"],
        json!([{"sscc": number, "kind": "BX", "weight_grams": null}])
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn labels_are_pdf_and_zpl() {
    let shop = Shop::numbering().await;
    let order = shop.accepted(&shop.gold, &[line("BOLT", "H87", "12")]).await;
    let shipment = shop.ship(&order).await;
    let path = path_of(&shipment);
    let none = shop.warehouse.get(&format!("{path}/labels")).await;
    none.problem(409, "shipment_state");
    let added = shop
        .pack(
            &path,
            json!({"kind": "CT", "weight_grams": 1500, "items": [item(&order, 0, "6")], "count": 2}),
        )
        .await
        .expect(201);
    let package = &added["packages"][0];
    let label = format!("/supplier/packages/{}/label", id(package));
    let pdf = shop.warehouse.get(&label).await;
    assert_eq!((pdf.status, pdf.header("content-type")), (200, "application/pdf"));
    assert!(pdf.bytes.starts_with(b"%PDF-1.7"));
    let zpl = shop.warehouse.get(&format!("{label}?format=zpl")).await;
    let number = package["sscc"].as_str().unwrap();
    assert!(zpl.text.contains(&format!("^FD>;>800{number}^FS")), "{}", zpl.text);
    // One article in whole pieces: its GTIN and how many.
    assert!(zpl.text.contains("(02)04006381333931(37)06"), "{}", zpl.text);
    assert!(
        zpl.text.contains("Package 1/2") && zpl.text.contains("1.5 kg"),
        "{}",
        zpl.text
    );
    let all = shop.warehouse.get(&format!("{path}/labels?format=zpl")).await;
    assert_eq!(all.text.matches("^XA").count(), 2);
    shop.warehouse
        .get(&format!("{label}?format=gif"))
        .await
        .problem(422, "validation_failed");
    let note = shop.gold.get(&format!("/shipments/{}/pdf", id(&shipment))).await;
    assert_eq!(note.status, 200);
    shop.app.finish().await;
}
