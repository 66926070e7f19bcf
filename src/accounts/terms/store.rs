//! Loads the terms of an account.

use chrono_tz::Tz;

use super::Terms;
use crate::accounts::rules::Tier;
use crate::db::{Connection, sql};
use crate::error::{Error, Result};
use crate::ids::AccountId;
use crate::money::{Currency, Money};

type Row = (
    String,
    String,
    String,
    Option<i64>,
    Option<String>,
    Option<String>,
    Option<String>,
);

/// The terms of an account that exists.
pub fn load(connection: &mut Connection, account_id: AccountId) -> Result<Terms> {
    let (code, currency, tier, limit, vat_id, country, zone): Row = sql(
        "SELECT a.code, a.currency, a.tier, a.credit_limit_minor, a.vat_id, s.country, s.time_zone \
         FROM accounts a LEFT JOIN supplier s ON s.id = 1 WHERE a.id = $1",
    )
    .bind(account_id)
    .one(connection)?;
    let currency = Currency::from_code(&currency)
        .ok_or_else(|| Error::internal(format!("account {code}: currency {currency}")))?;
    let tier = Tier::from_name(&tier).ok_or_else(|| Error::internal(format!("account {code}: tier {tier}")))?;
    let supplier_zone = match zone {
        Some(name) => name.parse::<Tz>().map_err(Error::internal)?,
        None => Tz::UTC,
    };
    Ok(Terms {
        account_id,
        code,
        currency,
        tier,
        credit_limit: limit.map(|minor| Money::new(minor, currency)),
        has_vat_id: vat_id.is_some(),
        supplier_country: country,
        supplier_zone,
    })
}
