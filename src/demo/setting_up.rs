//! Makes the demonstration in a database, by the ways a real supplier goes: the import, `user add`, and a year of work.

use chrono::TimeDelta;
use chrono_tz::Tz;

use super::accounts::{Person, Place, people};
use super::orders::YEAR_DAYS;
use super::{PASSWORD, assortments, contracts, desks, files, orders, privileges, products, settling, together, year};
use crate::audit::Actor;
use crate::clock::{Timestamp, day_in};
use crate::db::{Connection, Database};
use crate::error::{Error, Result};
use crate::identity::rules::{AccountRole, StaffRole};
use crate::identity::{Employment, NewPerson, passwords};
use crate::ids::PersonId;
use crate::imports::{self, Folder, Options, Progress, Report};
use crate::{accounts, identity};

/// Where the supplier is.
const ZONE: Tz = Tz::Europe__Amsterdam;

/// True once everything is there: the people of accounts come last, all at once.
pub fn is_set_up(connection: &mut Connection) -> Result<bool> {
    match people().first() {
        Some(person) => Ok(identity::find_by_email(connection, &person.email)?.is_some()),
        None => Ok(true),
    }
}

/// Makes the demonstration in a migrated database, or finishes what an interrupted start has left. Returns what the
/// import found; one with faults changed nothing.
pub fn set_up(db: &Database, now: Timestamp, progress: &Progress) -> Result<Report> {
    // What a year begins with is there when it begins.
    let begin = now - TimeDelta::days(YEAR_DAYS + 1);
    // Teams name the staff.
    let staff = hashed(|place| matches!(place, Place::Staff(_)))?;
    db.write_now(move |tx| add_people(tx, &staff, begin))?;
    let folder = Folder::from_memory(files(day_in(ZONE, now)));
    let report = imports::run_folder(db, &folder, Options::default(), begin, progress)?;
    if report.is_good() {
        let members = hashed(|place| matches!(place, Place::Account(..)))?;
        let products = products::all();
        let planned = orders::all(&products, &assortments::all(&products), now);
        // All at once, so that an interrupted start leaves no half of a year.
        db.write_now(move |tx| {
            add_people(tx, &members, begin)?;
            settling::set(tx, begin)?;
            year::simulate(tx, planned.clone(), &products, now)?;
            desks::create(tx, now)?;
            privileges::create(tx, now)?;
            together::create(tx, now)?;
            contracts::create(tx, now)
        })?;
    }
    Ok(report)
}

/// People with the hash of their password.
fn hashed(wanted: fn(Place) -> bool) -> Result<Vec<(String, Person)>> {
    let people = people().into_iter().filter(|person| wanted(person.place));
    people.map(|person| Ok((passwords::hash(PASSWORD)?, person))).collect()
}

/// Adds those people that are not there yet.
fn add_people(tx: &mut Connection, people: &[(String, Person)], at: Timestamp) -> Result<()> {
    for (password_hash, person) in people {
        if identity::find_by_email(tx, &person.email)?.is_some() {
            continue;
        }
        let person = NewPerson {
            email: person.email.clone(),
            name: person.name.to_owned(),
            password_hash: password_hash.clone(),
            employment: employment(tx, person.place)?,
        };
        identity::add_person(tx, &Actor::program("demo"), &person, at)?;
    }
    Ok(())
}

fn employment(tx: &mut Connection, place: Place) -> Result<Employment> {
    let unknown = |role: &str| Error::internal(format!("the demonstration names a role {role}"));
    match place {
        Place::Account(code, role) => {
            let account = accounts::open_by_code(tx, code)?;
            let role = AccountRole::from_name(role).ok_or_else(|| unknown(role))?;
            Ok(Employment::Account(account.id, role))
        }
        Place::Staff(role) => StaffRole::from_name(role)
            .map(Employment::Staff)
            .ok_or_else(|| unknown(role)),
    }
}

/// The person with this mail address.
pub(super) fn person(tx: &mut Connection, email: &str) -> Result<PersonId> {
    let found = identity::find_by_email(tx, email)?;
    found
        .map(|person| person.id)
        .ok_or_else(|| Error::internal(format!("the demonstration has no {email}")))
}
