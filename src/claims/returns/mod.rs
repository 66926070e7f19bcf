//! Returns: goods come back from an account, are looked at, and what can be sold again is received like any goods.

pub mod api;
pub mod checks;
pub mod crediting;
mod documents;
pub mod mails;
pub mod pages;
pub mod rules;
mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;
pub mod words;

use std::collections::HashMap;

use chrono::Datelike;
use serde::Serialize;

use self::rules::{Action, Found, Inspected, Return, ReturnLine, State, number};
pub use self::store::{list, list_returned_of_claim, lock_of_claim, note_credited_of_claim};
use super::rules::Kind;
use super::rules::reading::{self, Asked, Delivered, Of};
use super::sentences;
use crate::accounts;
use crate::audit::{self, Actor};
use crate::catalogue::rules::OrderQuantity;
use crate::clock::{Timestamp, day_in};
use crate::db::seek::Scope;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, FieldError, Result};
use crate::events;
use crate::events::payloads::{ReturnChanged, ReturnedLine};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{AccountId, ClaimId, OrderLineId, ReturnId, ShipmentId};
use crate::orders::receipts::{self, ReceiptRequest, RequestedReceiptLine};
use crate::orders::rules::Order;
use crate::quantity::Quantity;
use crate::{orders, shipments};

/// Most returns that the page of a claim tells of.
const OF_CLAIM_MAX: i64 = 50;

/// What is to come back.
#[derive(Debug, Clone)]
pub struct ReturnRequest {
    /// Of a claim: what is accepted of it, where no lines are named.
    pub claim_id: Option<Option<ClaimId>>,
    /// Of a shipment; none where the id is ill-formed.
    pub shipment_id: Option<Option<ShipmentId>>,
    /// What the account is told.
    pub note: Option<String>,
    pub lines: Option<Vec<Asked>>,
}

/// Which returns somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// Of the account with this code.
    pub account: Option<String>,
    pub state: Option<State>,
    pub claim_id: Option<ClaimId>,
    pub shipment_id: Option<ShipmentId>,
    /// A part of its number.
    pub text: Option<String>,
}

/// The return of the account with its lines.
pub fn get(connection: &mut Connection, account_id: AccountId, id: ReturnId) -> Result<Return> {
    let mut returned = store::find(connection, account_id, id)?.ok_or(Error::NotFound)?;
    let order = orders::get(connection, account_id, returned.order_id)?;
    let ordered: HashMap<_, _> = order.lines.iter().map(|line| (line.id, line)).collect();
    let missing = || Error::internal(format!("{id} has a line that its order has not"));
    let line = |row: store::LineRow| {
        let ordered = ordered.get(&row.order_line_id).ok_or_else(missing)?;
        let quantity = OrderQuantity {
            ordered: Quantity::new(row.quantity, ordered.quantity.ordered.decimals),
            base_steps: row.base_quantity,
        };
        let found = row.to_stock.map(|to_stock| Found {
            to_stock,
            quarantine: row.quarantine.unwrap_or_default(),
            scrap: row.scrap.unwrap_or_default(),
        });
        Ok(rules::line(row.position, ordered, quantity, found))
    };
    let rows = store::list_lines(connection, id)?;
    returned.lines = rows.into_iter().map(line).collect::<Result<_>>()?;
    returned.credit_notes = store::list_credit_notes(connection, account_id, id)?;
    Ok(returned)
}

/// Heads of the returns of a claim, the newest first.
pub fn of_claim(connection: &mut Connection, claim: &super::rules::Claim) -> Result<Vec<Return>> {
    let filter = Filter {
        claim_id: Some(claim.id),
        ..Filter::default()
    };
    store::list(
        connection,
        Scope::Account(claim.account_id),
        &filter,
        None,
        OF_CLAIM_MAX,
    )
}

/// The return of a claim, with its number, where just one was inspected.
pub fn only_one_of(connection: &mut Connection, claim: &super::rules::Claim) -> Result<Option<(ReturnId, String)>> {
    let mut came = of_claim(connection, claim)?
        .into_iter()
        .filter(|returned| returned.inspected_at.is_some());
    let one = came.next().map(|returned| (returned.id, returned.number));
    Ok(one.filter(|_| came.next().is_none()))
}

/// Whose return it is: for staff, who name no account.
pub fn account_of(connection: &mut Connection, id: ReturnId) -> Result<AccountId> {
    store::find_account(connection, id)?.ok_or(Error::NotFound)
}

/// A return with its lines, for staff.
pub fn get_for_staff(connection: &mut Connection, id: ReturnId) -> Result<Return> {
    let account_id = account_of(connection, id)?;
    get(connection, account_id, id)
}

/// The shipment that is meant, and the claim where one is.
fn meant(tx: &mut Connection, request: &ReturnRequest) -> Result<(ShipmentId, Option<super::rules::Claim>)> {
    let one_of = || Error::invalid("/shipment_id", Code::ValueInvalid, sentences::return_of_one_thing());
    match (request.claim_id, request.shipment_id) {
        (Some(claim_id), None) => {
            let unknown = || Error::invalid("/claim_id", Code::UnknownClaim, sentences::return_of_no_claim());
            let claim = match super::get_for_staff(tx, claim_id.ok_or_else(unknown)?) {
                Err(Error::NotFound) => return Err(unknown()),
                claim => claim?,
            };
            let is_right = claim.decided_at.is_some() && claim.state != super::rules::State::Rejected;
            if !is_right {
                return Err(super::forbidden(&claim));
            }
            if claim.kind == Kind::Short {
                let detail = sentences::return_of_what_never_came(&claim.number);
                return Err(Error::conflict(Code::ClaimStateForbids, detail));
            }
            Ok((claim.shipment_id, Some(claim)))
        }
        (None, Some(id)) => Ok((id.ok_or_else(one_of)?, None)),
        _ => Err(one_of()),
    }
}

/// Announces a return. The same request has one effect; the flag says whether it is a repetition.
pub fn announce(
    tx: &mut Connection,
    key: &idempotency::Request,
    request: &ReturnRequest,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Return, bool)> {
    let id = ReturnId::new();
    if let Begun::Replay(created) = idempotency::begin(tx, key, id.0, now)? {
        return Ok((get_for_staff(tx, ReturnId(created))?, true));
    }
    let (shipment_id, _) = meant(tx, request)?;
    let shipment = match shipments::get_for_staff(tx, shipment_id) {
        Err(Error::NotFound) => {
            let detail = crate::invoices::sentences::no_shipment();
            return Err(Error::invalid("/shipment_id", Code::UnknownShipment, detail));
        }
        shipment => shipment?,
    };
    // Whoever sends something of the order back goes one after the other.
    let order = orders::lock(tx, shipment.account_id, shipment.order_id)?;
    // As it is with the order locked: whoever decides anew locks it, too.
    let (_, claim) = meant(tx, request)?;
    let lines = lines(tx, &order, &shipment, claim.as_ref(), request)?;
    let mut faults: Vec<FieldError> = Vec::new();
    let note = reading::maybe_text("/note", request.note.as_deref()).unwrap_or_else(|fault| {
        faults.push(fault);
        None
    });
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let account = accounts::get(tx, order.account_id)?;
    let announced_on = day_in(accounts::supplier_zone(tx)?, now);
    let year = announced_on.year();
    // From here on every other return of the year waits for this one.
    let sequence = (year, store::next_sequence(tx, year)?);
    let returned = Return {
        id,
        account_id: order.account_id,
        account: (account.code, account.name),
        order_id: order.id,
        order_number: order.number,
        po_number: order.po_number.clone(),
        ship_to: order.ship_to.clone(),
        shipment_id: shipment.id,
        shipment_number: shipment.number,
        claim: claim.map(|claim| (claim.id, claim.number)),
        sequence,
        number: number(sequence),
        state: State::Announced,
        note,
        announced_at: now,
        announced_on,
        received_at: None,
        inspected_at: None,
        closed_at: None,
        receipt_id: None,
        credit_notes: Vec::new(),
        version: 1,
        lines,
    };
    let mut batch = Batch::new();
    store::insert(&mut batch, &returned, &actor.to_string())?;
    record(&mut batch, &returned, State::Announced, "return.announce", actor, now);
    batch.run(tx)?;
    Ok((returned, false))
}

/// Base steps of each line of the order that may still come back of the claim: what is accepted, less what its returns hold.
fn left_of_claim(connection: &mut Connection, claim: &super::rules::Claim) -> Result<HashMap<OrderLineId, i64>> {
    let returned = store::list_returned_of_claim(connection, claim.id)?;
    let lines = claim.lines.iter().map(|line| {
        let accepted = line.decision.as_ref().map_or(0, |one| one.accepted.base_steps);
        let back = returned.get(&line.order_line_id).copied().unwrap_or_default();
        (line.order_line_id, accepted.saturating_sub(back).max(0))
    });
    Ok(lines.collect())
}

/// Something that is accepted of the claim may still come back.
pub fn may_come_back(connection: &mut Connection, claim: &super::rules::Claim) -> Result<bool> {
    if matches!(claim.kind, Kind::Short | Kind::Price | Kind::Late) {
        return Ok(false);
    }
    Ok(left_of_claim(connection, claim)?.values().any(|left| *left > 0))
}

/// The lines that come back: never more than left, less what other returns are about; of a claim never more than is accepted.
fn lines(
    tx: &mut Connection,
    order: &Order,
    shipment: &shipments::rules::Shipment,
    claim: Option<&super::rules::Claim>,
    request: &ReturnRequest,
) -> Result<Vec<ReturnLine>> {
    let returned = store::list_returned(tx, shipment.id)?;
    let of_claim = claim.map(|claim| left_of_claim(tx, claim)).transpose()?;
    let delivered = shipment.lines.iter().filter_map(|line| {
        let ordered = order.lines.iter().find(|ordered| ordered.id == line.order_line_id)?;
        let back = returned.get(&line.order_line_id).copied().unwrap_or_default();
        let left = line.quantity.base_steps - back;
        let most = match &of_claim {
            Some(of_claim) => left.min(of_claim.get(&line.order_line_id).copied().unwrap_or_default()),
            None => left,
        };
        Some(Delivered {
            position: line.position,
            line: ordered,
            shipped: line.quantity.base_steps,
            claimed: line.quantity.base_steps - most,
        })
    });
    let delivered: Vec<_> = delivered.collect();
    // All of the claim that has not come back yet.
    let rest = delivered
        .iter()
        .filter(|of| of_claim.is_some() && of.left().base_steps > 0);
    let rest = rest.map(|of| Asked {
        position: of.position,
        quantity: None,
    });
    let asked = match (&request.lines, claim) {
        (Some(lines), _) => lines.clone(),
        (None, None) => Vec::new(),
        (None, Some(claim)) => {
            let rest: Vec<_> = rest.collect();
            if rest.is_empty() {
                let detail = sentences::return_nothing_left(&claim.number);
                return Err(Error::conflict(Code::ClaimStateForbids, detail));
            }
            rest
        }
    };
    let lines = reading::lines(&delivered, &asked, Of::Return).map_err(Error::Invalid)?;
    let line = |line: super::rules::ClaimLine| {
        let ordered = order.lines.iter().find(|ordered| ordered.id == line.order_line_id)?;
        Some(rules::line(line.position, ordered, line.quantity, None))
    };
    Ok(lines.into_iter().filter_map(line).collect())
}

/// Locks a return if `action` is allowed; with the state after it.
fn lock_for(tx: &mut Connection, id: ReturnId, action: Action) -> Result<(Return, State)> {
    let owner = store::lock(tx, id)?.ok_or(Error::NotFound)?;
    let returned = get(tx, owner, id)?;
    let state = returned.state.after(action).ok_or_else(|| {
        let detail = sentences::return_state_forbids(&returned.number, returned.state.name());
        Error::conflict(Code::ReturnStateForbids, detail)
    })?;
    Ok((returned, state))
}

/// The goods arrived, or nothing more is to be done.
pub fn go_on(tx: &mut Connection, id: ReturnId, action: Action, actor: &Actor, now: Timestamp) -> Result<Return> {
    let (returned, state) = lock_for(tx, id, action)?;
    let mut batch = Batch::new();
    store::update_state(&mut batch, &returned, state, now);
    let act = match state {
        State::Closed => "return.close",
        _ => "return.receive",
    };
    record(&mut batch, &returned, state, act, actor, now);
    batch.run(tx)?;
    get(tx, returned.account_id, id)
}

/// What was found: what can be sold again is received in a warehouse, in the same step, and serves the lines that wait.
pub fn inspect(
    tx: &mut Connection,
    id: ReturnId,
    (warehouse, found): (&str, &[Inspected]),
    actor: &Actor,
    now: Timestamp,
) -> Result<Return> {
    let (mut returned, state) = lock_for(tx, id, Action::Inspect)?;
    returned.lines = rules::inspected(&returned.lines, found).map_err(Error::Invalid)?;
    if let Some((claim_id, number)) = &returned.claim {
        let claim = super::get(tx, returned.account_id, *claim_id)?;
        let faults = rules::of_another_article(&returned.lines, found, (claim.kind, number.as_str()));
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
    }
    let to_stock = returned.lines.iter().filter_map(|line| {
        let found = line.found.filter(|found| found.to_stock > 0)?;
        let quantity = Quantity::new(found.to_stock, line.base_decimals);
        Some(RequestedReceiptLine {
            sku: line.sku.clone(),
            quantity: quantity.to_string(),
            reference: None,
        })
    });
    let request = ReceiptRequest {
        warehouse: warehouse.to_owned(),
        lines: to_stock.collect(),
    };
    let receipt_id = match request.lines.is_empty() {
        true => None,
        false => Some(receipts::receive_back(tx, &request, actor, now)?),
    };
    let mut batch = Batch::new();
    store::update_inspected(&mut batch, &returned, state, receipt_id, now)?;
    record(&mut batch, &returned, state, "return.inspect", actor, now);
    batch.run(tx)?;
    get(tx, returned.account_id, id)
}

/// Adds the event of a step, and the act behind it to the audit record.
fn record(batch: &mut Batch, returned: &Return, state: State, action: &'static str, actor: &Actor, now: Timestamp) {
    let line = |line: &ReturnLine| {
        let base = |steps: i64| Quantity::new(steps, line.base_decimals).to_string();
        ReturnedLine {
            position: line.position,
            sku: line.sku.clone(),
            customer_part_number: line.customer_part_number.clone(),
            name: line.name.clone(),
            unit: line.unit.clone(),
            quantity: line.quantity.ordered.to_string(),
            base_unit: line.base_unit.clone(),
            to_stock: line.found.map(|found| base(found.to_stock)),
            quarantine: line.found.map(|found| base(found.quarantine)),
            scrap: line.found.map(|found| base(found.scrap)),
        }
    };
    let changed = ReturnChanged {
        order_id: returned.order_id,
        shipment_id: returned.shipment_id,
        claim_number: returned.claim.as_ref().map(|(_, number)| number.clone()),
        number: returned.number.clone(),
        order_number: returned.order_number.to_string(),
        po_number: returned.po_number.clone(),
        shipment_number: returned.shipment_number.to_string(),
        ship_to: returned.ship_to.clone(),
        state,
        note: returned.note.clone(),
        lines: returned.lines.iter().map(line).collect(),
    };
    let event = events::Entry::new(Some(returned.account_id), returned.id, changed);
    audit::record_with_event(batch, actor, action, &event, now);
}
