//! Who sees an article earlier than others, and from which day they may order it.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::NaiveDate;

use crate::accounts::rules::Tier;
use crate::ids::{AccountId, EarlyAccessId, ProductId};

/// What early access is given to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// An article, by its number.
    Article { id: ProductId, sku: String },
    /// All articles of a category.
    Category(String),
}

/// Whom it is given to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    Everybody,
    Tier(Tier),
    Account { id: AccountId, code: String },
}

/// From when some may order something. What has any such row is seen only by whom a row names, or by all where one names
/// everybody; of several that apply the earliest day counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlyAccess {
    pub id: EarlyAccessId,
    pub what: What,
    pub whose: Whose,
    /// The first day, in the supplier's time zone.
    pub from: NaiveDate,
}

impl EarlyAccess {
    /// The account it is for.
    pub fn account_id(&self) -> Option<AccountId> {
        match &self.whose {
            Whose::Account { id, .. } => Some(*id),
            Whose::Everybody | Whose::Tier(_) => None,
        }
    }

    pub fn account(&self) -> Option<&str> {
        match &self.whose {
            Whose::Account { code, .. } => Some(code),
            Whose::Everybody | Whose::Tier(_) => None,
        }
    }

    pub fn tier(&self) -> Option<Tier> {
        match &self.whose {
            Whose::Tier(tier) => Some(*tier),
            Whose::Everybody | Whose::Account { .. } => None,
        }
    }

    pub fn sku(&self) -> Option<&str> {
        match &self.what {
            What::Article { sku, .. } => Some(sku),
            What::Category(_) => None,
        }
    }

    pub fn category(&self) -> Option<&str> {
        match &self.what {
            What::Category(name) => Some(name),
            What::Article { .. } => None,
        }
    }
}
