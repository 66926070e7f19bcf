//! Sandboxes: an account's twin in a database of its own beside the portal's, where its programs try out what orders,
//! failures and webhooks do. Nothing of it is in the portal: not its orders, stock, numbers, events, mails or programs
//! ([why](../../docs/decisions/0018-a-sandbox-is-a-database-beside.md)).
//!
//! - [`acting`]: the supplier acts on request
//! - [`conformance`]: what a program has shown
//! - [`probing`]: webhooks that try an endpoint
//! - [`watching`]: what programs sent, and which failures they meet

pub mod acting;
pub mod api;
pub mod conformance;
pub mod pages;
pub mod probing;
pub mod routes;
pub mod rules;
mod sentences;
pub mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;
pub mod view;
pub mod watching;

use chrono::TimeDelta;
use serde_json::json;

pub use self::store::insert_looker;

use self::rules::DAYS_MAX;
use crate::accounts;
use crate::accounts::sandboxes::{self, SandboxRow};
use crate::audit::{self, Actor, Entry};
use crate::clock::{self, Timestamp};
use crate::db::{Connection, Database, violations};
use crate::error::{Code, Error, Result};
use crate::ids::{self, AccountId, SandboxId};

/// Connections of a sandbox's database.
const CONNECTIONS: usize = 3;
const DAY_S: i64 = 86_400;
/// Longer than a database is in the making.
const MAKING_MAX: TimeDelta = TimeDelta::hours(1);

/// What the database of a sandbox is called.
pub fn database_name(row: &SandboxRow) -> String {
    name(row.id, row.generation)
}

fn name(id: SandboxId, generation: i64) -> String {
    format!("sbx_{:x}_{generation}", id.0)
}

fn record(tx: &mut Connection, actor: &Actor, action: &'static str, row: &SandboxRow, now: Timestamp) -> Result<()> {
    let entry = Entry {
        action,
        account_id: Some(row.account_id),
        object: row.id.to_string(),
        details: json!({ "generation": row.generation, "days_ahead": row.ahead_s / DAY_S }),
    };
    audit::record(tx, actor, &entry, now)
}

/// The account's sandbox.
pub fn of_account(connection: &mut Connection, account_id: AccountId) -> Result<SandboxRow> {
    sandboxes::find_of(connection, account_id)?.ok_or(Error::NotFound)
}

/// Makes a sandbox of an open account. Blocks.
pub fn add(portal: &Database, account_id: AccountId, actor: &Actor, now: Timestamp) -> Result<SandboxRow> {
    let known = portal.read_now(|connection| {
        accounts::get_open(connection, account_id)?;
        sandboxes::find_of(connection, account_id)
    })?;
    if known.is_some() {
        return Err(exists());
    }
    let row = SandboxRow {
        id: SandboxId::new(),
        account_id,
        generation: ids::next(),
        ahead_s: 0,
        created_at: now,
        created_by: actor.to_string(),
        refreshed_at: now,
        passed: String::new(),
        version: 1,
    };
    note(portal, &row)?;
    let made = make(portal, &row, None, now);
    let (kept, actor) = (row.clone(), actor.clone());
    let write = move |tx: &mut Connection| {
        sandboxes::store(tx, kept.clone()).map_err(|error| {
            match violations::is_unique_violation(&error, "sandboxes_account", &["account_id"]) {
                true => exists(),
                false => error,
            }
        })?;
        record(tx, &actor, "sandbox.add", &kept, now)
    };
    if let Err(error) = made.and_then(|()| portal.write_now(write)) {
        remove(portal, row.id, row.generation)?;
        return Err(error);
    }
    Ok(row)
}

fn exists() -> Error {
    Error::conflict(Code::SandboxStateForbids, sentences::sandbox_exists())
}

/// Notes the database of a row before it is made, so that one that is left half-made is found.
fn note(portal: &Database, row: &SandboxRow) -> Result<()> {
    let (id, generation) = (row.id, row.generation);
    portal.write_now(move |tx| sandboxes::note_database(tx, id, generation, clock::real()))
}

/// Removes a database of a sandbox. Blocks.
fn remove(portal: &Database, id: SandboxId, generation: i64) -> Result<()> {
    portal.drop_beside(&name(id, generation))?;
    portal.write_now(move |tx| sandboxes::forget_database(tx, id, generation))
}

/// Removes what interrupted makings, resets and closings left; how many databases. Blocks.
pub fn remove_left(portal: &Database, now: Timestamp) -> Result<usize> {
    let left = portal.read_now(|connection| sandboxes::list_left(connection, now - MAKING_MAX))?;
    for row in &left {
        tracing::info!(sandbox = %row.sandbox_id, generation = row.generation, "a database that was left over is removed");
        remove(portal, row.sandbox_id, row.generation)?;
    }
    Ok(left.len())
}

fn make(portal: &Database, row: &SandboxRow, before: Option<&Database>, now: Timestamp) -> Result<()> {
    let world = portal.open_beside(&name(row.id, row.generation), CONNECTIONS)?;
    store::make(&world, portal, before, (row.id, row.account_id), now)
}

/// Opens its database. Blocks.
pub fn open(portal: &Database, row: &SandboxRow) -> Result<Database> {
    portal.open_beside(&name(row.id, row.generation), CONNECTIONS)
}

/// Takes over what changed of the account, its catalogue and its prices, and fills the stock up. Orders stay. Blocks.
pub fn refresh(portal: &Database, account_id: AccountId, actor: &Actor, now: Timestamp) -> Result<SandboxRow> {
    let row = portal.read_now(|connection| of_account(connection, account_id))?;
    let world = open(portal, &row)?;
    store::refresh(&world, portal, (row.id, account_id), now).map_err(|error| match violations::is_stale(&error) {
        true => Error::conflict(Code::SandboxStateForbids, sentences::sandbox_key_taken()),
        false => error,
    })?;
    change(portal, account_id, "sandbox.refresh", actor, now, move |_, row| {
        row.refreshed_at = now;
        Ok(())
    })
}

/// Begins anew: the same account without anything that happened. Programs, endpoints and what was passed stay. Blocks.
pub fn reset(portal: &Database, account_id: AccountId, actor: &Actor, now: Timestamp) -> Result<SandboxRow> {
    let before = portal.read_now(|connection| of_account(connection, account_id))?;
    let old = open(portal, &before)?;
    // Two that begin anew at once make one each; the first to be done has its way.
    let next = SandboxRow {
        generation: ids::next().max(before.generation + 1),
        ..before.clone()
    };
    note(portal, &next)?;
    let (own, generation) = (before.generation, next.generation);
    let begin_anew = move |tx: &mut Connection, row: &mut SandboxRow| {
        if row.generation != own {
            return Err(exists());
        }
        sandboxes::note_database(tx, row.id, own, clock::real())?;
        (row.generation, row.ahead_s, row.refreshed_at) = (generation, 0, now);
        Ok(())
    };
    let made = make(portal, &next, Some(&old), now)
        .and_then(|()| change(portal, account_id, "sandbox.reset", actor, now, begin_anew));
    drop(old);
    let left = if made.is_ok() { own } else { generation };
    remove(portal, before.id, left)?;
    made
}

/// Ends it with everything in it. Blocks.
pub fn close(portal: &Database, account_id: AccountId, actor: &Actor, now: Timestamp) -> Result<SandboxRow> {
    let actor = actor.clone();
    let row = portal.write_now(move |tx| {
        let row = of_account(tx, account_id)?;
        sandboxes::note_database(tx, row.id, row.generation, clock::real())?;
        sandboxes::delete(tx, row.id)?;
        record(tx, &actor, "sandbox.close", &row, now)?;
        Ok(row)
    })?;
    remove(portal, row.id, row.generation)?;
    Ok(row)
}

/// Changes its row. Blocks.
fn change(
    portal: &Database,
    account_id: AccountId,
    action: &'static str,
    actor: &Actor,
    now: Timestamp,
    work: impl Fn(&mut Connection, &mut SandboxRow) -> Result<()> + Send + 'static,
) -> Result<SandboxRow> {
    let actor = actor.clone();
    portal.write_now(move |tx| {
        let mut row = of_account(tx, account_id)?;
        work(tx, &mut row)?;
        sandboxes::update(tx, &row)?;
        record(tx, &actor, action, &row, now)?;
        Ok(row)
    })
}

/// Sets its clock further ahead; never back.
pub fn set_ahead(
    tx: &mut Connection,
    account_id: AccountId,
    days: i64,
    actor: &Actor,
    now: Timestamp,
) -> Result<SandboxRow> {
    let mut row = of_account(tx, account_id)?;
    let ahead = row.ahead_s / DAY_S;
    if days < 1 || days > DAYS_MAX - ahead {
        let detail = sentences::sandbox_days(DAYS_MAX - ahead);
        return Err(Error::invalid("/days", Code::ValueInvalid, detail));
    }
    row.ahead_s += days * DAY_S;
    sandboxes::update(tx, &row)?;
    record(tx, actor, "sandbox.advance", &row, now)?;
    Ok(row)
}

/// Notes which scenarios were passed.
pub fn note_passed(tx: &mut Connection, account_id: AccountId, passed: &str) -> Result<()> {
    let mut row = of_account(tx, account_id)?;
    if row.passed == passed {
        return Ok(());
    }
    row.passed = passed.to_owned();
    sandboxes::update(tx, &row)
}
