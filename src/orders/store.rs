//! Orders and lines as rows. Every query takes the account.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text, Untyped};
use serde::Serialize;

use super::rules::order::po_key;
use super::rules::{HoldReason, Order, OrderClass, OrderLine, State};
use crate::catalogue::rules::OrderQuantity;
use crate::clock::Timestamp;
use crate::db::schema::{order_lines, orders, sites};
use crate::db::sets::{Kind, Table, timestamp};
use crate::db::{Connection, Statement, sets, sql, violations};
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, OrderId, OrderLineId, PersonId, ProductId, ReservationId, SiteId, StockId};
use crate::inventory::rules::Take;
use crate::money::{Currency, Money, UnitPrice};
use crate::quantity::{Content, Quantity};

/// A row of `orders`, in the order of its columns.
#[derive(Debug, Queryable, Serialize)]
struct OrderRow {
    id: OrderId,
    account_id: AccountId,
    number: i64,
    state: String,
    hold_reasons: String,
    po_number: String,
    po_key: String,
    order_class: String,
    site_id: SiteId,
    currency: String,
    requested_on: Option<NaiveDate>,
    note: Option<String>,
    net_minor: i64,
    tax_minor: Option<i64>,
    gross_minor: Option<i64>,
    line_count: i32,
    placed_by: Option<PersonId>,
    #[serde(serialize_with = "timestamp")]
    placed_at: Timestamp,
    placed_on: NaiveDate,
    #[serde(serialize_with = "timestamp")]
    queued_at: Timestamp,
    #[serde(skip_serializing)]
    cancelled_at: Option<Timestamp>,
    #[serde(skip_serializing)]
    cancel_reason: Option<String>,
    version: i64,
}

static ORDERS: Table = Table::new(
    "orders",
    &[
        ("id", Kind::BigInt),
        ("account_id", Kind::BigInt),
        ("number", Kind::BigInt),
        ("state", Kind::Text),
        ("hold_reasons", Kind::Text),
        ("po_number", Kind::Text),
        ("po_key", Kind::Text),
        ("order_class", Kind::Text),
        ("site_id", Kind::BigInt),
        ("currency", Kind::Text),
        ("requested_on", Kind::Date),
        ("note", Kind::Text),
        ("net_minor", Kind::BigInt),
        ("tax_minor", Kind::BigInt),
        ("gross_minor", Kind::BigInt),
        ("line_count", Kind::Integer),
        ("placed_by", Kind::BigInt),
        ("placed_at", Kind::Timestamp),
        ("placed_on", Kind::Date),
        ("queued_at", Kind::Timestamp),
        ("version", Kind::BigInt),
    ],
);

/// A row of `order_lines`, in the order of its columns.
#[derive(Debug, Queryable, Serialize)]
struct LineRow {
    id: OrderLineId,
    order_id: OrderId,
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
}

static LINES: Table = Table::new(
    "order_lines",
    &[
        ("id", Kind::BigInt),
        ("order_id", Kind::BigInt),
        ("position", Kind::Integer),
        ("product_id", Kind::BigInt),
        ("sku", Kind::Text),
        ("customer_part_number", Kind::Text),
        ("name", Kind::Text),
        ("unit", Kind::Text),
        ("unit_code", Kind::Text),
        ("unit_decimals", Kind::Integer),
        ("quantity", Kind::BigInt),
        ("content_numerator", Kind::BigInt),
        ("content_denominator", Kind::BigInt),
        ("base_unit", Kind::Text),
        ("base_decimals", Kind::Integer),
        ("base_quantity", Kind::BigInt),
        ("price_micros", Kind::BigInt),
        ("price_unit", Kind::Text),
        ("price_base", Kind::Integer),
        ("net_minor", Kind::BigInt),
        ("explanation", Kind::Text),
        ("tax_category", Kind::Text),
        ("tax_rate_ppm", Kind::BigInt),
        ("lead_time_days", Kind::Integer),
        ("reserved", Kind::BigInt),
        ("backordered", Kind::BigInt),
        ("shipped", Kind::BigInt),
        ("invoiced", Kind::BigInt),
        ("cancelled", Kind::BigInt),
        ("promised_on", Kind::Date),
        ("note", Kind::Text),
    ],
);

#[derive(Serialize)]
struct ReservationRow {
    id: ReservationId,
    order_line_id: OrderLineId,
    stock_id: StockId,
    quantity: i64,
}

/// The next order number.
pub fn next_number(tx: &mut Connection) -> Result<i64> {
    Statement::<BigInt>::per_engine(
        "UPDATE counters SET value = value + 1 WHERE name = 'order_number' RETURNING value",
        "SELECT nextval('order_numbers')",
    )
    .one(tx)
}

/// Stores a new order with its lines. A used purchase order number is [`Code::PoNumberUsed`].
pub fn insert(tx: &mut Connection, order: &Order) -> Result<()> {
    let lines = order
        .lines
        .iter()
        .map(|line| line_row(order.id, line))
        .collect::<Result<Vec<_>>>()?;
    ORDERS.insert(tx, &[order_row(order)?]).map_err(|error| {
        if violations::is_unique_violation(&error, "orders_po_number", &["account_id", "po_key"]) {
            po_number_used(&order.po_number, None)
        } else {
            error
        }
    })?;
    LINES.insert(tx, &lines)
}

/// The answer to a purchase order number that a live order of the account has.
pub fn po_number_used(po_number: &str, number: Option<i64>) -> Error {
    let by = number.map_or_else(|| "another order".to_owned(), |number| format!("order {number}"));
    Error::conflict(
        Code::PoNumberUsed,
        format!("The purchase order number {po_number} is used by {by}; take another."),
    )
}

/// Number of the live order of the account with this purchase order number.
pub fn find_by_po_number(connection: &mut Connection, account_id: AccountId, po_number: &str) -> Result<Option<i64>> {
    sql::<BigInt>(
        "SELECT number FROM orders WHERE account_id = $1 AND po_key = $2 AND state NOT IN ('cancelled', 'rejected')",
    )
    .bind(account_id)
    .bind(po_key(po_number))
    .first(connection)
}

/// Adds to what is reserved for lines.
pub fn add_reservations(tx: &mut Connection, takes: &[(OrderLineId, Take)]) -> Result<()> {
    if takes.is_empty() {
        return Ok(());
    }
    let row = |(order_line_id, take): &(OrderLineId, Take)| ReservationRow {
        id: ReservationId::new(),
        order_line_id: *order_line_id,
        stock_id: take.stock_id,
        quantity: take.quantity,
    };
    let rows: Vec<_> = takes.iter().map(row).collect();
    Statement::<Untyped>::per_engine(
        "INSERT INTO reservations (id, order_line_id, stock_id, quantity) \
         SELECT value->>'id', value->>'order_line_id', value->>'stock_id', value->>'quantity' FROM json_each($1) \
         WHERE true ON CONFLICT (order_line_id, stock_id) DO UPDATE SET quantity = reservations.quantity + excluded.quantity",
        "INSERT INTO reservations (id, order_line_id, stock_id, quantity) \
         SELECT id, order_line_id, stock_id, quantity FROM json_to_recordset($1::json) \
         AS rows(id bigint, order_line_id bigint, stock_id bigint, quantity bigint) \
         ON CONFLICT (order_line_id, stock_id) DO UPDATE SET quantity = reservations.quantity + excluded.quantity",
    )
    .bind(sets::json(&rows)?)
    .run(tx)?;
    Ok(())
}

/// What is reserved for the lines of an order: line, product and from where.
pub fn list_reservations(tx: &mut Connection, order_id: OrderId) -> Result<Vec<(OrderLineId, ProductId, Take)>> {
    let rows: Vec<(OrderLineId, ProductId, StockId, i64)> = sql::<(BigInt, BigInt, BigInt, BigInt)>(
        "SELECT r.order_line_id, l.product_id, r.stock_id, r.quantity FROM order_lines l \
         JOIN reservations r ON r.order_line_id = l.id WHERE l.order_id = $1 ORDER BY r.id",
    )
    .bind(order_id)
    .rows(tx)?;
    Ok(rows
        .into_iter()
        .map(|(line, product, stock_id, quantity)| (line, product, Take { stock_id, quantity }))
        .collect())
}

/// Frees everything reserved for an order.
pub fn delete_reservations(tx: &mut Connection, order_id: OrderId) -> Result<()> {
    sql::<Untyped>("DELETE FROM reservations WHERE order_line_id IN (SELECT id FROM order_lines WHERE order_id = $1)")
        .bind(order_id)
        .run(tx)?;
    Ok(())
}

/// The products of an order, each once.
pub fn list_products(connection: &mut Connection, order_id: OrderId) -> Result<Vec<ProductId>> {
    sql::<BigInt>("SELECT DISTINCT product_id FROM order_lines WHERE order_id = $1 ORDER BY product_id")
        .bind(order_id)
        .rows(connection)
}

/// Calls off whatever is neither shipped nor called off yet.
pub fn update_lines_cancelled(tx: &mut Connection, order_id: OrderId) -> Result<()> {
    sql::<Untyped>(
        "UPDATE order_lines SET cancelled = base_quantity - shipped, reserved = 0, backordered = 0, promised_on = NULL \
         WHERE order_id = $1",
    )
    .bind(order_id)
    .run(tx)?;
    Ok(())
}

/// Marks an order as called off.
pub fn update_cancelled(tx: &mut Connection, order: &Order, reason: Option<&str>, now: Timestamp) -> Result<()> {
    diesel::update(
        orders::table
            .find(order.id)
            .filter(orders::account_id.eq(order.account_id)),
    )
    .set((
        orders::state.eq(State::Cancelled.name()),
        orders::cancelled_at.eq(now),
        orders::cancel_reason.eq(reason),
        orders::version.eq(orders::version + 1),
    ))
    .execute(tx)?;
    Ok(())
}

/// The code and id of a site of the account; of its first one where no code is given.
pub fn find_site(connection: &mut Connection, account_id: AccountId, code: Option<&str>) -> Result<Option<Site>> {
    let of_account = sites::table.filter(sites::account_id.eq(account_id));
    let columns = (sites::id, sites::code, sites::country);
    let found = match code {
        Some(code) => of_account
            .filter(sites::code.eq(code))
            .select(columns)
            .first::<Site>(connection),
        None => of_account.order(sites::id).select(columns).first::<Site>(connection),
    };
    Ok(found.optional()?)
}

/// Where goods go.
#[derive(Debug, Clone, Queryable)]
pub struct Site {
    /// The site.
    pub id: SiteId,
    /// Its code.
    pub code: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
}

/// Which orders of an account a list shows.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Filter {
    /// In this state.
    pub state: Option<String>,
    /// With this purchase order number, without regard to case.
    pub po_number: Option<String>,
}

/// Heads of orders of the account, the newest first, behind `after`.
pub fn list(
    connection: &mut Connection,
    account_id: AccountId,
    filter: &Filter,
    after: Option<OrderId>,
    limit: i64,
) -> Result<Vec<Order>> {
    let mut query = orders::table
        .inner_join(sites::table)
        .filter(orders::account_id.eq(account_id))
        .order(orders::id.desc())
        .limit(limit)
        .select((orders::all_columns, sites::code))
        .into_boxed();
    if let Some(state) = &filter.state {
        query = query.filter(orders::state.eq(state));
    }
    if let Some(po_number) = &filter.po_number {
        query = query.filter(orders::po_key.eq(po_key(po_number)));
    }
    if let Some(after) = after {
        query = query.filter(orders::id.lt(after));
    }
    let rows: Vec<(OrderRow, String)> = query.load(connection)?;
    rows.into_iter()
        .map(|(row, ship_to)| order(row, ship_to, Vec::new()))
        .collect()
}

/// The order of the account with its lines.
pub fn find(connection: &mut Connection, account_id: AccountId, id: OrderId) -> Result<Option<Order>> {
    let found = orders::table
        .inner_join(sites::table)
        .filter(orders::account_id.eq(account_id).and(orders::id.eq(id)))
        .select((orders::all_columns, sites::code))
        .first::<(OrderRow, String)>(connection)
        .optional()?;
    let Some((row, ship_to)) = found else { return Ok(None) };
    let rows: Vec<LineRow> = order_lines::table
        .filter(order_lines::order_id.eq(id))
        .order(order_lines::position)
        .load(connection)?;
    let currency = currency(&row)?;
    let lines = rows.into_iter().map(|row| line(row, currency)).collect::<Result<_>>()?;
    order(row, ship_to, lines).map(Some)
}

/// Locks the order of the account until the transaction ends; false where there is none.
pub fn lock(tx: &mut Connection, account_id: AccountId, id: OrderId) -> Result<bool> {
    let found: Option<i64> = Statement::<BigInt>::per_engine(
        "SELECT id FROM orders WHERE account_id = $1 AND id = $2",
        "SELECT id FROM orders WHERE account_id = $1 AND id = $2 FOR NO KEY UPDATE",
    )
    .bind(account_id)
    .bind(id)
    .first(tx)?;
    Ok(found.is_some())
}

/// A line of the queue as it is stored: line, product, order, position; tier, class, requested date, queue time;
/// backordered, ordered unit, base unit, content (numerator, denominator), base decimals, lead time.
pub type WaitingRow = (
    (OrderLineId, ProductId, OrderId, i32),
    (String, String, Option<NaiveDate>, Timestamp),
    (i64, String, String, i64, i64, i32, i32),
);

macro_rules! waiting_lines {
    ($from:literal) => {
        concat!(
            "SELECT l.id, l.product_id, l.order_id, l.position, a.tier, o.order_class, o.requested_on, o.queued_at, \
             l.backordered, l.unit, l.base_unit, l.content_numerator, l.content_denominator, l.base_decimals, \
             l.lead_time_days FROM ",
            $from,
            " JOIN orders o ON o.id = l.order_id JOIN accounts a ON a.id = o.account_id \
             WHERE l.backordered > 0 AND o.state IN ('placed', 'accepted', 'partly_shipped')"
        )
    };
}

/// Every line that waits for one of these products. Their stock is locked, so none is served meanwhile.
pub fn list_waiting(tx: &mut Connection, product_ids: &[ProductId]) -> Result<Vec<WaitingRow>> {
    type Columns = (
        (BigInt, BigInt, BigInt, Integer),
        (Text, Text, Nullable<Date>, diesel::sql_types::Timestamp),
        (BigInt, Text, Text, BigInt, BigInt, Integer, Integer),
    );
    Statement::<Columns>::per_engine(
        waiting_lines!("json_each($1) k CROSS JOIN order_lines l ON l.product_id = k.value"),
        waiting_lines!(
            "json_array_elements_text($1::json) k(value) JOIN order_lines l ON l.product_id = k.value::bigint"
        ),
    )
    .bind(sets::json(product_ids)?)
    .rows(tx)
}

/// Moves quantities of lines from backordered to reserved; the date is set where a line now waits for nothing.
pub fn update_served(tx: &mut Connection, served: &[(OrderLineId, i64, Option<NaiveDate>)]) -> Result<()> {
    if served.is_empty() {
        return Ok(());
    }
    Statement::<Untyped>::per_engine(
        "UPDATE order_lines SET reserved = reserved + d.quantity, backordered = backordered - d.quantity, \
         promised_on = d.promised_on FROM (SELECT value->>0 AS id, value->>1 AS quantity, value->>2 AS promised_on \
         FROM json_each($1)) d WHERE order_lines.id = d.id",
        "UPDATE order_lines SET reserved = reserved + d.quantity, backordered = backordered - d.quantity, \
         promised_on = d.promised_on FROM (SELECT (value->>0)::bigint AS id, (value->>1)::bigint AS quantity, \
         (value->>2)::date AS promised_on FROM json_array_elements($1::json)) d WHERE order_lines.id = d.id",
    )
    .bind(sets::json(served)?)
    .run(tx)?;
    Ok(())
}

fn order_row(order: &Order) -> Result<OrderRow> {
    let reasons: Vec<_> = order.hold_reasons.iter().map(|reason| reason.name()).collect();
    Ok(OrderRow {
        id: order.id,
        account_id: order.account_id,
        number: order.number,
        state: order.state.name().to_owned(),
        hold_reasons: sets::json(&reasons)?,
        po_number: order.po_number.clone(),
        po_key: po_key(&order.po_number),
        order_class: order.order_class.name().to_owned(),
        site_id: order.site_id,
        currency: order.currency.code().to_owned(),
        requested_on: order.requested_on,
        note: order.note.clone(),
        net_minor: order.net.minor,
        tax_minor: order.tax.map(|money| money.minor),
        gross_minor: order.gross.map(|money| money.minor),
        line_count: order.line_count,
        placed_by: order.placed_by,
        placed_at: order.placed_at,
        placed_on: order.placed_on,
        queued_at: order.queued_at,
        cancelled_at: order.cancelled_at,
        cancel_reason: order.cancel_reason.clone(),
        version: order.version,
    })
}

fn line_row(order_id: OrderId, line: &OrderLine) -> Result<LineRow> {
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
    })
}

fn currency(row: &OrderRow) -> Result<Currency> {
    Currency::from_code(&row.currency).ok_or_else(|| Error::internal(format!("{}: currency {}", row.id, row.currency)))
}

fn order(row: OrderRow, ship_to: String, lines: Vec<OrderLine>) -> Result<Order> {
    let currency = currency(&row)?;
    let unreadable = |what: &str| Error::internal(format!("{}: unreadable {what}", row.id));
    let reasons: Vec<String> = serde_json::from_str(&row.hold_reasons).map_err(Error::internal)?;
    let reasons: Option<Vec<_>> = reasons.iter().map(|name| HoldReason::from_name(name)).collect();
    let money = |minor| Money::new(minor, currency);
    Ok(Order {
        id: row.id,
        account_id: row.account_id,
        number: row.number,
        state: State::from_name(&row.state).ok_or_else(|| unreadable("state"))?,
        hold_reasons: reasons.ok_or_else(|| unreadable("hold reasons"))?,
        order_class: OrderClass::from_name(&row.order_class).ok_or_else(|| unreadable("class"))?,
        po_number: row.po_number,
        site_id: row.site_id,
        ship_to,
        currency,
        requested_on: row.requested_on,
        note: row.note,
        net: money(row.net_minor),
        tax: row.tax_minor.map(money),
        gross: row.gross_minor.map(money),
        line_count: row.line_count,
        placed_by: row.placed_by,
        placed_at: row.placed_at,
        placed_on: row.placed_on,
        queued_at: row.queued_at,
        cancelled_at: row.cancelled_at,
        cancel_reason: row.cancel_reason,
        version: row.version,
        lines,
    })
}

fn line(row: LineRow, currency: Currency) -> Result<OrderLine> {
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
        note: row.note,
    })
}
