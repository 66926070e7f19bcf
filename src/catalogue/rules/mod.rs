//! Articles as an account sees them, and in which quantities they can be ordered.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

mod gtin;
pub mod keeping;
mod promise;
mod quantities;
mod search;

pub use gtin::gtin14;
pub use promise::promised_on;
pub use quantities::{Offer, OrderQuantity, offer, order_quantity, smallest_order};
pub use search::{indexed_words, number_word, search_words};

use chrono::NaiveDate;

use crate::error::Code;
use crate::ids::{AccountId, ProductId};
use crate::keys;
use crate::names::names;
use crate::names::sets::ArticleState;
use crate::quantity::{Content, Quantity};
use crate::sentences::Sentence;

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
    /// A quote is asked for: only what was agreed with the account prices it.
    pub price_on_request: bool,
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

names! {
    /// What becomes of a quantity that a pack isn't sold in.
    #[derive(Default)]
    pub enum Rounding as UnitRounding {
        /// It is refused, with the nearest that would do.
        #[default]
        Refuse = "refuse",
        /// The next larger one that would do is taken.
        Up = "up",
        /// The nearest one that would do is taken, of two as near the larger.
        Nearest = "nearest",
    }
}

/// Weight and sides of a pack, and how it lies on a pallet; what isn't known is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PackSize {
    /// With packing, in grams.
    pub gross_weight_g: Option<i64>,
    pub length_mm: Option<i64>,
    pub width_mm: Option<i64>,
    pub height_mm: Option<i64>,
    /// Units of the next smaller pack that make a layer of this one.
    pub layer: Option<i64>,
}

impl PackSize {
    /// The weight in kilograms, as a plain decimal.
    pub fn gross_weight_kg(&self) -> Option<String> {
        self.gross_weight_g.map(|grams| Quantity::new(grams, 3).to_string())
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
    /// Most that can be ordered with one line, in this unit.
    pub max_quantity: Option<i64>,
    /// What becomes of a quantity that keeps to neither.
    pub rounding: Rounding,
    /// How it is made up for transport.
    pub size: PackSize,
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
            max_quantity: None,
            rounding: Rounding::Refuse,
            size: PackSize::default(),
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

#[cfg(test)]
mod tests {
    use super::*;

    pub(in crate::catalogue::rules) fn pack(
        unit: &str,
        numerator: i64,
        denominator: i64,
        min_quantity: i64,
        multiple: i64,
    ) -> SaleUnit {
        SaleUnit {
            unit: unit.to_owned(),
            unit_code: "XPK".to_owned(),
            name: unit.to_owned(),
            content: Content::new(numerator, denominator).expect("valid"),
            gtin: None,
            min_quantity,
            multiple,
            max_quantity: None,
            rounding: Rounding::Refuse,
            size: PackSize::default(),
            is_default: false,
            is_base: false,
        }
    }

    pub(in crate::catalogue::rules) fn article(decimals: u8, packs: Vec<SaleUnit>) -> Article {
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
            price_on_request: false,
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
