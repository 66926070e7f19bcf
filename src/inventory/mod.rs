//! Warehouses, stock and what is free of it.

pub mod checks;
pub mod files;
pub mod quotas;
mod receipts;
pub mod routes;
pub mod rules;
pub mod sentences;
pub mod store;
pub mod supplier_api;

pub use self::receipts::{
    Arrived, Booked, Receipt, ReceiptLine, find_receipt, find_warehouse, insert_receipt, list_receipt_lines,
    list_receipts, list_warehouses, open_stock,
};
pub use self::store::{MovementOrigin, ProductStock, StockLine, list_products, list_stock};

use chrono::NaiveDate;

use self::quotas::rules::Claimant;
use self::rules::StockBook;
use crate::db::{Batch, Connection};
use crate::error::Result;
use crate::ids::ProductId;

/// Whether stock is only looked at or about to be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Nothing is stored.
    Preview,
    /// The rows are locked until the transaction ends.
    Change,
}

/// The stock of these products, without the policies that they are handed out by: one statement.
pub fn load(connection: &mut Connection, product_ids: &[ProductId], purpose: Purpose) -> Result<StockBook> {
    match purpose {
        Purpose::Preview => store::list(connection, product_ids),
        Purpose::Change => store::lock(connection, product_ids),
    }
}

/// The same as an account sees it on a day of the supplier: with the policies, if there are any.
pub fn load_seen_by(
    connection: &mut Connection,
    product_ids: &[ProductId],
    claimant: Claimant,
    purpose: Purpose,
    today: NaiveDate,
) -> Result<StockBook> {
    let mut book = load(connection, product_ids, purpose)?.seen_by(claimant);
    quotas::apply(connection, &mut book, product_ids, today)?;
    Ok(book)
}

/// The change that stores what became of the stock in the book.
pub fn save(batch: &mut Batch, book: &StockBook) -> Result<()> {
    store::update_stock(batch, &book.changes())
}

/// The same for goods that came or left: with a movement for each stock row.
pub fn save_moved(batch: &mut Batch, book: &StockBook, origin: &MovementOrigin) -> Result<()> {
    let changes = book.changes();
    let moved: Vec<_> = changes.iter().map(|(id, change)| (*id, change.on_hand)).collect();
    store::insert_movements(batch, &moved, origin)?;
    store::update_stock(batch, &changes)
}
