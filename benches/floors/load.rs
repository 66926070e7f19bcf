//! How often a second something is done, and how long each time.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::client::Client;

/// What is not counted of each round: caches, connections and threads are there behind it.
const WARM_UP: Duration = Duration::from_millis(400);

/// What a round came to.
pub struct Load {
    /// How often it was done, with what does not count.
    pub done: usize,
    /// Statements that the product sent meanwhile.
    pub statements: u64,
    pub per_second: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
}

impl Load {
    fn new(done: usize, mut took_us: Vec<u64>, measured: Duration) -> Self {
        took_us.sort_unstable();
        let at = |share: f64| {
            let index = (took_us.len() as f64 * share) as usize;
            let last = took_us.len().saturating_sub(1);
            took_us.get(index.min(last)).copied().unwrap_or_default() as f64 / 1000.0
        };
        Self {
            done,
            statements: 0,
            per_second: took_us.len() as f64 / measured.as_secs_f64(),
            p50_ms: at(0.5),
            p99_ms: at(0.99),
        }
    }

    /// The same counted in something of which each time has so many.
    pub fn times(self, each: f64) -> Self {
        Self {
            per_second: self.per_second * each,
            ..self
        }
    }
}

/// Every connection sends one request after the other; `request` is asked with the connection and a number that never
/// comes twice.
pub fn over_http(
    address: SocketAddr,
    connections: usize,
    measured: Duration,
    request: &(dyn Fn(usize, u64) -> Vec<u8> + Sync),
) -> Load {
    by_threads(connections, measured, |worker| {
        let mut client = Client::connect(address);
        move |timer: &mut Timer<'_>| {
            let bytes = request(worker, next());
            timer.time(|| {
                client.send(&bytes);
            });
        }
    })
}

/// A number that never comes twice in this process.
pub fn next() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Notes how long something took, once it counts.
pub struct Timer<'a> {
    counts: &'a AtomicBool,
    done: usize,
    took_us: Vec<u64>,
}

impl Timer<'_> {
    pub fn time(&mut self, work: impl FnOnce()) {
        let started = Instant::now();
        work();
        self.done += 1;
        if self.counts.load(Ordering::Relaxed) {
            self.took_us.push(u64::try_from(started.elapsed().as_micros()).unwrap());
        }
    }
}

/// Each of so many threads prepares and then works again and again.
pub fn by_threads<W: FnMut(&mut Timer<'_>)>(
    threads: usize,
    measured: Duration,
    prepare: impl Fn(usize) -> W + Sync,
) -> Load {
    let (counts, ended) = (AtomicBool::new(false), AtomicBool::new(false));
    let (mut done, mut all_us) = (0, Vec::new());
    let mut took = Duration::ZERO;
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|thread| {
                let (counts, ended, prepare) = (&counts, &ended, &prepare);
                scope.spawn(move || {
                    let mut work = prepare(thread);
                    let mut timer = Timer {
                        counts,
                        done: 0,
                        took_us: Vec::new(),
                    };
                    while !ended.load(Ordering::Relaxed) {
                        work(&mut timer);
                    }
                    (timer.done, timer.took_us)
                })
            })
            .collect();
        std::thread::sleep(WARM_UP);
        let started = Instant::now();
        counts.store(true, Ordering::Relaxed);
        std::thread::sleep(measured);
        ended.store(true, Ordering::Relaxed);
        took = started.elapsed();
        for worker in workers {
            let (done_by, took_us) = worker.join().unwrap();
            done += done_by;
            all_us.extend(took_us);
        }
    });
    Load::new(done, all_us, took)
}
