//! New orders of an account are held for what it owes, a day after its key account manager was told, and go on once it has
//! paid. What is to be done follows from what is stored, so it is done whenever somebody looks, and only once.

use std::collections::HashSet;

use chrono::{NaiveDate, TimeDelta};
use serde_json::json;

use super::debtors::{self, Facts};
use super::rules::holding::{Step, step_at};
use super::rules::{Policy, assess};
use super::store;
use super::{reason, runs, sentences};
use crate::accounts;
use crate::audit::{self, Actor};
use crate::clock::{Timestamp, day_in};
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::events::payloads::{AccountOrdersHeld, AccountOrdersReleased, HoldAnnounced};
use crate::events::{self, Payload};
use crate::ids::AccountId;
use crate::ledger;
use crate::money::Money;
use crate::orders::steering;

/// How far ahead somebody may keep orders from being held, in days.
const STOP_DAYS_MAX: i64 = 180;

/// An account whose orders are held, or will be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    pub account_id: AccountId,
    /// Code of the account.
    pub account: String,
    pub account_name: String,
    /// Held already; else it will be from the day after somebody was told.
    pub is_held: bool,
    /// When the key account manager was told.
    pub told_on: Option<NaiveDate>,
    pub overdue: Money,
}

fn next(facts: &Facts, policy: Option<&Policy>, today: NaiveDate, now: Timestamp) -> Step {
    step_at(policy, &facts.debtor, facts.held, today, now)
}

/// Accounts of which something is to be done: of all that are late, or only of those whose orders are held or will be.
pub fn due(connection: &mut Connection, of_all: bool, now: Timestamp) -> Result<Vec<AccountId>> {
    let today = day_in(accounts::supplier_zone(connection)?, now);
    let tomorrow = today.succ_opt().unwrap_or(today);
    let mut ids = store::keeping::list_holding(connection)?;
    // An order may be stored as held just after its account was released.
    let mut with_orders = HashSet::new();
    if of_all {
        with_orders.extend(steering::accounts_held_overdue(connection)?);
        ids.extend(with_orders.iter().copied());
        ids.extend(store::list_late(connection, tomorrow)?);
        ids.sort_unstable();
        ids.dedup();
    }
    if ids.is_empty() {
        return Ok(ids);
    }
    let policies = runs::policies(connection)?;
    let facts = debtors::load(connection, &ids)?.into_iter();
    let due = facts.filter(|(account_id, facts)| {
        let policy = facts.debtor.policy_id.and_then(|id| policies.get(&id));
        let is_left = !facts.held.is_held && with_orders.contains(account_id);
        is_left || next(facts, policy, today, now) != Step::Stay
    });
    Ok(due.map(|(id, _)| id).collect())
}

/// Does what is to be done about an account.
pub fn settle(tx: &mut Connection, account_id: AccountId, actor: &Actor, now: Timestamp) -> Result<Step> {
    let today = day_in(accounts::supplier_zone(tx)?, now);
    store::keeping::lock_of_account(tx, account_id)?;
    let policies = runs::policies(tx)?;
    let Some((_, facts)) = debtors::load(tx, &[account_id])?.into_iter().next() else {
        return Ok(Step::Stay);
    };
    let policy = facts.debtor.policy_id.and_then(|id| policies.get(&id));
    let overdue_minor = assess(&facts.debtor, policy, today).overdue_minor;
    let overdue = Money::new(overdue_minor, facts.debtor.currency);
    let (overdue_total, currency) = (overdue.to_string(), overdue.currency.code().to_owned());
    let mut batch = Batch::new();
    let done = next(&facts, policy, today, now);
    match done {
        Step::Stay => {
            if !facts.held.is_held {
                steering::settle_overdue(tx, account_id, actor, now)?;
            }
            return Ok(done);
        }
        Step::Forget => store::keeping::update_held(&mut batch, account_id, None),
        Step::Tell => {
            store::keeping::update_told(&mut batch, account_id, (today, now));
            let payload = HoldAnnounced {
                account: accounts::get(tx, account_id)?.code,
                held_from: today.succ_opt().unwrap_or(today),
                overdue_total,
                currency,
            };
            // The account hears of it when it is so.
            tell(
                &mut batch,
                actor,
                account_id,
                (None, "account.announce_hold"),
                payload,
                now,
            );
        }
        Step::Hold => {
            store::keeping::update_held(&mut batch, account_id, Some(now));
            let payload = AccountOrdersHeld {
                overdue_total,
                currency,
            };
            tell(
                &mut batch,
                actor,
                account_id,
                (Some(account_id), "account.hold_orders"),
                payload,
                now,
            );
        }
        Step::Release => {
            store::keeping::update_held(&mut batch, account_id, None);
            let payload = AccountOrdersReleased {
                overdue_total,
                currency,
            };
            tell(
                &mut batch,
                actor,
                account_id,
                (Some(account_id), "account.release_orders"),
                payload,
                now,
            );
        }
    }
    batch.run(tx)?;
    if done == Step::Release {
        steering::settle_overdue(tx, account_id, actor, now)?;
    }
    Ok(done)
}

fn tell<P: Payload<Subject = AccountId>>(
    batch: &mut Batch,
    actor: &Actor,
    account_id: AccountId,
    (feed, action): (Option<AccountId>, &'static str),
    payload: P,
    now: Timestamp,
) {
    let event = events::Entry::new(feed, account_id, payload);
    batch.add(events::recording(&event, now));
    let entry = audit::Entry {
        action,
        account_id: Some(account_id),
        object: account_id.to_string(),
        details: event.event.data(),
    };
    batch.add(audit::recording(actor, &entry, now));
}

/// Keeps the orders of an account from being held until a day, and lets those go on that are.
pub fn stop(
    tx: &mut Connection,
    account_id: AccountId,
    (until, text): (NaiveDate, &str),
    actor: &Actor,
    now: Timestamp,
) -> Result<()> {
    accounts::get(tx, account_id)?;
    let today = day_in(accounts::supplier_zone(tx)?, now);
    let last = today
        .checked_add_signed(TimeDelta::days(STOP_DAYS_MAX))
        .unwrap_or(today);
    if !(today..=last).contains(&until) {
        let detail = sentences::reminder_day(until, today, last);
        return Err(Error::invalid("/until", Code::ValueInvalid, detail));
    }
    let text = reason("/reason", text)?;
    store::keeping::lock_of_account(tx, account_id)?;
    let mut batch = Batch::new();
    store::keeping::update_stopped(&mut batch, account_id, until, text);
    let entry = audit::Entry {
        action: "account.stop_hold",
        account_id: Some(account_id),
        object: account_id.to_string(),
        details: json!({ "until": until, "reason": text }),
    };
    batch.add(audit::recording(actor, &entry, now));
    batch.run(tx)?;
    settle(tx, account_id, actor, now)?;
    Ok(())
}

/// The accounts whose orders are held or will be, by code; for staff.
pub fn list(connection: &mut Connection, now: Timestamp) -> Result<Vec<Hold>> {
    let ids = store::keeping::list_holding(connection)?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let today = day_in(accounts::supplier_zone(connection)?, now);
    let overdue = ledger::open_items::overdue(connection, &ids, today)?;
    let names = accounts::names(connection, &ids)?;
    let facts = debtors::load(connection, &ids)?.into_iter();
    let mut holds: Vec<_> = facts
        .map(|(account_id, facts)| {
            let (account, account_name) = names.get(&account_id).cloned().unwrap_or_default();
            let minor = overdue.get(&account_id).copied().unwrap_or_default();
            Hold {
                account_id,
                account,
                account_name,
                is_held: facts.held.is_held,
                told_on: facts.held.told_on,
                overdue: Money::new(minor, facts.debtor.currency),
            }
        })
        .collect();
    holds.sort_by(|one, other| one.account.cmp(&other.account));
    Ok(holds)
}
