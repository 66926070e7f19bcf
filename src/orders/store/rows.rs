//! Orders and lines between their rows and what the rules know.

use chrono::NaiveDate;

use crate::accounts::rules::Tier;
use crate::catalogue::rules::OrderQuantity;
use crate::clock::Timestamp;
use crate::db::sets;
use crate::error::{Error, Result};
use crate::ids::{AccountId, ClaimId, OrderId, OrderLineId, PersonId, ProductId, SiteId};
use crate::money::{Currency, Money, UnitPrice};
use crate::orders::rules::PlacedBy;
use crate::orders::rules::head::po_key;
use crate::orders::rules::{
    BackorderChoice, Choices, DeliveryChoice, Instead, Order, OrderClass, OrderLine, OrderTexts, Source, State, Wishes,
};
use crate::quantity::{Content, Quantity};
use crate::row;

row! {
    /// A row of `orders`.
    #[derive(Debug)]
    pub(super) struct OrderRow in orders {
        pub(super) id: OrderId,
        account_id: AccountId,
        number: i64,
        state: State,
        hold_reasons: String,
        po_number: String,
        po_key: String,
        order_class: OrderClass,
        site_id: SiteId,
        currency: Currency,
        requested_on: Option<NaiveDate>,
        note: Option<String>,
        net_minor: i64,
        tax_minor: Option<i64>,
        gross_minor: Option<i64>,
        line_count: i32,
        placed_by: Option<PersonId>,
        placed_at: Timestamp,
        placed_on: NaiveDate,
        queued_at: Timestamp,
        cancelled_at: Option<Timestamp>,
        cancel_reason: Option<String>,
        version: i64,
        hold_note: Option<String>,
        cancelled_minor: i64,
        source: Option<Source>,
        revision: i32,
        delivery: DeliveryChoice,
        backorder: BackorderChoice,
        cancel_after: Option<NaiveDate>,
    }
}

row! {
    /// An order with the code of the site it goes to.
    #[derive(Debug)]
    pub(super) struct PlacedRow from "orders o JOIN sites s ON s.id = o.site_id" {
        order: OrderRow = "o.*",
        ship_to: String = "s.code",
        /// A program placed it.
        is_by_client: bool = "EXISTS (SELECT 1 FROM clients k WHERE k.id = o.placed_by)",
        claim_id: Option<ClaimId> = "CASE WHEN o.source = 'claim' THEN (SELECT q.id FROM claims q WHERE q.replacement_id = o.id) END",
        claim_number: Option<String> = "CASE WHEN o.source = 'claim' THEN (SELECT q.number FROM claims q WHERE q.replacement_id = o.id) END",
    }
}

row! {
    /// An order with the code of the site it goes to, and whose it is.
    #[derive(Debug)]
    pub(super) struct OwnedRow from
        "orders o JOIN sites s ON s.id = o.site_id JOIN accounts a ON a.id = o.account_id" {
        pub(super) placed: PlacedRow = "*",
        pub(super) code: String = "a.code",
        pub(super) name: String = "a.name",
        pub(super) tier: Tier = "a.tier",
    }
}

row! {
    /// A row of `order_lines`.
    #[derive(Debug)]
    pub(super) struct LineRow in order_lines {
        id: OrderLineId,
        pub(super) order_id: OrderId,
        position: i32,
        product_id: ProductId,
        sku: String,
        customer_part_number: Option<String>,
        name: String,
        unit: String,
        unit_code: String,
        unit_decimals: i32,
        quantity: i64,
        content_numerator: i64,
        content_denominator: i64,
        base_unit: String,
        base_decimals: i32,
        base_quantity: i64,
        price_micros: i64,
        price_unit: String,
        price_base: i32,
        net_minor: i64,
        explanation: String,
        tax_category: String,
        tax_rate_ppm: Option<i64>,
        lead_time_days: i32,
        reserved: i64,
        backordered: i64,
        shipped: i64,
        invoiced: i64,
        cancelled: i64,
        promised_on: Option<NaiveDate>,
        note: Option<String>,
        typed: Option<String>,
        delivery: Option<DeliveryChoice>,
        backorder: Option<BackorderChoice>,
        cancel_after: Option<NaiveDate>,
        instead_of_id: Option<OrderLineId>,
        instead_of_quantity: Option<i64>,
    }
}

pub(super) fn order_row(order: &Order) -> Result<OrderRow> {
    let reasons: Vec<_> = order.hold_reasons.iter().map(|reason| reason.name()).collect();
    let OrderTexts { note } = order.texts.clone();
    Ok(OrderRow {
        id: order.id,
        account_id: order.account_id,
        number: order.number,
        state: order.state,
        hold_reasons: sets::json(&reasons)?,
        po_number: order.po_number.clone(),
        po_key: po_key(&order.po_number),
        order_class: order.order_class,
        site_id: order.site_id,
        currency: order.currency,
        requested_on: order.requested_on,
        note,
        net_minor: order.net.minor,
        tax_minor: order.tax.map(|money| money.minor),
        gross_minor: order.gross.map(|money| money.minor),
        line_count: order.line_count,
        placed_by: order.placed_by.map(PlacedBy::row),
        placed_at: order.placed_at,
        placed_on: order.placed_on,
        queued_at: order.queued_at,
        cancelled_at: order.cancelled_at,
        cancel_reason: order.cancel_reason.clone(),
        version: order.version,
        hold_note: order.hold_note.clone(),
        cancelled_minor: order.cancelled.minor,
        source: order.source,
        revision: order.revision,
        delivery: order.choices.delivery,
        backorder: order.choices.backorder,
        cancel_after: order.choices.cancel_after,
    })
}

pub(super) fn line_row(order_id: OrderId, line: &OrderLine) -> Result<LineRow> {
    Ok(LineRow {
        id: line.id,
        order_id,
        position: line.position,
        product_id: line.product_id,
        sku: line.sku.clone(),
        customer_part_number: line.customer_part_number.clone(),
        name: line.name.clone(),
        unit: line.unit.clone(),
        unit_code: line.unit_code.clone(),
        unit_decimals: i32::from(line.quantity.ordered.decimals),
        quantity: line.quantity.ordered.steps,
        content_numerator: line.content.numerator(),
        content_denominator: line.content.denominator(),
        base_unit: line.base_unit.clone(),
        base_decimals: i32::from(line.base_decimals),
        base_quantity: line.quantity.base_steps,
        price_micros: line.unit_price.micros,
        price_unit: line.price_unit.clone(),
        price_base: line.price_base,
        net_minor: line.net.minor,
        explanation: sets::json(&line.explanation)?,
        tax_category: line.tax_category.clone(),
        tax_rate_ppm: line.tax_rate_ppm,
        lead_time_days: line.lead_time_days,
        reserved: line.reserved,
        backordered: line.backordered,
        shipped: line.shipped,
        invoiced: line.invoiced,
        cancelled: line.cancelled,
        promised_on: line.promised_on,
        note: line.note.clone(),
        typed: line.typed.clone(),
        delivery: line.own.delivery,
        backorder: line.own.backorder,
        cancel_after: line.own.cancel_after,
        instead_of_id: line.instead.map(|instead| instead.line_id),
        instead_of_quantity: line.instead.map(|instead| instead.quantity),
    })
}

/// The order without its lines.
pub(super) fn order(placed: PlacedRow) -> Result<Order> {
    let PlacedRow {
        order: row,
        ship_to,
        is_by_client,
        claim_id,
        claim_number,
    } = placed;
    let money = |minor| Money::new(minor, row.currency);
    Ok(Order {
        id: row.id,
        account_id: row.account_id,
        number: row.number,
        state: row.state,
        hold_reasons: serde_json::from_str(&row.hold_reasons).map_err(Error::internal)?,
        order_class: row.order_class,
        po_number: row.po_number,
        site_id: row.site_id,
        ship_to,
        currency: row.currency,
        requested_on: row.requested_on,
        choices: Choices {
            delivery: row.delivery,
            backorder: row.backorder,
            cancel_after: row.cancel_after,
        },
        texts: OrderTexts { note: row.note },
        net: money(row.net_minor),
        tax: row.tax_minor.map(money),
        gross: row.gross_minor.map(money),
        line_count: row.line_count,
        placed_by: row.placed_by.map(|id| PlacedBy::of_row(id, is_by_client)),
        placed_at: row.placed_at,
        placed_on: row.placed_on,
        queued_at: row.queued_at,
        cancelled_at: row.cancelled_at,
        cancel_reason: row.cancel_reason,
        version: row.version,
        hold_note: row.hold_note,
        cancelled: money(row.cancelled_minor),
        source: row.source,
        claim: claim_id.zip(claim_number),
        revision: row.revision,
        lines: Vec::new(),
    })
}

/// Puts lines that go by order and position into these orders, which go by id.
pub(super) fn add_lines(orders: &mut [Order], lines: Vec<LineRow>) -> Result<()> {
    let mut lines = lines.into_iter().peekable();
    for order in orders {
        let own = std::iter::from_fn(|| lines.next_if(|line| line.order_id == order.id));
        order.lines = self::lines(own, order.currency, order.choices)?;
    }
    Ok(())
}

/// The lines of these rows. One that was taken out of its order keeps its row, of which nothing is ordered: it is none any more.
pub(super) fn lines(
    rows: impl IntoIterator<Item = LineRow>,
    currency: Currency,
    choices: Choices,
) -> Result<Vec<OrderLine>> {
    let there = rows.into_iter().filter(|row| row.base_quantity > 0);
    there.map(|row| line(row, currency, choices)).collect()
}

fn line(row: LineRow, currency: Currency, of_order: Choices) -> Result<OrderLine> {
    let own = Wishes {
        delivery: row.delivery,
        backorder: row.backorder,
        cancel_after: row.cancel_after,
    };
    let instead = row.instead_of_id.zip(row.instead_of_quantity);
    let content = Content::new(row.content_numerator, row.content_denominator)
        .ok_or_else(|| Error::internal(format!("{}: no content", row.id)))?;
    let ordered = Quantity::new(row.quantity, u8::try_from(row.unit_decimals).map_err(Error::internal)?);
    Ok(OrderLine {
        id: row.id,
        position: row.position,
        product_id: row.product_id,
        sku: row.sku,
        customer_part_number: row.customer_part_number,
        name: row.name,
        unit: row.unit,
        unit_code: row.unit_code,
        content,
        quantity: OrderQuantity {
            ordered,
            base_steps: row.base_quantity,
        },
        base_unit: row.base_unit,
        base_decimals: u8::try_from(row.base_decimals).map_err(Error::internal)?,
        unit_price: UnitPrice {
            micros: row.price_micros,
        },
        price_unit: row.price_unit,
        price_base: row.price_base,
        net: Money::new(row.net_minor, currency),
        explanation: serde_json::from_str(&row.explanation).map_err(Error::internal)?,
        tax_category: row.tax_category,
        tax_rate_ppm: row.tax_rate_ppm,
        lead_time_days: row.lead_time_days,
        reserved: row.reserved,
        backordered: row.backordered,
        shipped: row.shipped,
        invoiced: row.invoiced,
        cancelled: row.cancelled,
        promised_on: row.promised_on,
        stock_promised_on: row.promised_on.filter(|_| row.backordered == 0),
        expected: Vec::new(),
        note: row.note,
        typed: row.typed,
        choices: of_order.with(own),
        own,
        instead: instead.map(|(line_id, quantity)| Instead { line_id, quantity }),
    })
}
