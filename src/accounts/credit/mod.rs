//! Credit of accounts: what is insured beside the own limit, the limit that accounts under one parent have together, and where
//! an order is held against them.

pub mod checks;
pub mod files;
pub mod rules;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use self::rules::{CreditCheck, InsuranceRule, Insured, Room, Standing, Use, usable};
use super::editing::{Editor, lock, record};
use super::files::accounts::Accounts;
use super::rules::Account;
use super::terms::Terms;
use crate::audit;
use crate::clock::{Timestamp, day_in};
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::events::payloads::AccountCreditChanged;
use crate::events::{self};
use crate::identity::rules::rights::MayLend;
use crate::ids::AccountId;
use crate::kept::{self, DecimalText, Difference};
use crate::ledger;
use crate::ledger::groups::{self, Exposures};
use crate::money::Money;
use crate::version::Expected;

pub use self::store::{Defaults, Member, Settings};

const COLUMNS: [&[&str]; 2] = [files::LAYOUT.required, files::LAYOUT.optional];

/// What is set for the credit of an account beside its own limit; what is left out is none, or as for all.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PutAccountCredit)]
pub struct CreditInput {
    /// Code of the account above it, of the same currency, which has none above itself.
    #[schema(example = "NORDWIND")]
    parent: Option<String>,
    /// What it and the accounts below it may owe together; for an account above others.
    #[schema(example = "500000.00")]
    group_limit: Option<DecimalText>,
    /// What an insurer answers for.
    #[schema(example = "200000.00")]
    insured_limit: Option<DecimalText>,
    /// Who that is.
    #[schema(max_length = 200)]
    insurer: Option<String>,
    /// The number of the insurance.
    #[schema(max_length = 100)]
    insurance_policy: Option<String>,
    /// The last day of the insurance; without end if left out.
    #[schema(value_type = Option<String>, format = Date)]
    insured_until: Option<String>,
    /// What the insured sum means for what the account may owe.
    #[schema(value_type = Option<InsuranceRule>)]
    insurance: Option<String>,
    /// What happens to an order that exceeds a limit as it is placed.
    #[schema(value_type = Option<CreditCheck>)]
    check_order: Option<String>,
    /// As it is accepted.
    #[schema(value_type = Option<CreditCheck>)]
    check_acceptance: Option<String>,
    /// As goods of it leave.
    #[schema(value_type = Option<CreditCheck>)]
    check_shipment: Option<String>,
}

impl CreditInput {
    fn of(settings: &Settings, account: &Account) -> Self {
        let money =
            |minor: Option<i64>| minor.map(|minor| DecimalText(Money::new(minor, account.currency).to_string()));
        let check = |check: Option<CreditCheck>| check.map(|check| check.name().to_owned());
        Self {
            parent: settings.parent.clone(),
            group_limit: money(settings.group_limit_minor),
            insured_limit: money(settings.insured_minor),
            insurer: settings.insurer.clone(),
            insurance_policy: settings.insurance_policy.clone(),
            insured_until: settings.insured_until.map(|day| day.to_string()),
            insurance: settings.insurance.map(|rule| rule.name().to_owned()),
            check_order: check(settings.check_order),
            check_acceptance: check(settings.check_acceptance),
            check_shipment: check(settings.check_shipment),
        }
    }
}

/// The accounts that share a limit, or would if there were one.
#[derive(Debug, Clone)]
pub struct Group {
    /// What they may owe together.
    pub limit: Option<Money>,
    pub exposure: Money,
    /// The account above the others first.
    pub members: Vec<Member>,
}

/// The credit of an account with all that staff see of it.
#[derive(Debug, Clone)]
pub struct Whole {
    pub account: Account,
    pub settings: Settings,
    pub defaults: Defaults,
    pub standing: Standing,
    /// None where no account stands above or below it.
    pub group: Option<Group>,
    pub today: NaiveDate,
}

impl Whole {
    /// Its version: what is set for it.
    pub fn version(&self) -> i64 {
        kept::version(&CreditInput::of(&self.settings, &self.account))
    }

    /// An amount of the account.
    pub fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.account.currency)
    }

    /// What it may owe by itself.
    pub fn usable(&self) -> Option<Money> {
        self.standing.room.own.limit.map(|minor| self.money(minor))
    }

    /// What it has left under all limits; below zero where one is exceeded, none without any.
    pub fn free(&self) -> Option<Money> {
        let left = |one: Use| one.limit.map(|limit| limit.saturating_sub(one.used));
        let (own, group) = (left(self.standing.room.own), self.standing.room.group.and_then(left));
        let free = match (own, group) {
            (Some(own), Some(group)) => Some(own.min(group)),
            (own, group) => own.or(group),
        };
        free.map(|minor| self.money(minor))
    }

    /// What happens at each point, and what an insured sum means.
    pub fn effective(&self) -> Defaults {
        Defaults {
            check_order: self.settings.check_order.unwrap_or(self.defaults.check_order),
            check_acceptance: self.settings.check_acceptance.unwrap_or(self.defaults.check_acceptance),
            check_shipment: self.settings.check_shipment.unwrap_or(self.defaults.check_shipment),
            insurance: self.settings.insurance.unwrap_or(self.defaults.insurance),
        }
    }
}

fn room_of(terms: &Terms, exposures: Exposures, today: NaiveDate) -> Room {
    Room {
        own: Use {
            limit: terms.usable_limit(today),
            used: exposures.own,
        },
        group: terms.credit.group.map(|group| Use {
            limit: Some(group.minor),
            used: exposures.group,
        }),
    }
}

/// The room under the account's limits, as it is now: one statement.
pub fn find_room(connection: &mut Connection, terms: &Terms, today: NaiveDate) -> Result<Room> {
    let exposures = match terms.credit.group {
        Some(group) => groups::find(connection, terms.account_id, group.root)?,
        None => Exposures {
            own: ledger::exposure(connection, terms.account_id)?,
            group: 0,
        },
    };
    Ok(room_of(terms, exposures, today))
}

/// The same, with the balances of all who share a limit locked until the transaction ends.
pub fn lock_room(tx: &mut Connection, terms: &Terms, today: NaiveDate) -> Result<Room> {
    let exposures = match terms.credit.group {
        Some(group) => groups::lock(tx, terms.account_id, group.root)?,
        None => Exposures {
            own: ledger::lock_exposure(tx, terms.account_id)?,
            group: 0,
        },
    };
    Ok(room_of(terms, exposures, today))
}

/// The credit of an account, for staff.
pub fn get(connection: &mut Connection, account_id: AccountId, now: Timestamp) -> Result<Whole> {
    let account = super::get(connection, account_id)?;
    let settings = store::find(connection, account_id)?;
    let defaults = store::find_defaults(connection)?;
    let today = day_in(super::supplier_zone(connection)?, now);
    let root = settings.parent_id.unwrap_or(account_id);
    let members = store::list_members(connection, root)?;
    let own = members.iter().find(|member| member.id == account_id);
    let used = own.map_or(0, |member| member.exposure_minor);
    let limit = match settings.parent_id {
        Some(parent_id) => store::find(connection, parent_id)?.group_limit_minor,
        None => settings.group_limit_minor,
    };
    let together = members
        .iter()
        .fold(0_i64, |sum, member| sum.saturating_add(member.exposure_minor));
    let money = |minor| Money::new(minor, account.currency);
    let insured = settings.insured_minor.map(|minor| Insured {
        minor,
        until: settings.insured_until,
    });
    let own = account.credit_limit.map(|limit| limit.minor);
    let rule = settings.insurance.unwrap_or(defaults.insurance);
    let standing = Standing {
        own,
        insured,
        room: Room {
            own: Use {
                limit: usable(own, insured, rule, today),
                used,
            },
            group: limit.map(|limit| Use {
                limit: Some(limit),
                used: together,
            }),
        },
    };
    let group = (members.len() > 1 || limit.is_some()).then(|| Group {
        limit: limit.map(money),
        exposure: money(together),
        members,
    });
    Ok(Whole {
        account,
        settings,
        defaults,
        standing,
        group,
        today,
    })
}

/// Sets what holds for the credit of an account beside its own limit.
pub fn set(
    tx: &mut Connection,
    editor: &Editor,
    account_id: AccountId,
    expected: &Expected,
    input: &CreditInput,
    now: Timestamp,
) -> Result<Whole> {
    editor.require::<MayLend>()?;
    let account = lock(tx, account_id)?;
    // Who stands under whom is changed one after the other.
    store::lock_defaults(tx)?;
    let before = CreditInput::of(&store::find(tx, account_id)?, &account);
    expected.check(kept::version(&before))?;
    let accounts = Accounts::load(tx)?;
    let known = accounts.get(&account.code).ok_or(Error::NotFound)?;
    let mut values = kept::row(input, &COLUMNS)?;
    // What is left out is none.
    let missing = |column: &&'static str| !values.iter().any(|(known, _)| known == column);
    let missing: Vec<_> = files::LAYOUT.optional.iter().copied().filter(missing).collect();
    values.extend(missing.into_iter().map(|column| (column, String::new())));
    let row = files::read(&values, known, &accounts).map_err(Error::Invalid)?;
    if let Some(parent_id) = row.parent_id() {
        let mut parents = store::list_parents(tx)?;
        parents.insert(account_id, parent_id);
        if let Some(fault) = files::relation_fault((account_id, parent_id), &parents) {
            return Err(Error::invalid("/parent", Code::ValueInvalid, fault));
        }
        // Orders of either that are being placed are counted before.
        ledger::lock_all(tx, &[account_id, parent_id])?;
    }
    files::store_one(tx, &row)?;
    let after = CreditInput::of(&store::find(tx, account_id)?, &account);
    if let Some(difference) = Difference::between(&before, &after)? {
        let changed = difference.is.as_object().into_iter().flat_map(|is| is.keys().cloned());
        let event = AccountCreditChanged {
            account: account.code.clone(),
            changed: changed.collect(),
        };
        // What is insured is nothing that the account reads.
        let mut batch = Batch::new();
        batch.add(events::recording(&events::Entry::new(None, account_id, event), now));
        batch.run(tx)?;
        let details = json!({ "was": difference.was, "is": difference.is });
        record(
            tx,
            editor,
            "account.credit",
            account_id,
            account_id.to_string(),
            details,
            now,
        )?;
    }
    get(tx, account_id, now)
}

/// What holds for accounts that say nothing else.
pub fn defaults(connection: &mut Connection) -> Result<Defaults> {
    store::find_defaults(connection)
}

fn told(defaults: &Defaults) -> serde_json::Value {
    json!({
        "check_order": defaults.check_order, "check_acceptance": defaults.check_acceptance,
        "check_shipment": defaults.check_shipment, "insurance": defaults.insurance,
    })
}

/// Sets what holds for accounts that say nothing else.
pub fn set_defaults(tx: &mut Connection, editor: &Editor, after: &Defaults, now: Timestamp) -> Result<Defaults> {
    editor.require::<MayLend>()?;
    let before = store::lock_defaults(tx)?;
    store::update_defaults(tx, after)?;
    let (was, is) = (told(&before), told(after));
    let entry = audit::Entry::kept("credit.set", None, "credit".to_owned(), Some(&was), Some(&is));
    audit::record(tx, &editor.actor, &entry, now)?;
    Ok(*after)
}
