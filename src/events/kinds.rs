//! The types of events, by what they are about. Whoever makes something of events matches them without a wildcard, so
//! that a new type names every place that has to say something about it.

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::openapi::schema::{AnyOfBuilder, Schema};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

use super::payloads::{
    AccessChanged, AccountCreditChanged, AccountOrdersHeld, AccountOrdersReleased, ActingEnded, ActingStarted,
    AssortmentChanged, BankStatementImported, ClaimDecided, ClaimOpened, ClaimReplied, ClaimSettled, ClaimWithdrawn,
    ConsignmentChanged, ConsignmentDelivered, ConsignmentDispatched, ContactAdded, ContactChanged, ContactRemoved,
    ContractAccepted, ContractChanged, ContractNoticeDue, ContractOffered, ContractPaceLow, CreditNoteIssued,
    HoldAnnounced, InvitationCreated, InvoiceCorrected, InvoiceIssued, MailParked, MemberAdded, MemberChanged,
    MemberRemoved, OrderAccepted, OrderCancelled, OrderChangeRefused, OrderChangeRequested, OrderChangeWithdrawn,
    OrderChanged, OrderClosed, OrderCreditExceeded, OrderDelivered, OrderOnHold, OrderPlaced, OrderPromiseChanged,
    OrderReleased, OrderReopened, OrderRestCancelled, OrderShort, OrderSubstituteDeclined, OrderSubstituteProposed,
    PasswordResetRequested, PaymentReceived, PaymentReversed, PriceListChanged, PricesAnnounced, RebateSettled,
    RebateTierReached, ReceiptBooked, RefundBooked, RefundReversed, ReminderSent, ReturnChanged, ShipmentChanged,
    ShipmentCreated, ShipmentDelivered, StatementMailed, WebhookDisabled, WebhookFailing, WriteOffBooked,
    WriteOffReversed,
};
use crate::error::{Error, Result};
use crate::ids::{
    self, AccountId, AssortmentId, BankStatementId, ClaimId, ConsignmentId, ContactId, ContractId, CreditNoteId,
    InvitationId, InvoiceId, MessageId, OrderId, PasswordResetId, PaymentId, PersonId, PriceListId, RebateAgreementId,
    ReceiptId, RefundId, ReminderId, ReturnId, ShipmentId, StatementMailingId, WebhookEndpointId, WriteOffId,
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
        OrdersHeld(AccountOrdersHeld) = "account.orders_held",
        OrdersReleased(AccountOrdersReleased) = "account.orders_released",
        HoldAnnounced(HoldAnnounced) = "account.hold_announced",
        CreditChanged(AccountCreditChanged) = "account.credit_changed",
    }
    /// About an account's articles.
    Assortment(AssortmentEvent) of AssortmentId {
        Changed(AssortmentChanged) = "assortment.changed",
    }
    /// About what a bank told of an account.
    BankStatement(BankStatementEvent) of BankStatementId {
        Imported(BankStatementImported) = "bank_statement.imported",
    }
    /// About a claim.
    Claim(ClaimEvent) of ClaimId {
        Opened(ClaimOpened) = "claim.opened",
        Replied(ClaimReplied) = "claim.replied",
        Decided(ClaimDecided) = "claim.decided",
        Settled(ClaimSettled) = "claim.settled",
        Withdrawn(ClaimWithdrawn) = "claim.withdrawn",
    }
    /// About shipments of several orders that travel together.
    Consignment(ConsignmentEvent) of ConsignmentId {
        Dispatched(ConsignmentDispatched) = "consignment.dispatched",
        Changed(ConsignmentChanged) = "consignment.changed",
        Delivered(ConsignmentDelivered) = "consignment.delivered",
    }
    /// About somebody at an account who does not sign in.
    Contact(ContactEvent) of ContactId {
        Added(ContactAdded) = "contact.added",
        Changed(ContactChanged) = "contact.changed",
        Removed(ContactRemoved) = "contact.removed",
    }
    /// About a contract.
    Contract(ContractEvent) of ContractId {
        Offered(ContractOffered) = "contract.offered",
        Accepted(ContractAccepted) = "contract.accepted",
        Changed(ContractChanged) = "contract.changed",
        NoticeDue(ContractNoticeDue) = "contract.notice_due",
        PaceLow(ContractPaceLow) = "contract.pace_low",
    }
    /// About a credit note.
    CreditNote(CreditNoteEvent) of CreditNoteId {
        Issued(CreditNoteIssued) = "credit_note.issued",
    }
    /// About an invitation.
    Invitation(InvitationEvent) of InvitationId {
        Created(InvitationCreated) = "invitation.created",
    }
    /// About an invoice.
    Invoice(InvoiceEvent) of InvoiceId {
        Issued(InvoiceIssued) = "invoice.issued",
        Corrected(InvoiceCorrected) = "invoice.corrected",
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
        CreditExceeded(OrderCreditExceeded) = "order.credit_exceeded",
        Cancelled(OrderCancelled) = "order.cancelled",
        RestCancelled(OrderRestCancelled) = "order.rest_cancelled",
        Changed(OrderChanged) = "order.changed",
        ChangeRequested(OrderChangeRequested) = "order.change_requested",
        ChangeRefused(OrderChangeRefused) = "order.change_refused",
        ChangeWithdrawn(OrderChangeWithdrawn) = "order.change_withdrawn",
        SubstituteProposed(OrderSubstituteProposed) = "order.substitute_proposed",
        SubstituteDeclined(OrderSubstituteDeclined) = "order.substitute_declined",
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
        Announced(PricesAnnounced) = "price_list.announced",
    }
    /// About an agreement of rebates.
    Rebate(RebateEvent) of RebateAgreementId {
        TierReached(RebateTierReached) = "rebate.tier_reached",
        Settled(RebateSettled) = "rebate.settled",
    }
    /// About received goods.
    Receipt(ReceiptEvent) of ReceiptId {
        Booked(ReceiptBooked) = "receipt.booked",
    }
    /// About money that is paid back.
    Refund(RefundEvent) of RefundId {
        Booked(RefundBooked) = "refund.booked",
        Reversed(RefundReversed) = "refund.reversed",
    }
    /// About goods that come back.
    Return(ReturnEvent) of ReturnId {
        Changed(ReturnChanged) = "return.changed",
    }
    /// About a reminder of what is overdue.
    Reminder(ReminderEvent) of ReminderId {
        Sent(ReminderSent) = "reminder.sent",
    }
    /// About a shipment.
    Shipment(ShipmentEvent) of ShipmentId {
        Created(ShipmentCreated) = "shipment.created",
        Changed(ShipmentChanged) = "shipment.changed",
        Delivered(ShipmentDelivered) = "shipment.delivered",
    }
    /// About a month's statement.
    Statement(StatementEvent) of StatementMailingId {
        Mailed(StatementMailed) = "statement.mailed",
    }
    /// About a webhook endpoint.
    Webhook(WebhookEvent) of WebhookEndpointId {
        Failing(WebhookFailing) = "webhook_endpoint.failing",
        Disabled(WebhookDisabled) = "webhook_endpoint.disabled",
    }
    /// About what of an invoice is settled without money.
    WriteOff(WriteOffEvent) of WriteOffId {
        Booked(WriteOffBooked) = "write_off.booked",
        Reversed(WriteOffReversed) = "write_off.reversed",
    }
}

/// Any payload, for the API document.
#[derive(Debug)]
pub struct EventData;

fn read<P: serde::de::DeserializeOwned>(data: Value) -> Result<P> {
    serde_json::from_value(data).map_err(Error::internal)
}

#[cfg(test)]
mod tests;
