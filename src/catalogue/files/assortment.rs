//! `assortment.csv`: what an account sees, under which number and label.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use diesel::prelude::*;
use diesel::sql_types::Untyped;
use serde::Serialize;

use super::gtins::{Gtins, gtin};
use super::products::Products;
use super::words;
use crate::accounts::files::accounts::Accounts;
use crate::db::schema::{assortment, products};
use crate::db::sets::{Kind, Table};
use crate::db::{Connection, Database, Statement};
use crate::error::{Code, Result};
use crate::ids::{AccountId, AssortmentId, ProductId};
use crate::imports::claims::{Claim, conflicts};
use crate::imports::limits;
use crate::imports::plan::{Checked, Chunk, Row, Scope};
use crate::imports::sheet::{Cells, Keys, Layout, Sheet};

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "assortment.csv",
    required: &["account", "sku", "customer_part_number"],
    optional: &["label_name", "label_brand", "label_gtin"],
};

static TABLE: Table = Table::new(
    "assortment",
    &[
        ("id", Kind::BigInt),
        ("account_id", Kind::BigInt),
        ("product_id", Kind::BigInt),
        ("customer_part_number", Kind::Text),
        ("label_name", Kind::Text),
        ("label_brand", Kind::Text),
        ("label_gtin", Kind::Text),
    ],
);

#[derive(Debug, Serialize)]
struct AssortmentRow {
    id: AssortmentId,
    #[serde(skip)]
    line: u64,
    #[serde(skip)]
    sku: Arc<str>,
    account_id: AccountId,
    product_id: ProductId,
    customer_part_number: Option<String>,
    label_name: Option<String>,
    label_brand: Option<String>,
    label_gtin: Option<String>,
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
type Place = (AccountId, ProductId);
/// A number or GTIN as an account uses it, and the article's sku.
type Naming = Claim<Place, Arc<str>, (AccountId, String)>;

/// What the stored rows call their articles.
#[derive(Debug, Default)]
struct Stored {
    ids: HashMap<Place, AssortmentId>,
    part_numbers: Vec<Naming>,
    label_gtins: Vec<Naming>,
}

impl Stored {
    fn load(connection: &mut Connection) -> Result<Self> {
        type Row = (
            AssortmentId,
            AccountId,
            ProductId,
            String,
            Option<String>,
            Option<String>,
        );
        let rows: Vec<Row> = assortment::table
            .inner_join(products::table.on(products::id.eq(assortment::product_id)))
            .select((
                assortment::id,
                assortment::account_id,
                assortment::product_id,
                products::sku,
                assortment::customer_part_number,
                assortment::label_gtin,
            ))
            .load(connection)?;
        let mut stored = Self::default();
        for (id, account, product, sku, part_number, label_gtin) in rows {
            let sku: Arc<str> = sku.into();
            stored.ids.insert((account, product), id);
            stored.part_numbers.push(naming(account, product, &sku, part_number));
            stored.label_gtins.push(naming(account, product, &sku, label_gtin));
        }
        Ok(stored)
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
    let columns = ["customer_part_number", "label_name", "label_brand", "label_gtin"].map(|column| (column, column));
    let upsert = TABLE.upsert(&["account_id", "product_id"], None, &sheet.brings(&columns));
    let mut checked = Checked::new(sheet);
    checked.add(db, rows, upsert, move |tx, chunk| {
        free_part_numbers(tx, chunk)?;
        upsert.run(tx, &chunk.json)?;
        words::refresh_assortment(tx, &chunk.ids)?;
        Ok(Vec::new())
    })?;
    Ok(checked)
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
        cells.refuse::<()>(
            "sku",
            Code::ExclusiveArticle,
            "Only the account it is exclusive to may have it.",
        );
    }
    let part_number = cells.optional_code("customer_part_number", limits::PART_NUMBER);
    let label_name = cells.optional_text("label_name", limits::NAME);
    let label_brand = cells.optional_text("label_brand", limits::NAME);
    let label_gtin = gtin(cells, "label_gtin");
    let (place, (sku, _), ()) = (place?, product?, once?);
    Some(AssortmentRow {
        id: stored.ids.get(&place).copied().unwrap_or_else(AssortmentId::new),
        line: cells.line(),
        sku: sku.clone(),
        account_id: place.0,
        product_id: place.1,
        customer_part_number: part_number?.map(str::to_owned),
        label_name: label_name?.map(str::to_owned),
        label_brand: label_brand?.map(str::to_owned),
        label_gtin: label_gtin?,
    })
}

/// Within an account a number or label GTIN means one article; rows may swap theirs.
fn refuse_taken(sheet: &mut Sheet, rows: &mut Vec<AssortmentRow>, column: &'static str, stored: &[Naming]) {
    let is_number = column == "customer_part_number";
    let value = |row: &AssortmentRow| {
        let cell = if is_number {
            &row.customer_part_number
        } else {
            &row.label_gtin
        };
        cell.clone()
    };
    let claims: Vec<_> = rows
        .iter()
        .map(|row| naming(row.account_id, row.product_id, &row.sku, value(row)))
        .collect();
    let code = if is_number {
        Code::PartNumberUsed
    } else {
        Code::GtinUsed
    };
    let refused: HashMap<_, _> = conflicts(stored, &claims).into_iter().collect();
    let mut index = 0..;
    rows.retain(|row| {
        let holder = index.next().and_then(|index| refused.get(&index));
        if let Some(sku) = holder {
            let remedy = format!("The account's {sku} has it.");
            sheet.add_fault(row.line, column, code, value(row).unwrap_or_default(), remedy);
        }
        holder.is_none()
    });
}

/// A label's GTIN isn't that of another article.
fn refuse_gtins_of_others(sheet: &mut Sheet, rows: &mut Vec<AssortmentRow>, gtins: &Gtins) {
    let wanted: HashSet<&str> = rows.iter().filter_map(|row| row.label_gtin.as_deref()).collect();
    let holders: HashMap<String, String> = gtins
        .skus()
        .filter(|(gtin, _)| wanted.contains(gtin))
        .map(|(gtin, sku)| (gtin.to_owned(), sku.to_owned()))
        .collect();
    rows.retain(|row| {
        let holder = row.label_gtin.as_ref().and_then(|gtin| holders.get(gtin));
        let other = holder.filter(|sku| ***sku != *row.sku);
        if let Some(sku) = other {
            let gtin = row.label_gtin.clone().unwrap_or_default();
            sheet.add_fault(
                row.line,
                "label_gtin",
                Code::GtinUsed,
                gtin,
                format!("It is the GTIN of {sku}."),
            );
        }
        other.is_none()
    });
}

/// Takes the part numbers of a chunk from rows that hold them still: they were checked to get others from this file.
fn free_part_numbers(tx: &mut Connection, chunk: &Chunk) -> Result<()> {
    Statement::<Untyped>::per_engine(
        "UPDATE assortment SET customer_part_number = NULL WHERE id IN (SELECT a.id FROM json_each($1) k \
         CROSS JOIN assortment a WHERE a.account_id = k.value->>'account_id' \
         AND a.customer_part_number = k.value->>'customer_part_number' AND a.product_id <> k.value->>'product_id')",
        "UPDATE assortment SET customer_part_number = NULL WHERE id IN (SELECT a.id FROM \
         json_to_recordset($1::json) AS rows(account_id bigint, product_id bigint, customer_part_number text) \
         JOIN assortment a ON a.account_id = rows.account_id \
         AND a.customer_part_number = rows.customer_part_number AND a.product_id <> rows.product_id)",
    )
    .bind(chunk.json.as_str())
    .run(tx)?;
    Ok(())
}
