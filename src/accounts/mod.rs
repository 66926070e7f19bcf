//! Key accounts, their sites and terms, and the supplier itself.

pub mod rules;
pub mod terms;
