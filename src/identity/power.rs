//! What somebody may do at this moment, for work that is done later than they asked for it.

use super::clients::copies::Known;
use super::rules::scopes::Scope;
use super::rules::{AccountRole, StaffRole};
use super::store;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{AccountId, ClientId, PersonId};

/// What somebody may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Power {
    Member(AccountId, Vec<AccountRole>),
    Staff(Vec<StaffRole>),
    /// A program of an account, or the supplier's.
    Program(Option<AccountId>, Vec<Scope>),
}

/// What the person may do, or the program that the row stands for; nothing where they have no access any more.
pub fn power(connection: &mut Connection, id: PersonId, now: Timestamp) -> Result<Option<Power>> {
    if let Some(row) = store::clients::find(connection, ClientId(id.0))? {
        let known = Known::of(&row).filter(|known| known.is_in_time(now));
        return Ok(known.map(|known| Power::Program(known.account_id, known.scopes)));
    }
    let person = store::people::find(connection, id)?.filter(|person| person.ended_at.is_none());
    let Some(person) = person else { return Ok(None) };
    let roles = store::people::list_roles(connection, id)?;
    let names = roles.iter().map(String::as_str);
    if let Some(account_id) = person.account_id
        && !store::people::is_account_open(connection, account_id)?
    {
        return Ok(None);
    }
    Ok(Some(match person.account_id {
        Some(account_id) => Power::Member(account_id, names.filter_map(AccountRole::from_name).collect()),
        None => Power::Staff(names.filter_map(StaffRole::from_name).collect()),
    }))
}
