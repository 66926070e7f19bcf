//! Rows of a piece are checked by the one check that their import file has, against what is stored and what the pieces
//! before brought.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::rules::Kind;
use crate::accounts::contacts::files as contacts;
use crate::accounts::files::{accounts, supplier};
use crate::accounts::sites::files as sites;
use crate::accounts::team::files as team;
use crate::catalogue::assortments::files as assortment;
use crate::catalogue::early::files as early;
use crate::catalogue::files::Gtins;
use crate::catalogue::products::files as products;
use crate::catalogue::units::files as units;
use crate::clock::{Timestamp, day_in};
use crate::contracts::files::Contracts;
use crate::db::Database;
use crate::error::{Error, Result};
use crate::imports::{promise_again, serve_waiting};
use crate::orders::entitlements::files as entitlements;
use crate::pricing::files::{price_lists, prices};
use crate::sheets::Sheet;
use crate::sheets::plan::Checked;
use crate::substitutes::files as substitutes;
use crate::{inventory, supply, tax};

/// What rows of a kind are checked against; loaded once for many pieces.
pub enum Known {
    Supplier {
        country: Option<String>,
        rates: tax::files::TaxRates,
        categories: Vec<String>,
    },
    TaxRates(tax::files::TaxRates),
    Accounts(accounts::Accounts, sites::Sites),
    Sites(accounts::Accounts, sites::Sites),
    Contacts(accounts::Accounts, sites::Sites),
    Products {
        accounts: accounts::Accounts,
        products: products::Products,
        gtins: Gtins,
        country: Option<String>,
        rates: tax::files::TaxRates,
    },
    Units(accounts::Accounts, products::Products, units::Units, Gtins),
    PriceLists(accounts::Accounts, sites::Sites, Contracts, price_lists::PriceLists),
    Prices(price_lists::PriceLists, products::Products, units::Units),
    Assortments(accounts::Accounts, products::Products, Gtins),
    EarlyAccess(accounts::Accounts, products::Products),
    Substitutes(products::Products),
    Entitlements(accounts::Accounts),
    Team(accounts::Accounts),
    Stock(products::Products, inventory::files::Warehouses),
    ExpectedReceipts(products::Products, inventory::files::Warehouses, NaiveDate),
}

impl Known {
    pub fn load(db: &Database, kind: Kind, now: Timestamp) -> Result<Self> {
        let accounts = || db.read_now(accounts::Accounts::load);
        let products = || db.read_now(products::Products::load);
        let units = || db.read_now(units::Units::load);
        let gtins = || db.read_now(Gtins::load);
        let lists = || db.read_now(price_lists::PriceLists::load);
        let sites = || db.read_now(sites::load);
        let warehouses = || db.read_now(inventory::files::load_warehouses);
        let today = || -> Result<NaiveDate> {
            let (_, zone) = db.read_now(supplier::load_place)?;
            Ok(day_in(zone.unwrap_or(Tz::UTC), now))
        };
        let rates = |today| db.read_now(move |connection| tax::files::TaxRates::load(connection, today));
        Ok(match kind {
            Kind::Supplier => Self::Supplier {
                country: db.read_now(supplier::load_place)?.0,
                rates: rates(today()?)?,
                categories: db.read_now(products::load_tax_categories)?,
            },
            Kind::TaxRates => Self::TaxRates(rates(today()?)?),
            Kind::Accounts => Self::Accounts(accounts()?, sites()?),
            Kind::Sites => Self::Sites(accounts()?, sites()?),
            Kind::Contacts => Self::Contacts(accounts()?, sites()?),
            Kind::Products => Self::Products {
                accounts: accounts()?,
                products: products()?,
                gtins: gtins()?,
                country: db.read_now(supplier::load_place)?.0,
                rates: rates(today()?)?,
            },
            Kind::Units => Self::Units(accounts()?, products()?, units()?, gtins()?),
            Kind::PriceLists => Self::PriceLists(accounts()?, sites()?, db.read_now(Contracts::load)?, lists()?),
            Kind::Prices => Self::Prices(lists()?, products()?, units()?),
            Kind::Assortments => Self::Assortments(accounts()?, products()?, gtins()?),
            Kind::Team => Self::Team(accounts()?),
            Kind::EarlyAccess => Self::EarlyAccess(accounts()?, products()?),
            Kind::Substitutes => Self::Substitutes(products()?),
            Kind::Entitlements => Self::Entitlements(accounts()?),
            Kind::Stock => Self::Stock(products()?, warehouses()?),
            Kind::ExpectedReceipts => Self::ExpectedReceipts(products()?, warehouses()?, today()?),
            Kind::Orders | Kind::AccountOrders => return Err(Error::internal("orders are rows of no file")),
        })
    }

    /// Checks a piece; what it brings is known from then on.
    pub fn check(&mut self, db: &Database, sheet: Sheet, now: Timestamp) -> Result<Checked> {
        match self {
            Self::Supplier {
                country,
                rates,
                categories,
            } => {
                let untaxed = |country: &str| {
                    let missing = categories.iter().filter(|category| !rates.has(country, category));
                    missing.cloned().collect()
                };
                supplier::check(db, sheet, country, untaxed)
            }
            Self::TaxRates(rates) => tax::files::check(db, sheet, rates),
            Self::Accounts(accounts, sites) => {
                let mut checked = accounts::check(db, sheet, accounts)?;
                sites::house_others(&mut checked, accounts, sites);
                Ok(checked)
            }
            Self::Sites(accounts, sites) => sites::check(db, sheet, accounts, sites),
            Self::Contacts(accounts, sites) => contacts::check(db, sheet, accounts, sites),
            Self::Products {
                accounts,
                products,
                gtins,
                country,
                rates,
            } => {
                let is_taxed = |category: &str| country.as_deref().is_none_or(|country| rates.has(country, category));
                products::check(db, sheet, accounts, products, gtins, is_taxed)
            }
            Self::Units(accounts, products, units, gtins) => units::check(db, sheet, accounts, products, units, gtins),
            Self::PriceLists(accounts, sites, agreed, lists) => {
                price_lists::check(db, sheet, (accounts, sites, agreed), lists)
            }
            Self::Prices(lists, products, units) => prices::check(db, sheet, lists, products, units),
            Self::Assortments(accounts, products, gtins) => assortment::check(db, sheet, accounts, products, gtins),
            Self::EarlyAccess(accounts, products) => early::check(db, sheet, accounts, products),
            Self::Substitutes(products) => substitutes::check(db, sheet, products),
            Self::Entitlements(accounts) => entitlements::check(db, sheet, accounts),
            Self::Team(accounts) => team::check(db, sheet, accounts),
            Self::Stock(products, warehouses) => {
                inventory::files::check(db, sheet, products, warehouses, (serve_waiting, now))
            }
            Self::ExpectedReceipts(products, warehouses, today) => {
                supply::files::check(db, sheet, products, warehouses, (promise_again, *today, now))
            }
        }
    }
}
