//! What a payment is for: the invoice or the reminder that is named, else the oldest invoices and then what reminders cost.

use serde_json::json;

use super::rules::settle;
use super::{Booked, booked, lock, refuse_reversed, store};
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, InvoiceId, PaymentId, ReminderId};
use crate::invoices::sentences;
use crate::ledger::{charges, open_items};
use crate::money::Money;
use crate::orders::shipping;

/// What of an account's debts a payment settles.
pub(super) struct Settled {
    pub(super) applied: Vec<(InvoiceId, i64)>,
    pub(super) charges: Vec<(ReminderId, i64)>,
    pub(super) on_account_minor: i64,
}

/// Settles invoices, and with what is left over what reminders cost, the oldest first; of what is named nothing else. What is
/// left of a payment for an invoice that is paid already was meant for nothing else: it stays on account.
pub(super) fn settle_all(
    tx: &mut Connection,
    account_id: AccountId,
    minor: i64,
    open: Vec<(InvoiceId, i64)>,
    (names_invoice, reminder_id): (bool, Option<Option<ReminderId>>),
) -> Result<Settled> {
    let matched = match reminder_id {
        None => settle(minor, open),
        Some(_) => settle(minor, []),
    };
    let pays_charges = matched.on_account_minor > 0 && (!names_invoice || !matched.applied.is_empty());
    let mut owed: Vec<_> = match pays_charges {
        true => charges::list_open(tx, account_id)?,
        false => Vec::new(),
    };
    if let Some(reminder_id) = reminder_id {
        owed.retain(|charge| Some(charge.reminder_id) == reminder_id);
    }
    let paid = settle(
        matched.on_account_minor,
        owed.iter().map(|charge| (charge.reminder_id, charge.open_minor)),
    );
    Ok(Settled {
        applied: matched.applied,
        charges: paid.applied,
        on_account_minor: paid.on_account_minor,
    })
}

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

/// Settles open invoices and what reminders cost with what of a payment is still on account: what is named, else the oldest
/// first.
pub fn apply(
    tx: &mut Connection,
    id: PaymentId,
    (invoice_id, reminder_id): (Option<Option<InvoiceId>>, Option<Option<ReminderId>>),
    actor: &Actor,
    now: Timestamp,
) -> Result<Booked> {
    let payment = lock(tx, id)?;
    refuse_reversed(&payment)?;
    let mut open: Vec<_> = open_items::list_open(tx, payment.account_id)?
        .into_iter()
        .map(|item| (item.invoice_id, item.open_minor))
        .collect();
    if let Some(invoice_id) = invoice_id {
        let is_open = invoice_id.is_some_and(|id| open.iter().any(|(item, _)| *item == id));
        if !is_open {
            let detail = sentences::no_open_invoice(&payment.account);
            return Err(Error::invalid("/invoice_id", Code::UnknownInvoice, detail));
        }
        open.retain(|(item, _)| Some(*item) == invoice_id);
    }
    let left = store::unapplied_minor(tx, &payment)?;
    let named = (invoice_id.is_some(), reminder_id);
    check_named(tx, (payment.account_id, &payment.account), named.0, named.1)?;
    let matched = settle_all(tx, payment.account_id, left, open, named)?;
    let mut batch = Batch::new();
    store::update_unapplied(&mut batch, &payment, matched.on_account_minor);
    open_items::apply(&mut batch, id, &matched.applied, now)?;
    charges::apply(&mut batch, &parts(id, &matched.charges), now)?;
    let money = |minor| Money::new(minor, payment.amount.currency).to_string();
    let paid: Vec<_> = matched
        .charges
        .iter()
        .map(|(reminder, minor)| json!({ "reminder_id": reminder.to_string(), "amount": money(*minor) }))
        .collect();
    let applied: Vec<_> = matched
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
    shipping::close_settled(tx, payment.account_id, now)?;
    booked(tx, payment)
}
