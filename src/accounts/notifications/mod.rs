//! What mails somebody gets: they switch kinds off and choose sites, in the portal or by the link that every mail has.

pub mod api;
pub mod pages;
pub(in crate::accounts) mod store;

use serde_json::{Value, json};

use crate::accounts::members::read_sites;
use crate::accounts::sentences;
use crate::accounts::{contacts, members};
use crate::audit::{self, Actor, Origin};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::identity::one_time::{Purpose, Secrets};
use crate::identity::people;
use crate::identity::rules::Person;
use crate::ids::{AccountId, ContactId, PersonId};
use crate::mail::rules::Kind;
use crate::sentences::Sentence;
use crate::version::Expected;

/// What somebody gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// Every kind there is for them, and whether it comes.
    pub kinds: Vec<(Kind, bool)>,
    /// Codes of the sites they get mails about; none = all.
    pub sites: Vec<String>,
    /// Of the person.
    pub version: i64,
}

/// What somebody wants.
#[derive(Debug, Clone)]
pub struct Choose {
    /// Names of kinds and whether they shall come; kinds left out come.
    pub kinds: Vec<(String, bool)>,
    /// Codes of sites; none = all.
    pub sites: Vec<String>,
}

/// What the person gets.
pub fn of_person(connection: &mut Connection, id: PersonId) -> Result<Choices> {
    let person = people::find_person(connection, id)?.ok_or(Error::NotFound)?;
    choices(connection, &person)
}

fn choices(connection: &mut Connection, person: &Person) -> Result<Choices> {
    let muted = store::list_muted(connection, person.id)?;
    let comes = |kind: Kind| !muted.iter().any(|name| name == kind.name());
    let kinds = Kind::of(person.account_id.is_some()).iter();
    Ok(Choices {
        kinds: kinds.map(|kind| (*kind, comes(*kind))).collect(),
        sites: members::store::list_site_codes(connection, person.id)?,
        version: person.version,
    })
}

/// Sets what the person gets.
pub fn choose(
    tx: &mut Connection,
    actor: &Actor,
    id: PersonId,
    expected: &Expected,
    wanted: &Choose,
    now: Timestamp,
) -> Result<Choices> {
    let person = people::lock(tx, id)?;
    expected.check(person.version)?;
    let mut faults = Vec::new();
    let muted = read_muted(person.account_id.is_some(), &wanted.kinds, &mut faults);
    let (site_ids, _) = match person.account_id {
        Some(account_id) => read_sites(tx, account_id, &wanted.sites, &mut faults)?,
        None => (Vec::new(), Vec::new()),
    };
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let before = choices(tx, &person)?;
    store::replace_muted(tx, id, &muted)?;
    members::store::replace_sites(tx, id, &site_ids)?;
    let after = choices(tx, &person)?;
    if after == before {
        return Ok(after);
    }
    people::update(tx, &person)?;
    record(
        tx,
        actor,
        &person,
        json!({ "was": facts(&before), "is": facts(&after) }),
        now,
    )?;
    of_person(tx, id)
}

/// The names of the kinds that are switched off.
fn read_muted(is_member: bool, kinds: &[(String, bool)], faults: &mut Vec<FieldError>) -> Vec<&'static str> {
    let mut read: Vec<(Kind, bool)> = Vec::new();
    for (index, (name, comes)) in kinds.iter().enumerate() {
        let mut refuse = |field: &str, detail: Sentence| {
            let pointer = format!("/kinds/{index}/{field}");
            faults.push(FieldError::new(pointer, Code::ValueInvalid, detail));
        };
        let known = Kind::of(is_member).iter().find(|kind| kind.name() == name);
        match known {
            None => {
                let names: Vec<_> = Kind::of(is_member).iter().map(|kind| kind.name()).collect();
                refuse("kind", sentences::kinds_are(names));
            }
            Some(kind) if read.iter().any(|(other, _)| other == kind) => {
                refuse("kind", sentences::kind_twice());
            }
            Some(kind) if !comes && !kind.can_be_switched_off() => {
                refuse("on", sentences::mail_always_comes());
            }
            Some(kind) => read.push((*kind, *comes)),
        }
    }
    let off = read.iter().filter(|(_, comes)| !comes);
    off.map(|(kind, _)| kind.name()).collect()
}

/// Switches a kind off for whoever a mail with this token went to; `NotFound` for other tokens. Doing it twice changes
/// nothing.
pub fn unsubscribe(tx: &mut Connection, token: &str, origin: &Origin, now: Timestamp) -> Result<()> {
    let (id, kind) = match open_link(tx, token)? {
        Reader::Person(id, kind) => (id, kind),
        Reader::Contact(account_id, id, kind) => {
            return contacts::mails::unsubscribe(tx, (account_id, id, kind), origin, now);
        }
    };
    let person = people::lock(tx, id)?;
    if !store::insert_muted(tx, id, kind.name())? {
        return Ok(());
    }
    people::update(tx, &person)?;
    let actor = Actor::new(audit::Who::Person(id), Some(origin.clone()));
    record(tx, &actor, &person, json!({ "unsubscribed": kind.name() }), now)
}

/// The kind that the link of a mail switches off; `NotFound` for other tokens. Changes nothing.
pub fn kind_of_link(connection: &mut Connection, token: &str) -> Result<Kind> {
    match open_link(connection, token)? {
        Reader::Person(_, kind) | Reader::Contact(_, _, kind) => Ok(kind),
    }
}

/// Whose link it is, and the kind that it switches off.
enum Reader {
    Person(PersonId, Kind),
    Contact(AccountId, ContactId, Kind),
}

fn open_link(connection: &mut Connection, token: &str) -> Result<Reader> {
    let secrets = Secrets::load(connection)?;
    let found = secrets.unseal(Purpose::Unsubscribe, token).and_then(read_unsubscribe);
    found.ok_or(Error::NotFound)
}

fn read_unsubscribe(text: &str) -> Option<Reader> {
    if let Some((account_id, id, kind)) = contacts::mails::read_token(text) {
        return Some(Reader::Contact(account_id, id, kind));
    }
    let (id, kind) = text.split_once('.')?;
    let kind = Kind::from_name(kind).filter(|kind| kind.can_be_switched_off())?;
    Some(Reader::Person(id.parse().ok()?, kind))
}

fn facts(choices: &Choices) -> Value {
    let off = choices.kinds.iter().filter(|(_, comes)| !comes);
    let off: Vec<_> = off.map(|(kind, _)| kind.name()).collect();
    json!({ "off": off, "sites": choices.sites })
}

fn record(tx: &mut Connection, actor: &Actor, person: &Person, details: Value, now: Timestamp) -> Result<()> {
    let entry = audit::Entry {
        action: "person.choose_mails",
        account_id: person.account_id,
        object: person.id.to_string(),
        details,
    };
    audit::record(tx, actor, &entry, now)
}
