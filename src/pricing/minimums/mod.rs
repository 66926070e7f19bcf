//! What an order of an account must come to at least, as staff keep it. It is tested on what the goods come to without tax.

pub mod files;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::sentences;
use crate::accounts::files::accounts::Accounts;
use crate::audit::{self, Actor, Entry};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, OrderMinimumId};
use crate::kept::{self, DecimalText};
use crate::money::Money;
use crate::version::Expected;

const COLUMNS: [&[&str]; 2] = [files::LAYOUT.required, files::LAYOUT.optional];

/// What orders of an account must come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptMinimum {
    pub id: OrderMinimumId,
    pub account_id: AccountId,
    /// Its code.
    pub account: String,
    pub name: String,
    pub minimum: Money,
}

/// What orders of an account must come to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CreateOrderMinimum)]
pub struct NewMinimum {
    /// Code of the account; never changes.
    #[schema(example = "NORDWIND")]
    account: String,
    /// Without tax, in the account's currency, above zero.
    #[schema(example = "250.00")]
    minimum: DecimalText,
}

/// What orders must come to from now on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PutOrderMinimum)]
pub struct MinimumInput {
    /// Without tax, in the account's currency, above zero.
    #[schema(example = "250.00")]
    minimum: DecimalText,
}

impl From<&KeptMinimum> for NewMinimum {
    fn from(kept: &KeptMinimum) -> Self {
        Self {
            account: kept.account.clone(),
            minimum: DecimalText(kept.minimum.to_string()),
        }
    }
}

/// At most `limit` minimums, the oldest first; of an account only its own.
pub fn list(
    connection: &mut Connection,
    account: Option<&str>,
    walk: impl Into<Walk<OrderMinimumId>>,
    limit: i64,
) -> Result<Vec<KeptMinimum>> {
    store::list(connection, account, walk.into(), limit)
}

/// The minimum with this id.
pub fn get(connection: &mut Connection, id: OrderMinimumId) -> Result<KeptMinimum> {
    store::find(connection, id)?.ok_or(Error::NotFound)
}

/// The version of a minimum.
pub fn version(kept: &KeptMinimum) -> i64 {
    kept::version(&NewMinimum::from(kept))
}

fn record(
    tx: &mut Connection,
    actor: &Actor,
    action: &'static str,
    (was, is): (Option<&KeptMinimum>, Option<&KeptMinimum>),
    now: Timestamp,
) -> Result<()> {
    let Some(one) = is.or(was) else { return Ok(()) };
    let (old, new) = (was.map(NewMinimum::from), is.map(NewMinimum::from));
    let entry = Entry::kept(
        action,
        Some(one.account_id),
        one.id.to_string(),
        old.as_ref(),
        new.as_ref(),
    );
    audit::record(tx, actor, &entry, now)
}

fn read(tx: &mut Connection, new: &NewMinimum) -> Result<files::MinimumRow> {
    let accounts = Accounts::load(tx)?;
    files::read(&kept::row(new, &COLUMNS)?, &accounts).map_err(Error::Invalid)
}

/// Sets what orders of an account must come to from now on.
pub fn add(tx: &mut Connection, new: &NewMinimum, actor: &Actor, now: Timestamp) -> Result<KeptMinimum> {
    let duplicate = || Error::invalid("/account", Code::DuplicateKey, sentences::minimum_exists());
    let row = read(tx, new)?;
    let id = row.id();
    if !files::insert(tx, row)? {
        return Err(duplicate());
    }
    let added = get(tx, id)?;
    record(tx, actor, "order_minimum.add", (None, Some(&added)), now)?;
    Ok(added)
}

/// Changes what orders of an account must come to from now on.
pub fn change(
    tx: &mut Connection,
    id: OrderMinimumId,
    expected: &Expected,
    input: &MinimumInput,
    actor: &Actor,
    now: Timestamp,
) -> Result<KeptMinimum> {
    let before = store::lock(tx, id)?.ok_or(Error::NotFound)?;
    expected.check(version(&before))?;
    let new = NewMinimum {
        account: before.account.clone(),
        minimum: input.minimum.clone(),
    };
    let row = read(tx, &new)?;
    files::store(tx, &row)?;
    let after = get(tx, id)?;
    if after != before {
        record(tx, actor, "order_minimum.change", (Some(&before), Some(&after)), now)?;
    }
    Ok(after)
}

/// Takes a minimum away: orders of the account may come to anything.
pub fn remove(
    tx: &mut Connection,
    id: OrderMinimumId,
    expected: &Expected,
    actor: &Actor,
    now: Timestamp,
) -> Result<KeptMinimum> {
    let before = store::lock(tx, id)?.ok_or(Error::NotFound)?;
    expected.check(version(&before))?;
    store::delete(tx, id)?;
    record(tx, actor, "order_minimum.remove", (Some(&before), None), now)?;
    Ok(before)
}
