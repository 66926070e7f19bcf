//! The rest of an order is called off: what has left may have arrived and be paid already, then the order is over.

use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{AccountId, OrderId};
use crate::orders::cancelling::{self, Ending};
use crate::orders::rules::{Order, State};
use crate::version::Expected;
use crate::{orders, shipments};

/// Calls off what of lines of the account's order is still to leave.
pub fn cancel_rest(
    tx: &mut Connection,
    account_id: AccountId,
    id: OrderId,
    ending: Ending<'_>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Order> {
    cancel_rest_once(tx, account_id, id, (ending, Sent::default()), actor, now)
}

/// What a request says of itself.
#[derive(Debug, Default, Clone, Copy)]
pub struct Sent<'a> {
    /// The same request has one effect.
    pub key: Option<&'a idempotency::Request>,
    /// The version of the order that was read.
    pub seen: Option<&'a Expected>,
}

/// The same for a request that may come twice, or of an order that became another one since it was read.
pub fn cancel_rest_once(
    tx: &mut Connection,
    account_id: AccountId,
    id: OrderId,
    (ending, sent): (Ending<'_>, Sent<'_>),
    actor: &Actor,
    now: Timestamp,
) -> Result<Order> {
    if let Some(key) = sent.key
        && let Begun::Replay(_) = idempotency::begin(tx, key, id.0, now)?
    {
        return orders::get(tx, account_id, id);
    }
    if let Some(seen) = sent.seen {
        seen.check(orders::lock(tx, account_id, id)?.version)?;
    }
    let order = cancelling::cancel_rest(tx, account_id, id, ending, actor, now)?;
    if order.state == State::Shipped {
        shipments::finish_order(tx, &order, now)?;
    }
    orders::get(tx, account_id, id)
}

/// The same for staff, who know no account.
pub fn cancel_rest_as_staff(
    tx: &mut Connection,
    id: OrderId,
    (ending, sent): (Ending<'_>, Sent<'_>),
    actor: &Actor,
    now: Timestamp,
) -> Result<Order> {
    let account_id = orders::account_of(tx, id)?;
    let reason = ending.reason.map(str::trim).filter(|reason| !reason.is_empty());
    if reason.is_none() {
        return Err(Error::invalid(
            "/reason",
            crate::error::Code::Required,
            crate::sentences::say_why(),
        ));
    }
    cancel_rest_once(tx, account_id, id, (Ending { reason, ..ending }, sent), actor, now)
}
