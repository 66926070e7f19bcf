//! A quantity of base units as the packs it is best ordered in, what that costs, and what filling a pack or a layer saves.

pub mod api;
pub mod rules;

use self::rules::{Fill, Level, Part, fills, split};
use super::{LineRequest, PricedLine, price_each};
use crate::accounts::terms::Terms;
use crate::catalogue::rules::{Article, LineFault};
use crate::catalogue::{ArticleKey, find_articles};
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::money::{Currency, Money, round_half_away};
use crate::quantity::{Decimal, DecimalError};
use crate::sentences::quantity_not_above_zero;

/// What is to be split: an article, and how much in base units, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub key: ArticleKey,
    pub quantity: String,
}

/// A quantity in packs.
#[derive(Debug, Clone)]
pub struct Packed {
    pub parts: Vec<Packing>,
    /// None where a part has no price.
    pub net: Option<Money>,
}

/// So many of a unit, with what they cost.
#[derive(Debug, Clone)]
pub struct Packing {
    pub unit: String,
    pub quantity: String,
    pub base_quantity: String,
    pub net: Option<Money>,
}

/// Something that would be full.
#[derive(Debug, Clone)]
pub struct Filled {
    pub level: Level,
    pub unit: String,
    /// How much more, in base units.
    pub missing: String,
    /// All of it then, in base units.
    pub base_quantity: String,
    pub packed: Packed,
    /// What all of it costs at the price it has now, less what it costs then; none where it isn't cheaper or has no price.
    pub saves: Option<Money>,
}

/// An article's quantity, split.
#[derive(Debug, Clone)]
pub struct Line {
    pub sku: String,
    pub base_unit: String,
    pub base_quantity: String,
    pub packed: Packed,
    pub fills: Vec<Filled>,
}

/// Splits any number of lines, with the same number of statements. The faults of all lines come back at once.
pub fn split_lines(
    connection: &mut Connection,
    terms: &Terms,
    wanted: &[Wanted],
    on: chrono::NaiveDate,
) -> Result<Vec<Line>> {
    let articles = find_articles(connection, terms.account_id, wanted.iter().map(|line| &line.key))?;
    let (mut found, mut faults) = (Vec::with_capacity(wanted.len()), Vec::new());
    for (index, line) in wanted.iter().enumerate() {
        match articles
            .find_article(&line.key)
            .and_then(|article| Ok((article, base_steps(article, &line.quantity)?)))
        {
            Ok(line) => found.push(line),
            Err(LineFault { code, detail }) => {
                let field = if code == Code::UnknownSku || code == Code::ArticleEnded {
                    "sku"
                } else {
                    "quantity"
                };
                faults.push(FieldError::new(format!("/lines/{index}/{field}"), code, detail));
            }
        }
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let plans: Vec<_> = found.iter().map(|(article, steps)| Plan::of(article, *steps)).collect();
    let requests: Vec<_> = plans.iter().flat_map(Plan::requests).collect();
    let mut priced = price_each(connection, terms, &requests, &articles.by_id(), on)?.into_iter();
    Ok(plans
        .iter()
        .map(|plan| plan.line(terms.currency, &mut priced))
        .collect())
}

/// So many base steps, if the quantity is a whole number of them.
fn base_steps(article: &Article, quantity: &str) -> Result<i64, LineFault> {
    let invalid = |detail| LineFault::new(Code::QuantityInvalid, detail);
    let decimal = Decimal::parse(quantity).map_err(|error| invalid(error.of_quantity(quantity)))?;
    if !decimal.is_positive() {
        return Err(invalid(quantity_not_above_zero(quantity)));
    }
    decimal.scaled(article.decimals).map_err(|error| match error {
        DecimalError::TooManyDecimals => LineFault::new(Code::QuantityNotWhole, error.of_quantity(quantity)),
        error => invalid(error.of_quantity(quantity)),
    })
}

/// The parts of a line and of each of its fills, before prices are known.
struct Plan<'a> {
    article: &'a Article,
    base_steps: i64,
    parts: Vec<Part<'a>>,
    fills: Vec<(Fill<'a>, Vec<Part<'a>>)>,
}

type Priced = Result<PricedLine, LineFault>;

impl<'a> Plan<'a> {
    fn of(article: &'a Article, base_steps: i64) -> Self {
        let fills = fills(article, base_steps).into_iter();
        Self {
            article,
            base_steps,
            parts: split(article, base_steps),
            fills: fills.map(|fill| (fill, split(article, fill.base_steps))).collect(),
        }
    }

    /// What is to be priced, in the order in which [`Self::line`] reads it.
    fn requests(&self) -> impl Iterator<Item = LineRequest> {
        let of_fills = self.fills.iter().flat_map(|(_, parts)| parts);
        self.parts.iter().chain(of_fills).map(|part| LineRequest {
            key: ArticleKey::ProductId(self.article.product_id),
            unit: Some(part.unit.unit.clone()),
            quantity: part.ordered.to_string(),
        })
    }

    fn line(&self, currency: Currency, priced: &mut impl Iterator<Item = Priced>) -> Line {
        let text = |steps| self.article.base_quantity(steps).to_string();
        let packed = self.packed(&self.parts, currency, priced);
        let fills = self.fills.iter().map(|(fill, parts)| {
            let then = self.packed(parts, currency, priced);
            let saves = packed.net.zip(then.net).and_then(|(now, then)| {
                // All of it at what a base unit costs now.
                let numerator = i128::from(now.minor).checked_mul(i128::from(fill.base_steps))?;
                let dear = round_half_away(numerator, i128::from(self.base_steps))?;
                let saves = dear.checked_sub(then.minor)?;
                (saves > 0).then(|| Money::new(saves, currency))
            });
            Filled {
                level: fill.level,
                unit: fill.unit.unit.clone(),
                missing: text(fill.missing),
                base_quantity: text(fill.base_steps),
                packed: then,
                saves,
            }
        });
        let fills = fills.collect();
        Line {
            sku: self.article.sku.clone(),
            base_unit: self.article.base_unit.clone(),
            base_quantity: text(self.base_steps),
            packed,
            fills,
        }
    }

    fn packed(&self, parts: &[Part<'_>], currency: Currency, priced: &mut impl Iterator<Item = Priced>) -> Packed {
        let parts: Vec<_> = parts
            .iter()
            .zip(priced)
            .map(|(part, priced)| Packing {
                unit: part.unit.unit.clone(),
                quantity: part.ordered.to_string(),
                base_quantity: self.article.base_quantity(part.base_steps).to_string(),
                net: priced.ok().map(|line| Money::new(line.priced.net_minor, currency)),
            })
            .collect();
        let net = parts
            .iter()
            .try_fold(Money::zero(currency), |sum, part| sum.checked_add(part.net?));
        Packed { parts, net }
    }
}
