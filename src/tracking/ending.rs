//! The rest of an order is called off: what has left may have arrived and be paid already, then the order is over.

use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrderId};
use crate::orders::cancelling::{self, Ending};
use crate::orders::rules::{Order, State};
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
    ending: Ending<'_>,
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
    cancel_rest(tx, account_id, id, Ending { reason, ..ending }, actor, now)
}
