//! Orders placed, beside the rows that an order leaves behind, written by set-based statements in one transaction:
//! without HTTP, facts or rules.
//!
//! An order is placed for each pattern; its rows become statements in which only what is new each time is a parameter, so
//! that the floor has nothing to read, to decide or to send.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::time::Duration;

use diesel::sql_types::Text;
use portal::db::Engine;
use portal::seed::sheets;
use portal::{clock, ids};

use super::{CONNECTIONS, Reach, Row, Side, Sides, over_http};
use crate::bare::{Connection, Value};
use crate::client::Client;
use crate::load::{self, Load, Timer};
use crate::world::World;

const TEN: (u64, u64) = (10, 191);
const THOUSAND: (u64, u64) = (1_000, 2);
/// Orders of different articles that a floor writes in turn, for each connection.
const PATTERNS: u64 = 8;
/// Ids that an order of the floor has for itself and its lines.
const IDS_OF_ORDER: i64 = 16;

pub fn rows() -> Vec<Row> {
    let row = |name: &str, what, reach, sides: fn(&World) -> Sides| Row {
        name: name.to_owned(),
        what,
        reach,
        sides: Box::new(sides),
    };
    let (on_both, on_postgres, on_sqlite) = (
        Reach {
            sqlite: Some(1.3),
            postgres: Some(0.8),
        },
        Reach {
            sqlite: None,
            postgres: Some(0.7),
        },
        Reach {
            sqlite: Some(0.5),
            postgres: None,
        },
    );
    vec![
        row("order-16", "orders of 10 lines, 16 accounts", on_both, |world| {
            of_ten(world, CONNECTIONS, CONNECTIONS)
        }),
        row("order-hot", "the same, all of one account", on_postgres, |world| {
            of_ten(world, CONNECTIONS, 1)
        }),
        row("order-1", "the same, one client alone", on_sqlite, |world| {
            of_ten(world, 1, 1)
        }),
        row(
            "long",
            "lines of orders of 1,000, by lines of 10",
            Reach::both(2.5),
            long,
        ),
    ]
}

/// What places an order of so many lines.
fn request(world: &World, worker: usize, (count, lines): (u64, (u64, u64))) -> Vec<u8> {
    let texts: Vec<_> = world
        .skus(worker, count, lines)
        .map(|sku| format!(r#"{{"sku":"{sku}","unit":"H87","quantity":"7"}}"#))
        .collect();
    let body = format!(r#"{{"po_number":"B-{count}","lines":[{}]}}"#, texts.join(","));
    world.post(
        worker,
        "/api/v1/orders",
        &format!("Idempotency-Key: k-{count}\r\n"),
        &body,
    )
}

/// An order of ten lines placed over HTTP, as the text of its id.
pub fn place(world: &World, worker: usize) -> String {
    let mut client = Client::connect(world.address);
    let answer = client.send(&request(world, worker, (load::next(), TEN)));
    let order: serde_json::Value = serde_json::from_slice(answer.body).unwrap();
    order["id"].as_str().unwrap().to_owned()
}

fn product(world: &World, connections: usize, (accounts, lines): (usize, (u64, u64))) -> Side {
    over_http(
        world.address,
        connections,
        Arc::new(move |world, worker, count| request(world, worker % accounts, (count, lines))),
    )
}

fn of_ten(world: &World, connections: usize, accounts: usize) -> Sides {
    let mut connection = Connection::open(&world.place());
    let patterns: Vec<Vec<_>> = (0..accounts)
        .map(|worker| {
            (0..PATTERNS)
                .map(|_| Pattern::of(world, worker, &mut connection))
                .collect()
        })
        .collect();
    Sides {
        product: product(world, connections, (accounts, TEN)),
        floor: Box::new(move |world, measured| written(world, connections, measured, &patterns)),
    }
}

/// Per line, an order of many lines beside orders of ten.
fn long(world: &World) -> Sides {
    let times =
        |side: Side, lines: f64| -> Side { Box::new(move |world, measured| side(world, measured).times(lines)) };
    Sides {
        product: times(product(world, 4, (4, THOUSAND)), 1_000.0),
        floor: times(product(world, CONNECTIONS, (CONNECTIONS, TEN)), 10.0),
    }
}

/// SQLite has one writer; PostgreSQL as many as the product has connections there.
fn written(world: &World, connections: usize, measured: Duration, patterns: &[Vec<Pattern>]) -> Load {
    let threads = match world.engine() {
        Engine::Sqlite => 1,
        Engine::Postgres => connections.min(8),
    };
    let (next_id, turn) = (AtomicI64::new(ids::next()), AtomicUsize::new(0));
    load::by_threads(threads, measured, |_| {
        let mut connection = Connection::open(&world.place());
        let (next_id, turn) = (&next_id, &turn);
        move |timer: &mut Timer<'_>| {
            let turn = turn.fetch_add(1, Ordering::Relaxed);
            let of_account = &patterns[turn % patterns.len()];
            let pattern = &of_account[turn / patterns.len() % of_account.len()];
            let id = next_id.fetch_add(IDS_OF_ORDER, Ordering::Relaxed);
            timer.time(|| pattern.write(&mut connection, id));
        }
    })
}

/// The statements that write an order with its reservations, its commitment, its event, its entry of the record and its
/// key. `$1` is a free id, `$2` now, `$3` a text that never comes twice.
struct Pattern {
    statements: Vec<&'static str>,
}

/// What of a table's row is another each time.
type New = &'static [(&'static str, &'static str)];

/// Table, which of its rows the order `$1` left (its id as text is `$2`), and what of them is new each time.
const TABLES: [(&str, &str, New); 7] = [
    (
        "orders",
        "id = $1",
        &[
            ("id", "$1"),
            ("number", "NUMBER"),
            ("po_number", "$3"),
            ("po_key", "$3"),
            ("placed_at", "$2"),
            ("queued_at", "$2"),
        ],
    ),
    (
        "order_lines",
        "order_id = $1",
        &[("id", "$1 + POSITION"), ("order_id", "$1")],
    ),
    (
        "reservations",
        "order_line_id IN (SELECT id FROM order_lines WHERE order_id = $1)",
        &[("order_line_id", "$1 + POSITION")],
    ),
    (
        "ledger_entries",
        "order_id = $1",
        &[("id", "$1"), ("order_id", "$1"), ("posted_at", "$2")],
    ),
    (
        "events",
        "subject_id = $1",
        &[("id", "$1"), ("subject_id", "$1"), ("occurred_at", "$2")],
    ),
    (
        "audit_entries",
        "object = $2",
        &[("id", "$1"), ("object", "$3"), ("recorded_at", "$2")],
    ),
    (
        "idempotency_keys",
        "created_id = $1",
        &[("created_id", "$1"), ("key", "$3"), ("created_at", "$2")],
    ),
];

impl Pattern {
    fn of(world: &World, worker: usize, connection: &mut Connection) -> Self {
        let placed = place(world, worker);
        let id = placed.strip_prefix("ord_").and_then(ids::decode).unwrap();
        let mut statements = Vec::new();
        let number = match connection {
            Connection::Sqlite(_) => {
                statements.push("UPDATE counters SET value = value + 1 WHERE name = 'order_number'");
                "(SELECT value FROM counters WHERE name = 'order_number')"
            }
            Connection::Postgres(_) => "nextval('order_numbers')",
        };
        let set = "SELECT CAST(stock_id AS TEXT) FROM reservations WHERE order_line_id IN \
             (SELECT id FROM order_lines WHERE order_id = $1) ORDER BY stock_id";
        let set = connection.rows::<Text, String>(set, &[id.into()]).join(", ");
        statements.push(format!("UPDATE stock SET reserved = reserved + 7 WHERE id IN ({set})").leak());
        for (table, condition, new) in TABLES {
            statements.push(insert(connection, (table, condition, new), (id, &placed), number).leak());
        }
        let account = sheets::code(world.account_of(worker));
        let balance = format!(
            "UPDATE ledger_balances SET committed_minor = committed_minor + 100 WHERE account_id = \
             (SELECT id FROM accounts WHERE code = '{account}')"
        );
        statements.push(balance.leak());
        if let Connection::Postgres(_) = connection {
            let parts: Vec<_> = (0..)
                .zip(&statements)
                .map(|(n, text)| format!("w{n} AS ({text})"))
                .collect();
            let text = format!("WITH {} SELECT 1", parts.join(", "));
            statements = vec![&*text.leak()];
        }
        Self { statements }
    }

    fn write(&self, connection: &mut Connection, id: i64) {
        let values = [Value::from(id), Value::At(clock::now()), Value::Text(format!("f-{id}"))];
        // On PostgreSQL the one statement is the transaction.
        let is_sqlite = matches!(connection, Connection::Sqlite(_));
        if is_sqlite {
            connection.say("BEGIN IMMEDIATE");
        }
        for text in &self.statements {
            connection.run(text, &values).unwrap();
        }
        if is_sqlite {
            connection.say("COMMIT");
        }
    }
}

/// The statement that writes the rows which an order left in a table once more.
fn insert(
    connection: &mut Connection,
    (table, condition, new): (&str, &str, New),
    (id, placed): (i64, &str),
    number: &str,
) -> String {
    let columns = match connection {
        Connection::Sqlite(_) => format!("SELECT name FROM pragma_table_info('{table}') ORDER BY cid"),
        Connection::Postgres(_) => format!(
            "SELECT CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_name = '{table}' \
             AND table_schema = 'public' ORDER BY ordinal_position"
        ),
    };
    let columns = connection.rows::<Text, String>(columns.leak(), &[]);
    let literal = |column: &String| match new.iter().find(|(name, _)| name == column) {
        // Not a parameter of the statement that is read here.
        Some((_, value)) => format!("'{}'", value.replace('$', "#")),
        None => match connection {
            Connection::Sqlite(_) => format!("quote({column})"),
            Connection::Postgres(_) => format!("quote_nullable(CAST({column} AS TEXT))"),
        },
    };
    let literals: Vec<_> = columns.iter().map(literal).collect();
    let (key, _) = new[0];
    let literals = literals.join(" || ', ' || ");
    let text = format!("SELECT {literals} FROM {table} WHERE {condition} ORDER BY {table}.{key}");
    let rows = connection.rows::<Text, String>(text.leak(), &[id.into(), placed.into()]);
    assert!(!rows.is_empty(), "an order leaves rows in {table}");
    let rows: Vec<_> = (1..)
        .zip(rows)
        .map(|(position, row)| {
            let row = row
                .replace("POSITION", &i32::to_string(&position))
                .replace("NUMBER", number);
            format!("({})", row.replace('#', "$"))
        })
        .collect();
    format!(
        "INSERT INTO {table} ({}) VALUES {}",
        columns.join(", "),
        rows.join(", ")
    )
}
