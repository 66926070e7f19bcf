//! What runs in a transaction, and where its value is left.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use super::Connection;
use crate::error::{Error, Result};
use crate::measures;
use crate::traces;

/// What runs in a transaction. Everything below `read` and `write` handles this one type, so that hundreds of closures
/// don't compile hundreds of copies of the retry, the queue and the commit.
pub(super) type Work = Box<dyn FnMut(&mut Connection) -> Result<()> + Send>;

/// Where a [`Work`] leaves its value; the last run counts.
pub(super) struct Outcome<T>(Arc<Mutex<Option<T>>>);

impl<T> Outcome<T> {
    pub(super) fn take(self) -> Result<T> {
        let value = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        value.ok_or_else(not_run)
    }
}

/// `access` is what a collector of traces is told: read or write.
pub(super) fn kept<T: Send + 'static>(
    access: &'static str,
    work: impl Fn(&mut Connection) -> Result<T> + Send + 'static,
) -> (Work, Outcome<T>) {
    let place = Arc::new(Mutex::new(None));
    let outcome = Outcome(place.clone());
    let clock = crate::clock::taken();
    let span = traces::elsewhere(tracing::debug_span!(target: traces::TARGET, "database", access));
    let work = move |connection: &mut Connection| {
        let value = span.in_scope(|| clock.run(|| work(connection)))?;
        *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
        Ok(())
    };
    (Box::new(work), outcome)
}

pub(super) fn not_run() -> Error {
    Error::internal("the work was not run")
}

/// Work got a thread.
pub(super) fn waited(access: &'static str, asked: Instant) {
    metrics::histogram!(measures::POOL_WAIT, "access" => access).record(asked.elapsed().as_secs_f64());
}
