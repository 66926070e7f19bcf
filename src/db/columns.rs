//! Values and rows of values between Rust and the columns of both engines.

use chrono::NaiveDate;
use diesel::connection::LoadConnection;
use diesel::deserialize::{self, FromSql};
use diesel::row::Row as _;
use diesel::sql_types::{self, Nullable, SqlType, is_nullable};
use serde::{Serialize, Serializer};

use super::{Bind, Connection};
use crate::clock::Timestamp;
use crate::money::{Currency, Money, UnitPrice};
use crate::quantity::Quantity;

/// What both engines together are to diesel.
pub type Backend = <Connection as diesel::Connection>::Backend;
/// A row that either engine found.
pub type AnyRow<'conn, 'query> = <Connection as LoadConnection>::Row<'conn, 'query>;

/// The SQL type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Kind {
    Text,
    BigInt,
    Integer,
    Bool,
    Date,
    Timestamp,
}

impl Kind {
    pub(super) fn postgres(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::BigInt => "bigint",
            Self::Integer => "integer",
            Self::Bool => "boolean",
            Self::Date => "date",
            Self::Timestamp => "timestamp",
        }
    }
}

/// A value that stands in a column.
pub trait Column {
    /// What diesel calls the column's type.
    type Sql: SqlType;
    /// The column's type.
    const KIND: Kind;
    /// The column may be NULL.
    const IS_NULLABLE: bool = false;

    /// The value in a row that goes to the database as JSON.
    fn json<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// Says of types which column they stand in; in JSON they are what serde makes of them.
macro_rules! columns {
    ($($type:ty => $kind:ident;)*) => { $(
        impl Column for $type {
            type Sql = sql_types::$kind;
            const KIND: Kind = Kind::$kind;

            fn json<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.serialize(serializer)
            }
        }
    )* };
}

columns! {
    String => Text;
    &str => Text;
    i64 => BigInt;
    i32 => Integer;
    bool => Bool;
    NaiveDate => Date;
}

impl Column for Timestamp {
    type Sql = sql_types::Timestamp;
    const KIND: Kind = Kind::Timestamp;

    /// In the form both engines read (and SQLite stores).
    fn json<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.format("%F %T%.f"))
    }
}

impl Column for Currency {
    type Sql = sql_types::Text;
    const KIND: Kind = Kind::Text;

    fn json<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl FromSql<sql_types::Text, Backend> for Currency {
    fn from_sql(bytes: <Backend as diesel::backend::Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let code = <String as FromSql<sql_types::Text, Backend>>::from_sql(bytes)?;
        Ok(Self::from_code(&code).ok_or_else(|| format!("currency {code}"))?)
    }
}

impl From<Currency> for Bind {
    fn from(currency: Currency) -> Self {
        Self::from(currency.code())
    }
}

impl<T> Column for Option<T>
where
    T: Column<Sql: SqlType<IsNull = is_nullable::NotNull>>,
{
    type Sql = Nullable<T::Sql>;
    const KIND: Kind = T::KIND;
    const IS_NULLABLE: bool = true;

    fn json<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.json(serializer),
            None => serializer.serialize_none(),
        }
    }
}

/// A value as serde writes it into a row's JSON.
#[derive(Debug)]
pub struct Json<'a, T>(pub &'a T);

impl<T: Column> Serialize for Json<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.json(serializer)
    }
}

/// What a row of a statement is read into: a value, a tuple or a struct made by [`row!`](crate::row).
pub trait FromRow: Sized {
    /// Its columns, where it names them.
    const NAMES: &'static [&'static str] = &[];

    /// Adds the types of its columns and whether they may be NULL.
    fn kinds(kinds: &mut Vec<(Kind, bool)>);

    /// Reads it from the columns that begin at `next` and moves that behind them.
    fn from_row(row: &AnyRow<'_, '_>, next: &mut usize) -> deserialize::Result<Self>;
}

impl<T: Column + FromSql<T::Sql, Backend>> FromRow for T {
    fn kinds(kinds: &mut Vec<(Kind, bool)>) {
        kinds.push((T::KIND, T::IS_NULLABLE));
    }

    fn from_row(row: &AnyRow<'_, '_>, next: &mut usize) -> deserialize::Result<Self> {
        let at = *next;
        *next += 1;
        row.get_value::<T::Sql, T, usize>(at)
            .map_err(|error| format!("column {}: {error}", at + 1).into())
    }
}

/// A number of decimals, an integer in its column.
impl FromRow for u8 {
    fn kinds(kinds: &mut Vec<(Kind, bool)>) {
        i32::kinds(kinds);
    }

    fn from_row(row: &AnyRow<'_, '_>, next: &mut usize) -> deserialize::Result<Self> {
        Ok(Self::try_from(i32::from_row(row, next)?)?)
    }
}

/// JSON, a text in its column.
impl FromRow for serde_json::Value {
    fn kinds(kinds: &mut Vec<(Kind, bool)>) {
        String::kinds(kinds);
    }

    fn from_row(row: &AnyRow<'_, '_>, next: &mut usize) -> deserialize::Result<Self> {
        Ok(serde_json::from_str(&String::from_row(row, next)?)?)
    }
}

/// Steps and their decimals, two columns.
impl FromRow for Quantity {
    fn kinds(kinds: &mut Vec<(Kind, bool)>) {
        <(i64, u8)>::kinds(kinds);
    }

    fn from_row(row: &AnyRow<'_, '_>, next: &mut usize) -> deserialize::Result<Self> {
        <(i64, u8)>::from_row(row, next).map(|(steps, decimals)| Self::new(steps, decimals))
    }
}

/// Minor units and their currency, two columns.
impl FromRow for Money {
    fn kinds(kinds: &mut Vec<(Kind, bool)>) {
        <(i64, Currency)>::kinds(kinds);
    }

    fn from_row(row: &AnyRow<'_, '_>, next: &mut usize) -> deserialize::Result<Self> {
        <(i64, Currency)>::from_row(row, next).map(|(minor, currency)| Self::new(minor, currency))
    }
}

/// Millionths, one column.
impl FromRow for UnitPrice {
    fn kinds(kinds: &mut Vec<(Kind, bool)>) {
        i64::kinds(kinds);
    }

    fn from_row(row: &AnyRow<'_, '_>, next: &mut usize) -> deserialize::Result<Self> {
        i64::from_row(row, next).map(|micros| Self { micros })
    }
}

macro_rules! tuples {
    ($($($part:ident)*;)*) => { $(
        impl<$($part: FromRow),*> FromRow for ($($part,)*) {
            fn kinds(kinds: &mut Vec<(Kind, bool)>) {
                $($part::kinds(kinds);)*
            }

            fn from_row(row: &AnyRow<'_, '_>, next: &mut usize) -> deserialize::Result<Self> {
                Ok(($($part::from_row(row, next)?,)*))
            }
        }
    )* };
}

tuples! {
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
    A B C D E F G H I;
    A B C D E F G H I J;
    A B C D E F G H I J K;
    A B C D E F G H I J K L;
    A B C D E F G H I J K L M;
    A B C D E F G H I J K L M N;
}
