//! Payments: they settle the invoice that is named, else the oldest first; what is left over pays what reminders cost, and the
//! rest stays on account. A payment that turns out to be none is taken back by new entries.

mod planning;
pub mod rules;
mod settling;
mod several;
pub mod shapes;
pub mod shares;
mod store;
pub mod supplier_api;
pub mod supplier_pages;
pub mod words;

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;

pub use self::planning::Meant;
use self::planning::{check, give, plan};
pub use self::settling::apply;
use self::settling::{check_named, parts};
pub use self::several::{Incoming, receive_all};
use self::shares::Allocation;
pub use self::store::{count_unmatched, give_back};
use super::{refunds, sentences, write_offs};
use crate::accounts;
use crate::audit::{self, Actor};
use crate::clock::{Timestamp, day_in};
use crate::db::seek::Walk;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::events::payloads::{AppliedPart, PaidCharge, PaymentReceived, PaymentReversed};
use crate::events::{self, Payload};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{AccountId, InvoiceId, PaymentId, ReminderId};
use crate::invoices::{self, credits};
use crate::ledger::{self, Paid, charges, open_items};
use crate::money::Money;
use crate::orders::shipping;
use crate::rebate_agreements::{self, Cause};
use crate::row;
use crate::sentences::{Sentence, say_why};

/// How long ago money may have been received that is booked today: what is older is a slip of the year.
pub(super) const RECEIVED_DAYS_MAX: i64 = 366;
/// Longest reference or reason, in characters.
pub const TEXT_CHARS_MAX: usize = 200;

row! {
    /// Money that came in.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Payment from "payments p JOIN accounts a ON a.id = p.account_id" {
        pub id: PaymentId = "p.id",
        /// From whom.
        pub account_id: AccountId = "p.account_id",
        /// That account's code.
        pub account: String = "a.code",
        /// How much.
        pub amount: Money = "p.amount_minor, p.currency",
        /// When it was received, a day of the supplier.
        pub received_on: NaiveDate = "p.received_on",
        /// What the payer wrote.
        pub reference: Option<String> = "p.reference",
        /// When it was booked.
        pub recorded_at: Timestamp = "p.recorded_at",
        /// By whom.
        pub recorded_by: String = "p.recorded_by",
        /// When it was taken back.
        pub reversed_at: Option<Timestamp> = "p.reversed_at",
        /// Why.
        pub reversal_reason: Option<String> = "p.reversal_reason",
        /// The invoice it was booked for, where one was named.
        pub named_id: Option<InvoiceId> = "p.invoice_id",
        /// That invoice's number.
        pub named: Option<String> = "(SELECT i.number FROM invoices i WHERE i.id = p.invoice_id)",
        /// That invoice was corrected: what was paid for it went over to another.
        pub is_corrected: bool = "EXISTS (SELECT 1 FROM invoice_corrections x WHERE x.invoice_id = p.invoice_id)",
    }
}

/// A payment with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked {
    pub payment: Payment,
    /// Invoice, its number and what of it is settled.
    pub applied: Vec<(InvoiceId, String, Money)>,
    /// Reminder, its number and what of its fee and interest is paid.
    pub charges: Vec<(ReminderId, String, Money)>,
    /// What of it was paid back.
    pub refunded: Money,
    /// What settled nothing and was not paid back.
    pub on_account: Money,
    /// Discounts that were kept though their days were over, where it was booked just now.
    pub late: Vec<Sentence>,
}

impl Booked {
    /// The number of the invoice that was named though it was paid already: what was meant for it stays on account.
    pub fn paid_already(&self) -> Option<&str> {
        let named_id = self.payment.named_id?;
        let is_settled = self.applied.iter().any(|(id, ..)| *id == named_id);
        let counts = !is_settled && !self.payment.is_corrected && self.payment.reversed_at.is_none();
        self.payment.named.as_deref().filter(|_| counts)
    }

    /// What staff should know of it.
    pub fn warning(&self) -> Option<Sentence> {
        let number = self.paid_already()?;
        Some(sentences::invoice_paid_already(number, self.payment.amount))
    }
}

/// Money to be booked.
#[derive(Debug, Clone)]
pub struct PaymentRequest {
    /// Code of the account.
    pub account: String,
    /// As written.
    pub amount: String,
    /// ISO 4217
    pub currency: String,
    pub received_on: NaiveDate,
    /// The invoice it is for; none where nothing is said, `Some(None)` where its id is ill-formed.
    pub invoice_id: Option<Option<InvoiceId>>,
    /// Or the reminder whose fee and interest it pays, in the same way.
    pub reminder_id: Option<Option<ReminderId>>,
    /// What the payer wrote.
    pub reference: Option<String>,
    /// What of it is for which invoice, where that is said one by one.
    pub allocations: Vec<Allocation>,
}

/// Books a payment. The same request has one effect; the flag says whether it is a repetition.
pub fn receive(
    tx: &mut Connection,
    key: &idempotency::Request,
    request: &PaymentRequest,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Booked, bool)> {
    let id = PaymentId::new();
    if let Begun::Replay(created) = idempotency::begin(tx, key, id.0, now)? {
        return Ok((get(tx, PaymentId(created))?, true));
    }
    let payment = check(tx, id, request, actor, now)?;
    let account_id = payment.account_id;
    let earns = ledger::lock_earning(tx, account_id)?;
    if let Some(invoice_id) = request.invoice_id {
        let owner = match invoice_id {
            Some(id) => invoices::store::find_account(tx, id)?,
            None => None,
        };
        if owner != Some(account_id) {
            let detail = sentences::no_invoice(&payment.account);
            return Err(Error::invalid("/invoice_id", Code::UnknownInvoice, detail));
        }
    }
    let named = (request.invoice_id.is_some(), request.reminder_id);
    check_named(tx, (account_id, &payment.account), named.0, named.1)?;
    let meant = Meant {
        invoice_id: request.invoice_id,
        reminder_id: request.reminder_id,
        allocations: &request.allocations,
    };
    let planned = plan(tx, &payment, payment.amount, meant)?;
    let mut batch = Batch::new();
    store::insert(&mut batch, &payment, planned.on_account_minor);
    ledger::pay(&mut batch, paid(&payment, payment.received_on), now);
    open_items::apply(&mut batch, id, &planned.settled.applied, now)?;
    charges::apply(&mut batch, &parts(id, &planned.charges), now)?;
    batch.run(tx)?;
    let payment = match payment.named_id {
        // With the number of the invoice.
        Some(_) => store::find(tx, account_id, id)?.ok_or(Error::NotFound)?,
        None => payment,
    };
    let mut booked = booked(tx, payment)?;
    let mut batch = Batch::new();
    record(
        &mut batch,
        &booked.payment,
        "payment.book",
        received(&booked),
        actor,
        now,
    );
    batch.run(tx)?;
    booked.late = give(tx, &booked.payment, &planned, actor, now)?;
    if earns {
        rebate_agreements::accrue(tx, &[account_id], &planned.settled.touched(), Cause::Settled, now)?;
    }
    shipping::close_settled(tx, account_id, now)?;
    Ok((booked, false))
}

fn paid(payment: &Payment, on: NaiveDate) -> Paid {
    Paid {
        account_id: payment.account_id,
        payment_id: payment.id,
        minor: payment.amount.minor,
        on,
    }
}

/// Takes a payment back: the invoices it settled are open again, with the orders that were closed by it, and the account
/// owes its amount again.
pub fn reverse(tx: &mut Connection, id: PaymentId, reason: &str, actor: &Actor, now: Timestamp) -> Result<Booked> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::invalid("/reason", Code::Required, say_why()));
    }
    if reason.chars().count() > TEXT_CHARS_MAX {
        let detail = sentences::reason_too_long(TEXT_CHARS_MAX);
        return Err(Error::invalid("/reason", Code::ValueTooLong, detail));
    }
    let (payment, earns) = lock(tx, id)?;
    refuse_reversed(&payment)?;
    let refunded = refunds::sum_of_payment(tx, id)?;
    if refunded > 0 {
        let detail = sentences::payment_refunded(Money::new(refunded, payment.amount.currency));
        return Err(Error::conflict(Code::PaymentRefunded, detail));
    }
    let taken_back: Vec<_> = open_items::list_applied(tx, id)?
        .into_iter()
        .map(|(invoice_id, _, minor)| (invoice_id, -minor))
        .collect();
    let charged: Vec<_> = charges::list_applied(tx, id)?
        .into_iter()
        .map(|(reminder_id, _, minor)| (id, reminder_id, -minor))
        .collect();
    let today = day_in(accounts::supplier_zone(tx)?, now);
    let mut batch = Batch::new();
    store::update_reversed(&mut batch, &payment, reason, now);
    ledger::reverse(&mut batch, paid(&payment, today), now);
    open_items::apply(&mut batch, id, &taken_back, now)?;
    charges::apply(&mut batch, &charged, now)?;
    let reversed = PaymentReversed {
        amount: payment.amount.to_string(),
        currency: payment.amount.currency.code().to_owned(),
        reason: reason.to_owned(),
    };
    record(&mut batch, &payment, "payment.reverse", reversed, actor, now);
    batch.run(tx)?;
    let mut reopened: Vec<_> = taken_back.iter().map(|(invoice_id, _)| *invoice_id).collect();
    let whose = (payment.account_id, id);
    reopened.extend(write_offs::reverse_of_payment(tx, whose, reason, actor, now)?);
    credits::settle_own(tx, payment.account_id, &reopened, now)?;
    if earns {
        rebate_agreements::accrue(tx, &[payment.account_id], &reopened, Cause::Settled, now)?;
    }
    shipping::reopen_unsettled(tx, payment.account_id, now)?;
    get(tx, id)
}

/// Locks the account's ledger and reads the payment; true where the account earns rebates.
fn lock(tx: &mut Connection, id: PaymentId) -> Result<(Payment, bool)> {
    let account_id = store::find_account(tx, id)?.ok_or(Error::NotFound)?;
    let earns = ledger::lock_earning(tx, account_id)?;
    Ok((store::find(tx, account_id, id)?.ok_or(Error::NotFound)?, earns))
}

fn refuse_reversed(payment: &Payment) -> Result<()> {
    if payment.reversed_at.is_some() {
        let detail = sentences::reversed_already();
        return Err(Error::conflict(Code::PaymentReversed, detail));
    }
    Ok(())
}

/// A payment with what became of it, for staff.
pub fn get(connection: &mut Connection, id: PaymentId) -> Result<Booked> {
    let account_id = store::find_account(connection, id)?.ok_or(Error::NotFound)?;
    let payment = store::find(connection, account_id, id)?.ok_or(Error::NotFound)?;
    booked(connection, payment)
}

/// Which payments a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// Of the account with this code.
    pub account: Option<String>,
    /// Only payments of which something has settled no invoice.
    pub unmatched: bool,
    /// Part of what the payer wrote, or of the account's code or name.
    pub text: Option<String>,
    /// Received on this day or later.
    pub from: Option<NaiveDate>,
    /// Received on this day or before.
    pub to: Option<NaiveDate>,
}

/// Payments with what of each has settled no invoice, the newest first, behind `after`; for staff.
pub fn list(
    connection: &mut Connection,
    filter: &Filter,
    after: impl Into<Walk<PaymentId>>,
    limit: i64,
) -> Result<Vec<(Payment, Money)>> {
    let found = store::list(connection, filter, after, limit)?;
    let ids: Vec<_> = found.iter().map(|payment| payment.id).collect();
    let applied: HashMap<_, _> = store::list_applied_minor(connection, &ids)?.into_iter().collect();
    let refunded: HashMap<_, _> = refunds::list_of_payments(connection, &ids)?.into_iter().collect();
    let with_rest = |payment: Payment| {
        let of = |known: &HashMap<PaymentId, i64>| known.get(&payment.id).copied().unwrap_or_default();
        let settled = of(&applied) + of(&refunded);
        let left = match payment.reversed_at {
            Some(_) => 0,
            None => payment.amount.minor - settled,
        };
        let rest = Money::new(left, payment.amount.currency);
        (payment, rest)
    };
    Ok(found.into_iter().map(with_rest).collect())
}

fn booked(connection: &mut Connection, payment: Payment) -> Result<Booked> {
    let currency = payment.amount.currency;
    let applied: Vec<_> = open_items::list_applied(connection, payment.id)?
        .into_iter()
        .map(|(id, number, minor)| (id, number, Money::new(minor, currency)))
        .collect();
    let charges: Vec<_> = charges::list_applied(connection, payment.id)?
        .into_iter()
        .map(|(id, number, minor)| (id, number, Money::new(minor, currency)))
        .collect();
    let settled = applied.iter().map(|(_, _, money)| money.minor);
    let settled_minor: i64 = settled.chain(charges.iter().map(|(_, _, money)| money.minor)).sum();
    let refunded = refunds::sum_of_payment(connection, payment.id)?;
    let left = if payment.reversed_at.is_some() {
        0
    } else {
        payment.amount.minor - settled_minor - refunded
    };
    Ok(Booked {
        payment,
        applied,
        charges,
        refunded: Money::new(refunded, currency),
        on_account: Money::new(left, currency),
        late: Vec::new(),
    })
}

fn received(booked: &Booked) -> PaymentReceived {
    let payment = &booked.payment;
    let part = |(id, number, amount): &(InvoiceId, String, Money)| AppliedPart {
        invoice_id: *id,
        number: number.clone(),
        amount: amount.to_string(),
    };
    let charge = |(id, number, amount): &(ReminderId, String, Money)| PaidCharge {
        reminder_id: *id,
        number: number.clone(),
        amount: amount.to_string(),
    };
    PaymentReceived {
        amount: payment.amount.to_string(),
        currency: payment.amount.currency.code().to_owned(),
        received_on: payment.received_on,
        reference: payment.reference.clone(),
        applied: booked.applied.iter().map(part).collect(),
        charges: booked.charges.iter().map(charge).collect(),
        on_account: booked.on_account.to_string(),
        paid_already: booked.paid_already().map(str::to_owned),
    }
}

fn record<P: Payload<Subject = PaymentId>>(
    batch: &mut Batch,
    payment: &Payment,
    action: &'static str,
    payload: P,
    actor: &Actor,
    now: Timestamp,
) {
    let event = events::Entry::new(Some(payment.account_id), payment.id, payload);
    audit::record_with_event(batch, actor, action, &event, now);
}
