//! What the better accounts get before others: urgent orders, a new article that is to come, and what of it is kept for them.

use chrono::{Datelike, TimeDelta};
use serde_json::json;

use super::accounts::staff_email;
use super::setting_up::person;
use crate::audit::Actor;
use crate::catalogue::early;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::orders::{entitlements, quotas};
use crate::rebate_agreements;

/// Tier, class, orders a month.
const ENTITLEMENTS: [(&str, &str, Option<i64>); 5] = [
    ("platinum", "priority", None),
    ("gold", "priority", Some(6)),
    ("silver", "priority", Some(2)),
    ("platinum", "critical", Some(4)),
    ("gold", "critical", Some(1)),
];

/// A new article, and days until everybody may order it.
const COMING: (&str, i64) = ("BKT-ANC", 14);

/// What of it is kept for the best accounts in each month, and how long.
const KEPT: &str = "40";
const RELEASED_AFTER_DAYS: i64 = 20;

/// With whom a rebate is agreed.
const REBATED: &str = "ELBTOR";

/// Puts it all there, once the year is over.
pub(super) fn create(tx: &mut Connection, now: Timestamp) -> Result<()> {
    let admin = Actor::person(person(tx, &staff_email("willem"))?);
    for (tier, order_class, per_month) in ENTITLEMENTS {
        let new = json!({"tier": tier, "order_class": order_class, "per_month": per_month});
        let new = serde_json::from_value(new).map_err(Error::internal)?;
        entitlements::add(tx, &new, &admin, now)?;
    }
    let (sku, days) = COMING;
    let from = [(Some("platinum"), 0), (None, days)].map(|(tier, days)| (tier, now.date() + TimeDelta::days(days)));
    for (tier, from) in from {
        let new = json!({"sku": sku, "tier": tier, "from": from.to_string()});
        let new = serde_json::from_value(new).map_err(Error::internal)?;
        early::add(tx, &new, &admin, now)?;
    }
    let kept = json!({
        "quota": "Q-NEW", "scope": "sku", "key": sku, "tier": "platinum", "period": "month", "quantity": KEPT,
        "released_after_days": RELEASED_AFTER_DAYS,
    });
    let kept = serde_json::from_value(kept).map_err(Error::internal)?;
    quotas::add(tx, &kept, &admin, now)?;
    agree(tx, &admin, now)
}

/// What the best account gets back of what it buys in a year: a first tier that it has, and one that is ahead.
fn agree(tx: &mut Connection, actor: &Actor, now: Timestamp) -> Result<()> {
    let agreed = json!({
        "rebate": "RB-ELBTOR", "account": REBATED, "name": "Annual rebate", "currency": "EUR", "period": "year",
        "method": "retroactive", "basis": "invoiced", "scope": "all", "valid_from": format!("{}-01-01", now.date().year()),
        "valid_to": format!("{}-12-31", now.date().year() + 1),
        "tiers": [
            {"threshold": "0", "rate": "1"}, {"threshold": "50000", "rate": "1.5"}, {"threshold": "250000", "rate": "2.5"},
        ],
    });
    let agreed = serde_json::from_value(agreed).map_err(Error::internal)?;
    rebate_agreements::add(tx, &agreed, actor, now).map(drop)
}
