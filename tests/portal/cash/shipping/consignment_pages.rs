//! The desk ships orders together and changes packages; the account sees what travels together.

use serde_json::json;

use super::{Shop, id, item, line, path_of};

#[tokio::test]
async fn the_desk_chooses_what_goes_to_one_site_together() {
    let shop = Shop::numbering().await;
    let first = shop.accepted(&shop.gold, &[line("RARE", "H87", "6")]).await;
    let second = shop.accepted(&shop.gold, &[line("RARE", "H87", "4")]).await;
    let third = shop.accepted(&shop.gold, &[line("BOLT", "H87", "9")]).await;
    shop.accepted(&shop.silver, &[line("BOLT", "H87", "9")]).await;
    let desk = shop.app.browse_staff("warehouse").await;
    let page = desk.page("/desk/consignments").await;
    let (_, rest) = page.split_once("/desk/consignments/new?site=").unwrap();
    let (site, rest) = rest.split_once('"').unwrap();
    assert!(rest.contains("3 orders"), "{page}");
    assert!(
        !rest.contains("/desk/consignments/new?site="),
        "one order is no consignment: {page}"
    );
    let gather = desk.page(&format!("/desk/consignments/new?site={site}")).await;
    for order in [&first, &second, &third] {
        assert!(gather.contains(id(order)), "{gather}");
    }
    let key = portal::web::form_key();
    let send = async |orders: &[&serde_json::Value]| {
        let mut fields = vec![("form_key", key.as_str()), ("site", site), ("carrier", "DHL")];
        fields.extend(orders.iter().map(|order| ("order", id(order))));
        desk.post("/desk/consignments", &fields).await
    };
    // One alone does not travel together; what was typed stays.
    let alone = send(&[&first]).await;
    assert_eq!(alone.status, 422);
    assert!(
        alone.html.contains("it takes 2 to 50") && alone.html.contains("value=\"DHL\""),
        "{}",
        alone.html
    );
    let path = send(&[&first, &second]).await.goes_to();
    assert!(path.starts_with("/desk/consignments/csg_"), "{path}");
    assert_eq!(send(&[&first, &second]).await.goes_to(), path);
    let page = desk.page(&path).await;
    for shown in [&first["number"], &second["number"], &json!("DHL")] {
        assert!(page.contains(shown.as_str().unwrap()), "{page}");
    }
    // A package holds lines of both orders.
    let lines = [&first, &second].map(|order| format!("quantity-{}", order["lines"][0]["id"].as_str().unwrap()));
    let key = portal::web::form_key();
    let fields = [
        ("form_key", key.as_str()),
        ("kind", "PX"),
        (lines[0].as_str(), "6"),
        (lines[1].as_str(), "3"),
    ];
    assert_eq!(desk.post(&format!("{path}/packages"), &fields).await.status, 303);
    let buyer = shop.app.browse_as("GOLD", "buyer").await;
    let own = path.trim_start_matches("/desk");
    let seen = buyer.page(own).await;
    assert!(
        seen.contains("DHL") && seen.contains(first["po_number"].as_str().unwrap()),
        "{seen}"
    );
    let note = buyer.get(&format!("{own}/note.pdf")).await;
    assert_eq!(
        (note.status, note.headers["content-type"].to_str().unwrap()),
        (200, "application/pdf")
    );
    let rival = shop.app.browse_as("SILVER", "buyer").await;
    assert_eq!(rival.get(own).await.status, 404);
    // Each of its deliveries leads to it.
    let of_first = shop
        .gold
        .get(&format!("/shipments?order_id={}", id(&first)))
        .await
        .expect(200);
    let shipment = buyer.page(&format!("/shipments/{}", id(&of_first["data"][0]))).await;
    assert!(shipment.contains(own), "{shipment}");
    let desk_shipment = desk
        .page(&format!("/desk/shipments/{}", id(&of_first["data"][0])))
        .await;
    assert!(desk_shipment.contains(&path), "{desk_shipment}");
    let done = desk
        .post(&format!("{path}/deliver"), &[("received_by", "Jan Jansen")])
        .await;
    assert_eq!(done.goes_to(), path);
    assert!(buyer.page(own).await.contains("Jan Jansen"));
    assert_eq!(
        shop.gold.get(&format!("/orders/{}", id(&first))).await.expect(200)["state"],
        "delivered"
    );
    shop.no_breach().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn a_package_is_changed_on_the_desk_until_it_arrives() {
    let shop = Shop::numbering().await;
    let order = shop.accepted(&shop.gold, &[line("RARE", "H87", "6")]).await;
    let shipment = shop.ship(&order).await;
    let body = json!({"kind": "CT", "weight_grams": 1500, "items": [item(&order, 0, "4")]});
    let packed = shop.pack(&path_of(&shipment), body).await.expect(201);
    let path = format!("/desk/packages/{}", id(&packed["packages"][0]));
    let desk = shop.app.browse_staff("warehouse").await;
    let packages = format!("/desk/shipments/{}/packages", id(&shipment));
    let link = format!("href=\"{path}\"");
    assert!(desk.page(&packages).await.contains(&link));
    let page = desk.page(&path).await;
    assert!(
        page.contains("value=\"1500\"") && page.contains("value=\"4\""),
        "{page}"
    );
    let (_, rest) = page.split_once("name=\"version\" value=\"").unwrap();
    let version = rest.split_once('"').unwrap().0.to_owned();
    let quantity = format!("quantity-{}", order["lines"][0]["id"].as_str().unwrap());
    let send = async |of: &str| {
        let fields = [("version", version.as_str()), ("kind", "PX"), (quantity.as_str(), of)];
        desk.post(&path, &fields).await
    };
    let much = send("7").await;
    assert_eq!(much.status, 422);
    assert!(much.html.contains("value=\"7\""), "{}", much.html);
    let changed = send("6").await;
    assert_eq!(changed.goes_to(), packages);
    let read = shop
        .gold
        .get(&format!("/shipments/{}/packages", id(&shipment)))
        .await
        .expect(200);
    let package = &read["packages"][0];
    assert_eq!(
        (&package["kind"], &package["weight_grams"]),
        (&json!("PX"), &json!(null))
    );
    assert_eq!(
        (&package["items"][0]["quantity"], &read["unpacked"]),
        (&json!("6"), &json!([]))
    );
    assert_eq!(package["sscc"], packed["packages"][0]["sscc"]);
    // Somebody else was faster, and what arrived stays as it is.
    assert_ne!(send("5").await.status, 500);
    let read = shop.gold.get(&format!("/shipments/{}/packages", id(&shipment))).await;
    assert_eq!(read.expect(200)["packages"][0]["items"][0]["quantity"], "6");
    shop.warehouse
        .post(&format!("{}/deliver", path_of(&shipment)), json!({}))
        .await
        .expect(200);
    assert!(!desk.page(&packages).await.contains(&link));
    shop.no_breach().await;
    shop.app.finish().await;
}
