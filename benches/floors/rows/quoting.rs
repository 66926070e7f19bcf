//! What lists of articles cost.

use std::sync::Arc;

use diesel::sql_types::{BigInt, Text};
use portal::ids;
use serde::{Deserialize, Serialize};

use super::browsing::{Lists, lists};
use super::{Reading, Sides};
use crate::bare::{Asked, Connection};
use crate::json::{self, Null, fixed, rounded, short};
use crate::world::World;

const LINES: (u64, u64) = (10, 191);
const MANY_LINES: (u64, u64) = (5_000, 1);

pub fn quote(world: &World, connections: usize) -> Sides {
    quotes(world, connections, LINES)
}

pub fn long_quote(world: &World) -> Sides {
    quotes(world, 1, MANY_LINES)
}

fn quotes(world: &World, connections: usize, lines: (u64, u64)) -> Sides {
    let lists = lists(world);
    let body = move |world: &World, worker: usize, count: u64| {
        let lines: Vec<_> = world
            .skus(worker, count, lines)
            .map(|sku| format!(r#"{{"sku":"{sku}","unit":"CTN","quantity":"2"}}"#))
            .collect();
        format!(r#"{{"lines":[{}]}}"#, lines.join(","))
    };
    let reading = Reading {
        product: Arc::new(move |world, worker, count| {
            world.post(worker, "/api/v1/prices/quote", "", &body(world, worker, count))
        }),
        floor: Arc::new(move |world, worker, count| {
            let body = body(world, worker, count);
            let length = body.len();
            format!("POST /{worker}/quote HTTP/1.1\r\nHost: floor\r\nContent-Length: {length}\r\n\r\n{body}")
                .into_bytes()
        }),
        handler: Arc::new(move |connection, asked| {
            json::bytes(&quoted(connection, &lists[asked.worker % lists.len()], asked))
        }),
    };
    reading.sides(world, connections)
}

#[derive(Deserialize)]
struct Quotation<'a> {
    #[serde(borrow)]
    lines: Vec<Wanted<'a>>,
}

#[derive(Deserialize)]
struct Wanted<'a> {
    sku: &'a str,
    #[allow(dead_code, reason = "read, as the product does; a carton throughout")]
    unit: &'a str,
    quantity: &'a str,
}

#[derive(Serialize)]
struct Quote {
    currency: &'static str,
    lines: Vec<Line>,
    net_total: String,
}

#[derive(Serialize)]
struct Line {
    product_id: String,
    sku: String,
    customer_part_number: Null,
    name: String,
    unit: &'static str,
    quantity: String,
    base_quantity: String,
    unit_price: String,
    price_unit: &'static str,
    price_base: i64,
    pack_price: String,
    net: String,
    explanation: Explanation,
    substitutes: Null,
}

#[derive(Serialize)]
struct Explanation {
    level: &'static str,
    price_list: String,
    min_quantity: &'static str,
    list_price: String,
    valid_from: Null,
    valid_to: Null,
    next_break: Null,
    asked_quantity: Null,
}

/// The set comes in as JSON: one text for both engines, and one plan.
const QUOTE: [&str; 2] = [
    "SELECT p.id, p.sku, p.name, u.numerator, COALESCE(o.price_micros, -1), COALESCE(t.price_micros, -1), b.price_micros, b.price_base \
     FROM json_each($1) w CROSS JOIN products p ON p.sku = w.value \
     CROSS JOIN sale_units u ON u.product_id = p.id AND u.unit = 'CTN' AND u.account_id IS NULL \
     LEFT JOIN prices o ON o.product_id = p.id AND o.price_list_id = $2 AND o.unit = 'H87' AND o.min_quantity = 1 \
     LEFT JOIN prices t ON t.product_id = p.id AND t.price_list_id = $3 AND t.unit = 'H87' AND t.min_quantity = 1 \
     LEFT JOIN prices b ON b.product_id = p.id AND b.price_list_id = $4 AND b.unit = 'H87' AND b.min_quantity = 1 \
     ORDER BY w.key",
    "SELECT p.id, p.sku, p.name, u.numerator, COALESCE(o.price_micros, -1), COALESCE(t.price_micros, -1), b.price_micros, \
     CAST(b.price_base AS BIGINT) \
     FROM unnest(string_to_array($1, ',')) WITH ORDINALITY w(sku, place) JOIN products p ON p.sku = w.sku \
     JOIN sale_units u ON u.product_id = p.id AND u.unit = 'CTN' AND u.account_id IS NULL \
     LEFT JOIN prices o ON o.product_id = p.id AND o.price_list_id = $2 AND o.unit = 'H87' AND o.min_quantity = 1 \
     LEFT JOIN prices t ON t.product_id = p.id AND t.price_list_id = $3 AND t.unit = 'H87' AND t.min_quantity = 1 \
     LEFT JOIN prices b ON b.product_id = p.id AND b.price_list_id = $4 AND b.unit = 'H87' AND b.min_quantity = 1 \
     ORDER BY w.place",
];

type QuoteTypes = (BigInt, Text, Text, BigInt, BigInt, BigInt, BigInt, BigInt);
type QuoteRow = (i64, String, String, i64, i64, i64, i64, i64);

fn quoted(connection: &mut Connection, lists: &Lists, asked: &Asked) -> Quote {
    let wanted: Quotation<'_> = serde_json::from_slice(&asked.body).unwrap();
    let skus: Vec<_> = wanted.lines.iter().map(|line| line.sku).collect();
    let [sqlite, postgres] = QUOTE;
    let (text, set) = match connection {
        Connection::Sqlite(_) => (sqlite, serde_json::to_string(&skus).unwrap()),
        Connection::Postgres(_) => (postgres, skus.join(",")),
    };
    let values = [
        set.as_str().into(),
        lists.own.0.into(),
        lists.tier.0.into(),
        lists.base.into(),
    ];
    let rows = connection.rows::<QuoteTypes, QuoteRow>(text, &values);
    let mut total = 0;
    let line = |(row, wanted): (QuoteRow, &Wanted<'_>)| {
        let (id, sku, name, content, own, tier, listed, base) = row;
        let (level, list, micros) = match (own, tier) {
            (-1, -1) => ("base", "BASE", listed),
            (-1, _) => ("tier", lists.tier.1.as_str(), tier),
            _ => ("account", lists.own.1.as_str(), own),
        };
        let quantity = wanted.quantity.parse::<i64>().unwrap() * content;
        let net = rounded(i128::from(micros) * i128::from(quantity), i128::from(base) * 10_000);
        total += net;
        Line {
            product_id: format!("prd_{}", ids::encode(id)),
            sku,
            customer_part_number: None,
            name,
            unit: "CTN",
            quantity: wanted.quantity.to_owned(),
            base_quantity: quantity.to_string(),
            unit_price: short(micros, 6),
            price_unit: "H87",
            price_base: base,
            pack_price: short(micros * content / base, 6),
            net: fixed(net, 2),
            explanation: Explanation {
                level,
                price_list: list.to_owned(),
                min_quantity: "1",
                list_price: short(listed, 6),
                valid_from: None,
                valid_to: None,
                next_break: None,
                asked_quantity: None,
            },
            substitutes: None,
        }
    };
    let lines = rows.into_iter().zip(&wanted.lines).map(line).collect();
    Quote {
        currency: "EUR",
        lines,
        net_total: fixed(total, 2),
    }
}
