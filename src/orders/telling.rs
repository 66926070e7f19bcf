//! What is told of an order: events for feeds and mails, entries of the audit record.

use serde_json::{Value, json};

use super::rules::{Order, OrderLine, reason_for_account};
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::Batch;
use crate::events::{self, Event};

/// What every event about an order says of it, with `more` fields.
pub fn about(order: &Order, more: Value) -> Value {
    let mut data = json!({
        "order_id": order.id.to_string(),
        "number": order.number.to_string(),
        "order_number": order.number.to_string(),
        "po_number": order.po_number,
        "ship_to": order.ship_to,
        "order_class": order.order_class.name(),
    });
    if let (Some(data), Value::Object(more)) = (data.as_object_mut(), more) {
        data.extend(more);
    }
    data
}

/// An event about an order.
pub(super) fn event(order: &Order, kind: &'static str, more: Value) -> Event {
    Event {
        kind,
        account_id: Some(order.account_id),
        subject_id: order.id.0,
        data: about(order, more),
    }
}

/// Adds an event about an order.
pub(super) fn tell(batch: &mut Batch, order: &Order, kind: &'static str, more: Value, now: Timestamp) {
    batch.add(events::recording(&event(order, kind, more), now));
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
pub(super) fn tell_shortage(batch: &mut Batch, order: &Order, now: Timestamp) {
    let short: Vec<_> = order.lines.iter().filter(|line| line.backordered > 0).collect();
    if !order.state.is_served() || short.is_empty() {
        return;
    }
    let lines: Vec<_> = short.into_iter().map(shortage).collect();
    tell(batch, order, "order.short", json!({ "lines": lines }), now);
}

fn shortage(line: &OrderLine) -> Value {
    let base = |steps| line.base_quantity(steps).to_string();
    json!({
        "order_line_id": line.id.to_string(),
        "position": line.position,
        "sku": line.sku,
        "customer_part_number": line.customer_part_number,
        "name": line.name,
        "unit": line.unit,
        "base_unit": line.base_unit,
        "quantity": base(line.quantity.base_steps),
        "reserved": base(line.reserved),
        "backordered": base(line.backordered),
        "reason": reason_for_account(line.reserved + line.shipped, line.quantity, false).to_string(),
    })
}
