//! `costs.csv`: what products cost the supplier; `margin_floors.csv`: how little may be earned of them.

use chrono::NaiveDate;

use super::rules::{Action, PERCENT_DECIMALS, WHOLE_PPM};
use super::sentences;
use crate::catalogue::products::files::Products;
use crate::db::{Connection, Database, Stored, insert, sets, sql};
use crate::error::{Code, FieldError, Result};
use crate::ids::{MarginFloorId, ProductCostId, ProductId};
use crate::limits;
use crate::money::UnitPrice;
use crate::pricing::store::FIRST_DAY;
use crate::row;
use crate::sheets::plan::{Checked, Row, Scope};
use crate::sheets::{Cells, Keys, Layout, Sheet, check_row};

/// The file of costs.
pub const COSTS: Layout = Layout {
    file: "costs.csv",
    required: &["sku", "cost", "currency"],
    optional: &["valid_from"],
    decimals: &["cost"],
};

/// The file of floors.
pub const FLOORS: Layout = Layout {
    file: "margin_floors.csv",
    required: &["category", "percent", "action"],
    optional: &[],
    decimals: &["percent"],
};

const COST_KEY: [&str; 3] = ["product_id", "currency", "valid_from"];
const FLOOR_KEY: [&str; 1] = ["category"];

row! {
    #[derive(Debug)]
    pub struct CostRow into product_costs {
        id: ProductCostId,
        product_id: ProductId,
        currency: String,
        valid_from: NaiveDate,
        cost_micros: i64,
    }
}

row! {
    #[derive(Debug)]
    pub struct FloorRow into margin_floors {
        id: MarginFloorId,
        category: String,
        percent_ppm: i64,
        action: Action,
    }
}

impl CostRow {
    /// What no other row has.
    pub fn key(&self) -> (ProductId, &str, NaiveDate) {
        (self.product_id, &self.currency, self.valid_from)
    }
}

impl FloorRow {
    /// Empty: of all.
    pub fn category(&self) -> &str {
        &self.category
    }
}

impl Row for CostRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    /// Whether an order is right does not depend on what its goods cost the supplier.
    fn concerns(&self, _: &Scope) -> bool {
        false
    }
}

impl Row for FloorRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    fn concerns(&self, _: &Scope) -> bool {
        false
    }
}

/// Checks the file of costs.
pub fn check_costs(db: &Database, mut sheet: Sheet, products: &Products) -> Result<Checked> {
    let mut seen = Keys::new();
    let rows = sheet.rows(|cells| cost(cells, products, &mut seen));
    let mut checked = Checked::new(sheet);
    checked.upsert(db, rows, CostRow::TABLE.upsert(&COST_KEY, None, &["cost_micros"]))?;
    Ok(checked)
}

/// Checks the file of floors.
pub fn check_floors(db: &Database, mut sheet: Sheet) -> Result<Checked> {
    let mut seen = Keys::new();
    let rows = sheet.rows(|cells| floor(cells, &mut seen));
    let mut checked = Checked::new(sheet);
    let upsert = FloorRow::TABLE.upsert(&FLOOR_KEY, None, &["percent_ppm", "action"]);
    checked.upsert(db, rows, upsert)?;
    Ok(checked)
}

/// Checks a cost that staff put, as a row of the file.
pub fn read_cost(values: &[(&'static str, String)], products: &Products) -> Result<CostRow, Vec<FieldError>> {
    check_row(&COSTS, values, |cells| cost(cells, products, &mut Keys::new()))
}

/// Checks a floor that staff put, as a row of the file.
pub fn read_floor(values: &[(&'static str, String)]) -> Result<FloorRow, Vec<FieldError>> {
    check_row(&FLOORS, values, |cells| floor(cells, &mut Keys::new()))
}

/// A category that has a floor already.
pub fn twice(pointer: String) -> FieldError {
    FieldError::new(pointer, Code::DuplicateKey, sentences::floor_twice())
}

/// Stores a cost in the place of what is kept under its key.
pub fn keep(tx: &mut Connection, row: &CostRow) -> Result<()> {
    let upsert = CostRow::TABLE.upsert(&COST_KEY, None, &["cost_micros"]);
    upsert.run(tx, &sets::json(&[row])?).map(drop)
}

/// Stores these floors in the place of all others.
pub fn replace_floors(tx: &mut Connection, rows: &[FloorRow]) -> Result<()> {
    sql("DELETE FROM margin_floors").run(tx)?;
    insert(tx, rows)
}

fn cost(
    cells: &mut Cells<'_>,
    products: &Products,
    seen: &mut Keys<(ProductId, String, NaiveDate)>,
) -> Option<CostRow> {
    let product = products.named(cells).map(|(_, product)| product.id);
    let cost = match cells.scaled("cost", UnitPrice::DECIMALS) {
        Some(..=-1) => cells.refuse("cost", Code::BadNumber, sentences::cost_below_zero()),
        read => read,
    };
    let currency = cells.currency("currency");
    let valid_from = cells.day_or("valid_from", FIRST_DAY);
    let (product_id, currency, valid_from) = (product?, currency?.code().to_owned(), valid_from?);
    seen.note(cells, "sku", (product_id, currency.clone(), valid_from))?;
    Some(CostRow {
        id: ProductCostId::new(),
        product_id,
        currency,
        valid_from,
        cost_micros: cost?,
    })
}

fn floor(cells: &mut Cells<'_>, seen: &mut Keys<String>) -> Option<FloorRow> {
    let category = cells.optional_text("category", limits::CATEGORY);
    let percent = match cells.scaled("percent", PERCENT_DECIMALS) {
        Some(..=-1 | WHOLE_PPM..) => cells.refuse("percent", Code::BadNumber, sentences::floor_percent()),
        read => read,
    };
    let action = cells.one_of("action", Action::NAMES).and_then(Action::from_name);
    let category = category?.unwrap_or_default().to_owned();
    seen.note(cells, "category", category.clone())?;
    Some(FloorRow {
        id: MarginFloorId::new(),
        category,
        percent_ppm: percent?,
        action: action?,
    })
}
