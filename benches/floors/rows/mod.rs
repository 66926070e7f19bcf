//! The rows of the table, by what they are about. Each is something that the product does over HTTP, beside the least
//! honest work for the same answer or the same stored rows.

mod browsing;
mod desk;
mod ordering;
mod papers;
mod quoting;
mod receiving;
mod tracking;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use portal::db::Engine;
use serde_json::Value;

use crate::bare::{self, Handler};
use crate::client::Client;
use crate::load::{self, Load};
use crate::world::World;

/// As many connections as there are many.
pub const CONNECTIONS: usize = 16;

pub struct Row {
    pub name: String,
    /// What there are so many of in a second.
    pub what: &'static str,
    /// What the product should be at least, in floors.
    pub reach: Reach,
    /// Made only if the row is measured.
    pub sides: Box<dyn Fn(&World) -> Sides>,
}

/// By engine; none where nothing is asked.
#[derive(Clone, Copy)]
pub struct Reach {
    sqlite: Option<f64>,
    postgres: Option<f64>,
}

impl Reach {
    const fn both(reach: f64) -> Self {
        Self {
            sqlite: Some(reach),
            postgres: Some(reach),
        }
    }

    pub fn of(self, engine: Engine) -> Option<f64> {
        match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        }
    }
}

pub struct Sides {
    pub product: Side,
    pub floor: Side,
}

/// Measures one round.
pub type Side = Box<dyn Fn(&World, Duration) -> Load>;

/// In the order of their worth.
pub fn all() -> Vec<Row> {
    let mut rows = Vec::new();
    rows.extend(of_both("page", "pages of 50 priced products", 0.8, browsing::page));
    rows.extend(ordering::rows());
    rows.extend(of_both("quote", "quotes of 10 lines", 0.7, quoting::quote));
    rows.extend(of_both("me", "who am I: signed in, two reads", 0.8, tracking::me));
    rows.extend(of_both("detail", "orders of 10 lines read", 0.7, tracking::detail));
    rows.extend(of_both("list", "lists of 50 orders", 0.7, tracking::list));
    rows.extend(of_both(
        "html",
        "catalogue as HTML, by its data as JSON",
        0.6,
        browsing::html,
    ));
    rows.push(alone("queue-1", "queue as HTML, by its data as JSON", 0.6, desk::queue));
    rows.push(alone(
        "receipt",
        "waiting lines served, 10,000 by a receipt",
        0.6,
        receiving::receipt,
    ));
    rows.push(alone("quote-5k", "quotes of 5,000 lines", 0.5, quoting::long_quote));
    rows.push(alone("invoice", "invoices as PDF", 0.83, papers::invoice));
    rows
}

/// From many connections, and from one alone.
fn of_both(name: &str, what: &'static str, reach: f64, sides: fn(&World, usize) -> Sides) -> Vec<Row> {
    let row = |connections: usize| Row {
        name: format!("{name}-{connections}"),
        what,
        reach: Reach::both(reach),
        sides: Box::new(move |world| sides(world, connections)),
    };
    vec![row(CONNECTIONS), row(1)]
}

/// From one connection.
fn alone(name: &str, what: &'static str, reach: f64, sides: fn(&World) -> Sides) -> Row {
    Row {
        name: name.to_owned(),
        what,
        reach: Reach::both(reach),
        sides: Box::new(sides),
    }
}

/// The request for a connection of the load and a number that never comes twice.
type Request = Arc<dyn Fn(&World, usize, u64) -> Vec<u8> + Send + Sync>;

/// Something that is read: the product answers, and a bare handler with one statement gives the same answer.
struct Reading {
    product: Request,
    /// What the floor is asked for.
    floor: Request,
    handler: Arc<Handler>,
}

impl Reading {
    fn sides(self, world: &World, connections: usize) -> Sides {
        let address = bare::serve(world.place(), self.handler);
        for count in 0..40 {
            let worker = usize::try_from(count).unwrap() % CONNECTIONS;
            let product = Client::connect(world.address)
                .send(&(self.product)(world, worker, count))
                .body
                .to_vec();
            let floor = Client::connect(address)
                .send(&(self.floor)(world, worker, count))
                .body
                .to_vec();
            assert_same(&product, &floor);
        }
        Sides {
            product: over_http(world.address, connections, self.product),
            floor: over_http(address, connections, self.floor),
        }
    }
}

fn over_http(address: SocketAddr, connections: usize, request: Request) -> Side {
    Box::new(move |world, measured| {
        let before = world.db.statements();
        let load = load::over_http(address, connections, measured, &|worker, count| {
            request(world, worker, count)
        });
        Load {
            statements: world.db.statements() - before,
            ..load
        }
    })
}

/// A request to a floor.
fn ask(worker: usize, what: &str) -> Vec<u8> {
    format!("GET /{worker}/{what} HTTP/1.1\r\nHost: floor\r\n\r\n").into_bytes()
}

/// The same answer to the letter, but for where the next page begins, which only the product can read.
fn assert_same(product: &[u8], floor: &[u8]) {
    let read = |bytes: &[u8]| {
        let mut value: Value = serde_json::from_slice(bytes).unwrap();
        if let Some(cursor) = value.get_mut("next_cursor") {
            *cursor = Value::from(cursor.is_string());
        }
        value
    };
    let (product, floor) = (read(product), read(floor));
    assert_eq!(product, floor, "the floor gives another answer");
}
