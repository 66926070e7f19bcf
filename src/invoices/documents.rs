//! An invoice as paper: nothing but what was frozen when it was issued.

use super::einvoice::{self, Source};
use super::rules::{Invoice, InvoiceLine, InvoiceTax, Kind};
use super::terms::rules::Offer;
use crate::db::Connection;
use crate::documents::Press;
use crate::documents::paper::{self, Amount, Article, Document, Paper, Price, Tax, TaxGroup, TaxReason, Totals};
use crate::error::Result;
use crate::ids::{AccountId, InvoiceId};
use crate::languages::Language;
use crate::money::{Currency, Money};
use crate::orders::documents::{price_unit_code, steps_on_paper};
use crate::quantity::Quantity;
use crate::sentences::{Sentence, no_font};

/// The invoice of the account, in the account's language.
pub fn invoice(connection: &mut Connection, account_id: AccountId, id: InvoiceId) -> Result<Paper> {
    let invoice = super::get(connection, account_id, id)?;
    let language = super::language(connection, account_id, invoice.language)?;
    Ok(paper(invoice, language))
}

/// The same with the invoice for programs in it, by EN 16931 alone.
pub fn factur_x(connection: &mut Connection, account_id: AccountId, id: InvoiceId) -> Result<Paper> {
    let xml = einvoice::cii(connection, account_id, Source::Invoice(id))?;
    Ok(Paper {
        xml: Some(xml.bytes),
        ..invoice(connection, account_id, id)?
    })
}

/// What staff should know before the paper of an invoice goes out: letters that no font has.
pub fn warning(press: &Press, invoice: Invoice) -> Option<Sentence> {
    let letters = press.unprintable(&paper(invoice, Language::default()));
    (!letters.is_empty()).then(|| no_font(letters))
}

fn paper(invoice: Invoice, language: Language) -> Paper {
    let currency = invoice.currency;
    Paper {
        language,
        xml: None,
        document: Document::Invoice(paper::Invoice {
            correcting: invoice.preceding.map(|preceding| paper::Correcting {
                is_difference: invoice.kind == Kind::PriceDifference,
                number: preceding.number,
                issued_on: preceding.issued_on,
                note: invoice.note,
            }),
            number: invoice.number,
            issued_on: invoice.issued_on,
            due_on: invoice.due_on,
            payment_terms_days: invoice.payment_terms_days,
            delivered_on: Some(invoice.delivered_on),
            po_number: invoice.po_number,
            order_number: invoice.order_number.to_string(),
            shipment_number: Some(invoice.shipment_number.to_string()),
            seller: invoice.seller,
            buyer: invoice.buyer,
            ship_to: invoice.ship_to,
            currency,
            discounts: discounts(&invoice.cash_discount, invoice.gross),
            lines: invoice.lines.into_iter().map(line).collect(),
            totals: Totals {
                net: invoice.net,
                taxes: invoice.taxes.into_iter().map(|tax| group(tax, currency)).collect(),
                tax: Some(invoice.tax),
                gross: Some(invoice.gross),
            },
        }),
    }
}

/// What an invoice over so much may be paid with less, as its paper says it.
pub(super) fn discounts(offers: &[Offer], gross: Money) -> Vec<paper::Discount> {
    let discount = |offer: &Offer| paper::Discount {
        until: offer.until,
        percent_ppm: offer.percent_ppm,
        pay: Money::new(gross.minor - offer.minor, gross.currency),
        less: Money::new(offer.minor, gross.currency),
    };
    offers.iter().map(discount).collect()
}

pub(super) fn line(line: InvoiceLine) -> paper::InvoiceLine {
    paper::InvoiceLine {
        position: line.position,
        amount: Amount {
            quantity: line.quantity.ordered,
            base_quantity: Quantity::new(line.quantity.base_steps, line.base_decimals),
            base_unit: line.base_unit,
            unit_code: line.unit_code.clone(),
        },
        price: Price {
            price: line.unit_price,
            base: line.price_base,
            unit_code: price_unit_code(&line.price_unit, &line.unit, &line.unit_code),
        },
        tax: Some(Tax {
            category: line.treatment.category,
            rate_ppm: line.treatment.rate_ppm,
        }),
        steps: line
            .price_steps
            .as_ref()
            .map(|steps| steps_on_paper(steps, line.net.currency)),
        net: line.net,
        article: Article {
            name: line.name,
            customer_part_number: line.customer_part_number,
            sku: line.sku,
            gtin: line.gtin,
        },
    }
}

pub(super) fn group(tax: InvoiceTax, currency: Currency) -> TaxGroup {
    TaxGroup {
        tax: Tax {
            category: tax.group.treatment.category,
            rate_ppm: tax.group.treatment.rate_ppm,
        },
        base: Money::new(tax.group.base_minor, currency),
        amount: Money::new(tax.group.amount_minor, currency),
        reason: tax.reason.map(|text| TaxReason {
            text,
            code: tax.reason_code,
        }),
    }
}
