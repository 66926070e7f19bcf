//! Rows of set-ups, sessions and documents. What belongs to an account is asked for with it.

use super::basket::Basket;
use super::rules::{Ended, Mode, Operation, Protocol};
use super::setup::PunchoutSetup;
use crate::clock::Timestamp;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Connection, insert, select, selection, sets, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrderId, PersonId, PunchoutDocumentId, PunchoutSessionId, PunchoutShopperId};
use crate::{binds, row};

row! {
    #[derive(Debug, Clone)]
    pub struct SetupRow from "punchout_setups" {
        pub account_id: AccountId = "account_id",
        pub settings: String = "settings",
        pub secret_hash: Option<String> = "secret_hash",
        pub secret_end: Option<String> = "secret_end",
        pub out_secret: Option<String> = "out_secret",
        pub oci_secret_hash: Option<String> = "oci_secret_hash",
        pub oci_secret_end: Option<String> = "oci_secret_end",
        pub mac_secret: Option<String> = "mac_secret",
        pub version: i64 = "version",
        pub created_at: Timestamp = "created_at",
        pub changed_at: Timestamp = "changed_at",
    }
}

pub fn find_setup(connection: &mut Connection, account_id: AccountId) -> Result<Option<SetupRow>> {
    select::<SetupRow>("WHERE account_id = $1")
        .bind(account_id)
        .first(connection)
}

/// The same, locked until the transaction ends: what comes for one account comes one after the other.
pub fn lock_setup(tx: &mut Connection, account_id: AccountId) -> Result<Option<SetupRow>> {
    select::<SetupRow>("WHERE account_id = $1 {lock}")
        .bind(account_id)
        .first(tx)
}

pub fn find_setup_by_buyer(connection: &mut Connection, key: &str) -> Result<Option<SetupRow>> {
    select::<SetupRow>("WHERE buyer_key = $1").bind(key).first(connection)
}

/// The set-ups of the buyers with these credentials.
pub fn list_setups_by_buyers(connection: &mut Connection, keys: &[String]) -> Result<Vec<SetupRow>> {
    select::<SetupRow>("WHERE buyer_key {in texts $1}")
        .bind(sets::json(keys)?)
        .rows(connection)
}

pub fn find_setup_by_oci_user(connection: &mut Connection, user: &str) -> Result<Option<SetupRow>> {
    select::<SetupRow>("WHERE oci_user = $1").bind(user).first(connection)
}

/// Stores a new set-up, or what was changed of one.
pub fn put_setup(
    tx: &mut Connection,
    account_id: AccountId,
    (key, wanted, settings): (&str, &PunchoutSetup, &str),
    is_there: bool,
    now: Timestamp,
) -> Result<()> {
    let statement = match is_there {
        false => sql(
            "INSERT INTO punchout_setups (account_id, buyer_key, buyer_domain, buyer_identity, supplier_domain, \
             supplier_identity, sender_domain, sender_identity, mode, oci_user, settings, created_at, changed_at, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, 1)",
        ),
        true => sql(
            "UPDATE punchout_setups SET buyer_key = $2, buyer_domain = $3, buyer_identity = $4, supplier_domain = $5, \
             supplier_identity = $6, sender_domain = $7, sender_identity = $8, mode = $9, oci_user = $10, settings = $11, \
             changed_at = $12, version = version + 1 WHERE account_id = $1",
        ),
    };
    statement
        .bind(account_id)
        .bind(key)
        .bind(&wanted.buyer_domain)
        .bind(&wanted.buyer_identity)
        .bind(&wanted.supplier_domain)
        .bind(&wanted.supplier_identity)
        .bind(wanted.sender_domain.clone())
        .bind(wanted.sender_identity.clone())
        .bind(&wanted.mode)
        .bind(wanted.oci_user.clone())
        .bind(settings)
        .bind(now)
        .run(tx)
        .map(drop)
}

pub fn delete_setup(tx: &mut Connection, account_id: AccountId) -> Result<()> {
    sql("DELETE FROM punchout_setups WHERE account_id = $1")
        .bind(account_id)
        .run(tx)
        .map(drop)
}

pub fn update_secret(
    tx: &mut Connection,
    account_id: AccountId,
    is_oci: bool,
    hash: &str,
    end: &str,
    now: Timestamp,
) -> Result<()> {
    let statement = match is_oci {
        false => sql(
            "UPDATE punchout_setups SET secret_hash = $2, secret_end = $3, changed_at = $4, version = version + 1 \
                      WHERE account_id = $1",
        ),
        true => sql(
            "UPDATE punchout_setups SET oci_secret_hash = $2, oci_secret_end = $3, changed_at = $4, \
                     version = version + 1 WHERE account_id = $1",
        ),
    };
    statement
        .bind(account_id)
        .bind(hash)
        .bind(end)
        .bind(now)
        .run(tx)
        .map(drop)
}

pub fn update_mac_secret(tx: &mut Connection, account_id: AccountId, secret: &str, now: Timestamp) -> Result<()> {
    sql("UPDATE punchout_setups SET mac_secret = $2, changed_at = $3, version = version + 1 WHERE account_id = $1")
        .bind(account_id)
        .bind(secret)
        .bind(now)
        .run(tx)
        .map(drop)
}

pub fn update_out_secret(
    tx: &mut Connection,
    account_id: AccountId,
    secret: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    sql("UPDATE punchout_setups SET out_secret = $2, changed_at = $3, version = version + 1 WHERE account_id = $1")
        .bind(account_id)
        .bind(secret.map(str::to_owned))
        .bind(now)
        .run(tx)
        .map(drop)
}

/// A member of the account with this mail address.
pub fn find_member(connection: &mut Connection, account_id: AccountId, email: &str) -> Result<Option<PersonId>> {
    sql(
        "SELECT id FROM people WHERE account_id = $1 AND email = $2 AND ended_at IS NULL \
         AND NOT EXISTS (SELECT 1 FROM clients k WHERE k.id = people.id)",
    )
    .bind(account_id)
    .bind(email)
    .first(connection)
}

/// The shopper of the account with this mail address, who is made where there is none.
pub fn put_shopper(
    tx: &mut Connection,
    id: PunchoutShopperId,
    (account_id, email, name): (AccountId, &str, &str),
    now: Timestamp,
) -> Result<PunchoutShopperId> {
    sql(
        "INSERT INTO punchout_shoppers (id, account_id, email, name, created_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (account_id, email) DO UPDATE SET name = excluded.name RETURNING id",
    )
    .bind(id)
    .bind(account_id)
    .bind(email)
    .bind(name)
    .bind(now)
    .one(tx)
}

row! {
    /// A session as it is stored.
    #[derive(Debug, Clone)]
    pub struct SessionRow in punchout_sessions {
        pub id: PunchoutSessionId,
        pub account_id: AccountId,
        pub protocol: Protocol,
        pub operation: Operation,
        pub mode: Mode,
        pub person_id: Option<PersonId>,
        pub shopper_id: Option<PunchoutShopperId>,
        pub start_hash: Option<String>,
        pub start_until: Timestamp,
        pub token_hash: Option<String>,
        pub expires_at: Timestamp,
        pub buyer_cookie: String,
        pub return_url: String,
        pub return_target: Option<String>,
        pub payload_id: Option<String>,
        pub selected: Option<String>,
        pub basket: String,
        pub version: i64,
        pub created_at: Timestamp,
        pub ended_at: Option<Timestamp>,
        pub ended_as: Option<Ended>,
    }
}

pub fn insert_session(tx: &mut Connection, row: SessionRow) -> Result<()> {
    insert(tx, &[row])
}

/// Opens the session that this link opens, once.
pub fn open_session(
    tx: &mut Connection,
    start_hash: &str,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<PunchoutSessionId>> {
    sql("UPDATE punchout_sessions SET start_hash = NULL, token_hash = $2 \
         WHERE start_hash = $1 AND start_until > $3 AND ended_at IS NULL RETURNING id")
    .bind(start_hash)
    .bind(token_hash)
    .bind(now)
    .first(tx)
}

/// The session whose addresses hold this.
pub fn find_session(connection: &mut Connection, token_hash: &str) -> Result<Option<SessionRow>> {
    select::<SessionRow>("WHERE token_hash = $1")
        .bind(token_hash)
        .first(connection)
}

pub fn lock_session(tx: &mut Connection, token_hash: &str) -> Result<Option<SessionRow>> {
    select::<SessionRow>("WHERE token_hash = $1 {lock}")
        .bind(token_hash)
        .first(tx)
}

pub fn update_basket(tx: &mut Connection, id: PunchoutSessionId, basket: &Basket) -> Result<()> {
    let basket = serde_json::to_string(basket).map_err(Error::internal)?;
    sql("UPDATE punchout_sessions SET basket = $2, version = version + 1 WHERE id = $1")
        .bind(id)
        .bind(basket)
        .run(tx)
        .map(drop)
}

pub fn end_session(tx: &mut Connection, id: PunchoutSessionId, ended: Ended, now: Timestamp) -> Result<()> {
    sql("UPDATE punchout_sessions SET ended_at = $2, ended_as = $3, version = version + 1 WHERE id = $1")
        .bind(id)
        .bind(now)
        .bind(ended)
        .run(tx)
        .map(drop)
}

row! {
    /// A document as it is stored.
    #[derive(Debug, Clone)]
    pub struct DocumentRow in punchout_documents {
        pub id: PunchoutDocumentId,
        pub account_id: AccountId,
        pub direction: super::rules::Direction,
        pub kind: String,
        pub payload_id: String,
        pub reference: Option<String>,
        pub order_key: Option<String>,
        pub order_id: Option<OrderId>,
        pub status: i32,
        pub status_text: String,
        pub request: String,
        pub answer: String,
        pub created_at: Timestamp,
        /// Of what goes out.
        pub state: Option<super::rules::Sending>,
    }
}

pub fn insert_document(tx: &mut Connection, row: DocumentRow) -> Result<()> {
    insert(tx, &[row])
}

/// What came under this number from the account.
pub fn find_received(
    connection: &mut Connection,
    account_id: AccountId,
    payload_id: &str,
) -> Result<Option<DocumentRow>> {
    select::<DocumentRow>("WHERE direction = 'in' AND account_id = $1 AND payload_id = $2")
        .bind(account_id)
        .bind(payload_id)
        .first(connection)
}

/// How many documents of the account there are since a moment.
pub fn count_since(connection: &mut Connection, account_id: AccountId, since: Timestamp) -> Result<i64> {
    sql("SELECT count(*) FROM punchout_documents WHERE account_id = $1 AND id >= $2")
        .bind(account_id)
        .bind(crate::ids::first_at(since))
        .one(connection)
}

/// What came as this version of an order.
pub fn find_of_order_key(connection: &mut Connection, account_id: AccountId, key: &str) -> Result<Option<DocumentRow>> {
    select::<DocumentRow>("WHERE account_id = $1 AND order_key = $2")
        .bind(account_id)
        .bind(key)
        .first(connection)
}

pub fn find_document(
    connection: &mut Connection,
    account_id: AccountId,
    id: PunchoutDocumentId,
) -> Result<Option<DocumentRow>> {
    select::<DocumentRow>("WHERE account_id = $1 AND id = $2")
        .bind(account_id)
        .bind(id)
        .first(connection)
}

/// The documents of an account, the newest first.
pub fn list_documents(
    connection: &mut Connection,
    account_id: AccountId,
    before: impl Into<Walk<PunchoutDocumentId>>,
    rows_max: i64,
) -> Result<Vec<DocumentRow>> {
    let mut seek = Seek::new(connection, &selection::<DocumentRow>());
    seek.and("account_id = $1", binds![account_id]);
    let walk = before.into().map(|id| binds![id]);
    seek.part(["id"], Way::Down, "id", walk, rows_max)?.rows(connection)
}

/// Deletes documents from before a moment that no order came of, at most so many.
pub fn delete_documents(tx: &mut Connection, before: Timestamp, rows_max: i64) -> Result<usize> {
    sql("DELETE FROM punchout_documents WHERE id IN (SELECT id FROM punchout_documents WHERE created_at < $1 LIMIT $2)")
        .bind(before)
        .bind(rows_max)
        .run(tx)
}

/// Deletes sessions that ended by themselves before a moment, at most so many.
pub fn delete_sessions(tx: &mut Connection, before: Timestamp, rows_max: i64) -> Result<usize> {
    sql("DELETE FROM punchout_sessions WHERE id IN (SELECT id FROM punchout_sessions WHERE expires_at < $1 LIMIT $2)")
        .bind(before)
        .bind(rows_max)
        .run(tx)
}
