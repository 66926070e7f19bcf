//! Invoices and payments on the supplier's desk.
//!
//! - [`issuing`]: a shipment becomes an invoice
//! - [`list`]: invoices of all accounts
//! - [`invoice`]: one invoice and its paper
//! - [`payments`]: money that came in, what it settled, taking it back
//! - [`booking`]: the form for new money

pub mod booking;
pub mod invoice;
pub mod issuing;
pub mod list;
pub mod payments;
