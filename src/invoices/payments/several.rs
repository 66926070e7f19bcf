//! Many payments at once, each for the invoices that it is said to be for: the same rows, entries and events as of one, with a number of
//! statements that does not grow with them.

use std::collections::{BTreeSet, HashSet};

use chrono::NaiveDate;

use super::rules::settle;
use super::shares::{self, Allocation, Of};
use super::{Booked, Payment, paid, received, store};
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::Result;
use crate::events;
use crate::ids::{AccountId, InvoiceId, PaymentId, ReminderId};
use crate::invoices::settling::Known;
use crate::invoices::settling::rules::Money as Came;
use crate::invoices::write_offs;
use crate::ledger::charges::{self, OpenCharge};
use crate::ledger::{self, open_items};
use crate::money::Money;
use crate::orders::shipping;
use crate::rebate_agreements::{self, Cause};

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
    /// What the bank tells that it kept, minor units.
    pub charges_minor: i64,
    /// What of it is for which invoice, where that is said one by one.
    pub allocations: Vec<Allocation>,
}

impl Incoming {
    /// With what the bank tells that it kept.
    #[must_use]
    pub fn with_charges(self, charges_minor: i64) -> Self {
        Self { charges_minor, ..self }
    }
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
        .flat_map(|one| {
            let allocated = one.allocations.iter().filter_map(|one| one.invoice_id);
            one.invoice_ids.iter().copied().chain(allocated).map(|id| id.0)
        })
        .collect();
    let named: Vec<_> = named.into_iter().map(InvoiceId).collect();
    let mut known = Known::load(tx, &named)?;
    let ids: BTreeSet<i64> = incoming.iter().map(|one| one.account_id.0).collect();
    let mut owed = charges::list_open_of(tx, &ids.into_iter().map(AccountId).collect::<Vec<_>>())?;
    let (who, mut booked) = (actor.to_string(), Vec::with_capacity(incoming.len()));
    let mut news = Vec::new();
    for one in incoming {
        let mut named_here = HashSet::new();
        let is_of_account = |id: &InvoiceId| known.find(*id).is_some_and(|found| found.account_id == one.account_id);
        let ids: Vec<_> = one
            .invoice_ids
            .iter()
            .copied()
            .filter(|id| is_of_account(id) && named_here.insert(*id))
            .collect();
        let is_said = !one.allocations.is_empty();
        let matched = if is_said {
            shares::settled(&known, (one.account_id, &one.account), one.amount, &one.allocations)?
        } else {
            let came = Came {
                minor: one.amount.minor,
                charges_minor: one.charges_minor,
                on: one.received_on,
            };
            known.settle(came, one.amount.currency, &ids, true)
        };
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
            named: named_id.and_then(|id| known.find(id)).map(|found| found.number.clone()),
            named_id,
            is_corrected: false,
        };
        let of = Of {
            account_id: one.account_id,
            payment_id: payment.id,
            on: one.received_on,
        };
        news.extend(shares::news(&known, &matched, of, one.amount, is_said));
        let part = |(id, minor): (InvoiceId, i64)| {
            let number = known.find(id).map(|found| found.number.clone()).unwrap_or_default();
            (id, number, Money::new(minor, one.amount.currency))
        };
        let charges = match is_said || (matched.applied.is_empty() && !one.invoice_ids.is_empty()) {
            // What was meant for invoices, one by one or such that are paid already, is meant for nothing else.
            true => Vec::new(),
            false => pay_charges(&mut owed, one, matched.on_account_minor),
        };
        let charged: i64 = charges.iter().map(|(_, _, money)| money.minor).sum();
        booked.push(Booked {
            payment,
            applied: matched.applied.into_iter().map(part).collect(),
            refunded: Money::zero(one.amount.currency),
            late: Vec::new(),
            charges,
            on_account: Money::new(matched.on_account_minor - charged, one.amount.currency),
        });
    }
    write(tx, &booked, actor, now)?;
    write_offs::book_all(tx, &news, actor, now)?;
    let accounts: BTreeSet<i64> = incoming.iter().map(|one| one.account_id.0).collect();
    let accounts: Vec<_> = accounts.into_iter().map(AccountId).collect();
    let given = news.iter().map(|new| new.invoice_id);
    let applied = booked
        .iter()
        .flat_map(|booked| booked.applied.iter().map(|(id, ..)| *id));
    let touched: Vec<_> = applied.chain(given).collect();
    rebate_agreements::accrue(tx, &accounts, &touched, Cause::Settled, now)?;
    shipping::close_settled_of(tx, &accounts, now)?;
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
