//! The bounded pools for blocking work: requests wait in line, threads and memory stay bounded.

mod fair;

pub use self::fair::{Fair, Limits, for_a_request, works_for};

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::error::{Error, Result};

/// A fixed number of threads that run closures in the order they came.
#[derive(Clone, Debug)]
pub struct Pool {
    threads: Arc<rayon::ThreadPool>,
}

impl Pool {
    /// A pool of `threads` threads named `name`.
    pub fn new(name: &'static str, threads: usize) -> Result<Self> {
        let threads = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(move |index| format!("{name}-{index}"))
            .build()
            .map_err(Error::internal)?;
        Ok(Self {
            threads: Arc::new(threads),
        })
    }

    /// Runs `work` on one of the threads; a panic in it becomes [`Error::Internal`].
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let (answer, answered) = tokio::sync::oneshot::channel();
        self.threads.spawn_fifo(move || {
            // The caller may have gone away; then nobody waits for the answer.
            let _ = answer.send(caught(work));
        });
        answered.await.map_err(Error::internal)?
    }
}

/// Runs `work`; a panic becomes [`Error::Internal`].
pub fn caught<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "without a message".to_owned());
        Err(Error::internal(format!("panic: {text}")))
    })
}
