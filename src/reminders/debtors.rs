//! What is known of accounts that owe: a fixed number of statements, however many they are.

use std::collections::HashMap;

use super::rules::holding::Held;
use super::rules::{Debtor, Item};
use super::store;
use super::store::disputes::Dispute;
use crate::db::Connection;
use crate::error::Result;
use crate::ids::AccountId;
use crate::ledger::open_items;

/// An account that owes, and how its orders stand.
#[derive(Debug, Clone)]
pub struct Facts {
    pub debtor: Debtor,
    pub held: Held,
}

/// These accounts with what they owe.
pub fn load(connection: &mut Connection, account_ids: &[AccountId]) -> Result<Vec<(AccountId, Facts)>> {
    let rows = store::list_debtors(connection, account_ids)?;
    let (disputed, promised) = (
        store::disputes::list_disputes(connection, account_ids)?,
        store::promised(connection, account_ids)?,
    );
    let mut items = HashMap::<AccountId, Vec<Item>>::new();
    for (account_id, item) in open_items::list_open_of(connection, account_ids)? {
        items.entry(account_id).or_default().push(Item {
            disputed: disputed.get(&item.invoice_id).map(Dispute::why),
            promised_until: promised.get(&item.invoice_id).copied(),
            invoice_id: item.invoice_id,
            number: item.number,
            due_on: item.due_on,
            open_minor: item.open_minor,
            level: item.reminder_level,
            reminded_on: item.reminded_on,
            interest_until: item.interest_until,
            is_taken_out: false,
        });
    }
    let facts = rows.into_iter().map(|row| {
        let debtor = Debtor {
            currency: row.currency,
            is_closed: row.closed_at.is_some(),
            is_excluded: row.excluded.is_some(),
            has_address: row.members + row.contacts > 0,
            on_account_minor: row.paid_minor + row.credited_minor,
            policy_id: row.policy_id,
            is_taken_out: false,
            items: items.remove(&row.account_id).unwrap_or_default(),
        };
        let held = Held {
            is_held: row.held_since.is_some(),
            told_on: row.told_on,
            told_at: row.told_at,
            stopped_until: row.stopped_until,
        };
        (row.account_id, Facts { debtor, held })
    });
    Ok(facts.collect())
}
