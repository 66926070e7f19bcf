//! What is offered instead of an article that has ended, comes no more or has to be waited for: its successor, or an alternative.
//! Nothing is ever taken instead of something else without the buyer's yes.
//!
//! - [`offering`]: what an account could take instead, how much of it, and what it costs today

pub mod files;
pub mod offering;
pub mod routes;
pub mod rules;
pub mod sentences;
pub mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;
pub mod words;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use self::rules::{Substitute, SubstituteKind};
use crate::audit::{self, Actor, Entry};
use crate::catalogue::products::files::Products;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::{Code, Error, Result};
use crate::ids::{ProductId, SubstituteId};
use crate::kept::{self, DecimalText};
use crate::version::Expected;

const COLUMNS: [&[&str]; 2] = [files::LAYOUT.required, files::LAYOUT.optional];

/// An article that is offered instead of another one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewSubstitute)]
pub struct NewSubstitute {
    /// The article.
    #[schema(example = "22633")]
    sku: String,
    /// What is offered instead of it.
    #[schema(example = "22634")]
    substitute: String,
    #[schema(value_type = SubstituteKind)]
    kind: String,
    /// How many base units of the substitute stand for one base unit of the article, above zero, at most 6 decimals; 1 if left out.
    #[schema(value_type = Option<DecimalText>, example = "1.5")]
    ratio: Option<DecimalText>,
}

/// How it is offered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PutSubstitute)]
pub struct SubstituteInput {
    #[schema(value_type = SubstituteKind)]
    kind: String,
    /// How many base units of the substitute stand for one base unit of the article, above zero, at most 6 decimals; 1 if left out.
    #[schema(value_type = Option<DecimalText>, example = "1.5")]
    ratio: Option<DecimalText>,
}

impl From<&Substitute> for NewSubstitute {
    fn from(one: &Substitute) -> Self {
        Self {
            sku: one.article.sku.clone(),
            substitute: one.substitute.sku.clone(),
            kind: one.kind.name().to_owned(),
            ratio: Some(DecimalText(one.ratio().to_string())),
        }
    }
}

/// At most `limit` of them, the oldest first; of an article only those that are offered instead of it, or that it is offered as.
pub fn list(
    connection: &mut Connection,
    sku: Option<&str>,
    walk: impl Into<Walk<SubstituteId>>,
    limit: i64,
) -> Result<Vec<Substitute>> {
    store::list(connection, sku, walk.into(), limit)
}

/// What is offered instead of a product, and what it is offered instead of.
pub fn list_of_product(connection: &mut Connection, id: ProductId) -> Result<Vec<Substitute>> {
    store::list_of_product(connection, id)
}

/// The one with this id.
pub fn get(connection: &mut Connection, id: SubstituteId) -> Result<Substitute> {
    store::find(connection, id)?.ok_or(Error::NotFound)
}

/// Its version.
pub fn version(one: &Substitute) -> i64 {
    kept::version(&NewSubstitute::from(one))
}

fn record(
    tx: &mut Connection,
    actor: &Actor,
    action: &'static str,
    (was, is): (Option<&Substitute>, Option<&Substitute>),
    now: Timestamp,
) -> Result<()> {
    let Some(one) = is.or(was) else { return Ok(()) };
    let (old, new) = (was.map(NewSubstitute::from), is.map(NewSubstitute::from));
    let entry = Entry::kept(action, None, one.id.to_string(), old.as_ref(), new.as_ref());
    audit::record(tx, actor, &entry, now)
}

/// What is checked as a row of the file is.
fn read(tx: &mut Connection, new: &NewSubstitute) -> Result<files::SubstituteRow> {
    let products = Products::with_skus(tx, &[new.sku.as_str(), new.substitute.as_str()])?;
    files::read(&kept::row(new, &COLUMNS)?, &products).map_err(Error::Invalid)
}

/// Offers an article instead of another one.
pub fn add(tx: &mut Connection, new: &NewSubstitute, actor: &Actor, now: Timestamp) -> Result<Substitute> {
    let row = read(tx, new)?;
    let id = row.id();
    if !files::insert(tx, row)? {
        let detail = sentences::substitute_exists(&new.sku, &new.substitute);
        return Err(Error::invalid("/substitute", Code::DuplicateKey, detail));
    }
    let added = get(tx, id)?;
    record(tx, actor, "substitute.add", (None, Some(&added)), now)?;
    Ok(added)
}

/// Changes how it is offered; which article it is, and instead of which, stays.
pub fn change(
    tx: &mut Connection,
    id: SubstituteId,
    expected: &Expected,
    input: &SubstituteInput,
    actor: &Actor,
    now: Timestamp,
) -> Result<Substitute> {
    let before = store::lock(tx, id)?.ok_or(Error::NotFound)?;
    expected.check(version(&before))?;
    let new = NewSubstitute {
        kind: input.kind.clone(),
        ratio: input.ratio.clone(),
        ..NewSubstitute::from(&before)
    };
    let row = read(tx, &new)?;
    if (row.kind(), row.ratio_micros()) == (before.kind, before.ratio_micros) {
        return Ok(before);
    }
    store::update(tx, id, row.kind(), row.ratio_micros())?;
    let after = get(tx, id)?;
    record(tx, actor, "substitute.change", (Some(&before), Some(&after)), now)?;
    Ok(after)
}

/// Offers it no more.
pub fn remove(
    tx: &mut Connection,
    id: SubstituteId,
    expected: &Expected,
    actor: &Actor,
    now: Timestamp,
) -> Result<Substitute> {
    let before = store::lock(tx, id)?.ok_or(Error::NotFound)?;
    expected.check(version(&before))?;
    store::delete(tx, id)?;
    record(tx, actor, "substitute.remove", (Some(&before), None), now)?;
    Ok(before)
}
