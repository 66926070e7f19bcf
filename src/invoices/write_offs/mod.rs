//! What of an invoice is settled without money: a cash discount, a small difference, what banks kept. An entry of its own in the
//! ledger, with the reason, that can be taken back.

pub mod checks;
mod crediting;
pub mod rules;
pub mod sentences;
mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;

pub use self::crediting::lessen;
pub use self::store::{FoundRow as WriteOff, TaxRow};

use self::store::WriteOffRow;
use super::credits;
use super::settling::{self, Known, Open};
use crate::accounts;
use crate::audit::{self, Actor};
use crate::clock::{Timestamp, day_in};
use crate::db::seek::{Scope, Walk};
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::events;
use crate::events::payloads::{WriteOffBooked, WriteOffReversed};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{AccountId, InvoiceId, PaymentId, WriteOffId};
use crate::invoices::payments::TEXT_CHARS_MAX;
use crate::ledger::rules::Kind;
use crate::ledger::{self, WrittenOff, open_items};
use crate::money::Money;
use crate::names::sets::WriteOffKind;
use crate::orders::shipping;
use crate::rebate_agreements::{self, Cause};
use crate::sentences::{Sentence, say_why};

/// What is to be settled without money.
#[derive(Debug, Clone)]
pub struct New {
    pub id: WriteOffId,
    pub account_id: AccountId,
    pub invoice_id: InvoiceId,
    /// Of the invoice.
    pub number: String,
    pub kind: WriteOffKind,
    pub amount: Money,
    pub booked_on: NaiveDate,
    /// The payment it comes with.
    pub payment_id: Option<PaymentId>,
    /// Why, where a rule says so.
    pub explanation: Option<Sentence>,
    /// Why, where somebody says so.
    pub reason: Option<String>,
}

/// What the ledger calls it.
fn entry_kind(kind: WriteOffKind) -> Kind {
    match kind {
        WriteOffKind::CashDiscount => Kind::CashDiscount,
        WriteOffKind::SmallDifference => Kind::SmallDifference,
        WriteOffKind::BankCharges => Kind::BankCharges,
    }
}

/// Books what is settled without money; the exposures of the accounts are locked already, and nothing else of the transaction moves
/// their balances in the same batch.
pub fn book_all(tx: &mut Connection, news: &[New], actor: &Actor, now: Timestamp) -> Result<()> {
    if news.is_empty() {
        return Ok(());
    }
    let discounted: Vec<InvoiceId> = news
        .iter()
        .filter(|new| new.kind == WriteOffKind::CashDiscount)
        .map(|new| new.invoice_id)
        .collect();
    let groups = match discounted.is_empty() {
        true => HashMap::new(),
        false => settling::list_groups(tx, &discounted)?,
    };
    let who = actor.to_string();
    let (mut rows, mut taxes) = (Vec::with_capacity(news.len()), Vec::new());
    for new in news {
        let id = new.id;
        if new.kind == WriteOffKind::CashDiscount {
            let of = groups.get(&new.invoice_id).map(Vec::as_slice).unwrap_or_default();
            taxes.extend(rules::spread(new.amount.minor, of).into_iter().map(|part| TaxRow {
                write_off_id: id,
                category: part.treatment.category,
                rate_ppm: part.treatment.rate_ppm,
                base_minor: part.base_minor,
                amount_minor: part.amount_minor,
            }));
        }
        let explanation = new.explanation.as_ref().map(serde_json::to_string).transpose();
        rows.push(WriteOffRow {
            id,
            account_id: new.account_id,
            invoice_id: new.invoice_id,
            payment_id: new.payment_id,
            kind: new.kind,
            currency: new.amount.currency,
            amount_minor: new.amount.minor,
            booked_on: new.booked_on,
            explanation: explanation.map_err(Error::internal)?,
            reason: new.reason.clone(),
            recorded_at: now,
            recorded_by: who.clone(),
            reversed_at: None,
            reversal_reason: None,
        });
    }
    let mut batch = Batch::new();
    store::insert_all(&mut batch, &rows, &taxes)?;
    let written = |row: &WriteOffRow| WrittenOff {
        account_id: row.account_id,
        write_off_id: row.id,
        kind: entry_kind(row.kind),
        minor: -row.amount_minor,
        on: row.booked_on,
    };
    ledger::write_off_all(&mut batch, &rows.iter().map(written).collect::<Vec<_>>(), now)?;
    open_items::write_off(&mut batch, rows.iter().map(|row| (row.invoice_id, row.amount_minor)))?;
    let told: Vec<_> = news.iter().zip(&rows).map(|(new, row)| booked(new, row)).collect();
    events::record_all(&mut batch, &told, now)?;
    batch.run(tx)?;
    record(tx, &told, "write_off.book", actor, now)
}

fn booked(new: &New, row: &WriteOffRow) -> events::Entry {
    let payload = WriteOffBooked {
        invoice_id: row.invoice_id,
        number: new.number.clone(),
        kind: row.kind,
        amount: new.amount.to_string(),
        currency: row.currency.code().to_owned(),
        booked_on: row.booked_on,
        reason: row.reason.clone(),
    };
    events::Entry::new(Some(row.account_id), row.id, payload)
}

fn record(
    tx: &mut Connection,
    told: &[events::Entry],
    action: &'static str,
    actor: &Actor,
    now: Timestamp,
) -> Result<()> {
    let act = |event: &events::Entry| audit::Entry {
        action,
        account_id: event.account_id,
        object: event.subject(),
        details: event.event.data(),
    };
    audit::record_all(tx, actor, &told.iter().map(act).collect::<Vec<_>>(), now)
}

/// What somebody grants.
#[derive(Debug, Clone)]
pub struct Request {
    /// None where its id is ill-formed.
    pub invoice_id: Option<InvoiceId>,
    pub kind: WriteOffKind,
    /// As written; all that is open where nothing is said.
    pub amount: Option<String>,
    pub reason: String,
}

/// Settles something of an invoice without money: a discount that came too late, a difference within the tolerance, charges. The same
/// request has one effect; the flag says whether it is a repetition.
pub fn grant(
    tx: &mut Connection,
    key: &idempotency::Request,
    request: &Request,
    actor: &Actor,
    now: Timestamp,
) -> Result<(WriteOff, bool)> {
    let id = WriteOffId::new();
    let unknown = || {
        Error::invalid(
            "/invoice_id",
            Code::UnknownInvoice,
            sentences::no_invoice_to_write_off(),
        )
    };
    if let Begun::Replay(created) = idempotency::begin(tx, key, id.0, now)? {
        return Ok((get(tx, WriteOffId(created))?, true));
    }
    let invoice_id = request.invoice_id.ok_or_else(unknown)?;
    let account_id = super::store::find_account(tx, invoice_id)?.ok_or_else(unknown)?;
    let earns = ledger::lock_earning(tx, account_id)?;
    let reason = checked(&request.reason)?;
    let account = accounts::get(tx, account_id)?;
    let known = Known::load(tx, &[invoice_id])?;
    let found = known.find(invoice_id).ok_or_else(unknown)?;
    if found.item.open_minor == 0 {
        return Err(Error::conflict(
            Code::NothingOpen,
            sentences::nothing_open(&found.number),
        ));
    }
    let open = Money::new(found.item.open_minor, account.currency);
    let amount = match &request.amount {
        None => open,
        Some(text) => Money::parse(text.trim(), account.currency).map_err(|error| {
            let (code, places) = (account.currency.code(), account.currency.exponent());
            let detail = super::sentences::amount_unreadable(text, error.sentence(), code, places);
            Error::invalid("/amount", Code::ValueInvalid, detail)
        })?,
    };
    let most = most(&known, found, request.kind, open)?;
    if amount.minor <= 0 || amount.minor > most.minor {
        let detail = sentences::write_off_out_of_range(amount, most);
        return Err(Error::invalid("/amount", Code::ValueInvalid, detail));
    }
    let new = New {
        id,
        account_id,
        invoice_id,
        number: found.number.clone(),
        kind: request.kind,
        amount,
        booked_on: day_in(accounts::supplier_zone(tx)?, now),
        payment_id: None,
        explanation: None,
        reason: Some(reason),
    };
    book_all(tx, &[new], actor, now)?;
    if earns {
        rebate_agreements::accrue(tx, &[account_id], &[invoice_id], Cause::Settled, now)?;
    }
    shipping::close_settled(tx, account_id, now)?;
    Ok((get(tx, id)?, false))
}

/// The most that may be given up of an invoice in this way.
pub fn most(known: &Known, found: &Open, kind: WriteOffKind, open: Money) -> Result<Money> {
    let refused = |detail| Err(Error::invalid("/kind", Code::ValueInvalid, detail));
    let most = match kind {
        WriteOffKind::BankCharges => open.minor,
        WriteOffKind::CashDiscount => {
            let discount = found.item.discounts.iter().map(|one| one.minor).max();
            match discount {
                Some(discount) => discount.saturating_add(found.item.slack_minor),
                None => return refused(sentences::no_cash_discount(&found.number)),
            }
        }
        WriteOffKind::SmallDifference => {
            let most = known.settings.tolerance(open.currency).of(found.gross_minor);
            if most == 0 {
                return refused(sentences::no_tolerance(open.currency.code()));
            }
            most
        }
    };
    Ok(Money::new(most.min(open.minor), open.currency))
}

/// A reason as it is kept.
pub(super) fn checked(reason: &str) -> Result<String> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::invalid("/reason", Code::Required, say_why()));
    }
    if reason.chars().count() > TEXT_CHARS_MAX {
        let detail = super::sentences::reason_too_long(TEXT_CHARS_MAX);
        return Err(Error::invalid("/reason", Code::ValueTooLong, detail));
    }
    Ok(reason.to_owned())
}

/// Takes one back: so much of its invoice is open again.
pub fn reverse(tx: &mut Connection, id: WriteOffId, reason: &str, actor: &Actor, now: Timestamp) -> Result<WriteOff> {
    let reason = checked(reason)?;
    let account_id = store::find_account(tx, id)?.ok_or(Error::NotFound)?;
    let earns = ledger::lock_earning(tx, account_id)?;
    let found = store::find(tx, account_id, id)?.ok_or(Error::NotFound)?;
    if found.own.reversed_at.is_some() {
        return Err(Error::conflict(Code::WriteOffReversed, sentences::write_off_reversed()));
    }
    let invoice_id = found.own.invoice_id;
    take_back(tx, &[found.own], &reason, actor, now)?;
    credits::settle_own(tx, account_id, &[invoice_id], now)?;
    if earns {
        rebate_agreements::accrue(tx, &[account_id], &[invoice_id], Cause::Settled, now)?;
    }
    shipping::reopen_unsettled(tx, account_id, now)?;
    get(tx, id)
}

/// Takes back what came with a payment that turned out to be none; the invoices concerned. The account's exposure is locked already.
pub(super) fn reverse_of_payment(
    tx: &mut Connection,
    (account_id, payment_id): (AccountId, PaymentId),
    reason: &str,
    actor: &Actor,
    now: Timestamp,
) -> Result<Vec<InvoiceId>> {
    let rows = store::list_of_payment(tx, account_id, payment_id)?;
    take_back(tx, &rows, reason, actor, now)?;
    Ok(rows.into_iter().map(|row| row.invoice_id).collect())
}

fn take_back(tx: &mut Connection, rows: &[WriteOffRow], reason: &str, actor: &Actor, now: Timestamp) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let today = day_in(accounts::supplier_zone(tx)?, now);
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut batch = Batch::new();
    store::update_reversed(&mut batch, &ids, reason, now)?;
    let written = |row: &WriteOffRow| WrittenOff {
        account_id: row.account_id,
        write_off_id: row.id,
        kind: Kind::WriteOffReversal,
        minor: row.amount_minor,
        on: today,
    };
    ledger::write_off_all(&mut batch, &rows.iter().map(written).collect::<Vec<_>>(), now)?;
    open_items::write_off(&mut batch, rows.iter().map(|row| (row.invoice_id, -row.amount_minor)))?;
    let told = |row: &WriteOffRow| {
        let payload = WriteOffReversed {
            invoice_id: row.invoice_id,
            kind: row.kind,
            amount: Money::new(row.amount_minor, row.currency).to_string(),
            currency: row.currency.code().to_owned(),
            reason: reason.to_owned(),
        };
        events::Entry::new(Some(row.account_id), row.id, payload)
    };
    let told: Vec<_> = rows.iter().map(told).collect();
    events::record_all(&mut batch, &told, now)?;
    batch.run(tx)?;
    record(tx, &told, "write_off.reverse", actor, now)
}

/// One, for staff.
pub fn get(connection: &mut Connection, id: WriteOffId) -> Result<WriteOff> {
    let account_id = store::find_account(connection, id)?.ok_or(Error::NotFound)?;
    store::find(connection, account_id, id)?.ok_or(Error::NotFound)
}

/// By rate, of one.
pub fn taxes(connection: &mut Connection, id: WriteOffId) -> Result<Vec<TaxRow>> {
    store::list_taxes(connection, &[id])
}

/// Those of an invoice of the account, the first first.
pub fn of_invoice(connection: &mut Connection, account_id: AccountId, id: InvoiceId) -> Result<Vec<WriteOff>> {
    store::list_of_invoice(connection, account_id, id)
}

/// Those that somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// Of the account with this code.
    pub account: Option<String>,
    pub invoice_id: Option<InvoiceId>,
    /// What came with this payment.
    pub payment_id: Option<PaymentId>,
    pub kind: Option<WriteOffKind>,
    /// Only those that were not taken back.
    pub counts: bool,
    /// The invoice's number, or a part of the account's code or name.
    pub text: Option<String>,
    /// Booked on this day or later.
    pub from: Option<NaiveDate>,
    /// Booked on this day or before.
    pub to: Option<NaiveDate>,
}

/// The newest first, behind `after`; for staff.
pub fn list(
    connection: &mut Connection,
    filter: &Filter,
    after: impl Into<Walk<WriteOffId>>,
    limit: i64,
) -> Result<Vec<WriteOff>> {
    store::list(connection, Scope::All, filter, after, limit)
}

/// Why it was given up.
pub fn why(found: &WriteOff) -> Option<Sentence> {
    let text = found.own.explanation.as_deref()?;
    serde_json::from_str(text).ok()
}
