//! What an account usually decides about what is not there: whether its orders leave in parts, and how long they wait. Orders, and
//! lines of them, say otherwise where they want to.

pub mod api;
pub mod pages;
pub mod rules;
mod store;

use serde_json::{Value, json};

use self::rules::UsualChoices;
use super::editing::lock;
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::ids::AccountId;
use crate::version::{self, Expected};

fn facts(choices: UsualChoices) -> Value {
    json!({
        "delivery": choices.delivery,
        "backorder": choices.backorder,
        "cancel_after_days": choices.cancel_after_days,
    })
}

/// The version of these choices.
pub fn version(choices: UsualChoices) -> Result<i64> {
    version::of_content(&facts(choices))
}

/// What the account usually decides.
pub fn get(connection: &mut Connection, account_id: AccountId) -> Result<UsualChoices> {
    store::find(connection, account_id)?.ok_or(Error::NotFound)
}

/// Decides otherwise, for whatever is ordered from now on.
pub fn put(
    tx: &mut Connection,
    account_id: AccountId,
    expected: &Expected,
    choices: UsualChoices,
    actor: &Actor,
    now: Timestamp,
) -> Result<UsualChoices> {
    lock(tx, account_id)?;
    let before = get(tx, account_id)?;
    expected.check(version(before)?)?;
    if choices == before {
        return Ok(before);
    }
    store::update(tx, account_id, choices)?;
    let entry = audit::Entry {
        action: "account.change",
        account_id: Some(account_id),
        object: account_id.to_string(),
        details: json!({ "was": facts(before), "is": facts(choices) }),
    };
    audit::record(tx, actor, &entry, now)?;
    Ok(choices)
}
