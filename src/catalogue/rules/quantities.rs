//! In which quantities an article can be ordered, and which lie nearest to one that doesn't fit.
//!
//! A pack is ordered in whole numbers from its minimum to its maximum, in its multiple counted from 0, and in as many as
//! are a whole number of base steps. What doesn't fit is refused with the nearest below and above, or, where the pack says
//! so, rounded to one of them; a quantity above the maximum is always refused.

use super::{Article, LineFault, Rounding, SaleUnit};
use crate::catalogue::sentences;
use crate::error::Code;
use crate::quantity::{Decimal, DecimalError, Quantity, gcd, steps_per_unit};
use crate::sentences::{Sentence, Value, quantity_not_above_zero};

/// A quantity that can be ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderQuantity {
    /// In the ordered unit: whole packs, or base steps of the base unit.
    pub ordered: Quantity,
    /// The same in base steps.
    pub base_steps: i64,
}

/// Quantities that can be ordered, around one that can't.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Offer {
    /// The largest below it.
    pub lower: Option<Quantity>,
    /// The smallest above it.
    pub upper: Option<Quantity>,
}

impl Offer {
    fn remedy(self) -> Sentence {
        match (self.lower, self.upper) {
            (Some(lower), Some(upper)) => sentences::order_either(lower, upper),
            (Some(one), None) | (None, Some(one)) => sentences::order_only(one),
            (None, None) => sentences::order_nothing(),
        }
    }

    /// The sentence with both quantities among its values, for programs: packs as numbers, base units as decimals.
    fn told_with(self, sentence: Sentence) -> Sentence {
        let value = |quantity: Quantity| match quantity.decimals {
            0 => Value::Number(quantity.steps),
            _ => Value::Decimal(quantity.to_string()),
        };
        [("lower", self.lower), ("upper", self.upper)]
            .into_iter()
            .fold(sentence, |sentence, (name, quantity)| match quantity {
                Some(quantity) => sentence.and(name, value(quantity)),
                None => sentence,
            })
    }
}

/// Reads what somebody wants of an article in one of its units. A quantity that does not fit is refused with what would
/// fit; it is rounded only where the unit says so.
pub fn order_quantity(article: &Article, unit: &SaleUnit, text: &str) -> Result<OrderQuantity, LineFault> {
    let invalid = |detail| LineFault::new(Code::QuantityInvalid, detail);
    let decimal = Decimal::parse(text).map_err(|error| invalid(error.of_quantity(text)))?;
    if !decimal.is_positive() {
        return Err(invalid(quantity_not_above_zero(text)));
    }
    let too_large = || invalid(sentences::quantity_too_large(text));
    let offered = offer(article, unit, decimal);
    let (code, detail) = if unit.is_base {
        match decimal.scaled(article.decimals) {
            Ok(steps) => {
                return Ok(OrderQuantity {
                    ordered: article.base_quantity(steps),
                    base_steps: steps,
                });
            }
            Err(DecimalError::TooManyDecimals) => {
                let step = article.base_quantity(1);
                let detail = sentences::not_whole_steps(text, &unit.unit, step, offered.remedy());
                (Code::QuantityNotWhole, detail)
            }
            Err(_) => return Err(too_large()),
        }
    } else {
        match packs_fault(article, unit, decimal, text, offered.remedy()).map_err(|_outsize| too_large())? {
            Ok(quantity) => return Ok(quantity),
            Err(fault) => fault,
        }
    };
    let rounded = match (unit.rounding, code, offered) {
        (_, Code::QuantityAboveMaximum, _) | (Rounding::Refuse, ..) => None,
        (
            Rounding::Nearest,
            _,
            Offer {
                lower: Some(lower),
                upper: Some(upper),
            },
        ) if decimal.is_nearer_to(lower.steps, upper.steps) => Some(lower),
        (Rounding::Up | Rounding::Nearest, _, Offer { upper, .. }) => upper,
    };
    rounded
        .and_then(|packs| of_packs(article, unit, packs.steps))
        .ok_or_else(|| LineFault::new(code, offered.told_with(detail)))
}

/// Too large to hold.
struct Outsize;

/// The quantity where so many packs can be ordered, else why not.
fn packs_fault(
    article: &Article,
    unit: &SaleUnit,
    decimal: Decimal,
    text: &str,
    remedy: Sentence,
) -> Result<Result<OrderQuantity, (Code, Sentence)>, Outsize> {
    let packs = match decimal.scaled(0) {
        Ok(packs) => packs,
        Err(DecimalError::TooManyDecimals) => {
            let detail = sentences::not_whole_packs(text, &unit.unit, remedy);
            return Ok(Err((Code::QuantityNotWhole, detail)));
        }
        Err(_) => return Err(Outsize),
    };
    let base_steps = unit.content.base_steps(packs, article.decimals);
    let Some(base_steps) = base_steps.map_err(|_error| Outsize)? else {
        let detail = sentences::not_whole_base(text, &unit.unit, &article.base_unit, remedy);
        return Ok(Err((Code::QuantityNotWhole, detail)));
    };
    if packs < unit.min_quantity {
        let detail = sentences::below_minimum(text, &unit.unit, unit.min_quantity, remedy);
        return Ok(Err((Code::QuantityBelowMinimum, detail)));
    }
    if let Some(most) = unit.max_quantity.filter(|most| packs > *most) {
        let detail = sentences::above_maximum(text, &unit.unit, most, remedy);
        return Ok(Err((Code::QuantityAboveMaximum, detail)));
    }
    if packs % unit.multiple != 0 {
        let detail = sentences::not_a_multiple(text, &unit.unit, unit.multiple, remedy);
        return Ok(Err((Code::QuantityNotMultiple, detail)));
    }
    Ok(Ok(OrderQuantity {
        ordered: Quantity::new(packs, 0),
        base_steps,
    }))
}

/// What can be ordered below and above `wanted` of the unit.
pub fn offer(article: &Article, unit: &SaleUnit, wanted: Decimal) -> Offer {
    let decimals = if unit.is_base { article.decimals } else { 0 };
    let Some(floor) = wanted.floor(decimals) else {
        return Offer::default();
    };
    let below = i128::from(floor);
    // A quantity that can be ordered is none of its own neighbours.
    let above = below + 1;
    let below = if wanted.scaled(decimals) == Ok(floor) {
        below - 1
    } else {
        below
    };
    let step = if unit.is_base { 1 } else { step(unit, article.decimals) };
    let (least, most) = match unit.is_base {
        true => (1, i128::from(i64::MAX)),
        false => (
            i128::from(unit.min_quantity),
            i128::from(unit.max_quantity.unwrap_or(i64::MAX)),
        ),
    };
    let quantity = |steps: i128| {
        let steps = i64::try_from(steps)
            .ok()
            .filter(|_| (least..=most).contains(&steps) && steps > 0)?;
        let fits = unit.is_base || of_packs(article, unit, steps).is_some();
        fits.then(|| Quantity::new(steps, decimals))
    };
    Offer {
        lower: quantity(below.min(most) / step * step),
        upper: quantity(div_ceil(above.max(least), step) * step),
    }
}

/// So many packs, where they are a whole number of base steps.
fn of_packs(article: &Article, unit: &SaleUnit, packs: i64) -> Option<OrderQuantity> {
    Some(OrderQuantity {
        ordered: Quantity::new(packs, 0),
        base_steps: unit.content.base_steps(packs, article.decimals).ok()??,
    })
}

/// The smallest quantity that can be ordered in `unit`, is at least `base_steps` and more than `more_than`.
/// `None` if it is too large to hold, or more than can be ordered.
pub fn smallest_order(unit: &SaleUnit, decimals: u8, base_steps: i64, more_than: Quantity) -> Option<OrderQuantity> {
    if unit.is_base {
        let steps = base_steps.max(more_than.steps.checked_add(1)?);
        return Some(OrderQuantity {
            ordered: Quantity::new(steps, decimals),
            base_steps: steps,
        });
    }
    let per_pack = i128::from(unit.content.numerator()) * i128::from(steps_per_unit(decimals));
    let wanted = i128::from(base_steps) * i128::from(unit.content.denominator());
    let packs = div_ceil(wanted, per_pack)
        .max(i128::from(unit.min_quantity))
        .max(i128::from(more_than.steps) + 1);
    let step = step(unit, decimals);
    let packs = i64::try_from(div_ceil(packs, step) * step).ok()?;
    if unit.max_quantity.is_some_and(|most| packs > most) {
        return None;
    }
    let base_steps = unit.content.base_steps(packs, decimals).ok()??;
    Some(OrderQuantity {
        ordered: Quantity::new(packs, 0),
        base_steps,
    })
}

/// Packs are ordered in multiples of so many: a multiple of the unit's own that is a whole number of base steps.
fn step(unit: &SaleUnit, decimals: u8) -> i128 {
    let whole = i128::from(packs_per_portion(unit, decimals));
    let multiple = i128::from(unit.multiple);
    whole / gcd(whole, multiple) * multiple
}

/// The fewest packs that are a whole number of base steps.
fn packs_per_portion(unit: &SaleUnit, decimals: u8) -> i64 {
    let per_pack = i128::from(unit.content.numerator()) * i128::from(steps_per_unit(decimals));
    let denominator = i128::from(unit.content.denominator());
    i64::try_from(denominator / gcd(per_pack, denominator)).unwrap_or(i64::MAX)
}

fn div_ceil(numerator: i128, denominator: i128) -> i128 {
    numerator / denominator + i128::from(numerator % denominator > 0)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{article, pack};
    use super::*;

    #[test]
    fn a_quantity_is_taken_whole_or_refused() {
        let article = article(
            2,
            vec![
                pack("CT12", 12, 1, 2, 2),
                pack("ODD", 7, 3, 1, 1),
                pack("MIL", 1, 400, 1, 1),
            ],
        );
        let check = |unit: &str, text: &str, expected: Result<(&str, i64), Code>| {
            let unit = article.unit(unit).expect("known");
            let found = order_quantity(&article, unit, text);
            let found = found
                .map(|q| (q.ordered.to_string(), q.base_steps))
                .map_err(|fault| fault.code);
            assert_eq!(
                found,
                expected.map(|(ordered, steps)| (ordered.to_owned(), steps)),
                "{text} {}",
                unit.unit
            );
        };
        check("H87", "1.25", Ok(("1.25", 125)));
        check("H87", "0.01", Ok(("0.01", 1)));
        check("H87", "0.001", Err(Code::QuantityNotWhole));
        check("CT12", "4", Ok(("4", 4800)));
        check("CT12", "4.0", Ok(("4", 4800)));
        check("CT12", "4.5", Err(Code::QuantityNotWhole));
        check("CT12", "1", Err(Code::QuantityBelowMinimum));
        check("CT12", "3", Err(Code::QuantityNotMultiple));
        check("ODD", "3", Ok(("3", 700)));
        check("ODD", "7", Err(Code::QuantityNotWhole));
        check("MIL", "4", Ok(("4", 1)));
        check("MIL", "2", Err(Code::QuantityNotWhole));
        for text in ["0", "-1", "", "abc", "1e3", "1234567890123456789", "NaN"] {
            check("H87", text, Err(Code::QuantityInvalid));
            check("CT12", text, Err(Code::QuantityInvalid));
        }
        check("CT12", "999999999999999998", Err(Code::QuantityInvalid));
    }

    #[test]
    fn the_next_quantity_that_can_be_ordered_keeps_every_rule() {
        let article = article(0, vec![pack("CT12", 12, 1, 2, 5), pack("ODD", 7, 3, 1, 2)]);
        let check = |unit: &str, at_least, more_than, expected| {
            let unit = article.unit(unit).expect("known");
            let found = smallest_order(unit, 0, at_least, Quantity::new(more_than, 0));
            assert_eq!(found.map(|q| (q.ordered.steps, q.base_steps)), expected);
        };
        check("H87", 100, 40, Some((100, 100)));
        check("H87", 10, 40, Some((41, 41)));
        check("CT12", 100, 5, Some((10, 120)));
        check("CT12", 1, 0, Some((5, 60)));
        check("ODD", 8, 0, Some((6, 14)));
        check("ODD", 14, 6, Some((12, 28)));
        check("CT12", i64::MAX, 0, None);
    }

    fn offered(unit: &SaleUnit, number: &str) -> (Option<String>, Option<String>) {
        let article = article(2, vec![unit.clone()]);
        let unit = article.unit(&unit.unit).expect("known");
        let offer = offer(&article, unit, Decimal::parse(number).expect("a number"));
        (offer.lower.map(|q| q.to_string()), offer.upper.map(|q| q.to_string()))
    }

    #[test]
    fn what_lies_below_and_above_is_offered() {
        let mut unit = pack("CT12", 12, 1, 4, 6);
        let of = |unit: &SaleUnit, number, lower: Option<&str>, upper: Option<&str>| {
            let expected = (lower.map(str::to_owned), upper.map(str::to_owned));
            assert_eq!(offered(unit, number), expected, "{number}");
        };
        of(&unit, "7", Some("6"), Some("12"));
        of(&unit, "11.99", Some("6"), Some("12"));
        of(&unit, "1", None, Some("6"));
        of(&unit, "0.000000000001", None, Some("6"));
        unit.max_quantity = Some(20);
        of(&unit, "19", Some("18"), None);
        of(&unit, "5000", Some("18"), None);
        of(&pack("ODD", 7, 300, 1, 2), "7", Some("6"), Some("12"));
        of(&SaleUnit::base("H87", None), "1.005", Some("1"), Some("1.01"));
        of(&SaleUnit::base("H87", None), "0.001", None, Some("0.01"));
    }

    #[test]
    fn a_pack_may_round_but_never_below_its_minimum_nor_from_above_its_maximum() {
        let mut unit = pack("CT12", 12, 1, 6, 6);
        unit.max_quantity = Some(24);
        let taken = |rounding, number: &str| {
            let article = article(
                0,
                vec![SaleUnit {
                    rounding,
                    ..unit.clone()
                }],
            );
            let unit = article.unit("CT12").expect("known");
            order_quantity(&article, unit, number)
                .map(|quantity| quantity.ordered.steps)
                .map_err(|fault| fault.code)
        };
        assert_eq!(taken(Rounding::Up, "7"), Ok(12));
        assert_eq!(taken(Rounding::Up, "0.5"), Ok(6));
        assert_eq!(taken(Rounding::Up, "12"), Ok(12));
        assert_eq!(taken(Rounding::Up, "25"), Err(Code::QuantityAboveMaximum));
        assert_eq!(taken(Rounding::Nearest, "8"), Ok(6));
        assert_eq!(taken(Rounding::Nearest, "9"), Ok(12));
        assert_eq!(taken(Rounding::Nearest, "8.999"), Ok(6));
        assert_eq!(taken(Rounding::Nearest, "1"), Ok(6));
        assert_eq!(taken(Rounding::Refuse, "7"), Err(Code::QuantityNotMultiple));
        assert_eq!(taken(Rounding::Refuse, "30"), Err(Code::QuantityAboveMaximum));
    }
}
