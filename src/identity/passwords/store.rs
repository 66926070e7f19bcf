//! Rows of wishes to set a new password.

use crate::clock::Timestamp;
use crate::db::{Connection, sql};
use crate::error::Result;
use crate::identity::rules::TokenFacts;
use crate::ids::{PasswordResetId, PersonId};

/// A wish to be stored.
#[derive(Debug, Clone)]
pub struct NewReset<'a> {
    /// Its id.
    pub id: PasswordResetId,
    /// Whose password.
    pub person_id: PersonId,
    /// What its token is derived from beside the id.
    pub nonce: &'a str,
    /// The token's fingerprint.
    pub token_hash: &'a str,
    /// Until when the token is good.
    pub expires_at: Timestamp,
}

/// Stores a wish.
pub fn insert(tx: &mut Connection, reset: &NewReset<'_>, now: Timestamp) -> Result<()> {
    sql(
        "INSERT INTO password_resets (id, person_id, nonce, token_hash, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(reset.id.0)
    .bind(reset.person_id)
    .bind(reset.nonce)
    .bind(reset.token_hash)
    .bind(now)
    .bind(reset.expires_at)
    .run(tx)
    .map(drop)
}

/// Whose password a token is for, and what decides about it.
pub fn find_by_token(connection: &mut Connection, token_hash: &str) -> Result<Option<(PersonId, TokenFacts)>> {
    let row = sql(
        "SELECT r.person_id, r.used_at IS NOT NULL, p.ended_at IS NULL AND a.closed_at IS NULL, r.expires_at \
         FROM password_resets r JOIN people p ON p.id = r.person_id LEFT JOIN accounts a ON a.id = p.account_id \
         WHERE r.token_hash = $1",
    )
    .bind(token_hash)
    .first::<(PersonId, bool, bool, Timestamp)>(connection)?;
    Ok(row.map(|(person_id, used, in_force, expires_at)| {
        let facts = TokenFacts {
            used,
            in_force,
            expires_at,
        };
        (person_id, facts)
    }))
}

/// Marks the wish of a token used; false when another request was faster.
pub fn update_used(tx: &mut Connection, token_hash: &str, now: Timestamp) -> Result<bool> {
    let touched = sql("UPDATE password_resets SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL")
        .bind(token_hash)
        .bind(now)
        .run(tx)?;
    Ok(touched == 1)
}

/// Uses up every wish of a person.
pub fn update_all_used(tx: &mut Connection, person_id: PersonId, now: Timestamp) -> Result<()> {
    sql("UPDATE password_resets SET used_at = $2 WHERE person_id = $1 AND used_at IS NULL")
        .bind(person_id)
        .bind(now)
        .run(tx)
        .map(drop)
}

/// What a reset's mail is made of.
#[derive(Debug, Clone)]
pub struct ResetRow {
    /// Whose password.
    pub person_id: PersonId,
    /// Their mail address.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// Their own language.
    pub locale: Option<String>,
    /// Their account's language tag.
    pub account_locale: Option<String>,
    /// What the token is derived from beside the id.
    pub nonce: String,
    /// The token's fingerprint.
    pub token_hash: String,
    /// What decides whether it is good.
    pub facts: TokenFacts,
}

/// The wish with this id.
pub fn find(connection: &mut Connection, id: PasswordResetId) -> Result<Option<ResetRow>> {
    type Row = (
        (PersonId, String, String, Option<String>, Option<String>),
        (String, String, bool, bool, Timestamp),
    );
    let row = sql(
        "SELECT p.id, p.email, p.name, p.locale, a.locale, r.nonce, r.token_hash, r.used_at IS NOT NULL, \
                p.ended_at IS NULL AND a.closed_at IS NULL, r.expires_at \
         FROM password_resets r JOIN people p ON p.id = r.person_id LEFT JOIN accounts a ON a.id = p.account_id \
         WHERE r.id = $1",
    )
    .bind(id.0)
    .first::<Row>(connection)?;
    Ok(row.map(|(person, reset)| {
        let (person_id, email, name, locale, account_locale) = person;
        let (nonce, token_hash, used, in_force, expires_at) = reset;
        ResetRow {
            person_id,
            email,
            name,
            locale,
            account_locale,
            nonce,
            token_hash,
            facts: TokenFacts {
                used,
                in_force,
                expires_at,
            },
        }
    }))
}

/// Deletes up to `rows_max` wishes that expired before `before`; how many there were.
pub fn delete_expired(tx: &mut Connection, before: Timestamp, rows_max: i64) -> Result<usize> {
    sql("DELETE FROM password_resets WHERE id IN \
           (SELECT id FROM password_resets WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)")
    .bind(before)
    .bind(rows_max)
    .run(tx)
}
