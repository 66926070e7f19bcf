//! What is taken off the price of a line, step by step.

use serde::{Deserialize, Serialize};

use super::Validity;
use super::exact::{AtPrice, Exact};
use crate::money::{Currency, Money, UnitPrice};
use crate::names::names;
use crate::names::sets::OrderClass;
use crate::quantity::{Content, Decimal};

/// Decimals that a percentage may have.
pub const PERCENT_DECIMALS: u8 = 4;

names! {
    /// What a discount takes off.
    pub enum DiscountKind as DiscountKind {
        /// So many percent.
        Percent = "percent",
        /// An amount for each base unit.
        Amount = "amount",
    }
}

names! {
    /// What the percents of a discount are of.
    #[derive(Default)]
    pub enum DiscountMode as DiscountMode {
        /// Of what the discounts before it left.
        #[default]
        Compound = "compound",
        /// Of what the line costs without any discount.
        Additive = "additive",
    }
}

/// A discount that an account may get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discount {
    pub code: String,
    pub name: String,
    /// Lower goes first.
    pub position: i32,
    pub kind: DiscountKind,
    /// Parts per million, or millionths of the currency for each base unit.
    pub value: i64,
    pub mode: DiscountMode,
    /// Only articles of exactly this category.
    pub category: Option<String>,
    /// Only orders of this class.
    pub order_class: Option<OrderClass>,
    /// When it holds.
    pub validity: Validity,
}

impl Discount {
    /// True where it is given on an article of this category in an order of this class.
    pub fn is_for(&self, category: Option<&str>, class: OrderClass) -> bool {
        self.order_class.is_none_or(|own| own == class)
            && self.category.as_deref().is_none_or(|own| category == Some(own))
    }

    /// The same as it is frozen; what it took off is not known yet.
    pub fn frozen(&self) -> DiscountStep {
        DiscountStep {
            discount: self.code.clone(),
            name: self.name.clone(),
            kind: self.kind,
            mode: self.mode,
            value: value_text(self.kind, self.value),
            amount: String::new(),
        }
    }
}

/// `12.5` percent, `0.25` for each unit.
pub fn value_text(kind: DiscountKind, value: i64) -> String {
    match kind {
        // Parts per million are hundredths of percents with two more decimals.
        DiscountKind::Percent => crate::quantity::Quantity::new(value, PERCENT_DECIMALS).to_string(),
        DiscountKind::Amount => UnitPrice { micros: value }.to_string(),
    }
}

/// The reverse of [`value_text`].
fn value_of(kind: DiscountKind, text: &str) -> Option<i64> {
    let decimals = match kind {
        DiscountKind::Percent => PERCENT_DECIMALS,
        DiscountKind::Amount => UnitPrice::DECIMALS,
    };
    Decimal::parse(text).ok()?.scaled(decimals).ok()
}

/// A discount as the line keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiscountStep {
    /// Its code.
    pub discount: String,
    /// What it was called.
    pub name: String,
    pub kind: DiscountKind,
    pub mode: DiscountMode,
    /// Percents, or what it takes off each base unit.
    pub value: String,
    /// What it took off the line, below zero or nothing.
    pub amount: String,
}

impl DiscountStep {
    /// True where both take off the same in the same way.
    pub fn is_like(&self, other: &Self) -> bool {
        (&self.discount, self.kind, self.mode, &self.value) == (&other.discount, other.kind, other.mode, &other.value)
    }
}

/// Takes the discounts off one after the other and writes down what each took: the difference of what was left before and after
/// it, both rounded. What is left at the end is the net.
pub fn take_off(
    gross: Exact,
    base_steps: i64,
    decimals: u8,
    steps: &mut [DiscountStep],
    currency: Currency,
) -> Option<i64> {
    let mut left = gross;
    for step in steps {
        let value = value_of(step.kind, &step.value)?;
        let taken = match (step.kind, step.mode) {
            (DiscountKind::Percent, DiscountMode::Compound) => left.ppm(value)?,
            (DiscountKind::Percent, DiscountMode::Additive) => gross.ppm(value)?,
            (DiscountKind::Amount, _) => {
                let each = AtPrice {
                    steps: base_steps,
                    price: UnitPrice { micros: value },
                    base: 1,
                };
                Exact::cost(&[each], Content::ONE, decimals, currency)?
            }
        };
        let before = left.rounded()?;
        left = left.less(taken);
        let amount = left.rounded()?.checked_sub(before)?;
        step.amount = Money::new(amount, currency).to_string();
    }
    left.rounded()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn euro() -> Currency {
        Currency::from_code("EUR").expect("known")
    }

    fn step(kind: DiscountKind, mode: DiscountMode, value: &str) -> DiscountStep {
        DiscountStep {
            discount: "D".to_owned(),
            name: "D".to_owned(),
            kind,
            mode,
            value: value.to_owned(),
            amount: String::new(),
        }
    }

    fn check(gross: i64, steps: &[(DiscountKind, DiscountMode, &str)], amounts: &[&str], net: i64) {
        let mut steps: Vec<_> = steps
            .iter()
            .map(|(kind, mode, value)| step(*kind, *mode, value))
            .collect();
        let left = take_off(Exact::of_minor(gross), 10, 0, &mut steps, euro());
        let told: Vec<_> = steps.iter().map(|step| step.amount.as_str()).collect();
        assert_eq!((told.as_slice(), left), (amounts, Some(net)), "{steps:?}");
    }

    #[test]
    fn discounts_are_taken_off_in_their_order() {
        use DiscountKind::{Amount, Percent};
        use DiscountMode::{Additive, Compound};
        let compound = [(Percent, Compound, "10"), (Percent, Compound, "5")];
        check(10_000, &compound, &["-10.00", "-4.50"], 8_550);
        let additive = [(Percent, Additive, "10"), (Percent, Additive, "5")];
        check(10_000, &additive, &["-10.00", "-5.00"], 8_500);
        let mixed = [(Amount, Compound, "1"), (Percent, Compound, "50")];
        check(10_000, &mixed, &["-10.00", "-45.00"], 4_500);
        let all = [(Amount, Compound, "8"), (Amount, Compound, "8")];
        check(10_000, &all, &["-80.00", "-20.00"], 0);
        check(10_000, &[(Percent, Compound, "100")], &["-100.00"], 0);
        check(10_000, &[(Percent, Compound, "0.0001")], &["0.00"], 10_000);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn what_is_taken_off_and_what_is_left_sum_to_the_gross(
            gross in 0_i64..10_000_000,
            steps in prop::collection::vec((0_usize..3, 1_i64..1_000_000), 0..10),
        ) {
            let mut steps: Vec<_> = steps.iter().map(|(which, value)| match which {
                0 => step(DiscountKind::Percent, DiscountMode::Compound, &value_text(DiscountKind::Percent, *value)),
                1 => step(DiscountKind::Percent, DiscountMode::Additive, &value_text(DiscountKind::Percent, *value)),
                _ => step(DiscountKind::Amount, DiscountMode::Compound, &value_text(DiscountKind::Amount, *value)),
            }).collect();
            let net = take_off(Exact::of_minor(gross), 7, 0, &mut steps, euro()).expect("held");
            let taken: i64 = steps.iter().map(|step| Money::parse(&step.amount, euro()).expect("money").minor).sum();
            prop_assert_eq!(gross + taken, net);
            prop_assert!(net >= 0 && taken <= 0);
        }

        #[test]
        fn who_pays_less_without_discounts_pays_no_more_with_them(
            low in 0_i64..1_000_000, more in 0_i64..1_000_000,
            steps in prop::collection::vec((0_usize..3, 1_i64..1_000_000), 0..10),
        ) {
            let net = |gross: i64| {
                let mut steps: Vec<_> = steps.iter().map(|(which, value)| match which {
                    0 => step(DiscountKind::Percent, DiscountMode::Compound, &value_text(DiscountKind::Percent, *value)),
                    1 => step(DiscountKind::Percent, DiscountMode::Additive, &value_text(DiscountKind::Percent, *value)),
                    _ => step(DiscountKind::Amount, DiscountMode::Compound, &value_text(DiscountKind::Amount, *value)),
                }).collect();
                take_off(Exact::of_minor(gross), 3, 0, &mut steps, euro())
            };
            prop_assert!(net(low) <= net(low + more));
        }
    }
}
