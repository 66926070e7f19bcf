//! E-invoices for an access point: each is a file in a folder, written whole and under one name, tried until it is there.

pub mod folder;
mod store;

use chrono::TimeDelta;

use self::store::FileRow;
pub use self::store::{find, is_due};
use super::rules::outgoing::{State, file_name, pause_s};
use super::rules::{Format, Syntax, parts};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::documents::Paper;
use crate::error::{Error, Result};
use crate::ids::{AccountId, InvoiceId};
use crate::invoices::documents;
use crate::invoices::rules::Invoice;

/// How long whoever writes a file has it.
const LEASE: TimeDelta = TimeDelta::minutes(2);

/// A file that is written.
#[derive(Debug, Clone)]
pub struct Parcel {
    pub invoice_id: InvoiceId,
    account_id: AccountId,
    format: Format,
    attempts: i32,
    /// What it is called: always the same.
    pub name: String,
}

/// What is in it.
#[derive(Debug)]
pub enum Content {
    Xml(Vec<u8>),
    /// A paper with the invoice in it.
    Paper(Box<Paper>),
}

/// Puts an invoice among those that an access point gets.
pub fn queue(batch: &mut Batch, invoice: &Invoice, format: Format, now: Timestamp) -> Result<()> {
    let Some((syntax, _)) = parts(format) else {
        return Ok(());
    };
    store::insert(
        batch,
        FileRow {
            invoice_id: invoice.id,
            account_id: invoice.account_id,
            format,
            name: file_name(&invoice.number, invoice.id, syntax),
            state: State::Due,
            attempts: 0,
            next_attempt_at: now,
            leased_until: None,
            written_at: None,
            error: None,
        },
    )
}

/// Takes files that are due; nobody else writes them meanwhile.
pub fn claim(tx: &mut Connection, now: Timestamp, rows_max: i64) -> Result<Vec<Parcel>> {
    let ids = store::claim(tx, now, now + LEASE, rows_max)?;
    let mut parcels = Vec::new();
    for row in store::list(tx, &ids)? {
        parcels.push(Parcel {
            invoice_id: row.invoice_id,
            account_id: row.account_id,
            format: row.format,
            attempts: row.attempts,
            name: row.name,
        });
    }
    Ok(parcels)
}

/// What the file holds; of the same invoice always the same.
pub fn content(connection: &mut Connection, parcel: &Parcel) -> Result<Content> {
    let (account_id, id) = (parcel.account_id, parcel.invoice_id);
    let (syntax, profile) = parts(parcel.format).ok_or_else(|| Error::internal("a file without a format"))?;
    Ok(match syntax {
        Syntax::Ubl => Content::Xml(super::ubl(connection, account_id, id, profile)?.bytes),
        Syntax::Cii => Content::Xml(super::cii(connection, account_id, id)?.bytes),
        Syntax::FacturX => Content::Paper(Box::new(documents::factur_x(connection, account_id, id)?)),
    })
}

/// Writes down how an attempt ended. What went wrong is tried again, ever more rarely, until it goes well.
pub fn settle(tx: &mut Connection, parcel: &Parcel, outcome: &Result<(), String>, now: Timestamp) -> Result<()> {
    let attempts = parcel.attempts.saturating_add(1);
    match outcome {
        Ok(()) => store::settle_written(tx, parcel.invoice_id, attempts, now),
        Err(why) => {
            tracing::warn!(invoice = %parcel.invoice_id, attempts, why, "an e-invoice could not be written for the access point");
            let next = now + TimeDelta::seconds(pause_s(attempts));
            store::settle_failed(tx, parcel.invoice_id, (attempts, next), why)
        }
    }
}
