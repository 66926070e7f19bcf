//! The import files of this feature: the supplier and its accounts.

pub mod accounts;
pub mod supplier;
mod terms;
