//! Staff keep products, packs and assortments. What they give is checked as rows of the import files are; each change is
//! recorded with what was before.
//!
//! - [`products`]: what the supplier sells
//! - [`units`]: the packs it is sold in
//! - [`inputs`]: what they give of each
//! - [`assortments`]: what accounts see, under which number and label

pub mod assortments;
pub mod inputs;
pub mod products;
pub mod units;

/// Entries of a history that are shown.
const HISTORY_ROWS_MAX: i64 = 200;
