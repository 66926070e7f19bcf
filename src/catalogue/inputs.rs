//! What staff give of products, packs and assortments: read from JSON, from a form and, as cells of a row, checked as the
//! import files are.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::catalogue::rules::Rounding;
use crate::catalogue::rules::keeping::{KeptArticle, KeptProduct, KeptUnit, Owner};
use crate::kept::{self, DecimalText, FlagText, IntegerText};
use crate::names::sets::ArticleState;

/// A new product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CreateProduct)]
pub struct NewProduct {
    /// At most 64 characters; never changes.
    #[schema(example = "22633")]
    pub(in crate::catalogue) sku: String,
    name: String,
    /// UN/ECE Rec 20
    #[schema(example = "H87")]
    base_unit: String,
    /// Decimals of a quantity in the base unit, 0 to 6; 0 where it is left out.
    #[schema(value_type = Option<i64>)]
    pub(in crate::catalogue) decimals: Option<IntegerText>,
    /// UNCL5305; the supplier's country has a rate for it.
    #[schema(example = "S")]
    tax_category: String,
    description: Option<String>,
    /// 8, 12, 13 or 14 digits.
    gtin: Option<String>,
    category: Option<String>,
    /// Code of the only account that is to see it.
    exclusive_account: Option<String>,
    /// 0 where it is left out.
    #[schema(value_type = Option<i64>)]
    lead_time_days: Option<IntegerText>,
    /// `active` where it is left out.
    #[schema(value_type = Option<ArticleState>)]
    state: Option<String>,
    /// True: a quote is asked for, and only prices of contracts and of accounts hold.
    #[schema(value_type = Option<bool>)]
    price_on_request: Option<FlagText>,
}

/// What to change of a product; what is left out stays, null empties.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChangeProduct)]
pub struct ProductChange {
    name: Option<String>,
    /// UN/ECE Rec 20; stays once the product is used.
    base_unit: Option<String>,
    /// Stays once the product is used.
    #[schema(value_type = Option<i64>)]
    decimals: Option<IntegerText>,
    /// UNCL5305
    tax_category: Option<String>,
    #[serde(default, deserialize_with = "kept::text")]
    description: Option<String>,
    /// 8, 12, 13 or 14 digits.
    #[serde(default, deserialize_with = "kept::text")]
    gtin: Option<String>,
    #[serde(default, deserialize_with = "kept::text")]
    category: Option<String>,
    /// Code of an account.
    #[serde(default, deserialize_with = "kept::text")]
    exclusive_account: Option<String>,
    #[schema(value_type = Option<i64>)]
    lead_time_days: Option<IntegerText>,
    #[schema(value_type = Option<ArticleState>)]
    state: Option<String>,
    /// True: a quote is asked for, and only prices of contracts and of accounts hold.
    #[schema(value_type = Option<bool>)]
    price_on_request: Option<FlagText>,
}

/// A new pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CreateUnit)]
pub struct NewUnit {
    /// The product's own key, at most 16 characters; never changes.
    #[schema(example = "XCT")]
    unit: String,
    name: String,
    /// Base units in one, or `numerator` and `denominator`.
    #[schema(example = "200")]
    base_quantity: Option<DecimalText>,
    #[schema(value_type = Option<i64>)]
    numerator: Option<IntegerText>,
    #[schema(value_type = Option<i64>)]
    denominator: Option<IntegerText>,
    /// UN/ECE Rec 20/21; the key where it is left out.
    unit_code: Option<String>,
    /// 8, 12, 13 or 14 digits.
    gtin: Option<String>,
    /// 1 where it is left out.
    #[schema(value_type = Option<i64>)]
    min_quantity: Option<IntegerText>,
    /// 1 where it is left out.
    #[schema(value_type = Option<i64>)]
    multiple: Option<IntegerText>,
    /// True for the pack that a line without a unit means; it takes the place of another one.
    #[schema(value_type = Option<bool>)]
    is_default: Option<FlagText>,
    /// Most that can be ordered with one line; no bound where it is left out.
    #[schema(value_type = Option<i64>)]
    max_quantity: Option<IntegerText>,
    /// What becomes of a quantity that it isn't sold in; `refuse` where it is left out.
    #[schema(value_type = Option<Rounding>)]
    rounding: Option<String>,
    /// With packing, at most three decimals.
    #[schema(example = "12.5")]
    gross_weight_kg: Option<DecimalText>,
    #[schema(value_type = Option<i64>)]
    length_mm: Option<IntegerText>,
    #[schema(value_type = Option<i64>)]
    width_mm: Option<IntegerText>,
    #[schema(value_type = Option<i64>)]
    height_mm: Option<IntegerText>,
    /// Units of the next smaller pack that make a layer of this one.
    #[schema(value_type = Option<i64>)]
    layer: Option<IntegerText>,
    /// The first day it is sold; at once where it is left out.
    #[schema(value_type = Option<String>, format = Date)]
    valid_from: Option<String>,
    /// Code of the account whose own pack it is to be.
    account: Option<String>,
}

/// What to change of a pack; what is left out stays, null empties.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChangeUnit)]
pub struct UnitChange {
    name: Option<String>,
    /// Base units in one; stays once orders count in the pack.
    base_quantity: Option<DecimalText>,
    #[schema(value_type = Option<i64>)]
    numerator: Option<IntegerText>,
    #[schema(value_type = Option<i64>)]
    denominator: Option<IntegerText>,
    /// UN/ECE Rec 20/21
    unit_code: Option<String>,
    /// 8, 12, 13 or 14 digits.
    #[serde(default, deserialize_with = "kept::text")]
    gtin: Option<String>,
    #[schema(value_type = Option<i64>)]
    min_quantity: Option<IntegerText>,
    #[schema(value_type = Option<i64>)]
    multiple: Option<IntegerText>,
    /// True for the pack that a line without a unit means; it takes the place of another one.
    #[schema(value_type = Option<bool>)]
    is_default: Option<FlagText>,
    /// Most that can be ordered with one line; null for no bound.
    #[schema(value_type = Option<i64>)]
    max_quantity: Option<IntegerText>,
    /// What becomes of a quantity that it isn't sold in.
    #[schema(value_type = Option<Rounding>)]
    rounding: Option<String>,
    /// With packing, at most three decimals.
    #[schema(example = "12.5")]
    gross_weight_kg: Option<DecimalText>,
    #[schema(value_type = Option<i64>)]
    length_mm: Option<IntegerText>,
    #[schema(value_type = Option<i64>)]
    width_mm: Option<IntegerText>,
    #[schema(value_type = Option<i64>)]
    height_mm: Option<IntegerText>,
    /// Units of the next smaller pack that make a layer of this one.
    #[schema(value_type = Option<i64>)]
    layer: Option<IntegerText>,
    /// The first day it is sold; null for always.
    #[schema(value_type = Option<String>, format = Date)]
    valid_from: Option<String>,
}

impl UnitChange {
    /// The content is given in one of two forms: the one that a change leaves out goes.
    pub fn in_one_form(&self) -> Self {
        let mut change = self.clone();
        let gives = |number: &Option<IntegerText>| number.as_ref().is_some_and(|number| !number.0.is_empty());
        let gives_decimal = self.base_quantity.as_ref().is_some_and(|number| !number.0.is_empty());
        match (gives_decimal, gives(&self.numerator) || gives(&self.denominator)) {
            (true, false) => {
                change.numerator = Some(IntegerText::default());
                change.denominator = Some(IntegerText::default());
            }
            (false, true) => change.base_quantity = Some(DecimalText::default()),
            _ => {}
        }
        change
    }
}

/// An article with the account's own number and label.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PutArticle)]
pub struct NewArticle {
    pub(in crate::catalogue) sku: String,
    customer_part_number: Option<String>,
    label_name: Option<String>,
    label_brand: Option<String>,
    /// 8, 12, 13 or 14 digits.
    label_gtin: Option<String>,
}

/// What to change of a row; what is left out stays, null empties.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChangeAssortmentRow)]
pub struct ArticleChange {
    #[serde(default, deserialize_with = "kept::text")]
    customer_part_number: Option<String>,
    #[serde(default, deserialize_with = "kept::text")]
    label_name: Option<String>,
    #[serde(default, deserialize_with = "kept::text")]
    label_brand: Option<String>,
    /// 8, 12, 13 or 14 digits.
    #[serde(default, deserialize_with = "kept::text")]
    label_gtin: Option<String>,
}

fn text(text: &Option<String>) -> Option<String> {
    Some(text.clone().unwrap_or_default())
}

fn code(owner: &Option<Owner>) -> Option<String> {
    Some(owner.as_ref().map(|owner| owner.code.clone()).unwrap_or_default())
}

fn number(number: impl ToString) -> Option<IntegerText> {
    Some(IntegerText(number.to_string()))
}

fn optional_number(number: Option<i64>) -> Option<IntegerText> {
    Some(number.map_or_else(IntegerText::default, |number| IntegerText(number.to_string())))
}

impl From<&KeptProduct> for NewProduct {
    fn from(product: &KeptProduct) -> Self {
        Self {
            sku: product.sku.clone(),
            name: product.name.clone(),
            base_unit: product.base_unit.clone(),
            decimals: number(product.decimals),
            tax_category: product.tax_category.clone(),
            description: text(&product.description),
            gtin: text(&product.gtin),
            category: text(&product.category),
            exclusive_account: code(&product.exclusive),
            lead_time_days: number(product.lead_time_days),
            state: Some(product.state.name().to_owned()),
            price_on_request: Some(FlagText(product.price_on_request.to_string())),
        }
    }
}

/// The content as a decimal where it is one, else as a ratio.
impl From<&KeptUnit> for NewUnit {
    fn from(unit: &KeptUnit) -> Self {
        let decimal = unit.content.as_decimal().map(|content| content.to_string());
        let ratio = |term: i64| match decimal {
            Some(_) => Some(IntegerText::default()),
            None => number(term),
        };
        Self {
            unit: unit.unit.clone(),
            name: unit.name.clone(),
            numerator: ratio(unit.content.numerator()),
            denominator: ratio(unit.content.denominator()),
            base_quantity: Some(DecimalText(decimal.unwrap_or_default())),
            unit_code: Some(unit.unit_code.clone()),
            gtin: text(&unit.gtin),
            min_quantity: number(unit.min_quantity),
            multiple: number(unit.multiple),
            is_default: Some(FlagText(unit.is_default.to_string())),
            max_quantity: optional_number(unit.max_quantity),
            rounding: Some(unit.rounding.name().to_owned()),
            gross_weight_kg: Some(DecimalText(unit.size.gross_weight_kg().unwrap_or_default())),
            length_mm: optional_number(unit.size.length_mm),
            width_mm: optional_number(unit.size.width_mm),
            height_mm: optional_number(unit.size.height_mm),
            layer: optional_number(unit.size.layer),
            valid_from: Some(unit.valid_from.map(|day| day.to_string()).unwrap_or_default()),
            account: code(&unit.owner),
        }
    }
}

impl From<&KeptArticle> for NewArticle {
    fn from(article: &KeptArticle) -> Self {
        Self {
            sku: article.sku.clone(),
            customer_part_number: text(&article.customer_part_number),
            label_name: text(&article.label_name),
            label_brand: text(&article.label_brand),
            label_gtin: text(&article.label_gtin),
        }
    }
}

/// The rows of a pasted list: number, own number, label, brand, GTIN of the label, parted by tabs or semicolons; each with
/// its line. A first line that names the columns is left out.
pub fn pasted(text: &str) -> Vec<(String, NewArticle)> {
    let lines = text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty());
    let row = |line: &str| {
        let sign = if line.contains('\t') { '\t' } else { ';' };
        let mut cells = line.split(sign).map(|cell| cell.trim().to_owned());
        let mut next = || cells.next().unwrap_or_default();
        let article = NewArticle {
            sku: next(),
            customer_part_number: Some(next()),
            label_name: Some(next()),
            label_brand: Some(next()),
            label_gtin: Some(next()),
        };
        (line.to_owned(), article)
    };
    let mut rows: Vec<_> = lines.map(row).collect();
    if rows.first().is_some_and(|(_, row)| row.sku.eq_ignore_ascii_case("sku")) {
        rows.remove(0);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_pasted_with_tabs_or_semicolons() {
        let rows = pasted("SKU;number;label\nA-1; 4711 ;Screw\n\nB-2\t4712\n C-3\n");
        let told: Vec<_> = rows
            .iter()
            .map(|(_, row)| {
                let (number, label) = (row.customer_part_number.as_deref(), row.label_name.as_deref());
                [row.sku.as_str(), number.unwrap_or("?"), label.unwrap_or("?")].join("|")
            })
            .collect();
        assert_eq!(told, ["A-1|4711|Screw", "B-2|4712|", "C-3||"]);
    }

    #[test]
    fn a_content_is_given_in_one_form() {
        let decimal = |text: &str| Some(DecimalText(text.to_owned()));
        let integer = |text: &str| Some(IntegerText(text.to_owned()));
        let change = |base_quantity, numerator, denominator| UnitChange {
            base_quantity,
            numerator,
            denominator,
            ..UnitChange::default()
        };
        for (given, meant) in [
            (
                change(decimal("12"), None, None),
                change(decimal("12"), integer(""), integer("")),
            ),
            (
                change(None, integer("7"), integer("3")),
                change(decimal(""), integer("7"), integer("3")),
            ),
            (
                change(decimal("12"), integer("7"), None),
                change(decimal("12"), integer("7"), None),
            ),
            (change(None, None, None), change(None, None, None)),
        ] {
            assert_eq!(given.in_one_form(), meant);
        }
    }
}
