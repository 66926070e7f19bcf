//! The supplier's people, as their admins see them: who may what, who has a second factor. Admins end the sessions of
//! colleagues and take second factors away whose authenticator is gone; adding and ending people is for the command line.

pub mod supplier_api;
pub mod supplier_pages;

use super::factors::By;
use super::rules::{Person, StaffRole};
pub use super::store::people::StaffMember;
use super::{factors, own_sessions, people, store};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::{Error, Result};
use crate::ids::{PersonId, SessionId};

/// Up to `rows_max` of the staff who have access, the oldest first, those behind `after`.
pub fn list(connection: &mut Connection, after: impl Into<Walk<PersonId>>, rows_max: i64) -> Result<Vec<StaffMember>> {
    store::people::list_staff_members(connection, after, rows_max)
}

impl StaffMember {
    /// What they may do, in the order of all roles.
    pub fn all_roles(&self) -> Vec<StaffRole> {
        let names = self.roles.as_deref().unwrap_or_default();
        let has = |role: &StaffRole| names.split(',').any(|name| name == role.name());
        StaffRole::ALL.iter().copied().filter(has).collect()
    }
}

/// One of the staff with access, locked; people of accounts are not found.
fn lock(tx: &mut Connection, id: PersonId) -> Result<Person> {
    let person = people::lock(tx, id)?;
    match person.account_id {
        None => Ok(person),
        Some(_) => Err(Error::NotFound),
    }
}

/// Ends all sessions of one of the staff, who is told; which they were.
pub fn end_sessions(
    tx: &mut Connection,
    actor: &Actor,
    by: PersonId,
    id: PersonId,
    now: Timestamp,
) -> Result<Vec<SessionId>> {
    let person = lock(tx, id)?;
    own_sessions::end_all(tx, actor, by, &person, now)
}

/// Takes the second factor of one of the staff away; the sessions that ended.
pub fn reset_factor(
    tx: &mut Connection,
    actor: &Actor,
    by: PersonId,
    id: PersonId,
    now: Timestamp,
) -> Result<Vec<SessionId>> {
    lock(tx, id)?;
    factors::reset(tx, actor, By::Person(by), id, now)
}
