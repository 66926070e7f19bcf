//! Stored tax rates.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::rules::TaxRate;
use crate::db::Connection;
use crate::db::schema::tax_rates;
use crate::error::Result;

/// Every rate of a country.
pub fn list(connection: &mut Connection, country: &str) -> Result<Vec<TaxRate>> {
    let rows: Vec<(String, String, i64, NaiveDate)> = tax_rates::table
        .filter(tax_rates::country.eq(country))
        .select((
            tax_rates::country,
            tax_rates::category,
            tax_rates::rate_ppm,
            tax_rates::valid_from,
        ))
        .load(connection)?;
    let rate = |(country, category, rate_ppm, valid_from)| TaxRate {
        country,
        category,
        rate_ppm,
        valid_from,
    };
    Ok(rows.into_iter().map(rate).collect())
}
