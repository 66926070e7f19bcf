//! Orders and catalogue pages a second over HTTP from 16 connections, beside the same rows written by bare SQL in the
//! same run. `PORTAL_BENCH_DATABASE=postgres://…` measures on a database made (and dropped) on that server.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "a benchmark prints, and fails where it can't go on"
)]

mod client;
mod floor;
mod world;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use client::Client;
use world::World;

/// The program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CONNECTIONS: usize = 16;
const WARM_UP: Duration = Duration::from_secs(2);
const MEASURED: Duration = Duration::from_secs(8);

fn main() {
    let world = World::build();
    println!(
        "{}: {CONNECTIONS} connections, orders of {} lines",
        world.engine(),
        world::LINES
    );
    let orders = load(&world, |world, worker, count| world.order_request(worker, count));
    orders.tell("orders over HTTP");
    let floor = floor::measure(&world, MEASURED);
    println!(
        "{:<28}{floor:>9.0}/s  the same rows by bare SQL, one commit each",
        "floor"
    );
    println!("{:<28}{:>9.2}", "orders / floor", orders.per_second / floor);
    let me = load(&world, |world, worker, _| world.get(worker, "/api/v1/me"));
    me.tell("who am I (two reads)");
    let page = load(&world, |world, worker, count| world.page_request(worker, count));
    page.tell("pages of 50 priced products");
    let quote = load(&world, |world, worker, count| world.quote_request(worker, count));
    quote.tell("quotes of 10 lines");
}

/// What a load came to.
struct Load {
    per_second: f64,
    latencies_us: Vec<u64>,
}

impl Load {
    fn tell(&self, what: &str) {
        let at = |share: f64| {
            let index = (self.latencies_us.len() as f64 * share) as usize;
            self.latencies_us
                .get(index.min(self.latencies_us.len() - 1))
                .copied()
                .unwrap_or_default() as f64
                / 1000.0
        };
        println!(
            "{what:<28}{:>9.0}/s  p50 {:.1} ms  p99 {:.1} ms",
            self.per_second,
            at(0.5),
            at(0.99)
        );
    }
}

/// Every connection sends one request after the other, each answered with a 2xx.
fn load(world: &World, request: impl Fn(&World, usize, u64) -> Vec<u8> + Sync) -> Load {
    let (measuring, ended, serial) = (AtomicBool::new(false), AtomicBool::new(false), AtomicU64::new(0));
    let mut latencies_us = Vec::new();
    let mut took = Duration::ZERO;
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..CONNECTIONS)
            .map(|worker| {
                let (measuring, ended, serial, request) = (&measuring, &ended, &serial, &request);
                scope.spawn(move || {
                    let mut client = Client::connect(world.address());
                    let mut latencies_us = Vec::new();
                    while !ended.load(Ordering::Relaxed) {
                        let bytes = request(world, worker, serial.fetch_add(1, Ordering::Relaxed));
                        let started = Instant::now();
                        client.send(&bytes);
                        if measuring.load(Ordering::Relaxed) {
                            latencies_us.push(u64::try_from(started.elapsed().as_micros()).unwrap());
                        }
                    }
                    latencies_us
                })
            })
            .collect();
        std::thread::sleep(WARM_UP);
        let started = Instant::now();
        measuring.store(true, Ordering::Relaxed);
        std::thread::sleep(MEASURED);
        ended.store(true, Ordering::Relaxed);
        took = started.elapsed();
        for worker in workers {
            latencies_us.extend(worker.join().unwrap());
        }
    });
    latencies_us.sort_unstable();
    Load {
        per_second: latencies_us.len() as f64 / took.as_secs_f64(),
        latencies_us,
    }
}

/// Runs `work` on as many threads as there are connections; how often a second it ran.
fn threads(threads: usize, measured: Duration, work: impl Fn(usize) + Sync) -> f64 {
    let (ended, done) = (AtomicBool::new(false), Arc::new(AtomicU64::new(0)));
    let started = Instant::now();
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (ended, done, work) = (&ended, done.clone(), &work);
            scope.spawn(move || {
                while !ended.load(Ordering::Relaxed) {
                    work(thread);
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        std::thread::sleep(measured);
        ended.store(true, Ordering::Relaxed);
    });
    done.load(Ordering::Relaxed) as f64 / started.elapsed().as_secs_f64()
}
