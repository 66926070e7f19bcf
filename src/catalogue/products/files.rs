//! `products.csv`: what the supplier sells.

use std::collections::HashSet;
use std::sync::Arc;

use diesel::prelude::*;
use serde::Serialize;

use crate::accounts::files::accounts::Accounts;
use crate::catalogue::files::gtins::{Carried, Carrier, Gtins, gtin};
use crate::catalogue::files::words;
use crate::catalogue::products::stored::{seen_by_others, used_among};
use crate::catalogue::sentences;
use crate::db::schema::products;
use crate::db::sets::{self, Kind, Table};
use crate::db::{Connection, Database, sql};
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{AccountId, ProductId};
use crate::keys::{self, Keyed};
use crate::limits;
use crate::names::sets::ArticleState;
use crate::quantity::DECIMALS_MAX;
use crate::sheets::plan::{Checked, Row, Scope};
use crate::sheets::{Cells, Keys, Layout, Sheet, check_row};

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "products.csv",
    required: &["sku", "name", "base_unit", "decimals", "tax_category"],
    optional: &[
        "description",
        "gtin",
        "category",
        "exclusive_account",
        "lead_time_days",
        "state",
        "price_on_request",
    ],
    decimals: &[],
};

static TABLE: Table = Table::new(
    "products",
    &[
        ("id", Kind::BigInt),
        ("sku", Kind::Text),
        ("sku_key", Kind::Text),
        ("sku_order", Kind::Text),
        ("name", Kind::Text),
        ("base_unit", Kind::Text),
        ("decimals", Kind::Integer),
        ("tax_category", Kind::Text),
        ("description", Kind::Text),
        ("gtin", Kind::Text),
        ("category", Kind::Text),
        ("exclusive_account_id", Kind::BigInt),
        ("lead_time_days", Kind::Integer),
        ("state", Kind::Text),
        ("price_on_request", Kind::Bool),
    ],
);

const STORED: [(&str, &str); 11] = [
    ("name", "name"),
    ("base_unit", "base_unit"),
    ("decimals", "decimals"),
    ("tax_category", "tax_category"),
    ("description", "description"),
    ("gtin", "gtin"),
    ("category", "category"),
    ("exclusive_account", "exclusive_account_id"),
    ("lead_time_days", "lead_time_days"),
    ("state", "state"),
    ("price_on_request", "price_on_request"),
];

/// Ten years.
const LEAD_TIME_DAYS_MAX: i64 = 3650;

/// What other files need to know of a product.
#[derive(Debug, Clone)]
pub struct Product {
    pub id: ProductId,
    pub base_unit: Arc<str>,
    /// One base step is 10^-`decimals` of the base unit.
    pub decimals: u8,
    /// The only account that sees it.
    pub exclusive_account: Option<AccountId>,
}

/// Id, number, base unit, decimals, the only account that sees it.
type Known = (ProductId, String, String, i32, Option<i64>);

/// The stored products, then those of the file too.
#[derive(Debug, Default)]
pub struct Products {
    by_sku: Keyed<Product>,
}

impl Products {
    /// All stored products.
    pub fn load(connection: &mut Connection) -> Result<Self> {
        let rows: Vec<Known> =
            sql("SELECT p.id, p.sku, p.base_unit, p.decimals, p.exclusive_account_id FROM products p")
                .rows(connection)?;
        Self::of(rows)
    }

    /// The stored products with these numbers, or with numbers that are the same.
    pub fn with_skus(connection: &mut Connection, skus: &[&str]) -> Result<Self> {
        let rows: Vec<Known> = sql(
            "SELECT p.id, p.sku, p.base_unit, p.decimals, p.exclusive_account_id FROM products p WHERE p.sku_key {in \
             texts $1}",
        )
        .bind(sets::json(&keys::all_wanted(skus.iter().copied()))?)
        .rows(connection)?;
        Self::of(rows)
    }

    pub fn ids(&self) -> Vec<ProductId> {
        self.by_sku.values().map(|product| product.id).collect()
    }

    fn of(rows: Vec<Known>) -> Result<Self> {
        let mut base_units = HashSet::new();
        let mut by_sku = Keyed::default();
        for (id, sku, base_unit, decimals, exclusive_account) in rows {
            let product = Product {
                id,
                base_unit: shared(&mut base_units, &base_unit),
                decimals: u8::try_from(decimals).map_err(Error::internal)?,
                exclusive_account: exclusive_account.map(AccountId),
            };
            by_sku.insert(&sku, product);
        }
        Ok(Self { by_sku })
    }

    /// The product with this number, and its number.
    pub fn get(&self, sku: &str) -> Option<(&Arc<str>, &Product)> {
        self.by_sku.get(sku)
    }

    /// The number of another product that looks like this one, which nothing has exactly.
    pub fn alike(&self, sku: &str) -> Option<&Arc<str>> {
        self.by_sku.alike(sku).filter(|_| self.get(sku).is_none())
    }

    /// The product that a cell names; an unknown one is a fault.
    pub fn named<'k>(&'k self, cells: &mut Cells<'_>) -> Option<(&'k Arc<str>, &'k Product)> {
        self.named_in(cells, "sku")
    }

    /// The same of a column that is called otherwise.
    pub fn named_in<'k>(&'k self, cells: &mut Cells<'_>, column: &'static str) -> Option<(&'k Arc<str>, &'k Product)> {
        let unknown = (Code::UnknownSku, sentences::product_not_in_file());
        cells.named(column, &self.by_sku, unknown)
    }
}

/// One copy of equal texts.
pub(in crate::catalogue) fn shared(known: &mut HashSet<Arc<str>>, text: &str) -> Arc<str> {
    if let Some(known) = known.get(text) {
        return known.clone();
    }
    let text: Arc<str> = text.into();
    known.insert(text.clone());
    text
}

/// The tax categories of stored products.
pub fn load_tax_categories(connection: &mut Connection) -> Result<Vec<String>> {
    let query = products::table.select(products::tax_category).distinct();
    Ok(query.load(connection)?)
}

/// A product as it is stored.
#[derive(Debug, Serialize)]
pub struct ProductRow {
    pub id: ProductId,
    #[serde(skip)]
    line: u64,
    sku: String,
    sku_key: String,
    sku_order: String,
    name: String,
    base_unit: String,
    decimals: u8,
    tax_category: String,
    description: Option<String>,
    gtin: Option<String>,
    category: Option<String>,
    exclusive_account_id: Option<AccountId>,
    lead_time_days: i64,
    state: ArticleState,
    price_on_request: bool,
}

impl ProductRow {
    /// GTIN of the base unit.
    pub fn gtin(&self) -> Option<&str> {
        self.gtin.as_deref()
    }

    fn carrier(&self) -> Carrier {
        (self.sku.as_str().into(), None, None)
    }
}

impl Row for ProductRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    fn concerns(&self, scope: &Scope) -> bool {
        scope.products.contains(&self.id)
    }

    fn widen(&self, scope: &mut Scope) {
        if self.concerns(scope) {
            scope.accounts.extend(self.exclusive_account_id);
        }
    }
}

/// Checks the file; `known` and `gtins` get its good rows. `is_taxed` says of a tax category whether the supplier's
/// country has a rate for it; true while there is no supplier.
pub fn check(
    db: &Database,
    mut sheet: Sheet,
    accounts: &Accounts,
    known: &mut Products,
    gtins: &mut Gtins,
    is_taxed: impl Fn(&str) -> bool,
) -> Result<Checked> {
    let mut keys = Keys::new();
    let mut rows = sheet.rows(|cells| product(cells, accounts, known, &mut keys, &is_taxed));
    refuse_used(db, &mut sheet, &mut rows, known)?;
    if sheet.has("exclusive_account") {
        refuse_seen_by_others(db, &mut sheet, &mut rows)?;
    }
    if sheet.has("gtin") {
        let carried = rows.iter().map(|row| Carried {
            carrier: row.carrier(),
            gtin: row.gtin.clone(),
            line: row.line,
        });
        let refused: HashSet<_> = gtins.take(&mut sheet, carried.collect()).into_iter().collect();
        let mut index = 0..;
        rows.retain(|_| index.next().is_none_or(|index| !refused.contains(&index)));
    }
    learn(known, &rows, sheet.has("exclusive_account"));
    let upsert = TABLE.upsert(&["sku"], None, &sheet.brings(&STORED));
    let mut checked = Checked::new(sheet);
    checked.add(db, rows, upsert, move |tx, chunk| {
        upsert.run(tx, &chunk.json)?;
        words::refresh_products(tx, &chunk.ids)?;
        Ok(Vec::new())
    })?;
    Ok(checked)
}

fn learn(known: &mut Products, rows: &[ProductRow], brings_exclusive: bool) {
    let mut base_units = HashSet::new();
    for row in rows {
        let stored = known.get(&row.sku).map(|(_, product)| product);
        let exclusive_account = match stored {
            Some(stored) if !brings_exclusive => stored.exclusive_account,
            _ => row.exclusive_account_id,
        };
        let product = Product {
            id: row.id,
            base_unit: shared(&mut base_units, &row.base_unit),
            decimals: row.decimals,
            exclusive_account,
        };
        known.by_sku.insert(&row.sku, product);
    }
}

fn product(
    cells: &mut Cells<'_>,
    accounts: &Accounts,
    known: &Products,
    keys: &mut Keys<String>,
    is_taxed: &impl Fn(&str) -> bool,
) -> Option<ProductRow> {
    let sku = cells.code("sku", limits::SKU);
    let key = sku.and_then(|sku| cells.unlike("sku", sku, &known.by_sku));
    let once = key.clone().and_then(|key| keys.note(cells, "sku", key));
    let name = cells.text("name", limits::NAME);
    let base_unit = cells.unit_code("base_unit");
    let decimals = cells.integer("decimals", 0..=i64::from(DECIMALS_MAX));
    let tax_category = match cells.tax_category("tax_category") {
        Some(category) if !is_taxed(category) => {
            let remedy = sentences::category_has_no_rate();
            cells.refuse("tax_category", Code::UnknownTaxRate, remedy)
        }
        category => category,
    };
    let description = cells.optional_text("description", limits::DESCRIPTION);
    let gtin = gtin(cells, "gtin");
    let category = cells.optional_text("category", limits::CATEGORY);
    let exclusive = accounts.optionally_named(cells, "exclusive_account");
    let lead_time_days = cells.integer_or("lead_time_days", 0..=LEAD_TIME_DAYS_MAX, 0);
    let state = match cells.given("state") {
        Some(_) => cells
            .one_of("state", ArticleState::NAMES)
            .and_then(ArticleState::from_name),
        None => Some(ArticleState::default()),
    };
    let price_on_request = cells.flag("price_on_request");
    let (sku, sku_key, ()) = (sku?, key?, once?);
    Some(ProductRow {
        id: known.get(sku).map_or_else(ProductId::new, |(_, product)| product.id),
        line: cells.line(),
        sku: sku.to_owned(),
        sku_key,
        sku_order: keys::ordered(sku),
        name: name?.to_owned(),
        base_unit: base_unit?.to_owned(),
        decimals: u8::try_from(decimals?).ok()?,
        tax_category: tax_category?.to_owned(),
        description: description?.map(str::to_owned),
        gtin: gtin?,
        category: category?.map(str::to_owned),
        exclusive_account_id: exclusive?.map(|account| account.id),
        lead_time_days: lead_time_days?,
        state: state?,
        price_on_request: price_on_request?,
    })
}

/// Checks one product that staff make or change, as a row of the file.
pub fn read(
    values: &[(&'static str, String)],
    accounts: &Accounts,
    known: &Products,
    is_taxed: &dyn Fn(&str) -> bool,
) -> Result<ProductRow, Vec<FieldError>> {
    let mut keys = Keys::new();
    check_row(&LAYOUT, values, |cells| {
        product(cells, accounts, known, &mut keys, &is_taxed)
    })
}

/// What stands against a product that was read, beside what is stored.
pub fn faults_beside_stored(
    tx: &mut Connection,
    row: &ProductRow,
    known: &Products,
    gtins: &Gtins,
) -> Result<Vec<FieldError>> {
    let mut faults = Vec::new();
    if let Some((column, _, stored)) = moved(row, known)
        && used_among(tx, &sets::json(&[row.id])?)?.contains(&row.id)
    {
        faults.push(FieldError::new(
            format!("/{column}"),
            Code::StillInUse,
            sentences::product_in_use(&stored),
        ));
    }
    if let Some(owner) = row.exclusive_account_id
        && seen_by_others(tx, &sets::json(&[(row.id, owner)])?)?.contains(&row.id)
    {
        faults.push(FieldError::new(
            "/exclusive_account",
            Code::ExclusiveArticle,
            sentences::seen_by_others(),
        ));
    }
    faults.extend(gtins.fault("gtin", row.carrier(), row.gtin.clone()));
    Ok(faults)
}

/// Stores one product: a new one, or in the place of what is there under its number.
pub fn store(tx: &mut Connection, row: &ProductRow) -> Result<()> {
    let columns = STORED.map(|(_, stored)| stored);
    TABLE.upsert(&["sku"], None, &columns).run(tx, &sets::json(&[row])?)?;
    words::refresh_products(tx, &[row.id.0])
}

/// The column in which a row would change what stored quantities count in: its new value and the stored one.
fn moved(row: &ProductRow, known: &Products) -> Option<(&'static str, String, String)> {
    let (_, stored) = known.get(&row.sku)?;
    if *stored.base_unit != *row.base_unit {
        return Some(("base_unit", row.base_unit.clone(), stored.base_unit.to_string()));
    }
    let moved = stored.decimals != row.decimals;
    moved.then(|| ("decimals", row.decimals.to_string(), stored.decimals.to_string()))
}

/// A used product keeps its base unit and decimals: stored quantities and prices count them.
fn refuse_used(db: &Database, sheet: &mut Sheet, rows: &mut Vec<ProductRow>, known: &Products) -> Result<()> {
    let moving: Vec<_> = rows
        .iter()
        .filter(|row| moved(row, known).is_some())
        .map(|row| row.id)
        .collect();
    if moving.is_empty() {
        return Ok(());
    }
    let ids = sets::json(&moving)?;
    let used = db.read_now(|connection| used_among(connection, &ids))?;
    rows.retain(|row| match moved(row, known).filter(|_| used.contains(&row.id)) {
        Some((column, value, stored)) => {
            sheet.add_fault(
                row.line,
                column,
                Code::StillInUse,
                value,
                sentences::product_in_use(&stored),
            );
            false
        }
        None => true,
    });
    Ok(())
}

/// A product can't become exclusive while another account has it in its assortment.
fn refuse_seen_by_others(db: &Database, sheet: &mut Sheet, rows: &mut Vec<ProductRow>) -> Result<()> {
    let exclusive: Vec<_> = rows
        .iter()
        .filter_map(|row| Some((row.id, row.exclusive_account_id?)))
        .collect();
    if exclusive.is_empty() {
        return Ok(());
    }
    let json = sets::json(&exclusive)?;
    let seen = db.read_now(|connection| seen_by_others(connection, &json))?;
    rows.retain(|row| {
        let refused = seen.contains(&row.id);
        if refused {
            let column = "exclusive_account";
            sheet.add_fault(
                row.line,
                column,
                Code::ExclusiveArticle,
                "",
                sentences::seen_by_others(),
            );
        }
        !refused
    });
    Ok(())
}
