//! What is sent instead of what waits: how the buyer's system is told, and what becomes of it with newer versions.

use portal::punchout::cxml::Element;
use serde_json::{Value, json};

use super::orders::{item, order};
use super::outgoing::{Told, answer, kind};
use super::updates::{at, lines};
use super::{Buyer, code};
use crate::client::unique;
use crate::webhooks::Receiver;

/// A thousandth of a metre stands for a piece.
const SUBSTITUTES: &str = "sku,substitute,kind,ratio\nBOLT,CABLE,alternative,0.001\n";

/// 800 cartons are there.
fn cartons() -> String {
    item("10", "BOLT", "1/CT12", "1000", "CT", "0.40")
}

/// An order of 1,000 cartons, for 200 of which its buyer takes cable.
async fn replaced(buyer: &Buyer) -> Value {
    buyer.app.import(&[("substitutes.csv", SUBSTITUTES)]).await;
    let placed = buyer.send(&order("PO-7", "", "4711", &cartons())).await;
    assert_eq!(code(&placed), ("200".to_owned(), String::new()));
    let placed = whole(buyer).await;
    let path = format!(
        "/orders/{}/lines/{}/substitute",
        placed["id"].as_str().unwrap(),
        placed["lines"][0]["id"].as_str().unwrap()
    );
    let person = buyer.app.person("ACME", "buyer").await;
    let taken = json!({"sku": "CABLE"});
    person.post_with_key(&path, &unique(), taken).await.expect(201);
    whole(buyer).await
}

async fn whole(buyer: &Buyer) -> Value {
    super::orders::whole(buyer, 0).await
}

fn attribute<'a>(element: &'a Element, name: &str) -> &'a str {
    element.attribute(name).unwrap_or_default()
}

#[tokio::test]
async fn what_is_sent_instead_goes_by_the_number_of_its_line() {
    let told = Told::start(Receiver::doing(|_| answer(200, "OK")).await).await;
    let placed = replaced(&told.buyer).await;
    let path = format!("/supplier/orders/{}/accept", placed["id"].as_str().unwrap());
    told.staff.post(&path, json!({})).await.expect(200);
    let shipment = json!({"order_id": placed["id"]});
    let shipment = told
        .staff
        .post_with_key("/supplier/shipments", &unique(), shipment)
        .await;
    let invoice = json!({"shipment_id": shipment.expect(201)["id"]});
    let invoice = told.staff.post_with_key("/supplier/invoices", &unique(), invoice).await;
    invoice.expect(201);
    told.send().await;
    let arrived = told.arrived();
    let kinds: Vec<_> = arrived.iter().map(kind).collect();
    assert_eq!(
        kinds,
        ["ConfirmationRequest", "ShipNoticeRequest", "InvoiceDetailRequest"]
    );

    let confirmation = arrived[0].at(&["Request", "ConfirmationRequest"]).unwrap();
    assert_eq!(
        attribute(confirmation.at(&["ConfirmationHeader"]).unwrap(), "type"),
        "detail"
    );
    let items: Vec<_> = confirmation.all("ConfirmationItem").collect();
    assert_eq!(items.len(), 1);
    assert_eq!(
        (attribute(items[0], "lineNumber"), attribute(items[0], "quantity")),
        ("10", "1000")
    );
    let statuses: Vec<_> = items[0].all("ConfirmationStatus").collect();
    let said: Vec<_> = statuses
        .iter()
        .map(|status| (attribute(status, "type"), attribute(status, "quantity")))
        .collect();
    assert_eq!(said, [("detail", "800"), ("detail", "200")]);
    assert!(statuses[0].at(&["ItemIn"]).is_none());
    let instead = statuses[1].at(&["ItemIn"]).unwrap();
    assert_eq!(
        (attribute(instead, "lineNumber"), attribute(instead, "quantity")),
        ("10", "2.4")
    );
    assert_eq!(
        instead.value_at(&["ItemID", "SupplierPartID"]).as_deref(),
        Some("CABLE")
    );
    assert_eq!(
        instead.value_at(&["ItemDetail", "Classification"]).as_deref(),
        Some("26121600")
    );

    let notice = arrived[1]
        .at(&["Request", "ShipNoticeRequest", "ShipNoticePortion"])
        .unwrap();
    let sent: Vec<_> = notice
        .all("ShipNoticeItem")
        .map(|item| {
            let sku = item.value_at(&["ItemID", "SupplierPartID"]).unwrap();
            (attribute(item, "lineNumber"), attribute(item, "quantity"), sku)
        })
        .collect();
    assert_eq!(
        sent,
        [("10", "800", "BOLT".to_owned()), ("10", "2.4", "CABLE".to_owned())]
    );
    let detail = arrived[2]
        .at(&["Request", "InvoiceDetailRequest", "InvoiceDetailOrder"])
        .unwrap();
    let billed: Vec<_> = detail
        .all("InvoiceDetailItem")
        .map(|item| attribute(item.at(&["InvoiceDetailItemReference"]).unwrap(), "lineNumber"))
        .collect();
    assert_eq!(billed, ["10", "10"]);
}

#[tokio::test]
async fn what_is_sent_instead_stays_with_its_line_and_is_taken_on_once() {
    let buyer = Buyer::start().await;
    assert_eq!(lines(&replaced(&buyer).await), ["1000 CT12 BOLT", "2.4 MTR CABLE"]);
    // A new line whose number is the place of what is sent instead is a line more.
    let more = item("2", "CABLE", "2/MTR", "1", "MTR", "1.2");
    let version = order("PO-7", &at("update", 2), "4711", &format!("{}{more}", cartons()));
    assert_eq!(code(&buyer.send(&version).await), ("200".to_owned(), String::new()));
    assert_eq!(
        lines(&whole(&buyer).await),
        ["1000 CT12 BOLT", "2.4 MTR CABLE", "1 MTR CABLE"]
    );
    // The buyer's system takes on what is sent: it is no line more, and what was left of the other one goes.
    let named = item("10", "CABLE", "1/MTR", "2.4", "MTR", "1.2");
    for number in [3, 4] {
        let version = order("PO-7", &at("update", number), "4711", &format!("{named}{more}"));
        assert_eq!(code(&buyer.send(&version).await), ("200".to_owned(), String::new()));
        let after = whole(&buyer).await;
        assert_eq!(lines(&after), ["200 CT12 BOLT", "2.4 MTR CABLE", "1 MTR CABLE"]);
        assert_eq!(after["lines"][0]["cancelled"], after["lines"][0]["base_quantity"]);
    }
    // Without either nothing of them stays.
    let version = order("PO-7", &at("update", 5), "4711", &more);
    assert_eq!(code(&buyer.send(&version).await).0, "200");
    let after = whole(&buyer).await;
    assert_eq!(after["lines"].as_array().unwrap().last().unwrap()["quantity"], "1");
    let left = |line: &&Value| line["base_quantity"] != line["cancelled"];
    assert_eq!(after["lines"].as_array().unwrap().iter().filter(left).count(), 1);
    buyer.app.finish().await;
}
