//! Rows of people and their roles.

use crate::clock::Timestamp;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Connection, select, selection, sets, sql};
use crate::error::Result;
use crate::identity::rules::Person;
use crate::ids::{AccountId, PersonId};
use crate::languages::Language;
use crate::{binds, row};

/// A person to be stored.
#[derive(Debug, Clone)]
pub struct NewPerson {
    pub id: PersonId,
    /// Mail address in its stored form.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// Their password's hash.
    pub password_hash: String,
    /// The account they belong to; `None` for staff.
    pub account_id: Option<AccountId>,
}

/// Stores a person, without any role yet.
pub fn insert(tx: &mut Connection, person: &NewPerson, now: Timestamp) -> Result<()> {
    sql("INSERT INTO people (id, email, name, password_hash, account_id, created_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(person.id)
        .bind(&person.email)
        .bind(&person.name)
        .bind(&person.password_hash)
        .bind(person.account_id)
        .bind(now)
        .run(tx)
        .map(drop)
}

/// Whoever was added first, if there is anybody.
pub fn find_first(connection: &mut Connection) -> Result<Option<PersonId>> {
    sql("SELECT id FROM people ORDER BY id LIMIT 1").first(connection)
}

row! {
    struct PersonRow from "people" {
        id: PersonId = "id",
        email: String = "email",
        name: String = "name",
        account_id: Option<AccountId> = "account_id",
        locale: Option<Language> = "locale",
        version: i64 = "version",
        ended_at: Option<Timestamp> = "ended_at",
    }
}

fn person(row: PersonRow) -> Person {
    Person {
        id: row.id,
        email: row.email,
        name: row.name,
        account_id: row.account_id,
        language: row.locale,
        version: row.version,
        ended_at: row.ended_at,
    }
}

/// The person with this id.
pub fn find(connection: &mut Connection, id: PersonId) -> Result<Option<Person>> {
    let row: Option<PersonRow> = select::<PersonRow>("WHERE id = $1").bind(id).first(connection)?;
    Ok(row.map(person))
}

/// The person with this id, locked until the transaction ends.
pub fn lock(tx: &mut Connection, id: PersonId) -> Result<Option<Person>> {
    let row: Option<PersonRow> = select::<PersonRow>("WHERE id = $1 {lock}").bind(id).first(tx)?;
    Ok(row.map(person))
}

/// The person with this mail address, in its stored form.
pub fn find_by_email(connection: &mut Connection, email: &str) -> Result<Option<Person>> {
    let row: Option<PersonRow> = select::<PersonRow>("WHERE email = $1").bind(email).first(connection)?;
    Ok(row.map(person))
}

/// Stores name and language of a person who is locked; their version grows.
pub fn update(tx: &mut Connection, person: &Person) -> Result<()> {
    sql("UPDATE people SET name = $2, locale = $3, version = version + 1 WHERE id = $1")
        .bind(person.id)
        .bind(&person.name)
        .bind(person.language)
        .run(tx)
        .map(drop)
}

/// Ends a person's access.
pub fn update_ended(tx: &mut Connection, id: PersonId, now: Timestamp) -> Result<()> {
    sql("UPDATE people SET ended_at = $2, version = version + 1 WHERE id = $1")
        .bind(id)
        .bind(now)
        .run(tx)
        .map(drop)
}

/// Gives an ended person their access back, as if new.
pub fn update_rejoined(tx: &mut Connection, id: PersonId, name: &str, password_hash: &str) -> Result<()> {
    sql(
        "UPDATE people SET name = $2, password_hash = $3, locale = NULL, ended_at = NULL, version = version + 1 \
         WHERE id = $1",
    )
    .bind(id)
    .bind(name)
    .bind(password_hash)
    .run(tx)
    .map(drop)
}

/// Sets a new password; false when the old one is not `known` (where it is given) or the person has ended.
pub fn update_password(tx: &mut Connection, id: PersonId, known: Option<&str>, password_hash: &str) -> Result<bool> {
    let touched = sql("UPDATE people SET password_hash = $2 \
         WHERE id = $1 AND password_hash = coalesce($3, password_hash) AND ended_at IS NULL")
    .bind(id)
    .bind(password_hash)
    .bind(known.map(str::to_owned))
    .run(tx)?;
    Ok(touched == 1)
}

/// What these people are called, and the account each belongs to (none for staff).
pub fn list_names(connection: &mut Connection, ids: &[PersonId]) -> Result<Vec<(PersonId, String, Option<AccountId>)>> {
    sql("SELECT id, name, account_id FROM people WHERE id {in ids $1}")
        .bind(sets::json(ids)?)
        .rows(connection)
}

/// The admins of an account, or of the staff, who have access.
pub fn list_admins(connection: &mut Connection, account_id: Option<AccountId>) -> Result<Vec<PersonId>> {
    match account_id {
        Some(account_id) => sql("SELECT p.id FROM people p JOIN person_roles r ON r.person_id = p.id \
             WHERE p.account_id = $1 AND p.ended_at IS NULL AND r.role = 'admin' ORDER BY p.id")
        .bind(account_id),
        None => sql("SELECT p.id FROM people p JOIN person_roles r ON r.person_id = p.id \
             WHERE p.account_id IS NULL AND p.ended_at IS NULL AND r.role = 'admin' ORDER BY p.id"),
    }
    .rows(connection)
}

/// The names of a person's roles.
pub fn list_roles(connection: &mut Connection, id: PersonId) -> Result<Vec<String>> {
    sql("SELECT role FROM person_roles WHERE person_id = $1")
        .bind(id)
        .rows(connection)
}

/// Gives a person exactly these roles.
pub fn replace_roles(tx: &mut Connection, id: PersonId, roles: &[&str]) -> Result<()> {
    sql("DELETE FROM person_roles WHERE person_id = $1").bind(id).run(tx)?;
    sql("INSERT INTO person_roles (person_id, role) SELECT $1, value FROM {texts $2} r")
        .bind(id)
        .bind(sets::json(roles)?)
        .run(tx)
        .map(drop)
}

/// One of the staff: id, mail address, name, language.
pub type StaffRow = (PersonId, String, String, Option<Language>);

/// Staff in a role who have access.
pub fn list_staff(connection: &mut Connection, role: &str) -> Result<Vec<StaffRow>> {
    sql(
        "SELECT p.id, p.email, p.name, p.locale FROM people p JOIN person_roles r ON r.person_id = p.id \
         WHERE r.role = $1 AND p.account_id IS NULL AND p.ended_at IS NULL ORDER BY p.id",
    )
    .bind(role)
    .rows(connection)
}

row! {
    /// One of the staff as their admins see them.
    #[derive(Debug, Clone)]
    pub struct StaffMember from "people p" {
        pub id: PersonId = "p.id",
        pub email: String = "p.email",
        pub name: String = "p.name",
        /// The names of their roles, separated by commas.
        pub roles: Option<String> = "(SELECT string_agg(r.role, ',') FROM person_roles r WHERE r.person_id = p.id)",
        pub last_sign_in_at: Option<Timestamp> = "p.last_sign_in_at",
        pub has_second_factor: bool =
            "(EXISTS (SELECT 1 FROM second_factors q WHERE q.person_id = p.id AND q.confirmed_at IS NOT NULL) \
            OR EXISTS (SELECT 1 FROM passkeys k WHERE k.person_id = p.id))",
    }
}

/// Up to `rows_max` of the staff with access, the oldest first, those behind `after`.
pub fn list_staff_members(
    connection: &mut Connection,
    after: impl Into<Walk<PersonId>>,
    rows_max: i64,
) -> Result<Vec<StaffMember>> {
    let mut seek = Seek::new(connection, &selection::<StaffMember>());
    seek.and("p.account_id IS NULL AND p.ended_at IS NULL", []);
    let walk = after.into().map(|id| binds![id]);
    seek.part(["p.id"], Way::Up, "p.id", walk, rows_max)?.rows(connection)
}

/// Everybody of the staff with access, by name.
pub fn list_all_staff(connection: &mut Connection) -> Result<Vec<StaffRow>> {
    sql("SELECT id, email, name, locale FROM people WHERE account_id IS NULL AND ended_at IS NULL ORDER BY name, id")
        .rows(connection)
}

/// True unless the account was closed.
pub fn is_account_open(connection: &mut Connection, id: AccountId) -> Result<bool> {
    sql("SELECT EXISTS (SELECT 1 FROM accounts WHERE id = $1 AND closed_at IS NULL)")
        .bind(id)
        .one(connection)
}
