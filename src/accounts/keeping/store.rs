//! Rows of what accounts keep. None is read without its account.

use std::collections::HashMap;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::Kept;
use crate::binds;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::violations::is_unique_violation;
use crate::db::{Connection, composed, select, selection, sets};
use crate::error::{Code, Error, Result};
use crate::ids::{self, AccountId, Id};
use crate::kept::{Noun, Values};
use crate::keys::Keyed;
use crate::sheets::plan::{Row, Scope};

/// One of an account, by its id.
pub fn find<T: Kept>(connection: &mut Connection, account_id: AccountId, id: T::Id) -> Result<Option<T>> {
    let one = select::<T>("WHERE account_id = $1 AND id = $2");
    one.bind(account_id).bind(id.number()).first(connection)
}

/// One of an account, by its code or by one that is the same.
pub fn find_by_code<T: Kept>(connection: &mut Connection, account_id: AccountId, code: &str) -> Result<Option<T>> {
    let one = |code: &str| {
        select::<T>("WHERE account_id = $1 AND code = $2")
            .bind(account_id)
            .bind(code)
    };
    if let Some(exactly) = one(code).first(connection)? {
        return Ok(Some(exactly));
    }
    let codes = codes_of::<T>(connection, account_id)?;
    match codes.get(&account_id).and_then(|codes| codes.alike(code)) {
        Some(alike) => one(alike).first(connection),
        None => Ok(None),
    }
}

/// Codes by account.
pub type Codes = HashMap<AccountId, Keyed<()>>;

/// The codes there are.
pub fn codes<T: Kept>(connection: &mut Connection) -> Result<Codes> {
    let all = composed(format!("SELECT account_id, code FROM {}", T::noun().table));
    all.rows(connection).map(by_account)
}

/// The codes of one account.
pub fn codes_of<T: Kept>(connection: &mut Connection, account_id: AccountId) -> Result<Codes> {
    let own = composed(format!(
        "SELECT account_id, code FROM {} WHERE account_id = $1",
        T::noun().table
    ));
    own.bind(account_id).rows(connection).map(by_account)
}

fn by_account(rows: Vec<(AccountId, String)>) -> Codes {
    let mut codes = Codes::new();
    for (account_id, code) in rows {
        codes.entry(account_id).or_default().insert(&code, ());
    }
    codes
}

/// Up to `rows_max` of an account in the order in which they came, those behind `after`.
pub fn list<T: Kept>(
    connection: &mut Connection,
    account_id: AccountId,
    after: impl Into<Walk<T::Id>>,
    rows_max: i64,
) -> Result<Vec<T>> {
    let mut seek = Seek::new(connection, &selection::<T>());
    seek.and("account_id = $1", binds![account_id]);
    let walk = after.into().map(|id: T::Id| binds![id.number()]);
    seek.part(["id"], Way::Up, "id", walk, rows_max)?.rows(connection)
}

/// Takes one away.
pub fn delete<T: Kept>(tx: &mut Connection, account_id: AccountId, id: T::Id) -> Result<()> {
    let one = composed(format!(
        "DELETE FROM {} WHERE account_id = $1 AND id = $2",
        T::noun().table
    ));
    one.bind(account_id).bind(id.number()).run(tx).map(drop)
}

/// One as it is to be stored.
#[derive(Debug)]
pub struct KeptRow {
    /// Its id, if it is new.
    id: i64,
    /// Whose it is.
    pub account_id: AccountId,
    pub code: String,
    values: Values,
}

impl KeptRow {
    /// One of an account under a code.
    pub fn new(account_id: AccountId, code: &str, values: Values) -> Self {
        Self {
            id: ids::next(),
            account_id,
            code: code.to_owned(),
            values,
        }
    }
}

/// Under the names of the table's columns.
impl Serialize for KeptRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_map(None)?;
        row.serialize_entry("id", &self.id)?;
        row.serialize_entry("account_id", &self.account_id)?;
        row.serialize_entry("code", &self.code)?;
        for (name, value) in &self.values {
            row.serialize_entry(name, value)?;
        }
        row.end()
    }
}

impl Row for KeptRow {
    fn id(&self) -> i64 {
        self.id
    }

    fn concerns(&self, scope: &Scope) -> bool {
        scope.accounts.contains(&self.account_id)
    }
}

/// Stores a new one; a fault at its code where that is taken.
pub fn insert(tx: &mut Connection, noun: &Noun, row: KeptRow) -> Result<()> {
    noun.store()
        .insert(tx, &[row])
        .map_err(|error| match is_unique_violation(&error, &noun.index, &Noun::KEY) {
            true => Error::invalid("/code", Code::DuplicateKey, (noun.taken)()),
            false => error,
        })
}

/// Stores what one is now.
pub fn update(tx: &mut Connection, noun: &Noun, row: KeptRow) -> Result<()> {
    noun.upsert(&noun.names()).run(tx, &sets::json(&[row])?).map(drop)
}
