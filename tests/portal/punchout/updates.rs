//! Newer versions of purchase orders: they become changes of the order, are asked for once it is accepted, and it is called off.

use reqwest::Method;
use serde_json::{Value, json};

use super::orders::{carton, item, order};
use super::outgoing::{Told, answer, kind};
use super::{Buyer, code, document, send};
use crate::client::unique;
use crate::webhooks::Receiver;

/// The only order, as staff see it.
async fn whole(buyer: &Buyer) -> Value {
    let orders = buyer.orders().await;
    assert_eq!(orders.len(), 1, "{orders:?}");
    let id = orders[0]["id"].as_str().unwrap().to_owned();
    buyer.staff.get(&format!("/supplier/orders/{id}")).await.expect(200)
}

/// SKU, unit and quantity of each line.
pub fn lines(order: &Value) -> Vec<String> {
    let text = |line: &Value| {
        let of = |name: &str| line[name].as_str().unwrap().to_owned();
        format!("{} {} {}", of("quantity"), of("unit"), of("sku"))
    };
    order["lines"].as_array().unwrap().iter().map(text).collect()
}

pub fn at(kind: &str, version: u8) -> String {
    format!("type=\"{kind}\" orderVersion=\"{version}\"")
}

#[tokio::test]
async fn a_newer_version_changes_the_order_that_there_is() {
    let buyer = Buyer::start().await;
    let changed = item("10", "BOLT", "1/CT12", "5", "CT", "0.40");
    assert_eq!(
        code(&buyer.send(&order("PO-3", &at("update", 2), "4711", &carton())).await).0,
        "417"
    );
    assert_eq!(code(&buyer.send(&order("PO-3", "", "4711", &carton())).await).0, "200");
    let before = whole(&buyer).await;
    let update = order("PO-3", &at("update", 2), "4711", &changed);
    assert_eq!(code(&buyer.send(&update).await), ("200".to_owned(), String::new()));
    // It is the same order in its next form, and its history says so.
    let after = whole(&buyer).await;
    assert_eq!((&after["id"], &after["number"]), (&before["id"], &before["number"]));
    assert_eq!(
        (after["revision"].as_i64(), lines(&after)),
        (Some(2), vec!["5 CT12 BOLT".to_owned()])
    );
    let path = format!("/supplier/order-changes?order_id={}", after["id"].as_str().unwrap());
    let listed = buyer.staff.get(&path).await.expect(200);
    assert_eq!(listed["data"][0]["state"], "applied");
    // Lines come, go, and are of another article under the number that they had.
    let more = item("20", "CABLE", "2/MTR", "2.25", "MTR", "1.2");
    let items = format!("{changed}{more}");
    assert_eq!(
        code(&buyer.send(&order("PO-3", &at("update", 3), "4711", &items)).await).0,
        "200"
    );
    assert_eq!(lines(&whole(&buyer).await), ["5 CT12 BOLT", "2.25 MTR CABLE"]);
    let other = item("10", "CABLE", "1/MTR", "4", "MTR", "1.2");
    assert_eq!(
        code(&buyer.send(&order("PO-3", &at("update", 4), "4711", &other)).await).0,
        "200"
    );
    assert_eq!(lines(&whole(&buyer).await), ["4 MTR CABLE"]);
    // The same again as another version changes nothing.
    assert_eq!(
        code(&buyer.send(&order("PO-3", &at("update", 5), "4711", &other)).await).0,
        "200"
    );
    assert_eq!(whole(&buyer).await["revision"], 4);
    buyer.app.finish().await;
}

#[tokio::test]
async fn what_can_not_be_changed_stays_as_it_was() {
    let buyer = Buyer::start().await;
    assert_eq!(code(&buyer.send(&order("PO-3", "", "4711", &carton())).await).0, "200");
    let unknown = format!("{}{}", carton(), item("77", "NONE", "1/CT12", "5", "CT", "0.40"));
    let told = code(&buyer.send(&order("PO-3", &at("update", 2), "4711", &unknown)).await);
    assert_eq!(told.0, "400");
    assert!(told.1.contains("Line 77:"), "{told:?}");
    let part = item("10", "BOLT", "1/CT12", "2.5", "CT", "0.40");
    let told = code(&buyer.send(&order("PO-3", &at("update", 2), "4711", &part)).await);
    assert!(told.0 == "400" && told.1.contains("Line 10:"), "{told:?}");
    let twice = format!("{}{}", carton(), carton());
    let told = code(&buyer.send(&order("PO-3", &at("update", 2), "4711", &twice)).await);
    assert!(
        told.0 == "400" && told.1.contains("Line 10 stands there twice"),
        "{told:?}"
    );
    let there = code(&buyer.send(&order("PO-3", &at("update", 2), "9999", &carton())).await);
    assert_eq!(there.0, "400");
    let order_now = whole(&buyer).await;
    assert_eq!(
        (order_now["state"].as_str(), lines(&order_now)),
        (Some("placed"), vec!["2 CT12 BOLT".to_owned()])
    );
    buyer.app.finish().await;
}

#[tokio::test]
async fn a_version_at_another_price_is_held() {
    let buyer = Buyer::start().await;
    assert_eq!(code(&buyer.send(&order("PO-3", "", "4711", &carton())).await).0, "200");
    let dearer = item("10", "BOLT", "1/CT12", "3", "CT", "0.39");
    let told = code(&buyer.send(&order("PO-3", &at("update", 2), "4711", &dearer)).await);
    assert!(
        told.0 == "200" && told.1.contains("line 10") && told.1.contains("0.39"),
        "{told:?}"
    );
    assert_eq!(whole(&buyer).await["state"], "on_hold");
}

#[tokio::test]
async fn an_order_is_called_off_until_it_is_accepted() {
    let buyer = Buyer::start().await;
    assert_eq!(code(&buyer.send(&order("PO-3", "", "4711", &carton())).await).0, "200");
    assert_eq!(
        code(&buyer.send(&order("PO-3", &at("delete", 2), "4711", &carton())).await).0,
        "200"
    );
    assert_eq!(whole(&buyer).await["state"], "cancelled");
    // Said once more it is done already; what is called off is not changed.
    let again = code(&buyer.send(&order("PO-3", "type=\"delete\"", "4711", &carton())).await);
    assert!(again.0 == "200" && again.1.contains("before"), "{again:?}");
    assert_eq!(
        code(&buyer.send(&order("PO-3", &at("update", 3), "4711", &carton())).await).0,
        "409"
    );

    let other = Buyer::start().await;
    assert_eq!(code(&other.send(&order("PO-4", "", "4711", &carton())).await).0, "200");
    let id = whole(&other).await["id"].as_str().unwrap().to_owned();
    other
        .staff
        .post(&format!("/supplier/orders/{id}/accept"), json!({}))
        .await
        .expect(200);
    let told = code(&other.send(&order("PO-4", "type=\"delete\"", "4711", &carton())).await);
    assert_eq!(told.0, "409", "{told:?}");
    assert_eq!(whole(&other).await["state"], "accepted");
    other.app.finish().await;
}

#[tokio::test]
async fn a_test_document_changes_nothing() {
    let buyer = Buyer::start().await;
    assert_eq!(code(&buyer.send(&order("PO-3", "", "4711", &carton())).await).0, "200");
    let as_test = async |asked: String| {
        let text = document("acme", &buyer.secret, &unique(), &asked);
        let text = text.replace("deploymentMode=\"production\"", "deploymentMode=\"test\"");
        code(&send(&buyer.app.anonymous(), text).await)
    };
    let changed = item("10", "BOLT", "1/CT12", "5", "CT", "0.40");
    let told = as_test(order("PO-3", &at("update", 2), "4711", &changed)).await;
    assert!(told.0 == "200" && told.1.contains("nothing is changed"), "{told:?}");
    let wrong = item("10", "BOLT", "1/CT12", "0", "CT", "0.40");
    assert_eq!(as_test(order("PO-3", &at("update", 2), "4711", &wrong)).await.0, "400");
    let told = as_test(order("PO-3", &at("delete", 2), "4711", &carton())).await;
    assert!(told.0 == "200" && told.1.contains("nothing is called off"), "{told:?}");
    assert_eq!(lines(&whole(&buyer).await), ["2 CT12 BOLT"]);
}

/// An accepted order of two cartons, confirmed already.
async fn accepted() -> (Told, String) {
    let told = Told::start(Receiver::doing(|_| answer(200, "OK")).await).await;
    assert_eq!(
        code(&told.buyer.send(&order("PO-9", "", "4711", &carton())).await).0,
        "200"
    );
    let id = whole(&told.buyer).await["id"].as_str().unwrap().to_owned();
    told.staff
        .post(&format!("/supplier/orders/{id}/accept"), json!({}))
        .await
        .expect(200);
    told.send().await;
    assert_eq!(
        told.arrived().iter().map(kind).collect::<Vec<_>>(),
        ["ConfirmationRequest"]
    );
    (told, id)
}

/// The change that waits for the supplier.
async fn waiting(told: &Told) -> String {
    let listed = told
        .staff
        .get("/supplier/order-changes?state=requested")
        .await
        .expect(200);
    let open = listed["data"].as_array().unwrap();
    assert_eq!(open.len(), 1, "{open:?}");
    open[0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn after_acceptance_a_newer_version_is_asked_for_and_answered_once_it_is_decided() {
    let (told, id) = accepted().await;
    let more = item("20", "CABLE", "2/MTR", "2.25", "MTR", "1.2");
    let items = format!("{}{more}", item("10", "BOLT", "1/CT12", "5", "CT", "0.40"));
    let came = told
        .buyer
        .send_as("v-2", &order("PO-9", &at("update", 2), "4711", &items))
        .await;
    let said = code(&came);
    assert!(said.0 == "201" && said.1.contains("the supplier decides"), "{said:?}");
    assert_eq!(lines(&whole(&told.buyer).await), ["2 CT12 BOLT"]);
    // What is older than what waits is late.
    assert_eq!(
        code(
            &told
                .buyer
                .send(&order("PO-9", &at("update", 2), "4711", &carton()))
                .await
        )
        .0,
        "201",
        "the same version again has the same answer"
    );
    // A version that follows takes the place of the one that waits.
    let items = format!("{}{more}", item("10", "BOLT", "1/CT12", "6", "CT", "0.40"));
    let came = told
        .buyer
        .send_as("v-3", &order("PO-9", &at("update", 3), "4711", &items))
        .await;
    assert_eq!(code(&came).0, "201");
    assert_eq!(
        code(
            &told
                .buyer
                .send(&order("PO-9", "type=\"update\" orderVersion=\"1\"", "4711", &items))
                .await
        )
        .0,
        "409"
    );
    let change = waiting(&told).await;
    told.staff
        .post(&format!("/supplier/order-changes/{change}/accept"), json!({}))
        .await
        .expect(200);
    assert_eq!(lines(&whole(&told.buyer).await), ["6 CT12 BOLT", "2.25 MTR CABLE"]);
    told.send().await;
    let arrived = told.arrived();
    assert_eq!(
        arrived.iter().map(kind).collect::<Vec<_>>(),
        ["ConfirmationRequest", "StatusUpdateRequest", "ConfirmationRequest"]
    );
    let update = arrived[1].at(&["Request", "StatusUpdateRequest"]).unwrap();
    assert_eq!(update.at(&["Status"]).unwrap().attribute("code"), Some("200"));
    assert_eq!(
        update.at(&["DocumentReference"]).unwrap().attribute("payloadID"),
        Some("v-3")
    );
    // The confirmation has the buyer's numbers, of what came since, too.
    let confirmation = arrived[2].at(&["Request", "ConfirmationRequest"]).unwrap();
    let header = confirmation.at(&["ConfirmationHeader"]).unwrap();
    assert_eq!(header.attribute("operation"), Some("update"));
    let of: Vec<_> = confirmation
        .all("ConfirmationItem")
        .map(|item| {
            (
                item.attribute("lineNumber").unwrap(),
                item.attribute("quantity").unwrap(),
            )
        })
        .collect();
    assert_eq!(of, [("10", "6"), ("20", "2.25")]);
    let reference = confirmation.at(&["OrderReference", "DocumentReference"]).unwrap();
    assert_eq!(reference.attribute("payloadID"), Some("v-3"));
    // So does the ship notice, with what lies in which package.
    let prefix = [("content-type", "application/json")];
    let body = json!({"gs1_company_prefix": "8712345"}).to_string();
    told.staff
        .send(Method::PUT, "/supplier/shipping-settings", &prefix, Some(body))
        .await
        .expect(200);
    let order = told.staff.get(&format!("/supplier/orders/{id}")).await.expect(200);
    let shipment = json!({"order_id": id, "carrier": "DHL", "tracking_number": "JD1"});
    let shipment = told
        .staff
        .post_with_key("/supplier/shipments", &unique(), shipment)
        .await
        .expect(201);
    let packed =
        |place: usize, quantity: &str| json!({"order_line_id": order["lines"][place]["id"], "quantity": quantity});
    let path = format!("/supplier/shipments/{}/packages", shipment["id"].as_str().unwrap());
    for package in [
        json!({"kind": "CT", "weight_grams": 12_500, "items": [packed(0, "4")]}),
        json!({"kind": "PX", "items": [packed(0, "2"), packed(1, "2.25")]}),
    ] {
        told.staff.post_with_key(&path, &unique(), package).await.expect(201);
    }
    told.send().await;
    let arrived = told.arrived();
    let notice = arrived.last().unwrap().at(&["Request", "ShipNoticeRequest"]).unwrap();
    let items: Vec<_> = notice
        .at(&["ShipNoticePortion"])
        .unwrap()
        .all("ShipNoticeItem")
        .collect();
    assert_eq!(items.len(), 2);
    let packages: Vec<_> = items[0]
        .all("Packaging")
        .map(|package| {
            let quantity = package
                .at(&["DispatchQuantity"])
                .unwrap()
                .attribute("quantity")
                .unwrap();
            let sscc = package.value_at(&["ShippingContainerSerialCode"]).unwrap();
            (quantity, sscc)
        })
        .collect();
    assert_eq!(
        packages.iter().map(|(quantity, _)| *quantity).collect::<Vec<_>>(),
        ["4", "2"]
    );
    assert!(packages.iter().all(|(_, sscc)| sscc.len() == 18), "{packages:?}");
    assert_eq!(
        items[0].at(&["Packaging", "Dimension"]).unwrap().attribute("quantity"),
        Some("12.5")
    );
    assert_eq!(items[1].attribute("lineNumber"), Some("20"));
    told.buyer.app.finish().await;
}

#[tokio::test]
async fn a_version_that_the_supplier_refuses_is_answered_with_the_reason() {
    let (told, _) = accepted().await;
    let more = item("10", "BOLT", "1/CT12", "5", "CT", "0.39");
    let came = told
        .buyer
        .send_as("v-2", &order("PO-9", &at("update", 2), "4711", &more))
        .await;
    let said = code(&came);
    // The supplier reads with the wish that the prices differ.
    assert!(said.0 == "201" && said.1.contains("0.39"), "{said:?}");
    let change = waiting(&told).await;
    let read = told
        .staff
        .get(&format!("/supplier/order-changes/{change}"))
        .await
        .expect(200);
    assert!(read["reason"].as_str().unwrap().contains("0.39"), "{read}");
    told.staff
        .post(
            &format!("/supplier/order-changes/{change}/refuse"),
            json!({"reason": "No such price."}),
        )
        .await
        .expect(200);
    told.send().await;
    let arrived = told.arrived();
    let update = arrived[1].at(&["Request", "StatusUpdateRequest", "Status"]).unwrap();
    assert_eq!(update.attribute("code"), Some("409"));
    assert!(update.value().contains("No such price."));
    let confirmation = arrived[2].at(&["Request", "ConfirmationRequest"]).unwrap();
    let comments = confirmation.value_at(&["ConfirmationHeader", "Comments"]).unwrap();
    assert!(comments.contains("No such price."), "{comments}");
    assert_eq!(
        confirmation.at(&["ConfirmationItem"]).unwrap().attribute("quantity"),
        Some("2")
    );
    // The version that stands is the first one still.
    let again = code(
        &told
            .buyer
            .send(&order("PO-9", &at("update", 3), "4711", &carton()))
            .await,
    );
    assert_eq!(again, ("200".to_owned(), String::new()));
}

#[tokio::test]
async fn a_code_stands_in_place_of_the_shared_secret() {
    let buyer = Buyer::start().await;
    let rotated = buyer
        .staff
        .post(&buyer.at("/rotate-mac-secret"), json!({}))
        .await
        .expect(200);
    let secret = rotated["secret"].as_str().unwrap().to_owned();
    assert_eq!(rotated["mac_secret_end"].as_str(), Some(&secret[secret.len() - 4..]));
    let now = portal::clock::now();
    let moment = |minutes: i64| {
        let at = now + chrono::TimeDelta::minutes(minutes);
        at.format("%Y-%m-%dT%H:%M:%S+00:00").to_string()
    };
    let with = |code: &str, created: &str, expires: &str| {
        let mac = format!(
            "<CredentialMac type=\"FromSenderCredentials\" algorithm=\"HMAC-SHA1-96\" creationDate=\"{created}\" expirationDate=\"{expires}\">{code}</CredentialMac>"
        );
        document("acme", "", &unique(), "<ProfileRequest/>").replace("<SharedSecret></SharedSecret>", &mac)
    };
    let code_of = |secret: &str, created: &str, expires: &str| {
        let over = format!("duns\0acme\0duns\0acme\0{created}\0{expires}\0");
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret.as_bytes());
        data_encoding::BASE64.encode(&ring::hmac::sign(&key, over.as_bytes()).as_ref()[..12])
    };
    let client = buyer.app.anonymous();
    let (created, expires) = (moment(0), moment(30));
    let good = code_of(&secret, &created, &expires);
    assert_eq!(code(&send(&client, with(&good, &created, &expires)).await).0, "200");
    // Another time, another secret, a time that is over.
    assert_eq!(code(&send(&client, with(&good, &created, &moment(60))).await).0, "401");
    let other = code_of(&buyer.secret, &created, &expires);
    assert_eq!(code(&send(&client, with(&other, &created, &expires)).await).0, "401");
    let (long_ago, over) = (moment(-60), moment(-1));
    let late = code_of(&secret, &long_ago, &over);
    assert_eq!(code(&send(&client, with(&late, &long_ago, &over)).await).0, "401");
}
