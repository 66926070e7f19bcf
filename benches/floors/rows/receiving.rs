//! Goods that come in and serve ten thousand lines that wait for them, beside the rows that this leaves behind.
//!
//! Before each turn the lines are ordered, which is not measured. What else a receipt leaves (its decision with all it was made
//! from, its events, its record) the floor copies from the product's.

use std::time::Instant;

use chrono::NaiveDate;
use diesel::sql_types::BigInt;
use portal::seed::sheets;
use portal::{clock, ids};

use super::Sides;
use crate::bare::{Connection, Value};
use crate::client::Client;
use crate::load::{self, Load};
use crate::world::{self, World};

const ORDERS: usize = 2;
const LINES_OF_ORDER: usize = 5_000;

pub fn receipt(world: &World) -> Sides {
    let token = world.sign_in(&world.staff);
    Sides {
        product: Box::new(move |world, _| {
            let waiting = order(world);
            let body = format!(
                r#"{{"warehouse":"MAIN","lines":[{{"sku":"{}","quantity":"{}"}}]}}"#,
                scarce(),
                waiting.quantity
            );
            let request = format!(
                "POST /api/v1/supplier/receipts HTTP/1.1\r\nHost: portal\r\nAuthorization: Bearer {token}\r\nContent-Type: \
                 application/json\r\nIdempotency-Key: r-{}\r\nContent-Length: {}\r\n\r\n{body}",
                load::next(),
                body.len()
            );
            let before = world.db.statements();
            let (mut client, started) = (Client::connect(world.address), Instant::now());
            client.send(request.as_bytes());
            let load = waiting.served_in(started);
            Load {
                statements: world.db.statements() - before,
                ..load
            }
        }),
        floor: Box::new(|world, _| {
            let waiting = order(world);
            let mut connection = Connection::open(&world.place());
            let started = Instant::now();
            waiting.serve(&mut connection);
            waiting.served_in(started)
        }),
    }
}

/// An article that hardly lies in stock.
fn scarce() -> String {
    let (_, place) = world::SCARCE;
    sheets::sku(place)
}

/// Lines that wait for an article.
struct Waiting {
    product: i64,
    stock: i64,
    lines: i64,
    quantity: i64,
}

/// Orders so much of the article that all lines wait.
fn order(world: &World) -> Waiting {
    let line = format!(r#"{{"sku":"{}","unit":"H87","quantity":"100"}}"#, scarce());
    for worker in 0..ORDERS {
        let count = load::next();
        let lines = vec![line.as_str(); LINES_OF_ORDER].join(",");
        let body = format!(r#"{{"po_number":"W-{count}","lines":[{lines}]}}"#);
        let key = format!("Idempotency-Key: w-{count}\r\n");
        Client::connect(world.address).send(&world.post(worker, "/api/v1/orders", &key, &body));
    }
    let text = "SELECT s.product_id, s.id, COUNT(*), CAST(SUM(l.backordered) AS BIGINT) FROM products p \
         JOIN stock s ON s.product_id = p.id JOIN order_lines l ON l.product_id = p.id AND l.backordered > 0 \
         WHERE p.sku = $1 GROUP BY s.product_id, s.id";
    let mut connection = Connection::open(&world.place());
    let rows =
        connection.rows::<(BigInt, BigInt, BigInt, BigInt), (i64, i64, i64, i64)>(text, &[scarce().as_str().into()]);
    let (product, stock, lines, quantity) = rows[0];
    Waiting {
        product,
        stock,
        lines,
        quantity,
    }
}

impl Waiting {
    fn served_in(&self, started: Instant) -> Load {
        let took = started.elapsed().as_secs_f64();
        Load {
            done: 1,
            statements: 0,
            per_second: self.lines as f64 / took,
            p50_ms: took * 1000.0,
            p99_ms: took * 1000.0,
        }
    }

    /// The rows of a receipt that serves all of them, in one transaction.
    fn serve(&self, connection: &mut Connection) {
        let last = |connection: &mut Connection, text: &'static str| connection.rows::<BigInt, i64>(text, &[])[0];
        let receipt = last(connection, "SELECT MAX(id) FROM receipts");
        let decision = last(
            connection,
            "SELECT MAX(id) FROM allocation_decisions WHERE cause = 'goods_received'",
        );
        let id = ids::next();
        let today: NaiveDate = clock::now().date();
        let (new, copied) = (Value::Int(id), Value::Int(receipt));
        let (product, stock, quantity) = (self.product.into(), self.stock.into(), self.quantity.into());
        let key = Value::Text(format!("r-{id}"));
        let begin = match connection {
            Connection::Sqlite(_) => "BEGIN IMMEDIATE",
            Connection::Postgres(_) => "BEGIN",
        };
        connection.say(begin);
        let mut run = |text, values: &[Value]| {
            connection.run(text, values).unwrap();
        };
        run(KEY, &[new.clone(), key, copied.clone()]);
        run(STOCK, &[quantity, stock]);
        run(RECEIPT, &[new.clone(), copied.clone()]);
        run(RECEIPT_LINES, &[new.clone(), copied.clone()]);
        run(MOVEMENT, &[new.clone(), new.clone(), copied.clone()]);
        run(DECISION, &[new.clone(), new.clone(), decision.into()]);
        run(RESERVATIONS, &[self.stock.into(), Value::Day(today), product]);
        run(ALLOCATIONS, &[new.clone(), self.product.into()]);
        run(LINES, &[Value::Day(today), self.product.into()]);
        run(EVENTS, &[new.clone(), decision.into()]);
        run(RECORD, &[new, decision.into()]);
        connection.say("COMMIT");
    }
}

const KEY: &str = "INSERT INTO idempotency_keys (person_id, route, key, request_hash, created_id, created_at) \
     SELECT person_id, route, $2, request_hash, $1, created_at FROM idempotency_keys WHERE created_id = $3";
const STOCK: &str = "UPDATE stock SET on_hand = on_hand + $1, reserved = reserved + $1 WHERE id = $2";
const RECEIPT: &str = "INSERT INTO receipts (id, warehouse_id, received_at, received_by) \
     SELECT $1, warehouse_id, received_at, received_by FROM receipts WHERE id = $2";
const RECEIPT_LINES: &str = "INSERT INTO receipt_lines (receipt_id, position, product_id, quantity) \
     SELECT $1, position, product_id, quantity FROM receipt_lines WHERE receipt_id = $2";
const MOVEMENT: &str = "INSERT INTO stock_movements (id, stock_id, quantity, kind, actor, moved_at, cause_id) \
     SELECT $1, stock_id, quantity, kind, actor, moved_at, $2 FROM stock_movements WHERE cause_id = $3";
const DECISION: &str = "INSERT INTO allocation_decisions (id, decided_at, product_id, cause, cause_id, input, outcome) \
     SELECT $1, decided_at, product_id, cause, $2, input, outcome FROM allocation_decisions WHERE id = $3";
const RESERVATIONS: &str = "INSERT INTO reservations (order_line_id, stock_id, quantity, promised_on) \
     SELECT id, $1, backordered, $2 FROM order_lines WHERE product_id = $3 AND backordered > 0";
const ALLOCATIONS: &str = "INSERT INTO allocations (order_line_id, decision_id, rank, wanted, quantity) \
     SELECT id, $1, ROW_NUMBER() OVER (ORDER BY id), backordered, backordered FROM order_lines \
     WHERE product_id = $2 AND backordered > 0";
const LINES: &str = "UPDATE order_lines SET reserved = reserved + backordered, backordered = 0, promised_on = $1 \
     WHERE product_id = $2 AND backordered > 0";
/// Of the last receipt's orders, which are as many.
const EVENTS: &str = "INSERT INTO events (id, type, account_id, subject_id, occurred_at, data) \
     SELECT $1 + ROW_NUMBER() OVER (ORDER BY id), type, account_id, subject_id, occurred_at, data FROM events \
     WHERE type = 'order.promise_changed' AND id > $2 ORDER BY id LIMIT 2";
const RECORD: &str = "INSERT INTO audit_entries (id, recorded_at, actor, account_id, action, object, request_id, details, address) \
     SELECT $1, recorded_at, actor, account_id, action, object, request_id, details, address FROM audit_entries \
     WHERE action = 'receipt.book' AND id > $2 ORDER BY id LIMIT 1";
