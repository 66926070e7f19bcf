//! Articles as an account sees them, and in which quantities they can be ordered.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

mod gtin;
pub mod keeping;
mod promise;
mod search;

pub use gtin::gtin14;
pub use promise::promised_on;
pub use search::{indexed_words, number_word, search_words};

use chrono::NaiveDate;

use crate::catalogue::sentences;
use crate::error::Code;
use crate::ids::{AccountId, ProductId};
use crate::keys;
use crate::names::sets::ArticleState;
use crate::quantity::{Content, Decimal, DecimalError, Quantity, gcd, steps_per_unit};
use crate::sentences::{Sentence, quantity_not_above_zero};

/// A product as one account sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    pub product_id: ProductId,
    /// The supplier's number.
    pub sku: String,
    /// The account's own number.
    pub customer_part_number: Option<String>,
    /// The label's name where there is one, else the product's.
    pub name: String,
    /// The label's brand.
    pub brand: Option<String>,
    /// True where the account's own label is on it.
    pub private_label: bool,
    /// What the supplier says of it.
    pub description: Option<String>,
    /// The supplier's grouping.
    pub category: Option<String>,
    /// Tax category of the product (UNCL5305, `AA` for the reduced rate).
    pub tax_category: String,
    /// Days from reservation to delivery.
    pub lead_time_days: i32,
    /// UN/ECE Rec 20 code of the base unit.
    pub base_unit: String,
    /// One base step is 10^-`decimals` of the base unit.
    pub decimals: u8,
    /// Whether it is sold.
    pub state: ArticleState,
    /// The first day the account may order it, where early access says so.
    pub orderable_from: Option<NaiveDate>,
    /// What it is sold in, the base unit first, then by content.
    pub units: Vec<SaleUnit>,
}

impl Article {
    /// The sale unit with this key, or with one that is the same.
    pub fn unit(&self, unit: &str) -> Option<&SaleUnit> {
        let exactly = self.units.iter().find(|candidate| candidate.unit == unit);
        exactly.or_else(|| {
            let form = keys::folded(unit);
            self.units
                .iter()
                .find(|candidate| keys::folded(&candidate.unit) == form)
        })
    }

    /// The day from which the account may order it, while that is still to come.
    pub fn coming(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.orderable_from.filter(|from| *from > today)
    }

    /// A quantity of base units.
    pub fn base_quantity(&self, steps: i64) -> Quantity {
        Quantity::new(steps, self.decimals)
    }
}

/// A unit an article is ordered in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleUnit {
    /// The product's own key: `XCT`, `CT12`.
    pub unit: String,
    /// UN/ECE Rec 20/21 code for documents.
    pub unit_code: String,
    /// In words.
    pub name: String,
    /// Base units in one.
    pub content: Content,
    /// GTIN of this packaging level, 14 digits.
    pub gtin: Option<String>,
    /// Fewest that can be ordered, in this unit.
    pub min_quantity: i64,
    /// Ordered in multiples of this many, counted from 0.
    pub multiple: i64,
    /// True for the pack that a line without a unit means.
    pub is_default: bool,
    /// True for the base unit, which is ordered in any whole number of base steps.
    pub is_base: bool,
}

impl SaleUnit {
    /// The base unit of a product.
    pub fn base(unit: &str, gtin: Option<String>) -> Self {
        Self {
            unit: unit.to_owned(),
            unit_code: unit.to_owned(),
            name: unit.to_owned(),
            content: Content::ONE,
            gtin,
            min_quantity: 1,
            multiple: 1,
            is_default: false,
            is_base: true,
        }
    }
}

/// Puts units in order: the base unit first, then by content, then by key; a unit of the account's own replaces the
/// general one of the same key.
pub fn units_of(base: SaleUnit, packs: Vec<(Option<AccountId>, SaleUnit)>) -> Vec<SaleUnit> {
    let mut packs = packs;
    let terms = |unit: &SaleUnit| {
        (
            i128::from(unit.content.numerator()),
            i128::from(unit.content.denominator()),
        )
    };
    packs.sort_by(|(owner_a, a), (owner_b, b)| a.unit.cmp(&b.unit).then(owner_b.is_some().cmp(&owner_a.is_some())));
    packs.dedup_by(|(_, later), (_, earlier)| later.unit == earlier.unit);
    // A default of the account's own takes the place of everybody's.
    if packs.iter().any(|(owner, unit)| owner.is_some() && unit.is_default) {
        for (owner, unit) in &mut packs {
            unit.is_default &= owner.is_some();
        }
    }
    let mut units: Vec<_> = packs.into_iter().map(|(_, unit)| unit).collect();
    units.sort_by(|a, b| {
        let ((an, ad), (bn, bd)) = (terms(a), terms(b));
        (an * bd).cmp(&(bn * ad)).then_with(|| a.unit.cmp(&b.unit))
    });
    units.insert(0, base);
    units
}

/// A quantity that can be ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderQuantity {
    /// In the ordered unit: whole packs, or base steps of the base unit.
    pub ordered: Quantity,
    /// The same in base steps.
    pub base_steps: i64,
}

/// Why a line can't be ordered: the code and the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFault {
    pub code: Code,
    /// What is wrong and what would be right.
    pub detail: Sentence,
}

impl LineFault {
    pub fn new(code: Code, detail: Sentence) -> Self {
        Self { code, detail }
    }
}

/// Reads what somebody wants of an article in one of its units. Nothing is rounded: a quantity that does not fit is
/// refused with what would fit.
pub fn order_quantity(article: &Article, unit: &SaleUnit, text: &str) -> Result<OrderQuantity, LineFault> {
    let invalid = |detail| LineFault::new(Code::QuantityInvalid, detail);
    let decimal = Decimal::parse(text).map_err(|error| invalid(error.of_quantity(text)))?;
    if !decimal.is_positive() {
        return Err(invalid(quantity_not_above_zero(text)));
    }
    let too_large = || invalid(sentences::quantity_too_large(text));
    if unit.is_base {
        return match decimal.scaled(article.decimals) {
            Ok(steps) => Ok(OrderQuantity {
                ordered: article.base_quantity(steps),
                base_steps: steps,
            }),
            Err(DecimalError::TooManyDecimals) => Err(LineFault::new(
                Code::QuantityNotWhole,
                sentences::not_whole_steps(text, &unit.unit, article.base_quantity(1)),
            )),
            Err(_) => Err(too_large()),
        };
    }
    let packs = match decimal.scaled(0) {
        Ok(packs) => packs,
        Err(DecimalError::TooManyDecimals) => {
            return Err(LineFault::new(
                Code::QuantityNotWhole,
                sentences::not_whole_packs(text, &unit.unit),
            ));
        }
        Err(_) => return Err(too_large()),
    };
    let Some(base_steps) = unit
        .content
        .base_steps(packs, article.decimals)
        .ok()
        .ok_or_else(too_large)?
    else {
        let whole = packs_per_portion(unit, article.decimals);
        return Err(LineFault::new(
            Code::QuantityNotWhole,
            sentences::not_whole_base(text, &unit.unit, &article.base_unit, whole),
        ));
    };
    if packs < unit.min_quantity {
        return Err(LineFault::new(
            Code::QuantityBelowMinimum,
            sentences::below_minimum(text, &unit.unit, unit.min_quantity),
        ));
    }
    if packs % unit.multiple != 0 {
        let lower = packs - packs % unit.multiple;
        return Err(LineFault::new(
            Code::QuantityNotMultiple,
            sentences::not_a_multiple(text, &unit.unit, unit.multiple, lower, lower + unit.multiple),
        ));
    }
    Ok(OrderQuantity {
        ordered: Quantity::new(packs, 0),
        base_steps,
    })
}

/// The smallest quantity that can be ordered in `unit`, is at least `base_steps` and more than `more_than`.
/// `None` if it is too large to hold.
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
    let whole = i128::from(packs_per_portion(unit, decimals));
    let multiple = i128::from(unit.multiple);
    let step = whole / gcd(whole, multiple) * multiple;
    let packs = i64::try_from(div_ceil(packs, step) * step).ok()?;
    let base_steps = unit.content.base_steps(packs, decimals).ok()??;
    Some(OrderQuantity {
        ordered: Quantity::new(packs, 0),
        base_steps,
    })
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
    use super::*;

    fn pack(unit: &str, numerator: i64, denominator: i64, min_quantity: i64, multiple: i64) -> SaleUnit {
        SaleUnit {
            unit: unit.to_owned(),
            unit_code: "XPK".to_owned(),
            name: unit.to_owned(),
            content: Content::new(numerator, denominator).expect("valid"),
            gtin: None,
            min_quantity,
            multiple,
            is_default: false,
            is_base: false,
        }
    }

    fn article(decimals: u8, packs: Vec<SaleUnit>) -> Article {
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
            decimals,
            state: ArticleState::Active,
            orderable_from: None,
            units: units_of(SaleUnit::base("H87", None), packs),
        }
    }

    #[test]
    fn the_default_of_an_account_takes_the_place_of_everybodys() {
        let default = |unit, content| SaleUnit {
            is_default: true,
            ..pack(unit, content, 1, 1, 1)
        };
        let defaults = |packs| {
            let units = units_of(SaleUnit::base("H87", None), packs);
            let defaults = units.into_iter().filter(|unit| unit.is_default);
            defaults.map(|unit| unit.unit).collect::<Vec<_>>()
        };
        let general = vec![(None, default("CT6", 6)), (None, pack("CT12", 12, 1, 1, 1))];
        assert_eq!(defaults(general.clone()), ["CT6"]);
        let own = general.into_iter().chain([(Some(AccountId(1)), default("PAL", 480))]);
        assert_eq!(defaults(own.collect()), ["PAL"]);
    }

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

    #[test]
    fn an_accounts_own_unit_replaces_the_general_one() {
        let own = (Some(AccountId(7)), pack("CT", 10, 1, 1, 1));
        let units = units_of(
            SaleUnit::base("H87", None),
            vec![
                (None, pack("CT", 12, 1, 1, 1)),
                own.clone(),
                (None, pack("BX", 3, 1, 1, 1)),
            ],
        );
        let keys: Vec<_> = units.iter().map(|u| (u.unit.as_str(), u.content.numerator())).collect();
        assert_eq!(keys, [("H87", 1), ("BX", 3), ("CT", 10)]);
    }
}
