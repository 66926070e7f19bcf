//! Every hot path beside its floor: the least honest work for the same answer or the same stored rows. Product and floor
//! take turns, so that what else the machine does meets both; the table tells the median of the rounds and their spread.
//!
//! - `PORTAL_BENCH_DATABASE=postgres://…`: on a database made on that server, instead of a file
//! - `BENCH_ROWS=page,order-16`: only rows whose names begin so
//! - `BENCH_JSON=FILE`: writes the figures there, too; `BENCH_AGAINST=FILE`: beside those of an earlier run
//! - `BENCH_ROUNDS=3`, `BENCH_SECONDS=1.5`: how often, and how long each
//! - `BENCH_WORLD=2000,40,20000,2200`: articles, accounts, prices, orders, made as `portal seed` does
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a benchmark prints, fails where it can't go on, and is no part of what is served"
)]

mod bare;
mod client;
mod json;
mod load;
mod rows;
mod table;
mod world;

use std::time::Duration;

use portal::seed::Amounts;

use rows::Row;
use table::{Figures, Measured, Table};
use world::World;

/// The program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let rounds: usize = set("BENCH_ROUNDS").map_or(3, |value| value.parse().unwrap());
    let seconds: f64 = set("BENCH_SECONDS").map_or(1.5, |value| value.parse().unwrap());
    let earlier = set("BENCH_AGAINST").map(|file| Figures::read(&file));
    let chosen = set("BENCH_ROWS").unwrap_or_default();
    let is_chosen = |row: &Row| chosen.split(',').any(|name| row.name.starts_with(name.trim()));
    let rows: Vec<_> = rows::all().into_iter().filter(is_chosen).collect();
    let world = World::build(amounts(set("BENCH_WORLD").as_deref()));
    let mut table = Table::begin(&world, earlier);
    for row in rows {
        table.add(measure(&world, &row, rounds, Duration::from_secs_f64(seconds)));
    }
    if let Some(file) = set("BENCH_JSON") {
        table.write(&file);
    }
}

/// Articles, accounts, prices and orders.
fn amounts(text: Option<&str>) -> Amounts {
    let numbers: Vec<u64> = text
        .unwrap_or("2000,40,20000,2200")
        .split(',')
        .map(|number| number.trim().parse().unwrap())
        .collect();
    let &[products, accounts, prices, orders] = numbers.as_slice() else {
        panic!("BENCH_WORLD has four numbers: articles, accounts, prices, orders");
    };
    // Every connection has an account of its own, and no list has a second price of an article.
    assert!(accounts >= 16 && prices - products <= products * (accounts + 4));
    Amounts {
        products,
        accounts,
        prices,
        orders,
        seed: 1,
    }
}

fn measure(world: &World, row: &Row, rounds: usize, each: Duration) -> Measured {
    let sides = (row.sides)(world);
    let mut measured = Measured::new(row, world.engine());
    for _ in 0..rounds {
        let product = (sides.product)(world, each);
        let floor = (sides.floor)(world, each);
        measured.add(&product, &floor);
    }
    measured
}
