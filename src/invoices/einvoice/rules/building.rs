//! The semantic model of an invoice or credit note, from nothing but what was stored when it was issued.

use super::document::{
    Account, Adjustment, DirectDebit, Document, Kind, Line, Party, Payment, Period, Preceding, Tax, Totals,
};
use super::reckoning::{line_net, whole_line_net};
use crate::invoices::credits::CreditNote;
use crate::invoices::credits::rules::CreditLine;
use crate::invoices::rules::{Invoice, InvoiceLine, InvoiceTax, Kind as InvoiceKind};
use crate::invoices::terms::rules::structured;
use crate::languages::Language;
use crate::money::{Currency, Money, UnitPrice};
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
    let lines: Vec<_> = invoice
        .lines
        .iter()
        .map(|own| line(own, invoice.kind, language))
        .collect();
    let (seller, buyer) = parties(&invoice.seller, &invoice.buyer, &lines);
    Document {
        kind: kind(invoice),
        number: invoice.number.clone(),
        issued_on: invoice.issued_on,
        due_on: Some(invoice.due_on),
        currency: invoice.currency,
        note: invoice.note.clone(),
        buyer_reference: invoice.buyer.reference.clone(),
        po_number: filled(&invoice.po_number),
        order_number: Some(invoice.order_number.to_string()),
        contract: invoice.buyer.contract.clone(),
        despatch: Some(invoice.shipment_number.to_string()),
        preceding: invoice.preceding.as_ref().map(|one| Preceding {
            number: one.number.clone(),
            issued_on: one.issued_on,
        }),
        period: invoice.period.map(|(from, to)| Period { from, to }),
        seller,
        buyer,
        delivered_on: Some(invoice.delivered_on),
        ship_to: Some(invoice.ship_to.clone()).filter(|address| !address.country.is_empty()),
        payment: payment(invoice),
        terms: invoice.terms.clone(),
        discount_lines: structured(&invoice.cash_discount),
        adjustments: Vec::new(),
        totals: totals(invoice.net, invoice.tax, invoice.gross),
        taxes: taxes(&invoice.taxes, invoice.currency),
        lines,
    }
}

/// Between two German parties the one that takes the place of another has a type of its own; elsewhere receivers know it by the number
/// of the other (PEPPOL-EN16931-P0112).
fn kind(invoice: &Invoice) -> Kind {
    let is_german = [&invoice.seller.address, &invoice.buyer.address].map(|address| address.country == "DE");
    match invoice.kind {
        InvoiceKind::Corrected if is_german == [true, true] => Kind::Corrected,
        InvoiceKind::Corrected | InvoiceKind::Invoice | InvoiceKind::PriceDifference => Kind::Invoice,
    }
}

/// The document of a credit note, which says what it takes back of its invoice. Nobody pays it: it is settled with invoices.
pub fn credit_note(credit: &CreditNote, language: Language) -> Document {
    let own = |credited: &CreditLine| credited_line(credited, language);
    let lines: Vec<_> = credit.lines.iter().map(own).collect();
    let (seller, buyer) = parties(&credit.seller, &credit.buyer, &lines);
    let reason = language.text(&format!("credit-reason-{}", credit.reason.name().replace('_', "-")));
    // A standing agreement, where the codes for clearing between partners are not taken (NL-R-008).
    let means = if seller.address.country == "NL" { "57" } else { "97" };
    Document {
        kind: Kind::CreditNote,
        number: credit.number.clone(),
        issued_on: credit.issued_on,
        due_on: None,
        currency: credit.currency,
        note: Some(match &credit.note {
            Some(note) => format!("{reason}: {note}"),
            None => reason,
        }),
        buyer_reference: credit.buyer.reference.clone(),
        po_number: filled(&credit.po_number),
        order_number: Some(credit.order_number.to_string()),
        contract: credit.buyer.contract.clone(),
        despatch: Some(credit.shipment_number.to_string()),
        preceding: Some(Preceding {
            number: credit.invoice_number.clone(),
            issued_on: credit.invoice_issued_on,
        }),
        period: None,
        seller,
        buyer,
        delivered_on: Some(credit.delivered_on),
        ship_to: Some(credit.ship_to.clone()).filter(|address| !address.country.is_empty()),
        payment: Some(Payment {
            means,
            remittance: credit.number.clone(),
            account: None,
            mandate: None,
        }),
        terms: Some(language.text_with(
            "einvoice-credit-terms",
            &[("invoice", credit.invoice_number.as_str().into())],
        )),
        discount_lines: String::new(),
        adjustments: Vec::new(),
        totals: totals(credit.net, credit.tax, credit.gross),
        taxes: taxes(&credit.taxes, credit.currency),
        lines,
    }
}

/// Who is outside of the tax's scope names no VAT ids (BR-O-02).
fn parties(own_seller: &Seller, own_buyer: &Buyer, lines: &[Line]) -> (Party, Party) {
    let (mut seller, mut buyer) = (seller(own_seller), buyer(own_buyer));
    if !lines.is_empty() && lines.iter().all(|line| line.treatment.category == "O") {
        (seller.vat_id, buyer.vat_id) = (None, None);
    }
    (seller, buyer)
}

fn totals(net: Money, tax: Money, gross: Money) -> Totals {
    Totals {
        lines: net,
        allowances: None,
        charges: None,
        net,
        tax,
        gross,
        prepaid: None,
        rounding: None,
        payable: gross,
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
    let remittance = invoice.remittance.clone().unwrap_or_else(|| invoice.number.clone());
    if let Some(mandate) = &invoice.buyer.mandate {
        return Some(Payment {
            means: if invoice.currency.code() == "EUR" { "59" } else { "49" },
            remittance,
            account: None,
            mandate: Some(DirectDebit {
                reference: mandate.reference.clone(),
                creditor_id: invoice.seller.creditor_id.clone(),
                iban: mandate.iban.chars().filter(|sign| !sign.is_whitespace()).collect(),
            }),
        });
    }
    let iban = invoice.seller.iban.as_ref()?;
    Some(Payment {
        means: if invoice.currency.code() == "EUR" { "58" } else { "30" },
        remittance,
        mandate: None,
        account: Some(Account {
            iban: iban.chars().filter(|sign| !sign.is_whitespace()).collect(),
            name: invoice.seller.address.name.clone(),
            bic: invoice.seller.bic.clone(),
        }),
    })
}

fn line(line: &InvoiceLine, kind: InvoiceKind, language: Language) -> Line {
    let mut written = bare(line);
    take_off(&mut written, line, language);
    // The parts of an order's line sum to the line, so a part may be a cent away from its price times its quantity.
    let (most, reason) = match kind {
        InvoiceKind::Corrected => (left_of_packs(&written), "einvoice-rest-of-credits"),
        InvoiceKind::Invoice | InvoiceKind::PriceDifference => (1, "einvoice-rest-of-parts"),
    };
    let rest = rest_of(&written).filter(|minor| *minor != 0 && minor.saturating_abs() <= most);
    written
        .adjustments
        .extend(rest.map(|minor| adjustment(minor, &written, language, reason)));
    written
}

/// How far what is billed anew may be from its price times its quantity: of packs that hold no whole number of base units so much was
/// credited that whole ones are left, while the net is shared out by the packs.
fn left_of_packs(line: &Line) -> i64 {
    let mut one = line.clone();
    one.quantity.steps = 1;
    let net = line_net(&one, line.net.currency);
    net.map_or(1, |net| net.minor.saturating_add(1))
}

/// What is left of a line has the price of its invoice but may have less net: amounts of it were credited before.
fn credited_line(credited: &CreditLine, language: Language) -> Line {
    let mut written = bare(&credited.line);
    take_off(&mut written, &credited.line, language);
    let rest = rest_of(&written).filter(|minor| *minor != 0);
    written
        .adjustments
        .extend(rest.map(|minor| adjustment(minor, &written, language, "einvoice-rest-of-credits")));
    written
}

/// A line without allowances and charges. A price buys some of its own unit, so a line whose price is kept for the base unit
/// is written in base units.
fn bare(line: &InvoiceLine) -> Line {
    let (quantity, unit) = if line.price_unit == line.unit {
        (line.quantity.ordered, line.unit_code.clone())
    } else {
        let base = Quantity::new(line.quantity.base_steps, line.base_decimals);
        (base, line.base_unit.clone())
    };
    let note = (unit != line.unit_code).then(|| format!("{} {}", line.quantity.ordered, line.unit_code));
    Line {
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
        base: Quantity::new(line.price_base.into(), 0),
    }
}

/// The discounts of a line as allowances, each with its own amount. A line of several prices has what all of it costs before them as
/// its price, for all of its quantity.
fn take_off(written: &mut Line, line: &InvoiceLine, language: Language) {
    let Some(steps) = &line.price_steps else { return };
    let exponent = line.net.currency.exponent();
    let micros = 10_i64
        .checked_pow(u32::from(UnitPrice::DECIMALS.saturating_sub(exponent)))
        .and_then(|factor| steps.gross_minor.checked_mul(factor));
    if let Some(micros) = micros.filter(|_| steps.is_graduated && written.quantity.steps > 0) {
        (written.price, written.base) = (UnitPrice { micros }, written.quantity);
    }
    let amounts = steps.amounts(line.net.currency).unwrap_or_default();
    for (step, minor) in steps.discounts.iter().zip(amounts) {
        if minor != 0 {
            let mut taken = adjustment(minor, written, language, "einvoice-discount");
            if !step.name.trim().is_empty() {
                taken.reason.clone_from(&step.name);
            }
            written.adjustments.push(taken);
        }
    }
}

/// How many minor units the net is away from the price times the quantity, with its allowances and charges.
fn rest_of(line: &Line) -> Option<i64> {
    line.net
        .minor
        .checked_sub(whole_line_net(line, line.net.currency)?.minor)
}

/// So many minor units as an allowance or a charge of their own.
fn adjustment(minor: i64, line: &Line, language: Language, reason: &str) -> Adjustment {
    Adjustment {
        is_charge: minor > 0,
        amount: Money::new(minor.saturating_abs(), line.net.currency),
        part: None,
        reason: language.text(reason),
        reason_code: None,
        treatment: None,
    }
}

/// The tax table with reduced rates among the standard ones.
fn taxes(rows: &[InvoiceTax], currency: Currency) -> Vec<Tax> {
    let mut taxes: Vec<Tax> = Vec::new();
    for InvoiceTax {
        group,
        reason_code,
        reason,
    } in rows
    {
        let money = |minor| Money::new(minor, currency);
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
