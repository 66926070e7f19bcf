//! A person is forgotten: their name and addresses are replaced by a pseudonym wherever the portal wrote them, their way in is
//! closed for good, and what the law has kept stays. It is done in pieces beside the requests; what was looked for is forgotten
//! with the last of them.
//!
//! Entries of the audit record are sealed. What is replaced in them is written down as a redaction, and a sealed entry vouches
//! for it ([`crate::audit::redacting`]): the chain stays whole, and says that something was replaced, when and by whom.

pub mod rules;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use self::rules::{Place, Pseudonym, Sought, State, replace_in, replaced};
use self::store::{ErasureRow, NAMED, Named};
use super::sentences;
use crate::audit::redacting::Part;
use crate::audit::{self, Actor, redacting};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::{Code, Error, FieldError, Result};
use crate::identity;
use crate::identity::idempotency::{self, Begun};
use crate::identity::passwords::NOBODY;
use crate::identity::rules::normal_email;
use crate::ids::{AuditId, ErasureId, PersonId};

pub use self::store::{NAMED as NAMED_COLUMNS, Named as NamedColumn, running};

/// Who is named to be forgotten may be found under it, as it was typed.
const MAIL_CHARS_MAX: usize = 254;

/// An erasure as it is told.
#[derive(Debug, Clone)]
pub struct Erasure {
    pub row: ErasureRow,
    /// How many rows of each place.
    pub replaced: Vec<(Place, u64)>,
}

impl Erasure {
    fn of(row: ErasureRow) -> Result<Self> {
        let counts = counts(&row)?;
        let replaced = Place::ALL
            .into_iter()
            .filter_map(|place| Some((place, *counts.get(place.name())?)))
            .collect();
        Ok(Self { row, replaced })
    }
}

type Counts = BTreeMap<String, u64>;

fn counts(row: &ErasureRow) -> Result<Counts> {
    serde_json::from_str(&row.replaced).map_err(Error::internal)
}

fn add(counts: &mut Counts, place: Place, rows: usize) {
    let rows = u64::try_from(rows).unwrap_or(u64::MAX);
    if rows > 0 {
        *counts.entry(place.name().to_owned()).or_default() += rows;
    }
}

/// Erasures, the latest first.
pub fn list(connection: &mut Connection, walk: impl Into<Walk<ErasureId>>, rows_max: i64) -> Result<Vec<Erasure>> {
    let rows = store::list(connection, walk, rows_max)?;
    rows.into_iter().map(Erasure::of).collect()
}

/// One erasure.
pub fn get(connection: &mut Connection, id: ErasureId) -> Result<Erasure> {
    Erasure::of(store::find(connection, id)?.ok_or(Error::NotFound)?)
}

/// [`begin`] once for a request with a key; true where it was begun before.
pub fn begin_once(
    tx: &mut Connection,
    actor: &Actor,
    (by, request): (PersonId, &idempotency::Request),
    mail: &str,
    now: Timestamp,
) -> Result<(Erasure, bool)> {
    let id = ErasureId::new();
    if let Begun::Replay(id) = idempotency::begin(tx, request, id.0, now)? {
        return Ok((get(tx, ErasureId(id))?, true));
    }
    let begun = begin(tx, actor, Some(by), id, mail, now)?;
    Ok((get(tx, begun)?, false))
}

/// Begins to forget whoever has this address: they have no access from here on. `by` is who asks for it, if it is a person. An erasure
/// that runs already is gone on with.
pub fn begin(
    tx: &mut Connection,
    actor: &Actor,
    by: Option<PersonId>,
    id: ErasureId,
    mail: &str,
    now: Timestamp,
) -> Result<ErasureId> {
    let mail = normal_email(mail);
    let unknown = || {
        let fault = FieldError::new("/email", Code::ValueInvalid, sentences::nobody_has_address());
        Error::Invalid(vec![fault])
    };
    if mail.is_empty() || mail.chars().count() > MAIL_CHARS_MAX {
        return Err(unknown());
    }
    let person = identity::find_by_email(tx, &mail)?;
    let others = store::other_names(tx, &mail)?;
    if person.is_none() && others.is_empty() && !store::is_known(tx, &mail)? {
        return Err(unknown());
    }
    if let Some(account) = store::receiving(tx, &mail)? {
        let sentence = sentences::address_receives_invoices(&account);
        let fault = FieldError::new("/email", Code::ValueInvalid, sentence);
        return Err(Error::Invalid(vec![fault]));
    }
    if let Some(person) = &person {
        if by == Some(person.id) {
            let fault = FieldError::new("/email", Code::ValueInvalid, sentences::erase_not_oneself());
            return Err(Error::Invalid(vec![fault]));
        }
        if let Some(running) = store::running_of(tx, person.id)? {
            return Ok(running);
        }
        identity::end_person(tx, actor, &mail, now)?;
    }
    let own = person.as_ref().map(|person| (person.name.clone(), person.account_id));
    let accounts: Vec<_> = others
        .iter()
        .map(|(_, id)| Some(*id))
        .chain(own.iter().map(|own| own.1))
        .collect();
    // Where somebody is known in several places, or is of the staff, whose name stands in everybody's rows, all are looked through.
    let account_id = match accounts.first() {
        Some(first) if accounts.iter().all(|id| id == first) => *first,
        _ => None,
    };
    let known = others.into_iter().map(|(name, id)| (name, Some(id))).chain(own);
    let mut names = Vec::new();
    for (name, whose) in known {
        let is_plain = name.trim().chars().count() > 1 && normal_email(&name) != mail;
        if is_plain && !names.contains(&name) && !store::is_name_of_others(tx, &name, whose, &mail)? {
            names.push(name);
        }
    }
    let sought = Sought {
        mail,
        names,
        person: person.as_ref().map(|person| person.id.to_string()),
    };
    let row = ErasureRow {
        id,
        person_id: person.map(|person| person.id),
        account_id,
        pseudonym: Pseudonym::of(&id.to_string()).name,
        sought: Some(serde_json::to_string(&sought).map_err(Error::internal)?),
        state: State::Running,
        step: 0,
        walked: 0,
        replaced: "{}".to_owned(),
        asked_by: actor.to_string(),
        asked_at: now,
        ended_at: None,
    };
    store::insert(tx, &row)?;
    let entry = audit::Entry {
        action: "person.erase",
        account_id: row.account_id,
        object: row.person_id.map_or_else(|| id.to_string(), |id| id.to_string()),
        details: json!({ "erasure": id.to_string(), "pseudonym": row.pseudonym }),
    };
    audit::record(tx, actor, &entry, now)?;
    Ok(id)
}

/// Does the next piece of an erasure that runs.
pub fn step(tx: &mut Connection, id: ErasureId, now: Timestamp) -> Result<()> {
    let Some(mut row) = store::lock(tx, id)?.filter(|row| row.state == State::Running) else {
        return Ok(());
    };
    let sought: Sought = serde_json::from_str(row.sought.as_deref().unwrap_or_default()).map_err(Error::internal)?;
    let pseudonym = Pseudonym::of(&id.to_string());
    let mut counts = counts(&row)?;
    let named = usize::try_from(row.step).ok().and_then(|step| NAMED.get(step));
    let Some(named) = named else {
        let own = (sought.mail.as_str(), pseudonym.name.as_str(), pseudonym.mail.as_str());
        for (place, rows) in store::replace_others(tx, row.person_id, own, now)? {
            add(&mut counts, place, rows);
        }
        if let Some(person_id) = row.person_id {
            let by = (pseudonym.name.as_str(), pseudonym.mail.as_str(), NOBODY);
            let rows = store::replace_person(tx, person_id, by, now)?;
            add(&mut counts, Place::Person, rows);
        }
        let text = serde_json::to_string(&counts).map_err(Error::internal)?;
        return store::update_done(tx, id, &text, now);
    };
    let until = store::window(tx, *named, row.walked)?;
    let rows = piece(tx, *named, &row, (&sought, &pseudonym), until.unwrap_or(i64::MAX), now)?;
    add(&mut counts, named.place, rows);
    match until {
        Some(until) => row.walked = until,
        None => {
            row.step += 1;
            row.walked = 0;
        }
    }
    row.replaced = serde_json::to_string(&counts).map_err(Error::internal)?;
    store::update(tx, &row)
}

/// Replaces the person in the rows up to `until`; how many it were.
fn piece(
    tx: &mut Connection,
    named: Named,
    row: &ErasureRow,
    (sought, pseudonym): (&Sought, &Pseudonym),
    until: i64,
    now: Timestamp,
) -> Result<usize> {
    // In JSON a name may be written in another way.
    let written: Vec<String> = sought
        .names
        .iter()
        .map(|name| json!(name).to_string().trim_matches('"').to_owned())
        .collect();
    let needles: Vec<&str> = [sought.mail.as_str()]
        .into_iter()
        .chain(sought.names.iter().map(String::as_str))
        .chain(written.iter().map(String::as_str))
        .collect();
    let found = store::candidates(tx, named, (row.walked, until), row.account_id, &needles)?;
    let changed: Vec<(i64, String)> = found
        .into_iter()
        .filter_map(|(id, text)| Some((id, without(&text, named, sought, pseudonym)?)))
        .collect();
    if changed.is_empty() {
        return Ok(0);
    }
    if named.place == Place::Audit {
        let entries: Vec<_> = changed.iter().map(|(id, text)| (AuditId(*id), text.as_str())).collect();
        let part = if named.column == "object" {
            Part::Object
        } else {
            Part::Details
        };
        redacting::redact(
            tx,
            &Actor::program("worker"),
            &row.id.to_string(),
            (part, &entries),
            now,
        )?;
    } else {
        store::replace(tx, named, &changed)?;
    }
    Ok(changed.len())
}

/// The text of a column without the person; nothing where they aren't in it.
fn without(text: &str, named: Named, sought: &Sought, pseudonym: &Pseudonym) -> Option<String> {
    if !named.is_json {
        return replaced(text, sought, pseudonym);
    }
    match serde_json::from_str::<Value>(text) {
        Ok(mut value) => replace_in(&mut value, sought, pseudonym).then(|| value.to_string()),
        Err(_) => replaced(text, sought, pseudonym),
    }
}

/// Does all pieces of an erasure, for a command.
pub fn finish(database: &crate::db::Database, id: ErasureId, now: fn() -> Timestamp) -> Result<Erasure> {
    loop {
        let erasure = database.read_now(|connection| get(connection, id))?;
        if erasure.row.state == State::Done {
            return Ok(erasure);
        }
        database.write_now(move |tx| step(tx, id, now()))?;
    }
}
