//! Carriers: who carries goods, and where each of them tells how far a parcel is.

pub mod files;
pub mod rules;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use self::rules::{CARRIERS_MAX, Carrier, is_template};
pub use self::store::{find, list as list_all};
use super::sentences;
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::CarrierId;
use crate::limits;
use crate::version::{Expected, of_content};

/// Where that carrier tells how far a parcel is. Carriers are read only where there is a number to look up.
pub fn tracking_url(
    connection: &mut Connection,
    carrier: Option<&str>,
    number: Option<&str>,
) -> Result<Option<String>> {
    let Some((carrier, number)) = carrier.zip(number) else {
        return Ok(None);
    };
    Ok(rules::link(&list_all(connection)?, carrier, number))
}

/// What papers call that carrier: the name it is kept by. Carriers are read only where there is one.
pub fn called(connection: &mut Connection, carrier: Option<String>) -> Result<Option<String>> {
    match carrier {
        Some(carrier) => Ok(Some(rules::called(&list_all(connection)?, carrier))),
        None => Ok(None),
    }
}

fn checked(carrier: Carrier) -> Result<Carrier> {
    let mut faults = Vec::new();
    for (field, text, max) in [
        ("code", &carrier.code, limits::CODE),
        ("name", &carrier.name, limits::NAME),
    ] {
        let chars = text.chars().count();
        if text.is_empty() || chars > max {
            let detail = sentences::carrier_text(chars, max);
            faults.push(FieldError::new(format!("/{field}"), Code::ValueInvalid, detail));
        }
    }
    if let Some(url) = carrier.tracking_url.as_deref().filter(|url| !is_template(url)) {
        let detail = sentences::carrier_url(url, rules::PLACEHOLDER);
        faults.push(FieldError::new("/tracking_url", Code::ValueInvalid, detail));
    }
    match faults.is_empty() {
        true => Ok(carrier),
        false => Err(Error::Invalid(faults)),
    }
}

fn tidy(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Adds a carrier.
pub fn add(
    tx: &mut Connection,
    (code, name, tracking_url): (&str, &str, Option<String>),
    actor: &Actor,
    now: Timestamp,
) -> Result<Carrier> {
    let carrier = checked(Carrier {
        id: CarrierId::new(),
        code: code.trim().to_owned(),
        name: name.trim().to_owned(),
        tracking_url: tidy(tracking_url),
    })?;
    if list_all(tx)?.len() >= CARRIERS_MAX {
        let detail = sentences::carrier_too_many(CARRIERS_MAX);
        return Err(Error::invalid("/code", Code::ValueInvalid, detail));
    }
    store::insert(tx, &carrier)?;
    let entry = audit::Entry::kept("carrier.add", None, carrier.id.to_string(), None, Some(&carrier));
    audit::record(tx, actor, &entry, now)?;
    Ok(carrier)
}

/// What to change of a carrier; what is left out stays.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub name: Option<String>,
    /// Empty takes it away.
    pub tracking_url: Option<Option<String>>,
}

/// Changes a carrier; shipments show what it says now.
pub fn change(
    tx: &mut Connection,
    id: CarrierId,
    expected: &Expected,
    change: Change,
    actor: &Actor,
    now: Timestamp,
) -> Result<Carrier> {
    let before = store::lock(tx, id)?.ok_or(Error::NotFound)?;
    expected.check(of_content(&before)?)?;
    let after = checked(Carrier {
        name: change
            .name
            .map_or_else(|| before.name.clone(), |name| name.trim().to_owned()),
        tracking_url: change.tracking_url.map_or_else(|| before.tracking_url.clone(), tidy),
        ..before.clone()
    })?;
    store::update(tx, &after)?;
    let entry = audit::Entry::kept("carrier.change", None, id.to_string(), Some(&before), Some(&after));
    audit::record(tx, actor, &entry, now)?;
    Ok(after)
}

/// Takes a carrier away; shipments keep its name as plain text.
pub fn remove(tx: &mut Connection, id: CarrierId, expected: &Expected, actor: &Actor, now: Timestamp) -> Result<()> {
    let before = store::lock(tx, id)?.ok_or(Error::NotFound)?;
    expected.check(of_content(&before)?)?;
    store::delete(tx, id)?;
    let entry = audit::Entry::kept("carrier.remove", None, id.to_string(), Some(&before), None);
    audit::record(tx, actor, &entry, now)
}
