//! What accounts keep under codes, such as sites: added, changed and removed one by one, and brought by a file. A kind of
//! thing says what it is ([`Kept`] and its [`Noun`]); all else is here, once for all kinds.
//!
//! Whoever changes something locks the account first and says which version they have seen. Codes and owners never
//! change. Versions are made of the content, so that they also tell what an import has changed.

pub mod api;
pub mod files;
pub(in crate::accounts) mod store;
pub mod pages;

pub use self::store::{find_by_code, list};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::editing::lock;
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::{Connection, Selected};
use crate::error::{Error, Result};
use crate::events::{self, Entry};
use crate::ids::{AccountId, Id};
use crate::kept::{self, Act, Difference, Noun};
use crate::sheets::Cells;
use crate::version::{self, Expected};

/// A kind of thing that accounts keep.
pub trait Kept: Selected + Serialize + Send + Sync + 'static {
    /// What tells one from all others.
    type Id: Id;
    /// What a row is checked against beside its own cells.
    type Known: Default + Send + 'static;

    /// Its names and fields.
    fn noun() -> &'static Noun;
    /// Its id.
    fn id(&self) -> Self::Id;
    /// Its code, the key within the account.
    fn code(&self) -> &str;
    /// What rows of one account are checked against.
    fn known(_: &mut Connection, _: AccountId) -> Result<Self::Known> {
        Ok(Self::Known::default())
    }
    /// Checks what one cell alone can't tell; `None` after noting what is wrong.
    fn fits(_: &mut Cells<'_>, _: AccountId, _: &Self::Known) -> Option<()> {
        Some(())
    }
    /// What the account's feed tells of an act, of a change with the names of the fields that differ.
    fn happened(&self, _: AccountId, _: Act, _changed: Vec<String>) -> Option<Entry> {
        None
    }
}

pub fn version<T: Kept>(thing: &T) -> Result<i64> {
    version::of_content(&T::noun().facts(thing)?)
}

pub fn get<T: Kept>(connection: &mut Connection, account_id: AccountId, id: T::Id) -> Result<T> {
    store::find(connection, account_id, id)?.ok_or(Error::NotFound)
}

/// Adds one behind the others. `new` has its fields and a `code`.
pub fn add<T: Kept>(
    tx: &mut Connection,
    actor: &Actor,
    account_id: AccountId,
    new: &impl Serialize,
    now: Timestamp,
) -> Result<T> {
    let account = lock(tx, account_id)?;
    let code = kept::row(new, &[&["code"]])?
        .pop()
        .map(|(_, code)| code)
        .unwrap_or_default();
    files::put::<T>(tx, &account, &code, T::noun().cells(new)?, true)?;
    let thing: T = store::find_by_code(tx, account_id, &code)?.ok_or(Error::NotFound)?;
    record(tx, actor, account_id, (Act::Add, &thing), T::noun().facts(&thing)?, now)?;
    Ok(thing)
}

/// Changes one; how it is now.
pub fn change<T: Kept>(
    tx: &mut Connection,
    actor: &Actor,
    (account_id, id): (AccountId, T::Id),
    expected: &Expected,
    change: &impl Serialize,
    now: Timestamp,
) -> Result<T> {
    let account = lock(tx, account_id)?;
    let stored: T = get(tx, account_id, id)?;
    expected.check(version(&stored)?)?;
    let noun = T::noun();
    let cells = kept::overlaid(&stored, change, &[&noun.names()])?;
    files::put::<T>(tx, &account, stored.code(), cells, false)?;
    let thing: T = get(tx, account_id, id)?;
    if let Some(difference) = Difference::between(&noun.facts(&stored)?, &noun.facts(&thing)?)? {
        let was_and_is = [("was".to_owned(), difference.was), ("is".to_owned(), difference.is)];
        record(
            tx,
            actor,
            account_id,
            (Act::Change, &thing),
            Map::from_iter(was_and_is),
            now,
        )?;
    }
    Ok(thing)
}

/// Takes one away; what it was.
pub fn remove<T: Kept>(
    tx: &mut Connection,
    actor: &Actor,
    (account_id, id): (AccountId, T::Id),
    expected: &Expected,
    now: Timestamp,
) -> Result<T> {
    lock(tx, account_id)?;
    let thing: T = get(tx, account_id, id)?;
    expected.check(version(&thing)?)?;
    store::delete::<T>(tx, account_id, id)?;
    record(
        tx,
        actor,
        account_id,
        (Act::Remove, &thing),
        T::noun().facts(&thing)?,
        now,
    )?;
    Ok(thing)
}

fn record<T: Kept>(
    tx: &mut Connection,
    actor: &Actor,
    account_id: AccountId,
    (act, thing): (Act, &T),
    mut details: Map<String, Value>,
    now: Timestamp,
) -> Result<()> {
    let changed = match details.get("is") {
        Some(Value::Object(is)) if act == Act::Change => is.keys().cloned().collect(),
        _ => Vec::new(),
    };
    details.insert("code".to_owned(), json!(thing.code()));
    let entry = audit::Entry {
        action: T::noun().act(act),
        account_id: Some(account_id),
        object: thing.id().to_string(),
        details: Value::Object(details),
    };
    audit::record(tx, actor, &entry, now)?;
    match thing.happened(account_id, act, changed) {
        Some(event) => events::recording(&event, now).run(tx).map(drop),
        None => Ok(()),
    }
}
