//! Calling an order off, or the rest of it: what was held for it is free again and serves the lines that wait.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde_json::json;

use super::allocation::{self, Cause, serve_waiting};
use super::changes::rules::give_back;
use super::recording::{self, add_event, audit};
use super::rules::choices::days_together;
use super::rules::head::check_note;
use super::rules::rest::{RestFault, Wanted, What, reduced, rest};
use super::rules::{Action, Order, OrderLine};
use super::sentences;
use super::shipping;
use super::steering::{lock, withdraw};
use super::store;
use crate::accounts::terms;
use crate::audit::Actor;
use crate::catalogue::rules::promised_on;
use crate::clock::{Timestamp, day_in};
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::events::payloads::{CancelledLine, OrderCancelled, OrderRestCancelled};
use crate::ids::{AccountId, OrderId, OrderLineId, ProductId};
use crate::inventory::rules::Take;
use crate::inventory::{self, Purpose};
use crate::ledger;
use crate::names::sets::{EndedBy, Side};

/// Calls an order of the account off for a buyer: while it is pending, on hold or placed.
pub fn cancel(
    tx: &mut Connection,
    account_id: AccountId,
    id: OrderId,
    reason: Option<&str>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Order> {
    let called = CallOff {
        action: Action::CancelAsBuyer,
        by: Side::Account,
        reason,
        ended_by: None,
    };
    call_off(tx, account_id, id, called, actor, now)
}

/// Calls an order off for staff: until its first shipment.
pub fn cancel_as_staff(
    tx: &mut Connection,
    id: OrderId,
    reason: Option<&str>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Order> {
    let account_id = store::find_account(tx, id)?.ok_or(Error::NotFound)?;
    let called = CallOff {
        action: Action::CancelAsStaff,
        by: Side::Supplier,
        reason,
        ended_by: None,
    };
    call_off(tx, account_id, id, called, actor, now)
}

/// Calls an order off of which nothing is left but what its buyer wanted to end: until its first shipment, as the account's own
/// doing.
pub(super) fn cancel_by_choice(
    tx: &mut Connection,
    account_id: AccountId,
    id: OrderId,
    choice: EndedBy,
    actor: &Actor,
    now: Timestamp,
) -> Result<Order> {
    let called = CallOff {
        action: Action::CancelAsStaff,
        by: Side::Account,
        reason: None,
        ended_by: Some(choice),
    };
    call_off(tx, account_id, id, called, actor, now)
}

/// How an order is called off.
#[derive(Debug, Clone, Copy)]
struct CallOff<'a> {
    action: Action,
    by: Side,
    reason: Option<&'a str>,
    ended_by: Option<EndedBy>,
}

#[expect(clippy::indexing_slicing, reason = "a member of a JSON object")]
fn call_off(
    tx: &mut Connection,
    account_id: AccountId,
    id: OrderId,
    called: CallOff<'_>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Order> {
    let CallOff {
        action,
        by,
        reason,
        ended_by,
    } = called;
    if let Some(fault) = check_note("/reason", reason) {
        return Err(Error::Invalid(vec![fault]));
    }
    let head = lock(tx, account_id, id)?;
    let Some(state) = head.state.after(action) else {
        let detail = sentences::cannot_cancel(head.number, head.state.name());
        return Err(Error::conflict(Code::OrderNotCancellable, detail));
    };
    shipping::must_not_be_packed(tx, &head)?;
    let mut batch = Batch::new();
    store::update_cancelled(&mut batch, &head, state, reason, now);
    let mut details = json!({ "was": head.state, "reason": reason, "by": by });
    if let Some(ended_by) = ended_by {
        details["ended_by"] = json!(ended_by);
    }
    if let Some(acting) = &actor.acting {
        details["by_staff"] = json!(&*acting.staff);
    }
    audit(&mut batch, actor, &head, "order.cancel", details, now);
    let cancelled = OrderCancelled {
        order: recording::head(&head),
        was: head.state,
        reason: reason.map(str::to_owned),
        by,
        by_staff: actor.acting.as_ref().map(|acting| acting.staff.to_string()),
        ended_by,
    };
    add_event(&mut batch, &head, cancelled, now);
    withdraw(tx, &head, batch, Cause::OrderCancelled(id), now)?;
    store::find(tx, account_id, id)?.ok_or(Error::NotFound)
}

/// What is called off of an order that goes on.
#[derive(Debug, Clone, Copy)]
pub struct Ending<'a> {
    /// The lines; none for all that may be.
    pub lines: &'a [Wanted],
    /// All that is still to leave, or only what waits.
    pub what: What,
    /// The account and the supplier read it.
    pub reason: Option<&'a str>,
    /// Who does it.
    pub by: Side,
    /// What the buyer had decided before, where that is why.
    pub ended_by: Option<EndedBy>,
    /// It belongs to the form that the order has by its placing or by a change: no revision of its own.
    pub is_of_form: bool,
}

/// Calls off what of lines is still to leave, or a part of it: exposure falls, and an order of which all else has left is shipped.
#[expect(clippy::indexing_slicing, reason = "a member of a JSON object")]
pub fn cancel_rest(
    tx: &mut Connection,
    account_id: AccountId,
    id: OrderId,
    ending: Ending<'_>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Order> {
    if let Some(fault) = check_note("/reason", ending.reason) {
        return Err(Error::Invalid(vec![fault]));
    }
    let order = lock(tx, account_id, id)?;
    shipping::must_not_be_packed(tx, &order)?;
    rest(&order, ending.lines, ending.what, ending.by).map_err(|fault| refused(&order, fault))?;
    ledger::lock_exposure(tx, account_id)?;
    let committed_minor = ledger::find_committed(tx, id)?;
    let mut product_ids: Vec<_> = order.lines.iter().map(|line| line.product_id).collect();
    product_ids.sort_unstable();
    product_ids.dedup();
    let mut stock = inventory::load(tx, &product_ids, Purpose::Change)?;
    // From here on nobody can serve its lines any more: what waits is known.
    let order = store::find(tx, account_id, id)?.ok_or(Error::NotFound)?;
    let rest = rest(&order, ending.lines, ending.what, ending.by).map_err(|fault| refused(&order, fault))?;
    let terms = terms::load(tx, account_id)?;
    let today = day_in(terms.supplier_zone, now);
    let mut ended = Ended::of(&order, &rest.lines, today)?;
    ended.after.revision += i32::from(!ending.is_of_form);
    // With its last piece invoiced nothing of an order stays committed.
    let freed_minor = match ended.after.is_invoiced() {
        true => committed_minor,
        false => (ended.after.cancelled.minor - order.cancelled.minor).clamp(0, committed_minor),
    };
    let mut batch = Batch::new();
    store::update_rest_cancelled(&mut batch, &ended.after, rest.state, &ended.lines())?;
    ledger::release(&mut batch, account_id, id, freed_minor, now);
    let lines = ended.told();
    let mut details = json!({ "reason": ending.reason, "by": ending.by, "lines": lines });
    if let Some(ended_by) = ending.ended_by {
        details["ended_by"] = json!(ended_by);
    }
    audit(&mut batch, actor, &order, "order.cancel_rest", details, now);
    let cancelled = OrderRestCancelled {
        order: recording::head(&order),
        lines,
        reason: ending.reason.map(str::to_owned),
        by: ending.by,
        by_staff: actor.acting.as_ref().map(|acting| acting.staff.to_string()),
        ended_by: ending.ended_by,
        revision: (!ending.is_of_form).then_some(ended.after.revision),
    };
    add_event(&mut batch, &order, cancelled, now);
    let mut taken = Vec::new();
    for (line_id, (product_id, takes)) in reserved(tx, id)? {
        for take in give_back(&takes, ended.freed(line_id)) {
            stock.give_back(product_id, take);
            taken.push((line_id, take));
        }
    }
    allocation::store::take_from_reservations(tx, &taken)?;
    batch.run(tx)?;
    let product_ids = ended.products();
    serve_waiting(
        tx,
        &mut stock,
        &product_ids,
        Cause::OrderCancelled(id),
        terms.supplier_zone,
        now,
    )?;
    let mut batch = Batch::new();
    inventory::save(&mut batch, &stock)?;
    batch.run(tx)?;
    let after = store::find(tx, account_id, id)?.ok_or(Error::NotFound)?;
    let mut batch = Batch::new();
    let days = (&days_together(order), &days_together(after.clone()));
    recording::add_moved(&mut batch, days, |line| !ended.was.contains_key(&line), now);
    batch.run(tx)?;
    Ok(after)
}

/// What lines of an order have reserved: of which product, and from which stock.
fn reserved(tx: &mut Connection, id: OrderId) -> Result<BTreeMap<OrderLineId, (ProductId, Vec<Take>)>> {
    let mut reserved = BTreeMap::<OrderLineId, (ProductId, Vec<Take>)>::new();
    for (line_id, product_id, take) in allocation::store::list_reservations(tx, id)? {
        reserved.entry(line_id).or_insert((product_id, Vec::new())).1.push(take);
    }
    Ok(reserved)
}

/// An order of which something is called off.
struct Ended {
    after: Order,
    /// Its lines of which something is, each as it was, and by how much.
    was: HashMap<OrderLineId, (OrderLine, i64)>,
}

impl Ended {
    fn of(order: &Order, lines: &[(OrderLineId, i64)], today: NaiveDate) -> Result<Self> {
        let steps: HashMap<_, _> = lines.iter().copied().collect();
        let (mut after, mut was) = (order.clone(), HashMap::new());
        for line in &mut after.lines {
            let Some(steps) = steps.get(&line.id) else { continue };
            was.insert(line.id, (line.clone(), *steps));
            *line = reduced(line, *steps);
            line.promised_on = match (line.reserved, line.backordered) {
                // What it waited for is called off, so that the rest has its day.
                (1.., 0) => {
                    let of_stock = line.stock_promised_on.or(line.promised_on);
                    of_stock.or_else(|| promised_on(today, line.lead_time_days))
                }
                _ => None,
            };
        }
        let too_large = || Error::internal(format!("{}: what is called off can't be added up", order.id));
        after.cancelled = after.cancelled_of_lines().ok_or_else(too_large)?;
        Ok(Self { after, was })
    }

    /// The lines as they are then.
    fn lines(&self) -> Vec<&OrderLine> {
        let lines = self.after.lines.iter();
        lines.filter(|line| self.was.contains_key(&line.id)).collect()
    }

    fn told(&self) -> Vec<CancelledLine> {
        let lines = self.after.lines.iter().filter_map(|line| self.was.get(&line.id));
        lines.map(|(line, steps)| cancelled_line(line, *steps)).collect()
    }

    /// What a line has reserved no more.
    fn freed(&self, id: OrderLineId) -> i64 {
        let freed = |(line, steps): &(OrderLine, i64)| line.reserved - reduced(line, *steps).reserved;
        self.was.get(&id).map_or(0, freed)
    }

    fn products(&self) -> Vec<ProductId> {
        let mut ids: Vec<_> = self.was.values().map(|(line, _)| line.product_id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

fn refused(order: &Order, fault: RestFault) -> Error {
    let number = order.number;
    let conflict = |detail| Error::conflict(Code::OrderNotCancellable, detail);
    match fault {
        RestFault::State => conflict(sentences::cannot_cancel_rest(number, order.state.name())),
        RestFault::NoLine(place) => {
            let detail = sentences::no_such_line(number);
            Error::invalid(format!("/lines/{place}"), Code::UnknownLine, detail)
        }
        RestFault::Quantity(place, fault) => {
            Error::invalid(format!("/lines/{place}/quantity"), fault.code, fault.detail)
        }
        RestFault::TooMuch(position, steps) => {
            let line = order.lines.iter().find(|line| line.position == position);
            let left = line.map_or_else(String::new, |line| line.part(steps).ordered.to_string());
            conflict(sentences::more_than_is_left_of_line(position, left))
        }
        RestFault::NothingLeft(position) => conflict(sentences::nothing_left_of_line(position)),
        RestFault::HasLeft(position) => conflict(sentences::line_has_left(position)),
        RestFault::NoneOpen => conflict(sentences::no_line_is_open(number)),
        RestFault::Whole => conflict(sentences::cancel_the_whole(number)),
    }
}

fn cancelled_line(line: &OrderLine, steps: i64) -> CancelledLine {
    CancelledLine {
        order_line_id: line.id,
        position: line.position,
        sku: line.sku.clone(),
        customer_part_number: line.customer_part_number.clone(),
        name: line.name.clone(),
        unit: line.unit.clone(),
        base_unit: line.base_unit.clone(),
        quantity: line.base_quantity(steps).to_string(),
    }
}
