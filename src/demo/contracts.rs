//! A contract that has run for some months, with what is committed by it, and one that waits for its account.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde_json::{Value, json};

use super::accounts::staff_email;
use super::setting_up::person;
use crate::accounts;
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::contracts::acting::{self, Signature};
use crate::contracts::{self, working};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::ids::ContractId;
use crate::version::Expected;

/// The first day of the month that is so many months away.
fn month(today: NaiveDate, months: i32) -> Result<NaiveDate> {
    let first = today.with_day(1).unwrap_or(today);
    let by = Months::new(months.unsigned_abs());
    let day = if months < 0 {
        first.checked_sub_months(by)
    } else {
        first.checked_add_months(by)
    };
    day.ok_or_else(|| Error::internal("the demonstration lies beyond all days"))
}

/// Writes a contract and offers it.
fn offered(tx: &mut Connection, draft: Value, commitments: Value, actor: &Actor, now: Timestamp) -> Result<ContractId> {
    let draft = serde_json::from_value(draft).map_err(Error::internal)?;
    let id = contracts::add(tx, &draft, actor, now)?.contract.id;
    let commitments: Vec<_> = serde_json::from_value(commitments).map_err(Error::internal)?;
    contracts::put_commitments(tx, id, &Expected::Any, &commitments, actor, now)?;
    acting::offer(tx, id, &Expected::Any, actor, now)?;
    Ok(id)
}

/// Puts it all there, once the year is over.
pub(super) fn create(tx: &mut Connection, now: Timestamp) -> Result<()> {
    let manager = Actor::person(person(tx, &staff_email("willem"))?);
    let today = now.date();
    let (from, to) = (month(today, -8)?, month(today, 16)? - Days::new(1));
    let running = json!({
        "contract": "K-ELBTOR", "account": "ELBTOR", "name": "Frame contract fastening", "currency": "EUR",
        "valid_from": from.to_string(), "valid_to": to.to_string(), "notice_days": 90, "renewal": "auto", "renewal_months": 12,
        "payment_terms_days": 60, "free_freight_from": "750.00",
    });
    let committed = json!([
        {"commitment": "turnover", "kind": "value", "scope": "all", "period": "year", "committed": "400000.00", "shortfall_rate": "2.5"},
        {"commitment": "screws", "kind": "value", "scope": "category", "key": "Hexagon screws", "period": "quarter", "committed": "6000.00"},
        {"commitment": "m8x30", "kind": "quantity", "scope": "sku", "key": "HXS-M8X30-ZP", "period": "year", "committed": "60000", "shortfall_rate": "0.01"},
    ]);
    let id = offered(tx, running, committed, &manager, now)?;
    let account = accounts::open_by_code(tx, "ELBTOR")?;
    let admin = Actor::person(person(tx, "anke@elbtor.example")?);
    acting::accept(tx, (account.id, id), &Expected::Any, "Anke Petersen", &admin, now)?;
    let signature = Signature {
        name: "Willem Kessemeer".to_owned(),
        ..Signature::default()
    };
    acting::countersign(tx, id, &Expected::Any, &signature, &manager, now)?;
    working::settle(tx, id, &Actor::program("worker"), now)?;

    let (from, to) = (month(today, 1)?, month(today, 13)? - Days::new(1));
    let waiting = json!({
        "contract": "K-GLASOORD", "account": "GLASOORD", "name": "Frame contract rigging", "currency": "EUR",
        "valid_from": from.to_string(), "valid_to": to.to_string(), "notice_days": 60,
    });
    let committed = json!([
        {"commitment": "turnover", "kind": "value", "scope": "all", "period": "quarter", "committed": "25000.00", "shortfall_rate": "2"},
    ]);
    offered(tx, waiting, committed, &manager, now).map(drop)
}
