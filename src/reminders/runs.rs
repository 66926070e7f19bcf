//! Runs: a proposal that finance looks through, takes out of it what should not go out, and releases or drops.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, TimeDelta};
use serde_json::json;

use super::debtors::{self, Facts};
use super::rules::{Assessed, Excluded, Outcome, Policy, RunState, Standing, assess};
use super::store;
use super::store::runs::{ItemRow, ProposalRow};
use super::{reason, sentences};
use crate::accounts;
use crate::audit::{self, Actor};
use crate::clock::{Timestamp, day_in};
use crate::db::seek::Walk;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{AccountId, InvoiceId, ReminderPolicyId, ReminderRunId};
use crate::money::Currency;

pub use super::store::runs::{Proposal, ProposedItem, Run};

/// How long ago the day of a run may be.
const DAYS_BACK_MAX: i64 = 31;

/// A run with what it proposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    pub run: Run,
    /// By the accounts' codes.
    pub proposals: Vec<(Proposal, Vec<ProposedItem>)>,
}

impl Whole {
    /// What it asks for, by currency, minor units, and of how many accounts.
    pub fn sums(&self) -> Vec<(Currency, usize, i64)> {
        let mut sums: Vec<(Currency, usize, i64)> = Vec::new();
        for (proposal, _) in self
            .proposals
            .iter()
            .filter(|(proposal, _)| proposal.excluded.is_none())
        {
            match sums.iter_mut().find(|(currency, ..)| *currency == proposal.currency) {
                Some((_, accounts, minor)) => {
                    *accounts += 1;
                    *minor = minor.saturating_add(proposal.overdue_minor);
                }
                None => sums.push((proposal.currency, 1, proposal.overdue_minor)),
            }
        }
        sums
    }
}

/// An account as a run finds it.
pub(super) struct Found<'p> {
    pub account_id: AccountId,
    pub facts: Facts,
    pub policy: Option<&'p Policy>,
    pub assessed: Assessed,
}

/// All policies by their ids.
pub(super) fn policies(connection: &mut Connection) -> Result<HashMap<ReminderPolicyId, Policy>> {
    let all = store::keeping::list_policies(connection, Walk::First, i64::MAX)?;
    Ok(all.into_iter().map(|policy| (policy.id, policy)).collect())
}

/// What a run as of a day does about these accounts.
pub(super) fn look<'p>(
    facts: Vec<(AccountId, Facts)>,
    policies: &'p HashMap<ReminderPolicyId, Policy>,
    as_of: NaiveDate,
) -> Vec<Found<'p>> {
    let found = facts.into_iter().map(|(account_id, facts)| {
        let policy = facts.debtor.policy_id.and_then(|id| policies.get(&id));
        let assessed = assess(&facts.debtor, policy, as_of);
        Found {
            account_id,
            facts,
            policy,
            assessed,
        }
    });
    found.collect()
}

fn rows_of(id: ReminderRunId, found: &Found<'_>, as_of: NaiveDate) -> (ProposalRow, Vec<ItemRow>) {
    let (level, excluded) = match found.assessed.outcome {
        Outcome::Remind { level } => (level, None),
        Outcome::Excluded(because) => (0, Some(because)),
    };
    let proposal = ProposalRow {
        run_id: id,
        account_id: found.account_id,
        level,
        overdue_minor: found.assessed.overdue_minor,
        on_account_minor: Some(found.facts.debtor.on_account_minor),
        excluded,
        note: None,
    };
    let items = found.facts.debtor.items.iter().zip(&found.assessed.standings);
    let items = items.map(|(item, standing)| ItemRow {
        run_id: id,
        invoice_id: item.invoice_id,
        account_id: found.account_id,
        level: standing.level(),
        overdue_days: item.overdue_days(as_of),
        open_minor: item.open_minor,
        excluded: match standing {
            Standing::Excluded(because) => Some(*because),
            Standing::NotDue | Standing::Overdue { .. } => None,
        },
        note: item
            .disputed
            .clone()
            .filter(|_| *standing == Standing::Excluded(Excluded::Disputed)),
    });
    (proposal, items.collect())
}

/// Proposes a run as of a day, today's if none is named. The same request has one effect; the flag says whether it is a
/// repetition.
pub fn propose(
    tx: &mut Connection,
    key: &idempotency::Request,
    as_of: Option<NaiveDate>,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Whole, bool)> {
    let id = ReminderRunId::new();
    if let Begun::Replay(created) = idempotency::begin(tx, key, id.0, now)? {
        return Ok((get(tx, ReminderRunId(created))?, true));
    }
    let today = day_in(accounts::supplier_zone(tx)?, now);
    let first = today
        .checked_sub_signed(TimeDelta::days(DAYS_BACK_MAX))
        .unwrap_or(today);
    let as_of = as_of.unwrap_or(today);
    if !(first..=today).contains(&as_of) {
        let detail = sentences::reminder_day(as_of, first, today);
        return Err(Error::invalid("/as_of", Code::ValueInvalid, detail));
    }
    propose_as(tx, id, as_of, actor, now)?;
    Ok((get(tx, id)?, false))
}

/// Proposes a run of today unless there is one, or was and somebody dropped it; for the worker.
pub fn propose_once(tx: &mut Connection, actor: &Actor, now: Timestamp) -> Result<Option<ReminderRunId>> {
    let today = day_in(accounts::supplier_zone(tx)?, now);
    store::keeping::lock_settings(tx)?;
    if store::runs::find_of_day(tx, today, &actor.to_string())?.is_some() {
        return Ok(None);
    }
    let id = ReminderRunId::new();
    propose_as(tx, id, today, actor, now)?;
    Ok(Some(id))
}

fn propose_as(tx: &mut Connection, id: ReminderRunId, as_of: NaiveDate, actor: &Actor, now: Timestamp) -> Result<()> {
    let late = store::list_late(tx, as_of)?;
    let policies = policies(tx)?;
    let found = look(debtors::load(tx, &late)?, &policies, as_of);
    let rows = found.iter().map(|found| rows_of(id, found, as_of));
    let (proposals, items): (Vec<_>, Vec<_>) = rows.unzip();
    let run = Run {
        id,
        as_of,
        state: RunState::Proposed,
        created_at: now,
        created_by: actor.to_string(),
        ended_at: None,
        ended_by: None,
    };
    let mut batch = Batch::new();
    store::runs::insert(&mut batch, &run, &proposals, &items.concat())?;
    let proposed = proposals.iter().filter(|one| one.excluded.is_none()).count();
    record(
        &mut batch,
        actor,
        id,
        "reminder_run.propose",
        json!({ "as_of": as_of, "accounts": proposed }),
        now,
    );
    batch.run(tx)
}

pub(super) fn record(
    batch: &mut Batch,
    actor: &Actor,
    id: ReminderRunId,
    action: &'static str,
    details: serde_json::Value,
    now: Timestamp,
) {
    let entry = audit::Entry {
        action,
        account_id: None,
        object: id.to_string(),
        details,
    };
    batch.add(audit::recording(actor, &entry, now));
}

/// At most `limit` runs, the newest first; for staff.
pub fn list(connection: &mut Connection, walk: Walk<ReminderRunId>, limit: i64) -> Result<Vec<Run>> {
    store::runs::list(connection, walk, limit)
}

/// A run with what it proposes.
pub fn get(connection: &mut Connection, id: ReminderRunId) -> Result<Whole> {
    let run = store::runs::find(connection, id)?.ok_or(Error::NotFound)?;
    let mut items = HashMap::<AccountId, Vec<ProposedItem>>::new();
    for item in store::runs::list_items(connection, id)? {
        items.entry(item.account_id).or_default().push(item);
    }
    let proposals = store::runs::list_proposals(connection, id)?.into_iter();
    let proposals = proposals.map(|proposal| {
        let own = items.remove(&proposal.account_id).unwrap_or_default();
        (proposal, own)
    });
    Ok(Whole {
        proposals: proposals.collect(),
        run,
    })
}

/// Locks a run that waits for its release.
pub(super) fn lock(tx: &mut Connection, id: ReminderRunId) -> Result<Run> {
    let run = store::runs::lock(tx, id)?.ok_or(Error::NotFound)?;
    if run.state != RunState::Proposed {
        return Err(Error::conflict(
            Code::ReminderRunStateForbids,
            sentences::reminder_run_ended(),
        ));
    }
    Ok(run)
}

/// Takes an account, or one of its invoices, out of a run.
pub fn take_out(
    tx: &mut Connection,
    id: ReminderRunId,
    (account, invoice_id): (&str, Option<Option<InvoiceId>>),
    text: &str,
    actor: &Actor,
    now: Timestamp,
) -> Result<Whole> {
    let run = lock(tx, id)?;
    let text = reason("/reason", text)?;
    let whole = get(tx, id)?;
    let found = accounts::find_by_code(tx, account)?;
    let found = found.and_then(|own| whole.proposals.iter().find(|(one, _)| one.account_id == own.id));
    let Some((proposal, items)) = found else {
        let detail = sentences::not_in_reminder_run(account);
        return Err(Error::invalid("/account", Code::UnknownAccount, detail));
    };
    let account_id = proposal.account_id;
    let mut batch = Batch::new();
    match invoice_id {
        None => store::runs::update_excluded(&mut batch, id, &[(account_id, Excluded::TakenOut)], Some(text))?,
        Some(asked) => {
            let item = items.iter().find(|item| Some(item.invoice_id) == asked);
            let Some(item) = item else {
                let detail = sentences::invoice_not_in_reminder_run(account);
                return Err(Error::invalid("/invoice_id", Code::UnknownInvoice, detail));
            };
            store::runs::update_item_excluded(&mut batch, id, item.invoice_id, text);
            let mut out = taken_out(items);
            out.insert(item.invoice_id);
            let policies = policies(tx)?;
            let facts = without(debtors::load(tx, &[account_id])?, &out);
            if let (Some(found), None) = (look(facts, &policies, run.as_of).first(), proposal.excluded) {
                let (row, _) = rows_of(id, found, run.as_of);
                store::runs::update_proposal(&mut batch, &row);
            }
        }
    }
    store::runs::touch(&mut batch, id);
    let invoice = invoice_id.flatten().map(|id| id.to_string());
    let details = json!({ "account": account, "invoice": invoice, "reason": text });
    record(&mut batch, actor, id, "reminder_run.take_out", details, now);
    batch.run(tx)?;
    get(tx, id)
}

/// The invoices that staff took out.
pub(super) fn taken_out(items: &[ProposedItem]) -> HashSet<InvoiceId> {
    let out = items.iter().filter(|item| item.excluded == Some(Excluded::TakenOut));
    out.map(|item| item.invoice_id).collect()
}

/// The same without these invoices.
pub(super) fn without(mut facts: Vec<(AccountId, Facts)>, out: &HashSet<InvoiceId>) -> Vec<(AccountId, Facts)> {
    for (_, facts) in &mut facts {
        for item in &mut facts.debtor.items {
            item.is_taken_out = out.contains(&item.invoice_id);
        }
    }
    facts
}

/// Drops a run: nobody is reminded by it.
pub fn drop(tx: &mut Connection, id: ReminderRunId, actor: &Actor, now: Timestamp) -> Result<Whole> {
    lock(tx, id)?;
    let mut batch = Batch::new();
    store::runs::update_state(&mut batch, id, RunState::Dropped, &actor.to_string(), now);
    record(&mut batch, actor, id, "reminder_run.drop", json!({}), now);
    batch.run(tx)?;
    get(tx, id)
}
