//! Shipments on the supplier's desk.
//!
//! - [`ship`]: what of an order leaves
//! - [`list`]: what lies ready, and all shipments
//! - [`shipment`]: one shipment, its arrival, its paper

pub mod list;
pub mod ship;
pub mod shipment;
