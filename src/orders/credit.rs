//! Credit is looked at again as an order is accepted and as goods of it leave, where that is set. Who shares a limit is locked, so
//! that two orders never use the same last of it; what finance has let go on is not asked for again.

use serde_json::json;

use super::allocation::Cause;
use super::recording::{add_event, audit, event, head};
use super::rules::{Action, HoldReason, Order};
use super::sentences;
use super::steering::{lock, withdraw};
use super::store;
use crate::accounts::credit::{self, rules::CreditCheck, rules::Exceeded};
use crate::accounts::terms::Terms;
use crate::audit::Actor;
use crate::clock::{Timestamp, day_in};
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::events;
use crate::events::payloads::{OrderCreditExceeded, OrderOnHold};
use crate::ids::OrderId;
use crate::ledger;
use crate::money::Money;
use crate::names::sets::CreditPoint;

/// What is said where an order exceeds a limit of credit.
pub(super) fn exceeded(order: &Order) -> Error {
    Error::conflict(Code::CreditExceeded, sentences::beyond_credit(order.po_number.as_str()))
}

/// The limit that a locked order exceeds which counts already, unless nobody looks at that point or finance let it go on. The
/// balances of all who share a limit are locked from then on.
fn look(
    tx: &mut Connection,
    order: &Order,
    terms: &Terms,
    point: CreditPoint,
    now: Timestamp,
) -> Result<Option<Exceeded>> {
    if terms.credit.check_at(point) == CreditCheck::Off {
        return Ok(None);
    }
    let today = day_in(terms.supplier_zone, now);
    let room = credit::lock_room(tx, terms, today)?;
    let committed = ledger::find_committed(tx, order.id)?;
    let approved = store::credit::find_approved(tx, order.id)?;
    if approved.is_some_and(|approved| order.commitment_minor() <= approved) {
        return Ok(None);
    }
    Ok(room.without(committed).exceeded(committed))
}

fn told(order: &Order, point: CreditPoint, check: CreditCheck, exceeded: Exceeded) -> OrderCreditExceeded {
    OrderCreditExceeded {
        order: head(order),
        point,
        limit_of: exceeded.of,
        over: Money::new(exceeded.over, order.currency).to_string(),
        currency: order.currency.code().to_owned(),
        check: check.name().to_owned(),
    }
}

/// Tells staff that an order goes on above a limit. The account reads nothing of it: how it stands with its group or its
/// insurer is not theirs to know.
pub(super) fn warn(
    batch: &mut Batch,
    order: &Order,
    (point, exceeded): (CreditPoint, Exceeded),
    actor: &Actor,
    now: Timestamp,
) {
    let told = told(order, point, CreditCheck::Warn, exceeded);
    audit(batch, actor, order, "order.credit", json!(told), now);
    let mut event = event(order, told);
    event.account_id = None;
    batch.add(events::recording(&event, now));
}

/// What becomes of a locked order that is to be accepted.
pub(super) enum Next {
    GoOn,
    /// It is on hold now.
    Held,
}

/// Looks at the credit of a locked order that is to be accepted.
pub(super) fn at_acceptance(
    tx: &mut Connection,
    order: &Order,
    terms: &Terms,
    actor: &Actor,
    now: Timestamp,
) -> Result<Next> {
    let point = CreditPoint::Acceptance;
    let Some(found) = look(tx, order, terms, point, now)? else {
        return Ok(Next::GoOn);
    };
    match terms.credit.check_at(point) {
        CreditCheck::Off => Ok(Next::GoOn),
        CreditCheck::Warn => {
            let mut batch = Batch::new();
            warn(&mut batch, order, (point, found), actor, now);
            batch.run(tx)?;
            Ok(Next::GoOn)
        }
        CreditCheck::Hold => {
            hold(tx, order, (point, found), actor, now)?;
            Ok(Next::Held)
        }
        CreditCheck::Refuse => Err(exceeded(order)),
    }
}

/// Looks at the credit of a locked order of which goods are to leave, before its stock is locked: refused where it is not to
/// go on, else what staff are told of.
pub(super) fn at_shipment(
    tx: &mut Connection,
    order: &Order,
    terms: &Terms,
    now: Timestamp,
) -> Result<Option<Exceeded>> {
    let point = CreditPoint::Shipment;
    let found = look(tx, order, terms, point, now)?;
    match (found, terms.credit.check_at(point)) {
        (Some(_), CreditCheck::Hold | CreditCheck::Refuse) => Err(exceeded(order)),
        (found, _) => Ok(found),
    }
}

/// Puts an order on hold of which goods were refused to leave, where that is set and nothing of it has left or is being packed;
/// what has become of that since is looked at again.
pub fn hold_unshipped(tx: &mut Connection, id: OrderId, actor: &Actor, now: Timestamp) -> Result<()> {
    let Some(account_id) = store::find_account(tx, id)? else {
        return Ok(());
    };
    let order = lock(tx, account_id, id)?;
    let terms = crate::accounts::terms::load(tx, account_id)?;
    let point = CreditPoint::Shipment;
    let may_hold = order.state.after(Action::Hold).is_some() && order.state.after(Action::ShipPart).is_some();
    if terms.credit.check_at(point) != CreditCheck::Hold || !may_hold || store::is_being_packed(tx, id)? {
        return Ok(());
    }
    if let Some(found) = look(tx, &order, &terms, point, now)? {
        hold(tx, &order, (point, found), actor, now)?;
    }
    Ok(())
}

/// Puts a locked order on hold for its credit.
fn hold(
    tx: &mut Connection,
    order: &Order,
    (point, found): (CreditPoint, Exceeded),
    actor: &Actor,
    now: Timestamp,
) -> Result<()> {
    let state = order.state.after(Action::Hold);
    let state = state.ok_or_else(|| Error::internal(format!("{} can't be held", order.id)))?;
    let reasons = vec![HoldReason::CreditLimit];
    let mut batch = Batch::new();
    store::update_held(&mut batch, order, state, &reasons, None)?;
    let details =
        json!({ "hold_reasons": &reasons, "was": order.state, "credit": told(order, point, CreditCheck::Hold, found) });
    audit(&mut batch, actor, order, "order.hold", details, now);
    let held = OrderOnHold {
        order: head(order),
        hold_reasons: reasons,
        reason: None,
        was: Some(order.state),
    };
    add_event(&mut batch, order, held, now);
    withdraw(tx, order, batch, Cause::OrderHeld(order.id), now)
}
