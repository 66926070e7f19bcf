//! The catalogue in the browser: what an account may order, at its prices.
//!
//! - [`list`]: search and filters, a row for each article
//! - [`product`]: one article with units, prices and what the account bought of it

pub mod list;
mod months;
pub mod product;
mod words;
