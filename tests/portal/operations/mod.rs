//! What an operator asks of an installation: how it stands, what is kept of an account, that somebody is forgotten, how it is
//! measured, and that a backup comes back.

mod backups;
mod doctor;
mod erasing;
mod exporting;
mod measured;
mod traces;

use std::path::{Path, PathBuf};

use portal::audit::Actor;
use portal::clock;
use portal::db::{Connection, Engine, composed, sql};
use portal::error::Result;
use portal::identity::{self, Employment, NewPerson, passwords, rules::AccountRole};

use crate::app::{PASSWORD, TestApp};

/// A file of the source tree.
fn tree(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The text of one.
fn text(name: &str) -> String {
    std::fs::read_to_string(tree(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Somebody with a name of their own.
async fn add_person(app: &TestApp, email: &str, name: &str, account: &'static str) {
    let hash = passwords::hash(PASSWORD).unwrap();
    let (email, name) = (email.to_owned(), name.to_owned());
    let add = move |tx: &mut Connection| {
        let account = portal::accounts::find_by_code(tx, account)?.expect("it was imported");
        let person = NewPerson {
            email: email.clone(),
            name: name.clone(),
            password_hash: hash.clone(),
            employment: Employment::Account(account.id, AccountRole::Admin),
        };
        identity::add_person(tx, &Actor::program("command"), &person, clock::now())
    };
    app.db().write(add).await.unwrap();
}

/// The tables of the database.
fn tables(connection: &mut Connection) -> Result<Vec<String>> {
    match connection.engine() {
        Engine::Sqlite => sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").rows(connection),
        Engine::Postgres => sql(
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() \
             AND table_type = 'BASE TABLE' ORDER BY 1",
        )
        .rows(connection),
    }
}

/// The columns of a table.
fn columns(connection: &mut Connection, table: &str) -> Result<Vec<String>> {
    match connection.engine() {
        Engine::Sqlite => composed(format!("SELECT name FROM pragma_table_info('{table}')")).rows(connection),
        Engine::Postgres => composed(format!(
            "SELECT column_name::text FROM information_schema.columns WHERE table_schema = current_schema() \
             AND table_name = '{table}' ORDER BY ordinal_position"
        ))
        .rows(connection),
    }
}

/// Every column of the database in which a text stands, in any case.
fn columns_with(connection: &mut Connection, needle: &str) -> Result<Vec<String>> {
    let needle = needle.to_lowercase();
    let mut found = Vec::new();
    for table in tables(connection)? {
        for column in columns(connection, &table)? {
            let rows: i64 = composed(format!(
                "SELECT COUNT(*) FROM {table} WHERE {{position}}(LOWER(CAST({column} AS TEXT)), $1) > 0"
            ))
            .bind(needle.as_str())
            .one(connection)?;
            if rows > 0 {
                found.push(format!("{table}.{column}"));
            }
        }
    }
    Ok(found)
}
