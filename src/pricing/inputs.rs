//! What staff give of price lists and prices: read from JSON, from a form and, as cells of a row, checked as the import
//! files are.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::rules::Tier;
use crate::kept::{self, DecimalText, IntegerText};
use crate::pricing::rules::keeping::{KeptList, KeptPrice};
use crate::pricing::rules::{Level, Method, Scale};

/// A new price list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CreatePriceList)]
pub struct NewList {
    /// At most 64 characters; never changes.
    #[schema(example = "C-NORD")]
    pub(super) code: String,
    name: String,
    /// ISO 4217; for lists of an account the one it trades in.
    #[schema(example = "EUR")]
    currency: String,
    #[schema(value_type = Level)]
    kind: String,
    /// Code of the account, for lists that are kept for one.
    account: Option<String>,
    /// For lists of a tier.
    #[schema(value_type = Option<Tier>)]
    tier: Option<String>,
    /// 100 where it is left out.
    #[schema(value_type = Option<i64>)]
    rank: Option<IntegerText>,
    /// First day, `YYYY-MM-DD`.
    valid_from: Option<String>,
    /// Last day, `YYYY-MM-DD`.
    valid_to: Option<String>,
    /// Code of the contract of a list of kind `contract`: it applies only while that is in force.
    contract: Option<String>,
    /// Code of the account's site whose orders it is for; all where it is left out.
    site: Option<String>,
    /// By what its breaks are reached; `line` where it is left out.
    #[schema(value_type = Option<Scale>)]
    scale: Option<String>,
    /// What its breaks are for; `all_units` where it is left out.
    #[schema(value_type = Option<Method>)]
    method: Option<String>,
}

/// What to change of a price list; what is left out stays, null empties.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChangePriceList)]
pub struct ListChange {
    name: Option<String>,
    /// ISO 4217
    currency: Option<String>,
    #[schema(value_type = Option<Level>)]
    kind: Option<String>,
    /// Code of an account.
    #[serde(default, deserialize_with = "kept::text")]
    account: Option<String>,
    #[serde(default, deserialize_with = "kept::text")]
    #[schema(value_type = Option<Tier>)]
    tier: Option<String>,
    #[schema(value_type = Option<i64>)]
    rank: Option<IntegerText>,
    /// First day, `YYYY-MM-DD`.
    #[serde(default, deserialize_with = "kept::text")]
    valid_from: Option<String>,
    /// Last day, `YYYY-MM-DD`.
    #[serde(default, deserialize_with = "kept::text")]
    valid_to: Option<String>,
    /// Code of the contract.
    #[serde(default, deserialize_with = "kept::text")]
    contract: Option<String>,
    /// Code of the account's site whose orders it is for.
    #[serde(default, deserialize_with = "kept::text")]
    site: Option<String>,
    /// By what its breaks are reached.
    #[schema(value_type = Option<Scale>)]
    scale: Option<String>,
    /// What its breaks are for.
    #[schema(value_type = Option<Method>)]
    method: Option<String>,
}

/// A new row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CreatePrice)]
pub struct NewPrice {
    /// Code of the list.
    #[schema(example = "C-NORD")]
    pub(super) price_list: String,
    pub(super) sku: String,
    /// The product's base unit or one of its sale units.
    #[schema(example = "H87")]
    unit: String,
    /// In base units; 0 where it is left out.
    pub(super) min_quantity: Option<DecimalText>,
    /// Above zero, at most six decimals.
    #[schema(example = "2.95")]
    price: DecimalText,
    /// 1, 10, 100 or 1000; 1 where it is left out.
    #[schema(value_type = Option<i64>)]
    price_base: Option<IntegerText>,
    /// First day, `YYYY-MM-DD`.
    valid_from: Option<String>,
    /// Last day, `YYYY-MM-DD`.
    valid_to: Option<String>,
    /// Why it is granted, where it is kept for one account and below list or floor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 300)]
    pub(super) reason: Option<String>,
    /// What its break is counted with, where its list counts groups.
    price_group: Option<String>,
}

/// What to change of a row; what is left out stays, null empties.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChangePrice)]
pub struct PriceChange {
    /// In base units.
    min_quantity: Option<DecimalText>,
    /// Above zero, at most six decimals.
    #[schema(example = "2.95")]
    price: Option<DecimalText>,
    /// 1, 10, 100 or 1000.
    #[schema(value_type = Option<i64>)]
    price_base: Option<IntegerText>,
    /// First day, `YYYY-MM-DD`.
    #[serde(default, deserialize_with = "kept::text")]
    valid_from: Option<String>,
    /// Last day, `YYYY-MM-DD`.
    #[serde(default, deserialize_with = "kept::text")]
    valid_to: Option<String>,
    /// Why it is granted, where it is kept for one account and below list or floor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 300)]
    pub(super) reason: Option<String>,
    /// What its break is counted with, where its list counts groups.
    #[serde(default, deserialize_with = "kept::text")]
    price_group: Option<String>,
}

fn day(day: Option<NaiveDate>) -> Option<String> {
    Some(day.map_or_else(String::new, |day| day.to_string()))
}

fn number(number: impl ToString) -> Option<IntegerText> {
    Some(IntegerText(number.to_string()))
}

impl From<&KeptList> for NewList {
    fn from(list: &KeptList) -> Self {
        Self {
            code: list.code.clone(),
            name: list.name.clone(),
            currency: list.currency.code().to_owned(),
            kind: list.kind.name().to_owned(),
            account: Some(list.owner.as_ref().map(|owner| owner.code.clone()).unwrap_or_default()),
            tier: Some(list.tier.map_or_else(String::new, |tier| tier.to_string())),
            rank: number(list.rank),
            valid_from: day(list.validity.from),
            valid_to: day(list.validity.to),
            contract: Some(list.contract.clone().unwrap_or_default()),
            site: Some(list.site.clone().unwrap_or_default()),
            scale: Some(list.scale.name().to_owned()),
            method: Some(list.method.name().to_owned()),
        }
    }
}

impl From<&KeptPrice> for NewPrice {
    fn from(price: &KeptPrice) -> Self {
        Self {
            price_list: price.list_code.clone(),
            sku: price.sku.clone(),
            unit: price.unit.clone(),
            min_quantity: Some(DecimalText(price.min_quantity.to_string())),
            price: DecimalText(price.price.to_string()),
            price_base: number(price.price_base),
            valid_from: day(price.validity.from),
            valid_to: day(price.validity.to),
            reason: None,
            price_group: Some(price.price_group.clone().unwrap_or_default()),
        }
    }
}
