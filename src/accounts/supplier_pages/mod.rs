//! What the desk's pages about an account share; [`acting`]: seeing the portal as the account does.

pub mod acting;
pub mod view;

use std::str::FromStr;

use super::rules::{Account, Tier};
use crate::error::{Error, Result};
use crate::identity::caller::{Desk, MayLend, MayManageAccounts, MayManagePeople, MayReadDesk};
use crate::ids::AccountId;
use crate::web::{Chip, Shape, Shell, Tone};

/// What stands above every tab of an account.
#[derive(Debug)]
pub struct Head {
    /// Its id.
    pub id: AccountId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// It is closed.
    pub closed: bool,
    /// The chip of its tier.
    pub tier: Chip,
    /// The tab that is shown.
    pub tab: &'static str,
    /// The reader changes the account itself.
    pub may_account: bool,
    /// The reader changes its people.
    pub may_people: bool,
    /// The reader changes its credit.
    pub may_credit: bool,
}

/// Name and path below the account's own.
const TABS: &[(&str, &str)] = &[
    ("overview", ""),
    ("people", "/people"),
    ("contacts", "/contacts"),
    ("sites", "/sites"),
    ("team", "/team"),
    ("terms", "/terms"),
];

impl Head {
    /// For the tab `tab` of the account.
    pub fn new<R>(desk: &Desk<R>, account: &Account, tab: &'static str) -> Self {
        let closed = account.closed_at.is_some();
        Self {
            id: account.id,
            code: account.code.clone(),
            name: account.name.clone(),
            closed,
            tier: tier_chip(&desk.shell, account.tier),
            tab,
            may_account: !closed && desk.may::<MayManageAccounts>(),
            may_people: !closed && desk.may::<MayManagePeople>(),
            may_credit: !closed && desk.may::<MayLend>(),
        }
    }

    /// Key of the text, address, and whether it is the one that is shown.
    pub fn tabs(&self) -> Vec<(String, String, bool)> {
        let tab = |(name, path): &(&str, &str)| {
            let address = format!("/desk/accounts/{}{path}", self.id);
            (format!("acct-tab-{name}"), address, *name == self.tab)
        };
        TABS.iter().map(tab).collect()
    }

    /// Address of something of the account.
    pub fn at(&self, path: &str) -> String {
        format!("/desk/accounts/{}{path}", self.id)
    }
}

/// The chip of a tier.
pub fn tier_chip(shell: &Shell, tier: Tier) -> Chip {
    let tone = match tier {
        Tier::Platinum => Tone::Priority,
        Tier::Gold => Tone::Warn,
        Tier::Silver | Tier::Bronze => Tone::Neutral,
    };
    Chip::new(tone, Shape::Square, shell.name("tier", tier.name()))
}

/// Whether an account is open, as a chip.
pub fn standing_chip(shell: &Shell, closed: bool) -> Chip {
    match closed {
        true => Chip::new(Tone::Neutral, Shape::Diamond, shell.t("acct-closed")),
        false => Chip::new(Tone::Ok, Shape::Dot, shell.t("acct-open")),
    }
}

/// Two ids of a path; ill-formed ones are as unknown as others.
pub(in crate::accounts) fn pair<A: FromStr, B: FromStr>(path: &(String, String)) -> Result<(A, B)> {
    match (path.0.parse(), path.1.parse()) {
        (Ok(first), Ok(second)) => Ok((first, second)),
        _ => Err(Error::NotFound),
    }
}

/// Roles of accounts or functions of teams to choose from, as value and text.
pub(in crate::accounts) fn choices<'n>(
    shell: &Shell,
    family: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Vec<(String, String)> {
    let choice = |name: &str| (name.to_owned(), shell.name(family, name));
    names.into_iter().map(choice).collect()
}

/// Whoever of the staff reads about accounts.
pub type Reader = Desk<MayReadDesk>;
