//! Adding, changing and ending people. What happens to a member of an account stands in its feed.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::rules::{self, AccountRole, NAME_CHARS_MAX, Person, StaffRole};
use super::sentences;
use super::{acting, factors, passwords, store};
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::db::violations::is_unique_violation;
use crate::error::{Code, Error, FieldError, Result};
use crate::events::payloads::{MemberAdded, MemberChanged, MemberFacts, MemberRemoved};
use crate::events::{self, Entry, Payload};
use crate::ids::{AccountId, PersonId, SessionId};
use crate::languages::Language;
use crate::version::Expected;

pub use super::store::list_session_ids;
pub use super::store::people::{find as find_person, find_by_email, list_names, list_roles as roles, update};

/// Whom a new person works for.
#[derive(Debug, Clone, Copy)]
pub enum Employment {
    Account(AccountId, AccountRole),
    /// The supplier.
    Staff(StaffRole),
}

impl Employment {
    fn parts(self) -> (Option<AccountId>, &'static str) {
        match self {
            Self::Account(account_id, role) => (Some(account_id), role.name()),
            Self::Staff(role) => (None, role.name()),
        }
    }

    fn added(self, email: String, name: String) -> MemberAdded {
        let roles = match self {
            Self::Account(_, role) => vec![role],
            Self::Staff(_) => Vec::new(),
        };
        MemberAdded { email, name, roles }
    }
}

/// Somebody to be added.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Mail address as typed.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// Made by [`super::passwords`] outside the transaction.
    pub password_hash: String,
    /// Where they work and as what.
    pub employment: Employment,
}

/// Adds an active person. A mail address belongs to one person: `duplicate_key` otherwise.
pub fn add_person(tx: &mut Connection, actor: &Actor, person: &NewPerson, now: Timestamp) -> Result<PersonId> {
    let id = PersonId::new();
    add(tx, actor, id, person, now)?;
    Ok(id)
}

/// The same with an id of the caller's choice.
pub fn add(tx: &mut Connection, actor: &Actor, id: PersonId, person: &NewPerson, now: Timestamp) -> Result<()> {
    let (account_id, role) = person.employment.parts();
    let row = store::people::NewPerson {
        id,
        email: rules::normal_email(&person.email),
        name: person.name.clone(),
        password_hash: person.password_hash.clone(),
        account_id,
    };
    store::people::insert(tx, &row, now).map_err(|error| {
        if is_unique_violation(&error, "people_email", &["email"]) {
            let detail = sentences::email_used(&row.email);
            Error::refused(Code::DuplicateKey, detail)
        } else {
            error
        }
    })?;
    store::people::replace_roles(tx, id, &[role])?;
    let facts = json!({ "email": row.email, "name": row.name, "roles": [role] });
    record(tx, actor, "person.add", account_id, id, facts, now)?;
    announce(tx, account_id, id, person.employment.added(row.email, row.name), now)
}

/// Gives an ended member of an account access again, with a new name, password and role; nothing of before is left.
pub fn rejoin(tx: &mut Connection, actor: &Actor, id: PersonId, person: &NewPerson, now: Timestamp) -> Result<()> {
    let (account_id, role) = person.employment.parts();
    store::people::update_rejoined(tx, id, &person.name, &person.password_hash)?;
    store::people::replace_roles(tx, id, &[role])?;
    end_access(tx, actor, id, now)?;
    let email = rules::normal_email(&person.email);
    let facts = json!({ "email": email, "name": person.name, "roles": [role] });
    record(tx, actor, "person.rejoin", account_id, id, facts, now)?;
    announce(
        tx,
        account_id,
        id,
        person.employment.added(email, person.name.clone()),
        now,
    )
}

/// The person, locked until the transaction ends; `NotFound` once they have ended.
pub fn lock(tx: &mut Connection, id: PersonId) -> Result<Person> {
    let person = store::people::lock(tx, id)?;
    person.filter(|person| person.ended_at.is_none()).ok_or(Error::NotFound)
}

/// Gives a locked member exactly these roles. Their sessions follow within seconds.
pub fn set_roles(tx: &mut Connection, id: PersonId, roles: &[AccountRole]) -> Result<()> {
    let names: Vec<_> = roles.iter().map(|role| role.name()).collect();
    store::people::replace_roles(tx, id, &names)
}

/// What is wrong with a person's name.
pub fn name_fault(pointer: &str, name: &str) -> Option<FieldError> {
    let detail = sentences::name_rule(NAME_CHARS_MAX);
    (!rules::is_name(name)).then(|| FieldError::new(pointer, Code::ValueInvalid, detail))
}

/// What somebody changes of themselves; what is left out stays.
#[derive(Debug, Clone, Default)]
pub struct ChangeSelf {
    /// What they are called.
    pub name: Option<String>,
    /// What they read; an inner `None` = as their account.
    pub language: Option<Option<Language>>,
}

/// Changes name and language of the person who asks.
pub fn change_self(
    tx: &mut Connection,
    actor: &Actor,
    id: PersonId,
    expected: &Expected,
    change: &ChangeSelf,
    now: Timestamp,
) -> Result<Person> {
    let mut person = lock(tx, id)?;
    expected.check(person.version)?;
    let fault = change.name.as_deref().and_then(|name| name_fault("/name", name));
    if let Some(fault) = fault {
        return Err(Error::Invalid(vec![fault]));
    }
    let before = person.clone();
    person.name = change.name.clone().unwrap_or(person.name);
    person.language = change.language.unwrap_or(person.language);
    if person == before {
        return Ok(person);
    }
    let (mut was, mut is) = (MemberFacts::default(), MemberFacts::default());
    if person.name != before.name {
        was.name = Some(before.name);
        is.name = Some(person.name.clone());
    }
    if person.language != before.language {
        let locale = |language: Option<Language>| Some(language.map(|language| language.name().to_owned()));
        was.locale = locale(before.language);
        is.locale = locale(person.language);
    }
    update(tx, &person)?;
    record_change(tx, actor, &person, was, is, now)?;
    lock(tx, id)
}

/// Ends a person's access, with all their sessions. `NotFound` for an unknown address; doing it twice changes nothing.
pub fn end_person(tx: &mut Connection, actor: &Actor, email: &str, now: Timestamp) -> Result<PersonId> {
    let found = store::people::find_by_email(tx, &rules::normal_email(email))?.ok_or(Error::NotFound)?;
    if let Some(person) = store::people::lock(tx, found.id)?.filter(|person| person.ended_at.is_none()) {
        end(tx, actor, &person, now)?;
    }
    Ok(found.id)
}

/// Ends the access of a locked person; the sessions that ended with it.
pub fn end(tx: &mut Connection, actor: &Actor, person: &Person, now: Timestamp) -> Result<Vec<SessionId>> {
    store::people::update_ended(tx, person.id, now)?;
    let sessions = end_access(tx, actor, person.id, now)?;
    let removed = MemberRemoved {
        email: person.email.clone(),
        name: person.name.clone(),
    };
    record_event(tx, actor, "person.end", person, removed, now)?;
    Ok(sessions)
}

/// Ends all sessions of a person and every link to a new password, and forgets their second factor.
fn end_access(tx: &mut Connection, actor: &Actor, id: PersonId, now: Timestamp) -> Result<Vec<SessionId>> {
    passwords::store::update_all_used(tx, id, now)?;
    factors::forget(tx, id)?;
    let sessions = store::update_sessions_ended(tx, id, None, now)?;
    acting::stop(tx, actor, &sessions, now)?;
    Ok(sessions)
}

/// Writes down that a person was changed: `was` and `is` hold what differs.
pub fn record_change(
    tx: &mut Connection,
    actor: &Actor,
    person: &Person,
    was: MemberFacts,
    is: MemberFacts,
    now: Timestamp,
) -> Result<()> {
    let email = person.email.clone();
    let changed = MemberChanged { email, was, is };
    record_event(tx, actor, "person.change", person, changed, now)
}

/// Writes down what was done to a person, in the words of the event.
fn record_event<P: Payload<Subject = PersonId> + Serialize>(
    tx: &mut Connection,
    actor: &Actor,
    action: &'static str,
    person: &Person,
    payload: P,
    now: Timestamp,
) -> Result<()> {
    record(tx, actor, action, person.account_id, person.id, json!(payload), now)?;
    announce(tx, person.account_id, person.id, payload, now)
}

fn record(
    tx: &mut Connection,
    actor: &Actor,
    action: &'static str,
    account_id: Option<AccountId>,
    id: PersonId,
    details: Value,
    now: Timestamp,
) -> Result<()> {
    let entry = audit::Entry {
        action,
        account_id,
        object: id.to_string(),
        details,
    };
    audit::record(tx, actor, &entry, now)
}

/// The supplier's staff is nobody's feed.
fn announce<P: Payload<Subject = PersonId>>(
    tx: &mut Connection,
    account_id: Option<AccountId>,
    id: PersonId,
    payload: P,
    now: Timestamp,
) -> Result<()> {
    if account_id.is_none() {
        return Ok(());
    }
    events::recording(&Entry::new(account_id, id, payload), now)
        .run(tx)
        .map(drop)
}

/// How one of the staff is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub person_id: PersonId,
    /// Their mail address.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// What they read.
    pub language: Language,
}

fn contact((person_id, email, name, language): store::people::StaffRow) -> Contact {
    Contact {
        person_id,
        email,
        name,
        language: Language::of(language, None),
    }
}

/// Those of the staff who have access and this role.
pub fn staff_in_role(connection: &mut Connection, role: StaffRole) -> Result<Vec<Contact>> {
    let rows = store::people::list_staff(connection, role.name())?;
    Ok(rows.into_iter().map(contact).collect())
}

/// Who did something, as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doer {
    Member(String),
    Staff(String),
    /// A program that signs in by itself, of an account or the supplier's.
    Client(String),
}

/// Who a row of people stands for, ended ones too.
pub fn doer(connection: &mut Connection, id: PersonId) -> Result<Option<Doer>> {
    let is_client = !super::clients::list_among(connection, &[id])?.is_empty();
    let person = find_person(connection, id)?;
    Ok(person.map(|person| match person.account_id {
        _ if is_client => Doer::Client(person.name),
        Some(_) => Doer::Member(person.name),
        None => Doer::Staff(person.name),
    }))
}

/// What these people are called, ended ones too.
pub fn names(connection: &mut Connection, ids: &[PersonId]) -> Result<HashMap<PersonId, String>> {
    let rows = list_names(connection, ids)?;
    Ok(rows.into_iter().map(|(id, name, _)| (id, name)).collect())
}

/// Everybody of the staff who has access, by name.
pub fn all_staff(connection: &mut Connection) -> Result<Vec<Contact>> {
    let rows = store::people::list_all_staff(connection)?;
    Ok(rows.into_iter().map(contact).collect())
}
