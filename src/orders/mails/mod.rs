//! Mails about orders: to whoever placed it and the account's buyers and admins; what is urgent also to the team.

mod letters;
pub(in crate::orders) mod team;
pub mod words;

use std::collections::HashMap;

use super::changes::mails as changes;
use super::rules::OrderClass;
use super::rules::choices::days_together;
use super::store;
use crate::accounts::audiences::{Audiences, Wanted};
use crate::accounts::correspondence::Correspondence;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::events::{Happened, OrderEvent};
use crate::identity::rules::AccountRole;
use crate::ids::{AccountId, OrderId, PersonId};
use crate::mail::letter::Letter;
use crate::mail::rules::Kind;
use crate::mail::writing::Writing;
use crate::mail::{Draft, Message};

/// Who hears of an order beside whoever placed it.
pub const ORDERING: &[AccountRole] = &[AccountRole::Buyer, AccountRole::Admin];

/// The mail that an event about an order makes for the account.
fn kind_of(event: &OrderEvent) -> Option<Kind> {
    match event {
        OrderEvent::Placed(_) => Some(Kind::OrderPlaced),
        OrderEvent::OnHold(_) => Some(Kind::OrderOnHold),
        OrderEvent::Released(_) => Some(Kind::OrderReleased),
        OrderEvent::Accepted(_) => Some(Kind::OrderAccepted),
        OrderEvent::Cancelled(_) | OrderEvent::RestCancelled(_) => Some(Kind::OrderCancelled),
        OrderEvent::Changed(_) | OrderEvent::ChangeRefused(_) | OrderEvent::SubstituteProposed(_) => {
            Some(Kind::OrderChanged)
        }
        OrderEvent::PromiseChanged(_) => Some(Kind::PromiseChanged),
        OrderEvent::Short(_) => Some(Kind::ShortOfStock),
        OrderEvent::ChangeRequested(_)
        | OrderEvent::ChangeWithdrawn(_)
        | OrderEvent::SubstituteDeclined(_)
        | OrderEvent::CreditExceeded(_)
        | OrderEvent::Delivered(_)
        | OrderEvent::Closed(_)
        | OrderEvent::Reopened(_) => None,
    }
}

/// The mail that it makes for the team behind the account.
fn team_kind_of(event: &OrderEvent) -> Option<Kind> {
    match event {
        OrderEvent::Placed(placed) => (placed.order.order_class == OrderClass::Critical).then_some(Kind::CriticalOrder),
        OrderEvent::OnHold(_) => Some(Kind::TeamHold),
        OrderEvent::ChangeRequested(_) | OrderEvent::ChangeWithdrawn(_) | OrderEvent::SubstituteDeclined(_) => {
            Some(Kind::TeamChange)
        }
        OrderEvent::Changed(_)
        | OrderEvent::SubstituteProposed(_)
        | OrderEvent::ChangeRefused(_)
        | OrderEvent::CreditExceeded(_)
        | OrderEvent::Released(_)
        | OrderEvent::Accepted(_)
        | OrderEvent::Cancelled(_)
        | OrderEvent::RestCancelled(_)
        | OrderEvent::PromiseChanged(_)
        | OrderEvent::Short(_)
        | OrderEvent::Delivered(_)
        | OrderEvent::Closed(_)
        | OrderEvent::Reopened(_) => None,
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
pub fn drafts(
    connection: &mut Connection,
    audiences: &mut Audiences,
    events: &[(&Happened, &OrderEvent)],
) -> Result<Vec<Draft>> {
    let mailed: Vec<_> = events
        .iter()
        .map(|(event, about)| (*event, kind_of(about), team_kind_of(about)))
        .filter(|(_, own, team)| own.is_some() || team.is_some())
        .collect();
    let ids: Vec<_> = mailed.iter().map(|(event, ..)| OrderId(event.subject_id)).collect();
    let origins = origins(connection, &ids)?;
    let mut drafts = Vec::new();
    for (event, own, team) in mailed {
        let origin = origins.get(&OrderId(event.subject_id));
        if let Some(kind) = own {
            drafts.extend(of_origin(connection, audiences, event, kind, origin)?);
        }
        if let Some(kind) = team {
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
    audiences.of_account(connection, event, &wanted)
}

/// What the mail says.
pub fn letter(
    connection: &mut Connection,
    writing: &Writing,
    sides: &Correspondence,
    message: &Message,
    (event, about): (&Happened, &OrderEvent),
) -> Result<Letter> {
    let no_account = || Error::internal("an order is of an account");
    let account_id = message.account_id.ok_or_else(no_account)?;
    let order = days_together(super::get(connection, account_id, OrderId(event.subject_id))?);
    Ok(match (message.kind, about) {
        (Kind::OrderPlaced, OrderEvent::Placed(placed)) => letters::placed(writing, &order, placed),
        (Kind::OrderOnHold, OrderEvent::OnHold(held)) => letters::on_hold(writing, &order, held),
        (Kind::OrderReleased, OrderEvent::Released(released)) => letters::released(writing, &order, released),
        (Kind::OrderAccepted, OrderEvent::Accepted(_)) => letters::accepted(writing, &order),
        (Kind::OrderCancelled, OrderEvent::Cancelled(cancelled)) => letters::cancelled(writing, &order, cancelled),
        (Kind::OrderCancelled, OrderEvent::RestCancelled(rest)) => letters::rest_cancelled(writing, &order, rest),
        (Kind::OrderChanged, OrderEvent::Changed(changed)) => changes::changed(writing, &order, changed),
        (Kind::OrderChanged, OrderEvent::ChangeRefused(refused)) => changes::refused(writing, &order, refused),
        (Kind::OrderChanged, OrderEvent::SubstituteProposed(proposed)) => {
            changes::substitute_proposed(writing, &order, proposed)
        }
        (Kind::TeamChange, OrderEvent::SubstituteDeclined(declined)) => {
            changes::substitute_declined(writing, sides, &order, declined)
        }
        (Kind::TeamChange, OrderEvent::ChangeRequested(asked)) => changes::requested(writing, sides, &order, asked),
        (Kind::TeamChange, OrderEvent::ChangeWithdrawn(taken)) => changes::withdrawn(writing, sides, &order, taken),
        (Kind::PromiseChanged, OrderEvent::PromiseChanged(change)) => letters::promise_changed(writing, &order, change),
        (Kind::ShortOfStock, OrderEvent::Short(short)) => letters::short(writing, &order, short),
        (Kind::CriticalOrder, OrderEvent::Placed(_)) => team::critical(writing, sides, &order),
        (Kind::TeamHold, OrderEvent::OnHold(held)) => team::on_hold(writing, sides, &order, held),
        (other, _) => {
            return Err(Error::internal(format!(
                "{other} is no mail about {}",
                event.event.kind()
            )));
        }
    })
}
