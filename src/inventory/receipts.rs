//! Receipts: goods that came into a warehouse, and the stock rows they need.

use diesel::sql_types::{BigInt, Untyped};
use serde::Serialize;

use super::Occasion;
use crate::db::sets::{self, Kind, Table};
use crate::db::{Batch, Connection, Statement, sql};
use crate::error::Result;
use crate::ids::{ProductId, ReceiptId, StockId};

/// Goods that came into a warehouse.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The receipt.
    pub id: ReceiptId,
    /// What came.
    pub lines: Vec<ReceiptLine>,
}

/// Some of a product, in base steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceiptLine {
    /// The product.
    pub product_id: ProductId,
    /// How much.
    pub quantity: i64,
}

static LINES: Table = Table::new(
    "receipt_lines",
    &[
        ("receipt_id", Kind::BigInt),
        ("position", Kind::Integer),
        ("product_id", Kind::BigInt),
        ("quantity", Kind::BigInt),
    ],
);

#[derive(Serialize)]
struct LineRow {
    receipt_id: ReceiptId,
    position: usize,
    product_id: ProductId,
    quantity: i64,
}

/// True if there is a warehouse with this code.
pub fn has_warehouse(connection: &mut Connection, code: &str) -> Result<bool> {
    let found: Option<i64> = sql::<BigInt>("SELECT id FROM warehouses WHERE code = $1")
        .bind(code)
        .first(connection)?;
    Ok(found.is_some())
}

/// Makes sure that each of these products has a stock row in a warehouse.
pub fn open_stock(tx: &mut Connection, warehouse: &str, product_ids: &[ProductId]) -> Result<()> {
    let rows: Vec<_> = product_ids.iter().map(|id| (StockId::new(), id)).collect();
    Statement::<Untyped>::per_engine(
        "INSERT INTO stock (id, warehouse_id, product_id, on_hand, reserved) \
         SELECT k.value->>0, w.id, k.value->>1, 0, 0 FROM jsonb_each($1) k \
         CROSS JOIN warehouses w WHERE w.code = $2 ON CONFLICT (product_id, warehouse_id) DO NOTHING",
        "INSERT INTO stock (id, warehouse_id, product_id, on_hand, reserved) \
         SELECT (k.value->>0)::bigint, w.id, (k.value->>1)::bigint, 0, 0 FROM json_array_elements($1::json) k \
         CROSS JOIN warehouses w WHERE w.code = $2 ON CONFLICT (product_id, warehouse_id) DO NOTHING",
    )
    .bind(sets::json(&rows)?)
    .bind(warehouse)
    .run(tx)?;
    Ok(())
}

/// Stores a receipt; the stock moves by [`super::save_moved`].
pub fn insert_receipt(batch: &mut Batch, warehouse: &str, receipt: &Receipt, occasion: &Occasion) -> Result<()> {
    batch.add(
        sql("INSERT INTO receipts (id, warehouse_id, received_at, received_by) \
             SELECT $1, id, $2, $3 FROM warehouses WHERE code = $4")
        .bind(receipt.id.0)
        .bind(occasion.at)
        .bind(&occasion.actor)
        .bind(warehouse),
    );
    let rows: Vec<_> = receipt
        .lines
        .iter()
        .enumerate()
        .map(|(index, line)| LineRow {
            receipt_id: receipt.id,
            position: index + 1,
            product_id: line.product_id,
            quantity: line.quantity,
        })
        .collect();
    batch.add(LINES.insertion(&rows)?);
    Ok(())
}
