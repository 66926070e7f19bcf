//! Statements written as SQL that both engines cache: diesel's own `sql_query` is parsed and planned anew each time.
//!
//! Parameters are written `$1`, `$2`, … on both engines and may be used more than once. What the engines write
//! differently stands in the text as a template: see [`super::template`].

use diesel::backend::Backend;
use diesel::connection::LoadConnection as _;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::row::Row as _;
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Bool, Date, HasSqlType, Nullable, Text, Timestamp, Untyped};

use super::columns::{AnyRow, FromRow};
use super::template::{self, Texts, place};
use super::topics::{self, Topics};
use super::{Connection, Engine};
use crate::error::Result;

/// A parameter.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum Bind {
    Text(String),
    MaybeText(Option<String>),
    BigInt(i64),
    MaybeBigInt(Option<i64>),
    Bool(bool),
    Date(chrono::NaiveDate),
    MaybeDate(Option<chrono::NaiveDate>),
    Timestamp(crate::clock::Timestamp),
}

macro_rules! binds {
    ($($from:ty => $variant:ident($convert:expr);)*) => { $(
        impl From<$from> for Bind {
            fn from(value: $from) -> Self {
                Self::$variant($convert(value))
            }
        }
    )* };
}

binds! {
    String => Text(std::convert::identity);
    &str => Text(str::to_owned);
    Option<String> => MaybeText(std::convert::identity);
    i64 => BigInt(std::convert::identity);
    Option<i64> => MaybeBigInt(std::convert::identity);
    bool => Bool(std::convert::identity);
    chrono::NaiveDate => Date(std::convert::identity);
    Option<chrono::NaiveDate> => MaybeDate(std::convert::identity);
    crate::clock::Timestamp => Timestamp(std::convert::identity);
    &String => Text(String::clone);
}

/// A statement and its parameters.
#[derive(Debug, Clone)]
pub struct Statement {
    texts: Texts,
    binds: Vec<Bind>,
}

/// A statement with this text.
pub fn sql(text: &'static str) -> Statement {
    let key = [place(text.as_bytes()), (0, 0), (0, 0)];
    Statement::of(template::cached(key, || text.to_owned()))
}

/// A statement put together at run time, of clauses that are there only where they are asked for. Its text is kept for
/// the life of the program, so it must be one of few: values go in as parameters.
pub fn composed(text: impl Into<String>) -> Statement {
    Statement::of(template::interned(text.into()))
}

impl Statement {
    pub(super) fn of(texts: Texts) -> Self {
        Self {
            texts,
            binds: Vec::new(),
        }
    }

    /// A text for each engine.
    pub fn per_engine(sqlite: &'static str, postgres: &'static str) -> Self {
        let writes = topics::written_by(postgres);
        Self::of(Texts {
            sqlite,
            postgres,
            writes,
        })
    }

    /// The same statement, of which nobody hears who keeps something in mind: what it writes is nothing they go by.
    #[must_use]
    pub fn unheard(mut self) -> Self {
        self.texts.writes = Topics::NONE;
        self
    }

    /// Notes what it wrote. What of several parts was written isn't told by the rows of the last.
    fn note(texts: Texts, rows: usize) {
        if texts.writes != Topics::NONE && (rows > 0 || texts.sqlite.starts_with("WITH")) {
            topics::note(texts.writes);
        }
    }

    /// A text that was put together, with all its parameters.
    pub(super) fn with(text: String, binds: Vec<Bind>) -> Self {
        Self {
            binds,
            ..composed(text)
        }
    }

    /// Adds the next parameter.
    #[must_use]
    pub fn bind(mut self, value: impl Into<Bind>) -> Self {
        self.binds.push(value.into());
        self
    }

    /// Its text as this engine reads it.
    pub fn text(&self, engine: Engine) -> &'static str {
        self.texts.of(engine)
    }

    fn for_engine(self, engine: Engine) -> Written {
        Written {
            text: self.text(engine),
            binds: self.binds,
        }
    }

    /// All rows.
    pub fn rows<R: FromRow>(self, connection: &mut Connection) -> Result<Vec<R>> {
        let mut rows = Vec::new();
        self.read(connection, &mut |row| {
            let mut next = 0;
            rows.push(R::from_row(row, &mut next)?);
            if next == row.field_count() {
                return Ok(());
            }
            Err(format!("{next} columns are read of {}", row.field_count()).into())
        })?;
        Ok(rows)
    }

    /// Not generic, so that the machinery of loading is compiled once.
    fn read(
        self,
        connection: &mut Connection,
        take: &mut dyn FnMut(&AnyRow<'_, '_>) -> diesel::deserialize::Result<()>,
    ) -> Result<()> {
        let texts = self.texts;
        let statement = self.for_engine(connection.engine());
        let (text, mut rows) = (statement.text, 0);
        for row in connection.load(statement)? {
            rows += 1;
            take(&row?).map_err(|error| {
                let error = format!("{error} in a row of: {text}");
                diesel::result::Error::DeserializationError(error.into())
            })?;
        }
        Self::note(texts, rows);
        Ok(())
    }

    /// The first row, if there is one.
    pub fn first<R: FromRow>(self, connection: &mut Connection) -> Result<Option<R>> {
        Ok(self.rows(connection)?.into_iter().next())
    }

    /// The one row there always is.
    pub fn one<R: FromRow>(self, connection: &mut Connection) -> Result<R> {
        let text = self.texts.sqlite;
        self.first(connection)?
            .ok_or_else(|| crate::error::Error::internal(format!("no row from: {text}")))
    }

    /// Runs it; the number of rows touched.
    pub fn run(self, connection: &mut Connection) -> Result<usize> {
        let texts = self.texts;
        let rows = self.for_engine(connection.engine()).execute(connection)?;
        Self::note(texts, rows);
        Ok(rows)
    }
}

/// Changes that belong together and give nothing back: one round trip on PostgreSQL, where they become one statement
/// of data-modifying CTEs, one after the other on SQLite. They must not touch the same row twice, nor read what another
/// of them changes: on PostgreSQL all see what was there before.
#[derive(Debug, Default)]
pub struct Batch {
    parts: Vec<Statement>,
}

impl Batch {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    pub fn add(&mut self, change: Statement) {
        self.parts.push(change);
    }

    /// Makes all changes.
    pub fn run(self, tx: &mut Connection) -> Result<()> {
        match tx.engine() {
            Engine::Sqlite => self.parts.into_iter().try_for_each(|part| part.run(tx).map(drop)),
            Engine::Postgres if self.parts.is_empty() => Ok(()),
            Engine::Postgres => {
                let written = self.parts.iter().map(|part| part.texts.writes);
                let written = written.fold(Topics::NONE, Topics::and);
                Joined(self.parts).execute(tx)?;
                topics::note(written);
                Ok(())
            }
        }
    }
}

/// The parts of a batch as one statement.
struct Joined(Vec<Statement>);

impl QueryId for Joined {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C> RunQueryDsl<C> for Joined {}

impl<DB> QueryFragment<DB> for Joined
where
    DB: Backend,
    Bind: QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let mut before = "WITH part";
        for (index, part) in self.0.iter().enumerate() {
            out.push_sql(before);
            out.push_sql(&index.to_string());
            out.push_sql(" AS (");
            walk_text(part.texts.postgres, &part.binds, out.reborrow())?;
            before = "), part";
        }
        out.push_sql(") SELECT 1");
        Ok(())
    }
}

/// The text chosen for an engine.
#[derive(Debug)]
struct Written {
    text: &'static str,
    binds: Vec<Bind>,
}

impl QueryId for Written {
    type QueryId = ();
    // Cached by its text, which is constant.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Written {
    type SqlType = Untyped;
}

impl<C> RunQueryDsl<C> for Written {}

impl<DB> QueryFragment<DB> for Written
where
    DB: Backend,
    Bind: QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        walk_text(self.text, &self.binds, out)
    }
}

/// Pushes `text` with its parameters in the places of `$1`, `$2`, …
fn walk_text<'b, DB>(text: &'b str, binds: &'b [Bind], mut out: AstPass<'_, 'b, DB>) -> QueryResult<()>
where
    DB: Backend,
    Bind: QueryFragment<DB>,
{
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_sql(before);
        let digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        let (number, tail) = after.split_at(digits);
        let bind = number.parse::<usize>().ok().and_then(|n| binds.get(n.checked_sub(1)?));
        let Some(bind) = bind else {
            let what = format!("${number} is not bound in: {text}");
            return Err(diesel::result::Error::QueryBuilderError(what.into()));
        };
        bind.walk_ast(out.reborrow())?;
        rest = tail;
    }
    out.push_sql(rest);
    Ok(())
}

impl<DB> QueryFragment<DB> for Bind
where
    DB: Backend + HasSqlType<Text> + HasSqlType<BigInt> + HasSqlType<Bool> + HasSqlType<Date> + HasSqlType<Timestamp>,
    String: ToSql<Text, DB>,
    Option<String>: ToSql<Nullable<Text>, DB>,
    i64: ToSql<BigInt, DB>,
    Option<i64>: ToSql<Nullable<BigInt>, DB>,
    bool: ToSql<Bool, DB>,
    chrono::NaiveDate: ToSql<Date, DB>,
    Option<chrono::NaiveDate>: ToSql<Nullable<Date>, DB>,
    crate::clock::Timestamp: ToSql<Timestamp, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        match self {
            Self::Text(value) => out.push_bind_param::<Text, _>(value),
            Self::MaybeText(value) => out.push_bind_param::<Nullable<Text>, _>(value),
            Self::BigInt(value) => out.push_bind_param::<BigInt, _>(value),
            Self::MaybeBigInt(value) => out.push_bind_param::<Nullable<BigInt>, _>(value),
            Self::Bool(value) => out.push_bind_param::<Bool, _>(value),
            Self::Date(value) => out.push_bind_param::<Date, _>(value),
            Self::MaybeDate(value) => out.push_bind_param::<Nullable<Date>, _>(value),
            Self::Timestamp(value) => out.push_bind_param::<Timestamp, _>(value),
        }
    }
}
