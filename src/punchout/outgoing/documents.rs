//! The documents themselves: order confirmation, what became of a change, invoice; the ship notice stands in [`super::notices`],
//! the items of a confirmation in [`super::confirming`].
//! Elements stand in the order of their DTDs; amounts are those of our papers, and sums are sums of what stands above them.

use std::collections::HashSet;

use super::confirming::{Confirming, Told};
use super::store;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{InvoiceId, OrderChangeId, OrderId, OrderLineId};
use crate::invoices::rules::{Invoice, InvoiceLine};
use crate::money::Money;
use crate::orders::rules::choices::days_together;
use crate::parties::Address;
use crate::punchout::amending::{Numbering, numbers, purchase_of};
use crate::punchout::cxml::{Element, writing};
use crate::punchout::purchases::{self, PurchaseRow};
use crate::punchout::rules::prices::{Price, basis};
use crate::punchout::setup::{PunchoutSetup, Setup};
use crate::quantity::{Content, Quantity};
use crate::{invoices, orders};

/// A document to send.
pub struct Written {
    pub document: Element,
    pub payload_id: String,
    pub kind: &'static str,
    /// The DTD that holds its elements.
    pub module: &'static str,
    pub reference: String,
    pub order_id: OrderId,
}

pub(super) fn reference(purchase: &PurchaseRow) -> Element {
    let document = Element::new("DocumentReference").with("payloadID", &purchase.payload_id);
    Element::new("OrderReference")
        .with("orderID", &purchase.po_id)
        .with("orderDate", &purchase.po_date)
        .holding(document)
}

pub(super) fn whole(setup: &Setup, inner: Element, payload_id: &str, now: Timestamp) -> Element {
    let own = &setup.setup;
    let header = writing::header(
        (&own.supplier_domain, &own.supplier_identity),
        (&own.buyer_domain, &own.buyer_identity),
        // What stands there is put in as it is sent.
        Some("…"),
    );
    let mode = if own.is_test() { "test" } else { "production" };
    let request = Element::new("Request").with("deploymentMode", mode).holding(inner);
    writing::document([header, request], payload_id, now)
}

fn money(setup: &PunchoutSetup, name: &str, amount: Money) -> Element {
    Element::new(name).holding(money_of(setup, amount))
}

fn money_of(setup: &PunchoutSetup, amount: Money) -> Element {
    writing::money_of(&amount.to_string(), setup.currency(amount.currency.code()))
}

pub(super) fn unit(setup: &PunchoutSetup, code: &str) -> Element {
    Element::text_of("UnitOfMeasure", setup.unit(code))
}

/// What is said of an order.
#[derive(Debug, Clone, Copy)]
pub enum What<'a> {
    /// It is taken on, or what became of its lines.
    Stands,
    /// It is refused.
    Refused,
    /// These lines come on another day than was confirmed.
    Days(&'a HashSet<OrderLineId>),
}

/// Says that an order is taken on, what became of its lines, when they come now; or that it is refused. `comments`: what else is to be said.
/// Another day is told of what was confirmed before alone: the first confirmation tells the days as they are then.
pub fn confirmation(
    tx: &mut Connection,
    setup: &Setup,
    (order_id, what): (OrderId, What<'_>),
    comments: Option<&str>,
    now: Timestamp,
) -> Result<Option<Written>> {
    if setup.setup.confirmation_url.is_none() {
        return Ok(None);
    }
    let Some(purchase) = purchase_of(tx, setup.account_id, order_id, now)? else {
        return Ok(None);
    };
    let order = days_together(orders::get(tx, setup.account_id, order_id)?);
    let before = store::find_last(tx, order_id, "ConfirmationRequest")?;
    let own = &setup.setup;
    let told = match what {
        What::Days(_) if before.is_none() => return Ok(None),
        What::Days(moved) => Told::Days(moved),
        What::Stands | What::Refused => Told::Whole,
    };
    let confirming = Confirming::of(own, numbers(&purchase)?, store::categories(tx, order_id)?, &order, told);
    let items = match what {
        What::Refused => Vec::new(),
        What::Stands | What::Days(_) => confirming.items(),
    };
    if matches!(what, What::Days(_)) && items.is_empty() {
        return Ok(None);
    }
    // The sum is that of all that was ordered: it says nothing once less comes, or where not all is told.
    let is_whole = !matches!(what, What::Days(_)) && order.lines.iter().all(|line| line.cancelled == 0);
    let total = is_whole.then(|| money(own, "Total", order.net));
    let header = Element::new("ConfirmationHeader")
        .with(
            "type",
            if matches!(what, What::Refused) {
                "reject"
            } else {
                confirming.kind()
            },
        )
        .with("operation", if before.is_some() { "update" } else { "new" })
        .with("confirmID", order.number.to_string())
        .with("noticeDate", writing::moment(now))
        .holding_all(before.map(|payload_id| Element::new("DocumentReference").with("payloadID", payload_id)))
        .holding_all(total)
        .holding_all(comments.map(|text| Element::text_of("Comments", text).with("xml:lang", "en")));
    let inner = Element::new("ConfirmationRequest")
        .holding(header)
        .holding(reference(&purchase))
        .holding_all(items);
    let payload_id = writing::payload_id(now);
    Ok(Some(Written {
        document: whole(setup, inner, &payload_id, now),
        payload_id,
        kind: "ConfirmationRequest",
        module: "Fulfill",
        reference: order.number.to_string(),
        order_id,
    }))
}

/// Quantities of one unit in one.
pub(super) fn sum(quantities: impl Iterator<Item = Quantity> + Clone) -> Quantity {
    let decimals = quantities
        .clone()
        .map(|quantity| quantity.decimals)
        .max()
        .unwrap_or_default();
    let steps = quantities.map(|quantity| {
        let finer = u32::from(decimals.saturating_sub(quantity.decimals));
        quantity.steps.saturating_mul(10_i64.saturating_pow(finer))
    });
    Quantity::new(steps.fold(0, i64::saturating_add), decimals)
}

/// Answers a document that was taken to be decided about: what became of it.
pub fn status_update(
    tx: &mut Connection,
    setup: &Setup,
    (order_id, change_id): (OrderId, OrderChangeId),
    refused: Option<&str>,
    now: Timestamp,
) -> Result<Option<Written>> {
    if setup.setup.status_url.is_none() {
        return Ok(None);
    }
    let Some(update) = purchases::find_update(tx, setup.account_id, change_id)? else {
        return Ok(None);
    };
    let (code, detail) = match refused {
        Some(reason) => (409, format!("The supplier refused the change: {reason}")),
        None => (200, String::new()),
    };
    let reference = Element::new("DocumentReference").with("payloadID", &update.payload_id);
    let inner = Element::new("StatusUpdateRequest")
        .holding(reference)
        .holding(writing::status(code, writing::status_text(code), &detail));
    let payload_id = writing::payload_id(now);
    Ok(Some(Written {
        document: whole(setup, inner, &payload_id, now),
        payload_id,
        kind: "StatusUpdateRequest",
        module: "cXML",
        reference: update.payload_id,
        order_id,
    }))
}

/// Says what is to be paid.
pub fn invoice(tx: &mut Connection, setup: &Setup, id: InvoiceId, now: Timestamp) -> Result<Option<Written>> {
    if setup.setup.invoice_url.is_none() {
        return Ok(None);
    }
    let invoice = invoices::get(tx, setup.account_id, id)?;
    let Some(purchase) = purchase_of(tx, setup.account_id, invoice.order_id, now)? else {
        return Ok(None);
    };
    let order = orders::get(tx, setup.account_id, invoice.order_id)?;
    let own = &setup.setup;
    let seller = |role: &str| partner(role, &invoice.seller.address, invoice.seller.vat_id.as_deref());
    let buyer = |role: &str| partner(role, &invoice.buyer.address, invoice.buyer.vat_id.as_deref());
    let header = Element::new("InvoiceDetailRequestHeader")
        .with("invoiceID", &invoice.number)
        .with("purpose", "standard")
        .with("operation", "new")
        .with("invoiceDate", writing::moment(invoice.issued_at))
        .with("invoiceOrigin", "supplier")
        .holding(Element::new("InvoiceDetailHeaderIndicator"))
        // The tax is that of our papers: rounded once for each rate, so it stands in the summary.
        .holding(Element::new("InvoiceDetailLineIndicator"))
        .holding_all(["from", "remitTo"].map(seller))
        .holding_all(["soldTo", "billTo"].map(buyer))
        .holding(Element::new("PaymentTerm").with("payInNumberOfDays", invoice.payment_terms_days.to_string()));
    let numbering = Numbering::of(&purchase, &order)?;
    let items = invoice.lines.iter().map(|line| {
        let of_order = numbering.line(line.order_line_id);
        let content = of_order.map_or(Content::ONE, |own| own.content);
        let number = numbering.number(line.order_line_id, line.order_position);
        billed(own, number, line, content)
    });
    let detail = Element::new("InvoiceDetailOrder")
        .holding(Element::new("InvoiceDetailOrderInfo").holding(reference(&purchase)))
        .holding_all(items);
    let inner = Element::new("InvoiceDetailRequest")
        .holding(header)
        .holding(detail)
        .holding(summary(own, &invoice));
    let payload_id = writing::payload_id(now);
    Ok(Some(Written {
        document: whole(setup, inner, &payload_id, now),
        payload_id,
        kind: "InvoiceDetailRequest",
        module: "InvoiceDetail",
        reference: invoice.number.clone(),
        order_id: invoice.order_id,
    }))
}

fn partner(role: &str, address: &Address, vat_id: Option<&str>) -> Element {
    let postal = Element::new("PostalAddress")
        .holding(Element::text_of("Street", address.street.clone().unwrap_or_default()))
        .holding(Element::text_of("City", address.city.clone().unwrap_or_default()))
        .holding_all(
            address
                .postal_code
                .as_ref()
                .map(|code| Element::text_of("PostalCode", code)),
        )
        .holding(Element::new("Country").with("isoCountryCode", &address.country));
    let contact = Element::new("Contact")
        .with("role", role)
        .holding(Element::text_of("Name", &address.name).with("xml:lang", "en"))
        .holding(postal);
    let vat = vat_id.map(|id| {
        Element::new("IdReference")
            .with("identifier", id)
            .with("domain", "vatID")
    });
    Element::new("InvoicePartner").holding(contact).holding_all(vat)
}

/// What a price is for, where that is not one ordered unit.
pub(super) fn price_basis(setup: &PunchoutSetup, price: &Price<'_>, unit_code: &str) -> Option<Element> {
    // A price is kept for the ordered unit or for the base unit.
    let code = |key: &str| match key == price.ordered {
        true => unit_code.to_owned(),
        false => key.to_owned(),
    };
    let basis = basis(price)?;
    let element = match basis {
        Some(basis) => Element::new("PriceBasisQuantity")
            .with("quantity", basis.quantity.to_string())
            .with("conversionFactor", basis.factor)
            .holding(unit(setup, &code(&basis.unit))),
        None => Element::new("PriceBasisQuantity")
            .with(
                "quantity",
                i64::from(price.base)
                    .saturating_mul(price.content.denominator())
                    .to_string(),
            )
            .with("conversionFactor", price.content.numerator().to_string())
            .holding(unit(setup, price.base_unit)),
    };
    Some(element)
}

fn billed(setup: &PunchoutSetup, number: String, line: &InvoiceLine, content: Content) -> Element {
    let price = Price {
        price: line.unit_price,
        base: line.price_base,
        unit: &line.price_unit,
        ordered: &line.unit,
        content,
        base_unit: &line.base_unit,
    };
    let basis = price_basis(setup, &price, &line.unit_code);
    let currency = setup.currency(line.net.currency.code());
    let unit_price = writing::money_of(&line.unit_price.to_string(), currency);
    let item = Element::new("InvoiceDetailItemReference")
        .with("lineNumber", number)
        .holding(Element::new("ItemID").holding(Element::text_of("SupplierPartID", &line.sku)))
        .holding(Element::new("Description").with("xml:lang", "en").text(&line.name));
    Element::new("InvoiceDetailItem")
        .with("invoiceLineNumber", line.position.to_string())
        .with("quantity", line.quantity.ordered.to_string())
        .holding(unit(setup, &line.unit_code))
        .holding(Element::new("UnitPrice").holding(unit_price))
        .holding_all(basis)
        .holding(item)
        .holding(money(setup, "SubtotalAmount", line.net))
        .holding(money(setup, "GrossAmount", line.net))
        .holding(money(setup, "NetAmount", line.net))
}

fn summary(setup: &PunchoutSetup, invoice: &Invoice) -> Element {
    let details = invoice.taxes.iter().map(|tax| {
        let treatment = &tax.group.treatment;
        let exempt = match treatment.category.as_str() {
            "Z" => Some("zeroRated"),
            "S" | "AA" => None,
            _ => Some("exempt"),
        };
        let amount = |minor| Money::new(minor, invoice.currency);
        Element::new("TaxDetail")
            .with("purpose", "tax")
            .with("category", "vat")
            .with("percentageRate", Quantity::new(treatment.rate_ppm, 4).to_string())
            .with("taxPointDate", format!("{}T00:00:00+00:00", invoice.delivered_on))
            .with_some("exemptDetail", exempt)
            .holding(money(setup, "TaxableAmount", amount(tax.group.base_minor)))
            .holding(money(setup, "TaxAmount", amount(tax.group.amount_minor)))
            .holding(
                Element::new("Description")
                    .with("xml:lang", "en")
                    .text(setup.tax(&treatment.category)),
            )
    });
    let tax = Element::new("Tax")
        .holding(money_of(setup, invoice.tax))
        .holding(Element::new("Description").with("xml:lang", "en").text("VAT"))
        .holding_all(details);
    Element::new("InvoiceDetailSummary")
        .holding(money(setup, "SubtotalAmount", invoice.net))
        .holding(tax)
        .holding(money(setup, "GrossAmount", invoice.gross))
        .holding(money(setup, "NetAmount", invoice.gross))
        .holding(money(setup, "DueAmount", invoice.gross))
}
