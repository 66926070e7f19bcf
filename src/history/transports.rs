//! Where an invoice or credit note went, by mail, by webhook and into the folder of an access point: how often it was tried, when it
//! arrived, and what the other side said.

use super::rules::{State, Way, without_query};
use super::store::{self, DeliveryRow, MailRow};
use crate::accounts::rules::EinvoiceFormat;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::Result;
use crate::events::EventType;
use crate::ids::AccountId;
use crate::invoices::einvoice::Source;
use crate::invoices::einvoice::outgoing::{self, FileRow};
use crate::mail::rules::Kind;

/// A document on one of its ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transport {
    pub way: Way,
    /// A mail address, the address of an endpoint, or the name of a file.
    pub to: String,
    /// Of a file.
    pub format: Option<EinvoiceFormat>,
    pub state: State,
    /// Since it was queued, or sent again, last.
    pub attempts: i32,
    /// Nothing unless it waits.
    pub next_attempt_at: Option<Timestamp>,
    /// When the other side had it.
    pub sent_at: Option<Timestamp>,
    /// The last status that an endpoint answered.
    pub last_status: Option<i32>,
    /// How the last attempt failed.
    pub last_error: Option<String>,
}

impl From<MailRow> for Transport {
    fn from(row: MailRow) -> Self {
        let state = State::from(row.state);
        Self {
            way: Way::Mail,
            to: row.email,
            format: None,
            state,
            attempts: row.attempts,
            next_attempt_at: (state == State::Waiting).then_some(row.next_attempt_at),
            sent_at: row.sent_at,
            last_status: None,
            last_error: row.last_error,
        }
    }
}

impl From<DeliveryRow> for Transport {
    fn from(row: DeliveryRow) -> Self {
        let state = State::from(row.state);
        Self {
            way: Way::Webhook,
            to: without_query(&row.url).to_owned(),
            format: None,
            state,
            attempts: row.attempts,
            next_attempt_at: (state == State::Waiting).then_some(row.next_attempt_at),
            sent_at: row.settled_at.filter(|_| state == State::Sent),
            last_status: row.last_status,
            last_error: row.last_error,
        }
    }
}

impl From<FileRow> for Transport {
    fn from(row: FileRow) -> Self {
        let state = State::from(row.state);
        Self {
            way: Way::AccessPoint,
            to: row.name,
            format: Some(row.format),
            state,
            attempts: row.attempts,
            next_attempt_at: (state == State::Waiting).then_some(row.next_attempt_at),
            sent_at: row.written_at,
            last_status: None,
            last_error: row.error,
        }
    }
}

/// The ways of a document of the account: mails, webhooks of the account's endpoints, and of the supplier's where `of_supplier` says so,
/// then files.
pub fn list(
    connection: &mut Connection,
    account_id: AccountId,
    source: Source,
    of_supplier: bool,
) -> Result<Vec<Transport>> {
    let (subject, event, kind) = match source {
        Source::Invoice(id) => (id.0, EventType::InvoiceIssued.name(), Kind::Invoiced),
        Source::CreditNote(id) => (id.0, EventType::CreditNoteIssued.name(), Kind::Credited),
    };
    let mails = store::list_mails(connection, (subject, event), kind)?;
    let others = if of_supplier { 0 } else { account_id.0 };
    let deliveries = store::list_deliveries(connection, (subject, event), (account_id, others))?;
    let files = outgoing::list_of(connection, source)?;
    let ways = mails.into_iter().map(Transport::from);
    let ways = ways.chain(deliveries.into_iter().map(Transport::from));
    Ok(ways.chain(files.into_iter().map(Transport::from)).collect())
}
