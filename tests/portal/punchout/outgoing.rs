//! What goes out: confirmations, ship notices and invoices of orders that came by punchout.

use actix_web::web::Data;
use chrono::TimeDelta;
use portal::clock::{self, Timestamp};
use portal::documents::Typesetter;
use portal::outbound::{Courier, Hosts, Names};
use portal::punchout::cxml::{Element, read};
use portal::state::AppState;
use portal::worker::punchout::Punchout;
use reqwest::Method;
use serde_json::{Value, json};

use super::orders::{carton, item, order};
use super::{Buyer, code, dtd, setup};
use crate::client::{Client, unique};
use crate::webhooks::{Deed, Receiver};

fn here() -> Hosts {
    Hosts::parse("127.0.0.1").unwrap()
}

/// An answer of the buyer's system with this status.
pub fn answer(code: u16, text: &str) -> Deed {
    let document = format!(
        "<?xml version=\"1.0\"?><cXML payloadID=\"a\" timestamp=\"2026-11-29T10:00:00+00:00\"><Response><Status code=\"{code}\" text=\"{text}\"/></Response></cXML>"
    );
    Deed::Answer(200, "content-type: text/xml\r\n", document.into_bytes())
}

/// A buyer whose system takes documents, and who sends them.
pub struct Told {
    pub buyer: Buyer,
    pub staff: Client,
    worker: Punchout,
    pub receiver: Receiver,
}

impl Told {
    pub async fn start(receiver: Receiver) -> Self {
        let buyer = Buyer::start().await;
        let node = buyer.app.node_with(|state| state.reaching(here())).await;
        let staff = buyer.staff.at(&node.anonymous());
        let mut own = setup("acme");
        for name in ["confirmation_url", "ship_notice_url", "invoice_url", "status_url"] {
            own[name] = receiver.url.clone().into();
        }
        let put = staff
            .send(Method::PUT, &buyer.at(""), &[("If-Match", "*")], Some(own.to_string()))
            .await;
        put.expect(200);
        let secret = json!({"secret": "they <know> us"});
        staff.post(&buyer.at("/out-secret"), secret).await.expect(200);
        let state = AppState::new(buyer.app.db().clone(), 0, Typesetter::new(None).unwrap()).unwrap();
        state.readiness.set_ready();
        let courier = Courier::new(here(), Names::System).unwrap();
        let worker = Punchout::new(Data::new(state), courier);
        // The node ends with its owner.
        std::mem::forget(node);
        Self {
            buyer,
            staff,
            worker,
            receiver,
        }
    }

    async fn send_at(&self, now: Timestamp) {
        // Time goes on between steps.
        let began = clock::now();
        while self.worker.step(now + (clock::now() - began)).await.unwrap() > 0 {}
    }

    pub async fn send(&self) {
        self.send_at(clock::now()).await;
    }

    /// What arrived, as documents.
    pub fn arrived(&self) -> Vec<Element> {
        let read = |got: crate::webhooks::Got| {
            assert_eq!(got.header("content-type"), "text/xml; charset=UTF-8");
            let document = read(got.text.as_bytes()).unwrap_or_else(|fault| panic!("{fault:?}: {}", got.text));
            dtd::assert_valid(&document);
            let secret = document.value_at(&["Header", "Sender", "Credential", "SharedSecret"]);
            assert_eq!(secret.as_deref(), Some("they <know> us"));
            document
        };
        self.receiver.got().into_iter().map(read).collect()
    }

    /// An order of two lines that came by punchout and was accepted.
    async fn accepted(&self) -> Value {
        let item = |number: &str, sku: &str, auxiliary: &str, quantity: &str| {
            format!(
                "<ItemOut quantity=\"{quantity}\" lineNumber=\"{number}\"><ItemID><SupplierPartID>{sku}</SupplierPartID><SupplierPartAuxiliaryID>{auxiliary}</SupplierPartAuxiliaryID></ItemID></ItemOut>"
            )
        };
        let asked = format!(
            "<OrderRequest><OrderRequestHeader orderID=\"PO-{}\" orderDate=\"2026-11-29T10:00:00+01:00\"><Total><Money currency=\"EUR\">33.90</Money></Total><BillTo><Address><Name xml:lang=\"en\">Acme</Name></Address></BillTo></OrderRequestHeader>{}{}</OrderRequest>",
            unique(),
            item("10", "BOLT", "1/PAL", "2"),
            item("20", "CABLE", "2/MTR", "2.25")
        );
        assert_eq!(
            code(&self.buyer.send_as("po-1", &asked).await),
            ("200".to_owned(), String::new())
        );
        let id = self.buyer.orders().await[0]["id"].as_str().unwrap().to_owned();
        let path = format!("/supplier/orders/{id}/accept");
        self.staff.post(&path, json!({})).await.expect(200)
    }

    async fn documents(&self) -> Vec<Value> {
        let listed = self.staff.get(&self.buyer.at("/documents")).await.expect(200);
        let all = listed["data"].as_array().unwrap().clone();
        all.into_iter()
            .filter(|document| document["direction"] == "out")
            .collect()
    }
}

pub fn kind(document: &Element) -> &str {
    &document.at(&["Request"]).unwrap().elements().next().unwrap().name
}

#[tokio::test]
async fn a_confirmation_tells_the_one_day_of_what_leaves_together() {
    let told = Told::start(Receiver::doing(|_| answer(200, "OK")).await).await;
    let day = clock::now().date() + TimeDelta::days(10);
    let rows = format!("reference,warehouse,sku,quantity,expected_on\nPO-S,NORTH,CABLE,200,{day}\n");
    told.buyer.app.import(&[("expected_receipts.csv", &rows)]).await;
    let admin = told.buyer.app.person("ACME", "admin").await;
    let complete = json!({"delivery": "complete", "backorder": "wait"});
    admin
        .change(Method::PUT, "/account/order-choices", "*", Some(complete))
        .await
        .expect(200);
    let cable = item("20", "CABLE", "2/MTR", "600", "MTR", "1.2");
    let asked = order("PO-1", "", "4711", &format!("{}{cable}", carton()));
    assert_eq!(code(&told.buyer.send(&asked).await), ("200".to_owned(), String::new()));
    let id = told.buyer.orders().await[0]["id"].as_str().unwrap().to_owned();
    let path = format!("/supplier/orders/{id}/accept");
    told.staff.post(&path, json!({})).await.expect(200);
    told.send().await;
    let arrived = told.arrived();
    let confirmation = arrived[0].at(&["Request", "ConfirmationRequest"]).unwrap();
    let days: Vec<_> = confirmation
        .all("ConfirmationItem")
        .map(|item| item.at(&["ConfirmationStatus"]).unwrap().attribute("deliveryDate"))
        .collect();
    let expected = format!("{day}T00:00:00+00:00");
    assert_eq!(days, [Some(expected.as_str()), Some(expected.as_str())]);
}

#[tokio::test]
async fn another_day_of_what_was_confirmed_is_told_once() {
    let told = Told::start(Receiver::doing(|_| answer(200, "OK")).await).await;
    let day = |days: i64| clock::now().date() + TimeDelta::days(days);
    let expect = async |days: i64| {
        let rows = format!(
            "reference,warehouse,sku,quantity,expected_on\nPO-S,NORTH,CABLE,200,{}\n",
            day(days)
        );
        told.buyer.app.import(&[("expected_receipts.csv", &rows)]).await;
    };
    expect(10).await;
    let cable = item("20", "CABLE", "2/MTR", "600", "MTR", "1.2");
    let asked = order("PO-1", "", "4711", &format!("{}{cable}", carton()));
    assert_eq!(code(&told.buyer.send(&asked).await), ("200".to_owned(), String::new()));
    // What was not confirmed has no other day than the one that will be.
    expect(11).await;
    told.send().await;
    assert!(told.arrived().is_empty());
    let id = told.buyer.orders().await[0]["id"].as_str().unwrap().to_owned();
    let path = format!("/supplier/orders/{id}/accept");
    told.staff.post(&path, json!({})).await.expect(200);
    expect(12).await;
    told.send().await;
    // What moved as it was taken on is told with that.
    assert_eq!(told.arrived().len(), 1);
    expect(20).await;
    told.send().await;
    told.send().await;
    let arrived = told.arrived();
    assert_eq!(arrived.len(), 2);
    let first = arrived[0].attribute("payloadID").unwrap();
    let confirmation = arrived[1].at(&["Request", "ConfirmationRequest"]).unwrap();
    let header = confirmation.at(&["ConfirmationHeader"]).unwrap();
    assert_eq!(
        (header.attribute("type"), header.attribute("operation")),
        (Some("detail"), Some("update"))
    );
    let before = header.at(&["DocumentReference"]).unwrap();
    assert_eq!(before.attribute("payloadID"), Some(first));
    // The cable alone has another day.
    let items: Vec<_> = confirmation.all("ConfirmationItem").collect();
    let [item] = items.as_slice() else {
        panic!("{} items", items.len())
    };
    assert_eq!(item.attribute("lineNumber"), Some("20"));
    let status = item.at(&["ConfirmationStatus"]).unwrap();
    let expected = format!("{}T00:00:00+00:00", day(20));
    assert_eq!(
        (status.attribute("type"), status.attribute("deliveryDate")),
        (Some("detail"), Some(expected.as_str()))
    );
    // Nothing is expected any more: the rest waits without a day.
    let expected = told.staff.get("/supplier/expected-receipts").await.expect(200);
    let path = format!(
        "/supplier/expected-receipts/{}",
        expected["data"][0]["id"].as_str().unwrap()
    );
    let gone = told.staff.change(Method::DELETE, &path, "*", None).await;
    assert_eq!(gone.status, 204, "{}", gone.text);
    told.send().await;
    let arrived = told.arrived();
    assert_eq!(arrived.len(), 3);
    let status = arrived[2].at(&[
        "Request",
        "ConfirmationRequest",
        "ConfirmationItem",
        "ConfirmationStatus",
    ]);
    let status = status.unwrap();
    assert_eq!(
        (status.attribute("type"), status.attribute("deliveryDate")),
        (Some("backordered"), None)
    );
    told.buyer.app.check().await;
}

#[tokio::test]
async fn confirmation_ship_notice_and_invoice_follow_an_order() {
    let told = Told::start(Receiver::doing(|_| answer(200, "OK")).await).await;
    let order = told.accepted().await;
    told.send().await;
    let shipment = json!({"order_id": order["id"], "carrier": "DHL", "tracking_number": "JD1"});
    let shipment = told
        .staff
        .post_with_key("/supplier/shipments", &unique(), shipment)
        .await
        .expect(201);
    let invoice = json!({"shipment_id": shipment["id"]});
    let invoice = told
        .staff
        .post_with_key("/supplier/invoices", &unique(), invoice)
        .await
        .expect(201);
    told.send().await;
    let arrived = told.arrived();
    let kinds: Vec<_> = arrived.iter().map(kind).collect();
    assert_eq!(
        kinds,
        ["ConfirmationRequest", "ShipNoticeRequest", "InvoiceDetailRequest"]
    );
    for (document, path) in arrived.iter().zip([
        &["Request", "ConfirmationRequest", "OrderReference"][..],
        &["Request", "ShipNoticeRequest", "ShipNoticePortion", "OrderReference"],
        &[
            "Request",
            "InvoiceDetailRequest",
            "InvoiceDetailOrder",
            "InvoiceDetailOrderInfo",
            "OrderReference",
        ],
    ]) {
        let reference = document.at(path).unwrap();
        assert_eq!(reference.attribute("orderDate"), Some("2026-11-29T10:00:00+01:00"));
        assert_eq!(
            reference.at(&["DocumentReference"]).unwrap().attribute("payloadID"),
            Some("po-1")
        );
    }
    let confirmation = arrived[0].at(&["Request", "ConfirmationRequest"]).unwrap();
    let lines: Vec<_> = confirmation.all("ConfirmationItem").collect();
    let of = |element: &Element, name: &str| element.attribute(name).unwrap().to_owned();
    assert_eq!(
        (of(lines[0], "lineNumber"), of(lines[0], "quantity")),
        ("10".into(), "2".into())
    );
    assert_eq!(
        (of(lines[1], "lineNumber"), of(lines[1], "quantity")),
        ("20".into(), "2.25".into())
    );
    let notice = arrived[1].at(&["Request", "ShipNoticeRequest"]).unwrap();
    assert_eq!(
        of(notice.at(&["ShipNoticeHeader"]).unwrap(), "fulfillmentType"),
        "complete"
    );
    assert_eq!(
        notice.value_at(&["ShipControl", "ShipmentIdentifier"]).as_deref(),
        Some("JD1")
    );
    // Sums are exact: of the lines, of the taxes, of all.
    let detail = arrived[2].at(&["Request", "InvoiceDetailRequest"]).unwrap();
    let cents = |text: Option<String>| text.unwrap().replace('.', "").parse::<i64>().unwrap();
    let items = detail.at(&["InvoiceDetailOrder"]).unwrap().all("InvoiceDetailItem");
    let nets: i64 = items.map(|item| cents(item.value_at(&["SubtotalAmount"]))).sum();
    let summary = detail.at(&["InvoiceDetailSummary"]).unwrap();
    let sum = |name: &str| cents(summary.value_at(&[name]));
    // 2 pallets of 480 at 3.25 for 100, and 2.25 m at 1.20.
    assert_eq!((nets, sum("SubtotalAmount")), (3_120 + 270, 3_390));
    let tax = summary.at(&["Tax"]).unwrap();
    let details: i64 = tax
        .all("TaxDetail")
        .map(|detail| cents(detail.value_at(&["TaxAmount"])))
        .sum();
    assert_eq!(cents(tax.value_at(&["Money"])), details);
    assert_eq!(sum("GrossAmount"), nets + details);
    assert_eq!((sum("NetAmount"), sum("DueAmount")), (nets + details, nets + details));
    assert_eq!(
        invoice["gross_total"].as_str().map(|text| text.replace('.', "")),
        Some((nets + details).to_string())
    );
    let line = detail
        .at(&["InvoiceDetailOrder", "InvoiceDetailItem", "PriceBasisQuantity"])
        .unwrap();
    assert_eq!(
        (of(line, "quantity"), of(line, "conversionFactor")),
        ("100".into(), "480".into())
    );
    // Nothing goes twice, and nothing of ours is kept.
    told.send().await;
    assert_eq!(told.receiver.got().len(), 3);
    for document in told.documents().await {
        assert_eq!(document["answer_code"], 200);
        let path = told
            .buyer
            .at(&format!("/documents/{}", document["id"].as_str().unwrap()));
        let whole = told.staff.get(&path).await.expect(200);
        assert!(!whole["request"].as_str().unwrap().contains("know"), "{whole}");
    }
}

#[tokio::test]
async fn what_does_not_arrive_is_tried_again_in_order_and_given_up_after_a_day() {
    let is_well = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let switch = is_well.clone();
    let receiver = Receiver::doing(move |_| match switch.load(std::sync::atomic::Ordering::Relaxed) {
        true => answer(200, "OK"),
        false => Deed::status(500),
    });
    let told = Told::start(receiver.await).await;
    let order = told.accepted().await;
    let shipment = json!({"order_id": order["id"]});
    told.staff
        .post_with_key("/supplier/shipments", &unique(), shipment)
        .await
        .expect(201);
    told.send().await;
    told.send().await;
    // The notice waits for the confirmation before it.
    assert_eq!(
        told.arrived().iter().map(kind).collect::<Vec<_>>(),
        ["ConfirmationRequest"]
    );
    told.send_at(clock::now() + TimeDelta::minutes(2)).await;
    let arrived = told.arrived();
    assert_eq!(arrived.len(), 2);
    assert_eq!(arrived[0].attribute("payloadID"), arrived[1].attribute("payloadID"));
    is_well.store(true, std::sync::atomic::Ordering::Relaxed);
    told.send_at(clock::now() + TimeDelta::hours(1)).await;
    assert_eq!(
        told.arrived().iter().map(kind).skip(2).collect::<Vec<_>>(),
        ["ConfirmationRequest", "ShipNoticeRequest"]
    );

    let refusing = Told::start(Receiver::doing(|_| answer(417, "no such order")).await).await;
    refusing.accepted().await;
    refusing.send().await;
    refusing.send_at(clock::now() + TimeDelta::hours(3)).await;
    // What is refused for good is not tried again, until somebody asks for it.
    assert_eq!(refusing.receiver.got().len(), 1);
    let parked = &refusing.documents().await[0];
    assert_eq!(parked["answer_code"], 417);
    let path = refusing
        .buyer
        .at(&format!("/documents/{}/resend", parked["id"].as_str().unwrap()));
    refusing.staff.post(&path, json!({})).await.expect(200);
    refusing
        .staff
        .post(&path, json!({}))
        .await
        .problem(409, "punchout_document_waits");
    refusing.send().await;
    assert_eq!(refusing.receiver.got().len(), 2);

    let silent = Told::start(Receiver::doing(|_| Deed::HangUp).await).await;
    silent.accepted().await;
    silent.send().await;
    silent.send_at(clock::now() + TimeDelta::hours(25)).await;
    let count = silent.receiver.got().len();
    silent.send_at(clock::now() + TimeDelta::hours(50)).await;
    assert_eq!((count, silent.receiver.got().len()), (2, 2));
}

#[tokio::test]
async fn an_answer_with_what_no_database_keeps_is_kept_otherwise() {
    let deed = || Deed::Answer(200, "content-type: text/xml\r\n", b"odd \0 answer".to_vec());
    let told = Told::start(Receiver::doing(move |_| deed()).await).await;
    told.accepted().await;
    told.send().await;
    let document = &told.documents().await[0];
    let path = told
        .buyer
        .at(&format!("/documents/{}", document["id"].as_str().unwrap()));
    let whole = told.staff.get(&path).await.expect(200);
    assert_eq!(whole["answer"], "odd \u{fffd} answer");
}

#[tokio::test]
async fn what_is_called_off_has_no_sum() {
    let told = Told::start(Receiver::doing(|_| answer(200, "OK")).await).await;
    let order = told.accepted().await;
    told.send().await;
    let path = format!("/supplier/orders/{}/cancel", order["id"].as_str().unwrap());
    told.staff.post(&path, json!({"reason": "sold out"})).await.expect(200);
    told.send().await;
    let arrived = told.arrived();
    let totals: Vec<_> = arrived
        .iter()
        .map(|document| document.value_at(&["Request", "ConfirmationRequest", "ConfirmationHeader", "Total"]))
        .collect();
    assert_eq!(totals, [Some("33.90".to_owned()), None]);
}
