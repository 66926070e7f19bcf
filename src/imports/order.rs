//! The order of the files: what each is checked against, and in which order they are applied.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::folder::Folder;
use super::rehearsal;
use crate::accounts::contacts::{Contact, files as contacts};
use crate::accounts::credit::files as credit;
use crate::accounts::files::{accounts, supplier};
use crate::accounts::keeping::Kept;
use crate::accounts::sites::{Site, files as sites};
use crate::accounts::team::files as team;
use crate::accounts::windows::files as windows;
use crate::catalogue::assortments::files as assortment;
use crate::catalogue::early::files as early_access;
use crate::catalogue::files::Gtins;
use crate::catalogue::products::files as products;
use crate::catalogue::units::files as units;
use crate::clock::{Timestamp, day_in};
use crate::contracts::files as contracts;
use crate::db::{Connection, Database};
use crate::error::Result;
use crate::ids::ProductId;
use crate::imports::sentences;
use crate::orders::entitlements::files as entitlements;
use crate::pricing::costs::files as costs;
use crate::pricing::discounts::files as discounts;
use crate::pricing::files::{price_lists, prices};
use crate::pricing::minimums::files as minimums;
use crate::rebate_agreements::files as rebates;
use crate::sheets::Progress;
use crate::sheets::numbers::NumberStyle;
use crate::sheets::plan::Checked;
use crate::sheets::{Layout, Sheet};
use crate::shipments::carriers::files as carriers;
use crate::substitutes::files as substitutes;
use crate::{calendars, inventory, orders, reminders, supply, tax};

/// The import files in the order they are applied.
pub const FILES: &[&str] = &[
    supplier::LAYOUT.file,
    tax::files::LAYOUT.file,
    accounts::LAYOUT.file,
    credit::LAYOUT.file,
    reminders::files::POLICIES.file,
    reminders::files::ACCOUNTS.file,
    sites::FILE,
    contacts::FILE,
    windows::LAYOUT.file,
    carriers::LAYOUT.file,
    products::LAYOUT.file,
    units::LAYOUT.file,
    contracts::CONTRACTS.file,
    contracts::COMMITMENTS.file,
    price_lists::LAYOUT.file,
    prices::LAYOUT.file,
    costs::COSTS.file,
    costs::FLOORS.file,
    discounts::LAYOUT.file,
    minimums::LAYOUT.file,
    assortment::LAYOUT.file,
    early_access::LAYOUT.file,
    substitutes::LAYOUT.file,
    entitlements::LAYOUT.file,
    rebates::AGREEMENTS.file,
    rebates::TIERS.file,
    team::LAYOUT.file,
    inventory::files::LAYOUT.file,
    orders::quotas::files::MODES.file,
    orders::quotas::files::QUOTAS.file,
    supply::files::LAYOUT.file,
    calendars::files::LAYOUT.file,
    calendars::files::HOLIDAYS.file,
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
    if let Some(sheet) = files.open(&credit::LAYOUT)? {
        checked.push(credit::check(db, sheet, &accounts)?);
    }
    check_reminders(db, &files, &accounts, &mut checked)?;
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
    if let Some(sheet) = files.open(&windows::LAYOUT)? {
        let mark = orders::promising::mark_all;
        checked.push(windows::check(db, sheet, (&accounts, &known_sites), mark)?);
    }
    if let Some(sheet) = files.open(&carriers::LAYOUT)? {
        checked.push(carriers::check(db, sheet)?);
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
    let agreed = check_contracts(db, &files, (&accounts, &products), &mut checked)?;
    let mut lists = db.read_now(price_lists::PriceLists::load)?;
    if let Some(sheet) = files.open(&price_lists::LAYOUT)? {
        checked.push(price_lists::check(
            db,
            sheet,
            (&accounts, &known_sites, &agreed),
            &mut lists,
        )?);
    }
    if let Some(sheet) = files.open(&prices::LAYOUT)? {
        checked.push(prices::check(db, sheet, &lists, &products, &units)?);
    }
    check_costs(db, &files, &products, &mut checked)?;
    if let Some(sheet) = files.open(&discounts::LAYOUT)? {
        checked.push(discounts::check(db, sheet, &accounts)?);
    }
    if let Some(sheet) = files.open(&minimums::LAYOUT)? {
        checked.push(minimums::check(db, sheet, &accounts)?);
    }
    if let Some(sheet) = files.open(&assortment::LAYOUT)? {
        checked.push(assortment::check(db, sheet, &accounts, &products, &gtins)?);
    }
    if let Some(sheet) = files.open(&early_access::LAYOUT)? {
        checked.push(early_access::check(db, sheet, &accounts, &products)?);
    }
    if let Some(sheet) = files.open(&substitutes::LAYOUT)? {
        checked.push(substitutes::check(db, sheet, &products)?);
    }
    if let Some(sheet) = files.open(&entitlements::LAYOUT)? {
        checked.push(entitlements::check(db, sheet, &accounts)?);
    }
    check_rebates(db, &files, (&accounts, &products), &mut checked)?;
    if let Some(sheet) = files.open(&team::LAYOUT)? {
        checked.push(team::check(db, sheet, &accounts)?);
    }
    check_goods(db, &files, (&accounts, &known_sites, &products), now, &mut checked)?;
    if let Some(sheet) = files.open(&orders::quotas::files::MODES)? {
        checked.push(orders::quotas::files::check_modes(db, sheet, &products)?);
    }
    if let Some(sheet) = files.open(&orders::quotas::files::QUOTAS)? {
        checked.push(orders::quotas::files::check_quotas(
            db, sheet, &accounts, &products, now,
        )?);
    }
    if let Some(sheet) = files.open(&orders::files::LAYOUT)? {
        let orders = orders::files::read(db, sheet, &accounts, &products)?;
        checked.push(rehearsal::check(db, orders, &checked, now)?);
    }
    Ok(checked)
}

/// Agreements of rebates, and their tiers.
fn check_rebates(
    db: &Database,
    files: &Files<'_>,
    (accounts, products): (&accounts::Accounts, &products::Products),
    checked: &mut Vec<Checked>,
) -> Result<()> {
    let mut known = db.read_now(rebates::load)?;
    if let Some(sheet) = files.open(&rebates::AGREEMENTS)? {
        checked.push(rebates::check_agreements(db, sheet, accounts, products, &mut known)?);
    }
    if let Some(sheet) = files.open(&rebates::TIERS)? {
        checked.push(rebates::check_tiers(db, sheet, &known)?);
    }
    Ok(())
}

/// Checks contracts and what is committed by them; all there are then.
fn check_contracts(
    db: &Database,
    files: &Files<'_>,
    (accounts, products): (&accounts::Accounts, &products::Products),
    checked: &mut Vec<Checked>,
) -> Result<contracts::Contracts> {
    let mut known = db.read_now(contracts::Contracts::load)?;
    if let Some(sheet) = files.open(&contracts::CONTRACTS)? {
        checked.push(contracts::check_contracts(db, sheet, accounts, &mut known)?);
    }
    if let Some(sheet) = files.open(&contracts::COMMITMENTS)? {
        checked.push(contracts::check_commitments(db, sheet, &known, products)?);
    }
    Ok(known)
}

/// What goods are checked against: accounts, their sites, products.
type Known<'a> = (&'a accounts::Accounts, &'a sites::Sites, &'a products::Products);

/// Checks what lies where, what is expected, and when it is sent and taken.
fn check_goods(
    db: &Database,
    files: &Files<'_>,
    (accounts, known_sites, products): Known<'_>,
    now: Timestamp,
    checked: &mut Vec<Checked>,
) -> Result<()> {
    let mut warehouses = db.read_now(inventory::files::load_warehouses)?;
    if let Some(sheet) = files.open(&inventory::files::LAYOUT)? {
        let serve: (inventory::files::Serve, Timestamp) = (serve_waiting, now);
        checked.push(inventory::files::check(db, sheet, products, &mut warehouses, serve)?);
    }
    if let Some(sheet) = files.open(&supply::files::LAYOUT)? {
        let today = day_in(db.read_now(supplier::load_place)?.1.unwrap_or(Tz::UTC), now);
        let promise: (inventory::files::Serve, NaiveDate, Timestamp) = (promise_again, today, now);
        checked.push(supply::files::check(db, sheet, products, &mut warehouses, promise)?);
    }
    let mut known = db.read_now(calendars::files::load)?;
    if let Some(sheet) = files.open(&calendars::files::LAYOUT)? {
        let beside = calendars::files::Beside {
            accounts,
            sites: known_sites,
            warehouses: &warehouses,
        };
        let mark = orders::promising::mark_all;
        checked.push(calendars::files::check(sheet, &beside, &mut known, mark)?);
    }
    if let Some(sheet) = files.open(&calendars::files::HOLIDAYS)? {
        let mark = orders::promising::mark_all;
        checked.push(calendars::files::check_holidays(db, sheet, &known, mark)?);
    }
    Ok(())
}

/// Policies of reminders, and accounts with one of their own.
fn check_reminders(
    db: &Database,
    files: &Files<'_>,
    accounts: &accounts::Accounts,
    checked: &mut Vec<Checked>,
) -> Result<()> {
    let mut policies = db.read_now(reminders::files::load)?;
    if let Some(sheet) = files.open(&reminders::files::POLICIES)? {
        checked.push(reminders::files::check_policies(db, sheet, &mut policies)?);
    }
    if let Some(sheet) = files.open(&reminders::files::ACCOUNTS)? {
        checked.push(reminders::files::check_accounts(db, sheet, accounts, &policies)?);
    }
    Ok(())
}

/// What products cost and how little may be earned of them.
fn check_costs(
    db: &Database,
    files: &Files<'_>,
    products: &products::Products,
    checked: &mut Vec<Checked>,
) -> Result<()> {
    if let Some(sheet) = files.open(&costs::COSTS)? {
        checked.push(costs::check_costs(db, sheet, products)?);
    }
    if let Some(sheet) = files.open(&costs::FLOORS)? {
        checked.push(costs::check_floors(db, sheet)?);
    }
    Ok(())
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

/// What is expected is promised in the same transaction.
pub fn promise_again(tx: &mut Connection, product_ids: &[ProductId], now: Timestamp) -> Result<()> {
    let (_, zone) = supplier::load_place(tx)?;
    orders::promising::promise_again(tx, product_ids, zone.unwrap_or(Tz::UTC), now)
}

/// Where a count raises what is free, waiting lines are served in the same transaction.
pub fn serve_waiting(tx: &mut Connection, product_ids: &[ProductId], now: Timestamp) -> Result<()> {
    let (_, zone) = supplier::load_place(tx)?;
    let cause = orders::allocation::Cause::StockCounted;
    orders::allocation::serve_products(tx, product_ids, cause, zone.unwrap_or(Tz::UTC), now)
}
