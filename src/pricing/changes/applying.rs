//! Rows of an approved price change go into their lists, and those of one that is rolled back come out again: some in one short
//! transaction, which also notes how far it is. Whoever is cut off leaves the rest to the next; nothing is done twice.
//!
//! A row makes a row of the list that is valid from the day of the price change, and leaves what is there as it is: the latest first
//! day wins, so before the day nothing changes, and on it all rows hold at once. Where the list has a row of that very day already,
//! its price is replaced, and kept to be put back.

use std::sync::Arc;

use serde_json::{Value, json};

use super::rules::State;
use super::store::{self, Applied, Done, Reset, Taken, Undone};
use super::{Change, record};
use crate::audit::{self, Actor, Entry};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::events;
use crate::events::payloads::PriceListChanged;
use crate::ids::{PersonId, PriceId};
use crate::money::UnitPrice;
use crate::names::states::{PriceChangeOutcome, PriceChangeWork};
use crate::pricing::files::prices::{self, PriceRow};
use crate::pricing::rules::keeping::PriceAction;
use crate::pricing::store::LAST_DAY;

/// Rows of one transaction.
const ROWS_AT_ONCE: i64 = 500;

/// Does the next rows of the first price change that waits; false where none does.
pub fn step(tx: &mut Connection, now: Timestamp) -> Result<bool> {
    let Some(id) = store::find_working(tx)? else {
        return Ok(false);
    };
    let Some(mut change) = store::lock(tx, id)? else {
        return Ok(false);
    };
    match change.work {
        // Somebody else was faster.
        None => {}
        Some(PriceChangeWork::Apply) => apply(tx, &mut change, now)?,
        Some(PriceChangeWork::RollBack) => roll_back(tx, &mut change, now)?,
    }
    Ok(true)
}

/// Something waits.
pub fn is_waiting(connection: &mut Connection) -> Result<bool> {
    Ok(store::find_working(connection)?.is_some())
}

/// Whoever decided is who changed the prices.
fn actor(who: Option<&String>) -> Actor {
    match who.and_then(|who| who.parse::<PersonId>().ok()) {
        Some(id) => Actor::person(id),
        None => Actor::program("worker"),
    }
}

/// The rest waits, or it is over.
fn go_on(change: &mut Change, last: Option<i64>, count: usize) -> Result<bool> {
    if let Some(last) = last {
        change.work_at = last;
    }
    let is_over = i64::try_from(count).map_err(Error::internal)? < ROWS_AT_ONCE;
    if is_over {
        change.work = None;
    }
    Ok(is_over)
}

/// Accounts hear that prices of their lists are others.
fn tell(tx: &mut Connection, change: &Change, now: Timestamp) -> Result<()> {
    for (account_id, list_id, list, count) in store::list_account_lists(tx, change.id)? {
        let payload = PriceListChanged {
            price_list: list,
            prices: Some(usize::try_from(count).map_err(Error::internal)?),
        };
        events::recording(&events::Entry::new(Some(account_id), list_id, payload), now).run(tx)?;
    }
    Ok(())
}

/// A price as the record of changes tells it.
fn told(
    (list, sku, unit, least): (&str, &str, &str, String),
    (micros, base): (i64, i32),
    change: &Change,
    is_of_it: bool,
) -> Value {
    let mut told = json!({
        "price_list": list, "sku": sku, "unit": unit, "min_quantity": least,
        "price": UnitPrice { micros }.to_string(), "price_base": base.to_string(),
    });
    if let Value::Object(members) = &mut told
        && is_of_it
    {
        members.insert("valid_from".to_owned(), json!(change.effective_on));
        members.insert("price_change".to_owned(), json!(change.title));
    }
    told
}

fn apply(tx: &mut Connection, change: &mut Change, now: Timestamp) -> Result<()> {
    let rows = store::list_to_apply(tx, change.id, change.work_at, ROWS_AT_ONCE)?;
    let (mut new, mut again, mut done, mut entries) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for row in &rows {
        let id = match row.there {
            Some(id) => {
                again.push(Reset {
                    id,
                    price_micros: row.price.micros,
                    price_base: row.price_base,
                });
                id
            }
            None => {
                let row = to_insert(row, change);
                let id = row.id;
                new.push(row);
                id
            }
        };
        let undo = row.there.and(row.was_micros);
        done.push(Done {
            id: row.id,
            was_micros: row.was_micros,
            was_base: row.was_base,
            price_id: Some(id),
            undo_micros: undo,
            undo_base: undo.and(row.was_base),
            outcome: Some(PriceChangeOutcome::Applied),
        });
        entries.push(applied(row, id, change));
    }
    prices::insert(tx, &new)?;
    store::reset_prices(tx, &again)?;
    store::note_applied(tx, &done)?;
    let actor = actor(change.decided_by.as_ref());
    if !entries.is_empty() {
        audit::record_all(tx, &actor, &entries, now)?;
    }
    if go_on(change, rows.last().map(|row| row.id.0), rows.len())? {
        change.state = State::Applied;
        change.applied_at = Some(now);
        tell(tx, change, now)?;
        let details = json!({ "title": change.title, "rows": change.row_count, "effective_on": change.effective_on });
        record(tx, &actor, change, ("price_change.apply", details), now)?;
    }
    store::update(tx, change)
}

/// It ends when what it takes the place of would have ended.
fn to_insert(row: &Applied, change: &Change) -> PriceRow {
    PriceRow {
        id: PriceId::new(),
        price_list_id: row.price_list_id,
        account_id: row.account_id,
        product_id: row.product_id,
        price_group: row.price_group.clone(),
        unit: Arc::from(row.unit.as_str()),
        min_quantity: row.min_quantity.steps,
        price_micros: row.price.micros,
        price_base: row.price_base,
        valid_from: change.effective_on,
        valid_to: row.until.unwrap_or(LAST_DAY),
    }
}

fn applied(row: &Applied, id: PriceId, change: &Change) -> Entry {
    let key = || {
        (
            row.list_code.as_str(),
            row.sku.as_str(),
            row.unit.as_str(),
            row.min_quantity.to_string(),
        )
    };
    let before = row.was_micros.zip(row.was_base);
    let action = match row.there {
        Some(_) => PriceAction::Change,
        None => PriceAction::Add,
    };
    Entry {
        action: action.name(),
        account_id: row.account_id,
        object: id.to_string(),
        details: json!({
            "before": before.map(|was| told(key(), was, change, false)),
            "after": told(key(), (row.price.micros, row.price_base), change, true),
        }),
    }
}

fn roll_back(tx: &mut Connection, change: &mut Change, now: Timestamp) -> Result<()> {
    let rows = store::list_to_undo(tx, change.id, change.work_at, ROWS_AT_ONCE)?;
    let (mut gone, mut again, mut taken, mut entries) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for row in &rows {
        let outcome = match (row.price_id, row.undo_micros.zip(row.undo_base)) {
            (Some(id), None) if row.is_as_put => {
                gone.push(id);
                PriceChangeOutcome::Undone
            }
            (Some(id), Some((price_micros, price_base))) if row.is_as_put => {
                again.push(Reset {
                    id,
                    price_micros,
                    price_base,
                });
                PriceChangeOutcome::Undone
            }
            // It is gone already, as it is to be.
            (_, None) if !row.is_there => PriceChangeOutcome::Undone,
            _ => PriceChangeOutcome::Kept,
        };
        if row.is_as_put
            && let Some(id) = row.price_id
        {
            entries.push(undone(row, id, change));
        }
        taken.push(Taken {
            id: row.id,
            outcome: Some(outcome),
        });
    }
    store::delete_prices(tx, &gone)?;
    store::reset_prices(tx, &again)?;
    store::note_undone(tx, &taken)?;
    let actor = actor(change.rolled_back_by.as_ref());
    if !entries.is_empty() {
        audit::record_all(tx, &actor, &entries, now)?;
    }
    if go_on(change, rows.last().map(|row| row.id.0), rows.len())? {
        change.state = State::RolledBack;
        change.rolled_back_at = Some(now);
        tell(tx, change, now)?;
        let details = json!({ "title": change.title, "rows": change.row_count });
        record(tx, &actor, change, ("price_change.undo", details), now)?;
    }
    store::update(tx, change)
}

fn undone(row: &Undone, id: PriceId, change: &Change) -> Entry {
    let key = || {
        (
            row.list_code.as_str(),
            row.sku.as_str(),
            row.unit.as_str(),
            row.min_quantity.to_string(),
        )
    };
    let after = row.undo_micros.zip(row.undo_base);
    let action = match after {
        Some(_) => PriceAction::Change,
        None => PriceAction::Remove,
    };
    Entry {
        action: action.name(),
        account_id: row.account_id,
        object: id.to_string(),
        details: json!({
            "before": told(key(), (row.price.micros, row.price_base), change, true),
            "after": after.map(|was| told(key(), was, change, false)),
        }),
    }
}
