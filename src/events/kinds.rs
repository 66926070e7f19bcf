//! The types of events, by what they are about. Whoever makes something of events matches them without a wildcard, so
//! that a new type names every place that has to say something about it.

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::openapi::schema::{AnyOfBuilder, Schema};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

use super::payloads::{
    AccessChanged, ActingEnded, ActingStarted, AssortmentChanged, ContactAdded, ContactChanged, ContactRemoved,
    InvitationCreated, InvoiceIssued, MailParked, MemberAdded, MemberChanged, MemberRemoved, OrderAccepted,
    OrderCancelled, OrderClosed, OrderDelivered, OrderOnHold, OrderPlaced, OrderPromiseChanged, OrderReleased,
    OrderReopened, OrderRestCancelled, OrderShort, PasswordResetRequested, PaymentReceived, PaymentReversed,
    PriceListChanged, ReceiptBooked, ShipmentCreated, ShipmentDelivered, WebhookDisabled, WebhookFailing,
};
use crate::error::{Error, Result};
use crate::ids::{
    self, AccountId, AssortmentId, ContactId, InvitationId, InvoiceId, MessageId, OrderId, PasswordResetId, PaymentId,
    PersonId, PriceListId, ReceiptId, ShipmentId, WebhookEndpointId,
};
use crate::names::names;

/// The version of all payloads in [`super::payloads`].
pub const VERSION: u32 = 1;

/// What an event says, and what it is about.
pub trait Payload: Serialize {
    /// The id of what it is about.
    type Subject;

    fn into_event(self) -> Event;
    /// The stored form of what it is about.
    fn number(subject: Self::Subject) -> i64;
}

/// `Noun(TypesOfNoun) of Id { Variant(Payload) = "noun.what" }`
macro_rules! events {
    ($($(#[$doc:meta])* $noun:ident($of_noun:ident) of $id:ident { $($variant:ident($payload:ident) = $type:tt),* $(,)? })*) => {
        names! {
            /// What happened: the object and what became of it. Types are added.
            pub enum EventType as EventType { $($($payload = $type,)*)* }
        }

        /// Something that happened.
        #[derive(Debug, Clone, PartialEq)]
        #[allow(missing_docs)]
        pub enum Event {
            $($(#[$doc])* $noun($of_noun),)*
            /// Of a type that this program doesn't know yet, written by a later one.
            Other { kind: String, data: Value },
        }

        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq)]
            #[allow(missing_docs)]
            pub enum $of_noun { $($variant($payload),)* }

            $(
                impl Payload for $payload {
                    type Subject = $id;

                    fn into_event(self) -> Event {
                        Event::$noun($of_noun::$variant(self))
                    }

                    fn number(subject: $id) -> i64 {
                        subject.0
                    }
                }
            )*
        )*

        impl Event {
            /// The event of this type with this payload.
            pub fn read(kind: &str, data: Value) -> Result<Self> {
                Ok(match EventType::from_name(kind) {
                    $($(Some(EventType::$payload) => read::<$payload>(data)?.into_event(),)*)*
                    None => Self::Other { kind: kind.to_owned(), data },
                })
            }

            /// The name of its type.
            pub fn kind(&self) -> &str {
                match self {
                    $($(Self::$noun($of_noun::$variant(_)) => $type,)*)*
                    Self::Other { kind, .. } => kind,
                }
            }

            /// What it says, as it is stored and sent.
            pub fn data(&self) -> Value {
                match self {
                    $($(Self::$noun($of_noun::$variant(payload)) => json!(payload),)*)*
                    Self::Other { data, .. } => data.clone(),
                }
            }

            /// The outside id of what it is about.
            pub fn subject(&self, number: i64) -> String {
                subject(self.kind(), number)
            }
        }

        /// The outside id of what an event of this type is about.
        pub fn subject(kind: &str, number: i64) -> String {
            let prefix = match EventType::from_name(kind) {
                $($(Some(EventType::$payload) => $id::PREFIX,)*)*
                // It is always written the same, so a later program must keep to it.
                None => kind.split('.').next().unwrap_or_default(),
            };
            format!("{prefix}_{}", ids::encode(number))
        }

        impl PartialSchema for EventData {
            fn schema() -> RefOr<Schema> {
                let any_of = AnyOfBuilder::new().description(Some("What an event of the type says; `x-events` names the form of each."));
                any_of$($(.item(Ref::from_schema_name($payload::name())))*)*.into()
            }
        }

        impl ToSchema for EventData {
            fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
                $($(
                    schemas.push(($payload::name().into_owned(), $payload::schema()));
                    $payload::schemas(schemas);
                )*)*
            }
        }

        /// The types with the version and the schema of what they say, for the API document.
        pub fn documented() -> Value {
            let types = [$($(($type, $payload::name()),)*)*];
            let entry = |(kind, name): (&str, std::borrow::Cow<'_, str>)| {
                let data = json!({ "$ref": format!("#/components/schemas/{name}") });
                (kind.to_owned(), json!({ "version": VERSION, "data": data }))
            };
            Value::Object(types.into_iter().map(entry).collect())
        }
    };
}

events! {
    /// About somebody's own access.
    Access(AccessEvent) of PersonId {
        Changed(AccessChanged) = "access.changed",
    }
    /// About an account as a whole.
    Account(AccountEvent) of AccountId {
        ActingStarted(ActingStarted) = "account.acting_started",
        ActingEnded(ActingEnded) = "account.acting_ended",
    }
    /// About an account's articles.
    Assortment(AssortmentEvent) of AssortmentId {
        Changed(AssortmentChanged) = "assortment.changed",
    }
    /// About somebody at an account who does not sign in.
    Contact(ContactEvent) of ContactId {
        Added(ContactAdded) = "contact.added",
        Changed(ContactChanged) = "contact.changed",
        Removed(ContactRemoved) = "contact.removed",
    }
    /// About an invitation.
    Invitation(InvitationEvent) of InvitationId {
        Created(InvitationCreated) = "invitation.created",
    }
    /// About an invoice.
    Invoice(InvoiceEvent) of InvoiceId {
        Issued(InvoiceIssued) = "invoice.issued",
    }
    /// About a mail.
    Mail(MailEvent) of MessageId {
        Parked(MailParked) = "mail.parked",
    }
    /// About somebody of an account.
    Member(MemberEvent) of PersonId {
        Added(MemberAdded) = "member.added",
        Changed(MemberChanged) = "member.changed",
        Removed(MemberRemoved) = "member.removed",
    }
    /// About an order.
    Order(OrderEvent) of OrderId {
        Placed(OrderPlaced) = "order.placed",
        OnHold(OrderOnHold) = "order.on_hold",
        Released(OrderReleased) = "order.released",
        Accepted(OrderAccepted) = "order.accepted",
        Cancelled(OrderCancelled) = "order.cancelled",
        RestCancelled(OrderRestCancelled) = "order.rest_cancelled",
        Short(OrderShort) = "order.short",
        PromiseChanged(OrderPromiseChanged) = "order.promise_changed",
        Delivered(OrderDelivered) = "order.delivered",
        Closed(OrderClosed) = "order.closed",
        Reopened(OrderReopened) = "order.reopened",
    }
    /// About a link to a new password.
    PasswordReset(PasswordResetEvent) of PasswordResetId {
        Requested(PasswordResetRequested) = "password_reset.requested",
    }
    /// About a payment.
    Payment(PaymentEvent) of PaymentId {
        Received(PaymentReceived) = "payment.received",
        Reversed(PaymentReversed) = "payment.reversed",
    }
    /// About a price list.
    PriceList(PriceListEvent) of PriceListId {
        Changed(PriceListChanged) = "price_list.changed",
    }
    /// About received goods.
    Receipt(ReceiptEvent) of ReceiptId {
        Booked(ReceiptBooked) = "receipt.booked",
    }
    /// About a shipment.
    Shipment(ShipmentEvent) of ShipmentId {
        Created(ShipmentCreated) = "shipment.created",
        Delivered(ShipmentDelivered) = "shipment.delivered",
    }
    /// About a webhook endpoint.
    Webhook(WebhookEvent) of WebhookEndpointId {
        Failing(WebhookFailing) = "webhook_endpoint.failing",
        Disabled(WebhookDisabled) = "webhook_endpoint.disabled",
    }
}

/// Any payload, for the API document.
#[derive(Debug)]
pub struct EventData;

fn read<P: serde::de::DeserializeOwned>(data: Value) -> Result<P> {
    serde_json::from_value(data).map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A payload of every type as it was stored once. What stands here is never changed, only added to: rows that are
    /// in databases must stay readable.
    fn stored() -> Vec<(&'static str, Value)> {
        let order = json!({
            "order_id": OrderId(7).to_string(), "number": "1001", "order_number": "1001", "po_number": "PO-1",
            "ship_to": "MAIN", "order_class": "standard",
        });
        let shipment = json!({
            "order_id": OrderId(7).to_string(), "number": "3001", "order_number": "1001", "po_number": "PO-1",
            "ship_to": "MAIN", "order_class": "critical", "carrier": "DHL", "tracking_number": null,
        });
        let line = json!({
            "order_line_id": ids::OrderLineId(8).to_string(), "position": 1, "sku": "BOLT", "customer_part_number": null,
            "name": "Bolt", "unit": "XCT", "base_unit": "H87", "quantity": "200", "reserved": "100",
            "backordered": "100", "reason": "100 of 200 reserved",
        });
        let with = |head: &Value, more: Value| {
            let mut all = head.clone();
            for (name, value) in more.as_object().expect("an object") {
                all[name] = value.clone();
            }
            all
        };
        vec![
            (
                "access.changed",
                json!({ "what": "roles", "by": "Otto", "roles": ["buyer", "approver"] }),
            ),
            (
                "account.acting_started",
                json!({ "staff": "Otto", "reason": "asked by phone", "expires_at": "2026-11-29T12:00:00Z" }),
            ),
            ("account.acting_ended", json!({ "staff": "Otto" })),
            ("assortment.changed", json!({ "articles": 3 })),
            ("contact.added", json!({ "code": "AP", "name": "Accounts payable" })),
            (
                "contact.changed",
                json!({ "code": "AP", "name": "Accounts payable", "changed": ["email", "mails"] }),
            ),
            ("contact.removed", json!({ "code": "AP", "name": "Accounts payable" })),
            (
                "invitation.created",
                json!({ "email": "a@acme.example", "role": "buyer" }),
            ),
            (
                "invoice.issued",
                json!({
                    "order_id": OrderId(7).to_string(), "shipment_id": ShipmentId(9).to_string(), "number": "2026-000001",
                    "order_number": "1001", "po_number": "PO-1", "ship_to": "MAIN", "order_class": "standard",
                    "currency": "EUR", "net_total": "100.00", "tax_total": "21.00", "gross_total": "121.00",
                    "issued_on": "2026-11-29", "due_on": "2026-12-29",
                }),
            ),
            (
                "mail.parked",
                json!({
                    "account_id": AccountId(3).to_string(), "kind": "order_placed", "email": "a@acme.example",
                    "subject": null, "attempts": 12, "error": "no such mailbox", "obsolete": false,
                }),
            ),
            (
                "webhook_endpoint.failing",
                json!({ "account_id": null, "url": "https://x", "failing_since": null, "error": "status", "status": 500 }),
            ),
            (
                "webhook_endpoint.disabled",
                json!({ "account_id": AccountId(3).to_string(), "url": "https://x", "because": "gone" }),
            ),
            (
                "member.added",
                json!({ "email": "a@acme.example", "name": "Ada", "roles": ["admin"] }),
            ),
            (
                "member.changed",
                json!({
                    "email": "a@acme.example", "was": { "locale": null, "roles": ["buyer"] }, "is": { "locale": "de", "roles": ["admin"] },
                }),
            ),
            (
                "member.changed",
                json!({ "email": "a@acme.example", "was": { "name": "A", "sites": [] }, "is": { "name": "B", "sites": ["MAIN"] } }),
            ),
            ("member.removed", json!({ "email": "a@acme.example", "name": "Ada" })),
            (
                "order.placed",
                with(
                    &order,
                    json!({ "state": "placed", "currency": "EUR", "net_total": "100.00", "gross_total": null }),
                ),
            ),
            (
                "order.placed",
                with(
                    &order,
                    json!({
                        "state": "on_hold", "currency": "EUR", "net_total": "100.00", "gross_total": "121.00", "by_staff": "Otto",
                    }),
                ),
            ),
            (
                "order.on_hold",
                with(&order, json!({ "hold_reasons": ["credit_limit"], "reason": null })),
            ),
            (
                "order.on_hold",
                with(
                    &order,
                    json!({ "hold_reasons": ["manual"], "reason": "check it", "was": "accepted" }),
                ),
            ),
            (
                "order.released",
                with(&order, json!({ "hold_reasons": ["manual"], "reason": "checked" })),
            ),
            ("order.accepted", order.clone()),
            (
                "order.cancelled",
                with(
                    &order,
                    json!({ "was": "placed", "reason": null, "by": "account", "by_staff": "Otto" }),
                ),
            ),
            (
                "order.rest_cancelled",
                with(
                    &order,
                    json!({
                        "lines": [{
                            "order_line_id": ids::OrderLineId(8).to_string(), "position": 1, "sku": "BOLT",
                            "customer_part_number": null, "name": "Bolt", "unit": "XCT", "base_unit": "H87", "quantity": "100",
                        }],
                        "reason": "discontinued", "by": "supplier",
                    }),
                ),
            ),
            ("order.short", with(&order, json!({ "lines": [line] }))),
            (
                "order.promise_changed",
                with(
                    &order,
                    json!({
                        "lines": [with(&line, json!({ "was": null, "promised_date": "2026-12-03" }))],
                    }),
                ),
            ),
            ("order.delivered", order.clone()),
            ("order.closed", order.clone()),
            ("order.reopened", order),
            ("password_reset.requested", json!({})),
            (
                "payment.received",
                json!({
                    "amount": "100.00", "currency": "EUR", "received_on": "2026-11-29", "reference": null, "on_account": "0.00",
                    "applied": [{ "invoice_id": InvoiceId(4).to_string(), "number": "2026-000001", "amount": "100.00" }],
                }),
            ),
            (
                "payment.reversed",
                json!({ "amount": "100.00", "currency": "EUR", "reason": "bounced" }),
            ),
            ("price_list.changed", json!({ "price_list": "BASE" })),
            ("price_list.changed", json!({ "price_list": "BASE", "prices": 2 })),
            (
                "receipt.booked",
                json!({ "warehouse": "NORTH", "lines": [{ "sku": "BOLT", "quantity": "50" }] }),
            ),
            (
                "shipment.created",
                with(
                    &shipment,
                    json!({
                        "lines": [{ "position": 1, "sku": "BOLT", "customer_part_number": "4711", "name": "Bolt", "unit": "XCT", "quantity": "2" }],
                    }),
                ),
            ),
            ("shipment.delivered", shipment),
        ]
    }

    #[test]
    fn what_was_stored_is_read_and_written_as_it_was() {
        let mut seen = Vec::new();
        for (kind, data) in stored() {
            let event = Event::read(kind, data.clone()).unwrap_or_else(|error| panic!("{kind}: {error}"));
            assert_eq!((event.kind(), event.data()), (kind, data));
            seen.push(kind);
        }
        for kind in EventType::NAMES {
            assert!(seen.contains(kind), "{kind}");
        }
    }

    #[test]
    fn a_type_of_a_later_program_is_handed_on() {
        let data = json!({ "tail": 7 });
        let event = Event::read("comet.seen", data.clone()).expect("handed on");
        assert_eq!((event.kind(), event.data()), ("comet.seen", data));
        assert_eq!(event.subject(7), format!("comet_{}", ids::encode(7)));
    }

    #[test]
    fn a_subject_is_told_by_its_outside_id() {
        for (kind, expected) in [
            ("order.closed", OrderId(7).to_string()),
            ("shipment.delivered", ShipmentId(7).to_string()),
            ("invoice.issued", InvoiceId(7).to_string()),
            ("payment.reversed", PaymentId(7).to_string()),
            ("invitation.created", InvitationId(7).to_string()),
        ] {
            let (_, data) = stored().into_iter().find(|(name, _)| *name == kind).expect("stored");
            assert_eq!(Event::read(kind, data).expect("read").subject(7), expected);
        }
    }
}
