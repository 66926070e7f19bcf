//! The price of a line: which price row wins, what the line costs, and why.
//!
//! A line's candidates are the price rows, kept for its own unit or for the base unit, of the lists that apply to the
//! account, whose `min_quantity` the line reaches. The first level with a candidate wins, then rank, own unit before base
//! unit, largest break, latest start, list code. Net = price × quantity ÷ price base as one exact expression, rounded once.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

pub mod keeping;
mod ladder;

pub use ladder::{Rung, ladder};

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::catalogue::rules::{Article, LineFault, OrderQuantity, SaleUnit, smallest_order};
use crate::error::Code;
use crate::ids::{PriceListId, ProductId};
use crate::money::{Currency, UnitPrice, round_half_away};
use crate::names::names;
use crate::pricing::sentences;
use crate::quantity::{Content, Decimal, Quantity, steps_per_unit};

/// Most lines of a quote or an order.
pub const LINES_MAX: usize = 5_000;
/// Price bases there are: a price buys this many of its unit.
pub const PRICE_BASES: [i32; 4] = [1, 10, 100, 1000];

names! {
    /// The kind of a price list, in the order in which they are asked.
    #[derive(PartialOrd, Ord)]
    pub enum Level as PriceListKind {
        /// Agreed with one account by contract.
        Contract = "contract",
        /// Kept for one account.
        Account = "account",
        /// For all accounts of a tier.
        Tier = "tier",
        /// For everybody.
        Base = "base",
    }
}

/// A span of days, both ends included; `None` is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Validity {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
}

impl Validity {
    /// True if `day` lies in the span.
    pub fn includes(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// The days in both spans.
    fn and(self, other: Self) -> Self {
        let to = match (self.to, other.to) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Self {
            from: self.from.max(other.from),
            to,
        }
    }
}

/// A price list that applies to the account on the day and in its currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceList {
    pub id: PriceListId,
    pub code: String,
    /// Where it stands among the lists.
    pub level: Level,
    /// Lower goes first inside a level.
    pub rank: i32,
    /// When it holds.
    pub validity: Validity,
}

/// A price row of an applicable list that is valid on the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceRow {
    pub price_list_id: PriceListId,
    /// The unit the price is kept for.
    pub unit: String,
    /// The break, in base steps.
    pub min_quantity: i64,
    /// What `price_base` of the unit cost.
    pub price: UnitPrice,
    /// One of [`PRICE_BASES`].
    pub price_base: i32,
    /// When it holds.
    pub validity: Validity,
}

/// A row together with its list.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    pub list: &'a PriceList,
    pub row: &'a PriceRow,
}

/// What was ordered once, to be priced again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bought {
    pub product_id: ProductId,
    /// The unit it was ordered in.
    pub unit: String,
    /// Base units in one of it then.
    pub content: Content,
    /// All of the line, whose breaks count.
    pub quantity: OrderQuantity,
    /// Its pricing day.
    pub on: NaiveDate,
}

/// Why a line costs what it costs; frozen on the order line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The level that won.
    pub level: Level,
    /// Code of the winning list.
    pub price_list: String,
    /// The break of the winning row, base units.
    pub min_quantity: String,
    /// The winning row's price, for `price_base` × `price_unit`.
    pub unit_price: String,
    /// The unit the price is kept for.
    pub price_unit: String,
    /// How many of the unit the price buys.
    pub price_base: i32,
    /// What the base level gives for this line, for the same price base and unit; none if it has no row or the figure
    /// needs more than six decimals.
    pub list_price: Option<String>,
    /// First day of the winning price, none if open.
    pub valid_from: Option<NaiveDate>,
    /// Last day of the winning price, none if open.
    pub valid_to: Option<NaiveDate>,
    /// What ordering more would bring.
    pub next_break: Option<NextBreak>,
    /// The quantity that was asked for, where the unit rounded it to the line's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_quantity: Option<String>,
}

/// The smallest larger quantity that can be ordered at a lower price per base unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextBreak {
    /// That quantity, base units.
    pub min_quantity: String,
    /// Its price, for the price base and unit of the line's own price; none if that needs more than six decimals.
    pub unit_price: Option<String>,
    /// That quantity's net at the line's price less its net at the lower price.
    pub saves: String,
}

/// The price of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
    /// For `price_base` × `price_unit`.
    pub unit_price: UnitPrice,
    /// The unit the price is kept for.
    pub price_unit: String,
    /// How many of the unit the price buys.
    pub price_base: i32,
    /// One ordered unit; none if that needs more than six decimals.
    pub pack_price: Option<UnitPrice>,
    /// Minor units.
    pub net_minor: i64,
    /// Why.
    pub explanation: Explanation,
}

/// What is to be priced.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    pub article: &'a Article,
    /// The unit it is ordered in.
    pub unit: &'a SaleUnit,
    /// How much.
    pub quantity: OrderQuantity,
}

/// The row that prices `base_steps` in `unit`.
fn winner<'a>(
    candidates: &[Candidate<'a>],
    article: &Article,
    unit: &SaleUnit,
    base_steps: i64,
) -> Option<Candidate<'a>> {
    let fits = |c: &&Candidate<'a>| {
        c.row.min_quantity <= base_steps && (c.row.unit == unit.unit || c.row.unit == article.base_unit)
    };
    candidates.iter().filter(fits).copied().min_by_key(|c| {
        (
            c.list.level,
            c.list.rank,
            c.row.unit != unit.unit,
            Reverse(c.row.min_quantity),
            Reverse(c.row.validity.from),
            &c.list.code,
        )
    })
}

/// What the price of a row is for: `price_base` × so many base units.
fn basis(row: &PriceRow, article: &Article, unit: &SaleUnit) -> (i32, Content) {
    let content = if row.unit == article.base_unit {
        Content::ONE
    } else {
        unit.content
    };
    (row.price_base, content)
}

/// `price` for another basis; none if that needs more than six decimals.
fn restate(price: UnitPrice, from: (i32, Content), to: (i32, Content)) -> Option<UnitPrice> {
    let ((from_base, from), (to_base, to)) = (from, to);
    let numerator = i128::from(price.micros)
        .checked_mul(i128::from(to_base))?
        .checked_mul(i128::from(to.numerator()))?
        .checked_mul(i128::from(from.denominator()))?;
    let denominator = i128::from(from_base) * i128::from(from.numerator()) * i128::from(to.denominator());
    (numerator % denominator == 0)
        .then(|| i64::try_from(numerator / denominator).ok())?
        .map(|micros| UnitPrice { micros })
}

/// True if `a` is cheaper per base unit than `b`; false where the figures are beyond all bounds.
fn is_cheaper(a: (UnitPrice, (i32, Content)), b: (UnitPrice, (i32, Content))) -> bool {
    let side = |price: UnitPrice, own: Content, (base, other): (i32, Content)| {
        i128::from(price.micros)
            .checked_mul(i128::from(own.denominator()))?
            .checked_mul(i128::from(base))?
            .checked_mul(i128::from(other.numerator()))
    };
    // a.micros / (a.base × a.n / a.d) < b.micros / (b.base × b.n / b.d)
    match (side(a.0, a.1.1, b.1), side(b.0, b.1.1, a.1)) {
        (Some(left), Some(right)) => left < right,
        _ => false,
    }
}

/// Minor units of `quantity` at `price` for `price_base` of `price_unit`: one exact expression, rounded once, half away
/// from zero. `None` if it does not fit in 63 bits.
pub fn net_minor(
    price: UnitPrice,
    price_base: i32,
    quantity: OrderQuantity,
    is_priced_in_base_unit: bool,
    decimals: u8,
    currency: Currency,
) -> Option<i64> {
    let (amount, steps) = if is_priced_in_base_unit {
        (quantity.base_steps, steps_per_unit(decimals))
    } else {
        (quantity.ordered.steps, 1)
    };
    let numerator = i128::from(price.micros).checked_mul(i128::from(amount))?;
    // micros × 10^exponent / 10^6 = micros / 10^(6 - exponent)
    let to_minor = steps_per_unit(UnitPrice::DECIMALS.checked_sub(currency.exponent())?);
    let denominator = i128::from(price_base) * i128::from(steps) * i128::from(to_minor);
    round_half_away(numerator, denominator)
}

/// Prices a line, with explanation and next break.
pub fn price_line(line: Line<'_>, candidates: &[Candidate<'_>], currency: Currency) -> Result<Priced, LineFault> {
    let Line {
        article,
        unit,
        quantity,
    } = line;
    let won = winner(candidates, article, unit, quantity.base_steps).ok_or_else(|| {
        LineFault::new(
            Code::NoPrice,
            sentences::no_price(&article.sku, quantity.ordered, &unit.unit),
        )
    })?;
    let net = |row: &PriceRow, quantity: OrderQuantity| {
        let in_base = row.unit == article.base_unit;
        net_minor(row.price, row.price_base, quantity, in_base, article.decimals, currency)
    };
    let net_minor = net(won.row, quantity).ok_or_else(|| {
        LineFault::new(
            Code::AmountTooLarge,
            sentences::line_too_dear(quantity.ordered, &unit.unit, &article.sku),
        )
    })?;
    let own = basis(won.row, article, unit);
    let base_level: Vec<_> = candidates
        .iter()
        .filter(|c| c.list.level == Level::Base)
        .copied()
        .collect();
    let list_price = winner(&base_level, article, unit, quantity.base_steps)
        .and_then(|base| restate(base.row.price, basis(base.row, article, unit), own));
    let validity = won.row.validity.and(won.list.validity);
    let explanation = Explanation {
        level: won.list.level,
        price_list: won.list.code.clone(),
        min_quantity: article.base_quantity(won.row.min_quantity).to_string(),
        unit_price: won.row.price.to_string(),
        price_unit: won.row.unit.clone(),
        price_base: won.row.price_base,
        list_price: list_price.map(|price| price.to_string()),
        valid_from: validity.from,
        valid_to: validity.to,
        next_break: next_break(line, candidates, won, currency),
        asked_quantity: None,
    };
    Ok(Priced {
        unit_price: won.row.price,
        price_unit: won.row.unit.clone(),
        price_base: won.row.price_base,
        pack_price: restate(won.row.price, own, (1, unit.content)),
        net_minor,
        explanation,
    })
}

/// The quantity as it was asked for, where another one is ordered.
pub fn rounded_from(asked: &str, ordered: OrderQuantity) -> Option<String> {
    let wanted = Decimal::parse(asked).ok()?;
    let is_as_asked = wanted.scaled(ordered.ordered.decimals) == Ok(ordered.ordered.steps);
    (!is_as_asked).then(|| asked.to_owned())
}

fn next_break(
    line: Line<'_>,
    candidates: &[Candidate<'_>],
    won: Candidate<'_>,
    currency: Currency,
) -> Option<NextBreak> {
    let Line {
        article,
        unit,
        quantity,
    } = line;
    let mut thresholds: Vec<i64> = candidates
        .iter()
        .filter(|c| c.row.unit == unit.unit || c.row.unit == article.base_unit)
        .map(|c| c.row.min_quantity)
        .filter(|threshold| *threshold > quantity.base_steps)
        .collect();
    thresholds.sort_unstable();
    thresholds.dedup();
    let own = basis(won.row, article, unit);
    thresholds.into_iter().find_map(|threshold| {
        let more = smallest_order(unit, article.decimals, threshold, quantity.ordered)?;
        let then = winner(candidates, article, unit, more.base_steps)?;
        let then_basis = basis(then.row, article, unit);
        if !is_cheaper((then.row.price, then_basis), (won.row.price, own)) {
            return None;
        }
        let net = |row: &PriceRow| {
            net_minor(
                row.price,
                row.price_base,
                more,
                row.unit == article.base_unit,
                article.decimals,
                currency,
            )
        };
        let saves = net(won.row)?.checked_sub(net(then.row)?)?;
        Some(NextBreak {
            min_quantity: article.base_quantity(more.base_steps).to_string(),
            unit_price: restate(then.row.price, then_basis, own).map(|price| price.to_string()),
            saves: crate::money::Money::new(saves, currency).to_string(),
        })
    })
}

/// One unit's price as the catalogue shows it: what the rule gives for `quantity` of it, per one unit.
pub fn pack_price(line: Line<'_>, candidates: &[Candidate<'_>]) -> Option<UnitPrice> {
    let won = winner(candidates, line.article, line.unit, line.quantity.base_steps)?;
    restate(
        won.row.price,
        basis(won.row, line.article, line.unit),
        (1, line.unit.content),
    )
}

/// The price the catalogue shows for an article: what the rule gives for the smallest whole base unit.
pub fn shown_price<'a>(article: &Article, candidates: &[Candidate<'a>]) -> Option<&'a PriceRow> {
    let base = article.units.first()?;
    winner(candidates, article, base, steps_per_unit(article.decimals)).map(|won| won.row)
}

/// How many of a unit the catalogue prices: its smallest order.
pub fn shown_quantity(article: &Article, unit: &SaleUnit) -> Option<OrderQuantity> {
    if unit.is_base {
        let steps = steps_per_unit(article.decimals);
        return Some(OrderQuantity {
            ordered: Quantity::new(steps, article.decimals),
            base_steps: steps,
        });
    }
    // A pack whose minimum is no whole number of base steps is priced for the next larger order that is.
    smallest_order(unit, article.decimals, 1, Quantity::new(unit.min_quantity - 1, 0))
}

#[cfg(test)]
mod tests;
