//! Who somebody is, an order, and a list of orders.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::sql_types::{BigInt, Date, Nullable, Text, Timestamp};
use portal::{clock, ids};
use serde::{Deserialize, Serialize};

use super::{CONNECTIONS, Reading, Sides, ask, ordering, over_http};
use crate::bare::{self, Asked, Connection};
use crate::client::Client;
use crate::json::{self, Null, fixed, short};
use crate::world::World;

const ME: &str = "/api/v1/me";
const LIST: usize = 50;
/// Orders of each connection that are read in turn.
const ORDERS: usize = 4;
/// As long as the product's.
const CURSOR: &str = "eyJmIjoiVkgwSlpVaXZsTnNWIiwiayI6IjM4NTg2OTIyMjYzNjQyNTIxNiJ9";

/// Beside an answer that is always the same, by the same server.
pub fn me(world: &World, connections: usize) -> Sides {
    let answer = Client::connect(world.address).send(&world.get(0, ME)).body.to_vec();
    let address = bare::serve_static(answer);
    Sides {
        product: over_http(
            world.address,
            connections,
            Arc::new(|world, worker, _| world.get(worker, ME)),
        ),
        floor: over_http(address, connections, Arc::new(|_, worker, _| ask(worker, "me"))),
    }
}

/// Ids of the accounts in their order.
fn accounts(world: &World) -> Vec<i64> {
    Connection::open(&world.place()).rows::<BigInt, i64>("SELECT id FROM accounts ORDER BY code", &[])
}

pub fn detail(world: &World, connections: usize) -> Sides {
    let placed: Vec<Vec<_>> = (0..CONNECTIONS)
        .map(|worker| (0..ORDERS).map(|_| ordering::place(world, worker)).collect())
        .collect();
    let placed = Arc::new(placed);
    let asked_again = placed.clone();
    let order = |placed: &[Vec<String>], worker: usize, count: u64| {
        placed[worker][usize::try_from(count).unwrap() % ORDERS].clone()
    };
    let accounts = accounts(world);
    let reading = Reading {
        product: Arc::new(move |world, worker, count| {
            world.get(worker, &format!("/api/v1/orders/{}", order(&placed, worker, count)))
        }),
        floor: Arc::new(move |_, worker, count| ask(worker, &order(&asked_again, worker, count))),
        handler: Arc::new(move |connection, asked| {
            json::bytes(&read(connection, accounts[asked.worker % accounts.len()], asked))
        }),
    };
    reading.sides(world, connections)
}

#[derive(Serialize)]
struct Order {
    id: String,
    number: String,
    state: String,
    hold_reasons: [Null; 0],
    hold_note: Null,
    po_number: String,
    order_class: String,
    ship_to: String,
    requested_date: Null,
    arrives_on: Option<NaiveDate>,
    delivery: String,
    backorder: String,
    cancel_after: Null,
    note: Null,
    currency: &'static str,
    lines: Vec<Line>,
    net_total: String,
    tax_total: String,
    gross_total: String,
    placed_at: String,
    placed_by: Option<String>,
    source: Null,
    claim_id: Null,
    claim_number: Null,
    revision: i64,
    cancelled_at: Null,
    cancel_reason: Null,
    cancelled_total: &'static str,
    entitlement: Null,
    load: Null,
}

#[derive(Serialize)]
struct Line {
    id: String,
    position: i64,
    product_id: String,
    sku: String,
    customer_part_number: Null,
    name: String,
    unit: String,
    quantity: String,
    base_quantity: String,
    unit_price: String,
    price_unit: String,
    price_base: i64,
    net: String,
    explanation: Explanation,
    reserved: String,
    backordered: String,
    shipped: String,
    invoiced: String,
    cancelled: String,
    promised_date: NaiveDate,
    promises: [Promise; 1],
    allocation: Null,
    delivery: String,
    backorder: String,
    cancel_after: Null,
    instead_of: Null,
    sent_instead: [Null; 0],
    substitutes: Null,
    note: Null,
    typed: Null,
}

/// As it is stored, and as it is answered.
#[derive(Serialize, Deserialize)]
struct Explanation {
    level: String,
    price_list: String,
    min_quantity: String,
    list_price: String,
    valid_from: Null,
    valid_to: Null,
    next_break: Null,
    #[serde(default)]
    asked_quantity: Null,
}

#[derive(Serialize)]
struct Promise {
    date: NaiveDate,
    quantity: String,
    kind: &'static str,
}

const ORDER: &str = "SELECT o.number, o.state, o.po_number, o.order_class, s.code, o.net_minor, o.tax_minor, o.gross_minor, \
     o.placed_at, o.placed_by, CAST(o.revision AS BIGINT), o.delivery, o.backorder, \
     l.id, CAST(l.position AS BIGINT), l.product_id, l.sku, l.name, l.unit, l.quantity, l.base_quantity, l.price_micros, \
     l.price_unit, CAST(l.price_base AS BIGINT), l.net_minor, l.explanation, l.reserved, l.backordered, l.shipped, \
     l.invoiced, l.cancelled, l.promised_on, r.quantity, r.promised_on \
     FROM orders o JOIN sites s ON s.id = o.site_id JOIN order_lines l ON l.order_id = o.id \
     JOIN reservations r ON r.order_line_id = l.id WHERE o.id = $1 AND o.account_id = $2 ORDER BY l.position";

type HeadTypes = (
    BigInt,
    Text,
    Text,
    Text,
    Text,
    BigInt,
    BigInt,
    BigInt,
    Timestamp,
    Nullable<BigInt>,
    BigInt,
    Text,
    Text,
);
type Head = (
    i64,
    String,
    String,
    String,
    String,
    i64,
    i64,
    i64,
    NaiveDateTime,
    Option<i64>,
    i64,
    String,
    String,
);
type LineTypes = (
    BigInt,
    BigInt,
    BigInt,
    Text,
    Text,
    Text,
    BigInt,
    BigInt,
    BigInt,
    Text,
    BigInt,
    BigInt,
    Text,
    BigInt,
    BigInt,
    BigInt,
    BigInt,
    BigInt,
    Date,
    BigInt,
    Date,
);
type LineRow = (
    i64,
    i64,
    i64,
    String,
    String,
    String,
    i64,
    i64,
    i64,
    String,
    i64,
    i64,
    String,
    i64,
    i64,
    i64,
    i64,
    i64,
    NaiveDate,
    i64,
    NaiveDate,
);

fn read(connection: &mut Connection, account: i64, asked: &Asked) -> Order {
    let id = asked.what.strip_prefix("ord_").and_then(ids::decode).unwrap();
    let rows = connection.rows::<(HeadTypes, LineTypes), (Head, LineRow)>(ORDER, &[id.into(), account.into()]);
    let (heads, lines): (Vec<Head>, Vec<LineRow>) = rows.into_iter().unzip();
    let head = heads.into_iter().next().unwrap();
    let (number, state, po_number, order_class, ship_to, net, tax, gross, placed_at, by, revision, delivery, backorder) =
        head;
    Order {
        id: asked.what.clone(),
        number: number.to_string(),
        state,
        hold_reasons: [],
        hold_note: None,
        po_number,
        order_class,
        ship_to,
        requested_date: None,
        arrives_on: lines.iter().map(|line| line.18).max(),
        lines: lines
            .into_iter()
            .map(|row| line(row, (&delivery, &backorder)))
            .collect(),
        delivery,
        backorder,
        cancel_after: None,
        note: None,
        currency: "EUR",
        net_total: fixed(net, 2),
        tax_total: fixed(tax, 2),
        gross_total: fixed(gross, 2),
        placed_at: clock::rfc3339(placed_at),
        placed_by: by.map(|id| format!("per_{}", ids::encode(id))),
        source: None,
        claim_id: None,
        claim_number: None,
        revision,
        cancelled_at: None,
        cancel_reason: None,
        cancelled_total: "0.00",
        entitlement: None,
        load: None,
    }
}

fn line(row: LineRow, (delivery, backorder): (&str, &str)) -> Line {
    let (id, position, product, sku, name, unit, quantity, base_quantity, micros, price_unit, price_base, net, why, ..) =
        row;
    let (.., reserved, backordered, shipped, invoiced, cancelled, promised, quantity_promised, promised_part) = row;
    Line {
        id: format!("lin_{}", ids::encode(id)),
        position,
        product_id: format!("prd_{}", ids::encode(product)),
        sku,
        customer_part_number: None,
        name,
        unit,
        quantity: quantity.to_string(),
        base_quantity: base_quantity.to_string(),
        unit_price: short(micros, 6),
        price_unit,
        price_base,
        net: fixed(net, 2),
        explanation: serde_json::from_str(&why).unwrap(),
        reserved: reserved.to_string(),
        backordered: backordered.to_string(),
        shipped: shipped.to_string(),
        invoiced: invoiced.to_string(),
        cancelled: cancelled.to_string(),
        promised_date: promised,
        promises: [Promise {
            date: promised_part,
            quantity: quantity_promised.to_string(),
            kind: "stock",
        }],
        allocation: None,
        delivery: delivery.to_owned(),
        backorder: backorder.to_owned(),
        cancel_after: None,
        instead_of: None,
        sent_instead: [],
        substitutes: None,
        note: None,
        typed: None,
    }
}

pub fn list(world: &World, connections: usize) -> Sides {
    let accounts = accounts(world);
    let reading = Reading {
        product: Arc::new(|world, worker, _| world.get(worker, &format!("/api/v1/orders?limit={LIST}&sort=newest"))),
        floor: Arc::new(|_, worker, _| ask(worker, "list")),
        handler: Arc::new(move |connection, asked| {
            json::bytes(&listed(connection, accounts[asked.worker % accounts.len()]))
        }),
    };
    reading.sides(world, connections)
}

#[derive(Serialize)]
struct List {
    data: Vec<Listed>,
    next_cursor: Option<&'static str>,
}

#[derive(Serialize)]
struct Listed {
    id: String,
    number: String,
    state: String,
    hold_reasons: [Null; 0],
    po_number: String,
    order_class: String,
    ship_to: String,
    requested_date: Null,
    currency: &'static str,
    line_count: i64,
    net_total: String,
    tax_total: String,
    gross_total: String,
    placed_at: String,
    placed_by: Option<String>,
    source: Null,
    claim_id: Null,
    claim_number: Null,
    revision: i64,
}

const ORDERS_OF_ACCOUNT: &str = "SELECT o.id, o.number, o.state, o.po_number, o.order_class, s.code, \
     CAST(o.line_count AS BIGINT), o.net_minor, o.tax_minor, o.gross_minor, o.placed_at, o.placed_by, \
     CAST(o.revision AS BIGINT) FROM orders o JOIN sites s ON s.id = o.site_id WHERE o.account_id = $1 \
     ORDER BY o.placed_on DESC, o.id DESC LIMIT 51";

type ListedTypes = (
    BigInt,
    BigInt,
    Text,
    Text,
    Text,
    Text,
    BigInt,
    BigInt,
    BigInt,
    BigInt,
    Timestamp,
    Nullable<BigInt>,
    BigInt,
);
type ListedRow = (
    i64,
    i64,
    String,
    String,
    String,
    String,
    i64,
    i64,
    i64,
    i64,
    NaiveDateTime,
    Option<i64>,
    i64,
);

fn listed(connection: &mut Connection, account: i64) -> List {
    let rows = connection.rows::<ListedTypes, ListedRow>(ORDERS_OF_ACCOUNT, &[account.into()]);
    let next_cursor = (rows.len() > LIST).then_some(CURSOR);
    let listed = |row: ListedRow| {
        let (id, number, state, po_number, order_class, ship_to, line_count, net, tax, gross, placed_at, by, revision) =
            row;
        Listed {
            id: format!("ord_{}", ids::encode(id)),
            number: number.to_string(),
            state,
            hold_reasons: [],
            po_number,
            order_class,
            ship_to,
            requested_date: None,
            currency: "EUR",
            line_count,
            net_total: fixed(net, 2),
            tax_total: fixed(tax, 2),
            gross_total: fixed(gross, 2),
            placed_at: clock::rfc3339(placed_at),
            placed_by: by.map(|id| format!("per_{}", ids::encode(id))),
            source: None,
            claim_id: None,
            claim_number: None,
            revision,
        }
    };
    List {
        data: rows.into_iter().take(LIST).map(listed).collect(),
        next_cursor,
    }
}
