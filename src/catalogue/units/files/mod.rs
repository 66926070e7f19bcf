//! `units.csv`: the packs a product is sold in, for all or for one account.

mod known;
mod values;

pub use self::known::Units;
use self::values::{Bounds, bounds, content, rounding, size};

use std::collections::HashSet;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use crate::accounts::files::accounts::Accounts;
use crate::catalogue::files::gtins::{Carried, Carrier, Gtins, gtin};
use crate::catalogue::files::words;
use crate::catalogue::products::files::{Product, Products};
use crate::catalogue::rules::Rounding;
use crate::catalogue::sentences;
use crate::db::sets::{self, Kind, Table};
use crate::db::{Connection, Database, sql};
use crate::error::{Code, FieldError, Result};
use crate::ids::{AccountId, ProductId, SaleUnitId};
use crate::keys;
use crate::limits;
use crate::quantity::Content;
use crate::sheets::plan::{Checked, Row, Scope};
use crate::sheets::{Cells, Keys, Layout, Sheet, check_row};

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "units.csv",
    required: &["sku", "unit", "name", "base_quantity"],
    optional: &[
        "numerator",
        "denominator",
        "unit_code",
        "gtin",
        "min_quantity",
        "multiple",
        "account",
        "is_default",
        "max_quantity",
        "rounding",
        "gross_weight_kg",
        "length_mm",
        "width_mm",
        "height_mm",
        "layer",
        "valid_from",
    ],
    decimals: &["base_quantity", "gross_weight_kg"],
};

static TABLE: Table = Table::new(
    "sale_units",
    &[
        ("id", Kind::BigInt),
        ("product_id", Kind::BigInt),
        ("account_id", Kind::BigInt),
        ("unit", Kind::Text),
        ("unit_key", Kind::Text),
        ("name", Kind::Text),
        ("numerator", Kind::BigInt),
        ("denominator", Kind::BigInt),
        ("unit_code", Kind::Text),
        ("gtin", Kind::Text),
        ("min_quantity", Kind::BigInt),
        ("multiple", Kind::BigInt),
        ("is_default", Kind::Bool),
        ("max_quantity", Kind::BigInt),
        ("rounding", Kind::Text),
        ("gross_weight_g", Kind::BigInt),
        ("length_mm", Kind::BigInt),
        ("width_mm", Kind::BigInt),
        ("height_mm", Kind::BigInt),
        ("layer", Kind::BigInt),
        ("valid_from", Kind::Date),
    ],
);

const STORED: [(&str, &str); 16] = [
    ("name", "name"),
    ("base_quantity", "numerator"),
    ("base_quantity", "denominator"),
    ("unit_code", "unit_code"),
    ("gtin", "gtin"),
    ("min_quantity", "min_quantity"),
    ("multiple", "multiple"),
    ("is_default", "is_default"),
    ("max_quantity", "max_quantity"),
    ("rounding", "rounding"),
    ("gross_weight_kg", "gross_weight_g"),
    ("length_mm", "length_mm"),
    ("width_mm", "width_mm"),
    ("height_mm", "height_mm"),
    ("layer", "layer"),
    ("valid_from", "valid_from"),
];

/// A pack as it is stored.
#[derive(Debug, Serialize)]
pub struct UnitRow {
    /// The pack.
    pub id: SaleUnitId,
    #[serde(skip)]
    line: u64,
    #[serde(skip)]
    sku: Arc<str>,
    product_id: ProductId,
    account_id: Option<AccountId>,
    unit: String,
    unit_key: String,
    name: String,
    numerator: i64,
    denominator: i64,
    unit_code: String,
    gtin: Option<String>,
    min_quantity: i64,
    multiple: i64,
    is_default: bool,
    max_quantity: Option<i64>,
    rounding: Rounding,
    gross_weight_g: Option<i64>,
    length_mm: Option<i64>,
    width_mm: Option<i64>,
    height_mm: Option<i64>,
    layer: Option<i64>,
    valid_from: Option<NaiveDate>,
}

impl UnitRow {
    /// Base units in one.
    pub fn content(&self) -> Option<Content> {
        Content::new(self.numerator, self.denominator)
    }

    /// GTIN of this packaging level.
    pub fn gtin(&self) -> Option<&str> {
        self.gtin.as_deref()
    }

    fn bounds(&self) -> Bounds {
        Bounds {
            least: self.min_quantity,
            multiple: self.multiple,
            most: self.max_quantity,
        }
    }

    fn carrier(&self) -> Carrier {
        (self.sku.clone(), Some(self.unit.as_str().into()), self.account_id)
    }
}

impl Row for UnitRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    fn concerns(&self, scope: &Scope) -> bool {
        let owner = self.account_id;
        scope.products.contains(&self.product_id) && owner.is_none_or(|owner| scope.accounts.contains(&owner))
    }
}

/// What no two rows of a file may have.
struct UnitKeys {
    units: Keys<(ProductId, String, Option<AccountId>)>,
    defaults: Keys<(ProductId, Option<AccountId>)>,
}

impl UnitKeys {
    fn new() -> Self {
        Self {
            units: Keys::new(),
            defaults: Keys::new(),
        }
    }
}

/// Checks the file; `known` and `gtins` get its good rows.
pub fn check(
    db: &Database,
    mut sheet: Sheet,
    accounts: &Accounts,
    products: &Products,
    known: &mut Units,
    gtins: &mut Gtins,
) -> Result<Checked> {
    let mut keys = UnitKeys::new();
    let mut rows = sheet.rows(|cells| unit(cells, (accounts, products, known), &mut keys));
    let (brings_gtins, brings_defaults) = (sheet.has("gtin"), sheet.has("is_default"));
    if brings_gtins {
        let carried = rows.iter().map(|row| Carried {
            carrier: row.carrier(),
            gtin: row.gtin.clone(),
            line: row.line,
        });
        let refused: HashSet<_> = gtins.take(&mut sheet, carried.collect()).into_iter().collect();
        let mut index = 0..;
        rows.retain(|_| index.next().is_none_or(|index| !refused.contains(&index)));
    }
    known.add(&rows);
    let update = sheet.brings(&STORED);
    let general = TABLE.upsert(&["product_id", "unit"], Some("account_id IS NULL"), &update);
    let own = TABLE.upsert(
        &["product_id", "unit", "account_id"],
        Some("account_id IS NOT NULL"),
        &update,
    );
    let (of_all, of_accounts) = rows.into_iter().partition(|row| row.account_id.is_none());
    let mut checked = Checked::new(sheet);
    checked.add(db, of_all, general, move |tx, chunk| {
        general.run(tx, &chunk.json)?;
        if brings_gtins {
            words::refresh_products_of_units(tx, &chunk.ids)?;
        }
        if brings_defaults {
            keep_one_default(tx, &chunk.json)?;
        }
        Ok(Vec::new())
    })?;
    checked.add(db, of_accounts, own, move |tx, chunk| {
        own.run(tx, &chunk.json)?;
        if brings_defaults {
            keep_one_default(tx, &chunk.json)?;
        }
        Ok(Vec::new())
    })?;
    Ok(checked)
}

/// Checks one pack that staff make or change, as a row of the file; it comes with a new id.
pub fn read(
    values: &[(&'static str, String)],
    known: (&Accounts, &Products, &Units),
) -> Result<UnitRow, Vec<FieldError>> {
    let mut keys = UnitKeys::new();
    check_row(&LAYOUT, values, |cells| unit(cells, known, &mut keys))
}

/// What stands against the GTIN of a pack that was read.
pub fn gtin_fault(row: &UnitRow, gtins: &Gtins) -> Option<FieldError> {
    gtins.fault("gtin", row.carrier(), row.gtin.clone())
}

/// Stores a new pack.
pub fn insert(tx: &mut Connection, row: &UnitRow) -> Result<()> {
    TABLE.insert(tx, &[row])?;
    keep_one_default(tx, &sets::json(&[row])?)?;
    refresh_words(tx, row.product_id)
}

/// Stores a pack in the place of the one with its id.
pub fn update(tx: &mut Connection, row: &UnitRow) -> Result<()> {
    TABLE.update(tx, &[row])?;
    keep_one_default(tx, &sets::json(&[row])?)?;
    refresh_words(tx, row.product_id)
}

/// Takes the sign of the default from the packs that had it before these rows.
fn keep_one_default(tx: &mut Connection, rows: &str) -> Result<()> {
    sql(
        "UPDATE sale_units SET is_default = FALSE FROM {rows $1: product_id bigint, account_id bigint, unit text, \
         is_default boolean} r WHERE r.is_default AND sale_units.is_default AND sale_units.product_id = r.product_id \
         AND COALESCE(sale_units.account_id, 0) = COALESCE(r.account_id, 0) AND sale_units.unit <> r.unit",
    )
    .bind(rows)
    .run(tx)
    .map(drop)
}

/// Finds the product by the GTINs its packs have now.
pub fn refresh_words(tx: &mut Connection, product: ProductId) -> Result<()> {
    words::refresh_products(tx, &[product.0])
}

fn unit(
    cells: &mut Cells<'_>,
    (accounts, products, known): (&Accounts, &Products, &Units),
    keys: &mut UnitKeys,
) -> Option<UnitRow> {
    let product = products.named(cells);
    let unit = cells.code("unit", limits::UNIT);
    let account = accounts
        .optionally_named(cells, "account")
        .map(|account| account.map(|a| a.id));
    let once = match (product, unit, account) {
        (Some((_, product)), Some(unit), Some(account)) => {
            let form = unlike(cells, product, unit, account, known);
            let noted = form
                .clone()
                .and_then(|form| keys.units.note(cells, "unit", (product.id, form, account)));
            noted.and(form)
        }
        _ => None,
    };
    if product.is_some_and(|(_, product)| Some(&*product.base_unit) == unit) {
        cells.refuse::<()>("unit", Code::ValueInvalid, sentences::base_unit_has_no_row());
    }
    let name = cells.text("name", limits::NAME);
    let content = content(cells);
    let unit_code = match cells.given("unit_code") {
        None => Some(None),
        Some(_) => cells.unit_code("unit_code").map(Some),
    };
    let gtin = gtin(cells, "gtin");
    let stored = match (product, unit, account) {
        (Some((_, product)), Some(unit), Some(account)) => known.bounds(product.id, unit, account),
        _ => None,
    };
    let bounds = bounds(cells, stored);
    let rounding = rounding(cells);
    let size = size(cells);
    let valid_from = cells.optional_day("valid_from");
    let is_default = cells.flag("is_default");
    let one_default = match (product, account, is_default) {
        (Some((_, product)), Some(account), Some(true)) => {
            keys.defaults.note(cells, "is_default", (product.id, account))
        }
        _ => Some(()),
    };
    let ((sku, product), unit, content, unit_key) = (product?, unit?, content?, once?);
    let (bounds, size) = (bounds?, size?);
    Some(UnitRow {
        id: SaleUnitId::new(),
        line: cells.line(),
        sku: sku.clone(),
        product_id: product.id,
        account_id: account?,
        unit: unit.to_owned(),
        unit_key,
        name: name?.to_owned(),
        numerator: content.numerator(),
        denominator: content.denominator(),
        unit_code: unit_code?.unwrap_or(unit).to_owned(),
        gtin: gtin?,
        min_quantity: bounds.least,
        multiple: bounds.multiple,
        is_default: is_default.zip(one_default)?.0,
        max_quantity: bounds.most,
        rounding: rounding?,
        gross_weight_g: size.gross_weight_g,
        length_mm: size.length_mm,
        width_mm: size.width_mm,
        height_mm: size.height_mm,
        layer: size.layer,
        valid_from: valid_from?,
    })
}

/// The key of a pack as it is stored; a fault where it is new and looks like another of the product.
fn unlike(
    cells: &mut Cells<'_>,
    product: &Product,
    unit: &str,
    account: Option<AccountId>,
    known: &Units,
) -> Option<String> {
    let is_known = known.find(product.id, unit, account).is_some();
    match known.alike(product, unit, account) {
        Some(alike) if !is_known => cells.looks_like("unit", &alike),
        Some(_) => Some(keys::exactly(unit)),
        None => Some(keys::folded(unit)),
    }
}
