//! Checks orders before anything is applied: what the folder brings for them is written, they are planned exactly as
//! placing would, and all of it is undone. Some orders at a time, so that no lock is held for long.

use crate::clock::Timestamp;
use crate::db::Database;
use crate::error::Result;
use crate::orders::files::{FileOrder, OrdersFile, preview_all};
use crate::sheets::plan::{Checked, Scope, Step};

/// Lines planned in one transaction.
const LINES_AT_ONCE: usize = 500;

/// Checks the new orders of the file against what is stored and what `brought` will write.
pub fn check(db: &Database, mut file: OrdersFile, brought: &[Checked], now: Timestamp) -> Result<Checked> {
    let mut rest = file.take_new();
    while !rest.is_empty() {
        let later = rest.split_off(orders_at_once(&rest));
        let orders = std::mem::replace(&mut rest, later);
        let steps = steps_for(&orders, brought)?;
        let orders = if steps.is_empty() {
            db.read_now(|connection| preview_all(connection, &orders, now))
                .map(|faults| (orders, faults))?
        } else {
            db.rehearse_now(move |tx| {
                for step in &steps {
                    (step.run)(tx)?;
                }
                let faults = preview_all(tx, &orders, now)?;
                Ok((orders.clone(), faults))
            })?
        };
        file.add_checked(orders.0, orders.1);
    }
    Ok(file.finish(now))
}

/// How many of the orders to plan next: at least one.
fn orders_at_once(orders: &[FileOrder]) -> usize {
    let mut lines = 0;
    let fitting = orders.iter().take_while(|order| {
        lines += order.lines();
        lines <= LINES_AT_ONCE
    });
    fitting.count().max(1)
}

/// What has to be written before these orders can be planned.
fn steps_for(orders: &[FileOrder], brought: &[Checked]) -> Result<Vec<Step>> {
    let mut scope = Scope::default();
    for order in orders {
        order.widen(&mut scope);
    }
    for work in brought.iter().flat_map(|file| &file.work) {
        work.widen(&mut scope);
    }
    let mut steps = Vec::new();
    for work in brought.iter().flat_map(|file| &file.work) {
        steps.extend(work.concerning(&scope)?);
    }
    Ok(steps)
}
