//! Mails to contacts: who gets which, and how they get it no more.

use serde_json::json;

use super::Contact;
use super::rules::is_same_address;
use crate::accounts::keeping;
use crate::audit::{Actor, Origin, Who};
use crate::clock::Timestamp;
use crate::db::{Connection, select};
use crate::error::Result;
use crate::identity::one_time::{self, Purpose, Secret};
use crate::ids::{AccountId, ContactId};
use crate::mail::rules::Kind;
use crate::version::Expected;

/// Whoever of an account gets mails, the oldest first; nobody of one that is closed.
pub fn listening(connection: &mut Connection, account_id: AccountId) -> Result<Vec<Contact>> {
    let some = select::<Contact>(
        "WHERE account_id = $1 AND mails IS NOT NULL AND email IS NOT NULL \
         AND (SELECT closed_at IS NULL FROM accounts WHERE id = $1) ORDER BY id",
    );
    some.bind(account_id).rows(connection)
}

/// The contact that gets mails of the kind at this address; none once nobody there wants them.
pub fn at_address(
    connection: &mut Connection,
    account_id: AccountId,
    email: &str,
    kind: Kind,
) -> Result<Option<Contact>> {
    let contacts = listening(connection, account_id)?.into_iter();
    let gets = |contact: &Contact| {
        contact
            .address_for(kind, None)
            .is_some_and(|own| is_same_address(own, email))
    };
    Ok(contacts.into_iter().find(gets))
}

/// What stands in the unsubscribe link of a contact's mail: account, contact and kind, sealed.
pub fn unsubscribe_token(secret: &Secret, account_id: AccountId, id: ContactId, kind: Kind) -> Result<String> {
    one_time::seal(
        secret,
        Purpose::Unsubscribe,
        &format!("{account_id}.{id}.{}", kind.name()),
    )
}

/// Whoever a contact's link is about.
pub fn read_token(text: &str) -> Option<(AccountId, ContactId, Kind)> {
    let (account_id, rest) = text.split_once('.')?;
    let (id, kind) = rest.split_once('.')?;
    let kind = Kind::from_name(kind).filter(|kind| kind.can_be_switched_off())?;
    Some((account_id.parse().ok()?, id.parse().ok()?, kind))
}

/// Sends mails of the kind no more to the address of a contact, whoever else of the account has the same. Doing it
/// twice, or for somebody who is no contact any more, changes nothing.
pub fn unsubscribe(
    tx: &mut Connection,
    (account_id, id, kind): (AccountId, ContactId, Kind),
    origin: &Origin,
    now: Timestamp,
) -> Result<()> {
    let Some(contact) = keeping::store::find::<Contact>(tx, account_id, id)? else {
        return Ok(());
    };
    let actor = Actor::new(Who::Program("contact"), Some(origin.clone()));
    let address = contact.email.unwrap_or_default();
    for other in listening(tx, account_id)? {
        if other
            .address_for(kind, None)
            .is_some_and(|own| is_same_address(own, &address))
        {
            let change = json!({ "mails": other.kinds_without(kind) });
            keeping::change::<Contact>(tx, &actor, (account_id, other.id), &Expected::Any, &change, now)?;
        }
    }
    Ok(())
}
