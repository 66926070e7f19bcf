//! Whether a price is a concession.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use crate::money::UnitPrice;
use crate::pricing::costs::rules::{Action, Floor, is_price_under};
use crate::quantity::Content;

/// A price, how many units it buys, and what is in one of them.
pub type Priced = (UnitPrice, i32, Content);

/// What a price is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Less than everybody pays: this.
    BelowList(UnitPrice),
    /// It earns less than a floor that warns.
    BelowFloor,
    /// It earns less than a floor that blocks, of so many per cent.
    Blocked(String),
}

/// True if one price buys a base unit for less than the other.
pub fn is_below(one: Priced, other: Priced) -> bool {
    let side = |(price, _, content): Priced, (_, base, other): Priced| {
        i128::from(price.micros)
            .checked_mul(content.denominator().into())?
            .checked_mul(base.into())?
            .checked_mul(other.numerator().into())
    };
    match (side(one, other), side(other, one)) {
        (Some(left), Some(right)) => left < right,
        _ => false,
    }
}

/// What is to be said of a price: of its floor first.
pub fn found(own: Priced, list: Option<UnitPrice>, floor_and_cost: Option<(&Floor, i64)>) -> Option<Found> {
    let (price, base, content) = own;
    let under = floor_and_cost.filter(|(floor, cost)| is_price_under(price, (base, content), *cost, floor.percent_ppm));
    match under {
        Some((floor, _)) if floor.action == Action::Block => Some(Found::Blocked(floor.percent())),
        Some(_) => Some(Found::BelowFloor),
        None => list.map(Found::BelowList),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::MarginFloorId;

    fn price(text: &str, base: i32, content: i64) -> Priced {
        (UnitPrice::parse(text).unwrap(), base, Content::new(content, 1).unwrap())
    }

    #[test]
    fn prices_are_compared_for_one_base_unit() {
        // 19 for 100 pieces, 20 for 100 pieces, 38 for a carton of 200.
        assert!(is_below(price("19", 100, 1), price("20", 100, 1)));
        assert!(!is_below(price("20", 100, 1), price("20", 100, 1)));
        assert!(is_below(price("38", 1, 200), price("20", 100, 1)));
        assert!(!is_below(price("40", 1, 200), price("20", 100, 1)));
    }

    #[test]
    fn a_floor_is_told_before_the_list() {
        let floor = |action| Floor {
            id: MarginFloorId(1),
            category: None,
            percent_ppm: 250_000,
            action,
        };
        let own = price("19", 100, 1);
        let list = UnitPrice::parse("20").ok();
        assert_eq!(
            found(own, list, Some((&floor(Action::Block), 150_000))),
            Some(Found::Blocked("25".to_owned()))
        );
        assert_eq!(
            found(own, list, Some((&floor(Action::Warn), 150_000))),
            Some(Found::BelowFloor)
        );
        assert_eq!(
            found(own, list, Some((&floor(Action::Block), 100_000))),
            list.map(Found::BelowList)
        );
        assert_eq!(found(own, None, None), None);
    }
}
