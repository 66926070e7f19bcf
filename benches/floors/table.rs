//! What is printed, and the file of a run that a later one is held against.

use std::collections::BTreeMap;

use portal::clock;
use portal::db::Engine;
use serde::{Deserialize, Serialize};

use crate::load::Load;
use crate::rows::Row;
use crate::world::World;

/// A run as its file has it.
#[derive(Serialize, Deserialize)]
pub struct Figures {
    /// When it began.
    at: String,
    engine: String,
    durability: String,
    /// Articles, accounts, prices, orders.
    world: [u64; 4],
    rows: BTreeMap<String, Measured>,
}

impl Figures {
    pub fn read(file: &str) -> Self {
        let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"));
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
    }
}

/// A row as it was measured.
#[derive(Serialize, Deserialize)]
pub struct Measured {
    #[serde(skip)]
    name: String,
    what: String,
    reach: Option<f64>,
    product: Side,
    floor: Side,
    /// Product by floor, of each round.
    ratios: Vec<f64>,
    /// Statements of the product each time, of each round.
    statements: Vec<f64>,
}

/// Of each round.
#[derive(Default, Serialize, Deserialize)]
struct Side {
    per_second: Vec<f64>,
    p50_ms: Vec<f64>,
    p99_ms: Vec<f64>,
}

impl Side {
    fn add(&mut self, load: &Load) {
        self.per_second.push(load.per_second);
        self.p50_ms.push(load.p50_ms);
        self.p99_ms.push(load.p99_ms);
    }
}

impl Measured {
    pub fn new(row: &Row, engine: Engine) -> Self {
        Self {
            name: row.name.clone(),
            what: row.what.to_owned(),
            reach: row.reach.of(engine),
            product: Side::default(),
            floor: Side::default(),
            ratios: Vec::new(),
            statements: Vec::new(),
        }
    }

    pub fn add(&mut self, product: &Load, floor: &Load) {
        self.statements.push(product.statements as f64 / product.done as f64);
        self.product.add(product);
        self.floor.add(floor);
        self.ratios.push(product.per_second / floor.per_second);
    }

    fn ratio(&self) -> f64 {
        median(&self.ratios)
    }
}

/// The table of a run, told row by row.
pub struct Table {
    figures: Figures,
    earlier: Option<Figures>,
}

impl Table {
    pub fn begin(world: &World, earlier: Option<Figures>) -> Self {
        let amounts = world.amounts;
        let figures = Figures {
            at: clock::rfc3339(clock::now()),
            engine: format!("{:?}", world.engine()),
            durability: world.durability(),
            world: [amounts.products, amounts.accounts, amounts.prices, amounts.orders],
            rows: BTreeMap::new(),
        };
        let [products, accounts, prices, orders] = figures.world;
        println!(
            "{}, {}; {products} articles, {accounts} accounts, {prices} prices, {orders} orders",
            figures.engine, figures.durability
        );
        if let Some(earlier) = &earlier {
            println!("beside {} of {}", earlier.engine, earlier.at);
        }
        println!(
            "\n{:<10} {:>9} {:>5} {:>7} {:>7} {:>10} {:>9} {:>5} {:>6} {:>11} {:>5}       what",
            "row", "product/s", "±", "p50 ms", "p99 ms", "statements", "floor/s", "±", "ratio", "of rounds", "reach"
        );
        Self { figures, earlier }
    }

    pub fn add(&mut self, row: Measured) {
        let earlier = self.earlier.as_ref().and_then(|earlier| earlier.rows.get(&row.name));
        let verdict = row
            .reach
            .map_or("", |reach| if row.ratio() < reach { "below" } else { "" });
        let (least, most) = bounds(&row.ratios);
        let before = earlier.map_or_else(String::new, |before| {
            let change = median(&row.product.per_second) / median(&before.product.per_second);
            format!("; was {:.2}, product x {change:.2}", before.ratio())
        });
        println!(
            "{:<10} {:>9.0} {:>4.0}% {:>7.2} {:>7.2} {:>10.1} {:>9.0} {:>4.0}% {:>6.2} {:>11} {:>5} {verdict:<5} {}{before}",
            row.name,
            median(&row.product.per_second),
            spread(&row.product.per_second),
            median(&row.product.p50_ms),
            median(&row.product.p99_ms),
            median(&row.statements),
            median(&row.floor.per_second),
            spread(&row.floor.per_second),
            row.ratio(),
            format!("{least:.2}-{most:.2}"),
            row.reach.map_or_else(|| "-".to_owned(), |reach| reach.to_string()),
            row.what,
        );
        self.figures.rows.insert(row.name.clone(), row);
    }

    pub fn write(&self, file: &str) {
        let text = serde_json::to_string_pretty(&self.figures).unwrap();
        std::fs::write(file, text + "\n").unwrap_or_else(|error| panic!("{file}: {error}"));
    }
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match (sorted.len() % 2, sorted.get(middle)) {
        (_, None) => f64::NAN,
        (0, Some(upper)) => sorted.get(middle - 1).map_or(*upper, |lower| (lower + upper) / 2.0),
        (_, Some(middle)) => *middle,
    }
}

fn bounds(values: &[f64]) -> (f64, f64) {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (least, most)
}

/// How far the rounds lie from their median at most, in percent.
fn spread(values: &[f64]) -> f64 {
    let (least, most) = bounds(values);
    let middle = median(values);
    (most - middle).max(middle - least) / middle * 100.0
}
