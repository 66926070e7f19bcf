//! Sets of rows go to the database as one JSON parameter: one statement, one cached plan, any number of rows.

use std::sync::OnceLock;

use diesel::sql_types::Untyped;
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
                // One text a table for the life of the program.
                &*Box::leak(text.into_boxed_str())
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
                // `WHERE true` keeps SQLite from reading a following ON as a join's.
                format!("SELECT {} FROM json_each($1) WHERE true", values.join(", "))
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

/// Rows or values as the one parameter they travel in.
pub fn json<T: Serialize + ?Sized>(rows: &T) -> Result<String> {
    serde_json::to_string(rows).map_err(Error::internal)
}
