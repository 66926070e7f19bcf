//! On which days the supplier works, and what of two orders travels to one site together.

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use super::accounts::staff_email;
use super::setting_up::person;
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::identity::idempotency;
use crate::orders::calendars;
use crate::orders::rules::Order;
use crate::shipments::consignments;
use crate::shipments::consignments::rules::{Asked, AskedOrder};
use crate::version::Expected;

/// How the supplier works: Saturdays and Sundays off, and over the turn of the year.
const CALENDAR: (&str, &str, &str) = ("KESSEMEER", "mon-fri", "15:00");
const HOLIDAYS: [(u32, u32); 3] = [(12, 25), (12, 26), (1, 1)];

/// How many orders travel together.
const ORDERS: i64 = 2;

/// Puts it all there, once the year is over.
pub(super) fn create(tx: &mut Connection, now: Timestamp) -> Result<()> {
    let (code, weekdays, cut_off) = CALENDAR;
    let warehouse = person(tx, &staff_email("joost"))?;
    let actor = Actor::person(warehouse);
    let new = json!({"calendar": code, "weekdays": weekdays, "cut_off": cut_off});
    let new = serde_json::from_value(new).map_err(Error::internal)?;
    let calendar = calendars::add(tx, &new, &actor, now)?;
    let days = |year: i32| HOLIDAYS.map(|(month, day)| NaiveDate::from_ymd_opt(year, month, day));
    let days = [now.date().year(), now.date().year() + 1].into_iter().flat_map(days);
    let days: Vec<_> = days.flatten().collect();
    calendars::set_holidays(tx, calendar.kept.id, &Expected::Any, &days, &actor, now)?;
    let mut sites = consignments::list_gatherings(tx, 1)?;
    let Some((site, _)) = sites.pop() else { return Ok(()) };
    let orders = consignments::ready(tx, &site, ORDERS)?;
    if orders.len() < consignments::rules::ORDERS_MIN {
        return Ok(());
    }
    let order = |order: &Order| AskedOrder {
        order_id: Some(order.id),
        lines: None,
    };
    let asked = Asked {
        orders: orders.iter().map(order).collect(),
        carrier: Some("Dachser".to_owned()),
        tracking_number: Some("740090117".to_owned()),
        packages: Vec::new(),
    };
    let route = "POST /api/v1/supplier/consignments";
    let key = idempotency::Request::new(warehouse, route, "demo-together".to_owned(), &json!({ "demo": true }))?;
    consignments::dispatch(tx, &key, &asked, &actor, now).map(drop)
}
