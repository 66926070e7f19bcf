//! What is earned of a line, and whether that is too little. Everything in whole minor units; a percentage is parts per million of
//! the price without tax.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::catalogue::rules::OrderQuantity;
use crate::ids::{MarginFloorId, ProductCostId, ProductId};
use crate::money::{Currency, UnitPrice, round_half_away};
use crate::names::names;
use crate::pricing::rules::net_minor;
use crate::quantity::Content;

/// Parts per million of the whole.
pub const WHOLE_PPM: i64 = 1_000_000;
/// Decimals of a percentage.
pub const PERCENT_DECIMALS: u8 = 4;

names! {
    /// What becomes of a price that earns less than the floor.
    pub enum Action as MarginFloorAction {
        /// It is told.
        Warn = "warn",
        /// It is not approved.
        Block = "block",
    }
}

/// What a product costs from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    pub id: ProductCostId,
    pub product_id: ProductId,
    pub sku: String,
    pub name: String,
    pub currency: Currency,
    /// First day; none: always.
    pub valid_from: Option<NaiveDate>,
    /// Of one base unit.
    pub cost: UnitPrice,
}

/// How little may be earned of products of a category, or of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Floor {
    pub id: MarginFloorId,
    pub category: Option<String>,
    pub percent_ppm: i64,
    pub action: Action,
}

impl Floor {
    /// A plain decimal without zeros at its end.
    pub fn percent(&self) -> String {
        crate::quantity::Quantity::new(self.percent_ppm, PERCENT_DECIMALS).to_string()
    }
}

/// All floors.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Floors(pub Vec<Floor>);

impl Floors {
    /// The floor of products of this category.
    pub fn of(&self, category: Option<&str>) -> Option<&Floor> {
        let own = category.and_then(|category| self.0.iter().find(|floor| floor.category.as_deref() == Some(category)));
        own.or_else(|| self.0.iter().find(|floor| floor.category.is_none()))
    }
}

/// What products cost on a day, millionths for one base unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Costs(pub HashMap<ProductId, i64>);

impl Costs {
    /// What a line costs the supplier, minor units; none where that is not known.
    pub fn of_line(
        &self,
        product_id: ProductId,
        quantity: OrderQuantity,
        decimals: u8,
        currency: Currency,
    ) -> Option<i64> {
        let micros = *self.0.get(&product_id)?;
        net_minor(UnitPrice { micros }, 1, quantity, true, decimals, currency)
    }
}

/// Parts per million of `net` that are earned; none where nothing is paid.
pub fn margin_ppm(net_minor: i64, cost_minor: i64) -> Option<i64> {
    let earned = i128::from(net_minor) - i128::from(cost_minor);
    (net_minor > 0)
        .then(|| round_half_away(earned * i128::from(WHOLE_PPM), net_minor.into()))
        .flatten()
}

/// True where less than the floor is earned of a line. What is given away earns nothing.
pub fn is_under(net_minor: i64, cost_minor: i64, floor_ppm: i64) -> bool {
    let earned = i128::from(net_minor) - i128::from(cost_minor);
    earned * i128::from(WHOLE_PPM) < i128::from(net_minor) * i128::from(floor_ppm)
}

/// Parts per million of a price that are earned, where it buys `price_base` units of `content` base units each.
pub fn price_margin_ppm(price: UnitPrice, price_base: i32, content: Content, cost_micros: i64) -> Option<i64> {
    let (paid, cost) = of_price(price, price_base, content, cost_micros)?;
    let earned = paid.checked_sub(cost)?;
    let denominator = (paid > 0).then_some(paid)?;
    round_half_away(earned.checked_mul(WHOLE_PPM.into())?, denominator)
}

/// True where less than the floor is earned of a price.
pub fn is_price_under(
    price: UnitPrice,
    (price_base, content): (i32, Content),
    cost_micros: i64,
    floor_ppm: i64,
) -> bool {
    of_price(price, price_base, content, cost_micros).is_some_and(|(paid, cost)| {
        let earned = (paid - cost).checked_mul(WHOLE_PPM.into());
        earned.is_some_and(|earned| paid.checked_mul(floor_ppm.into()).is_some_and(|least| earned < least))
    })
}

/// What is paid and what it costs, in the same small unit.
fn of_price(price: UnitPrice, price_base: i32, content: Content, cost_micros: i64) -> Option<(i128, i128)> {
    let paid = i128::from(price.micros).checked_mul(content.denominator().into())?;
    let cost = i128::from(cost_micros)
        .checked_mul(price_base.into())?
        .checked_mul(content.numerator().into())?;
    Some((paid, cost))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn floor(category: Option<&str>, percent_ppm: i64) -> Floor {
        Floor {
            id: MarginFloorId(percent_ppm),
            category: category.map(str::to_owned),
            percent_ppm,
            action: Action::Warn,
        }
    }

    #[test]
    fn a_category_has_its_own_floor_or_that_of_everything() {
        let floors = Floors(vec![floor(None, 100_000), floor(Some("Bolts"), 250_000)]);
        let of = |category| floors.of(category).map(|floor| floor.percent_ppm);
        assert_eq!(
            [of(Some("Bolts")), of(Some("Cables")), of(None)],
            [Some(250_000), Some(100_000), Some(100_000)]
        );
        assert_eq!(Floors(vec![floor(Some("Bolts"), 1)]).of(None), None);
        assert_eq!(floor(None, 125_000).percent(), "12.5");
    }

    #[test]
    fn a_margin_is_a_part_of_the_price() {
        assert_eq!(margin_ppm(10_000, 7_500), Some(250_000));
        assert_eq!(margin_ppm(10_000, 12_000), Some(-200_000));
        assert_eq!(margin_ppm(0, 5), None);
        assert!(is_under(10_000, 7_501, 250_000) && !is_under(10_000, 7_500, 250_000));
        assert!(is_under(0, 1, 0) && !is_under(0, 0, 0));
    }

    #[test]
    fn a_price_is_held_against_the_cost_of_all_it_buys() {
        let price = |text: &str| UnitPrice::parse(text).unwrap();
        let one = Content::new(1, 1).unwrap();
        let carton = Content::new(200, 1).unwrap();
        // 100 pieces for 20.00 that cost 0.15 each.
        assert_eq!(price_margin_ppm(price("20"), 100, one, 150_000), Some(250_000));
        assert_eq!(price_margin_ppm(price("40"), 1, carton, 150_000), Some(250_000));
        assert!(is_price_under(price("19.99"), (100, one), 150_000, 250_000));
        assert!(!is_price_under(price("20"), (100, one), 150_000, 250_000));
    }

    proptest! {
        #[test]
        fn what_is_under_a_floor_has_less_margin_than_it(net in 1_i64..1_000_000_000, cost in 0_i64..1_000_000_000, floor in 0_i64..999_999) {
            let margin = margin_ppm(net, cost).unwrap();
            if is_under(net, cost, floor) {
                prop_assert!(margin <= floor);
            } else {
                prop_assert!(margin >= floor);
            }
        }

        #[test]
        fn a_dearer_price_is_under_no_floor_that_a_cheaper_one_keeps(price in 1_i64..1_000_000_000, more in 0_i64..1_000_000, cost in 0_i64..1_000_000_000, floor in 0_i64..999_999, base in prop::sample::select(vec![1, 10, 100, 1000]), n in 1_i64..1000, d in 1_i64..1000) {
            let content = Content::new(n, d).unwrap();
            let under = |micros| is_price_under(UnitPrice { micros }, (base, content), cost, floor);
            prop_assert!(under(price) || !under(price + more));
        }
    }
}
