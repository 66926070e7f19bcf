//! Statements written as SQL that both engines cache: diesel's own `sql_query` is parsed and planned anew each time.
//!
//! Parameters are written `$1`, `$2`, … on both engines and may be used more than once.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Bool, Date, HasSqlType, Nullable, Text, Timestamp, Untyped};

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
    crate::ids::PersonId => BigInt(|id: crate::ids::PersonId| id.0);
    crate::ids::AccountId => BigInt(|id: crate::ids::AccountId| id.0);
    crate::ids::ProductId => BigInt(|id: crate::ids::ProductId| id.0);
    crate::ids::OrderId => BigInt(|id: crate::ids::OrderId| id.0);
    crate::ids::DraftId => BigInt(|id: crate::ids::DraftId| id.0);
    crate::ids::DraftLineId => BigInt(|id: crate::ids::DraftLineId| id.0);
    crate::ids::ShipmentId => BigInt(|id: crate::ids::ShipmentId| id.0);
    crate::ids::InvoiceId => BigInt(|id: crate::ids::InvoiceId| id.0);
    crate::ids::PaymentId => BigInt(|id: crate::ids::PaymentId| id.0);
    crate::ids::MessageId => BigInt(|id: crate::ids::MessageId| id.0);
    crate::ids::PriceListId => BigInt(|id: crate::ids::PriceListId| id.0);
    crate::ids::PriceId => BigInt(|id: crate::ids::PriceId| id.0);
    crate::ids::SaleUnitId => BigInt(|id: crate::ids::SaleUnitId| id.0);
    crate::ids::AssortmentId => BigInt(|id: crate::ids::AssortmentId| id.0);
    &String => Text(String::clone);
}

/// A statement whose rows have the SQL types `Row`.
#[derive(Debug, Clone)]
pub struct Statement<Row> {
    postgres: &'static str,
    sqlite: &'static str,
    binds: Vec<Bind>,
    row: PhantomData<Row>,
}

/// The same text for both engines.
pub fn sql<Row>(text: &'static str) -> Statement<Row> {
    Statement::per_engine(text, text)
}

impl<Row> Statement<Row> {
    /// A text for each engine.
    pub fn per_engine(sqlite: &'static str, postgres: &'static str) -> Self {
        Self {
            postgres,
            sqlite,
            binds: Vec::new(),
            row: PhantomData,
        }
    }

    /// A text that is already the engine's own, with all its parameters.
    pub(super) fn with(text: &'static str, binds: Vec<Bind>) -> Self {
        Self {
            binds,
            ..Self::per_engine(text, text)
        }
    }

    /// Adds the next parameter.
    #[must_use]
    pub fn bind(mut self, value: impl Into<Bind>) -> Self {
        self.binds.push(value.into());
        self
    }

    fn for_engine(self, engine: Engine) -> Text_<Row> {
        let text = match engine {
            Engine::Postgres => self.postgres,
            Engine::Sqlite => self.sqlite,
        };
        Text_ {
            text,
            binds: self.binds,
            row: PhantomData,
        }
    }

    /// All rows.
    pub fn rows<U>(self, connection: &mut Connection) -> Result<Vec<U>>
    where
        Text_<Row>: for<'a> diesel::query_dsl::LoadQuery<'a, Connection, U>,
    {
        let statement = self.for_engine(connection.engine());
        Ok(statement.load::<U>(connection)?)
    }

    /// The first row, if there is one.
    pub fn first<U>(self, connection: &mut Connection) -> Result<Option<U>>
    where
        Text_<Row>: for<'a> diesel::query_dsl::LoadQuery<'a, Connection, U>,
    {
        Ok(self.rows(connection)?.into_iter().next())
    }

    /// The one row there always is.
    pub fn one<U>(self, connection: &mut Connection) -> Result<U>
    where
        Text_<Row>: for<'a> diesel::query_dsl::LoadQuery<'a, Connection, U>,
    {
        let text = self.sqlite;
        self.first(connection)?
            .ok_or_else(|| crate::error::Error::internal(format!("no row from: {text}")))
    }
}

impl Statement<Untyped> {
    /// Runs it; the number of rows touched.
    pub fn run(self, connection: &mut Connection) -> Result<usize> {
        Ok(self.for_engine(connection.engine()).execute(connection)?)
    }
}

/// Changes that belong together and give nothing back: one round trip on PostgreSQL, where they become one statement
/// of data-modifying CTEs, one after the other on SQLite. They must not touch the same row twice, nor read what another
/// of them changes: on PostgreSQL all see what was there before.
#[derive(Debug, Default)]
pub struct Batch {
    parts: Vec<Statement<Untyped>>,
}

impl Batch {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a change.
    pub fn add(&mut self, change: Statement<Untyped>) {
        self.parts.push(change);
    }

    /// Makes all changes.
    pub fn run(self, tx: &mut Connection) -> Result<()> {
        match tx.engine() {
            Engine::Sqlite => self.parts.into_iter().try_for_each(|part| part.run(tx).map(drop)),
            Engine::Postgres if self.parts.is_empty() => Ok(()),
            Engine::Postgres => {
                Joined(self.parts).execute(tx)?;
                Ok(())
            }
        }
    }
}

/// The parts of a batch as one statement.
struct Joined(Vec<Statement<Untyped>>);

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
            walk_text(part.postgres, &part.binds, out.reborrow())?;
            before = "), part";
        }
        out.push_sql(") SELECT 1");
        Ok(())
    }
}

/// The text chosen for an engine.
#[derive(Debug)]
#[doc(hidden)]
pub struct Text_<Row> {
    text: &'static str,
    binds: Vec<Bind>,
    row: PhantomData<Row>,
}

impl<Row> QueryId for Text_<Row> {
    type QueryId = ();
    // Cached by its text, which is constant.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Row> Query for Text_<Row> {
    type SqlType = Row;
}

impl<Row, C> RunQueryDsl<C> for Text_<Row> {}

impl<Row, DB> QueryFragment<DB> for Text_<Row>
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
