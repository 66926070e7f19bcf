//! What goods weigh, how many pallets they take up, and what would fill the last one.
//!
//! Articles share pallets: of an article whose pallet holds 480, 120 take up a quarter of one, whatever lies beside them.

use super::{Part, most, split};
use crate::catalogue::rules::{Article, SaleUnit};
use crate::keys;
use crate::quantity::{Quantity, gcd, steps_per_unit};

/// What pallets are called where nothing is known of their layers: usual keys, and codes of UN/ECE Recommendation 21.
const PALLETS: [&str; 6] = ["PAL", "PALLET", "PX", "XPX", "XAG", "XAH"];
/// Shares of a pallet that have no common measure within this are rounded up to billionths.
const MEASURE_MAX: i128 = 1_000_000_000_000_000;
const BILLION: i128 = 1_000_000_000;
/// Most ways to fill the last pallet.
const TARGETS_MAX: usize = 5;

/// So much of an article, in whatever unit.
#[derive(Debug, Clone, Copy)]
pub struct Goods<'a> {
    pub article: &'a Article,
    pub base_steps: i64,
}

impl Goods<'_> {
    /// With packing, in grams. A part in a unit whose weight isn't known weighs its share of the smallest pack whose is,
    /// rounded up; none where no weight is known.
    pub fn weight_g(&self) -> Option<i64> {
        let smallest = self.article.units.iter().find_map(|unit| Some((unit, weight(unit)?)))?;
        let mut grams = split(self.article, self.base_steps)
            .into_iter()
            .map(|part| match weight(part.unit) {
                Some(grams) => part.ordered.steps.checked_mul(grams),
                None => share(self.article, smallest, part),
            });
        grams.try_fold(0_i64, |sum, grams| sum.checked_add(grams?))
    }

    /// Base steps on a pallet; none of an article that has no pallet.
    fn per_pallet(&self) -> Option<i64> {
        let whole = pallet(self.article)?.content.base_steps(1, self.article.decimals);
        whole.ok().flatten().filter(|steps| *steps > 0)
    }

    /// The most of it, up to `base_steps`, that can be ordered in one of its packs; in single base units only where it has
    /// no pack but the pallet.
    fn most_in_packs(&self, base_steps: i64) -> Option<i64> {
        let pallet = pallet(self.article).map(|pallet| pallet.unit.as_str());
        let packs = || self.article.units.iter().filter(|unit| !unit.is_base);
        let has_smaller = packs()
            .next()
            .is_some_and(|smallest| Some(smallest.unit.as_str()) != pallet);
        match has_smaller {
            true => packs()
                .filter_map(|unit| Some(most(self.article, unit, base_steps)?.base_steps))
                .max(),
            false => Some(base_steps),
        }
    }
}

fn weight(unit: &SaleUnit) -> Option<i64> {
    unit.size.gross_weight_g
}

fn share(article: &Article, (pack, grams): (&SaleUnit, i64), part: Part<'_>) -> Option<i64> {
    let grams = i128::from(part.base_steps)
        .checked_mul(i128::from(grams))?
        .checked_mul(i128::from(pack.content.denominator()))?;
    let whole = i128::from(pack.content.numerator()) * i128::from(steps_per_unit(article.decimals));
    i64::try_from(grams / whole + i128::from(grams % whole > 0)).ok()
}

/// The largest pack of an article that is a pallet: one with layers, or one that is called so.
fn pallet(article: &Article) -> Option<&SaleUnit> {
    let is_called = |text: &str| PALLETS.iter().any(|name| keys::same(name, text));
    let mut packs = article.units.iter().rev().filter(|unit| !unit.is_base);
    packs.find(|unit| unit.size.layer.is_some() || is_called(&unit.unit) || is_called(&unit.unit_code))
}

/// So many pallets: whole ones and a share of the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pallets {
    whole: i64,
    /// The share is `over / of`, below one.
    over: i128,
    of: i128,
}

impl Pallets {
    const NONE: Self = Self {
        whole: 0,
        over: 0,
        of: 1,
    };

    /// With so many base steps more of what has `per_pallet` on a pallet.
    fn with(self, base_steps: i64, per_pallet: i64) -> Self {
        let whole = self.whole.saturating_add(base_steps / per_pallet);
        let (over, of) = (i128::from(base_steps % per_pallet), i128::from(per_pallet));
        let common = self.of / gcd(self.of, of) * of;
        let (over, common) = match common <= MEASURE_MAX {
            true => (self.over * (common / self.of) + over * (common / of), common),
            false => (billionths(self.over, self.of) + billionths(over, of), BILLION),
        };
        let divisor = gcd(over % common, common);
        Self {
            whole: whole.saturating_add(i64::try_from(over / common).unwrap_or(i64::MAX)),
            over: over % common / divisor,
            of: common / divisor,
        }
    }

    /// How many pallets there have to be.
    pub fn needed(self) -> i64 {
        self.whole.saturating_add(i64::from(self.over > 0))
    }

    /// How many pallets are filled, rounded up to hundredths.
    pub fn filled(self) -> Quantity {
        Quantity::new(self.whole.saturating_mul(100).saturating_add(self.last_percent()), 2)
    }

    /// What is free of the last one, rounded down to hundredths.
    pub fn room(self) -> Quantity {
        let free = if self.over > 0 { 100 - self.last_percent() } else { 0 };
        Quantity::new(free, 2)
    }

    /// How full the last one is, in percent, rounded up; 0 where all are full.
    pub fn last_percent(self) -> i64 {
        let (over, of) = (self.over * 100, self.of);
        i64::try_from(over / of + i128::from(over % of > 0)).unwrap_or(100)
    }

    /// How much fits on the last one of what has `per_pallet` on a pallet.
    fn fitting(self, per_pallet: i64) -> i64 {
        match self.over {
            0 => 0,
            over => i64::try_from((self.of - over) * i128::from(per_pallet) / self.of).unwrap_or(0),
        }
    }

    /// What is free of the last one, in billionths.
    fn free(self) -> i128 {
        match self.over {
            0 => 0,
            over => (self.of - over) * BILLION / self.of,
        }
    }
}

/// Rounded up.
fn billionths(over: i128, of: i128) -> i128 {
    over * BILLION / of + i128::from(over * BILLION % of > 0)
}

/// What goods weigh and take up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// With packing, in grams, of all whose weight is known.
    pub weight_g: i64,
    /// Of how many lines no weight is known.
    pub unweighed: usize,
    /// None where no article has a pallet.
    pub pallets: Option<Pallets>,
    /// How many lines have no pallet, and are in no number of pallets.
    pub unpalleted: usize,
}

impl Load {
    /// The weight in kilograms, as a plain decimal.
    pub fn weight_kg(&self) -> Quantity {
        Quantity::new(self.weight_g, 3)
    }
}

/// What all of these weigh and take up.
pub fn load<'a>(goods: impl IntoIterator<Item = Goods<'a>>) -> Load {
    let mut load = Load {
        weight_g: 0,
        unweighed: 0,
        pallets: None,
        unpalleted: 0,
    };
    for goods in goods {
        match goods.weight_g().and_then(|grams| load.weight_g.checked_add(grams)) {
            Some(sum) => load.weight_g = sum,
            None => load.unweighed += 1,
        }
        match goods.per_pallet() {
            Some(per_pallet) => {
                let before = load.pallets.unwrap_or(Pallets::NONE);
                load.pallets = Some(before.with(goods.base_steps, per_pallet));
            }
            None => load.unpalleted += 1,
        }
    }
    load
}

/// A line with which the last pallet would be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// Its place among the goods.
    pub line: usize,
    /// How much more of it, in base steps.
    pub missing: i64,
    /// All of it then, in base steps.
    pub base_steps: i64,
    /// What is free of the last pallet even then, in percent.
    pub left_percent: i64,
}

/// With which lines the last pallet could be filled, each by itself: as much more of it as fits. Those that fill it best
/// come first, at most five.
pub fn targets(goods: &[Goods<'_>], pallets: Pallets) -> Vec<Target> {
    let target = |(line, goods): (usize, &Goods<'_>)| {
        let per_pallet = goods.per_pallet()?;
        let room = goods.base_steps.checked_add(pallets.fitting(per_pallet))?;
        let base_steps = goods.most_in_packs(room).filter(|steps| *steps > goods.base_steps)?;
        let missing = base_steps - goods.base_steps;
        let left = pallets.with(missing, per_pallet).free();
        Some((
            left,
            Target {
                line,
                missing,
                base_steps,
                left_percent: i64::try_from(left * 100 / BILLION).unwrap_or(100),
            },
        ))
    };
    let mut found: Vec<_> = goods.iter().enumerate().filter_map(target).collect();
    found.sort_by_key(|(left, target)| (*left, target.line));
    found.into_iter().take(TARGETS_MAX).map(|(_, target)| target).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{article, pack};
    use super::*;
    use crate::catalogue::rules::PackSize;

    fn weighing(unit: &str, content: i64, grams: i64) -> SaleUnit {
        SaleUnit {
            size: PackSize {
                gross_weight_g: Some(grams),
                ..PackSize::default()
            },
            ..pack(unit, content)
        }
    }

    fn of(article: &Article, base_steps: i64) -> Goods<'_> {
        Goods { article, base_steps }
    }

    #[test]
    fn what_is_not_weighed_weighs_its_share_of_the_smallest_pack_that_is() {
        let cola = article(vec![weighing("CT", 12, 9_600), weighing("PAL", 480, 400_000)]);
        assert_eq!(of(&cola, 480).weight_g(), Some(400_000));
        assert_eq!(of(&cola, 500).weight_g(), Some(400_000 + 9_600 + 8 * 800));
        let odd = article(vec![weighing("CT", 7, 1_000), pack("PAL", 70)]);
        // 1 piece of 7 is 142.86 g, 71 are ten cartons and one.
        assert_eq!(of(&odd, 1).weight_g(), Some(143));
        assert_eq!(of(&odd, 71).weight_g(), Some(10_143));
        assert_eq!(of(&article(vec![pack("CT", 12)]), 24).weight_g(), None);
    }

    #[test]
    fn articles_share_pallets() {
        let (cola, water, screws) = (
            article(vec![pack("CT", 12), pack("PAL", 480)]),
            article(vec![pack("SIX", 6), pack("XPX", 720)]),
            article(vec![pack("BX", 200)]),
        );
        let told = |goods: &[Goods<'_>]| {
            let load = load(goods.iter().copied());
            let pallets = load.pallets.expect("there are pallets");
            let texts = [pallets.filled(), pallets.room()].map(|quantity| quantity.to_string());
            (pallets.needed(), texts, load.unpalleted)
        };
        let texts = |filled: &str, room: &str| [filled.to_owned(), room.to_owned()];
        // A quarter and a third.
        let mixed = [of(&cola, 120), of(&water, 240), of(&screws, 5)];
        assert_eq!(told(&mixed), (1, texts("0.59", "0.41"), 1));
        assert_eq!(told(&[of(&cola, 960)]), (2, texts("2", "0"), 0));
        assert_eq!(told(&[of(&cola, 961)]), (3, texts("2.01", "0.99"), 0));
        let thirds = [of(&water, 240), of(&water, 240), of(&water, 240)];
        assert_eq!(told(&thirds), (1, texts("1", "0"), 0));
        assert_eq!(load([of(&screws, 5)]).pallets, None);
    }

    #[test]
    fn the_last_pallet_is_filled_by_the_line_that_fills_it_best() {
        let (cola, water) = (
            article(vec![pack("CT", 12), pack("PAL", 480)]),
            article(vec![pack("SIX", 7), pack("PAL", 700)]),
        );
        let goods = [of(&water, 175), of(&cola, 120)];
        let pallets = load(goods).pallets.expect("there are pallets");
        // Half is free: 240 pieces of the one fill it, 350 of the other would, of which 350 = 50 × 7 go.
        let found = targets(&goods, pallets);
        let found: Vec<_> = found
            .iter()
            .map(|target| (target.line, target.missing, target.base_steps))
            .collect();
        assert_eq!(found, [(0, 350, 525), (1, 240, 360)]);
        let full = [of(&cola, 480)];
        assert_eq!(targets(&full, load(full).pallets.expect("there are pallets")), []);
        let rope = article(vec![pack("PAL", 80)]);
        let goods = [of(&rope, 30)];
        let found = targets(&goods, load(goods).pallets.expect("there are pallets"));
        assert_eq!(found.first().map(|target| target.base_steps), Some(80));
    }

    proptest! {
        #[test]
        fn what_fills_the_last_pallet_needs_no_other(
            lines in proptest::collection::vec((1_i64..5_000, 2_i64..60, 2_i64..100), 1..12),
        ) {
            let articles: Vec<_> = lines
                .iter()
                .map(|(_, carton, cartons)| article(vec![pack("CT", *carton), pack("PAL", carton * cartons)]))
                .collect();
            let goods: Vec<_> = articles.iter().zip(&lines).map(|(article, line)| of(article, line.0)).collect();
            let pallets = load(goods.iter().copied()).pallets.expect("there are pallets");
            let mut before = None;
            for target in targets(&goods, pallets) {
                prop_assert!(target.missing > 0);
                let mut then = goods.clone();
                if let Some(line) = then.get_mut(target.line) {
                    line.base_steps = target.base_steps;
                }
                let after = load(then).pallets.expect("there are pallets");
                prop_assert_eq!(after.needed(), pallets.needed());
                prop_assert!(before.is_none_or(|before| before <= after.free()));
                before = Some(after.free());
            }
            let whole = pallets.needed() * 100;
            prop_assert_eq!(pallets.filled().steps + pallets.room().steps, whole);
        }

        #[test]
        fn the_order_of_lines_never_matters(mut lines in proptest::collection::vec((1_i64..5_000, 2_i64..800), 1..12)) {
            let load_of = |lines: &[(i64, i64)]| {
                let articles: Vec<_> = lines.iter().map(|(_, pallet)| article(vec![pack("PAL", *pallet)])).collect();
                let goods = articles.iter().zip(lines).map(|(article, line)| of(article, line.0));
                load(goods).pallets.expect("there are pallets").needed()
            };
            // Where shares have no common measure they are rounded up, one by one: by less than a millionth of a pallet.
            let there = load_of(&lines);
            lines.reverse();
            prop_assert!((there - load_of(&lines)).abs() <= 1);
        }
    }
}
