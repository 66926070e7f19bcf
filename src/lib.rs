//! The key account portal: priority ordering for the few customers that carry a business.

// The floor
pub mod error;
pub mod clock;
pub mod ids;
pub mod money;
pub mod quantity;
pub mod checks;
pub mod cpu;
pub mod db;
pub mod config;

// Below all features
pub mod audit;
pub mod events;
pub mod problem;
pub mod http;

// Features; one may use only those above it
pub mod identity;
pub mod accounts;
pub mod catalogue;
pub mod tax;
pub mod pricing;
pub mod inventory;
pub mod ledger;
pub mod orders;
pub mod imports;

// The whole
pub mod health;
pub mod app;
pub mod worker;
pub mod demo;
pub mod cli;
