//! Tax treatment and rates.

pub mod rules;
pub mod store;
