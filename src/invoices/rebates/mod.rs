//! Rebates: what was agreed for all that an account bought in some days is given back, by credit notes of invoices of these days.

pub mod agreed;
pub mod checks;
pub mod rules;
pub mod sentences;
mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use chrono::NaiveDate;

use self::rules::{DAYS_MAX, Given, INVOICES_MAX, LOOKED_AT_MAX, Left, WHOLE_PPM, checked, parts};
pub use self::store::Head;
use super::credits::rules::{Asked, Reason, What};
use super::credits::{self, CreditNote, CreditRequest};
use super::repricing::{of_invoice, sentences as days};
use super::terms::percent_ppm;
use crate::accounts;
use crate::audit::Actor;
use crate::clock::{Timestamp, day_in};
use crate::db::seek::Scope;
use crate::db::{Connection, insert};
use crate::error::{Code, Error, Result};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{AccountId, CreditNoteId, RebateId};
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
    /// Also where a rebate was paid for one of these days before.
    pub again: bool,
}

/// A rebate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebate {
    pub head: Head,
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
    // From here on nothing of what was billed is credited otherwise, and no other rebate is paid.
    ledger::lock_exposure(tx, account.id)?;
    let before = store::find_of_days(tx, account.id, (request.from, request.to))?;
    if let Some(before) = before.filter(|_| !request.again) {
        let detail = sentences::rebate_paid_before(&account.code, before.issued_from, before.issued_to);
        return Err(Error::conflict(Code::RebatePaid, detail));
    }
    let left = left(tx, account.id, request)?;
    let head = head(id, account.id, request, (given, account.currency), actor, now);
    pay(tx, head, (account.code.as_str(), left.as_slice(), given), actor, now)?;
    Ok((get(tx, id)?, false))
}

/// Credits what is given back on the lines that are left, the first first. The account's exposure is locked already.
fn pay(
    tx: &mut Connection,
    head: Head,
    (account, left, given): (&str, &[Left], Given),
    actor: &Actor,
    now: Timestamp,
) -> Result<()> {
    checked(left, given, account)?;
    let too_large = || Error::refused(Code::AmountTooLarge, credits::sentences::credit_too_large());
    let parts = parts(left, given).ok_or_else(too_large)?;
    // The lines of an invoice stand together already.
    let of_invoices: Vec<_> = parts
        .chunk_by(|(one, _), (next, _)| one.invoice_id == next.invoice_id)
        .collect();
    if of_invoices.is_empty() {
        let detail = sentences::rebate_of_nothing(account);
        return Err(Error::conflict(Code::NothingToCredit, detail));
    }
    if of_invoices.len() > INVOICES_MAX {
        let detail = sentences::rebate_on_too_many_invoices(INVOICES_MAX);
        return Err(Error::invalid("/to", Code::ValueInvalid, detail));
    }
    let (id, currency) = (head.id, head.currency);
    let note = note((head.issued_from, head.issued_to), head.note.as_deref());
    insert(tx, &[head])?;
    for lines in of_invoices {
        let Some((of, _)) = lines.first() else {
            continue;
        };
        let asked = lines.iter().map(|(line, minor)| Asked {
            position: line.position,
            what: What::Net(Money::new(*minor, currency).to_string()),
        });
        let credit = CreditRequest {
            invoice_id: Some(of.invoice_id),
            reason: Reason::Rebate,
            note: Some(note.clone()),
            lines: Some(asked.collect()),
            returned: None,
            rebate_id: Some(id),
        };
        let credited = credits::take_back(tx, CreditNoteId::new(), &credit, actor, now);
        credited.map_err(|error| of_invoice(&of.invoice, error))?;
    }
    Ok(())
}

/// A rebate with its credit notes, for staff.
pub fn get(connection: &mut Connection, id: RebateId) -> Result<Rebate> {
    let head = store::find(connection, id)?.ok_or(Error::NotFound)?;
    let filter = credits::Filter {
        rebate_id: Some(id),
        ..credits::Filter::default()
    };
    let most = i64::try_from(INVOICES_MAX).map_err(Error::internal)?;
    let credit_notes = credits::list(connection, Scope::All, &filter, None, most)?;
    Ok(Rebate { head, credit_notes })
}

/// A rebate as it is kept.
fn head(
    id: RebateId,
    account_id: AccountId,
    request: &RebateRequest,
    (given, currency): (Given, Currency),
    actor: &Actor,
    now: Timestamp,
) -> Head {
    let (percent_ppm, net_minor) = match given {
        Given::Percent(ppm) => (Some(ppm), None),
        Given::Net(net) => (None, Some(net.minor)),
    };
    Head {
        id,
        account_id,
        issued_from: request.from,
        issued_to: request.to,
        percent_ppm,
        net_minor,
        currency,
        note: said(request).map(str::to_owned),
        created_at: now,
        created_by: actor.to_string(),
        again: Some(request.again),
    }
}

fn must_be_days(request: &RebateRequest, today: NaiveDate) -> Result<()> {
    let (from, to) = (request.from, request.to);
    let fault = |pointer: &str, detail| Err(Error::invalid(pointer, Code::ValueInvalid, detail));
    if to < from {
        return fault("/to", days::correction_days_turned(from, to));
    }
    if (to - from).num_days() >= DAYS_MAX {
        return fault("/to", sentences::rebate_of_too_many_days(DAYS_MAX));
    }
    // What is bought on a day to come would be left out, and could not be made good any more.
    if to > today {
        return fault("/to", days::correction_days_to_come(to, today));
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
fn left(tx: &mut Connection, account_id: AccountId, request: &RebateRequest) -> Result<Vec<Left>> {
    let mut left = store::list_left(tx, account_id, (request.from, request.to), LOOKED_AT_MAX + 1)?;
    if i64::try_from(left.len()).unwrap_or(i64::MAX) > LOOKED_AT_MAX {
        let detail = sentences::rebate_looks_at_too_much(LOOKED_AT_MAX);
        return Err(Error::invalid("/to", Code::ValueInvalid, detail));
    }
    left.retain(|line| line.minor > 0);
    Ok(left)
}

/// What is said beside the days.
fn said(request: &RebateRequest) -> Option<&str> {
    request.note.as_deref().map(str::trim).filter(|note| !note.is_empty())
}

/// What stands on its credit notes: the days it is for, and what else is said.
fn note((from, to): (NaiveDate, NaiveDate), said: Option<&str>) -> String {
    let days = format!("{from} – {to}");
    match said {
        Some(note) => format!("{days}: {note}"),
        None => days,
    }
}
