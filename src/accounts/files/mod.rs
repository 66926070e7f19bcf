//! The import files of this feature: the supplier, its accounts, their sites.

pub mod accounts;
pub mod sites;
pub mod supplier;
