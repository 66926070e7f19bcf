//! The key account portal: priority ordering for the few customers that carry a business.

pub mod clock;
pub mod cpu;
pub mod db;
pub mod error;
pub mod ids;
pub mod money;
pub mod quantity;

pub mod audit;
pub mod events;
pub mod http;

pub mod accounts;
pub mod catalogue;
pub mod identity;
pub mod imports;
pub mod inventory;
pub mod ledger;
pub mod orders;
pub mod pricing;
pub mod tax;

pub mod cli;
