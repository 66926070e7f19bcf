//! The statement of an account: what it owed before, what changed that, what it owes, and how late that is.

pub mod documents;
mod files;
pub mod monthly;
pub mod pages;
mod store;
pub mod supplier_pages;

use chrono::NaiveDate;

use crate::accounts;
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, CreditNoteId, InvoiceId, LedgerEntryId, PaymentId, RefundId, ReminderId, WriteOffId};
use crate::invoices::rules::ageing::Ageing;
use crate::invoices::sentences;
use crate::ledger;
use crate::ledger::open_items;
use crate::ledger::rules::Kind;
use crate::money::Currency;
use crate::sheets::export::{READ_MAX, ROWS_MAX};

/// What an entry books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Document {
    Invoice {
        id: InvoiceId,
        number: String,
        /// The account's own number of its order.
        po_number: String,
        due_on: Option<NaiveDate>,
    },
    CreditNote {
        id: CreditNoteId,
        number: String,
        /// The account's own number of its invoice's order.
        po_number: String,
    },
    /// A reminder that costs something, or no more.
    Reminder { id: ReminderId, number: String },
    /// What was settled without money, or is owed again.
    WriteOff {
        id: WriteOffId,
        invoice_id: InvoiceId,
        /// Of the invoice.
        number: String,
    },
    /// Money that was paid back, or its reversal.
    Refund { id: RefundId, reference: Option<String> },
    /// A payment, or its reversal.
    Payment {
        id: PaymentId,
        /// What the payer wrote.
        reference: Option<String>,
    },
}

/// Something that changed what the account owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: LedgerEntryId,
    /// The day it counts for.
    pub booked_on: NaiveDate,
    /// What booked it.
    pub kind: Kind,
    /// Minor units; what is owed grows where it is positive.
    pub minor: i64,
    /// What it books.
    pub document: Document,
}

/// Which part of the statement.
#[derive(Debug, Clone, Copy, Default, serde::Serialize)]
pub struct Period {
    /// First day; the account's first where none is named.
    pub from: Option<NaiveDate>,
    /// Last day; today where none is named.
    pub to: Option<NaiveDate>,
}

/// A page of a statement. Amounts are minor units.
#[derive(Debug)]
pub struct Statement {
    /// Of all amounts.
    pub currency: Currency,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: NaiveDate,
    /// What was owed before the first entry of the page.
    pub opening_minor: i64,
    /// The entries in their order.
    pub entries: Vec<Entry>,
    /// What is owed now, whatever the period.
    pub balance_minor: i64,
    /// Payments that settled no invoice yet.
    pub on_account_minor: i64,
    /// How late the open invoices are today.
    pub ageing: Ageing,
    /// What is owed of fees and interest of reminders.
    pub charges_minor: i64,
    /// The highest level that an open invoice was reminded at; 0 is none.
    pub reminder_level: i32,
}

/// The first day anything can be booked on.
const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 1).expect("a day of the calendar");

/// Where a page begins: behind an entry, with what was owed after it.
pub type After = (NaiveDate, LedgerEntryId, i64);

/// At most `limit` entries of the account's statement.
pub fn load(
    connection: &mut Connection,
    account_id: AccountId,
    period: Period,
    after: Option<After>,
    limit: i64,
    now: Timestamp,
) -> Result<Statement> {
    let today = day_in(accounts::supplier_zone(connection)?, now);
    let to = period.to.unwrap_or(today);
    if period.from.is_some_and(|from| from > to) {
        let detail = sentences::period_ends_early(to);
        return Err(Error::invalid("/from", Code::ValueInvalid, detail));
    }
    let from = period.from.unwrap_or(FIRST_DAY);
    let opening_minor = match after {
        Some((_, _, balance)) => balance,
        None => store::balance_before(connection, account_id, from)?,
    };
    let behind = after.map(|(day, id, _)| (day, id));
    let entries = store::list_entries(connection, account_id, (from, to), behind, limit)?;
    let open = open_items::list_open(connection, account_id)?;
    let balance_minor = ledger::receivable(connection, account_id)?;
    let open_minor: i64 = open.iter().map(|item| item.open_minor).sum();
    let charges_minor = ledger::charges::sum_open(connection, account_id)?;
    Ok(Statement {
        currency: accounts::get(connection, account_id)?.currency,
        from: period.from,
        to,
        opening_minor,
        entries,
        balance_minor,
        on_account_minor: open_minor + charges_minor - balance_minor,
        charges_minor,
        reminder_level: open.iter().map(|item| item.reminder_level).max().unwrap_or_default(),
        ageing: Ageing::of(open.iter().map(|item| (item.due_on, item.open_minor)), today),
    })
}

/// The entries of a period as CSV, each with what was owed after it.
pub fn csv(connection: &mut Connection, account_id: AccountId, period: Period, now: Timestamp) -> Result<Vec<u8>> {
    let statement = load(connection, account_id, period, None, READ_MAX, now)?;
    if statement.entries.len() > ROWS_MAX {
        let detail = sentences::statement_too_long(ROWS_MAX);
        return Err(Error::invalid("/from", Code::ValueInvalid, detail));
    }
    Ok(files::FILE.csv(&files::rows(statement)))
}
