//! Invoices between their rows and what the rules know.

use chrono::NaiveDate;

use crate::catalogue::rules::OrderQuantity;
use crate::clock::Timestamp;
use crate::db::sets;
use crate::error::{Error, Result};
use crate::ids::{AccountId, InvoiceId, InvoiceLineId, OrderId, OrderLineId, ShipmentId};
use crate::invoices::rules::{Invoice, InvoiceLine, InvoiceTax, Kind, Preceding};
use crate::languages::Language;
use crate::money::{Currency, Money, UnitPrice};
use crate::quantity::Quantity;
use crate::row;
use crate::tax::rules::{TaxGroup, Treatment};

row! {
    /// A row of `invoices`.
    #[derive(Debug)]
    pub(super) struct HeadRow in invoices {
        id: InvoiceId,
        account_id: AccountId,
        order_id: OrderId,
        shipment_id: ShipmentId,
        year: i32,
        sequence: i64,
        number: String,
        currency: Currency,
        issued_at: Timestamp,
        issued_on: NaiveDate,
        delivered_on: NaiveDate,
        due_on: NaiveDate,
        payment_terms_days: i32,
        po_number: String,
        order_number: i64,
        shipment_number: i64,
        seller: String,
        buyer: String,
        ship_to: String,
        net_minor: i64,
        tax_minor: i64,
        gross_minor: i64,
        line_count: i32,
        issued_by: String,
        terms: Option<String>,
        language: Option<Language>,
        kind: Kind,
        preceding_id: Option<InvoiceId>,
        note: Option<String>,
        remittance: Option<String>,
        period_from: Option<NaiveDate>,
        period_to: Option<NaiveDate>,
        cash_discount: Option<String>,
    }
}

row! {
    #[derive(Debug)]
    pub(super) struct OpenRow from "invoices i JOIN open_items o ON o.invoice_id = i.id \
        LEFT JOIN invoices p ON p.id = i.preceding_id LEFT JOIN invoice_corrections x ON x.invoice_id = i.id \
        LEFT JOIN invoices n ON n.id = x.corrected_id" {
        head: HeadRow = "i.*",
        open_minor: i64 = "o.open_minor",
        preceding_number: Option<String> = "p.number",
        preceding_issued_on: Option<NaiveDate> = "p.issued_on",
        corrected_by_id: Option<InvoiceId> = "n.id",
        corrected_by: Option<String> = "n.number",
    }
}

row! {
    /// A row of `invoice_lines`.
    #[derive(Debug)]
    pub(super) struct LineRow in invoice_lines {
        id: InvoiceLineId,
        pub(super) invoice_id: InvoiceId,
        position: i32,
        order_line_id: OrderLineId,
        order_position: i32,
        sku: String,
        customer_part_number: Option<String>,
        gtin: Option<String>,
        name: String,
        unit: String,
        unit_code: String,
        unit_decimals: i32,
        quantity: i64,
        base_unit: String,
        base_decimals: i32,
        base_quantity: i64,
        price_micros: i64,
        price_unit: String,
        price_base: i32,
        net_minor: i64,
        tax_category: String,
        tax_rate_ppm: i64,
        price_steps: Option<String>,
    }
}

row! {
    /// A row of `invoice_taxes`.
    #[derive(Debug)]
    pub(super) struct TaxRow in invoice_taxes {
        pub(super) invoice_id: InvoiceId,
        category: String,
        rate_ppm: i64,
        base_minor: i64,
        amount_minor: i64,
        reason_code: Option<String>,
        reason: Option<String>,
    }
}

pub(super) fn invoice_row(invoice: &Invoice) -> Result<HeadRow> {
    let (year, sequence) = invoice.sequence;
    Ok(HeadRow {
        id: invoice.id,
        account_id: invoice.account_id,
        order_id: invoice.order_id,
        shipment_id: invoice.shipment_id,
        year,
        sequence,
        number: invoice.number.clone(),
        currency: invoice.currency,
        issued_at: invoice.issued_at,
        issued_on: invoice.issued_on,
        delivered_on: invoice.delivered_on,
        due_on: invoice.due_on,
        payment_terms_days: invoice.payment_terms_days,
        po_number: invoice.po_number.clone(),
        order_number: invoice.order_number,
        shipment_number: invoice.shipment_number,
        seller: sets::json(&invoice.seller)?,
        buyer: sets::json(&invoice.buyer)?,
        ship_to: sets::json(&invoice.ship_to)?,
        net_minor: invoice.net.minor,
        tax_minor: invoice.tax.minor,
        gross_minor: invoice.gross.minor,
        line_count: invoice.line_count,
        issued_by: invoice.issued_by.clone(),
        terms: invoice.terms.clone(),
        language: invoice.language,
        kind: invoice.kind,
        preceding_id: invoice.preceding.as_ref().map(|preceding| preceding.id),
        note: invoice.note.clone(),
        remittance: invoice.remittance.clone(),
        period_from: invoice.period.map(|(from, _)| from),
        period_to: invoice.period.map(|(_, to)| to),
        cash_discount: match invoice.cash_discount.as_slice() {
            [] => None,
            offers => Some(serde_json::to_string(offers).map_err(Error::internal)?),
        },
    })
}

pub(super) fn line_rows(invoice: &Invoice) -> Result<Vec<LineRow>> {
    let row = |line: &InvoiceLine| {
        Ok(LineRow {
            id: line.id,
            invoice_id: invoice.id,
            position: line.position,
            order_line_id: line.order_line_id,
            order_position: line.order_position,
            sku: line.sku.clone(),
            customer_part_number: line.customer_part_number.clone(),
            gtin: line.gtin.clone(),
            name: line.name.clone(),
            unit: line.unit.clone(),
            unit_code: line.unit_code.clone(),
            unit_decimals: i32::from(line.quantity.ordered.decimals),
            quantity: line.quantity.ordered.steps,
            base_unit: line.base_unit.clone(),
            base_decimals: i32::from(line.base_decimals),
            base_quantity: line.quantity.base_steps,
            price_micros: line.unit_price.micros,
            price_unit: line.price_unit.clone(),
            price_base: line.price_base,
            net_minor: line.net.minor,
            tax_category: line.treatment.category.clone(),
            tax_rate_ppm: line.treatment.rate_ppm,
            price_steps: line.price_steps.as_ref().map(sets::json).transpose()?,
        })
    };
    invoice.lines.iter().map(row).collect()
}

pub(super) fn tax_rows(invoice: &Invoice) -> Vec<TaxRow> {
    let row = |tax: &InvoiceTax| TaxRow {
        invoice_id: invoice.id,
        category: tax.group.treatment.category.clone(),
        rate_ppm: tax.group.treatment.rate_ppm,
        base_minor: tax.group.base_minor,
        amount_minor: tax.group.amount_minor,
        reason_code: tax.reason_code.clone(),
        reason: tax.reason.clone(),
    };
    invoice.taxes.iter().map(row).collect()
}

/// The head without lines and taxes.
pub(super) fn invoice(of: OpenRow) -> Result<Invoice> {
    let (row, open_minor) = (of.head, of.open_minor);
    let preceding = of.preceding_number.zip(of.preceding_issued_on);
    let money = |minor| Money::new(minor, row.currency);
    Ok(Invoice {
        id: row.id,
        account_id: row.account_id,
        order_id: row.order_id,
        shipment_id: row.shipment_id,
        sequence: (row.year, row.sequence),
        number: row.number,
        currency: row.currency,
        issued_at: row.issued_at,
        issued_on: row.issued_on,
        delivered_on: row.delivered_on,
        due_on: row.due_on,
        payment_terms_days: row.payment_terms_days,
        terms: row.terms,
        language: row.language,
        cash_discount: match &row.cash_discount {
            Some(text) => serde_json::from_str(text).map_err(Error::internal)?,
            None => Vec::new(),
        },
        po_number: row.po_number,
        order_number: row.order_number,
        shipment_number: row.shipment_number,
        seller: serde_json::from_str(&row.seller).map_err(Error::internal)?,
        buyer: serde_json::from_str(&row.buyer).map_err(Error::internal)?,
        ship_to: serde_json::from_str(&row.ship_to).map_err(Error::internal)?,
        net: money(row.net_minor),
        tax: money(row.tax_minor),
        gross: money(row.gross_minor),
        line_count: row.line_count,
        issued_by: row.issued_by,
        open: money(open_minor),
        kind: row.kind,
        preceding: row
            .preceding_id
            .zip(preceding)
            .map(|(id, (number, issued_on))| Preceding { id, number, issued_on }),
        corrected_by: of.corrected_by_id.zip(of.corrected_by),
        note: row.note,
        remittance: row.remittance,
        period: row.period_from.zip(row.period_to),
        lines: Vec::new(),
        taxes: Vec::new(),
    })
}

pub(super) fn line(row: LineRow, currency: Currency) -> Result<InvoiceLine> {
    let decimals = |count: i32| u8::try_from(count).map_err(Error::internal);
    Ok(InvoiceLine {
        id: row.id,
        position: row.position,
        order_line_id: row.order_line_id,
        order_position: row.order_position,
        sku: row.sku,
        customer_part_number: row.customer_part_number,
        gtin: row.gtin,
        name: row.name,
        unit: row.unit,
        unit_code: row.unit_code,
        quantity: OrderQuantity {
            ordered: Quantity::new(row.quantity, decimals(row.unit_decimals)?),
            base_steps: row.base_quantity,
        },
        base_unit: row.base_unit,
        base_decimals: decimals(row.base_decimals)?,
        unit_price: UnitPrice {
            micros: row.price_micros,
        },
        price_unit: row.price_unit,
        price_base: row.price_base,
        net: Money::new(row.net_minor, currency),
        price_steps: match &row.price_steps {
            Some(text) => Some(serde_json::from_str(text).map_err(Error::internal)?),
            None => None,
        },
        treatment: Treatment {
            category: row.tax_category,
            rate_ppm: row.tax_rate_ppm,
        },
    })
}

pub(super) fn tax(row: TaxRow) -> InvoiceTax {
    InvoiceTax {
        group: TaxGroup {
            treatment: Treatment {
                category: row.category,
                rate_ppm: row.rate_ppm,
            },
            base_minor: row.base_minor,
            amount_minor: row.amount_minor,
        },
        reason_code: row.reason_code,
        reason: row.reason,
    }
}
