//! Rows of an account's members: who they are, what they may do, which sites they hear of.

use crate::accounts::rules::Member;
use crate::clock::Timestamp;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Connection, select, selection, sets, sql};
use crate::error::{Error, Result};
use crate::identity::rules::AccountRole;
use crate::ids::{AccountId, PersonId, SiteId};
use crate::languages::Language;
use crate::{binds, row};

row! {
    /// Lists inside a row come as JSON, so that a page of members is one statement.
    struct MemberRow from "people p JOIN accounts a ON a.id = p.account_id" {
        id: PersonId = "p.id",
        email: String = "p.email",
        name: String = "p.name",
        locale: Option<String> = "p.locale",
        account_locale: String = "a.locale",
        last_sign_in_at: Option<Timestamp> = "p.last_sign_in_at",
        has_second_factor: bool =
            "(EXISTS (SELECT 1 FROM second_factors q WHERE q.person_id = p.id AND q.confirmed_at IS NOT NULL) \
            OR EXISTS (SELECT 1 FROM passkeys k WHERE k.person_id = p.id))",
        version: i64 = "p.version",
        roles: Option<String> = "(SELECT {json r.role} FROM person_roles r WHERE r.person_id = p.id)",
        sites: Option<String> = "(SELECT {json s.code ORDER BY s.id} FROM person_sites ps \
            JOIN sites s ON s.id = ps.site_id WHERE ps.person_id = p.id)",
    }
}

fn member(row: MemberRow) -> Result<Member> {
    let chosen = row.locale.as_deref().and_then(Language::from_name);
    Ok(Member {
        id: row.id,
        email: row.email,
        name: row.name,
        roles: roles_of(&texts(row.roles)?),
        sites: texts(row.sites)?,
        language: Language::of(chosen, Some(&row.account_locale)),
        last_sign_in_at: row.last_sign_in_at,
        has_second_factor: row.has_second_factor,
        version: row.version,
    })
}

/// A list inside a row.
pub(in crate::accounts) fn texts(json: Option<String>) -> Result<Vec<String>> {
    let texts = json.map(|json| serde_json::from_str(&json)).transpose();
    Ok(texts.map_err(Error::internal)?.unwrap_or_default())
}

/// The roles with these names, in the order in which they are listed everywhere.
pub(in crate::accounts) fn roles_of(names: &[String]) -> Vec<AccountRole> {
    let all = AccountRole::ALL.iter().copied();
    all.filter(|role| names.iter().any(|name| name == role.name()))
        .collect()
}

/// Up to `rows_max` members of an account, the oldest first, those behind `after`.
pub fn list(
    connection: &mut Connection,
    account_id: AccountId,
    after: impl Into<Walk<PersonId>>,
    rows_max: i64,
) -> Result<Vec<Member>> {
    let mut seek = Seek::new(connection, &selection::<MemberRow>());
    seek.and("p.account_id = $1 AND p.ended_at IS NULL", binds![account_id]);
    let walk = after.into().map(|id| binds![id]);
    let rows: Vec<MemberRow> = seek.part(["p.id"], Way::Up, "p.id", walk, rows_max)?.rows(connection)?;
    rows.into_iter().map(member).collect()
}

/// The member of an account with this id.
pub fn find(connection: &mut Connection, account_id: AccountId, id: PersonId) -> Result<Option<Member>> {
    let row: Option<MemberRow> = select::<MemberRow>("WHERE p.account_id = $1 AND p.ended_at IS NULL AND p.id = $2")
        .bind(account_id)
        .bind(id)
        .first(connection)?;
    row.map(member).transpose()
}

/// The account of a member with access.
pub fn find_account(connection: &mut Connection, id: PersonId) -> Result<Option<AccountId>> {
    sql("SELECT account_id FROM people WHERE id = $1 AND account_id IS NOT NULL AND ended_at IS NULL")
        .bind(id)
        .first(connection)
}

pub fn list_admins(connection: &mut Connection, account_id: AccountId) -> Result<Vec<PersonId>> {
    sql("SELECT p.id FROM people p JOIN person_roles r ON r.person_id = p.id \
         WHERE p.account_id = $1 AND p.ended_at IS NULL AND r.role = $2")
    .bind(account_id)
    .bind(AccountRole::Admin.name())
    .rows(connection)
}

/// Ids and codes of those sites of an account that have one of `codes`.
pub fn list_sites_of(
    connection: &mut Connection,
    account_id: AccountId,
    codes: &[String],
) -> Result<Vec<(SiteId, String)>> {
    sql("SELECT id, code FROM sites WHERE account_id = $1 AND code {in texts $2} ORDER BY id")
        .bind(account_id)
        .bind(sets::json(codes)?)
        .rows(connection)
}

/// Codes of the sites a person gets mails about, in file order.
pub fn list_site_codes(connection: &mut Connection, id: PersonId) -> Result<Vec<String>> {
    sql("SELECT s.code FROM person_sites ps JOIN sites s ON s.id = ps.site_id WHERE ps.person_id = $1 ORDER BY s.id")
        .bind(id)
        .rows(connection)
}

/// Sets the sites a person gets mails about; none = all.
pub fn replace_sites(tx: &mut Connection, id: PersonId, site_ids: &[SiteId]) -> Result<()> {
    sql("DELETE FROM person_sites WHERE person_id = $1").bind(id).run(tx)?;
    if site_ids.is_empty() {
        return Ok(());
    }
    sql("INSERT INTO person_sites (person_id, site_id) SELECT $1, sites.value FROM {ids $2} sites")
        .bind(id)
        .bind(sets::json(site_ids)?)
        .run(tx)
        .map(drop)
}
