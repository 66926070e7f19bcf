//! `assortment.csv`: what an account sees, under which number and label.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use diesel::prelude::*;
use serde::Serialize;

use crate::accounts::files::accounts::Accounts;
use crate::catalogue::files::gtins::{Gtins, gtin};
use crate::catalogue::files::words;
use crate::catalogue::products::files::Products;
use crate::catalogue::sentences;
use crate::db::schema::{assortment, products};
use crate::db::sets::{self, Kind, Table};
use crate::db::{Connection, Database, sql};
use crate::error::{Code, FieldError, Result};
use crate::ids::{AccountId, AssortmentId, ProductId};
use crate::keys;
use crate::limits;
use crate::sheets::claims::{Claim, conflicts};
use crate::sheets::plan::{Checked, Row, Scope};
use crate::sheets::{Cells, Keys, Layout, Sheet, check_row};

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "assortment.csv",
    required: &["account", "sku", "customer_part_number"],
    optional: &["label_name", "label_brand", "label_gtin"],
    decimals: &[],
};

static TABLE: Table = Table::new(
    "assortment",
    &[
        ("id", Kind::BigInt),
        ("account_id", Kind::BigInt),
        ("product_id", Kind::BigInt),
        ("customer_part_number", Kind::Text),
        ("part_key", Kind::Text),
        ("label_name", Kind::Text),
        ("label_brand", Kind::Text),
        ("label_gtin", Kind::Text),
    ],
);

const KEY: [&str; 2] = ["account_id", "product_id"];
const STORED: [&str; 5] = [
    "customer_part_number",
    "part_key",
    "label_name",
    "label_brand",
    "label_gtin",
];
/// The columns of the file and what they bring.
const BROUGHT: [(&str, &str); 5] = [
    ("customer_part_number", "customer_part_number"),
    ("customer_part_number", "part_key"),
    ("label_name", "label_name"),
    ("label_brand", "label_brand"),
    ("label_gtin", "label_gtin"),
];

/// A row as it is stored.
#[derive(Debug, Serialize)]
pub struct AssortmentRow {
    id: AssortmentId,
    #[serde(skip)]
    line: u64,
    #[serde(skip)]
    sku: Arc<str>,
    account_id: AccountId,
    product_id: ProductId,
    customer_part_number: Option<String>,
    /// As it is compared.
    part_key: Option<String>,
    label_name: Option<String>,
    label_brand: Option<String>,
    label_gtin: Option<String>,
}

impl AssortmentRow {
    pub fn product_id(&self) -> ProductId {
        self.product_id
    }

    pub fn label_gtin(&self) -> Option<&str> {
        self.label_gtin.as_deref()
    }
}

impl Row for AssortmentRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    fn concerns(&self, scope: &Scope) -> bool {
        scope.accounts.contains(&self.account_id) && scope.products.contains(&self.product_id)
    }

    fn widen(&self, scope: &mut Scope) {
        if scope.accounts.contains(&self.account_id) && scope.restricted.insert(self.account_id) {
            scope.products.insert(self.product_id);
        }
    }
}

/// An assortment row by account and product.
pub type Place = (AccountId, ProductId);
/// A number or GTIN as an account uses it, and the article's sku.
type Naming = Claim<Place, Arc<str>, (AccountId, String)>;

/// Id, account, product, its number, own number as it is and as it is compared, GTIN of the label.
type StoredRow = (
    AssortmentId,
    AccountId,
    ProductId,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
);

/// Places that rows have had already.
pub type Seen = Keys<Place>;

/// What the stored rows call their articles.
#[derive(Debug, Default)]
pub struct Stored {
    ids: HashMap<Place, AssortmentId>,
    part_numbers: Vec<Naming>,
    /// Own numbers as they are and as they are compared.
    part_keys: HashMap<Place, (String, String)>,
    label_gtins: Vec<Naming>,
}

impl Stored {
    fn load(connection: &mut Connection) -> Result<Self> {
        let rows: Vec<StoredRow> = assortment::table
            .inner_join(products::table.on(products::id.eq(assortment::product_id)))
            .select((
                assortment::id,
                assortment::account_id,
                assortment::product_id,
                products::sku,
                assortment::customer_part_number,
                assortment::part_key,
                assortment::label_gtin,
            ))
            .load(connection)?;
        Ok(Self::of(rows))
    }

    /// The stored rows of one account.
    pub fn of_account(connection: &mut Connection, account_id: AccountId) -> Result<Self> {
        let rows = sql(
            "SELECT a.id, a.account_id, a.product_id, p.sku, a.customer_part_number, a.part_key, a.label_gtin \
             FROM assortment a JOIN products p ON p.id = a.product_id WHERE a.account_id = $1",
        )
        .bind(account_id)
        .rows(connection)?;
        Ok(Self::of(rows))
    }

    fn of(rows: Vec<StoredRow>) -> Self {
        let mut stored = Self::default();
        for (id, account, product, sku, part_number, part_key, label_gtin) in rows {
            let sku: Arc<str> = sku.into();
            stored.ids.insert((account, product), id);
            if let Some(part_number) = part_number {
                let key = part_key.unwrap_or_else(|| keys::folded(&part_number));
                stored
                    .part_numbers
                    .push(naming(account, product, &sku, Some(key.clone())));
                stored.part_keys.insert((account, product), (part_number, key));
            } else {
                stored.part_numbers.push(naming(account, product, &sku, None));
            }
            stored.label_gtins.push(naming(account, product, &sku, label_gtin));
        }
        stored
    }
}

fn naming(account: AccountId, product: ProductId, sku: &Arc<str>, value: Option<String>) -> Naming {
    Claim {
        key: (account, product),
        subject: sku.clone(),
        value: value.map(|value| (account, value)),
    }
}

/// Checks the file.
pub fn check(
    db: &Database,
    mut sheet: Sheet,
    accounts: &Accounts,
    products: &Products,
    gtins: &Gtins,
) -> Result<Checked> {
    let stored = db.read_now(Stored::load)?;
    let mut keys = Keys::new();
    let mut rows = sheet.rows(|cells| row(cells, accounts, products, &stored, &mut keys));
    refuse_taken(&mut sheet, &mut rows, "customer_part_number", &stored.part_numbers);
    if sheet.has("label_gtin") {
        refuse_taken(&mut sheet, &mut rows, "label_gtin", &stored.label_gtins);
        refuse_gtins_of_others(&mut sheet, &mut rows, gtins);
    }
    let upsert = TABLE.upsert(&KEY, None, &sheet.brings(&BROUGHT));
    let mut checked = Checked::new(sheet);
    checked.add(db, rows, upsert, move |tx, chunk| {
        free_part_numbers(tx, &chunk.json)?;
        upsert.run(tx, &chunk.json)?;
        words::refresh_assortment(tx, &chunk.ids)?;
        Ok(Vec::new())
    })?;
    Ok(checked)
}

/// Checks one row that staff put, as a row of the file.
pub fn read(
    values: &[(&'static str, String)],
    accounts: &Accounts,
    products: &Products,
    stored: &Stored,
    seen: &mut Seen,
) -> Result<AssortmentRow, Vec<FieldError>> {
    check_row(&LAYOUT, values, |cells| row(cells, accounts, products, stored, seen))
}

/// The rows, by index, that can't stand beside the others and what is stored.
pub fn refused(rows: &[AssortmentRow], stored: &Stored, gtins: &Gtins) -> Vec<(usize, FieldError)> {
    let mut refused = Vec::new();
    for (column, known) in [
        ("customer_part_number", &stored.part_numbers),
        ("label_gtin", &stored.label_gtins),
    ] {
        let taken = conflicts(known, &claims(rows, column)).into_iter();
        refused.extend(taken.map(|(index, sku)| {
            (
                index,
                FieldError::new(format!("/{column}"), code(column), sentences::article_has_it(&sku)),
            )
        }));
    }
    for (index, sku) in held_by_others(rows, gtins) {
        let detail = sentences::gtin_of(sku);
        refused.push((index, FieldError::new("/label_gtin", Code::GtinUsed, detail)));
    }
    refused
}

/// Stores rows: new ones, or in the place of what is there for their account and product.
pub fn store(tx: &mut Connection, rows: &[AssortmentRow]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let json = sets::json(rows)?;
    free_part_numbers(tx, &json)?;
    TABLE.upsert(&KEY, None, &STORED).run(tx, &json)?;
    let ids: Vec<_> = rows.iter().map(|row| row.id.0).collect();
    words::refresh_assortment(tx, &ids)
}

fn row(
    cells: &mut Cells<'_>,
    accounts: &Accounts,
    products: &Products,
    stored: &Stored,
    keys: &mut Keys<Place>,
) -> Option<AssortmentRow> {
    let account = accounts.named(cells, "account").map(|account| account.id);
    let product = products.named(cells);
    let place = account
        .zip(product)
        .map(|(account, (_, product))| (account, product.id));
    let once = place.and_then(|place| keys.note(cells, "sku", place));
    if let (Some(account), Some((_, product))) = (account, product)
        && product.exclusive_account.is_some_and(|owner| owner != account)
    {
        cells.refuse::<()>("sku", Code::ExclusiveArticle, sentences::exclusive_to_another());
    }
    let part_number = cells.optional_code("customer_part_number", limits::PART_NUMBER);
    let label_name = cells.optional_text("label_name", limits::NAME);
    let label_brand = cells.optional_text("label_brand", limits::NAME);
    let label_gtin = gtin(cells, "label_gtin");
    let (place, (sku, _), (), part_number) = (place?, product?, once?, part_number?);
    let part_key = part_number.map(|number| match stored.part_keys.get(&place) {
        Some((known, key)) if known == number => key.clone(),
        _ => keys::folded(number),
    });
    Some(AssortmentRow {
        id: stored.ids.get(&place).copied().unwrap_or_else(AssortmentId::new),
        line: cells.line(),
        sku: sku.clone(),
        account_id: place.0,
        product_id: place.1,
        customer_part_number: part_number.map(str::to_owned),
        part_key,
        label_name: label_name?.map(str::to_owned),
        label_brand: label_brand?.map(str::to_owned),
        label_gtin: label_gtin?,
    })
}

/// What a row claims, as it is compared.
fn named(row: &AssortmentRow, column: &str) -> Option<String> {
    match column {
        "customer_part_number" => row.part_key.clone(),
        _ => row.label_gtin.clone(),
    }
}

fn claims(rows: &[AssortmentRow], column: &str) -> Vec<Naming> {
    let claim = |row: &AssortmentRow| naming(row.account_id, row.product_id, &row.sku, named(row, column));
    rows.iter().map(claim).collect()
}

fn code(column: &str) -> Code {
    match column {
        "customer_part_number" => Code::PartNumberUsed,
        _ => Code::GtinUsed,
    }
}

/// Within an account a number or label GTIN means one article; rows may swap theirs.
fn refuse_taken(sheet: &mut Sheet, rows: &mut Vec<AssortmentRow>, column: &'static str, stored: &[Naming]) {
    let refused: HashMap<_, _> = conflicts(stored, &claims(rows, column)).into_iter().collect();
    let mut index = 0..;
    rows.retain(|row| {
        let holder = index.next().and_then(|index| refused.get(&index));
        if let Some(sku) = holder {
            let value = match column {
                "customer_part_number" => row.customer_part_number.clone(),
                _ => row.label_gtin.clone(),
            };
            let value = value.unwrap_or_default();
            sheet.add_fault(row.line, column, code(column), value, sentences::article_has_it(sku));
        }
        holder.is_none()
    });
}

/// The rows, by index, whose label has the GTIN of another article, and that article's number.
fn held_by_others(rows: &[AssortmentRow], gtins: &Gtins) -> Vec<(usize, String)> {
    let wanted: HashSet<&str> = rows.iter().filter_map(|row| row.label_gtin.as_deref()).collect();
    let holders: HashMap<&str, &str> = gtins.skus().filter(|(gtin, _)| wanted.contains(gtin)).collect();
    let holder = |row: &AssortmentRow| {
        let holder = holders.get(row.label_gtin.as_deref()?)?;
        (**holder != *row.sku).then(|| (*holder).to_owned())
    };
    let found = rows.iter().enumerate();
    found.filter_map(|(index, row)| Some((index, holder(row)?))).collect()
}

/// A label's GTIN isn't that of another article.
fn refuse_gtins_of_others(sheet: &mut Sheet, rows: &mut Vec<AssortmentRow>, gtins: &Gtins) {
    let held: HashMap<_, _> = held_by_others(rows, gtins).into_iter().collect();
    let mut index = 0..;
    rows.retain(|row| {
        let holder = index.next().and_then(|index| held.get(&index));
        if let Some(sku) = holder {
            let gtin = row.label_gtin.clone().unwrap_or_default();
            let remedy = sentences::gtin_of(sku);
            sheet.add_fault(row.line, "label_gtin", Code::GtinUsed, gtin, remedy);
        }
        holder.is_none()
    });
}

/// Takes the part numbers of a chunk from rows that hold them still: they were checked to get others from this file.
fn free_part_numbers(tx: &mut Connection, rows: &str) -> Result<()> {
    sql(
        "UPDATE assortment SET customer_part_number = NULL, part_key = NULL WHERE id IN (SELECT a.id FROM {rows $1: \
         account_id bigint, product_id bigint, part_key text} r {cross} assortment a ON a.account_id = r.account_id \
         AND a.part_key = r.part_key AND a.product_id <> r.product_id)",
    )
    .bind(rows)
    .run(tx)?;
    Ok(())
}
