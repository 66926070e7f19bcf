//! An order on the supplier's desk.
//!
//! - [`order`]: one order with all that belongs to it
//! - [`steering`]: accept, hold, release and cancel, one order or many

pub mod order;
pub mod rest;
mod order_lines;
mod timeline;
pub mod steering;
