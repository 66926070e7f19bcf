//! Warehouses, stock and what is free of it.

pub mod rules;
pub mod store;

use std::collections::{BTreeMap, HashMap};

use self::rules::{Stock, Take};
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{ProductId, StockId};

/// The stock of some products.
#[derive(Debug, Default)]
pub struct StockBook {
    by_product: HashMap<ProductId, Vec<Stock>>,
    changes: BTreeMap<StockId, i64>,
}

/// Whether stock is only looked at or about to be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Nothing is stored.
    Preview,
    /// The rows are locked until the transaction ends.
    Change,
}

impl StockBook {
    /// The stock of these products: one statement.
    pub fn load(connection: &mut Connection, product_ids: &[ProductId], purpose: Purpose) -> Result<Self> {
        let rows = match purpose {
            Purpose::Preview => store::list(connection, product_ids)?,
            Purpose::Change => store::lock(connection, product_ids)?,
        };
        let mut book = Self::default();
        for row in rows {
            book.by_product.entry(row.product_id).or_default().push(row);
        }
        Ok(book)
    }

    /// The rows of a product.
    pub fn of(&self, product_id: ProductId) -> &[Stock] {
        self.by_product.get(&product_id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Reserves up to `wanted` base steps of a product in whole portions.
    pub fn take(&mut self, product_id: ProductId, wanted: i64, portion: i64) -> Vec<Take> {
        let rows = self
            .by_product
            .get_mut(&product_id)
            .map(Vec::as_mut_slice)
            .unwrap_or_default();
        let takes = rules::take(rows, wanted, portion);
        for take in &takes {
            *self.changes.entry(take.stock_id).or_default() += take.quantity;
        }
        takes
    }

    /// Gives back what was reserved.
    pub fn give_back(&mut self, product_id: ProductId, take: Take) {
        let rows = self
            .by_product
            .get_mut(&product_id)
            .map(Vec::as_mut_slice)
            .unwrap_or_default();
        if let Some(row) = rows.iter_mut().find(|row| row.id == take.stock_id) {
            row.reserved -= take.quantity;
        }
        *self.changes.entry(take.stock_id).or_default() -= take.quantity;
    }

    /// Stores what was taken and given back: one statement.
    pub fn store(&self, tx: &mut Connection) -> Result<()> {
        let changes: Vec<_> = self
            .changes
            .iter()
            .filter(|(_, by)| **by != 0)
            .map(|(id, by)| (*id, *by))
            .collect();
        store::update_reserved(tx, &changes)
    }
}
