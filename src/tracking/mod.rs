//! An order's own page, for the account and on the desk: followed from its placing through shipments and invoices.

pub mod pages;
pub mod routes;
pub mod supplier_pages;
