//! Who writes to whom: what stands around every mail, and whether there is still use in sending it.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::rules::Team;
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

/// The two sides of a mail about this account.
pub fn about(connection: &mut Connection, account_id: Option<AccountId>, now: Timestamp) -> Result<Correspondence> {
    let zone = super::supplier_zone(connection)?;
    let today = day_in(zone, now);
    let (sender, sender_email, phone) =
        store::find_sender(connection)?.unwrap_or_else(|| (UNNAMED.to_owned(), None, None));
    let (mut account, mut contact) = (None, None);
    if let Some(id) = account_id {
        let found = super::get(connection, id)?;
        account = Some((found.code, found.name));
        contact = manager(&team::of_account(connection, id)?, today, phone.as_deref());
    }
    let house = || Contact {
        name: sender.clone(),
        phone: phone.clone(),
        email: sender_email.clone(),
    };
    let contact = contact.unwrap_or_else(house);
    let can_be_reached = contact.phone.is_some() || contact.email.is_some();
    Ok(Correspondence {
        contact: can_be_reached.then_some(contact),
        sender,
        sender_email,
        account,
        zone,
    })
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
