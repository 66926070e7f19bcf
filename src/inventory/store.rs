//! Stock rows. Whoever changes what is reserved or lies there locks the product's rows first, in the order of their ids.

use super::rules::{Change, Stock, StockBook};
use crate::clock::Timestamp;
use crate::db::seek::Walk;
use crate::db::{Batch, Connection, Statement, composed, insertion, select, sets, sql};
use crate::error::Result;
use crate::ids::{MovementId, ProductId, StockId};
use crate::keys;
use crate::quantity::Quantity;
use crate::row;

row! {
    struct StockRow from "stock s JOIN warehouses w ON w.id = s.warehouse_id" {
        id: StockId = "s.id",
        product_id: ProductId = "s.product_id",
        warehouse: String = "w.code",
        on_hand: i64 = "s.on_hand",
        reserved: i64 = "s.reserved",
        // Asked once a statement, not once a row.
        has_policies: bool = "EXISTS (SELECT 1 FROM quotas q WHERE q.code > '') OR EXISTS (SELECT 1 FROM allocation_modes m WHERE m.id > 0)",
    }
}

fn stocks(statement: Statement, connection: &mut Connection, product_ids: &[ProductId]) -> Result<StockBook> {
    let rows: Vec<StockRow> = statement.bind(sets::json(product_ids)?).rows(connection)?;
    let has_policies = rows.first().is_some_and(|row| row.has_policies);
    let stock = |row: StockRow| Stock {
        id: row.id,
        product_id: row.product_id,
        warehouse: row.warehouse,
        on_hand: row.on_hand,
        reserved: row.reserved,
    };
    Ok(StockBook::new(rows.into_iter().map(stock).collect()).that_has_policies(has_policies))
}

/// The stock of these products.
pub fn list(connection: &mut Connection, product_ids: &[ProductId]) -> Result<StockBook> {
    let statement = select::<StockRow>("WHERE s.product_id {in ids $1} ORDER BY s.id");
    stocks(statement, connection, product_ids)
}

/// The same, locked until the transaction ends.
pub fn lock(tx: &mut Connection, product_ids: &[ProductId]) -> Result<StockBook> {
    let statement = select::<StockRow>("WHERE s.product_id {in ids $1} ORDER BY s.id {lock of s}");
    stocks(statement, tx, product_ids)
}

/// Changes what is reserved and what lies there by differences; the rows are locked already.
pub fn update_stock(batch: &mut Batch, changes: &[(StockId, Change)]) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = changes
        .iter()
        .map(|(id, change)| (id, change.reserved, change.on_hand))
        .collect();
    let change = sql(
        "UPDATE stock SET reserved = stock.reserved + d.reserved, on_hand = stock.on_hand + d.on_hand FROM {tuples \
         $1: id bigint, reserved bigint, on_hand bigint} d WHERE stock.id = d.id",
    )
    .bind(sets::json(&rows)?);
    batch.add(change);
    Ok(())
}

/// Says where in their warehouses stocks lie; the rows are locked already.
pub fn update_locations(tx: &mut Connection, placed: &[(StockId, Option<String>)]) -> Result<()> {
    if placed.is_empty() {
        return Ok(());
    }
    sql(
        "UPDATE stock SET location = d.location FROM {tuples $1: id bigint, location text} d WHERE stock.id = d.id \
         AND stock.location IS DISTINCT FROM d.location",
    )
    .bind(sets::json(placed)?)
    .run(tx)
    .map(drop)
}

/// Why stock on hand changed.
#[derive(Debug, Clone)]
pub struct MovementOrigin {
    /// `count`, `receipt` or `shipment`.
    pub kind: &'static str,
    /// The receipt or shipment.
    pub cause_id: Option<i64>,
    /// Who did it.
    pub actor: String,
    pub at: Timestamp,
}

row! {
    struct MovementRow<'a> into stock_movements {
        id: MovementId,
        stock_id: StockId,
        quantity: i64,
        kind: &'static str,
        actor: &'a str,
        moved_at: Timestamp,
        cause_id: Option<i64>,
    }
}

/// Writes down by how much what lies in each stock changed; see [`update_stock`].
pub fn insert_movements(batch: &mut Batch, moved: &[(StockId, i64)], origin: &MovementOrigin) -> Result<()> {
    let rows: Vec<_> = moved
        .iter()
        .filter(|(_, quantity)| *quantity != 0)
        .map(|(stock_id, quantity)| MovementRow {
            id: MovementId::new(),
            stock_id: *stock_id,
            quantity: *quantity,
            kind: origin.kind,
            actor: &origin.actor,
            moved_at: origin.at,
            cause_id: origin.cause_id,
        })
        .collect();
    if !rows.is_empty() {
        batch.add(insertion(&rows)?);
    }
    Ok(())
}

row! {
    /// The stock of a product in a warehouse as staff see it.
    #[derive(Debug, Clone)]
    pub struct StockLine from "products p JOIN stock s ON s.product_id = p.id JOIN warehouses w ON w.id = s.warehouse_id" {
        pub id: StockId = "s.id",
        /// The product's number.
        pub sku: String = "p.sku",
        pub warehouse: String = "w.code",
        /// Base steps that lie there.
        pub on_hand: i64 = "s.on_hand",
        /// Base steps of it that are promised.
        pub reserved: i64 = "s.reserved",
        /// Where in the warehouse it lies.
        pub location: Option<String> = "s.location",
        /// One base step is 10^-`decimals` of the base unit.
        pub decimals: u8 = "p.decimals",
    }
}

impl StockLine {
    /// A quantity of it in base units.
    pub fn quantity(&self, steps: i64) -> Quantity {
        Quantity::new(steps, self.decimals)
    }
}

/// At most `limit` stock rows by sku and warehouse, behind the row with these keys.
pub fn list_stock(
    connection: &mut Connection,
    sku: Option<&str>,
    walk: &Walk<(String, String)>,
    limit: i64,
) -> Result<Vec<StockLine>> {
    if let Some(ids) = walk.ids()? {
        return select::<StockLine>("WHERE s.id {in ids $1} AND (CAST($2 AS TEXT) IS NULL OR p.sku = $2)")
            .bind(ids)
            .bind(sku.map(str::to_owned))
            .rows(connection);
    }
    let (after_sku, after_warehouse) = walk.after().cloned().unwrap_or_default();
    select::<StockLine>(
        "WHERE (CAST($1 AS TEXT) IS NULL OR p.sku = $1) AND p.sku_order >= $2 AND (p.sku_order > $2 OR w.code > $3) \
         ORDER BY p.sku_order, w.code LIMIT $4",
    )
    .bind(sku.map(str::to_owned))
    .bind(keys::ordered(&after_sku))
    .bind(after_warehouse)
    .bind(limit)
    .rows(connection)
}

row! {
    /// The stock of a product over all warehouses.
    #[derive(Debug, Clone)]
    pub struct ProductStock {
        pub product_id: ProductId,
        /// Its number.
        pub sku: String,
        /// What it is called.
        pub name: String,
        /// UN/ECE Rec 20 code.
        pub base_unit: String,
        /// One base step is 10^-`decimals` of the base unit.
        pub decimals: u8,
        /// Base steps that lie there.
        pub on_hand: i64,
        /// Base steps of them that are promised.
        pub reserved: i64,
        /// Warehouses that keep it.
        pub warehouses: i64,
    }
}

impl ProductStock {
    /// A quantity of it in base units.
    pub fn quantity(&self, steps: i64) -> Quantity {
        Quantity::new(steps, self.decimals)
    }
}

/// Products with what lies of them in all warehouses, by number behind `after`; those that `query` of the
/// search finds, all where it is empty, or the one with this id.
pub fn list_products(
    connection: &mut Connection,
    query: &str,
    product_id: Option<ProductId>,
    after: &str,
    limit: i64,
) -> Result<Vec<ProductStock>> {
    let found = match query {
        "" => "$2 = ''",
        _ => "p.id IN (SELECT w.id FROM {words $2} w)",
    };
    composed(format!(
        // Only what is shown is summed up.
        "SELECT q.id, q.sku, q.name, q.base_unit, q.decimals, CAST(COALESCE(SUM(s.on_hand), 0) AS BIGINT), \
         CAST(COALESCE(SUM(s.reserved), 0) AS BIGINT), COUNT(s.id) \
         FROM (SELECT p.id, p.sku, p.sku_order, p.name, p.base_unit, p.decimals FROM products p WHERE p.sku_order > $1 \
         AND {found} AND ($3 IS NULL OR p.id = $3) ORDER BY p.sku_order LIMIT $4) q LEFT JOIN stock s ON s.product_id = q.id \
         GROUP BY q.id, q.sku, q.sku_order, q.name, q.base_unit, q.decimals ORDER BY q.sku_order"
    ))
    .bind(keys::ordered(after))
    .bind(query)
    .bind(product_id.map(|id| id.0))
    .bind(limit)
    .rows(connection)
}
