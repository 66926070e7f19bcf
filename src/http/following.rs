//! Staying in step with a list: `?updated_since=` in, what changed and what is gone since then out, and the moment to ask with
//! next time.
//!
//! One walk serves every list. It goes through what is noted of the list ([`crate::db::changes`]) from the change that is the oldest,
//! asks the list for the rows with these ids, and tells of those it doesn't give that they are gone.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};

use super::paging::{Limit, List, Page};
use crate::clock::{self, rfc3339};
use crate::db::changes::{self, Followed, KEPT_DAYS, Place};
use crate::db::seek::Walk;
use crate::db::{Connection, Database};
use crate::error::{Code, Error, Result};
use crate::ids::Id;
use crate::sentences;

/// Of a list only what was added, changed or removed at this moment or later (RFC 3339), the first change first; what is gone stands in
/// `removed`. `next_updated_since` is what to ask with next time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "i64")]
pub struct Since(pub(super) i64);

impl TryFrom<String> for Since {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let at = DateTime::parse_from_rfc3339(text.trim()).ok();
        at.map(|at| Self(at.timestamp_micros()))
            .ok_or_else(|| "a moment as of RFC 3339, such as 2026-11-03T09:30:00Z, is asked for".to_owned())
    }
}

impl From<Since> for i64 {
    fn from(since: Since) -> Self {
        since.0
    }
}

impl utoipa::PartialSchema for Since {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .max_length(Some(40))
            .into()
    }
}

impl utoipa::ToSchema for Since {
    fn name() -> Cow<'static, str> {
        "Since".into()
    }
}

/// Which page of a list that nothing filters, and since when.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct FollowedPage {
    /// Only what was added, changed or removed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    #[param(required = false)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

impl FollowedPage {
    /// The page that is asked for.
    pub fn page(self) -> Page {
        Page::new(self.limit, self.cursor).since(self.updated_since)
    }
}

/// Something that is in the list no more.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RemovedView {
    id: String,
    /// When it was last changed.
    removed_at: String,
}

/// What a page of changes holds.
pub(super) struct Changed<R> {
    pub(super) rows: Vec<R>,
    pub(super) removed: Vec<RemovedView>,
    /// Where the next one begins, if there is one.
    pub(super) next: Option<Place>,
}

/// The first place of a walk through what changed since.
pub(super) fn beginning(since: Since) -> Place {
    // Ids are larger than 0.
    (since.0, 0)
}

/// When to ask from next time, for whoever asked for the horizon before reading.
pub(super) fn next_since(horizon: i64) -> String {
    rfc3339(changes::moment(horizon))
}

/// Refuses a moment of which nobody knows any more what changed since.
pub(super) fn refuse_forgotten(connection: &mut Connection, followed: Followed, since: Since) -> Result<()> {
    let kept_from = changes::micros(clock::real() - TimeDelta::days(KEPT_DAYS));
    if since.0 < kept_from || since.0 <= followed.told_from(connection)? {
        let detail = sentences::since_is_forgotten(KEPT_DAYS);
        return Err(Error::invalid("/updated_since", Code::UpdatedSinceForgotten, detail));
    }
    Ok(())
}

/// At most `limit` changes behind `place`: `read` gives the rows with these ids, `id` the one of each.
pub(super) fn changed<R, I: Id>(
    connection: &mut Connection,
    followed: Followed,
    place: Place,
    limit: i64,
    read: impl Fn(&mut Connection, Arc<[i64]>, i64) -> Result<Vec<R>>,
    id: impl Fn(&R) -> I,
) -> Result<Changed<R>> {
    let mut noted = followed.list(connection, place, limit + 1)?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = noted.len() > shown;
    noted.truncate(shown);
    let next = noted.last().filter(|_| has_more).map(changes::Noted::place);
    let mut ids: Vec<_> = noted.iter().map(|noted| noted.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut found: HashMap<i64, R> = HashMap::new();
    if !ids.is_empty() {
        let count = i64::try_from(ids.len()).unwrap_or(limit);
        let rows = read(connection, ids.into(), count)?;
        found.extend(rows.into_iter().map(|row| (id(&row).number(), row)));
    }
    let (mut rows, mut gone, mut told) = (Vec::new(), Vec::new(), Vec::new());
    for noted in noted {
        match found.remove(&noted.id) {
            Some(row) => {
                told.push(noted.id);
                rows.push(row);
            }
            None if told.contains(&noted.id) => {}
            None => gone.push(noted),
        }
    }
    let removed = followed
        .told_gone(connection, gone)?
        .into_iter()
        .map(|noted| RemovedView {
            id: I::of(noted.id).to_string(),
            removed_at: rfc3339(noted.at()),
        });
    let removed = removed.collect();
    Ok(Changed { rows, removed, next })
}

impl Page {
    /// The page of a list that is followed: `read` gives rows of a part of it, `keys` the sort keys of a row, `id` its id, `view` what is
    /// shown of it.
    pub async fn list<F, K, R, I, T>(
        &self,
        db: &Database,
        (followed, filter): (Followed, &F),
        read: impl Fn(&mut Connection, Walk<K>, i64) -> Result<Vec<R>> + Send + 'static,
        (keys, id, view): (impl Fn(&R) -> K, fn(&R) -> I, impl Fn(R) -> T),
    ) -> Result<List<T>>
    where
        F: Serialize + ?Sized,
        K: Serialize + DeserializeOwned + Clone + Send + 'static,
        R: Send + 'static,
        I: Id,
        T: utoipa::ToSchema,
    {
        let fetch = self.fetch();
        let Some(since) = self.since else {
            let after: Option<K> = self.after(filter)?;
            let rows = db.read(move |connection| read(connection, after.clone().into(), fetch));
            return List::of(self, filter, rows.await?, keys, view);
        };
        let filter = ("updated_since", since, filter);
        let (horizon, place) = match self.after(&filter)? {
            Some(going_on) => going_on,
            None => (db.horizon().await?, beginning(since)),
        };
        let limit = self.limit;
        let page = move |connection: &mut Connection| {
            refuse_forgotten(connection, followed, since)?;
            let among = |connection: &mut Connection, ids, count| read(connection, Walk::Among(ids), count);
            changed(connection, followed, place, limit, among, id)
        };
        let changed = db.read(page).await?;
        let next = changed
            .next
            .map(|next| super::cursor::encode(&filter, &(horizon, next)));
        Ok(List {
            data: changed.rows.into_iter().map(view).collect(),
            next_cursor: next.transpose()?,
            removed: Some(changed.removed),
            next_updated_since: Some(next_since(horizon)),
        })
    }
}
