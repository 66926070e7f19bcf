//! How money closes invoices: what is set for all accounts, what is open of the invoices, and what comes of it.

pub mod rules;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};
use serde_json::json;

use self::rules::{Bearer, Discount, Given, Item, Money as Came, Settled, settle};
use self::store::Found;
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::InvoiceId;
use crate::invoices::{sentences, terms, write_offs};
use crate::money::{Currency, Money};
use crate::names::sets::WriteOffKind;
use crate::sentences::Sentence;
use crate::tax::rules::percent;

pub use self::store::{Found as Open, list_groups};

/// Days of grace there may be.
pub const GRACE_DAYS_MAX: i32 = 14;
/// Currencies that may have a tolerance.
pub const CURRENCIES_MAX: usize = 50;
/// A half, in parts per million: no difference is small beyond it.
const PPM_MAX: i64 = 500_000;

/// The largest difference in a currency that is given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    pub currency: Currency,
    /// Minor units.
    pub max_minor: i64,
}

/// What is set for all accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Of what is open, in parts per million; any share where none is named.
    pub tolerance_ppm: Option<i64>,
    /// By so many days later a discount is taken.
    pub grace_days: i32,
    pub bank_charges: Bearer,
    /// By currency.
    pub limits: Vec<Limit>,
}

impl Settings {
    /// The last day on which a discount is taken that an invoice offers until a day.
    pub fn taken_until(&self, until: NaiveDate) -> NaiveDate {
        until + TimeDelta::days(self.grace_days.into())
    }
}

pub fn settings(connection: &mut Connection) -> Result<Settings> {
    store::find_settings(connection)
}

/// What somebody wants to be set, as written.
#[derive(Debug, Clone)]
pub struct SettingsInput {
    /// Percent.
    pub tolerance_percent: Option<String>,
    pub grace_days: i32,
    pub bank_charges: Bearer,
    /// Currency and amount.
    pub tolerances: Vec<(String, String)>,
}

fn facts(settings: &Settings) -> serde_json::Value {
    let limit = |limit: &Limit| {
        json!([
            limit.currency.code(),
            Money::new(limit.max_minor, limit.currency).to_string()
        ])
    };
    json!({
        "tolerance_percent": settings.tolerance_ppm.map(percent),
        "grace_days": settings.grace_days,
        "bank_charges": settings.bank_charges,
        "tolerances": settings.limits.iter().map(limit).collect::<Vec<_>>(),
    })
}

/// Says what is given up.
pub fn set(tx: &mut Connection, input: &SettingsInput, actor: &Actor, now: Timestamp) -> Result<Settings> {
    store::lock_settings(tx)?;
    let before = settings(tx)?;
    let after = checked(input)?;
    if after == before {
        return Ok(after);
    }
    store::update_settings(tx, &after)?;
    let (was, is) = (facts(&before), facts(&after));
    let entry = audit::Entry::kept(
        "settlement_settings.set",
        None,
        "settlement_settings".to_owned(),
        Some(&was),
        Some(&is),
    );
    audit::record(tx, actor, &entry, now)?;
    settings(tx)
}

fn checked(input: &SettingsInput) -> Result<Settings> {
    let mut faults = Vec::new();
    let tolerance_ppm = match input.tolerance_percent.as_deref().map(str::trim) {
        None | Some("") => None,
        Some(text) => match terms::percent_ppm(text) {
            Some(ppm) if (1..=PPM_MAX).contains(&ppm) => Some(ppm),
            _ => {
                let detail = sentences::tolerance_percent_invalid(text);
                faults.push(FieldError::new("/tolerance_percent", Code::ValueInvalid, detail));
                None
            }
        },
    };
    if !(0..=GRACE_DAYS_MAX).contains(&input.grace_days) {
        let detail = sentences::grace_days_out_of_range(input.grace_days, GRACE_DAYS_MAX);
        faults.push(FieldError::new("/cash_discount_grace_days", Code::ValueInvalid, detail));
    }
    if input.tolerances.len() > CURRENCIES_MAX {
        let detail = sentences::too_many_tolerances(CURRENCIES_MAX);
        faults.push(FieldError::new("/tolerances", Code::ValueInvalid, detail));
    }
    let mut limits: Vec<Limit> = Vec::new();
    for (place, (code, amount)) in input.tolerances.iter().take(CURRENCIES_MAX).enumerate() {
        let at = |field: &str| format!("/tolerances/{place}/{field}");
        let Some(currency) = Currency::from_code(code.trim()) else {
            let detail = sentences::no_such_currency(code);
            faults.push(FieldError::new(at("currency"), Code::UnknownCurrency, detail));
            continue;
        };
        if limits.iter().any(|limit| limit.currency == currency) {
            let detail = sentences::currency_twice(currency.code());
            faults.push(FieldError::new(at("currency"), Code::DuplicateKey, detail));
            continue;
        }
        match Money::parse(amount.trim(), currency) {
            Ok(max) if max.minor > 0 => limits.push(Limit {
                currency,
                max_minor: max.minor,
            }),
            Ok(_) => {
                let detail = sentences::amount_not_above_zero(amount);
                faults.push(FieldError::new(at("amount"), Code::ValueInvalid, detail));
            }
            Err(error) => {
                let detail =
                    sentences::amount_unreadable(amount, error.sentence(), currency.code(), currency.exponent());
                faults.push(FieldError::new(at("amount"), Code::ValueInvalid, detail));
            }
        }
    }
    limits.sort_by_key(|limit| limit.currency.code());
    match faults.is_empty() {
        true => Ok(Settings {
            tolerance_ppm,
            grace_days: input.grace_days,
            bank_charges: input.bank_charges,
            limits,
        }),
        false => Err(Error::Invalid(faults)),
    }
}

/// What an invoice may still be paid with less on a day, and the days of grace not told.
pub fn offers(connection: &mut Connection, id: InvoiceId, today: NaiveDate) -> Result<Vec<Discount>> {
    let known = Known::load(connection, &[id])?;
    let item = known.find(id).map(|found| found.item.clone());
    let is_offered = |item: &Item, one: &Discount| item.open_minor > one.minor && today <= one.until;
    Ok(item.map_or_else(Vec::new, |item| {
        item.discounts
            .iter()
            .copied()
            .filter(|one| is_offered(&item, one))
            .collect()
    }))
}

/// What is known of invoices when money comes in. The exposures of their accounts are locked already.
#[derive(Debug)]
pub struct Known {
    pub settings: Settings,
    found: HashMap<InvoiceId, Found>,
}

impl Known {
    /// Of these invoices: two statements, and none where there are no invoices.
    pub fn load(connection: &mut Connection, ids: &[InvoiceId]) -> Result<Self> {
        let settings = store::find_settings(connection)?;
        Ok(Self {
            found: store::list_items(connection, &settings, ids)?,
            settings,
        })
    }

    /// An invoice, if it is known.
    pub fn find(&self, id: InvoiceId) -> Option<&Found> {
        self.found.get(&id)
    }

    /// What is open of these, in their order; what nothing is open of is left out.
    fn items(&self, ids: &[InvoiceId]) -> Vec<Item> {
        let items = ids.iter().filter_map(|id| self.found.get(id));
        items
            .map(|found| found.item.clone())
            .filter(|item| item.open_minor > 0)
            .collect()
    }

    /// What money does, and that so much less is open then.
    pub fn settle(&mut self, came: Came, currency: Currency, ids: &[InvoiceId], are_named: bool) -> Settled {
        let came = match self.settings.bank_charges {
            Bearer::Supplier => came,
            Bearer::Account => Came {
                charges_minor: 0,
                ..came
            },
        };
        let settled = settle(came, &self.items(ids), self.settings.tolerance(currency), are_named);
        let given = settled.given.iter().map(|one| (one.id, one.minor));
        for (id, minor) in settled.applied.iter().copied().chain(given) {
            if let Some(found) = self.found.get_mut(&id) {
                found.item.open_minor -= minor;
            }
        }
        settled
    }

    /// Why something is given up.
    pub fn explain(&self, given: &Given, currency: Currency) -> Sentence {
        match (given.kind, given.discount) {
            (WriteOffKind::CashDiscount, Some(discount)) => {
                write_offs::sentences::by_cash_discount(percent(discount.percent_ppm), discount.until)
            }
            (WriteOffKind::BankCharges, _) => write_offs::sentences::by_bank_charges(),
            _ => {
                let most = self.settings.tolerance(currency).max_minor;
                write_offs::sentences::by_tolerance(Money::new(most, currency))
            }
        }
    }
}
