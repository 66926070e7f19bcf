//! What the breaks of a list are reached by: a line, or all lines of its product or of its price group together.

use std::collections::HashMap;

use super::{Candidate, Scale};
use crate::ids::{PriceListId, ProductId};
use crate::quantity::{DECIMALS_MAX, steps_per_unit};

/// What all lines of a request come to together, so that none depends on where it stands among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Base steps.
    products: HashMap<ProductId, i64>,
    /// Millionths of base units: articles of a group may be counted in other decimals.
    groups: HashMap<(PriceListId, String), i128>,
}

/// Millionths of base units.
fn millionths(base_steps: i64, decimals: u8) -> i128 {
    i128::from(base_steps) * i128::from(steps_per_unit(DECIMALS_MAX.saturating_sub(decimals)))
}

impl Totals {
    /// Adds a line; it counts for every group that a row of its product names.
    pub fn add(&mut self, product_id: ProductId, candidates: &[Candidate<'_>], base_steps: i64, decimals: u8) {
        let total = self.products.entry(product_id).or_default();
        *total = total.saturating_add(base_steps);
        let named = candidates.iter().filter(|one| one.list.scale == Scale::Group);
        let mut seen: Vec<(PriceListId, &String)> = Vec::new();
        for (list, group) in named.filter_map(|one| Some((one.list.id, one.row.price_group.as_ref()?))) {
            if seen.contains(&(list, group)) {
                continue;
            }
            seen.push((list, group));
            *self.groups.entry((list, group.clone())).or_default() += millionths(base_steps, decimals);
        }
    }
}

/// What counts beside a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Others<'a> {
    /// Nothing: it stands alone.
    #[default]
    Nothing,
    /// The other lines: what all come to, and how many base steps of that are its own.
    Of(&'a Totals, i64),
    /// So many base steps count, whatever the line has, where the list counts more than the line.
    Known(i64),
}

impl Others<'_> {
    /// What counts for the break of a row if the line has so many base steps.
    pub fn counts(self, of: Candidate<'_>, product_id: ProductId, base_steps: i64, decimals: u8) -> i64 {
        let group = of.row.price_group.as_ref().filter(|_| of.list.scale == Scale::Group);
        let others = match (self, of.list.scale) {
            (Others::Nothing, _) | (_, Scale::Line) => 0,
            (Others::Known(steps), _) => return steps,
            (Others::Of(totals, own), _) => match group {
                None => totals
                    .products
                    .get(&product_id)
                    .map_or(0, |all| all.saturating_sub(own)),
                Some(group) => {
                    let all = totals
                        .groups
                        .get(&(of.list.id, group.clone()))
                        .copied()
                        .unwrap_or_default();
                    let beside = (all - millionths(own, decimals)).max(0) / millionths(1, decimals).max(1);
                    i64::try_from(beside).unwrap_or(i64::MAX)
                }
            },
        };
        base_steps.saturating_add(others.max(0))
    }
}
