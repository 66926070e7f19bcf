//! E-invoices for an access point: each is a file in a folder, written whole and under one name, tried until it is there.

pub mod folder;
mod store;

use chrono::TimeDelta;

pub use self::store::{FileRow, is_due, list_of};
use super::Source;
use super::rules::outgoing::{State, file_name, pause_s};
use super::rules::{Format, Syntax, parts};
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::documents::Paper;
use crate::error::{Error, Result};
use crate::ids::AccountId;

/// How long whoever writes a file has it.
const LEASE: TimeDelta = TimeDelta::minutes(2);

/// A file that is written.
#[derive(Debug, Clone)]
pub struct Parcel {
    source: Source,
    account_id: AccountId,
    format: Format,
    attempts: i32,
    /// What it is called: always the same.
    pub name: String,
}

/// A document that an access point gets.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    pub source: Source,
    pub account_id: AccountId,
    pub number: &'a str,
}

/// What is in it.
#[derive(Debug)]
pub enum Content {
    Xml(Vec<u8>),
    /// A paper with the invoice in it.
    Paper(Box<Paper>),
}

/// Puts a document among those that an access point gets, in each of these formats.
pub fn queue(batch: &mut Batch, document: Named, formats: &[Format], now: Timestamp) -> Result<()> {
    let known = formats.iter().filter_map(|format| Some((*format, parts(*format)?)));
    let rows = known.enumerate().map(|(place, (format, (syntax, _)))| {
        let other = (place > 0).then(|| format.name());
        row(document, format, (syntax, other), now)
    });
    store::insert(batch, &rows.collect::<Vec<_>>())
}

/// The file in a format; those beside the first have its name in theirs.
fn row(document: Named, format: Format, (syntax, other): (Syntax, Option<&str>), now: Timestamp) -> FileRow {
    let (invoice_id, credit_note_id, id) = match document.source {
        Source::Invoice(id) => (Some(id), None, id.to_string()),
        Source::CreditNote(id) => (None, Some(id), id.to_string()),
    };
    FileRow {
        invoice_id,
        credit_note_id,
        account_id: document.account_id,
        format,
        name: file_name(document.number, &id, other, syntax),
        state: State::Due,
        attempts: 0,
        next_attempt_at: now,
        leased_until: None,
        written_at: None,
        error: None,
    }
}

/// Takes files that are due; nobody else writes them meanwhile.
pub fn claim(tx: &mut Connection, now: Timestamp, rows_max: i64) -> Result<Vec<Parcel>> {
    let names = store::claim(tx, now, now + LEASE, rows_max)?;
    let mut parcels = Vec::new();
    for row in store::list(tx, &names)? {
        let source = match (row.invoice_id, row.credit_note_id) {
            (Some(id), _) => Source::Invoice(id),
            (None, Some(id)) => Source::CreditNote(id),
            (None, None) => return Err(Error::internal(format!("{} is of no document", row.name))),
        };
        parcels.push(Parcel {
            source,
            account_id: row.account_id,
            format: row.format,
            attempts: row.attempts,
            name: row.name,
        });
    }
    Ok(parcels)
}

/// What the file holds; of the same document always the same.
pub fn content(connection: &mut Connection, parcel: &Parcel) -> Result<Content> {
    let (account_id, source) = (parcel.account_id, parcel.source);
    let (syntax, profile) = parts(parcel.format).ok_or_else(|| Error::internal("a file without a format"))?;
    Ok(match syntax {
        Syntax::Ubl => Content::Xml(super::ubl(connection, account_id, source, profile)?.bytes),
        Syntax::Cii => Content::Xml(super::cii(connection, account_id, source)?.bytes),
        Syntax::FacturX => Content::Paper(Box::new(super::factur_x(connection, account_id, source)?)),
    })
}

/// Writes down how an attempt ended. What went wrong is tried again, ever more rarely, until it goes well.
pub fn settle(tx: &mut Connection, parcel: &Parcel, outcome: &Result<(), String>, now: Timestamp) -> Result<()> {
    let attempts = parcel.attempts.saturating_add(1);
    match outcome {
        Ok(()) => store::settle_written(tx, &parcel.name, attempts, now),
        Err(why) => {
            tracing::warn!(
                file = parcel.name,
                attempts,
                why,
                "an e-invoice could not be written for the access point"
            );
            let next = now + TimeDelta::seconds(pause_s(attempts));
            store::settle_failed(tx, &parcel.name, (attempts, next), why)
        }
    }
}
