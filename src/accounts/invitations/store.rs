//! Rows of invitations.

use crate::accounts::members::store::{roles_of, texts};
use crate::clock::Timestamp;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Connection, select, selection, sql};
use crate::error::Result;
use crate::identity::rules::AccountRole;
use crate::ids::{AccountId, InvitationId, PersonId};
use crate::{binds, row};

/// An invitation to be stored.
#[derive(Debug, Clone)]
pub struct NewInvitation<'a> {
    pub id: InvitationId,
    pub account_id: AccountId,
    /// Mail address in its stored form.
    pub email: &'a str,
    pub role: AccountRole,
    /// By whom.
    pub invited_by: PersonId,
    /// What its token is derived from beside the id.
    pub nonce: &'a str,
    /// The token's fingerprint.
    pub token_hash: &'a str,
    /// Until when it is good.
    pub expires_at: Timestamp,
}

/// Stores an invitation.
pub fn insert(tx: &mut Connection, invitation: &NewInvitation<'_>, now: Timestamp) -> Result<()> {
    sql("INSERT INTO invitations \
           (id, account_id, email, role, invited_by, nonce, token_hash, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(invitation.id.0)
    .bind(invitation.account_id)
    .bind(invitation.email)
    .bind(invitation.role.name())
    .bind(invitation.invited_by)
    .bind(invitation.nonce)
    .bind(invitation.token_hash)
    .bind(now)
    .bind(invitation.expires_at)
    .run(tx)
    .map(drop)
}

/// When the account's invitation number `count`, counted from the newest one, was sent, if that is after `since`.
pub fn find_nth(
    connection: &mut Connection,
    account_id: AccountId,
    count: i64,
    since: Timestamp,
) -> Result<Option<Timestamp>> {
    sql(
        "SELECT created_at FROM invitations WHERE account_id = $1 AND created_at > $2 \
         ORDER BY created_at DESC LIMIT 1 OFFSET $3",
    )
    .bind(account_id)
    .bind(since)
    .bind(count - 1)
    .first(connection)
}

/// Withdraws the waiting invitations of an address.
pub fn update_withdrawn_of_email(
    tx: &mut Connection,
    account_id: AccountId,
    email: &str,
    now: Timestamp,
) -> Result<Vec<InvitationId>> {
    sql("UPDATE invitations SET withdrawn_at = $3 \
         WHERE account_id = $1 AND email = $2 AND accepted_at IS NULL AND withdrawn_at IS NULL RETURNING id")
    .bind(account_id)
    .bind(email)
    .bind(now)
    .rows(tx)
}

/// Withdraws the waiting invitations that somebody sent.
pub fn update_withdrawn_of_inviter(tx: &mut Connection, inviter: PersonId, now: Timestamp) -> Result<()> {
    sql("UPDATE invitations SET withdrawn_at = $2 \
         WHERE invited_by = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL")
    .bind(inviter)
    .bind(now)
    .run(tx)
    .map(drop)
}

/// Withdraws an invitation of the account; its mail address, `None` when none with this id is open.
pub fn update_withdrawn(
    tx: &mut Connection,
    account_id: AccountId,
    id: InvitationId,
    now: Timestamp,
) -> Result<Option<String>> {
    sql(
        "UPDATE invitations SET withdrawn_at = $3 WHERE account_id = $1 AND id = $2 \
         AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > $3 RETURNING email",
    )
    .bind(account_id)
    .bind(id.0)
    .bind(now)
    .first(tx)
}

/// The account that an open invitation leads to.
pub fn find_account(connection: &mut Connection, id: InvitationId, now: Timestamp) -> Result<Option<AccountId>> {
    sql(
        "SELECT account_id FROM invitations WHERE id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL \
         AND expires_at > $2",
    )
    .bind(id.0)
    .bind(now)
    .first(connection)
}

/// Marks an invitation accepted; false when it was accepted or withdrawn meanwhile.
pub fn update_accepted(tx: &mut Connection, id: InvitationId, now: Timestamp) -> Result<bool> {
    let touched =
        sql("UPDATE invitations SET accepted_at = $2 WHERE id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL")
            .bind(id.0)
            .bind(now)
            .run(tx)?;
    Ok(touched == 1)
}

row! {
    /// An invitation that waits for an answer.
    #[derive(Debug, Clone)]
    pub struct Open from "invitations i JOIN people p ON p.id = i.invited_by" {
        pub id: InvitationId = "i.id",
        pub email: String = "i.email",
        pub role: AccountRole = "i.role",
        pub invited_by: String = "p.name",
        /// Since when.
        pub created_at: Timestamp = "i.created_at",
        /// Until when.
        pub expires_at: Timestamp = "i.expires_at",
    }
}

/// The open invitation of an account with this id.
pub fn find_open(
    connection: &mut Connection,
    account_id: AccountId,
    id: InvitationId,
    now: Timestamp,
) -> Result<Option<Open>> {
    select::<Open>(
        "WHERE i.account_id = $1 AND i.id = $2 AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL \
           AND i.expires_at > $3",
    )
    .bind(account_id)
    .bind(id.0)
    .bind(now)
    .first(connection)
}

/// Up to `rows_max` open invitations of an account, the newest first, those behind `after`.
pub fn list_open(
    connection: &mut Connection,
    account_id: AccountId,
    after: impl Into<Walk<InvitationId>>,
    rows_max: i64,
    now: Timestamp,
) -> Result<Vec<Open>> {
    let mut seek = Seek::new(connection, &selection::<Open>());
    seek.and(
        "i.account_id = $1 AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > $2",
        binds![account_id, now],
    );
    let walk = after.into().map(|id| binds![id]);
    seek.part(["i.id"], Way::Down, "i.id", walk, rows_max)?.rows(connection)
}

/// An invitation with everything that decides about it.
#[derive(Debug, Clone)]
pub struct Invitation {
    pub id: InvitationId,
    pub account_id: AccountId,
    /// The account's name.
    pub account_name: String,
    /// The account's language tag.
    pub account_locale: String,
    /// Who is invited.
    pub email: String,
    pub role: AccountRole,
    /// The name of who invited.
    pub inviter_name: String,
    /// What that person may do today; nothing once they have ended.
    pub inviter_roles: Vec<AccountRole>,
    /// They are of the supplier's staff, still.
    pub by_staff: bool,
    /// What the token is derived from beside the id.
    pub nonce: String,
    /// The token's fingerprint.
    pub token_hash: String,
    /// Somebody came with the token.
    pub accepted: bool,
    /// It was taken back, or replaced by a newer one.
    pub withdrawn: bool,
    pub account_is_open: bool,
    /// Until when it is good.
    pub expires_at: Timestamp,
}

/// Who invited: id, mail address, name, their language, the account's tag.
pub type Inviter = (PersonId, String, String, Option<String>, String);

row! {
    struct InvitationRow from "invitations i JOIN accounts a ON a.id = i.account_id JOIN people p ON p.id = i.invited_by" {
        id: InvitationId = "i.id",
        account_id: AccountId = "a.id",
        account_name: String = "a.name",
        account_locale: String = "a.locale",
        email: String = "i.email",
        role: AccountRole = "i.role",
        inviter_name: String = "p.name",
        inviter_roles: Option<String> = "(SELECT {json r.role} FROM person_roles r \
            WHERE r.person_id = p.id AND p.ended_at IS NULL AND p.account_id = a.id)",
        by_staff: bool = "p.account_id IS NULL AND p.ended_at IS NULL",
        nonce: String = "i.nonce",
        token_hash: String = "i.token_hash",
        accepted: bool = "i.accepted_at IS NOT NULL",
        withdrawn: bool = "i.withdrawn_at IS NOT NULL",
        account_is_open: bool = "a.closed_at IS NULL",
        expires_at: Timestamp = "i.expires_at",
    }
}

fn invitation(row: InvitationRow) -> Result<Invitation> {
    Ok(Invitation {
        id: row.id,
        account_id: row.account_id,
        account_name: row.account_name,
        account_locale: row.account_locale,
        email: row.email,
        role: row.role,
        inviter_name: row.inviter_name,
        inviter_roles: roles_of(&texts(row.inviter_roles)?),
        by_staff: row.by_staff,
        nonce: row.nonce,
        token_hash: row.token_hash,
        accepted: row.accepted,
        withdrawn: row.withdrawn,
        account_is_open: row.account_is_open,
        expires_at: row.expires_at,
    })
}

/// The invitation with this id.
pub fn find(connection: &mut Connection, id: InvitationId) -> Result<Option<Invitation>> {
    let row: Option<InvitationRow> = select::<InvitationRow>("WHERE i.id = $1")
        .bind(id.0)
        .first(connection)?;
    row.map(invitation).transpose()
}

/// Who last invited an address to the account, while they have access: id, mail address, name, their language, the
/// account's tag.
pub fn find_inviter(connection: &mut Connection, account_id: AccountId, email: &str) -> Result<Option<Inviter>> {
    sql(
        "SELECT p.id, p.email, p.name, p.locale, a.locale FROM invitations i JOIN people p ON p.id = i.invited_by \
         JOIN accounts a ON a.id = i.account_id WHERE i.account_id = $1 AND i.email = $2 AND p.ended_at IS NULL \
         ORDER BY i.id DESC LIMIT 1",
    )
    .bind(account_id)
    .bind(email)
    .first(connection)
}

/// The invitation that a token belongs to.
pub fn find_by_token(connection: &mut Connection, token_hash: &str) -> Result<Option<Invitation>> {
    let row: Option<InvitationRow> = select::<InvitationRow>("WHERE i.token_hash = $1")
        .bind(token_hash)
        .first(connection)?;
    row.map(invitation).transpose()
}

/// Deletes up to `rows_max` invitations that expired before `before`; how many there were.
pub fn delete_expired(tx: &mut Connection, before: Timestamp, rows_max: i64) -> Result<usize> {
    sql("DELETE FROM invitations WHERE id IN \
           (SELECT id FROM invitations WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)")
    .bind(before)
    .bind(rows_max)
    .run(tx)
}
