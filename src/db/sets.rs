//! Sets of rows go to the database as one JSON parameter: one statement, one cached plan, any number of rows.

use serde::Serialize;

pub use super::columns::Kind;
use super::template::{self, Texts, place};
use super::{Connection, Statement};
use crate::error::{Error, Result};

/// A table and those of its columns that rows bring; rows are structs that serialise under the columns' names.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    name: &'static str,
    columns: &'static [(&'static str, Kind)],
}

/// Moments in JSON rows, in the form both engines read (and SQLite stores).
pub fn timestamp<S: serde::Serializer>(at: &crate::clock::Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    super::Column::json(at, serializer)
}

impl Table {
    /// The table `name` with the columns that rows bring.
    pub const fn new(name: &'static str, columns: &'static [(&'static str, Kind)]) -> Self {
        Self { name, columns }
    }

    /// The statement that inserts all rows.
    pub fn insertion<Row: Serialize>(&self, rows: &[Row]) -> Result<Statement> {
        let texts = self.cached("INSERT", || {
            format!("INSERT INTO {} ({}) {}", self.name, self.names(), self.select())
        });
        Ok(Statement::of(texts).bind(json(rows)?))
    }

    /// Inserts all rows with one statement.
    pub fn insert<Row: Serialize>(&self, tx: &mut Connection, rows: &[Row]) -> Result<()> {
        if !rows.is_empty() {
            self.insertion(rows)?.run(tx)?;
        }
        Ok(())
    }

    /// Sets every column of the rows that are there by their `id`; how many it were. One statement.
    pub fn update<Row: Serialize>(&self, tx: &mut Connection, rows: &[Row]) -> Result<usize> {
        if rows.is_empty() {
            return Ok(0);
        }
        let texts = self.cached("UPDATE", || {
            let others = self.columns.iter().filter(|(name, _)| *name != "id");
            let changes: Vec<_> = others.map(|(name, _)| format!("{name} = rows.{name}")).collect();
            let (table, set) = (self.name, self.set());
            format!(
                "UPDATE {table} SET {} FROM {set} AS rows WHERE {table}.id = rows.id",
                changes.join(", ")
            )
        });
        Statement::of(texts).bind(json(rows)?).run(tx)
    }

    fn cached(&self, verb: &'static str, make: impl FnOnce() -> String) -> Texts {
        let key = [place(verb.as_bytes()), place(self.name.as_bytes()), place(self.columns)];
        template::cached(key, make)
    }

    /// `a, b, c`.
    fn names(&self) -> String {
        let names: Vec<_> = self.columns.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    }

    /// The rows of the first parameter, in the words of a template.
    fn set(&self) -> String {
        let column = |(name, kind): &(&str, Kind)| format!("{name} {}", kind.postgres());
        let columns: Vec<_> = self.columns.iter().map(column).collect();
        format!("{{rows $1: {}}}", columns.join(", "))
    }

    /// `SELECT … FROM` the rows of the first parameter. `WHERE true` keeps SQLite from reading a following ON as a
    /// join's.
    fn select(&self) -> String {
        format!("SELECT {} FROM {} AS rows WHERE true", self.names(), self.set())
    }
}

/// How rows of a set meet the rows that are there already: inserted by key, or updated where a column differs. A row
/// that would change nothing is not written.
#[derive(Debug, Clone, Copy)]
pub struct Upsert {
    write: Texts,
    compare: Texts,
}

impl Table {
    /// An upsert by the unique index over `key`, partial where `only` says for which rows (`account_id IS NULL`). A row
    /// that is there keeps every column but those in `update`. The table has a column `id`, which the rows bring.
    pub fn upsert(&self, key: &[&str], only: Option<&str>, update: &[&str]) -> Upsert {
        let table = self.name;
        let equal = key.iter().map(|name| format!("{table}.{name} = rows.{name}"));
        let same_row: Vec<_> = equal.chain(only.map(|only| format!("{table}.{only}"))).collect();
        let differs = |new: &str| {
            let each = update
                .iter()
                .map(|name| format!("{table}.{name} IS DISTINCT FROM {new}.{name}"));
            each.collect::<Vec<_>>().join(" OR ")
        };
        let changes: Vec<_> = update.iter().map(|name| format!("{name} = excluded.{name}")).collect();
        let action = if update.is_empty() {
            "NOTHING".to_owned()
        } else {
            format!("UPDATE SET {} WHERE {}", changes.join(", "), differs("excluded"))
        };
        let index = only.map_or(String::new(), |only| format!(" WHERE {only}"));
        let write = format!(
            "INSERT INTO {table} ({}) {} ON CONFLICT ({}){index} DO {action}",
            self.names(),
            self.select(),
            key.join(", ")
        );
        let changed = if update.is_empty() {
            String::new()
        } else {
            format!(" OR {}", differs("rows"))
        };
        let compare = format!(
            "SELECT CAST(rows.id AS BIGINT), CAST(CASE WHEN {table}.id IS NULL THEN 1 ELSE 0 END AS BIGINT) FROM {} AS rows \
             LEFT JOIN {table} ON {} WHERE {table}.id IS NULL{changed}",
            self.set(),
            same_row.join(" AND ")
        );
        Upsert {
            write: template::interned(write),
            compare: template::interned(compare),
        }
    }
}

impl Upsert {
    /// Writes `rows` (from [`json`]) with one statement; how many were inserted or changed.
    pub fn run(&self, tx: &mut Connection, rows: &str) -> Result<usize> {
        Statement::of(self.write).bind(rows).run(tx)
    }

    /// The ids of those `rows` that [`Self::run`] would write, and whether each is new.
    pub fn compare(&self, connection: &mut Connection, rows: &str) -> Result<Vec<(i64, bool)>> {
        let found: Vec<(i64, i64)> = Statement::of(self.compare).bind(rows).rows(connection)?;
        Ok(found.into_iter().map(|(id, is_new)| (id, is_new == 1)).collect())
    }
}

/// Rows or values as the one parameter they travel in.
pub fn json<T: Serialize + ?Sized>(rows: &T) -> Result<String> {
    serde_json::to_string(rows).map_err(Error::internal)
}
