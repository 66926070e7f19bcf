//! Where the database is and how a connection to it is set up.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use diesel::Connection as _;
use diesel::connection::{InstrumentationEvent, SimpleConnection};

use super::{Connection, Engine};
use crate::error::{Error, Result};

/// A database by its URL.
#[derive(Clone)]
pub enum Target {
    /// A file.
    Sqlite(PathBuf),
    /// A server; the URL may hold a password.
    Postgres(String),
}

impl Target {
    /// Reads `sqlite://NAME` (in `data_dir`), `sqlite:///abs/path` or `postgres://…`. Anything else is an error, so
    /// that a typing mistake never creates a file.
    pub fn parse(url: &str, data_dir: &Path) -> Result<Self, String> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            if path.is_empty() {
                return Err("names no file; write sqlite://portal.db".to_owned());
            }
            // Joining an absolute path gives that path.
            return Ok(Self::Sqlite(data_dir.join(path)));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        Err("must start with sqlite:// or postgres://".to_owned())
    }

    /// Which engine it names.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// True when opening it creates nothing.
    pub fn exists(&self) -> bool {
        match self {
            Self::Sqlite(path) => path.exists(),
            Self::Postgres(_) => true,
        }
    }
}

/// Without password; it may also stand among the parameters.
impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            Self::Postgres(text) => match url::Url::parse(text) {
                Ok(mut url) => {
                    if url.password().is_some() {
                        // Fails only for URLs that can't hold one.
                        let _ = url.set_password(Some("***"));
                    }
                    url.set_query(None);
                    write!(f, "{url}")
                }
                Err(_) => f.write_str("postgres://"),
            },
        }
    }
}

impl std::fmt::Debug for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

/// What a connection may do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// On SQLite: reading only.
    Read,
    /// Everything.
    Write,
}

/// Opens connections for the pool.
#[derive(Clone)]
pub struct Manager {
    pub(super) target: Target,
    pub(super) statements: Arc<AtomicU64>,
}

/// A connection of the pool and whether it is lost.
pub struct Pooled {
    pub(super) connection: Connection,
    pub(super) broken: bool,
}

/// One statement may run 30 s, wait 5 s for a lock (the time a twin of a running request waits), and a transaction may
/// idle 60 s. Plans are generic: sets come as one parameter, so that a plan does not depend on the values. A page read
/// anywhere costs about as much as the next one, as in memory and on flash; with the default, made for disks that turn,
/// a rare value of the record is sought through all of it.
const POSTGRES_SETUP: &str = "SET statement_timeout = '30s'; SET lock_timeout = '5s'; \
     SET idle_in_transaction_session_timeout = '60s'; SET plan_cache_mode = force_generic_plan; SET jit = off; \
     SET random_page_cost = 1.1; SET timezone = 'UTC'; SET datestyle = 'ISO'; SET client_encoding = 'UTF8'; SET client_min_messages = warning";

/// WAL lets readers go on while one writes; FULL makes a commit survive a loss of power.
const SQLITE_SETUP: &str = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000; PRAGMA mmap_size = 268435456; \
     PRAGMA wal_autocheckpoint = 10000; PRAGMA journal_size_limit = 67108864; PRAGMA trusted_schema = OFF";

impl Manager {
    pub(super) fn open(&self, access: Access) -> Result<Connection> {
        let unavailable = |error: &dyn std::fmt::Display| {
            Error::Unavailable(format!("The database {} can't be opened: {error}", self.target))
        };
        let mut connection = match &self.target {
            Target::Postgres(url) => {
                let mut inner = diesel::PgConnection::establish(url).map_err(|e| unavailable(&e))?;
                inner.batch_execute(POSTGRES_SETUP).map_err(|e| unavailable(&e))?;
                Connection::Postgres(inner)
            }
            Target::Sqlite(path) => {
                let path = path.to_str().ok_or_else(|| unavailable(&"its path is not UTF-8"))?;
                let mut inner = diesel::SqliteConnection::establish(path).map_err(|e| unavailable(&e))?;
                inner.batch_execute(SQLITE_SETUP).map_err(|e| unavailable(&e))?;
                if access == Access::Read {
                    inner
                        .batch_execute("PRAGMA query_only = ON")
                        .map_err(|e| unavailable(&e))?;
                }
                Connection::Sqlite(inner)
            }
        };
        let statements = self.statements.clone();
        // The query that follows the begin or the end of a transaction is its BEGIN, SAVEPOINT, COMMIT, …
        let mut controls = false;
        connection.set_instrumentation(move |event: InstrumentationEvent<'_>| match event {
            InstrumentationEvent::BeginTransaction { .. }
            | InstrumentationEvent::CommitTransaction { .. }
            | InstrumentationEvent::RollbackTransaction { .. } => controls = true,
            InstrumentationEvent::StartQuery { .. } if !std::mem::take(&mut controls) => {
                statements.fetch_add(1, Ordering::Relaxed);
            }
            _ => {}
        });
        Ok(connection)
    }
}
