//! Events about an order, and entries of the audit record.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::Value;

use super::allocation::rules::{Others, reason_for_account, reason_of_expected};
use super::rules::choices::days_together;
use super::rules::{Order, OrderClass, OrderLine};
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::Batch;
use crate::events::payloads::{OrderHead, OrderPromiseChanged, OrderShort, PromisedLine, ShortLine};
use crate::events::{self, Entry, Payload};
use crate::ids::{OrderId, OrderLineId};

/// The head of every event about an order.
pub(super) fn head(order: &Order) -> OrderHead {
    let names = (order.po_number.clone(), order.ship_to.clone());
    head_of(order.id, order.number, names, order.order_class)
}

/// The same of an order that was not read as a whole.
pub(super) fn head_of(
    order_id: OrderId,
    number: i64,
    (po_number, ship_to): (String, String),
    order_class: OrderClass,
) -> OrderHead {
    OrderHead {
        order_id,
        number: number.to_string(),
        order_number: number.to_string(),
        po_number,
        ship_to,
        order_class,
    }
}

/// An event about an order.
pub(super) fn event<P: Payload<Subject = OrderId>>(order: &Order, payload: P) -> Entry {
    Entry::new(Some(order.account_id), order.id, payload)
}

/// Adds an event about an order.
pub(super) fn add_event<P: Payload<Subject = OrderId>>(batch: &mut Batch, order: &Order, payload: P, now: Timestamp) {
    batch.add(events::recording(&event(order, payload), now));
}

/// Adds what somebody did to an order to the audit record.
pub(super) fn audit(
    batch: &mut Batch,
    actor: &Actor,
    order: &Order,
    action: &'static str,
    details: Value,
    now: Timestamp,
) {
    let entry = audit::Entry {
        action,
        account_id: Some(order.account_id),
        object: order.id.to_string(),
        details,
    };
    batch.add(audit::recording(actor, &entry, now));
}

/// Adds `order.short` if lines of a served order wait for stock.
pub(super) fn add_shortage(batch: &mut Batch, order: &Order, now: Timestamp) {
    let order = &days_together(order.clone());
    let short = order.lines.iter().filter(|line| line.backordered > 0);
    let lines: Vec<_> = short.map(shortage).collect();
    if order.state.is_served() && !lines.is_empty() {
        let order_short = OrderShort {
            order: head(order),
            lines,
        };
        add_event(batch, order, order_short, now);
    }
}

/// Adds `order.promise_changed` if lines got stock or another day by what was done to their order, which was the one and is the other.
/// Of which lines that is to be told says `is_told`.
pub(super) fn add_moved(
    batch: &mut Batch,
    (was, is): (&Order, &Order),
    is_told: impl Fn(OrderLineId) -> bool,
    now: Timestamp,
) {
    let before: HashMap<_, _> = was.lines.iter().map(|line| (line.id, line)).collect();
    let moved = is.lines.iter().filter(|line| is_told(line.id)).filter_map(|line| {
        let before = before.get(&line.id)?;
        let got = (line.reserved + line.shipped) - (before.reserved + before.shipped);
        let is_split = !line.leaves_whole() && line.promises() != before.promises();
        let is_other = got > 0 || line.promised_on != before.promised_on || is_split;
        is_other.then(|| promised(line, before.promised_on, got.max(0)))
    });
    let lines: Vec<_> = moved.collect();
    if is.state.is_served() && !lines.is_empty() {
        let changed = OrderPromiseChanged { order: head(is), lines };
        add_event(batch, is, changed, now);
    }
}

fn promised(line: &OrderLine, was: Option<NaiveDate>, got: i64) -> PromisedLine {
    let short = shortage(line);
    PromisedLine {
        order_line_id: short.order_line_id,
        position: short.position,
        sku: short.sku,
        customer_part_number: short.customer_part_number,
        name: short.name,
        unit: short.unit,
        base_unit: short.base_unit,
        quantity: short.quantity,
        reserved: short.reserved,
        backordered: short.backordered,
        was,
        promised_date: line.promised_on,
        reason: short.reason,
        served: Some(line.base_quantity(got).to_string()),
    }
}

fn shortage(line: &OrderLine) -> ShortLine {
    let base = |steps| line.base_quantity(steps).to_string();
    let got = line.reserved + line.shipped;
    let reason = match line.promised_on.filter(|_| line.backordered > 0) {
        Some(day) => reason_of_expected(got, line.quantity, day),
        None => reason_for_account(got, line.quantity, Others::Nobody),
    };
    ShortLine {
        order_line_id: line.id,
        position: line.position,
        sku: line.sku.clone(),
        customer_part_number: line.customer_part_number.clone(),
        name: line.name.clone(),
        unit: line.unit.clone(),
        base_unit: line.base_unit.clone(),
        quantity: base(line.quantity.base_steps),
        reserved: base(line.reserved),
        backordered: base(line.backordered),
        reason: reason.to_string(),
    }
}
