//! Both engines end with the same tables: names, nullability, unique indexes, types by fixed pairs. `src/db/schema.rs`
//! tells what PostgreSQL has. The tables of the search (`search_*`) are each engine's own and left out.

use std::collections::{BTreeMap, BTreeSet};

use diesel::migration::Migration;
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use portal::db::{Database, Engine, Target, migrations, sql};

use crate::fresh::{Fresh, bare_postgres, bare_sqlite, engine};

/// Type on PostgreSQL (as the catalogue names it), on SQLite, in `schema.rs`.
const TYPES: &[(&str, &str, &str)] = &[
    ("text", "TEXT", "Text"),
    ("bigint", "INTEGER", "Int8"),
    ("integer", "INTEGER", "Int4"),
    ("boolean", "INTEGER", "Bool"),
    ("timestamp without time zone", "TEXT", "Timestamp"),
    ("date", "TEXT", "Date"),
    ("bytea", "BLOB", "Bytea"),
];

/// Type and nullability by table and column.
type Columns = BTreeMap<(String, String), (String, bool)>;

/// What a unique index holds.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Unique {
    table: String,
    columns: Vec<String>,
    /// The condition of a partial index, without the engines' ways to write it.
    condition: String,
}

#[test]
fn schema_rs_tells_the_tables_of_this_engine() {
    let fresh = Fresh::migrated();
    let declared = declared_columns(&std::fs::read_to_string("src/db/schema.rs").unwrap());
    let real = columns(fresh.db());
    same_columns(&declared, &real);
    for (column, (declared_type, declared_nullable)) in &declared {
        let (real_type, real_nullable) = &real[column];
        assert_eq!(declared_nullable, real_nullable, "nullability of {column:?}");
        let pair = TYPES.iter().find(|(.., rust)| rust == declared_type).unwrap();
        let wanted = match engine() {
            Engine::Postgres => pair.0,
            Engine::Sqlite => pair.1,
        };
        assert_eq!(wanted, real_type, "type of {column:?}");
    }
}

#[test]
fn both_engines_have_the_same_tables_and_unique_indexes() {
    if engine() == Engine::Sqlite {
        return;
    }
    let (postgres, sqlite) = (Fresh::migrated(), Fresh::sqlite());
    let (left, right) = (columns(postgres.db()), columns(sqlite.db()));
    same_columns(&left, &right);
    for (column, (postgres_type, nullable)) in &left {
        let (sqlite_type, sqlite_nullable) = &right[column];
        assert_eq!(nullable, sqlite_nullable, "nullability of {column:?}");
        let paired = TYPES.iter().any(|(a, b, _)| a == postgres_type && b == sqlite_type);
        assert!(
            paired,
            "{column:?} is {postgres_type} on PostgreSQL and {sqlite_type} on SQLite"
        );
    }
    assert_eq!(uniques(postgres.db()), uniques(sqlite.db()));
}

#[test]
fn every_migration_can_be_undone_and_done_again() {
    let fresh = Fresh::migrated();
    let before = columns(fresh.db());
    let undone = match fresh.db().target() {
        Target::Sqlite(path) => undo_all(&mut bare_sqlite(path), "migrations/sqlite"),
        Target::Postgres(url) => undo_all(&mut bare_postgres(url), "migrations/postgres"),
    };
    assert!(undone > 0);
    assert_eq!(columns(fresh.db()), Columns::new(), "what is left after all is undone");
    assert_eq!(leftovers(fresh.db()), Vec::<String>::new());

    let current = |db: &Database| db.read_now(migrations::is_current).unwrap();
    assert!(!current(fresh.db()));
    assert_eq!(migrations::run(fresh.db()).unwrap().len(), undone);
    assert!(current(fresh.db()));
    assert_eq!(columns(fresh.db()), before);
    assert!(
        migrations::run(fresh.db()).unwrap().is_empty(),
        "a second run has nothing to do"
    );
}

fn same_columns(left: &Columns, right: &Columns) {
    let names = |columns: &Columns| columns.keys().cloned().collect::<BTreeSet<_>>();
    let (left, right) = (names(left), names(right));
    let odd: Vec<_> = left.symmetric_difference(&right).collect();
    assert!(
        odd.is_empty(),
        "only on one side: {odd:?} (schema.rs is written by: diesel print-schema)"
    );
}

fn undo_all<DB, C>(connection: &mut C, folder: &str) -> usize
where
    DB: diesel::backend::Backend,
    C: MigrationHarness<DB>,
    FileBasedMigrations: diesel::migration::MigrationSource<DB>,
    Box<dyn Migration<DB>>: Migration<DB>,
{
    let migrations = FileBasedMigrations::from_path(folder).unwrap();
    connection.revert_all_migrations(migrations).unwrap().len()
}

/// Tables, sequences and views that no migration removed.
fn leftovers(db: &Database) -> Vec<String> {
    let text = match db.engine() {
        Engine::Sqlite => "SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' AND name NOT LIKE '%diesel%'",
        Engine::Postgres => {
            "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace \
             AND relname NOT LIKE '%diesel%'"
        }
    };
    db.read_now(move |tx| sql(text).rows(tx)).unwrap()
}

fn columns(db: &Database) -> Columns {
    let text = match db.engine() {
        Engine::Sqlite => {
            "SELECT tables.name, columns.name, columns.type, columns.\"notnull\" = 0 \
             FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns \
             WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite%' \
               AND tables.name NOT LIKE '%diesel%' AND tables.name NOT LIKE 'search%'"
        }
        Engine::Postgres => {
            "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'YES' \
             FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name NOT LIKE '%diesel%' AND table_name NOT LIKE 'search%'"
        }
    };
    let rows: Vec<(String, String, String, bool)> = db.read_now(move |tx| sql(text).rows(tx)).unwrap();
    rows.into_iter()
        .map(|(table, column, of, nullable)| ((table, column), (of, nullable)))
        .collect()
}

/// Primary keys too, whatever they are called.
fn uniques(db: &Database) -> BTreeSet<Unique> {
    let text = match db.engine() {
        // The key of a table whose rows are found by number has no index of its own.
        Engine::Sqlite => {
            "SELECT tables.name, \
                    (SELECT group_concat(name, ',') FROM \
                       (SELECT name FROM pragma_index_info(indexes.name) ORDER BY seqno)), \
                    (SELECT sql FROM sqlite_schema AS own WHERE own.name = indexes.name) \
             FROM sqlite_schema AS tables, pragma_index_list(tables.name) AS indexes \
             WHERE tables.type = 'table' AND indexes.\"unique\" AND indexes.origin <> 'pk' \
               AND tables.name NOT LIKE '%diesel%' AND tables.name NOT LIKE 'search%' \
             UNION \
             SELECT tables.name, \
                    (SELECT group_concat(name, ',') FROM \
                       (SELECT name FROM pragma_table_info(tables.name) WHERE pk > 0 ORDER BY pk)), NULL \
             FROM sqlite_schema AS tables \
             WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite%' \
               AND tables.name NOT LIKE '%diesel%' AND tables.name NOT LIKE 'search%'"
        }
        Engine::Postgres => {
            "SELECT indrelid::regclass::text, \
                    (SELECT string_agg(attname, ',' ORDER BY place) FROM unnest(indkey) WITH ORDINALITY AS k(n, place) \
                       JOIN pg_attribute ON attrelid = indrelid AND attnum = n), \
                    'WHERE ' || pg_get_expr(indpred, indrelid) \
             FROM pg_index JOIN pg_class ON pg_class.oid = indrelid \
             WHERE indisunique AND relnamespace = 'public'::regnamespace \
               AND relname NOT LIKE '%diesel%' AND relname NOT LIKE 'search%'"
        }
    };
    let rows: Vec<(String, String, Option<String>)> = db.read_now(move |tx| sql(text).rows(tx)).unwrap();
    rows.into_iter()
        .map(|(table, columns, text)| Unique {
            table,
            columns: columns.split(',').map(str::to_owned).collect(),
            condition: condition(text.as_deref().unwrap_or_default()),
        })
        .collect()
}

/// `… WHERE state NOT IN ('a', 'b')` and `WHERE (state <> ALL (ARRAY['a'::text, 'b'::text]))` are the same.
fn condition(text: &str) -> String {
    let Some((_, condition)) = text.split_once(" WHERE ").or_else(|| text.split_once("WHERE ")) else {
        return String::new();
    };
    condition
        .replace("::text", "")
        .replace(['(', ')', ' ', '\n', ';'], "")
        .replace("<>ALLARRAY[", "NOTIN")
        .replace("=ANYARRAY[", "IN")
        .replace(']', "")
}

/// Reads the `diesel::table!` blocks of `schema.rs`.
fn declared_columns(text: &str) -> Columns {
    let mut columns = Columns::new();
    let (mut table, mut column) = (String::new(), None);
    for line in text.lines().map(str::trim) {
        if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with('{')) {
            table = name.to_owned();
        } else if let Some(name) = line.strip_prefix("#[sql_name = \"") {
            column = name.strip_suffix("\"]").map(str::to_owned);
        } else if let Some((name, of)) = line.split_once(" -> ").filter(|_| line.ends_with(',')) {
            let of = of.trim_end_matches(',');
            let required = of.strip_prefix("Nullable<").map(|of| of.trim_end_matches('>'));
            let name = column.take().unwrap_or_else(|| name.to_owned());
            columns.insert(
                (table.clone(), name),
                (required.unwrap_or(of).to_owned(), required.is_some()),
            );
        }
    }
    columns
}

#[test]
fn the_reading_of_schema_rs_sees_names_types_and_nulls() {
    let declared = declared_columns(
        "diesel::table! {\n    events (id) {\n        id -> Int8,\n        #[sql_name = \"type\"]\n        \
         type_ -> Nullable<Text>,\n    }\n}\ndiesel::joinable!(a -> b (c));",
    );
    let column = |name: &str| declared[&("events".to_owned(), name.to_owned())].clone();
    assert_eq!(column("id"), ("Int8".to_owned(), false));
    assert_eq!(column("type"), ("Text".to_owned(), true));
}

#[test]
fn conditions_are_equal_however_they_are_written() {
    let wanted = condition("CREATE UNIQUE INDEX i ON t (a) WHERE state NOT IN ('a', 'b')");
    assert_eq!(wanted, condition("WHERE (state <> ALL (ARRAY['a'::text, 'b'::text]))"));
    assert_ne!(wanted, condition("CREATE UNIQUE INDEX i ON t (a)"));
}
