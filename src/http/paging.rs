//! Lists in pages: `?limit=` and `?cursor=` in, `data` and `next_cursor` out.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};

use super::cursor;
use super::following::{RemovedView, Since};
use crate::error::Result;

/// How many rows a page has: 1 to 200, 50 where nothing is said; anything else is refused, not cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "i64")]
pub struct Limit(i64);

impl Limit {
    const DEFAULT: i64 = 50;
    const MAX: i64 = 200;
}

impl Default for Limit {
    fn default() -> Self {
        Self(Self::DEFAULT)
    }
}

impl TryFrom<i64> for Limit {
    type Error = String;

    fn try_from(rows: i64) -> Result<Self, String> {
        if (1..=Self::MAX).contains(&rows) {
            return Ok(Self(rows));
        }
        Err(format!("a page has 1 to {} rows, not {rows}", Self::MAX))
    }
}

impl utoipa::PartialSchema for Limit {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(1))
            .maximum(Some(Self::MAX))
            .default(Some(Self::DEFAULT.into()))
            .into()
    }
}

impl utoipa::ToSchema for Limit {
    fn name() -> Cow<'static, str> {
        "Limit".into()
    }
}

/// Which page is asked for. Parameter structs hold `limit` and `cursor` and build it from them.
#[derive(Debug, Clone)]
pub struct Page {
    /// Rows wanted, 1 to 200.
    pub limit: i64,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// Only what changed since.
    pub(super) since: Option<Since>,
}

impl Page {
    /// The page asked for by these two parameters.
    pub fn new(limit: Limit, cursor: Option<String>) -> Self {
        Self {
            limit: limit.0,
            cursor,
            since: None,
        }
    }

    /// The same of what changed since that moment, if one is named.
    #[must_use]
    pub fn since(self, since: Option<Since>) -> Self {
        Self { since, ..self }
    }

    /// The sort keys after which the page begins, `None` for the first one; `cursor_invalid` when the cursor belongs
    /// to a list with another `filter`.
    pub fn after<F: Serialize + ?Sized, K: DeserializeOwned>(&self, filter: &F) -> Result<Option<K>> {
        self.cursor
            .as_deref()
            .map(|text| cursor::decode(filter, text))
            .transpose()
    }

    /// The page of a list that browsers show, as long as pages are where nothing is said.
    pub fn shown(cursor: Option<String>) -> Self {
        Self::new(Limit::default(), cursor)
    }

    /// How many rows to fetch: one more than the page holds tells whether another page follows.
    pub fn fetch(&self) -> i64 {
        self.limit + 1
    }

    /// The rows the page shows of [`Page::fetch`] `rows`, and the cursor of the next one; `keys` gives the sort keys of a
    /// row.
    pub fn cut<R, K: Serialize, F: Serialize + ?Sized>(
        &self,
        filter: &F,
        mut rows: Vec<R>,
        keys: impl Fn(&R) -> K,
    ) -> Result<(Vec<R>, Option<String>)> {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = match rows.last() {
            Some(last) if more => Some(cursor::encode(filter, &keys(last))?),
            _ => None,
        };
        Ok((rows, next))
    }
}

/// Which page of a list that nothing filters.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Paged {
    /// Rows of a page.
    #[serde(default)]
    #[param(required = false)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

impl Paged {
    /// The page that is asked for.
    pub fn page(self) -> Page {
        Page::new(self.limit, self.cursor)
    }
}

/// A page of a list.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct List<T: utoipa::ToSchema> {
    /// The rows.
    pub data: Vec<T>,
    /// Send it as `cursor` for the next page; null on the last one.
    #[schema(required)]
    pub next_cursor: Option<String>,
    /// What is in the list no more; only with `updated_since`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub removed: Option<Vec<RemovedView>>,
    /// What to send as `updated_since` next time; only with `updated_since`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub next_updated_since: Option<String>,
}

impl<T: utoipa::ToSchema> List<T> {
    /// These rows, and where the next page begins.
    pub fn new(data: Vec<T>, next_cursor: Option<String>) -> Self {
        Self {
            data,
            next_cursor,
            removed: None,
            next_updated_since: None,
        }
    }

    /// The page of [`Page::fetch`] `rows`; `keys` gives the sort keys of a row, `view` what is shown of it.
    pub fn of<R, K: Serialize, F: Serialize + ?Sized>(
        page: &Page,
        filter: &F,
        rows: Vec<R>,
        keys: impl Fn(&R) -> K,
        view: impl Fn(R) -> T,
    ) -> Result<Self> {
        let (rows, next_cursor) = page.cut(filter, rows, keys)?;
        Ok(Self::new(rows.into_iter().map(view).collect(), next_cursor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_through_the_pages_meets_every_row_once() {
        let all: Vec<i64> = (1..=7).collect();
        let mut page = Page::new(Limit(3), None);
        let mut met = Vec::new();
        loop {
            let after: Option<i64> = page.after("numbers").expect("its own filter");
            let rows = all.iter().copied().filter(|n| after.is_none_or(|a| *n > a));
            let rows = rows.take(usize::try_from(page.fetch()).expect("small")).collect();
            let list = List::of(&page, "numbers", rows, |n| *n, |n| n).expect("plain data");
            met.extend(list.data);
            match list.next_cursor {
                Some(cursor) => page.cursor = Some(cursor),
                None => break,
            }
        }
        assert_eq!(met, all);
    }
}
