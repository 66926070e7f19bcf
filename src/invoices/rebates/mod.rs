//! Rebates: what was agreed for all that an account bought in some days is given back, by credit notes of invoices of these days.

pub mod rules;
pub mod sentences;
mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use chrono::NaiveDate;

use self::rules::{DAYS_MAX, Given, INVOICES_MAX, LOOKED_AT_MAX, Left, Part, WHOLE_PPM, checked, parts};
use super::credits::rules::{Asked, Reason, What};
use super::credits::{self, CreditNote, CreditRequest};
use super::repricing::sentences as days;
use super::terms::percent_ppm;
use crate::accounts;
use crate::audit::Actor;
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::{Code, Error, Result};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{CreditNoteId, InvoiceId, RebateId};
use crate::ledger;
use crate::money::{Currency, Money};

/// What is to be given back.
#[derive(Debug, Clone)]
pub struct RebateRequest {
    /// Code of the account.
    pub account: String,
    /// Days on which the invoices were issued, both included.
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Of what is left of them; a plain decimal.
    pub percent: Option<String>,
    /// Or so much, without tax; a plain decimal.
    pub net: Option<String>,
    /// What else stands on the credit notes.
    pub note: Option<String>,
}

/// A rebate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebate {
    pub id: RebateId,
    /// Heads of what it is paid by, the newest first.
    pub credit_notes: Vec<CreditNote>,
}

/// Gives back what was agreed. The same request has one effect; the flag says whether it is a repetition.
pub fn settle(
    tx: &mut Connection,
    key: &idempotency::Request,
    request: &RebateRequest,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Rebate, bool)> {
    let id = RebateId::new();
    if let Begun::Replay(created) = idempotency::begin(tx, key, id.0, now)? {
        return Ok((get(tx, RebateId(created))?, true));
    }
    let Some(account) = accounts::find_by_code(tx, &request.account)? else {
        let detail = super::sentences::no_account(&request.account);
        return Err(Error::invalid("/account", Code::UnknownAccount, detail));
    };
    must_be_days(request, day_in(accounts::supplier_zone(tx)?, now))?;
    let given = given(request, account.currency)?;
    // From here on nothing of what was billed is credited otherwise.
    ledger::lock_exposure(tx, account.id)?;
    let left = left(tx, account.id, request)?;
    checked(&left, given, &account.code)?;
    let too_large = || Error::refused(Code::AmountTooLarge, credits::sentences::credit_too_large());
    let of_invoices = by_invoice(parts(&left, given).ok_or_else(too_large)?);
    if of_invoices.is_empty() {
        let detail = sentences::rebate_of_nothing(&account.code);
        return Err(Error::conflict(Code::NothingToCredit, detail));
    }
    if of_invoices.len() > INVOICES_MAX {
        let detail = sentences::rebate_on_too_many_invoices(INVOICES_MAX);
        return Err(Error::invalid("/to", Code::ValueInvalid, detail));
    }
    for (invoice_id, lines) in of_invoices {
        let asked = lines.into_iter().map(|(_, position, minor)| Asked {
            position,
            what: What::Net(Money::new(minor, account.currency).to_string()),
        });
        let credit = CreditRequest {
            invoice_id: Some(invoice_id),
            reason: Reason::Rebate,
            note: Some(note(request)),
            lines: Some(asked.collect()),
            returned: None,
            rebate_id: Some(id),
        };
        credits::take_back(tx, CreditNoteId::new(), &credit, actor, now)?;
    }
    Ok((get(tx, id)?, false))
}

/// A rebate with its credit notes, for staff.
pub fn get(connection: &mut Connection, id: RebateId) -> Result<Rebate> {
    let filter = credits::Filter {
        rebate_id: Some(id),
        ..credits::Filter::default()
    };
    let most = i64::try_from(INVOICES_MAX).map_err(Error::internal)?;
    let credit_notes = credits::list(connection, Scope::All, &filter, None, most)?;
    if credit_notes.is_empty() {
        return Err(Error::NotFound);
    }
    Ok(Rebate { id, credit_notes })
}

fn must_be_days(request: &RebateRequest, today: NaiveDate) -> Result<()> {
    let (from, to) = (request.from, request.to);
    let fault = |pointer: &str, detail| Err(Error::invalid(pointer, Code::ValueInvalid, detail));
    if to < from {
        return fault("/to", days::correction_days_turned(from, to));
    }
    if (to - from).num_days() >= DAYS_MAX {
        return fault("/to", days::correction_days_too_many(DAYS_MAX));
    }
    if from > today {
        return fault("/from", days::correction_days_to_come(from, today));
    }
    Ok(())
}

fn given(request: &RebateRequest, currency: Currency) -> Result<Given> {
    let fault = |pointer: &str, detail| Err(Error::invalid(pointer, Code::ValueInvalid, detail));
    match (&request.percent, &request.net) {
        (Some(text), None) => match percent_ppm(text) {
            Some(ppm) if ppm > 0 && ppm <= WHOLE_PPM => Ok(Given::Percent(ppm)),
            _ => fault("/percent", sentences::rebate_percent_invalid(text)),
        },
        (None, Some(text)) => match Money::parse(text, currency) {
            Ok(net) if net.minor > 0 => Ok(Given::Net(net)),
            Ok(net) => fault("/net", sentences::rebate_not_above_zero(net)),
            Err(error) => fault(
                "/net",
                credits::sentences::credit_amount_unreadable(text, error.sentence()),
            ),
        },
        (None, None) | (Some(_), Some(_)) => fault("/percent", sentences::rebate_one_of_percent_and_net()),
    }
}

/// What is left of the lines of these days.
fn left(tx: &mut Connection, account_id: crate::ids::AccountId, request: &RebateRequest) -> Result<Vec<Left>> {
    let mut left = store::list_left(tx, account_id, (request.from, request.to), LOOKED_AT_MAX + 1)?;
    if i64::try_from(left.len()).unwrap_or(i64::MAX) > LOOKED_AT_MAX {
        let detail = sentences::rebate_looks_at_too_much(LOOKED_AT_MAX);
        return Err(Error::invalid("/to", Code::ValueInvalid, detail));
    }
    left.retain(|line| line.minor > 0);
    Ok(left)
}

/// What belongs to one invoice stands together already.
fn by_invoice(parts: Vec<Part>) -> Vec<(InvoiceId, Vec<Part>)> {
    let mut of_invoices: Vec<(InvoiceId, Vec<Part>)> = Vec::new();
    for part in parts {
        match of_invoices.last_mut() {
            Some((invoice_id, own)) if *invoice_id == part.0 => own.push(part),
            _ => of_invoices.push((part.0, vec![part])),
        }
    }
    of_invoices
}

/// What stands on its credit notes: the days it is for, and what else is said.
fn note(request: &RebateRequest) -> String {
    let days = format!("{} – {}", request.from, request.to);
    match request.note.as_deref().map(str::trim).filter(|note| !note.is_empty()) {
        Some(note) => format!("{days}: {note}"),
        None => days,
    }
}
