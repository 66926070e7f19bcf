//! Which policy is the house's, what the worker does by itself, and what is set for accounts.

use serde_json::json;

use super::policies::by_code;
use super::reason;
use super::rules::Automatic;
use super::store::keeping;
use crate::accounts;
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::Result;
use crate::ids::AccountId;

pub use super::store::keeping::AccountSettings;

/// The code of the house's policy, and what the worker does by itself.
pub fn get(connection: &mut Connection) -> Result<(Option<String>, Automatic)> {
    keeping::find_settings(connection)
}

/// Says which policy is the house's, and what the worker does by itself.
pub fn set(
    tx: &mut Connection,
    default: Option<&str>,
    automatic: Automatic,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Option<String>, Automatic)> {
    let before = get(tx)?;
    let default = by_code(tx, "/default_policy", default)?;
    let mut batch = Batch::new();
    keeping::update_settings(&mut batch, default, automatic);
    batch.run(tx)?;
    let after = get(tx)?;
    let told =
        |(policy, automatic): &(Option<String>, Automatic)| json!({ "default_policy": policy, "automatic": automatic });
    let (was, is) = (told(&before), told(&after));
    let entry = audit::Entry::kept("reminders.set", None, "reminders".to_owned(), Some(&was), Some(&is));
    audit::record(tx, actor, &entry, now)?;
    Ok(after)
}

/// What is set for an account.
pub fn of_account(connection: &mut Connection, account_id: AccountId) -> Result<AccountSettings> {
    accounts::get(connection, account_id)?;
    keeping::find_of_account(connection, account_id)
}

/// Says by which policy an account is reminded, or why never.
pub fn set_of_account(
    tx: &mut Connection,
    account_id: AccountId,
    (policy, excluded): (Option<&str>, Option<&str>),
    actor: &Actor,
    now: Timestamp,
) -> Result<AccountSettings> {
    let before = of_account(tx, account_id)?;
    let policy_id = by_code(tx, "/policy", policy)?;
    let excluded = excluded.filter(|text| !text.trim().is_empty());
    let excluded = excluded.map(|text| reason("/excluded", text)).transpose()?;
    keeping::lock_of_account(tx, account_id)?;
    let mut batch = Batch::new();
    keeping::update_of_account(&mut batch, account_id, policy_id, excluded);
    batch.run(tx)?;
    let after = of_account(tx, account_id)?;
    let told = |own: &AccountSettings| json!({ "policy": own.policy, "excluded": own.excluded });
    let (was, is) = (told(&before), told(&after));
    let object = account_id.to_string();
    let entry = audit::Entry::kept("reminders.set", Some(account_id), object, Some(&was), Some(&is));
    audit::record(tx, actor, &entry, now)?;
    Ok(after)
}
