//! Makes the demonstration in a database, by the ways a real supplier goes: the import, `user add`, cancelling.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::accounts::{Person, Place, people};
use super::orders::{Cancellation, cancellations};
use super::{PASSWORD, files};
use crate::audit::Actor;
use crate::clock::{Timestamp, day_in};
use crate::db::{Connection, Database};
use crate::error::{Error, Result};
use crate::identity::rules::{AccountRole, StaffRole};
use crate::identity::{Employment, NewPerson, passwords};
use crate::imports::{self, Folder, Options, Progress, Report};
use crate::orders::rules::{Action, Order};
use crate::{accounts, identity, orders};

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
    let today = day_in(ZONE, now);
    // Teams name the staff.
    add_people(db, |place| matches!(place, Place::Staff(_)), now)?;
    let report = imports::run_folder(
        db,
        &Folder::from_memory(files(today)),
        Options::default(),
        now,
        progress,
    )?;
    if report.is_good() {
        call_off(db, today, now)?;
        add_people(db, |place| matches!(place, Place::Account(..)), now)?;
    }
    Ok(report)
}

fn call_off(db: &Database, today: NaiveDate, now: Timestamp) -> Result<()> {
    for cancellation in cancellations(today) {
        db.write_now(move |tx| {
            let Some(order) = find_open(tx, &cancellation)? else {
                return Ok(());
            };
            let (actor, reason) = (Actor::program("demo"), Some(cancellation.reason));
            orders::cancel(tx, order.account_id, order.id, reason, &actor, now).map(drop)
        })?;
    }
    Ok(())
}

/// The order that is meant, while it can still be called off.
fn find_open(tx: &mut Connection, cancellation: &Cancellation) -> Result<Option<Order>> {
    let account = accounts::open_by_code(tx, cancellation.account)?;
    let filter = orders::Filter {
        po_number: Some(cancellation.po_number.clone()),
        ..orders::Filter::default()
    };
    let found = orders::list(tx, account.id, &filter, None, 1)?;
    let is_open = |order: &Order| order.state.after(Action::CancelAsBuyer).is_some();
    Ok(found.into_iter().find(is_open))
}

/// Adds those people that are not there yet, all at once.
fn add_people(db: &Database, wanted: fn(Place) -> bool, now: Timestamp) -> Result<()> {
    let hashed = |person: Person| Ok((passwords::hash(PASSWORD)?, person));
    let people = people().into_iter().filter(|person| wanted(person.place));
    let people: Vec<_> = people.map(hashed).collect::<Result<_>>()?;
    db.write_now(move |tx| {
        for (password_hash, person) in &people {
            if identity::find_by_email(tx, &person.email)?.is_some() {
                continue;
            }
            let person = NewPerson {
                email: person.email.clone(),
                name: person.name.to_owned(),
                password_hash: password_hash.clone(),
                employment: employment(tx, person.place)?,
            };
            identity::add_person(tx, &Actor::program("demo"), &person, now)?;
        }
        Ok(())
    })
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
