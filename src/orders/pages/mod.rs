//! Orders in the browser.
//!
//! - [`list`]: all orders of the account, the open ones first
//! - [`changing`]: calling an order off
//! - [`export`]: the list and its lines as files
//! - [`view`]: states, quantities and prices as pages write them

pub mod changing;
pub mod export;
pub mod list;
