//! The record as a chain: beside the requests every entry gets a place and a hash of itself and of all before it. Whoever
//! changes, takes out or slips in an entry that is sealed breaks the chain from there on, and [`super::checks`] says where.
//!
//! Entries are sealed after their transaction, so that no act waits for another one's (see the decision about it).

use data_encoding::HEXLOWER;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::clock::{Timestamp, rfc3339};
use crate::db::{Connection, Database, select, sets, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, ActingId, AuditId};
use crate::row;

/// Entries sealed in one transaction.
const PASS_ROWS_MAX: i64 = 500;

row! {
    /// An entry as it stands in the database, to the last sign.
    #[derive(Debug, Clone)]
    pub(super) struct Link from "audit_entries" {
        pub id: AuditId = "id",
        recorded_at: Timestamp = "recorded_at",
        actor: String = "actor",
        account_id: Option<AccountId> = "account_id",
        pub action: String = "action",
        object: String = "object",
        request_id: Option<String> = "request_id",
        pub details: String = "details",
        acting_id: Option<ActingId> = "acting_id",
        address: Option<String> = "address",
        pub place: Option<i64> = "place",
        pub hash: Option<String> = "hash",
    }
}

/// What is hashed of an entry: every column, as a JSON array in this order. It never changes.
#[derive(Serialize)]
struct Canonical<'a>(
    i64,
    i64,
    &'a str,
    &'a str,
    Option<i64>,
    &'a str,
    &'a str,
    Option<&'a str>,
    &'a str,
    Option<i64>,
    Option<&'a str>,
);

impl Link {
    /// What the entry comes to by itself, wherever it stands.
    pub(super) fn digest(&self) -> Result<String> {
        self.hash_at(0, "")
    }

    /// What the entry at `place` and all before it come to, where those before come to `before`.
    pub(super) fn hash_at(&self, place: i64, before: &str) -> Result<String> {
        let at = rfc3339(self.recorded_at);
        let canonical = Canonical(
            place,
            self.id.0,
            &at,
            &self.actor,
            self.account_id.map(|id| id.0),
            &self.action,
            &self.object,
            self.request_id.as_deref(),
            &self.details,
            self.acting_id.map(|id| id.0),
            self.address.as_deref(),
        );
        let mut digest = Sha256::new();
        digest.update(before);
        digest.update("\n");
        digest.update(serde_json::to_vec(&canonical).map_err(Error::internal)?);
        Ok(HEXLOWER.encode(&digest.finalize()))
    }
}

row! {
    /// Where the chain ends.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Head from "audit_chain" {
        /// How many entries it has.
        pub place: i64 = "place",
        /// What they come to.
        pub hash: String = "hash",
    }
}

/// Where the chain ends now.
pub fn head(connection: &mut Connection) -> Result<Head> {
    select::<Head>("WHERE id = 1").one(connection)
}

/// Seals the entries that are not, at most so many at a time; how many it were. Passes go one after the other.
pub fn seal(tx: &mut Connection) -> Result<usize> {
    let mut head: Head = select::<Head>("WHERE id = 1 {lock}").one(tx)?;
    let entries: Vec<Link> = select::<Link>("WHERE place IS NULL ORDER BY id LIMIT $1")
        .bind(PASS_ROWS_MAX)
        .rows(tx)?;
    if entries.is_empty() {
        return Ok(0);
    }
    let mut sealed = Vec::with_capacity(entries.len());
    for entry in &entries {
        let place = head.place + 1;
        let hash = entry.hash_at(place, &head.hash)?;
        sealed.push((entry.id, place, hash.clone()));
        head = Head { place, hash };
    }
    sql("UPDATE audit_entries SET place = s.place, hash = s.hash \
         FROM {tuples $1: id bigint, place bigint, hash text} s WHERE audit_entries.id = s.id")
    .bind(sets::json(&sealed)?)
    .run(tx)?;
    sql("UPDATE audit_chain SET place = $1, hash = $2 WHERE id = 1")
        .bind(head.place)
        .bind(&head.hash)
        .run(tx)?;
    Ok(entries.len())
}

/// Seals everything that is not; how many entries it were.
pub async fn step(db: &Database) -> Result<usize> {
    let mut sealed = 0;
    // A look costs nothing; the transaction would take a lock each time.
    while db.read(is_any_unsealed).await? {
        match db.write(seal).await? {
            0 => break,
            some => sealed += some,
        }
    }
    Ok(sealed)
}

fn is_any_unsealed(connection: &mut Connection) -> Result<bool> {
    sql("SELECT EXISTS (SELECT 1 FROM audit_entries WHERE place IS NULL)").one(connection)
}

/// Entries of an action that are not sealed yet.
pub(super) fn list_unsealed(connection: &mut Connection, action: &str) -> Result<Vec<Link>> {
    select::<Link>("WHERE place IS NULL AND action = $1 ORDER BY id")
        .bind(action)
        .rows(connection)
}

/// Up to `rows_max` sealed entries behind `place`, in their order.
pub(super) fn list(connection: &mut Connection, place: i64, rows_max: i64) -> Result<Vec<Link>> {
    select::<Link>("WHERE place > $1 ORDER BY place LIMIT $2")
        .bind(place)
        .bind(rows_max)
        .rows(connection)
}
