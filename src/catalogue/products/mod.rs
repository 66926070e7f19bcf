//! Products: found, made, changed.

pub mod files;
mod stored;
pub mod supplier_api;
pub mod supplier_pages;

use crate::accounts::files::accounts::Accounts;
use crate::audit::{self, Actor, Entry, Recorded};
use crate::catalogue::files::Gtins;
use crate::catalogue::inputs::{NewProduct, ProductChange};
use crate::catalogue::rules::keeping::{KeptProduct, Lack};
use crate::catalogue::rules::search_words;
use crate::catalogue::sentences;
use crate::catalogue::store::keeping as store;
use crate::catalogue::store::search_query;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::db::violations::is_unique_violation;
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::ProductId;
use crate::kept::{self, IntegerText};
use crate::names::sets::ArticleState;
use crate::version::Expected;

/// Entries of a history that are shown.
const HISTORY_ROWS_MAX: i64 = 200;
const COLUMNS: [&[&str]; 2] = [files::LAYOUT.required, files::LAYOUT.optional];

/// Which products to show.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Wanted {
    /// Words, numbers or a GTIN.
    pub text: Option<String>,
    /// Exactly this category.
    pub category: Option<String>,
    /// Only those of this state.
    pub state: Option<ArticleState>,
    /// The name of what they lack.
    pub lack: Option<String>,
}

/// At most `rows_max` products by number, those behind `after`.
pub fn list(
    connection: &mut Connection,
    wanted: &Wanted,
    after: impl Into<Walk<String>>,
    rows_max: i64,
) -> Result<Vec<KeptProduct>> {
    let words = wanted.text.as_deref().map(|text| search_words(&[text]));
    if words.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let filter = store::ProductFilter {
        query: search_query(connection.engine(), &words.unwrap_or_default()),
        category: wanted.category.clone(),
        state: wanted.state,
        lack: wanted
            .lack
            .as_deref()
            .and_then(Lack::from_name)
            .map_or("", Lack::name)
            .to_owned(),
    };
    store::list_products(connection, &filter, &after.into(), rows_max)
}

/// The categories there are.
pub fn categories(connection: &mut Connection) -> Result<Vec<String>> {
    store::list_categories(connection)
}

/// The product with this id.
pub fn get(connection: &mut Connection, id: ProductId) -> Result<KeptProduct> {
    store::find_product(connection, id)?.ok_or(Error::NotFound)
}

pub fn version(product: &KeptProduct) -> i64 {
    kept::version(&NewProduct::from(product))
}

/// What was done to a product, the newest first.
pub fn history(connection: &mut Connection, id: ProductId) -> Result<Vec<Recorded>> {
    audit::list_about(connection, &id.to_string(), HISTORY_ROWS_MAX)
}

/// Checks a row as the file's are, alone and beside what is stored.
fn checked(
    tx: &mut Connection,
    sku: &str,
    cells: &kept::Row,
    is_taxed: &dyn Fn(&str) -> bool,
) -> Result<files::ProductRow> {
    let accounts = Accounts::load(tx)?;
    let known = files::Products::with_skus(tx, &[sku])?;
    let row = files::read(cells, &accounts, &known, is_taxed).map_err(Error::Invalid)?;
    let gtins = match row.gtin() {
        Some(gtin) => Gtins::with(tx, &[gtin])?,
        None => Gtins::default(),
    };
    let faults = files::faults_beside_stored(tx, &row, &known, &gtins)?;
    match faults.is_empty() {
        true => Ok(row),
        false => Err(Error::Invalid(faults)),
    }
}

/// Makes a product. `is_taxed` says of a tax category whether the supplier's country has a rate for it.
pub fn add(
    tx: &mut Connection,
    actor: &Actor,
    new: &NewProduct,
    is_taxed: &dyn Fn(&str) -> bool,
    now: Timestamp,
) -> Result<KeptProduct> {
    let (mut new, sku) = (new.clone(), new.sku.as_str());
    if files::Products::with_skus(tx, &[sku])?.get(sku).is_some() {
        let detail = sentences::product_exists(sku);
        let fault = FieldError::new("/sku", Code::DuplicateKey, detail);
        return Err(Error::Invalid(vec![fault]));
    }
    new.decimals.get_or_insert(IntegerText("0".to_owned()));
    let cells = kept::row(&new, &COLUMNS)?;
    let row = checked(tx, sku, &cells, is_taxed)?;
    // Somebody else may have made one that looks the same meanwhile.
    files::store(tx, &row).map_err(
        |error| match is_unique_violation(&error, "products_sku_key", &["sku_key"]) {
            true => Error::invalid("/sku", Code::DuplicateKey, sentences::product_exists(sku)),
            false => error,
        },
    )?;
    let product = get(tx, row.id)?;
    let account_id = product.exclusive.as_ref().map(|owner| owner.id);
    let entry = Entry::kept(
        "product.add",
        account_id,
        row.id.to_string(),
        None,
        Some(&NewProduct::from(&product)),
    );
    audit::record(tx, actor, &entry, now)?;
    Ok(product)
}

/// Changes a product; its number stays.
pub fn change(
    tx: &mut Connection,
    actor: &Actor,
    id: ProductId,
    expected: &Expected,
    change: &ProductChange,
    is_taxed: &dyn Fn(&str) -> bool,
    now: Timestamp,
) -> Result<KeptProduct> {
    let product = store::lock_product(tx, id)?.ok_or(Error::NotFound)?;
    expected.check(version(&product))?;
    let before = NewProduct::from(&product);
    let cells = kept::overlaid(&before, change, &COLUMNS)?;
    let row = checked(tx, &product.sku, &cells, is_taxed)?;
    files::store(tx, &row)?;
    let changed = get(tx, id)?;
    let after = NewProduct::from(&changed);
    if after != before {
        let account_id = changed.exclusive.as_ref().map(|owner| owner.id);
        let entry = Entry::kept(
            "product.change",
            account_id,
            id.to_string(),
            Some(&before),
            Some(&after),
        );
        audit::record(tx, actor, &entry, now)?;
    }
    Ok(changed)
}
