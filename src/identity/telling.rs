//! What was changed of somebody's access is told to them, so that they notice what they did not do: an event that
//! becomes a mail, in nobody's feed.

use super::rules::Person;
use super::store;
use crate::audit::{Actor, Who};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::Result;
use crate::events::payloads::AccessChanged;
use crate::events::{self, Entry};
use crate::ids::{AccountId, PersonId};
use crate::names::sets::{AccessChange, AccountRole};

/// Tells a person what was changed, and by whom where it was somebody else. `roles`: all they have now, where these are
/// what changed.
pub fn tell(
    tx: &mut Connection,
    person: &Person,
    what: AccessChange,
    by: PersonId,
    roles: &[AccountRole],
    now: Timestamp,
) -> Result<()> {
    let by = match by == person.id {
        true => None,
        false => store::people::find(tx, by)?.map(|other| other.name),
    };
    let changed = AccessChanged {
        what,
        by,
        roles: roles.to_vec(),
    };
    events::recording(&Entry::new(person.account_id, person.id, changed), now)
        .run(tx)
        .map(drop)
}

/// Tells all admins of an account, or of the staff, what was done to a program of theirs, and by whom where it was somebody
/// else.
pub fn tell_admins(
    tx: &mut Connection,
    account_id: Option<AccountId>,
    what: AccessChange,
    actor: &Actor,
    now: Timestamp,
) -> Result<()> {
    let (own, name) = match actor.who {
        Who::Person(id) => (Some(id), store::people::find(tx, id)?.map(|person| person.name)),
        Who::Client(_) | Who::Program(_) => (None, None),
    };
    let entry = |id: PersonId| {
        let changed = AccessChanged {
            what,
            by: name.clone().filter(|_| own != Some(id)),
            roles: Vec::new(),
        };
        Entry::new(account_id, id, changed)
    };
    let admins = store::people::list_admins(tx, account_id)?;
    let mut batch = Batch::default();
    events::record_all(&mut batch, &admins.into_iter().map(entry).collect::<Vec<_>>(), now)?;
    batch.run(tx)
}
