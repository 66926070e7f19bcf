//! How prices are told: the same in quotes and on order lines, on pages and by the API.

pub mod kept;

use chrono::NaiveDate;
use serde::Serialize;

use super::rules::{Explanation, NextBreak};
use crate::languages::Language;
use crate::money::{Currency, UnitPrice};
use crate::pricing::rules::Level;
use crate::quantity::Quantity;
use crate::web::Shell;

/// `2.61 / 100 pieces`: a price with what it buys.
pub fn price_text(
    language: Language,
    price: UnitPrice,
    price_base: i32,
    unit_code: &str,
    currency: Currency,
) -> String {
    let base = Quantity::new(price_base.into(), 0);
    let unit = language.unit(unit_code, base);
    let price = language.price(price, currency.exponent());
    match price_base {
        1 => format!("{price} / {unit}"),
        _ => format!("{price} / {} {unit}", language.quantity(base)),
    }
}

/// Why something costs what it costs, a sentence each.
pub fn why(
    shell: &Shell,
    explanation: &Explanation,
    unit_price: UnitPrice,
    base_unit: &str,
    currency: Currency,
) -> Vec<String> {
    let language = shell.language;
    let level = shell.name("why-level", explanation.level.name());
    let mut sentences = vec![shell.t2("why-list", "level", level, "list", explanation.price_list.as_str())];
    if !matches!(explanation.min_quantity.as_str(), "0" | "1") {
        let from = language.decimal(&explanation.min_quantity);
        let unit = language.unit(base_unit, Quantity::new(2, 0));
        sentences.push(shell.t2("why-from", "quantity", from, "unit", unit));
    }
    let list_price = explanation.list_price.as_deref();
    if let Some(list) = list_price.and_then(|price| UnitPrice::parse(price).ok())
        && list != unit_price
    {
        sentences.push(shell.t1("why-list-price", "price", language.price(list, currency.exponent())));
    }
    match (explanation.valid_from, explanation.valid_to) {
        (_, Some(to)) => sentences.push(shell.t1("why-until", "day", language.date(to))),
        (Some(from), None) => sentences.push(shell.t1("why-since", "day", language.date(from))),
        (None, None) => {}
    }
    if let Some(asked) = &explanation.asked_quantity {
        sentences.push(shell.t1("why-rounded", "quantity", language.decimal(asked)));
    }
    sentences
}

/// Why a line costs what it costs.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ExplanationView {
    /// The kind of list that won.
    level: Level,
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
    /// The quantity that was asked for, where the unit rounded it to the line's; null where it is as asked.
    #[schema(required)]
    asked_quantity: Option<String>,
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
            level: explanation.level,
            price_list: explanation.price_list,
            min_quantity: explanation.min_quantity,
            list_price: explanation.list_price,
            valid_from: explanation.valid_from,
            valid_to: explanation.valid_to,
            next_break: explanation.next_break.map(NextBreakView::from),
            asked_quantity: explanation.asked_quantity,
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
