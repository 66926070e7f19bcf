//! Key accounts, their sites and terms, and the supplier itself.
//!
//! - [`members`], [`invitations`]: the account's people
//! - [`contacts`]: people there who do not sign in, and the mails they get
//! - [`team`]: the supplier's staff behind an account
//! - [`sites`], [`terms`]: where it takes goods; its terms, opening and closing one
//! - [`credit`]: what is insured, who stands under which parent, and where an order is held
//! - [`choices`]: what its orders usually do about what is not there
//! - [`windows`]: when its sites take goods in
//! - [`keeping`]: what it keeps under codes, such as sites, whatever it is
//! - [`editing`]: what all changes by staff share
//! - [`finding`]: staff look for accounts
//! - [`acting`]: staff act for an account
//! - [`notifications`], [`recipients`]: who gets which mails

pub mod acting;
pub mod api;
pub mod audiences;
pub mod choices;
pub mod clients;
pub mod contacts;
pub mod correspondence;
pub mod credit;
pub mod editing;
pub mod files;
pub mod finding;
pub mod parties;
pub mod mails;
pub mod invitations;
pub mod keeping;
pub mod members;
pub mod notifications;
pub mod pages;
pub mod recipients;
pub mod routes;
pub mod rules;
pub mod sandboxes;
pub mod sites;
pub mod sentences;
mod store;
pub mod supplier_api;
pub mod supplier_pages;
pub mod team;
pub mod terms;
pub mod shapes;
pub mod windows;
pub mod words;

use std::collections::HashMap;

use chrono_tz::Tz;
use serde_json::json;

use self::rules::Account;
use self::sites::Site;
use crate::audit::{self, Actor};
use crate::clock::{Days, Period, Timestamp};
use crate::db::seek::{Scope, Walk};
use crate::db::{Connection, Database};
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, SiteId};
use crate::sentences::{account_is_closed, unknown_account};

pub use self::store::{find_by_code, find_supplier as supplier};

/// The account with this id.
pub fn get(connection: &mut Connection, id: AccountId) -> Result<Account> {
    store::find(connection, id)?.ok_or(Error::NotFound)
}

/// The account with this id, if it is open for business.
pub fn get_open(connection: &mut Connection, id: AccountId) -> Result<Account> {
    let account = get(connection, id)?;
    match account.closed_at {
        None => Ok(account),
        Some(_) => Err(editing::closed()),
    }
}

/// The account with this code, open for business; for commands.
pub fn open_by_code(connection: &mut Connection, code: &str) -> Result<Account> {
    let account = store::find_by_code(connection, code)?;
    let account = account.ok_or_else(|| Error::refused(Code::UnknownAccount, unknown_account(code)))?;
    if account.closed_at.is_some() {
        return Err(Error::refused(Code::UnknownAccount, account_is_closed(code)));
    }
    Ok(account)
}

/// The scope of the account with this code; everybody's where none is named.
pub async fn scope_of(db: &Database, code: Option<String>) -> Result<Scope> {
    let Some(code) = code else { return Ok(Scope::All) };
    db.read(move |connection| {
        let unknown = || Error::invalid("/account", Code::UnknownAccount, unknown_account(&code));
        let account = find_by_code(connection, &code)?.ok_or_else(unknown)?;
        Ok(Scope::Account(account.id))
    })
    .await
}

/// Code and name of these accounts.
pub fn names(connection: &mut Connection, ids: &[AccountId]) -> Result<HashMap<AccountId, (String, String)>> {
    let rows = store::finding::list_names(connection, ids)?;
    Ok(rows.into_iter().map(|(id, code, name)| (id, (code, name))).collect())
}

/// Up to `rows_max` sites of an account in file order, those behind `after`.
pub fn list_sites(
    connection: &mut Connection,
    account_id: AccountId,
    after: impl Into<Walk<SiteId>>,
    rows_max: i64,
) -> Result<Vec<Site>> {
    keeping::list(connection, account_id, after, rows_max)
}

/// Where an order of the account goes: the site with this code, or the first one in file order. `None` when there is
/// no such site.
pub fn ship_to(connection: &mut Connection, account_id: AccountId, code: Option<&str>) -> Result<Option<Site>> {
    match code {
        Some(code) => keeping::find_by_code(connection, account_id, code),
        None => Ok(list_sites(connection, account_id, None, 1)?.pop()),
    }
}

/// The zone of the supplier's days; UTC until it was imported.
pub fn supplier_zone(connection: &mut Connection) -> Result<Tz> {
    Ok(store::find_supplier(connection)?.map_or(Tz::UTC, |supplier| supplier.time_zone))
}

/// The moments of these days of the supplier's; no statement where any day will do.
pub fn period(connection: &mut Connection, days: Days) -> Result<Period> {
    match days.is_any() {
        true => Ok(Period::default()),
        false => Ok(days.period(supplier_zone(connection)?)),
    }
}

/// Closes an account: all its people lose access. Doing it twice changes nothing.
pub fn close(tx: &mut Connection, actor: &Actor, code: &str, now: Timestamp) -> Result<()> {
    let account = store::find_by_code(tx, code)?.ok_or(Error::NotFound)?;
    if account.closed_at.is_some() {
        return Ok(());
    }
    store::update_closed(tx, account.id, now)?;
    let entry = audit::Entry {
        action: "account.close",
        account_id: Some(account.id),
        object: account.id.to_string(),
        details: json!({}),
    };
    audit::record(tx, actor, &entry, now)
}
