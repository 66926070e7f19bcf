//! Shipments on the supplier's desk.
//!
//! - [`ship`]: what of an order leaves
//! - [`list`]: what lies ready, and all shipments
//! - [`proof`]: what shows that one arrived, what is corrected before
//! - [`shipment`]: one shipment, its arrival, its paper

pub mod list;
pub mod proof;
pub mod ship;
pub mod shipment;
