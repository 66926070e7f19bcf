//! Calling an order off: what it held is free again and serves the lines that wait.

use serde_json::json;

use super::allocation::Cause;
use super::recording::{self, add_event, audit};
use super::rules::head::check_note;
use super::rules::{Action, Order};
use super::sentences;
use super::steering::{lock, withdraw};
use super::store;
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::events::payloads::OrderCancelled;
use crate::ids::{AccountId, OrderId};
use crate::names::sets::Side;

/// Calls an order of the account off for a buyer: while it is pending, on hold or placed.
pub fn cancel(
    tx: &mut Connection,
    account_id: AccountId,
    id: OrderId,
    reason: Option<&str>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Order> {
    call_off(tx, account_id, id, Action::CancelAsBuyer, reason, actor, now)
}

/// Calls an order off for staff: until its first shipment.
pub fn cancel_as_staff(
    tx: &mut Connection,
    id: OrderId,
    reason: Option<&str>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Order> {
    let account_id = store::find_account(tx, id)?.ok_or(Error::NotFound)?;
    call_off(tx, account_id, id, Action::CancelAsStaff, reason, actor, now)
}

#[expect(clippy::indexing_slicing, reason = "a member of a JSON object")]
fn call_off(
    tx: &mut Connection,
    account_id: AccountId,
    id: OrderId,
    action: Action,
    reason: Option<&str>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Order> {
    if let Some(fault) = check_note("/reason", reason) {
        return Err(Error::Invalid(vec![fault]));
    }
    let head = lock(tx, account_id, id)?;
    let Some(state) = head.state.after(action) else {
        let detail = sentences::cannot_cancel(head.number, head.state.name());
        return Err(Error::conflict(Code::OrderNotCancellable, detail));
    };
    let mut batch = Batch::new();
    store::update_cancelled(&mut batch, &head, state, reason, now);
    let by = match action {
        Action::CancelAsStaff => Side::Supplier,
        _ => Side::Account,
    };
    let mut details = json!({ "was": head.state, "reason": reason, "by": by });
    if let Some(acting) = &actor.acting {
        details["by_staff"] = json!(&*acting.staff);
    }
    audit(&mut batch, actor, &head, "order.cancel", details, now);
    let cancelled = OrderCancelled {
        order: recording::head(&head),
        was: head.state,
        reason: reason.map(str::to_owned),
        by,
        by_staff: actor.acting.as_ref().map(|acting| acting.staff.to_string()),
    };
    add_event(&mut batch, &head, cancelled, now);
    withdraw(tx, &head, batch, Cause::OrderCancelled(id), now)?;
    store::find(tx, account_id, id)?.ok_or(Error::NotFound)
}
