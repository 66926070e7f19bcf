//! Early access: new or scarce articles that some see and order earlier than others.

pub mod files;
pub mod rules;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use self::rules::EarlyAccess;
use crate::accounts::files::accounts::Accounts;
use crate::accounts::rules::Tier;
use crate::audit::{self, Actor, Entry};
use crate::catalogue::products::files::Products;
use crate::catalogue::sentences;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::{Code, Error, Result};
use crate::ids::EarlyAccessId;
use crate::kept;
use crate::version::Expected;

const COLUMNS: [&[&str]; 2] = [files::LAYOUT.required, files::LAYOUT.optional];

/// From when somebody may order something.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewEarlyAccess)]
pub struct NewEarlyAccess {
    /// The article; or else a category.
    #[schema(example = "22633")]
    sku: Option<String>,
    /// All articles of exactly this category; or else an article.
    category: Option<String>,
    /// Every account of the tier; without tier and account everybody.
    #[schema(value_type = Option<Tier>)]
    tier: Option<String>,
    /// Code of an account; without tier and account everybody.
    account: Option<String>,
    /// The first day it may be ordered, in the supplier's time zone.
    #[schema(value_type = String, format = Date, example = "2026-12-12")]
    from: String,
}

/// From when it may be ordered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PutEarlyAccess)]
pub struct EarlyAccessInput {
    /// The first day it may be ordered, in the supplier's time zone.
    #[schema(value_type = String, format = Date, example = "2026-12-12")]
    from: String,
}

impl From<&EarlyAccess> for NewEarlyAccess {
    fn from(early: &EarlyAccess) -> Self {
        Self {
            sku: early.sku().map(str::to_owned),
            category: early.category().map(str::to_owned),
            tier: early.tier().map(|tier| tier.name().to_owned()),
            account: early.account().map(str::to_owned),
            from: early.from.to_string(),
        }
    }
}

/// At most `limit` rows, the oldest first; of an account only those that name it.
pub fn list(
    connection: &mut Connection,
    account: Option<&str>,
    walk: impl Into<Walk<EarlyAccessId>>,
    limit: i64,
) -> Result<Vec<EarlyAccess>> {
    store::list(connection, account, walk.into(), limit)
}

/// The row with this id.
pub fn get(connection: &mut Connection, id: EarlyAccessId) -> Result<EarlyAccess> {
    store::find(connection, id)?.ok_or(Error::NotFound)
}

/// The version of a row.
pub fn version(early: &EarlyAccess) -> i64 {
    kept::version(&NewEarlyAccess::from(early))
}

fn record(
    tx: &mut Connection,
    actor: &Actor,
    action: &'static str,
    (was, is): (Option<&EarlyAccess>, Option<&EarlyAccess>),
    now: Timestamp,
) -> Result<()> {
    let Some(one) = is.or(was) else { return Ok(()) };
    let (old, new) = (was.map(NewEarlyAccess::from), is.map(NewEarlyAccess::from));
    let entry = Entry::kept(action, one.account_id(), one.id.to_string(), old.as_ref(), new.as_ref());
    audit::record(tx, actor, &entry, now)
}

/// What is checked as a row of the file is.
fn read(tx: &mut Connection, new: &NewEarlyAccess) -> Result<files::EarlyRow> {
    let (accounts, skus) = (Accounts::load(tx)?, new.sku.as_deref());
    let products = Products::with_skus(tx, &Vec::from_iter(skus))?;
    files::read(&kept::row(new, &COLUMNS)?, &accounts, &products).map_err(Error::Invalid)
}

/// Adds a row.
pub fn add(tx: &mut Connection, new: &NewEarlyAccess, actor: &Actor, now: Timestamp) -> Result<EarlyAccess> {
    let row = read(tx, new)?;
    let id = row.id();
    if !files::insert(tx, row)? {
        let at = if new.sku.as_ref().is_some_and(|sku| !sku.is_empty()) {
            "/sku"
        } else {
            "/category"
        };
        return Err(Error::invalid(at, Code::DuplicateKey, sentences::early_access_exists()));
    }
    let added = get(tx, id)?;
    record(tx, actor, "early_access.add", (None, Some(&added)), now)?;
    Ok(added)
}

/// Changes the day of a row.
pub fn change(
    tx: &mut Connection,
    id: EarlyAccessId,
    expected: &Expected,
    input: &EarlyAccessInput,
    actor: &Actor,
    now: Timestamp,
) -> Result<EarlyAccess> {
    let before = store::lock(tx, id)?.ok_or(Error::NotFound)?;
    expected.check(version(&before))?;
    let new = NewEarlyAccess {
        from: input.from.clone(),
        ..NewEarlyAccess::from(&before)
    };
    let row = read(tx, &new)?;
    if row.from() == before.from {
        return Ok(before);
    }
    store::update_day(tx, id, row.from())?;
    let after = get(tx, id)?;
    record(tx, actor, "early_access.change", (Some(&before), Some(&after)), now)?;
    Ok(after)
}

/// Takes a row away. What has none any more is everybody's.
pub fn remove(
    tx: &mut Connection,
    id: EarlyAccessId,
    expected: &Expected,
    actor: &Actor,
    now: Timestamp,
) -> Result<EarlyAccess> {
    let before = store::lock(tx, id)?.ok_or(Error::NotFound)?;
    expected.check(version(&before))?;
    store::delete(tx, id)?;
    record(tx, actor, "early_access.remove", (Some(&before), None), now)?;
    Ok(before)
}
