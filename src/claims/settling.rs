//! What is right of a claim is made good: by a credit note in the same step, by goods without charge, or by a repair.

use super::rules::{Action, Claim, Outcome, reading};
use super::{head, lock_for, record, returns, sentences, store};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::events::payloads::ClaimSettled;
use crate::identity::rules::StaffRole;
use crate::identity::rules::rights::{MayKeepBooks, MaySteer, Right};
use crate::ids::{ClaimId, CreditNoteId, InvoiceId, ReturnId};
use crate::invoices;
use crate::invoices::credits::rules::{Asked, What};
use crate::invoices::credits::{self, CreditNote, CreditRequest, NOTE_CHARS_MAX};
use crate::sentences::Sentence;

/// How a claim is settled.
#[derive(Debug, Clone)]
pub struct Settlement {
    /// As the account wished if nothing is said.
    pub outcome: Option<Outcome>,
    /// What is said of it; stands on the credit note.
    pub text: Option<String>,
    /// By which credit note and of which return, where what came back is credited.
    pub of_return: Option<OfReturn>,
}

/// A return that is credited.
#[derive(Debug, Clone)]
pub struct OfReturn {
    pub credit_note_id: CreditNoteId,
    pub return_id: ReturnId,
    /// Of the return.
    pub number: String,
}

/// True if whoever has `roles` settles claims in this way.
pub fn may_settle(roles: &[StaffRole], outcome: Outcome) -> bool {
    match outcome {
        Outcome::Credit => MayKeepBooks::allows(roles),
        Outcome::Replace | Outcome::Repair => MaySteer::allows(roles),
    }
}

/// Settles an accepted claim.
pub fn settle(
    tx: &mut Connection,
    id: ClaimId,
    settlement: &Settlement,
    roles: &[StaffRole],
    actor: &Actor,
    now: Timestamp,
) -> Result<Claim> {
    let (claim, state) = lock_for(tx, None, id, Action::Settle)?;
    let outcome = settlement.outcome.unwrap_or(claim.wish);
    if !may_settle(roles, outcome) {
        return Err(Error::Forbidden);
    }
    let of_return = settlement.of_return.as_ref();
    let text = reading::maybe_text(text_field(of_return), settlement.text.as_deref());
    let text = text.map_err(|fault| Error::Invalid(vec![fault]))?;
    let text = text.as_deref();
    let mut credited = None;
    let mut replaced = None;
    match outcome {
        Outcome::Credit => {
            // Before anything of the account's money, as where a return is credited.
            returns::lock_of_claim(tx, claim.account_id, id)?;
            credited = Some(credit(tx, &claim, (text, of_return), actor, now)?);
        }
        Outcome::Replace => replaced = Some(super::replacing::replace(tx, &claim, actor, now)?),
        Outcome::Repair => {}
    }
    let mut batch = Batch::new();
    let made = (
        credited.as_ref().map(|credit| credit.id),
        replaced.as_ref().map(|order| order.id),
    );
    store::update_settled(&mut batch, &claim, (state, outcome), made, now);
    if credited.is_some() {
        returns::note_credited_of_claim(&mut batch, claim.account_id, id);
    }
    let settled = ClaimSettled {
        claim: head(&claim),
        outcome,
        credit_note_number: credited.map(|credit| credit.number),
        replacement_number: replaced.map(|order| order.number.to_string()),
        text: text.map(str::to_owned),
    };
    record(&mut batch, &claim, "claim.settle", settled, actor, now);
    batch.run(tx)?;
    super::get(tx, claim.account_id, id)
}

/// Where what is said of it was written.
fn text_field(of_return: Option<&OfReturn>) -> &'static str {
    match of_return {
        Some(_) => "/note",
        None => "/text",
    }
}

/// Credits what is accepted of the claim on the invoice of its shipment.
fn credit(
    tx: &mut Connection,
    claim: &Claim,
    (text, of_return): (Option<&str>, Option<&OfReturn>),
    actor: &Actor,
    now: Timestamp,
) -> Result<CreditNote> {
    let invoice_id = match &claim.invoice {
        Some((id, _)) => Some(*id),
        None => invoices::find_of_shipment(tx, claim.account_id, claim.shipment_id)?,
    };
    let Some(invoice_id) = invoice_id else {
        let detail = sentences::claim_not_invoiced(&claim.number, claim.shipment_number);
        return Err(Error::conflict(Code::ClaimStateForbids, detail));
    };
    let returned = match of_return {
        Some(of) => Some((of.return_id, of.number.clone())),
        None => returns::only_one_of(tx, claim)?,
    };
    let mut note = claim.number.clone();
    if let Some((_, number)) = &returned {
        note = format!("{note}, {number}");
    }
    if let Some(text) = text {
        note = format!("{note}: {text}");
    }
    let chars = note.chars().count();
    if chars > NOTE_CHARS_MAX {
        let detail = credits::sentences::credit_note_text_too_long(chars, NOTE_CHARS_MAX);
        return Err(Error::invalid(text_field(of_return), Code::ValueTooLong, detail));
    }
    let request = CreditRequest {
        invoice_id: Some(invoice_id),
        reason: claim.kind.credited_for(),
        note: Some(note),
        lines: Some(asked(tx, claim, invoice_id)?),
        returned,
        rebate_id: None,
    };
    let id = of_return.map_or_else(CreditNoteId::new, |of| of.credit_note_id);
    let taken = credits::take_back(tx, id, &request, actor, now);
    taken.map_err(|error| match first_fault(&error) {
        Some(why) => {
            let detail = sentences::claim_not_creditable(&claim.number, why);
            Error::conflict(Code::NothingToCredit, detail)
        }
        None => error,
    })
}

/// What the accepted lines come to on the invoice.
fn asked(tx: &mut Connection, claim: &Claim, invoice_id: InvoiceId) -> Result<Vec<Asked>> {
    let invoice = invoices::get(tx, claim.account_id, invoice_id)?;
    let mut asked = Vec::with_capacity(claim.lines.len());
    for line in &claim.lines {
        let Some(decision) = line.decision.as_ref().filter(|one| one.accepted.base_steps > 0) else {
            continue;
        };
        let mut billed = invoice.lines.iter();
        // An invoice that took the place of another bills nothing of what was credited wholly.
        let Some(billed) = billed.find(|billed| billed.order_line_id == line.order_line_id) else {
            let why = sentences::claim_line_not_billed(line.position, &invoice.number);
            let detail = sentences::claim_not_creditable(&claim.number, why);
            return Err(Error::conflict(Code::NothingToCredit, detail));
        };
        asked.push(Asked {
            position: billed.position,
            what: match decision.net {
                Some(net) => What::Net(net.to_string()),
                None => What::Quantity(decision.accepted.ordered.to_string()),
            },
        });
    }
    Ok(asked)
}

/// What is wrong, where it is about fields that whoever settles has not written.
pub(super) fn first_fault(error: &Error) -> Option<Sentence> {
    match error {
        Error::Invalid(faults) => faults.first().map(|fault| fault.detail.clone()),
        _ => None,
    }
}
