//! Products, their packs and assortments as staff keep them.

use chrono::NaiveDate;

use super::{PackSize, Rounding};
use crate::ids::{AccountId, AssortmentId, ProductId, SaleUnitId};
use crate::names::names;
use crate::names::sets::ArticleState;
use crate::quantity::Content;

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

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptProduct {
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
    /// Whether it is sold.
    pub state: ArticleState,
    /// A quote is asked for: only what was agreed with an account prices it.
    pub price_on_request: bool,
    pub lacks: Vec<Lack>,
}

/// A pack of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptUnit {
    /// The pack.
    pub id: SaleUnitId,
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
    /// Most that can be ordered with one line.
    pub max_quantity: Option<i64>,
    /// What becomes of a quantity that keeps to neither.
    pub rounding: Rounding,
    /// How it is made up for transport.
    pub size: PackSize,
    /// The first day it is sold; none where it always was.
    pub valid_from: Option<NaiveDate>,
    /// True for the pack that a line without a unit means.
    pub is_default: bool,
}

/// An article in the assortment of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptArticle {
    /// The row.
    pub id: AssortmentId,
    /// Whose assortment.
    pub owner: Owner,
    pub product_id: ProductId,
    /// The supplier's number.
    pub sku: String,
    /// What the supplier calls it.
    pub name: String,
    /// The account's own number.
    pub customer_part_number: Option<String>,
    /// What the account's label calls it.
    pub label_name: Option<String>,
    pub label_brand: Option<String>,
    /// GTIN of the label, 14 digits.
    pub label_gtin: Option<String>,
}

impl KeptProduct {
    /// True if it lacks this.
    pub fn lacks(&self, lack: Lack) -> bool {
        self.lacks.contains(&lack)
    }
}
