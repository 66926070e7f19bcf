//! Calendars: on which days the supplier and its warehouses send, until when on a day, how long goods are on the way and on which
//! days a site takes them.

pub mod files;
pub mod routes;
pub mod rules;
pub mod sentences;
pub mod store;
pub mod supplier_pages;

pub use store::{Calendar, Filter, Kept, delete, find, list, list_whole, load, lock, replace_holidays, update};
