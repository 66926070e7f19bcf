//! What an invoice of a shipment comes to.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::collections::HashMap;

use super::InvoiceLine;
use crate::error::{Code, Error, Result};
use crate::ids::{InvoiceLineId, OrderLineId, ProductId};
use crate::invoices::sentences;
use crate::money::{Currency, Money};
use crate::orders::rules::{Order, OrderLine};
use crate::shipments::rules::Shipment;
use crate::tax::rules::{TaxGroup, Treatment, tax_groups};

/// What an invoice must know of a product beside the order's line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// What it is taxed as.
    pub treatment: Treatment,
    /// The account's label's GTIN, else the product's.
    pub gtin: Option<String>,
}

/// Lines, tax table and totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    /// In the order of the shipment's.
    pub lines: Vec<InvoiceLine>,
    /// One row for each category and rate.
    pub taxes: Vec<TaxGroup>,
    /// Sum of the lines.
    pub net: Money,
    /// Sum of the tax table.
    pub tax: Money,
    /// Net and tax.
    pub gross: Money,
}

/// Bills a shipment of an order. Each line carries the net of all invoiced with it less the net of what was invoiced
/// before, so that the parts of a line sum to the line; tax is rounded once for each category and rate.
pub fn bill(order: &Order, shipment: &Shipment, products: &HashMap<ProductId, Product>) -> Result<Bill> {
    let too_large = || Error::refused(Code::AmountTooLarge, sentences::invoice_too_large());
    let own: HashMap<OrderLineId, &OrderLine> = order.lines.iter().map(|line| (line.id, line)).collect();
    let mut lines = Vec::new();
    for (position, shipped) in (1..).zip(&shipment.lines) {
        let missing = || Error::internal(format!("{} has no line or product", shipped.id));
        let line = own.get(&shipped.order_line_id).ok_or_else(missing)?;
        let product = products.get(&line.product_id).ok_or_else(missing)?;
        let steps = shipped.quantity.base_steps;
        let upto = line.invoiced.checked_add(steps).ok_or_else(too_large)?;
        lines.push(InvoiceLine {
            // The first invoice of a shipment has the ids of its lines.
            id: InvoiceLineId(shipped.id.0),
            position,
            order_line_id: line.id,
            order_position: line.position,
            sku: line.sku.clone(),
            customer_part_number: line.customer_part_number.clone(),
            gtin: product.gtin.clone(),
            name: line.name.clone(),
            unit: line.unit.clone(),
            unit_code: line.unit_code.clone(),
            quantity: shipped.quantity,
            base_unit: line.base_unit.clone(),
            base_decimals: line.base_decimals,
            unit_price: line.unit_price,
            price_unit: line.price_unit.clone(),
            price_base: line.price_base,
            net: line.net_between(line.invoiced, upto).ok_or_else(too_large)?,
            price_steps: line
                .explanation
                .steps_of_part((line.invoiced, upto), line.base_decimals, order.currency),
            treatment: product.treatment.clone(),
        });
    }
    sum_up(lines, order.currency)
}

/// Tax table and totals of lines.
pub fn sum_up(lines: Vec<InvoiceLine>, currency: Currency) -> Result<Bill> {
    let too_large = || Error::refused(Code::AmountTooLarge, sentences::invoice_too_large());
    let zero = Money::zero(currency);
    let mut nets = lines.iter().map(|line| line.net);
    let net = nets.try_fold(zero, Money::checked_add).ok_or_else(too_large)?;
    let taxed = lines.iter().map(|line| (line.treatment.clone(), line.net.minor));
    let taxes = tax_groups(taxed).ok_or_else(too_large)?;
    let mut amounts = taxes.iter().map(|group| Money::new(group.amount_minor, currency));
    let tax = amounts.try_fold(zero, Money::checked_add).ok_or_else(too_large)?;
    let gross = net.checked_add(tax).ok_or_else(too_large)?;
    Ok(Bill {
        lines,
        taxes,
        net,
        tax,
        gross,
    })
}

/// What of an order's commitment an invoice takes the place of: its gross, at most what is left, and all of that with
/// the order's last piece.
pub fn released_minor(committed_minor: i64, gross_minor: i64, is_last: bool) -> i64 {
    if is_last {
        committed_minor
    } else {
        gross_minor.min(committed_minor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_an_order_stays_committed_after_its_last_invoice() {
        for (committed, gross, is_last, expected) in [
            (1_000, 400, false, 400),
            (600, 601, true, 600),
            (600, 599, true, 600),
            (600, 700, false, 600),
        ] {
            assert_eq!(released_minor(committed, gross, is_last), expected);
        }
    }
}
