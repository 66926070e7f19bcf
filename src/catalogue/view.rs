//! How articles, their units and quantities are told on pages.

use super::rules::SaleUnit;
use crate::languages::Language;
use crate::quantity::Quantity;

/// What a unit is called: by the supplier, single pieces by the language.
pub fn unit_name(language: Language, unit: &SaleUnit) -> String {
    if unit.is_base || unit.name.is_empty() {
        language.unit(&unit.unit_code, Quantity::new(1, 0))
    } else {
        unit.name.clone()
    }
}

/// `16 cartons`: a quantity with the word for its unit.
pub fn amount(language: Language, quantity: Quantity, unit_code: &str) -> String {
    format!(
        "{}\u{a0}{}",
        language.quantity(quantity),
        language.unit(unit_code, quantity)
    )
}
