//! Invoices of shipments, payments, and the account's statement.
//!
//! - [`issuing`]: a shipment becomes an invoice
//! - [`credits`]: a credit note takes back what an invoice said
//! - [`terms`]: when an account may pay less, and whether its statement goes out by mail
//! - [`corrections`]: an invoice takes the place of one that was wrong
//! - [`repricing`]: what was invoiced at prices that were mended since is credited or invoiced
//! - [`rebates`]: what was agreed for all that was bought in some days is credited
//! - [`payments`]: money comes in, settles invoices, is taken back
//! - [`settling`]: how money closes invoices, and what of them is given up
//! - [`write_offs`]: what is settled without money
//! - [`refunds`]: money is paid back
//! - [`einvoice`]: an invoice as programs read it, by EN 16931
//! - [`statement`]: what an account owes, and since when

pub mod api;
pub mod checks;
pub mod corrections;
pub mod credits;
pub mod documents;
pub mod einvoice;
pub mod issuing;
pub mod mails;
pub mod pages;
pub mod payments;
pub mod rebates;
pub mod refunds;
pub mod repricing;
pub mod routes;
pub mod rules;
pub mod sentences;
pub mod settling;
pub mod statement;
mod store;
pub mod supplier_api;
pub mod supplier_pages;
pub mod terms;
pub mod words;
pub mod write_offs;

pub use self::issuing::issue;
pub use self::payments::count_unmatched;
pub use self::rules::listing::{Filter, Keys, Sort};
pub use self::store::{find_of_shipment, list, list_settlements};

use chrono::NaiveDate;

use self::rules::Invoice;
use self::rules::due::soon;
use crate::accounts;
use crate::db::Connection;
use crate::db::seek::{Scope, Walk};
use crate::error::{Error, Result};
use crate::ids::{AccountId, InvoiceId};
use crate::languages::Language;
use crate::ledger::open_items::{self, Sums};

/// Whole invoices by id behind `after`, of whom the scope is for.
pub fn list_whole(
    connection: &mut Connection,
    scope: Scope,
    walk: Walk<InvoiceId>,
    limit: i64,
) -> Result<Vec<Invoice>> {
    store::list_whole_of(connection, scope, walk, limit)
}

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

/// Beyond this many nobody counts on: the list says "more than".
pub const COUNT_MAX: i64 = 10_000;

/// What is open of the account today, and how many invoices it has in all (at most one more than [`COUNT_MAX`]).
pub fn sums(connection: &mut Connection, account_id: AccountId, today: NaiveDate) -> Result<(Sums, i64)> {
    let sums = open_items::sums(connection, account_id, today, soon(today))?;
    Ok((sums, store::count(connection, account_id, COUNT_MAX)?))
}

/// The language of a document's words: the one it was issued in, else its account's.
pub fn language(connection: &mut Connection, account_id: AccountId, issued_in: Option<Language>) -> Result<Language> {
    match issued_in {
        Some(language) => Ok(language),
        None => Ok(Language::from_locale(&accounts::get(connection, account_id)?.locale)),
    }
}
