//! Who may get mails about an account, with all that decides whether and how they get them. Each question is a fixed
//! number of statements, however many people there are.

use chrono::NaiveDate;

use super::rules::TeamFunction;
use crate::accounts::notifications;
use crate::accounts::team;
use crate::db::Connection;
use crate::error::Result;
use crate::identity::one_time::{self, Purpose, Secret};
use crate::identity::rules::AccountRole;
use crate::ids::{AccountId, PersonId};
use crate::languages::Language;
use crate::mail::rules::Kind;

/// A member of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    pub person_id: PersonId,
    /// Mail address.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// What they read: `en` or `de`.
    pub locale: String,
    /// What they may do.
    pub roles: Vec<AccountRole>,
    /// Codes of the sites they want mails about; none = all.
    pub sites: Vec<String>,
    /// The names of the kinds they have switched off.
    pub muted: Vec<String>,
}

/// One of the supplier's staff who does something for an account today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamRecipient {
    pub person_id: PersonId,
    /// Mail address.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// What they read: `en` or `de`.
    pub locale: String,
    pub function: TeamFunction,
    /// The place in the team; 1 is the key account manager's.
    pub position: i32,
    /// The names of the kinds they have switched off.
    pub muted: Vec<String>,
}

/// The members of an account that is open, the oldest first.
pub fn of_account(connection: &mut Connection, account_id: AccountId) -> Result<Vec<Recipient>> {
    let recipient = |row: notifications::store::RecipientRow| {
        let chosen = row.locale.as_deref().and_then(Language::from_name);
        Recipient {
            person_id: row.person_id,
            email: row.email,
            name: row.name,
            locale: Language::of(chosen, Some(&row.account_locale)).name().to_owned(),
            roles: row
                .roles
                .iter()
                .filter_map(|name| AccountRole::from_name(name))
                .collect(),
            sites: row.sites,
            muted: row.muted,
        }
    };
    let rows = notifications::store::list_recipients(connection, account_id)?;
    Ok(rows.into_iter().map(recipient).collect())
}

/// Who does the work of each place in an account's team on `today`, by position: whoever is away is replaced by who
/// steps in, so one person may stand here for several places.
pub fn of_team(connection: &mut Connection, account_id: AccountId, today: NaiveDate) -> Result<Vec<TeamRecipient>> {
    let team = team::store::find(connection, account_id)?;
    let on_duty: Vec<_> = team
        .places
        .iter()
        .map(|place| (place, team.on_duty(place, today)))
        .collect();
    let ids: Vec<_> = on_duty.iter().map(|(_, staff)| staff.id).collect();
    let muted = notifications::store::list_muted_of(connection, &ids)?;
    let recipients = on_duty.into_iter().map(|(place, staff)| TeamRecipient {
        person_id: staff.id,
        email: staff.email.clone(),
        name: staff.name.clone(),
        locale: Language::of(staff.language, None).name().to_owned(),
        function: place.function,
        position: place.position,
        muted: muted.get(&staff.id).cloned().unwrap_or_default(),
    });
    Ok(recipients.collect())
}

/// What stands in a mail's unsubscribe link behind `/unsubscribe/`: person and kind, sealed. Good
/// for ever, and for nothing else.
pub fn unsubscribe_token(secret: &Secret, person_id: PersonId, kind: Kind) -> Result<String> {
    one_time::seal(secret, Purpose::Unsubscribe, &format!("{person_id}.{}", kind.name()))
}
