//! Orders on the supplier's desk.
//!
//! - [`queue`]: the orders that are not done yet, by rank
//! - [`list`]: all orders, the newest first
//! - [`order`]: one order with all that belongs to it
//! - [`receipts`]: goods that arrive, and whom they serve
//! - [`steering`]: accept, hold, release and cancel, one order or many

pub mod list;
pub mod order;
mod order_lines;
pub mod queue;
pub mod receipts;
pub mod steering;
