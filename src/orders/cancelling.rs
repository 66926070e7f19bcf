//! Calling an order off: what it held is free again and serves the lines that wait.

use serde_json::json;

use super::allocation::serve_waiting;
use super::planning::check_note;
use super::rules::{Action, Order};
use super::store;
use crate::accounts::terms;
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::events::{self, Event};
use crate::ids::{AccountId, OrderId};
use crate::inventory::{self, Purpose};
use crate::ledger;

/// Calls an order of the account off for a buyer: while it is pending, on hold or placed.
pub fn cancel(
    tx: &mut Connection,
    account_id: AccountId,
    id: OrderId,
    reason: Option<&str>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Order> {
    if let Some(fault) = check_note("/reason", reason) {
        return Err(Error::Invalid(vec![fault]));
    }
    // Locked in the order everybody keeps: order, account, stock. The lines are read last, when nobody can serve them
    // any more.
    if !store::lock(tx, account_id, id)? {
        return Err(Error::NotFound);
    }
    let head = store::find(tx, account_id, id)?.ok_or(Error::NotFound)?;
    if head.state.after(Action::CancelAsBuyer).is_none() {
        let detail = format!(
            "Order {} is {} and can no longer be cancelled.",
            head.number,
            head.state.name()
        );
        return Err(Error::conflict(Code::OrderNotCancellable, detail));
    }
    let mut batch = Batch::new();
    if head.state.is_committed() {
        ledger::lock_exposure(tx, account_id)?;
        ledger::release(&mut batch, account_id, id, head.commitment_minor(), now);
    }
    let product_ids = store::list_products(tx, id)?;
    let mut stock = inventory::load(tx, &product_ids, Purpose::Change)?;
    for (_, product_id, take) in store::list_reservations(tx, id)? {
        stock.give_back(product_id, take);
    }
    store::delete_reservations(&mut batch, id);
    store::update_cancelled(&mut batch, &head, reason, now);
    record(&mut batch, actor, &head, reason, now);
    batch.run(tx)?;
    let zone = terms::load(tx, account_id)?.supplier_zone;
    serve_waiting(tx, &mut stock, &product_ids, zone, now)?;
    let mut batch = Batch::new();
    inventory::save(&mut batch, &stock)?;
    batch.run(tx)?;
    store::find(tx, account_id, id)?.ok_or(Error::NotFound)
}

fn record(batch: &mut Batch, actor: &Actor, order: &Order, reason: Option<&str>, now: Timestamp) {
    let data = json!({
        "number": order.number.to_string(),
        "po_number": order.po_number,
        "was": order.state.name(),
        "reason": reason,
    });
    let event = Event {
        kind: "order.cancelled",
        account_id: Some(order.account_id),
        subject_id: order.id.0,
        data: data.clone(),
    };
    batch.add(events::recording(&event, now));
    let entry = audit::Entry {
        action: "order.cancel",
        account_id: Some(order.account_id),
        object: order.id.to_string(),
        details: data,
    };
    batch.add(audit::recording(actor, &entry, now));
}
