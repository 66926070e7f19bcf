//! The import files of this feature: the supplier, its accounts, their sites, the teams behind them.

pub mod accounts;
pub mod sites;
pub mod supplier;
pub mod team;
