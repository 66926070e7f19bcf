//! What was ordered: some seventy orders of all accounts, a few of which are called off again.

use chrono::{Datelike, NaiveDate};

use super::assortments::{Assortments, visible};
use super::products::{Base, Pack, Product};
use super::sequence::Sequence;
use super::sheet::{Sheet, decimal};

/// How an account orders.
struct Habit {
    account: &'static str,
    orders: usize,
    lines_max: i64,
    /// List price of a line at most, euro cents.
    line_cents_max: i64,
    /// Its purchase order number, of the year and a running number.
    po_number: fn(i32, usize) -> String,
}

const HABITS: [Habit; 6] = [
    Habit {
        account: "ELBTOR",
        orders: 18,
        lines_max: 15,
        line_cents_max: 180_000,
        po_number: |_, number| format!("{}", 4_500_231_040 + number * 17),
    },
    Habit {
        account: "GLASOORD",
        orders: 14,
        lines_max: 12,
        line_cents_max: 120_000,
        po_number: |year, number| format!("GL-{year}-{:04}", 118 + number * 3),
    },
    Habit {
        account: "MARVAUX",
        orders: 12,
        lines_max: 14,
        line_cents_max: 90_000,
        po_number: |year, number| format!("CF{:02}-{:04}", year % 100, 907 + number * 5),
    },
    Habit {
        account: "ALDWICK",
        orders: 11,
        lines_max: 10,
        line_cents_max: 70_000,
        po_number: |_, number| format!("PO {}", 88_213 + number * 4),
    },
    Habit {
        account: "SAENTIS",
        orders: 9,
        lines_max: 8,
        line_cents_max: 60_000,
        po_number: |_, number| format!("B-{:05}", 3120 + number),
    },
    Habit {
        account: "VERHOECK",
        orders: 8,
        lines_max: 5,
        line_cents_max: 18_000,
        po_number: |year, number| format!("VH{:02}/{:03}", year % 100, 31 + number),
    },
];

/// The order of an account that is larger than what is in stock, and how much larger than usual its lines are.
const LARGE: (&str, usize, i64) = ("ELBTOR", 9, 12);

/// Orders that are called off: account, the how manieth of its orders, why.
const CALLED_OFF: [(&str, usize, &str); 6] = [
    ("ELBTOR", 3, "Ordered twice"),
    ("ELBTOR", 13, "Branch Leipzig has enough"),
    ("GLASOORD", 5, "Project postponed to spring"),
    ("MARVAUX", 7, "Wrong diameter"),
    ("ALDWICK", 4, "Customer cancelled"),
    ("VERHOECK", 6, "Bought at the counter"),
];

/// An order as the account writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The account's code.
    pub account: &'static str,
    /// The account's number of the order.
    pub po_number: String,
    /// Article number, unit, quantity.
    pub lines: Vec<(String, &'static str, String)>,
}

/// An order to call off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancellation {
    /// The account's code.
    pub account: &'static str,
    /// The account's number of the order.
    pub po_number: String,
    /// Why, in the buyer's words.
    pub reason: &'static str,
}

/// All orders in the order they come in.
pub fn all(products: &[Product], assortments: &Assortments, today: NaiveDate) -> Vec<Order> {
    let rounds = HABITS.iter().map(|habit| habit.orders).max().unwrap_or_default();
    let turns = (0..rounds).flat_map(|number| HABITS.iter().map(move |habit| (number, habit)));
    let mut sequence = Sequence::new(23);
    turns
        .filter(|(number, habit)| *number < habit.orders)
        .map(|(number, habit)| Order {
            account: habit.account,
            po_number: (habit.po_number)(today.year(), number),
            lines: lines(habit, number, products, assortments, &mut sequence),
        })
        .collect()
}

/// Which of them are called off.
pub fn cancellations(today: NaiveDate) -> Vec<Cancellation> {
    let po_number = |account: &str, number| {
        let habit = HABITS.iter().find(|habit| habit.account == account)?;
        Some((habit.po_number)(today.year(), number))
    };
    let cancellation = |(account, number, reason): (&'static str, _, _)| {
        Some(Cancellation {
            account,
            po_number: po_number(account, number)?,
            reason,
        })
    };
    CALLED_OFF.into_iter().filter_map(cancellation).collect()
}

fn lines(
    habit: &Habit,
    number: usize,
    products: &[Product],
    assortments: &Assortments,
    sequence: &mut Sequence,
) -> Vec<(String, &'static str, String)> {
    let larger = if (habit.account, number) == (LARGE.0, LARGE.1) {
        LARGE.2
    } else {
        1
    };
    let cents_max = habit.line_cents_max * larger;
    let choice = visible(habit.account, products, assortments);
    let mut lines: Vec<(String, _, _)> = Vec::new();
    for _ in 0..sequence.between(1, habit.lines_max) {
        let product = &products[*sequence.one_of(&choice)];
        if lines.iter().all(|(sku, _, _)| *sku != product.sku) {
            let (unit, quantity) = quantity(product, cents_max, sequence);
            lines.push((product.sku.clone(), unit, quantity));
        }
    }
    lines
}

/// A unit and how many of it: mostly packs, as large as the account's purse allows.
fn quantity(product: &Product, cents_max: i64, sequence: &mut Sequence) -> (&'static str, String) {
    let affordable = |pack: &&Pack| product.value_cents(pack.content_of(pack.multiple)) <= cents_max;
    let packs: Vec<&Pack> = product.packs.iter().filter(affordable).collect();
    if packs.is_empty() || sequence.chance(20) {
        return (product.base.code(), loose(product, cents_max, sequence));
    }
    // What is only sold by the third is ordered so.
    let shared = packs.iter().find(|pack| pack.denominator == 3);
    let pack = **shared.unwrap_or_else(|| sequence.one_of(&packs));
    let each = product.value_cents(pack.content_of(pack.multiple)).max(1);
    let most = (cents_max / each).min(if pack.unit == "PAL" { 6 } else { 12 });
    let quantity = sequence.between(1, most) * pack.multiple;
    (pack.unit, quantity.to_string())
}

/// Base units: small parts by the fifty, weighed goods by the half kilogram, lengths by the half metre.
fn loose(product: &Product, cents_max: i64, sequence: &mut Sequence) -> String {
    let most = (cents_max * product.price_base / product.list_cents).max(1);
    match (product.base, product.price_base) {
        (Base::Piece, 1) => sequence.between(1, most.min(24)).to_string(),
        (Base::Piece, _) => (sequence.between(1, (most / 50).clamp(1, 20)) * 50).to_string(),
        (Base::Kilogram | Base::Metre, _) => decimal(sequence.between(2, (most * 2).clamp(2, 90)) * 5, 1),
    }
}

/// `orders.csv`.
pub(super) fn sheet(orders: &[Order]) -> Sheet {
    let mut sheet = Sheet::new("orders.csv", "po_number,account,line,sku,unit,quantity");
    for order in orders {
        for ((sku, unit, quantity), line) in order.lines.iter().zip(1..) {
            let line: i32 = line;
            sheet.row([&order.po_number, order.account, &line.to_string(), sku, unit, quantity]);
        }
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::{assortments, products};
    use std::collections::BTreeSet;

    #[test]
    fn orders_are_of_many_shapes() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
        let products = products::all();
        let orders = all(&products, &assortments::all(&products), today);
        assert_eq!(orders.len(), 72);
        let lengths: BTreeSet<_> = orders.iter().map(|order| order.lines.len()).collect();
        assert!(
            lengths.first() == Some(&1) && lengths.last() >= Some(&12),
            "{lengths:?}"
        );
        let units: BTreeSet<_> = orders
            .iter()
            .flat_map(|order| &order.lines)
            .map(|(_, unit, _)| *unit)
            .collect();
        for unit in ["BOX", "CTN", "PAL", "COIL3", "H87", "KGM", "MTR"] {
            assert!(units.contains(unit), "{unit} in {units:?}");
        }
        for cancellation in cancellations(today) {
            let found = orders
                .iter()
                .any(|order| order.account == cancellation.account && order.po_number == cancellation.po_number);
            assert!(found, "{cancellation:?}");
        }
    }
}
