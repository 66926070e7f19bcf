//! `units.csv`: the packs a product is sold in, for all or for one account.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use crate::accounts::files::accounts::Accounts;
use crate::catalogue::files::gtins::{Carried, Carrier, Gtins, gtin};
use crate::catalogue::files::words;
use crate::catalogue::products::files::{Product, Products, shared};
use crate::catalogue::rules::Rounding;
use crate::catalogue::sentences;
use crate::db::schema::sale_units;
use crate::db::sets::{self, Kind, Table};
use crate::db::{Connection, Database, sql};
use crate::error::{Code, FieldError, Result};
use crate::ids::{AccountId, ProductId, SaleUnitId};
use crate::keys;
use crate::limits;
use crate::quantity::{Content, Decimal};
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

/// The largest minimum or multiple.
const PACKS_MAX: i64 = 1_000_000_000;
/// The heaviest and the longest pack, in grams and millimetres: what a railway wagon takes.
const GRAMS_MAX: i64 = 100_000_000;
const SIDE_MM_MAX: i64 = 100_000;
/// Decimals of a kilogram: whole grams are kept.
const KILOGRAM_DECIMALS: u8 = 3;
/// Decimals of a content that [`Content`] can hold.
const CONTENT_DECIMALS_MAX: u8 = 9;
/// The stored packs, then those of the file too: which keys a product has, and for whom.
#[derive(Debug, Default)]
pub struct Units {
    by_product: HashMap<ProductId, Vec<Pack>>,
}

/// A pack's key and the account whose own it is.
type Pack = (Arc<str>, Option<AccountId>);

impl Units {
    /// All stored packs.
    pub fn load(connection: &mut Connection) -> Result<Self> {
        let rows: Vec<(ProductId, String, Option<i64>)> = sale_units::table
            .select((sale_units::product_id, sale_units::unit, sale_units::account_id))
            .load(connection)?;
        Ok(Self::of(rows))
    }

    /// The stored packs of these products.
    pub fn of_products(connection: &mut Connection, ids: &[ProductId]) -> Result<Self> {
        let rows = sql("SELECT u.product_id, u.unit, u.account_id FROM sale_units u WHERE u.product_id {in ids $1}")
            .bind(sets::json(ids)?)
            .rows(connection)?;
        Ok(Self::of(rows))
    }

    fn of(rows: Vec<(ProductId, String, Option<i64>)>) -> Self {
        let (mut units, mut texts) = (Self::default(), HashSet::new());
        for (product, unit, account) in rows {
            let known = units.by_product.entry(product).or_default();
            known.push((shared(&mut texts, &unit), account.map(AccountId)));
        }
        units
    }

    /// The key of a pack that everybody or the account has.
    pub fn find(&self, product: ProductId, unit: &str, account: Option<AccountId>) -> Option<&Arc<str>> {
        let known = self.by_product.get(&product)?;
        known
            .iter()
            .find(|(key, owner)| **key == *unit && (owner.is_none() || *owner == account))
            .map(|(key, _)| key)
    }

    /// Another key that is the same as `unit`: the base unit's, or that of a pack that the account (for a pack of all,
    /// anybody) has.
    pub fn alike(&self, product: &Product, unit: &str, account: Option<AccountId>) -> Option<Arc<str>> {
        let is_other = |key: &Arc<str>| **key != *unit && keys::same(key, unit);
        if is_other(&product.base_unit) {
            return Some(product.base_unit.clone());
        }
        let known = self.by_product.get(&product.id)?;
        let is_had = |owner: Option<AccountId>| owner.is_none() || account.is_none() || owner == account;
        let mut had = known.iter().filter(|(_, owner)| is_had(*owner)).map(|(key, _)| key);
        had.find(|key| is_other(key)).cloned()
    }
}

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
    let mut texts = HashSet::new();
    for row in &rows {
        let units = known.by_product.entry(row.product_id).or_default();
        if !units
            .iter()
            .any(|(unit, owner)| **unit == *row.unit && *owner == row.account_id)
        {
            units.push((shared(&mut texts, &row.unit), row.account_id));
        }
    }
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
    let min_quantity = cells.integer_or("min_quantity", 1..=PACKS_MAX, 1);
    let multiple = cells.integer_or("multiple", 1..=PACKS_MAX, 1);
    let max_quantity = maximum(cells, min_quantity, multiple);
    let rounding = match cells.given("rounding") {
        None => Some(Rounding::default()),
        Some(_) => cells.one_of("rounding", Rounding::NAMES).and_then(Rounding::from_name),
    };
    let gross_weight_g = gross_weight(cells);
    let [length_mm, width_mm, height_mm] =
        ["length_mm", "width_mm", "height_mm"].map(|column| optional_integer(cells, column, SIDE_MM_MAX));
    let layer = optional_integer(cells, "layer", PACKS_MAX);
    let valid_from = cells.optional_day("valid_from");
    let is_default = cells.flag("is_default");
    let one_default = match (product, account, is_default) {
        (Some((_, product)), Some(account), Some(true)) => {
            keys.defaults.note(cells, "is_default", (product.id, account))
        }
        _ => Some(()),
    };
    let ((sku, product), unit, content, unit_key) = (product?, unit?, content?, once?);
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
        min_quantity: min_quantity?,
        multiple: multiple?,
        is_default: is_default.zip(one_default)?.0,
        max_quantity: max_quantity?,
        rounding: rounding?,
        gross_weight_g: gross_weight_g?,
        length_mm: length_mm?,
        width_mm: width_mm?,
        height_mm: height_mm?,
        layer: layer?,
        valid_from: valid_from?,
    })
}

fn optional_integer(cells: &mut Cells<'_>, column: &'static str, most: i64) -> Option<Option<i64>> {
    match cells.given(column) {
        None => Some(None),
        Some(_) => cells.integer(column, 1..=most).map(Some),
    }
}

/// A weight in kilograms, as grams.
fn gross_weight(cells: &mut Cells<'_>) -> Option<Option<i64>> {
    let Some(_) = cells.given("gross_weight_kg") else {
        return Some(None);
    };
    let grams = cells.not_negative("gross_weight_kg", KILOGRAM_DECIMALS)?;
    if !(1..=GRAMS_MAX).contains(&grams) {
        return cells.refuse("gross_weight_kg", Code::ValueInvalid, sentences::weight_out_of_bounds());
    }
    Some(Some(grams))
}

/// The most of a line. Something must be left that can be ordered: a multiple from the minimum on.
fn maximum(cells: &mut Cells<'_>, least: Option<i64>, multiple: Option<i64>) -> Option<Option<i64>> {
    let most = optional_integer(cells, "max_quantity", PACKS_MAX)?;
    let (Some(most), Some(least), Some(multiple)) = (most, least, multiple) else {
        return Some(most);
    };
    if most / multiple * multiple < least {
        let remedy = sentences::maximum_leaves_nothing(least, multiple);
        return cells.refuse("max_quantity", Code::ValueInvalid, remedy);
    }
    Some(Some(most))
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

/// Base units in one pack: `base_quantity`, or `numerator` over `denominator`. Both forms at once must agree.
fn content(cells: &mut Cells<'_>) -> Option<Content> {
    let given = ["base_quantity", "numerator", "denominator"].map(|column| cells.given(column).is_some());
    match given {
        [true, false, false] => decimal_content(cells),
        [false, _, _] => ratio_content(cells),
        [true, _, _] => {
            let (decimal, ratio) = (decimal_content(cells), ratio_content(cells));
            if decimal? != ratio? {
                let remedy = sentences::ratio_differs();
                return cells.refuse("base_quantity", Code::ValueInvalid, remedy);
            }
            ratio
        }
    }
}

fn ratio_content(cells: &mut Cells<'_>) -> Option<Content> {
    if cells.given("numerator").is_none() && cells.given("denominator").is_none() {
        let remedy = sentences::give_content();
        return cells.refuse("base_quantity", Code::Required, remedy);
    }
    let numerator = cells.integer("numerator", 1..=Content::TERM_MAX);
    let denominator = cells.integer("denominator", 1..=Content::TERM_MAX);
    Content::new(numerator?, denominator?)
}

fn decimal_content(cells: &mut Cells<'_>) -> Option<Content> {
    let text = cells.plain_number("base_quantity")?;
    let content = Decimal::parse(&text).ok().and_then(|decimal| {
        // The fewest decimals that hold it keep the terms small.
        (0..=CONTENT_DECIMALS_MAX).find_map(|decimals| {
            let numerator = decimal.scaled(decimals).ok()?;
            Content::new(numerator, 10_i64.pow(u32::from(decimals)))
        })
    });
    content.or_else(|| cells.refuse("base_quantity", Code::BadNumber, sentences::give_decimal_content()))
}
