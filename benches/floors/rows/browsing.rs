//! A page of the catalogue, for a program and for a browser.

use std::sync::Arc;

use diesel::sql_types::{BigInt, Text};
use portal::ids;
use portal::seed::sheets;
use serde::Serialize;

use super::{CONNECTIONS, Reading, Sides, ask, over_http};
use crate::bare::{Asked, Connection};
use crate::client::Client;
use crate::json::{self, Null, short};
use crate::world::{World, email};

const PAGE: usize = 50;
/// As long as the product's.
const CURSOR: &str = "eyJmIjoiTXJGV2p5OVoyYVBCIiwiayI6IlAwMDAwMDA0In0";
const CATEGORIES: [&str; 12] = [
    "Hexagon%20screw",
    "Socket%20screw",
    "Wood%20screw",
    "Lock%20nut",
    "Washer",
    "Wedge%20anchor",
    "Nylon%20plug",
    "Round%20nail",
    "Blind%20rivet",
    "Pipe%20clamp",
    "Threaded%20rod",
    "Cable%20tie",
];

/// The price lists that count for an account, known beforehand: its own, its tier's, and everybody's.
pub struct Lists {
    pub own: (i64, String),
    pub tier: (i64, String),
    pub base: i64,
}

/// Of the accounts in their order.
pub fn lists(world: &World) -> Vec<Lists> {
    let mut connection = Connection::open(&world.place());
    let text = "SELECT o.id, o.code, t.id, t.code, b.id FROM accounts a JOIN price_lists o ON o.account_id = a.id \
         JOIN price_lists t ON t.tier = a.tier AND t.kind = 'tier' JOIN price_lists b ON b.kind = 'base' ORDER BY a.code";
    let rows = connection.rows::<(BigInt, Text, BigInt, Text, BigInt), (i64, String, i64, String, i64)>(text, &[]);
    let lists = |(own, own_code, tier, tier_code, base)| Lists {
        own: (own, own_code),
        tier: (tier, tier_code),
        base,
    };
    rows.into_iter().map(lists).collect()
}

fn category(count: u64) -> &'static str {
    CATEGORIES[usize::try_from(count).unwrap() % CATEGORIES.len()]
}

pub fn page(world: &World, connections: usize) -> Sides {
    let lists = lists(world);
    let reading = Reading {
        product: Arc::new(move |world, worker, count| {
            let category = category(count);
            world.get(worker, &format!("/api/v1/products?limit={PAGE}&category={category}"))
        }),
        floor: Arc::new(move |_, worker, count| ask(worker, category(count))),
        handler: Arc::new(move |connection, asked| {
            json::bytes(&products(connection, &lists[asked.worker % lists.len()], asked))
        }),
    };
    reading.sides(world, connections)
}

/// The page that a browser shows of the same articles, beside them as JSON.
pub fn html(world: &World, connections: usize) -> Sides {
    let cookies: Vec<_> = (0..CONNECTIONS)
        .map(|worker| world.cookie(&email(world.account_of(worker))))
        .collect();
    let floor = page(world, connections).floor;
    let request = move |_: &World, worker: usize, count: u64| {
        let (category, cookie) = (category(count), &cookies[worker]);
        format!("GET /products?category={category} HTTP/1.1\r\nHost: portal\r\nCookie: {cookie}\r\n\r\n").into_bytes()
    };
    let mut client = Client::connect(world.address);
    let shown = String::from_utf8_lossy(client.send(&request(world, 0, 0)).body).into_owned();
    let articles = (0..world.amounts.products).filter(|place| shown.contains(&sheets::sku(*place)));
    assert_eq!(articles.count(), PAGE, "the page shows other articles");
    Sides {
        product: over_http(world.address, connections, Arc::new(request)),
        floor,
    }
}

#[derive(Serialize)]
struct List<T> {
    data: Vec<T>,
    next_cursor: Option<&'static str>,
}

#[derive(Serialize)]
struct Product {
    id: String,
    sku: String,
    customer_part_number: Null,
    name: String,
    brand: Null,
    private_label: bool,
    description: Null,
    category: String,
    state: &'static str,
    orderable_from: Null,
    currency: &'static str,
    units: [Unit; 2],
    price: Price,
    availability: Availability,
}

#[derive(Serialize)]
struct Unit {
    unit: &'static str,
    unit_code: &'static str,
    name: String,
    base_quantity: String,
    numerator: i64,
    denominator: i64,
    min_quantity: &'static str,
    multiple: &'static str,
    max_quantity: Null,
    rounding: &'static str,
    gtin: String,
    gross_weight_kg: Null,
    length_mm: Null,
    width_mm: Null,
    height_mm: Null,
    layer: Null,
    pack_price: String,
}

impl Unit {
    fn new((unit, unit_code): (&'static str, &'static str), name: String, content: i64, gtin: String) -> Self {
        Self {
            unit,
            unit_code,
            name,
            base_quantity: content.to_string(),
            numerator: content,
            denominator: 1,
            min_quantity: "1",
            multiple: "1",
            max_quantity: None,
            rounding: "refuse",
            gtin,
            gross_weight_kg: None,
            length_mm: None,
            width_mm: None,
            height_mm: None,
            layer: None,
            pack_price: String::new(),
        }
    }

    fn at(mut self, micros: i64, base: i64) -> Self {
        self.pack_price = short(micros * self.numerator / base, 6);
        self
    }
}

#[derive(Serialize)]
struct Price {
    unit_price: String,
    price_unit: &'static str,
    price_base: i64,
    currency: &'static str,
}

#[derive(Serialize)]
struct Availability {
    status: &'static str,
    quantity: String,
    next_date: Null,
    next_quantity: Null,
}

/// One index probe for each article, its carton, its stock and each list that may have a price of it.
const PRODUCTS: &str = "SELECT p.id, p.sku, p.name, p.category, p.gtin, u.name, u.numerator, u.gtin, \
     COALESCE(o.price_micros, t.price_micros, b.price_micros), \
     CAST(COALESCE(o.price_base, t.price_base, b.price_base) AS BIGINT), s.on_hand, s.reserved \
     FROM (SELECT id, sku, name, category, gtin FROM products WHERE category = $1 AND state = 'active' \
     ORDER BY sku LIMIT 51) p \
     JOIN sale_units u ON u.product_id = p.id AND u.account_id IS NULL JOIN stock s ON s.product_id = p.id \
     LEFT JOIN prices o ON o.product_id = p.id AND o.price_list_id = $2 AND o.unit = 'H87' AND o.min_quantity = 1 \
     LEFT JOIN prices t ON t.product_id = p.id AND t.price_list_id = $3 AND t.unit = 'H87' AND t.min_quantity = 1 \
     LEFT JOIN prices b ON b.product_id = p.id AND b.price_list_id = $4 AND b.unit = 'H87' AND b.min_quantity = 1 \
     ORDER BY p.sku";

type ProductTypes = (
    BigInt,
    Text,
    Text,
    Text,
    Text,
    Text,
    BigInt,
    Text,
    BigInt,
    BigInt,
    BigInt,
    BigInt,
);
type ProductRow = (
    i64,
    String,
    String,
    String,
    String,
    String,
    i64,
    String,
    i64,
    i64,
    i64,
    i64,
);

fn products(connection: &mut Connection, lists: &Lists, asked: &Asked) -> List<Product> {
    let values = [
        asked.what.as_str().into(),
        lists.own.0.into(),
        lists.tier.0.into(),
        lists.base.into(),
    ];
    let rows = connection.rows::<ProductTypes, ProductRow>(PRODUCTS, &values);
    let next_cursor = (rows.len() > PAGE).then_some(CURSOR);
    let product = |row: ProductRow| {
        let (id, sku, name, category, gtin, carton, content, carton_gtin, micros, base, on_hand, reserved) = row;
        let free = on_hand - reserved;
        Product {
            id: format!("prd_{}", ids::encode(id)),
            sku,
            customer_part_number: None,
            name,
            brand: None,
            private_label: false,
            description: None,
            category,
            state: "active",
            orderable_from: None,
            currency: "EUR",
            units: [
                Unit::new(("H87", "H87"), "H87".to_owned(), 1, gtin).at(micros, base),
                Unit::new(("CTN", "XCT"), carton, content, carton_gtin).at(micros, base),
            ],
            price: Price {
                unit_price: short(micros, 6),
                price_unit: "H87",
                price_base: base,
                currency: "EUR",
            },
            availability: Availability {
                status: status(free, on_hand),
                quantity: free.to_string(),
                next_date: None,
                next_quantity: None,
            },
        }
    };
    List {
        data: rows.into_iter().take(PAGE).map(product).collect(),
        next_cursor,
    }
}

fn status(free: i64, on_hand: i64) -> &'static str {
    match free {
        ..=0 => "none",
        _ if free * 10 < on_hand => "low",
        _ => "in_stock",
    }
}
