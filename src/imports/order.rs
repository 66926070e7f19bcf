//! The order of the files: what each is checked against, and in which order they are applied.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::folder::Folder;
use super::rehearsal;
use crate::accounts::contacts::{Contact, files as contacts};
use crate::accounts::files::{accounts, supplier};
use crate::accounts::keeping::Kept;
use crate::accounts::sites::{Site, files as sites};
use crate::accounts::team::files as team;
use crate::catalogue::assortments::files as assortment;
use crate::catalogue::files::Gtins;
use crate::catalogue::products::files as products;
use crate::catalogue::units::files as units;
use crate::clock::{Timestamp, day_in};
use crate::db::{Connection, Database};
use crate::error::Result;
use crate::ids::ProductId;
use crate::imports::sentences;
use crate::pricing::files::{price_lists, prices};
use crate::sheets::Progress;
use crate::sheets::numbers::NumberStyle;
use crate::sheets::plan::Checked;
use crate::sheets::{Layout, Sheet};
use crate::{inventory, orders, tax};

/// The import files in the order they are applied.
pub const FILES: &[&str] = &[
    supplier::LAYOUT.file,
    tax::files::LAYOUT.file,
    accounts::LAYOUT.file,
    sites::FILE,
    contacts::FILE,
    products::LAYOUT.file,
    units::LAYOUT.file,
    price_lists::LAYOUT.file,
    prices::LAYOUT.file,
    assortment::LAYOUT.file,
    team::LAYOUT.file,
    inventory::files::LAYOUT.file,
    orders::files::LAYOUT.file,
];

/// The files of a folder with their progress.
struct Files<'a> {
    folder: &'a Folder,
    numbers: Option<NumberStyle>,
    progress: &'a Progress,
}

impl Files<'_> {
    fn open(&self, layout: &'static Layout) -> Result<Option<Sheet>> {
        let Some(bytes) = self.folder.read(layout.file)? else {
            return Ok(None);
        };
        self.progress.say(sentences::checking(layout.file));
        Ok(Some(Sheet::open(layout, bytes, self.numbers, self.progress)))
    }
}

/// Checks every file there is; in the order in which they are to be applied.
pub fn check_all(
    db: &Database,
    folder: &Folder,
    numbers: Option<NumberStyle>,
    now: Timestamp,
    progress: &Progress,
) -> Result<Vec<Checked>> {
    let files = Files {
        folder,
        numbers,
        progress,
    };
    let mut checked = Vec::new();
    let is_taxed = check_country(db, &files, now, &mut checked)?;

    let mut accounts = db.read_now(accounts::Accounts::load)?;
    if let Some(sheet) = files.open(&accounts::LAYOUT)? {
        checked.push(accounts::check(db, sheet, &mut accounts)?);
    }
    let mut known_sites = db.read_now(sites::load)?;
    if let Some(sheet) = files.open(&Site::noun().layout)? {
        checked.push(sites::check(db, sheet, &accounts, &mut known_sites)?);
    }
    if let Some(last) = checked.last_mut() {
        sites::house_others(last, &accounts, &mut known_sites);
    }
    if let Some(sheet) = files.open(&Contact::noun().layout)? {
        checked.push(contacts::check(db, sheet, &accounts, &known_sites)?);
    }

    let mut products = db.read_now(products::Products::load)?;
    let mut gtins = db.read_now(Gtins::load)?;
    if let Some(sheet) = files.open(&products::LAYOUT)? {
        checked.push(products::check(
            db,
            sheet,
            &accounts,
            &mut products,
            &mut gtins,
            is_taxed,
        )?);
    }
    let mut units = db.read_now(units::Units::load)?;
    if let Some(sheet) = files.open(&units::LAYOUT)? {
        checked.push(units::check(db, sheet, &accounts, &products, &mut units, &mut gtins)?);
    }
    let mut lists = db.read_now(price_lists::PriceLists::load)?;
    if let Some(sheet) = files.open(&price_lists::LAYOUT)? {
        checked.push(price_lists::check(db, sheet, &accounts, &mut lists)?);
    }
    if let Some(sheet) = files.open(&prices::LAYOUT)? {
        checked.push(prices::check(db, sheet, &lists, &products, &units)?);
    }
    if let Some(sheet) = files.open(&assortment::LAYOUT)? {
        checked.push(assortment::check(db, sheet, &accounts, &products, &gtins)?);
    }
    if let Some(sheet) = files.open(&team::LAYOUT)? {
        checked.push(team::check(db, sheet, &accounts)?);
    }
    if let Some(sheet) = files.open(&inventory::files::LAYOUT)? {
        checked.push(inventory::files::check(db, sheet, &products, serve_waiting, now)?);
    }
    if let Some(sheet) = files.open(&orders::files::LAYOUT)? {
        let orders = orders::files::read(db, sheet, &accounts, &products)?;
        checked.push(rehearsal::check(db, orders, &checked, now)?);
    }
    Ok(checked)
}

/// Checks who the supplier is and what its country taxes; says of a tax category whether it can be taxed.
fn check_country(
    db: &Database,
    files: &Files<'_>,
    now: Timestamp,
    checked: &mut Vec<Checked>,
) -> Result<impl Fn(&str) -> bool + use<>> {
    let (mut country, zone) = db.read_now(supplier::load_place)?;
    let today: NaiveDate = day_in(zone.unwrap_or(Tz::UTC), now);
    let mut rates = db.read_now(|connection| tax::files::TaxRates::load(connection, today))?;
    // The supplier's row is checked against the rates, though it is applied first.
    let rates_checked = match files.open(&tax::files::LAYOUT)? {
        Some(sheet) => Some(tax::files::check(db, sheet, &mut rates)?),
        None => None,
    };
    if let Some(sheet) = files.open(&supplier::LAYOUT)? {
        let categories = db.read_now(products::load_tax_categories)?;
        let untaxed = |country: &str| {
            let missing = categories.iter().filter(|category| !rates.has(country, category));
            missing.cloned().collect()
        };
        checked.push(supplier::check(db, sheet, &mut country, untaxed)?);
    }
    checked.extend(rates_checked);
    Ok(move |category: &str| country.as_deref().is_none_or(|country| rates.has(country, category)))
}

/// Where a count raises what is free, waiting lines are served in the same transaction.
pub fn serve_waiting(tx: &mut Connection, product_ids: &[ProductId], now: Timestamp) -> Result<()> {
    let (_, zone) = supplier::load_place(tx)?;
    let cause = orders::allocation::Cause::StockCounted;
    orders::allocation::serve_products(tx, product_ids, cause, zone.unwrap_or(Tz::UTC), now)
}
