//! Rows by a rule: the prices of some lists and categories as they hold on the day, by a percentage or an amount, rounded.

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::rules::{Adjustment, Rounding, adjusted};
use super::store::NewRow;
use super::{Change, lock_open, put_new, record, sentences, store};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{PriceChangeId, PriceChangeRowId, PriceId, PriceListId};
use crate::kept::DecimalText;
use crate::money::UnitPrice;
use crate::pricing::files::price_lists::PriceLists;
use crate::quantity::Decimal;
use crate::sentences::unknown_price_list;

/// Prices that are looked at in one transaction.
const LOOKED_AT: i64 = 5_000;
/// Decimals of a percentage.
const PERCENT_DECIMALS: u8 = 4;

/// By which rule rows are made.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PriceChangeRule)]
pub struct Rule {
    /// Codes of lists, 1 to 200.
    #[schema(max_items = 200)]
    pub price_lists: Vec<String>,
    /// Only products of these categories; all, if left out.
    #[serde(default)]
    #[schema(max_items = 200)]
    pub categories: Vec<String>,
    /// Per cent, also below zero; either this or an amount.
    #[schema(value_type = Option<DecimalText>, example = "3.5")]
    pub percent: Option<DecimalText>,
    /// For the same price base, also below zero.
    #[schema(value_type = Option<DecimalText>)]
    pub amount: Option<DecimalText>,
    /// To multiples of this; where all its digits are nines, to prices that end so: `0.05`, `0.09`, `0.99`.
    #[schema(value_type = Option<DecimalText>, example = "0.05")]
    pub rounding: Option<DecimalText>,
}

/// A rule that was read.
#[derive(Debug, Clone)]
pub struct Ready {
    lists: Vec<PriceListId>,
    categories: Vec<String>,
    by: Adjustment,
    rounding: Option<Rounding>,
}

fn adjustment(rule: &Rule) -> Result<Adjustment, FieldError> {
    let fault = |pointer: &str, detail| FieldError::new(pointer, Code::ValueInvalid, detail);
    match (&rule.percent, &rule.amount) {
        (Some(DecimalText(text)), None) => {
            let percent = Decimal::parse(text).and_then(|decimal| decimal.scaled(PERCENT_DECIMALS));
            let percent = percent.map(Adjustment::Percent).ok();
            percent.ok_or_else(|| fault("/percent", sentences::price_change_percent(text)))
        }
        (None, Some(DecimalText(text))) => {
            let amount = UnitPrice::parse(text).ok();
            let amount = amount.map(|price| Adjustment::Amount(price.micros));
            amount.ok_or_else(|| fault("/amount", sentences::price_change_amount(text)))
        }
        (None, None) | (Some(_), Some(_)) => {
            Err(fault("/percent", sentences::price_change_one_of_percent_and_amount()))
        }
    }
}

/// Reads a rule; everything wrong with it at once.
pub fn read(connection: &mut Connection, rule: &Rule) -> Result<Ready> {
    let (mut lists, mut faults) = (Vec::new(), Vec::new());
    let codes = rule.price_lists.iter().map(|code| code.trim());
    let codes: Vec<_> = codes.filter(|code| !code.is_empty()).collect();
    if codes.is_empty() {
        let detail = sentences::price_change_no_lists();
        faults.push(FieldError::new("/price_lists", Code::Required, detail));
    }
    let known = PriceLists::load(connection)?;
    for code in codes {
        match known.get(code) {
            Some(list) => lists.push(list.id),
            None => faults.push(FieldError::new(
                "/price_lists",
                Code::UnknownPriceList,
                unknown_price_list(code),
            )),
        }
    }
    let by = adjustment(rule).map_err(|fault| faults.push(fault)).ok();
    let rounding = match rule.rounding.as_ref().filter(|rounding| !rounding.0.is_empty()) {
        None => Some(None),
        Some(DecimalText(text)) => {
            let read = Rounding::parse(text);
            if read.is_none() {
                let detail = sentences::price_change_rounding(text);
                faults.push(FieldError::new("/rounding", Code::ValueInvalid, detail));
            }
            read.map(Some)
        }
    };
    match (by, rounding) {
        (Some(by), Some(rounding)) if faults.is_empty() => Ok(Ready {
            lists,
            categories: rule
                .categories
                .iter()
                .map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty())
                .collect(),
            by,
            rounding,
        }),
        _ => Err(Error::Invalid(faults)),
    }
}

/// Makes rows of the next prices behind `after`; where the next part goes on, and how many rows it were.
pub fn add_part(
    tx: &mut Connection,
    id: PriceChangeId,
    rule: &Ready,
    after: PriceId,
    actor: &Actor,
) -> Result<(Change, Option<PriceId>, usize)> {
    let mut change = lock_open(tx, id)?;
    let found = store::list_ruled(
        tx,
        (&rule.lists, &rule.categories),
        change.effective_on,
        after,
        LOOKED_AT,
    )?;
    let is_all = i64::try_from(found.len()).map_err(Error::internal)? < LOOKED_AT;
    let next = found.last().map(|price| price.id).filter(|_| !is_all);
    let mut rows = Vec::with_capacity(found.len());
    for price in found {
        let Some(becomes) = adjusted(price.price, rule.by, rule.rounding) else {
            let detail = sentences::price_change_rule_below_zero(&price.sku, &price.list_code);
            let pointer = if matches!(rule.by, Adjustment::Percent(_)) {
                "/percent"
            } else {
                "/amount"
            };
            return Err(Error::invalid(pointer, Code::ValueInvalid, detail));
        };
        if becomes != price.price {
            rows.push(NewRow {
                id: PriceChangeRowId::new(),
                change_id: id,
                price_list_id: price.price_list_id,
                product_id: price.product_id,
                unit: price.unit,
                min_quantity: price.min_quantity,
                price_micros: becomes.micros,
                price_base: price.price_base,
            });
        }
    }
    if !rows.is_empty() {
        put_new(tx, &mut change, &rows, actor)?;
    }
    Ok((change, next, rows.len()))
}

/// Notes in the record that rows were made by a rule; one that finds nothing is refused.
pub fn end(
    tx: &mut Connection,
    id: PriceChangeId,
    (rule, rows): (&Rule, usize),
    actor: &Actor,
    now: Timestamp,
) -> Result<Change> {
    if rows == 0 {
        let detail = sentences::price_change_rule_finds_nothing();
        return Err(Error::invalid("/price_lists", Code::ValueInvalid, detail));
    }
    let change = super::get(tx, id)?;
    let details = json!({ "title": change.title, "rows": rows, "rule": rule });
    record(tx, actor, &change, ("price_change.rows", details), now)?;
    Ok(change)
}
