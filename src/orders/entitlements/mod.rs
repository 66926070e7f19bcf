//! Entitlements: who may use which order class, how often a month. A class that nobody is entitled to is everybody's.

pub mod api;
pub mod files;
pub mod rules;
pub mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;
pub mod words;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use self::rules::{CLASSES, Entitlement, IfNotEntitled, Month, Settled, Standing};
use crate::accounts::files::accounts::Accounts;
use crate::accounts::rules::Tier;
use crate::accounts::terms::{self, Terms};
use crate::audit::{self, Actor, Entry};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, EntitlementId};
use crate::kept::{self, IntegerText};
use crate::names::sets::OrderClass;
use crate::orders::sentences;
use crate::version::Expected;

const COLUMNS: [&[&str]; 2] = [files::LAYOUT.required, files::LAYOUT.optional];

/// An entitlement of an account or of a tier.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewEntitlement)]
pub struct NewEntitlement {
    /// Code of the account; or else a tier.
    account: Option<String>,
    /// Every account of the tier that has no entitlement of its own; or else an account.
    #[schema(value_type = Option<Tier>)]
    tier: Option<String>,
    /// `priority` or `critical`.
    #[schema(value_type = OrderClass)]
    order_class: String,
    /// Orders a month; as many as wanted if left out, 0: none.
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 1_000_000, example = 4)]
    per_month: Option<IntegerText>,
    /// Most lines of such an order; as many as an order may have if left out.
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 5000, example = 20)]
    lines_max: Option<IntegerText>,
}

/// How much may be used from now on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PutEntitlement)]
pub struct EntitlementInput {
    /// Orders a month; as many as wanted if left out, 0: none.
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 1_000_000, example = 4)]
    per_month: Option<IntegerText>,
    /// Most lines of such an order; as many as an order may have if left out.
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 5000, example = 20)]
    lines_max: Option<IntegerText>,
}

impl From<&Entitlement> for NewEntitlement {
    fn from(entitlement: &Entitlement) -> Self {
        let number =
            |number: Option<i64>| Some(IntegerText(number.map(|number| number.to_string()).unwrap_or_default()));
        Self {
            account: entitlement.account.clone(),
            tier: entitlement.tier.map(|tier| tier.name().to_owned()),
            order_class: entitlement.order_class.name().to_owned(),
            per_month: number(entitlement.grant.per_month),
            lines_max: number(entitlement.grant.lines_max),
        }
    }
}

/// What an account may use of these classes this month: one statement.
fn standings_of(
    connection: &mut Connection,
    terms: &Terms,
    classes: &[OrderClass],
    now: Timestamp,
) -> Result<Vec<Standing>> {
    let month = Month::at(terms.zone, now);
    let facts = store::list_facts(connection, (terms.account_id, terms.tier), classes, &month)?;
    let standing = |(order_class, facts, used): (OrderClass, rules::Facts, i64)| Standing {
        order_class,
        right: facts.right(),
        used,
        resets_on: month.resets_on,
    };
    Ok(facts.into_iter().map(standing).collect())
}

/// What the account may use of each class that somebody has to be entitled to.
pub fn standings(connection: &mut Connection, account_id: AccountId, now: Timestamp) -> Result<Vec<Standing>> {
    let terms = terms::load(connection, account_id)?;
    standings_of(connection, &terms, &CLASSES, now)
}

/// What becomes of an order of this class with so many lines. Asks the database nothing for a standard order. Whoever places
/// has locked the account before, so that no other order of it comes between.
pub fn settle(
    connection: &mut Connection,
    terms: &Terms,
    (order_class, otherwise): (OrderClass, IfNotEntitled),
    lines: usize,
    now: Timestamp,
) -> Result<Settled> {
    if !CLASSES.contains(&order_class) {
        return Ok(Settled::as_asked(order_class));
    }
    let standing = standings_of(connection, terms, &[order_class], now)?.pop();
    let standing = standing.ok_or_else(|| Error::internal("each class asked for is answered"))?;
    Settled::of(standing, lines, otherwise).map_err(|fault| Error::Invalid(vec![fault]))
}

/// Refuses an order of the class, which it has already, that would have so many lines; what is used of the class does not matter.
/// Asks the database nothing for a standard order.
pub fn must_fit(
    connection: &mut Connection,
    terms: &Terms,
    order_class: OrderClass,
    lines: usize,
    now: Timestamp,
) -> Result<()> {
    if !CLASSES.contains(&order_class) {
        return Ok(());
    }
    let standing = standings_of(connection, terms, &[order_class], now)?.pop();
    match standing.and_then(|standing| standing.too_long(lines)) {
        Some(fault) => Err(Error::Invalid(vec![fault])),
        None => Ok(()),
    }
}

/// At most `limit` entitlements, the oldest first; of an account only its own.
pub fn list(
    connection: &mut Connection,
    account: Option<&str>,
    walk: impl Into<Walk<EntitlementId>>,
    limit: i64,
) -> Result<Vec<Entitlement>> {
    store::list(connection, account, walk.into(), limit)
}

/// The entitlement with this id.
pub fn get(connection: &mut Connection, id: EntitlementId) -> Result<Entitlement> {
    store::find(connection, id)?.ok_or(Error::NotFound)
}

/// The version of an entitlement.
pub fn version(entitlement: &Entitlement) -> i64 {
    kept::version(&NewEntitlement::from(entitlement))
}

fn record(
    tx: &mut Connection,
    actor: &Actor,
    action: &'static str,
    (was, is): (Option<&Entitlement>, Option<&Entitlement>),
    now: Timestamp,
) -> Result<()> {
    let Some(one) = is.or(was) else { return Ok(()) };
    let (old, new) = (was.map(NewEntitlement::from), is.map(NewEntitlement::from));
    let entry = Entry::kept(action, one.account_id, one.id.to_string(), old.as_ref(), new.as_ref());
    audit::record(tx, actor, &entry, now)
}

/// Adds an entitlement.
pub fn add(tx: &mut Connection, new: &NewEntitlement, actor: &Actor, now: Timestamp) -> Result<Entitlement> {
    let accounts = Accounts::load(tx)?;
    let row = files::read(&kept::row(new, &COLUMNS)?, &accounts).map_err(Error::Invalid)?;
    let (id, order_class) = (row.id(), row.order_class());
    if !files::insert(tx, row)? {
        let detail = sentences::entitlement_exists(order_class.name());
        return Err(Error::invalid("/order_class", Code::DuplicateKey, detail));
    }
    let added = get(tx, id)?;
    record(tx, actor, "entitlement.add", (None, Some(&added)), now)?;
    Ok(added)
}

/// Changes how much may be used; whose it is and of which class stays.
pub fn change(
    tx: &mut Connection,
    id: EntitlementId,
    expected: &Expected,
    input: &EntitlementInput,
    actor: &Actor,
    now: Timestamp,
) -> Result<Entitlement> {
    let before = store::lock(tx, id)?.ok_or(Error::NotFound)?;
    expected.check(version(&before))?;
    let new = NewEntitlement {
        per_month: input.per_month.clone(),
        lines_max: input.lines_max.clone(),
        ..NewEntitlement::from(&before)
    };
    let accounts = Accounts::load(tx)?;
    let row = files::read(&kept::row(&new, &COLUMNS)?, &accounts).map_err(Error::Invalid)?;
    files::store(tx, &row)?;
    let after = get(tx, id)?;
    if after != before {
        record(tx, actor, "entitlement.change", (Some(&before), Some(&after)), now)?;
    }
    Ok(after)
}

/// Takes an entitlement away. Once the last one to a class is gone, everybody may use it.
pub fn remove(
    tx: &mut Connection,
    id: EntitlementId,
    expected: &Expected,
    actor: &Actor,
    now: Timestamp,
) -> Result<Entitlement> {
    let before = store::lock(tx, id)?.ok_or(Error::NotFound)?;
    expected.check(version(&before))?;
    store::delete(tx, id)?;
    record(tx, actor, "entitlement.remove", (Some(&before), None), now)?;
    Ok(before)
}
