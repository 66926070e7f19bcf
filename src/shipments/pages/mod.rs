//! Deliveries in the browser.
//!
//! - [`list`]: what is on its way first
//! - [`detail`]: one delivery: where it is, what is in it
//! - [`proof`]: what shows that one arrived
//! - [`view`]: how deliveries are told

pub mod detail;
pub mod list;
pub mod proof;
