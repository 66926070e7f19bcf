//! The statement of an account on paper, and the letter that asks to confirm it: both in the account's language.

use super::{Document, Entry, Period, Statement, load};
use crate::accounts;
use crate::accounts::parties;
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::documents::Paper;
use crate::documents::paper::{self, StatementLine};
use crate::error::{Code, Error, Result};
use crate::ids::AccountId;
use crate::invoices::sentences;
use crate::languages::Language;
use crate::ledger::rules::Kind;
use crate::money::Money;

/// Entries of a paper; a longer period is asked for in parts.
pub const ENTRIES_MAX: i64 = 5_000;

/// What an account owed, what changed that in the period, and what it owes.
pub fn statement(connection: &mut Connection, account_id: AccountId, period: Period, now: Timestamp) -> Result<Paper> {
    paper(connection, account_id, period, now, false)
}

/// A letter that asks to confirm what the account owes today or owed on a day before, with what changed it in the period.
pub fn confirmation(
    connection: &mut Connection,
    account_id: AccountId,
    period: Period,
    now: Timestamp,
) -> Result<Paper> {
    let today = day_in(accounts::supplier_zone(connection)?, now);
    if let Some(to) = period.to.filter(|to| *to > today) {
        let detail = sentences::day_in_future(to, today);
        return Err(Error::invalid("/to", Code::ValueInvalid, detail));
    }
    paper(connection, account_id, period, now, true)
}

fn paper(
    connection: &mut Connection,
    account_id: AccountId,
    period: Period,
    now: Timestamp,
    is_confirmation: bool,
) -> Result<Paper> {
    let account = accounts::get(connection, account_id)?;
    let statement = load(connection, account_id, period, None, ENTRIES_MAX + 1, now)?;
    if i64::try_from(statement.entries.len()).map_err(Error::internal)? > ENTRIES_MAX {
        let detail = sentences::statement_too_long(ENTRIES_MAX);
        return Err(Error::invalid("/from", Code::ValueInvalid, detail));
    }
    let printed_on = day_in(accounts::supplier_zone(connection)?, now);
    let (seller, buyer) = parties::of_account(connection, account_id)?;
    let money = |minor| Money::new(minor, statement.currency);
    let mut balance = statement.opening_minor;
    let lines: Vec<_> = statement
        .entries
        .iter()
        .map(|entry| line(entry, &mut balance, &statement))
        .collect();
    let is_until_today = period.to.is_none_or(|to| to >= printed_on);
    Ok(Paper {
        language: Language::from_locale(&account.locale),
        xml: None,
        document: paper::Document::Statement(paper::Statement {
            is_confirmation,
            printed_on,
            from: statement.from,
            to: statement.to,
            seller,
            buyer,
            currency: statement.currency,
            opening: money(statement.opening_minor),
            closing: money(balance),
            lines,
            on_account: Some(money(statement.on_account_minor)).filter(|rest| is_until_today && rest.minor > 0),
            ageing: if is_until_today { ageing(&statement) } else { Vec::new() },
        }),
    })
}

/// What is open by how late it is; nothing where nothing is open.
fn ageing(statement: &Statement) -> Vec<(&'static str, Money)> {
    let ageing = statement.ageing;
    let buckets = [
        ("not-due", ageing.not_due),
        ("late-30", ageing.late_1_30),
        ("late-60", ageing.late_31_60),
        ("late-90", ageing.late_61_90),
        ("late-more", ageing.late_over_90),
    ];
    match buckets.iter().all(|(_, minor)| *minor == 0) {
        true => Vec::new(),
        false => buckets
            .map(|(name, minor)| (name, Money::new(minor, statement.currency)))
            .into(),
    }
}

fn line(entry: &Entry, balance: &mut i64, statement: &Statement) -> StatementLine {
    *balance = balance.saturating_add(entry.minor);
    let (text, due_on) = match &entry.document {
        Document::Invoice { number, due_on, .. } => (number.clone(), *due_on),
        Document::CreditNote { number, .. } | Document::Reminder { number, .. } => (number.clone(), None),
        Document::WriteOff { number, .. } => (number.clone(), None),
        Document::Payment { reference, .. } | Document::Refund { reference, .. } => {
            (reference.clone().unwrap_or_default(), None)
        }
    };
    let kind = match entry.kind {
        Kind::Invoice => "invoice",
        Kind::CreditNote => "credit-note",
        Kind::PaymentReversal => "payment-reversal",
        Kind::CashDiscount => "cash-discount",
        Kind::SmallDifference => "small-difference",
        Kind::BankCharges => "bank-charges",
        Kind::WriteOffReversal => "write-off-reversal",
        Kind::Refund => "refund",
        Kind::RefundReversal => "refund-reversal",
        Kind::ReminderFee => "reminder-fee",
        Kind::ReminderInterest => "reminder-interest",
        Kind::ReminderWaived => "reminder-waived",
        // What an order commits is on no statement.
        Kind::Payment | Kind::OrderCommitted | Kind::OrderReleased => "payment",
    };
    StatementLine {
        on: entry.booked_on,
        kind,
        text,
        due_on,
        amount: Money::new(entry.minor, statement.currency),
        balance: Money::new(*balance, statement.currency),
    }
}
