//! Which stock serves a line, and how much there is of an article. All quantities are base steps.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::quotas::rules::{Claimant, Policy};
use crate::ids::{ProductId, StockId};
use crate::names::names;

/// The stock of a product in a warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stock {
    /// The row.
    pub id: StockId,
    pub product_id: ProductId,
    /// Code of the warehouse.
    pub warehouse: String,
    /// What lies there.
    pub on_hand: i64,
    /// What of it is promised.
    pub reserved: i64,
}

impl Stock {
    /// What is neither promised nor gone.
    pub fn free(&self) -> i64 {
        self.on_hand - self.reserved
    }
}

/// A part of a line taken from one stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Take {
    pub stock_id: StockId,
    /// How much.
    pub quantity: i64,
}

/// Takes up to `wanted` out of `stock` (rows of one product), in whole portions: the fewest packs that are whole base
/// steps. One warehouse serves all of it if one can, the one with most free stock, then by code; else it is split over
/// them in that order. What is taken is counted as reserved in `stock`.
pub fn take(stock: &mut [Stock], wanted: i64, portion: i64) -> Vec<Take> {
    let mut order: Vec<&mut Stock> = stock.iter_mut().collect();
    order.sort_by(|a, b| b.free().cmp(&a.free()).then_with(|| a.warehouse.cmp(&b.warehouse)));
    // Sorted by free stock, so the first serves the whole line if any does.
    let mut missing = wanted;
    let mut takes = Vec::new();
    for row in order {
        let whole = row.free().min(missing) / portion * portion;
        if whole > 0 {
            row.reserved += whole;
            missing -= whole;
            takes.push(Take {
                stock_id: row.id,
                quantity: whole,
            });
        }
    }
    takes
}

/// By how much a stock row changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Change {
    /// What is promised.
    pub reserved: i64,
    /// What lies there.
    pub on_hand: i64,
}

/// The stock of some products and what becomes of it: reserved, given back, received, shipped.
#[derive(Debug, Default)]
pub struct StockBook {
    by_product: HashMap<ProductId, Vec<Stock>>,
    changes: BTreeMap<StockId, Change>,
    /// True if any product has a policy, whether or not it is known here yet.
    has_policies: bool,
    policies: HashMap<ProductId, Policy>,
    /// The account that looks at it.
    seen_by: Option<Claimant>,
}

impl StockBook {
    /// A book of these rows.
    pub fn new(rows: Vec<Stock>) -> Self {
        let mut book = Self::default();
        for row in rows {
            book.by_product.entry(row.product_id).or_default().push(row);
        }
        book
    }

    /// Says whether the supplier has policies at all.
    #[must_use]
    pub fn that_has_policies(self, has_policies: bool) -> Self {
        Self { has_policies, ..self }
    }

    /// True if there may be a policy to ask for.
    pub fn has_policies(&self) -> bool {
        self.has_policies
    }

    /// Says by what a product is handed out.
    pub fn set_policy(&mut self, product_id: ProductId, policy: Policy) {
        self.policies.insert(product_id, policy);
    }

    /// By what a product is handed out; by rank alone where nothing else is said.
    pub fn policy(&self, product_id: ProductId) -> Policy {
        self.policies.get(&product_id).cloned().unwrap_or_default()
    }

    /// What is free of a product, whoever asks.
    pub fn free(&self, product_id: ProductId) -> i64 {
        let rows = self.of(product_id).iter();
        rows.fold(0, |sum, row| sum.saturating_add(row.free()))
    }

    /// The book as an account sees it.
    #[must_use]
    pub fn seen_by(self, claimant: Claimant) -> Self {
        Self {
            seen_by: Some(claimant),
            ..self
        }
    }

    /// What who looks at it may know of the stock of a product: what is kept for others is not free.
    pub fn availability(&self, product_id: ProductId) -> Availability {
        let found = availability(self.of(product_id));
        match self.policies.get(&product_id).zip(self.seen_by) {
            None => found,
            Some((policy, claimant)) => {
                let free = policy.free_for(claimant, found.free);
                let status = if free > 0 { found.status } else { Status::None };
                Availability { status, free }
            }
        }
    }

    /// The rows of a product.
    pub fn of(&self, product_id: ProductId) -> &[Stock] {
        self.by_product.get(&product_id).map(Vec::as_slice).unwrap_or_default()
    }

    /// All rows.
    pub fn into_rows(self) -> impl Iterator<Item = Stock> {
        self.by_product.into_values().flatten()
    }

    /// Reserves up to `wanted` of a product, see [`take`].
    pub fn take(&mut self, product_id: ProductId, wanted: i64, portion: i64) -> Vec<Take> {
        let rows = self
            .by_product
            .get_mut(&product_id)
            .map(Vec::as_mut_slice)
            .unwrap_or_default();
        let takes = take(rows, wanted, portion);
        for take in &takes {
            self.changes.entry(take.stock_id).or_default().reserved += take.quantity;
        }
        takes
    }

    /// Frees what was reserved of a product.
    pub fn give_back(&mut self, product_id: ProductId, take: Take) {
        self.change(product_id, take.stock_id, -take.quantity, 0);
    }

    /// What was reserved of a product leaves.
    pub fn ship(&mut self, product_id: ProductId, take: Take) {
        self.change(product_id, take.stock_id, -take.quantity, -take.quantity);
    }

    /// More of a product lies in a stock.
    pub fn receive(&mut self, product_id: ProductId, stock_id: StockId, quantity: i64) {
        self.change(product_id, stock_id, 0, quantity);
    }

    fn change(&mut self, product_id: ProductId, stock_id: StockId, reserved: i64, on_hand: i64) {
        let rows = self.by_product.get_mut(&product_id);
        if let Some(row) = rows.and_then(|rows| rows.iter_mut().find(|row| row.id == stock_id)) {
            row.reserved += reserved;
            row.on_hand += on_hand;
        }
        let change = self.changes.entry(stock_id).or_default();
        change.reserved += reserved;
        change.on_hand += on_hand;
    }

    /// How each stock changed, in the order of ids.
    pub fn changes(&self) -> Vec<(StockId, Change)> {
        self.changes
            .iter()
            .filter(|(_, change)| **change != Change::default())
            .map(|(id, change)| (*id, *change))
            .collect()
    }
}

names! {
    /// How well an article is in stock.
    pub enum Status as StockStatus {
        /// Enough.
        InStock = "in_stock",
        /// Less than a tenth of what lies there is free.
        Low = "low",
        /// Nothing is free.
        None = "none",
    }
}

/// What an account may know of the stock of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Availability {
    /// In a word.
    pub status: Status,
    /// Free base steps over all warehouses.
    pub free: i64,
}

/// The availability of a product from its rows.
pub fn availability<'a>(stock: impl IntoIterator<Item = &'a Stock>) -> Availability {
    let (mut free, mut on_hand) = (0_i64, 0_i64);
    for row in stock {
        free = free.saturating_add(row.free());
        on_hand = on_hand.saturating_add(row.on_hand);
    }
    let status = match free {
        ..=0 => Status::None,
        _ if i128::from(free) * 10 < i128::from(on_hand) => Status::Low,
        _ => Status::InStock,
    };
    Availability {
        status,
        free: free.max(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stock(rows: &[(&str, i64, i64)]) -> Vec<Stock> {
        let row = |(index, (warehouse, on_hand, reserved)): (usize, &(&str, i64, i64))| Stock {
            id: StockId(i64::try_from(index).expect("few")),
            product_id: ProductId(1),
            warehouse: (*warehouse).to_owned(),
            on_hand: *on_hand,
            reserved: *reserved,
        };
        rows.iter().enumerate().map(row).collect()
    }

    #[test]
    fn one_warehouse_serves_a_line_if_one_can() {
        let check = |rows: &[(&str, i64, i64)], wanted, portion, expected: &[(i64, i64)]| {
            let takes = take(&mut stock(rows), wanted, portion);
            let found: Vec<_> = takes.iter().map(|t| (t.stock_id.0, t.quantity)).collect();
            assert_eq!(found, expected, "{wanted} of {rows:?} by {portion}");
        };
        check(&[("A", 10, 0), ("B", 20, 0)], 15, 1, &[(1, 15)]);
        check(&[("B", 20, 0), ("A", 20, 0)], 15, 1, &[(1, 15)]);
        check(&[("A", 10, 0), ("B", 20, 5)], 22, 1, &[(1, 15), (0, 7)]);
        check(&[("A", 10, 0), ("B", 20, 5)], 24, 12, &[(1, 12)]);
        check(&[("A", 26, 0), ("B", 20, 5)], 36, 12, &[(0, 24), (1, 12)]);
        check(&[("A", 3, 3)], 5, 1, &[]);
        check(&[], 5, 1, &[]);
    }

    #[test]
    fn availability_is_low_below_a_tenth() {
        let check = |rows: &[(&str, i64, i64)], status, free| {
            assert_eq!(availability(&stock(rows)), Availability { status, free });
        };
        check(&[("A", 100, 90)], Status::InStock, 10);
        check(&[("A", 100, 91)], Status::Low, 9);
        check(&[("A", 100, 100), ("B", 0, 0)], Status::None, 0);
        check(&[], Status::None, 0);
    }

    proptest! {
        #[test]
        fn never_more_than_wanted_or_free_and_always_whole_portions(
            free in proptest::collection::vec(0_i64..100, 0..5), packs in 0_i64..30, portion in 1_i64..13,
        ) {
            let rows: Vec<_> = free.iter().map(|free| ("W", *free, 0)).collect();
            let takes = take(&mut stock(&rows), packs * portion, portion);
            let sum: i64 = takes.iter().map(|t| t.quantity).sum();
            prop_assert!(sum <= packs * portion);
            for t in &takes {
                prop_assert!(t.quantity % portion == 0 && t.quantity > 0);
                prop_assert!(t.quantity <= rows[usize::try_from(t.stock_id.0).expect("small")].1);
            }
            // What is left over is less than a portion in every warehouse, or nothing is missing.
            if sum < packs * portion {
                for (index, (_, free, _)) in rows.iter().enumerate() {
                    let taken: i64 = takes.iter().filter(|t| t.stock_id.0 == i64::try_from(index).expect("few")).map(|t| t.quantity).sum();
                    prop_assert!(free - taken < portion);
                }
            }
        }
    }
}
