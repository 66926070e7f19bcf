//! What a payment is, and what it does with what is open.

use chrono::TimeDelta;

use super::shares::{self, Allocation, Of};
use super::{Payment, PaymentRequest, RECEIVED_DAYS_MAX, TEXT_CHARS_MAX};
use crate::accounts;
use crate::audit::Actor;
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{InvoiceId, PaymentId};
use crate::invoices::settling::Known;
use crate::invoices::settling::rules::{Money as Came, Settled};
use crate::invoices::{sentences, write_offs};
use crate::ledger::open_items;
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
    })
}

/// What a payment is meant for; the oldest invoices where nothing is said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meant<'a> {
    /// One invoice.
    pub invoice_id: Option<Option<InvoiceId>>,
    /// Several, each with its amount.
    pub allocations: &'a [Allocation],
}

/// What so much of a payment does with what is open. The account's exposure is locked already.
pub(super) fn plan(tx: &mut Connection, payment: &Payment, money: Money, meant: Meant<'_>) -> Result<(Known, Settled)> {
    if !meant.allocations.is_empty() {
        if meant.invoice_id.is_some() {
            let detail = write_offs::sentences::allocations_alone();
            return Err(Error::invalid("/invoice_id", Code::ValueInvalid, detail));
        }
        let ids: Vec<_> = meant.allocations.iter().filter_map(|one| one.invoice_id).collect();
        let known = Known::load(tx, &ids)?;
        let whose = (payment.account_id, payment.account.as_str());
        let settled = shares::settled(&known, whose, money, meant.allocations)?;
        return Ok((known, settled));
    }
    let open = open_items::list_open(tx, payment.account_id)?.into_iter();
    let ids: Vec<_> = open
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
    Ok((known, settled))
}

/// Books what is settled beside a payment without money; what is said of discounts that came too late.
pub(super) fn give(
    tx: &mut Connection,
    payment: &Payment,
    (known, settled, is_said): (&Known, &Settled, bool),
    actor: &Actor,
    now: Timestamp,
) -> Result<Vec<Sentence>> {
    let of = Of {
        account_id: payment.account_id,
        payment_id: payment.id,
        on: payment.received_on,
    };
    let news = shares::news(known, settled, of, payment.amount, is_said);
    write_offs::book_all(tx, &news, actor, now)?;
    Ok(shares::late(known, settled, payment.amount))
}
