//! Staff look for accounts.

use std::collections::HashMap;

use serde::Serialize;

use super::rules::Account;
use super::store;
use crate::accounts::team;
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::ids::PersonId;

pub use super::store::finding::Standing;

/// Which accounts a list shows.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Filter {
    /// Part of the code or the name; empty = all.
    pub q: String,
    /// Only those whose team this person belongs to.
    pub served_by: Option<PersonId>,
    /// Open ones, closed ones or all.
    pub standing: Standing,
}

/// An account as one of the staff sees it.
#[derive(Debug, Clone)]
pub struct Found {
    pub account: Account,
    /// The name of its key account manager.
    pub manager: Option<String>,
    /// What the person who asks does for it, by position; nothing where they don't belong to its team.
    pub functions: Vec<String>,
}

/// Up to `rows_max` accounts by code behind `after`, as `person_id` sees them.
pub fn list(
    connection: &mut Connection,
    person_id: PersonId,
    filter: &Filter,
    after: impl Into<Walk<String>>,
    rows_max: i64,
) -> Result<Vec<Found>> {
    let accounts = store::finding::list(connection, filter, &after.into(), rows_max)?;
    let ids: Vec<_> = accounts.iter().map(|(account, _)| account.id).collect();
    let mut functions = HashMap::<_, Vec<_>>::new();
    for (account_id, function) in team::store::list_functions(connection, person_id, &ids)? {
        functions.entry(account_id).or_default().push(function);
    }
    let found = accounts.into_iter().map(|(account, manager)| Found {
        functions: functions.remove(&account.id).unwrap_or_default(),
        account,
        manager,
    });
    Ok(found.collect())
}
