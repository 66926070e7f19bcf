//! Statements as REST shows them.

use chrono::NaiveDate;
use serde::Serialize;

use crate::error::Result;
use crate::http::{List, Page};
use crate::invoices::statement::{Document, Entry, Statement};
use crate::ledger::rules::Kind;
use crate::money::{Currency, Money};

/// What an account owes, and since when.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct StatementView {
    /// ISO 4217
    currency: &'static str,
    /// First day of the period; null is the account's first.
    #[schema(required)]
    from: Option<NaiveDate>,
    /// Last day of the period.
    to: NaiveDate,
    /// What was owed before the first entry shown; negative is in the account's favour.
    opening_balance: String,
    /// What was owed after the last entry shown.
    closing_balance: String,
    /// What is owed now, whatever the period.
    balance: String,
    /// Received and not yet set against an invoice.
    on_account: String,
    /// Fees and interest of reminders that are owed; part of the balance.
    charges: String,
    /// The highest level that an open invoice was reminded at; 0 is none, 3 the last call.
    reminder_level: i32,
    ageing: AgeingView,
    entries: List<StatementEntryView>,
}

/// Open invoices by days after their due day.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AgeingView {
    not_due: String,
    late_1_30: String,
    late_31_60: String,
    late_61_90: String,
    late_over_90: String,
}

/// Something that changed what is owed.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct StatementEntryView {
    booked_on: NaiveDate,
    kind: Kind,
    /// Positive where more is owed.
    amount: String,
    /// What is owed after it.
    balance: String,
    #[schema(required)]
    invoice_id: Option<String>,
    #[schema(required)]
    invoice_number: Option<String>,
    #[schema(required)]
    po_number: Option<String>,
    #[schema(required)]
    due_on: Option<NaiveDate>,
    #[schema(required)]
    payment_id: Option<String>,
    #[schema(required)]
    credit_note_id: Option<String>,
    #[schema(required)]
    credit_note_number: Option<String>,
    #[schema(required)]
    reminder_id: Option<String>,
    #[schema(required)]
    reminder_number: Option<String>,
    /// What the payer wrote, or what stands on a refund.
    #[schema(required)]
    reference: Option<String>,
    /// What was settled without money; of the invoice that is named.
    #[schema(required)]
    write_off_id: Option<String>,
    /// Money that was paid back.
    #[schema(required)]
    refund_id: Option<String>,
}

impl StatementView {
    /// A page of [`Page::fetch`] entries; `filter` is what the cursor holds for.
    pub fn new<F: Serialize>(statement: Statement, page: &Page, filter: &F) -> Result<Self> {
        let currency = statement.currency;
        let money = |minor| Money::new(minor, currency).to_string();
        let mut balance = statement.opening_minor;
        let running: Vec<_> = statement
            .entries
            .into_iter()
            .map(|entry| {
                balance += entry.minor;
                (entry, balance)
            })
            .collect();
        let shown = usize::try_from(page.limit).unwrap_or(usize::MAX);
        let closing = running
            .iter()
            .take(shown)
            .next_back()
            .map_or(statement.opening_minor, |(_, after)| *after);
        let keys = |(entry, after): &(Entry, i64)| (entry.booked_on, entry.id, *after);
        let ageing = statement.ageing;
        Ok(Self {
            currency: currency.code(),
            from: statement.from,
            to: statement.to,
            opening_balance: money(statement.opening_minor),
            closing_balance: money(closing),
            balance: money(statement.balance_minor),
            on_account: money(statement.on_account_minor),
            charges: money(statement.charges_minor),
            reminder_level: statement.reminder_level,
            ageing: AgeingView {
                not_due: money(ageing.not_due),
                late_1_30: money(ageing.late_1_30),
                late_31_60: money(ageing.late_31_60),
                late_61_90: money(ageing.late_61_90),
                late_over_90: money(ageing.late_over_90),
            },
            entries: List::of(page, filter, running, keys, |(entry, after)| {
                StatementEntryView::new(entry, after, currency)
            })?,
        })
    }
}

impl StatementEntryView {
    fn new(entry: Entry, after: i64, currency: Currency) -> Self {
        let money = |minor| Money::new(minor, currency).to_string();
        let mut view = Self {
            booked_on: entry.booked_on,
            kind: entry.kind,
            amount: money(entry.minor),
            balance: money(after),
            invoice_id: None,
            invoice_number: None,
            po_number: None,
            due_on: None,
            payment_id: None,
            credit_note_id: None,
            credit_note_number: None,
            reminder_id: None,
            reminder_number: None,
            reference: None,
            write_off_id: None,
            refund_id: None,
        };
        match entry.document {
            Document::Invoice {
                id,
                number,
                po_number,
                due_on,
            } => {
                view.invoice_id = Some(id.to_string());
                view.invoice_number = Some(number);
                view.po_number = Some(po_number);
                view.due_on = due_on;
            }
            Document::CreditNote { id, number, po_number } => {
                view.credit_note_id = Some(id.to_string());
                view.credit_note_number = Some(number);
                view.po_number = Some(po_number);
            }
            Document::Reminder { id, number } => {
                view.reminder_id = Some(id.to_string());
                view.reminder_number = Some(number);
            }
            Document::WriteOff { id, invoice_id, number } => {
                view.write_off_id = Some(id.to_string());
                view.invoice_id = Some(invoice_id.to_string());
                view.invoice_number = Some(number);
            }
            Document::Refund { id, reference } => {
                view.refund_id = Some(id.to_string());
                view.reference = reference;
            }
            Document::Payment { id, reference } => {
                view.payment_id = Some(id.to_string());
                view.reference = reference;
            }
        }
        view
    }
}
