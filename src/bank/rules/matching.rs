//! Whose money an entry is, and what it pays. Booked without anybody looking is only what is sure: a reference or the whole number
//! names the invoices, amount and currency agree to the cent, and nothing speaks against it. Everything else is proposed with its
//! reasons, or unknown.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

mod facts;
mod reversing;

use std::collections::BTreeSet;

use chrono::NaiveDate;

pub use self::facts::{Facts, Invoice, Paid, PaidBack};

use self::reversing::decide_reversal;
use super::naming::{How, Named, named};
use super::{Direction, Entry, State, refunding};
use crate::bank::sentences;
use crate::ids::{AccountId, InvoiceId, PaymentId, RefundId};
use crate::invoices::settling::rules::{Given, Settled, settle};
use crate::money::{Currency, Money};
use crate::names::sets::WriteOffKind;
use crate::sentences::Sentence;

/// What is to be done with an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// As long as nothing is booked.
    pub state: State,
    /// It may be booked at once.
    pub is_sure: bool,
    /// Whose it is.
    pub account: Option<(AccountId, String)>,
    /// The invoices it pays, and how much of each.
    pub parts: Vec<(InvoiceId, i64)>,
    /// Their numbers.
    pub numbers: Vec<String>,
    /// What of them is given up.
    pub given: Vec<(InvoiceId, i64)>,
    /// The payment that it takes back.
    pub takes_back: Option<PaymentId>,
    /// The refund that it is.
    pub refund: Option<RefundId>,
    /// What speaks for it, then what against.
    pub reasons: Vec<Sentence>,
}

impl Decision {
    pub(super) fn nothing(state: State, reasons: Vec<Sentence>) -> Self {
        Self {
            state,
            is_sure: false,
            account: None,
            parts: Vec::new(),
            numbers: Vec::new(),
            given: Vec::new(),
            takes_back: None,
            refund: None,
            reasons,
        }
    }
}

/// Looks at entries in their order: what one pays for sure is not open for the next. `alike` has the days of entries of other files that
/// look the same.
pub fn decide_all(
    entries: &[(&Entry, Option<NaiveDate>)],
    mut facts: Facts,
    today: NaiveDate,
    oldest: NaiveDate,
) -> Vec<Decision> {
    let mut decisions = Vec::with_capacity(entries.len());
    for (entry, alike) in entries {
        let mut decision = decide(entry, &facts);
        let is_out_of_time = entry.booked_on > today || entry.booked_on < oldest;
        if is_out_of_time && entry.direction == Direction::Credit {
            decision.reasons.push(sentences::against_day(entry.booked_on));
            decision.is_sure = false;
        }
        if let Some(day) = alike {
            decision.reasons.push(sentences::against_alike(*day));
            decision.is_sure = false;
        }
        if decision.is_sure {
            facts.settle(&decision.parts);
            facts.settle(&decision.given);
            if let (Some(iban), Some(account)) = (&entry.payer_iban, &decision.account) {
                facts.payers.entry(iban.clone()).or_insert_with(|| account.clone());
            }
            if let Some(id) = decision.takes_back {
                facts.payments.retain(|paid| paid.id != id);
            }
            if let Some(id) = decision.refund {
                facts.refunds.retain(|refund| refund.id != id);
            }
        }
        decisions.push(decision);
    }
    decisions
}

/// Looks at one entry.
pub fn decide(entry: &Entry, facts: &Facts) -> Decision {
    if entry.takes_back() {
        return decide_reversal(entry, facts);
    }
    if entry.direction == Direction::Debit {
        return refunding::decide(entry, &facts.refunds, &facts.payers);
    }
    if entry.is_reversal || entry.minor == 0 {
        // What went out came back: no account's money.
        return Decision::nothing(State::Unknown, Vec::new());
    }
    let payer = entry.payer_iban.as_deref().and_then(|iban| facts.payers.get(iban));
    let found: Vec<(Named, &Invoice)> = named(entry)
        .into_iter()
        .filter_map(|named| {
            let invoice = facts.invoices.get(*facts.by_number.get(&named.number)?)?;
            Some((named, invoice))
        })
        .collect();
    // What is named by a reference or in full goes before what may be a day or a price.
    let is_strong = |how: How| how != How::Short;
    let has_strong = found.iter().any(|(named, _)| is_strong(named.how));
    let found: Vec<_> = found
        .into_iter()
        .filter(|(named, _)| is_strong(named.how) || !has_strong)
        .collect();
    match (found.is_empty(), payer) {
        (false, payer) => by_name(entry, facts, &found, payer),
        (true, Some(payer)) => by_payer(entry, facts, payer),
        (true, None) => by_amount(entry, facts),
    }
}

/// Invoices are named.
fn by_name(entry: &Entry, facts: &Facts, found: &[(Named, &Invoice)], payer: Option<&(AccountId, String)>) -> Decision {
    let mut reasons: Vec<Sentence> = found
        .iter()
        .map(|(named, invoice)| match named.how {
            How::Reference => sentences::match_by_reference(&invoice.number),
            How::Number => sentences::match_by_number(&invoice.number),
            How::Short => sentences::match_by_short_number(&invoice.number),
        })
        .collect();
    let accounts: BTreeSet<&str> = found.iter().map(|(_, invoice)| invoice.account.as_str()).collect();
    if accounts.len() > 1 {
        reasons.push(sentences::against_several_accounts(accounts));
        return Decision::nothing(State::Unknown, reasons);
    }
    let Some((_, first)) = found.first() else {
        return Decision::nothing(State::Unknown, reasons);
    };
    let account = (first.account_id, first.account.clone());
    let mut against = Vec::new();
    match payer {
        Some((id, _)) if *id == account.0 => reasons.push(sentences::match_by_payer(&account.1)),
        Some((_, other)) => against.push(sentences::against_other_payer(other)),
        None => {}
    }
    if let Some((_, other)) = found.iter().find(|(_, invoice)| invoice.currency != entry.currency) {
        against.push(sentences::against_currency(
            entry.currency.code(),
            other.currency.code(),
        ));
        reasons.extend(against);
        return Decision {
            account: Some(account),
            ..Decision::nothing(State::Proposed, reasons)
        };
    }
    let paid = found.iter().filter(|(_, invoice)| invoice.open_minor <= 0);
    against.extend(paid.map(|(_, invoice)| sentences::against_paid(&invoice.number)));
    let open: i128 = found
        .iter()
        .map(|(_, invoice)| i128::from(invoice.open_minor.max(0)))
        .sum();
    let amount = i128::from(entry.minor);
    let open_money = || Money::new(i64::try_from(open).unwrap_or(i64::MAX), entry.currency);
    let closed = facts.close(entry, found.iter().map(|(_, invoice)| *invoice));
    if let Some(settled) = &closed {
        reasons.extend(given_up(settled, entry.currency));
    } else if amount == open {
        reasons.push(sentences::match_by_amount(entry.amount()));
    } else if open > 0 && entry.charges_minor > 0 && amount + i128::from(entry.charges_minor) == open {
        against.push(sentences::match_with_charges(Money::new(
            entry.charges_minor,
            entry.currency,
        )));
        against.push(sentences::against_less(open_money()));
    } else if open > 0 {
        against.extend(late(entry, facts, found.iter().map(|(_, invoice)| *invoice)));
        against.push(match amount < open {
            true => sentences::against_less(open_money()),
            false => sentences::against_more(open_money()),
        });
    }
    let is_named = found.iter().all(|(named, _)| named.how != How::Short);
    let is_sure = (amount == open || closed.is_some()) && is_named && against.is_empty();
    let (parts, numbers) = spread(entry.minor, found.iter().map(|(_, invoice)| *invoice));
    let given = closed.as_ref().map(given).unwrap_or_default();
    let parts = closed.map_or(parts, |settled| settled.applied);
    reasons.extend(against);
    Decision {
        state: State::Proposed,
        is_sure,
        account: Some(account),
        parts,
        numbers,
        given,
        takes_back: None,
        refund: None,
        reasons,
    }
}

/// What is given up of which invoice.
fn given(settled: &Settled) -> Vec<(InvoiceId, i64)> {
    settled.given.iter().map(|one| (one.id, one.minor)).collect()
}

/// Why it is given up.
fn given_up(settled: &Settled, currency: Currency) -> Vec<Sentence> {
    let reason = |one: &Given| {
        let amount = Money::new(one.minor, currency);
        match (one.kind, one.discount) {
            (WriteOffKind::CashDiscount, Some(discount)) => sentences::match_with_discount(amount, discount.until),
            (WriteOffKind::BankCharges, _) => sentences::match_less_charges(amount),
            _ => sentences::match_within_tolerance(amount),
        }
    };
    settled.given.iter().map(reason).collect()
}

/// Discounts that it is short of though their days are over.
fn late<'a>(entry: &Entry, facts: &Facts, invoices: impl Iterator<Item = &'a Invoice>) -> Vec<Sentence> {
    let items: Vec<_> = invoices.map(Invoice::item).filter(|item| item.open_minor > 0).collect();
    let settled = settle(facts.came(entry), &items, facts.tolerance(entry.currency), true);
    let late = settled.late.into_iter();
    late.map(|(_, one)| sentences::against_late_discount(Money::new(one.minor, entry.currency), one.until))
        .collect()
}

/// As much of each invoice as the money goes, in their order.
fn spread<'a>(minor: i64, invoices: impl Iterator<Item = &'a Invoice>) -> (Vec<(InvoiceId, i64)>, Vec<String>) {
    let mut left = minor;
    let mut parts = Vec::new();
    let mut numbers = Vec::new();
    for invoice in invoices {
        let part = invoice.open_minor.min(left);
        if part > 0 {
            left -= part;
            parts.push((invoice.id, part));
            numbers.push(invoice.number.clone());
        }
    }
    (parts, numbers)
}

/// No invoice is named, but the account it came from has paid before.
fn by_payer(entry: &Entry, facts: &Facts, (account_id, code): &(AccountId, String)) -> Decision {
    let mut reasons = vec![sentences::match_by_payer(code)];
    let open: Vec<_> = facts
        .invoices
        .iter()
        .filter(|invoice| invoice.account_id == *account_id && invoice.open_minor > 0)
        .collect();
    if let Some(other) = open.iter().find(|invoice| invoice.currency != entry.currency) {
        reasons.push(sentences::against_currency(
            entry.currency.code(),
            other.currency.code(),
        ));
        return Decision {
            account: Some((*account_id, code.clone())),
            ..Decision::nothing(State::Proposed, reasons)
        };
    }
    let same: Vec<_> = open
        .iter()
        .filter(|invoice| invoice.open_minor == entry.minor || facts.close(entry, std::iter::once(**invoice)).is_some())
        .collect();
    let all_closed = facts.close(entry, open.iter().copied());
    let all: i128 = open.iter().map(|invoice| i128::from(invoice.open_minor)).sum();
    let (parts, numbers) = match same.as_slice() {
        [invoice] => {
            reasons.push(sentences::match_by_amount_alone(&invoice.number));
            if let Some(settled) = facts.close(entry, std::iter::once(**invoice)) {
                reasons.extend(given_up(&settled, entry.currency));
            }
            spread(entry.minor, std::iter::once(**invoice))
        }
        [] if all_closed.is_some() => {
            let settled = all_closed.unwrap_or_default();
            reasons.push(sentences::match_all_open(code));
            reasons.extend(given_up(&settled, entry.currency));
            (
                settled.applied,
                open.iter().map(|invoice| invoice.number.clone()).collect(),
            )
        }
        [] if all == i128::from(entry.minor) && !open.is_empty() => {
            reasons.push(sentences::match_all_open(code));
            spread(entry.minor, open.iter().copied())
        }
        [] => (Vec::new(), Vec::new()),
        several => {
            reasons.push(sentences::against_several_invoices(several.len()));
            (Vec::new(), Vec::new())
        }
    };
    Decision {
        state: State::Proposed,
        is_sure: false,
        account: Some((*account_id, code.clone())),
        parts,
        numbers,
        given: Vec::new(),
        takes_back: None,
        refund: None,
        reasons,
    }
}

/// Nothing is known but how much it is.
fn by_amount(entry: &Entry, facts: &Facts) -> Decision {
    let is_same = |invoice: &&Invoice| invoice.open_minor == entry.minor && invoice.currency == entry.currency;
    let same: Vec<_> = facts.invoices.iter().filter(is_same).collect();
    match same.as_slice() {
        [] => Decision::nothing(State::Unknown, Vec::new()),
        [invoice] => {
            let (parts, numbers) = spread(entry.minor, std::iter::once(*invoice));
            Decision {
                account: Some((invoice.account_id, invoice.account.clone())),
                parts,
                numbers,
                ..Decision::nothing(State::Proposed, vec![sentences::match_by_amount_alone(&invoice.number)])
            }
        }
        several => Decision::nothing(State::Unknown, vec![sentences::against_several_invoices(several.len())]),
    }
}

#[cfg(test)]
pub mod tests;
