//! Somebody says what an entry is: whose money, the payment it takes back, nobody's, or to be looked at again.

use std::collections::{BTreeSet, HashSet};

use serde_json::json;

use super::importing::{entry_reference, incoming, reversal_reason};
use super::rules::{Direction, State};
use super::store::{self, EntryRow, FoundRow};
use super::{Movement, Proposal, get_entry, sentences};
use crate::accounts;
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, BankEntryId, InvoiceId, PaymentId, RefundId};
use crate::invoices::payments::shares::Allocation;
use crate::invoices::payments::{self, TEXT_CHARS_MAX};
use crate::invoices::refunds::{self, Refund};
use crate::invoices::sentences::{kept_in, no_account, no_invoice, reason_too_long};
use crate::ledger::{self, open_items};
use crate::money::Money;
use crate::sentences::{Sentence, say_why};

/// Invoices that one entry may be said to pay.
const INVOICES_MAX: usize = 200;

/// What an entry is said to be; what is proposed where nothing is said.
#[derive(Debug, Clone, Default)]
pub struct Booking {
    /// Code of the account whose money it is.
    pub account: Option<String>,
    /// The invoices it pays, the first first; it stays on account where an account alone is named. None in a place where the id is ill-formed.
    pub invoice_ids: Option<Vec<Option<InvoiceId>>>,
    /// What of it is for which invoice, where that is said one by one.
    pub allocations: Vec<Allocation>,
    /// The payment that it takes back; `Some(None)` where its id is ill-formed.
    pub payment_id: Option<Option<PaymentId>>,
    /// The refund that it is; `Some(None)` where its id is ill-formed.
    pub refund_id: Option<Option<RefundId>>,
}

/// Books an entry: as a payment, or as taking one back.
pub fn book(
    tx: &mut Connection,
    id: BankEntryId,
    booking: &Booking,
    actor: &Actor,
    now: Timestamp,
) -> Result<Movement> {
    let found = lock(tx, id)?;
    let is_debit = found.own.direction == Direction::Debit;
    // Money that went out may have been taken back by the bank though its file doesn't say so: then somebody names the payment.
    let is_named = is_debit && booking.payment_id.is_some();
    if !(is_debit && found.own.state == State::Outgoing) {
        require(&found.own, &[State::Proposed, State::Unknown])?;
    }
    let mut row = found.own;
    if is_debit && (row.is_reversal || is_named) {
        take_back(tx, &mut row, booking, actor, now)?;
    } else if is_debit && refunds_money(&row, booking) {
        pay_back(tx, &mut row, booking, actor, now)?;
    } else if is_debit || row.amount_minor == 0 {
        return Err(Error::conflict(
            Code::BankEntryStateForbids,
            sentences::bank_entry_is_no_payment(),
        ));
    } else {
        receive(tx, &mut row, booking, actor, now)?;
    }
    row.state = State::Booked;
    write(tx, row, "bank_entry.book", actor, now)
}

/// Money that went out is a refund where one is named or proposed, or the account whose it was.
fn refunds_money(row: &EntryRow, booking: &Booking) -> bool {
    booking.refund_id.is_some() || booking.account.is_some() || row.refund_id.is_some()
}

/// It is a refund that is booked already, or else one that is booked now of what the account has on account.
fn pay_back(tx: &mut Connection, row: &mut EntryRow, booking: &Booking, actor: &Actor, now: Timestamp) -> Result<()> {
    if booking.invoice_ids.is_some() || !booking.allocations.is_empty() {
        let detail = sentences::bank_entry_refunds_alone();
        return Err(Error::invalid("/invoice_ids", Code::ValueInvalid, detail));
    }
    let amount = Money::new(row.amount_minor, row.currency);
    let named = match (&booking.refund_id, &booking.account) {
        (Some(named), _) => Some(*named),
        (None, None) => Some(row.refund_id),
        (None, Some(_)) => None,
    };
    let refund = match named {
        Some(id) => {
            let missing = || Error::invalid("/refund_id", Code::Required, sentences::bank_entry_name_the_refund());
            let id = id.ok_or_else(missing)?;
            let account_id = refunds::get(tx, id).map_err(|_gone| missing())?.refund.account_id;
            ledger::lock_all(tx, &[account_id])?;
            let refund = refunds::get(tx, id)?.refund;
            if refund.amount != amount || refund.reversed_at.is_some() {
                let detail = sentences::bank_entry_refund_amount(refund.amount);
                return Err(Error::invalid("/refund_id", Code::ValueInvalid, detail));
            }
            if refund.bank_entry_id.is_some() {
                let detail = sentences::bank_entry_refund_matched();
                return Err(Error::conflict(Code::BankEntryStateForbids, detail));
            }
            refund
        }
        None => {
            let code = booking.account.as_deref().unwrap_or_default();
            let unknown = || Error::invalid("/account", Code::UnknownAccount, no_account(code));
            let account = accounts::find_by_code(tx, code)?.ok_or_else(unknown)?;
            if account.currency != row.currency {
                let detail = kept_in(&account.code, account.currency.code());
                return Err(Error::invalid("/account", Code::WrongCurrency, detail));
            }
            ledger::lock_all(tx, &[account.id])?;
            let new = Refund {
                id: RefundId::new(),
                account_id: account.id,
                account: account.code,
                amount,
                paid_on: row.booked_on,
                reference: entry_reference(&row.remittance, row.reference.as_deref(), row.payer_name.as_deref()),
                iban: row.payer_iban.clone(),
                recorded_at: now,
                recorded_by: actor.to_string(),
                reversed_at: None,
                reversal_reason: None,
                bank_entry_id: None,
            };
            refunds::book_outgoing(tx, new, actor, now)?.refund
        }
    };
    row.refund_id = Some(refund.id);
    row.account_id = Some(refund.account_id);
    Ok(())
}

fn receive(tx: &mut Connection, row: &mut EntryRow, booking: &Booking, actor: &Actor, now: Timestamp) -> Result<()> {
    if booking.payment_id.is_some() {
        let detail = sentences::bank_entry_names_no_payment();
        return Err(Error::invalid("/payment_id", Code::ValueInvalid, detail));
    }
    let (account_id, code, invoice_ids) = wanted(tx, row, booking)?;
    let account = accounts::get(tx, account_id)?;
    if account.currency != row.currency {
        let detail = kept_in(&code, account.currency.code());
        return Err(Error::invalid("/account", Code::WrongCurrency, detail));
    }
    ledger::lock_all(tx, &[account_id])?;
    let mut one = incoming(
        entry_reference(&row.remittance, row.reference.as_deref(), row.payer_name.as_deref()),
        (account_id, code),
        Money::new(row.amount_minor, row.currency),
        row.booked_on,
        invoice_ids,
    )
    .with_charges(row.charges_minor);
    one.allocations.clone_from(&booking.allocations);
    let payment_id = payments::receive_all(tx, &[one], actor, now)?.into_iter().next();
    row.payment_id = payment_id;
    row.account_id = Some(account_id);
    let mut batch = Batch::new();
    let booked: Vec<_> = payment_id.map(|payment_id| (row.id, payment_id)).into_iter().collect();
    store::insert_payments(&mut batch, &booked)?;
    let payer: Vec<_> = row
        .payer_iban
        .as_deref()
        .map(|iban| (iban, account_id))
        .into_iter()
        .collect();
    store::put_payers(&mut batch, &payer, now)?;
    batch.run(tx)
}

/// Whose it is, and the invoices that it pays: as said, else as proposed.
fn wanted(tx: &mut Connection, row: &EntryRow, booking: &Booking) -> Result<(AccountId, String, Vec<InvoiceId>)> {
    let named = match &booking.account {
        Some(code) => {
            let found = accounts::find_by_code(tx, code)?;
            let unknown = || Error::invalid("/account", Code::UnknownAccount, no_account(code));
            Some(found.ok_or_else(unknown)?)
        }
        None => None,
    };
    let allocated: Vec<_> = booking.allocations.iter().map(|one| one.invoice_id).collect();
    let said = booking
        .invoice_ids
        .clone()
        .or((!allocated.is_empty()).then_some(allocated));
    if let (Some(account), None) = (&named, &said) {
        return Ok((account.id, account.code.clone(), Vec::new()));
    }
    let ids = match said {
        Some(ids) => ids,
        None => {
            let proposal: Proposal = serde_json::from_str(&row.proposal).map_err(Error::internal)?;
            let Some(account_id) = row.account_id else {
                let detail = sentences::bank_entry_has_no_proposal();
                return Err(Error::invalid("/account", Code::Required, detail));
            };
            let code = accounts::get(tx, account_id)?.code;
            let ids = proposal.parts.into_iter().map(|(id, _)| id).collect();
            return Ok((account_id, code, ids));
        }
    };
    if ids.len() > INVOICES_MAX {
        let detail = sentences::bank_entry_too_many_invoices(INVOICES_MAX);
        return Err(Error::invalid("/invoice_ids", Code::ValueInvalid, detail));
    }
    let is_formed = ids.iter().all(Option::is_some);
    let mut seen = HashSet::new();
    let wanted: Vec<InvoiceId> = ids.into_iter().flatten().filter(|id| seen.insert(*id)).collect();
    let known = open_items::list_by_id(tx, &wanted)?;
    let owners: BTreeSet<i64> = known.iter().map(|item| item.account_id.0).collect();
    let first = known.first();
    let account = named.map(|account| (account.id, account.code));
    let account = account.or_else(|| first.map(|item| (item.account_id, item.account.clone())));
    let is_known = is_formed && wanted.iter().all(|id| known.iter().any(|item| item.invoice_id == *id));
    match account {
        Some((id, code)) if is_known && owners.iter().all(|owner| *owner == id.0) => Ok((id, code, wanted)),
        account => {
            let code = account.map(|(_, code)| code).unwrap_or_default();
            Err(Error::invalid("/invoice_ids", Code::UnknownInvoice, no_invoice(code)))
        }
    }
}

fn take_back(tx: &mut Connection, row: &mut EntryRow, booking: &Booking, actor: &Actor, now: Timestamp) -> Result<()> {
    let named = match booking.payment_id {
        Some(id) => id,
        None => row.takes_back_id,
    };
    let missing = || Error::invalid("/payment_id", Code::Required, sentences::bank_entry_name_the_payment());
    let payment_id = named.ok_or_else(missing)?;
    let payment = payments::get(tx, payment_id)?.payment;
    if payment.amount != Money::new(row.amount_minor, row.currency) {
        let detail = sentences::bank_entry_payment_amount(payment.amount);
        return Err(Error::invalid("/payment_id", Code::ValueInvalid, detail));
    }
    payments::reverse(tx, payment_id, &reversal_reason(row), actor, now)?;
    row.takes_back_id = Some(payment_id);
    row.account_id = Some(payment.account_id);
    Ok(())
}

/// Says that an entry is no payment of an account.
pub fn ignore(tx: &mut Connection, id: BankEntryId, reason: &str, actor: &Actor, now: Timestamp) -> Result<Movement> {
    let reason = checked(reason)?;
    let mut row = lock(tx, id)?.own;
    require(&row, &[State::Proposed, State::Unknown, State::Outgoing])?;
    row.state = State::Ignored;
    row.note = Some(reason);
    write(tx, row, "bank_entry.ignore", actor, now)
}

/// Puts an entry back among those that wait; the payment it became is taken back, if nobody did so before.
pub fn reopen(tx: &mut Connection, id: BankEntryId, reason: &str, actor: &Actor, now: Timestamp) -> Result<Movement> {
    let reason = checked(reason)?;
    let mut row = lock(tx, id)?.own;
    require(&row, &[State::Booked, State::Ignored])?;
    refuse_told_in_parts(&row)?;
    if row.state == State::Booked && row.refund_id.is_some() {
        // The refund stays; whoever booked it by a slip takes it back by itself.
        row.refund_id = None;
    } else if row.state == State::Booked {
        // What took a payment back can't be made not to have done so: the payment is booked anew by hand.
        let payment_id = row.payment_id.ok_or_else(|| forbidden(State::Booked))?;
        if payments::get(tx, payment_id)?.payment.reversed_at.is_none() {
            payments::reverse(tx, payment_id, &reason, actor, now)?;
        } else if store::is_taken_back(tx, payment_id)? {
            let detail = sentences::bank_entry_taken_back();
            return Err(Error::conflict(Code::BankEntryStateForbids, detail));
        }
        row.payment_id = None;
        // Whose the payer's account is may have been the slip.
        if let (Some(iban), Some(account_id)) = (row.payer_iban.as_deref(), row.account_id) {
            let mut batch = Batch::new();
            store::forget_payer(&mut batch, iban, account_id);
            batch.run(tx)?;
        }
    }
    row.state = match row.account_id {
        _ if row.direction == Direction::Debit && !row.is_reversal => State::Outgoing,
        Some(_) => State::Proposed,
        None => State::Unknown,
    };
    row.is_sure = false;
    row.note = Some(reason);
    write(tx, row, "bank_entry.reopen", actor, now)
}

/// A sum whose parts are there is never money of its own again.
fn refuse_told_in_parts(row: &EntryRow) -> Result<()> {
    let reasons: Vec<Sentence> = serde_json::from_str(&row.reasons).map_err(Error::internal)?;
    let split = sentences::bank_entry_split();
    if reasons.contains(&split) {
        return Err(Error::conflict(Code::BankEntryStateForbids, split));
    }
    Ok(())
}

fn write(
    tx: &mut Connection,
    mut row: EntryRow,
    action: &'static str,
    actor: &Actor,
    now: Timestamp,
) -> Result<Movement> {
    row.decided_by = Some(actor.to_string());
    let mut batch = Batch::new();
    store::update_entry(&mut batch, &row, now);
    store::touch_statements(&mut batch, &[row.id])?;
    let entry = audit::Entry {
        action,
        account_id: row.account_id,
        object: row.id.to_string(),
        details: json!({
            "payment_id": row.payment_id.map(|id| id.to_string()),
            "takes_back": row.takes_back_id.map(|id| id.to_string()),
            "refund_id": row.refund_id.map(|id| id.to_string()),
            "reason": row.note,
        }),
    };
    batch.add(audit::recording(actor, &entry, now));
    batch.run(tx)?;
    get_entry(tx, row.id)
}

fn lock(tx: &mut Connection, id: BankEntryId) -> Result<FoundRow> {
    store::lock_entry(tx, id)?.ok_or(Error::NotFound)
}

fn require(row: &EntryRow, states: &[State]) -> Result<()> {
    if states.contains(&row.state) {
        return Ok(());
    }
    Err(forbidden(row.state))
}

fn forbidden(state: State) -> Error {
    Error::conflict(
        Code::BankEntryStateForbids,
        sentences::bank_entry_state_forbids(state.name()),
    )
}

fn checked(reason: &str) -> Result<String> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::invalid("/reason", Code::Required, say_why()));
    }
    if reason.chars().count() > TEXT_CHARS_MAX {
        let detail = reason_too_long(TEXT_CHARS_MAX);
        return Err(Error::invalid("/reason", Code::ValueTooLong, detail));
    }
    Ok(reason.to_owned())
}
