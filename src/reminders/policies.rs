//! Policies are kept by those who keep the books: added and changed.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::rules::LEVELS_MAX;
use super::rules::policy::{Level, Policy};
use super::sentences;
use super::store::keeping;
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::seek::Walk;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::ReminderPolicyId;
use crate::kept::DecimalText;
use crate::limits;
use crate::money::{Currency, Money, UnitPrice};
use crate::version::{Expected, of_content};

/// Longest text of a level, in characters.
const LETTER_CHARS_MAX: usize = 2_000;
/// An invoice may be so late.
const DAYS_MAX: i32 = 3_650;
/// Interest of a year, parts per million.
const INTEREST_PPM_MAX: i64 = 1_000_000;
/// Millionths of a percent of a part per million.
const MICROS_OF_PPM: i64 = 100;

/// What the columns and fields of each level are called, in the order of [`LevelInput`]'s.
pub const FIELDS: [[&str; 6]; LEVELS_MAX] = [
    [
        "days_overdue_1",
        "days_between_1",
        "fee_1",
        "interest_1",
        "text_en_1",
        "text_de_1",
    ],
    [
        "days_overdue_2",
        "days_between_2",
        "fee_2",
        "interest_2",
        "text_en_2",
        "text_de_2",
    ],
    [
        "days_overdue_3",
        "days_between_3",
        "fee_3",
        "interest_3",
        "text_en_3",
        "text_de_3",
    ],
];

/// A new policy.
#[derive(Debug, Clone, Deserialize, Serialize, utoipa::ToSchema)]
#[schema(as = NewReminderPolicy)]
#[serde(deny_unknown_fields)]
pub struct NewPolicy {
    /// What accounts name it by; it stays.
    #[schema(example = "HOUSE")]
    code: String,
    name: String,
    /// ISO 4217; for accounts of another one there is neither a fee nor a smallest amount.
    #[schema(example = "EUR")]
    currency: String,
    /// An account that owes less is not reminded; 0 if left out.
    #[schema(example = "10.00")]
    smallest_amount: Option<DecimalText>,
    /// One to three: a friendly reminder, a reminder, the last call.
    #[schema(min_items = 1, max_items = 3)]
    levels: Vec<LevelInput>,
    /// New orders are held once an invoice has reached this level; never if left out.
    #[schema(minimum = 1, maximum = 3)]
    hold_level: Option<i32>,
    /// New orders are held once an invoice is so many days late; never if left out.
    #[schema(minimum = 1, maximum = 3650)]
    hold_days: Option<i32>,
}

/// A policy as somebody gives it.
#[derive(Debug, Clone, Deserialize, Serialize, utoipa::ToSchema)]
#[schema(as = PutReminderPolicy)]
#[serde(deny_unknown_fields)]
pub struct PolicyInput {
    name: String,
    /// ISO 4217; for accounts of another one there is neither a fee nor a smallest amount.
    #[schema(example = "EUR")]
    currency: String,
    /// An account that owes less is not reminded; 0 if left out.
    #[schema(example = "10.00")]
    smallest_amount: Option<DecimalText>,
    /// One to three: a friendly reminder, a reminder, the last call.
    #[schema(min_items = 1, max_items = 3)]
    levels: Vec<LevelInput>,
    /// New orders are held once an invoice has reached this level; never if left out.
    #[schema(minimum = 1, maximum = 3)]
    hold_level: Option<i32>,
    /// New orders are held once an invoice is so many days late; never if left out.
    #[schema(minimum = 1, maximum = 3650)]
    hold_days: Option<i32>,
}

/// A level as somebody gives it.
#[derive(Debug, Clone, Deserialize, Serialize, utoipa::ToSchema)]
#[schema(as = PutReminderLevel)]
#[serde(deny_unknown_fields)]
pub struct LevelInput {
    /// An invoice that is so many days late reaches it.
    #[schema(minimum = 1, maximum = 3650)]
    days_overdue: i32,
    /// But not before so many days after the level before; 7 if left out.
    #[schema(minimum = 0, maximum = 3650)]
    days_between: Option<i32>,
    /// Of each reminder; none if left out.
    #[schema(example = "5.00")]
    fee: Option<DecimalText>,
    /// Percent of a year, counted by days (act/365); none if left out.
    #[schema(example = "9.12")]
    interest: Option<DecimalText>,
    /// What the reminder says in English; the built-in words if left out.
    text_en: Option<String>,
    /// The same in German.
    text_de: Option<String>,
}

impl PolicyInput {
    /// Name and currency, the least that is worth a reminder, the levels, and from which level and day on orders are held.
    pub(super) fn new(
        (name, currency): (String, String),
        smallest_amount: Option<DecimalText>,
        levels: Vec<LevelInput>,
        (hold_level, hold_days): (Option<i32>, Option<i32>),
    ) -> Self {
        Self {
            name,
            currency,
            smallest_amount,
            levels,
            hold_level,
            hold_days,
        }
    }

    /// The same as a new policy with this code.
    pub(super) fn named(self, code: String) -> NewPolicy {
        NewPolicy {
            code,
            name: self.name,
            currency: self.currency,
            smallest_amount: self.smallest_amount,
            levels: self.levels,
            hold_level: self.hold_level,
            hold_days: self.hold_days,
        }
    }
}

impl LevelInput {
    /// Days late and since the level before, fee and interest, what it says in English and in German.
    pub(super) fn new(
        (days_overdue, days_between): (i32, Option<i32>),
        (fee, interest): (Option<DecimalText>, Option<DecimalText>),
        (text_en, text_de): (Option<String>, Option<String>),
    ) -> Self {
        Self {
            days_overdue,
            days_between,
            fee,
            interest,
            text_en,
            text_de,
        }
    }
}

/// Days between two levels where nothing is said.
const DAYS_BETWEEN: i32 = 7;

struct Faults(Vec<FieldError>);

impl Faults {
    fn add(&mut self, pointer: String, code: Code, detail: crate::sentences::Sentence) {
        self.0.push(FieldError::new(pointer, code, detail));
    }

    fn days(&mut self, pointer: String, days: i32, least: i32) {
        if !(least..=DAYS_MAX).contains(&days) {
            self.add(
                pointer,
                Code::ValueInvalid,
                sentences::reminder_days(days, least, DAYS_MAX),
            );
        }
    }

    fn amount(&mut self, pointer: String, text: Option<&DecimalText>, currency: Currency) -> i64 {
        let Some(text) = text else { return 0 };
        match Money::parse(&text.0, currency) {
            Ok(amount) if amount.minor >= 0 => amount.minor,
            _ => {
                let detail = sentences::reminder_amount(&text.0, currency.code());
                self.add(pointer, Code::ValueInvalid, detail);
                0
            }
        }
    }

    fn interest(&mut self, pointer: String, text: Option<&DecimalText>) -> i64 {
        let Some(text) = text else { return 0 };
        let micros = UnitPrice::parse(&text.0).map(|percent| percent.micros);
        let ppm = micros.ok().filter(|micros| micros % MICROS_OF_PPM == 0);
        match ppm.map(|micros| micros / MICROS_OF_PPM) {
            Some(ppm) if (0..=INTEREST_PPM_MAX).contains(&ppm) => ppm,
            _ => {
                self.add(pointer, Code::ValueInvalid, sentences::reminder_interest(&text.0));
                0
            }
        }
    }

    fn letter(&mut self, pointer: String, text: Option<&String>) -> Option<String> {
        let text = text.map(|text| text.trim()).filter(|text| !text.is_empty())?;
        let chars = text.chars().count();
        if chars > LETTER_CHARS_MAX {
            let detail = sentences::reminder_text_too_long(chars, LETTER_CHARS_MAX);
            self.add(pointer, Code::ValueTooLong, detail);
        }
        Some(text.to_owned())
    }
}

pub(super) fn checked(id: ReminderPolicyId, code: &str, input: &PolicyInput) -> Result<Policy> {
    let mut faults = Faults(Vec::new());
    let (code, name) = (code.trim(), input.name.trim());
    if code.is_empty() || code.chars().count() > limits::CODE {
        let detail = sentences::reminder_policy_code(limits::CODE);
        faults.add("/code".to_owned(), Code::ValueInvalid, detail);
    }
    if name.is_empty() || name.chars().count() > limits::NAME {
        let detail = sentences::reminder_policy_name(limits::NAME);
        faults.add("/name".to_owned(), Code::ValueInvalid, detail);
    }
    let Some(currency) = Currency::of_payments(&input.currency) else {
        let detail = sentences::reminder_currency(&input.currency);
        faults.add("/currency".to_owned(), Code::UnknownCurrency, detail);
        return Err(Error::Invalid(faults.0));
    };
    let count = input.levels.len();
    if !(1..=LEVELS_MAX).contains(&count) {
        faults.add(
            "/levels".to_owned(),
            Code::ValueInvalid,
            sentences::reminder_levels(count),
        );
    }
    let mut before = None;
    let mut levels = Vec::with_capacity(count);
    for (place, level) in input.levels.iter().enumerate() {
        let at = |field: &str| format!("/levels/{place}/{field}");
        let days_between = level.days_between.unwrap_or(DAYS_BETWEEN);
        faults.days(at("days_overdue"), level.days_overdue, 1);
        faults.days(at("days_between"), days_between, 0);
        if let Some(before) = before.filter(|before| *before >= level.days_overdue) {
            let detail = sentences::reminder_days_rise(level.days_overdue, before);
            faults.add(at("days_overdue"), Code::ValueInvalid, detail);
        }
        before = Some(level.days_overdue);
        levels.push(Level {
            days_overdue: level.days_overdue,
            days_between,
            fee_minor: faults.amount(at("fee"), level.fee.as_ref(), currency),
            interest_ppm: faults.interest(at("interest"), level.interest.as_ref()),
            text_en: faults.letter(at("text_en"), level.text_en.as_ref()),
            text_de: faults.letter(at("text_de"), level.text_de.as_ref()),
        });
    }
    if let Some(level) = input.hold_level
        && !usize::try_from(level).is_ok_and(|level| (1..=count).contains(&level))
    {
        let detail = sentences::reminder_hold_level(level, count);
        faults.add("/hold_level".to_owned(), Code::ValueInvalid, detail);
    }
    if let Some(days) = input.hold_days {
        faults.days("/hold_days".to_owned(), days, 1);
    }
    let smallest = input.smallest_amount.as_ref();
    let policy = Policy {
        id,
        code: code.to_owned(),
        name: name.to_owned(),
        currency,
        smallest_minor: faults.amount("/smallest_amount".to_owned(), smallest, currency),
        levels,
        hold_level: input.hold_level,
        hold_days: input.hold_days,
    };
    match faults.0.is_empty() {
        true => Ok(policy),
        false => Err(Error::Invalid(faults.0)),
    }
}

/// Everything of a policy that somebody may change, as the record keeps it.
fn facts(policy: &Policy) -> serde_json::Value {
    json!({
        "code": policy.code, "name": policy.name, "currency": policy.currency.code(),
        "smallest_amount": Money::new(policy.smallest_minor, policy.currency).to_string(),
        "levels": policy.levels, "hold_level": policy.hold_level, "hold_days": policy.hold_days,
    })
}

/// The version of a policy: it differs where the content does.
pub fn version(policy: &Policy) -> Result<i64> {
    of_content(&facts(policy))
}

/// At most `limit` policies by code.
pub fn list(connection: &mut Connection, walk: Walk<String>, limit: i64) -> Result<Vec<Policy>> {
    keeping::list_policies(connection, walk, limit)
}

/// The policy with this id.
pub fn get(connection: &mut Connection, id: ReminderPolicyId) -> Result<Policy> {
    keeping::find_policy(connection, id)?.ok_or(Error::NotFound)
}

/// Adds a policy.
pub fn add(tx: &mut Connection, new: &NewPolicy, actor: &Actor, now: Timestamp) -> Result<Policy> {
    let input = PolicyInput {
        name: new.name.clone(),
        currency: new.currency.clone(),
        smallest_amount: new.smallest_amount.clone(),
        levels: new.levels.clone(),
        hold_level: new.hold_level,
        hold_days: new.hold_days,
    };
    let policy = checked(ReminderPolicyId::new(), &new.code, &input)?;
    if !keeping::insert_policy(tx, &policy)? {
        let detail = sentences::reminder_policy_used(&policy.code);
        return Err(Error::invalid("/code", Code::DuplicateKey, detail));
    }
    let entry = audit::Entry::kept(
        "reminder_policy.add",
        None,
        policy.id.to_string(),
        None,
        Some(&facts(&policy)),
    );
    audit::record(tx, actor, &entry, now)?;
    Ok(policy)
}

/// Changes a policy; its code stays. Reminders that were sent stay as they are.
pub fn change(
    tx: &mut Connection,
    id: ReminderPolicyId,
    expected: &Expected,
    input: &PolicyInput,
    actor: &Actor,
    now: Timestamp,
) -> Result<Policy> {
    let before = keeping::lock_policy(tx, id)?.ok_or(Error::NotFound)?;
    expected.check(version(&before)?)?;
    let policy = checked(id, &before.code, input)?;
    if policy == before {
        return Ok(policy);
    }
    let mut batch = Batch::new();
    keeping::update_policy(&mut batch, &policy)?;
    let (was, is) = (facts(&before), facts(&policy));
    let entry = audit::Entry::kept("reminder_policy.change", None, id.to_string(), Some(&was), Some(&is));
    batch.add(audit::recording(actor, &entry, now));
    batch.run(tx)?;
    Ok(policy)
}

/// The id behind a code, or none where none is given.
pub(super) fn by_code(
    connection: &mut Connection,
    pointer: &str,
    code: Option<&str>,
) -> Result<Option<ReminderPolicyId>> {
    let Some(code) = code.map(str::trim).filter(|code| !code.is_empty()) else {
        return Ok(None);
    };
    let unknown = || {
        Error::invalid(
            pointer,
            Code::UnknownReminderPolicy,
            sentences::no_reminder_policy(code),
        )
    };
    Ok(Some(
        keeping::find_policy_by_code(connection, code)?.ok_or_else(unknown)?.id,
    ))
}
