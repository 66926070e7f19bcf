//! Stored tax rates.

use chrono::NaiveDate;

use super::rules::TaxRate;
use crate::db::{Connection, sql};
use crate::error::Result;

/// Every rate of a country; of all countries where none is named.
pub fn list(connection: &mut Connection, country: Option<&str>) -> Result<Vec<TaxRate>> {
    let rows: Vec<(String, String, i64, NaiveDate)> = match country {
        Some(country) => sql("SELECT country, category, rate_ppm, valid_from FROM tax_rates WHERE country = $1")
            .bind(country)
            .rows(connection)?,
        None => sql("SELECT country, category, rate_ppm, valid_from FROM tax_rates").rows(connection)?,
    };
    let rate = |(country, category, rate_ppm, valid_from)| TaxRate {
        country,
        category,
        rate_ppm,
        valid_from,
    };
    Ok(rows.into_iter().map(rate).collect())
}
