//! Everything of a kind, or what changed of it, a JSON object a line, read a page at a time while the answer goes out: each page is one
//! short read, so neither memory nor the database holds more, and where nobody listens any more the next page is not read.
//!
//! Behind each page stands a line with a cursor: whoever was cut off goes on there. The last line says that it is the last, and what to
//! ask with for what changes from now on.

use actix_web::HttpResponse;
use actix_web::web::Bytes;
use futures_util::stream::try_unfold;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::IntoParams;

use super::cursor;
use super::following::{self, RemovedView, Since};
use super::rows::rows_answer;
use crate::cpu;
use crate::db::changes::{Followed, Place};
use crate::db::seek::Walk;
use crate::db::{Connection, Database};
use crate::error::{Error, Result};
use crate::ids::Id;

/// How many rows a page has.
#[derive(Debug, Clone, Copy)]
pub enum Lines {
    Rows,
    /// Whole documents: each may have thousands of lines.
    Documents,
}

impl Lines {
    const fn of_page(self) -> i64 {
        match self {
            Self::Rows => 500,
            Self::Documents => 20,
        }
    }
}

/// Where an export goes on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ExportAfter {
    /// The last `cursor` that came: the export goes on behind it.
    pub after: Option<String>,
}

/// What of all there is is exported, and where it goes on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ExportSince {
    /// Only what was added, changed or removed at this moment or later. What is gone is a line `{"id":"…","removed_at":"…"}`.
    #[param(inline)]
    pub updated_since: Option<Since>,
    /// The last `cursor` that came: the export goes on behind it.
    pub after: Option<String>,
}

/// The same of one account where one is named.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ExportOfAccount {
    /// Only of the account with this code.
    pub account: Option<String>,
    /// Only what was added, changed or removed at this moment or later. What is gone is a line `{"id":"…","removed_at":"…"}`.
    #[param(inline)]
    pub updated_since: Option<Since>,
    /// The last `cursor` that came: the export goes on behind it.
    pub after: Option<String>,
}

impl ExportOfAccount {
    /// Without the account.
    pub fn since(&self) -> ExportSince {
        ExportSince {
            updated_since: self.updated_since,
            after: self.after.clone(),
        }
    }
}

/// Which line of a followed export comes next.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step<K> {
    Row(Option<K>),
    Change(Place),
}

#[derive(Serialize)]
#[serde(untagged)]
enum Line<T> {
    Row(T),
    Removed(RemovedView),
}

/// Answers with everything that `read` finds of a list that is followed, or with what changed of it. `read` is asked for a part of it of at
/// most so many rows, and gives each with its keys and its id; `filter` is what else decides which rows there are.
pub async fn export<F, K, I, T>(
    db: &Database,
    (followed, filter): (Followed, &F),
    params: &ExportSince,
    lines: Lines,
    read: impl Fn(&mut Connection, Walk<K>, i64) -> Result<Vec<(K, I, T)>> + Clone + Send + 'static,
) -> Result<HttpResponse>
where
    F: Serialize + ?Sized,
    K: Serialize + DeserializeOwned + Clone + Send + 'static,
    I: Id,
    T: Serialize + Send + 'static,
{
    let since = params.updated_since;
    let filter = (filter, since);
    let going_on: Option<(i64, Step<K>)> = decoded(&filter, params.after.as_deref())?;
    let (horizon, first) = match (going_on, since) {
        (Some(going_on), _) => going_on,
        (None, None) => (db.horizon().await?, Step::Row(None)),
        (None, Some(since)) => (db.horizon().await?, Step::Change(following::beginning(since))),
    };
    if let Some(since) = since {
        db.read(move |connection| following::refuse_forgotten(connection, followed, since))
            .await?;
    }
    let limit = lines.of_page();
    let page = move |connection: &mut Connection, (_, step): (i64, Step<K>)| match step {
        Step::Row(after) => {
            let found = read(connection, after.into(), limit)?;
            let last = found.last().map(|(keys, ..)| (horizon, Step::Row(Some(keys.clone()))));
            let has_more = i64::try_from(found.len()).is_ok_and(|found| found == limit);
            Ok(Part {
                lines: found.into_iter().map(|(.., row)| Line::Row(row)).collect(),
                last,
                has_more,
            })
        }
        Step::Change(place) => {
            let among = |connection: &mut Connection, ids, count| read(connection, Walk::Among(ids), count);
            let changed = following::changed(connection, followed, place, limit, among, |(_, id, _)| *id)?;
            let rows = changed.rows.into_iter().map(|(.., row)| Line::Row(row));
            Ok(Part {
                lines: rows.chain(changed.removed.into_iter().map(Line::Removed)).collect(),
                has_more: changed.next.is_some(),
                last: changed.next.map(|place| (horizon, Step::Change(place))),
            })
        }
    };
    let end = json!({ "next_updated_since": following::next_since(horizon) });
    pages(
        db,
        cursor::mark(&filter)?,
        Some((horizon, first)),
        end,
        move |connection, step| {
            // There is always a step, from the first page on.
            step.map_or_else(|| Ok(Part::default()), |step| page(connection, step))
        },
    )
}

/// Answers with everything that `read` finds where what is found is several lines each, and nobody can tell what changed of it.
pub fn export_many<F, K, T>(
    db: &Database,
    filter: &F,
    after: Option<&str>,
    read: impl Fn(&mut Connection, Option<K>, i64) -> Result<Vec<(K, Vec<T>)>> + Clone + Send + 'static,
) -> Result<HttpResponse>
where
    F: Serialize + ?Sized,
    K: Serialize + DeserializeOwned + Clone + Send + 'static,
    T: Serialize + Send + 'static,
{
    let limit = Lines::Rows.of_page();
    let first = decoded(filter, after)?;
    pages(db, cursor::mark(filter)?, first, json!({}), move |connection, after| {
        let found = read(connection, after, limit)?;
        Ok(Part {
            last: found.last().map(|(keys, _)| keys.clone()),
            has_more: i64::try_from(found.len()).is_ok_and(|found| found == limit),
            lines: found.into_iter().flat_map(|(_, rows)| rows).collect(),
        })
    })
}

fn decoded<F: Serialize + ?Sized, K: DeserializeOwned>(filter: &F, after: Option<&str>) -> Result<Option<K>> {
    after.map(|text| cursor::decode_after(filter, text)).transpose()
}

/// A page: its lines, where the next one goes on, and whether there is one.
struct Part<K, T> {
    lines: Vec<T>,
    last: Option<K>,
    has_more: bool,
}

impl<K, T> Default for Part<K, T> {
    fn default() -> Self {
        Self {
            lines: Vec::new(),
            last: None,
            has_more: false,
        }
    }
}

fn pages<K, T>(
    db: &Database,
    mark: String,
    first: Option<K>,
    end: Value,
    read: impl Fn(&mut Connection, Option<K>) -> Result<Part<K, T>> + Clone + Send + 'static,
) -> Result<HttpResponse>
where
    K: Serialize + Clone + Send + 'static,
    T: Serialize + Send + 'static,
{
    let (db, owner) = (db.clone(), cpu::owner());
    let begin = Some((first, 0_usize));
    Ok(rows_answer(try_unfold(begin, move |place| {
        let (read, mark, db, end) = (read.clone(), mark.clone(), db.clone(), end.clone());
        async move {
            let Some((after, count)) = place else { return Ok(None) };
            let page = move |connection: &mut Connection| written(read(connection, after.clone())?, &mark);
            let Written { mut text, lines, next } = cpu::for_owner(owner, db.read(page)).await?;
            let count = count + lines;
            if next.is_none() {
                let mut last = json!({ "end": true, "rows": count });
                if let (Some(last), Value::Object(end)) = (last.as_object_mut(), end) {
                    last.extend(end);
                }
                text.extend_from_slice(format!("{last}\n").as_bytes());
            }
            Ok(Some((Bytes::from(text), next.map(|next| (Some(next), count)))))
        }
    })))
}

struct Written<K> {
    text: Vec<u8>,
    lines: usize,
    next: Option<K>,
}

/// A page as text, with the cursor behind it.
fn written<K: Serialize, T: Serialize>(part: Part<K, T>, mark: &str) -> Result<Written<K>> {
    let mut text = Vec::new();
    for line in &part.lines {
        serde_json::to_writer(&mut text, line).map_err(Error::internal)?;
        text.push(b'\n');
    }
    if let Some(keys) = &part.last {
        let line = json!({ "cursor": cursor::encode_marked(mark, keys)? });
        text.extend_from_slice(format!("{line}\n").as_bytes());
    }
    Ok(Written {
        text,
        lines: part.lines.len(),
        next: part.last.filter(|_| part.has_more),
    })
}
