//! The packs of a product: made, changed, taken away. A pack that orders count in keeps its content, and one that has
//! prices stays.

pub mod files;
pub mod supplier_api;
pub mod supplier_pages;

use chrono::{Days, NaiveDate};

use crate::accounts;
use crate::accounts::files::accounts::Accounts;
use crate::audit::{self, Actor, Entry};
use crate::catalogue::files::Gtins;
use crate::catalogue::inputs::{NewUnit, UnitChange};
use crate::catalogue::products::files::Products;
use crate::catalogue::rules::keeping::KeptUnit;
use crate::catalogue::sentences;
use crate::catalogue::store::keeping as store;
use crate::clock::{Timestamp, day_in};
use crate::db::violations::is_unique_violation;
use crate::db::{Connection, changes};
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{ProductId, SaleUnitId};
use crate::kept;
use crate::version::Expected;

const COLUMNS: [&[&str]; 2] = [files::LAYOUT.required, files::LAYOUT.optional];

/// How long a pack's day may lie back that nobody was told of.
const BEGUN_DAYS: Days = Days::new(7);

/// The packs whose day has come and which nobody that follows the catalogue was told of since.
pub fn list_begun(connection: &mut Connection, now: Timestamp) -> Result<Vec<i64>> {
    let zone = accounts::supplier_zone(connection)?;
    let today = day_in(zone, now);
    let after = today.checked_sub_days(BEGUN_DAYS).unwrap_or(today);
    let begun = store::list_begun(connection, (after, today))?;
    let untold = |from: NaiveDate, noted: Option<i64>| noted.is_none_or(|at| day_in(zone, changes::moment(at)) < from);
    let due = begun.into_iter().filter(|(_, from, noted)| untold(*from, *noted));
    Ok(due.map(|(id, ..)| id).collect())
}

/// Whoever follows the catalogue is told of these packs.
pub fn note_begun(tx: &mut Connection, ids: &[i64]) -> Result<()> {
    store::note_units(tx, ids)
}

/// The packs of a product, the general ones first.
pub fn list(connection: &mut Connection, product_id: ProductId) -> Result<Vec<KeptUnit>> {
    store::list_units(connection, product_id)
}

/// The pack with this id.
pub fn get(connection: &mut Connection, id: SaleUnitId) -> Result<KeptUnit> {
    store::find_unit(connection, id)?.ok_or(Error::NotFound)
}

/// The version of a pack.
pub fn version(unit: &KeptUnit) -> i64 {
    kept::version(&NewUnit::from(unit))
}

fn checked(tx: &mut Connection, sku: &str, mut cells: kept::Row) -> Result<files::UnitRow> {
    cells.push(("sku", sku.to_owned()));
    let accounts = Accounts::load(tx)?;
    let products = Products::with_skus(tx, &[sku])?;
    let units = files::Units::of_products(tx, &products.ids())?;
    let row = files::read(&cells, (&accounts, &products, &units)).map_err(Error::Invalid)?;
    let gtins = match row.gtin() {
        Some(gtin) => Gtins::with(tx, &[gtin])?,
        None => Gtins::default(),
    };
    match files::gtin_fault(&row, &gtins) {
        None => Ok(row),
        Some(fault) => Err(Error::Invalid(vec![fault])),
    }
}

fn or_duplicate(error: Error) -> Error {
    let general = is_unique_violation(&error, "sale_units_general", &["product_id", "unit"]);
    let of_account = is_unique_violation(&error, "sale_units_of_account", &["product_id", "unit", "account_id"]);
    let general_key = is_unique_violation(&error, "sale_units_general_key", &["product_id", "unit_key"]);
    let own_key = ["product_id", "unit_key", "account_id"];
    let of_account_key = is_unique_violation(&error, "sale_units_of_account_key", &own_key);
    match general || of_account || general_key || of_account_key {
        true => Error::invalid("/unit", Code::DuplicateKey, sentences::unit_exists()),
        false => error,
    }
}

fn owner_of(unit: &KeptUnit) -> Option<crate::ids::AccountId> {
    unit.owner.as_ref().map(|owner| owner.id)
}

/// Gives a product a pack.
pub fn add(
    tx: &mut Connection,
    actor: &Actor,
    product_id: ProductId,
    new: &NewUnit,
    now: Timestamp,
) -> Result<KeptUnit> {
    let product = store::find_product(tx, product_id)?.ok_or(Error::NotFound)?;
    let row = checked(tx, &product.sku, kept::row(new, &COLUMNS)?)?;
    files::insert(tx, &row).map_err(or_duplicate)?;
    let unit = get(tx, row.id)?;
    let entry = Entry::kept(
        "unit.add",
        owner_of(&unit),
        unit.id.to_string(),
        None,
        Some(&NewUnit::from(&unit)),
    );
    audit::record(tx, actor, &entry, now)?;
    Ok(unit)
}

/// Changes a pack; product, key and account stay.
pub fn change(
    tx: &mut Connection,
    actor: &Actor,
    id: SaleUnitId,
    expected: &Expected,
    change: &UnitChange,
    now: Timestamp,
) -> Result<KeptUnit> {
    let unit = store::lock_unit(tx, id)?.ok_or(Error::NotFound)?;
    expected.check(version(&unit))?;
    let before = NewUnit::from(&unit);
    let cells = kept::overlaid(&before, &change.in_one_form(), &COLUMNS)?;
    let mut row = checked(tx, &unit.sku, cells)?;
    row.id = id;
    if row.content() != Some(unit.content) && store::is_ordered(tx, &unit)? {
        let detail = sentences::unit_content_stays();
        let fault = FieldError::new("/base_quantity", Code::StillInUse, detail);
        return Err(Error::Invalid(vec![fault]));
    }
    files::update(tx, &row).map_err(or_duplicate)?;
    let changed = get(tx, id)?;
    let after = NewUnit::from(&changed);
    if after != before {
        let entry = Entry::kept(
            "unit.change",
            owner_of(&changed),
            id.to_string(),
            Some(&before),
            Some(&after),
        );
        audit::record(tx, actor, &entry, now)?;
    }
    Ok(changed)
}

/// Takes a pack away.
pub fn remove(
    tx: &mut Connection,
    actor: &Actor,
    id: SaleUnitId,
    expected: &Expected,
    now: Timestamp,
) -> Result<KeptUnit> {
    let unit = store::lock_unit(tx, id)?.ok_or(Error::NotFound)?;
    expected.check(version(&unit))?;
    if let Some(list) = store::find_list_with_price(tx, &unit)? {
        let detail = sentences::unit_has_price(list);
        return Err(Error::refused(Code::StillInUse, detail));
    }
    if store::is_ordered(tx, &unit)? {
        let detail = sentences::unit_stays();
        return Err(Error::refused(Code::StillInUse, detail));
    }
    store::delete_unit(tx, id)?;
    files::refresh_words(tx, unit.product_id)?;
    let entry = Entry::kept(
        "unit.remove",
        owner_of(&unit),
        id.to_string(),
        Some(&NewUnit::from(&unit)),
        None,
    );
    audit::record(tx, actor, &entry, now)?;
    Ok(unit)
}
