//! What staff give of expected receipts: read from JSON or a form and, as cells of a row, checked as the import file is.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Expected;
use crate::kept::{self, DecimalText, FlagText};

/// Its columns in `expected_receipts.csv`.
pub const COLUMNS: [&[&str]; 1] = [&[
    "reference",
    "warehouse",
    "sku",
    "quantity",
    "expected_on",
    "supplier",
    "confirmed",
]];

/// Something that is expected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ExpectReceipt)]
pub struct NewExpected {
    /// What the order at the supplier, or its dispatch note, is called; at most 64 characters. Once for a product and warehouse.
    #[schema(example = "PO-7001")]
    pub reference: String,
    /// Code of the warehouse it comes into.
    #[schema(example = "MAIN")]
    pub warehouse: String,
    pub sku: String,
    /// In base units.
    #[schema(example = "400")]
    pub quantity: DecimalText,
    /// The day it comes, `YYYY-MM-DD`.
    #[schema(example = "2026-12-12")]
    pub expected_on: String,
    /// Who sends it.
    pub supplier: Option<String>,
    /// Only what is confirmed is promised to accounts; true where it is left out.
    #[schema(value_type = Option<bool>)]
    pub confirmed: Option<FlagText>,
}

/// What to change of what is expected; what is left out stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChangeExpectedReceipt)]
pub struct ExpectedChange {
    /// In base units; not less than what came.
    #[schema(example = "300")]
    pub quantity: Option<DecimalText>,
    /// The day it comes, `YYYY-MM-DD`.
    #[schema(example = "2026-12-20")]
    pub expected_on: Option<String>,
    /// Who sends it; null empties.
    #[serde(default, deserialize_with = "kept::text")]
    pub supplier: Option<String>,
    #[schema(value_type = Option<bool>)]
    pub confirmed: Option<FlagText>,
}

impl From<&Expected> for NewExpected {
    fn from(expected: &Expected) -> Self {
        Self {
            reference: expected.reference.clone(),
            warehouse: expected.warehouse.clone(),
            sku: expected.sku.clone(),
            quantity: DecimalText(expected.amount(expected.quantity).to_string()),
            expected_on: expected.expected_on.to_string(),
            supplier: expected.supplier.clone(),
            confirmed: Some(FlagText(expected.confirmed.to_string())),
        }
    }
}
