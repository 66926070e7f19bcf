//! Issuing: a shipment becomes an invoice, with a number that leaves no gap.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use super::einvoice::outgoing::Named;
use super::einvoice::{self, Source};
use super::rules::billing::{Bill, Product, bill, released_minor};
use super::rules::{Invoice, InvoiceTax, Kind, due_on, number};
use super::{documents, sentences, store, terms};
use crate::accounts;
use crate::accounts::parties::{self, Parties};
use crate::accounts::rules::{Account, EinvoiceWay};
use crate::audit::{self, Actor};
use crate::clock::{Timestamp, day_in};
use crate::db::{Batch, Connection};
use crate::documents::content::payment_text;
use crate::documents::paper::TaxReason;
use crate::error::{Code, Error, Result};
use crate::events;
use crate::events::payloads::InvoiceIssued;
use crate::identity::idempotency::{self, Begun};
use crate::ids::{InvoiceId, OrderLineId, ProductId, ShipmentId};
use crate::languages::Language;
use crate::ledger::{self, Invoiced, open_items};
use crate::orders::{self, shipping};
use crate::rebate_agreements::{self, Cause};
use crate::shipments;
use crate::tax;
use crate::tax::rules::{Route, treatment};
use crate::values::references;

/// Issues the invoice of a shipment. The same request has one effect; the flag says whether it is a repetition.
pub fn issue(
    tx: &mut Connection,
    key: &idempotency::Request,
    shipment_id: Option<ShipmentId>,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Invoice, bool)> {
    let id = InvoiceId::new();
    if let Begun::Replay(created) = idempotency::begin(tx, key, id.0, now)? {
        return Ok((super::get_for_staff(tx, InvoiceId(created))?, true));
    }
    let unknown = || Error::invalid("/shipment_id", Code::UnknownShipment, sentences::no_shipment());
    let shipment = match shipments::get_for_staff(tx, shipment_id.ok_or_else(unknown)?) {
        Err(Error::NotFound) => return Err(unknown()),
        shipment => shipment?,
    };
    // The order is locked before the account, as everywhere.
    let order = orders::lock(tx, shipment.account_id, shipment.order_id)?;
    if let Some(number) = store::find_number_of_shipment(tx, shipment.account_id, shipment.id)? {
        return Err(store::already_invoiced(shipment.number, Some(&number)));
    }
    let parties = parties::load(tx, order.account_id, order.site_id)?;
    refuse_without_country(&parties)?;
    let product_ids: Vec<_> = shipment.lines.iter().map(|line| line.product_id).collect();
    let products = taxed_products(tx, &order, &parties, &product_ids, shipment.shipped_on)?;
    let bill = bill(&order, &shipment, &products)?;
    let earns = ledger::lock_earning(tx, order.account_id)?;
    let issued_on = day_in(accounts::supplier_zone(tx)?, now);
    let language = Language::from_locale(&parties.locale);
    let unnumbered = (issued_on.year(), 0);
    let days = (issued_on, parties.payment_terms_days);
    let cash_discount = terms::offered(tx, order.account_id, bill.gross.minor, days)?;
    let mut invoice = Invoice {
        id,
        account_id: order.account_id,
        order_id: order.id,
        shipment_id: shipment.id,
        sequence: unnumbered,
        number: number(unnumbered),
        currency: order.currency,
        issued_at: now,
        issued_on,
        delivered_on: shipment.shipped_on,
        due_on: due_on(issued_on, parties.payment_terms_days),
        payment_terms_days: parties.payment_terms_days,
        terms: None,
        cash_discount,
        language: Some(language),
        po_number: order.po_number.clone(),
        order_number: order.number,
        shipment_number: shipment.number,
        taxes: taxes(&bill, language, parties.exemption_code.as_deref()),
        seller: parties.seller,
        buyer: parties.buyer,
        ship_to: parties.ship_to,
        net: bill.net,
        tax: bill.tax,
        gross: bill.gross,
        line_count: shipment.line_count,
        issued_by: actor.to_string(),
        open: bill.gross,
        kind: Kind::Invoice,
        preceding: None,
        corrected_by: None,
        note: None,
        remittance: None,
        period: None,
        lines: bill.lines,
    };
    // What its receiver would refuse gets no number.
    let account = accounts::get(tx, order.account_id)?;
    einvoice::require(&invoice, &account.einvoicing)?;
    number_it(tx, &mut invoice)?;
    let lines = invoice.lines.iter();
    let steps: Vec<_> = lines
        .map(|line| (line.order_line_id, line.quantity.base_steps))
        .collect();
    let is_invoiced = billed(&order, &steps).is_invoiced();
    let committed_minor = ledger::find_committed(tx, order.id)?;
    let invoiced = Invoiced {
        account_id: order.account_id,
        order_id: order.id,
        invoice_id: id,
        gross_minor: invoice.gross.minor,
        released_minor: released_minor(committed_minor, invoice.gross.minor, is_invoiced),
        issued_on,
    };
    let mut batch = Batch::new();
    store::insert(&mut batch, &invoice)?;
    shipping::invoice(&mut batch, &steps)?;
    ledger::invoice(&mut batch, invoiced, now);
    open_items::open(
        &mut batch,
        order.account_id,
        order.id,
        id,
        invoice.due_on,
        invoice.gross.minor,
    );
    queue_file(&mut batch, &invoice, &account, now)?;
    record(&mut batch, &invoice, &order, actor, now);
    batch.run(tx).map_err(|error| store::explain_insert(error, &invoice))?;
    if earns {
        rebate_agreements::accrue(tx, &[order.account_id], &[id], Cause::Invoiced, now)?;
    }
    shipping::close_settled(tx, order.account_id, now)?;
    Ok((invoice, false))
}

/// The order once these steps of its lines are invoiced.
fn billed(order: &orders::rules::Order, steps: &[(OrderLineId, i64)]) -> orders::rules::Order {
    let steps: HashMap<_, _> = steps.iter().copied().collect();
    let mut after = order.clone();
    for line in &mut after.lines {
        line.invoiced += steps.get(&line.id).copied().unwrap_or_default();
    }
    after
}

/// Puts the e-invoice among those that an access point gets, where the account wants it so.
pub(super) fn queue_file(batch: &mut Batch, invoice: &Invoice, account: &Account, now: Timestamp) -> Result<()> {
    if account.einvoicing.way != EinvoiceWay::AccessPoint {
        return Ok(());
    }
    let document = Named {
        source: Source::Invoice(invoice.id),
        account_id: invoice.account_id,
        number: &invoice.number,
    };
    einvoice::outgoing::queue(batch, document, &account.einvoicing.formats(), now)
}

/// Without the supplier's country nobody knows how it is taxed.
pub(super) fn refuse_without_country(parties: &Parties) -> Result<()> {
    match parties.seller.address.country.is_empty() {
        true => Err(Error::conflict(
            Code::SupplierIncomplete,
            sentences::supplier_has_no_country(),
        )),
        false => Ok(()),
    }
}

/// Gives the invoice its number: from here on every other invoice of the year waits for this one.
pub(super) fn number_it(tx: &mut Connection, invoice: &mut Invoice) -> Result<()> {
    let (year, _) = invoice.sequence;
    invoice.sequence = (year, store::next_sequence(tx, year)?);
    invoice.number = number(invoice.sequence);
    invoice.remittance = references::of_payment(invoice.seller.iban.as_deref(), &invoice.number);
    let (days, language) = (invoice.payment_terms_days, invoice.language.unwrap_or_default());
    let discounts = documents::discounts(&invoice.cash_discount, invoice.gross);
    let due = (invoice.due_on, days);
    let stated = references::stated(invoice.seller.iban.as_deref(), &invoice.number);
    invoice.terms = Some(payment_text(due, &stated, &discounts, language));
    Ok(())
}

/// How each product is taxed on the day it left, and the GTIN the account knows it by.
pub(super) fn taxed_products(
    tx: &mut Connection,
    order: &orders::rules::Order,
    parties: &Parties,
    product_ids: &[ProductId],
    on: NaiveDate,
) -> Result<HashMap<ProductId, Product>> {
    let country = &parties.seller.address.country;
    let rates = tax::rates(tx, Some(country))?;
    let route = Route {
        from: country,
        to: &parties.ship_to.country,
        vat_id: parties.taxed_vat_id.as_deref(),
    };
    let product = |(id, category, gtin): (ProductId, String, Option<String>)| {
        let Some(treatment) = treatment(&category, route, &rates, on) else {
            let detail = sentences::no_tax_rate(category, country);
            return Err(Error::conflict(Code::SupplierIncomplete, detail));
        };
        Ok((id, Product { treatment, gtin }))
    };
    let found = store::list_products(tx, order.account_id, product_ids)?;
    found.into_iter().map(product).collect()
}

/// The tax table, with the reasons why there is no tax in the language of the account's documents.
pub(super) fn taxes(bill: &Bill, language: Language, exemption_code: Option<&str>) -> Vec<InvoiceTax> {
    let row = |group: &tax::rules::TaxGroup| {
        let reason = TaxReason::of(&group.treatment.category, language);
        let (reason, reason_code) = reason.map_or((None, None), |reason| (Some(reason.text), reason.code));
        // Which exemption it is only the seller knows.
        let exemption = exemption_code.filter(|_| group.treatment.category == "E");
        let reason_code = reason_code.or_else(|| exemption.map(str::to_owned));
        InvoiceTax {
            group: group.clone(),
            reason_code,
            reason,
        }
    };
    bill.taxes.iter().map(row).collect()
}

/// Writes down that an invoice was issued.
pub(super) fn record(
    batch: &mut Batch,
    invoice: &Invoice,
    order: &orders::rules::Order,
    actor: &Actor,
    now: Timestamp,
) {
    let issued = InvoiceIssued {
        order_id: order.id,
        shipment_id: invoice.shipment_id,
        number: invoice.number.clone(),
        order_number: order.number.to_string(),
        po_number: order.po_number.clone(),
        ship_to: order.ship_to.clone(),
        order_class: order.order_class,
        currency: invoice.currency.code().to_owned(),
        net_total: invoice.net.to_string(),
        tax_total: invoice.tax.to_string(),
        gross_total: invoice.gross.to_string(),
        issued_on: invoice.issued_on,
        due_on: invoice.due_on,
        kind: Some(invoice.kind),
        preceding_number: invoice.preceding.as_ref().map(|preceding| preceding.number.clone()),
    };
    let event = events::Entry::new(Some(invoice.account_id), invoice.id, issued);
    audit::record_with_event(batch, actor, "invoice.issue", &event, now);
}
