//! Reservations, the lines that wait for stock, and the decisions on who got it.

mod decisions;

use chrono::NaiveDate;

pub use self::decisions::{
    Recorded, insert_decisions, list_decisions, list_decisions_of_cause, list_decisions_of_order, list_passed_over,
};
use crate::accounts::rules::Tier;
use crate::clock::Timestamp;
use crate::db::{Batch, Connection, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, OrderId, OrderLineId, ProductId, SiteId, StockId};
use crate::inventory::rules::Take;
use crate::keys;
use crate::orders::rules::{OrderClass, State};
use crate::row;

/// Adds to what is reserved for lines, and the day for which that is promised.
pub fn add_reservations(batch: &mut Batch, takes: &[(OrderLineId, Take, Option<NaiveDate>)]) -> Result<()> {
    if takes.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = takes
        .iter()
        .map(|(line, take, promised_on)| (line, take.stock_id, take.quantity, promised_on))
        .collect();
    let change = sql(
        "INSERT INTO reservations (order_line_id, stock_id, quantity, promised_on) SELECT d.line, d.stock, d.quantity, \
         d.promised_on FROM {tuples $1: line bigint, stock bigint, quantity bigint, promised_on date} d WHERE true \
         ON CONFLICT (order_line_id, stock_id) DO UPDATE SET quantity = reservations.quantity + excluded.quantity, \
         promised_on = CASE WHEN reservations.promised_on > excluded.promised_on THEN reservations.promised_on \
         ELSE excluded.promised_on END",
    )
    .bind(sets::json(&rows)?);
    batch.add(change);
    Ok(())
}

/// What is reserved for the lines of an order: line, product and from where.
pub fn list_reservations(tx: &mut Connection, order_id: OrderId) -> Result<Vec<(OrderLineId, ProductId, Take)>> {
    let rows: Vec<(OrderLineId, ProductId, StockId, i64)> = sql(
        "SELECT r.order_line_id, l.product_id, r.stock_id, r.quantity FROM order_lines l \
         JOIN reservations r ON r.order_line_id = l.id WHERE l.order_id = $1 ORDER BY r.order_line_id, r.stock_id",
    )
    .bind(order_id)
    .rows(tx)?;
    Ok(rows
        .into_iter()
        .map(|(line, product, stock_id, quantity)| (line, product, Take { stock_id, quantity }))
        .collect())
}

/// What is reserved for a line, by stock.
pub fn list_reservations_of_line(tx: &mut Connection, line_id: OrderLineId) -> Result<Vec<Take>> {
    let rows: Vec<(StockId, i64)> =
        sql("SELECT stock_id, quantity FROM reservations WHERE order_line_id = $1 ORDER BY stock_id")
            .bind(line_id)
            .rows(tx)?;
    let take = |(stock_id, quantity)| Take { stock_id, quantity };
    Ok(rows.into_iter().map(take).collect())
}

/// The order of a line of any account, and whose it is.
pub fn find_owner(tx: &mut Connection, line_id: OrderLineId) -> Result<Option<(OrderId, AccountId)>> {
    sql("SELECT o.id, o.account_id FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l.id = $1")
        .bind(line_id)
        .first(tx)
}

/// The products of lines, each once.
pub fn list_products_of_lines(tx: &mut Connection, line_ids: &[OrderLineId]) -> Result<Vec<ProductId>> {
    sql("SELECT DISTINCT l.product_id FROM order_lines l WHERE l.id {in ids $1}")
        .bind(sets::json(line_ids)?)
        .rows(tx)
}

/// Takes from what is reserved for lines; a reservation that nothing is left of goes.
pub fn take_from_reservations(tx: &mut Connection, takes: &[(OrderLineId, Take)]) -> Result<()> {
    let rows: Vec<_> = takes
        .iter()
        .map(|(line, take)| (line, take.stock_id, take.quantity))
        .collect();
    let rows = sets::json(&rows)?;
    // What would fall to zero goes first: a reservation is never empty.
    sql(
        "DELETE FROM reservations WHERE (order_line_id, stock_id, quantity) IN (SELECT d.line, d.stock, d.quantity \
         FROM {tuples $1: line bigint, stock bigint, quantity bigint} d)",
    )
    .bind(rows.as_str())
    .run(tx)?;
    sql(
        "UPDATE reservations SET quantity = quantity - d.taken FROM {tuples $1: line bigint, stock bigint, taken \
         bigint} d WHERE order_line_id = d.line AND stock_id = d.stock",
    )
    .bind(rows)
    .run(tx)?;
    Ok(())
}

/// Promises what is reserved for lines for other days.
pub fn update_promised(batch: &mut Batch, days: &[(OrderLineId, Option<NaiveDate>)]) -> Result<()> {
    if days.is_empty() {
        return Ok(());
    }
    let change = sql(
        "UPDATE reservations SET promised_on = d.promised_on FROM {tuples $1: line bigint, promised_on date} d \
         WHERE order_line_id = d.line",
    )
    .bind(sets::json(days)?);
    batch.add(change);
    Ok(())
}

/// Frees everything reserved for an order.
pub fn delete_reservations(batch: &mut Batch, order_id: OrderId) {
    let change =
        sql("DELETE FROM reservations WHERE order_line_id IN (SELECT id FROM order_lines WHERE order_id = $1)")
            .bind(order_id);
    batch.add(change);
}

row! {
    /// A line of the queue as it is stored.
    #[derive(Debug)]
    pub struct WaitingRow from "order_lines l {cross} orders o ON o.id = l.order_id JOIN accounts a ON a.id = o.account_id" {
        pub id: OrderLineId = "l.id",
        pub product_id: ProductId = "l.product_id",
        pub account_id: AccountId = "o.account_id",
        pub order_id: OrderId = "l.order_id",
        /// Its place there.
        pub position: i32 = "l.position",
        pub tier: Tier = "a.tier",
        pub order_class: OrderClass = "o.order_class",
        /// When the account wants it.
        pub requested_on: Option<NaiveDate> = "o.requested_on",
        /// Since when the order is in the queue.
        pub queued_at: Timestamp = "o.queued_at",
        /// Base steps it waits for.
        pub backordered: i64 = "l.backordered",
        /// Base steps it has, reserved or on their way.
        pub has: i64 = "l.reserved + l.shipped",
        /// The ordered unit.
        pub unit: String = "l.unit",
        /// The unit stock is counted in.
        pub base_unit: String = "l.base_unit",
        /// Base units of an ordered unit: numerator.
        pub content_numerator: i64 = "l.content_numerator",
        /// Base units of an ordered unit: denominator.
        pub content_denominator: i64 = "l.content_denominator",
        /// One base step is 10^-`base_decimals` of the base unit.
        pub base_decimals: u8 = "l.base_decimals",
        /// Days until a line without stock can leave.
        pub lead_time_days: i32 = "l.lead_time_days",
        /// Where its order goes.
        pub site_id: SiteId = "o.site_id",
    }
}

/// These lines, whether they wait or not.
pub fn list_lines(tx: &mut Connection, line_ids: &[OrderLineId]) -> Result<Vec<WaitingRow>> {
    select::<WaitingRow>("WHERE l.id {in ids $1}")
        .bind(sets::json(line_ids)?)
        .rows(tx)
}

/// Every line that waits for one of these products. Their stock is locked, so none is served meanwhile.
pub fn list_waiting(tx: &mut Connection, product_ids: &[ProductId]) -> Result<Vec<WaitingRow>> {
    select::<WaitingRow>("WHERE l.product_id {in ids $1} AND l.backordered > 0 AND o.state {in order_states served}")
        .bind(sets::json(product_ids)?)
        .rows(tx)
}

row! {
    /// A line that is served or promised otherwise, as it was before, with the head of its order.
    #[derive(Debug)]
    pub struct ServedRow from "order_lines l {cross} orders o ON o.id = l.order_id JOIN sites s ON s.id = o.site_id" {
        pub order_id: OrderId = "o.id",
        /// Whose it is.
        pub account_id: AccountId = "o.account_id",
        pub number: i64 = "o.number",
        /// The account's own number of it.
        pub po_number: String = "o.po_number",
        pub order_class: OrderClass = "o.order_class",
        /// Code of the site it goes to.
        pub ship_to: String = "s.code",
        pub id: OrderLineId = "l.id",
        /// Its place in the order.
        pub position: i32 = "l.position",
        /// The supplier's number.
        pub sku: String = "l.sku",
        /// The account's own number.
        pub customer_part_number: Option<String> = "l.customer_part_number",
        /// What it is called.
        pub name: String = "l.name",
        /// The ordered unit.
        pub unit: String = "l.unit",
        /// The unit stock is counted in.
        pub base_unit: String = "l.base_unit",
        /// One step of `quantity` is 10^-`unit_decimals` of the ordered unit.
        pub unit_decimals: u8 = "l.unit_decimals",
        /// One base step is 10^-`base_decimals` of the base unit.
        pub base_decimals: u8 = "l.base_decimals",
        /// What is ordered, in steps of the unit.
        pub quantity: i64 = "l.quantity",
        /// The same in base steps, as all that follows.
        pub base_quantity: i64 = "l.base_quantity",
        /// Of it, what stock is reserved for.
        pub reserved: i64 = "l.reserved",
        /// What waits.
        pub backordered: i64 = "l.backordered",
        /// What has left.
        pub shipped: i64 = "l.shipped",
        pub promised_on: Option<NaiveDate> = "l.promised_on",
        /// The day for which what is reserved is promised.
        pub stock_promised_on: Option<NaiveDate> = "(SELECT MAX(r.promised_on) FROM reservations r WHERE r.order_line_id = l.id)",
        pub product_id: ProductId = "l.product_id",
        /// Where its order stands.
        pub state: State = "o.state",
        /// It leaves once all of it is there.
        pub leaves_whole: bool = "COALESCE(l.delivery, o.delivery) = 'complete'",
        /// It leaves with the other lines of its order of which this is true, too.
        pub goes_along: bool = "l.delivery IS NULL AND o.delivery = 'complete'",
    }
}

/// The lines with these ids, by order and position.
pub fn list_served(tx: &mut Connection, line_ids: &[OrderLineId]) -> Result<Vec<ServedRow>> {
    select::<ServedRow>("WHERE l.id {in ids $1} ORDER BY o.id, l.position")
        .bind(sets::json(line_ids)?)
        .rows(tx)
}

/// The lines of these orders that leave together, locked: what moves one of them waits until it is known where the others are.
pub fn list_along(tx: &mut Connection, order_ids: &[OrderId]) -> Result<Vec<ServedRow>> {
    if order_ids.is_empty() {
        return Ok(Vec::new());
    }
    select::<ServedRow>(
        "WHERE l.order_id {in ids $1} AND l.delivery IS NULL AND o.delivery = 'complete' ORDER BY l.id {lock of l}",
    )
    .bind(sets::json(order_ids)?)
    .rows(tx)
}

row! {
    /// A product that orders wait for.
    #[derive(Debug)]
    pub struct Short {
        pub product_id: ProductId,
        /// Its number.
        pub sku: String,
        /// What it is called.
        pub name: String,
        /// The unit stock is counted in.
        pub base_unit: String,
        /// One base step is 10^-`decimals` of it.
        pub decimals: u8,
        /// How many lines wait.
        pub lines: i64,
        /// Base steps they wait for.
        pub waiting: i64,
        /// Since when the oldest of them is in the queue.
        pub since: Timestamp,
    }
}

/// Products that lines of any account wait for, by number behind `after`; for staff.
pub fn list_short(connection: &mut Connection, after: &str, limit: i64) -> Result<Vec<Short>> {
    sql(
        "SELECT p.id, p.sku, p.name, p.base_unit, p.decimals, COUNT(*), CAST(SUM(l.backordered) AS BIGINT), \
         MIN(o.queued_at) FROM order_lines l JOIN orders o ON o.id = l.order_id JOIN products p ON p.id = l.product_id \
         WHERE l.backordered > 0 AND o.state {in order_states served} AND p.sku_order > $1 \
         GROUP BY p.id, p.sku, p.sku_order, p.name, p.base_unit, p.decimals ORDER BY p.sku_order LIMIT $2",
    )
    .bind(keys::ordered(after))
    .bind(limit)
    .rows(connection)
}

/// How many lines of any account wait for each of these products, and for how much.
pub fn sum_waiting(connection: &mut Connection, product_ids: &[ProductId]) -> Result<Vec<(ProductId, i64, i64)>> {
    sql(
        "SELECT l.product_id, COUNT(*), CAST(SUM(l.backordered) AS BIGINT) FROM order_lines l \
         {cross} orders o ON o.id = l.order_id WHERE l.product_id {in ids $1} AND l.backordered > 0 \
         AND o.state {in order_states served} GROUP BY l.product_id",
    )
    .bind(sets::json(product_ids)?)
    .rows(connection)
}
