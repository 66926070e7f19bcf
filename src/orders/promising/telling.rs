//! Who is told that a promise became another one: of what leaves by itself its own day, of what leaves together one day.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use crate::catalogue::rules::OrderQuantity;
use crate::db::Connection;
use crate::error::Result;
use crate::events::Entry;
use crate::events::payloads::{OrderPromiseChanged, PromisedLine};
use crate::ids::{AccountId, OrderId};
use crate::orders::allocation::rules::{Others, reason_for_account, reason_of_expected};
use crate::orders::allocation::store::{ServedRow, list_along};
use crate::orders::recording::head_of;
use crate::quantity::Quantity;

impl ServedRow {
    /// True if something of it leaves with other lines.
    pub(super) fn leaves_along(&self) -> bool {
        self.goes_along && self.reserved + self.backordered > 0
    }

    /// True if it stands in the queue, or leaves with one that may.
    pub(super) fn is_due(&self) -> bool {
        self.state.is_served() && (self.backordered > 0 || self.leaves_along())
    }
}

/// A line and what becomes of it.
pub(super) struct Moved<'a> {
    pub(super) line: &'a ServedRow,
    /// What it gets of stock.
    pub(super) got: i64,
    /// The day of all of it from now on.
    pub(super) promised_on: Option<NaiveDate>,
}

/// The day that accounts know of a line, before and from now on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    pub(super) was: Option<NaiveDate>,
    pub(super) is: Option<NaiveDate>,
}

impl Moved<'_> {
    pub(super) fn own_days(&self) -> Days {
        Days {
            was: self.line.promised_on,
            is: self.promised_on,
        }
    }
}

/// These lines and those that leave together with one of them, by order and position; of the order `untold` none are added.
pub(super) fn with_others_along(
    tx: &mut Connection,
    mut lines: Vec<ServedRow>,
    untold: Option<OrderId>,
) -> Result<Vec<ServedRow>> {
    let there: BTreeSet<_> = lines.iter().map(|line| line.id).collect();
    let along = lines.iter().filter(|line| line.leaves_along());
    let orders: BTreeSet<_> = along.map(|line| line.order_id).collect();
    let orders: Vec<_> = orders.into_iter().filter(|id| untold != Some(*id)).collect();
    let others = list_along(tx, &orders)?;
    lines.extend(others.into_iter().filter(|line| !there.contains(&line.id)));
    lines.sort_by_key(|line| (line.order_id, line.position));
    Ok(lines)
}

/// The days of orders whose lines leave together: those of the last of the lines, none where one has none. The same as of
/// [`days_together`](crate::orders::rules::choices::days_together).
pub(super) fn shared_days(moved: &[Moved<'_>]) -> HashMap<OrderId, Days> {
    let later = |one: Option<NaiveDate>, other: Option<NaiveDate>| Some(one?.max(other?));
    let mut shared = HashMap::<OrderId, Days>::new();
    for one in moved.iter().filter(|one| one.line.leaves_along()) {
        let own = one.own_days();
        let days = shared.entry(one.line.order_id).or_insert(own);
        *days = Days {
            was: later(days.was, own.was),
            is: later(days.is, own.is),
        };
    }
    shared
}

/// Promises that became others, order by order.
#[derive(Default)]
pub(super) struct Changes(Vec<(AccountId, OrderPromiseChanged)>);

impl Changes {
    /// Adds a line; lines come by order.
    pub(super) fn add(&mut self, line: &ServedRow, got: i64, days: Days) {
        let promised = promised_line(line, got, days);
        match self.0.last_mut() {
            Some((_, change)) if change.order.order_id == line.order_id => change.lines.push(promised),
            _ => {
                let names = (line.po_number.clone(), line.ship_to.clone());
                let order = head_of(line.order_id, line.number, names, line.order_class);
                let lines = vec![promised];
                self.0.push((line.account_id, OrderPromiseChanged { order, lines }));
            }
        }
    }

    pub(super) fn entries(self) -> Vec<Entry> {
        let entry = |(account_id, change): (AccountId, OrderPromiseChanged)| {
            Entry::new(Some(account_id), change.order.order_id, change)
        };
        self.0.into_iter().map(entry).collect()
    }
}

fn promised_line(line: &ServedRow, got: i64, days: Days) -> PromisedLine {
    let base = |steps| Quantity::new(steps, line.base_decimals).to_string();
    let ordered = OrderQuantity {
        ordered: Quantity::new(line.quantity, line.unit_decimals),
        base_steps: line.base_quantity,
    };
    let covered = line.reserved + line.shipped + got;
    let waits = line.backordered - got;
    let reason = match days.is.filter(|_| waits > 0) {
        Some(day) => reason_of_expected(covered, ordered, day),
        None => reason_for_account(covered, ordered, Others::Nobody),
    };
    PromisedLine {
        order_line_id: line.id,
        position: line.position,
        sku: line.sku.clone(),
        customer_part_number: line.customer_part_number.clone(),
        name: line.name.clone(),
        unit: line.unit.clone(),
        base_unit: line.base_unit.clone(),
        quantity: base(line.base_quantity),
        reserved: base(line.reserved + got),
        backordered: base(waits),
        was: days.was,
        promised_date: days.is,
        reason: reason.to_string(),
        served: Some(base(got)),
    }
}
