//! Work of one kind that people ask for: threads of its own, a bounded queue, and turns. Whoever asks for much waits behind
//! their own; everybody else waits for one piece of it at most.

use std::cell::Cell;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Pool, caught};
use crate::error::{Error, Result};

/// When to come again who was turned away.
const RETRY_AFTER_S: u64 = 5;

tokio::task_local! {
    /// Whom the request that is being answered is for.
    static OWNER: Cell<i64>;
}

/// Answers a request by `answering`; [`works_for`] says within it whom it is for.
pub async fn for_a_request<T>(answering: impl Future<Output = T>) -> T {
    OWNER.scope(Cell::new(0), answering).await
}

/// Work that follows is for this account, or this person.
pub fn works_for(owner: i64) {
    // Outside of requests the portal works for itself.
    let _ = OWNER.try_with(|of_request| of_request.set(owner));
}

/// How much of a kind of work is done and may wait.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub threads: usize,
    /// Pieces that wait.
    pub waiting: usize,
    /// Of one account or person.
    pub of_one: usize,
}

type Job = Box<dyn FnOnce() + Send>;

#[derive(Default)]
struct Waiting {
    working: usize,
    all: usize,
    /// Who has something waiting, in the order of their turns.
    turns: VecDeque<i64>,
    jobs: HashMap<i64, VecDeque<Job>>,
}

impl Waiting {
    fn next(&mut self) -> Option<Job> {
        let owner = self.turns.pop_front()?;
        let jobs = self.jobs.get_mut(&owner)?;
        let job = jobs.pop_front();
        if jobs.is_empty() {
            self.jobs.remove(&owner);
        } else {
            self.turns.push_back(owner);
        }
        self.all = self.all.saturating_sub(1);
        job
    }
}

/// A queue before threads. Clones share it.
#[derive(Clone)]
pub struct Fair {
    pool: Pool,
    limits: Limits,
    waiting: Arc<Mutex<Waiting>>,
}

impl std::fmt::Debug for Fair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fair")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

impl Fair {
    /// A queue named `name`.
    pub fn new(name: &'static str, limits: Limits) -> Result<Self> {
        Ok(Self {
            pool: Pool::new(name, limits.threads)?,
            limits,
            waiting: Arc::default(),
        })
    }

    /// Runs `work` when it is the caller's turn; a panic in it becomes [`Error::Internal`]. [`Error::Throttled`] where too
    /// much waits already.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let owner = OWNER.try_with(Cell::get).unwrap_or(0);
        let (answer, answered) = tokio::sync::oneshot::channel();
        let job = Box::new(move || {
            // Nobody waits any more: the work is not begun.
            if !answer.is_closed() {
                let _ = answer.send(caught(work));
            }
        });
        self.line_up(owner, job)?;
        answered.await.map_err(Error::internal)?
    }

    fn line_up(&self, owner: i64, job: Job) -> Result<()> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let own = waiting.jobs.get(&owner).map_or(0, VecDeque::len);
        // However long the queue is, everybody may have one piece in it, up to twice its length.
        let most = if own == 0 {
            self.limits.waiting * 2
        } else {
            self.limits.waiting
        };
        if own >= self.limits.of_one || waiting.all >= most {
            return Err(Error::Throttled {
                retry_after_s: RETRY_AFTER_S,
            });
        }
        waiting.jobs.entry(owner).or_default().push_back(job);
        if own == 0 {
            waiting.turns.push_back(owner);
        }
        waiting.all += 1;
        if waiting.working < self.limits.threads {
            waiting.working += 1;
            let queue = Arc::clone(&self.waiting);
            self.pool.threads.spawn_fifo(move || work_off(&queue));
        }
        Ok(())
    }
}

/// Works until nothing waits.
fn work_off(queue: &Mutex<Waiting>) {
    loop {
        let job = {
            let mut waiting = queue.lock().unwrap_or_else(PoisonError::into_inner);
            let job = waiting.next();
            if job.is_none() {
                waiting.working = waiting.working.saturating_sub(1);
            }
            job
        };
        match job {
            Some(job) => job(),
            None => break,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    const LIMITS: Limits = Limits {
        threads: 1,
        waiting: 6,
        of_one: 4,
    };

    /// Lines up work for `owner` that notes its name when it is done.
    fn lined_up(fair: &Fair, owner: i64, done: &mpsc::Sender<i64>) -> Result<()> {
        let done = done.clone();
        fair.line_up(owner, Box::new(move || done.send(owner).expect("heard")))
    }

    /// A queue whose only thread is busy until the sender is dropped.
    fn busy() -> (Fair, mpsc::Sender<()>) {
        let fair = Fair::new("test", LIMITS).expect("threads");
        let (end, ended) = mpsc::channel::<()>();
        let (begin, begun) = mpsc::channel();
        let hold = Box::new(move || {
            begin.send(()).expect("heard");
            let _ = ended.recv();
        });
        fair.line_up(99, hold).expect("room");
        begun.recv().expect("begun");
        (fair, end)
    }

    #[test]
    fn everybody_has_their_turn() {
        let (fair, end) = busy();
        let (done, order) = mpsc::channel();
        for owner in [1, 1, 1, 2, 3] {
            lined_up(&fair, owner, &done).expect("room");
        }
        drop(end);
        assert_eq!(order.iter().take(5).collect::<Vec<_>>(), [1, 2, 3, 1, 1]);
    }

    #[test]
    fn who_asks_for_too_much_is_turned_away_and_nobody_else() {
        let (fair, end) = busy();
        let (done, order) = mpsc::channel();
        for _ in 0..4 {
            lined_up(&fair, 1, &done).expect("room");
        }
        let fifth = lined_up(&fair, 1, &done);
        assert!(matches!(fifth, Err(Error::Throttled { retry_after_s: 5 })), "{fifth:?}");
        for owner in 2..=9 {
            lined_up(&fair, owner, &done).expect("one each");
        }
        assert!(lined_up(&fair, 2, &done).is_err(), "the queue is full");
        assert!(lined_up(&fair, 10, &done).is_err(), "and so is what is left for others");
        drop(end);
        assert_eq!(order.iter().take(12).filter(|owner| *owner == 1).count(), 4);
    }

    #[tokio::test]
    async fn work_is_answered_and_a_panic_is_an_error() {
        let fair = Fair::new("test", LIMITS).expect("threads");
        assert_eq!(fair.run(|| Ok(7)).await.expect("done"), 7);
        let failed: Result<()> = fair.run(|| panic!("broken")).await;
        assert!(matches!(failed, Err(Error::Internal(_))));
        let owned = for_a_request(async {
            works_for(5);
            fair.run(|| Ok(OWNER.try_with(Cell::get).is_err())).await
        });
        assert!(owned.await.expect("done"), "threads belong to nobody");
    }
}
