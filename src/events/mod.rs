//! What happened, written in the transaction that made it happen. Feeds, mails and webhooks read it from here.
//!
//! An event gets its number only after its transaction has committed, by [`sequence`]: whoever has read up to a number
//! never finds a smaller one later, however long a transaction took.

mod kinds;
pub mod payloads;
mod store;

use serde::Serialize;

use crate::clock::Timestamp;
use crate::db::sets::{self, Kind, Table};
use crate::db::{Batch, Connection, Database, Statement, counters, sql};
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, EventId};
use crate::sentences::use_event_id;

pub use self::kinds::{
    AccessEvent, AccountEvent, AssortmentEvent, BankStatementEvent, ClaimEvent, ConsignmentEvent, ContactEvent,
    ContractEvent, CreditNoteEvent, Event, EventData, EventType, InvitationEvent, InvoiceEvent, MailEvent, MemberEvent,
    OrderEvent, PasswordResetEvent, Payload, PaymentEvent, PriceListEvent, RebateEvent, ReceiptEvent, RefundEvent,
    ReminderEvent, ReturnEvent, ShipmentEvent, StatementEvent, VERSION, WebhookEvent, WriteOffEvent, documented,
    subject,
};
pub use self::store::{
    count_of_span, find, is_any_unsequenced, list_about, list_after, list_by_id, list_of_span, list_wrong_mails,
    update_mails,
};

/// The counter of the numbers given out.
pub const SEQUENCE: &str = "event_sequence";
/// Events that get their number in one transaction.
const PASS_ROWS_MAX: i64 = 1_000;
/// How many passes a reader waits for.
const PASSES_MAX: usize = 100;

/// Something that happened, to be written down.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Whose feed it belongs to.
    pub account_id: Option<AccountId>,
    /// The id of the object it is about.
    subject_id: i64,
    pub event: Event,
}

impl Entry {
    /// What happened to `subject`.
    pub fn new<P: Payload>(account_id: Option<AccountId>, subject: P::Subject, payload: P) -> Self {
        Self {
            account_id,
            subject_id: P::number(subject),
            event: payload.into_event(),
        }
    }

    /// The outside id of what it is about.
    pub fn subject(&self) -> String {
        self.event.subject(self.subject_id)
    }
}

/// An event as its readers get it.
#[derive(Debug, Clone, PartialEq)]
pub struct Happened {
    pub id: EventId,
    /// Its place among all events.
    pub sequence: i64,
    /// Whose feed it belongs to.
    pub account_id: Option<AccountId>,
    /// The id of the object it is about.
    pub subject_id: i64,
    pub occurred_at: Timestamp,
    pub event: Event,
}

impl Happened {
    /// The outside id of what it is about.
    pub fn subject(&self) -> String {
        self.event.subject(self.subject_id)
    }
}

/// The change that writes `entry` down.
pub fn recording(entry: &Entry, now: Timestamp) -> Statement {
    sql("INSERT INTO events (id, type, account_id, subject_id, occurred_at, data) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(EventId::new().0)
        .bind(entry.event.kind())
        .bind(entry.account_id.map(|id| id.0))
        .bind(entry.subject_id)
        .bind(now)
        .bind(entry.event.data().to_string())
}

/// Gives committed events their numbers, at most so many at a time; how many it were. Passes go one after the other,
/// so an event that was committed after a number was given out gets a larger one.
pub fn sequence(tx: &mut Connection) -> Result<usize> {
    let last = counters::lock(tx, SEQUENCE)?;
    let given = store::update_sequences(tx, last, PASS_ROWS_MAX)?;
    if given > 0 {
        counters::update(tx, SEQUENCE, last + i64::try_from(given).map_err(Error::internal)?)?;
    }
    Ok(given)
}

/// Gives every event its number that has none, so that a reader sees what was just written.
pub async fn catch_up(db: &Database) -> Result<()> {
    if !db.read(is_any_unsequenced).await? {
        return Ok(());
    }
    for _ in 0..PASSES_MAX {
        let given = db.write(sequence).await?;
        if i64::try_from(given).map_err(Error::internal)? < PASS_ROWS_MAX {
            break;
        }
    }
    Ok(())
}

/// Who of an account reads its feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Those who manage its people, and so may know of invitations and members.
    Managers,
    /// Anybody else.
    Members,
}

/// The account's events behind the event `after`, in the order of their numbers; `cursor_invalid` where the account
/// has no such event.
pub fn feed(
    connection: &mut Connection,
    account_id: AccountId,
    audience: Audience,
    after: Option<EventId>,
    rows_max: i64,
) -> Result<Vec<Happened>> {
    let after = match after {
        None => 0,
        Some(id) => store::find_in_feed(connection, account_id, id)?.ok_or_else(unknown_event)?,
    };
    store::list_feed(connection, account_id, audience, after, rows_max)
}

/// The answer to an `after` that is no event of the account.
pub fn unknown_event() -> Error {
    Error::invalid("/after", Code::CursorInvalid, use_event_id())
}
static EVENTS: Table = Table::new(
    "events",
    &[
        ("id", Kind::BigInt),
        ("type", Kind::Text),
        ("account_id", Kind::BigInt),
        ("subject_id", Kind::BigInt),
        ("occurred_at", Kind::Timestamp),
        ("data", Kind::Text),
    ],
);

#[derive(Serialize)]
struct EventRow<'a> {
    id: EventId,
    #[serde(rename = "type")]
    kind: &'a str,
    account_id: Option<AccountId>,
    subject_id: i64,
    #[serde(serialize_with = "sets::timestamp")]
    occurred_at: Timestamp,
    data: String,
}

/// The change that writes many events down, in their order.
pub fn record_all(batch: &mut Batch, entries: &[Entry], now: Timestamp) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = entries
        .iter()
        .map(|entry| EventRow {
            id: EventId::new(),
            kind: entry.event.kind(),
            account_id: entry.account_id,
            subject_id: entry.subject_id,
            occurred_at: now,
            data: entry.event.data().to_string(),
        })
        .collect();
    batch.add(EVENTS.insertion(&rows)?);
    Ok(())
}
