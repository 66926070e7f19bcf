//! What a payment is for: the invoice or the reminder that is named, else the oldest invoices and then what reminders cost.

use serde_json::json;

use super::planning::{Meant, give, plan};
use super::{Booked, booked, lock, refuse_reversed, store};
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, PaymentId, ReminderId};
use crate::invoices::sentences;
use crate::ledger::{charges, open_items};
use crate::money::Money;
use crate::orders::shipping;
use crate::rebate_agreements::{self, Cause};

/// Refuses a reminder that is not the account's, or named beside an invoice.
pub(super) fn check_named(
    tx: &mut Connection,
    (account_id, account): (AccountId, &str),
    names_invoice: bool,
    reminder_id: Option<Option<ReminderId>>,
) -> Result<()> {
    let Some(reminder_id) = reminder_id else {
        return Ok(());
    };
    if names_invoice {
        let detail = sentences::invoice_or_reminder();
        return Err(Error::invalid("/reminder_id", Code::ValueInvalid, detail));
    }
    let owed = charges::list_open(tx, account_id)?;
    if reminder_id.is_some_and(|id| owed.iter().any(|charge| charge.reminder_id == id)) {
        return Ok(());
    }
    let detail = sentences::no_open_charge(account);
    Err(Error::invalid("/reminder_id", Code::UnknownReminder, detail))
}

pub(super) fn parts(payment_id: PaymentId, charges: &[(ReminderId, i64)]) -> Vec<(PaymentId, ReminderId, i64)> {
    charges.iter().map(|(id, minor)| (payment_id, *id, *minor)).collect()
}

/// Settles open invoices and what reminders cost with what of a payment is still on account: as allocated, what is named, else the
/// oldest first.
pub fn apply(tx: &mut Connection, id: PaymentId, meant: Meant<'_>, actor: &Actor, now: Timestamp) -> Result<Booked> {
    let (payment, earns) = lock(tx, id)?;
    refuse_reversed(&payment)?;
    if let Some(invoice_id) = meant.invoice_id {
        let mut open = open_items::list_open(tx, payment.account_id)?.into_iter();
        if !open.any(|item| Some(item.invoice_id) == invoice_id) {
            let detail = sentences::no_open_invoice(&payment.account);
            return Err(Error::invalid("/invoice_id", Code::UnknownInvoice, detail));
        }
    }
    let left = Money::new(store::unapplied_minor(tx, &payment)?, payment.amount.currency);
    let named = (meant.invoice_id.is_some(), meant.reminder_id);
    check_named(tx, (payment.account_id, &payment.account), named.0, named.1)?;
    let planned = plan(tx, &payment, left, meant)?;
    let mut batch = Batch::new();
    store::update_unapplied(&mut batch, &payment, planned.on_account_minor);
    open_items::apply(&mut batch, id, &planned.settled.applied, now)?;
    charges::apply(&mut batch, &parts(id, &planned.charges), now)?;
    let money = |minor| Money::new(minor, payment.amount.currency).to_string();
    let paid: Vec<_> = planned
        .charges
        .iter()
        .map(|(reminder, minor)| json!({ "reminder_id": reminder.to_string(), "amount": money(*minor) }))
        .collect();
    let applied: Vec<_> = planned
        .settled
        .applied
        .iter()
        .map(|(invoice, minor)| json!({ "invoice_id": invoice.to_string(), "amount": money(*minor) }))
        .collect();
    let entry = audit::Entry {
        action: "payment.apply",
        account_id: Some(payment.account_id),
        object: id.to_string(),
        details: json!({ "applied": applied, "charges": paid }),
    };
    batch.add(audit::recording(actor, &entry, now));
    batch.run(tx)?;
    let late = give(tx, &payment, &planned, actor, now)?;
    if earns {
        rebate_agreements::accrue(
            tx,
            &[payment.account_id],
            &planned.settled.touched(),
            Cause::Settled,
            now,
        )?;
    }
    shipping::close_settled(tx, payment.account_id, now)?;
    Ok(Booked {
        late,
        ..booked(tx, payment)?
    })
}
