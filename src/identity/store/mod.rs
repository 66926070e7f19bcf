//! Rows of sessions, tokens, keys and failed sign-ins; of people and of password resets in files of their own.
//!
//! Whether a person's account is closed is read along by a join: a closed account ends all its people's access.

pub mod acting;
pub mod clients;
pub mod keys;
pub mod people;

use super::acting::Acting;
use super::bearer::Bearer;
use super::rules::{Failures, Limits, RefreshFacts};
use crate::clock::Timestamp;
use crate::db::{Connection, Engine, select, sql};
use crate::error::Result;
use crate::ids::{self, AccountId, ActingId, PersonId, SessionId};
use crate::row;

/// Writes down that a person has signed in; false when they have another password or none by now.
pub fn update_last_sign_in(tx: &mut Connection, id: PersonId, password_hash: &str, now: Timestamp) -> Result<bool> {
    let touched =
        sql("UPDATE people SET last_sign_in_at = $3 WHERE id = $1 AND password_hash = $2 AND ended_at IS NULL")
            .bind(id)
            .bind(password_hash)
            .bind(now)
            .run(tx)?;
    Ok(touched == 1)
}

row! {
    /// What a password is compared with.
    #[derive(Debug, Clone)]
    pub struct Credentials from "people p LEFT JOIN accounts a ON a.id = p.account_id" {
        pub person_id: PersonId = "p.id",
        /// Their password's hash.
        pub password_hash: String = "p.password_hash",
        /// Neither they nor their account have ended.
        pub in_force: bool = "p.ended_at IS NULL AND a.closed_at IS NULL",
        /// The account they belong to; none for staff.
        pub account_id: Option<AccountId> = "p.account_id",
        pub has_second_factor: bool =
            "(EXISTS (SELECT 1 FROM second_factors q WHERE q.person_id = p.id AND q.confirmed_at IS NOT NULL) \
            OR EXISTS (SELECT 1 FROM passkeys k WHERE k.person_id = p.id))",
    }
}

/// The credentials of the person with this id.
pub fn find_credentials_of(connection: &mut Connection, id: PersonId) -> Result<Option<Credentials>> {
    select::<Credentials>("WHERE p.id = $1").bind(id).first(connection)
}

/// The credentials of the person with this mail address, in its stored form.
pub fn find_credentials(connection: &mut Connection, email: &str) -> Result<Option<Credentials>> {
    select::<Credentials>("WHERE p.email = $1")
        .bind(email)
        .first(connection)
}

/// The failures since `since` that decide about throttling.
pub fn find_failures(
    connection: &mut Connection,
    email_hash: &str,
    address: Option<&str>,
    limits: Limits,
    since: Timestamp,
) -> Result<Failures> {
    // An address that is unknown equals none.
    let (pair_beyond, person_beyond, address_beyond, of_person) = sql("SELECT \
           (SELECT failed_at FROM sign_in_failures WHERE email_hash = $1 AND address = $2 AND failed_at > $3 \
            ORDER BY failed_at DESC LIMIT 1 OFFSET $4), \
           (SELECT failed_at FROM sign_in_failures WHERE email_hash = $1 AND failed_at > $3 \
            ORDER BY failed_at DESC LIMIT 1 OFFSET $5), \
           (SELECT failed_at FROM sign_in_failures WHERE address = $2 AND failed_at > $3 \
            ORDER BY failed_at DESC LIMIT 1 OFFSET $6), \
           (SELECT COUNT(*) FROM (SELECT 1 FROM sign_in_failures WHERE email_hash = $1 AND failed_at > $3 LIMIT 100) f)")
    .bind(email_hash)
    .bind(address.map(str::to_owned))
    .bind(since)
    .bind(limits.pair)
    .bind(limits.person)
    .bind(limits.address)
    .one(connection)?;
    Ok(Failures {
        pair_beyond,
        person_beyond,
        address_beyond,
        of_person,
    })
}

/// Forgets the failures of a person: they have proven otherwise who they are.
pub fn delete_failures_of(tx: &mut Connection, email_hash: &str) -> Result<()> {
    sql("DELETE FROM sign_in_failures WHERE email_hash = $1")
        .bind(email_hash)
        .run(tx)
        .map(drop)
}

/// Until the transaction ends, other sign-ins under this mail address wait here. SQLite writes one at a time anyway.
pub fn lock_failures(tx: &mut Connection, email_hash: &str) -> Result<()> {
    if tx.engine() == Engine::Postgres {
        sql("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
            .bind(email_hash)
            .run(tx)?;
    }
    Ok(())
}

/// Writes a failed sign-in down.
pub fn insert_failure(tx: &mut Connection, email_hash: &str, address: &str, now: Timestamp) -> Result<()> {
    sql("INSERT INTO sign_in_failures (id, email_hash, address, failed_at) VALUES ($1, $2, $3, $4)")
        .bind(ids::next())
        .bind(email_hash)
        .bind(address)
        .bind(now)
        .run(tx)
        .map(drop)
}

row! {
    /// A session to be stored.
    #[derive(Debug)]
    pub struct NewSession<'a> into sessions {
        pub id: SessionId,
        /// Whose it is.
        pub person_id: PersonId,
        /// When it begins.
        pub created_at: Timestamp,
        /// When it ends by age.
        pub expires_at: Timestamp,
        /// What the program that signed in calls itself.
        pub user_agent: Option<&'a str>,
        /// Where it called from.
        pub address: Option<&'a str>,
        pub last_used_at: Option<Timestamp>,
        /// When it ends unless it is used before.
        pub idle_at: Option<Timestamp>,
        /// When its person last proved who they are.
        pub proven_at: Option<Timestamp>,
    }
}

/// Writes down that a session is used, and when it ends unless it is used again.
pub fn update_session_used(tx: &mut Connection, id: SessionId, now: Timestamp, idle_at: Timestamp) -> Result<()> {
    sql(
        "UPDATE sessions SET last_used_at = $2, idle_at = $3 WHERE id = $1 AND ended_at IS NULL \
         AND (last_used_at IS NULL OR last_used_at < $2)",
    )
    .bind(id)
    .bind(now)
    .bind(idle_at)
    .run(tx)
    .map(drop)
}

/// Writes down that a session's person proved once more who they are.
pub fn update_session_proven(tx: &mut Connection, id: SessionId, now: Timestamp) -> Result<()> {
    sql("UPDATE sessions SET proven_at = $2 WHERE id = $1")
        .bind(id)
        .bind(now)
        .run(tx)
        .map(drop)
}

/// Writes down that a session gets another token; when it began and when it ends by age.
pub fn update_session_renewed(tx: &mut Connection, id: SessionId, now: Timestamp) -> Result<(Timestamp, Timestamp)> {
    sql("UPDATE sessions SET renewed_at = $2 WHERE id = $1 RETURNING created_at, expires_at")
        .bind(id)
        .bind(now)
        .one(tx)
}

/// The same for a proof that was asked for when the last one was at `before`; false where there was one since.
pub fn update_session_proven_again(
    tx: &mut Connection,
    id: SessionId,
    before: Timestamp,
    now: Timestamp,
) -> Result<bool> {
    let proven = sql("UPDATE sessions SET proven_at = $2 WHERE id = $1 AND proven_at = $3")
        .bind(id)
        .bind(now)
        .bind(before)
        .run(tx)?;
    Ok(proven == 1)
}

/// Ends the oldest sessions of a person where more than so many are in force.
pub fn update_surplus_ended(
    tx: &mut Connection,
    person_id: PersonId,
    most: i64,
    now: Timestamp,
) -> Result<Vec<SessionId>> {
    sql(
        "UPDATE sessions SET ended_at = $3 WHERE person_id = $1 AND ended_at IS NULL AND expires_at > $3 AND id < \
           (SELECT id FROM sessions WHERE person_id = $1 AND ended_at IS NULL AND expires_at > $3 \
            AND (idle_at IS NULL OR idle_at > $3) ORDER BY id DESC LIMIT 1 OFFSET $2) RETURNING id",
    )
    .bind(person_id)
    .bind(most - 1)
    .bind(now)
    .rows(tx)
}

/// Adds the next refresh token of a session.
pub fn insert_refresh_token(tx: &mut Connection, token_hash: &str, session: SessionId, now: Timestamp) -> Result<()> {
    sql("INSERT INTO refresh_tokens (token_hash, session_id, issued_at) VALUES ($1, $2, $3)")
        .bind(token_hash)
        .bind(session)
        .bind(now)
        .run(tx)
        .map(drop)
}

/// A refresh token's session and person, and what decides about it.
pub fn find_refresh_token(
    connection: &mut Connection,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<(Bearer, RefreshFacts)>> {
    let row = sql(
        "SELECT s.id, s.person_id, s.renewed_at, t.used_at IS NOT NULL, s.expires_at, s.ended_at IS NULL \
                AND (s.idle_at IS NULL OR s.idle_at > $2) AND p.ended_at IS NULL AND a.closed_at IS NULL \
         FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id JOIN people p ON p.id = s.person_id \
         LEFT JOIN accounts a ON a.id = p.account_id WHERE t.token_hash = $1",
    )
    .bind(token_hash)
    .bind(now)
    .first::<(SessionId, PersonId, Option<Timestamp>, bool, Timestamp, bool)>(connection)?;
    Ok(
        row.map(|(session_id, person_id, renewed_at, used, expires_at, in_force)| {
            let facts = RefreshFacts {
                used,
                expires_at,
                in_force,
            };
            let bearer = Bearer {
                person_id,
                session_id,
                renewed_at,
            };
            (bearer, facts)
        }),
    )
}

/// Marks a refresh token used; false when another request was faster.
pub fn update_used(tx: &mut Connection, token_hash: &str, now: Timestamp) -> Result<bool> {
    let touched = sql("UPDATE refresh_tokens SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL")
        .bind(token_hash)
        .bind(now)
        .run(tx)?;
    Ok(touched == 1)
}

/// Ends a session; the account of its person, if it was in force.
pub fn update_session_ended(
    tx: &mut Connection,
    session: SessionId,
    now: Timestamp,
) -> Result<Option<Option<AccountId>>> {
    let ended: Option<(SessionId, Option<AccountId>)> =
        sql("UPDATE sessions SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL \
         RETURNING id, (SELECT p.account_id FROM people p WHERE p.id = sessions.person_id)")
        .bind(session)
        .bind(now)
        .first(tx)?;
    Ok(ended.map(|(_, account_id)| account_id))
}

/// Ends the sessions of a person but `kept`; which they were.
pub fn update_sessions_ended(
    tx: &mut Connection,
    person_id: PersonId,
    kept: Option<SessionId>,
    now: Timestamp,
) -> Result<Vec<SessionId>> {
    sql("UPDATE sessions SET ended_at = $3 WHERE person_id = $1 AND ended_at IS NULL AND id <> $2 RETURNING id")
        .bind(person_id)
        // No session has the id 0.
        .bind(kept.map_or(0, |id| id.0))
        .bind(now)
        .rows(tx)
}

/// Ends a session of the person that is in force; false when there is none with this id.
pub fn update_own_session_ended(
    tx: &mut Connection,
    person_id: PersonId,
    id: SessionId,
    now: Timestamp,
) -> Result<bool> {
    let ended = sql(
        "UPDATE sessions SET ended_at = $3 WHERE id = $2 AND person_id = $1 AND ended_at IS NULL AND expires_at > $3 \
         AND (idle_at IS NULL OR idle_at > $3)",
    )
    .bind(person_id)
    .bind(id.0)
    .bind(now)
    .run(tx)?;
    Ok(ended == 1)
}

/// The ids of the sessions of a person that are in force.
pub fn list_session_ids(connection: &mut Connection, person_id: PersonId) -> Result<Vec<SessionId>> {
    sql("SELECT id FROM sessions WHERE person_id = $1 AND ended_at IS NULL")
        .bind(person_id)
        .rows(connection)
}

row! {
    /// A session as its owner sees it.
    #[derive(Debug, Clone)]
    pub struct OwnSession from "sessions s" {
        pub id: SessionId = "s.id",
        /// When somebody signed in.
        pub created_at: Timestamp = "s.created_at",
        /// When it last got a new pair of tokens.
        pub refreshed_at: Timestamp = "COALESCE((SELECT max(t.issued_at) FROM refresh_tokens t \
            WHERE t.session_id = s.id), s.created_at)",
        /// When it was last used, to the minute.
        pub last_used_at: Timestamp = "COALESCE(s.last_used_at, s.created_at)",
        /// What the program that signed in calls itself.
        pub user_agent: Option<String> = "s.user_agent",
        /// Where it called from.
        pub address: Option<String> = "s.address",
    }
}

/// Up to `rows_max` sessions of a person that are in force, the newest first, those behind `after`.
pub fn list_own_sessions(
    connection: &mut Connection,
    person_id: PersonId,
    after: Option<SessionId>,
    rows_max: i64,
    now: Timestamp,
) -> Result<Vec<OwnSession>> {
    select::<OwnSession>(
        "WHERE s.person_id = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND (s.idle_at IS NULL OR s.idle_at > $2) \
         AND s.id < $3 ORDER BY s.id DESC LIMIT $4",
    )
    .bind(person_id)
    .bind(now)
    .bind(after.map_or(i64::MAX, |id| id.0))
    .bind(rows_max)
    .rows(connection)
}

row! {
    /// A session as the database has it.
    #[derive(Debug, Clone)]
    pub struct SessionRow from "sessions s JOIN people p ON p.id = s.person_id LEFT JOIN accounts a ON a.id = p.account_id \
        LEFT JOIN actings f ON f.session_id = s.id AND f.ended_at IS NULL \
        LEFT JOIN accounts b ON b.id = f.account_id AND b.closed_at IS NULL" {
        /// Whose it is.
        pub person_id: PersonId = "s.person_id",
        /// The account they belong to; `None` for staff.
        pub account_id: Option<AccountId> = "p.account_id",
        /// When it ends by age.
        pub expires_at: Timestamp = "s.expires_at",
        pub created_at: Timestamp = "s.created_at",
        pub last_used_at: Timestamp = "COALESCE(s.last_used_at, s.created_at)",
        /// When it ends unless it is used before.
        pub idle_at: Option<Timestamp> = "s.idle_at",
        /// When its person last proved who they are.
        pub proven_at: Timestamp = "COALESCE(s.proven_at, s.created_at)",
        /// When it last got another token.
        pub renewed_at: Option<Timestamp> = "s.renewed_at",
        pub has_second_factor: bool =
            "(EXISTS (SELECT 1 FROM second_factors q WHERE q.person_id = p.id AND q.confirmed_at IS NOT NULL) \
            OR EXISTS (SELECT 1 FROM passkeys k WHERE k.person_id = p.id))",
        /// Session, person and account are all in force.
        pub in_force: bool = "s.ended_at IS NULL AND p.ended_at IS NULL AND a.closed_at IS NULL",
        /// The names of the person's roles, separated by commas.
        pub roles: Option<String> = "(SELECT string_agg(r.role, ',') FROM person_roles r WHERE r.person_id = p.id)",
        name: String = "p.name",
        acting_id: Option<ActingId> = "f.id",
        acting_for: Option<AccountId> = "b.id",
        acting_until: Option<Timestamp> = "f.expires_at",
    }
}

impl SessionRow {
    /// Set while one of the staff acts for an account that is open.
    pub fn acting(&self) -> Option<Acting> {
        Some(Acting {
            id: self.acting_id?,
            account_id: self.acting_for?,
            staff: self.name.as_str().into(),
            expires_at: self.acting_until?,
        })
    }
}

/// The session with this id.
pub fn find_session(connection: &mut Connection, session: SessionId) -> Result<Option<SessionRow>> {
    select::<SessionRow>("WHERE s.id = $1").bind(session).first(connection)
}

/// Deletes up to `rows_max` failures from before `before`; how many there were.
pub fn delete_failures(tx: &mut Connection, before: Timestamp, rows_max: i64) -> Result<usize> {
    sql("DELETE FROM sign_in_failures WHERE id IN \
           (SELECT id FROM sign_in_failures WHERE failed_at < $1 ORDER BY id LIMIT $2)")
    .bind(before)
    .bind(rows_max)
    .run(tx)
}

/// Deletes up to `rows_max` sessions that ended by age before `before`, with their tokens; how many there were.
pub fn delete_sessions(tx: &mut Connection, before: Timestamp, rows_max: i64) -> Result<usize> {
    sql("DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)")
        .bind(before)
        .bind(rows_max)
        .run(tx)
}

/// Deletes up to `rows_max` idempotency keys from before `before`; how many there were.
pub fn delete_idempotency_keys(tx: &mut Connection, before: Timestamp, rows_max: i64) -> Result<usize> {
    sql(
        "DELETE FROM idempotency_keys WHERE (person_id, route, key) IN (SELECT person_id, route, key FROM idempotency_keys WHERE \
         created_at < $1 ORDER BY created_at LIMIT $2)",
    )
    .bind(before)
    .bind(rows_max)
    .run(tx)
}
