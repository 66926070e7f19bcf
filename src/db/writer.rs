//! SQLite's one writer: a thread that takes the waiting writes, runs each in a savepoint of one IMMEDIATE transaction,
//! commits once and only then answers them all. Owners of writes take turns. A write that fails undoes itself alone; if the commit or the disk
//! fails, none of the group is acknowledged.

use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use diesel::Connection as _;
use diesel::connection::{AnsiTransactionManager, TransactionManager};
use tokio::sync::oneshot;

use super::connect::{Access, Manager, Target};
use super::topics::{self, Heard};
use super::violations::{Fault, fault, for_caller};
use super::{Connection, Work, begin, end};
use crate::cpu::{Turns, caught, owner};
use crate::error::{Error, Result};
use crate::measures;

/// Writes that share one commit.
const GROUP_MAX: usize = 64;
/// A group takes no further write after this long: other processes write too.
const GROUP_TIME_MAX: Duration = Duration::from_millis(100);

/// Something that runs inside the group's transaction and is answered after its commit.
struct Job {
    work: Work,
    outcome: Option<Result<()>>,
    reply: oneshot::Sender<Result<()>>,
    asked: Instant,
}

impl Job {
    /// Runs in its own savepoint; keeps its outcome.
    fn run(&mut self, connection: &mut Connection) -> Fault {
        measures::since(measures::WRITER_WAIT, self.asked);
        let outcome = connection.transaction(|tx| caught(|| (self.work)(tx)));
        let fault = outcome.as_ref().err().map_or(Fault::Other, fault);
        self.outcome = Some(outcome.map_err(|error| for_caller(error, fault)));
        fault
    }

    /// Sends the outcome; `failed` replaces it when the group did not commit.
    fn answer(self, failed: Option<Error>) {
        let outcome = match (failed, self.outcome) {
            // A refusal stands whether the others' changes were stored or not.
            (None, Some(outcome)) => outcome,
            (Some(_), Some(Err(refusal))) => Err(refusal),
            (Some(error), _) => Err(error),
            (None, None) => Err(Error::internal("the write was not run")),
        };
        // The caller may have gone away.
        let _ = self.reply.send(outcome);
    }
}

/// The writes that wait, and whether more may come.
#[derive(Default)]
struct Line {
    state: Mutex<(Turns<Job>, bool)>,
    changed: Condvar,
}

impl Line {
    fn locked(&self) -> MutexGuard<'_, (Turns<Job>, bool)> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, owner: i64, job: Job) {
        self.locked().0.push(owner, job);
        self.changed.notify_one();
    }

    /// No more writes come.
    fn end(&self) {
        self.locked().1 = true;
        self.changed.notify_one();
    }

    /// The next write, waited for; `None` at the end.
    fn wait(&self) -> Option<Job> {
        let waits = |(turns, ended): &mut (Turns<Job>, bool)| turns.is_empty() && !*ended;
        let mut state = self
            .changed
            .wait_while(self.locked(), waits)
            .unwrap_or_else(PoisonError::into_inner);
        state.0.next(|_| true).map(|(_, job)| job)
    }

    /// The next write, if there is one.
    fn try_next(&self) -> Option<Job> {
        self.locked().0.next(|_| true).map(|(_, job)| job)
    }
}

/// The handle to the writer thread. Dropping the last one lets the thread finish what waits, and ends it.
pub(super) struct Writer {
    line: Arc<Line>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(target: Target, statements: Arc<AtomicU64>, heard: Heard) -> Result<Self> {
        let manager = Manager { target, statements };
        let connection = manager.open(Access::Write)?;
        let line = Arc::<Line>::default();
        let of_thread = Arc::clone(&line);
        let thread = std::thread::Builder::new()
            .name("db-writer".to_owned())
            .spawn(move || write_all(&manager, connection, &of_thread, &heard))
            .map_err(Error::internal)?;
        Ok(Self {
            line,
            thread: Some(thread),
        })
    }

    /// Puts `work` into the line. The answer comes after the commit.
    pub(super) fn submit(&self, work: Work) -> oneshot::Receiver<Result<()>> {
        let (reply, answered) = oneshot::channel();
        let job = Job {
            work,
            outcome: None,
            reply,
            asked: Instant::now(),
        };
        self.line.push(owner(), job);
        answered
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.line.end();
        if let Some(thread) = self.thread.take() {
            // A panic of the thread was reported where it happened.
            let _ = thread.join();
        }
    }
}

fn write_all(manager: &Manager, connection: Connection, line: &Line, heard: &Heard) {
    let mut connection = Some(connection);
    while let Some(first) = line.wait() {
        let mut group = vec![first];
        let committed = match ready(manager, &mut connection) {
            Ok(connection) => run_group(connection, line, &mut group, heard),
            Err(error) => Err(error),
        };
        if committed.is_err() {
            // Its transaction may be in any state; the next group gets a new connection.
            connection = None;
        }
        let failed = committed.err().map(|error| error.to_string());
        for job in group {
            job.answer(failed.clone().map(Error::Unavailable));
        }
    }
}

fn ready<'a>(manager: &Manager, connection: &'a mut Option<Connection>) -> Result<&'a mut Connection> {
    match connection {
        Some(open) => Ok(open),
        None => Ok(connection.insert(manager.open(Access::Write)?)),
    }
}

fn run_group(connection: &mut Connection, line: &Line, group: &mut Vec<Job>, heard: &Heard) -> Result<()> {
    let explained = |error: Error| {
        let fault = fault(&error);
        for_caller(error, fault)
    };
    begin(connection, super::Access::ReadWrite).map_err(explained)?;
    topics::taken();
    let started = Instant::now();
    let mut next = 0;
    while let Some(job) = group.get_mut(next) {
        let fault = job.run(connection);
        if fault == Fault::Storage || is_broken(connection) {
            return Err(Error::Unavailable(
                "The database can't store anything right now.".to_owned(),
            ));
        }
        next += 1;
        if next == group.len() && next < GROUP_MAX && started.elapsed() < GROUP_TIME_MAX {
            // One by one, so that whoever comes meanwhile has a turn before those who have had theirs.
            group.extend(line.try_next());
        }
    }
    let ended = end(connection, true);
    heard.tell(topics::taken());
    measures::since(measures::WRITE_LOCK, started);
    metrics::histogram!(measures::GROUP_WRITES).record(f64::from(u32::try_from(group.len()).unwrap_or(u32::MAX)));
    ended.map_err(|error| {
        tracing::error!(%error, writes = group.len(), "a group of writes could not be committed");
        Error::Unavailable("The database can't store anything right now.".to_owned())
    })
}

fn is_broken(connection: &mut Connection) -> bool {
    let Connection::Sqlite(inner) = connection else {
        return false;
    };
    let depth = AnsiTransactionManager::transaction_manager_status_mut(inner).transaction_depth();
    // Between two writes exactly the group's own transaction is open.
    !matches!(depth, Ok(Some(depth)) if depth.get() == 1)
}
