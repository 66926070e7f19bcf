//! What is offered instead of an article, and how much of it stands for how much.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::fmt;

use crate::catalogue::rules::{Article, OrderQuantity, SaleUnit, smallest_order};
use crate::ids::{ProductId, SubstituteId};
use crate::keys;
use crate::names::sets::ArticleState;
pub use crate::names::sets::SubstituteKind;
use crate::quantity::Quantity;

/// Decimals of a ratio that is kept.
pub const RATIO_DECIMALS: u8 = 6;
/// How many successors that have ended themselves are passed on the way to one that is sold.
pub const CHAIN_MAX: usize = 4;

/// How many base units of a substitute stand for one base unit of the article: an exact decimal above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    scaled: i128,
    decimals: u32,
}

impl Ratio {
    /// So many millionths.
    pub fn of_micros(micros: i64) -> Self {
        Self {
            scaled: i128::from(micros),
            decimals: u32::from(RATIO_DECIMALS),
        }
        .tidied()
    }

    /// Without zeros behind the last digit.
    fn tidied(mut self) -> Self {
        while self.decimals > 0 && self.scaled % 10 == 0 {
            self.scaled /= 10;
            self.decimals -= 1;
        }
        self
    }

    /// Of a substitute of a substitute; none where it can't be held.
    pub fn through(self, next: Self) -> Option<Self> {
        let ratio = Self {
            scaled: self.scaled.checked_mul(next.scaled)?,
            decimals: self.decimals.checked_add(next.decimals)?,
        };
        Some(ratio.tidied())
    }

    /// How many base steps of the substitute stand for so many of the article, rounded up to whole ones; both with the decimals
    /// of their base units. None where it can't be held.
    pub fn steps(self, steps: i64, decimals: u8, substitute_decimals: u8) -> Option<i64> {
        let (whole, is_exact) = self.whole_steps(steps, decimals, substitute_decimals)?;
        i64::try_from(whole.checked_add(i128::from(!is_exact))?).ok()
    }

    /// True where that is more than stands for them.
    pub fn is_rounded(self, steps: i64, decimals: u8, substitute_decimals: u8) -> bool {
        let whole = self.whole_steps(steps, decimals, substitute_decimals);
        whole.is_some_and(|(_, is_exact)| !is_exact)
    }

    /// The whole steps in it, and whether there is nothing beside them.
    fn whole_steps(self, steps: i64, decimals: u8, substitute_decimals: u8) -> Option<(i128, bool)> {
        let ten = |power: u32| 10_i128.checked_pow(power);
        let numerator = i128::from(steps)
            .checked_mul(self.scaled)?
            .checked_mul(ten(u32::from(substitute_decimals))?)?;
        let denominator = ten(self.decimals)?.checked_mul(ten(u32::from(decimals))?)?;
        let whole = numerator.checked_div(denominator)?;
        Some((whole, numerator.checked_rem(denominator)? == 0))
    }
}

/// A plain decimal: `1`, `0.5`.
impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = 10_i128.checked_pow(self.decimals).unwrap_or(i128::MAX);
        let (whole, part) = (self.scaled / one, self.scaled % one);
        match (part, usize::try_from(self.decimals)) {
            (0, _) | (_, Err(_)) => write!(f, "{whole}"),
            (part, Ok(width)) => write!(f, "{whole}.{part:0width$}"),
        }
    }
}

/// An article as staff name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub id: ProductId,
    pub sku: String,
    pub name: String,
    pub state: ArticleState,
}

/// What is offered instead of an article, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Substitute {
    pub id: SubstituteId,
    pub article: Named,
    pub substitute: Named,
    pub kind: SubstituteKind,
    /// Millionths.
    pub ratio_micros: i64,
}

impl Substitute {
    pub fn ratio(&self) -> Ratio {
        Ratio::of_micros(self.ratio_micros)
    }
}

/// The unit in which a substitute is offered: that of the line, else the one that a line without a unit means, else the base unit.
pub fn unit_of<'a>(substitute: &'a Article, asked: &str) -> Option<&'a SaleUnit> {
    let units = || substitute.units.iter();
    let same = units().find(|unit| unit.unit == asked);
    let alike = || units().find(|unit| keys::same(&unit.unit, asked));
    let usual = || {
        units()
            .find(|unit| unit.is_default)
            .or_else(|| units().find(|unit| unit.is_base))
    };
    same.or_else(alike).or_else(usual)
}

/// How much of a substitute is ordered for so many base steps: whole sale units, by what the unit is ordered in; and whether that
/// is more than stands for them.
pub fn ordered(substitute: &Article, unit: &SaleUnit, base_steps: i64) -> Option<(OrderQuantity, bool)> {
    let decimals = if unit.is_base { substitute.decimals } else { 0 };
    let quantity = smallest_order(unit, substitute.decimals, base_steps, Quantity::new(0, decimals))?;
    Some((quantity, quantity.base_steps > base_steps))
}

/// True where something else is to be offered: the article has ended, it comes no more and there is too little of it, or what
/// is wanted waits.
pub fn is_due(state: ArticleState, free: i64, wanted: i64, waits: bool) -> bool {
    match state {
        ArticleState::Ended => true,
        ArticleState::PhaseOut => free < wanted.max(1) || waits,
        ArticleState::Active => waits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::rules::units_of;
    use crate::quantity::Content;
    use proptest::prelude::*;

    fn article(decimals: u8) -> Article {
        let pack = |unit: &str, content, min_quantity, multiple| {
            let mut pack = SaleUnit::base(unit, None);
            pack.content = Content::new(content, 1).expect("valid");
            (pack.min_quantity, pack.multiple, pack.is_base) = (min_quantity, multiple, false);
            (None, pack)
        };
        Article {
            product_id: ProductId(2),
            sku: "B".to_owned(),
            customer_part_number: None,
            name: "B".to_owned(),
            brand: None,
            private_label: false,
            description: None,
            category: None,
            tax_category: "S".to_owned(),
            lead_time_days: 0,
            base_unit: "H87".to_owned(),
            decimals,
            state: ArticleState::Active,
            orderable_from: None,
            price_on_request: false,
            units: units_of(
                SaleUnit::base("H87", None),
                vec![pack("CT12", 12, 1, 1), pack("PAL", 480, 2, 2)],
            ),
        }
    }

    #[test]
    fn so_much_of_one_stands_for_so_much_of_the_other_rounded_up() {
        for (micros, steps, decimals, of_substitute, expected) in [
            (1_000_000, 60, 0, 0, Some(60)),
            (500_000, 7, 0, 0, Some(4)),
            (1_500_000, 7, 0, 0, Some(11)),
            (1_500_000, 7, 0, 2, Some(1_050)),
            (1, 1, 0, 0, Some(1)),
            (333_333, 3, 0, 0, Some(1)),
            (2_000_000, 150, 2, 0, Some(3)),
            (2_000_000, 151, 2, 0, Some(4)),
            (1_000_000_000_000, i64::MAX, 0, 6, None),
        ] {
            let ratio = Ratio::of_micros(micros);
            assert_eq!(
                ratio.steps(steps, decimals, of_substitute),
                expected,
                "{ratio} of {steps}"
            );
        }
    }

    #[test]
    fn more_than_stands_for_it_is_known_as_such() {
        let ratio = Ratio::of_micros(2_500_000);
        for (steps, expected) in [(2, false), (3, true), (4, false)] {
            assert_eq!(ratio.is_rounded(steps, 0, 0), expected, "{steps}");
            assert!(!ratio.is_rounded(steps, 0, 1), "{steps}");
        }
    }

    #[test]
    fn a_ratio_is_written_as_a_decimal_and_goes_through_a_chain() {
        for (micros, text) in [
            (1_000_000, "1"),
            (500_000, "0.5"),
            (12_000_000, "12"),
            (1, "0.000001"),
            (1_250_000, "1.25"),
        ] {
            assert_eq!(Ratio::of_micros(micros).to_string(), text);
        }
        let half = Ratio::of_micros(500_000);
        assert_eq!(
            half.through(half).map(|ratio| ratio.to_string()),
            Some("0.25".to_owned())
        );
        let two = Ratio::of_micros(2_000_000);
        assert_eq!(half.through(two), Some(Ratio::of_micros(1_000_000)));
    }

    #[test]
    fn a_substitute_is_offered_in_the_same_unit_and_in_whole_ones() {
        let article = article(0);
        for (asked, steps, expected) in [
            ("CT12", 60, ("CT12", 5, false)),
            ("ct12", 61, ("CT12", 6, true)),
            ("PAL", 1, ("PAL", 2, true)),
            ("BOX", 61, ("H87", 61, false)),
            ("H87", 1, ("H87", 1, false)),
        ] {
            let unit = unit_of(&article, asked).expect("there is one");
            let (quantity, is_more) = ordered(&article, unit, steps).expect("it fits");
            assert_eq!(
                (unit.unit.as_str(), quantity.ordered.steps, is_more),
                expected,
                "{asked} {steps}"
            );
        }
    }

    #[test]
    fn something_else_is_offered_where_there_is_none_or_it_waits() {
        use ArticleState::{Active, Ended, PhaseOut};
        for (state, free, wanted, waits, expected) in [
            (Active, 0, 5, false, false),
            (Active, 0, 5, true, true),
            (PhaseOut, 5, 5, false, false),
            (PhaseOut, 4, 5, false, true),
            (PhaseOut, 0, 0, false, true),
            (Ended, 99, 1, false, true),
        ] {
            assert_eq!(
                is_due(state, free, wanted, waits),
                expected,
                "{state:?} {free} {wanted} {waits}"
            );
        }
    }

    proptest! {
        #[test]
        fn never_less_than_stands_for_it_and_less_than_a_step_more(
            micros in 1_i64..5_000_000, steps in 1_i64..1_000_000, decimals in 0_u8..4, of_substitute in 0_u8..4,
        ) {
            let found = Ratio::of_micros(micros).steps(steps, decimals, of_substitute).expect("it fits");
            // found / 10^s against steps / 10^d * micros / 10^6, both times all powers.
            let power = |exponent: u8| 10_i128.pow(u32::from(exponent));
            let given = i128::from(found) * power(decimals) * power(6);
            let wanted = i128::from(steps) * i128::from(micros) * power(of_substitute);
            prop_assert!(given >= wanted);
            prop_assert!(given - wanted < power(decimals) * power(6));
        }
    }
}
