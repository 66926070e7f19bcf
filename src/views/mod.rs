//! Saved views: a name that a person gives to the filter and sort of a list.

pub mod pages;
pub mod routes;
pub mod sentences;
mod store;

use url::form_urlencoded;

use crate::db::{Connection, Database};
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{PersonId, SavedViewId};

/// Most views that a person has of a list.
pub const VIEWS_MAX: i64 = 30;
/// Longest name, in characters.
const NAME_CHARS_MAX: usize = 60;
/// Longest query, in bytes.
const QUERY_BYTES_MAX: usize = 1_000;

/// Id, name and query of the views that the person saved of the list at `path`, by name.
pub async fn of(db: &Database, person_id: PersonId, path: &'static str) -> Result<Vec<(SavedViewId, String, String)>> {
    db.read(move |connection| store::list(connection, person_id, path))
        .await
}

/// Saves a view; one of the same name is replaced. Where it leads.
pub fn save(tx: &mut Connection, person_id: PersonId, path: &str, name: &str, query: &str) -> Result<String> {
    let name = name.trim();
    let mut faults = Vec::new();
    if name.is_empty() {
        faults.push(FieldError::new("/name", Code::Required, sentences::view_needs_name()));
    }
    if name.chars().count() > NAME_CHARS_MAX {
        let detail = sentences::view_name_too_long(NAME_CHARS_MAX);
        faults.push(FieldError::new("/name", Code::ValueTooLong, detail));
    }
    let is_list = path.starts_with('/')
        && !path.starts_with("//")
        && path.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '/' | '-'));
    if !is_list || query.len() > QUERY_BYTES_MAX {
        let detail = sentences::save_from_list();
        faults.push(FieldError::new("/query", Code::ValueInvalid, detail));
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    // Nothing but parameters is kept, and no place in the list.
    let parameters = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "cursor");
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish();
    let query = query.as_str();
    if store::upsert(tx, person_id, path, name, query, VIEWS_MAX)? == 0 {
        let detail = sentences::too_many_views(VIEWS_MAX);
        return Err(Error::invalid("/list", Code::ValueInvalid, detail));
    }
    Ok(format!("{path}?{query}"))
}

/// Deletes a view of the person; the list it was of.
pub fn delete(tx: &mut Connection, person_id: PersonId, id: SavedViewId) -> Result<String> {
    store::delete(tx, person_id, id)?.ok_or(Error::NotFound)
}
