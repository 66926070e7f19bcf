//! A part of a list as it was read: its rows, and where the next part begins.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::db::{Connection, Database};
use crate::error::Result;
use crate::http::Page;

/// What one page of a list shows.
#[derive(Debug)]
pub struct Part<R> {
    pub rows: Vec<R>,
    pub(super) cursor: Option<String>,
    pub(super) next: Option<String>,
}

impl<R> Default for Part<R> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            cursor: None,
            next: None,
        }
    }
}

impl<R: Send + 'static> Part<R> {
    /// The part behind `cursor`: `read` is asked for so many rows of `filter` behind the keys of a row, which `keys`
    /// tells. A cursor of another filter begins the list anew.
    pub async fn read<F, K>(
        db: &Database,
        cursor: Option<&str>,
        filter: F,
        keys: impl Fn(&R) -> K,
        read: impl Fn(&mut Connection, &F, Option<K>, i64) -> Result<Vec<R>> + Send + 'static,
    ) -> Result<Self>
    where
        F: Serialize + Clone + Send + 'static,
        K: Serialize + DeserializeOwned + Clone + Send + 'static,
    {
        let read = move |connection: &mut Connection, filter: &F, after, limit| {
            Ok((read(connection, filter, after, limit)?, ()))
        };
        let (part, ()) = Self::read_with(db, cursor, filter, keys, read).await?;
        Ok(part)
    }

    /// The same with what else the page shows, read in the same moment.
    pub async fn read_with<F, K, T>(
        db: &Database,
        cursor: Option<&str>,
        filter: F,
        keys: impl Fn(&R) -> K,
        read: impl Fn(&mut Connection, &F, Option<K>, i64) -> Result<(Vec<R>, T)> + Send + 'static,
    ) -> Result<(Self, T)>
    where
        F: Serialize + Clone + Send + 'static,
        K: Serialize + DeserializeOwned + Clone + Send + 'static,
        T: Send + 'static,
    {
        let page = Page::shown(cursor.filter(|text| !text.is_empty()).map(str::to_owned));
        let after: Option<K> = page.after(&filter).unwrap_or_default();
        let (asked, limit) = (filter.clone(), page.fetch());
        let work = move |connection: &mut Connection| read(connection, &asked, after.clone(), limit);
        let (rows, more) = db.read(work).await?;
        let (rows, next) = page.cut(&filter, rows, keys)?;
        let cursor = page.cursor;
        Ok((Self { rows, cursor, next }, more))
    }
}
