//! What a payment is, and what it does with what is open.

use chrono::TimeDelta;

use super::rules::settle;
use super::shares::{self, Allocation, Of};
use super::{Payment, PaymentRequest, RECEIVED_DAYS_MAX, TEXT_CHARS_MAX};
use crate::accounts;
use crate::audit::Actor;
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{InvoiceId, PaymentId, ReminderId};
use crate::invoices::settling::Known;
use crate::invoices::settling::rules::{Money as Came, Settled};
use crate::invoices::{sentences, write_offs};
use crate::ledger::{charges, open_items};
use crate::money::Money;
use crate::sentences::Sentence;

/// The payment of a request, with all that is wrong with it at once.
pub(super) fn check(
    tx: &mut Connection,
    id: PaymentId,
    request: &PaymentRequest,
    actor: &Actor,
    now: Timestamp,
) -> Result<Payment> {
    let Some(account) = accounts::find_by_code(tx, &request.account)? else {
        let detail = sentences::no_account(&request.account);
        return Err(Error::invalid("/account", Code::UnknownAccount, detail));
    };
    let mut faults = Vec::new();
    if request.currency != account.currency.code() {
        let detail = sentences::kept_in(&account.code, account.currency.code());
        faults.push(FieldError::new("/currency", Code::WrongCurrency, detail));
    }
    let amount = match Money::parse(&request.amount, account.currency) {
        Ok(amount) if amount.minor > 0 => amount,
        Ok(_) => {
            let detail = sentences::amount_not_above_zero(&request.amount);
            faults.push(FieldError::new("/amount", Code::ValueInvalid, detail));
            Money::zero(account.currency)
        }
        Err(error) => {
            let detail = sentences::amount_unreadable(
                &request.amount,
                error.sentence(),
                account.currency.code(),
                account.currency.exponent(),
            );
            faults.push(FieldError::new("/amount", Code::ValueInvalid, detail));
            Money::zero(account.currency)
        }
    };
    let today = day_in(accounts::supplier_zone(tx)?, now);
    if request.received_on > today {
        let detail = sentences::day_in_future(request.received_on, today);
        faults.push(FieldError::new("/received_on", Code::ValueInvalid, detail));
    } else if request.received_on < today - TimeDelta::days(RECEIVED_DAYS_MAX) {
        let detail = sentences::day_too_long_ago(request.received_on, today);
        faults.push(FieldError::new("/received_on", Code::ValueInvalid, detail));
    }
    let reference = request
        .reference
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let chars = reference.map_or(0, |text| text.chars().count());
    if chars > TEXT_CHARS_MAX {
        let detail = sentences::reference_too_long(chars, TEXT_CHARS_MAX);
        faults.push(FieldError::new("/reference", Code::ValueTooLong, detail));
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    Ok(Payment {
        id,
        account_id: account.id,
        account: account.code,
        amount,
        received_on: request.received_on,
        reference: reference.map(str::to_owned),
        recorded_at: now,
        recorded_by: actor.to_string(),
        reversed_at: None,
        reversal_reason: None,
        named_id: request.invoice_id.flatten(),
        named: None,
        is_corrected: false,
    })
}

/// What a payment is meant for; the oldest invoices and then what reminders cost, where nothing is said.
#[derive(Debug, Clone, Copy)]
pub struct Meant<'a> {
    /// One invoice.
    pub invoice_id: Option<Option<InvoiceId>>,
    /// The fee and interest of one reminder.
    pub reminder_id: Option<Option<ReminderId>>,
    /// Several invoices, each with its amount.
    pub allocations: &'a [Allocation],
}

/// What a payment does.
#[derive(Debug)]
pub(super) struct Planned {
    pub known: Known,
    /// With invoices.
    pub settled: Settled,
    /// With what reminders cost.
    pub charges: Vec<(ReminderId, i64)>,
    /// Left over.
    pub on_account_minor: i64,
    /// Somebody said what it is for, invoice by invoice.
    pub is_said: bool,
}

/// What so much of a payment does with what is open. The account's exposure is locked already.
pub(super) fn plan(tx: &mut Connection, payment: &Payment, money: Money, meant: Meant<'_>) -> Result<Planned> {
    if !meant.allocations.is_empty() {
        if meant.invoice_id.is_some() || meant.reminder_id.is_some() {
            let field = meant.invoice_id.map_or("/reminder_id", |_| "/invoice_id");
            let detail = write_offs::sentences::allocations_alone();
            return Err(Error::invalid(field, Code::ValueInvalid, detail));
        }
        let ids: Vec<_> = meant.allocations.iter().filter_map(|one| one.invoice_id).collect();
        let known = Known::load(tx, &ids)?;
        let whose = (payment.account_id, payment.account.as_str());
        let settled = shares::settled(&known, whose, money, meant.allocations)?;
        return Ok(Planned {
            on_account_minor: settled.on_account_minor,
            known,
            settled,
            charges: Vec::new(),
            is_said: true,
        });
    }
    let open = match meant.reminder_id {
        Some(_) => Vec::new(),
        None => open_items::list_open(tx, payment.account_id)?,
    };
    let ids: Vec<_> = open
        .iter()
        .map(|item| item.invoice_id)
        .filter(|id| meant.invoice_id.is_none_or(|named| named == Some(*id)))
        .collect();
    let mut known = Known::load(tx, &ids)?;
    let came = Came {
        minor: money.minor,
        charges_minor: 0,
        on: payment.received_on,
    };
    let settled = known.settle(came, money.currency, &ids, meant.invoice_id.is_some());
    // What is left of a payment for an invoice that is paid already was meant for nothing else: it stays on account.
    let pays_charges = settled.on_account_minor > 0 && (meant.invoice_id.is_none() || !settled.applied.is_empty());
    let mut owed = match pays_charges {
        true => charges::list_open(tx, payment.account_id)?,
        false => Vec::new(),
    };
    if let Some(reminder_id) = meant.reminder_id {
        owed.retain(|charge| Some(charge.reminder_id) == reminder_id);
    }
    let owed = owed.iter().map(|charge| (charge.reminder_id, charge.open_minor));
    let paid = settle(settled.on_account_minor, owed);
    Ok(Planned {
        known,
        settled,
        charges: paid.applied,
        on_account_minor: paid.on_account_minor,
        is_said: false,
    })
}

/// Books what is settled beside a payment without money; what is said of discounts that came too late.
pub(super) fn give(
    tx: &mut Connection,
    payment: &Payment,
    planned: &Planned,
    actor: &Actor,
    now: Timestamp,
) -> Result<Vec<Sentence>> {
    let of = Of {
        account_id: payment.account_id,
        payment_id: payment.id,
        on: payment.received_on,
    };
    let (known, settled) = (&planned.known, &planned.settled);
    let news = shares::news(known, settled, of, payment.amount, planned.is_said);
    write_offs::book_all(tx, &news, actor, now)?;
    Ok(shares::late(known, settled, payment.amount))
}
