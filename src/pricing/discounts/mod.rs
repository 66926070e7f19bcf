//! Discounts as staff keep them: what is taken off the price of a line, of whom, on what, in which order.

pub mod files;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::Validity;
use super::rules::discounts::{DiscountKind, DiscountMode, value_text};
use super::sentences;
use crate::accounts::files::accounts::Accounts;
use crate::audit::{self, Actor, Entry};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, DiscountId};
use crate::kept::{self, DecimalText, IntegerText};
use crate::names::sets::OrderClass;
use crate::version::Expected;

const COLUMNS: [&[&str]; 2] = [files::LAYOUT.required, files::LAYOUT.optional];

/// A discount as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDiscount {
    pub id: DiscountId,
    pub code: String,
    pub name: String,
    /// Lower goes first.
    pub position: i32,
    pub kind: DiscountKind,
    /// Parts per million, or millionths of the currency for each base unit.
    pub value: i64,
    pub mode: DiscountMode,
    /// Id and code of the account that gets it; everybody where there is none.
    pub account: Option<(AccountId, String)>,
    pub category: Option<String>,
    pub order_class: Option<OrderClass>,
    /// Of an amount.
    pub currency: Option<String>,
    pub validity: Validity,
}

impl KeptDiscount {
    /// Percents, or what it takes off each base unit.
    pub fn value_text(&self) -> String {
        value_text(self.kind, self.value)
    }
}

/// A new discount.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CreateDiscount)]
pub struct NewDiscount {
    /// At most 64 characters; never changes.
    #[schema(example = "AUTUMN")]
    discount: String,
    /// Buyers and invoices read it.
    #[schema(example = "Autumn discount")]
    name: String,
    #[schema(value_type = DiscountKind)]
    kind: String,
    /// Percents with at most four decimals, or an amount for each base unit with at most six.
    #[schema(example = "2.5")]
    value: DecimalText,
    /// Lower goes first, of equals the one whose code sorts first; 100 where it is left out.
    #[schema(value_type = Option<i64>)]
    position: Option<IntegerText>,
    /// `compound` where it is left out.
    #[schema(value_type = Option<DiscountMode>)]
    mode: Option<String>,
    /// Code of the account that gets it; everybody where it is left out.
    account: Option<String>,
    /// Only articles of exactly this category.
    category: Option<String>,
    /// Only orders of this class.
    #[schema(value_type = Option<OrderClass>)]
    order_class: Option<String>,
    /// ISO 4217, of an amount: accounts that trade in another one don't get it.
    currency: Option<String>,
    /// First day, `YYYY-MM-DD`.
    valid_from: Option<String>,
    /// Last day, `YYYY-MM-DD`.
    valid_to: Option<String>,
}

/// All of a discount but its code.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PutDiscount)]
pub struct DiscountInput {
    /// Buyers and invoices read it.
    #[schema(example = "Autumn discount")]
    name: String,
    #[schema(value_type = DiscountKind)]
    kind: String,
    /// Percents with at most four decimals, or an amount for each base unit with at most six.
    #[schema(example = "2.5")]
    value: DecimalText,
    /// Lower goes first, of equals the one whose code sorts first; 100 where it is left out.
    #[schema(value_type = Option<i64>)]
    position: Option<IntegerText>,
    /// `compound` where it is left out.
    #[schema(value_type = Option<DiscountMode>)]
    mode: Option<String>,
    /// Code of the account that gets it; everybody where it is left out.
    account: Option<String>,
    /// Only articles of exactly this category.
    category: Option<String>,
    /// Only orders of this class.
    #[schema(value_type = Option<OrderClass>)]
    order_class: Option<String>,
    /// ISO 4217, of an amount: accounts that trade in another one don't get it.
    currency: Option<String>,
    /// First day, `YYYY-MM-DD`.
    valid_from: Option<String>,
    /// Last day, `YYYY-MM-DD`.
    valid_to: Option<String>,
}

impl DiscountInput {
    fn of(self, discount: String) -> NewDiscount {
        NewDiscount {
            discount,
            name: self.name,
            kind: self.kind,
            value: self.value,
            position: self.position,
            mode: self.mode,
            account: self.account,
            category: self.category,
            order_class: self.order_class,
            currency: self.currency,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
        }
    }
}

impl From<&KeptDiscount> for NewDiscount {
    fn from(kept: &KeptDiscount) -> Self {
        let day = |day: Option<NaiveDate>| Some(day.map_or_else(String::new, |day| day.to_string()));
        let text = |text: Option<&str>| Some(text.unwrap_or_default().to_owned());
        Self {
            discount: kept.code.clone(),
            name: kept.name.clone(),
            kind: kept.kind.name().to_owned(),
            value: DecimalText(kept.value_text()),
            position: Some(IntegerText(kept.position.to_string())),
            mode: Some(kept.mode.name().to_owned()),
            account: text(kept.account.as_ref().map(|(_, code)| code.as_str())),
            category: text(kept.category.as_deref()),
            order_class: text(kept.order_class.map(OrderClass::name)),
            currency: text(kept.currency.as_deref()),
            valid_from: day(kept.validity.from),
            valid_to: day(kept.validity.to),
        }
    }
}

/// At most `limit` discounts, the oldest first; of an account only those that name it.
pub fn list(
    connection: &mut Connection,
    account: Option<&str>,
    walk: impl Into<Walk<DiscountId>>,
    limit: i64,
) -> Result<Vec<KeptDiscount>> {
    store::list(connection, account, walk.into(), limit)
}

/// The discount with this id.
pub fn get(connection: &mut Connection, id: DiscountId) -> Result<KeptDiscount> {
    store::find(connection, id)?.ok_or(Error::NotFound)
}

/// The version of a discount.
pub fn version(discount: &KeptDiscount) -> i64 {
    kept::version(&NewDiscount::from(discount))
}

fn record(
    tx: &mut Connection,
    actor: &Actor,
    action: &'static str,
    (was, is): (Option<&KeptDiscount>, Option<&KeptDiscount>),
    now: Timestamp,
) -> Result<()> {
    let Some(one) = is.or(was) else { return Ok(()) };
    let (old, new) = (was.map(NewDiscount::from), is.map(NewDiscount::from));
    let account_id = one.account.as_ref().map(|(id, _)| *id);
    let entry = Entry::kept(action, account_id, one.id.to_string(), old.as_ref(), new.as_ref());
    audit::record(tx, actor, &entry, now)
}

fn read(tx: &mut Connection, new: &NewDiscount) -> Result<files::DiscountRow> {
    let accounts = Accounts::load(tx)?;
    let known = files::Discounts::load(tx)?;
    files::read(&kept::row(new, &COLUMNS)?, &accounts, &known).map_err(Error::Invalid)
}

/// Adds a discount; it holds for what is ordered from now on.
pub fn add(tx: &mut Connection, new: &NewDiscount, actor: &Actor, now: Timestamp) -> Result<KeptDiscount> {
    let duplicate = || Error::invalid("/discount", Code::DuplicateKey, sentences::discount_exists());
    let row = read(tx, new)?;
    let id = row.id();
    if store::find(tx, id)?.is_some() || !files::insert(tx, row)? {
        return Err(duplicate());
    }
    let added = get(tx, id)?;
    record(tx, actor, "discount.add", (None, Some(&added)), now)?;
    Ok(added)
}

/// Changes a discount; its code stays. What is ordered keeps what was taken off.
pub fn change(
    tx: &mut Connection,
    id: DiscountId,
    expected: &Expected,
    input: &DiscountInput,
    actor: &Actor,
    now: Timestamp,
) -> Result<KeptDiscount> {
    let before = store::lock(tx, id)?.ok_or(Error::NotFound)?;
    expected.check(version(&before))?;
    let new = input.clone().of(before.code.clone());
    let row = read(tx, &new)?;
    files::store(tx, &row)?;
    let after = get(tx, id)?;
    if after != before {
        record(tx, actor, "discount.change", (Some(&before), Some(&after)), now)?;
    }
    Ok(after)
}

/// Takes a discount away. What is ordered keeps what was taken off.
pub fn remove(
    tx: &mut Connection,
    id: DiscountId,
    expected: &Expected,
    actor: &Actor,
    now: Timestamp,
) -> Result<KeptDiscount> {
    let before = store::lock(tx, id)?.ok_or(Error::NotFound)?;
    expected.check(version(&before))?;
    store::delete(tx, id)?;
    record(tx, actor, "discount.remove", (Some(&before), None), now)?;
    Ok(before)
}
