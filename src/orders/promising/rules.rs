//! What of goods that are expected is promised to whom: what would happen if they came as expected, one after the other, and were
//! handed out by the queue. All quantities are base steps.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use crate::ids::{ExpectedReceiptId, OrderLineId, ProductId, StockId};
use crate::inventory::quotas::rules::Policy;
use crate::inventory::rules::{Stock, StockBook};
use crate::orders::allocation::rules::{Waiting, decide};

/// Goods that are expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    pub id: ExpectedReceiptId,
    /// Code of the warehouse they come into.
    pub warehouse: String,
    pub expected_on: NaiveDate,
    /// What is still to come.
    pub rest: i64,
}

/// A line that waits, after whatever it got of stock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanting {
    pub order_line_id: OrderLineId,
    /// What it still waits for.
    pub missing: i64,
    /// What it is handed out in.
    pub portion: i64,
}

/// So much of what is expected for a line: by its place among what is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Foreseen {
    pub order_line_id: OrderLineId,
    pub incoming: usize,
    pub quantity: i64,
}

/// Hands what is expected, the first first, to the lines of `queue`, the first by rank first; a line that can't use what is there
/// lets the next one have it. `free` is what of each warehouse's stock nobody could use so far: less than a portion of each
/// line, which what comes may fill up.
pub fn foresee(free: &HashMap<String, i64>, incoming: &[Incoming], queue: &[Wanting]) -> Vec<Foreseen> {
    let mut free: HashMap<&str, i64> = free.iter().map(|(code, steps)| (code.as_str(), *steps)).collect();
    let mut left: Vec<Wanting> = queue
        .iter()
        .filter(|line| line.missing >= line.portion)
        .cloned()
        .collect();
    let mut parts = Vec::new();
    for (place, coming) in incoming.iter().enumerate() {
        if left.is_empty() {
            break;
        }
        let there = free.entry(coming.warehouse.as_str()).or_default();
        *there = there.saturating_add(coming.rest);
        let mut is_done = false;
        for line in &mut left {
            if *there <= 0 {
                break;
            }
            let portion = line.portion.max(1);
            let whole = (*there).min(line.missing) / portion * portion;
            if whole > 0 {
                *there -= whole;
                line.missing -= whole;
                is_done |= line.missing < portion;
                parts.push(Foreseen {
                    order_line_id: line.order_line_id,
                    incoming: place,
                    quantity: whole,
                });
            }
        }
        if is_done {
            left.retain(|line| line.missing >= line.portion.max(1));
        }
    }
    parts
}

/// The same where a policy hands it out: the decisions that would be made as it comes, one after the other. `stock` are the product's
/// rows after who waits was served; quotas are those of today.
pub fn foresee_by_policy(
    product_id: ProductId,
    (stock, policy): (&[Stock], &Policy),
    incoming: &[Incoming],
    queue: &[(&Waiting, i64)],
) -> Vec<Foreseen> {
    let mut rows = stock.to_vec();
    for coming in incoming {
        if !rows.iter().any(|row| row.warehouse == coming.warehouse) {
            // A number that no stored row has.
            let id = StockId(-1 - i64::try_from(rows.len()).unwrap_or_default());
            rows.push(Stock {
                id,
                product_id,
                warehouse: coming.warehouse.clone(),
                on_hand: 0,
                reserved: 0,
            });
        }
    }
    let ids: HashMap<_, _> = rows.iter().map(|row| (row.warehouse.clone(), row.id)).collect();
    let mut book = StockBook::new(rows);
    let mut policy = policy.clone();
    let waiting = |(line, missing): &(&Waiting, i64)| Waiting {
        backordered: *missing,
        ..(*line).clone()
    };
    let mut left: Vec<_> = queue.iter().map(waiting).collect();
    let mut parts = Vec::new();
    for (place, coming) in incoming.iter().enumerate() {
        let Some(stock_id) = ids.get(&coming.warehouse) else {
            continue;
        };
        book.receive(product_id, *stock_id, coming.rest);
        book.set_policy(product_id, policy.clone());
        let decision = decide(product_id, left.clone(), &mut book);
        let got: HashMap<_, _> = decision
            .served()
            .map(|(line, share)| (line.order_line_id, share))
            .collect();
        for line in &mut left {
            let Some(share) = got.get(&line.order_line_id) else {
                continue;
            };
            line.backordered -= share.quantity;
            parts.push(Foreseen {
                order_line_id: line.order_line_id,
                incoming: place,
                quantity: share.quantity,
            });
            for drawn in &share.drawn {
                let kept = policy.kept.iter_mut().filter(|kept| kept.quota_id == drawn.quota_id);
                kept.for_each(|kept| kept.left -= drawn.quantity);
            }
        }
        left.retain(|line| line.backordered > 0);
    }
    parts
}

/// The day for which all of a line is promised: of what is reserved `stock_on`, of the rest the days of `parts`, which are as much
/// as it waits for; else none.
pub fn whole_day(
    stock_on: Option<NaiveDate>,
    backordered: i64,
    parts: impl IntoIterator<Item = (NaiveDate, i64)>,
) -> Option<NaiveDate> {
    if backordered == 0 {
        return stock_on;
    }
    let (mut last, mut covered) = (stock_on, 0_i64);
    for (day, quantity) in parts {
        last = last.max(Some(day));
        covered = covered.saturating_add(quantity);
    }
    last.filter(|_| covered == backordered)
}

/// How much on which day.
pub fn by_day(parts: impl IntoIterator<Item = (NaiveDate, i64)>) -> BTreeMap<NaiveDate, i64> {
    let mut days = BTreeMap::new();
    for (day, quantity) in parts {
        *days.entry(day).or_insert(0) += quantity;
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(place: i64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, 1).expect("a day") + chrono::TimeDelta::days(place)
    }

    fn incoming(rows: &[(&str, i64, i64)]) -> Vec<Incoming> {
        let row = |(place, (warehouse, on, rest)): (i64, &(&str, i64, i64))| Incoming {
            id: ExpectedReceiptId(place),
            warehouse: (*warehouse).to_owned(),
            expected_on: day(*on),
            rest: *rest,
        };
        (1..).zip(rows).map(row).collect()
    }

    fn queue(rows: &[(i64, i64)]) -> Vec<Wanting> {
        let row = |(id, (missing, portion)): (i64, &(i64, i64))| Wanting {
            order_line_id: OrderLineId(id),
            missing: *missing,
            portion: *portion,
        };
        (1..).zip(rows).map(row).collect()
    }

    fn found(free: &[(&str, i64)], coming: &[(&str, i64, i64)], lines: &[(i64, i64)]) -> Vec<(i64, usize, i64)> {
        let free = free.iter().map(|(code, steps)| ((*code).to_owned(), *steps)).collect();
        let parts = foresee(&free, &incoming(coming), &queue(lines));
        parts
            .iter()
            .map(|part| (part.order_line_id.0, part.incoming, part.quantity))
            .collect()
    }

    #[test]
    fn what_comes_first_is_for_whoever_stands_first() {
        let check = |free: &[(&str, i64)], coming: &[_], lines: &[_], expected: &[(i64, usize, i64)]| {
            assert_eq!(found(free, coming, lines), expected, "{free:?} {coming:?} {lines:?}");
        };
        check(&[], &[("A", 0, 100)], &[(60, 1), (60, 1)], &[(1, 0, 60), (2, 0, 40)]);
        check(
            &[],
            &[("A", 0, 50), ("A", 5, 80)],
            &[(60, 1), (60, 1)],
            &[(1, 0, 50), (1, 1, 10), (2, 1, 60)],
        );
        // Whole packs only; who needs less than a pack goes on behind.
        check(&[], &[("A", 0, 25)], &[(20, 10), (20, 10)], &[(1, 0, 20)]);
        check(&[], &[("A", 0, 25)], &[(30, 10), (3, 1)], &[(1, 0, 20), (2, 0, 3)]);
        // What lies there and is no pack becomes one by what comes; in another warehouse it doesn't.
        check(&[("A", 4)], &[("A", 0, 6)], &[(10, 10)], &[(1, 0, 10)]);
        check(&[("B", 4)], &[("A", 0, 6)], &[(10, 10)], &[]);
        check(&[], &[("A", 0, 6), ("B", 1, 6)], &[(10, 10)], &[]);
        check(&[], &[("A", 0, 6), ("A", 1, 6)], &[(10, 10)], &[(1, 1, 10)]);
        // A count found less than is reserved.
        check(&[("A", -5)], &[("A", 0, 6)], &[(10, 1)], &[(1, 0, 1)]);
        check(&[], &[], &[(10, 1)], &[]);
        check(&[], &[("A", 0, 6)], &[], &[]);
    }

    #[test]
    fn a_line_has_a_day_once_all_of_it_has_one() {
        let days = |rows: &[(i64, i64)]| rows.iter().map(|(on, steps)| (day(*on), *steps)).collect::<Vec<_>>();
        for (stock, waits, parts, expected) in [
            (Some(3), 0, vec![], Some(3)),
            (None, 10, vec![], None),
            (Some(3), 10, vec![], None),
            (Some(3), 10, days(&[(5, 4)]), None),
            (Some(3), 10, days(&[(5, 4), (7, 6)]), Some(7)),
            (Some(9), 10, days(&[(5, 10)]), Some(9)),
            (None, 10, days(&[(5, 10)]), Some(5)),
        ] {
            let found = whole_day(stock.map(day), waits, parts.clone());
            assert_eq!(found, expected.map(day), "{stock:?} {waits} {parts:?}");
        }
    }

    /// By the words of the rule: the first day on which all that came by then, less what stands before it, covers a line.
    fn by_hand(incoming: &[Incoming], queue: &[Wanting]) -> Vec<Option<NaiveDate>> {
        let mut before = 0;
        let day = |line: &Wanting| {
            before += line.missing;
            let mut came = 0;
            incoming.iter().find_map(|coming| {
                came += coming.rest;
                (came >= before).then_some(coming.expected_on)
            })
        };
        queue.iter().map(day).collect()
    }

    proptest! {
        #[test]
        fn days_are_those_of_the_rule_where_no_packs_are_in_the_way(
            rests in proptest::collection::vec(1_i64..30, 0..6), wants in proptest::collection::vec(1_i64..30, 0..8),
        ) {
            let coming: Vec<_> = (0..).zip(&rests).map(|(on, rest)| ("A", on, *rest)).collect();
            let lines: Vec<_> = wants.iter().map(|want| (*want, 1)).collect();
            let (coming, lines) = (incoming(&coming), queue(&lines));
            let parts = foresee(&HashMap::new(), &coming, &lines);
            let days: Vec<_> = lines.iter().map(|line| {
                let own = parts.iter().filter(|part| part.order_line_id == line.order_line_id);
                whole_day(None, line.missing, own.map(|part| (coming[part.incoming].expected_on, part.quantity)))
            }).collect();
            prop_assert_eq!(days, by_hand(&coming, &lines));
        }

        #[test]
        fn never_more_than_comes_or_is_wanted_and_always_whole_portions(
            rests in proptest::collection::vec((0_usize..3, 1_i64..40), 0..6),
            wants in proptest::collection::vec((1_i64..6, 1_i64..9), 0..8), free in 0_i64..9,
        ) {
            let codes = ["A", "B", "C"];
            let coming: Vec<_> = (0..).zip(&rests).map(|(on, (code, rest))| (codes[*code], on, *rest)).collect();
            let lines: Vec<_> = wants.iter().map(|(packs, portion)| (packs * portion, *portion)).collect();
            let (coming, lines) = (incoming(&coming), queue(&lines));
            let there = HashMap::from([("A".to_owned(), free)]);
            let parts = foresee(&there, &coming, &lines);
            for line in &lines {
                let own: Vec<_> = parts.iter().filter(|part| part.order_line_id == line.order_line_id).collect();
                prop_assert!(own.iter().map(|part| part.quantity).sum::<i64>() <= line.missing);
                prop_assert!(own.iter().all(|part| part.quantity > 0 && part.quantity % line.portion == 0));
            }
            for code in codes {
                let (mut came, mut given) = (if code == "A" { free } else { 0 }, 0);
                for (place, coming) in coming.iter().enumerate().filter(|(_, coming)| coming.warehouse == code) {
                    came += coming.rest;
                    given += parts.iter().filter(|part| part.incoming == place).map(|part| part.quantity).sum::<i64>();
                    prop_assert!(given <= came);
                }
            }
        }
    }
}
