//! Stored tax rates.

use chrono::NaiveDate;

use super::rules::{TaxRate, taxed_as};
use crate::db::{Connection, sql};
use crate::error::Result;

/// Every rate of a country, and of the one whose rates hold there; of all countries where none is named.
pub fn list(connection: &mut Connection, country: Option<&str>) -> Result<Vec<TaxRate>> {
    let rows: Vec<(String, String, i64, NaiveDate)> = match country {
        Some(country) => sql("SELECT country, category, rate_ppm, valid_from FROM tax_rates WHERE country IN ($1, $2)")
            .bind(country)
            .bind(taxed_as(country))
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
