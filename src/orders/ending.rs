//! What a buyer decided about what is not there: it is called off at once, or on the day after the last on which it waits.

use chrono::NaiveDate;

use super::cancelling::{self, Ending as Called};
use super::rules::Order;
use super::rules::choices::{Choices, EndedBy, Ending, ending};
use super::rules::rest::{Wanted, What};
use super::{sentences, store};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, OrderId};
use crate::names::sets::Side;

/// Refuses an order of which nothing is there though nothing of it shall wait.
pub(super) fn must_have_something(order: &Order) -> Result<()> {
    match order.state.is_served() && ending(order, Choices::ends_at_once) == Ending::Whole {
        true => Err(Error::refused(Code::NothingAvailable, sentences::nothing_available())),
        false => Ok(()),
    }
}

/// When what is not to wait is called off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// As the order is placed or changed: it belongs to the form that the order has by that.
    Forming,
    /// As the order is released from hold, or its last day is over: that is a revision of its own.
    Later,
}

/// Calls off what waits of lines whose buyer wants nothing of them to wait; the order as it is then.
pub(super) fn end_at_once(tx: &mut Connection, order: Order, at: At, actor: &Actor, now: Timestamp) -> Result<Order> {
    match order.state.is_served() {
        true => {
            let ended = ending(&order, Choices::ends_at_once);
            end(tx, order, (ended, EndedBy::CancelRest, at), actor, now)
        }
        false => Ok(order),
    }
}

fn end(
    tx: &mut Connection,
    order: Order,
    (ended, by, at): (Ending, EndedBy, At),
    actor: &Actor,
    now: Timestamp,
) -> Result<Order> {
    match ended {
        Ending::Nothing => Ok(order),
        Ending::Waiting(lines) => {
            let lines: Vec<_> = lines.into_iter().map(Wanted::from).collect();
            let called = Called {
                lines: &lines,
                what: What::Waiting,
                reason: None,
                by: Side::Account,
                ended_by: Some(by),
                is_of_form: at == At::Forming,
            };
            cancelling::cancel_rest(tx, order.account_id, order.id, called, actor, now)
        }
        Ending::Whole => cancelling::cancel_by_choice(tx, order.account_id, order.id, by, actor, now),
    }
}

/// At most `limit` orders of which something waits after the last day on which it should.
pub fn due(connection: &mut Connection, today: NaiveDate, limit: i64) -> Result<Vec<(AccountId, OrderId)>> {
    store::list_overstayed(connection, today, limit)
}

/// Calls off what waits of such an order; the order then, or nothing where nothing waits too long any more.
pub fn end_overstayed(
    tx: &mut Connection,
    (account_id, id): (AccountId, OrderId),
    today: NaiveDate,
    actor: &Actor,
    now: Timestamp,
) -> Result<Option<Order>> {
    let order = super::lock(tx, account_id, id)?;
    let ended = match order.state.is_served() {
        true => ending(&order, |choices| choices.is_over(today)),
        false => Ending::Nothing,
    };
    match ended {
        Ending::Nothing => Ok(None),
        ended => end(tx, order, (ended, EndedBy::CancelAfter, At::Later), actor, now).map(Some),
    }
}
