//! What is wrong with a line and what would mend it. Nothing is mended by itself: each mend is offered.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use super::keys::Suggestion;
use crate::catalogue::rules::{Article, LineFault, Offer, SaleUnit, offer, order_quantity};
use crate::error::Code;
use crate::quantity::{Content, DECIMALS_MAX, Decimal, Quantity, steps_per_unit};
use crate::sentences::Sentence;

/// Why a line is not ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// No article is named.
    NoKey,
    /// The key means nothing the account sees; what looks like it.
    Unknown(Vec<Suggestion>),
    /// The key may mean any of these, or more.
    Several(Vec<Suggestion>),
    /// No quantity is named.
    NoQuantity,
    /// The quantity is no number, or not above zero.
    NotANumber,
    /// The quantity can be read in two ways.
    Ambiguous(Vec<Mend>),
    /// The article is not sold in the unit.
    UnknownUnit,
    /// The quantity is not whole packs, or not whole steps.
    NotWhole(Vec<Mend>),
    /// Fewer than can be ordered.
    BelowMinimum(Vec<Mend>),
    /// More than can be ordered with one line.
    AboveMaximum(Vec<Mend>),
    /// Not a multiple of what it is ordered in.
    NotMultiple(Vec<Mend>),
    /// The pack holds something else than was shown.
    PackChanged(PackChange),
    /// The account has no price for it.
    NoPrice,
    /// Whatever else refuses it.
    Refused(Sentence),
}

/// A pack that holds something else now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackChange {
    /// How many packs were shown.
    pub packs: Quantity,
    /// What one held then.
    pub held: Content,
    /// What they came to then, in base units.
    pub was: Quantity,
    /// What could be ordered now.
    pub choices: Vec<PackChoice>,
}

/// So many packs as they are now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackChoice {
    pub mend: Mend,
    /// What one holds now.
    pub content: Content,
    /// What they come to, in base units.
    pub base: Quantity,
}

/// A quantity in a unit that would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// As a plain decimal.
    pub quantity: String,
    /// The unit's key.
    pub unit: String,
}

impl Problem {
    /// The problem of a line that the check of prices and quantities refused. `number` is the quantity as a plain
    /// decimal.
    pub fn of(article: &Article, unit: &SaleUnit, number: &str, fault: &LineFault) -> Self {
        match fault.code {
            Code::UnknownSku => Self::Unknown(Vec::new()),
            Code::UnknownUnit => Self::UnknownUnit,
            Code::QuantityInvalid => Self::NotANumber,
            Code::QuantityNotWhole => Self::NotWhole(mends(article, unit, number)),
            Code::QuantityBelowMinimum => Self::BelowMinimum(mends(article, unit, number)),
            Code::QuantityAboveMaximum => Self::AboveMaximum(mends(article, unit, number)),
            Code::QuantityNotMultiple => Self::NotMultiple(mends(article, unit, number)),
            Code::NoPrice => Self::NoPrice,
            _ => Self::Refused(fault.detail.clone()),
        }
    }

    /// The problem of a line whose pack held `held` as it was shown; none where the line was none that could be ordered.
    pub fn pack_changed(article: &Article, unit: &SaleUnit, number: &str, held: Content) -> Option<Self> {
        let before = SaleUnit {
            content: held,
            min_quantity: 1,
            multiple: 1,
            max_quantity: None,
            ..unit.clone()
        };
        let was = order_quantity(article, &before, number).ok()?;
        let choice = |unit: &SaleUnit, number: &str| {
            let quantity = order_quantity(article, unit, number).ok()?;
            Some(PackChoice {
                mend: Mend {
                    quantity: quantity.ordered.to_string(),
                    unit: unit.unit.clone(),
                },
                content: unit.content,
                base: article.base_quantity(quantity.base_steps),
            })
        };
        let base = article.base_quantity(was.base_steps);
        let as_much = packs_of(article, unit, was.base_steps).and_then(|packs| choice(unit, &packs.to_string()));
        let pieces = article.unit(&article.base_unit);
        let choices = [
            choice(unit, number),
            as_much.filter(|choice| choice.base == base),
            pieces.and_then(|pieces| choice(pieces, &base.to_string())),
        ];
        Some(Self::PackChanged(PackChange {
            packs: was.ordered,
            held,
            was: base,
            choices: choices.into_iter().flatten().collect(),
        }))
    }

    /// The two readings of a quantity, in the unit it stands with.
    pub fn ambiguous(thousands: String, decimal: String, unit: &str) -> Self {
        let mend = |quantity| Mend {
            quantity,
            unit: unit.to_owned(),
        };
        Self::Ambiguous(vec![mend(thousands), mend(decimal)])
    }
}

/// The nearest quantities that can be ordered in the unit, below and above, and the same amount in base units.
fn mends(article: &Article, unit: &SaleUnit, number: &str) -> Vec<Mend> {
    let Ok(wanted) = Decimal::parse(number) else {
        return Vec::new();
    };
    let Offer { lower, upper } = offer(article, unit, wanted);
    let in_unit = [lower, upper].into_iter().flatten();
    let mut mends: Vec<_> = in_unit
        .map(|quantity| Mend {
            quantity: quantity.to_string(),
            unit: unit.unit.clone(),
        })
        .collect();
    if !unit.is_base
        && let Ok(millionths) = wanted.scaled(DECIMALS_MAX)
        && let Some(quantity) = in_base(article, unit, millionths)
    {
        mends.push(Mend {
            quantity: quantity.to_string(),
            unit: article.base_unit.clone(),
        });
    }
    mends
}

/// So many millionths of a pack in base units, if that is a whole number of steps.
fn in_base(article: &Article, unit: &SaleUnit, millionths: i64) -> Option<Quantity> {
    let steps = i128::from(millionths)
        .checked_mul(i128::from(unit.content.numerator()))?
        .checked_mul(i128::from(steps_per_unit(article.decimals)))?;
    let whole = i128::from(unit.content.denominator()) * i128::from(steps_per_unit(DECIMALS_MAX));
    (steps > 0 && steps % whole == 0)
        .then(|| i64::try_from(steps / whole).ok())?
        .map(|steps| article.base_quantity(steps))
}

/// How many packs are so many base steps, where that is a whole number of them.
fn packs_of(article: &Article, unit: &SaleUnit, base_steps: i64) -> Option<i128> {
    let one = i128::from(unit.content.numerator()) * i128::from(steps_per_unit(article.decimals));
    let steps = i128::from(base_steps) * i128::from(unit.content.denominator());
    (steps % one == 0).then_some(steps / one)
}

/// The sum of two quantities as plain decimals; none if it can't be held.
pub fn sum(a: &str, b: &str) -> Option<String> {
    let scaled = |text: &str| {
        Decimal::parse(text)
            .and_then(|decimal| decimal.scaled(DECIMALS_MAX))
            .ok()
    };
    let sum = scaled(a)?.checked_add(scaled(b)?)?;
    Some(Quantity::new(sum, DECIMALS_MAX).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::rules::units_of;
    use crate::ids::ProductId;
    use crate::names::sets::ArticleState;

    fn article(decimals: u8) -> Article {
        let pack = |unit: &str, numerator, denominator, min_quantity, multiple| {
            let mut pack = SaleUnit::base(unit, None);
            pack.content = Content::new(numerator, denominator).expect("valid");
            (pack.min_quantity, pack.multiple, pack.is_base) = (min_quantity, multiple, false);
            (None, pack)
        };
        let packs = vec![
            pack("CT100", 100, 1, 1, 1),
            pack("CT12", 12, 1, 4, 2),
            pack("ODD", 7, 3, 1, 1),
        ];
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
            decimals,
            state: ArticleState::Active,
            orderable_from: None,
            price_on_request: false,
            units: units_of(SaleUnit::base("H87", None), packs),
        }
    }

    #[test]
    fn each_refused_quantity_has_its_mends() {
        let check = |decimals, unit: &str, number: &str, expected: &[(&str, &str)]| {
            let article = article(decimals);
            let unit = article.unit(unit).expect("known");
            let fault = order_quantity(&article, unit, number).expect_err("refused");
            let mends = match Problem::of(&article, unit, number, &fault) {
                Problem::NotWhole(mends) | Problem::BelowMinimum(mends) | Problem::NotMultiple(mends) => mends,
                other => panic!("{number} {}: {other:?}", unit.unit),
            };
            let found: Vec<_> = mends.iter().map(|m| (m.quantity.as_str(), m.unit.as_str())).collect();
            assert_eq!(found, expected, "{number} {}", unit.unit);
            for mend in mends {
                let unit = article.unit(&mend.unit).expect("known");
                assert!(
                    order_quantity(&article, unit, &mend.quantity).is_ok(),
                    "{mend:?} can be ordered"
                );
            }
        };
        check(0, "CT100", "1.5", &[("1", "CT100"), ("2", "CT100"), ("150", "H87")]);
        check(0, "CT100", "0.25", &[("1", "CT100"), ("25", "H87")]);
        check(0, "CT100", "0.001", &[("1", "CT100")]);
        check(0, "CT12", "3", &[("4", "CT12"), ("36", "H87")]);
        check(0, "CT12", "5", &[("4", "CT12"), ("6", "CT12"), ("60", "H87")]);
        check(0, "ODD", "4", &[("3", "ODD"), ("6", "ODD")]);
        check(0, "H87", "1.5", &[("1", "H87"), ("2", "H87")]);
        check(2, "H87", "0.125", &[("0.12", "H87"), ("0.13", "H87")]);
        check(2, "H87", "0.001", &[("0.01", "H87")]);
    }

    #[test]
    fn a_pack_that_holds_something_else_asks_what_is_meant() {
        let check = |unit: &str, number: &str, held: i64, was: &str, expected: &[(&str, &str, &str)]| {
            let article = article(0);
            let unit = article.unit(unit).expect("known");
            let held = Content::new(held, 1).expect("valid");
            let change = match Problem::pack_changed(&article, unit, number, held) {
                Some(Problem::PackChanged(change)) => change,
                other => panic!("{number} {}: {other:?}", unit.unit),
            };
            assert_eq!(change.was.to_string(), was, "{number} {}", unit.unit);
            let choices = change.choices.iter().map(|choice| {
                let Mend { quantity, unit } = &choice.mend;
                (quantity.clone(), unit.clone(), choice.base.to_string())
            });
            let expected = expected
                .iter()
                .map(|(quantity, unit, base)| ((*quantity).to_owned(), (*unit).to_owned(), (*base).to_owned()));
            assert!(choices.eq(expected), "{number} {}: {change:?}", unit.unit);
        };
        // A hundred in a carton now, before eighty, fifty, two hundred.
        check(
            "CT100",
            "10",
            80,
            "800",
            &[("10", "CT100", "1000"), ("8", "CT100", "800"), ("800", "H87", "800")],
        );
        check("CT100", "3", 50, "150", &[("3", "CT100", "300"), ("150", "H87", "150")]);
        check(
            "CT100",
            "1",
            200,
            "200",
            &[("1", "CT100", "100"), ("2", "CT100", "200"), ("200", "H87", "200")],
        );
        // As many packs as before are too few by now, and half of them no multiple.
        check("CT12", "3", 36, "108", &[("108", "H87", "108")]);
        let article = article(0);
        let carton = article.unit("CT100").expect("known");
        let half = Problem::pack_changed(&article, carton, "1.5", Content::ONE);
        assert_eq!(half, None, "nothing was to be had of it");
    }

    #[test]
    fn sums_are_exact() {
        assert_eq!(sum("16", "4"), Some("20".to_owned()));
        assert_eq!(sum("0.1", "0.2"), Some("0.3".to_owned()));
        assert_eq!(sum("999999999999999999", "1"), None);
        assert_eq!(sum("a", "1"), None);
    }
}
