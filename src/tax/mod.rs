//! Tax treatment and rates.

pub mod files;
pub mod rules;
pub mod store;

use self::rules::TaxRate;
use crate::db::Connection;
use crate::error::Result;

/// Every stored rate of a country.
pub fn rates(connection: &mut Connection, country: &str) -> Result<Vec<TaxRate>> {
    store::list(connection, country)
}
