//! Carriers, and where they tell how far a parcel is.

use reqwest::Method;
use serde_json::json;

use super::{Shop, id, line, path_of, texts};
use crate::client::unique;

#[tokio::test]
async fn shipments_link_to_where_their_carrier_tells_how_far_they_are() {
    let shop = Shop::open().await;
    let carrier =
        json!({"code": "RK", "name": "Rhine Kurier", "tracking_url": "https://rk.example/t?n={tracking_number}"});
    let added = shop
        .warehouse
        .post("/supplier/carriers", carrier.clone())
        .await
        .expect(201);
    shop.warehouse.post("/supplier/carriers", carrier).await.faults();
    let order = shop.accepted(&shop.gold, &[line("RARE", "H87", "4")]).await;
    let body = |carrier: &str| json!({"order_id": id(&order), "lines": [super::item(&order, 0, "1")], "carrier": carrier, "tracking_number": "A 1"});
    for (name, link) in [
        ("rhine kurier", json!("https://rk.example/t?n=A1")),
        ("RK", json!("https://rk.example/t?n=A1")),
        ("Own lorry", json!(null)),
    ] {
        let shipment = shop.try_ship(body(name)).await.expect(201);
        assert_eq!(shipment["tracking_url"], link, "{name}");
        let read = shop
            .gold
            .get(&format!("/shipments/{}", id(&shipment)))
            .await
            .expect(200);
        assert_eq!(read["tracking_url"], link, "{name}");
    }
    let listed = shop.gold.get("/shipments").await.expect(200);
    assert_eq!(listed["data"][2]["tracking_url"], "https://rk.example/t?n=A1");
    // Taken away, its name is plain text.
    let own = format!("/supplier/carriers/{}", id(&added));
    let etag = added["etag"].as_str().unwrap();
    let changed = json!({"tracking_url": "https://new.example/{tracking_number}"});
    let changed = shop
        .warehouse
        .change(Method::PATCH, &own, etag, Some(changed))
        .await
        .expect(200);
    shop.warehouse
        .change(Method::DELETE, &own, etag, None)
        .await
        .problem(412, "precondition_failed");
    let etag = changed["etag"].as_str().unwrap();
    assert_eq!(
        shop.warehouse.change(Method::DELETE, &own, etag, None).await.status,
        204
    );
    let listed = shop.gold.get("/shipments").await.expect(200);
    assert_eq!(
        (
            &listed["data"][2]["tracking_url"],
            listed["data"][2]["carrier"].as_str()
        ),
        (&json!(null), Some("rhine kurier"))
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn an_address_that_is_no_template_is_refused() {
    let shop = Shop::open().await;
    for url in [
        "http://a.example/{tracking_number}",
        "https://a.example/",
        "javascript:{tracking_number}",
    ] {
        let body = json!({"code": unique(), "name": "A carrier", "tracking_url": url});
        let answer = shop.warehouse.post("/supplier/carriers", body).await;
        assert_eq!(
            answer.faults(),
            [("/tracking_url".to_owned(), "value_invalid".to_owned())],
            "{url}"
        );
    }
    shop.app.finish().await;
}

#[tokio::test]
async fn carriers_come_with_a_file() {
    let shop = Shop::open().await;
    let file = "carrier,name,tracking_url\nRK,Rhine Kurier,https://rk.example/{tracking_number}\nOWN,Own lorry,\n";
    shop.app.import(&[("carriers.csv", file)]).await;
    shop.app
        .import(&[("carriers.csv", "carrier,name\nRK,Rhine Courier\n")])
        .await;
    let listed = shop.warehouse.get("/supplier/carriers").await.expect(200);
    assert_eq!(texts(&listed["data"], "code"), ["OWN", "RK"]);
    assert_eq!(listed["data"][1]["name"], "Rhine Courier");
    assert_eq!(
        listed["data"][1]["tracking_url"],
        "https://rk.example/{tracking_number}"
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn carrier_and_number_of_a_shipment_are_corrected_until_it_arrives() {
    let shop = Shop::open().await;
    let order = shop.accepted(&shop.gold, &[line("RARE", "H87", "4")]).await;
    let shipment = shop.ship(&order).await;
    let path = path_of(&shipment);
    let etag = shop.warehouse.get(&path).await.header("etag").to_owned();
    let correct = async |etag: &str, body| shop.warehouse.change(Method::PATCH, &path, etag, Some(body)).await;
    let corrected = correct(&etag, json!({"carrier": "UPS", "tracking_number": "1Z"}))
        .await
        .expect(200);
    assert_eq!(corrected["tracking_url"], "https://www.ups.com/track?tracknum=1Z");
    correct(&etag, json!({"carrier": null}))
        .await
        .problem(412, "precondition_failed");
    let events = shop.gold.get("/events?limit=200").await.expect(200);
    let changed = events["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|event| event["type"] == "shipment.changed");
    assert_eq!(changed.unwrap()["data"]["tracking_number"], "1Z");
    shop.deliver(&shipment).await;
    let etag = shop.warehouse.get(&path).await.header("etag").to_owned();
    correct(&etag, json!({"carrier": null}))
        .await
        .problem(409, "shipment_state");
    shop.app.finish().await;
}
