//! Work of one kind that people ask for: threads of its own, a bounded queue, and turns. Whoever asks for much waits behind
//! their own; everybody else waits for one piece of it at most, and for none of it where some threads are kept from those
//! whose work takes long.

use std::cell::Cell;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;

use super::turns::Turns;
use super::{Pool, Priority, caught, worked};
use crate::clock;
use crate::error::{Error, Result};

/// When to come again who was turned away.
const RETRY_AFTER_S: u64 = 5;
/// Of requests whose caller isn't known yet.
const NOBODY: i64 = 0;
/// Of what the portal does by itself.
const PORTAL: i64 = -1;

tokio::task_local! {
    /// Whom the request that is being answered is for.
    static OWNER: Cell<i64>;
}

/// Answers a request by `answering`; [`works_for`] says within it whom it is for.
pub async fn for_a_request<T>(answering: impl Future<Output = T>) -> T {
    OWNER.scope(Cell::new(NOBODY), answering).await
}

/// Does what belongs to a request after it was answered, as the body that still goes out, for whom the request was.
pub async fn for_owner<T>(owner: i64, doing: impl Future<Output = T>) -> T {
    OWNER.scope(Cell::new(owner), doing).await
}

/// Work that follows is for this account, or this person.
pub fn works_for(owner: i64) {
    // Outside of requests the portal works for itself.
    let _ = OWNER.try_with(|of_request| of_request.set(owner));
}

/// Whom the work is for that is asked for now.
pub fn owner() -> i64 {
    OWNER.try_with(Cell::get).unwrap_or(PORTAL)
}

/// How much of a kind of work is done and may wait.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub threads: usize,
    /// Threads, one at least, for those who work long; the others stay free for everybody else.
    pub long: usize,
    /// Who spends their time in pieces longer than this works long.
    pub long_after: Duration,
    /// Pieces that wait.
    pub waiting: usize,
    /// Of one account or person.
    pub of_one: usize,
    pub priority: Priority,
}

/// A piece of work; it tells the function it is given how long its thread worked, where that says something about whoever
/// asked for it, and before it answers them: what they ask for next is counted by it.
type Job = Box<dyn FnOnce(&dyn Fn(Duration)) + Send>;

#[derive(Default)]
struct Line {
    working: usize,
    /// Of them for those who work long.
    working_long: usize,
    turns: Turns<Job>,
    /// How those work whose pieces aren't all short.
    spent: HashMap<i64, Spent>,
}

/// Work that somebody had done lately; what is older by half a second of work counts for little.
#[derive(Debug, Clone, Copy, Default)]
struct Spent {
    seconds: f64,
    /// The squares of the pieces.
    squares: f64,
}

impl Spent {
    fn and(self, piece: Duration) -> Self {
        const REMEMBERED_S: f64 = 0.5;
        let seconds = piece.as_secs_f64();
        let kept = (-seconds / REMEMBERED_S).exp();
        Self {
            seconds: self.seconds.mul_add(kept, seconds),
            squares: self.squares.mul_add(kept, seconds * seconds),
        }
    }

    /// The length of the piece in which a moment of the work fell: many short pieces beside a long one hide nothing.
    fn piece(self) -> Duration {
        Duration::try_from_secs_f64(self.squares / self.seconds).unwrap_or_default()
    }
}

impl Line {
    /// The next piece of work, and whether it counts as long.
    fn next(&mut self, limits: Limits) -> Option<(i64, Job, bool)> {
        let has_room = self.working_long < limits.long.max(1);
        let (turns, spent) = (&mut self.turns, &self.spent);
        let is_long = |owner| works_long(spent, owner, limits);
        let (owner, job) = turns.next(|owner| has_room || !is_long(owner))?;
        let is_long = is_long(owner);
        self.working_long += usize::from(is_long);
        Some((owner, job, is_long))
    }

    /// A piece of `owner`'s work took `took`.
    fn took(&mut self, owner: i64, took: Duration, limits: Limits) {
        // Those whom nobody knows yet share one line, which no one of them may slow down.
        if owner == NOBODY {
            return;
        }
        let spent = self.spent.get(&owner).copied().unwrap_or_default().and(took);
        // Whoever works in short pieces only, as nearly everybody does, needs no note.
        if spent.piece() * 4 > limits.long_after {
            self.spent.insert(owner, spent);
        } else {
            self.spent.remove(&owner);
        }
    }
}

fn works_long(spent: &HashMap<i64, Spent>, owner: i64, limits: Limits) -> bool {
    let spent = spent.get(&owner);
    spent.is_some_and(|spent| spent.piece() > limits.long_after)
}

/// A queue before threads. Clones share it.
#[derive(Clone)]
pub struct Fair {
    pool: Pool,
    limits: Limits,
    line: Arc<Mutex<Line>>,
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
            pool: Pool::new(name, limits.threads, limits.priority)?,
            limits,
            line: Arc::default(),
        })
    }

    /// Runs `work` when it is the caller's turn; a panic in it becomes [`Error::Internal`]. [`Error::Throttled`] where too
    /// much waits already. Work for which nobody waits any more is not begun.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        let clock = clock::taken();
        let job = Box::new(move |took: &dyn Fn(Duration)| {
            if answer.is_closed() {
                return;
            }
            let began = worked();
            let done = clock.run(|| caught(work));
            took(worked().saturating_sub(began));
            let _ = answer.send(done);
        });
        self.line_up(owner(), job)?;
        answered.await.map_err(Error::internal)?
    }

    /// [`Self::run`] for work that must be done, however much waits and whether somebody waits for it or not, and that may
    /// have to wait for what others hold: how long it takes is not the fault of whoever asked.
    pub async fn see_through<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        let clock = clock::taken();
        let job = Box::new(move |_: &dyn Fn(Duration)| {
            let _ = answer.send(clock.run(|| caught(work)));
        });
        self.push(&mut locked(&self.line), owner(), job);
        answered.await.map_err(Error::internal)?
    }

    fn line_up(&self, owner: i64, job: Job) -> Result<()> {
        let mut line = locked(&self.line);
        let own = line.turns.of(owner);
        // However long the queue is, everybody may have one piece in it, up to twice its length.
        let most = if own == 0 {
            self.limits.waiting.saturating_mul(2)
        } else {
            self.limits.waiting
        };
        if own >= self.limits.of_one || line.turns.len() >= most {
            return Err(Error::Throttled {
                retry_after_s: RETRY_AFTER_S,
            });
        }
        self.push(&mut line, owner, job);
        Ok(())
    }

    fn push(&self, line: &mut Line, owner: i64, job: Job) {
        line.turns.push(owner, job);
        if line.working < self.limits.threads {
            line.working += 1;
            let (line, limits) = (Arc::clone(&self.line), self.limits);
            self.pool.threads.spawn_fifo(move || work_off(&line, limits));
        }
    }
}

fn locked(line: &Mutex<Line>) -> MutexGuard<'_, Line> {
    line.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Works until nothing waits that this thread may do. What others may not begin is left for those who do such work now.
fn work_off(line: &Mutex<Line>, limits: Limits) {
    loop {
        let next = {
            let mut line = locked(line);
            let next = line.next(limits);
            if next.is_none() {
                line.working -= 1;
            }
            next
        };
        let Some((owner, job, is_long)) = next else { break };
        job(&|took| locked(line).took(owner, took, limits));
        locked(line).working_long -= usize::from(is_long);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    const LIMITS: Limits = Limits {
        threads: 1,
        long: 1,
        long_after: Duration::from_millis(15),
        waiting: 6,
        of_one: 4,
        priority: Priority::Ordinary,
    };

    /// Lines up work for `owner` that notes its name when it is done.
    fn lined_up(fair: &Fair, owner: i64, done: &mpsc::Sender<i64>) -> Result<()> {
        let done = done.clone();
        let job = move |_: &dyn Fn(Duration)| done.send(owner).expect("heard");
        fair.line_up(owner, Box::new(job))
    }

    /// A queue whose only thread is busy until the sender is dropped.
    fn busy() -> (Fair, mpsc::Sender<()>) {
        let fair = Fair::new("test", LIMITS).expect("threads");
        let (end, ended) = mpsc::channel::<()>();
        let (begin, begun) = mpsc::channel();
        let hold = Box::new(move |_: &dyn Fn(Duration)| {
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

    #[test]
    fn who_works_long_leaves_threads_to_others() {
        let limits = Limits {
            threads: 2,
            waiting: 9,
            of_one: 9,
            ..LIMITS
        };
        let mut line = Line::default();
        let push = |line: &mut Line, owner| line.turns.push(owner, Box::new(|_| ()));
        let next = |line: &mut Line| line.next(limits).map(|(owner, _, is_long)| (owner, is_long));
        for owner in [1, 1, 1, 2, 1] {
            push(&mut line, owner);
        }
        assert_eq!(next(&mut line), Some((1, false)), "nobody knows yet that it takes long");
        let took = |line: &mut Line, owner, ms| line.took(owner, Duration::from_millis(ms), limits);
        took(&mut line, 1, 75);
        assert_eq!(next(&mut line), Some((2, false)));
        assert_eq!(next(&mut line), Some((1, true)));
        assert_eq!(next(&mut line), None, "one long piece at a time");
        push(&mut line, 2);
        assert_eq!(next(&mut line), Some((2, false)), "and the other thread is for others");
        line.working_long -= 1;
        for _ in 0..50 {
            took(&mut line, 1, 1);
        }
        assert_eq!(
            next(&mut line),
            Some((1, true)),
            "short pieces between long ones hide nothing"
        );
        for _ in 0..500 {
            took(&mut line, 1, 2);
        }
        line.working_long = 0;
        assert_eq!(next(&mut line), Some((1, false)), "short again, long no more");
        took(&mut line, NOBODY, 999);
        push(&mut line, NOBODY);
        assert_eq!(
            next(&mut line),
            Some((NOBODY, false)),
            "strangers share a line that stays open"
        );
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
