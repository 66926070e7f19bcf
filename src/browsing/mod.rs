//! Products as they are looked at: with what they cost, what is there of them and who bought them before.

pub mod api;
mod coming;
mod instead;
pub mod pages;
pub mod routes;
pub mod supplier_pages;
