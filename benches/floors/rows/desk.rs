//! What staff look at: the queue of all open orders.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::sql_types::{BigInt, Date, Nullable, Text, Timestamp};
use portal::clock;
use serde::Serialize;

use super::{Sides, ask, over_http};
use crate::bare::{self, Connection, Value};
use crate::client::Client;
use crate::json;
use crate::world::World;

const QUEUE: usize = 50;

/// The queue's page for a browser, beside its orders and counts as JSON.
pub fn queue(world: &World) -> Sides {
    let cookie = world.cookie(&world.staff);
    let floor = bare::serve(world.place(), Arc::new(|connection, _| json::bytes(&read(connection))));
    let request = move || format!("GET /desk/queue HTTP/1.1\r\nHost: portal\r\nCookie: {cookie}\r\n\r\n").into_bytes();
    let mut client = Client::connect(world.address);
    let shown = String::from_utf8_lossy(client.send(&request()).body).into_owned();
    let queue = read(&mut Connection::open(&world.place()));
    assert_eq!(queue.orders.len(), QUEUE);
    for order in queue.orders {
        assert!(
            shown.contains(&format!(">{}<", order.number)),
            "the page shows other orders"
        );
    }
    Sides {
        product: over_http(world.address, 1, Arc::new(move |_, _, _| request())),
        floor: over_http(floor, 1, Arc::new(|_, _, _| ask(0, "queue"))),
    }
}

#[derive(Serialize)]
struct Queue {
    open: i64,
    to_accept: i64,
    at_risk: i64,
    short: i64,
    to_ship: i64,
    orders: Vec<Ranked>,
}

#[derive(Serialize)]
struct Ranked {
    number: i64,
    account: String,
    name: String,
    tier: String,
    order_class: String,
    state: String,
    net: String,
    version: i64,
    queued_at: NaiveDateTime,
    lines: i64,
    ready: i64,
    waiting: i64,
    promised: Option<NaiveDate>,
}

/// An index of the lines that are open has all that is counted.
const COUNTS: &str = "SELECT COUNT(*), CAST(SUM(CASE WHEN o.state = 'placed' THEN 1 ELSE 0 END) AS BIGINT), \
     CAST(SUM(l.at_risk) AS BIGINT), CAST(SUM(l.short) AS BIGINT), CAST(SUM(CASE WHEN o.state <> 'placed' THEN l.ready ELSE 0 END) AS BIGINT) \
     FROM orders o JOIN (SELECT order_id, MAX(CASE WHEN promised_on <= $1 THEN 1 ELSE 0 END) AS at_risk, \
     MAX(CASE WHEN backordered > 0 THEN 1 ELSE 0 END) AS short, MAX(CASE WHEN reserved > 0 THEN 1 ELSE 0 END) AS ready \
     FROM order_lines WHERE backordered > 0 OR reserved > 0 GROUP BY order_id) l ON l.order_id = o.id \
     WHERE o.state IN ('placed', 'accepted', 'partly_shipped')";

const RANKED: &str = "SELECT o.number, o.code, o.name, o.tier, o.order_class, o.state, o.net_minor, o.version, o.queued_at, COUNT(*), \
     CAST(SUM(CASE WHEN l.reserved > 0 THEN 1 ELSE 0 END) AS BIGINT), \
     CAST(SUM(CASE WHEN l.backordered > 0 THEN 1 ELSE 0 END) AS BIGINT), MAX(l.promised_on) \
     FROM (SELECT o.id, o.number, a.code, a.name, a.tier, o.order_class, o.state, o.net_minor, o.version, o.queued_at, \
     CASE a.tier WHEN 'platinum' THEN 0 WHEN 'gold' THEN 1 WHEN 'silver' THEN 2 ELSE 3 END AS tier_rank, \
     CASE o.order_class WHEN 'critical' THEN 0 WHEN 'priority' THEN 1 ELSE 2 END AS class_rank \
     FROM orders o JOIN accounts a ON a.id = o.account_id WHERE o.state IN ('placed', 'accepted', 'partly_shipped') \
     ORDER BY tier_rank, class_rank, o.requested_on NULLS LAST, o.queued_at, o.id LIMIT 51) o \
     JOIN order_lines l ON l.order_id = o.id GROUP BY o.tier_rank, o.class_rank, o.queued_at, o.id, o.number, o.code, o.name, o.tier, \
     o.order_class, o.state, o.net_minor, o.version ORDER BY o.tier_rank, o.class_rank, o.queued_at, o.id";

type RankedTypes = (
    BigInt,
    Text,
    Text,
    Text,
    Text,
    Text,
    BigInt,
    BigInt,
    Timestamp,
    BigInt,
    BigInt,
    BigInt,
    Nullable<Date>,
);
type RankedRow = (
    i64,
    String,
    String,
    String,
    String,
    String,
    i64,
    i64,
    NaiveDateTime,
    i64,
    i64,
    i64,
    Option<NaiveDate>,
);

fn read(connection: &mut Connection) -> Queue {
    type Counts = (BigInt, BigInt, BigInt, BigInt, BigInt);
    let today = Value::Day(clock::now().date());
    let counts = connection.rows::<Counts, (i64, i64, i64, i64, i64)>(COUNTS, &[today]);
    let (open, to_accept, at_risk, short, to_ship) = counts[0];
    let rows = connection.rows::<RankedTypes, RankedRow>(RANKED, &[]);
    let ranked = |row: RankedRow| {
        let (number, account, name, tier, order_class, state, net, version, queued_at, lines, ready, waiting, promised) =
            row;
        Ranked {
            number,
            account,
            name,
            tier,
            order_class,
            state,
            net: json::fixed(net, 2),
            version,
            queued_at,
            lines,
            ready,
            waiting,
            promised,
        }
    };
    Queue {
        open,
        to_accept,
        at_risk,
        short,
        to_ship,
        orders: rows.into_iter().take(QUEUE).map(ranked).collect(),
    }
}
