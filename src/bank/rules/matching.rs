//! Whose money an entry is, and what it pays. Booked without anybody looking is only what is sure: a reference or the whole number
//! names the invoices, amount and currency agree to the cent, and nothing speaks against it. Everything else is proposed with its
//! reasons, or unknown.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::naming::{How, Named, named};
use super::{Direction, Entry, State};
use crate::bank::sentences;
use crate::ids::{AccountId, InvoiceId, PaymentId};
use crate::money::{Currency, Money};
use crate::sentences::Sentence;

/// How long after it came in money is taken back without anybody looking.
const REVERSAL_DAYS_MAX: i64 = 366;

/// An invoice that may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    pub id: InvoiceId,
    pub number: String,
    pub account_id: AccountId,
    /// That account's code.
    pub account: String,
    pub currency: Currency,
    /// What is left of it, minor units.
    pub open_minor: i64,
}

/// A payment that may be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    pub id: PaymentId,
    pub account_id: AccountId,
    pub account: String,
    /// Of the bank's entry that it was booked from.
    pub end_to_end_id: Option<String>,
    pub payer_iban: Option<String>,
    /// The account at the supplier's bank that it came in on is that of the entries.
    pub is_same_account: bool,
    pub minor: i64,
    pub currency: Currency,
    pub received_on: NaiveDate,
}

/// All that is known when entries are looked at.
#[derive(Debug, Default)]
pub struct Facts {
    invoices: Vec<Invoice>,
    by_number: HashMap<String, usize>,
    by_id: HashMap<InvoiceId, usize>,
    /// Accounts of banks, and whose they were at the last payment that somebody or a sure match confirmed.
    payers: HashMap<String, (AccountId, String)>,
    payments: Vec<Paid>,
}

impl Facts {
    /// What is known: the invoices that are named or open, payers, and payments that may be taken back.
    pub fn new(invoices: Vec<Invoice>, payers: HashMap<String, (AccountId, String)>, payments: Vec<Paid>) -> Self {
        let numbers = invoices.iter().enumerate();
        let by_number = numbers
            .map(|(place, invoice)| (invoice.number.clone(), place))
            .collect();
        let numbers = invoices.iter().enumerate();
        let by_id = numbers.map(|(place, invoice)| (invoice.id, place)).collect();
        Self {
            invoices,
            by_number,
            by_id,
            payers,
            payments,
        }
    }

    /// An invoice was paid by an entry before.
    fn settle(&mut self, parts: &[(InvoiceId, i64)]) {
        for (id, minor) in parts {
            let place = self.by_id.get(id).copied();
            if let Some(invoice) = place.and_then(|place| self.invoices.get_mut(place)) {
                invoice.open_minor = invoice.open_minor.saturating_sub(*minor);
            }
        }
    }
}

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
    /// The payment that it takes back.
    pub takes_back: Option<PaymentId>,
    /// What speaks for it, then what against.
    pub reasons: Vec<Sentence>,
}

impl Decision {
    fn nothing(state: State, reasons: Vec<Sentence>) -> Self {
        Self {
            state,
            is_sure: false,
            account: None,
            parts: Vec::new(),
            numbers: Vec::new(),
            takes_back: None,
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
            if let (Some(iban), Some(account)) = (&entry.payer_iban, &decision.account) {
                facts.payers.entry(iban.clone()).or_insert_with(|| account.clone());
            }
            if let Some(id) = decision.takes_back {
                facts.payments.retain(|paid| paid.id != id);
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
        return Decision::nothing(State::Outgoing, Vec::new());
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
        (false, payer) => by_name(entry, &found, payer),
        (true, Some(payer)) => by_payer(entry, facts, payer),
        (true, None) => by_amount(entry, facts),
    }
}

/// Invoices are named.
fn by_name(entry: &Entry, found: &[(Named, &Invoice)], payer: Option<&(AccountId, String)>) -> Decision {
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
    if amount == open {
        reasons.push(sentences::match_by_amount(entry.amount()));
    } else if open > 0 && entry.charges_minor > 0 && amount + i128::from(entry.charges_minor) == open {
        against.push(sentences::match_with_charges(Money::new(
            entry.charges_minor,
            entry.currency,
        )));
        against.push(sentences::against_less(open_money()));
    } else if open > 0 {
        against.push(match amount < open {
            true => sentences::against_less(open_money()),
            false => sentences::against_more(open_money()),
        });
    }
    let is_named = found.iter().all(|(named, _)| named.how != How::Short);
    let is_sure = amount == open && is_named && against.is_empty();
    let (parts, numbers) = spread(entry.minor, found.iter().map(|(_, invoice)| *invoice));
    reasons.extend(against);
    Decision {
        state: State::Proposed,
        is_sure,
        account: Some(account),
        parts,
        numbers,
        takes_back: None,
        reasons,
    }
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
        .filter(|invoice| invoice.open_minor == entry.minor)
        .collect();
    let all: i128 = open.iter().map(|invoice| i128::from(invoice.open_minor)).sum();
    let (parts, numbers) = match same.as_slice() {
        [invoice] => {
            reasons.push(sentences::match_by_amount_alone(&invoice.number));
            spread(entry.minor, std::iter::once(**invoice))
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
        takes_back: None,
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

/// Money that came in is taken back: by the payer's own reference of it, else by payer and amount.
fn decide_reversal(entry: &Entry, facts: &Facts) -> Decision {
    let is_same = |paid: &&Paid| {
        paid.minor == entry.minor && paid.currency == entry.currency && paid.received_on <= entry.booked_on
    };
    let same: Vec<_> = facts.payments.iter().filter(is_same).collect();
    let own = entry
        .end_to_end_id
        .as_deref()
        .filter(|id| !super::identity::is_empty_reference(id));
    let by_reference: Vec<_> = same
        .iter()
        .filter(|paid| own.is_some() && paid.end_to_end_id.as_deref() == own)
        .collect();
    let by_payer: Vec<_> = same
        .iter()
        .filter(|paid| entry.payer_iban.is_some() && paid.payer_iban == entry.payer_iban)
        .collect();
    let of = |paid: &Paid, is_named: bool, mut reasons: Vec<Sentence>| {
        let against = against_reversal(entry, paid);
        let is_sure = is_named && against.is_empty();
        reasons.extend(against);
        Decision {
            is_sure,
            account: Some((paid.account_id, paid.account.clone())),
            takes_back: Some(paid.id),
            ..Decision::nothing(State::Proposed, reasons)
        }
    };
    match (by_reference.as_slice(), by_payer.as_slice()) {
        ([paid], _) => of(
            paid,
            true,
            vec![
                sentences::match_by_end_to_end(),
                sentences::match_by_amount(entry.amount()),
            ],
        ),
        ([], [paid]) => of(paid, false, vec![sentences::match_by_payer_and_amount()]),
        ([], []) => Decision::nothing(State::Unknown, vec![sentences::against_no_payment()]),
        (several, others) => {
            let count = several.len().max(others.len());
            Decision::nothing(State::Unknown, vec![sentences::against_several_payments(count)])
        }
    }
}

/// What speaks against an entry's taking back this payment.
fn against_reversal(entry: &Entry, paid: &Paid) -> Vec<Sentence> {
    let mut against = Vec::new();
    if let (Some(own), Some(other)) = (&entry.payer_iban, &paid.payer_iban)
        && own != other
    {
        against.push(sentences::against_other_iban(other));
    }
    if !paid.is_same_account {
        against.push(sentences::against_other_bank_account());
    }
    if (entry.booked_on - paid.received_on).num_days() > REVERSAL_DAYS_MAX {
        against.push(sentences::against_long_ago(paid.received_on));
    }
    against
}

#[cfg(test)]
pub mod tests;
