//! Both engines end with the same tables: names, nullability, unique indexes, types by fixed pairs. `src/db/schema/tables.rs`
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
    let declared = declared_columns(&std::fs::read_to_string("src/db/schema/tables.rs").unwrap());
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

#[test]
fn an_upgrade_fills_the_compared_form_of_keys() {
    let fresh = Fresh::migrated();
    match fresh.db().target() {
        Target::Sqlite(path) => undo_until(&mut bare_sqlite(path), "migrations/sqlite", "0103"),
        Target::Postgres(url) => undo_until(&mut bare_postgres(url), "migrations/postgres", "0103"),
    }
    let rows = [
        "INSERT INTO warehouses (id, code) VALUES (1, 'NORTH 1'), (2, 'north 1'), (3, 'WEST')",
        "INSERT INTO accounts (id, code, name, country, currency, tier, payment_terms_days) \
         VALUES (1, 'ACME', 'n', 'NL', 'EUR', 'gold', 1)",
        "INSERT INTO sites (id, account_id, code, name, country) VALUES (1, 1, 'MAIN', 'n', 'NL')",
        "INSERT INTO orders (id, account_id, number, state, hold_reasons, po_number, po_key, order_class, site_id, \
         currency, net_minor, line_count, placed_at, placed_on, queued_at, version) VALUES \
         (1, 1, 1, 'placed', '[]', 'PO  1', 'po  1', 'standard', 1, 'EUR', 0, 0, '2026-01-02 00:00:00', '2026-01-02', \
         '2026-01-02 00:00:00', 1), \
         (2, 1, 2, 'placed', '[]', 'PO 1', 'po 1', 'standard', 1, 'EUR', 0, 0, '2026-01-02 00:00:00', '2026-01-02', \
         '2026-01-02 00:00:00', 1), \
         (3, 1, 3, 'placed', '[]', 'Straße 7', 'straße 7', 'standard', 1, 'EUR', 0, 0, '2026-01-02 00:00:00', \
         '2026-01-02', '2026-01-02 00:00:00', 1)",
    ];
    fresh
        .db()
        .write_now(move |tx| rows.iter().try_for_each(|text| sql(text).run(tx).map(drop)))
        .unwrap();
    migrations::run(fresh.db()).unwrap();
    let texts = |text: &'static str| -> Vec<String> { fresh.db().read_now(|tx| sql(text).rows(tx)).unwrap() };
    assert_eq!(
        texts("SELECT code_key FROM warehouses ORDER BY id"),
        ["north 1", "\u{1}north 1", "west"]
    );
    assert_eq!(texts("SELECT code_key FROM accounts"), ["acme"]);
    // A number whose new key another order has keeps its own.
    assert_eq!(
        texts("SELECT po_key FROM orders ORDER BY id"),
        ["po  1", "po 1", "strasse 7"]
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

fn undo_until<DB, C>(connection: &mut C, folder: &str, version: &str)
where
    DB: diesel::backend::Backend,
    C: MigrationHarness<DB>,
    FileBasedMigrations: diesel::migration::MigrationSource<DB>,
    Box<dyn Migration<DB>>: Migration<DB>,
{
    let migrations = || FileBasedMigrations::from_path(folder).unwrap();
    while connection.revert_last_migration(migrations()).unwrap().to_string() != version {}
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
