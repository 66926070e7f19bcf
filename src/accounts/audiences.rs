//! Who gets which mail: those whom an event concerns, out of the members and contacts of the account or the team behind
//! it.
//!
//! A worker looks at many events at once; the people of an account are looked up once for all of them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use chrono::NaiveDate;

use super::contacts::rules::is_same_address;
use super::contacts::{self, Contact};
use super::recipients::{self, Recipient, TeamRecipient};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::Result;
use crate::events::Happened;
use crate::identity;
use crate::identity::rules::{AccountRole, StaffRole};
use crate::ids::{AccountId, PersonId};
use crate::languages::Language;
use crate::mail::Draft;
use crate::mail::rules::{Kind, Reason};

/// Who should get a mail about an account.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// What it is about.
    pub kind: Kind,
    /// Everybody with one of these roles.
    pub roles: &'a [AccountRole],
    /// Who caused it, whatever their role.
    pub cause: Option<PersonId>,
    /// The site it is about; whoever is limited to others is left out.
    pub site: Option<&'a str>,
}

/// Those of `members` who get the mail, and why. Where nobody has one of the roles, admins stand in, then buyers, then
/// everybody: an account with a single person of any role gets all its mails. Who switched a kind off never gets it.
pub fn chosen<'r>(members: &'r [Recipient], wanted: &Wanted<'_>) -> Vec<(&'r Recipient, Reason)> {
    let kind = wanted.kind.name();
    let hears =
        |member: &&Recipient| !(wanted.kind.can_be_switched_off() && member.muted.iter().any(|muted| muted == kind));
    let listening: Vec<_> = members.iter().filter(hears).collect();
    let reaches = |member: &Recipient| match wanted.site {
        Some(site) => member.sites.is_empty() || member.sites.iter().any(|own| own == site),
        None => true,
    };
    let with_role = |roles: &[AccountRole]| {
        let has_role = |member: &&&Recipient| reaches(member) && member.roles.iter().any(|role| roles.contains(role));
        listening.iter().filter(has_role).copied().collect::<Vec<_>>()
    };
    let cause = listening.iter().find(|member| Some(member.person_id) == wanted.cause);
    let mut first: Vec<_> = cause.iter().map(|member| (**member, Reason::Placed)).collect();
    let others = with_role(wanted.roles).into_iter();
    first.extend(
        others
            .filter(|member| Some(member.person_id) != wanted.cause)
            .map(|member| (member, Reason::Role)),
    );
    if !first.is_empty() {
        return first;
    }
    let stand_ins = [
        with_role(&[AccountRole::Admin]),
        with_role(&[AccountRole::Buyer]),
        listening,
    ];
    let fallback = stand_ins
        .into_iter()
        .find(|circle| !circle.is_empty())
        .unwrap_or_default();
    fallback.into_iter().map(|member| (member, Reason::Fallback)).collect()
}

/// Those of the team who get the mail, each once.
pub fn chosen_of_team(team: &[TeamRecipient], kind: Kind) -> Vec<&TeamRecipient> {
    let mut chosen: Vec<&TeamRecipient> = Vec::new();
    for member in team {
        let hears = !member.muted.iter().any(|muted| muted == kind.name());
        if hears && chosen.iter().all(|known| known.person_id != member.person_id) {
            chosen.push(member);
        }
    }
    chosen
}

/// Those who hear of what happens at an account.
#[derive(Debug)]
struct People {
    members: Vec<Recipient>,
    contacts: Vec<Contact>,
    /// The account's language tag, for contacts without a language.
    locale: String,
    /// Where its invoices are sent beside.
    invoices_to: Option<String>,
}

impl People {
    fn load(connection: &mut Connection, account_id: AccountId) -> Result<Self> {
        let account = super::get(connection, account_id)?;
        Ok(Self {
            members: recipients::of_account(connection, account_id)?,
            contacts: contacts::mails::listening(connection, account_id)?,
            locale: account.locale,
            invoices_to: account.einvoicing.email,
        })
    }
}

/// What was looked up.
#[derive(Debug)]
pub struct Audiences {
    today: NaiveDate,
    accounts: HashMap<AccountId, People>,
    teams: HashMap<AccountId, Arc<[TeamRecipient]>>,
    admins: Option<Arc<[identity::Contact]>>,
}

impl Audiences {
    /// Nothing yet; `now` decides who of a team is away.
    pub fn begin(connection: &mut Connection, now: Timestamp) -> Result<Self> {
        Ok(Self {
            today: super::team::today(connection, now)?,
            accounts: HashMap::new(),
            teams: HashMap::new(),
            admins: None,
        })
    }

    /// The mails of `event` to the members and contacts of its account, one to each address; none where it has no account.
    pub fn of_account(
        &mut self,
        connection: &mut Connection,
        event: &Happened,
        wanted: &Wanted<'_>,
    ) -> Result<Vec<Draft>> {
        let Some(account_id) = event.account_id else {
            return Ok(Vec::new());
        };
        let people = match self.accounts.entry(account_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(People::load(connection, account_id)?),
        };
        let draft = |(member, reason): (&Recipient, Reason)| Draft {
            kind: wanted.kind,
            account_id: Some(account_id),
            event_id: event.id,
            person_id: Some(member.person_id),
            email: member.email.clone(),
            name: member.name.clone(),
            locale: member.locale.clone(),
            reason,
        };
        let mut drafts: Vec<_> = chosen(&people.members, wanted).into_iter().map(draft).collect();
        for contact in &people.contacts {
            let Some(email) = contact.address_for(wanted.kind, wanted.site) else {
                continue;
            };
            if drafts.iter().any(|draft| is_same_address(&draft.email, email)) {
                continue;
            }
            drafts.push(Draft {
                kind: wanted.kind,
                account_id: Some(account_id),
                event_id: event.id,
                person_id: None,
                email: email.to_owned(),
                name: contact.name.clone(),
                locale: Language::of(contact.language, Some(&people.locale)).name().to_owned(),
                reason: Reason::Contact,
            });
        }
        let is_billed = matches!(wanted.kind, Kind::Invoiced | Kind::Credited);
        if let Some(email) = people.invoices_to.as_ref().filter(|_| is_billed)
            && !drafts.iter().any(|draft| is_same_address(&draft.email, email))
        {
            drafts.push(Draft {
                kind: wanted.kind,
                account_id: Some(account_id),
                event_id: event.id,
                person_id: None,
                email: email.clone(),
                name: String::new(),
                locale: people.locale.clone(),
                reason: Reason::Invoices,
            });
        }
        Ok(drafts)
    }

    /// The mails of `event` to the team behind an account; to the admins of the staff where nobody of a team gets it.
    pub fn of_team(
        &mut self,
        connection: &mut Connection,
        event: &Happened,
        account_id: Option<AccountId>,
        kind: Kind,
    ) -> Result<Vec<Draft>> {
        let draft = |person_id, email: &str, name: &str, locale: &str, reason| Draft {
            kind,
            account_id,
            event_id: event.id,
            person_id: Some(person_id),
            email: email.to_owned(),
            name: name.to_owned(),
            locale: locale.to_owned(),
            reason,
        };
        let team = match account_id.map(|id| (id, self.teams.entry(id))) {
            Some((_, Entry::Occupied(known))) => known.get().clone(),
            Some((id, Entry::Vacant(unknown))) => {
                let team = recipients::of_team(connection, id, self.today)?;
                unknown.insert(team.into()).clone()
            }
            None => Arc::default(),
        };
        let chosen = chosen_of_team(&team, kind);
        if !chosen.is_empty() {
            let drafts = chosen.into_iter();
            let drafts = drafts.map(|one| draft(one.person_id, &one.email, &one.name, &one.locale, Reason::Team));
            return Ok(drafts.collect());
        }
        let admins = match &self.admins {
            Some(known) => known.clone(),
            None => {
                let admins = identity::staff_in_role(connection, StaffRole::Admin)?.into();
                self.admins.insert(admins).clone()
            }
        };
        let drafts = admins.iter();
        let drafts = drafts.map(|one| draft(one.person_id, &one.email, &one.name, one.language.name(), Reason::Staff));
        Ok(drafts.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::rules::TeamFunction;

    /// `NAME:role+role@site/muted`: a short form for tables.
    fn member(index: usize, text: &str) -> Recipient {
        let (text, muted) = text.split_once('/').unwrap_or((text, ""));
        let (text, site) = text.split_once('@').unwrap_or((text, ""));
        let (name, roles) = text.split_once(':').expect("name and roles");
        let texts = |text: &str| {
            text.split('+')
                .filter(|one| !one.is_empty())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        Recipient {
            person_id: PersonId(i64::try_from(index).expect("few")),
            email: format!("{name}@acme.example"),
            name: name.to_owned(),
            locale: "en".to_owned(),
            roles: texts(roles)
                .iter()
                .filter_map(|role| AccountRole::from_name(role))
                .collect(),
            sites: texts(site),
            muted: texts(muted),
        }
    }

    fn check(members: &[&str], kind: Kind, roles: &[AccountRole], cause: Option<i64>, expected: &[(&str, Reason)]) {
        let recipients: Vec<_> = members.iter().enumerate().map(|(n, text)| member(n, text)).collect();
        let wanted = Wanted {
            kind,
            roles,
            cause: cause.map(PersonId),
            site: Some("NORTH"),
        };
        let chosen = chosen(&recipients, &wanted);
        let told: Vec<_> = chosen
            .iter()
            .map(|(member, why)| (member.name.as_str(), *why))
            .collect();
        assert_eq!(told, expected, "{members:?} {kind:?}");
    }

    const ORDERING: &[AccountRole] = &[AccountRole::Buyer, AccountRole::Admin];
    const MONEY: &[AccountRole] = &[AccountRole::Finance];

    #[test]
    fn orders_go_to_who_placed_them_and_to_buyers_and_admins() {
        use Reason::{Fallback, Placed, Role};
        let all = ["ann:admin", "bob:buyer", "fay:finance", "vic:viewer"];
        for (members, cause, expected) in [
            (&all[..], Some(1), &[("bob", Placed), ("ann", Role)][..]),
            (&all[..], None, &[("ann", Role), ("bob", Role)]),
            // Whoever placed it hears of it, wherever it goes.
            (
                &["bob:buyer@SOUTH", "ann:admin"],
                Some(0),
                &[("bob", Placed), ("ann", Role)],
            ),
            (&["bob:buyer@SOUTH", "ann:admin"], Some(1), &[("ann", Placed)]),
            (&["bob:buyer@SOUTH+NORTH"], None, &[("bob", Role)]),
            (&["bob:buyer/order_placed", "ann:admin"], Some(0), &[("ann", Role)]),
            (&["bob:buyer/invoiced"], Some(0), &[("bob", Placed)]),
            // Somebody of whatever role, if nobody else is there.
            (&["vic:viewer"], None, &[("vic", Fallback)]),
            (&["bob:buyer@SOUTH"], None, &[("bob", Fallback)]),
            (&["vic:viewer/order_placed"], None, &[]),
            (&["bob:buyer/order_placed"], Some(0), &[]),
            (&[], None, &[]),
        ] {
            check(members, Kind::OrderPlaced, ORDERING, cause, expected);
        }
    }

    #[test]
    fn money_goes_to_finance_then_admins_then_buyers_then_everybody() {
        use Reason::{Fallback, Role};
        for (members, expected) in [
            (
                &["ann:admin", "fay:finance", "flo:finance+buyer"][..],
                &[("fay", Role), ("flo", Role)][..],
            ),
            (&["fay:finance@SOUTH", "bob:buyer", "ann:admin"], &[("ann", Fallback)]),
            (
                &["fay:finance/invoiced", "bob:buyer", "ann:admin"],
                &[("ann", Fallback)],
            ),
            (
                &["vic:viewer", "bob:buyer", "bea:buyer"],
                &[("bob", Fallback), ("bea", Fallback)],
            ),
            (
                &["ann:admin/invoiced", "bob:buyer@SOUTH", "vic:viewer"],
                &[("bob", Fallback), ("vic", Fallback)],
            ),
        ] {
            check(members, Kind::Invoiced, MONEY, None, expected);
        }
    }

    #[test]
    fn one_of_a_team_hears_once_whatever_they_do_in_it() {
        let one = |person, function, muted: &[&str]| TeamRecipient {
            person_id: PersonId(person),
            email: String::new(),
            name: String::new(),
            locale: "de".to_owned(),
            function,
            position: 1,
            muted: muted.iter().map(|kind| (*kind).to_owned()).collect(),
        };
        let team = [
            one(1, TeamFunction::KeyAccountManager, &[]),
            one(1, TeamFunction::Finance, &[]),
            one(2, TeamFunction::Shipping, &["team_hold"]),
        ];
        let chosen = |kind| {
            let chosen = chosen_of_team(&team, kind);
            chosen.iter().map(|one| one.person_id.0).collect::<Vec<_>>()
        };
        assert_eq!(chosen(Kind::CriticalOrder), [1, 2]);
        assert_eq!(chosen(Kind::TeamHold), [1]);
    }
}
