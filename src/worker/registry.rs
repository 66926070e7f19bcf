//! Which feature makes the mails of which event, and writes them.

use crate::accounts::audiences::Audiences;
use crate::accounts::correspondence::Correspondence;
use crate::accounts::mails::About as Access;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::events::{
    ClaimEvent, ConsignmentEvent, ContractEvent, Event, Happened, OrderEvent, PriceListEvent, ReturnEvent,
    ShipmentEvent, WebhookEvent,
};
use crate::invoices::mails::About as Money;
use crate::mail::letter::Letter;
use crate::mail::writing::Writing;
use crate::mail::{Draft, Message};
use crate::reminders::mails::About as Late;
use crate::{accounts, claims, contracts, invoices, orders, pricing, reminders, shipments, webhooks};

/// An event as the feature sees it that mails about it.
enum Mailed<'e> {
    Access(Access<'e>),
    Order(&'e OrderEvent),
    Shipment(&'e ShipmentEvent),
    Consignment(&'e ConsignmentEvent),
    Money(Money<'e>),
    Claim(&'e ClaimEvent),
    Contract(&'e ContractEvent),
    Return(&'e ReturnEvent),
    Late(Late<'e>),
    Prices(&'e PriceListEvent),
    Webhook(&'e WebhookEvent),
}

/// Who mails about it; nobody about the rest.
fn mailed(event: &Event) -> Option<Mailed<'_>> {
    match event {
        Event::Access(event) => Some(Mailed::Access(Access::Own(event))),
        Event::Invitation(event) => Some(Mailed::Access(Access::Invitation(event))),
        Event::PasswordReset(event) => Some(Mailed::Access(Access::PasswordReset(event))),
        Event::Mail(event) => Some(Mailed::Access(Access::Mail(event))),
        Event::Order(event) => Some(Mailed::Order(event)),
        Event::Shipment(event) => Some(Mailed::Shipment(event)),
        Event::Consignment(event) => Some(Mailed::Consignment(event)),
        Event::Invoice(event) => Some(Mailed::Money(Money::Invoice(event))),
        Event::CreditNote(event) => Some(Mailed::Money(Money::CreditNote(event))),
        Event::Payment(event) => Some(Mailed::Money(Money::Payment(event))),
        Event::Refund(event) => Some(Mailed::Money(Money::Refund(event))),
        Event::Rebate(event) => Some(Mailed::Money(Money::Rebate(event))),
        Event::Statement(event) => Some(Mailed::Money(Money::Statement(event))),
        Event::Claim(event) => Some(Mailed::Claim(event)),
        Event::Contract(event) => Some(Mailed::Contract(event)),
        Event::Return(event) => Some(Mailed::Return(event)),
        Event::Reminder(event) => Some(Mailed::Late(Late::Reminder(event))),
        Event::Account(event) => Some(Mailed::Late(Late::Account(event))),
        Event::PriceList(event) => Some(Mailed::Prices(event)),
        Event::Webhook(event) => Some(Mailed::Webhook(event)),
        Event::Assortment(_)
        | Event::BankStatement(_)
        | Event::Contact(_)
        | Event::Member(_)
        | Event::Receipt(_)
        | Event::WriteOff(_)
        | Event::Other { .. } => None,
    }
}

/// The mails that these events make.
pub fn drafts(
    connection: &mut Connection,
    audiences: &mut Audiences,
    events: &[Happened],
    now: Timestamp,
) -> Result<Vec<Draft>> {
    let (mut access, mut ordered, mut shipped, mut money) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut consigned, mut contracted, mut priced) = (Vec::new(), Vec::new(), Vec::new());
    let (mut claimed, mut returned, mut endpoints, mut late) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for event in events {
        match mailed(&event.event) {
            Some(Mailed::Access(about)) => access.push((event, about)),
            Some(Mailed::Order(about)) => ordered.push((event, about)),
            Some(Mailed::Shipment(about)) => shipped.push((event, about)),
            Some(Mailed::Consignment(about)) => consigned.push((event, about)),
            Some(Mailed::Money(about)) => money.push((event, about)),
            Some(Mailed::Claim(about)) => claimed.push((event, about)),
            Some(Mailed::Contract(about)) => contracted.push((event, about)),
            Some(Mailed::Return(about)) => returned.push((event, about)),
            Some(Mailed::Late(about)) => late.push((event, about)),
            Some(Mailed::Prices(about)) => priced.push((event, about)),
            Some(Mailed::Webhook(about)) => endpoints.push((event, about)),
            None => {}
        }
    }
    let mut all = accounts::mails::drafts(connection, audiences, &access, now)?;
    if !ordered.is_empty() {
        all.extend(orders::mails::drafts(connection, audiences, &ordered)?);
    }
    if !shipped.is_empty() {
        all.extend(shipments::mails::drafts(connection, audiences, &shipped)?);
    }
    all.extend(shipments::consignments::mails::drafts(
        connection, audiences, &consigned,
    )?);
    all.extend(invoices::mails::drafts(connection, audiences, &money)?);
    if !claimed.is_empty() {
        all.extend(claims::mails::drafts(connection, audiences, &claimed)?);
    }
    all.extend(claims::returns::mails::drafts(connection, audiences, &returned)?);
    all.extend(pricing::changes::mails::drafts(connection, audiences, &priced)?);
    all.extend(reminders::mails::drafts(connection, audiences, &late)?);
    all.extend(contracts::mails::drafts(connection, audiences, &contracted)?);
    all.extend(webhooks::mails::drafts(connection, audiences, &endpoints)?);
    Ok(all)
}

/// What the mail about `event` says; `None` once there is no use in sending it.
pub fn letter(
    connection: &mut Connection,
    writing: &Writing,
    sides: &Correspondence,
    message: &Message,
    event: &Happened,
) -> Result<Option<Letter>> {
    let letter = match mailed(&event.event) {
        Some(Mailed::Access(about)) => {
            return accounts::mails::letter(connection, writing, sides, message, (event, about));
        }
        Some(Mailed::Order(about)) => orders::mails::letter(connection, writing, sides, message, (event, about)),
        Some(Mailed::Shipment(about)) => shipments::mails::letter(writing, message.kind, about),
        Some(Mailed::Consignment(about)) => shipments::consignments::mails::letter(writing, event, about),
        Some(Mailed::Money(about)) => invoices::mails::letter(writing, message.kind, event, about),
        Some(Mailed::Claim(about)) => claims::mails::letter(writing, sides, message.kind, (event, about)),
        Some(Mailed::Contract(about)) => Ok(contracts::mails::letter(writing, sides, message.reason, (event, about))),
        Some(Mailed::Return(about)) => Ok(claims::returns::mails::letter(writing, event, about)),
        Some(Mailed::Late(about)) => reminders::mails::letter(writing, sides, message.kind, event, about),
        Some(Mailed::Prices(about)) => pricing::changes::mails::letter(writing, event, about),
        Some(Mailed::Webhook(about)) => Ok(webhooks::mails::letter(writing, (event, about))),
        None => Err(Error::internal(format!("nobody mails about {}", event.event.kind()))),
    };
    letter.map(Some)
}
