//! Orders in the browser.
//!
//! - [`list`]: all orders of the account, the open ones first
//! - [`detail`]: one order: how far it is, its lines, what was shipped and invoiced, what happened
//! - [`tracking`]: the steps of an order and what happened to it, in sentences
//! - [`changing`]: calling an order off, ordering it again
//! - [`export`]: the list and its lines as files
//! - [`view`]: states, quantities and prices as pages write them

pub mod changing;
pub mod detail;
pub mod export;
pub mod list;
mod tracking;
pub mod view;
