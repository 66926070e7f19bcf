//! What came back is credited on the invoice of its shipment, each piece once. A return of a claim is credited as the claim was
//! decided: that settles it.

use std::collections::HashMap;

use super::rules::{self, Return};
use super::{get, get_for_staff, store};
use crate::audit::Actor;
use crate::claims::rules::reading::{self, Asked, Delivered, Of};
use crate::claims::rules::{Action, Outcome, State};
use crate::claims::settling::{self, OfReturn, Settlement};
use crate::claims::{lock, sentences};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, FieldError, Result};
use crate::identity::idempotency::{self, Begun};
use crate::identity::rules::StaffRole;
use crate::ids::{ClaimId, CreditNoteId, InvoiceId, OrderLineId, ReturnId};
use crate::invoices;
use crate::invoices::credits::rules::{Asked as OfInvoice, Credited, Reason, What};
use crate::invoices::credits::{self, CreditNote, CreditRequest};
use crate::invoices::rules::{Invoice, InvoiceLine};
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
    /// All that is left to credit and was not made good otherwise, if none are named.
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
    // Whoever credits something of a return goes one after the other: the claim first, as where it is settled.
    if let Some((claim_id, _)) = get_for_staff(tx, id)?.claim {
        lock(tx, None, claim_id)?;
    }
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
    // From here on nothing of what was billed is credited otherwise.
    ledger::lock_exposure(tx, returned.account_id)?;
    let standing = Standing::read(tx, returned)?;
    let lines = match &wanted.lines {
        Some(asked) => standing.of_invoice(returned, asked)?,
        None => standing.of_invoice(returned, &standing.all(returned)?)?,
    };
    let note = wanted.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
    let request = CreditRequest {
        invoice_id: Some(standing.invoice.id),
        reason: wanted.reason.unwrap_or(Reason::Returned),
        note: Some(note.map_or_else(|| of.number.clone(), |note| format!("{}: {note}", of.number))),
        lines: Some(lines),
        returned: Some((of.return_id, of.number.clone())),
        rebate_id: None,
    };
    credits::take_back(tx, of.credit_note_id, &request, actor, now)?;
    let mut batch = Batch::new();
    store::note_credited(&mut batch, returned);
    batch.run(tx)
}

/// What was found of each line, and what of it was credited for this return.
fn came<'o>(returned: &Return, order: &'o Order, credited: &HashMap<OrderLineId, i64>) -> Vec<Delivered<'o>> {
    let line = |line: &rules::ReturnLine| {
        let ordered = order.lines.iter().find(|ordered| ordered.id == line.order_line_id)?;
        Some(Delivered {
            position: line.position,
            line: ordered,
            shipped: line.found.and_then(rules::Found::all).unwrap_or_default(),
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

/// A line of a return without a claim as it can be credited, in the ordered unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    pub position: i32,
    /// At most: what was found, was not credited for the return, and is left on the invoice as goods that did not come once more.
    pub most: Quantity,
    /// If nothing else is said: of that what came back and was not made good otherwise.
    pub free: Quantity,
    /// Something of it is left, but less than one unit.
    is_broken: bool,
}

/// The field that is wrong, and how.
type Fault = (&'static str, Code, Sentence);

/// What there is to know of a return without a claim when something of it is credited.
struct Standing {
    order: Order,
    invoice: Invoice,
    before: Credited,
    /// Base steps of each line of the order that were credited for the return.
    credited: HashMap<OrderLineId, i64>,
    /// The same of what came back of the shipment, also with other returns.
    back: HashMap<OrderLineId, i64>,
    /// The same of what came and was made good.
    made_good: HashMap<OrderLineId, i64>,
}

impl Standing {
    fn read(connection: &mut Connection, returned: &Return) -> Result<Self> {
        let account_id = returned.account_id;
        let invoice_id = invoice_of(connection, returned)?;
        Ok(Self {
            order: orders::get(connection, account_id, returned.order_id)?,
            invoice: invoices::get(connection, account_id, invoice_id)?,
            before: credits::to_credit(connection, account_id, invoice_id)?,
            credited: store::list_credited(connection, returned.id)?,
            back: store::list_found_of_shipment(connection, returned.shipment_id)?,
            made_good: crate::claims::store::list_came_made_good(connection, returned.shipment_id)?,
        })
    }

    fn billed(&self, came: &Delivered<'_>) -> Option<&InvoiceLine> {
        let mut lines = self.invoice.lines.iter();
        lines.find(|billed| billed.order_line_id == came.line.id)
    }

    /// None where no money is left of it.
    fn left_of(&self, came: &Delivered<'_>) -> Option<Left> {
        let billed = self.billed(came)?;
        if self.before.left_of(billed).1 == 0 {
            return None;
        }
        let of = |steps: &HashMap<OrderLineId, i64>| steps.get(&came.line.id).copied().unwrap_or_default();
        let left = came.left();
        let free = rules::free(left.base_steps, of(&self.back), of(&self.made_good));
        let goods = self.before.goods_left_of(billed);
        let capped = |quantity: Quantity| Quantity::new(quantity.steps.min(goods), quantity.decimals);
        Some(Left {
            position: came.position,
            most: capped(left.ordered),
            free: capped(came.line.part(free).ordered),
            is_broken: left.base_steps > 0 && left.ordered.steps == 0,
        })
    }

    /// Refused where nothing can be credited.
    fn left(&self, returned: &Return) -> Result<Vec<Left>> {
        let came = came(returned, &self.order, &self.credited);
        let mut left: Vec<_> = came.iter().filter_map(|one| self.left_of(one)).collect();
        let broken = left.iter().find(|line| line.is_broken).map(|line| line.position);
        left.retain(|line| line.most.steps > 0);
        match (left.is_empty(), broken) {
            (false, _) => Ok(left),
            (true, Some(position)) => {
                let detail = sentences::return_less_than_a_unit(position);
                Err(Error::conflict(Code::ReturnStateForbids, detail))
            }
            (true, None) => {
                let detail = sentences::return_credited_already(&returned.number);
                Err(Error::conflict(Code::NothingToCredit, detail))
            }
        }
    }

    /// What is credited if nothing is said.
    fn all(&self, returned: &Return) -> Result<Vec<Asked>> {
        let left = self.left(returned)?;
        let free = left.iter().filter(|line| line.free.steps > 0);
        let asked = free.map(|line| Asked {
            position: line.position,
            quantity: Some(line.free.to_string()),
        });
        let all: Vec<_> = asked.collect();
        if all.is_empty() {
            let detail = sentences::return_made_good_already(&returned.number);
            return Err(Error::conflict(Code::NothingToCredit, detail));
        }
        Ok(all)
    }

    /// What is asked for as lines of the invoice, in the same order: what is refused of one stands at its place.
    fn of_invoice(&self, returned: &Return, asked: &[Asked]) -> Result<Vec<OfInvoice>> {
        let came = came(returned, &self.order, &self.credited);
        let read = reading::lines(&came, asked, Of::Credit).map_err(Error::Invalid)?;
        let (mut lines, mut faults) = (Vec::with_capacity(asked.len()), Vec::new());
        for (place, one) in asked.iter().enumerate() {
            let came = came.iter().find(|line| line.position == one.position);
            let read = read.iter().find(|line| line.position == one.position);
            let Some((came, read)) = came.zip(read) else {
                continue;
            };
            let named = one.quantity.is_some().then_some(read.quantity.ordered);
            match self.line_of_invoice(returned, came, named) {
                Ok(line) => lines.push(line),
                Err((field, code, detail)) => {
                    faults.push(FieldError::new(format!("/lines/{place}/{field}"), code, detail));
                }
            }
        }
        match faults.is_empty() {
            true => Ok(lines),
            false => Err(Error::Invalid(faults)),
        }
    }

    /// So much of a line, or what of it is credited if no quantity is named.
    fn line_of_invoice(
        &self,
        returned: &Return,
        came: &Delivered<'_>,
        named: Option<Quantity>,
    ) -> std::result::Result<OfInvoice, Fault> {
        let billed = self.billed(came).ok_or_else(|| {
            let detail = sentences::return_line_not_billed(came.position, &self.invoice.number);
            ("position", Code::NothingToCredit, detail)
        })?;
        let what = match (named, self.left_of(came)) {
            (Some(quantity), _) => What::Quantity(quantity.to_string()),
            // Nothing is left of it: that is refused in the words of the invoice.
            (None, None) => What::Rest,
            (None, Some(left)) if left.is_broken => {
                let detail = sentences::return_less_than_a_unit(came.position);
                return Err(("quantity", Code::QuantityNotWhole, detail));
            }
            (None, Some(left)) if left.free.steps == 0 => {
                let detail = sentences::return_made_good_already(&returned.number);
                return Err(("quantity", Code::NothingToCredit, detail));
            }
            (None, Some(left)) => What::Quantity(left.free.to_string()),
        };
        Ok(OfInvoice {
            position: billed.position,
            what,
        })
    }
}

/// What of a return without a claim can be credited. Refused where that is nothing.
pub fn left(connection: &mut Connection, returned: &Return) -> Result<Vec<Left>> {
    must_be_inspected(returned)?;
    Standing::read(connection, returned)?.left(returned)
}

/// What is offered to whoever keeps books.
#[derive(Debug)]
pub enum Offer {
    /// To credit it: of a claim's by settling the claim.
    Credit,
    /// What is to be done first, or instead.
    Other(Sentence),
    Nothing,
}

pub fn offer(connection: &mut Connection, returned: &Return) -> Result<Offer> {
    if returned.inspected_at.is_none() {
        return Ok(Offer::Nothing);
    }
    if let Some((claim_id, _)) = &returned.claim {
        let claim = crate::claims::get(connection, returned.account_id, *claim_id)?;
        return Ok(match claim.state.after(Action::Settle) {
            Some(_) => Offer::Credit,
            None => Offer::Nothing,
        });
    }
    match left(connection, returned) {
        Ok(left) if left.iter().any(|line| line.free.steps > 0) => Ok(Offer::Credit),
        Err(Error::Conflict {
            code: Code::ReturnStateForbids,
            detail,
        }) => Ok(Offer::Other(detail)),
        Ok(_) | Err(Error::Conflict { .. }) => Ok(Offer::Nothing),
        Err(error) => Err(error),
    }
}
