//! What happened to an order and what came of it, in the words of the desk.

use crate::events::payloads::{ShipmentChanged, ShipmentCreated, ShipmentDelivered};
use crate::events::{
    ClaimEvent, CreditNoteEvent, Event, Happened, InvoiceEvent, OrderEvent, PaymentEvent, ReturnEvent, ShipmentEvent,
};
use crate::orders::rules::Order;
use crate::web::Shell;

/// Something that happened.
pub(super) struct Moment {
    pub(super) text: String,
    pub(super) under: String,
    pub(super) class: &'static str,
}

/// An event in words; nothing that is known goes unsaid.
pub(super) fn moment(shell: &Shell, order: &Order, event: &Happened) -> Moment {
    let (mut number, mut reason, mut class) = (None, None, "");
    match &event.event {
        Event::Order(OrderEvent::OnHold(held)) => (reason, class) = (held.reason.as_deref(), "warn"),
        Event::Order(OrderEvent::Cancelled(cancelled)) => (reason, class) = (cancelled.reason.as_deref(), "bad"),
        Event::Order(OrderEvent::RestCancelled(rest)) => (reason, class) = (rest.reason.as_deref(), "bad"),
        Event::Order(OrderEvent::Changed(changed)) => reason = changed.reason.as_deref(),
        Event::Order(OrderEvent::ChangeRequested(asked)) => (reason, class) = (asked.reason.as_deref(), "warn"),
        Event::Order(OrderEvent::ChangeRefused(refused)) => reason = Some(refused.reason.as_str()),
        Event::Order(OrderEvent::ChangeWithdrawn(_)) => {}
        Event::Order(OrderEvent::SubstituteProposed(proposed)) => reason = proposed.note.as_deref(),
        Event::Order(OrderEvent::SubstituteDeclined(declined)) => {
            (reason, class) = (declined.reason.as_deref(), "warn");
        }
        Event::Order(OrderEvent::Short(_) | OrderEvent::CreditExceeded(_)) => class = "warn",
        Event::Order(OrderEvent::Released(released)) => {
            reason = Some(released.reason.as_str()).filter(|reason| !reason.is_empty());
        }
        Event::Order(
            OrderEvent::Placed(_)
            | OrderEvent::Accepted(_)
            | OrderEvent::PromiseChanged(_)
            | OrderEvent::Delivered(_)
            | OrderEvent::Closed(_)
            | OrderEvent::Reopened(_),
        ) => {}
        Event::Shipment(
            ShipmentEvent::Created(ShipmentCreated { shipment, .. })
            | ShipmentEvent::Changed(ShipmentChanged { shipment, .. })
            | ShipmentEvent::Delivered(ShipmentDelivered { shipment, .. }),
        ) => number = Some(shipment.number.as_str()),
        Event::Invoice(InvoiceEvent::Issued(issued)) => number = Some(issued.number.as_str()),
        Event::Invoice(InvoiceEvent::Corrected(corrected)) => {
            (number, reason) = (Some(corrected.number.as_str()), Some(corrected.reason.as_str()));
        }
        Event::CreditNote(CreditNoteEvent::Issued(issued)) => number = Some(issued.number.as_str()),
        Event::Return(ReturnEvent::Changed(changed)) => number = Some(changed.number.as_str()),
        Event::Claim(ClaimEvent::Opened(opened)) => (number, class) = (Some(opened.claim.number.as_str()), "warn"),
        Event::Claim(ClaimEvent::Replied(replied)) => number = Some(replied.claim.number.as_str()),
        Event::Claim(ClaimEvent::Decided(decided)) => number = Some(decided.claim.number.as_str()),
        Event::Claim(ClaimEvent::Settled(settled)) => number = Some(settled.claim.number.as_str()),
        Event::Claim(ClaimEvent::Withdrawn(withdrawn)) => number = Some(withdrawn.claim.number.as_str()),
        Event::Payment(PaymentEvent::Received(_)) => {}
        Event::Payment(PaymentEvent::Reversed(reversed)) => (reason, class) = (Some(reversed.reason.as_str()), "bad"),
        // None of them is about an order or what came of it.
        Event::Access(_)
        | Event::Account(_)
        | Event::Assortment(_)
        | Event::BankStatement(_)
        | Event::Consignment(_)
        | Event::Contact(_)
        | Event::Invitation(_)
        | Event::Mail(_)
        | Event::Member(_)
        | Event::PasswordReset(_)
        | Event::PriceList(_)
        | Event::Rebate(_)
        | Event::Receipt(_)
        | Event::Refund(_)
        | Event::Contract(_)
        | Event::Reminder(_)
        | Event::Statement(_)
        | Event::Webhook(_)
        | Event::WriteOff(_)
        | Event::Other { .. } => {}
    }
    let kind = event.event.kind();
    let mut key = format!("desk-event-{}", kind.replace(['.', '_'], "-"));
    if let (Event::Order(OrderEvent::Placed(_)), Some((_, claim))) = (&event.event, &order.claim) {
        (number, key) = (Some(claim.as_str()), "desk-event-order-placed-for-claim".to_owned());
    }
    let words = [("number", number.unwrap_or_default().into())];
    let at = shell.moment(event.occurred_at);
    Moment {
        text: shell
            .language
            .try_text_with(&key, &words)
            .unwrap_or_else(|| kind.to_owned()),
        under: match reason {
            Some(reason) => format!("{at} · {reason}"),
            None => at,
        },
        class,
    }
}
