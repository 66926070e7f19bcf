//! The bounded pools for blocking work: requests wait in line, threads and memory stay bounded.

mod fair;
mod turns;

pub use self::fair::{Fair, Limits, for_a_request, for_owner, owner, works_for};
pub use self::turns::Turns;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use crate::clock;
use crate::error::{Error, Result};

/// Who goes first where threads want the same core.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    /// Somebody waits for a page.
    Ordinary,
    /// It takes its time anyhow: files and papers.
    Patient,
}

/// How nice patient threads are (of 19): they get a tenth of a core that others want too.
const NICE: i32 = 10;

impl Priority {
    /// Gives this thread its priority.
    fn take(self) {
        #[cfg(target_os = "linux")]
        if self == Self::Patient {
            // Linux keeps the niceness of each thread; where it may not be changed, threads are alike.
            let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICE);
        }
    }
}

/// A fixed number of threads that run closures in the order they came.
#[derive(Clone, Debug)]
pub struct Pool {
    threads: Arc<rayon::ThreadPool>,
}

impl Pool {
    /// A pool of `threads` threads named `name`.
    pub fn new(name: &'static str, threads: usize, priority: Priority) -> Result<Self> {
        let threads = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(move |index| format!("{name}-{index}"))
            .start_handler(move |_| priority.take())
            .build()
            .map_err(Error::internal)?;
        Ok(Self {
            threads: Arc::new(threads),
        })
    }

    /// Runs `work` on one of the threads; a panic in it becomes [`Error::Internal`].
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let (answer, answered) = tokio::sync::oneshot::channel();
        let clock = clock::taken();
        self.threads.spawn_fifo(move || {
            // The caller may have gone away; then nobody waits for the answer.
            let _ = answer.send(clock.run(|| caught(work)));
        });
        answered.await.map_err(Error::internal)?
    }
}

/// How long this thread has worked. Waiting for a core doesn't count: nobody's work is long because others have much to do.
#[cfg(target_os = "linux")]
pub fn worked() -> Duration {
    let spent = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(spent).unwrap_or_default()
}

/// Where a thread doesn't know how long it has worked, the time that went by stands for it.
#[cfg(not(target_os = "linux"))]
pub fn worked() -> Duration {
    static BEGAN: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    BEGAN.elapsed()
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
