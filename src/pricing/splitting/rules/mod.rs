//! Which packs make up a quantity, and how far it is from the next full pack or layer.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

mod loading;

pub use loading::{Goods, Load, Pallets, Target, load, targets};

use crate::catalogue::rules::{Article, SaleUnit, order_quantity, smallest_order};
use crate::names::names;
use crate::quantity::{Quantity, steps_per_unit};

/// So many of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'a> {
    pub unit: &'a SaleUnit,
    /// In the unit.
    pub ordered: Quantity,
    pub base_steps: i64,
}

names! {
    /// What would be full.
    pub enum Level as FillLevel {
        /// A pack: a carton, a pallet.
        Pack = "pack",
        /// A layer of a pack, of the next smaller one.
        Layer = "layer",
    }
}

/// What is missing to something full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fill<'a> {
    pub level: Level,
    /// The pack that would be full, or of which a layer would be.
    pub unit: &'a SaleUnit,
    /// How much more, in base steps.
    pub missing: i64,
    /// All of it then, in base steps.
    pub base_steps: i64,
}

/// Ways that are tried for a quantity of packs that don't divide each other.
const WAYS_MAX: u32 = 256;

/// `base_steps` in packs, each in a number it is sold in: as many as go into it of the largest, then of the next. Where
/// packs don't divide each other that may leave more over than need be: then those that leave the least. Single base units
/// make up the rest, which can be ordered in any number of steps. So the parts are exactly what was asked for.
pub fn split(article: &Article, base_steps: i64) -> Vec<Part<'_>> {
    let packs: Vec<_> = article.units.iter().rev().filter(|unit| !unit.is_base).collect();
    let mut way = largest_first(article, &packs, base_steps);
    if way.loose > 0 && !divide_each_other(&packs) {
        let mut tries = WAYS_MAX;
        way = least_loose(article, &packs, base_steps, &mut tries);
    }
    let loose = article.units.iter().find(|unit| unit.is_base && way.loose > 0);
    way.parts.extend(loose.map(|unit| Part {
        unit,
        ordered: article.base_quantity(way.loose),
        base_steps: way.loose,
    }));
    way.parts
}

/// A quantity in packs, and what is left over.
struct Way<'a> {
    /// In base steps.
    loose: i64,
    parts: Vec<Part<'a>>,
}

impl Way<'_> {
    /// How bad it is: what is left over, then how many packs it takes.
    fn order(&self) -> (i64, i64) {
        let packs = self.parts.iter().map(|part| part.ordered.steps);
        (self.loose, packs.fold(0, i64::saturating_add))
    }
}

fn largest_first<'a>(article: &Article, packs: &[&'a SaleUnit], base_steps: i64) -> Way<'a> {
    let (mut loose, mut parts) = (base_steps, Vec::new());
    for unit in packs.iter().copied() {
        if let Some(part) = most(article, unit, loose) {
            loose -= part.base_steps;
            parts.push(part);
        }
    }
    Way { loose, parts }
}

/// True where each pack holds a whole number of the next smaller one.
fn divide_each_other(packs: &[&SaleUnit]) -> bool {
    packs.iter().zip(packs.iter().skip(1)).all(|(larger, smaller)| {
        let (larger, smaller) = (larger.content, smaller.content);
        let whole = i128::from(larger.numerator()) * i128::from(smaller.denominator());
        whole % (i128::from(larger.denominator()) * i128::from(smaller.numerator())) == 0
    })
}

/// The way that leaves the least over, of `tries` that begin with the most of the largest pack.
fn least_loose<'a>(article: &Article, packs: &[&'a SaleUnit], base_steps: i64, tries: &mut u32) -> Way<'a> {
    let nothing = Way {
        loose: base_steps,
        parts: Vec::new(),
    };
    let Some((&unit, smaller)) = packs.split_first() else {
        return nothing;
    };
    let mut best = nothing;
    let mut taken = most(article, unit, base_steps);
    while let Some(part) = taken.filter(|_| *tries > 0 && best.loose > 0) {
        *tries -= 1;
        let mut way = least_loose(article, smaller, base_steps - part.base_steps, tries);
        way.parts.insert(0, part);
        if way.order() < best.order() {
            best = way;
        }
        // Fewer of the smallest pack leave only more.
        taken = most(article, unit, part.base_steps - 1).filter(|_| !smaller.is_empty());
    }
    let without = least_loose(article, smaller, base_steps, tries);
    match best.loose > 0 && without.order() < best.order() {
        true => without,
        false => best,
    }
}

/// `base_steps` as so many of one unit, where that can be ordered as it is.
pub fn exactly<'a>(article: &Article, unit: &'a SaleUnit, base_steps: i64) -> Option<Part<'a>> {
    let ordered = match unit.is_base {
        true => article.base_quantity(base_steps),
        false => {
            let per_pack = i128::from(unit.content.numerator()) * i128::from(steps_per_unit(article.decimals));
            let packs = i128::from(base_steps) * i128::from(unit.content.denominator());
            let packs = (packs % per_pack == 0).then(|| i64::try_from(packs / per_pack).ok())??;
            let quantity = order_quantity(article, unit, &packs.to_string()).ok()?;
            // A pack that rounds might make another quantity of it.
            Some(quantity.ordered).filter(|_| quantity.base_steps == base_steps)?
        }
    };
    Some(Part {
        unit,
        ordered,
        base_steps,
    })
}

/// The most packs that go into `base_steps`.
fn most<'a>(article: &Article, unit: &'a SaleUnit, base_steps: i64) -> Option<Part<'a>> {
    let one = smallest_order(unit, article.decimals, 1, Quantity::new(unit.min_quantity - 1, 0))?;
    let next = smallest_order(unit, article.decimals, 1, one.ordered);
    // Quantities that can be ordered lie evenly.
    let step = match next {
        Some(next) => (next.ordered.steps - one.ordered.steps, next.base_steps - one.base_steps),
        None => (one.ordered.steps, one.base_steps),
    };
    let more = match next {
        Some(_) => base_steps.checked_sub(one.base_steps)?.checked_div(step.1)?,
        None => 0,
    };
    if base_steps < one.base_steps {
        return None;
    }
    let bounded = match unit.max_quantity {
        Some(most) => more.min((most - one.ordered.steps).checked_div(step.0)?),
        None => more,
    };
    Some(Part {
        unit,
        ordered: Quantity::new(one.ordered.steps + bounded * step.0, 0),
        base_steps: one.base_steps + bounded * step.1,
    })
}

/// What is missing to the next full pack of each kind and the next full layer, the least first; where the same is missing to
/// several, the largest. What is full is left out, and what isn't a whole number of base steps.
pub fn fills(article: &Article, base_steps: i64) -> Vec<Fill<'_>> {
    let whole = |unit: &SaleUnit, count: i64| unit.content.base_steps(count, article.decimals).ok().flatten();
    let mut fills = Vec::new();
    for (below, unit) in article.units.iter().zip(article.units.iter().skip(1)) {
        let of_pack = whole(unit, 1).map(|full| (Level::Pack, full));
        let of_layer = unit
            .size
            .layer
            .and_then(|count| match below.is_base {
                true => count.checked_mul(steps_per_unit(article.decimals)),
                false => whole(below, count),
            })
            .map(|full| (Level::Layer, full));
        for (level, full) in of_layer.into_iter().chain(of_pack) {
            let missing = (full - base_steps % full) % full;
            if let (true, Some(base_steps)) = (missing > 0, base_steps.checked_add(missing)) {
                fills.push(Fill {
                    level,
                    unit,
                    missing,
                    base_steps,
                });
            }
        }
    }
    fills.reverse();
    fills.sort_by_key(|fill| fill.missing);
    fills.dedup_by_key(|fill| fill.base_steps);
    fills
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::catalogue::rules::{PackSize, Rounding, units_of};
    use crate::ids::ProductId;
    use crate::names::sets::ArticleState;
    use crate::quantity::Content;

    pub(super) fn pack(unit: &str, content: i64) -> SaleUnit {
        SaleUnit {
            content: Content::new(content, 1).expect("valid"),
            is_base: false,
            ..SaleUnit::base(unit, None)
        }
    }

    pub(super) fn article(packs: Vec<SaleUnit>) -> Article {
        let packs = packs.into_iter().map(|unit| (None, unit)).collect();
        Article {
            product_id: ProductId(1),
            sku: "A".to_owned(),
            customer_part_number: None,
            name: "A".to_owned(),
            brand: None,
            private_label: false,
            description: None,
            category: None,
            tax_category: "S".to_owned(),
            lead_time_days: 0,
            base_unit: "H87".to_owned(),
            decimals: 0,
            state: ArticleState::Active,
            orderable_from: None,
            units: units_of(SaleUnit::base("H87", None), packs),
            price_on_request: false,
        }
    }

    fn drink() -> Article {
        let pallet = SaleUnit {
            size: PackSize {
                layer: Some(8),
                ..PackSize::default()
            },
            ..pack("PAL", 480)
        };
        article(vec![pack("CT", 12), pallet])
    }

    #[test]
    fn the_largest_packs_come_first_and_single_pieces_make_up_the_rest() {
        let of = |article: &Article, pieces| {
            let parts = split(article, pieces);
            let parts = parts.iter().map(|part| (part.unit.unit.clone(), part.ordered.steps));
            parts.collect::<Vec<_>>()
        };
        let expected = |parts: &[(&str, i64)]| {
            parts
                .iter()
                .map(|(unit, n)| ((*unit).to_owned(), *n))
                .collect::<Vec<_>>()
        };
        assert_eq!(of(&drink(), 1_000), expected(&[("PAL", 2), ("CT", 3), ("H87", 4)]));
        assert_eq!(of(&drink(), 5), expected(&[("H87", 5)]));
        let mut bound = pack("CT", 12);
        (bound.min_quantity, bound.multiple, bound.max_quantity) = (2, 2, Some(6));
        let bound = article(vec![bound]);
        assert_eq!(of(&bound, 23), expected(&[("H87", 23)]));
        assert_eq!(of(&bound, 61), expected(&[("CT", 4), ("H87", 13)]));
        assert_eq!(of(&bound, 120), expected(&[("CT", 6), ("H87", 48)]));
    }

    #[test]
    fn packs_that_do_not_divide_each_other_leave_as_little_over_as_they_can() {
        let of = |packs: &[(&str, i64)], pieces| {
            let article = article(packs.iter().map(|(unit, content)| pack(unit, *content)).collect());
            let parts = split(&article, pieces);
            let parts = parts.iter().map(|part| format!("{} {}", part.ordered, part.unit.unit));
            parts.collect::<Vec<_>>().join(", ")
        };
        let odd = [("THREE", 3), ("FIVE", 5)];
        assert_eq!(of(&odd, 8), "1 FIVE, 1 THREE");
        assert_eq!(of(&odd, 9), "3 THREE");
        assert_eq!(of(&odd, 7), "2 THREE, 1 H87");
        assert_eq!(of(&odd, 1_001), "199 FIVE, 2 THREE");
        assert_eq!(of(&odd, 2), "2 H87");
        assert_eq!(of(&[("CT", 12), ("BOX", 500)], 504), "42 CT");
    }

    #[test]
    fn one_unit_holds_a_quantity_exactly_or_not_at_all() {
        let mut rounding = pack("UP", 6);
        (rounding.multiple, rounding.rounding) = (2, Rounding::Up);
        let article = article(vec![pack("CT", 12), rounding]);
        let of = |unit: &str, pieces| {
            let unit = article.unit(unit).expect("known");
            exactly(&article, unit, pieces).map(|part| part.ordered.to_string())
        };
        assert_eq!(of("CT", 24).as_deref(), Some("2"));
        assert_eq!(of("CT", 25), None);
        assert_eq!(of("H87", 25).as_deref(), Some("25"));
        assert_eq!(of("UP", 24).as_deref(), Some("4"));
        assert_eq!(of("UP", 18), None);
    }

    #[test]
    fn what_is_missing_to_a_carton_a_layer_and_a_pallet_is_told() {
        let of = |pieces| {
            let article = drink();
            let fills = fills(&article, pieces);
            let fills = fills
                .iter()
                .map(|fill| (fill.level, fill.unit.unit.clone(), fill.missing));
            fills.collect::<Vec<_>>()
        };
        assert_eq!(
            of(400),
            [(Level::Pack, "CT".to_owned(), 8), (Level::Pack, "PAL".to_owned(), 80),]
        );
        assert_eq!(of(480), []);
        assert_eq!(
            of(12),
            [
                (Level::Layer, "PAL".to_owned(), 84),
                (Level::Pack, "PAL".to_owned(), 468),
            ]
        );
    }

    proptest! {
        #[test]
        fn parts_sum_to_what_was_asked_for_and_each_can_be_ordered(
            pieces in 1_i64..100_000,
            packs in proptest::collection::vec((2_i64..500, 1_i64..5, 1_i64..5, proptest::option::of(5_i64..50)), 0..4),
        ) {
            let packs = packs.into_iter().enumerate().map(|(index, (content, least, multiple, most))| SaleUnit {
                min_quantity: least,
                multiple,
                max_quantity: most.map(|most| most.max(least * multiple)),
                ..pack(&format!("P{index}"), content)
            });
            let article = article(packs.collect());
            let parts = split(&article, pieces);
            prop_assert_eq!(parts.iter().map(|part| part.base_steps).sum::<i64>(), pieces);
            for part in &parts {
                let ordered = order_quantity(&article, part.unit, &part.ordered.to_string());
                prop_assert_eq!(ordered.map(|quantity| quantity.base_steps).ok(), Some(part.base_steps));
            }
            for fill in fills(&article, pieces) {
                prop_assert_eq!(fill.base_steps, pieces + fill.missing);
            }
        }
    }
}
