//! Databases beside one, for sandboxes: a file in a folder beside its file, a schema of its server. Each is migrated as any
//! other and shares no table with it, so what is written through it is never found through the other.

use std::path::{Path, PathBuf};

use diesel::Connection as _;
use diesel::connection::SimpleConnection;

use super::{Connection, Database, Engine, Statement, Target, Topics, composed, execute, migrations};
use crate::error::{Error, Result};

/// How rows are taken over from the database beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// New ones are added, known ones become as they are there.
    Add,
    /// The same, and what is there no more goes.
    Mirror,
}

/// Rows to be taken over.
#[derive(Debug, Clone)]
pub struct Copied {
    pub table: &'static str,
    /// Which rows of the table `there`, as SQL; `{there}` stands before the names of its tables.
    pub which: String,
    pub how: How,
}

impl Target {
    /// Where the database `name` beside this one is. The name is letters, digits and `_`.
    fn beside(&self, name: &str) -> Result<Self> {
        match self {
            Self::Sqlite(file) => Ok(Self::Sqlite(folder_beside(file).join(format!("{name}.db")))),
            Self::Postgres(text) => {
                let mut url = url::Url::parse(text).map_err(Error::internal)?;
                let kept: Vec<(String, String)> = url.query_pairs().into_owned().collect();
                let own = format!("-csearch_path={name}");
                let options = kept.iter().find(|(key, _)| key == "options");
                let options = options.map_or_else(|| own.clone(), |(_, before)| format!("{before} {own}"));
                let rest = kept.iter().filter(|(key, _)| key != "options");
                // The server's library takes %20 for a blank, and not +.
                let encoded = |text: &str| {
                    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
                };
                let mut query: Vec<String> = rest.map(|(key, value)| format!("{key}={}", encoded(value))).collect();
                query.push(format!("options={}", encoded(&options)));
                url.set_query(Some(&query.join("&")));
                Ok(Self::Postgres(url.into()))
            }
        }
    }
}

/// Where databases beside the file are.
pub fn folder_beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push("-sandboxes");
    file.with_file_name(name)
}

fn cannot(what: &Path, error: &std::io::Error) -> Error {
    Error::Unavailable(format!("{} can't be kept: {error}", what.display()))
}

impl Database {
    /// Opens the database `name` beside this one with its schema up to date; it is made where there is none. Blocks.
    pub fn open_beside(&self, name: &str, connections: usize) -> Result<Self> {
        let target = self.target().beside(name)?;
        match &target {
            Target::Sqlite(file) => make_file(file)?,
            Target::Postgres(_) => {
                let text = format!("CREATE SCHEMA IF NOT EXISTS {name}");
                self.write_now(move |tx| execute(tx, &text))?;
            }
        }
        let database = Self::open(target, connections)?;
        if !database.read_now(migrations::is_current)? {
            migrations::run(&database)?;
        }
        Ok(database)
    }

    /// Removes the database `name` beside this one, with all that is in it. Blocks.
    pub fn drop_beside(&self, name: &str) -> Result<()> {
        match self.target().beside(name)? {
            Target::Sqlite(file) => {
                for ending in ["", "-wal", "-shm"] {
                    let mut path = file.as_os_str().to_owned();
                    path.push(ending);
                    match std::fs::remove_file(&path) {
                        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                            return Err(cannot(&file, &error));
                        }
                        Ok(()) | Err(_) => {}
                    }
                }
                Ok(())
            }
            Target::Postgres(_) => {
                let text = format!("DROP SCHEMA IF EXISTS {name} CASCADE");
                self.write_now(move |tx| execute(tx, &text))
            }
        }
    }

    /// Takes rows over from the database `there`, in one transaction; then `and_then` does what is left, with the statements'
    /// prefix of tables there. The other is only read, and nobody there waits. Blocks.
    pub fn take_over(
        &self,
        there: &Self,
        copies: &[Copied],
        and_then: impl Fn(&mut Connection, &str) -> Result<()>,
    ) -> Result<()> {
        let mut connection = self.open_writer()?;
        let prefix = match there.target() {
            Target::Sqlite(file) => {
                let file = file.to_string_lossy().into_owned();
                attach(&mut connection, &file)?;
                "there.".to_owned()
            }
            Target::Postgres(_) => {
                execute(
                    &mut connection,
                    "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0",
                )?;
                let schema: String =
                    there.read_now(|connection| composed("SELECT current_schema()::text").one(connection))?;
                format!("\"{schema}\".")
            }
        };
        let taken_over = connection.transaction(|tx| {
            for copied in copies.iter().rev().filter(|copied| copied.how == How::Mirror) {
                let which = copied.which.replace("{there}", &prefix);
                let table = copied.table;
                composed(format!(
                    "DELETE FROM {table} WHERE id NOT IN (SELECT id FROM {prefix}{table} WHERE {which})"
                ))
                .run(tx)?;
            }
            for copied in copies {
                add(tx, copied, &prefix)?;
            }
            and_then(tx, &prefix)
        });
        self.heard.tell(Topics::ALL);
        taken_over
    }
}

fn add(tx: &mut Connection, copied: &Copied, prefix: &str) -> Result<()> {
    let table = copied.table;
    let columns: Vec<String> = Statement::per_engine(
        "SELECT name FROM pragma_table_info($1)",
        "SELECT column_name::text FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1",
    )
    .bind(table)
    .rows(tx)?;
    let which = copied.which.replace("{there}", prefix);
    let listed = columns.join(", ");
    let others: Vec<_> = columns.iter().filter(|column| *column != "id").collect();
    let set: Vec<_> = others
        .iter()
        .map(|column| format!("{column} = excluded.{column}"))
        .collect();
    composed(format!(
        "INSERT INTO {table} ({listed}) SELECT {listed} FROM {prefix}{table} WHERE {which} \
         ON CONFLICT (id) DO UPDATE SET {}",
        set.join(", ")
    ))
    .run(tx)
    .map(drop)
}

/// SQLite attaches no database inside a transaction; on PostgreSQL there is nothing to attach.
fn attach(connection: &mut Connection, file: &str) -> Result<()> {
    if connection.engine() == Engine::Postgres {
        return Ok(());
    }
    connection.batch_execute(&format!("ATTACH DATABASE '{}' AS there", file.replace('\'', "''")))?;
    Ok(())
}

/// The file of a database that only its owner may read.
fn make_file(file: &Path) -> Result<()> {
    use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
    if let Some(folder) = file.parent() {
        let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
        made.map_err(|error| cannot(folder, &error))?;
    }
    let made = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(file);
    made.map(drop).map_err(|error| cannot(file, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_is_named_in_the_options_of_its_url() {
        let beside = |url: &str| match Target::Postgres(url.to_owned()).beside("sbx_1").expect("a URL") {
            Target::Postgres(url) => url,
            Target::Sqlite(_) => unreachable!("another engine"),
        };
        assert_eq!(
            beside("postgres://portal@db/portal"),
            "postgres://portal@db/portal?options=%2Dcsearch%5Fpath%3Dsbx%5F1"
        );
        assert_eq!(
            beside("postgres://db/portal?sslmode=require&options=-cjit%3Doff"),
            "postgres://db/portal?sslmode=require&options=%2Dcjit%3Doff%20%2Dcsearch%5Fpath%3Dsbx%5F1"
        );
    }

    #[test]
    fn a_file_lies_in_a_folder_beside() {
        let target = Target::Sqlite("/data/portal.db".into())
            .beside("sbx_1")
            .expect("a path");
        assert_eq!(target.to_string(), "sqlite:///data/portal.db-sandboxes/sbx_1.db");
    }
}
