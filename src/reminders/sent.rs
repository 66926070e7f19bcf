//! Reminders that were sent: they never change. What they cost may be given up.

use serde_json::json;

use super::rules::balance_minor;
use super::{reason, sentences, store};
use crate::accounts;
use crate::audit::{self, Actor};
use crate::clock::{Timestamp, day_in};
use crate::db::seek::{Scope, Walk};
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, ReminderId};
use crate::invoices::payments;
use crate::ledger::rules::Kind;
use crate::ledger::{self, Charged, charges};
use crate::money::Money;

pub use super::store::sent::{Item, Reminder};

impl Reminder {
    /// An amount of it.
    pub fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.own.currency)
    }

    /// What it costs, minor units, whether or not that was given up.
    pub fn costs_minor(&self) -> i64 {
        self.own.fee_minor.saturating_add(self.own.interest_minor)
    }

    /// What was left to pay of it as it was sent, minor units, where it is known what was on account.
    pub fn balance_minor(&self) -> Option<i64> {
        let on_account_minor = self.own.on_account_minor?;
        Some(balance_minor(
            self.own.overdue_minor,
            self.costs_minor(),
            on_account_minor,
        ))
    }
}

/// At most `limit` reminders, the newest first.
pub fn list(
    connection: &mut Connection,
    scope: Scope,
    account: Option<&str>,
    after: impl Into<Walk<ReminderId>>,
    limit: i64,
) -> Result<Vec<Reminder>> {
    store::sent::list(connection, scope, account, after, limit)
}

/// The reminder of the account with the invoices it names.
pub fn get(connection: &mut Connection, account_id: AccountId, id: ReminderId) -> Result<(Reminder, Vec<Item>)> {
    let reminder = store::sent::find(connection, account_id, id)?.ok_or(Error::NotFound)?;
    let items = store::sent::list_items(connection, id)?;
    Ok((reminder, items))
}

/// Whose reminder it is: for staff, who name no account.
pub fn account_of(connection: &mut Connection, id: ReminderId) -> Result<AccountId> {
    store::sent::find_account(connection, id)?.ok_or(Error::NotFound)
}

/// A reminder with the invoices it names, for staff.
pub fn get_for_staff(connection: &mut Connection, id: ReminderId) -> Result<(Reminder, Vec<Item>)> {
    let account_id = account_of(connection, id)?;
    get(connection, account_id, id)
}

/// Gives up fee and interest of a reminder; what payments settled of them is on account again.
pub fn waive(
    tx: &mut Connection,
    id: ReminderId,
    text: &str,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Reminder, Vec<Item>)> {
    let account_id = account_of(tx, id)?;
    let text = reason("/reason", text)?;
    ledger::lock_exposure(tx, account_id)?;
    let (reminder, _) = get(tx, account_id, id)?;
    let minor = reminder.costs_minor();
    if minor == 0 || reminder.waived_at.is_some() {
        return Err(Error::conflict(Code::NothingToWaive, sentences::nothing_to_waive()));
    }
    let on = day_in(accounts::supplier_zone(tx)?, now);
    let mut batch = Batch::new();
    store::sent::insert_waived(&mut batch, (id, minor), text, &actor.to_string(), now);
    let waived = Charged {
        account_id,
        reminder_id: id,
        kind: Kind::ReminderWaived,
        minor: -minor,
        on,
    };
    ledger::charge_all(&mut batch, &[waived], now)?;
    // What was paid of it already is the account's again.
    let paid = charges::list_payments(tx, id)?;
    charges::give_up(&mut batch, id, &paid, now)?;
    payments::give_back(&mut batch, &paid)?;
    let entry = audit::Entry {
        action: "reminder.waive",
        account_id: Some(account_id),
        object: id.to_string(),
        details: json!({ "amount": reminder.money(minor).to_string(), "reason": text }),
    };
    batch.add(audit::recording(actor, &entry, now));
    batch.run(tx)?;
    get(tx, account_id, id)
}
