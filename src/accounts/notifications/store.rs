//! Rows that decide who gets which mail.

use std::collections::HashMap;

use crate::accounts::members::store::texts;
use crate::db::{Connection, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, PersonId};

/// The names of the kinds a person has switched off.
pub fn list_muted(connection: &mut Connection, id: PersonId) -> Result<Vec<String>> {
    sql("SELECT kind FROM muted_mails WHERE person_id = $1")
        .bind(id)
        .rows(connection)
}

/// Switches off exactly these kinds.
pub fn replace_muted(tx: &mut Connection, id: PersonId, kinds: &[&str]) -> Result<()> {
    sql("DELETE FROM muted_mails WHERE person_id = $1").bind(id).run(tx)?;
    sql("INSERT INTO muted_mails (person_id, kind) SELECT $1, m.value FROM {texts $2} m")
        .bind(id)
        .bind(sets::json(kinds)?)
        .run(tx)
        .map(drop)
}

/// Switches a kind off; false when it was off.
pub fn insert_muted(tx: &mut Connection, id: PersonId, kind: &str) -> Result<bool> {
    let inserted = sql("INSERT INTO muted_mails (person_id, kind) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(id)
        .bind(kind)
        .run(tx)?;
    Ok(inserted == 1)
}

/// What the mails to a member depend on.
#[derive(Debug, Clone)]
pub struct RecipientRow {
    pub person_id: PersonId,
    /// Their mail address.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// The language they chose.
    pub locale: Option<String>,
    /// The language tag of their account.
    pub account_locale: String,
    /// The names of their roles.
    pub roles: Vec<String>,
    /// Codes of the sites they get mails about; none = all.
    pub sites: Vec<String>,
    /// The names of the kinds they have switched off.
    pub muted: Vec<String>,
}

/// Everybody of an account that is open, the oldest member first.
pub fn list_recipients(connection: &mut Connection, account_id: AccountId) -> Result<Vec<RecipientRow>> {
    type Row = (
        (PersonId, String, String, Option<String>, String),
        (Option<String>, Option<String>, Option<String>),
    );
    let rows: Vec<Row> = sql("SELECT p.id, p.email, p.name, p.locale, a.locale, \
           (SELECT {json r.role} FROM person_roles r WHERE r.person_id = p.id), \
           (SELECT {json s.code} FROM person_sites ps JOIN sites s ON s.id = ps.site_id WHERE ps.person_id = p.id), \
           (SELECT {json m.kind} FROM muted_mails m WHERE m.person_id = p.id) \
         FROM people p JOIN accounts a ON a.id = p.account_id \
         WHERE a.id = $1 AND a.closed_at IS NULL AND p.ended_at IS NULL ORDER BY p.id")
    .bind(account_id)
    .rows(connection)?;
    let recipient = |(person, lists): Row| {
        let (person_id, email, name, locale, account_locale) = person;
        let (roles, sites, muted) = lists;
        Ok(RecipientRow {
            person_id,
            email,
            name,
            locale,
            account_locale,
            roles: texts(roles)?,
            sites: texts(sites)?,
            muted: texts(muted)?,
        })
    };
    rows.into_iter().map(recipient).collect()
}

/// The kinds that these people have switched off.
pub fn list_muted_of(connection: &mut Connection, ids: &[PersonId]) -> Result<HashMap<PersonId, Vec<String>>> {
    let rows: Vec<(PersonId, String)> = sql("SELECT person_id, kind FROM muted_mails WHERE person_id {in ids $1}")
        .bind(sets::json(ids)?)
        .rows(connection)?;
    let mut muted = HashMap::<_, Vec<_>>::new();
    for (person_id, kind) in rows {
        muted.entry(person_id).or_default().push(kind);
    }
    Ok(muted)
}
