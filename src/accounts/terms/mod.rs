//! What a price, a tax and a credit decision need to know of an account and its supplier: one statement.

pub mod editing;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use chrono::NaiveDate;
use chrono_tz::Tz;

pub use self::store::load;
use crate::accounts::choices::rules::UsualChoices;
use crate::accounts::credit::rules::{CreditTerms, usable};
use crate::accounts::rules::Tier;
use crate::ids::AccountId;
use crate::money::{Currency, Money};
use crate::names::sets::PriceStrategy;

/// The terms of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    pub account_id: AccountId,
    pub code: String,
    /// The currency of all its documents.
    pub currency: Currency,
    /// How much it matters.
    pub tier: Tier,
    /// None: no limit. Zero: every order is held.
    pub credit_limit: Option<Money>,
    /// What else holds for its credit.
    pub credit: CreditTerms,
    /// Its VAT id, unless that is known to be invalid.
    pub vat_id: Option<String>,
    /// The supplier's country (ISO 3166-1 alpha-2), once it is known.
    pub supplier_country: Option<String>,
    /// The zone whose days are the pricing and placing days.
    pub supplier_zone: Tz,
    /// The account's own zone, whose months are those of its entitlements.
    pub zone: Tz,
    /// Its new orders are held for what it owes.
    pub orders_held: bool,
    /// There are days on which nothing is sent or taken.
    pub has_calendars: bool,
    /// Goods are on their way to the supplier.
    pub expects_goods: bool,
    /// Something is offered instead of some article.
    pub has_substitutes: bool,
    /// What it usually decides about what is not there.
    pub usual: UsualChoices,
    /// How its prices are chosen.
    pub price_strategy: PriceStrategy,
    /// What an order must come to at least, without tax.
    pub order_minimum: Option<Money>,
    /// It may get a discount on something, some day.
    pub has_discounts: bool,
}

impl Terms {
    /// What the account may owe by itself on that day, minor units; none: as much as it wants.
    pub fn usable_limit(&self, today: NaiveDate) -> Option<i64> {
        let own = self.credit_limit.map(|limit| limit.minor);
        usable(own, self.credit.insured, self.credit.insurance, today)
    }
}
