//! What a buyer decided about what is not there: it is called off at once, or on the day after the last on which it waits.

use chrono::NaiveDate;

use super::cancelling::{self, Ending as Called};
use super::rules::choices::{Ending, ending};
use super::rules::rest::What;
use super::rules::{BackorderChoice, Order};
use super::{sentences, store};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, OrderId};
use crate::names::sets::Side;

/// Refuses an order of which nothing is there though nothing of it shall wait.
pub(super) fn must_have_something(order: &Order) -> Result<()> {
    let is_nothing = order.choices.backorder == BackorderChoice::CancelRest && order.state.is_served();
    match is_nothing && ending(order) == Ending::Whole {
        true => Err(Error::refused(Code::NothingAvailable, sentences::nothing_available())),
        false => Ok(()),
    }
}

/// Calls off what waits of an order whose buyer wants nothing to wait; the order as it is then.
pub(super) fn end_at_once(tx: &mut Connection, order: Order, actor: &Actor, now: Timestamp) -> Result<Order> {
    match order.choices.backorder == BackorderChoice::CancelRest && order.state.is_served() {
        true => end(tx, order, actor, now),
        false => Ok(order),
    }
}

fn end(tx: &mut Connection, order: Order, actor: &Actor, now: Timestamp) -> Result<Order> {
    let called = Called {
        lines: &[],
        what: What::Waiting,
        reason: None,
        by: Side::Account,
    };
    match ending(&order) {
        Ending::Nothing => Ok(order),
        Ending::Waiting => cancelling::cancel_rest(tx, order.account_id, order.id, called, actor, now),
        Ending::Whole => cancelling::cancel_as_staff(tx, order.id, None, actor, now),
    }
}

/// At most `limit` orders of which something waits after the last day on which it should.
pub fn due(connection: &mut Connection, today: NaiveDate, limit: i64) -> Result<Vec<(AccountId, OrderId)>> {
    store::list_overstayed(connection, today, limit)
}

/// Calls off what waits of such an order; false where nothing waits any more.
pub fn end_overstayed(
    tx: &mut Connection,
    (account_id, id): (AccountId, OrderId),
    actor: &Actor,
    now: Timestamp,
) -> Result<bool> {
    let order = super::lock(tx, account_id, id)?;
    let waits = order.state.is_served() && ending(&order) != Ending::Nothing;
    if waits {
        end(tx, order, actor, now)?;
    }
    Ok(waits)
}
