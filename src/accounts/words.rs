//! Accounts in words and signs, for pages, and what stands above the desk's pages about one.

use super::rules::{Account, Tier};
use crate::identity::caller::{Desk, MayLend, MayManageAccounts, MayManagePeople, MayReadDesk};
use crate::ids::AccountId;
use crate::web::{Chip, Shape, Shell, Tone};

/// What stands above every tab of an account.
#[derive(Debug)]
pub struct Head {
    pub id: AccountId,
    pub code: String,
    pub name: String,
    pub closed: bool,
    pub tier: Chip,
    /// The tab that is shown.
    pub tab: &'static str,
    /// The reader changes the account itself.
    pub may_account: bool,
    /// The reader changes its people.
    pub may_people: bool,
    /// The reader changes its credit.
    pub may_credit: bool,
    /// The reader keeps its programs, and sees them when it is closed, too.
    pub may_clients: bool,
    /// The reader keeps how it punches out.
    pub may_punchout: bool,
}

/// Name and path below the account's own.
const TABS: &[(&str, &str)] = &[
    ("overview", ""),
    ("people", "/people"),
    ("contacts", "/contacts"),
    ("sites", "/sites"),
    ("team", "/team"),
    ("terms", "/terms"),
    ("credit", "/credit"),
    ("payment-terms", "/payment-terms"),
    ("reminders", "/reminders"),
    (CLIENTS, "/clients"),
    (PUNCHOUT, "/punchout"),
    ("sandbox", "/sandbox"),
];
/// Programs that sign in by themselves; for those who manage people.
const CLIENTS: &str = "clients";
/// Its purchasing system; for those who manage accounts.
const PUNCHOUT: &str = "punchout";

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
            may_clients: desk.may::<MayManagePeople>(),
            may_punchout: desk.may::<MayManageAccounts>(),
        }
    }

    /// Key of the text, address, and whether it is the one that is shown.
    pub fn tabs(&self) -> Vec<(String, String, bool)> {
        let tab = |(name, path): &(&str, &str)| {
            let address = format!("/desk/accounts/{}{path}", self.id);
            (format!("acct-tab-{name}"), address, *name == self.tab)
        };
        let is_shown = |(name, _): &&(&str, &str)| match *name {
            CLIENTS => self.may_clients,
            PUNCHOUT => self.may_punchout,
            _ => true,
        };
        TABS.iter().filter(is_shown).map(tab).collect()
    }

    /// Address of something of the account.
    pub fn at(&self, path: &str) -> String {
        format!("/desk/accounts/{}{path}", self.id)
    }
}

pub fn tier_chip(shell: &Shell, tier: Tier) -> Chip {
    let tone = match tier {
        Tier::Platinum => Tone::Priority,
        Tier::Gold => Tone::Info,
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

/// Whoever of the staff reads about accounts.
pub type Reader = Desk<MayReadDesk>;
