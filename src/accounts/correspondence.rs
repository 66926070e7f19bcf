//! Who writes to whom: what stands around every mail, and whether there is still use in sending it.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::rules::Team;
use super::store::Sender;
use super::{contacts, recipients, store, team};
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::error::Result;
use crate::identity;
use crate::identity::one_time::{Secret, Secrets};
use crate::ids::{AccountId, PersonId};
use crate::mail::Message;
use crate::mail::rules::{Kind, Reason};
use crate::parties::Contact;

/// What a supplier without a name is called.
const UNNAMED: &str = "Portal";

/// The two sides of a mail.
#[derive(Debug, Clone)]
pub struct Correspondence {
    /// What the supplier is called.
    pub sender: String,
    /// The supplier's mail address.
    pub sender_email: Option<String>,
    /// Code and name of the account it is about.
    pub account: Option<(String, String)>,
    /// Whom the account asks: its key account manager or who stands in, else the supplier.
    pub contact: Option<Contact>,
    /// Where the supplier's days begin and end.
    pub zone: Tz,
}

impl Correspondence {
    /// The name of the account; empty where it is about none.
    pub fn account_name(&self) -> &str {
        self.account.as_ref().map_or("", |(_, name)| name)
    }
}

/// What stands around the pages of an account, and around those of the desk.
#[derive(Debug, Clone)]
pub struct Surrounding {
    /// What the supplier is called, and where its days begin and end; nothing before it was imported.
    pub supplier: Option<(String, Tz)>,
    pub account: Option<AccountAround>,
}

/// What of an account stands around its pages.
#[derive(Debug, Clone)]
pub struct AccountAround {
    pub name: String,
    /// BCP 47
    pub locale: String,
    pub zone: Tz,
    /// Whom it asks.
    pub contact: Option<Contact>,
}

/// What stands around the pages of this account, or of the desk where none is named.
pub fn around(connection: &mut Connection, account_id: Option<AccountId>, now: Timestamp) -> Result<Surrounding> {
    let supplier = store::find_sender(connection)?;
    let house = supplier.clone().unwrap_or_else(unnamed);
    let account = match account_id {
        Some(id) => {
            let account = super::get(connection, id)?;
            Some(AccountAround {
                contact: contact_for(connection, id, &house, now)?,
                name: account.name,
                locale: account.locale,
                zone: account.time_zone,
            })
        }
        None => None,
    };
    Ok(Surrounding {
        supplier: supplier.map(|supplier| (supplier.name, supplier.time_zone)),
        account,
    })
}

/// The two sides of a mail about this account.
pub fn about(connection: &mut Connection, account_id: Option<AccountId>, now: Timestamp) -> Result<Correspondence> {
    let house = store::find_sender(connection)?.unwrap_or_else(unnamed);
    let (account, contact) = match account_id {
        Some(id) => {
            let found = super::get(connection, id)?;
            let contact = contact_for(connection, id, &house, now)?;
            (Some((found.code, found.name)), contact)
        }
        None => (None, reached(of_house(&house))),
    };
    Ok(Correspondence {
        sender: house.name,
        sender_email: house.email,
        account,
        contact,
        zone: house.time_zone,
    })
}

fn unnamed() -> Sender {
    Sender {
        name: UNNAMED.to_owned(),
        email: None,
        phone: None,
        time_zone: Tz::UTC,
    }
}

/// Whom the account asks today: its manager or who stands in, else the house; nobody where there is no way to.
fn contact_for(
    connection: &mut Connection,
    account_id: AccountId,
    house: &Sender,
    now: Timestamp,
) -> Result<Option<Contact>> {
    let today = day_in(house.time_zone, now);
    let team = team::of_account(connection, account_id)?;
    let contact = manager(&team, today, house.phone.as_deref());
    Ok(reached(contact.unwrap_or_else(|| of_house(house))))
}

fn of_house(house: &Sender) -> Contact {
    Contact {
        name: house.name.clone(),
        phone: house.phone.clone(),
        email: house.email.clone(),
    }
}

fn reached(contact: Contact) -> Option<Contact> {
    (contact.phone.is_some() || contact.email.is_some()).then_some(contact)
}

/// Who does the first place's work today; reached through the house where no telephone number is known.
fn manager(team: &Team, today: NaiveDate, house_phone: Option<&str>) -> Option<Contact> {
    let place = team.places.iter().min_by_key(|place| place.position)?;
    let staff = team.on_duty(place, today);
    Some(Contact {
        name: staff.name.clone(),
        phone: staff.phone.clone().or_else(|| house_phone.map(str::to_owned)),
        email: Some(staff.email.clone()),
    })
}

/// True while whoever was to get the message may: they have access, to the account or as staff, or are its contact for
/// such mails. Where nobody stands behind the address yet there is nothing to look at.
pub fn may_get(connection: &mut Connection, message: &Message) -> Result<bool> {
    match (message.person_id, contact_of(connection, message)?) {
        (Some(person_id), _) => may_read(connection, person_id, message.account_id),
        (None, contact) => Ok(contact.is_some() || message.reason != Reason::Contact),
    }
}

fn contact_of(connection: &mut Connection, message: &Message) -> Result<Option<contacts::Contact>> {
    match message.account_id {
        Some(id) if message.reason == Reason::Contact => {
            contacts::mails::at_address(connection, id, &message.email, message.kind)
        }
        _ => Ok(None),
    }
}

fn may_read(connection: &mut Connection, person_id: PersonId, account_id: Option<AccountId>) -> Result<bool> {
    let Some(person) = identity::find_person(connection, person_id)? else {
        return Ok(false);
    };
    let is_theirs = person.account_id.is_none() || person.account_id == account_id;
    let is_open = match person.account_id {
        Some(id) => super::get(connection, id)?.closed_at.is_none(),
        None => true,
    };
    Ok(person.ended_at.is_none() && is_theirs && is_open)
}

/// Below the portal's address: where one click switches mails of the message's kind off for whoever gets it; `None` for a
/// kind that can't be, and where nobody stands behind the address.
pub fn unsubscribe_path_of(connection: &mut Connection, message: &Message) -> Result<Option<String>> {
    if let Some(person_id) = message.person_id {
        return unsubscribe_path(connection, person_id, message.kind);
    }
    match (message.account_id, contact_of(connection, message)?) {
        (Some(account_id), Some(contact)) => path(connection, |secret| {
            contacts::mails::unsubscribe_token(secret, account_id, contact.id, message.kind)
        }),
        _ => Ok(None),
    }
}

/// The same for a person.
pub fn unsubscribe_path(connection: &mut Connection, person_id: PersonId, kind: Kind) -> Result<Option<String>> {
    if !kind.can_be_switched_off() {
        return Ok(None);
    }
    path(connection, |secret| {
        recipients::unsubscribe_token(secret, person_id, kind)
    })
}

fn path(connection: &mut Connection, token: impl Fn(&Secret) -> Result<String>) -> Result<Option<String>> {
    let secrets = Secrets::load(connection)?;
    // Nobody has signed in yet, so nobody can have switched anything on or off.
    let Ok(secret) = secrets.current() else { return Ok(None) };
    Ok(Some(format!("/unsubscribe/{}", token(secret)?)))
}
