//! A quantity of base units as the packs it is best ordered in, what that costs, and what filling a pack, a layer or the
//! last pallet saves.
//!
//! - [`filling`]: the same for lines that are in a unit already

pub mod api;
pub mod filling;
pub mod rules;
pub mod shapes;

use self::rules::{Fill, Goods, Level, Load, Part, Target, fills, load, split, targets};
use super::{LineRequest, PricedLine, pointer, price_apart};
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

/// A line with which the last pallet of all would be filled.
#[derive(Debug, Clone)]
pub struct Topped {
    /// Its place among the lines.
    pub line: usize,
    pub sku: String,
    /// How much more, in base units.
    pub missing: String,
    /// All of it then, in base units.
    pub base_quantity: String,
    pub packed: Packed,
    pub saves: Option<Money>,
}

/// Quantities in packs, and all of them together.
#[derive(Debug, Clone)]
pub struct Split {
    pub lines: Vec<Line>,
    pub load: Load,
    /// What would fill the last pallet, the best first.
    pub fills: Vec<Topped>,
}

/// What all of it saves at what a base unit costs now, if `then` of it cost so much; none where it isn't cheaper.
fn saves(now: (Money, i64), then: (Money, i64)) -> Option<Money> {
    let numerator = i128::from(now.0.minor).checked_mul(i128::from(then.1))?;
    let dear = round_half_away(numerator, i128::from(now.1))?;
    let saves = dear.checked_sub(then.0.minor)?;
    (saves > 0).then(|| Money::new(saves, now.0.currency))
}

/// Splits any number of lines, with the same number of statements. The faults of all lines come back at once.
pub fn split_lines(
    connection: &mut Connection,
    terms: &Terms,
    wanted: &[Wanted],
    on: chrono::NaiveDate,
) -> Result<Split> {
    let articles = find_articles(connection, terms.account_id, wanted.iter().map(|line| &line.key))?;
    let (mut found, mut faults) = (Vec::with_capacity(wanted.len()), Vec::new());
    for (index, line) in wanted.iter().enumerate() {
        match articles
            .find_article(&line.key)
            .and_then(|article| Ok((article, base_steps(article, &line.quantity)?)))
        {
            Ok(line) => found.push(line),
            Err(LineFault { code, detail }) => {
                let request = LineRequest {
                    key: line.key.clone(),
                    unit: None,
                    quantity: line.quantity.clone(),
                };
                faults.push(FieldError::new(pointer(index, &request, code), code, detail));
            }
        }
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let plans: Vec<_> = found.iter().map(|(article, steps)| Plan::of(article, *steps)).collect();
    let goods: Vec<_> = plans.iter().map(Plan::goods).collect();
    let load = load(goods.iter().copied());
    let targets = load.pallets.map_or_else(Vec::new, |pallets| targets(&goods, pallets));
    let topped = targets.iter().filter_map(|target| {
        let plan = plans.get(target.line)?;
        Some((target, plan, split(plan.article, target.base_steps)))
    });
    let topped: Vec<_> = topped.collect();
    let of_topped = topped.iter().flat_map(|(_, plan, parts)| requests(plan.article, parts));
    let requests: Vec<_> = plans.iter().flat_map(Plan::requests).chain(of_topped).collect();
    let mut priced = price_apart(connection, terms, &requests, &articles.by_id(), on)?.into_iter();
    let lines: Vec<_> = plans
        .iter()
        .map(|plan| plan.line(terms.currency, &mut priced))
        .collect();
    let fills = topped.iter().map(|(target, plan, parts)| {
        let then = plan.packed(parts, terms.currency, &mut priced);
        let now = lines.get(target.line).and_then(|line| line.packed.net);
        plan.topped(target, now, then)
    });
    let fills = fills.collect();
    Ok(Split { lines, load, fills })
}

/// What is to be priced of these parts of an article.
fn requests(article: &Article, parts: &[Part<'_>]) -> Vec<LineRequest> {
    parts.iter().map(|part| request(article, part)).collect()
}

fn request(article: &Article, part: &Part<'_>) -> LineRequest {
    LineRequest {
        key: ArticleKey::ProductId(article.product_id),
        unit: Some(part.unit.unit.clone()),
        quantity: part.ordered.to_string(),
    }
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

    fn goods(&self) -> Goods<'a> {
        Goods {
            article: self.article,
            base_steps: self.base_steps,
        }
    }

    /// What is to be priced, in the order in which [`Self::line`] reads it.
    fn requests(&self) -> Vec<LineRequest> {
        let of_fills = self.fills.iter().flat_map(|(_, parts)| parts);
        let parts = self.parts.iter().chain(of_fills);
        parts.map(|part| request(self.article, part)).collect()
    }

    fn line(&self, currency: Currency, priced: &mut impl Iterator<Item = Priced>) -> Line {
        let text = |steps| self.article.base_quantity(steps).to_string();
        let packed = self.packed(&self.parts, currency, priced);
        let fills = self.fills.iter().map(|(fill, parts)| {
            let then = self.packed(parts, currency, priced);
            let nets = packed.net.zip(then.net);
            Filled {
                level: fill.level,
                unit: fill.unit.unit.clone(),
                missing: text(fill.missing),
                base_quantity: text(fill.base_steps),
                packed: then,
                saves: nets.and_then(|(now, then)| saves((now, self.base_steps), (then, fill.base_steps))),
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

    fn topped(&self, target: &Target, now: Option<Money>, then: Packed) -> Topped {
        let text = |steps| self.article.base_quantity(steps).to_string();
        let nets = now.zip(then.net);
        Topped {
            line: target.line,
            sku: self.article.sku.clone(),
            missing: text(target.missing),
            base_quantity: text(target.base_steps),
            saves: nets.and_then(|(now, then)| saves((now, self.base_steps), (then, target.base_steps))),
            packed: then,
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
