//! Loads the terms of an account.

use chrono_tz::Tz;

use super::Terms;
use crate::accounts::choices::rules::UsualChoices;
use crate::accounts::rules::Tier;
use crate::clock::Timestamp;
use crate::db::{Connection, sql};
use crate::error::{Error, Result};
use crate::ids::AccountId;
use crate::money::{Currency, Money};
use crate::names::sets::{BackorderChoice, DeliveryChoice};

/// The terms of an account that exists.
pub fn load(connection: &mut Connection, account_id: AccountId) -> Result<Terms> {
    type Row = (
        String,
        Currency,
        Tier,
        Option<i64>,
        Option<String>,
        Option<String>,
        Option<String>,
        Option<Timestamp>,
        (bool, bool, bool),
        String,
        (DeliveryChoice, BackorderChoice, Option<i32>),
    );
    let (
        code,
        currency,
        tier,
        limit,
        vat_id,
        supplier_country,
        supplier_zone,
        held_since,
        (has_calendars, expects_goods, has_substitutes),
        zone,
        (delivery, backorder, cancel_after_days),
    ): Row = sql("SELECT a.code, a.currency, a.tier, a.credit_limit_minor, \
         CASE WHEN a.vat_check <> 'invalid' THEN a.vat_id END, s.country, s.time_zone, r.held_since, \
         EXISTS (SELECT 1 FROM calendars c WHERE c.code > ''), \
         EXISTS (SELECT 1 FROM expected_receipts e WHERE e.state = 'open' AND e.product_id > 0), \
         EXISTS (SELECT 1 FROM substitutes u WHERE u.id > 0), a.time_zone, a.delivery, a.backorder, a.cancel_after_days \
         FROM accounts a LEFT JOIN supplier s ON s.id = 1 LEFT JOIN account_reminders r ON r.account_id = a.id \
         WHERE a.id = $1")
    .bind(account_id)
    .one(connection)?;
    let supplier_zone = match supplier_zone {
        Some(name) => name.parse::<Tz>().map_err(Error::internal)?,
        None => Tz::UTC,
    };
    Ok(Terms {
        account_id,
        code,
        currency,
        tier,
        credit_limit: limit.map(|minor| Money::new(minor, currency)),
        vat_id,
        supplier_country,
        supplier_zone,
        zone: zone.parse::<Tz>().map_err(Error::internal)?,
        orders_held: held_since.is_some(),
        has_calendars,
        expects_goods,
        has_substitutes,
        usual: UsualChoices {
            delivery,
            backorder,
            cancel_after_days,
        },
    })
}
