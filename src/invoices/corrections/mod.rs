//! Cancel and correct: what is left of a wrong invoice is taken back by a credit note, and an invoice with today's data takes its
//! place, in one transaction. Money that was paid for the wrong one goes over to it.

pub mod checks;
pub mod rules;
pub mod sentences;
mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use std::collections::HashMap;

use chrono::Datelike;

use self::rules::{Obstacles, Prices, Wanted, checked, lines, moves, refuse};
use self::store::CorrectionRow;
use super::credits::rules::{Credited, Reason, credit};
use super::credits::{self, CreditNote, CreditRequest};
use super::issuing::{number_it, queue_file, record, refuse_without_country, taxed_products, taxes};
use super::rules::billing::sum_up;
use super::rules::{Invoice, Kind, Preceding, due_on, number};
use super::{einvoice, store as invoices_store, terms as discounts};
use crate::accounts::parties;
use crate::accounts::rules::Account;
use crate::accounts::{self, terms};
use crate::audit::{self, Actor};
use crate::clock::{Timestamp, day_in};
use crate::db::{Batch, Connection};
use crate::error::{Error, Result};
use crate::events;
use crate::events::payloads::InvoiceCorrected;
use crate::identity::idempotency::{self, Begun};
use crate::ids::{AccountId, CreditNoteId, InvoiceId, InvoiceLineId, OrderLineId, PaymentId};
use crate::languages::Language;
use crate::ledger::{self, Invoiced, open_items};
use crate::limits;
use crate::money::Money;
use crate::orders::rules::Order;
use crate::orders::{self, shipping};
use crate::pricing::again::price_again;
use crate::pricing::rules::{Bought, Priced};
use crate::rebate_agreements::{self, Cause};

/// A correction that was made.
#[derive(Debug, Clone)]
pub struct Correction {
    /// The wrong invoice.
    pub wrong: Invoice,
    /// What takes it back.
    pub credit: CreditNote,
    /// What took its place.
    pub right: Invoice,
}

/// What a correction would come to.
#[derive(Debug, Clone)]
pub struct Preview {
    pub wrong: Invoice,
    /// What would be taken back: net, tax and gross.
    pub taken_back: (Money, Money, Money),
    /// Without a number.
    pub right: Invoice,
    /// What payments for the wrong one come to that would go over.
    pub moved: Money,
    /// What would be on account.
    pub on_account: Money,
}

/// Everything that a correction is made of, before anything is stored.
struct Plan {
    wrong: Invoice,
    before: Credited,
    right: Invoice,
    order: Order,
    account: Account,
}

/// Takes back an invoice and issues the one in its place. The same request has one effect; the flag says whether it is a repetition.
pub fn correct(
    tx: &mut Connection,
    key: &idempotency::Request,
    invoice_id: InvoiceId,
    wanted: &Wanted,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Correction, bool)> {
    let id = InvoiceId::new();
    if let Begun::Replay(created) = idempotency::begin(tx, key, id.0, now)? {
        return Ok((of_corrected(tx, InvoiceId(created))?, true));
    }
    let account_id = super::account_of(tx, invoice_id)?;
    let wanted = checked(wanted, limits::REFERENCE)?;
    let earns = ledger::lock_earning(tx, account_id)?;
    let mut plan = plan(tx, (account_id, invoice_id), id, &wanted, actor, now)?;
    einvoice::require(&plan.right, &plan.account.einvoicing)?;
    // The new one first: while it is open nobody takes the order for paid.
    number_it(tx, &mut plan.right)?;
    issue(tx, &plan, actor, now)?;
    let paid = store::list_paid(tx, invoice_id)?;
    let off: Vec<_> = paid.iter().map(|(id, minor, _)| (*id, invoice_id, -minor)).collect();
    let mut batch = Batch::new();
    open_items::apply_all(&mut batch, &off, now)?;
    batch.run(tx)?;
    let request = CreditRequest {
        invoice_id: Some(invoice_id),
        reason: Reason::WrongInvoice,
        note: Some(wanted.reason.clone()),
        lines: None,
        returned: None,
        rebate_id: None,
    };
    let credit = credits::take_back_for_another(tx, CreditNoteId::new(), &request, actor, now)?;
    credits::settle_own(tx, account_id, &[invoice_id], now)?;
    settle(tx, &plan, &credit, &paid, now)?;
    let mut batch = Batch::new();
    store::update_billed(&mut batch, plan.wrong.shipment_id, id);
    let row = CorrectionRow {
        corrected_id: id,
        invoice_id,
        account_id,
        credit_note_id: credit.id,
        reason: wanted.reason.clone(),
        prices: wanted.prices,
        corrected_at: now,
        corrected_by: actor.to_string(),
    };
    store::insert(&mut batch, &row)?;
    let told = InvoiceCorrected {
        order_id: plan.wrong.order_id,
        number: plan.wrong.number.clone(),
        corrected_id: id,
        corrected_number: plan.right.number.clone(),
        credit_note_id: credit.id,
        credit_note_number: credit.number.clone(),
        po_number: plan.right.po_number.clone(),
        reason: wanted.reason,
        currency: plan.wrong.currency.code().to_owned(),
        difference: Money::new(plan.right.gross.minor - credit.gross.minor, plan.wrong.currency).to_string(),
    };
    let event = events::Entry::new(Some(account_id), invoice_id, told);
    audit::record_with_event(&mut batch, actor, "invoice.correct", &event, now);
    batch.run(tx)?;
    if earns {
        rebate_agreements::accrue(tx, &[account_id], &[invoice_id, id], Cause::Invoiced, now)?;
    }
    shipping::reopen_unsettled(tx, account_id, now)?;
    shipping::close_settled(tx, account_id, now)?;
    Ok((of_corrected(tx, id)?, false))
}

/// What a correction would come to, if it is possible.
pub fn preview(
    connection: &mut Connection,
    invoice_id: InvoiceId,
    wanted: &Wanted,
    actor: &Actor,
    now: Timestamp,
) -> Result<Preview> {
    let account_id = super::account_of(connection, invoice_id)?;
    let wanted = checked(wanted, limits::REFERENCE)?;
    let plan = plan(
        connection,
        (account_id, invoice_id),
        InvoiceId::new(),
        &wanted,
        actor,
        now,
    )?;
    einvoice::require(&plan.right, &plan.account.einvoicing)?;
    let credit = credit(&plan.wrong, &plan.before, None)?;
    let paid = store::list_paid(connection, invoice_id)?;
    let parts: Vec<_> = paid.iter().map(|(id, minor, _)| (*id, *minor)).collect();
    let paid_minor: i64 = parts.iter().map(|(_, minor)| minor).sum();
    // What is settled of it otherwise stays so; own credit notes that have something left settle it first.
    let open = plan.wrong.open.minor + paid_minor;
    let settled = credit.gross.minor.min(open);
    let own_left = credits::left_of(connection, account_id, invoice_id)?;
    let still_open = open - settled - own_left.min(open - settled);
    let moves = moves(&parts, still_open, plan.right.gross.minor, credit.gross.minor - settled);
    let freed: i64 = moves.freed.iter().map(|(_, minor)| minor).sum();
    let moved: i64 = moves.moved.iter().map(|(_, minor)| minor).sum();
    let money = |minor| Money::new(minor, plan.wrong.currency);
    Ok(Preview {
        taken_back: (credit.net, credit.tax, credit.gross),
        moved: money(moved),
        on_account: money(freed + credit.gross.minor - settled - moves.credit_minor),
        right: plan.right,
        wrong: plan.wrong,
    })
}

/// The correction by which an invoice took the place of another; for staff.
pub fn of_corrected(connection: &mut Connection, id: InvoiceId) -> Result<Correction> {
    let account_id = super::account_of(connection, id)?;
    let row = store::find(connection, account_id, id)?.ok_or(Error::NotFound)?;
    Ok(Correction {
        wrong: super::get(connection, account_id, row.invoice_id)?,
        credit: credits::get(connection, account_id, row.credit_note_id)?,
        right: super::get(connection, account_id, id)?,
    })
}

/// The corrected invoice as it would be issued, without a number; the same number of statements however many lines it has.
fn plan(
    connection: &mut Connection,
    (account_id, invoice_id): (AccountId, InvoiceId),
    id: InvoiceId,
    wanted: &Wanted,
    actor: &Actor,
    now: Timestamp,
) -> Result<Plan> {
    let wrong = super::get(connection, account_id, invoice_id)?;
    let before = credits::credited(connection, invoice_id)?;
    let obstacles = Obstacles {
        amounts: store::list_amounts(connection, invoice_id)?,
        difference: store::find_difference(connection, invoice_id)?,
    };
    refuse(&wrong, &before, &obstacles, wanted.prices)?;
    let order = orders::get(connection, account_id, wrong.order_id)?;
    let account = accounts::get(connection, account_id)?;
    let mut parties = parties::load(connection, account_id, order.site_id)?;
    refuse_without_country(&parties)?;
    let prices = match wanted.prices {
        Prices::AsInvoiced => HashMap::new(),
        Prices::Current => current(connection, &order, &wrong)?,
    };
    let mut lines = lines(&wrong, &before, &prices, InvoiceLineId::new)?;
    let products: HashMap<_, _> = order.lines.iter().map(|line| (line.id, line.product_id)).collect();
    let ids: Vec<_> = lines
        .iter()
        .filter_map(|line| products.get(&line.order_line_id).copied())
        .collect();
    let taxed = taxed_products(connection, &order, &parties, &ids, wrong.delivered_on)?;
    for line in &mut lines {
        let product = products.get(&line.order_line_id).and_then(|id| taxed.get(id));
        let missing = || Error::internal(format!("{} has no product", line.order_line_id));
        let product = product.ok_or_else(missing)?;
        line.treatment = product.treatment.clone();
        line.gtin.clone_from(&product.gtin);
    }
    let bill = sum_up(lines, wrong.currency)?;
    let issued_on = day_in(accounts::supplier_zone(connection)?, now);
    let language = Language::from_locale(&parties.locale);
    let unnumbered = (issued_on.year(), 0);
    let terms_days = wanted.payment_terms_days.unwrap_or(parties.payment_terms_days);
    if wanted.buyer_reference.is_some() {
        parties.buyer.reference.clone_from(&wanted.buyer_reference);
    }
    let right = Invoice {
        id,
        account_id,
        order_id: wrong.order_id,
        shipment_id: wrong.shipment_id,
        sequence: unnumbered,
        number: number(unnumbered),
        currency: wrong.currency,
        issued_at: now,
        issued_on,
        delivered_on: wrong.delivered_on,
        due_on: due_on(issued_on, terms_days),
        payment_terms_days: terms_days,
        terms: None,
        cash_discount: discounts::offered(connection, account_id, bill.gross.minor, (issued_on, terms_days))?,
        language: Some(language),
        po_number: wanted.po_number.clone().unwrap_or_else(|| wrong.po_number.clone()),
        order_number: wrong.order_number,
        shipment_number: wrong.shipment_number,
        taxes: taxes(&bill, language, parties.exemption_code.as_deref()),
        seller: parties.seller,
        buyer: parties.buyer,
        ship_to: parties.ship_to,
        net: bill.net,
        tax: bill.tax,
        gross: bill.gross,
        line_count: i32::try_from(bill.lines.len()).map_err(Error::internal)?,
        issued_by: actor.to_string(),
        open: bill.gross,
        kind: Kind::Corrected,
        preceding: Some(Preceding {
            id: wrong.id,
            number: wrong.number.clone(),
            issued_on: wrong.issued_on,
        }),
        corrected_by: None,
        note: Some(wanted.reason.clone()),
        remittance: None,
        period: None,
        lines: bill.lines,
    };
    Ok(Plan {
        wrong,
        before,
        right,
        order,
        account,
    })
}

/// Today's prices for the day of the order, of the lines that have one. What is without charge stays so.
fn current(connection: &mut Connection, order: &Order, wrong: &Invoice) -> Result<HashMap<OrderLineId, Priced>> {
    let terms = terms::load(connection, wrong.account_id)?;
    let billed = |id: &OrderLineId| {
        let mut lines = wrong.lines.iter();
        lines.any(|line| line.order_line_id == *id && line.unit_price.micros > 0)
    };
    let lines: Vec<_> = order.lines.iter().filter(|line| billed(&line.id)).collect();
    let bought: Vec<_> = lines
        .iter()
        .map(|line| Bought {
            product_id: line.product_id,
            unit: line.unit.clone(),
            content: line.content,
            quantity: line.quantity,
            on: order.placed_on,
            site: order.site_id,
            order_class: order.order_class,
            explanation: line.explanation.clone(),
        })
        .collect();
    let priced = price_again(connection, &terms, &bought)?;
    let pairs = lines.iter().zip(priced);
    Ok(pairs.filter_map(|(line, priced)| Some((line.id, priced?))).collect())
}

/// Stores the corrected invoice. Nothing of the order's commitment goes: the wrong one took its place already.
fn issue(tx: &mut Connection, plan: &Plan, actor: &Actor, now: Timestamp) -> Result<()> {
    let right = &plan.right;
    let invoiced = Invoiced {
        account_id: right.account_id,
        order_id: right.order_id,
        invoice_id: right.id,
        gross_minor: right.gross.minor,
        released_minor: 0,
        issued_on: right.issued_on,
    };
    let mut batch = Batch::new();
    invoices_store::insert(&mut batch, right)?;
    ledger::invoice(&mut batch, invoiced, now);
    open_items::open(
        &mut batch,
        right.account_id,
        right.order_id,
        right.id,
        right.due_on,
        right.gross.minor,
    );
    queue_file(&mut batch, right, &plan.account, now)?;
    record(&mut batch, right, &plan.order, actor, now);
    batch.run(tx)
}

/// Brings the money of the wrong invoice over.
fn settle(
    tx: &mut Connection,
    plan: &Plan,
    credit: &CreditNote,
    paid: &[(PaymentId, i64, i64)],
    now: Timestamp,
) -> Result<()> {
    let (wrong_id, right) = (plan.wrong.id, &plan.right);
    let known = open_items::list_by_id(tx, &[wrong_id])?;
    let still_open = known.first().map_or(0, |item| item.open_minor);
    let parts: Vec<_> = paid.iter().map(|(id, minor, _)| (*id, *minor)).collect();
    let moves = moves(&parts, still_open, right.gross.minor, credit.open.minor);
    let kept = moves.kept.iter().map(|(id, minor)| (*id, wrong_id, *minor));
    let moved = moves.moved.iter().map(|(id, minor)| (*id, right.id, *minor));
    let parts: Vec<_> = kept.chain(moved).collect();
    let mut batch = Batch::new();
    open_items::apply_all(&mut batch, &parts, now)?;
    store::add_unapplied(&mut batch, &moves.freed)?;
    batch.run(tx)?;
    if moves.credit_minor > 0 {
        let mut batch = Batch::new();
        credits::apply_part(&mut batch, credit, right.id, moves.credit_minor, now)?;
        batch.run(tx)?;
    }
    Ok(())
}
