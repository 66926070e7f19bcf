//! A price correction is released: everything is looked at again in the transaction that issues its documents. A line that is not any
//! more what the preview said is left out, and none is corrected twice.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use super::rules::{Difference, Outcome, State};
use super::store::{self, Ended};
use super::{Line, Run, Whole, get, lock, look, record, sentences};
use crate::accounts;
use crate::audit::Actor;
use crate::clock::{Timestamp, day_in};
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::ids::{CreditNoteId, InvoiceId, InvoiceLineId, PriceCorrectionId};
use crate::invoices::credits::rules::{Asked, CreditLine, Reason, What};
use crate::invoices::credits::{self, CreditRequest};
use crate::invoices::issuing::{number_it, queue_file};
use crate::invoices::rules::billing::sum_up;
use crate::invoices::rules::{Invoice, InvoiceLine, InvoiceTax, Kind, Preceding, due_on, number};
use crate::invoices::{self, einvoice, issuing, terms};
use crate::languages::Language;
use crate::ledger::{self, Invoiced, open_items};
use crate::money::Money;
use crate::orders::{self, shipping};
use crate::rebate_agreements::{self, Cause};
use crate::tax::rules::TaxGroup;

/// Issues what a run proposes, as things are now.
pub fn release(tx: &mut Connection, id: PriceCorrectionId, actor: &Actor, now: Timestamp) -> Result<Whole> {
    let run = lock(tx, id)?;
    let lines = store::list_lines(tx, id)?;
    if lines.is_empty() {
        let detail = sentences::price_correction_empty(&run.number);
        return Err(Error::conflict(Code::PriceCorrectionStateForbids, detail));
    }
    let mut account_ids: Vec<_> = lines.iter().map(|line| line.account_id).collect();
    account_ids.sort_unstable();
    account_ids.dedup();
    // From here on nothing of what is looked at is credited or corrected otherwise.
    ledger::lock_all(tx, &account_ids)?;
    let ids: Vec<_> = lines.iter().map(|line| line.invoice_line_id).collect();
    let (found, _) = {
        let invoiced = store::list_invoiced_by_id(tx, &ids)?;
        look(tx, invoiced)?
    };
    let found: HashMap<_, _> = found.into_iter().map(|one| (one.standing.id, one)).collect();
    let mut ended: Vec<Ended> = Vec::new();
    let mut by_invoice: BTreeMap<InvoiceId, Vec<(&Line, &Difference)>> = BTreeMap::new();
    for line in &lines {
        match found.get(&line.invoice_line_id).filter(|one| is_as_proposed(line, one)) {
            Some(one) => by_invoice.entry(line.invoice_id).or_default().push((line, one)),
            None => ended.push((line.invoice_line_id, Outcome::Changed, None, None)),
        }
    }
    let issued_on = day_in(accounts::supplier_zone(tx)?, now);
    // All invoices before all credit notes: whoever draws of both series draws them in this order.
    for (invoice_id, own) in &by_invoice {
        let dearer: Vec<_> = own.iter().filter(|(_, one)| one.minor > 0).copied().collect();
        if let Some((line, _)) = dearer.first() {
            let named = |error| of_invoice(&line.invoice, error);
            let difference_id = bill(tx, &run, (*invoice_id, &dearer), issued_on, actor, now).map_err(named)?;
            ended.extend(done(&dearer, None, Some(difference_id)));
        }
    }
    for (invoice_id, own) in &by_invoice {
        let cheaper: Vec<_> = own.iter().filter(|(_, one)| one.minor < 0).copied().collect();
        if let Some((line, _)) = cheaper.first() {
            let named = |error| of_invoice(&line.invoice, error);
            let credit_id = take_back(tx, &run, (*invoice_id, &cheaper), actor, now).map_err(named)?;
            ended.extend(done(&cheaper, Some(credit_id), None));
        }
    }
    let mut batch = Batch::new();
    store::update_lines(&mut batch, id, &ended)?;
    store::update_state(&mut batch, id, State::Released, &actor.to_string(), now);
    let changed = ended
        .iter()
        .filter(|(_, outcome, ..)| *outcome == Outcome::Changed)
        .count();
    let details = json!({ "number": run.number, "lines": ended.len() - changed, "changed": changed });
    record(&mut batch, actor, id, "price_correction.release", details, now);
    batch.run(tx)?;
    get(tx, id)
}

/// True while the line comes to what the preview said.
fn is_as_proposed(line: &Line, one: &Difference) -> bool {
    (
        line.quantity.steps,
        line.base_minor,
        line.should_minor,
        line.difference_minor,
    ) == (one.standing.left, one.standing.base_minor, one.should_minor, one.minor)
}

fn done<'a>(
    lines: &'a [(&'a Line, &'a Difference)],
    credit_id: Option<CreditNoteId>,
    difference_id: Option<InvoiceId>,
) -> impl Iterator<Item = Ended> + 'a {
    let lines = lines.iter();
    lines.map(move |(line, _)| (line.invoice_line_id, Outcome::Done, credit_id, difference_id))
}

/// Says of which invoice something is refused.
pub fn of_invoice(invoice: &str, error: Error) -> Error {
    match error {
        Error::Refused { code, detail } => {
            Error::refused(code, sentences::price_correction_of_invoice(invoice, detail))
        }
        Error::Conflict { code, detail } => {
            Error::conflict(code, sentences::price_correction_of_invoice(invoice, detail))
        }
        other => other,
    }
}

/// What stands on a document of a run.
fn note(run: &Run) -> String {
    match &run.note {
        Some(note) => format!("{}: {note}", run.number),
        None => run.number.clone(),
    }
}

/// Credits what was too dear on an invoice.
fn take_back(
    tx: &mut Connection,
    run: &Run,
    (invoice_id, lines): (InvoiceId, &[(&Line, &Difference)]),
    actor: &Actor,
    now: Timestamp,
) -> Result<CreditNoteId> {
    let asked = lines.iter().map(|(line, one)| Asked {
        position: line.position,
        what: What::Net(Money::new(-one.minor, line.currency).to_string()),
    });
    let request = CreditRequest {
        invoice_id: Some(invoice_id),
        reason: Reason::Price,
        note: Some(note(run)),
        lines: Some(asked.collect()),
        returned: None,
        rebate_id: None,
    };
    Ok(credits::take_back(tx, CreditNoteId::new(), &request, actor, now)?.id)
}

/// Invoices what was too cheap on an invoice, with its parties and by its tax rates.
fn bill(
    tx: &mut Connection,
    run: &Run,
    (invoice_id, lines): (InvoiceId, &[(&Line, &Difference)]),
    issued_on: NaiveDate,
    actor: &Actor,
    now: Timestamp,
) -> Result<InvoiceId> {
    let account_id = invoices::account_of(tx, invoice_id)?;
    let of = invoices::get(tx, account_id, invoice_id)?;
    let account = accounts::get(tx, account_id)?;
    let order = orders::get(tx, account_id, of.order_id)?;
    // What adds to an invoice that went on paper goes on paper.
    let is_einvoice = einvoice::is_wanted(&of, &account.einvoicing);
    let mut invoice = difference_invoice(of, run, &asked(lines), (issued_on, now), actor)?;
    invoice.language = Some(Language::from_locale(&account.locale));
    let days = (issued_on, invoice.payment_terms_days);
    invoice.cash_discount = terms::offered(tx, account_id, invoice.gross.minor, days)?;
    if is_einvoice {
        einvoice::require(&invoice, &account.einvoicing)?;
    }
    number_it(tx, &mut invoice)?;
    let invoiced = Invoiced {
        account_id,
        order_id: invoice.order_id,
        invoice_id: invoice.id,
        gross_minor: invoice.gross.minor,
        released_minor: 0,
        issued_on,
    };
    let mut batch = Batch::new();
    invoices::store::insert(&mut batch, &invoice)?;
    ledger::invoice(&mut batch, invoiced, now);
    open_items::open(
        &mut batch,
        account_id,
        invoice.order_id,
        invoice.id,
        invoice.due_on,
        invoice.gross.minor,
    );
    if is_einvoice {
        queue_file(&mut batch, &invoice, &account, now)?;
    }
    issuing::record(&mut batch, &invoice, &order, actor, now);
    batch.run(tx)?;
    rebate_agreements::accrue(tx, &[account_id], &[invoice.id], Cause::Invoiced, now)?;
    shipping::reopen_unsettled(tx, account_id, now)?;
    Ok(invoice.id)
}

fn asked(lines: &[(&Line, &Difference)]) -> HashMap<InvoiceLineId, i64> {
    lines
        .iter()
        .map(|(line, one)| (line.invoice_line_id, one.minor))
        .collect()
}

/// The invoice of the differences, one amount for each line, without a number.
fn difference_invoice(
    of: Invoice,
    run: &Run,
    differences: &HashMap<InvoiceLineId, i64>,
    (issued_on, now): (NaiveDate, Timestamp),
    actor: &Actor,
) -> Result<Invoice> {
    let mut lines: Vec<InvoiceLine> = Vec::new();
    for line in &of.lines {
        let Some(minor) = differences.get(&line.id) else {
            continue;
        };
        let net = Money::new(*minor, of.currency);
        lines.push(InvoiceLine {
            id: InvoiceLineId::new(),
            position: i32::try_from(lines.len() + 1).map_err(Error::internal)?,
            ..CreditLine::amount(line.clone(), net)?.line
        });
    }
    let bill = sum_up(lines, of.currency)?;
    let tax = |group: &TaxGroup| {
        let mut own = of.taxes.iter();
        let own = own.find(|tax| tax.group.treatment == group.treatment);
        InvoiceTax {
            group: group.clone(),
            reason_code: own.and_then(|tax| tax.reason_code.clone()),
            reason: own.and_then(|tax| tax.reason.clone()),
        }
    };
    let unnumbered = (issued_on.year(), 0);
    Ok(Invoice {
        id: InvoiceId::new(),
        sequence: unnumbered,
        number: number(unnumbered),
        issued_at: now,
        issued_on,
        due_on: due_on(issued_on, of.payment_terms_days),
        terms: None,
        cash_discount: Vec::new(),
        taxes: bill.taxes.iter().map(tax).collect(),
        net: bill.net,
        tax: bill.tax,
        gross: bill.gross,
        line_count: i32::try_from(bill.lines.len()).map_err(Error::internal)?,
        issued_by: actor.to_string(),
        open: bill.gross,
        kind: Kind::PriceDifference,
        preceding: Some(Preceding {
            id: of.id,
            number: of.number.clone(),
            issued_on: of.issued_on,
        }),
        corrected_by: None,
        note: Some(note(run)),
        remittance: None,
        period: Some((run.issued_from, run.issued_to)),
        lines: bill.lines,
        ..of
    })
}
