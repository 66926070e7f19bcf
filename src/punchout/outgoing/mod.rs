//! What a buyer's system is told of orders that came from it: that they are taken on, changed or refused, what is on its
//! way, what it costs. Documents are written as things happen, each once, and sent in the order of each purchase order.

mod confirming;
pub mod documents;
pub mod notices;
mod store;

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::TimeDelta;

use self::documents::{What, Written};
pub use self::store::{AttemptRow, OutRow, is_sending_due, list_attempts};
use super::cxml::{self, writing};
use super::purchases;
use super::rules::{DOCUMENT_CHARS_KEPT, Direction, Sending, cut, storable};
use super::setup::Setup;
use super::store::{self as kept, DocumentRow};
use super::{sentences, setup};
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::{Connection, counters, in_savepoint};
use crate::error::{Code, Error, Result};
use crate::events::payloads::OrderPromiseChanged;
use crate::events::{self, Event, Happened, InvoiceEvent, OrderEvent, ShipmentEvent};
use crate::ids::{AccountId, InvoiceId, OrderChangeId, OrderId, OrderLineId, PunchoutDocumentId, ShipmentId};
use crate::names::sets::Side;
use crate::outbound::{Answer, Failure};
use serde_json::json;

/// The counter of the last event that was looked at.
pub const CURSOR: &str = "punchout_sequence";
/// Events looked at in one transaction.
const EVENTS_MAX: i64 = 200;
/// Documents of an account that are sent at a time: one system that hangs doesn't hold up the others.
const OF_ACCOUNT_MAX: i64 = 2;
/// How long a document is tried.
const TRIED_FOR: TimeDelta = TimeDelta::hours(24);
/// How long whoever sends a document has it.
pub const LEASE: TimeDelta = TimeDelta::minutes(2);
/// The longest pause between two attempts, in minutes.
const PAUSE_MAX_M: i64 = 120;

/// What an event makes a document of.
enum About {
    Order(OrderId),
    Refused(OrderId),
    /// What was asked of the order was taken on, or refused with a reason.
    Decided(OrderId, OrderChangeId, Option<String>),
    /// Lines of an order come on another day.
    Days(OrderId, HashSet<OrderLineId>),
    Shipment(ShipmentId),
    Invoice(InvoiceId),
}

fn about(event: &Happened) -> Option<About> {
    let id = event.subject_id;
    match &event.event {
        Event::Order(OrderEvent::Accepted(_)) => Some(About::Order(OrderId(id))),
        // What ends by itself its system does not know either.
        Event::Order(OrderEvent::Cancelled(event)) if event.by == Side::Supplier || event.ended_by.is_some() => {
            Some(About::Refused(OrderId(id)))
        }
        Event::Order(OrderEvent::RestCancelled(event)) if event.by == Side::Supplier || event.ended_by.is_some() => {
            Some(About::Order(OrderId(id)))
        }
        // What the account changed by itself before it was taken on, its system knows.
        Event::Order(OrderEvent::Changed(event)) if event.on_request => {
            Some(About::Decided(OrderId(id), event.change_id, None))
        }
        Event::Order(OrderEvent::Changed(event)) if event.by == Side::Supplier => Some(About::Order(OrderId(id))),
        Event::Order(OrderEvent::ChangeRefused(event)) => {
            let reason = Some(event.reason.clone());
            Some(About::Decided(OrderId(id), event.change_id, reason))
        }
        Event::Shipment(ShipmentEvent::Created(_)) => Some(About::Shipment(ShipmentId(id))),
        Event::Invoice(InvoiceEvent::Issued(_)) => Some(About::Invoice(InvoiceId(id))),
        _ => None,
    }
}

/// True while an event was not looked at.
pub fn is_event_waiting(connection: &mut Connection) -> Result<bool> {
    store::is_event_waiting(connection)
}

/// True while nobody punches out and events were not passed over.
pub fn is_skipping_due(connection: &mut Connection) -> Result<bool> {
    store::is_skipping_due(connection)
}

/// Passes over the events so far if nobody punches out: they make no documents.
pub fn skip(tx: &mut Connection) -> Result<()> {
    store::skip(tx)
}

/// Writes the documents of the next events; how many events were looked at.
pub fn step(tx: &mut Connection, now: Timestamp) -> Result<usize> {
    let cursor = counters::lock(tx, CURSOR)?;
    events::sequence(tx)?;
    let happened = events::list_after(tx, cursor, EVENTS_MAX)?;
    let Some(last) = happened.last() else { return Ok(0) };
    let mut setups = HashMap::new();
    let mut moved = BTreeMap::<OrderId, (&Happened, HashSet<OrderLineId>)>::new();
    // Orders of which a confirmation tells already how all their lines stand.
    let mut told = HashSet::new();
    for event in &happened {
        if let Event::Order(OrderEvent::PromiseChanged(change)) = &event.event {
            let days = &mut moved.entry(change.order.order_id).or_insert((event, HashSet::new())).1;
            days.extend(of_another_day(change));
        } else if let Some(about) = about(event)
            && try_write(tx, &mut setups, event, &about, now)?
            && let About::Order(id) | About::Refused(id) | About::Decided(id, ..) = about
        {
            told.insert(id);
        }
    }
    for (id, (event, lines)) in moved {
        if !lines.is_empty() && !told.contains(&id) {
            try_write(tx, &mut setups, event, &About::Days(id, lines), now)?;
        }
    }
    counters::update(tx, CURSOR, last.sequence)?;
    Ok(happened.len())
}

/// The lines that come on another day than before, which is more than that they got stock.
fn of_another_day(change: &OrderPromiseChanged) -> impl Iterator<Item = OrderLineId> {
    let moved = change.lines.iter().filter(|line| line.was != line.promised_date);
    moved.map(|line| line.order_line_id)
}

/// Writes what an event comes to if its account punches out since before; whether a document was written.
fn try_write(
    tx: &mut Connection,
    setups: &mut HashMap<AccountId, Option<Setup>>,
    event: &Happened,
    about: &About,
    now: Timestamp,
) -> Result<bool> {
    let Some(account_id) = event.account_id else {
        return Ok(false);
    };
    let setup = match setups.entry(account_id) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(unknown) => unknown.insert(setup::find(tx, account_id)?),
    };
    let Some(setup) = setup.as_ref().filter(|setup| event.occurred_at >= setup.created_at) else {
        return Ok(false);
    };
    // One that can't be written keeps no other waiting.
    let mut is_written = false;
    let mut work = |tx: &mut Connection| {
        is_written = write(tx, setup, about, now)?;
        Ok(())
    };
    match in_savepoint(tx, true, &mut work) {
        Err(error) if is_of_database(&error) => Err(error),
        Err(error) => {
            let (account, sequence) = (account_id, event.sequence);
            tracing::error!(%error, %account, sequence, "a document for a buyer's system could not be written");
            Ok(false)
        }
        Ok(()) => Ok(is_written),
    }
}

/// True for what may go well as soon as the database does.
fn is_of_database(error: &Error) -> bool {
    match error {
        Error::Unavailable(_) => true,
        Error::Internal(source) => source.is::<diesel::result::Error>(),
        _ => false,
    }
}

/// Whether anything was written.
fn write(tx: &mut Connection, setup: &Setup, about: &About, now: Timestamp) -> Result<bool> {
    let written = match about {
        About::Order(id) => [
            documents::confirmation(tx, setup, (*id, What::Stands), None, now)?,
            None,
        ],
        About::Refused(id) => [
            documents::confirmation(tx, setup, (*id, What::Refused), None, now)?,
            None,
        ],
        About::Days(id, lines) => [
            documents::confirmation(tx, setup, (*id, What::Days(lines)), None, now)?,
            None,
        ],
        About::Decided(id, change_id, refused) => decided(tx, setup, (*id, *change_id), refused.as_deref(), now)?,
        About::Shipment(id) => [notices::ship_notice(tx, setup, *id, now)?, None],
        About::Invoice(id) => [documents::invoice(tx, setup, *id, now)?, None],
    };
    let mut is_written = false;
    for written in written.into_iter().flatten() {
        keep(tx, setup, written, now)?;
        is_written = true;
    }
    Ok(is_written)
}

/// A change that was asked for is decided about: the document that asked is answered, and what stands is confirmed.
fn decided(
    tx: &mut Connection,
    setup: &Setup,
    (id, change_id): (OrderId, OrderChangeId),
    refused: Option<&str>,
    now: Timestamp,
) -> Result<[Option<Written>; 2]> {
    // What nobody asked for by a document, the buyer's system doesn't wait for; only what is otherwise now is told.
    let is_from_there = purchases::find_update(tx, setup.account_id, change_id)?.is_some();
    if refused.is_some() && !is_from_there {
        return Ok([None, None]);
    }
    let comments = refused.map(|reason| format!("The change is refused, the order stays as it was: {reason}"));
    Ok([
        documents::status_update(tx, setup, (id, change_id), refused, now)?,
        documents::confirmation(tx, setup, (id, What::Stands), comments.as_deref(), now)?,
    ])
}

/// Keeps a document among those that are sent.
fn keep(tx: &mut Connection, setup: &Setup, written: Written, now: Timestamp) -> Result<()> {
    let Written {
        document,
        payload_id,
        kind,
        module,
        reference,
        order_id,
    } = written;
    if let Err(why) = cxml::model::check(&document) {
        return Err(Error::internal(format!("{kind} is not as the DTD has it: {why}")));
    }
    let row = DocumentRow {
        id: PunchoutDocumentId::new(),
        account_id: setup.account_id,
        direction: Direction::Out,
        kind: kind.to_owned(),
        payload_id,
        reference: Some(reference),
        order_key: None,
        order_id: Some(order_id),
        status: 0,
        status_text: String::new(),
        request: writing::written(&document, module),
        answer: String::new(),
        created_at: now,
        state: Some(Sending::Due),
    };
    let id = row.id;
    kept::insert_document(tx, row)?;
    store::queue(tx, id, now)
}

/// A document that is sent.
#[derive(Debug, Clone)]
pub struct Parcel {
    pub row: OutRow,
    /// Where to; none where the set-up names no address any more.
    pub url: Option<String>,
    /// With what proves who we are.
    pub body: String,
}

/// Takes documents that are due, the oldest of each purchase order; nobody else sends them meanwhile.
pub fn claim(tx: &mut Connection, now: Timestamp, rows_max: i64) -> Result<Vec<Parcel>> {
    let mut parcels = Vec::new();
    for id in store::claim(tx, now, now + LEASE, (rows_max, OF_ACCOUNT_MAX))? {
        let Some(row) = store::find(tx, id)? else { continue };
        let setup = setup::find(tx, row.account_id)?;
        let url = setup.as_ref().and_then(|setup| address(setup, &row.kind));
        let secret = setup.and_then(|setup| setup.out_secret).unwrap_or_default();
        let secret = cxml::Element::text_of("SharedSecret", secret).to_xml();
        parcels.push(Parcel {
            body: row.request.replace("<SharedSecret>…</SharedSecret>", &secret),
            url,
            row,
        });
    }
    Ok(parcels)
}

/// Where documents of a kind are sent to.
pub fn address(setup: &Setup, kind: &str) -> Option<String> {
    let own = &setup.setup;
    match kind {
        "ConfirmationRequest" => own.confirmation_url.clone(),
        "ShipNoticeRequest" => own.ship_notice_url.clone(),
        "InvoiceDetailRequest" => own.invoice_url.clone(),
        "StatusUpdateRequest" => own.status_url.clone(),
        _ => None,
    }
}

/// Writes down how an attempt ended: what is taken is sent, what is refused for good or was tried for a day is parked, the
/// rest is tried again.
pub fn settle(tx: &mut Connection, parcel: &Parcel, outcome: &Result<Answer, Failure>, now: Timestamp) -> Result<()> {
    let attempts = parcel.row.attempts.saturating_add(1);
    let (code, text, answer) = match (outcome, &parcel.url) {
        (_, None) => (412, "no address".to_owned(), String::new()),
        (Ok(answer), _) => read(answer),
        (Err(failure), _) => (0, failure.name().to_owned(), String::new()),
    };
    // What is no cXML answer, and what is not their last word, may go well later.
    let (text, answer) = (storable(&text), storable(&answer));
    let is_taken = (200..300).contains(&code);
    let is_final = (400..500).contains(&code);
    let is_over = now - parcel.row.created_at >= TRIED_FOR;
    let state = match () {
        () if is_taken => Sending::Sent,
        () if is_final || is_over => Sending::Parked,
        () => Sending::Due,
    };
    if state == Sending::Parked {
        tracing::warn!(document = %parcel.row.id, code, why = text, "a document for a buyer's system was given up");
    }
    let pause = TimeDelta::minutes(
        1_i64
            .checked_shl(attempts.clamp(1, 7).unsigned_abs().saturating_sub(1))
            .map_or(PAUSE_MAX_M, |minutes| minutes.min(PAUSE_MAX_M)),
    );
    store::settle(
        tx,
        parcel.row.id,
        (state, attempts, now + pause),
        (code, cut(&text, 2_000), cut(&answer, DOCUMENT_CHARS_KEPT)),
    )?;
    store::insert_attempt(tx, parcel.row.id, now, (code, cut(&text, 2_000), cut(&answer, 20_000)))
}

/// Code, text and document of an answer; no code where it is no cXML.
fn read(answer: &Answer) -> (i32, String, String) {
    let text = String::from_utf8_lossy(&answer.body).into_owned();
    let document = cxml::read(&answer.body).ok();
    let status = document
        .as_ref()
        .and_then(|document| document.at(&["Response", "Status"]));
    let code = status
        .and_then(|status| status.attribute("code"))
        .and_then(|code| code.parse().ok());
    match (code, status) {
        (Some(code), Some(status)) => {
            let own = status.attribute("text").unwrap_or_default();
            (code, format!("{own} {}", status.value()).trim().to_owned(), text)
        }
        _ => (0, format!("HTTP {}", answer.status), text),
    }
}

/// Sends a document again that was sent or given up.
pub fn resend(
    tx: &mut Connection,
    actor: &Actor,
    account_id: AccountId,
    id: PunchoutDocumentId,
    now: Timestamp,
) -> Result<()> {
    let row = kept::find_document(tx, account_id, id)?.ok_or(Error::NotFound)?;
    if row.direction != Direction::Out || !store::requeue(tx, id, now)? {
        return Err(Error::conflict(
            Code::PunchoutDocumentWaits,
            sentences::punchout_document_waits(),
        ));
    }
    let entry = audit::Entry {
        action: "punchout.resend",
        account_id: Some(account_id),
        object: id.to_string(),
        details: json!({ "kind": row.kind }),
    };
    audit::record(tx, actor, &entry, now)
}
