//! Invoices of shipments, payments, and the account's statement.
//!
//! - [`issuing`]: a shipment becomes an invoice
//! - [`payments`]: money comes in, settles invoices, is taken back
//! - [`listing`]: looking for invoices
//! - [`statement`]: what an account owes, and since when

pub mod api;
pub mod checks;
pub mod documents;
pub mod issuing;
pub mod listing;
pub mod mails;
pub mod pages;
pub mod payments;
pub mod routes;
pub mod rules;
pub mod sentences;
pub mod statement;
mod store;
pub mod supplier_api;
pub mod supplier_pages;
pub mod view;

pub use self::issuing::issue;
pub use self::payments::count_unmatched;
pub use self::rules::listing::{Filter, Keys, Sort};
pub use self::store::list;

use self::rules::Invoice;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::ids::{AccountId, InvoiceId};

/// The invoice of the account with its lines and tax table.
pub fn get(connection: &mut Connection, account_id: AccountId, id: InvoiceId) -> Result<Invoice> {
    store::find(connection, account_id, id)?.ok_or(Error::NotFound)
}

/// Whose invoice it is: for staff, who name no account.
pub fn account_of(connection: &mut Connection, id: InvoiceId) -> Result<AccountId> {
    store::find_account(connection, id)?.ok_or(Error::NotFound)
}

/// An invoice with its lines and tax table, for staff.
pub fn get_for_staff(connection: &mut Connection, id: InvoiceId) -> Result<Invoice> {
    let account_id = account_of(connection, id)?;
    get(connection, account_id, id)
}
