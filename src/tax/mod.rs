//! Tax treatment and rates.

pub mod files;
pub mod rules;
pub mod sentences;
pub mod store;

use self::files::TaxRates;
use crate::accounts;
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::error::Result;

pub use self::store::list as rates;

/// Says of a tax category whether the supplier's country has a rate for it now; true of all while it has no country.
pub fn taxable(connection: &mut Connection, now: Timestamp) -> Result<impl Fn(&str) -> bool + use<>> {
    let supplier = accounts::supplier(connection)?;
    let zone = supplier
        .as_ref()
        .map_or(chrono_tz::Tz::UTC, |supplier| supplier.time_zone);
    let rates = TaxRates::load(connection, day_in(zone, now))?;
    let country = supplier.and_then(|supplier| supplier.country);
    Ok(move |category: &str| country.as_deref().is_none_or(|country| rates.has(country, category)))
}
