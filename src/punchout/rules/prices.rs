//! A price as each protocol has it. cXML says what a price is for by a basis; OCI has one price for so many ordered units,
//! with three decimals, so that the many are chosen such that nothing is rounded.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use crate::money::UnitPrice;
use crate::quantity::{Content, Quantity};

/// What a price of ours is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price<'a> {
    /// For `base` × `unit`.
    pub price: UnitPrice,
    pub base: i32,
    pub unit: &'a str,
    /// What is ordered.
    pub ordered: &'a str,
    /// Base units in one of that.
    pub content: Content,
    /// The base unit's key.
    pub base_unit: &'a str,
}

/// What a price is for, beside what is ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    pub quantity: i32,
    /// The price's unit.
    pub unit: String,
    /// How many of it one ordered unit is.
    pub factor: String,
}

/// The basis of a price as cXML says it; none where the price is for one ordered unit. An inner `None` where the factor
/// is no decimal.
pub fn basis(price: &Price<'_>) -> Option<Option<Basis>> {
    let is_same = price.unit == price.ordered;
    if is_same && price.base == 1 {
        return None;
    }
    let factor = match is_same {
        true => Some(Quantity::new(1, 0)),
        false => price.content.as_decimal(),
    };
    Some(factor.map(|factor| Basis {
        quantity: price.base,
        unit: price.unit.to_owned(),
        factor: factor.to_string(),
    }))
}

/// The largest number that `PRICEUNIT` holds.
const PRICE_UNIT_MAX: i128 = 99_999;

/// The price of so many ordered units with exactly three decimals, and how many; none where no number makes it exact.
pub fn of_oci(price: &Price<'_>) -> Option<(String, i64)> {
    let per_unit = match price.unit == price.base_unit && price.unit != price.ordered {
        true => (price.content.numerator(), price.content.denominator()),
        false => (1, 1),
    };
    // Thousandths of one ordered unit: micros × content ÷ base ÷ 1000.
    let above = i128::from(price.price.micros).checked_mul(i128::from(per_unit.0))?;
    let below = i128::from(price.base)
        .checked_mul(i128::from(per_unit.1))?
        .checked_mul(1_000)?;
    let scales = [1, 10, 100, 1_000, 10_000];
    let common = crate::quantity::gcd(above, below).max(1);
    let exact = below.checked_div(common)?;
    let many = scales
        .into_iter()
        .find(|scale| i128::from(*scale).checked_rem(exact) == Some(0))
        .map(i128::from)
        .or_else(|| (exact <= PRICE_UNIT_MAX).then_some(exact))?;
    let thousandths = above.checked_mul(many)?.checked_div(below)?;
    let text = format!(
        "{}.{:03}",
        thousandths.checked_div(1_000)?,
        thousandths.checked_rem(1_000)?
    );
    (text.len() <= 15).then_some((text, i64::try_from(many).ok()?))
}

/// A quantity with exactly three decimals and eleven digits before them at most; none where it has more.
pub fn quantity_of_oci(quantity: Quantity) -> Option<String> {
    let text = quantity.to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let part = part.trim_end_matches('0');
    (whole.len() <= 11 && part.len() <= 3).then(|| format!("{whole}.{part:0<3}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn price<'a>(text: &str, base: i32, unit: &'a str, ordered: &'a str, content: (i64, i64)) -> Price<'a> {
        Price {
            price: UnitPrice::parse(text).expect("a price"),
            base,
            unit,
            ordered,
            content: Content::new(content.0, content.1).expect("a content"),
            base_unit: "H87",
        }
    }

    #[test]
    fn a_basis_says_what_a_price_is_for() {
        assert_eq!(basis(&price("0.5", 1, "H87", "H87", (1, 1))), None);
        assert_eq!(basis(&price("6", 1, "XCT", "XCT", (12, 1))), None);
        let of = |price| basis(&price).expect("a basis").expect("a factor");
        let per_100 = of(price("3.25", 100, "H87", "H87", (1, 1)));
        assert_eq!(
            (per_100.quantity, per_100.unit.as_str(), per_100.factor.as_str()),
            (100, "H87", "1")
        );
        let carton = of(price("3.25", 100, "H87", "XCT", (12, 1)));
        assert_eq!(
            (carton.quantity, carton.unit.as_str(), carton.factor.as_str()),
            (100, "H87", "12")
        );
        assert_eq!(basis(&price("1", 1, "H87", "THD", (1, 3))), Some(None));
    }

    #[test]
    fn no_price_of_oci_is_rounded() {
        for (given, expected) in [
            (price("0.5", 1, "H87", "H87", (1, 1)), Some(("0.500", 1))),
            (price("0.0733", 1, "H87", "H87", (1, 1)), Some(("0.733", 10))),
            (price("3.25", 100, "H87", "H87", (1, 1)), Some(("0.325", 10))),
            (price("3.25", 100, "H87", "XCT", (12, 1)), Some(("0.390", 1))),
            (price("0.123456", 1, "H87", "H87", (1, 1)), Some(("123.456", 1_000))),
            (price("1", 1, "H87", "THD", (1, 3)), Some(("1.000", 3))),
            (price("6", 1, "XCT", "XCT", (12, 1)), Some(("6.000", 1))),
            (price("0.000001", 1_000, "H87", "H87", (1, 1)), None),
        ] {
            let found = of_oci(&given);
            let found = found.as_ref().map(|(text, many)| (text.as_str(), *many));
            assert_eq!(found, expected, "{given:?}");
        }
    }

    #[test]
    fn quantities_have_three_decimals() {
        assert_eq!(quantity_of_oci(Quantity::new(1, 0)).as_deref(), Some("1.000"));
        assert_eq!(quantity_of_oci(Quantity::new(1_250, 3)).as_deref(), Some("1.250"));
        assert_eq!(quantity_of_oci(Quantity::new(12_345, 4)).as_deref(), None);
        assert_eq!(quantity_of_oci(Quantity::new(123_456_789_012, 0)), None);
    }
}
