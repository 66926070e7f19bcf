//! Products, their packs and assortments as staff keep them.

use crate::ids::{AccountId, AssortmentId, ProductId, SaleUnitId};
use crate::names::names;
use crate::quantity::Content;

/// Values by column of an import file; empty where nothing is given.
pub type Values = Vec<(&'static str, String)>;

/// The account that something is kept for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The account.
    pub id: AccountId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

impl Owner {
    /// The owner of a row that was joined with the account, if it has one.
    pub fn of(id: Option<AccountId>, code: Option<String>, name: Option<String>) -> Option<Self> {
        Some(Self {
            id: id?,
            code: code?,
            name: name?,
        })
    }
}

names! {
    /// What a product still lacks.
    pub enum Lack as ProductLack {
        /// It stands in no price list.
        Price = "price",
        /// It or one of its packs has no GTIN.
        Gtin = "gtin",
        /// No warehouse has any of it.
        Stock = "stock",
    }
}

/// A product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptProduct {
    /// The product.
    pub id: ProductId,
    /// The supplier's number.
    pub sku: String,
    /// What it is called.
    pub name: String,
    /// UN/ECE Rec 20 code of the base unit.
    pub base_unit: String,
    /// One base step is 10^-`decimals` of the base unit.
    pub decimals: u8,
    /// Tax category (UNCL5305).
    pub tax_category: String,
    /// What the supplier says of it.
    pub description: Option<String>,
    /// GTIN of the base unit, 14 digits.
    pub gtin: Option<String>,
    /// The supplier's grouping.
    pub category: Option<String>,
    /// The only account that ever sees it.
    pub exclusive: Option<Owner>,
    /// Days from reservation to delivery.
    pub lead_time_days: i32,
    /// What it lacks.
    pub lacks: Vec<Lack>,
}

/// A pack of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptUnit {
    /// The pack.
    pub id: SaleUnitId,
    /// Its product.
    pub product_id: ProductId,
    /// The product's number.
    pub sku: String,
    /// The account whose own it is.
    pub owner: Option<Owner>,
    /// The product's own key.
    pub unit: String,
    /// In words.
    pub name: String,
    /// Base units in one.
    pub content: Content,
    /// UN/ECE Rec 20/21 code for documents.
    pub unit_code: String,
    /// GTIN of this packaging level, 14 digits.
    pub gtin: Option<String>,
    /// Fewest that can be ordered.
    pub min_quantity: i64,
    /// Ordered in multiples of this many.
    pub multiple: i64,
}

/// An article in the assortment of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptArticle {
    /// The row.
    pub id: AssortmentId,
    /// Whose assortment.
    pub owner: Owner,
    /// The product.
    pub product_id: ProductId,
    /// The supplier's number.
    pub sku: String,
    /// What the supplier calls it.
    pub name: String,
    /// The account's own number.
    pub customer_part_number: Option<String>,
    /// What the account's label calls it.
    pub label_name: Option<String>,
    /// The brand on the label.
    pub label_brand: Option<String>,
    /// GTIN of the label, 14 digits.
    pub label_gtin: Option<String>,
}

fn text(text: &Option<String>) -> String {
    text.clone().unwrap_or_default()
}

impl KeptProduct {
    /// True if it lacks this.
    pub fn lacks(&self, lack: Lack) -> bool {
        self.lacks.contains(&lack)
    }

    /// As the import file would have it.
    pub fn values(&self) -> Values {
        let exclusive = self.exclusive.as_ref().map(|owner| owner.code.clone());
        vec![
            ("sku", self.sku.clone()),
            ("name", self.name.clone()),
            ("base_unit", self.base_unit.clone()),
            ("decimals", self.decimals.to_string()),
            ("tax_category", self.tax_category.clone()),
            ("description", text(&self.description)),
            ("gtin", text(&self.gtin)),
            ("category", text(&self.category)),
            ("exclusive_account", exclusive.unwrap_or_default()),
            ("lead_time_days", self.lead_time_days.to_string()),
        ]
    }
}

impl KeptUnit {
    /// As the import file would have it; the content as a decimal where it is one, else as a ratio.
    pub fn values(&self) -> Values {
        let decimal = self.content.as_decimal().map(|content| content.to_string());
        let ratio = |term: i64| match decimal {
            Some(_) => String::new(),
            None => term.to_string(),
        };
        vec![
            ("sku", self.sku.clone()),
            ("unit", self.unit.clone()),
            ("name", self.name.clone()),
            ("numerator", ratio(self.content.numerator())),
            ("denominator", ratio(self.content.denominator())),
            ("base_quantity", decimal.unwrap_or_default()),
            ("unit_code", self.unit_code.clone()),
            ("gtin", text(&self.gtin)),
            ("min_quantity", self.min_quantity.to_string()),
            ("multiple", self.multiple.to_string()),
            (
                "account",
                self.owner.as_ref().map_or_else(String::new, |owner| owner.code.clone()),
            ),
        ]
    }
}

impl KeptArticle {
    /// As the import file would have it.
    pub fn values(&self) -> Values {
        vec![
            ("account", self.owner.code.clone()),
            ("sku", self.sku.clone()),
            ("customer_part_number", text(&self.customer_part_number)),
            ("label_name", text(&self.label_name)),
            ("label_brand", text(&self.label_brand)),
            ("label_gtin", text(&self.label_gtin)),
        ]
    }
}

/// `values` with those of `changes` in their places.
pub fn overlaid(values: Values, changes: &[(&'static str, String)]) -> Values {
    let changed = |(column, value)| {
        let change = changes.iter().find(|(changed, _)| *changed == column);
        (column, change.map_or(value, |(_, change)| change.clone()))
    };
    values.into_iter().map(changed).collect()
}

/// The same for a pack, whose content is given in one of two forms: the form that a change leaves out goes.
pub fn overlaid_unit(values: Values, changes: &[(&'static str, String)]) -> Values {
    let gives = |column: &str| {
        changes
            .iter()
            .any(|(changed, value)| *changed == column && !value.is_empty())
    };
    let mut changes = changes.to_vec();
    if gives("base_quantity") && !gives("numerator") && !gives("denominator") {
        changes.extend([("numerator", String::new()), ("denominator", String::new())]);
    } else if (gives("numerator") || gives("denominator")) && !gives("base_quantity") {
        changes.push(("base_quantity", String::new()));
    }
    // The last word on a column counts.
    changes.reverse();
    overlaid(values, &changes)
}

/// The rows of a pasted list: number, own number, label, brand, GTIN of the label, parted by tabs or semicolons; each with
/// its line. A first line that names the columns is left out.
pub fn pasted(text: &str) -> Vec<(String, Values)> {
    const COLUMNS: [&str; 5] = ["sku", "customer_part_number", "label_name", "label_brand", "label_gtin"];
    let lines = text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty());
    let row = |line: &str| {
        let sign = if line.contains('\t') { '\t' } else { ';' };
        let mut cells = line.split(sign).map(str::trim);
        let values = COLUMNS.map(|column| (column, cells.next().unwrap_or_default().to_owned()));
        (line.to_owned(), values.to_vec())
    };
    let is_heading = |(_, values): &(String, Values)| {
        let first = values.first().map(|(_, value)| value.to_lowercase());
        first.is_some_and(|first| first == "sku")
    };
    let mut rows: Vec<_> = lines.map(row).collect();
    if rows.first().is_some_and(is_heading) {
        rows.remove(0);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(values: &[(&'static str, &str)]) -> Values {
        values
            .iter()
            .map(|(column, value)| (*column, (*value).to_owned()))
            .collect()
    }

    #[test]
    fn a_change_takes_the_place_of_what_was() {
        let values = pairs(&[("price", "2"), ("unit", "H87")]);
        let changed = overlaid(values, &pairs(&[("price", "3"), ("colour", "red")]));
        assert_eq!(changed, pairs(&[("price", "3"), ("unit", "H87")]));
    }

    #[test]
    fn a_list_is_pasted_with_tabs_or_semicolons() {
        let rows = pasted("SKU;number;label\nA-1; 4711 ;Screw\n\nB-2\t4712\n C-3\n");
        let told: Vec<_> = rows
            .iter()
            .map(|(_, values)| {
                values
                    .iter()
                    .map(|(_, value)| value.as_str())
                    .collect::<Vec<_>>()
                    .join("|")
            })
            .collect();
        assert_eq!(told, ["A-1|4711|Screw||", "B-2|4712|||", "C-3||||"]);
    }

    #[test]
    fn a_content_is_given_in_one_form() {
        let ratio = pairs(&[("numerator", "7"), ("denominator", "3"), ("base_quantity", "")]);
        let changed = overlaid_unit(ratio.clone(), &pairs(&[("base_quantity", "12")]));
        assert_eq!(
            changed,
            pairs(&[("numerator", ""), ("denominator", ""), ("base_quantity", "12")])
        );
        let decimal = pairs(&[("numerator", ""), ("denominator", ""), ("base_quantity", "12")]);
        let changed = overlaid_unit(
            decimal,
            &pairs(&[("numerator", "7"), ("denominator", "3"), ("base_quantity", "")]),
        );
        assert_eq!(changed, ratio);
    }
}
