//! The desk's pages of the catalogue.
//!
//! - [`products`]: all products, making and changing one
//! - [`units`]: a pack: made, changed, taken away
//! - [`assortments`]: what each account sees, under which number and label; [`pasting`]: whole lists of it

pub mod assortments;
pub mod pasting;
pub mod products;
pub mod units;

use crate::catalogue::keeping::assortments::Extent;

/// Code and name of accounts to choose from.
fn choices(extents: &[Extent]) -> Vec<(String, String)> {
    let choice = |extent: &Extent| (extent.code.clone(), format!("{} · {}", extent.code, extent.name));
    extents.iter().map(choice).collect()
}
