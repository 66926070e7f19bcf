//! What was changed of somebody's access is told to them, so that they notice what they did not do: an event that
//! becomes a mail, in nobody's feed.

use super::rules::Person;
use super::store;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::Result;
use crate::events::payloads::AccessChanged;
use crate::events::{self, Entry};
use crate::ids::PersonId;
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
