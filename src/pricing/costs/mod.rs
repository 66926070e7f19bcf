//! What products cost the supplier, and how little may be earned of them: for the staff who set prices and keep the books, and for
//! nobody else. No answer, page, file, mail or paper of an account says any of it.

pub mod files;
pub mod rules;
pub mod sentences;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use self::rules::{Action, Cost, Costs, Floor, Floors};
use crate::audit::{self, Actor, Entry};
use crate::catalogue::products::files::Products;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::{Error, Result};
use crate::ids::{ProductCostId, ProductId};
use crate::kept::{self, DecimalText};
use crate::money::Currency;

const COLUMNS: [&[&str]; 2] = [files::COSTS.required, files::COSTS.optional];
const FLOOR_COLUMNS: [&[&str]; 2] = [files::FLOORS.required, files::FLOORS.optional];

/// What a product costs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = KeepCost)]
pub struct NewCost {
    sku: String,
    /// Of one base unit, not below zero, at most six decimals.
    #[schema(example = "1.85")]
    cost: DecimalText,
    /// ISO 4217.
    #[schema(example = "EUR")]
    currency: String,
    /// First day, `YYYY-MM-DD`; always, if left out.
    valid_from: Option<String>,
}

impl From<&Cost> for NewCost {
    fn from(cost: &Cost) -> Self {
        Self {
            sku: cost.sku.clone(),
            cost: DecimalText(cost.cost.to_string()),
            currency: cost.currency.code().to_owned(),
            valid_from: Some(cost.valid_from.map_or_else(String::new, |day| day.to_string())),
        }
    }
}

/// How little may be earned.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MarginFloorBody)]
pub struct FloorInput {
    /// Of products of this category; of all without a floor of their own where it is left out.
    category: Option<String>,
    /// Of the price without tax; at least so much is earned. 0 to 99.9999.
    #[schema(example = "12.5")]
    percent: DecimalText,
    #[schema(value_type = Action)]
    action: String,
}

impl FloorInput {
    /// One as a form says it.
    pub fn new(category: Option<String>, percent: DecimalText, action: &str) -> Self {
        Self {
            category,
            percent,
            action: action.to_owned(),
        }
    }
}

impl From<&Floor> for FloorInput {
    fn from(floor: &Floor) -> Self {
        Self {
            category: floor.category.clone(),
            percent: DecimalText(floor.percent()),
            action: floor.action.name().to_owned(),
        }
    }
}

/// At most `limit` costs, the oldest first; of one product where its number is given.
pub fn list(
    connection: &mut Connection,
    sku: Option<&str>,
    walk: impl Into<Walk<ProductCostId>>,
    limit: i64,
) -> Result<Vec<Cost>> {
    store::list(connection, sku, walk.into(), limit)
}

/// The one with this id.
pub fn get(connection: &mut Connection, id: ProductCostId) -> Result<Cost> {
    store::find(connection, id)?.ok_or(Error::NotFound)
}

fn record(
    tx: &mut Connection,
    actor: &Actor,
    action: &'static str,
    (was, is): (Option<&Cost>, Option<&Cost>),
    now: Timestamp,
) -> Result<()> {
    let Some(cost) = is.or(was) else { return Ok(()) };
    let (old, new) = (was.map(NewCost::from), is.map(NewCost::from));
    let entry = Entry::kept(action, None, cost.id.to_string(), old.as_ref(), new.as_ref());
    audit::record(tx, actor, &entry, now)
}

/// Keeps what a product costs from a day on, instead of what was kept for it from the same day.
pub fn keep(tx: &mut Connection, new: &NewCost, actor: &Actor, now: Timestamp) -> Result<Cost> {
    let products = Products::with_skus(tx, &[new.sku.as_str()])?;
    let row = files::read_cost(&kept::row(new, &COLUMNS)?, &products).map_err(Error::Invalid)?;
    let before = store::find_by_key(tx, &row)?;
    files::keep(tx, &row)?;
    let after = store::find_by_key(tx, &row)?.ok_or_else(|| Error::internal("a cost that was kept is gone"))?;
    if before.as_ref() != Some(&after) {
        record(tx, actor, "cost.keep", (before.as_ref(), Some(&after)), now)?;
    }
    Ok(after)
}

/// Forgets a cost.
pub fn remove(tx: &mut Connection, id: ProductCostId, actor: &Actor, now: Timestamp) -> Result<()> {
    let before = get(tx, id)?;
    store::delete(tx, id)?;
    record(tx, actor, "cost.remove", (Some(&before), None), now)
}

/// All floors, that of everything first.
pub fn floors(connection: &mut Connection) -> Result<Floors> {
    Ok(Floors(store::list_floors(connection)?))
}

/// Keeps these floors and no others.
pub fn set_floors(tx: &mut Connection, inputs: &[FloorInput], actor: &Actor, now: Timestamp) -> Result<Floors> {
    let before = floors(tx)?;
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    let mut seen = std::collections::HashSet::new();
    for (place, input) in inputs.iter().enumerate() {
        match files::read_floor(&kept::row(input, &FLOOR_COLUMNS)?) {
            Ok(row) if seen.insert(row.category().to_owned()) => rows.push(row),
            Ok(_) => faults.push(files::twice(format!("/floors/{place}/category"))),
            Err(found) => faults.extend(found.into_iter().map(|mut fault| {
                fault.pointer = format!("/floors/{place}{}", fault.pointer);
                fault
            })),
        }
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    files::replace_floors(tx, &rows)?;
    let after = floors(tx)?;
    if after != before {
        let told = |floors: &Floors| floors.0.iter().map(FloorInput::from).collect::<Vec<_>>();
        let (old, new) = (told(&before), told(&after));
        let entry = Entry::kept(
            "margin_floors.set",
            None,
            "margin_floors".to_owned(),
            Some(&old),
            Some(&new),
        );
        audit::record(tx, actor, &entry, now)?;
    }
    Ok(after)
}

/// What these products cost on a day in a currency: one statement.
pub fn load(
    connection: &mut Connection,
    product_ids: &[ProductId],
    currency: Currency,
    on: NaiveDate,
) -> Result<Costs> {
    let rows = store::costs_on(connection, product_ids, currency, on)?;
    Ok(Costs(rows.into_iter().collect::<HashMap<_, _>>()))
}
