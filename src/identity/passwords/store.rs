//! Rows of requests for a new password, and of its hash.

use crate::clock::Timestamp;
use crate::db::{Connection, select, sql};
use crate::error::Result;
use crate::identity::rules::TokenFacts;
use crate::ids::{AccountId, PasswordResetId, PersonId};
use crate::languages::Language;
use crate::row;

row! {
    /// A request to be stored.
    #[derive(Debug)]
    pub struct NewReset<'a> into password_resets {
        pub id: PasswordResetId,
        /// Whose password.
        pub person_id: PersonId,
        /// What its token is derived from beside the id.
        pub nonce: &'a str,
        /// The token's fingerprint.
        pub token_hash: &'a str,
        /// When it was asked for.
        pub created_at: Timestamp,
        /// Until when the token is good.
        pub expires_at: Timestamp,
    }
}

row! {
    /// A request as it is stored, with what its mail is made of.
    #[derive(Debug, Clone)]
    pub struct ResetRow from "password_resets r JOIN people p ON p.id = r.person_id \
        LEFT JOIN accounts a ON a.id = p.account_id" {
        /// Whose password.
        pub person_id: PersonId = "p.id",
        /// Their mail address.
        pub email: String = "p.email",
        /// What they are called.
        pub name: String = "p.name",
        /// Their own language.
        pub language: Option<Language> = "p.locale",
        /// Their account's language tag.
        pub account_locale: Option<String> = "a.locale",
        /// What the token is derived from beside the id.
        pub nonce: String = "r.nonce",
        /// The token's fingerprint.
        pub token_hash: String = "r.token_hash",
        used: bool = "r.used_at IS NOT NULL",
        in_force: bool = "p.ended_at IS NULL AND a.closed_at IS NULL",
        /// Until when the token is good.
        pub expires_at: Timestamp = "r.expires_at",
    }
}

impl ResetRow {
    /// What decides whether the token is good.
    pub fn facts(&self) -> TokenFacts {
        TokenFacts {
            used: self.used,
            in_force: self.in_force,
            expires_at: self.expires_at,
        }
    }
}

/// Name of the supplier, name and code of an account, as far as there are such.
pub fn names_about(
    connection: &mut Connection,
    account: Option<AccountId>,
) -> Result<(Option<String>, Option<String>, Option<String>)> {
    sql(
        "SELECT (SELECT name FROM supplier WHERE id = 1), (SELECT name FROM accounts WHERE id = $1), \
                (SELECT code FROM accounts WHERE id = $1)",
    )
    .bind(account)
    .one(connection)
}

/// The request with this token.
pub fn find_by_token(connection: &mut Connection, token_hash: &str) -> Result<Option<ResetRow>> {
    select::<ResetRow>("WHERE r.token_hash = $1")
        .bind(token_hash)
        .first(connection)
}

/// The request with this id.
pub fn find(connection: &mut Connection, id: PasswordResetId) -> Result<Option<ResetRow>> {
    select::<ResetRow>("WHERE r.id = $1").bind(id).first(connection)
}

/// Marks the request of a token used; false when another request was faster.
pub fn update_used(tx: &mut Connection, token_hash: &str, now: Timestamp) -> Result<bool> {
    let touched = sql("UPDATE password_resets SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL")
        .bind(token_hash)
        .bind(now)
        .run(tx)?;
    Ok(touched == 1)
}

/// Uses up every request of a person.
pub fn update_all_used(tx: &mut Connection, person_id: PersonId, now: Timestamp) -> Result<()> {
    sql("UPDATE password_resets SET used_at = $2 WHERE person_id = $1 AND used_at IS NULL")
        .bind(person_id)
        .bind(now)
        .run(tx)
        .map(drop)
}

/// Puts another hash of the same password in place of this one; false where it is that of another password by now.
pub fn update_hash(tx: &mut Connection, person_id: PersonId, old: &str, new: &str) -> Result<bool> {
    let touched = sql("UPDATE people SET password_hash = $3 WHERE id = $1 AND password_hash = $2")
        .bind(person_id)
        .bind(old)
        .bind(new)
        .run(tx)?;
    Ok(touched == 1)
}

/// Deletes up to `rows_max` requests that expired before `before`; how many there were.
pub fn delete_expired(tx: &mut Connection, before: Timestamp, rows_max: i64) -> Result<usize> {
    sql("DELETE FROM password_resets WHERE id IN \
           (SELECT id FROM password_resets WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)")
    .bind(before)
    .bind(rows_max)
    .run(tx)
}
