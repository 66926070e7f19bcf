//! Invoices in the browser.
//!
//! - [`list`]: what is open first, by the day it is due
//! - [`detail`]: one invoice: how to pay it, its lines, its tax
//! - [`view`]: how invoices are told

pub mod detail;
pub mod list;
