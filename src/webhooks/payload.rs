//! What is sent of an event.

use serde::Serialize;
use serde_json::{Value, json};
use url::Url;

use super::rules::{Audience, BODY_BYTES_MAX, Content, TEST};
use crate::clock::{Timestamp, rfc3339};
use crate::error::{Error, Result};
use crate::events::{CreditNoteEvent, Event, Happened, InvoiceEvent, VERSION};
use crate::ids::{AccountId, WebhookDeliveryId};

/// The body of a webhook.
#[derive(Debug, Serialize)]
struct Body<'a> {
    /// The same as the header `webhook-id`.
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    /// Of the form of `data`.
    version: u32,
    timestamp: String,
    /// Its place among all events: later events have larger numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    sequence: Option<i64>,
    subject: &'a str,
    /// Whose event it is; for the supplier alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    content: Content,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'static str>,
    /// Where REST has the documents of an invoice or credit note.
    #[serde(skip_serializing_if = "Option::is_none")]
    documents: Option<Value>,
    data: Value,
}

/// What a full body says that had to be cut.
const TOO_LARGE: &str = "The event is too large for a webhook; ask for its subject or read it from the feed of events.";

/// Where REST has what an event is about, below `/api/v1`.
fn place(event: &Event, audience: Audience) -> Option<&'static str> {
    let of = |own: &'static str, supplier: &'static str| match audience {
        Audience::Supplier => supplier,
        Audience::Managers | Audience::Members => own,
    };
    match event {
        Event::Order(_) => Some(of("orders", "supplier/orders")),
        Event::Shipment(_) => Some(of("shipments", "supplier/shipments")),
        Event::Consignment(_) => Some(of("consignments", "supplier/consignments")),
        Event::Invoice(_) => Some(of("invoices", "supplier/invoices")),
        Event::Rebate(_) => Some(of("rebate-agreements", "supplier/rebate-agreements")),
        Event::CreditNote(_) => Some(of("credit-notes", "supplier/credit-notes")),
        Event::Return(_) => Some(of("returns", "supplier/returns")),
        Event::Contract(_) => Some(of("contracts", "supplier/contracts")),
        Event::Claim(_) => Some(of("claims", "supplier/claims")),
        Event::Reminder(_) => Some(of("reminders", "supplier/reminders")),
        Event::Member(_) => Some(of("account/members", "supplier/members")),
        Event::Webhook(_) => Some(of("webhook-endpoints", "supplier/webhook-endpoints")),
        Event::Account(_) => (audience == Audience::Supplier).then_some("supplier/accounts"),
        Event::Payment(_) => (audience == Audience::Supplier).then_some("supplier/payments"),
        Event::Refund(_) => (audience == Audience::Supplier).then_some("supplier/refunds"),
        Event::WriteOff(_) => (audience == Audience::Supplier).then_some("supplier/write-offs"),
        Event::BankStatement(_) => (audience == Audience::Supplier).then_some("supplier/bank-statements"),
        Event::PriceList(_) => (audience == Audience::Supplier).then_some("supplier/price-lists"),
        Event::Access(_)
        | Event::Assortment(_)
        | Event::Contact(_)
        | Event::Invitation(_)
        | Event::Mail(_)
        | Event::PasswordReset(_)
        | Event::Receipt(_)
        | Event::Statement(_)
        | Event::Other { .. } => None,
    }
}

/// Paper and e-invoices of an invoice or credit note that was issued: name, and what stands behind its address.
pub const DOCUMENTS: [(&str, &str); 5] = [
    ("pdf", "pdf"),
    ("ubl", "ubl"),
    ("xrechnung", "ubl?profile=xrechnung"),
    ("cii", "cii"),
    ("factur_x", "factur-x"),
];

/// The body for an event.
pub fn of_event(event: &Happened, content: Content, audience: Audience, public_url: &Url) -> Result<String> {
    let (id, subject) = (event.id.to_string(), event.subject());
    let address = |behind: &str| {
        let place = place(&event.event, audience)?;
        // Below where the portal is reached; a sandbox is below that.
        let base = public_url.as_str().trim_end_matches('/');
        Some(format!("{base}/api/v1/{place}/{subject}{behind}"))
    };
    let documents = || match &event.event {
        Event::Invoice(InvoiceEvent::Issued(_)) | Event::CreditNote(CreditNoteEvent::Issued(_)) => {
            let of = DOCUMENTS.map(|(name, behind)| (name.to_owned(), address(&format!("/{behind}")).into()));
            Some(Value::Object(of.into_iter().collect()))
        }
        _ => None,
    };
    let body = |content, note, data| Body {
        id: &id,
        kind: event.event.kind(),
        version: VERSION,
        timestamp: rfc3339(event.occurred_at),
        sequence: Some(event.sequence),
        subject: &subject,
        account: match audience {
            Audience::Supplier => event.account_id.map(|id: AccountId| id.to_string()),
            Audience::Managers | Audience::Members => None,
        },
        content,
        note,
        documents: documents(),
        data,
    };
    let thin = || json!({ "id": subject, "url": address("") });
    if content == Content::Full {
        let text = written(&body(Content::Full, None, event.event.data()))?;
        if text.len() <= BODY_BYTES_MAX {
            return Ok(text);
        }
        return written(&body(Content::Thin, Some(TOO_LARGE), thin()));
    }
    written(&body(Content::Thin, None, thin()))
}

/// The body of a test.
pub fn of_test(id: WebhookDeliveryId, endpoint: &str, now: Timestamp) -> Result<String> {
    written(&Body {
        id: &id.to_string(),
        kind: TEST,
        version: VERSION,
        timestamp: rfc3339(now),
        sequence: None,
        subject: endpoint,
        account: None,
        content: Content::Full,
        note: None,
        documents: None,
        data: json!({ "endpoint": endpoint }),
    })
}

fn written(body: &Body<'_>) -> Result<String> {
    serde_json::to_string(body).map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::payloads::{InvoiceIssued, MailParked, OrderAccepted};
    use crate::events::{MailEvent, OrderEvent};
    use crate::ids::{EventId, InvoiceId, OrderId, ShipmentId};

    fn happened(event: Event) -> Happened {
        Happened {
            id: EventId(1),
            sequence: 7,
            account_id: Some(AccountId(3)),
            subject_id: 5,
            occurred_at: chrono::DateTime::UNIX_EPOCH.naive_utc(),
            event,
        }
    }

    fn accepted(po_number: &str) -> Happened {
        let accepted: OrderAccepted = serde_json::from_value(json!({
            "order_id": OrderId(5).to_string(), "number": "1001", "order_number": "1001", "po_number": po_number,
            "ship_to": "MAIN", "order_class": "standard",
        }))
        .expect("a payload");
        happened(Event::Order(OrderEvent::Accepted(accepted)))
    }

    fn read(event: &Happened, content: Content, audience: Audience) -> Value {
        let url = "https://portal.example/".parse().expect("a URL");
        let text = of_event(event, content, audience, &url).expect("plain data");
        assert!(text.len() <= BODY_BYTES_MAX);
        serde_json::from_str(&text).expect("JSON")
    }

    #[test]
    fn a_full_body_has_what_the_feed_has() {
        let event = accepted("PO-1");
        let body = read(&event, Content::Full, Audience::Managers);
        assert_eq!(
            body,
            json!({
                "id": EventId(1).to_string(), "type": "order.accepted", "version": 1, "sequence": 7, "content": "full",
                "timestamp": "1970-01-01T00:00:00.000000Z", "subject": OrderId(5).to_string(), "data": event.event.data(),
            })
        );
        let body = read(&event, Content::Full, Audience::Supplier);
        assert_eq!(body["account"], AccountId(3).to_string());
    }

    #[test]
    fn an_invoice_says_where_its_documents_are() {
        let issued: InvoiceIssued = serde_json::from_value(json!({
            "order_id": OrderId(5).to_string(), "shipment_id": ShipmentId(6).to_string(), "number": "2026-000001",
            "order_number": "1001", "po_number": "PO-1", "ship_to": "MAIN", "order_class": "standard", "currency": "EUR",
            "net_total": "1.00", "tax_total": "0.21", "gross_total": "1.21", "issued_on": "2026-11-29",
            "due_on": "2026-12-29",
        }))
        .expect("a payload");
        let event = happened(Event::Invoice(InvoiceEvent::Issued(issued)));
        let url = format!("https://portal.example/api/v1/supplier/invoices/{}", InvoiceId(5));
        for content in [Content::Thin, Content::Full] {
            let body = read(&event, content, Audience::Supplier);
            let wanted = json!({
                "pdf": format!("{url}/pdf"), "ubl": format!("{url}/ubl"), "cii": format!("{url}/cii"),
                "factur_x": format!("{url}/factur-x"), "xrechnung": format!("{url}/ubl?profile=xrechnung"),
            });
            assert_eq!(body["documents"], wanted);
        }
        assert_eq!(
            read(&accepted("PO-1"), Content::Thin, Audience::Supplier)["documents"],
            Value::Null
        );
    }

    #[test]
    fn a_thin_body_says_where_to_ask() {
        let body = read(&accepted("PO-1"), Content::Thin, Audience::Managers);
        let order = OrderId(5).to_string();
        let url = format!("https://portal.example/api/v1/orders/{order}");
        assert_eq!(body["data"], json!({ "id": order, "url": url }));
        let body = read(&accepted("PO-1"), Content::Thin, Audience::Supplier);
        assert_eq!(body["data"]["url"], url.replace("v1/", "v1/supplier/"));
        let parked = MailParked {
            account_id: None,
            kind: crate::names::sets::MailKind::Shipped,
            email: "a@acme.example".to_owned(),
            subject: None,
            attempts: 1,
            error: String::new(),
            obsolete: false,
        };
        let body = read(
            &happened(Event::Mail(MailEvent::Parked(parked))),
            Content::Thin,
            Audience::Supplier,
        );
        assert_eq!(body["data"]["url"], Value::Null);
    }

    #[test]
    fn what_is_too_large_goes_out_thin() {
        let body = read(
            &accepted(&"x".repeat(BODY_BYTES_MAX)),
            Content::Full,
            Audience::Managers,
        );
        assert_eq!((&body["content"], &body["note"]), (&json!("thin"), &json!(TOO_LARGE)));
        assert_eq!(body["data"]["id"], OrderId(5).to_string());
    }
}
