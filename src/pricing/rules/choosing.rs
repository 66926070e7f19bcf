//! Which row prices a line, and what the line costs by it before discounts.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::counting::Others;
use super::discounts::{DiscountStep, take_off};
use super::exact::{AtPrice, Exact};
use super::frozen::{Counted, NextBreak};
use super::{Candidate, Deal, Level, Line, Method, PriceRow, Scale};
use crate::catalogue::rules::{Article, LineFault, SaleUnit, smallest_order};
use crate::error::Code;
use crate::money::{Money, UnitPrice};
use crate::names::sets::{OrderClass, PriceStrategy};
use crate::pricing::sentences;
use crate::quantity::Content;

/// What an article may cost: the rows that apply, and what holds for all of them.
#[derive(Debug, Clone)]
pub struct Offers<'a> {
    pub candidates: Vec<Candidate<'a>>,
    pub deal: &'a Deal,
    /// The class of the order, for discounts of one.
    pub order_class: OrderClass,
    /// What counts for breaks beside the line.
    pub others: Others<'a>,
}

impl<'a> Offers<'a> {
    /// The same with the rows of one level.
    pub(super) fn of_level(&self, level: Level) -> Self {
        let mut offers = self.clone();
        offers.candidates.retain(|one| one.list.level == level);
        offers
    }

    /// What counts for the break of a row if the line has so many base steps.
    pub(super) fn counts(&self, of: Candidate<'_>, article: &Article, base_steps: i64) -> i64 {
        self.others.counts(of, article.product_id, base_steps, article.decimals)
    }

    /// The same in words, where it is not the line alone.
    pub(super) fn counted(&self, of: Candidate<'_>, article: &Article, base_steps: i64) -> Option<Counted> {
        (of.list.scale != Scale::Line).then(|| Counted {
            scale: of.list.scale,
            price_group: of.row.price_group.clone().filter(|_| of.list.scale == Scale::Group),
            quantity: article.base_quantity(self.counts(of, article, base_steps)).to_string(),
        })
    }

    /// What is taken off an article, nothing of which is known yet.
    pub(super) fn discounts(&self, article: &Article) -> Vec<DiscountStep> {
        let own = self.deal.discounts.iter();
        own.filter(|one| one.is_for(article.category.as_deref(), self.order_class))
            .map(super::discounts::Discount::frozen)
            .collect()
    }

    /// Why no row prices a line.
    pub(super) fn no_price(&self, line: Line<'_>) -> LineFault {
        let (article, unit) = (line.article, line.unit);
        match article.price_on_request {
            true => LineFault::new(Code::PriceOnRequest, sentences::price_on_request(&article.sku)),
            false => LineFault::new(
                Code::NoPrice,
                sentences::no_price(&article.sku, line.quantity.ordered, &unit.unit),
            ),
        }
    }

    /// The rows that may price the article in the unit. What is priced on request is priced only by what was agreed with the account.
    pub(super) fn fitting(&self, article: &Article, unit: &SaleUnit) -> impl Iterator<Item = Candidate<'a>> {
        let is_agreed = |one: &Candidate<'_>| !article.price_on_request || one.list.level <= Level::Account;
        let candidates = self.candidates.iter().copied();
        candidates.filter(move |one| (one.row.unit == unit.unit || one.row.unit == article.base_unit) && is_agreed(one))
    }

    /// The smallest quantities above `base_steps` from which another row may price the article, each once.
    pub(super) fn thresholds(&self, article: &Article, unit: &SaleUnit, base_steps: i64) -> Vec<i64> {
        let needed = |one: Candidate<'_>| {
            let beside = self.counts(one, article, base_steps).saturating_sub(base_steps);
            one.row.min_quantity.saturating_sub(beside)
        };
        let mut thresholds: Vec<i64> = self
            .fitting(article, unit)
            .map(needed)
            .filter(|threshold| *threshold > base_steps)
            .collect();
        thresholds.sort_unstable();
        thresholds.dedup();
        thresholds
    }
}

/// Where a row stands among those of an article, the first first: level, list of the site, rank, own unit, largest break, latest
/// start, code of the list.
type Place<'a> = (
    (Level, bool, i32),
    (bool, Reverse<i64>, Reverse<Option<NaiveDate>>),
    &'a str,
);

fn place<'a>(one: Candidate<'a>, unit: &SaleUnit) -> Place<'a> {
    let (list, row) = (one.list, one.row);
    (
        (list.level, list.site.is_none(), list.rank),
        (
            row.unit != unit.unit,
            Reverse(row.min_quantity),
            Reverse(row.validity.from),
        ),
        list.code.as_str(),
    )
}

/// The row that prices `base_steps` in `unit`.
pub(super) fn winner<'a>(
    offers: &Offers<'a>,
    article: &Article,
    unit: &SaleUnit,
    base_steps: i64,
) -> Option<Candidate<'a>> {
    let reached = |one: &Candidate<'a>| one.row.min_quantity <= offers.counts(*one, article, base_steps);
    let place = |one: &Candidate<'a>| place(*one, unit);
    let reached = offers.fitting(article, unit).filter(reached);
    match offers.deal.strategy {
        PriceStrategy::FirstLevel => reached.min_by(|a, b| place(a).cmp(&place(b))),
        PriceStrategy::LowestWins => {
            let costs = reached.map(|one| {
                let cost = gross(offers, one, article, unit, (base_steps, i64::MAX)).map(|(cost, _)| cost);
                // What can't be held is dearer than whatever can.
                (cost.is_none(), cost, one)
            });
            let cheapest = costs.min_by(|(too_dear, cost, one), (other_too_dear, other_cost, other)| {
                (too_dear, cost, place(one)).cmp(&(other_too_dear, other_cost, place(other)))
            });
            cheapest.map(|(_, _, one)| one)
        }
    }
}

/// What `base_steps` cost by a row before discounts, and of a graduated list which part of what counts is at which price. Breaks
/// above `upto` are left out.
pub(super) fn gross(
    offers: &Offers<'_>,
    won: Candidate<'_>,
    article: &Article,
    unit: &SaleUnit,
    (base_steps, upto): (i64, i64),
) -> Option<(Exact, Vec<AtPrice>)> {
    let (_, content) = basis(won.row, article, unit);
    let cost = |parts: &[AtPrice]| Exact::cost(parts, content, article.decimals, offers.deal.currency);
    if won.list.method == Method::AllUnits {
        let all = AtPrice {
            steps: base_steps,
            price: won.row.price,
            base: won.row.price_base,
        };
        return Some((cost(&[all])?, Vec::new()));
    }
    let whole = offers.counts(won, article, base_steps);
    let bands = bands(offers, won, whole, upto);
    let gross = cost(&bands)?;
    // The bands are of all that counts, the line has its part of them.
    let own = match whole {
        0 => gross,
        _ if whole == base_steps => gross,
        _ => gross.share(base_steps.into(), whole.into())?,
    };
    Some((own, bands))
}

/// How many of `whole` base steps lie between the breaks of a graduated list. Of two rows with the same break the one that holds
/// since later counts; what lies below the first break costs what that says.
fn bands(offers: &Offers<'_>, won: Candidate<'_>, whole: i64, upto: i64) -> Vec<AtPrice> {
    let of_list = |one: &&Candidate<'_>| one.list.id == won.list.id && one.row.unit == won.row.unit;
    let mut rows: Vec<&PriceRow> = offers.candidates.iter().filter(of_list).map(|one| one.row).collect();
    rows.retain(|row| row.min_quantity <= whole.min(upto));
    rows.sort_by_key(|row| (row.min_quantity, Reverse(row.validity.from)));
    rows.dedup_by_key(|row| row.min_quantity);
    // The step at a break is the first at its price, so that one less lies below it.
    let ends = rows.iter().skip(1).map(|row| row.min_quantity.saturating_sub(1));
    let ends: Vec<_> = ends.chain([whole]).collect();
    let mut begin = 0;
    let mut bands = Vec::with_capacity(rows.len());
    for (row, end) in rows.iter().zip(ends) {
        let steps = (end - begin).max(0);
        begin = begin.max(end);
        if steps > 0 || whole == 0 {
            bands.push(AtPrice {
                steps,
                price: row.price,
                base: row.price_base,
            });
        }
    }
    bands
}

/// What the price of a row is for: `price_base` × so many base units.
pub(super) fn basis(row: &PriceRow, article: &Article, unit: &SaleUnit) -> (i32, Content) {
    let content = if row.unit == article.base_unit {
        Content::ONE
    } else {
        unit.content
    };
    (row.price_base, content)
}

/// `price` for another basis; none if that needs more than six decimals.
pub(super) fn restate(price: UnitPrice, from: (i32, Content), to: (i32, Content)) -> Option<UnitPrice> {
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

/// The smallest larger quantity that can be ordered at a lower price per base unit, with what the whole line would cost less
/// than at today's breaks.
pub(super) fn next_break(line: Line<'_>, offers: &Offers<'_>, won: Candidate<'_>) -> Option<NextBreak> {
    let (article, unit, quantity) = (line.article, line.unit, line.quantity);
    let currency = offers.deal.currency;
    let own = basis(won.row, article, unit);
    let now = offers.counts(won, article, quantity.base_steps);
    let thresholds = offers.thresholds(article, unit, quantity.base_steps);
    thresholds.into_iter().find_map(|threshold| {
        let more = smallest_order(unit, article.decimals, threshold, quantity.ordered)?;
        let then = winner(offers, article, unit, more.base_steps)?;
        let then_basis = basis(then.row, article, unit);
        if !is_cheaper((then.row.price, then_basis), (won.row.price, own)) {
            return None;
        }
        let net = |of: Candidate<'_>, upto| {
            let (gross, _) = gross(offers, of, article, unit, (more.base_steps, upto))?;
            let mut discounts = offers.discounts(article);
            take_off(gross, more.base_steps, article.decimals, &mut discounts, currency)
        };
        let saves = net(won, now)?.checked_sub(net(then, i64::MAX)?)?;
        Some(NextBreak {
            min_quantity: article.base_quantity(more.base_steps).to_string(),
            unit_price: restate(then.row.price, then_basis, own).map(|price| price.to_string()),
            saves: Money::new(saves, currency).to_string(),
        })
    })
}
