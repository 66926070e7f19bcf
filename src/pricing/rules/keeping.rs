//! Price lists and prices as staff keep them.

use super::{Level, Method, Scale, Validity};
use crate::accounts::rules::Tier;
pub use crate::catalogue::rules::keeping::Owner;
use crate::ids::{AccountId, PriceId, PriceListId, ProductId};
use crate::money::{Currency, UnitPrice};
use crate::names::names;
use crate::quantity::Quantity;

names! {
    /// What is done to a price.
    pub enum PriceAction as PriceAction {
        Add = "price.add",
        Change = "price.change",
        Remove = "price.remove",
    }
}

/// A price list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptList {
    pub id: PriceListId,
    pub code: String,
    pub name: String,
    /// What its prices are in.
    pub currency: Currency,
    /// Whom it is for.
    pub kind: Level,
    /// The account, for lists of one.
    pub owner: Option<Owner>,
    /// The tier, for lists of one.
    pub tier: Option<Tier>,
    /// Lower goes first among lists of the same kind.
    pub rank: i32,
    /// When it holds.
    pub validity: Validity,
    /// Code of its contract: it applies only while that is in force.
    pub contract: Option<String>,
    /// Code of the site whose orders it is for.
    pub site: Option<String>,
    pub scale: Scale,
    pub method: Method,
    /// How many rows it has.
    pub prices: i64,
}

/// A row of a price list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPrice {
    /// The row.
    pub id: PriceId,
    pub list_id: PriceListId,
    /// The list's code.
    pub list_code: String,
    pub currency: Currency,
    /// The account the list is kept for.
    pub account_id: Option<AccountId>,
    pub product_id: ProductId,
    /// The product's number.
    pub sku: String,
    /// The product's name.
    pub name: String,
    /// The product's base unit.
    pub base_unit: String,
    pub unit: String,
    /// The break, in base units.
    pub min_quantity: Quantity,
    /// What `price_base` of the unit cost.
    pub price: UnitPrice,
    /// One of [`super::PRICE_BASES`].
    pub price_base: i32,
    /// When it holds.
    pub validity: Validity,
    /// What its break is counted with.
    pub price_group: Option<String>,
}
