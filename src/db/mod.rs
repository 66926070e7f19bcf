//! The database: one enum over two engines, `read` and `write` as the only ways in.
//!
//! - [`Database::read`] runs a closure in one snapshot on a pooled connection.
//! - [`Database::write`] runs a closure in one transaction: on SQLite on the single writer thread, which commits many
//!   waiting writes at once ([`writer`]); on PostgreSQL on a pooled connection, again after a serialisation failure.
//!
//! Closures of `write` may run more than once: no effect but the database, no hashing, no files.

mod any;
mod asking;
pub mod changes;
mod beside;
mod columns;
mod connect;
pub mod copying;
pub mod counters;
pub mod folding;
pub mod migrations;
pub mod patterns;
mod remembering;
mod rows;
pub mod seek;
pub mod server;
pub mod sets;
mod statement;
mod template;
mod topics;
pub mod violations;
mod work;
mod writer;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use diesel::Connection as _;
use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::r2d2;
use tokio::sync::watch;

pub use portal_schema as schema;

pub use self::any::AnyConnection as Connection;
pub use self::beside::{Copied, How, folder_beside};
pub use self::columns::{AnyRow, Backend, Column, FromRow, Json, Kind};
pub use self::connect::Target;
pub use self::remembering::{Remembered, Remembering};
pub use self::rows::{Selected, Stored, column, insert, insertion, kinds, select, selection};
pub use self::statement::{Batch, Bind, Statement, composed, sql};
pub use self::topics::{Topics, Writes};

use self::connect::{Manager, Pooled};
use self::remembering::Minds;
use self::topics::Heard;
use self::work::{Work, kept, not_run, waited};
use self::writer::Writer;
use crate::cpu::{Fair, Limits, Priority, caught};
use crate::error::{Error, Result};
use crate::ids;
use crate::measures;

/// Repeats a body on the inner connection, for what diesel can't do on the enum.
#[macro_export]
macro_rules! per_backend {
    ($connection:expr, $inner:ident => $body:expr) => {
        match $connection {
            $crate::db::Connection::Postgres($inner) => $body,
            $crate::db::Connection::Sqlite($inner) => $body,
        }
    };
}

/// Which engine a connection speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// PostgreSQL.
    Postgres,
    Sqlite,
}

/// How often a write is tried again after a serialisation failure or a deadlock.
const WRITE_RETRIES_MAX: u32 = 5;
/// How long a request waits for a free connection.
const CHECKOUT_TIMEOUT: Duration = Duration::from_secs(5);

/// The open database. Clones share everything.
#[derive(Clone)]
pub struct Database {
    target: Target,
    connections: r2d2::Pool<Manager>,
    threads: Fair,
    /// SQLite only: the one thread that writes.
    writer: Option<Arc<Writer>>,
    statements: Arc<AtomicU64>,
    written: Arc<watch::Sender<()>>,
    heard: Heard,
    minds: Minds,
}

/// Whoever has much to read or reads long waits behind their own: half of the cores at most are theirs.
const fn limits(connections: usize, cores: usize) -> Limits {
    Limits {
        threads: connections,
        long: cores / 2,
        long_after: Duration::from_millis(15),
        // Requests wait for their turn, however many they are; the server bounds them.
        waiting: usize::MAX,
        of_one: usize::MAX,
        priority: Priority::Ordinary,
    }
}

impl Database {
    /// Opens the database without touching its schema. `connections` bounds the pool (readers only on SQLite); 0
    /// chooses four a core for PostgreSQL, one a core but at least two for SQLite.
    pub fn open(target: Target, connections: usize) -> Result<Self> {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let connections = match (connections, target.engine()) {
            (0, Engine::Postgres) => cores * 4,
            (0, Engine::Sqlite) => cores.max(2),
            (chosen, _) => chosen,
        };
        let statements = Arc::new(AtomicU64::new(0));
        let size = u32::try_from(connections).map_err(Error::internal)?;
        let manager = Manager {
            target: target.clone(),
            statements: statements.clone(),
        };
        // Checked once here, so that a wrong URL or a server that is down is told with its reason.
        drop(manager.open(connect::Access::Read)?);
        let pool = r2d2::Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .connection_timeout(CHECKOUT_TIMEOUT)
            .build_unchecked(manager);
        let heard = Heard::default();
        let writer = match target.engine() {
            Engine::Sqlite => Some(Writer::start(target.clone(), statements.clone(), heard.clone())?),
            Engine::Postgres => None,
        };
        let database = Self {
            target,
            connections: pool,
            threads: Fair::new("db", limits(connections, cores))?,
            writer: writer.map(Arc::new),
            statements,
            written: Arc::new(watch::Sender::new(())),
            heard,
            minds: Minds::default(),
        };
        Ok(database)
    }

    /// Draws this process's number for ids. Needs the current schema.
    pub fn claim_node(&self) -> Result<()> {
        let node = self
            .write_now(|tx| sql("UPDATE counters SET value = value + 1 WHERE name = 'node' RETURNING value").one(tx))?;
        ids::set_node(node);
        Ok(())
    }

    /// Which engine answers.
    pub fn engine(&self) -> Engine {
        self.target.engine()
    }

    pub fn target(&self) -> &Target {
        &self.target
    }

    /// Connections that are open, and those of them that nobody uses now.
    pub fn connections(&self) -> (u32, u32) {
        let state = self.connections.state();
        (state.connections, state.idle_connections)
    }

    /// Statements sent since the start, transaction control left out; for the tests that hold their number.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Runs `work` in one snapshot.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (work, outcome) = kept("read", work);
        self.read_work(work).await?;
        outcome.take()
    }

    /// Runs `work` in one transaction; any error undoes all of it.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let written = self.in_line(work).await?;
        self.written.send_replace(());
        Ok(written)
    }

    /// The same for what waits for all writes before it and writes nothing: nobody hears of it.
    async fn in_line<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (work, outcome) = kept("write", work);
        self.write_work(work).await?;
        outcome.take()
    }

    /// Hears when something is written through this value or a clone of it. What other processes write is not heard.
    pub fn writes(&self) -> Writes {
        Writes::of(&self.written)
    }

    /// [`Self::read`] on the calling thread, for commands.
    pub fn read_now<T>(&self, work: impl Fn(&mut Connection) -> Result<T>) -> Result<T> {
        let mut value = None;
        self.snapshot(&mut |connection| {
            value = Some(work(connection)?);
            Ok(())
        })?;
        value.ok_or_else(not_run)
    }

    /// [`Self::write`] on the calling thread, for commands.
    pub fn write_now<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (mut work, outcome) = kept("write", work);
        match &self.writer {
            Some(writer) => writer.submit(work).blocking_recv().map_err(Error::internal)??,
            None => self.transaction(&mut *work)?,
        }
        outcome.take()
    }

    /// Runs `work` in a transaction that is always undone: what a write would come to. It may wait for other writes and
    /// make them wait, so keep it short.
    pub fn rehearse_now<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.write_now(move |tx| {
            let mut value = None;
            in_savepoint(tx, false, &mut |tx| {
                value = Some(work(tx)?);
                Ok(())
            })?;
            value.ok_or_else(not_run)
        })
    }

    async fn read_work(&self, mut work: Work) -> Result<()> {
        let database = self.clone();
        let asked = Instant::now();
        let reading = move || {
            waited("read", asked);
            database.snapshot(&mut *work)
        };
        self.threads.run(reading).await
    }

    async fn write_work(&self, mut work: Work) -> Result<()> {
        if let Some(writer) = &self.writer {
            writer.submit(work).await.map_err(Error::internal)??;
        } else {
            let database = self.clone();
            let asked = Instant::now();
            let writing = move || {
                waited("write", asked);
                database.transaction(&mut *work)
            };
            self.threads.see_through(writing).await?;
        }
        Ok(())
    }

    fn snapshot(&self, work: &mut dyn FnMut(&mut Connection) -> Result<()>) -> Result<()> {
        self.with_retry(&mut |connection| {
            begin(connection, Access::Snapshot)?;
            let outcome = caught(|| work(connection));
            // A snapshot wrote nothing: whether its end fails or not, the answer stands.
            end(connection, false)?;
            outcome
        })
    }

    fn transaction(&self, work: &mut dyn FnMut(&mut Connection) -> Result<()>) -> Result<()> {
        self.with_retry(&mut |connection| {
            let began = Instant::now();
            begin(connection, Access::ReadWrite)?;
            topics::taken();
            let outcome = caught(|| work(connection));
            let ended = end(connection, outcome.is_ok());
            // Also where nobody knows what became of it.
            self.heard.tell(topics::taken());
            ended?;
            measures::since(measures::TRANSACTION, began);
            outcome
        })
    }

    /// Runs `attempt` on a pooled connection, again after a serialisation failure, and again on a new connection when
    /// the pooled one turned out dead before anything was done.
    fn with_retry(&self, attempt: &mut dyn FnMut(&mut Connection) -> Result<()>) -> Result<()> {
        let (mut collisions, mut lost) = (0, 0);
        loop {
            let mut pooled = self.checkout()?;
            let outcome = attempt(&mut pooled.connection);
            let Err(error) = outcome else { return outcome };
            let fault = violations::fault(&error);
            pooled.broken = matches!(fault, violations::Fault::ConnectionLost | violations::Fault::NeverBegan);
            drop(pooled);
            match fault {
                violations::Fault::Serialization if collisions < WRITE_RETRIES_MAX => {
                    metrics::counter!(measures::RETRIES, "cause" => "collision").increment(1);
                    collisions += 1;
                    std::thread::sleep(Duration::from_millis(back_off_ms(collisions)));
                }
                // A restart of the server kills every connection that waits in the pool.
                violations::Fault::NeverBegan if lost < self.connections.max_size() => {
                    metrics::counter!(measures::RETRIES, "cause" => "connection_lost").increment(1);
                    lost += 1;
                }
                _ => return Err(violations::for_caller(error, fault)),
            }
        }
    }

    /// A connection of its own that may write, for migrations.
    fn open_writer(&self) -> Result<Connection> {
        let manager = Manager {
            target: self.target.clone(),
            statements: self.statements.clone(),
        };
        manager.open(connect::Access::Write)
    }

    fn checkout(&self) -> Result<r2d2::PooledConnection<Manager>> {
        let asked = Instant::now();
        let got = self.connections.get();
        measures::since(measures::CONNECTION_WAIT, asked);
        got.map_err(|error| Error::Unavailable(format!("No database connection is free: {error}")))
    }
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database")
            .field("target", &self.target)
            .finish_non_exhaustive()
    }
}

/// Doubling from 2 ms with jitter, so that two that collided don't meet again.
fn back_off_ms(tries: u32) -> u64 {
    let [jitter] = crate::clock::random_bytes::<1>();
    (2 << tries) + u64::from(jitter) % (2 << tries)
}

/// Runs `work` in a savepoint and undoes it unless it `is_kept`.
pub fn in_savepoint(
    tx: &mut Connection,
    is_kept: bool,
    work: &mut dyn FnMut(&mut Connection) -> Result<()>,
) -> Result<()> {
    let mut outcome = Ok(());
    let ended = tx.transaction(|tx| {
        outcome = work(tx);
        match is_kept && outcome.is_ok() {
            true => Ok(()),
            false => Err(diesel::result::Error::RollbackTransaction),
        }
    });
    match ended {
        Ok(()) | Err(diesel::result::Error::RollbackTransaction) => outcome,
        Err(error) => Err(error.into()),
    }
}

enum Access {
    Snapshot,
    ReadWrite,
}

fn begin(connection: &mut Connection, access: Access) -> Result<()> {
    let begun = match connection {
        Connection::Postgres(inner) => AnsiTransactionManager::begin_transaction_sql(
            inner,
            match access {
                Access::Snapshot => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                Access::ReadWrite => "BEGIN",
            },
        ),
        Connection::Sqlite(inner) => AnsiTransactionManager::begin_transaction_sql(
            inner,
            match access {
                Access::Snapshot => "BEGIN DEFERRED",
                Access::ReadWrite => "BEGIN IMMEDIATE",
            },
        ),
    };
    begun.map_err(|error| Error::internal(violations::BeginFailed(error)))
}

fn end(connection: &mut Connection, commit: bool) -> Result<()> {
    per_backend!(connection, inner => if commit {
        AnsiTransactionManager::commit_transaction(inner)
    } else {
        AnsiTransactionManager::rollback_transaction(inner)
    })?;
    Ok(())
}

/// Runs control statements that carry no data.
fn execute(connection: &mut Connection, text: &str) -> Result<()> {
    connection.batch_execute(text)?;
    Ok(())
}

impl r2d2::ManageConnection for Manager {
    type Connection = Pooled;
    type Error = Error;

    fn connect(&self) -> Result<Pooled> {
        let connection = self.open(connect::Access::Read)?;
        Ok(Pooled {
            connection,
            broken: false,
        })
    }

    fn is_valid(&self, pooled: &mut Pooled) -> Result<()> {
        execute(&mut pooled.connection, "SELECT 1")
    }

    fn has_broken(&self, pooled: &mut Pooled) -> bool {
        pooled.broken || std::thread::panicking()
    }
}
