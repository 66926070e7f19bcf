//! Many payments at once, each for the invoices that it is said to be for: the same rows, entries and events as of one, with a number of
//! statements that does not grow with them.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;

use super::{Booked, Payment, paid, received, rules::settle, store};
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::Result;
use crate::events;
use crate::ids::{AccountId, InvoiceId, PaymentId, ReminderId};
use crate::ledger::charges::{self, OpenCharge};
use crate::ledger::{self, open_items};
use crate::money::Money;
use crate::orders::shipping;

/// Money that came in, and what it is for.
#[derive(Debug, Clone)]
pub struct Incoming {
    pub account_id: AccountId,
    /// That account's code.
    pub account: String,
    /// In the account's currency.
    pub amount: Money,
    pub received_on: NaiveDate,
    /// What the payer wrote.
    pub reference: Option<String>,
    /// The invoices that it settles, the first first; what is left over pays what reminders cost, the rest stays on account.
    pub invoice_ids: Vec<InvoiceId>,
}

/// Books payments in their order; their ids in the same order. The exposures of their accounts are locked already.
pub fn receive_all(
    tx: &mut Connection,
    incoming: &[Incoming],
    actor: &Actor,
    now: Timestamp,
) -> Result<Vec<PaymentId>> {
    if incoming.is_empty() {
        return Ok(Vec::new());
    }
    let named: BTreeSet<i64> = incoming
        .iter()
        .flat_map(|one| one.invoice_ids.iter().map(|id| id.0))
        .collect();
    let named: Vec<_> = named.into_iter().map(InvoiceId).collect();
    let known = open_items::list_by_id(tx, &named)?;
    let numbers: HashMap<_, _> = known
        .iter()
        .map(|item| (item.invoice_id, item.number.clone()))
        .collect();
    let mut open: HashMap<_, _> = known
        .iter()
        .map(|item| (item.invoice_id, (item.account_id, item.open_minor)))
        .collect();
    let ids: BTreeSet<i64> = incoming.iter().map(|one| one.account_id.0).collect();
    let mut owed = charges::list_open_of(tx, &ids.into_iter().map(AccountId).collect::<Vec<_>>())?;
    let (who, mut booked) = (actor.to_string(), Vec::with_capacity(incoming.len()));
    for one in incoming {
        let mut of_account = Vec::with_capacity(one.invoice_ids.len());
        let mut named_here = HashSet::new();
        for id in &one.invoice_ids {
            if let Some((account_id, open_minor)) = open.get(id)
                && *account_id == one.account_id
                && named_here.insert(*id)
            {
                of_account.push((*id, *open_minor));
            }
        }
        let matched = settle(one.amount.minor, of_account);
        for (id, minor) in &matched.applied {
            open.entry(*id).and_modify(|(_, left)| *left -= minor);
        }
        let named_id = match one.invoice_ids.as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        let payment = Payment {
            id: PaymentId::new(),
            account_id: one.account_id,
            account: one.account.clone(),
            amount: one.amount,
            received_on: one.received_on,
            reference: one.reference.clone(),
            recorded_at: now,
            recorded_by: who.clone(),
            reversed_at: None,
            reversal_reason: None,
            named: named_id.and_then(|id| numbers.get(&id).cloned()),
            named_id,
            is_corrected: false,
        };
        let part = |(id, minor): (InvoiceId, i64)| {
            let number = numbers.get(&id).cloned().unwrap_or_default();
            (id, number, Money::new(minor, one.amount.currency))
        };
        let charges = match matched.applied.is_empty() && !one.invoice_ids.is_empty() {
            // What was meant for invoices that are paid already is meant for nothing else.
            true => Vec::new(),
            false => pay_charges(&mut owed, one, matched.on_account_minor),
        };
        let charged: i64 = charges.iter().map(|(_, _, money)| money.minor).sum();
        booked.push(Booked {
            payment,
            applied: matched.applied.into_iter().map(part).collect(),
            charges,
            on_account: Money::new(matched.on_account_minor - charged, one.amount.currency),
        });
    }
    write(tx, &booked, actor, now)?;
    let accounts: BTreeSet<i64> = incoming.iter().map(|one| one.account_id.0).collect();
    for account_id in accounts {
        shipping::close_settled(tx, AccountId(account_id), now)?;
    }
    Ok(booked.into_iter().map(|booked| booked.payment.id).collect())
}

/// Pays what is owed for reminders by the account of a payment with what is left of it, the oldest first.
fn pay_charges(owed: &mut [OpenCharge], one: &Incoming, left_minor: i64) -> Vec<(ReminderId, String, Money)> {
    let own = || owed.iter().filter(|charge| charge.account_id == one.account_id);
    let paid = settle(left_minor, own().map(|charge| (charge.reminder_id, charge.open_minor)));
    let mut charges = Vec::with_capacity(paid.applied.len());
    for (id, minor) in paid.applied {
        if let Some(charge) = owed.iter_mut().find(|charge| charge.reminder_id == id) {
            charge.open_minor -= minor;
            charges.push((id, charge.number.clone(), Money::new(minor, one.amount.currency)));
        }
    }
    charges
}

fn write(tx: &mut Connection, booked: &[Booked], actor: &Actor, now: Timestamp) -> Result<()> {
    let mut batch = Batch::new();
    let rows: Vec<_> = booked
        .iter()
        .map(|booked| (&booked.payment, booked.on_account.minor))
        .collect();
    store::insert_all(&mut batch, &rows)?;
    let entries: Vec<_> = booked
        .iter()
        .map(|booked| paid(&booked.payment, booked.payment.received_on))
        .collect();
    ledger::pay_all(&mut batch, &entries, now)?;
    let parts: Vec<_> = booked
        .iter()
        .flat_map(|booked| {
            booked
                .applied
                .iter()
                .map(|(id, _, money)| (booked.payment.id, *id, money.minor))
        })
        .collect();
    open_items::apply_all(&mut batch, &parts, now)?;
    let charges: Vec<_> = booked
        .iter()
        .flat_map(|booked| {
            booked
                .charges
                .iter()
                .map(|(id, _, money)| (booked.payment.id, *id, money.minor))
        })
        .collect();
    charges::apply(&mut batch, &charges, now)?;
    let told: Vec<_> = booked
        .iter()
        .map(|booked| events::Entry::new(Some(booked.payment.account_id), booked.payment.id, received(booked)))
        .collect();
    events::record_all(&mut batch, &told, now)?;
    batch.run(tx)?;
    let acts: Vec<_> = told
        .iter()
        .map(|event| audit::Entry {
            action: "payment.book",
            account_id: event.account_id,
            object: event.subject(),
            details: event.event.data(),
        })
        .collect();
    audit::record_all(tx, actor, &acts, now)
}
