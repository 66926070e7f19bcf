//! What a change does to an order, as everybody reads it: programs, pages, mails, and whoever looks it up later.

use std::collections::HashMap;

use crate::events::payloads::{ChangedField, ChangedLine, OrderDifference, OrderSums};
use crate::ids::OrderLineId;
use crate::names::sets::{LineChange, OrderField};
use crate::orders::rules::choices::days_together;
use crate::orders::rules::promise::Outstanding;
use crate::orders::rules::{Order, OrderLine};

/// From the order as it was to the order as it is. Lines that are not `stored` have no ids.
pub fn between(before: &Order, after: &Order, is_stored: bool) -> OrderDifference {
    let (before, after) = (&days_together(before.clone()), &days_together(after.clone()));
    let was: HashMap<_, _> = before.lines.iter().map(|line| (line.id, line)).collect();
    let is: HashMap<_, _> = after.lines.iter().map(|line| (line.id, line)).collect();
    let gone = before.lines.iter().filter(|line| !is.contains_key(&line.id));
    let mut lines: Vec<_> = gone.map(|line| told(LineChange::Removed, Some(line), None)).collect();
    for line in &after.lines {
        match was.get(&line.id) {
            None => {
                let mut added = told(LineChange::Added, None, Some(line));
                added.instead_of = line.instead.and_then(|instead| position(after, instead.line_id));
                added.order_line_id = added.order_line_id.filter(|_| is_stored);
                lines.push(added);
            }
            Some(before) if before.quantity.base_steps < line.quantity.base_steps => {
                lines.push(told(LineChange::Raised, Some(before), Some(line)));
            }
            Some(before) if before.quantity.base_steps > line.quantity.base_steps => {
                lines.push(told(LineChange::Lowered, Some(before), Some(line)));
            }
            Some(before) if before.cancelled < line.cancelled => {
                lines.push(told(
                    LineChange::Replaced,
                    Some(&standing(before)),
                    Some(&standing(line)),
                ));
            }
            Some(_) => {}
        }
    }
    lines.sort_by_key(|line| line.position);
    OrderDifference {
        lines,
        fields: fields(before, after),
        currency: before.currency.code().to_owned(),
        was: sums(before),
        is: sums(after),
    }
}

fn position(order: &Order, id: OrderLineId) -> Option<i32> {
    let line = order.lines.iter().find(|line| line.id == id)?;
    Some(line.position)
}

/// The line without what was called off of it.
fn standing(line: &OrderLine) -> OrderLine {
    let steps = line.quantity.base_steps - line.cancelled;
    OrderLine {
        quantity: line.part(steps),
        net: line.net_between(0, steps).unwrap_or(line.net),
        ..line.clone()
    }
}

fn told(change: LineChange, was: Option<&OrderLine>, is: Option<&OrderLine>) -> ChangedLine {
    let quantity = |line: &OrderLine| line.quantity.ordered.to_string();
    let one = is.or(was);
    let text = |of: fn(&OrderLine) -> String| one.map(of).unwrap_or_default();
    ChangedLine {
        change,
        order_line_id: one.map(|line| line.id),
        position: one.map_or(0, |line| line.position),
        sku: text(|line| line.sku.clone()),
        customer_part_number: one.and_then(|line| line.customer_part_number.clone()),
        name: text(|line| line.name.clone()),
        unit: text(|line| line.unit.clone()),
        unit_code: text(|line| line.unit_code.clone()),
        was_quantity: was.map(quantity),
        quantity: is.map(quantity),
        unit_price: text(|line| line.unit_price.to_string()),
        price_unit: text(|line| line.price_unit.clone()),
        price_base: one.map_or(1, |line| line.price_base),
        was_net: was.map(|line| line.net.to_string()),
        net: is.map(|line| line.net.to_string()),
        was_promised_date: was.and_then(|line| line.promised_on),
        promised_date: is.and_then(|line| line.promised_on),
        instead_of: None,
    }
}

fn fields(before: &Order, after: &Order) -> Vec<ChangedField> {
    let day = |order: &Order| order.requested_on.map(|day| day.to_string());
    let all = [
        (
            OrderField::ShipTo,
            Some(before.ship_to.clone()),
            Some(after.ship_to.clone()),
        ),
        (OrderField::RequestedDate, day(before), day(after)),
        (
            OrderField::OrderClass,
            Some(before.order_class.name().to_owned()),
            Some(after.order_class.name().to_owned()),
        ),
        (OrderField::Note, before.texts.note.clone(), after.texts.note.clone()),
    ];
    let other = all.into_iter().filter(|(_, was, is)| was != is);
    other.map(|(field, was, is)| ChangedField { field, was, is }).collect()
}

fn sums(order: &Order) -> OrderSums {
    OrderSums {
        net_total: order.net.to_string(),
        tax_total: order.tax.map(|tax| tax.to_string()),
        gross_total: order.gross.map(|gross| gross.to_string()),
        arrives_on: Outstanding::of(order).arrives_on(),
        state: order.state,
        line_count: order.line_count,
        cancelled_total: (order.cancelled.minor > 0).then(|| order.cancelled.to_string()),
    }
}
