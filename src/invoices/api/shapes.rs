//! Invoices as REST shows them.

use chrono::NaiveDate;
use serde::Serialize;

use crate::accounts::rules::{Address, Buyer, Seller};
use crate::clock::rfc3339;
use crate::invoices::rules::{Invoice, InvoiceLine, InvoiceTax, Kind, State};
use crate::invoices::terms::rules::Offer;
use crate::money::{Currency, Money};
use crate::quantity::Quantity;
use crate::tax::rules::percent;
use crate::values::references;

/// An invoice without lines and tax table.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct InvoiceHeadView {
    #[schema(example = "inv_0B9Q4Z8K2M3N4")]
    id: String,
    /// Without gaps in the year of issue.
    #[schema(example = "2026-000042")]
    number: String,
    state: State,
    /// Code of the account.
    account: String,
    order_id: String,
    order_number: String,
    po_number: String,
    shipment_id: String,
    shipment_number: String,
    /// ISO 4217
    currency: &'static str,
    net_total: String,
    tax_total: String,
    gross_total: String,
    /// What is left to pay.
    open_amount: String,
    issued_on: NaiveDate,
    due_on: NaiveDate,
    /// What a payer gives in the field for a reference, so that the payment is found: ISO 11649, or, to a QR-IBAN, a Swiss QR reference.
    #[schema(required, example = "RF022026000042")]
    payment_reference: Option<String>,
    line_count: i32,
    /// A shipment, the same in place of a wrong invoice, or what lines of an invoice cost more.
    kind: Kind,
    /// The invoice that it corrects or adds to (BT-25).
    #[schema(required)]
    preceding_invoice_id: Option<String>,
    #[schema(required)]
    preceding_invoice_number: Option<String>,
    /// The invoice that took its place.
    #[schema(required)]
    corrected_by_id: Option<String>,
    #[schema(required)]
    corrected_by_number: Option<String>,
}

/// An invoice in the terms of EN 16931; it never changes but for what is left to pay.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct InvoiceView {
    #[serde(flatten)]
    head: InvoiceHeadView,
    /// RFC 3339, UTC
    issued_at: String,
    /// The day the goods left.
    delivered_on: NaiveDate,
    payment_terms_days: i32,
    /// How it is to be paid, in words (BT-20); null in older ones.
    #[schema(required)]
    terms: Option<String>,
    /// What it may be paid with less, the one with the least days first.
    cash_discount: Vec<CashDiscountView>,
    /// What else is said of it (BT-22): what was wrong with the one before, or which price correction it is of.
    #[schema(required)]
    note: Option<String>,
    seller: SellerView,
    buyer: BuyerView,
    ship_to: AddressView,
    lines: Vec<InvoiceLineView>,
    taxes: Vec<InvoiceTaxView>,
}

/// Who pays by a day pays less.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CashDiscountView {
    /// Of the gross.
    #[schema(example = "2")]
    percent: String,
    /// From the day of the invoice on.
    days: i32,
    /// The last day.
    until: NaiveDate,
    /// By how much less.
    discount: String,
    /// What is to be paid then.
    amount: String,
}

impl CashDiscountView {
    fn new(offer: &Offer, gross: Money) -> Self {
        Self {
            percent: percent(offer.percent_ppm),
            days: offer.days,
            until: offer.until,
            discount: Money::new(offer.minor, gross.currency).to_string(),
            amount: Money::new(gross.minor - offer.minor, gross.currency).to_string(),
        }
    }
}

/// Name and address.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AddressView {
    name: String,
    #[schema(required)]
    street: Option<String>,
    #[schema(required)]
    postal_code: Option<String>,
    #[schema(required)]
    city: Option<String>,
    /// ISO 3166-1 alpha-2
    country: String,
}

/// Who sells.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SellerView {
    address: AddressView,
    #[schema(required)]
    vat_id: Option<String>,
    #[schema(required)]
    email: Option<String>,
    #[schema(required)]
    phone: Option<String>,
    #[schema(required)]
    iban: Option<String>,
    #[schema(required)]
    bic: Option<String>,
    /// Electronic address, scheme and number (BT-34).
    #[schema(required, example = "0088:4012345000009")]
    endpoint: Option<String>,
    /// Number in a register (BT-30).
    #[schema(required)]
    legal_id: Option<String>,
}

/// Who buys.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct BuyerView {
    /// The supplier's key for the account.
    code: String,
    address: AddressView,
    #[schema(required)]
    vat_id: Option<String>,
    /// Electronic address, scheme and number (BT-49).
    #[schema(required, example = "0088:4012345000009")]
    endpoint: Option<String>,
    /// Number in a register (BT-47).
    #[schema(required)]
    legal_id: Option<String>,
    /// What it wanted to read on its invoices (BT-10).
    #[schema(required)]
    buyer_reference: Option<String>,
    /// The contract (BT-12).
    #[schema(required)]
    contract_reference: Option<String>,
}

/// A line of an invoice.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct InvoiceLineView {
    position: i32,
    order_line_id: String,
    order_position: i32,
    sku: String,
    #[schema(required)]
    customer_part_number: Option<String>,
    #[schema(required)]
    gtin: Option<String>,
    name: String,
    unit: String,
    /// UN/ECE Rec 20/21
    unit_code: String,
    /// In the ordered unit.
    quantity: String,
    base_unit: String,
    base_quantity: String,
    /// For `price_base` × `price_unit`.
    unit_price: String,
    price_unit: String,
    price_base: i32,
    net: String,
    /// Before discounts; null where quantity and price tell the net.
    #[schema(required)]
    gross: Option<String>,
    /// What was taken off, in this order; with `gross` they sum to the net.
    discounts: Vec<InvoiceDiscountView>,
    /// UNCL5305
    tax_category: String,
    /// Percent
    #[schema(example = "19")]
    tax_rate: String,
}

/// What was taken off a line.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct InvoiceDiscountView {
    #[schema(example = "AUTUMN")]
    discount: String,
    name: String,
    /// Below zero, or nothing.
    #[schema(example = "-12.50")]
    amount: String,
}

/// A row of the tax table.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct InvoiceTaxView {
    /// UNCL5305
    #[schema(example = "S")]
    category: String,
    /// Percent
    #[schema(example = "19")]
    rate: String,
    base: String,
    amount: String,
    /// From the VATEX list.
    #[schema(required)]
    reason_code: Option<String>,
    /// Why there is no tax.
    #[schema(required)]
    reason: Option<String>,
}

impl From<Invoice> for InvoiceHeadView {
    fn from(invoice: Invoice) -> Self {
        let (corrected_by_id, corrected_by_number) = invoice.corrected_by.clone().unzip();
        let (preceding_id, preceding_number) = invoice.preceding.clone().map(|one| (one.id, one.number)).unzip();
        Self {
            kind: invoice.kind,
            preceding_invoice_id: preceding_id.map(|id| id.to_string()),
            preceding_invoice_number: preceding_number,
            corrected_by_id: corrected_by_id.map(|id| id.to_string()),
            corrected_by_number,
            id: invoice.id.to_string(),
            state: invoice.state(),
            payment_reference: references::of_payment(invoice.seller.iban.as_deref(), &invoice.number),
            number: invoice.number,
            account: invoice.buyer.code,
            order_id: invoice.order_id.to_string(),
            order_number: invoice.order_number.to_string(),
            po_number: invoice.po_number,
            shipment_id: invoice.shipment_id.to_string(),
            shipment_number: invoice.shipment_number.to_string(),
            currency: invoice.currency.code(),
            net_total: invoice.net.to_string(),
            tax_total: invoice.tax.to_string(),
            gross_total: invoice.gross.to_string(),
            open_amount: invoice.open.to_string(),
            issued_on: invoice.issued_on,
            due_on: invoice.due_on,
            line_count: invoice.line_count,
        }
    }
}

impl From<Address> for AddressView {
    fn from(address: Address) -> Self {
        Self {
            name: address.name,
            street: address.street,
            postal_code: address.postal_code,
            city: address.city,
            country: address.country,
        }
    }
}

impl From<Seller> for SellerView {
    fn from(seller: Seller) -> Self {
        Self {
            address: seller.address.into(),
            vat_id: seller.vat_id,
            email: seller.email,
            phone: seller.phone,
            iban: seller.iban,
            bic: seller.bic,
            endpoint: seller.endpoint.map(|id| id.to_string()),
            legal_id: seller.legal_id.map(|id| id.to_string()),
        }
    }
}

impl From<Buyer> for BuyerView {
    fn from(buyer: Buyer) -> Self {
        Self {
            code: buyer.code,
            address: buyer.address.into(),
            vat_id: buyer.vat_id,
            endpoint: buyer.endpoint.map(|id| id.to_string()),
            legal_id: buyer.legal_id.map(|id| id.to_string()),
            buyer_reference: buyer.reference,
            contract_reference: buyer.contract,
        }
    }
}

impl From<InvoiceLine> for InvoiceLineView {
    fn from(line: InvoiceLine) -> Self {
        let (gross, discounts) = match line.price_steps {
            Some(steps) => (Some(steps.gross_minor), steps.discounts),
            None => (None, Vec::new()),
        };
        Self {
            position: line.position,
            order_line_id: line.order_line_id.to_string(),
            order_position: line.order_position,
            sku: line.sku,
            customer_part_number: line.customer_part_number,
            gtin: line.gtin,
            name: line.name,
            unit: line.unit,
            unit_code: line.unit_code,
            quantity: line.quantity.ordered.to_string(),
            base_unit: line.base_unit,
            base_quantity: Quantity::new(line.quantity.base_steps, line.base_decimals).to_string(),
            unit_price: line.unit_price.to_string(),
            price_unit: line.price_unit,
            price_base: line.price_base,
            gross: gross.map(|minor| Money::new(minor, line.net.currency).to_string()),
            discounts: discounts
                .into_iter()
                .map(|step| InvoiceDiscountView {
                    discount: step.discount,
                    name: step.name,
                    amount: step.amount,
                })
                .collect(),
            net: line.net.to_string(),
            tax_category: line.treatment.category,
            tax_rate: percent(line.treatment.rate_ppm),
        }
    }
}

impl InvoiceTaxView {
    /// A row of the table of an invoice or a credit note.
    pub fn new(tax: InvoiceTax, currency: Currency) -> Self {
        Self {
            category: tax.group.treatment.category,
            rate: percent(tax.group.treatment.rate_ppm),
            base: Money::new(tax.group.base_minor, currency).to_string(),
            amount: Money::new(tax.group.amount_minor, currency).to_string(),
            reason_code: tax.reason_code,
            reason: tax.reason,
        }
    }
}

impl From<Invoice> for InvoiceView {
    fn from(mut invoice: Invoice) -> Self {
        let lines = std::mem::take(&mut invoice.lines);
        let taxes = std::mem::take(&mut invoice.taxes);
        let currency = invoice.currency;
        Self {
            issued_at: rfc3339(invoice.issued_at),
            delivered_on: invoice.delivered_on,
            payment_terms_days: invoice.payment_terms_days,
            terms: invoice.terms.clone(),
            cash_discount: invoice
                .cash_discount
                .iter()
                .map(|offer| CashDiscountView::new(offer, invoice.gross))
                .collect(),
            note: invoice.note.clone(),
            seller: invoice.seller.clone().into(),
            buyer: invoice.buyer.clone().into(),
            ship_to: invoice.ship_to.clone().into(),
            lines: lines.into_iter().map(InvoiceLineView::from).collect(),
            taxes: taxes
                .into_iter()
                .map(|tax| InvoiceTaxView::new(tax, currency))
                .collect(),
            head: invoice.into(),
        }
    }
}
