//! Placing an order: order, reservations, commitment, event, audit and the answer to its key in one transaction.

use serde_json::json;

use super::planning::{OrderRequest, Orderer, Plan, plan};
use super::rules::{Order, State};
use super::store;
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Error, Result};
use crate::events::{self, Event};
use crate::identity::idempotency::{self, Begun};
use crate::ids::OrderId;
use crate::inventory::{self, Purpose};
use crate::ledger;

/// What came of a request.
#[derive(Debug)]
pub struct Placed {
    /// The order as it stands now.
    pub order: Order,
    /// True if an earlier request with the same key placed it.
    pub replayed: bool,
}

/// What placing would come to; changes nothing.
pub fn preview(
    connection: &mut Connection,
    orderer: &Orderer,
    request: &OrderRequest,
    now: Timestamp,
) -> Result<Order> {
    plan(connection, orderer, request, Purpose::Preview, now).map(|plan| plan.order)
}

/// Places an order. An order above the credit limit is placed on hold. With a key, the same request has one effect.
pub fn place(
    tx: &mut Connection,
    orderer: &Orderer,
    actor: &Actor,
    key: Option<&idempotency::Request>,
    request: &OrderRequest,
    now: Timestamp,
) -> Result<Placed> {
    let id = OrderId::new();
    if let Some(key) = key
        && let Begun::Replay(created) = idempotency::begin(tx, key, id.0, now)?
    {
        let order = store::find(tx, orderer.account_id, OrderId(created))?;
        let order = order.ok_or_else(|| Error::internal(format!("{} of a key is gone", OrderId(created))))?;
        return Ok(Placed { order, replayed: true });
    }
    let Plan {
        mut order,
        takes,
        stock,
    } = plan(tx, orderer, request, Purpose::Change, now)?;
    order.id = id;
    order.number = store::next_number(tx)?;
    let mut batch = Batch::new();
    store::insert(&mut batch, &order)?;
    inventory::save(&mut batch, &stock)?;
    store::add_reservations(&mut batch, &takes)?;
    if order.state.is_committed() {
        ledger::commit(&mut batch, order.account_id, order.id, order.commitment_minor(), now);
    }
    record(&mut batch, actor, &order, now);
    batch.run(tx).map_err(|error| store::explain_insert(error, &order))?;
    Ok(Placed { order, replayed: false })
}

fn record(batch: &mut Batch, actor: &Actor, order: &Order, now: Timestamp) {
    let event = |kind, data| Event {
        kind,
        account_id: Some(order.account_id),
        subject_id: order.id.0,
        data,
    };
    let head = json!({
        "number": order.number.to_string(),
        "po_number": order.po_number,
        "state": order.state.name(),
        "order_class": order.order_class.name(),
        "currency": order.currency.code(),
        "net_total": order.net.to_string(),
        "gross_total": order.gross.map(|gross| gross.to_string()),
    });
    batch.add(events::recording(&event("order.placed", head.clone()), now));
    if order.state == State::OnHold {
        let reasons: Vec<_> = order.hold_reasons.iter().map(|reason| reason.name()).collect();
        let data = json!({ "number": order.number.to_string(), "hold_reasons": reasons });
        batch.add(events::recording(&event("order.on_hold", data), now));
    }
    let entry = audit::Entry {
        action: "order.place",
        account_id: Some(order.account_id),
        object: order.id.to_string(),
        details: head,
    };
    batch.add(audit::recording(actor, &entry, now));
}
