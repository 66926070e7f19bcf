//! The desk's pages of price lists and prices.
//!
//! - [`lists`]: all lists, making and changing one
//! - [`rows`]: the prices of a list: filter, add, change in place
//! - [`one`]: a price by itself: what became of it, taking it out

pub mod lists;
pub mod one;
pub mod rows;
