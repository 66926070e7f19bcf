//! Punchout: people shop here from inside their company's procurement system, take the basket back there, and the order
//! comes by the same way once it is approved. Speaks cXML and OCI.
//!
//! - [`setup`], [`agreement`]: whom we talk with, and which codes mean what
//! - [`receiving`]: a document is taken; [`beginning`]: one asks for a session; [`cxml`]: how documents are read and written
//! - [`shopping`], [`basket`]: a session and what is gathered in it; [`restoring`]: lines that come back
//! - [`returning`], [`oci`]: the basket goes back
//! - [`ordering`]: a purchase order becomes an order of ours; [`amending`]: a newer version of it; [`outgoing`]: what the buyer's
//!   system is told of it
//! - [`proving`]: a code instead of the shared secret

pub mod agreement;
mod amending;
pub mod basket;
pub mod beginning;
pub mod cxml;
pub mod oci;
pub mod ordering;
pub mod outgoing;
pub mod pages;
mod proving;
mod purchases;
pub mod receiving;
pub mod restoring;
pub mod returning;
pub mod routes;
pub mod rules;
mod sentences;
pub mod setup;
pub mod shapes;
pub mod shopping;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

pub use self::setup::{PunchoutSetup, Setup};
pub use self::store::{DocumentRow, delete_documents, delete_sessions};

use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrderId, PunchoutDocumentId};

/// What did something where a buyer's system asked for it.
pub const PROGRAM: &str = "punchout";

/// The documents of an account, the newest first.
pub fn documents(
    connection: &mut Connection,
    account_id: AccountId,
    before: impl Into<Walk<PunchoutDocumentId>>,
    rows_max: i64,
) -> Result<Vec<DocumentRow>> {
    store::list_documents(connection, account_id, before, rows_max)
}

/// A document of an account.
pub fn document(connection: &mut Connection, account_id: AccountId, id: PunchoutDocumentId) -> Result<DocumentRow> {
    store::find_document(connection, account_id, id)?.ok_or(Error::NotFound)
}

/// What an order of the account is called in the buyer's system, where it came by one.
pub fn purchase_order(connection: &mut Connection, account_id: AccountId, order_id: OrderId) -> Result<Option<String>> {
    let found = purchases::find_purchase_of(connection, account_id, order_id)?;
    Ok(found.map(|purchase| purchase.po_id))
}
