//! An order's own page, for the account and on the desk: followed from its placing through shipments and invoices to its
//! end, which may come early.

pub mod api;
mod ending;
pub mod pages;
pub mod routes;
mod shapes;
pub mod supplier_api;
pub mod supplier_pages;
mod words;
