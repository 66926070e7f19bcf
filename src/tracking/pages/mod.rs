//! An order in the browser.
//!
//! - [`order`]: how far it is, its lines, what was shipped and invoiced, what happened
//! - [`steps`]: the steps of an order and what happened to it, in sentences

pub mod order;
pub mod rest;
mod steps;
