//! The price of a line: which price row wins, what the line costs, and why ([guide](../../../docs/prices.md)).
//!
//! A line's candidates are the price rows, kept for its own unit or for the base unit, of the lists that apply to the
//! account, whose `min_quantity` is reached by what the list counts. The first level with a candidate wins, then the list of the
//! site, rank, own unit before base unit, largest break, latest start, list code; or the one at which the line costs least, where
//! the account is priced so. Net = price × quantity ÷ price base as one exact expression, less the discounts, rounded once.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

mod choosing;
pub mod counting;
pub mod discounts;
pub mod exact;
mod frozen;
pub mod keeping;
mod ladder;

pub use choosing::Offers;
pub use frozen::{Band, Counted, Explanation, NextBreak, PriceSteps, Reckoning};
pub use ladder::{Rung, ladder};

use choosing::{basis, gross, next_break, restate, winner};
use chrono::NaiveDate;

use self::discounts::{Discount, DiscountStep, take_off};
use crate::catalogue::rules::{Article, LineFault, OrderQuantity, SaleUnit, smallest_order};
use crate::error::Code;
use crate::ids::{PriceListId, ProductId, SiteId};
use crate::money::{Currency, Money, UnitPrice, round_half_away};
use crate::names::names;
use crate::names::sets::{OrderClass, PriceStrategy};
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

names! {
    /// What the breaks of a list are reached by.
    #[derive(Default)]
    pub enum Scale as PriceScale {
        /// By the line alone.
        #[default]
        Line = "line",
        /// By all lines of the product.
        Product = "product",
        /// By all lines of the products whose rows name the same price group; of a row without one by all lines of the product.
        Group = "group",
    }
}

names! {
    /// What a break is for.
    #[derive(Default)]
    pub enum Method as PriceMethod {
        /// All units, once it is reached.
        #[default]
        AllUnits = "all_units",
        /// The units from it to the next one.
        Graduated = "graduated",
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
    pub(super) fn and(self, other: Self) -> Self {
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
    /// The site whose orders it is for, where it is for one: its id and code.
    pub site: Option<(SiteId, String)>,
    pub scale: Scale,
    pub method: Method,
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
    /// What its break is counted with.
    pub price_group: Option<String>,
}

/// What holds for all lines of an account, whatever they are of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deal {
    pub currency: Currency,
    pub strategy: PriceStrategy,
    /// What is taken off, in its order.
    pub discounts: Vec<Discount>,
}

/// Which prices are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The pricing day.
    pub on: NaiveDate,
    /// Where the goods go; the account's first site where nothing is said.
    pub site: Option<SiteId>,
    /// The class of the order.
    pub order_class: OrderClass,
}

impl From<NaiveDate> for Asked {
    fn from(on: NaiveDate) -> Self {
        Self {
            on,
            site: None,
            order_class: OrderClass::Standard,
        }
    }
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
    /// Where it went.
    pub site: SiteId,
    /// The class of its order.
    pub order_class: OrderClass,
    /// How it was priced then.
    pub explanation: Explanation,
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

/// The explanation of a row that won; what it comes to is not known yet.
fn explained(line: Line<'_>, offers: &Offers<'_>, won: Candidate<'_>) -> Explanation {
    let (article, unit, steps) = (line.article, line.unit, line.quantity.base_steps);
    let own = basis(won.row, article, unit);
    let base_level = offers.of_level(Level::Base);
    let list_price = winner(&base_level, article, unit, steps)
        .and_then(|base| restate(base.row.price, basis(base.row, article, unit), own));
    let validity = won.row.validity.and(won.list.validity);
    Explanation {
        level: won.list.level,
        price_list: won.list.code.clone(),
        min_quantity: article.base_quantity(won.row.min_quantity).to_string(),
        unit_price: won.row.price.to_string(),
        price_unit: won.row.unit.clone(),
        price_base: won.row.price_base,
        list_price: list_price.map(|price| price.to_string()),
        valid_from: validity.from,
        valid_to: validity.to,
        next_break: None,
        asked_quantity: None,
        strategy: Some(offers.deal.strategy).filter(|strategy| *strategy != PriceStrategy::FirstLevel),
        site: won.list.site.as_ref().map(|(_, code)| code.clone()),
        counted: offers.counted(won, article, steps),
        reckoning: None,
    }
}

/// Prices a line, with explanation and next break.
pub fn price_line(line: Line<'_>, offers: &Offers<'_>) -> Result<Priced, LineFault> {
    let (article, unit, quantity, currency) = (line.article, line.unit, line.quantity, offers.deal.currency);
    let won = winner(offers, article, unit, quantity.base_steps).ok_or_else(|| offers.no_price(line))?;
    let too_dear = || {
        LineFault::new(
            Code::AmountTooLarge,
            sentences::line_too_dear(quantity.ordered, &unit.unit, &article.sku),
        )
    };
    let own = basis(won.row, article, unit);
    let mut explanation = explained(line, offers, won);
    let mut discounts = offers.discounts(article);
    let net = if discounts.is_empty() && won.list.method == Method::AllUnits {
        let in_base = won.row.unit == article.base_unit;
        net_minor(
            won.row.price,
            won.row.price_base,
            quantity,
            in_base,
            article.decimals,
            currency,
        )
    } else {
        reckon(line, offers, won, &mut discounts).map(|(reckoning, net)| {
            explanation.reckoning = Some(reckoning);
            net
        })
    };
    explanation.next_break = next_break(line, offers, won);
    Ok(Priced {
        unit_price: won.row.price,
        price_unit: won.row.unit.clone(),
        price_base: won.row.price_base,
        pack_price: restate(won.row.price, own, (1, unit.content)),
        net_minor: net.ok_or_else(too_dear)?,
        explanation,
    })
}

/// What a line comes to whose net its price alone doesn't tell.
fn reckon(
    line: Line<'_>,
    offers: &Offers<'_>,
    won: Candidate<'_>,
    discounts: &mut [DiscountStep],
) -> Option<(Reckoning, i64)> {
    let (article, steps, currency) = (line.article, line.quantity.base_steps, offers.deal.currency);
    let (gross, bands) = gross(offers, won, article, line.unit, (steps, i64::MAX))?;
    let net = take_off(gross, steps, article.decimals, discounts, currency)?;
    let band = |band: &exact::AtPrice| Band {
        quantity: article.base_quantity(band.steps).to_string(),
        unit_price: band.price.to_string(),
        price_base: band.base,
    };
    let reckoning = Reckoning {
        quantity: article.base_quantity(steps).to_string(),
        bands: bands.iter().map(band).collect(),
        gross: Money::new(gross.rounded()?, currency).to_string(),
        discounts: discounts.to_vec(),
        net: Money::new(net, currency).to_string(),
    };
    Some((reckoning, net))
}

/// The quantity as it was asked for, where another one is ordered.
pub fn rounded_from(asked: &str, ordered: OrderQuantity) -> Option<String> {
    let wanted = Decimal::parse(asked).ok()?;
    let is_as_asked = wanted.scaled(ordered.ordered.decimals) == Ok(ordered.ordered.steps);
    (!is_as_asked).then(|| asked.to_owned())
}

/// One unit's price as the catalogue shows it: what the rule gives for `quantity` of it, per one unit.
pub fn pack_price(line: Line<'_>, offers: &Offers<'_>) -> Option<UnitPrice> {
    let won = winner(offers, line.article, line.unit, line.quantity.base_steps)?;
    restate(
        won.row.price,
        basis(won.row, line.article, line.unit),
        (1, line.unit.content),
    )
}

/// The price the catalogue shows for an article: what the rule gives for the smallest whole base unit.
pub fn shown_price<'a>(article: &Article, offers: &Offers<'a>) -> Option<&'a PriceRow> {
    let base = article.units.first()?;
    winner(offers, article, base, steps_per_unit(article.decimals)).map(|won| won.row)
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
