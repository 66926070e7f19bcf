//! The catalogue in the browser: what an account may order, at its prices.
//!
//! - [`list`]: search and filters, a row for each article
//! - `packs`: the packs of an article, and in which quantity of one it is asked for
//! - [`product`]: one article with units, prices and what the account bought of it

pub mod list;
mod months;
mod packs;
pub mod product;
mod words;
