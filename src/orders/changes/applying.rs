//! A change is made: lines, totals, reservations, commitment, hold, event, audit and the change itself in one transaction.

use std::collections::{HashMap, HashSet};

use serde_json::json;

use super::difference::between;
use super::planning::Planned;
use super::rules::{Next, Request, State};
use super::store::{self, Decided, New};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Error, Result};
use crate::events::payloads::{OrderChanged, OrderOnHold};
use crate::ids::OrderChangeId;
use crate::inventory;
use crate::ledger;
use crate::names::sets::Side;
use crate::orders::allocation::{self, Cause, serve_waiting};
use crate::orders::recording::{add_event, audit, head};
use crate::orders::rules::{Order, OrderLine, State as OrderState};
use crate::orders::steering::{put_back, withdraw};
use crate::orders::{self, store as orders_store};

/// Whose change it is.
#[derive(Debug, Clone, Copy)]
pub struct How<'a> {
    pub id: OrderChangeId,
    pub by: Side,
    /// The account asked for it: then it is stored already.
    pub on_request: bool,
    /// Why it is wanted, or why the supplier took it on.
    pub reason: Option<&'a str>,
}

/// Makes a planned change of a locked order.
pub fn apply(
    tx: &mut Connection,
    planned: Planned,
    request: &Request,
    how: How<'_>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Order> {
    let before = planned.before.clone();
    let next = planned.next.clone();
    keep(tx, planned, actor, now)?;
    let order = orders::get(tx, before.account_id, before.id)?;
    let difference = between(&before, &order, true);
    let mut batch = Batch::new();
    let changed = OrderChanged {
        order: head(&order),
        change_id: how.id,
        revision: order.revision,
        difference: Box::new(difference.clone()),
        by: how.by,
        on_request: how.on_request,
        reason: how.reason.map(str::to_owned),
        by_staff: actor.acting.as_ref().map(|acting| acting.staff.to_string()),
    };
    let text = serde_json::to_string(&difference).map_err(Error::internal)?;
    match how.on_request {
        true => {
            let decided = Decided {
                state: State::Applied,
                revision: Some(order.revision),
                difference: Some(text),
                by: actor.to_string(),
                reason: how.reason,
            };
            store::update_decided(&mut batch, how.id, decided, now);
        }
        false => {
            let new = New {
                id: how.id,
                order: &order,
                state: State::Applied,
                side: how.by,
                revision: Some(order.revision),
                reason: how.reason,
                asked: request,
                difference: text,
                made_by: actor.to_string(),
            };
            store::insert(&mut batch, new, now)?;
        }
    }
    audit(&mut batch, actor, &order, "order.change", json!(changed), now);
    add_event(&mut batch, &order, changed, now);
    if let Next::Hold(hold_reasons) = next {
        let held = OrderOnHold {
            order: head(&order),
            hold_reasons,
            reason: None,
            was: Some(before.state),
        };
        add_event(&mut batch, &order, held, now);
    }
    batch.run(tx)?;
    Ok(order)
}

/// Lines that are stored and are to be otherwise.
fn other<'a>(before: &Order, after: &'a Order, gone: &'a [OrderLine]) -> Vec<&'a OrderLine> {
    let was: HashMap<_, _> = before.lines.iter().map(|line| (line.id, line)).collect();
    let lines = after.lines.iter().chain(gone);
    lines
        .filter(|line| was.get(&line.id).is_some_and(|was| *was != *line))
        .collect()
}

/// Stores what becomes of the order, and serves who waits with what is free.
fn keep(tx: &mut Connection, planned: Planned, actor: &Actor, now: Timestamp) -> Result<()> {
    let Planned {
        before,
        after,
        gone,
        mut stock,
        freed,
        moved,
        product_ids,
        terms,
        credit,
        next,
        ..
    } = planned;
    if !freed.is_empty() {
        allocation::store::take_from_reservations(tx, &freed)?;
    }
    let mut batch = Batch::new();
    store::update_order(&mut batch, &after);
    store::update_lines(&mut batch, after.id, &other(&before, &after, &gone))?;
    allocation::store::update_promised(&mut batch, &moved)?;
    let was: HashSet<_> = before.lines.iter().map(|line| line.id).collect();
    let new: Vec<_> = after.lines.iter().filter(|line| !was.contains(&line.id)).collect();
    store::insert_lines(&mut batch, after.id, &new)?;
    if before.state.is_committed() {
        match credit.is - credit.was {
            0 => {}
            more @ 1.. => ledger::commit(&mut batch, after.account_id, after.id, more, now),
            less => ledger::release(&mut batch, after.account_id, after.id, -less, now),
        }
    }
    match next {
        Next::Hold(reasons) => {
            inventory::save(&mut batch, &stock)?;
            batch.run(tx)?;
            let mut batch = Batch::new();
            orders_store::update_held(&mut batch, &after, OrderState::OnHold, &reasons, None)?;
            withdraw(tx, &after, batch, Cause::OrderHeld(after.id), now)
        }
        Next::Release => {
            inventory::save(&mut batch, &stock)?;
            batch.run(tx)?;
            put_back(tx, &after, OrderState::Placed, "", actor, now).map(drop)
        }
        Next::Stay(reasons) => {
            batch.run(tx)?;
            let mut batch = Batch::new();
            if reasons != before.hold_reasons {
                orders_store::update_hold_reasons(&mut batch, &after, &reasons)?;
            }
            if after.state.is_served() {
                let cause = Cause::OrderChanged(after.id);
                serve_waiting(tx, &mut stock, &product_ids, cause, terms.supplier_zone, now)?;
            }
            inventory::save(&mut batch, &stock)?;
            batch.run(tx)
        }
        Next::Refuse => Ok(()),
    }
}
