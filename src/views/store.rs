//! Saved views. Every query takes the person.

use crate::db::{Connection, sql};
use crate::error::Result;
use crate::ids::{PersonId, SavedViewId};

/// Id, name and query of the views that the person has of a list, by name.
pub fn list(
    connection: &mut Connection,
    person_id: PersonId,
    path: &str,
) -> Result<Vec<(SavedViewId, String, String)>> {
    sql("SELECT id, name, query FROM saved_views WHERE person_id = $1 AND list = $2 ORDER BY name")
        .bind(person_id)
        .bind(path)
        .rows(connection)
}

/// Keeps a view under its name, if the person has fewer than `views_max` of the list or has one of this name; how many
/// were written.
pub fn upsert(
    tx: &mut Connection,
    person_id: PersonId,
    path: &str,
    name: &str,
    query: &str,
    views_max: i64,
) -> Result<usize> {
    sql("INSERT INTO saved_views (id, person_id, list, name, query) \
         SELECT $1, $2, $3, $4, $5 WHERE (SELECT COUNT(*) FROM saved_views \
         WHERE person_id = $2 AND list = $3 AND name <> $4) < $6 \
         ON CONFLICT (person_id, list, name) DO UPDATE SET query = excluded.query")
    .bind(SavedViewId::new())
    .bind(person_id)
    .bind(path)
    .bind(name)
    .bind(query)
    .bind(views_max)
    .run(tx)
}

/// Deletes a view of the person; the list it was of, if there was one.
pub fn delete(tx: &mut Connection, person_id: PersonId, id: SavedViewId) -> Result<Option<String>> {
    sql("DELETE FROM saved_views WHERE person_id = $1 AND id = $2 RETURNING list")
        .bind(person_id)
        .bind(id)
        .first(tx)
}
