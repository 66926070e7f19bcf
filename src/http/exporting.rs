//! Everything of a kind, a JSON object a line, read a page at a time while the answer goes out: each page is one short read, so
//! neither memory nor the database holds more, and where nobody listens any more the next page is not read.
//!
//! Behind each page stands a line with a cursor: whoever was cut off goes on there. The last line says that it is the last.

use actix_web::HttpResponse;
use actix_web::web::Bytes;
use futures_util::stream::try_unfold;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::IntoParams;

use super::cursor;
use super::rows::rows_answer;
use crate::cpu;
use crate::db::{Connection, Database};
use crate::error::{Error, Result};

/// Rows of a page.
const PAGE_ROWS: i64 = 500;
/// Whole documents of a page: each may have thousands of lines.
const PAGE_DOCUMENTS: i64 = 20;

/// Where an export goes on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ExportAfter {
    /// The last `cursor` that came: the export goes on behind it.
    pub after: Option<String>,
}

/// Answers with everything that `read` finds. It is asked for at most so many rows behind the keys of the last one, and gives each
/// with its keys; `filter` is what else decides which rows there are.
pub fn export<F, K, T>(
    db: &Database,
    filter: &F,
    after: Option<&str>,
    read: impl Fn(&mut Connection, Option<K>, i64) -> Result<Vec<(K, T)>> + Clone + Send + 'static,
) -> Result<HttpResponse>
where
    F: Serialize + ?Sized,
    K: Serialize + DeserializeOwned + Clone + Send + 'static,
    T: Serialize + Send + 'static,
{
    pages(db, filter, (after, PAGE_ROWS), in_lines(read))
}

/// The same of documents with all their lines.
pub fn export_documents<F, K, T>(
    db: &Database,
    filter: &F,
    after: Option<&str>,
    read: impl Fn(&mut Connection, Option<K>, i64) -> Result<Vec<(K, T)>> + Clone + Send + 'static,
) -> Result<HttpResponse>
where
    F: Serialize + ?Sized,
    K: Serialize + DeserializeOwned + Clone + Send + 'static,
    T: Serialize + Send + 'static,
{
    pages(db, filter, (after, PAGE_DOCUMENTS), in_lines(read))
}

/// What a page finds: keys, and the lines of each.
type Found<K, T> = Vec<(K, Vec<T>)>;

/// Each found is one line.
fn in_lines<K: 'static, T: 'static>(
    read: impl Fn(&mut Connection, Option<K>, i64) -> Result<Vec<(K, T)>> + Clone + Send + 'static,
) -> impl Fn(&mut Connection, Option<K>, i64) -> Result<Found<K, T>> + Clone + Send + 'static {
    move |connection, after, limit| {
        let rows = read(connection, after, limit)?;
        Ok(rows.into_iter().map(|(keys, row)| (keys, vec![row])).collect())
    }
}

/// The same where what is found is several lines each.
pub fn export_many<F, K, T>(
    db: &Database,
    filter: &F,
    after: Option<&str>,
    read: impl Fn(&mut Connection, Option<K>, i64) -> Result<Found<K, T>> + Clone + Send + 'static,
) -> Result<HttpResponse>
where
    F: Serialize + ?Sized,
    K: Serialize + DeserializeOwned + Clone + Send + 'static,
    T: Serialize + Send + 'static,
{
    pages(db, filter, (after, PAGE_ROWS), read)
}

fn pages<F, K, T>(
    db: &Database,
    filter: &F,
    (after, rows_max): (Option<&str>, i64),
    read: impl Fn(&mut Connection, Option<K>, i64) -> Result<Found<K, T>> + Clone + Send + 'static,
) -> Result<HttpResponse>
where
    F: Serialize + ?Sized,
    K: Serialize + DeserializeOwned + Clone + Send + 'static,
    T: Serialize + Send + 'static,
{
    let first: Option<K> = after
        .map(|text| cursor::decode_at("/after", filter, text))
        .transpose()?;
    let (mark, db, owner) = (cursor::mark(filter)?, db.clone(), cpu::owner());
    let begin = Some((first, 0_usize));
    Ok(rows_answer(try_unfold(begin, move |place| {
        let (read, mark, db) = (read.clone(), mark.clone(), db.clone());
        async move {
            let Some((after, count)) = place else { return Ok(None) };
            let page = move |connection: &mut Connection| written(read(connection, after.clone(), rows_max)?, &mark);
            let Written {
                mut text,
                found,
                lines,
                last,
            } = cpu::for_owner(owner, db.read(page)).await?;
            let count = count + lines;
            let next = match last.filter(|_| i64::try_from(found).is_ok_and(|found| found == rows_max)) {
                Some(last) => Some((Some(last), count)),
                None => {
                    text.extend_from_slice(format!("{}\n", json!({ "end": true, "rows": count })).as_bytes());
                    None
                }
            };
            Ok(Some((Bytes::from(text), next)))
        }
    })))
}

struct Written<K> {
    text: Vec<u8>,
    found: usize,
    lines: usize,
    last: Option<K>,
}

/// A page as text, with the cursor behind it.
fn written<K: Serialize, T: Serialize>(found: Vec<(K, Vec<T>)>, mark: &str) -> Result<Written<K>> {
    let mut written = Written {
        text: Vec::new(),
        found: found.len(),
        lines: 0,
        last: None,
    };
    for (keys, rows) in found {
        for row in rows {
            serde_json::to_writer(&mut written.text, &row).map_err(Error::internal)?;
            written.text.push(b'\n');
            written.lines += 1;
        }
        written.last = Some(keys);
    }
    if let Some(keys) = &written.last {
        let line = json!({ "cursor": cursor::encode_marked(mark, keys)? });
        written.text.extend_from_slice(format!("{line}\n").as_bytes());
    }
    Ok(written)
}
