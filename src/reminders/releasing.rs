//! A run is released: everything is looked at again, in the transaction that sends. Who has paid meanwhile is left out, and
//! nothing is sent twice.

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use super::debtors;
use super::rules::{Excluded, Outcome, RunState, Standing, balance_minor, number};
use super::runs::{Found, Run, Whole, get, lock, look, policies, record, taken_out, without};
use super::store;
use super::store::sent::{ItemRow, ReminderRow};
use crate::accounts;
use crate::audit::{self, Actor};
use crate::clock::{Timestamp, day_in};
use crate::db::{Batch, Connection};
use crate::error::{Error, Result};
use crate::events;
use crate::events::payloads::{RemindedItem, ReminderSent};
use crate::ids::{AccountId, ReminderId, ReminderRunId};
use crate::ledger::charges::{self, Charge};
use crate::ledger::open_items::{self, Reminded};
use crate::ledger::rules::Kind;
use crate::ledger::{self, Charged};
use crate::money::Money;

/// What a release comes to, before it is stored.
#[derive(Default)]
struct Sending {
    reminders: Vec<ReminderRow>,
    items: Vec<ItemRow>,
    reminded: Vec<Reminded>,
    charges: Vec<Charged>,
    open: Vec<Charge>,
    events: Vec<events::Entry>,
    excluded: Vec<(AccountId, Excluded)>,
}

/// Sends what a run proposes, as things are now.
pub fn release(tx: &mut Connection, id: ReminderRunId, actor: &Actor, now: Timestamp) -> Result<Whole> {
    let run = lock(tx, id)?;
    let whole = get(tx, id)?;
    let proposed = whole
        .proposals
        .iter()
        .filter(|(proposal, _)| proposal.excluded.is_none());
    let account_ids: Vec<_> = proposed.clone().map(|(proposal, _)| proposal.account_id).collect();
    let out: HashSet<_> = proposed.flat_map(|(_, items)| taken_out(items)).collect();
    // From here on nobody pays who is looked at.
    ledger::lock_balances(tx, &account_ids)?;
    let policies = policies(tx)?;
    let found = look(without(debtors::load(tx, &account_ids)?, &out), &policies, run.as_of);
    let sent_on = day_in(accounts::supplier_zone(tx)?, now);
    let count = found
        .iter()
        .filter(|one| matches!(one.assessed.outcome, Outcome::Remind { .. }))
        .count();
    let count = i64::try_from(count).map_err(Error::internal)?;
    let mut sending = Sending::default();
    // Other releases of the year wait from here on.
    let mut sequence = match count {
        0 => 0,
        count => store::sent::next_sequences(tx, sent_on.year(), count)? - count,
    };
    for found in &found {
        match found.assessed.outcome {
            Outcome::Excluded(because) => sending.excluded.push((found.account_id, because)),
            Outcome::Remind { level } => {
                sequence += 1;
                write(&mut sending, &run, found, level, (sent_on, sequence), actor, now)?;
            }
        }
    }
    let mut batch = Batch::new();
    store::sent::insert(&mut batch, &sending.reminders, &sending.items)?;
    // A run may be as of a day before: what was asked for today is not asked for once more today.
    open_items::remind(&mut batch, &sending.reminded, (sent_on, run.as_of))?;
    ledger::charge_all(&mut batch, &sending.charges, now)?;
    charges::open(&mut batch, &sending.open)?;
    store::runs::update_excluded(&mut batch, id, &sending.excluded, None)?;
    store::runs::update_state(&mut batch, id, RunState::Released, &actor.to_string(), now);
    events::record_all(&mut batch, &sending.events, now)?;
    record(
        &mut batch,
        actor,
        id,
        "reminder_run.release",
        json!({ "reminders": count }),
        now,
    );
    batch.run(tx)?;
    let entries = sending.events.iter().map(|event| audit::Entry {
        action: "reminder.send",
        account_id: event.account_id,
        object: event.subject(),
        details: event.event.data(),
    });
    audit::record_all(tx, actor, &entries.collect::<Vec<_>>(), now)?;
    get(tx, id)
}

/// One reminder with all that is open of an account.
fn write(
    sending: &mut Sending,
    run: &Run,
    found: &Found<'_>,
    level: i32,
    (sent_on, sequence): (NaiveDate, i64),
    actor: &Actor,
    now: Timestamp,
) -> Result<()> {
    let (id, account_id) = (ReminderId::new(), found.account_id);
    let currency = found.facts.debtor.currency;
    let on_account_minor = found.facts.debtor.on_account_minor;
    let money = |minor| Money::new(minor, currency).to_string();
    let Owed {
        not_due_minor,
        interest_minor,
        told,
    } = write_items(sending, id, run, found, level)?;
    let fee_minor = found.policy.map_or(0, |policy| policy.fee_minor(level, currency));
    for (kind, minor) in [(Kind::ReminderFee, fee_minor), (Kind::ReminderInterest, interest_minor)] {
        if minor > 0 {
            sending.charges.push(Charged {
                account_id,
                reminder_id: id,
                kind,
                minor,
                on: sent_on,
            });
        }
    }
    let amount_minor = fee_minor
        .checked_add(interest_minor)
        .ok_or_else(|| too_large(account_id))?;
    if amount_minor > 0 {
        sending.open.push(Charge {
            reminder_id: id,
            account_id,
            charged_on: sent_on,
            amount_minor,
            open_minor: amount_minor,
        });
    }
    let text = found.policy.and_then(|policy| policy.level(level));
    let reminder = ReminderRow {
        id,
        account_id,
        run_id: run.id,
        year: sent_on.year(),
        sequence,
        number: number((sent_on.year(), sequence)),
        level,
        sent_at: now,
        sent_on,
        currency,
        overdue_minor: found.assessed.overdue_minor,
        not_due_minor,
        fee_minor,
        interest_minor,
        on_account_minor: Some(on_account_minor),
        text_en: text.and_then(|level| level.text_en.clone()),
        text_de: text.and_then(|level| level.text_de.clone()),
        sent_by: actor.to_string(),
    };
    let payload = ReminderSent {
        number: reminder.number.clone(),
        level,
        sent_on,
        currency: currency.code().to_owned(),
        overdue_total: money(reminder.overdue_minor),
        not_due_total: money(not_due_minor),
        fee: money(fee_minor),
        interest: money(interest_minor),
        on_account: Some(money(on_account_minor)),
        balance: Some(money(balance_minor(
            reminder.overdue_minor,
            amount_minor,
            on_account_minor,
        ))),
        text_en: reminder.text_en.clone(),
        text_de: reminder.text_de.clone(),
        items: told,
    };
    sending.events.push(events::Entry::new(Some(account_id), id, payload));
    sending.reminders.push(reminder);
    Ok(())
}

fn too_large(account_id: AccountId) -> Error {
    Error::internal(format!("{account_id} owes more than can be held"))
}

/// What an account owes, as a reminder tells it.
struct Owed {
    not_due_minor: i64,
    interest_minor: i64,
    told: Vec<RemindedItem>,
}

/// The rows of a reminder: all that is open, but for what is left out.
fn write_items(sending: &mut Sending, id: ReminderId, run: &Run, found: &Found<'_>, level: i32) -> Result<Owed> {
    let (debtor, account_id) = (&found.facts.debtor, found.account_id);
    let money = |minor| Money::new(minor, debtor.currency).to_string();
    let (mut not_due_minor, mut interest_minor, mut told) = (0_i64, 0_i64, Vec::new());
    for (item, standing) in debtor.items.iter().zip(&found.assessed.standings) {
        let own_interest = match standing {
            Standing::Excluded(_) => continue,
            Standing::NotDue => {
                not_due_minor = not_due_minor
                    .checked_add(item.open_minor)
                    .ok_or_else(|| too_large(account_id))?;
                0
            }
            Standing::Overdue { is_new, .. } => {
                let booked = found.policy.map(|policy| policy.interest_minor(level, item, run.as_of));
                let booked = booked.unwrap_or(Some(0)).ok_or_else(|| too_large(account_id))?;
                sending.reminded.push(Reminded {
                    invoice_id: item.invoice_id,
                    level: standing.level(),
                    is_new: *is_new,
                    has_interest: booked > 0,
                });
                booked
            }
        };
        interest_minor = interest_minor
            .checked_add(own_interest)
            .ok_or_else(|| too_large(account_id))?;
        let overdue_days = item.overdue_days(run.as_of);
        sending.items.push(ItemRow {
            reminder_id: id,
            position: i32::try_from(told.len() + 1).map_err(Error::internal)?,
            invoice_id: item.invoice_id,
            due_on: item.due_on,
            overdue_days,
            open_minor: item.open_minor,
            level: standing.level(),
            interest_minor: own_interest,
        });
        told.push(RemindedItem {
            invoice_id: item.invoice_id,
            number: item.number.clone(),
            due_on: item.due_on,
            overdue_days,
            open_amount: money(item.open_minor),
            level: standing.level(),
        });
    }
    Ok(Owed {
        not_due_minor,
        interest_minor,
        told,
    })
}
