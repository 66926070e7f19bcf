//! What came back is credited on the invoice of its shipment, each piece once. A return of a claim is credited as the claim was
//! decided: that settles it.

use std::collections::HashMap;

use super::rules::Return;
use super::{get, store};
use crate::audit::Actor;
use crate::claims::rules::reading::{self, Asked, Delivered, Of};
use crate::claims::rules::{Action, Outcome, State};
use crate::claims::settling::{self, OfReturn, Settlement};
use crate::claims::{lock, sentences};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::identity::idempotency::{self, Begun};
use crate::identity::rules::StaffRole;
use crate::ids::{ClaimId, CreditNoteId, InvoiceId, OrderLineId, ReturnId};
use crate::invoices;
use crate::invoices::credits::rules::{Asked as OfInvoice, Reason, What};
use crate::invoices::credits::{self, CreditNote, CreditRequest};
use crate::ledger;
use crate::orders;
use crate::orders::rules::Order;
use crate::quantity::Quantity;
use crate::sentences::Sentence;

/// What of a return is to be credited.
#[derive(Debug, Clone, Default)]
pub struct CreditOfReturn {
    /// That the goods came back, if nothing is said.
    pub reason: Option<Reason>,
    /// What else is to be said.
    pub note: Option<String>,
    /// All that is left to credit, if none are named.
    pub lines: Option<Vec<Asked>>,
}

/// Credits what came back. The same request has one effect; the flag says whether it is a repetition.
pub fn credit(
    tx: &mut Connection,
    key: &idempotency::Request,
    (id, wanted): (ReturnId, &CreditOfReturn),
    roles: &[StaffRole],
    actor: &Actor,
    now: Timestamp,
) -> Result<(CreditNote, bool)> {
    let credit_note_id = CreditNoteId::new();
    if let Begun::Replay(created) = idempotency::begin(tx, key, credit_note_id.0, now)? {
        return Ok((credits::get_for_staff(tx, CreditNoteId(created))?, true));
    }
    // Whoever credits something of a return goes one after the other.
    let account_id = store::lock(tx, id)?.ok_or(Error::NotFound)?;
    let returned = get(tx, account_id, id)?;
    must_be_inspected(&returned)?;
    let of = OfReturn {
        credit_note_id,
        return_id: id,
        number: returned.number.clone(),
    };
    match &returned.claim {
        Some((claim_id, _)) => of_claim(tx, of, *claim_id, wanted, roles, actor, now)?,
        None => of_shipment(tx, &of, &returned, wanted, actor, now)?,
    }
    let mut batch = Batch::new();
    store::note_credited(&mut batch, &returned);
    batch.run(tx)?;
    Ok((credits::get(tx, account_id, credit_note_id)?, false))
}

/// Settles the claim by a credit note, where all that is accepted of it came back.
fn of_claim(
    tx: &mut Connection,
    of: OfReturn,
    claim_id: ClaimId,
    wanted: &CreditOfReturn,
    roles: &[StaffRole],
    actor: &Actor,
    now: Timestamp,
) -> Result<()> {
    let claim = lock(tx, None, claim_id)?;
    let conflict = |detail: Sentence| Err(Error::conflict(Code::ClaimStateForbids, detail));
    if claim.state == State::Settled {
        return conflict(sentences::return_of_settled_claim(&of.number, &claim.number));
    }
    let too_much = match (&wanted.lines, wanted.reason) {
        (Some(_), _) => Some("/lines"),
        (None, Some(_)) => Some("/reason"),
        (None, None) => None,
    };
    if let Some(pointer) = too_much {
        let detail = sentences::return_credited_as_decided(&of.number, &claim.number);
        return Err(Error::invalid(pointer, Code::ValueInvalid, detail));
    }
    let found = store::list_found_of_claim(tx, claim_id)?;
    let is_short = |line: &&crate::claims::rules::ClaimLine| {
        let accepted = line.decision.as_ref().map_or(0, |one| one.accepted.base_steps);
        accepted > found.get(&line.order_line_id).copied().unwrap_or_default()
    };
    if let Some(line) = claim.lines.iter().find(is_short) {
        let detail = sentences::return_less_than_accepted(&of.number, &claim.number, line.position);
        return conflict(detail);
    }
    let settlement = Settlement {
        outcome: Some(Outcome::Credit),
        text: wanted.note.clone(),
        of_return: Some(of),
    };
    settling::settle(tx, claim_id, &settlement, roles, actor, now)?;
    Ok(())
}

/// Credits goods that came back without a claim.
fn of_shipment(
    tx: &mut Connection,
    of: &OfReturn,
    returned: &Return,
    wanted: &CreditOfReturn,
    actor: &Actor,
    now: Timestamp,
) -> Result<()> {
    let account_id = returned.account_id;
    // From here on nothing of what was billed is credited otherwise.
    ledger::lock_exposure(tx, account_id)?;
    let invoice_id = invoice_of(tx, returned)?;
    let asked = match &wanted.lines {
        Some(lines) => lines.clone(),
        None => all(left(tx, returned)?),
    };
    let order = orders::get(tx, account_id, returned.order_id)?;
    let credited = store::list_credited(tx, returned.id)?;
    let came = came(returned, &order, &credited);
    let lines = reading::lines(&came, &asked, Of::Credit).map_err(Error::Invalid)?;
    let invoice = invoices::get(tx, account_id, invoice_id)?;
    let of_invoice = |one: &Asked| {
        let line = lines.iter().find(|line| line.position == one.position)?;
        let mut billed = invoice.lines.iter();
        let billed = billed.find(|billed| billed.order_line_id == line.order_line_id)?;
        Some(OfInvoice {
            position: billed.position,
            what: What::Quantity(line.quantity.ordered.to_string()),
        })
    };
    let note = wanted.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
    let request = CreditRequest {
        invoice_id: Some(invoice_id),
        reason: wanted.reason.unwrap_or(Reason::Returned),
        note: Some(note.map_or_else(|| of.number.clone(), |note| format!("{}: {note}", of.number))),
        lines: Some(asked.iter().filter_map(of_invoice).collect()),
        returned: Some((of.return_id, of.number.clone())),
        rebate_id: None,
    };
    credits::take_back(tx, of.credit_note_id, &request, actor, now)?;
    Ok(())
}

fn all(left: Vec<(i32, Quantity)>) -> Vec<Asked> {
    let asked = |(position, quantity): (i32, Quantity)| Asked {
        position,
        quantity: Some(quantity.to_string()),
    };
    left.into_iter().map(asked).collect()
}

/// What was found of each line, and what of it was credited for this return.
fn came<'o>(returned: &Return, order: &'o Order, credited: &HashMap<OrderLineId, i64>) -> Vec<Delivered<'o>> {
    let line = |line: &super::rules::ReturnLine| {
        let ordered = order.lines.iter().find(|ordered| ordered.id == line.order_line_id)?;
        Some(Delivered {
            position: line.position,
            line: ordered,
            shipped: line.found.and_then(super::rules::Found::all).unwrap_or_default(),
            claimed: credited.get(&line.order_line_id).copied().unwrap_or_default(),
        })
    };
    returned.lines.iter().filter_map(line).collect()
}

fn must_be_inspected(returned: &Return) -> Result<()> {
    if returned.inspected_at.is_none() {
        let detail = sentences::return_credit_before_inspection(&returned.number);
        return Err(Error::conflict(Code::ReturnStateForbids, detail));
    }
    Ok(())
}

fn invoice_of(connection: &mut Connection, returned: &Return) -> Result<InvoiceId> {
    let found = invoices::find_of_shipment(connection, returned.account_id, returned.shipment_id)?;
    found.ok_or_else(|| {
        let detail = sentences::return_not_invoiced(&returned.number, returned.shipment_number);
        Error::conflict(Code::ReturnStateForbids, detail)
    })
}

/// What of a return without a claim can be credited, by position, in the ordered units: what was found, was not credited for it, and
/// is left on the invoice as goods that did not come once more. Refused where that is nothing.
pub fn left(connection: &mut Connection, returned: &Return) -> Result<Vec<(i32, Quantity)>> {
    let account_id = returned.account_id;
    must_be_inspected(returned)?;
    let invoice_id = invoice_of(connection, returned)?;
    let invoice = invoices::get(connection, account_id, invoice_id)?;
    let before = credits::to_credit(connection, account_id, invoice_id)?;
    let order = orders::get(connection, account_id, returned.order_id)?;
    let credited = store::list_credited(connection, returned.id)?;
    let left = |one: &Delivered<'_>| {
        let mut billed = invoice.lines.iter();
        let billed = billed.find(|billed| billed.order_line_id == one.line.id)?;
        if before.left_of(billed).1 == 0 {
            return None;
        }
        let mut left = one.left().ordered;
        left.steps = left.steps.min(before.goods_left_of(billed));
        (left.steps > 0).then_some((one.position, left))
    };
    let all: Vec<_> = came(returned, &order, &credited).iter().filter_map(left).collect();
    if all.is_empty() {
        let detail = sentences::return_credited_already(&returned.number);
        return Err(Error::conflict(Code::NothingToCredit, detail));
    }
    Ok(all)
}

/// Something of a return can be credited: of a claim's by settling the claim.
pub fn is_possible(connection: &mut Connection, returned: &Return) -> Result<bool> {
    if let Some((claim_id, _)) = &returned.claim {
        let claim = crate::claims::get(connection, returned.account_id, *claim_id)?;
        return Ok(returned.inspected_at.is_some() && claim.state.after(Action::Settle).is_some());
    }
    match left(connection, returned) {
        Ok(_) => Ok(true),
        Err(Error::Conflict { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}
