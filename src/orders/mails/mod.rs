//! Mails about orders: to whoever placed it and the account's buyers and admins; what is urgent also to the team.

mod letters;
mod team;
pub mod words;

use std::collections::HashMap;

use super::store;
use crate::accounts::audiences::{Audiences, Wanted};
use crate::accounts::correspondence::Correspondence;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::events::Happened;
use crate::identity::rules::AccountRole;
use crate::ids::{AccountId, OrderId, PersonId};
use crate::mail::letter::Letter;
use crate::mail::rules::Kind;
use crate::mail::writing::Writing;
use crate::mail::{Draft, Message};

/// Who hears of an order beside whoever placed it.
pub const ORDERING: &[AccountRole] = &[AccountRole::Buyer, AccountRole::Admin];

/// The mail that an event about an order makes for the account.
fn kind_of(event: &str) -> Option<Kind> {
    Some(match event {
        "order.placed" => Kind::OrderPlaced,
        "order.on_hold" => Kind::OrderOnHold,
        "order.released" => Kind::OrderReleased,
        "order.accepted" => Kind::OrderAccepted,
        "order.cancelled" => Kind::OrderCancelled,
        "order.promise_changed" => Kind::PromiseChanged,
        "order.short" => Kind::ShortOfStock,
        _ => return None,
    })
}

/// The mail that it makes for the team behind the account.
fn team_kind_of(event: &Happened) -> Option<Kind> {
    match event.kind.as_str() {
        "order.placed" if event.text("order_class") == "critical" => Some(Kind::CriticalOrder),
        "order.on_hold" => Some(Kind::TeamHold),
        _ => None,
    }
}

/// Who placed an order, and where it goes.
#[derive(Debug, Clone)]
pub struct Origin {
    /// Whose order it is.
    pub account_id: AccountId,
    /// The person, if one placed it.
    pub placed_by: Option<PersonId>,
    /// Code of the site.
    pub ship_to: String,
}

/// Who placed these orders, and where they go.
pub fn origins(connection: &mut Connection, ids: &[OrderId]) -> Result<HashMap<OrderId, Origin>> {
    let rows = store::list_origins(connection, ids)?;
    let origin = |(id, account_id, placed_by, ship_to)| {
        let origin = Origin {
            account_id,
            placed_by,
            ship_to,
        };
        (id, origin)
    };
    Ok(rows.into_iter().map(origin).collect())
}

/// The mails of events about orders.
pub fn drafts(connection: &mut Connection, audiences: &mut Audiences, events: &[&Happened]) -> Result<Vec<Draft>> {
    let mailed: Vec<_> = events
        .iter()
        .filter(|event| kind_of(&event.kind).is_some() || team_kind_of(event).is_some())
        .collect();
    let ids: Vec<_> = mailed.iter().map(|event| OrderId(event.subject_id)).collect();
    let origins = origins(connection, &ids)?;
    let mut drafts = Vec::new();
    for event in mailed {
        let origin = origins.get(&OrderId(event.subject_id));
        if let Some(kind) = kind_of(&event.kind) {
            drafts.extend(of_origin(connection, audiences, event, kind, origin)?);
        }
        if let Some(kind) = team_kind_of(event) {
            drafts.extend(audiences.of_team(connection, event, event.account_id, kind)?);
        }
    }
    Ok(drafts)
}

/// The mails of an event about an order, or about a delivery of it, to those who ordered.
pub fn of_origin(
    connection: &mut Connection,
    audiences: &mut Audiences,
    event: &Happened,
    kind: Kind,
    origin: Option<&Origin>,
) -> Result<Vec<Draft>> {
    // An order of another account would be a mistake of whoever wrote the event; nobody there hears of it.
    let origin = origin.filter(|origin| Some(origin.account_id) == event.account_id);
    let wanted = Wanted {
        kind,
        roles: ORDERING,
        cause: origin.and_then(|origin| origin.placed_by),
        site: origin.map(|origin| origin.ship_to.as_str()),
    };
    audiences.of_members(connection, event, &wanted)
}

/// What the mail says.
pub fn letter(
    connection: &mut Connection,
    writing: &Writing,
    sides: &Correspondence,
    message: &Message,
    event: &Happened,
) -> Result<Letter> {
    let no_account = || Error::internal("an order is of an account");
    let account_id = message.account_id.ok_or_else(no_account)?;
    let order = super::get(connection, account_id, OrderId(event.subject_id))?;
    Ok(match message.kind {
        Kind::OrderPlaced => letters::placed(writing, &order, event),
        Kind::OrderOnHold => letters::on_hold(writing, &order, event),
        Kind::OrderReleased => letters::released(writing, &order, event),
        Kind::OrderAccepted => letters::accepted(writing, &order),
        Kind::OrderCancelled => letters::cancelled(writing, &order, event),
        Kind::PromiseChanged => letters::promise_changed(writing, &order, event),
        Kind::ShortOfStock => letters::short(writing, &order, event),
        Kind::CriticalOrder => team::critical(writing, sides, &order),
        Kind::TeamHold => team::on_hold(writing, sides, &order, event),
        other => return Err(Error::internal(format!("{} is no mail of an order", other.name()))),
    })
}
