//! Money that is paid back: of what is on account of payments and credit notes, an entry of its own in the ledger, that can be taken back.

pub mod checks;
pub mod rules;
pub mod sentences;
mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use chrono::{NaiveDate, TimeDelta};
use serde::Serialize;

pub use self::store::{list_of_payments, list_unmatched, sum_of_payment};

use self::rules::{Source, draw};
use super::payments::{RECEIVED_DAYS_MAX, TEXT_CHARS_MAX};
use super::write_offs;
use crate::accounts;
use crate::audit::{self, Actor};
use crate::clock::{Timestamp, day_in};
use crate::db::seek::Walk;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, FieldError, Result};
use crate::events;
use crate::events::payloads::{RefundBooked, RefundReversed};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{AccountId, BankEntryId, CreditNoteId, PaymentId, RefundId};
use crate::ledger::{self, rules::Kind};
use crate::money::Money;
use crate::row;
use crate::values;

row! {
    /// Money that was paid back.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Refund from "refunds r JOIN accounts a ON a.id = r.account_id" {
        pub id: RefundId = "r.id",
        /// To whom.
        pub account_id: AccountId = "r.account_id",
        /// That account's code.
        pub account: String = "a.code",
        /// How much.
        pub amount: Money = "r.amount_minor, r.currency",
        /// When it left, a day of the supplier.
        pub paid_on: NaiveDate = "r.paid_on",
        /// What the account reads on its statement.
        pub reference: Option<String> = "r.reference",
        /// Where it went.
        pub iban: Option<String> = "r.iban",
        pub recorded_at: Timestamp = "r.recorded_at",
        pub recorded_by: String = "r.recorded_by",
        /// When it was taken back.
        pub reversed_at: Option<Timestamp> = "r.reversed_at",
        pub reversal_reason: Option<String> = "r.reversal_reason",
        /// The entry of a bank that it is.
        pub bank_entry_id: Option<BankEntryId> = "(SELECT MIN(e.id) FROM bank_entries e WHERE e.refund_id = r.id AND e.state = {bank_entry_state booked})",
    }
}

/// What a refund was taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub source: Source,
    /// Of the credit note.
    pub number: Option<String>,
    pub amount: Money,
}

/// A refund with what it was taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked {
    pub refund: Refund,
    pub parts: Vec<Part>,
}

/// Money that is to be paid back.
#[derive(Debug, Clone)]
pub struct Request {
    /// Code of the account.
    pub account: String,
    /// As written.
    pub amount: String,
    /// ISO 4217
    pub currency: String,
    pub paid_on: NaiveDate,
    pub reference: Option<String>,
    pub iban: Option<String>,
    /// The payment it is taken from; `Some(None)` where its id is ill-formed.
    pub payment_id: Option<Option<PaymentId>>,
    /// The credit note it is taken from.
    pub credit_note_id: Option<Option<CreditNoteId>>,
}

/// Books a refund. The same request has one effect; the flag says whether it is a repetition.
pub fn pay_back(
    tx: &mut Connection,
    key: &idempotency::Request,
    request: &Request,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Booked, bool)> {
    let id = RefundId::new();
    if let Begun::Replay(created) = idempotency::begin(tx, key, id.0, now)? {
        return Ok((get(tx, RefundId(created))?, true));
    }
    let refund = check(tx, id, request, actor, now)?;
    ledger::lock_exposure(tx, refund.account_id)?;
    let of = match (request.payment_id, request.credit_note_id) {
        (None, None) => None,
        (Some(payment), None) => Some(payment.map(Source::Payment)),
        (None, Some(credit)) => Some(credit.map(Source::CreditNote)),
        (Some(_), Some(_)) => {
            let detail = sentences::refund_of_one();
            return Err(Error::invalid("/credit_note_id", Code::ValueInvalid, detail));
        }
    };
    write(tx, refund, of, actor, now).map(|booked| (booked, false))
}

/// Books money that left by a bank, of what is on account, the oldest first. The account's exposure is locked already.
pub fn book_outgoing(tx: &mut Connection, refund: Refund, actor: &Actor, now: Timestamp) -> Result<Booked> {
    write(tx, refund, None, actor, now)
}

fn write(
    tx: &mut Connection,
    refund: Refund,
    of: Option<Option<Source>>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Booked> {
    let mut left = store::list_left(tx, refund.account_id)?;
    let all: i64 = left.iter().map(|(_, minor)| minor).sum();
    if let Some(of) = of {
        left.retain(|(source, _)| Some(*source) == of);
    }
    let there: i64 = left.iter().map(|(_, minor)| minor).sum();
    let money = |minor| Money::new(minor, refund.amount.currency);
    if there == 0 {
        let detail = sentences::nothing_to_refund(&refund.account);
        return Err(Error::conflict(Code::NothingToRefund, detail));
    }
    let Some(parts) = draw(refund.amount.minor, &left) else {
        let detail = sentences::refund_above_account(refund.amount, money(there));
        return Err(Error::invalid("/amount", Code::ValueInvalid, detail));
    };
    let mut batch = Batch::new();
    store::insert(&mut batch, &refund, &parts)?;
    let booked = (Kind::Refund, refund.amount.minor, refund.paid_on);
    ledger::refund(&mut batch, refund.account_id, refund.id, booked, now);
    let told = RefundBooked {
        amount: refund.amount.to_string(),
        currency: refund.amount.currency.code().to_owned(),
        paid_on: refund.paid_on,
        reference: refund.reference.clone(),
        on_account: money(all - refund.amount.minor).to_string(),
    };
    let event = events::Entry::new(Some(refund.account_id), refund.id, told);
    audit::record_with_event(&mut batch, actor, "refund.book", &event, now);
    batch.run(tx)?;
    get(tx, refund.id)
}

fn check(tx: &mut Connection, id: RefundId, request: &Request, actor: &Actor, now: Timestamp) -> Result<Refund> {
    use crate::invoices::sentences as said;
    let Some(account) = accounts::find_by_code(tx, &request.account)? else {
        let detail = said::no_account(&request.account);
        return Err(Error::invalid("/account", Code::UnknownAccount, detail));
    };
    let mut faults = Vec::new();
    if request.currency != account.currency.code() {
        let detail = said::kept_in(&account.code, account.currency.code());
        faults.push(FieldError::new("/currency", Code::WrongCurrency, detail));
    }
    let amount = match Money::parse(&request.amount, account.currency) {
        Ok(amount) if amount.minor > 0 => amount,
        Ok(_) => {
            let detail = said::amount_not_above_zero(&request.amount);
            faults.push(FieldError::new("/amount", Code::ValueInvalid, detail));
            Money::zero(account.currency)
        }
        Err(error) => {
            let (code, places) = (account.currency.code(), account.currency.exponent());
            let detail = said::amount_unreadable(&request.amount, error.sentence(), code, places);
            faults.push(FieldError::new("/amount", Code::ValueInvalid, detail));
            Money::zero(account.currency)
        }
    };
    let today = day_in(accounts::supplier_zone(tx)?, now);
    if request.paid_on > today {
        let detail = said::day_in_future(request.paid_on, today);
        faults.push(FieldError::new("/paid_on", Code::ValueInvalid, detail));
    } else if request.paid_on < today - TimeDelta::days(RECEIVED_DAYS_MAX) {
        let detail = said::day_too_long_ago(request.paid_on, today);
        faults.push(FieldError::new("/paid_on", Code::ValueInvalid, detail));
    }
    let filled = |text: &Option<String>| {
        let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty());
        text.map(str::to_owned)
    };
    let reference = filled(&request.reference);
    let chars = reference.as_ref().map_or(0, |text| text.chars().count());
    if chars > TEXT_CHARS_MAX {
        let detail = said::reference_too_long(chars, TEXT_CHARS_MAX);
        faults.push(FieldError::new("/reference", Code::ValueTooLong, detail));
    }
    let iban = filled(&request.iban).map(|text| {
        let bare: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
        bare.to_ascii_uppercase()
    });
    if let Some(iban) = iban.as_deref().filter(|iban| !values::is_iban(iban)) {
        let detail = sentences::refund_iban(iban);
        faults.push(FieldError::new("/iban", Code::ValueInvalid, detail));
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    Ok(Refund {
        id,
        account_id: account.id,
        account: account.code,
        amount,
        paid_on: request.paid_on,
        reference,
        iban,
        recorded_at: now,
        recorded_by: actor.to_string(),
        reversed_at: None,
        reversal_reason: None,
        bank_entry_id: None,
    })
}

/// Takes a refund back: what it was taken from is on account again.
pub fn reverse(tx: &mut Connection, id: RefundId, reason: &str, actor: &Actor, now: Timestamp) -> Result<Booked> {
    let reason = write_offs::checked(reason)?;
    let account_id = store::find_account(tx, id)?.ok_or(Error::NotFound)?;
    ledger::lock_exposure(tx, account_id)?;
    let booked = get(tx, id)?;
    let refund = &booked.refund;
    if refund.reversed_at.is_some() {
        return Err(Error::conflict(Code::RefundReversed, sentences::refund_reversed()));
    }
    if refund.bank_entry_id.is_some() {
        let detail = sentences::refund_left_by_bank();
        return Err(Error::conflict(Code::BankEntryStateForbids, detail));
    }
    let back: Vec<_> = booked
        .parts
        .iter()
        .map(|part| (part.source, -part.amount.minor))
        .collect();
    let today = day_in(accounts::supplier_zone(tx)?, now);
    let mut batch = Batch::new();
    store::update_reversed(&mut batch, refund, &reason, now);
    store::take(&mut batch, account_id, &back)?;
    let taken = (Kind::RefundReversal, -refund.amount.minor, today);
    ledger::refund(&mut batch, account_id, id, taken, now);
    let told = RefundReversed {
        amount: refund.amount.to_string(),
        currency: refund.amount.currency.code().to_owned(),
        reason: reason.clone(),
    };
    let event = events::Entry::new(Some(account_id), id, told);
    audit::record_with_event(&mut batch, actor, "refund.reverse", &event, now);
    batch.run(tx)?;
    get(tx, id)
}

/// A refund with what it was taken from, for staff.
pub fn get(connection: &mut Connection, id: RefundId) -> Result<Booked> {
    let account_id = store::find_account(connection, id)?.ok_or(Error::NotFound)?;
    let refund = store::find(connection, account_id, id)?.ok_or(Error::NotFound)?;
    let parts = store::list_parts(connection, &refund)?;
    Ok(Booked { refund, parts })
}

/// What of an account is there to be paid back, in its currency.
pub fn available(connection: &mut Connection, account_id: AccountId) -> Result<i64> {
    let left = store::list_left(connection, account_id)?;
    Ok(left.iter().map(|(_, minor)| minor).sum())
}

/// Refunds that somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// Of the account with this code.
    pub account: Option<String>,
    /// Only those that were not taken back.
    pub counts: bool,
    /// A part of the reference, or of the account's code or name.
    pub text: Option<String>,
    /// Paid on this day or later.
    pub from: Option<NaiveDate>,
    /// Paid on this day or before.
    pub to: Option<NaiveDate>,
}

/// Refunds, the newest first, behind `after`; for staff.
pub fn list(
    connection: &mut Connection,
    filter: &Filter,
    after: impl Into<Walk<RefundId>>,
    limit: i64,
) -> Result<Vec<Refund>> {
    store::list(connection, filter, after, limit)
}
