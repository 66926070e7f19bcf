//! Statements and entries of banks as REST shows them.

use chrono::NaiveDate;
use serde::Serialize;

use super::rules::{Direction, Format, State};
use super::{Counted, Movement};
use crate::clock::rfc3339;
use crate::money::Money;
use crate::sentences::{Params, Sentence};

/// What a file of a bank tells of one account.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct BankStatementView {
    #[schema(example = "bst_0B9Q4Z8K2M3N4")]
    id: String,
    /// What the file was called.
    file: String,
    #[schema(inline)]
    format: Format,
    /// As the bank names it: an IBAN, mostly.
    bank_account: String,
    currency: &'static str,
    /// The bank's number of it.
    #[schema(required)]
    number: Option<String>,
    /// What the account had before its entries; null where the file doesn't say.
    #[schema(required)]
    opening_balance: Option<String>,
    /// What it had after them.
    #[schema(required)]
    closing_balance: Option<String>,
    /// The day of its first entry.
    #[schema(required)]
    first_on: Option<NaiveDate>,
    #[schema(required)]
    last_on: Option<NaiveDate>,
    /// How many entries it has.
    entries: i32,
    /// Of them those that other files had told already.
    known: i32,
    /// Movements that the bank had not booked yet; they are left out.
    pending: i32,
    /// How many of its own entries are booked.
    booked: i64,
    proposed: i64,
    unknown: i64,
    ignored: i64,
    outgoing: i64,
    #[schema(format = DateTime)]
    imported_at: String,
    imported_by: String,
}

impl From<Counted> for BankStatementView {
    fn from(one: Counted) -> Self {
        let count = |state| one.count(state);
        let row = &one.row;
        let balance = |minor: Option<i64>| minor.map(|minor| Money::new(minor, row.currency).to_string());
        Self {
            id: row.id.to_string(),
            file: row.file.clone(),
            format: row.format,
            bank_account: row.bank_account.clone(),
            currency: row.currency.code(),
            number: row.number.clone(),
            opening_balance: balance(row.opening_minor),
            closing_balance: balance(row.closing_minor),
            first_on: row.first_on,
            last_on: row.last_on,
            entries: row.entry_count,
            known: row.known_count,
            pending: row.pending_count,
            booked: count(State::Booked),
            proposed: count(State::Proposed),
            unknown: count(State::Unknown),
            ignored: count(State::Ignored),
            outgoing: count(State::Outgoing),
            imported_at: rfc3339(row.imported_at),
            imported_by: row.imported_by.clone(),
        }
    }
}

/// The statements of a file.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct BankImportView {
    /// False where the same file was sent before: nothing changed.
    is_new: bool,
    statements: Vec<BankStatementView>,
}

impl BankImportView {
    pub fn new(statements: Vec<Counted>, is_known: bool) -> Self {
        Self {
            is_new: !is_known,
            statements: statements.into_iter().map(BankStatementView::from).collect(),
        }
    }
}

/// Why an entry may belong to what is proposed, or what speaks against it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MatchReasonView {
    /// `match_…` for it, `against_…` against it.
    code: String,
    detail: String,
    /// The values in the detail.
    params: Params,
}

impl From<&Sentence> for MatchReasonView {
    fn from(reason: &Sentence) -> Self {
        Self {
            code: reason.name().to_owned(),
            detail: reason.to_string(),
            params: reason.params(),
        }
    }
}

/// An invoice that an entry may pay, and how much of it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProposedPartView {
    invoice_id: String,
    invoice_number: String,
    amount: String,
}

/// A movement of the supplier's account at a bank, and what became of it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct BankEntryView {
    #[schema(example = "bke_0B9Q4Z8K2M3N4")]
    id: String,
    statement_id: String,
    bank_account: String,
    #[schema(inline)]
    state: State,
    /// When the bank booked it.
    booked_on: NaiveDate,
    #[schema(required)]
    value_on: Option<NaiveDate>,
    /// Zero or above.
    amount: String,
    currency: &'static str,
    #[schema(inline)]
    direction: Direction,
    /// It takes an earlier movement back.
    is_reversal: bool,
    /// What the bank kept for itself.
    charges: String,
    #[schema(required)]
    payer_name: Option<String>,
    #[schema(required)]
    payer_iban: Option<String>,
    /// What the payer wrote.
    remittance: String,
    /// What they gave in the field for a reference.
    #[schema(required)]
    reference: Option<String>,
    #[schema(required)]
    end_to_end_id: Option<String>,
    /// The bank's code of what kind of movement it is.
    #[schema(required)]
    bank_code: Option<String>,
    /// The bank's own reference of it.
    #[schema(required)]
    bank_reference: Option<String>,
    /// It was booked without anybody looking.
    is_sure: bool,
    /// Code of the account whose it is, or may be.
    #[schema(required)]
    account: Option<String>,
    /// The invoices that it pays, or may.
    proposed: Vec<ProposedPartView>,
    reasons: Vec<MatchReasonView>,
    /// The payment that it became.
    #[schema(required)]
    payment_id: Option<String>,
    /// The payment that it takes back, or may.
    #[schema(required)]
    takes_back: Option<String>,
    /// The refund that it is, or may be.
    #[schema(required)]
    refund_id: Option<String>,
    /// Why it was ignored, or looked at again.
    #[schema(required)]
    note: Option<String>,
    #[schema(required)]
    decided_at: Option<String>,
    #[schema(required)]
    decided_by: Option<String>,
}

impl From<Movement> for BankEntryView {
    fn from(movement: Movement) -> Self {
        let row = movement.row.own;
        let part = |(id, number, amount): (crate::ids::InvoiceId, String, Money)| ProposedPartView {
            invoice_id: id.to_string(),
            invoice_number: number,
            amount: amount.to_string(),
        };
        let money = |minor| Money::new(minor, row.currency).to_string();
        Self {
            id: row.id.to_string(),
            statement_id: row.statement_id.to_string(),
            bank_account: movement.row.bank_account,
            state: row.state,
            booked_on: row.booked_on,
            value_on: row.value_on,
            amount: money(row.amount_minor),
            currency: row.currency.code(),
            direction: row.direction,
            is_reversal: row.is_reversal,
            charges: money(row.charges_minor),
            payer_name: row.payer_name,
            payer_iban: row.payer_iban,
            remittance: row.remittance,
            reference: row.reference,
            end_to_end_id: row.end_to_end_id,
            bank_code: row.bank_code,
            bank_reference: row.bank_reference,
            is_sure: row.is_sure,
            account: movement.row.account,
            proposed: movement.proposed.into_iter().map(part).collect(),
            reasons: movement.reasons.iter().map(MatchReasonView::from).collect(),
            payment_id: row.payment_id.map(|id| id.to_string()),
            takes_back: row.takes_back_id.map(|id| id.to_string()),
            refund_id: row.refund_id.map(|id| id.to_string()),
            note: row.note,
            decided_at: row.decided_at.map(rfc3339),
            decided_by: row.decided_by,
        }
    }
}
