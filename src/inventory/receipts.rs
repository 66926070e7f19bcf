//! Receipts: goods that came into a warehouse, and the stock rows they need.

use super::MovementOrigin;
use crate::binds;
use crate::clock::{Period, Timestamp};
use crate::db::seek::{Seek, Way};
use crate::db::{Batch, Connection, insertion, patterns, select, selection, sets, sql};
use crate::error::Result;
use crate::ids::{ExpectedReceiptId, ProductId, ReceiptId, StockId};
use crate::quantity::Quantity;
use crate::row;

/// Goods that came into a warehouse.
#[derive(Debug, Clone)]
pub struct Receipt {
    pub id: ReceiptId,
    /// What came.
    pub lines: Vec<ReceiptLine>,
}

/// Some of a product, in base steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceiptLine {
    pub product_id: ProductId,
    /// How much.
    pub quantity: i64,
    /// What it was expected as.
    pub expected_receipt_id: Option<ExpectedReceiptId>,
}

row! {
    struct LineRow into receipt_lines {
        receipt_id: ReceiptId,
        position: i32,
        product_id: ProductId,
        quantity: i64,
        expected_receipt_id: Option<ExpectedReceiptId>,
    }
}

/// The code of the warehouse that is meant by this one.
pub fn find_warehouse(connection: &mut Connection, code: &str) -> Result<Option<String>> {
    // What is exactly it sorts first.
    sql("SELECT code FROM warehouses WHERE code_key {in texts $1} ORDER BY code_key LIMIT 1")
        .bind(patterns::key(code))
        .first(connection)
}

/// Codes of all warehouses.
pub fn list_warehouses(connection: &mut Connection) -> Result<Vec<String>> {
    sql("SELECT code FROM warehouses ORDER BY code").rows(connection)
}

/// A receipt as it was booked: code of the warehouse, when, by whom.
pub fn find_receipt(connection: &mut Connection, id: ReceiptId) -> Result<Option<(String, Timestamp, String)>> {
    sql(
        "SELECT w.code, r.received_at, r.received_by FROM receipts r JOIN warehouses w ON w.id = r.warehouse_id \
         WHERE r.id = $1",
    )
    .bind(id.0)
    .first(connection)
}

row! {
    /// A receipt in the desk's list.
    #[derive(Debug, Clone)]
    pub struct Booked from "receipts r JOIN warehouses w ON w.id = r.warehouse_id" {
        pub id: ReceiptId = "r.id",
        pub warehouse: String = "w.code",
        pub received_at: Timestamp = "r.received_at",
        /// How many lines it has.
        pub lines: i64 = "(SELECT COUNT(*) FROM receipt_lines l WHERE l.receipt_id = r.id)",
    }
}

/// Receipts booked in this time, the newest first, behind `after`.
pub fn list_receipts(
    connection: &mut Connection,
    booked: Period,
    after: Option<ReceiptId>,
    limit: i64,
) -> Result<Vec<Booked>> {
    let mut seek = Seek::new(connection, &selection::<Booked>());
    seek.within("r.received_at", booked);
    seek.page(["r.id"], Way::Down, after.map(|id| binds![id]), limit)
        .rows(connection)
}

row! {
    /// What a receipt brought of a product.
    #[derive(Debug, Clone)]
    pub struct Arrived from "receipt_lines l JOIN products p ON p.id = l.product_id" {
        pub product_id: ProductId = "p.id",
        /// Its number.
        pub sku: String = "p.sku",
        /// What it is called.
        pub name: String = "p.name",
        /// UN/ECE Rec 20 code.
        pub base_unit: String = "p.base_unit",
        /// How much, in base units.
        pub quantity: Quantity = "l.quantity, p.decimals",
    }
}

/// The lines of a receipt in their order.
pub fn list_receipt_lines(connection: &mut Connection, id: ReceiptId) -> Result<Vec<Arrived>> {
    select::<Arrived>("WHERE l.receipt_id = $1 ORDER BY l.position")
        .bind(id.0)
        .rows(connection)
}

/// Makes sure that each of these products has a stock row in a warehouse.
pub fn open_stock(tx: &mut Connection, warehouse: &str, product_ids: &[ProductId]) -> Result<()> {
    let rows: Vec<_> = product_ids.iter().map(|id| (StockId::new(), id)).collect();
    sql(
        "INSERT INTO stock (id, warehouse_id, product_id, on_hand, reserved) SELECT r.id, w.id, r.product_id, 0, 0 \
         FROM {tuples $1: id bigint, product_id bigint} r CROSS JOIN warehouses w WHERE w.code = $2 ON CONFLICT \
         (product_id, warehouse_id) DO NOTHING",
    )
    .bind(sets::json(&rows)?)
    .bind(warehouse)
    .run(tx)?;
    Ok(())
}

/// Stores a receipt; the stock moves by [`super::save_moved`].
pub fn insert_receipt(batch: &mut Batch, warehouse: &str, receipt: &Receipt, origin: &MovementOrigin) -> Result<()> {
    batch.add(
        sql("INSERT INTO receipts (id, warehouse_id, received_at, received_by) \
             SELECT $1, id, $2, $3 FROM warehouses WHERE code = $4")
        .bind(receipt.id.0)
        .bind(origin.at)
        .bind(&origin.actor)
        .bind(warehouse),
    );
    let rows: Vec<_> = (1..)
        .zip(&receipt.lines)
        .map(|(position, line)| LineRow {
            receipt_id: receipt.id,
            position,
            product_id: line.product_id,
            quantity: line.quantity,
            expected_receipt_id: line.expected_receipt_id,
        })
        .collect();
    batch.add(insertion(&rows)?);
    Ok(())
}
