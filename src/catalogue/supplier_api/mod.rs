//! REST for supplier staff: products, their units, assortments.

pub mod assortments;
pub mod products;
pub mod units;
