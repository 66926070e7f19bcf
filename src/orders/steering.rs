//! What staff decide about an order in the queue: accept it, hold it, release it.

use serde_json::json;

use super::allocation::{self, Cause, serve_products, serve_waiting};
use super::credit;
use super::ending::{At, end_at_once};
use super::recording::{add_event, add_shortage, audit, head};
use super::rules::head::check_note;
use super::rules::rights::{may_release, needs_fresh_proof};
use super::rules::{Action, HoldReason, Order, State};
use super::sentences;
use super::shipping;
use super::store;
use crate::accounts::credit::lock_room;
use crate::accounts::credit::rules::CreditCheck;
use crate::accounts::terms;
use crate::audit::Actor;
use crate::clock::{Timestamp, day_in};
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::events::payloads::{OrderAccepted, OrderOnHold, OrderReleased};
use crate::identity::prove_again;
use crate::identity::rules::StaffRole;
use crate::ids::{AccountId, OrderId};
use crate::inventory::{self, Purpose};
use crate::ledger;
use crate::quantity::Quantity;
use crate::sentences::say_why;

/// Locks an order and reads it with its lines. Everybody locks in this order: order, account, stock.
pub fn lock(tx: &mut Connection, account_id: AccountId, id: OrderId) -> Result<Order> {
    if !store::lock(tx, account_id, id)? {
        return Err(Error::NotFound);
    }
    store::find(tx, account_id, id)?.ok_or(Error::NotFound)
}

/// The same for staff, who know no account, if `action` is allowed; with the state after it.
fn lock_for(tx: &mut Connection, id: OrderId, action: Action) -> Result<(Order, State)> {
    let account_id = store::find_account(tx, id)?.ok_or(Error::NotFound)?;
    let order = lock(tx, account_id, id)?;
    let Some(state) = order.state.after(action) else {
        let (number, state) = (order.number, order.state.name());
        let detail = match action {
            Action::Accept => sentences::cannot_accept(number, state),
            Action::Hold => sentences::cannot_hold(number, state),
            _ => sentences::cannot_release(number, state),
        };
        return Err(Error::conflict(Code::OrderStateForbids, detail));
    };
    Ok((order, state))
}

fn reread(tx: &mut Connection, order: &Order) -> Result<Order> {
    store::find(tx, order.account_id, order.id)?.ok_or(Error::NotFound)
}

/// The supplier takes a placed order on; where its credit is looked at and does not suffice, it may be held instead.
pub fn accept(tx: &mut Connection, id: OrderId, actor: &Actor, now: Timestamp) -> Result<Order> {
    let (order, state) = lock_for(tx, id, Action::Accept)?;
    let terms = terms::load(tx, order.account_id)?;
    if let credit::Next::Held = credit::at_acceptance(tx, &order, &terms, actor, now)? {
        return reread(tx, &order);
    }
    let mut batch = Batch::new();
    store::update_state(&mut batch, &order, state);
    audit(&mut batch, actor, &order, "order.accept", json!({}), now);
    add_event(&mut batch, &order, OrderAccepted { order: head(&order) }, now);
    batch.run(tx)?;
    reread(tx, &order)
}

/// Puts an order on hold: what it reserved is free, it is no exposure, and it keeps its queue time. The account reads
/// the reason.
pub fn hold(tx: &mut Connection, id: OrderId, reason: &str, actor: &Actor, now: Timestamp) -> Result<Order> {
    let reason = check_reason(reason)?;
    let (order, state) = lock_for(tx, id, Action::Hold)?;
    shipping::must_not_be_packed(tx, &order)?;
    let mut batch = Batch::new();
    store::update_held(&mut batch, &order, state, &[HoldReason::Manual], Some(reason))?;
    let details = json!({ "hold_reasons": [HoldReason::Manual], "reason": reason, "was": order.state });
    audit(&mut batch, actor, &order, "order.hold", details, now);
    let held = OrderOnHold {
        order: head(&order),
        hold_reasons: vec![HoldReason::Manual],
        reason: Some(reason.to_owned()),
        was: Some(order.state),
    };
    add_event(&mut batch, &order, held, now);
    withdraw(tx, &order, batch, Cause::OrderHeld(id), now)?;
    reread(tx, &order)
}

/// Holds an order by hand that is held already: all its reasons have to be settled. The account reads this one, too.
pub fn hold_also(tx: &mut Connection, id: OrderId, reason: &str, actor: &Actor, now: Timestamp) -> Result<Order> {
    let reason = check_reason(reason)?;
    let account_id = store::find_account(tx, id)?.ok_or(Error::NotFound)?;
    let order = lock(tx, account_id, id)?;
    if order.state != State::OnHold {
        let detail = sentences::cannot_hold(order.number, order.state.name());
        return Err(Error::conflict(Code::OrderStateForbids, detail));
    }
    let mut reasons = order.hold_reasons.clone();
    if !reasons.contains(&HoldReason::Manual) {
        reasons.push(HoldReason::Manual);
    }
    let mut batch = Batch::new();
    store::update_held(&mut batch, &order, State::OnHold, &reasons, Some(reason))?;
    let details = json!({ "hold_reasons": &reasons, "reason": reason, "was": order.state });
    audit(&mut batch, actor, &order, "order.hold", details, now);
    let held = OrderOnHold {
        order: head(&order),
        hold_reasons: reasons,
        reason: Some(reason.to_owned()),
        was: Some(order.state),
    };
    add_event(&mut batch, &order, held, now);
    batch.run(tx)?;
    reread(tx, &order)
}

/// Why an order is released, and by whom.
#[derive(Debug, Clone, Copy)]
pub struct Releasing<'r> {
    pub reason: &'r str,
    pub roles: &'r [StaffRole],
    /// They have proven lately who they are.
    pub is_fresh: bool,
}

/// Puts a held order back into the queue at its old time, without a new credit check. What was held for money needs a fresh
/// proof of who releases it.
pub fn release(tx: &mut Connection, id: OrderId, by: Releasing<'_>, actor: &Actor, now: Timestamp) -> Result<Order> {
    let reason = check_reason(by.reason)?;
    let (order, state) = lock_for(tx, id, Action::Release)?;
    if !may_release(by.roles, &order.hold_reasons) {
        return Err(Error::Forbidden);
    }
    if order.hold_reasons.contains(&HoldReason::CreditLimit) {
        // Nobody asks again for what finance lets go on.
        let mut batch = Batch::new();
        store::credit::approve(&mut batch, id, order.commitment_minor(), &actor.to_string(), now);
        batch.run(tx)?;
    }
    if !by.is_fresh && needs_fresh_proof(&order.hold_reasons) {
        return Err(prove_again());
    }
    refuse_if_sold_out(tx, &order)?;
    let released = put_back(tx, &order, state, reason, actor, now)?;
    end_at_once(tx, released, At::Later, actor, now)
}

/// Of an article that comes no more, others may have had the rest while the order was held: it would wait for ever. Whoever
/// releases it changes or cancels those lines first.
fn refuse_if_sold_out(tx: &mut Connection, order: &Order) -> Result<()> {
    let running_out = store::list_running_out(tx, order.id)?;
    if running_out.is_empty() {
        return Ok(());
    }
    ledger::lock_exposure(tx, order.account_id)?;
    let stock = inventory::load(tx, &running_out, Purpose::Change)?;
    for product_id in running_out {
        let left = stock.availability(product_id).free;
        let of_article = || order.lines.iter().filter(|line| line.product_id == product_id);
        let waiting = of_article()
            .map(|line| line.backordered)
            .fold(0_i64, i64::saturating_add);
        if let Some(line) = of_article().next().filter(|_| waiting > left) {
            let left = Quantity::new(left, line.base_decimals);
            let detail = sentences::cannot_release_sold_out(order.number, &line.sku, left, &line.base_unit);
            return Err(Error::conflict(Code::ExceedsStock, detail));
        }
    }
    Ok(())
}

/// Accounts of which orders are held for what they owe.
pub fn accounts_held_overdue(connection: &mut Connection) -> Result<Vec<AccountId>> {
    store::list_held_overdue(connection)
}

/// Lets the account's orders go on that are held for what it owed: at their old time, unless something else holds them. What
/// would exceed the credit limit by now is held for that.
pub fn settle_overdue(tx: &mut Connection, account_id: AccountId, actor: &Actor, now: Timestamp) -> Result<()> {
    for id in store::lock_held_overdue(tx, account_id)? {
        let order = lock(tx, account_id, id)?;
        let Some(state) = order.state.after(Action::Release) else {
            continue;
        };
        let mut left: Vec<_> = order.hold_reasons.clone();
        left.retain(|reason| *reason != HoldReason::Overdue);
        let terms = terms::load(tx, account_id)?;
        let room = lock_room(tx, &terms, day_in(terms.supplier_zone, now))?;
        let asks = [CreditCheck::Hold, CreditCheck::Refuse].contains(&terms.credit.at_order);
        if left.is_empty() && asks && room.exceeded(order.commitment_minor()).is_some() {
            left.push(HoldReason::CreditLimit);
        }
        if left.is_empty() {
            let released = put_back(tx, &order, state, "", actor, now)?;
            end_at_once(tx, released, At::Later, actor, now)?;
            continue;
        }
        let mut batch = Batch::new();
        store::update_hold_reasons(&mut batch, &order, &left)?;
        let details = json!({ "hold_reasons": left });
        audit(&mut batch, actor, &order, "order.hold", details, now);
        batch.run(tx)?;
    }
    Ok(())
}

/// Puts a locked order back into the queue at its old time; what of it is not to wait is for the caller to end.
pub(super) fn put_back(
    tx: &mut Connection,
    order: &Order,
    state: State,
    reason: &str,
    actor: &Actor,
    now: Timestamp,
) -> Result<Order> {
    let id = order.id;
    let product_ids = store::list_products(tx, id)?;
    ledger::lock_exposure(tx, order.account_id)?;
    let mut batch = Batch::new();
    store::update_released(&mut batch, order, state);
    ledger::commit(&mut batch, order.account_id, id, order.commitment_minor(), now);
    let details = json!({ "reason": reason, "hold_reasons": order.hold_reasons });
    audit(&mut batch, actor, order, "order.release", details, now);
    let released = OrderReleased {
        order: head(order),
        hold_reasons: order.hold_reasons.clone(),
        reason: reason.to_owned(),
    };
    add_event(&mut batch, order, released, now);
    batch.run(tx)?;
    let zone = terms::load(tx, order.account_id)?.supplier_zone;
    serve_products(tx, &product_ids, Cause::OrderReleased(id), zone, now)?;
    let released = reread(tx, order)?;
    let mut batch = Batch::new();
    add_shortage(&mut batch, &released, now);
    batch.run(tx)?;
    Ok(released)
}

/// Takes a locked order out of the queue with `batch`, which stores its new state: its commitment ends, what it
/// reserved is free and serves the lines that wait.
pub(super) fn withdraw(
    tx: &mut Connection,
    order: &Order,
    mut batch: Batch,
    cause: Cause,
    now: Timestamp,
) -> Result<()> {
    if order.state.is_committed() {
        ledger::lock_exposure(tx, order.account_id)?;
        ledger::release(&mut batch, order.account_id, order.id, order.commitment_minor(), now);
    }
    let product_ids = store::list_products(tx, order.id)?;
    // From here on nobody can serve its lines any more.
    let mut stock = inventory::load(tx, &product_ids, Purpose::Change)?;
    for (_, product_id, take) in allocation::store::list_reservations(tx, order.id)? {
        stock.give_back(product_id, take);
    }
    allocation::store::delete_reservations(&mut batch, order.id);
    batch.run(tx)?;
    let zone = terms::load(tx, order.account_id)?.supplier_zone;
    serve_waiting(tx, &mut stock, &product_ids, cause, zone, now)?;
    let mut batch = Batch::new();
    inventory::save(&mut batch, &stock)?;
    batch.run(tx)
}

/// The reason without the blanks around it; it has to be given.
pub(super) fn check_reason(reason: &str) -> Result<&str> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::invalid("/reason", Code::Required, say_why()));
    }
    match check_note("/reason", Some(reason)) {
        Some(fault) => Err(Error::Invalid(vec![fault])),
        None => Ok(reason),
    }
}
