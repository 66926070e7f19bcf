//! Of invoices, credit notes, payments and reminders.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{CreditNoteId, InvoiceId, OrderId, ReminderId, ShipmentId, outside};
use crate::names::sets::{CreditNoteReason, InvoiceKind, OrderClass, WriteOffKind};

payloads! {
    /// A file of a bank told of an account, and what was sure of it is booked.
    BankStatementImported {
        /// What it was called.
        file: String,
        #[schema(example = "camt.053")]
        format: String,
        /// As the bank names it.
        bank_account: String,
        /// ISO 4217
        currency: String,
        /// How many movements it has.
        entries: i64,
        /// Those that other files had told already.
        known: i64,
        booked: i64,
        /// Those that somebody has to look at, because it is not sure what they are.
        proposed: i64,
        /// Those that nothing is known of.
        unknown: i64,
    }

    /// A credit note was issued: it takes back what its invoice said, whole or in part.
    CreditNoteIssued {
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        order_id: OrderId,
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        invoice_id: InvoiceId,
        /// Of the credit note.
        #[schema(example = "CN-2026-000042")]
        number: String,
        invoice_number: String,
        order_number: String,
        po_number: String,
        reason: CreditNoteReason,
        note: Option<String>,
        /// ISO 4217
        currency: String,
        net_total: String,
        tax_total: String,
        gross_total: String,
        issued_on: NaiveDate,
        /// What it settled of its invoice.
        applied: Vec<AppliedPart>,
        /// What of it settled no invoice.
        on_account: String,
    }

    /// An invoice was issued.
    InvoiceIssued {
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        order_id: OrderId,
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        shipment_id: ShipmentId,
        /// Of the invoice.
        #[schema(example = "2026-000042")]
        number: String,
        order_number: String,
        po_number: String,
        /// Code of the site.
        ship_to: String,
        order_class: OrderClass,
        /// ISO 4217
        currency: String,
        net_total: String,
        tax_total: String,
        gross_total: String,
        issued_on: NaiveDate,
        due_on: NaiveDate,
        /// What it is for; missing in those that are older than this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(inline)]
        kind: Option<InvoiceKind>,
        /// Number of the invoice that it corrects or adds to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        preceding_number: Option<String>,
    }

    /// A wrong invoice was taken back and another took its place.
    InvoiceCorrected {
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        order_id: OrderId,
        /// Of the wrong one.
        number: String,
        /// The invoice that took its place.
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        corrected_id: InvoiceId,
        corrected_number: String,
        /// The credit note that took back what was left of it.
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        credit_note_id: CreditNoteId,
        credit_note_number: String,
        po_number: String,
        reason: String,
        /// ISO 4217
        currency: String,
        /// What the corrected invoice comes to less what was taken back.
        difference: String,
    }

    /// Money was received.
    PaymentReceived {
        amount: String,
        /// ISO 4217
        currency: String,
        received_on: NaiveDate,
        /// What the payer wrote.
        reference: Option<String>,
        /// The invoices it settles, in part or in whole.
        applied: Vec<AppliedPart>,
        /// What it pays of fees and interest of reminders.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        charges: Vec<PaidCharge>,
        /// What is left of it.
        on_account: String,
        /// Number of the invoice that it names, where that was paid already.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        paid_already: Option<String>,
    }

    /// What a payment settles of an invoice.
    AppliedPart {
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        invoice_id: InvoiceId,
        number: String,
        amount: String,
    }

    /// What a payment pays of what a reminder costs.
    PaidCharge {
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        reminder_id: ReminderId,
        /// Of the reminder.
        number: String,
        amount: String,
    }

    /// A payment turned out not to be one.
    PaymentReversed {
        amount: String,
        /// ISO 4217
        currency: String,
        reason: String,
    }

    /// Something of an invoice was settled without money: a cash discount, a small difference, what banks kept.
    WriteOffBooked {
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        invoice_id: InvoiceId,
        /// Of the invoice.
        number: String,
        kind: WriteOffKind,
        amount: String,
        /// ISO 4217
        currency: String,
        booked_on: NaiveDate,
        /// Where somebody says why.
        reason: Option<String>,
    }

    /// What was settled without money is owed again.
    WriteOffReversed {
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        invoice_id: InvoiceId,
        kind: WriteOffKind,
        amount: String,
        /// ISO 4217
        currency: String,
        reason: String,
    }

    /// Money was paid back.
    RefundBooked {
        amount: String,
        /// ISO 4217
        currency: String,
        paid_on: NaiveDate,
        /// What the account reads on its statement.
        reference: Option<String>,
        /// What is still on account.
        on_account: String,
    }

    /// Money that was to be paid back was not, or came back.
    RefundReversed {
        amount: String,
        /// ISO 4217
        currency: String,
        reason: String,
    }

    /// The statement of a month goes to an account by mail.
    StatementMailed {
        /// The first day of the month.
        from: NaiveDate,
        /// The last day of the month.
        to: NaiveDate,
        /// ISO 4217
        currency: String,
        /// What was owed before the month.
        opening_balance: String,
        /// What was owed after it.
        closing_balance: String,
    }

    /// What an account bought in a period of a rebate has reached a tier.
    RebateTierReached {
        /// Code of the agreement.
        rebate: String,
        name: String,
        /// Days of the period, both included.
        from: NaiveDate,
        to: NaiveDate,
        /// ISO 4217
        currency: String,
        /// The turnover without tax from which on the tier counts.
        threshold: String,
        /// Percent.
        rate: String,
        /// What was bought in the period so far, without tax.
        turnover: String,
        /// What that earns.
        accrued: String,
    }

    /// What was earned by a rebate until the end of a period was paid.
    RebateSettled {
        /// Code of the agreement.
        rebate: String,
        name: String,
        /// Days of the last period, both included.
        from: NaiveDate,
        to: NaiveDate,
        /// ISO 4217
        currency: String,
        /// Without tax.
        amount: String,
        /// Numbers of the credit notes.
        credit_notes: Vec<String>,
    }

    /// An account was reminded of what is overdue.
    ReminderSent {
        /// Of the reminder.
        #[schema(example = "R-2026-000042")]
        number: String,
        /// 1 is a friendly reminder, 3 the last call.
        level: i32,
        sent_on: NaiveDate,
        /// ISO 4217
        currency: String,
        overdue_total: String,
        /// What is open and not due yet.
        not_due_total: String,
        fee: String,
        interest: String,
        /// What the account had paid or got credited and what had settled no invoice.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_account: Option<String>,
        /// What is left to pay of what is overdue, with fee and interest, less what is on account.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        balance: Option<String>,
        /// What it says instead of the built-in words.
        text_en: Option<String>,
        text_de: Option<String>,
        /// All that is open, the one due first first.
        items: Vec<RemindedItem>,
    }

    /// An invoice that a reminder names.
    RemindedItem {
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        invoice_id: InvoiceId,
        number: String,
        due_on: NaiveDate,
        /// Below zero before it is due.
        overdue_days: i64,
        open_amount: String,
        /// 0 where it is not due yet, or late by too few days for the first level.
        level: i32,
    }

    /// What holds for the credit of an account is another. For staff alone.
    AccountCreditChanged {
        /// Code of the account.
        account: String,
        /// What of it, by the names of the fields.
        changed: Vec<String>,
    }

    /// New orders of the account are held for what it owes.
    AccountOrdersHeld {
        overdue_total: String,
        /// ISO 4217
        currency: String,
    }

    /// New orders of the account are held no more, and those that were go on.
    AccountOrdersReleased {
        overdue_total: String,
        /// ISO 4217
        currency: String,
    }

    /// New orders of an account will be held for what it owes, unless it pays or somebody stops it.
    HoldAnnounced {
        /// Code of the account.
        account: String,
        held_from: NaiveDate,
        overdue_total: String,
        /// ISO 4217
        currency: String,
    }
}
