//! How prices are told: the same in quotes and on order lines.

use chrono::NaiveDate;
use serde::Serialize;

use super::rules::{Explanation, NextBreak};

/// Why a line costs what it costs.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ExplanationView {
    /// The level that won: `contract`, `account`, `tier` or `base`.
    #[schema(example = "contract")]
    level: &'static str,
    /// Code of the winning list.
    #[schema(example = "C-KA18102")]
    price_list: String,
    /// The break of the winning row, in base units.
    #[schema(example = "100")]
    min_quantity: String,
    /// What the base level gives for this line, for the same price base and unit.
    #[schema(required, example = "2.95")]
    list_price: Option<String>,
    /// First day of the price; null if open.
    #[schema(required)]
    valid_from: Option<NaiveDate>,
    /// Last day of the price; null if open.
    #[schema(required)]
    valid_to: Option<NaiveDate>,
    /// What ordering more would bring.
    #[schema(required)]
    next_break: Option<NextBreakView>,
}

/// The smallest larger quantity that can be ordered at a lower price per base unit.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct NextBreakView {
    /// That quantity, in base units.
    #[schema(example = "200")]
    min_quantity: String,
    /// Its price, for the price base and unit of the line; null if that needs more than six decimals.
    #[schema(required, example = "2.55")]
    unit_price: Option<String>,
    /// That quantity's net at the line's price less its net at the lower price.
    #[schema(example = "12.00")]
    saves: String,
}

impl From<Explanation> for ExplanationView {
    fn from(explanation: Explanation) -> Self {
        Self {
            level: explanation.level.name(),
            price_list: explanation.price_list,
            min_quantity: explanation.min_quantity,
            list_price: explanation.list_price,
            valid_from: explanation.valid_from,
            valid_to: explanation.valid_to,
            next_break: explanation.next_break.map(NextBreakView::from),
        }
    }
}

impl From<NextBreak> for NextBreakView {
    fn from(next: NextBreak) -> Self {
        Self {
            min_quantity: next.min_quantity,
            unit_price: next.unit_price,
            saves: next.saves,
        }
    }
}
