//! A fresh, migrated database for each test: on SQLite a copy of a file migrated once, on PostgreSQL a copy of a
//! database migrated once. Dropping it removes it.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use portal::db::{Database, Engine, Target, migrations};
use tempfile::TempDir;

/// Enough for tests of concurrency, few enough for many tests at once on one server.
const CONNECTIONS: usize = 8;
/// How the databases of a run are named: this, the process and a number.
const NAME: &str = "portal_test";

/// A database that lives as long as this value.
pub struct Fresh {
    database: Option<Database>,
    place: Place,
}

enum Place {
    File(TempDir),
    Server { name: String },
}

impl Fresh {
    /// On the engine this run is about.
    pub fn migrated() -> Self {
        Self::on(engine())
    }

    /// On SQLite whatever the run is about.
    pub fn sqlite() -> Self {
        Self::on(Engine::Sqlite)
    }

    fn on(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => {
                let folder = TempDir::new().unwrap();
                std::fs::write(sqlite_file(folder.path()), sqlite_template()).unwrap();
                Self::open(Target::Sqlite(sqlite_file(folder.path())), Place::File(folder))
            }
            Engine::Postgres => {
                let name = next_name();
                on_server(&format!("CREATE DATABASE {name} TEMPLATE {}", postgres_template()));
                Self::open(Target::Postgres(server_url(&name)), Place::Server { name })
            }
        }
    }

    /// An empty one on the server, whose tables the test brings.
    pub fn empty_on_server() -> Self {
        let name = next_name();
        on_server(&format!("CREATE DATABASE {name}"));
        let database = Database::open(Target::Postgres(server_url(&name)), 1).unwrap();
        Self {
            database: Some(database),
            place: Place::Server { name },
        }
    }

    fn open(target: Target, place: Place) -> Self {
        let database = Database::open(target, CONNECTIONS).unwrap();
        // Commands may block, a test's runtime may not.
        std::thread::scope(|scope| scope.spawn(|| database.claim_node()).join().unwrap()).unwrap();
        Self {
            database: Some(database),
            place,
        }
    }

    /// The open database.
    pub fn db(&self) -> &Database {
        self.database.as_ref().unwrap()
    }

    /// The same database opened again, as a second process would.
    pub fn opened_again(&self) -> Database {
        Database::open(self.db().target().clone(), CONNECTIONS).unwrap()
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        drop(self.database.take());
        match &self.place {
            // The folder goes with its own drop.
            Place::File(_folder) => {}
            Place::Server { name } => on_server(&format!("DROP DATABASE {name} WITH (FORCE)")),
        }
    }
}

/// The engine this run is about: PostgreSQL where `PORTAL_TEST_DATABASE` names a server.
pub fn engine() -> Engine {
    match server() {
        Some(_) => Engine::Postgres,
        None => Engine::Sqlite,
    }
}

/// The server's URL, for a test that needs one.
#[allow(clippy::disallowed_methods, reason = "the suite's own setting")]
fn server() -> Option<&'static str> {
    static SERVER: OnceLock<Option<String>> = OnceLock::new();
    SERVER
        .get_or_init(|| std::env::var("PORTAL_TEST_DATABASE").ok().filter(|url| !url.is_empty()))
        .as_deref()
}

/// A connection to `url` that does not go through the portal.
pub fn bare_postgres(url: &str) -> PgConnection {
    PgConnection::establish(url).unwrap()
}

/// Ends every session of the database but its own, as a restart of the server does, and waits until they are gone.
pub fn end_all_sessions(db: &Database) -> usize {
    let Target::Postgres(url) = db.target() else {
        panic!("not on a server");
    };
    let mut bare = bare_postgres(url);
    bare.batch_execute("SET statement_timeout = '10s'").unwrap();
    diesel::sql_query(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity \
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    .execute(&mut bare)
    .unwrap()
}

/// A connection to the file at `path` that does not go through the portal.
pub fn bare_sqlite(path: &Path) -> SqliteConnection {
    SqliteConnection::establish(path.to_str().unwrap()).unwrap()
}

fn sqlite_file(folder: &Path) -> PathBuf {
    folder.join("portal.db")
}

fn sqlite_template() -> &'static [u8] {
    static TEMPLATE: OnceLock<Vec<u8>> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let path = sqlite_file(folder.path());
        let database = Database::open(Target::Sqlite(path.clone()), 1).unwrap();
        migrations::run(&database).unwrap();
        // One file, without the log beside it.
        let copy = folder.path().join("template.db");
        bare_sqlite(&path)
            .batch_execute(&format!("VACUUM INTO '{}'", copy.display()))
            .unwrap();
        std::fs::read(copy).unwrap()
    })
}

/// The name of the database the others are copies of.
fn postgres_template() -> &'static str {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        remove_leftovers();
        let name = format!("{NAME}_{}_template", std::process::id());
        on_server(&format!("CREATE DATABASE {name}"));
        let database = Database::open(Target::Postgres(server_url(&name)), 1).unwrap();
        migrations::run(&database).unwrap();
        name
    })
}

/// Removes what earlier runs left on the server: templates stay, because a process can't tell its last test.
fn remove_leftovers() {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let mut server = bare_postgres(&server_url("postgres"));
    let rows: Vec<Row> = diesel::sql_query("SELECT datname::text AS name FROM pg_database WHERE datname LIKE $1")
        .bind::<Text, _>(format!("{NAME}\\_%"))
        .load(&mut server)
        .unwrap();
    for Row { name } in rows {
        let process = name.split('_').nth(2).unwrap_or_default();
        if !Path::new("/proc").join(process).exists() {
            // Another run may have removed it meanwhile.
            let _ = server.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

fn next_name() -> String {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("{NAME}_{}_{number}", std::process::id())
}

fn on_server(statement: &str) {
    bare_postgres(&server_url("postgres")).batch_execute(statement).unwrap();
}

fn server_url(database: &str) -> String {
    let server = server().expect("PORTAL_TEST_DATABASE names a server");
    let mut url = url::Url::parse(server).unwrap();
    url.set_path(database);
    url.into()
}
