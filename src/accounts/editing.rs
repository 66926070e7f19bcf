//! Staff change accounts: what the import files bring, one thing at a time and under the same rules.
//!
//! Whoever changes something of an account locks it first and says which version they have seen. Versions are made of
//! the content, so that they also tell what an import has changed.

use std::sync::Arc;

use serde_json::Value;

use super::rules::Account;
use super::sentences;
use super::store;
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::identity::rules::StaffRole;
use crate::identity::rules::rights::StaffRight;
use crate::ids::AccountId;

/// One of the staff at work on an account.
#[derive(Debug, Clone)]
pub struct Editor {
    pub roles: Arc<[StaffRole]>,
    /// For the audit record.
    pub actor: Actor,
}

impl Editor {
    /// `Forbidden` unless the editor's roles give the right `R`.
    pub(in crate::accounts) fn require<R: StaffRight>(&self) -> Result<()> {
        match R::allows(&self.roles) {
            true => Ok(()),
            false => Err(Error::Forbidden),
        }
    }
}

/// What is told where a closed account would be changed.
pub(in crate::accounts) fn closed() -> Error {
    Error::conflict(Code::AccountClosed, sentences::account_never_changes())
}

/// The account as it is now, locked until the transaction ends.
pub(in crate::accounts) fn lock(tx: &mut Connection, id: AccountId) -> Result<Account> {
    super::get(tx, id)?;
    if !store::lock_open(tx, id)? {
        return Err(closed());
    }
    super::get(tx, id)
}

pub(in crate::accounts) fn record(
    tx: &mut Connection,
    editor: &Editor,
    action: &'static str,
    account_id: AccountId,
    object: String,
    details: Value,
    now: Timestamp,
) -> Result<()> {
    let entry = audit::Entry {
        action,
        account_id: Some(account_id),
        object,
        details,
    };
    audit::record(tx, &editor.actor, &entry, now)
}
