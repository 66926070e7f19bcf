//! Which packs make up a quantity, and how far it is from the next full pack or layer.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use crate::catalogue::rules::{Article, SaleUnit, smallest_order};
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

/// `base_steps` in packs: as many as go into it of the largest, then of the next, each in a number it is sold in; single
/// base units make up the rest, which can be ordered in any number of steps. So the parts are exactly what was asked for.
pub fn split(article: &Article, base_steps: i64) -> Vec<Part<'_>> {
    let (mut rest, mut parts) = (base_steps, Vec::new());
    for unit in article.units.iter().rev() {
        if rest <= 0 {
            break;
        }
        if unit.is_base {
            parts.push(Part {
                unit,
                ordered: article.base_quantity(rest),
                base_steps: rest,
            });
            rest = 0;
        } else if let Some(part) = most(article, unit, rest) {
            rest -= part.base_steps;
            parts.push(part);
        }
    }
    parts
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

/// What is missing to the next full pack of each kind and the next full layer, the least first. What is full is left out,
/// and what isn't a whole number of base steps.
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
    fills.sort_by_key(|fill| fill.missing);
    fills.dedup_by_key(|fill| fill.base_steps);
    fills
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::catalogue::rules::{PackSize, order_quantity, units_of};
    use crate::ids::ProductId;
    use crate::names::sets::ArticleState;
    use crate::quantity::Content;

    fn pack(unit: &str, content: i64) -> SaleUnit {
        SaleUnit {
            content: Content::new(content, 1).expect("valid"),
            is_base: false,
            ..SaleUnit::base(unit, None)
        }
    }

    fn article(packs: Vec<SaleUnit>) -> Article {
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
            [(Level::Pack, "CT".to_owned(), 8), (Level::Layer, "PAL".to_owned(), 80),]
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
