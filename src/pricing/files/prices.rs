//! `prices.csv`: the price rows of the lists.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use super::in_order;
use super::price_lists::{PriceList, PriceLists};
use crate::catalogue::products::files::{Product, Products};
use crate::catalogue::units::files::Units;
use crate::db::sets::{self, Kind, Table};
use crate::db::{Connection, Database, sql};
use crate::error::{Code, FieldError, Result};
use crate::ids::{AccountId, PriceId, PriceListId, ProductId};
use crate::limits;
use crate::money::UnitPrice;
use crate::pricing::rules::PRICE_BASES;
use crate::pricing::sentences;
use crate::pricing::store::{FIRST_DAY, LAST_DAY};
use crate::sheets::plan::{CHUNK_ROWS, Checked, Row, Scope};
use crate::sheets::{Cells, Keys, Layout, Sheet, check_row};

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "prices.csv",
    required: &["price_list", "sku", "unit", "min_quantity", "price"],
    optional: &["price_base", "valid_from", "valid_to", "price_group"],
    decimals: &["price", "min_quantity"],
};

static TABLE: Table = Table::new(
    "prices",
    &[
        ("id", Kind::BigInt),
        ("price_list_id", Kind::BigInt),
        ("product_id", Kind::BigInt),
        ("unit", Kind::Text),
        ("min_quantity", Kind::BigInt),
        ("price_micros", Kind::BigInt),
        ("price_base", Kind::Integer),
        ("valid_from", Kind::Date),
        ("valid_to", Kind::Date),
        ("price_group", Kind::Text),
    ],
);

const KEY: [&str; 5] = ["product_id", "price_list_id", "unit", "min_quantity", "valid_from"];
const STORED: [(&str, &str); 4] = [
    ("price", "price_micros"),
    ("price_base", "price_base"),
    ("valid_to", "valid_to"),
    ("price_group", "price_group"),
];

/// A row as it is stored.
#[derive(Debug, Serialize)]
pub struct PriceRow {
    pub id: PriceId,
    pub(in crate::pricing) price_list_id: PriceListId,
    /// Whom the list is for.
    #[serde(skip)]
    pub(in crate::pricing) account_id: Option<AccountId>,
    pub(in crate::pricing) product_id: ProductId,
    /// What its break is counted with, where its list counts groups.
    pub(in crate::pricing) price_group: Option<String>,
    #[serde(serialize_with = "as_text")]
    pub(in crate::pricing) unit: Arc<str>,
    pub(in crate::pricing) min_quantity: i64,
    pub(in crate::pricing) price_micros: i64,
    pub(in crate::pricing) price_base: i32,
    pub(in crate::pricing) valid_from: NaiveDate,
    pub(in crate::pricing) valid_to: NaiveDate,
}

impl PriceRow {
    /// What no other row has.
    pub fn key(&self) -> Key {
        (
            self.price_list_id,
            self.product_id,
            self.unit.clone(),
            self.min_quantity,
            self.valid_from,
        )
    }
}

impl Row for PriceRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    fn concerns(&self, scope: &Scope) -> bool {
        let owner = self.account_id;
        scope.products.contains(&self.product_id) && owner.is_none_or(|owner| scope.accounts.contains(&owner))
    }
}

fn as_text<S: serde::Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

/// List, product, unit, break and first day.
pub type Key = (PriceListId, ProductId, Arc<str>, i64, NaiveDate);

/// Checks the file.
pub fn check(
    db: &Database,
    mut sheet: Sheet,
    lists: &PriceLists,
    products: &Products,
    units: &Units,
) -> Result<Checked> {
    let mut keys = Keys::new();
    let rows = sheet.rows(|cells| price(cells, lists, products, units, &mut keys));
    drop(keys);
    let equal = count_equal(db, &rows, &lists.equals())?;
    let upsert = TABLE.upsert(&KEY, None, &sheet.brings(&STORED));
    let mut checked = Checked::new(sheet);
    checked.upsert(db, rows, upsert)?;
    if equal > 0 {
        checked.notes.push(sentences::equals_found(equal));
    }
    Ok(checked)
}

/// How many rows have another price than a row of a list that stands equal to theirs, in the file or stored.
fn count_equal(db: &Database, rows: &[PriceRow], equals: &HashMap<PriceListId, Vec<PriceListId>>) -> Result<usize> {
    let concerned: Vec<_> = rows
        .iter()
        .filter(|row| equals.contains_key(&row.price_list_id))
        .collect();
    if concerned.is_empty() {
        return Ok(0);
    }
    let (mut products, mut lists) = (HashSet::new(), HashSet::new());
    for row in &concerned {
        products.insert(row.product_id);
        lists.extend(equals.get(&row.price_list_id).into_iter().flatten().copied());
    }
    let (products, lists): (Vec<_>, Vec<_>) = (products.into_iter().collect(), lists.into_iter().collect());
    /// List, product, unit, break and first day.
    type Place = (PriceListId, ProductId, String, i64, NaiveDate);
    let mut known: HashMap<Place, (i64, i32)> = HashMap::new();
    for products in products.chunks(CHUNK_ROWS) {
        let read = |connection: &mut Connection| {
            sql(
                "SELECT r.price_list_id, r.product_id, r.unit, r.min_quantity, r.valid_from, r.price_micros, r.price_base \
                 FROM prices r WHERE r.product_id {in ids $1} AND r.price_list_id {in ids $2}",
            )
            .bind(sets::json(products)?)
            .bind(sets::json(&lists)?)
            .rows(connection)
        };
        type Stored = (PriceListId, ProductId, String, i64, NaiveDate, i64, i32);
        let stored: Vec<Stored> = db.read_now(read)?;
        let keyed =
            |(list, product, unit, min, from, micros, base): Stored| ((list, product, unit, min, from), (micros, base));
        known.extend(stored.into_iter().map(keyed));
    }
    // What the file says takes the place of what is stored.
    for row in &concerned {
        let key = (
            row.price_list_id,
            row.product_id,
            row.unit.to_string(),
            row.min_quantity,
            row.valid_from,
        );
        known.insert(key, (row.price_micros, row.price_base));
    }
    let differs = |row: &&&PriceRow| {
        let others = equals.get(&row.price_list_id).into_iter().flatten();
        others
            .filter_map(|list| {
                known.get(&(
                    *list,
                    row.product_id,
                    row.unit.to_string(),
                    row.min_quantity,
                    row.valid_from,
                ))
            })
            .any(|(micros, base)| {
                i128::from(*micros) * i128::from(row.price_base) != i128::from(row.price_micros) * i128::from(*base)
            })
    };
    Ok(concerned.iter().filter(differs).count())
}

/// Checks one row that staff add or change, as a row of the file; it comes with a new id.
pub fn read(
    values: &[(&'static str, String)],
    lists: &PriceLists,
    products: &Products,
    units: &Units,
) -> Result<PriceRow, Vec<FieldError>> {
    let mut keys = Keys::new();
    check_row(&LAYOUT, values, |cells| price(cells, lists, products, units, &mut keys))
}

/// The good rows of a sheet that has these columns.
pub fn rows(sheet: &mut Sheet, lists: &PriceLists, products: &Products, units: &Units) -> Vec<PriceRow> {
    let mut keys = Keys::new();
    sheet.rows(|cells| price(cells, lists, products, units, &mut keys))
}

/// Stores new rows.
pub fn insert(tx: &mut Connection, rows: &[PriceRow]) -> Result<()> {
    TABLE.insert(tx, rows)
}

/// Stores rows in the places of those with their ids.
pub fn update(tx: &mut Connection, rows: &[PriceRow]) -> Result<()> {
    TABLE.update(tx, rows).map(drop)
}

fn price(
    cells: &mut Cells<'_>,
    lists: &PriceLists,
    products: &Products,
    units: &Units,
    keys: &mut Keys<Key>,
) -> Option<PriceRow> {
    let list = lists.named(cells);
    let product = products.named(cells).map(|(_, product)| product);
    let unit = match (list, product) {
        (Some(list), Some(product)) => unit_key(cells, list, product, units),
        _ => cells.required("unit").and(None),
    };
    let min_quantity = product.and_then(|product| cells.not_negative("min_quantity", product.decimals));
    let price_micros = positive_price(cells);
    let price_base = price_base(cells);
    let valid_from = cells.day_or("valid_from", FIRST_DAY);
    let valid_to = cells.day_or("valid_to", LAST_DAY);
    let valid_to = in_order(cells, valid_from, valid_to);
    let price_group = cells.optional_text("price_group", limits::CODE);
    let (list, product, unit) = (list?, product?, unit?);
    let (min_quantity, valid_from) = (min_quantity?, valid_from?);
    let key = (list.id, product.id, unit.clone(), min_quantity, valid_from);
    keys.note(cells, "sku", key)?;
    Some(PriceRow {
        id: PriceId::new(),
        price_list_id: list.id,
        account_id: list.account_id,
        product_id: product.id,
        unit,
        min_quantity,
        price_micros: price_micros?,
        price_base: price_base?,
        valid_from,
        valid_to: valid_to?,
        price_group: price_group?.map(str::to_owned),
    })
}

/// The base unit or a pack that those have whom the list is for.
fn unit_key(cells: &mut Cells<'_>, list: &PriceList, product: &Product, units: &Units) -> Option<Arc<str>> {
    let unit = cells.required("unit")?;
    if *product.base_unit == *unit {
        return Some(product.base_unit.clone());
    }
    if let Some(known) = units.find(product.id, unit, list.account_id) {
        return Some(known.clone());
    }
    match units.alike(product, unit, list.account_id) {
        Some(alike) if cells.is_of_a_file() => cells.looks_like("unit", &alike),
        None => {
            let remedy = sentences::no_other_unit(&product.base_unit);
            cells.refuse("unit", Code::UnknownUnit, remedy)
        }
        meant => meant,
    }
}

fn positive_price(cells: &mut Cells<'_>) -> Option<i64> {
    match cells.scaled("price", UnitPrice::DECIMALS)? {
        ..=0 => cells.refuse("price", Code::BadNumber, sentences::price_above_zero()),
        micros => Some(micros),
    }
}

fn price_base(cells: &mut Cells<'_>) -> Option<i32> {
    let base = cells.optional_parsed("price_base", Code::BadNumber, sentences::give_price_base(), |text| {
        PRICE_BASES.into_iter().find(|base| base.to_string() == text)
    })?;
    Some(base.unwrap_or(1))
}
