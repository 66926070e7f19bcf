//! `substitutes.csv`: what is offered instead of articles.

use super::rules::{RATIO_DECIMALS, SubstituteKind};
use super::sentences;
use crate::catalogue::products::files::Products;
use crate::db::violations::is_unique_violation;
use crate::db::{Connection, Database, Stored, insertion};
use crate::error::{Code, FieldError, Result};
use crate::ids::{ProductId, SubstituteId};
use crate::row;
use crate::sheets::plan::{Checked, Row, Scope};
use crate::sheets::{Cells, Keys, Layout, Sheet, check_row};

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "substitutes.csv",
    required: &["sku", "substitute", "kind"],
    optional: &["ratio"],
    decimals: &["ratio"],
};

const KEY: [&str; 2] = ["product_id", "substitute_id"];
/// One of the substitute for one of the article.
const ONE_MICROS: i64 = 1_000_000;

row! {
    #[derive(Debug)]
    pub struct SubstituteRow into substitutes {
        id: SubstituteId,
        product_id: ProductId,
        substitute_id: ProductId,
        kind: SubstituteKind,
        ratio_micros: i64,
    }
}

impl SubstituteRow {
    pub fn id(&self) -> SubstituteId {
        self.id
    }

    pub fn kind(&self) -> SubstituteKind {
        self.kind
    }

    pub fn ratio_micros(&self) -> i64 {
        self.ratio_micros
    }
}

impl Row for SubstituteRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    fn concerns(&self, _: &Scope) -> bool {
        true
    }
}

/// Keys that rows have had already.
type Seen = Keys<(ProductId, ProductId)>;

/// Checks the file.
pub fn check(db: &Database, mut sheet: Sheet, products: &Products) -> Result<Checked> {
    let mut seen = Seen::new();
    let rows = sheet.rows(|cells| row(cells, products, &mut seen));
    let brings = sheet.brings(&[("kind", "kind"), ("ratio", "ratio_micros")]);
    let upsert = SubstituteRow::TABLE.upsert(&KEY, None, &brings);
    let mut checked = Checked::new(sheet);
    checked.upsert(db, rows, upsert)?;
    Ok(checked)
}

/// Checks one row that staff put, as a row of the file.
pub fn read(values: &[(&'static str, String)], products: &Products) -> Result<SubstituteRow, Vec<FieldError>> {
    check_row(&LAYOUT, values, |cells| row(cells, products, &mut Seen::new()))
}

/// Stores a new row; false where there is one with its key.
pub fn insert(tx: &mut Connection, row: SubstituteRow) -> Result<bool> {
    match insertion(&[row])?.run(tx) {
        Err(error) if is_unique_violation(&error, "substitutes_key", &KEY) => Ok(false),
        inserted => inserted.map(|_| true),
    }
}

fn ratio(cells: &mut Cells<'_>) -> Option<i64> {
    if cells.given("ratio").is_none() {
        return Some(ONE_MICROS);
    }
    match cells.scaled("ratio", RATIO_DECIMALS)? {
        micros @ 1.. => Some(micros),
        _ => cells.refuse("ratio", Code::BadNumber, sentences::ratio_above_zero()),
    }
}

fn row(cells: &mut Cells<'_>, products: &Products, seen: &mut Seen) -> Option<SubstituteRow> {
    let product = products.named(cells).map(|(_, product)| product.id);
    let substitute = products.named_in(cells, "substitute").map(|(_, product)| product.id);
    let kind = cells
        .one_of("kind", SubstituteKind::NAMES)
        .and_then(SubstituteKind::from_name);
    let ratio = ratio(cells);
    let (product_id, substitute_id) = (product?, substitute?);
    if product_id == substitute_id {
        return cells.refuse("substitute", Code::ValueInvalid, sentences::substitute_of_itself());
    }
    seen.note(cells, "substitute", (product_id, substitute_id))?;
    Some(SubstituteRow {
        id: SubstituteId::new(),
        product_id,
        substitute_id,
        kind: kind?,
        ratio_micros: ratio?,
    })
}
