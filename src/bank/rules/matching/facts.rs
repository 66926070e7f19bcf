//! All that is known when entries are looked at.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::collections::HashMap;

use chrono::NaiveDate;

use super::super::Entry;
use crate::ids::{AccountId, InvoiceId, PaymentId, RefundId};
use crate::invoices::settling::rules::{Discount, Item, Money as Came, Settled, Tolerance, close};
use crate::money::{Currency, Money};

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
    /// What it may be paid with less.
    pub discounts: Vec<Discount>,
    /// By so much a payer's rounding may be another.
    pub slack_minor: i64,
}

impl Invoice {
    pub(super) fn item(&self) -> Item {
        Item {
            id: self.id,
            open_minor: self.open_minor.max(0),
            discounts: self.discounts.clone(),
            slack_minor: self.slack_minor,
        }
    }
}

/// Money that was paid back and is no entry yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidBack {
    pub id: RefundId,
    pub account_id: AccountId,
    pub account: String,
    pub amount: Money,
    pub paid_on: NaiveDate,
    /// What the account reads.
    pub reference: Option<String>,
    pub iban: Option<String>,
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
    /// Something of it was paid back.
    pub is_refunded: bool,
}

/// All that is known when entries are looked at.
#[derive(Debug, Default)]
pub struct Facts {
    pub(super) invoices: Vec<Invoice>,
    pub(super) by_number: HashMap<String, usize>,
    pub(super) by_id: HashMap<InvoiceId, usize>,
    /// Accounts of banks, and whose they were at the last payment that somebody or a sure match confirmed.
    pub(super) payers: HashMap<String, (AccountId, String)>,
    pub(super) payments: Vec<Paid>,
    pub(super) refunds: Vec<PaidBack>,
    /// What is given up, by currency.
    pub(super) tolerances: Vec<(Currency, Tolerance)>,
    /// What a bank tells that it kept closes invoices.
    pub(super) bears_charges: bool,
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
            ..Self::default()
        }
    }

    /// With money that was paid back, the one booked first first.
    #[must_use]
    pub fn with_refunds(self, refunds: Vec<PaidBack>) -> Self {
        Self { refunds, ..self }
    }

    /// With what is given up.
    #[must_use]
    pub fn with_rules(self, tolerances: Vec<(Currency, Tolerance)>, bears_charges: bool) -> Self {
        Self {
            tolerances,
            bears_charges,
            ..self
        }
    }

    /// How an entry closes these invoices with something given up, if it does.
    pub(super) fn close<'a>(&self, entry: &Entry, invoices: impl Iterator<Item = &'a Invoice>) -> Option<Settled> {
        let items: Vec<_> = invoices.map(Invoice::item).filter(|item| item.open_minor > 0).collect();
        close(self.came(entry), &items, self.tolerance(entry.currency))
    }

    pub(super) fn came(&self, entry: &Entry) -> Came {
        Came {
            minor: entry.minor,
            charges_minor: if self.bears_charges { entry.charges_minor } else { 0 },
            on: entry.booked_on,
        }
    }

    pub(super) fn tolerance(&self, currency: Currency) -> Tolerance {
        let of = self.tolerances.iter().find(|(of, _)| *of == currency);
        of.map(|(_, tolerance)| *tolerance).unwrap_or_default()
    }

    /// An invoice was paid by an entry before.
    pub(super) fn settle(&mut self, parts: &[(InvoiceId, i64)]) {
        for (id, minor) in parts {
            let place = self.by_id.get(id).copied();
            if let Some(invoice) = place.and_then(|place| self.invoices.get_mut(place)) {
                invoice.open_minor = invoice.open_minor.saturating_sub(*minor);
            }
        }
    }
}
