//! Rows of second factors and of the codes for somebody whose authenticator is gone.

use crate::clock::Timestamp;
use crate::db::{Connection, sets, sql};
use crate::error::Result;
use crate::ids::PersonId;
use crate::row;

row! {
    /// A person's second factor, in force or not yet.
    #[derive(Debug, Clone)]
    pub struct Factor from "second_factors" {
        /// What the codes are made of, as people type it.
        pub secret: String = "secret",
        /// When the secret was made.
        pub created_at: Timestamp = "created_at",
        /// Since when it is in force.
        pub confirmed_at: Option<Timestamp> = "confirmed_at",
        /// The step of the last code that was taken.
        pub last_step: i64 = "last_step",
    }
}

/// The second factor of a person.
pub fn find(connection: &mut Connection, person_id: PersonId) -> Result<Option<Factor>> {
    crate::db::select::<Factor>("WHERE person_id = $1")
        .bind(person_id)
        .first(connection)
}

/// Stores the secret of a factor that is not in force yet; false where one is.
pub fn insert_pending(tx: &mut Connection, person_id: PersonId, secret: &str, now: Timestamp) -> Result<bool> {
    let stored = sql(
        "INSERT INTO second_factors (person_id, secret, created_at, last_step) VALUES ($1, $2, $3, 0) \
         ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at \
         WHERE second_factors.confirmed_at IS NULL",
    )
    .bind(person_id)
    .bind(secret)
    .bind(now)
    .run(tx)?;
    Ok(stored == 1)
}

/// Puts a factor in force.
pub fn update_confirmed(tx: &mut Connection, person_id: PersonId, now: Timestamp) -> Result<()> {
    sql("UPDATE second_factors SET confirmed_at = $2 WHERE person_id = $1")
        .bind(person_id)
        .bind(now)
        .run(tx)
        .map(drop)
}

/// Takes the code of a step; false where one of it or of a later one was taken.
pub fn update_step(tx: &mut Connection, person_id: PersonId, step: i64) -> Result<bool> {
    let taken = sql("UPDATE second_factors SET last_step = $2 WHERE person_id = $1 AND last_step < $2")
        .bind(person_id)
        .bind(step)
        .unheard()
        .run(tx)?;
    Ok(taken == 1)
}

/// Takes a person's authenticator away; true if it was in force.
pub fn delete(tx: &mut Connection, person_id: PersonId) -> Result<bool> {
    let was_in_force = find(tx, person_id)?.is_some_and(|factor| factor.confirmed_at.is_some());
    sql("DELETE FROM second_factors WHERE person_id = $1")
        .bind(person_id)
        .run(tx)?;
    Ok(was_in_force)
}

/// Takes a person's recovery codes away.
pub fn delete_codes(tx: &mut Connection, person_id: PersonId) -> Result<()> {
    sql("DELETE FROM recovery_codes WHERE person_id = $1")
        .bind(person_id)
        .run(tx)
        .map(drop)
}

/// Gives a person these recovery codes instead of those they had.
pub fn replace_codes(tx: &mut Connection, person_id: PersonId, hashes: &[String]) -> Result<()> {
    sql("DELETE FROM recovery_codes WHERE person_id = $1")
        .bind(person_id)
        .run(tx)?;
    sql("INSERT INTO recovery_codes (person_id, code_hash) SELECT $1, value FROM {texts $2} r")
        .bind(person_id)
        .bind(sets::json(hashes)?)
        .run(tx)
        .map(drop)
}

/// Uses up a recovery code; false where there is none such, or it was used.
pub fn update_code_used(tx: &mut Connection, person_id: PersonId, hash: &str, now: Timestamp) -> Result<bool> {
    let used =
        sql("UPDATE recovery_codes SET used_at = $3 WHERE person_id = $1 AND code_hash = $2 AND used_at IS NULL")
            .bind(person_id)
            .bind(hash)
            .bind(now)
            .run(tx)?;
    Ok(used == 1)
}

/// How many recovery codes are left.
pub fn count_codes(connection: &mut Connection, person_id: PersonId) -> Result<i64> {
    sql("SELECT COUNT(*) FROM recovery_codes WHERE person_id = $1 AND used_at IS NULL")
        .bind(person_id)
        .one(connection)
}
