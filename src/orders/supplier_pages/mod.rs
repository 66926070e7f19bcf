//! Orders on the supplier's desk.
//!
//! - [`queue`]: the orders that are not done yet, by rank
//! - [`list`]: all orders, the newest first
//! - [`receipts`]: goods that arrive, and whom they serve
//! - [`stock`]: what is there of each product, and who waits for it

pub mod list;
pub mod queue;
pub mod receipts;
pub mod stock;
