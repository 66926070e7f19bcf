//! Contracts on the supplier's desk.

pub mod list;
pub mod one;
pub mod writing;
