//! The semantic model of an invoice, from nothing but what was stored when it was issued.

use super::document::{Adjustment, Document, Kind, Line, Party, Payment, Tax, Totals};
use super::reckoning::line_net;
use crate::invoices::rules::{Invoice, InvoiceLine, InvoiceTax};
use crate::languages::Language;
use crate::money::Money;
use crate::parties::{Buyer, Seller};
use crate::quantity::Quantity;
use crate::tax::rules::Treatment;

/// What a category is called in documents: reduced rates are standard ones of another height.
fn category(of: &Treatment) -> Treatment {
    let name = match of.category.as_str() {
        "AA" => "S",
        other => other,
    };
    Treatment {
        category: name.to_owned(),
        rate_ppm: of.rate_ppm,
    }
}

/// The document of an invoice. `language` is that of the few words that are not stored.
pub fn document(invoice: &Invoice, language: Language) -> Document {
    let lines: Vec<_> = invoice.lines.iter().map(|own| line(own, language)).collect();
    // Who is outside of the tax's scope names no VAT ids (BR-O-02).
    let outside = !lines.is_empty() && lines.iter().all(|line| line.treatment.category == "O");
    let mut seller = seller(&invoice.seller);
    let mut buyer = buyer(&invoice.buyer);
    if outside {
        (seller.vat_id, buyer.vat_id) = (None, None);
    }
    Document {
        kind: Kind::Invoice,
        number: invoice.number.clone(),
        issued_on: invoice.issued_on,
        due_on: Some(invoice.due_on),
        currency: invoice.currency,
        note: None,
        buyer_reference: invoice.buyer.reference.clone(),
        po_number: filled(&invoice.po_number),
        order_number: Some(invoice.order_number.to_string()),
        contract: invoice.buyer.contract.clone(),
        despatch: Some(invoice.shipment_number.to_string()),
        preceding: None,
        period: None,
        seller,
        buyer,
        delivered_on: Some(invoice.delivered_on),
        ship_to: Some(invoice.ship_to.clone()).filter(|address| !address.country.is_empty()),
        payment: payment(invoice),
        terms: invoice.terms.clone(),
        adjustments: Vec::new(),
        totals: Totals {
            lines: invoice.net,
            allowances: None,
            charges: None,
            net: invoice.net,
            tax: invoice.tax,
            gross: invoice.gross,
            prepaid: None,
            rounding: None,
            payable: invoice.gross,
        },
        taxes: taxes(invoice),
        lines,
    }
}

fn filled(text: &str) -> Option<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn seller(seller: &Seller) -> Party {
    Party {
        endpoint: seller.endpoint.clone(),
        id: None,
        address: seller.address.clone(),
        vat_id: seller.vat_id.clone(),
        tax_number: seller.tax_number.clone(),
        legal_id: seller.legal_id.clone(),
        contact: seller.contact.clone(),
        phone: seller.phone.clone(),
        email: seller.email.clone(),
    }
}

fn buyer(buyer: &Buyer) -> Party {
    Party {
        endpoint: buyer.endpoint.clone(),
        id: filled(&buyer.code),
        address: buyer.address.clone(),
        vat_id: buyer.vat_id.clone(),
        legal_id: buyer.legal_id.clone(),
        ..Party::default()
    }
}

fn payment(invoice: &Invoice) -> Option<Payment> {
    let iban = invoice.seller.iban.as_ref()?;
    Some(Payment {
        means: if invoice.currency.code() == "EUR" { "58" } else { "30" },
        remittance: invoice.number.clone(),
        iban: iban.chars().filter(|sign| !sign.is_whitespace()).collect(),
        name: invoice.seller.address.name.clone(),
        bic: invoice.seller.bic.clone(),
    })
}

/// A price buys some of its own unit, so a line whose price is kept for the base unit is written in base units.
fn line(line: &InvoiceLine, language: Language) -> Line {
    let (quantity, unit) = if line.price_unit == line.unit {
        (line.quantity.ordered, line.unit_code.clone())
    } else {
        let base = Quantity::new(line.quantity.base_steps, line.base_decimals);
        (base, line.base_unit.clone())
    };
    let note = (unit != line.unit_code).then(|| format!("{} {}", line.quantity.ordered, line.unit_code));
    let mut written = Line {
        number: line.position,
        note,
        quantity,
        unit,
        net: line.net,
        order_line: Some(line.order_position),
        adjustments: Vec::new(),
        name: line.name.clone(),
        seller_number: filled(&line.sku),
        buyer_number: line.customer_part_number.clone(),
        gtin: line.gtin.clone(),
        treatment: category(&line.treatment),
        price: line.unit_price,
        base: line.price_base,
    };
    written.adjustments.extend(rest_of_parts(&written, language));
    written
}

/// The parts of an order's line sum to the line, so a part may be a cent away from its price times its quantity; the
/// cent is an allowance or a charge of its own.
fn rest_of_parts(line: &Line, language: Language) -> Option<Adjustment> {
    let due = line_net(line, line.net.currency)?;
    let rest = line.net.minor.checked_sub(due.minor)?;
    matches!(rest, -1 | 1).then(|| Adjustment {
        is_charge: rest > 0,
        amount: Money::new(rest.abs(), line.net.currency),
        part: None,
        reason: language.text("einvoice-rest-of-parts"),
        reason_code: None,
        treatment: None,
    })
}

/// The tax table with reduced rates among the standard ones.
fn taxes(invoice: &Invoice) -> Vec<Tax> {
    let mut taxes: Vec<Tax> = Vec::new();
    for InvoiceTax {
        group,
        reason_code,
        reason,
    } in &invoice.taxes
    {
        let money = |minor| Money::new(minor, invoice.currency);
        let (base, amount) = (money(group.base_minor), money(group.amount_minor));
        let treatment = category(&group.treatment);
        let known = taxes.iter_mut().find(|tax| tax.treatment == treatment);
        if let Some(tax) = known
            && let (Some(bases), Some(amounts)) = (tax.base.checked_add(base), tax.amount.checked_add(amount))
        {
            (tax.base, tax.amount) = (bases, amounts);
            continue;
        }
        taxes.push(Tax {
            treatment,
            base,
            amount,
            reason: reason.clone(),
            reason_code: reason_code.clone(),
        });
    }
    taxes
}
