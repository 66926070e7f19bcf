//! Calling an order off, or the rest of it: what was held for it is free again and serves the lines that wait.

use serde_json::json;

use super::allocation::{self, Cause, serve_waiting};
use super::recording::{self, add_event, audit};
use super::rules::head::check_note;
use super::rules::rest::{RestFault, rest};
use super::rules::{Action, Order, OrderLine};
use super::sentences;
use super::steering::{lock, withdraw};
use super::store;
use crate::accounts::terms;
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::events::payloads::{CancelledLine, OrderCancelled, OrderRestCancelled};
use crate::ids::{AccountId, OrderId, OrderLineId};
use crate::inventory::{self, Purpose};
use crate::ledger;
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

/// What is called off of an order that goes on.
#[derive(Debug, Clone, Copy)]
pub struct Ending<'a> {
    /// The lines; none for all that may be.
    pub lines: &'a [OrderLineId],
    /// The account and the supplier read it.
    pub reason: Option<&'a str>,
    /// Who does it.
    pub by: Side,
}

/// Calls off what of lines is still to leave: exposure falls, and an order of which all else has left is shipped.
pub fn cancel_rest(
    tx: &mut Connection,
    account_id: AccountId,
    id: OrderId,
    ending: Ending<'_>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Order> {
    if let Some(fault) = check_note("/reason", ending.reason) {
        return Err(Error::Invalid(vec![fault]));
    }
    let order = lock(tx, account_id, id)?;
    let rest = rest(&order, ending.lines, ending.by).map_err(|fault| refused(&order, fault))?;
    let ended: Vec<&OrderLine> = order
        .lines
        .iter()
        .filter(|line| rest.line_ids.contains(&line.id))
        .collect();
    let mut after = order.clone();
    for line in after.lines.iter_mut().filter(|line| rest.line_ids.contains(&line.id)) {
        line.cancelled = line.quantity.base_steps - line.shipped;
    }
    let too_large = || Error::internal(format!("{id}: what is called off can't be added up"));
    after.cancelled = after.cancelled_of_lines().ok_or_else(too_large)?;
    ledger::lock_exposure(tx, account_id)?;
    let committed_minor = ledger::find_committed(tx, id)?;
    // With its last piece invoiced nothing of an order stays committed.
    let freed_minor = match after.is_invoiced() {
        true => committed_minor,
        false => (after.cancelled.minor - order.cancelled.minor).clamp(0, committed_minor),
    };
    let mut batch = Batch::new();
    store::update_rest_cancelled(&mut batch, &order, rest.state, &rest.line_ids, after.cancelled.minor)?;
    ledger::release(&mut batch, account_id, id, freed_minor, now);
    let lines: Vec<_> = ended.iter().map(|line| cancelled_line(line)).collect();
    let details = json!({ "reason": ending.reason, "by": ending.by, "lines": lines });
    audit(&mut batch, actor, &order, "order.cancel_rest", details, now);
    let cancelled = OrderRestCancelled {
        order: recording::head(&order),
        lines,
        reason: ending.reason.map(str::to_owned),
        by: ending.by,
        by_staff: actor.acting.as_ref().map(|acting| acting.staff.to_string()),
    };
    add_event(&mut batch, &order, cancelled, now);
    let mut product_ids: Vec<_> = ended.iter().map(|line| line.product_id).collect();
    product_ids.sort_unstable();
    product_ids.dedup();
    // From here on nobody can serve its lines any more.
    let mut stock = inventory::load(tx, &product_ids, Purpose::Change)?;
    let reserved = allocation::store::list_reservations(tx, id)?;
    let mut taken = Vec::new();
    for (line_id, product_id, take) in reserved {
        if rest.line_ids.contains(&line_id) {
            stock.give_back(product_id, take);
            taken.push((line_id, take));
        }
    }
    allocation::store::take_from_reservations(tx, &taken)?;
    batch.run(tx)?;
    let zone = terms::load(tx, account_id)?.supplier_zone;
    serve_waiting(tx, &mut stock, &product_ids, Cause::OrderCancelled(id), zone, now)?;
    let mut batch = Batch::new();
    inventory::save(&mut batch, &stock)?;
    batch.run(tx)?;
    store::find(tx, account_id, id)?.ok_or(Error::NotFound)
}

fn refused(order: &Order, fault: RestFault) -> Error {
    let number = order.number;
    let conflict = |detail| Error::conflict(Code::OrderNotCancellable, detail);
    match fault {
        RestFault::State => conflict(sentences::cannot_cancel_rest(number, order.state.name())),
        RestFault::NoLine(place) => {
            let detail = sentences::no_such_line(number);
            Error::invalid(format!("/lines/{place}"), Code::UnknownLine, detail)
        }
        RestFault::NothingLeft(position) => conflict(sentences::nothing_left_of_line(position)),
        RestFault::HasLeft(position) => conflict(sentences::line_has_left(position)),
        RestFault::NoneOpen => conflict(sentences::no_line_is_open(number)),
        RestFault::Whole => conflict(sentences::cancel_the_whole(number)),
    }
}

fn cancelled_line(line: &OrderLine) -> CancelledLine {
    CancelledLine {
        order_line_id: line.id,
        position: line.position,
        sku: line.sku.clone(),
        customer_part_number: line.customer_part_number.clone(),
        name: line.name.clone(),
        unit: line.unit.clone(),
        base_unit: line.base_unit.clone(),
        quantity: line.base_quantity(line.to_leave()).to_string(),
    }
}
