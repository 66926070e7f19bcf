//! What is set for an account about paying: the cash discount of its invoices, and whether its statement goes out by mail.

pub mod rules;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use chrono::NaiveDate;
use serde_json::json;

use self::rules::{Fault, Offer, STEPS_MAX, StatementMail, Step};
use crate::accounts;
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::AccountId;
use crate::invoices::sentences;
use crate::invoices::statement::monthly;
use crate::ledger;
use crate::money::UnitPrice;
use crate::tax::rules::percent;

/// Millionths of a percent in a millionth.
const MICROS_OF_PPM: i64 = 100;

/// What is set for an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Of its cash discount, the one with the least days first.
    pub steps: Vec<Step>,
    pub statement_mail: StatementMail,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            steps: Vec::new(),
            statement_mail: StatementMail::Off,
        }
    }
}

/// What is set for an account, and within how many days it is to pay.
pub fn of_account(connection: &mut Connection, account_id: AccountId) -> Result<(Terms, i32)> {
    let account = accounts::get(connection, account_id)?;
    Ok((store::find(connection, account_id)?, account.payment_terms_days))
}

/// What a new invoice of the account over so much, to be paid within so many days, may be paid with less.
pub fn offered(
    connection: &mut Connection,
    account_id: AccountId,
    gross_minor: i64,
    (issued_on, terms_days): (NaiveDate, i32),
) -> Result<Vec<Offer>> {
    let mut steps = store::find(connection, account_id)?.steps;
    steps.retain(|step| step.days <= terms_days);
    Ok(rules::offers(gross_minor, issued_on, &steps))
}

/// A percentage as parts per million; none of what is no number, or finer than a ten-thousandth of a percent.
pub fn percent_ppm(text: &str) -> Option<i64> {
    let micros = UnitPrice::parse(text.trim()).ok()?.micros;
    (micros % MICROS_OF_PPM == 0).then_some(micros / MICROS_OF_PPM)
}

/// What somebody wants to be set, as written: days and percentage of each step.
#[derive(Debug, Clone)]
pub struct TermsInput {
    pub steps: Vec<(i32, String)>,
    pub statement_mail: StatementMail,
}

fn facts(terms: &Terms) -> serde_json::Value {
    let step = |step: &Step| json!({ "days": step.days, "percent": percent(step.percent_ppm) });
    json!({
        "cash_discount": terms.steps.iter().map(step).collect::<Vec<_>>(),
        "statement_mail": terms.statement_mail,
    })
}

/// Sets it. Invoices that are issued already keep what they offer.
pub fn set(
    tx: &mut Connection,
    account_id: AccountId,
    input: &TermsInput,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Terms, i32)> {
    accounts::get(tx, account_id)?;
    ledger::lock_exposure(tx, account_id)?;
    let (before, terms_days) = of_account(tx, account_id)?;
    let terms = checked(input, terms_days)?;
    if terms == before {
        return Ok((terms, terms_days));
    }
    store::put(tx, account_id, &terms)?;
    if terms.statement_mail == StatementMail::Monthly && before.statement_mail == StatementMail::Off {
        let zone = accounts::get(tx, account_id)?.time_zone;
        monthly::begin(tx, account_id, zone, now)?;
    }
    let (was, is) = (facts(&before), facts(&terms));
    let object = account_id.to_string();
    let entry = audit::Entry::kept("payment_terms.set", Some(account_id), object, Some(&was), Some(&is));
    audit::record(tx, actor, &entry, now)?;
    Ok((terms, terms_days))
}

fn checked(input: &TermsInput, terms_days: i32) -> Result<Terms> {
    let steps: Vec<Step> = input
        .steps
        .iter()
        .map(|(days, text)| Step {
            days: *days,
            // No step has this much.
            percent_ppm: percent_ppm(text).unwrap_or(i64::MAX),
        })
        .collect();
    let at = |place: usize, field: &str| format!("/cash_discount/{place}/{field}");
    let days_of = |place: usize| input.steps.get(place).map(|(days, _)| *days).unwrap_or_default();
    let percent_of = |place: usize| input.steps.get(place).map(|(_, text)| text.clone()).unwrap_or_default();
    let fault = |fault: Fault| match fault {
        Fault::TooMany => {
            let detail = sentences::too_many_discounts(STEPS_MAX);
            FieldError::new("/cash_discount", Code::ValueInvalid, detail)
        }
        Fault::Days(place) => {
            let most = terms_days.clamp(0, rules::DAYS_MAX);
            let detail = sentences::discount_days_out_of_range(days_of(place), most);
            FieldError::new(at(place, "days"), Code::ValueInvalid, detail)
        }
        Fault::Percent(place) => {
            let detail = sentences::discount_percent_invalid(percent_of(place));
            FieldError::new(at(place, "percent"), Code::ValueInvalid, detail)
        }
        Fault::Order(place) => {
            let detail = sentences::discounts_out_of_order();
            FieldError::new(at(place, "days"), Code::ValueInvalid, detail)
        }
    };
    let faults: Vec<_> = rules::faults(&steps, terms_days).into_iter().map(fault).collect();
    match faults.is_empty() {
        true => Ok(Terms {
            steps,
            statement_mail: input.statement_mail,
        }),
        false => Err(Error::Invalid(faults)),
    }
}
