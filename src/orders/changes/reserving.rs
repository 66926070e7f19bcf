//! What a change does to what is reserved for the order.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::rules::give_back;
use crate::accounts::terms::Terms;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{OrderLineId, ProductId};
use crate::inventory::rules::{StockBook, Take};
use crate::orders::allocation::{self, stocked_at};
use crate::orders::promising::Delivery;
use crate::orders::promising::rules::whole_day;
use crate::orders::rules::{Order, OrderLine};

/// Gives back in `stock` what lines have reserved no more: by line and stock.
pub fn free(
    connection: &mut Connection,
    before: &Order,
    (after, gone): (&Order, &[OrderLine]),
    stock: &mut StockBook,
) -> Result<Vec<(OrderLineId, Take)>> {
    let keeps: HashMap<_, _> = after
        .lines
        .iter()
        .chain(gone)
        .map(|line| (line.id, line.reserved))
        .collect();
    let less = |line: &OrderLine| line.reserved - keeps.get(&line.id).copied().unwrap_or_default();
    let lowered: HashMap<_, _> = before.lines.iter().map(|line| (line.id, less(line))).collect();
    if lowered.values().all(|steps| *steps == 0) {
        return Ok(Vec::new());
    }
    let mut taken = HashMap::<OrderLineId, (ProductId, Vec<Take>)>::new();
    for (line_id, product_id, take) in allocation::store::list_reservations(connection, before.id)? {
        taken.entry(line_id).or_insert((product_id, Vec::new())).1.push(take);
    }
    let mut freed = Vec::new();
    for line in &before.lines {
        let Some((product_id, takes)) = taken.get(&line.id) else {
            continue;
        };
        for take in give_back(takes, lowered.get(&line.id).copied().unwrap_or_default()) {
            stock.give_back(*product_id, take);
            freed.push((line.id, take));
        }
    }
    Ok(freed)
}

/// What is reserved arrives at another site on another day: that of each line.
pub fn promise_elsewhere(
    connection: &mut Connection,
    after: &mut Order,
    stock: &StockBook,
    (terms, now): (&Terms, Timestamp),
) -> Result<Vec<(OrderLineId, Option<NaiveDate>)>> {
    let delivery = Delivery::to_sites(connection, &[after.site_id], terms.supplier_zone, now)?;
    let mut taken = HashMap::<OrderLineId, Vec<Take>>::new();
    for (line_id, _, take) in allocation::store::list_reservations(connection, after.id)? {
        taken.entry(line_id).or_default().push(take);
    }
    let mut moved = Vec::new();
    for line in after.lines.iter_mut().filter(|line| line.reserved > 0) {
        let takes = taken.remove(&line.id).unwrap_or_default();
        let place = (line.product_id, line.lead_time_days, Some(after.site_id));
        line.stock_promised_on = stocked_at(place, &takes, stock, &delivery);
        let days = line.expected.iter().map(|part| (part.promised_on, part.quantity));
        line.promised_on = whole_day(line.stock_promised_on, line.backordered, days);
        moved.push((line.id, line.stock_promised_on));
    }
    Ok(moved)
}
