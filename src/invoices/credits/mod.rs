//! Credit notes: they take back what an invoice said, whole or in part, and settle it. What is left over once the invoice
//! is settled stays on account and settles others. Like an invoice a credit note never changes.

pub mod api;
pub mod checks;
pub mod documents;
pub mod pages;
pub mod rules;
pub mod sentences;
pub mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use serde_json::json;

use self::rules::{Asked, CreditLine, Credited, Reason, credit, number};
pub use self::store::{list, list_settlements};
use crate::accounts;
use crate::accounts::rules::{Address, Buyer, EinvoiceWay, Seller};
use crate::audit::{self, Actor};
use crate::clock::{Timestamp, day_in};
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::events;
use crate::events::payloads::{AppliedPart, CreditNoteIssued};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{AccountId, ClaimId, CreditNoteId, InvoiceId, OrderId, RebateId, ReturnId};
use crate::invoices;
use crate::invoices::einvoice::outgoing::Named;
use crate::invoices::einvoice::{self, Source};
use crate::invoices::payments::rules::settle;
use crate::invoices::rules::InvoiceTax;
use crate::invoices::write_offs;
use crate::languages::Language;
use crate::ledger::{self, open_items};
use crate::money::{Currency, Money};
use crate::orders::shipping;
use crate::rebate_agreements::{self, Cause};

/// Longest note, in characters.
pub const NOTE_CHARS_MAX: usize = 500;

/// A credit note (type code 381) in the terms of EN 16931; parties and order are its invoice's. Frozen when issued, but for
/// what is left of it. Without lines and taxes where only its head was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditNote {
    pub id: CreditNoteId,
    /// Whose. BT-46
    pub account_id: AccountId,
    pub invoice_id: InvoiceId,
    /// BT-25
    pub invoice_number: String,
    /// BT-26
    pub invoice_issued_on: NaiveDate,
    pub order_id: OrderId,
    /// BT-14
    pub order_number: i64,
    /// BT-13
    pub po_number: String,
    /// BT-16
    pub shipment_number: i64,
    /// When the goods left that it takes back. BT-72
    pub delivered_on: NaiveDate,
    /// Year of issue and place in it: without gaps from 1.
    pub sequence: (i32, i64),
    /// BT-1
    pub number: String,
    /// BT-5
    pub currency: Currency,
    /// When exactly.
    pub issued_at: Timestamp,
    /// In the supplier's zone. BT-2
    pub issued_on: NaiveDate,
    pub reason: Reason,
    /// What else was said of it. BT-22
    pub note: Option<String>,
    /// The claim that it makes good, with its number.
    pub claim: Option<(ClaimId, String)>,
    /// The return whose goods it takes back, with its number.
    pub returned: Option<(ReturnId, String)>,
    /// The rebate that it is a part of.
    pub rebate_id: Option<RebateId>,
    /// BG-4
    pub seller: Seller,
    /// BG-7
    pub buyer: Buyer,
    /// BG-15
    pub ship_to: Address,
    /// BT-106, BT-109; above zero like all amounts of it
    pub net: Money,
    /// BT-110
    pub tax: Money,
    /// BT-112
    pub gross: Money,
    /// What of it has settled no invoice.
    pub open: Money,
    /// How many lines it has.
    pub line_count: i32,
    pub issued_by: String,
    /// Of its words; none in those that are older than this.
    pub language: Option<Language>,
    /// BG-25
    pub lines: Vec<CreditLine>,
    /// BG-23
    pub taxes: Vec<InvoiceTax>,
}

/// An invoice, its number and what of it was settled.
pub type Applied = (InvoiceId, String, Money);

/// What is to be credited.
#[derive(Debug, Clone)]
pub struct CreditRequest {
    /// None where the id is ill-formed.
    pub invoice_id: Option<InvoiceId>,
    pub reason: Reason,
    /// What else is to be said.
    pub note: Option<String>,
    /// All that is left of the invoice, if none are named.
    pub lines: Option<Vec<Asked>>,
    /// The return whose goods they are, with its number.
    pub returned: Option<(ReturnId, String)>,
    /// The rebate that it is a part of.
    pub rebate_id: Option<RebateId>,
}

/// Issues a credit note of an invoice. The same request has one effect; the flag says whether it is a repetition.
pub fn issue(
    tx: &mut Connection,
    key: &idempotency::Request,
    request: &CreditRequest,
    actor: &Actor,
    now: Timestamp,
) -> Result<(CreditNote, bool)> {
    let id = CreditNoteId::new();
    if let Begun::Replay(created) = idempotency::begin(tx, key, id.0, now)? {
        return Ok((get_for_staff(tx, CreditNoteId(created))?, true));
    }
    Ok((take_back(tx, id, request, actor, now)?, false))
}

/// Issues a credit note with this id, for whoever sees to it that the same request has one effect.
pub fn take_back(
    tx: &mut Connection,
    id: CreditNoteId,
    request: &CreditRequest,
    actor: &Actor,
    now: Timestamp,
) -> Result<CreditNote> {
    write(tx, id, request, true, actor, now)
}

/// The same of an invoice in whose place another comes: what was settled of it without money stays so, and goes over as credit.
pub fn take_back_for_another(
    tx: &mut Connection,
    id: CreditNoteId,
    request: &CreditRequest,
    actor: &Actor,
    now: Timestamp,
) -> Result<CreditNote> {
    write(tx, id, request, false, actor, now)
}

fn write(
    tx: &mut Connection,
    id: CreditNoteId,
    request: &CreditRequest,
    takes_discount: bool,
    actor: &Actor,
    now: Timestamp,
) -> Result<CreditNote> {
    let unknown = || Error::invalid("/invoice_id", Code::UnknownInvoice, sentences::no_invoice_to_credit());
    let invoice_id = request.invoice_id.ok_or_else(unknown)?;
    let account_id = invoices::store::find_account(tx, invoice_id)?.ok_or_else(unknown)?;
    let note = request.note.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let chars = note.map_or(0, |text| text.chars().count());
    if chars > NOTE_CHARS_MAX {
        let detail = sentences::credit_note_text_too_long(chars, NOTE_CHARS_MAX);
        return Err(Error::invalid("/note", Code::ValueTooLong, detail));
    }
    // Whatever takes something back of an invoice, or settles it, goes one after the other.
    let earns = ledger::lock_earning(tx, account_id)?;
    let invoice = invoices::get(tx, account_id, invoice_id)?;
    let account = accounts::get(tx, account_id)?;
    let is_einvoice = einvoice::is_wanted(&invoice, &account.einvoicing);
    let before = match takes_discount {
        true => to_credit(tx, account_id, invoice_id)?,
        // What takes its place bills the same goods again.
        false => store::credited(tx, invoice_id)?,
    };
    let left_minor = invoice.gross.minor - before.gross_minor();
    let credit = credit(&invoice, &before, request.lines.as_deref())?;
    let open_minor = invoice.open.minor;
    let issued_on = day_in(accounts::supplier_zone(tx)?, now);
    let unnumbered = (issued_on.year(), 0);
    let mut credit_note = CreditNote {
        id,
        account_id,
        invoice_id,
        invoice_number: invoice.number,
        invoice_issued_on: invoice.issued_on,
        order_id: invoice.order_id,
        order_number: invoice.order_number,
        po_number: invoice.po_number,
        shipment_number: invoice.shipment_number,
        delivered_on: invoice.delivered_on,
        sequence: unnumbered,
        number: number(unnumbered),
        currency: invoice.currency,
        issued_at: now,
        issued_on,
        reason: request.reason,
        note: note.map(str::to_owned),
        claim: None,
        returned: request.returned.clone(),
        rebate_id: request.rebate_id,
        seller: invoice.seller,
        buyer: invoice.buyer,
        ship_to: invoice.ship_to,
        net: credit.net,
        tax: credit.tax,
        gross: credit.gross,
        open: credit.gross,
        line_count: i32::try_from(credit.lines.len()).map_err(Error::internal)?,
        issued_by: actor.to_string(),
        language: Some(Language::from_locale(&account.locale)),
        lines: credit.lines,
        taxes: credit.taxes,
    };
    if is_einvoice {
        // What its receiver would refuse gets no number. An invoice that went on paper is credited on paper.
        einvoice::require_credit(&credit_note, &account.einvoicing)?;
    }
    // From here on every other credit note of the year waits for this one.
    credit_note.sequence = (issued_on.year(), store::next_sequence(tx, issued_on.year())?);
    credit_note.number = number(credit_note.sequence);
    let freed_minor = match takes_discount {
        true => {
            let left = (left_minor, left_minor - credit_note.gross.minor);
            write_offs::lessen(tx, (account_id, invoice_id), left, &credit_note.number, actor, now)?
        }
        false => 0,
    };
    let settled_minor = credit_note.gross.minor.min(open_minor + freed_minor);
    credit_note.open.minor -= settled_minor;
    let mut batch = Batch::new();
    store::insert(&mut batch, &credit_note)?;
    if is_einvoice && account.einvoicing.way == EinvoiceWay::AccessPoint {
        let document = Named {
            source: Source::CreditNote(id),
            account_id,
            number: &credit_note.number,
        };
        einvoice::outgoing::queue(&mut batch, document, &account.einvoicing.formats(), now)?;
    }
    let booked = (credit_note.gross.minor, issued_on);
    ledger::credit(&mut batch, account_id, id, booked, now);
    let settled = [(invoice_id, settled_minor)];
    open_items::apply_credit(&mut batch, id, settled.iter().filter(|(_, minor)| *minor > 0), now)?;
    let settled = Money::new(settled_minor, credit_note.currency);
    let event = events::Entry::new(Some(account_id), id, issued(&credit_note, settled));
    audit::record_with_event(&mut batch, actor, "credit_note.issue", &event, now);
    batch.run(tx)?;
    if earns {
        rebate_agreements::accrue(tx, &[account_id], &[invoice_id], Cause::Credited, now)?;
    }
    shipping::close_settled(tx, account_id, now)?;
    Ok(credit_note)
}

fn issued(credit: &CreditNote, settled: Money) -> CreditNoteIssued {
    let applied = AppliedPart {
        invoice_id: credit.invoice_id,
        number: credit.invoice_number.clone(),
        amount: settled.to_string(),
    };
    CreditNoteIssued {
        order_id: credit.order_id,
        invoice_id: credit.invoice_id,
        number: credit.number.clone(),
        invoice_number: credit.invoice_number.clone(),
        order_number: credit.order_number.to_string(),
        po_number: credit.po_number.clone(),
        reason: credit.reason,
        note: credit.note.clone(),
        currency: credit.currency.code().to_owned(),
        net_total: credit.net.to_string(),
        tax_total: credit.tax.to_string(),
        gross_total: credit.gross.to_string(),
        issued_on: credit.issued_on,
        applied: (settled.minor > 0).then_some(applied).into_iter().collect(),
        on_account: credit.open.to_string(),
    }
}

/// Settles open invoices with what of a credit note is still on account: the named one, else the oldest first.
pub fn apply(
    tx: &mut Connection,
    id: CreditNoteId,
    invoice_id: Option<Option<InvoiceId>>,
    actor: &Actor,
    now: Timestamp,
) -> Result<CreditNote> {
    let account_id = account_of(tx, id)?;
    let earns = ledger::lock_earning(tx, account_id)?;
    let credit_note = get(tx, account_id, id)?;
    let mut open: Vec<_> = open_items::list_open(tx, account_id)?
        .into_iter()
        .map(|item| (item.invoice_id, item.open_minor))
        .collect();
    if let Some(invoice_id) = invoice_id {
        open.retain(|(item, _)| Some(*item) == invoice_id);
        if open.is_empty() {
            let detail = invoices::sentences::no_open_invoice(&credit_note.buyer.code);
            return Err(Error::invalid("/invoice_id", Code::UnknownInvoice, detail));
        }
    }
    let matched = settle(credit_note.open.minor, open);
    let mut batch = Batch::new();
    store::update_open(&mut batch, (account_id, id), matched.on_account_minor);
    open_items::apply_credit(&mut batch, id, matched.applied.iter(), now)?;
    let applied: Vec<_> = matched
        .applied
        .iter()
        .map(|(invoice, minor)| json!({ "invoice_id": invoice.to_string(), "amount": Money::new(*minor, credit_note.currency).to_string() }))
        .collect();
    let entry = audit::Entry {
        action: "credit_note.apply",
        account_id: Some(account_id),
        object: id.to_string(),
        details: json!({ "applied": applied }),
    };
    batch.add(audit::recording(actor, &entry, now));
    batch.run(tx)?;
    if earns {
        let settled: Vec<_> = matched.applied.iter().map(|(invoice, _)| *invoice).collect();
        rebate_agreements::accrue(tx, &[account_id], &settled, Cause::Settled, now)?;
    }
    shipping::close_settled(tx, account_id, now)?;
    get(tx, account_id, id)
}

/// Settles invoices that are open again with what is left of their own credit notes. The account's exposure is locked already.
pub fn settle_own(tx: &mut Connection, account_id: AccountId, invoice_ids: &[InvoiceId], now: Timestamp) -> Result<()> {
    let left = store::list_left(tx, account_id, invoice_ids)?;
    if left.is_empty() {
        return Ok(());
    }
    let open = open_items::list_open(tx, account_id)?.into_iter();
    let mut open: HashMap<_, _> = open.map(|item| (item.invoice_id, item.open_minor)).collect();
    let mut batch = Batch::new();
    let mut parts = Vec::with_capacity(left.len());
    for (id, invoice_id, left_minor) in left {
        let owed = open.entry(invoice_id).or_default();
        let part = left_minor.min(*owed);
        if part > 0 {
            *owed -= part;
            store::update_open(&mut batch, (account_id, id), left_minor - part);
            parts.push((id, invoice_id, part));
        }
    }
    open_items::apply_credits(&mut batch, &parts, now)?;
    batch.run(tx)
}

/// Settles a part of an invoice with what of a credit note is on account. The account's exposure is locked already.
pub fn apply_part(
    batch: &mut Batch,
    credit: &CreditNote,
    invoice_id: InvoiceId,
    minor: i64,
    now: Timestamp,
) -> Result<()> {
    store::update_open(batch, (credit.account_id, credit.id), credit.open.minor - minor);
    open_items::apply_credits(batch, &[(credit.id, invoice_id, minor)], now)
}

/// What credit notes of the account's invoice have that settled nothing, minor units.
pub fn left_of(connection: &mut Connection, account_id: AccountId, invoice_id: InvoiceId) -> Result<i64> {
    let left = store::list_left(connection, account_id, &[invoice_id])?;
    Ok(left.into_iter().map(|(_, _, minor)| minor).sum())
}

/// The credit note of the account with its lines and tax table.
pub fn get(connection: &mut Connection, account_id: AccountId, id: CreditNoteId) -> Result<CreditNote> {
    let mut credit = store::find(connection, account_id, id)?.ok_or(Error::NotFound)?;
    let invoice = invoices::get(connection, account_id, credit.invoice_id)?;
    store::fill(connection, &mut credit, &invoice)?;
    Ok(credit)
}

/// A credit note with its lines and tax table, for staff.
pub fn get_for_staff(connection: &mut Connection, id: CreditNoteId) -> Result<CreditNote> {
    let account_id = account_of(connection, id)?;
    get(connection, account_id, id)
}

/// Whose credit note it is: for staff, who name no account.
pub fn account_of(connection: &mut Connection, id: CreditNoteId) -> Result<AccountId> {
    store::find_account(connection, id)?.ok_or(Error::NotFound)
}

/// What it settled.
pub fn applied(connection: &mut Connection, credit: &CreditNote) -> Result<Vec<Applied>> {
    store::list_applied(connection, credit)
}

/// What of a credit note was paid back: what neither settled an invoice nor is left.
pub fn refunded(credit: &CreditNote, applied: &[Applied]) -> Money {
    let settled: i64 = applied.iter().map(|(_, _, amount)| amount.minor).sum();
    Money::new(credit.gross.minor - settled - credit.open.minor, credit.currency)
}

/// What was credited of an invoice before.
pub fn credited(connection: &mut Connection, invoice_id: InvoiceId) -> Result<Credited> {
    store::credited(connection, invoice_id)
}

/// The same for somebody who credits more of it: with what of its goods was sent once more.
pub fn to_credit(connection: &mut Connection, account_id: AccountId, invoice_id: InvoiceId) -> Result<Credited> {
    Ok(Credited {
        replaced: store::list_replaced(connection, account_id, invoice_id)?,
        ..store::credited(connection, invoice_id)?
    })
}

/// Which credit notes somebody looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// Of the account with this code.
    pub account: Option<String>,
    /// Of this invoice.
    pub invoice_id: Option<InvoiceId>,
    /// Of this rebate.
    pub rebate_id: Option<RebateId>,
    /// Only those of which something has settled no invoice.
    pub is_open: bool,
    /// A part of their number, their invoice's or the account's own number; for staff of the account's code or name too.
    pub text: Option<String>,
    /// Issued on this day or later.
    pub from: Option<NaiveDate>,
    /// Issued on this day or before.
    pub to: Option<NaiveDate>,
}
