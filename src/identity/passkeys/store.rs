//! Rows of passkeys.

use crate::clock::Timestamp;
use crate::db::{Connection, select, sql};
use crate::error::Result;
use crate::ids::{PasskeyId, PersonId};
use crate::row;

row! {
    /// A passkey as it is kept.
    #[derive(Debug, Clone)]
    pub struct PasskeyRow from "passkeys" {
        pub id: PasskeyId = "id",
        /// What the authenticator calls it, in base 64 for URLs.
        pub credential_id: String = "credential_id",
        /// Its public key in COSE's form, in base 64 for URLs.
        pub public_key: String = "public_key",
        /// How often it was used, where the authenticator counts.
        pub counter: i64 = "counter",
        /// What its person calls it.
        pub name: String = "name",
        pub created_at: Timestamp = "created_at",
        pub last_used_at: Option<Timestamp> = "last_used_at",
    }
}

row! {
    /// A passkey to be stored.
    #[derive(Debug)]
    pub struct NewPasskey<'a> into passkeys {
        pub id: PasskeyId,
        pub person_id: PersonId,
        pub credential_id: &'a str,
        pub public_key: &'a str,
        pub counter: i64,
        pub name: &'a str,
        pub created_at: Timestamp,
    }
}

/// The passkeys of a person, the oldest first.
pub fn list(connection: &mut Connection, person_id: PersonId) -> Result<Vec<PasskeyRow>> {
    select::<PasskeyRow>("WHERE person_id = $1 ORDER BY id")
        .bind(person_id)
        .rows(connection)
}

/// A person's passkey that the authenticator calls so.
pub fn find(connection: &mut Connection, person_id: PersonId, credential_id: &str) -> Result<Option<PasskeyRow>> {
    select::<PasskeyRow>("WHERE person_id = $1 AND credential_id = $2")
        .bind(person_id)
        .bind(credential_id)
        .first(connection)
}

/// Writes down that a passkey was used, and its counter; false where somebody was faster with it.
pub fn update_used(tx: &mut Connection, passkey: &PasskeyRow, counter: i64, now: Timestamp) -> Result<bool> {
    let used = sql("UPDATE passkeys SET counter = $3, last_used_at = $4 WHERE id = $1 AND counter = $2")
        .bind(passkey.id)
        .bind(passkey.counter)
        .bind(counter)
        .bind(now)
        .unheard()
        .run(tx)?;
    Ok(used == 1)
}

/// Takes a passkey of a person away; what it was called.
pub fn delete(tx: &mut Connection, person_id: PersonId, id: PasskeyId) -> Result<Option<String>> {
    sql("DELETE FROM passkeys WHERE id = $2 AND person_id = $1 RETURNING name")
        .bind(person_id)
        .bind(id)
        .first(tx)
}

/// Takes all passkeys of a person away; how many there were.
pub fn delete_all(tx: &mut Connection, person_id: PersonId) -> Result<usize> {
    sql("DELETE FROM passkeys WHERE person_id = $1").bind(person_id).run(tx)
}
