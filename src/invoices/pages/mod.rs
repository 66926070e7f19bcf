//! Invoices and the statement in the browser.
//!
//! - [`list`]: what is open first, by the day it is due
//! - [`detail`]: one invoice: how to pay it, its lines, its tax
//! - [`statement`]: what the account owes, and since when
//! - [`view`]: how invoices are told

pub mod detail;
pub mod list;
pub mod statement;
pub mod view;
