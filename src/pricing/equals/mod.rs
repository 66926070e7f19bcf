//! Prices of equal standing: rows of two lists of which nothing but the codes of the lists says which holds. They are told at import, by
//! `portal check` and on a page.

pub mod checks;
mod store;
pub mod supplier_pages;

use chrono::NaiveDate;

use super::rules::Level;
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{PriceId, PriceListId};
use crate::money::{Currency, UnitPrice};
use crate::quantity::Quantity;

/// One of two equal rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    pub id: PriceId,
    pub list_id: PriceListId,
    /// The list's code.
    pub list: String,
    pub price: UnitPrice,
    pub price_base: i32,
}

/// Two rows of which only the codes of their lists say which holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equals {
    pub sku: String,
    pub unit: String,
    /// The break of both, base units.
    pub min_quantity: Quantity,
    /// The first day of both rows; none if open.
    pub valid_from: Option<NaiveDate>,
    pub currency: Currency,
    pub kind: Level,
    /// The one whose list was made before.
    pub one: Side,
    pub other: Side,
}

impl Equals {
    /// The code of the list that holds.
    pub fn holds(&self) -> &str {
        self.one.list.as_str().min(self.other.list.as_str())
    }
}

/// Where a page of pairs ends.
pub type Place = (PriceId, PriceId);

pub fn place_of(pair: &Equals) -> Place {
    (pair.one.id, pair.other.id)
}

/// At most `limit` pairs, those behind `after`.
pub fn list(connection: &mut Connection, after: Option<Place>, limit: i64) -> Result<Vec<Equals>> {
    store::list(connection, after, limit)
}

/// True while some pair stands equal.
pub fn are_any(connection: &mut Connection) -> Result<bool> {
    Ok(!store::list(connection, None, 1)?.is_empty())
}
