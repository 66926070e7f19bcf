//! Rows as structs: one declaration gives the struct, its columns, how it is read and how it is stored.

use serde::Serialize;

use super::columns::{FromRow, Kind};
use super::sets::Table;
use super::template::{self, place};
use super::{Connection, Statement};
use crate::error::Result;

/// Declares a row.
///
/// ```text
/// row! {
///     /// Read and stored: the columns of a table.
///     struct OrderRow in orders { id: OrderId, note: Option<String> }
/// }
/// row! {
///     /// Stored only; may borrow.
///     struct NewRow<'a> into orders { id: OrderId, note: &'a str }
/// }
/// row! {
///     /// Read by `select::<Found>("WHERE …")`; `o.*` are the columns of the row that the field is, of its table,
///     /// `*` those of one with the same tables.
///     struct Found from "orders o JOIN sites s ON s.id = o.site_id" { order: OrderRow = "o.*", site: String = "s.code" }
/// }
/// row! {
///     /// Read from statements that name its columns, in its order.
///     struct Sum { id: OrderId, lines: i64 }
/// }
/// ```
#[macro_export]
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident in $table:ident {
        $($(#[$doc:meta])* $field_vis:vis $field:ident: $type:ty),* $(,)?
    }) => {
        $(#[$meta])*
        $vis struct $name { $($(#[$doc])* $field_vis $field: $type,)* }
        $crate::row!(@read $name [$(stringify!($field)),*] $($field: $type,)*);
        $crate::row!(@store $name [] $table $($field: $type,)*);

        impl $crate::db::Selected for $name {
            const FROM: &'static str = stringify!($table);
            const COLUMNS: &'static [(&'static str, &'static [&'static str])] = &[$((stringify!($field), &[])),*];
        }
    };
    ($(#[$meta:meta])* $vis:vis struct $name:ident $(<$life:lifetime>)? into $table:ident {
        $($(#[$doc:meta])* $field_vis:vis $field:ident: $type:ty),* $(,)?
    }) => {
        $(#[$meta])*
        $vis struct $name $(<$life>)? { $($(#[$doc])* $field_vis $field: $type,)* }
        $crate::row!(@store $name [$($life)?] $table $($field: $type,)*);
    };
    ($(#[$meta:meta])* $vis:vis struct $name:ident from $from:literal {
        $($(#[$doc:meta])* $field_vis:vis $field:ident: $type:ty = $column:expr),* $(,)?
    }) => {
        $(#[$meta])*
        $vis struct $name { $($(#[$doc])* $field_vis $field: $type,)* }
        $crate::row!(@read $name [$($column),*] $($field: $type,)*);

        impl $crate::db::Selected for $name {
            const FROM: &'static str = $from;
            const COLUMNS: &'static [(&'static str, &'static [&'static str])] =
                &[$(($column, <$type as $crate::db::FromRow>::NAMES)),*];
        }
    };
    ($(#[$meta:meta])* $vis:vis struct $name:ident {
        $($(#[$doc:meta])* $field_vis:vis $field:ident: $type:ty),* $(,)?
    }) => {
        $(#[$meta])*
        $vis struct $name { $($(#[$doc])* $field_vis $field: $type,)* }
        $crate::row!(@read $name [] $($field: $type,)*);
    };
    (@read $name:ident [$($names:expr),*] $($field:ident: $type:ty,)*) => {
        impl $crate::db::FromRow for $name {
            const NAMES: &'static [&'static str] = &[$($names),*];

            fn kinds(kinds: &mut Vec<($crate::db::Kind, bool)>) {
                $(<$type as $crate::db::FromRow>::kinds(kinds);)*
            }

            fn from_row(row: &$crate::db::AnyRow<'_, '_>, next: &mut usize) -> diesel::deserialize::Result<Self> {
                Ok(Self { $($field: $crate::db::FromRow::from_row(row, next)?,)* })
            }
        }
    };
    (@store $name:ident [$($life:lifetime)?] $table:ident $($field:ident: $type:ty,)*) => {
        // The compiler holds each member against its column in the schema.
        const _: () = {
            #[allow(dead_code, clippy::extra_unused_lifetimes)]
            fn columns $(<$life>)? () {
                $($crate::db::column(
                    $crate::db::schema::$table::$field,
                    std::marker::PhantomData::<<$type as $crate::db::Column>::Sql>,
                );)*
            }
        };

        impl $(<$life>)? serde::Serialize for $name $(<$life>)? {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut row = serde::Serializer::serialize_map(serializer, None)?;
                $(serde::ser::SerializeMap::serialize_entry(
                    &mut row,
                    stringify!($field),
                    &$crate::db::Json(&self.$field),
                )?;)*
                serde::ser::SerializeMap::end(row)
            }
        }

        impl $(<$life>)? $crate::db::Stored for $name $(<$life>)? {
            const TABLE: $crate::db::sets::Table = $crate::db::sets::Table::new(
                stringify!($table),
                &[$((stringify!($field), <$type as $crate::db::Column>::KIND)),*],
            );
        }
    };
}

/// Compiles where the column of the schema has the SQL type of the member that stands for it.
pub fn column<C: diesel::Expression>(_column: C, _member: std::marker::PhantomData<C::SqlType>) {}

/// A row that knows where it is read from.
pub trait Selected: FromRow {
    /// What stands behind FROM.
    const FROM: &'static str;
    /// Its columns; those that end in `.*` with the names they stand for.
    const COLUMNS: &'static [(&'static str, &'static [&'static str])];
}

/// A row that knows the table it is stored in.
pub trait Stored: Serialize {
    /// The table and the columns that it brings.
    const TABLE: Table;
}

/// `SELECT … FROM …` of rows of this kind.
pub fn selection<R: Selected>() -> String {
    let columns: Vec<_> = R::COLUMNS
        .iter()
        .flat_map(|(column, names)| named(column, names))
        .collect();
    format!("SELECT {} FROM {}", columns.join(", "), R::FROM)
}

fn named(column: &str, names: &[&str]) -> Vec<String> {
    match column.strip_suffix('*') {
        Some(table) if !names.is_empty() => names.iter().map(|name| format!("{table}{name}")).collect(),
        _ => vec![column.to_owned()],
    }
}

/// Reads rows of this kind: `rest` is what stands behind FROM: `WHERE … ORDER BY …`.
pub fn select<R: Selected>(rest: &'static str) -> Statement {
    let key = [place(R::COLUMNS), place(R::FROM.as_bytes()), place(rest.as_bytes())];
    Statement::of(template::cached(key, || format!("{} {rest}", selection::<R>())))
}

/// The statement that inserts all rows; there must be some.
pub fn insertion<R: Stored>(rows: &[R]) -> Result<Statement> {
    R::TABLE.insertion(rows)
}

/// Inserts all rows with one statement.
pub fn insert<R: Stored>(tx: &mut Connection, rows: &[R]) -> Result<()> {
    R::TABLE.insert(tx, rows)
}

/// The types of a row's columns and whether they may be NULL.
pub fn kinds<R: FromRow>() -> Vec<(Kind, bool)> {
    let mut kinds = Vec::new();
    R::kinds(&mut kinds);
    kinds
}
