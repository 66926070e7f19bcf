//! What was ordered: some two hundred orders of all accounts within a year, most of them lately; a few of them are
//! called off again.

use chrono::{Datelike, NaiveTime, TimeDelta, Weekday};

use super::assortments::{Assortments, visible};
use super::habits::{HABITS, Habit};
use super::products::{Base, Pack, Product};
use super::sequence::Sequence;
use super::sheet::decimal;
use crate::clock::Timestamp;

/// How long the story is.
pub(super) const YEAR_DAYS: i64 = 365;

/// The order of an account that is larger than what is in stock, and how much larger than usual its lines are.
const LARGE: (&str, usize, i64) = ("ELBTOR", 49, 12);

/// Orders that are called off: account, the how manieth of its orders, why.
const CALLED_OFF: [(&str, usize, &str); 6] = [
    ("ELBTOR", 12, "Ordered twice"),
    ("ELBTOR", 46, "Branch Leipzig has enough"),
    ("GLASOORD", 35, "Project postponed to spring"),
    ("MARVAUX", 30, "Wrong diameter"),
    ("ALDWICK", 28, "Customer cancelled"),
    ("VERHOECK", 20, "Bought at the counter"),
];

/// An order as the account writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The account's code.
    pub account: &'static str,
    /// The account's number of the order.
    pub po_number: String,
    /// When it comes in.
    pub placed_at: Timestamp,
    /// Why it is called off the day after, if it is.
    pub called_off: Option<&'static str>,
    /// Article number, unit, quantity.
    pub lines: Vec<(String, &'static str, String)>,
}

/// All orders of the year before `now`, the oldest first.
pub fn all(products: &[Product], assortments: &Assortments, now: Timestamp) -> Vec<Order> {
    let mut sequence = Sequence::new(23);
    let mut orders = Vec::new();
    for habit in &HABITS {
        for number in 0..habit.orders {
            let placed_at = placed_at(number, habit.orders, now, &mut sequence);
            let called_off = CALLED_OFF
                .iter()
                .find(|(account, which, _)| (*account, *which) == (habit.account, number));
            orders.push(Order {
                account: habit.account,
                po_number: (habit.po_number)(placed_at.year(), number),
                placed_at,
                called_off: called_off.map(|(_, _, reason)| *reason),
                lines: lines(habit, number, products, assortments, &mut sequence),
            });
        }
    }
    orders.sort_by_key(|order| order.placed_at);
    orders
}

/// Orders come closer together the nearer they are to `now`, on working days in the hours of daylight.
fn placed_at(number: usize, count: usize, now: Timestamp, sequence: &mut Sequence) -> Timestamp {
    let back = i64::try_from(count - 1 - number).expect("orders are few");
    let all = i64::try_from(count - 1).expect("orders are few");
    let days_ago = YEAR_DAYS * back * back / (all * all).max(1);
    let day = now.date() - TimeDelta::days(days_ago);
    let minutes = sequence.between(6 * 60, 15 * 60);
    let at = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes);
    if at < now {
        working(at, now)
    } else {
        now - TimeDelta::minutes(sequence.between(5, 180))
    }
}

/// The same hour of the next working day, unless that is later than `now`.
pub(super) fn working(at: Timestamp, now: Timestamp) -> Timestamp {
    let days = match at.weekday() {
        Weekday::Sat => 2,
        Weekday::Sun => 1,
        _ => 0,
    };
    let moved = at + TimeDelta::days(days);
    if moved < now { moved } else { at }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::{assortments, products};
    use std::collections::BTreeSet;

    #[test]
    fn orders_are_of_many_shapes_and_never_from_the_future() {
        let now = "2026-11-23T05:00:00".parse().expect("a moment");
        let products = products::all();
        let orders = all(&products, &assortments::all(&products), now);
        assert_eq!(orders.len(), 216);
        assert!(orders.is_sorted_by_key(|order| order.placed_at));
        assert!(orders.iter().all(|order| order.placed_at < now));
        assert!(orders.iter().filter(|order| order.called_off.is_some()).count() == CALLED_OFF.len());
        let numbers: BTreeSet<_> = orders.iter().map(|order| (order.account, &order.po_number)).collect();
        assert_eq!(numbers.len(), orders.len());
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
    }
}
