//! Sets of rows go to the database as one JSON parameter: one statement, one cached plan, any number of rows.

use std::collections::HashSet;
use std::sync::{Mutex, OnceLock, PoisonError};

use diesel::sql_types::{BigInt, Untyped};
use serde::Serialize;

use super::{Connection, Engine, Statement};
use crate::error::{Error, Result};

/// The SQL type of a column of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Kind {
    Text,
    BigInt,
    Integer,
    Date,
    Timestamp,
}

impl Kind {
    fn postgres(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::BigInt => "bigint",
            Self::Integer => "integer",
            Self::Date => "date",
            Self::Timestamp => "timestamp",
        }
    }
}

/// A table and those of its columns that rows bring; rows are structs that serialise under the columns' names.
#[derive(Debug)]
pub struct Table {
    name: &'static str,
    columns: &'static [(&'static str, Kind)],
    insert: OnceLock<[&'static str; 2]>,
}

/// Moments in JSON rows, in the form both engines read (and SQLite stores).
pub fn timestamp<S: serde::Serializer>(at: &crate::clock::Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&at.format("%F %T%.f"))
}

impl Table {
    /// The table `name` with the columns that rows bring.
    pub const fn new(name: &'static str, columns: &'static [(&'static str, Kind)]) -> Self {
        Self {
            name,
            columns,
            insert: OnceLock::new(),
        }
    }

    /// The statement that inserts all rows.
    pub fn insertion<Row: Serialize>(&self, rows: &[Row]) -> Result<Statement<Untyped>> {
        let [sqlite, postgres] = self.insert.get_or_init(|| {
            [Engine::Sqlite, Engine::Postgres].map(|engine| {
                let text = format!("INSERT INTO {} ({}) {}", self.name, self.names(), self.select(engine));
                kept(text)
            })
        });
        Ok(Statement::per_engine(sqlite, postgres).bind(json(rows)?))
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
        let [sqlite, postgres] = [Engine::Sqlite, Engine::Postgres].map(|engine| {
            let others = self.columns.iter().filter(|(name, _)| *name != "id");
            let changes: Vec<_> = others.map(|(name, _)| format!("{name} = rows.{name}")).collect();
            let (table, select) = (self.name, self.select(engine));
            let changes = changes.join(", ");
            kept(format!(
                "UPDATE {table} SET {changes} FROM ({select}) AS rows WHERE {table}.id = rows.id"
            ))
        });
        Statement::<Untyped>::per_engine(sqlite, postgres)
            .bind(json(rows)?)
            .run(tx)
    }

    /// `a, b, c`.
    pub fn names(&self) -> String {
        self.columns
            .iter()
            .map(|(name, _)| *name)
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// `SELECT … FROM` the rows of the first parameter.
    pub fn select(&self, engine: Engine) -> String {
        match engine {
            Engine::Sqlite => {
                let values: Vec<_> = self
                    .columns
                    .iter()
                    .map(|(name, _)| format!("value->>'{name}' AS {name}"))
                    .collect();
                // jsonb_each gives each row as JSONB: json_each would give text, parsed again for every column.
                // `WHERE true` keeps SQLite from reading a following ON as a join's.
                format!("SELECT {} FROM jsonb_each($1) WHERE true", values.join(", "))
            }
            Engine::Postgres => {
                let columns: Vec<_> = self
                    .columns
                    .iter()
                    .map(|(name, kind)| format!("{name} {}", kind.postgres()))
                    .collect();
                format!(
                    "SELECT {} FROM json_to_recordset($1::json) AS rows({})",
                    self.names(),
                    columns.join(", ")
                )
            }
        }
    }
}

/// How rows of a set meet the rows that are there already: inserted by key, or updated where a column differs. A row
/// that would change nothing is not written.
#[derive(Debug, Clone, Copy)]
pub struct Upsert {
    write: [&'static str; 2],
    compare: [&'static str; 2],
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
        let write = |engine| {
            let index = only.map_or(String::new(), |only| format!(" WHERE {only}"));
            format!(
                "INSERT INTO {table} ({}) {} ON CONFLICT ({}){index} DO {action}",
                self.names(),
                self.select(engine),
                key.join(", ")
            )
        };
        let compare = |engine| {
            let changed = if update.is_empty() {
                String::new()
            } else {
                format!(" OR {}", differs("rows"))
            };
            format!(
                "SELECT rows.id, CAST(CASE WHEN {table}.id IS NULL THEN 1 ELSE 0 END AS BIGINT) FROM ({}) AS rows \
                 LEFT JOIN {table} ON {} WHERE {table}.id IS NULL{changed}",
                self.select(engine),
                same_row.join(" AND ")
            )
        };
        Upsert {
            write: [Engine::Sqlite, Engine::Postgres].map(|engine| kept(write(engine))),
            compare: [Engine::Sqlite, Engine::Postgres].map(|engine| kept(compare(engine))),
        }
    }
}

impl Upsert {
    /// Writes `rows` (from [`json`]) with one statement; how many were inserted or changed.
    pub fn run(&self, tx: &mut Connection, rows: &str) -> Result<usize> {
        let [sqlite, postgres] = self.write;
        Statement::<Untyped>::per_engine(sqlite, postgres).bind(rows).run(tx)
    }

    /// The ids of those `rows` that [`Self::run`] would write, and whether each is new.
    pub fn compare(&self, connection: &mut Connection, rows: &str) -> Result<Vec<(i64, bool)>> {
        let [sqlite, postgres] = self.compare;
        let found: Vec<(i64, i64)> = Statement::<(BigInt, BigInt)>::per_engine(sqlite, postgres)
            .bind(rows)
            .rows(connection)?;
        Ok(found.into_iter().map(|(id, is_new)| (id, is_new == 1)).collect())
    }
}

/// Keeps a statement's text for the life of the program, each text once: there are as many as tables times the sets of
/// columns that callers choose from, and as lists have filters and sorts.
pub(super) fn kept(text: String) -> &'static str {
    static TEXTS: Mutex<Option<HashSet<&'static str>>> = Mutex::new(None);
    let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    let texts = texts.get_or_insert_default();
    match texts.get(text.as_str()) {
        Some(known) => known,
        None => {
            let text = &*Box::leak(text.into_boxed_str());
            texts.insert(text);
            text
        }
    }
}

/// Rows or values as the one parameter they travel in.
pub fn json<T: Serialize + ?Sized>(rows: &T) -> Result<String> {
    serde_json::to_string(rows).map_err(Error::internal)
}
