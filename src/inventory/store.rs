//! Stock rows. Whoever changes what is reserved or lies there locks the product's rows first, in the order of their ids.

use diesel::sql_types::{BigInt, Integer, Text, Untyped};

use super::rules::Stock;
use crate::db::{Batch, Connection, Statement, sets, sql};
use crate::error::{Error, Result};
use crate::ids::{ProductId, StockId};
use crate::quantity::Quantity;

type Columns = (BigInt, BigInt, Text, BigInt, BigInt);
type Row = (StockId, ProductId, String, i64, i64);

macro_rules! stock_of {
    ($from:literal, $rest:literal) => {
        concat!(
            "SELECT s.id, s.product_id, w.code, s.on_hand, s.reserved FROM ",
            $from,
            $rest
        )
    };
}

fn stock((id, product_id, warehouse, on_hand, reserved): Row) -> Stock {
    Stock {
        id,
        product_id,
        warehouse,
        on_hand,
        reserved,
    }
}

/// The stock of these products.
pub fn list(connection: &mut Connection, product_ids: &[ProductId]) -> Result<Vec<Stock>> {
    let statement = Statement::<Columns>::per_engine(
        stock_of!(
            "jsonb_each($1) k CROSS JOIN stock s ON s.product_id = k.value CROSS JOIN warehouses w ON w.id = s.warehouse_id",
            " ORDER BY s.id"
        ),
        stock_of!(
            "stock s JOIN warehouses w ON w.id = s.warehouse_id \
             WHERE s.product_id = ANY(ARRAY(SELECT json_array_elements_text($1::json)::bigint))",
            " ORDER BY s.id"
        ),
    );
    let rows: Vec<Row> = statement.bind(sets::json(product_ids)?).rows(connection)?;
    Ok(rows.into_iter().map(stock).collect())
}

/// The same, locked until the transaction ends. SQLite has one writer, so there is nothing to lock.
pub fn lock(tx: &mut Connection, product_ids: &[ProductId]) -> Result<Vec<Stock>> {
    if let Connection::Sqlite(_) = tx {
        return list(tx, product_ids);
    }
    let rows: Vec<Row> = Statement::<Columns>::per_engine(
        "",
        stock_of!(
            "stock s JOIN warehouses w ON w.id = s.warehouse_id \
             WHERE s.product_id = ANY(ARRAY(SELECT json_array_elements_text($1::json)::bigint))",
            " ORDER BY s.id FOR NO KEY UPDATE OF s"
        ),
    )
    .bind(sets::json(product_ids)?)
    .rows(tx)?;
    Ok(rows.into_iter().map(stock).collect())
}

/// Changes what is reserved of each stock by a difference; the rows are locked already.
pub fn update_reserved(batch: &mut Batch, differences: &[(StockId, i64)]) -> Result<()> {
    if differences.is_empty() {
        return Ok(());
    }
    let change = Statement::<Untyped>::per_engine(
        "UPDATE stock SET reserved = reserved + d.difference FROM \
         (SELECT value->>0 AS id, value->>1 AS difference FROM jsonb_each($1)) d WHERE stock.id = d.id",
        "UPDATE stock SET reserved = reserved + d.difference FROM \
         (SELECT (value->>0)::bigint AS id, (value->>1)::bigint AS difference FROM json_array_elements($1::json)) d \
         WHERE stock.id = d.id",
    )
    .bind(sets::json(differences)?);
    batch.add(change);
    Ok(())
}

/// The stock of a product in a warehouse as staff see it.
#[derive(Debug, Clone)]
pub struct StockLine {
    /// The product's number.
    pub sku: String,
    /// Code of the warehouse.
    pub warehouse: String,
    /// Base steps that lie there.
    pub on_hand: i64,
    /// Base steps of it that are promised.
    pub reserved: i64,
    /// One base step is 10^-`decimals` of the base unit.
    pub decimals: u8,
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
    after: Option<&(String, String)>,
    limit: i64,
) -> Result<Vec<StockLine>> {
    let (after_sku, after_warehouse) = after.cloned().unwrap_or_default();
    let rows: Vec<(String, String, i64, i64, i32)> = sql::<(Text, Text, BigInt, BigInt, Integer)>(
        "SELECT p.sku, w.code, s.on_hand, s.reserved, p.decimals FROM products p JOIN stock s ON s.product_id = p.id \
         JOIN warehouses w ON w.id = s.warehouse_id \
         WHERE ($1 IS NULL OR p.sku = $1) AND p.sku >= $2 AND (p.sku > $2 OR w.code > $3) \
         ORDER BY p.sku, w.code LIMIT $4",
    )
    .bind(sku.map(str::to_owned))
    .bind(after_sku)
    .bind(after_warehouse)
    .bind(limit)
    .rows(connection)?;
    let line = |(sku, warehouse, on_hand, reserved, decimals)| {
        let decimals = u8::try_from(decimals).map_err(Error::internal)?;
        Ok(StockLine {
            sku,
            warehouse,
            on_hand,
            reserved,
            decimals,
        })
    };
    rows.into_iter().map(line).collect()
}
