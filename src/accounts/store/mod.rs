//! Rows of accounts, sites and the supplier; of people and teams in files of their own.

pub mod finding;

use chrono_tz::Tz;
use diesel::prelude::*;

use super::rules::{Account, Site, Supplier, Tier};
use crate::clock::Timestamp;
use crate::db::schema::{accounts, sites, supplier};
use crate::db::{Connection, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, SiteId};
use crate::money::{Currency, Money};

#[derive(Queryable)]
struct AccountRow {
    id: AccountId,
    code: String,
    name: String,
    country: String,
    currency: String,
    tier: String,
    payment_terms_days: i32,
    credit_limit_minor: Option<i64>,
    vat_id: Option<String>,
    locale: String,
    time_zone: String,
    price_strategy: String,
    closed_at: Option<Timestamp>,
}

impl TryFrom<AccountRow> for Account {
    type Error = Error;

    fn try_from(row: AccountRow) -> Result<Self> {
        let currency = stored_currency(&row.currency)?;
        Ok(Self {
            id: row.id,
            currency,
            tier: Tier::from_name(&row.tier).ok_or_else(|| unreadable("tier", &row.tier))?,
            payment_terms_days: row.payment_terms_days,
            credit_limit: row.credit_limit_minor.map(|minor| Money::new(minor, currency)),
            time_zone: stored_time_zone(&row.time_zone)?,
            code: row.code,
            name: row.name,
            country: row.country,
            vat_id: row.vat_id,
            locale: row.locale,
            price_strategy: row.price_strategy,
            closed_at: row.closed_at,
        })
    }
}

/// The account with this id.
pub fn find(connection: &mut Connection, id: AccountId) -> Result<Option<Account>> {
    let row = accounts::table
        .filter(accounts::id.eq(id))
        .select(accounts::all_columns)
        .first::<AccountRow>(connection)
        .optional()?;
    row.map(Account::try_from).transpose()
}

/// The account with this code.
pub fn find_by_code(connection: &mut Connection, code: &str) -> Result<Option<Account>> {
    let row = accounts::table
        .filter(accounts::code.eq(code))
        .select(accounts::all_columns)
        .first::<AccountRow>(connection)
        .optional()?;
    row.map(Account::try_from).transpose()
}

/// Locks an account until the transaction ends, so that changes of its people come one after the other; false when it
/// is closed. SQLite has one writer, so there is nothing to lock.
pub fn lock_open(tx: &mut Connection, id: AccountId) -> Result<bool> {
    let open = sql("SELECT closed_at IS NULL FROM accounts WHERE id = $1 {lock}");
    Ok(open.bind(id).first(tx)?.unwrap_or(false))
}

/// Closes an account; one that is closed stays as it is.
pub fn update_closed(tx: &mut Connection, id: AccountId, now: Timestamp) -> Result<()> {
    let open = accounts::table
        .filter(accounts::id.eq(id))
        .filter(accounts::closed_at.is_null());
    diesel::update(open).set(accounts::closed_at.eq(now)).execute(tx)?;
    Ok(())
}

#[derive(Queryable)]
struct SiteRow {
    id: SiteId,
    code: String,
    name: String,
    country: String,
    street: Option<String>,
    city: Option<String>,
    postal_code: Option<String>,
}

impl From<SiteRow> for Site {
    fn from(row: SiteRow) -> Self {
        Self {
            id: row.id,
            code: row.code,
            name: row.name,
            country: row.country,
            street: row.street,
            city: row.city,
            postal_code: row.postal_code,
        }
    }
}

const SITE_COLUMNS: (
    sites::id,
    sites::code,
    sites::name,
    sites::country,
    sites::street,
    sites::city,
    sites::postal_code,
) = (
    sites::id,
    sites::code,
    sites::name,
    sites::country,
    sites::street,
    sites::city,
    sites::postal_code,
);

/// Up to `rows_max` sites of an account in file order, those behind `after`.
pub fn list_sites(
    connection: &mut Connection,
    account_id: AccountId,
    after: Option<SiteId>,
    rows_max: i64,
) -> Result<Vec<Site>> {
    let rows = sites::table
        .filter(sites::account_id.eq(account_id))
        .filter(sites::id.gt(after.unwrap_or(SiteId(i64::MIN))))
        .order(sites::id)
        .limit(rows_max)
        .select(SITE_COLUMNS)
        .load::<SiteRow>(connection)?;
    Ok(rows.into_iter().map(Site::from).collect())
}

/// The site of an account with this code.
pub fn find_site(connection: &mut Connection, account_id: AccountId, code: &str) -> Result<Option<Site>> {
    let row = sites::table
        .filter(sites::account_id.eq(account_id))
        .filter(sites::code.eq(code))
        .select(SITE_COLUMNS)
        .first::<SiteRow>(connection)
        .optional()?;
    Ok(row.map(Site::from))
}

/// The site of an account with this id.
pub fn find_site_by_id(connection: &mut Connection, account_id: AccountId, id: SiteId) -> Result<Option<Site>> {
    let row = sites::table
        .filter(sites::account_id.eq(account_id))
        .filter(sites::id.eq(id))
        .select(SITE_COLUMNS)
        .first::<SiteRow>(connection)
        .optional()?;
    Ok(row.map(Site::from))
}

/// The account that has this site.
pub fn find_account_of_site(connection: &mut Connection, id: SiteId) -> Result<Option<AccountId>> {
    let account = sites::table.filter(sites::id.eq(id)).select(sites::account_id);
    Ok(account.first(connection).optional()?)
}

/// The first site of an account in a country, in file order.
pub fn find_seat(connection: &mut Connection, account_id: AccountId, country: &str) -> Result<Option<Site>> {
    let row = sites::table
        .filter(sites::account_id.eq(account_id))
        .filter(sites::country.eq(country))
        .order(sites::id)
        .select(SITE_COLUMNS)
        .first::<SiteRow>(connection)
        .optional()?;
    Ok(row.map(Site::from))
}

/// The supplier, if it was imported.
pub fn find_supplier(connection: &mut Connection) -> Result<Option<Supplier>> {
    let row = supplier::table
        .select((
            supplier::name,
            supplier::country,
            supplier::currency,
            supplier::vat_id,
            supplier::time_zone,
        ))
        .first::<(String, String, String, Option<String>, String)>(connection)
        .optional()?;
    row.map(|(name, country, currency, vat_id, time_zone)| {
        Ok(Supplier {
            name,
            country: Some(country).filter(|text| !text.is_empty()),
            currency: stored_currency(&currency)?,
            vat_id,
            time_zone: stored_time_zone(&time_zone)?,
        })
    })
    .transpose()
}

/// The supplier in mails: name, mail address, telephone number.
pub type SenderRow = (String, Option<String>, Option<String>);

/// The supplier, if it was imported, as mails name it.
pub fn find_sender(connection: &mut Connection) -> Result<Option<SenderRow>> {
    let row = supplier::table.select((supplier::name, supplier::email, supplier::phone));
    Ok(row.first(connection).optional()?)
}

fn stored_currency(code: &str) -> Result<Currency> {
    Currency::from_code(code).ok_or_else(|| unreadable("currency", code))
}

fn stored_time_zone(name: &str) -> Result<Tz> {
    name.parse().ok().ok_or_else(|| unreadable("time zone", name))
}

fn unreadable(what: &str, value: &str) -> Error {
    Error::internal(format!("the database holds the unknown {what} {value:?}"))
}
