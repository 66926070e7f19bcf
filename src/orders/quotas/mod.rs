//! Stock that is kept for an account or a tier, and how what does not suffice is shared, as staff keep them. What a change frees
//! serves the lines that wait in the same transaction; so does the rest of a quota on its release day. What they do to decisions is
//! told by [`crate::inventory::quotas`].

pub mod api;
pub mod files;
pub mod inputs;
pub mod shapes;
pub mod store;
pub mod supplier_api;
pub mod supplier_pages;

use chrono::NaiveDate;

use self::inputs::{NewMode, NewQuota, QuotaChange, cells};
pub use self::store::{Filter, Kept, KeptMode, list, list_modes};
use super::allocation::{Cause, serve_products};
use super::promising::promise_products;
use super::sentences;
use crate::accounts;
use crate::accounts::files::accounts::Accounts;
use crate::audit::{self, Actor, Entry};
use crate::catalogue::products::files::Products;
use crate::clock::{Timestamp, day_in};
use crate::db::{Connection, Stored, sets};
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{AccountId, AllocationModeId, ProductId, QuotaId};
use crate::inventory::quotas::rules::{DECIMALS, Mode, Weights, drawn};
use crate::inventory::quotas::{list_modes_of, sum_uses};
use crate::kept::{self, DecimalText, IntegerText};
use crate::quantity::Quantity;
use crate::version::Expected;

impl From<&Kept> for NewQuota {
    fn from(quota: &Kept) -> Self {
        Self {
            quota: quota.code.clone(),
            scope: quota.scope().name().to_owned(),
            key: quota.key().to_owned(),
            account: quota.account.clone(),
            tier: quota.tier.map(|tier| tier.name().to_owned()),
            period: quota.period.name().to_owned(),
            quantity: DecimalText(Quantity::new(quota.quantity_micros, DECIMALS).to_string()),
            released_after_days: quota.released_after_days.map(|days| IntegerText(days.to_string())),
        }
    }
}

impl From<&KeptMode> for NewMode {
    fn from(mode: &KeptMode) -> Self {
        Self {
            scope: mode.scope().name().to_owned(),
            key: mode.key().to_owned(),
            mode: mode.mode.name().to_owned(),
            weights: mode.weights.clone(),
        }
    }
}

/// How far a quota is drawn in the running period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    pub kept: Kept,
    /// First day of the period.
    pub starts_on: NaiveDate,
    /// First day of the next one.
    pub ends_on: NaiveDate,
    /// The day from which on what is left is everybody's.
    pub released_on: NaiveDate,
    /// Millionths of the base unit, as what is left.
    pub drawn_micros: i64,
    /// What is still kept: nothing once it is released.
    pub left_micros: i64,
}

/// How far these quotas are drawn on a day: one statement.
pub fn with_uses(connection: &mut Connection, quotas: Vec<Kept>, today: NaiveDate) -> Result<Vec<Drawn>> {
    let periods: Vec<_> = quotas.iter().map(|kept| (kept.id, kept.period.start(today))).collect();
    let used = drawn(&sum_uses(connection, &periods)?);
    let told = |kept: Kept| {
        let of_nobody = || Error::internal(format!("{} is for nobody", kept.id));
        let quota = kept.quota().ok_or_else(of_nobody)?;
        let starts_on = quota.starts_on(today);
        let drawn_micros = used.get(&(kept.id, starts_on)).copied().unwrap_or_default();
        let left = kept.quantity_micros.saturating_sub(drawn_micros).max(0);
        Ok(Drawn {
            starts_on,
            ends_on: kept.period.end(today),
            released_on: quota.released_on(today),
            drawn_micros,
            left_micros: if quota.is_kept(today) { left } else { 0 },
            kept,
        })
    };
    quotas.into_iter().map(told).collect()
}

/// What is kept for an account, alone or with others of its tier, and how far it is drawn; of one article if it is named.
pub fn of_account(
    connection: &mut Connection,
    account_id: AccountId,
    product_id: Option<ProductId>,
    today: NaiveDate,
) -> Result<Vec<Drawn>> {
    let quotas = store::list_of(connection, account_id, product_id)?;
    match quotas.is_empty() {
        true => Ok(Vec::new()),
        false => with_uses(connection, quotas, today),
    }
}

/// The quota with this id.
pub fn get(connection: &mut Connection, id: QuotaId) -> Result<Kept> {
    store::find(connection, id)?.ok_or(Error::NotFound)
}

/// The version of a quota.
pub fn version(quota: &Kept) -> i64 {
    kept::version(&NewQuota::from(quota))
}

/// Serves what waits for these products, each once.
pub(super) fn serve(tx: &mut Connection, mut product_ids: Vec<ProductId>, now: Timestamp) -> Result<()> {
    product_ids.sort_unstable();
    product_ids.dedup();
    let zone = accounts::supplier_zone(tx)?;
    serve_products(tx, &product_ids, Cause::QuotaChanged, zone, now)
}

fn check(tx: &mut Connection, new: &NewQuota) -> Result<files::QuotaRow> {
    let (accounts, products) = (Accounts::load(tx)?, Products::with_skus(tx, &[new.key.as_str()])?);
    let known = files::load_codes(tx)?;
    let cells = cells(new, &files::QUOTAS)?;
    files::read_quota(&cells, &accounts, &products, &known).map_err(Error::Invalid)
}

fn record(
    tx: &mut Connection,
    actor: &Actor,
    act: &'static str,
    was: Option<&Kept>,
    is: Option<&Kept>,
    now: Timestamp,
) -> Result<()> {
    let Some(quota) = is.or(was) else { return Ok(()) };
    let (account_id, object) = (quota.account_id, quota.id.to_string());
    let (was, is) = (was.map(NewQuota::from), is.map(NewQuota::from));
    let entry = Entry::kept(act, account_id, object, was.as_ref(), is.as_ref());
    audit::record(tx, actor, &entry, now)
}

/// Adds a quota. What is reserved already stays where it is.
pub fn add(tx: &mut Connection, new: &NewQuota, actor: &Actor, now: Timestamp) -> Result<Kept> {
    let row = check(tx, new)?;
    let id = row.id;
    if store::find(tx, id)?.is_some() {
        let fault = FieldError::new("/quota", Code::DuplicateKey, sentences::quota_exists());
        return Err(Error::Invalid(vec![fault]));
    }
    files::QuotaRow::TABLE
        .upsert(&["code"], None, &[])
        .run(tx, &sets::json(&[row])?)?;
    let quota = get(tx, id)?;
    record(tx, actor, "quota.add", None, Some(&quota), now)?;
    // Nothing is freed, but what is expected may be promised to others.
    let product_ids = store::list_products_of(tx, &[id.0])?;
    promise_products(tx, &product_ids, now)?;
    Ok(quota)
}

/// Changes how much is kept, how often and how long.
pub fn change(
    tx: &mut Connection,
    id: QuotaId,
    expected: &Expected,
    change: &QuotaChange,
    actor: &Actor,
    now: Timestamp,
) -> Result<Kept> {
    let before = store::lock(tx, id)?.ok_or(Error::NotFound)?;
    expected.check(version(&before))?;
    let columns = [files::QUOTAS.required, files::QUOTAS.optional];
    let cells = kept::overlaid(&NewQuota::from(&before), change, &columns)?;
    let (accounts, products) = (Accounts::load(tx)?, Products::with_skus(tx, &[before.key()])?);
    let known = files::load_codes(tx)?;
    let row = files::read_quota(&cells, &accounts, &products, &known).map_err(Error::Invalid)?;
    files::QuotaRow::TABLE
        .upsert(&["code"], None, &files::STORED)
        .run(tx, &sets::json(&[row])?)?;
    let after = get(tx, id)?;
    if after != before {
        record(tx, actor, "quota.change", Some(&before), Some(&after), now)?;
        store::forget_freed(tx, &[id.0])?;
        let product_ids = store::list_products_of(tx, &[id.0])?;
        serve(tx, product_ids, now)?;
    }
    Ok(after)
}

/// Removes a quota: what it kept is everybody's at once.
pub fn remove(tx: &mut Connection, id: QuotaId, expected: &Expected, actor: &Actor, now: Timestamp) -> Result<()> {
    let quota = store::lock(tx, id)?.ok_or(Error::NotFound)?;
    expected.check(version(&quota))?;
    let product_ids = store::list_products_of(tx, &[id.0])?;
    store::delete(tx, id)?;
    record(tx, actor, "quota.remove", Some(&quota), None, now)?;
    serve(tx, product_ids, now)
}

/// The quotas of which the rest is to be given to everybody on a day, with the period's first day.
pub fn due(connection: &mut Connection, today: NaiveDate) -> Result<Vec<(QuotaId, NaiveDate)>> {
    let all = store::list_freed(connection)?;
    let due = all.into_iter().filter_map(|quota| {
        let starts_on = quota.period.start(today);
        let days = u64::try_from(quota.released_after_days?).ok()?;
        let released = starts_on.checked_add_days(chrono::Days::new(days))?;
        let is_new = quota.freed_until.is_none_or(|until| until < starts_on);
        (released <= today && is_new).then_some((quota.id, starts_on))
    });
    Ok(due.collect())
}

/// Gives the rest of a quota to everybody, once in a period.
pub fn release(tx: &mut Connection, id: QuotaId, starts_on: NaiveDate, now: Timestamp) -> Result<()> {
    if !store::note_freed(tx, id, starts_on)? {
        return Ok(());
    }
    let product_ids = store::list_products_of(tx, &[id.0])?;
    let zone = accounts::supplier_zone(tx)?;
    serve_products(tx, &product_ids, Cause::QuotaReleased(id), zone, now)
}

/// Says how an article or a category is shared from now on.
pub fn set_mode(tx: &mut Connection, new: &NewMode, actor: &Actor, now: Timestamp) -> Result<KeptMode> {
    let products = Products::with_skus(tx, &[new.key.as_str()])?;
    let row = files::read_mode(&cells(new, &files::MODES)?, &products).map_err(Error::Invalid)?;
    let (product_id, category) = (row.product_id, row.category.clone());
    let before = store::find_mode_of(tx, product_id, category.as_deref())?;
    let (key, only) = match product_id {
        Some(_) => ("product_id", "product_id IS NOT NULL"),
        None => ("category", "category IS NOT NULL"),
    };
    let upsert = files::ModeRow::TABLE.upsert(&[key], Some(only), &["mode", "weights"]);
    upsert.run(tx, &sets::json(&[row])?)?;
    let after = store::find_mode_of(tx, product_id, category.as_deref())?.ok_or(Error::NotFound)?;
    if before.as_ref() != Some(&after) {
        let (was, is) = (before.as_ref().map(NewMode::from), NewMode::from(&after));
        let entry = Entry::kept(
            "allocation_mode.set",
            None,
            after.id.to_string(),
            was.as_ref(),
            Some(&is),
        );
        audit::record(tx, actor, &entry, now)?;
        let product_ids = store::list_products_about(tx, product_id, category.as_deref())?;
        promise_products(tx, &product_ids, now)?;
    }
    Ok(after)
}

/// Removes a mode: from then on rank alone decides, or the mode of the article's category.
pub fn remove_mode(tx: &mut Connection, id: AllocationModeId, actor: &Actor, now: Timestamp) -> Result<()> {
    let mode = store::find_mode(tx, id)?.ok_or(Error::NotFound)?;
    store::delete_mode(tx, id)?;
    let was = NewMode::from(&mode);
    let entry = Entry::kept("allocation_mode.remove", None, id.to_string(), Some(&was), None);
    audit::record(tx, actor, &entry, now)?;
    let product_ids = store::list_products_about(tx, mode.product_id, mode.category.as_deref())?;
    promise_products(tx, &product_ids, now)
}

/// How an article is shared: as it says itself, or as its category does.
pub fn mode_of(connection: &mut Connection, product_id: ProductId) -> Result<(Mode, Weights)> {
    let modes = list_modes_of(connection, &[product_id])?;
    Ok(modes
        .into_iter()
        .next()
        .map(|(_, mode, weights)| (mode, weights))
        .unwrap_or_default())
}

/// Today, as quotas count.
pub fn today(connection: &mut Connection, now: Timestamp) -> Result<NaiveDate> {
    Ok(day_in(accounts::supplier_zone(connection)?, now))
}
