//! One pipeline for orders of every channel.
//!
//! - [`planning`]: what a request comes to: prices, tax, credit, stock
//! - [`placing`]: preview and place
//! - [`cancelling`]: calling off
//! - [`allocation`]: freed stock serves the lines that wait

pub mod allocation;
pub mod cancelling;
pub mod placing;
pub mod planning;
pub mod rules;
pub mod store;

pub use cancelling::cancel;
pub use placing::{Placed, place, preview};
pub use planning::{OrderRequest, Orderer, RequestedLine};
