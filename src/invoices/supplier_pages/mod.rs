//! Invoices on the supplier's desk.
//!
//! - [`issuing`]: a shipment becomes an invoice
//! - [`list`]: invoices of all accounts
//! - [`invoice`]: one invoice and its paper

pub mod invoice;
pub mod issuing;
pub mod list;
