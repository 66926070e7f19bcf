//! Mails: what is to be sent lies in the database as a message for each recipient until a server has taken it.
//!
//! - [`rules`]: kinds, states, when a message is tried again
//! - [`queue`], [`lease`], [`confirm`], [`settle_sent`], [`settle_failed`]: a message's way, each step a transaction
//! - [`letter`]: what a mail says, as a plain text and as HTML
//! - [`Mailer`]: by which way it leaves: an SMTP server, a folder, or a list for tests
//!
//! Which event makes which mail is the features' business (their `mails.rs`); who runs the steps is [`crate::worker`].

pub mod checks;
pub mod compose;
pub mod letter;
mod mailer;
pub mod rules;
mod smtp;
mod store;
pub mod writing;

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;
use serde_json::json;

pub use self::compose::parse_mail_address;
pub use self::mailer::{Mailer, Memory, SendError};
pub use self::smtp::{Protection, SmtpServer, parse_smtp_url};
pub use self::store::{
    confirm, count_parked, delete_sent, find_message, is_event_waiting, is_message_waiting, lease, list, release,
    settle_sent,
};

use self::rules::{Kind, Next, Reason, State};
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::{Connection, counters};
use crate::error::{Code, Error, Result};
use crate::events::payloads::MailParked;
use crate::events::{self, Entry, Happened};
use crate::ids::{AccountId, EventId, MessageId, PersonId};
use crate::row;
use crate::sentences::message_due;

/// The counter of the last event that was looked at for mails.
pub const CURSOR: &str = "mail_sequence";
/// Events that [`skip_events`] passes over in one go.
const SKIPPED_AT_ONCE: i64 = 1_000;
/// Days a sent message is kept.
pub const KEPT_DAYS: i64 = 90;
/// Characters of an error that are kept.
const ERROR_CHARS_MAX: usize = 500;

/// A mail that an event makes, for one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What it is about.
    pub kind: Kind,
    /// The account it concerns.
    pub account_id: Option<AccountId>,
    /// The event it tells of.
    pub event_id: EventId,
    /// Who gets it; nobody yet for an invitation.
    pub person_id: Option<PersonId>,
    /// Where it goes.
    pub email: String,
    /// What they are called; may be empty.
    pub name: String,
    /// Their language (BCP 47).
    pub locale: String,
    /// Why they get it.
    pub reason: Reason,
}

row! {
    /// A message in the hands of a worker.
    #[derive(Debug, Clone)]
    pub struct Message from "messages" {
        pub id: MessageId = "id",
        /// The lease under which the worker has it; 0 in nobody's hands.
        pub lease: i64 = "COALESCE(lease, 0)",
        /// What it is about.
        pub kind: Kind = "kind",
        /// The account it concerns.
        pub account_id: Option<AccountId> = "account_id",
        /// The event it is about.
        pub event_id: EventId = "event_id",
        /// Who gets it.
        pub person_id: Option<PersonId> = "person_id",
        /// Where it goes.
        pub email: String = "email",
        /// What they are called; may be empty.
        pub name: String = "name",
        /// Their language (BCP 47).
        pub locale: String = "locale",
        /// Why they get it.
        pub reason: Reason = "reason",
        /// Attempts so far, with the one that is made now.
        pub attempts: i32 = "attempts",
        /// 0 at first; grows when it is sent once more on demand.
        pub issue: i32 = "issue",
    }
}

/// The events to look at for mails, with the cursor locked until the transaction ends. Each event is given to one
/// caller, once: the next one finds the cursor behind it.
pub fn begin_fan_out(tx: &mut Connection, rows_max: i64) -> Result<Vec<Happened>> {
    let cursor = counters::lock(tx, CURSOR)?;
    events::sequence(tx)?;
    events::list_after(tx, cursor, rows_max)
}

/// Queues the drafts that `events` came to and moves the cursor behind them. How many messages it were.
pub fn end_fan_out(tx: &mut Connection, events: &[Happened], drafts: &[Draft], now: Timestamp) -> Result<usize> {
    let Some(last) = events.last() else { return Ok(0) };
    let queued = queue(tx, drafts, now)?;
    counters::update(tx, CURSOR, last.sequence)?;
    Ok(queued)
}

/// Passes over all events so far: they make no mails.
pub fn skip_events(tx: &mut Connection, now: Timestamp) -> Result<()> {
    loop {
        let events = begin_fan_out(tx, SKIPPED_AT_ONCE)?;
        end_fan_out(tx, &events, &[], now)?;
        if events.is_empty() {
            return Ok(());
        }
    }
}

/// Queues a message for each draft; nobody gets two of a kind for one event.
fn queue(tx: &mut Connection, drafts: &[Draft], now: Timestamp) -> Result<usize> {
    let mut seen = HashSet::new();
    let once: Vec<_> = drafts
        .iter()
        .filter(|draft| seen.insert((draft.event_id, draft.kind, draft.email.as_str())))
        .collect();
    store::insert(tx, &once, now)?;
    let mut mails: BTreeMap<EventId, i32> = BTreeMap::new();
    for draft in &once {
        *mails.entry(draft.event_id).or_default() += 1;
    }
    events::update_mails(tx, &mails.into_iter().collect::<Vec<_>>())?;
    Ok(once.len())
}

/// How an attempt failed.
#[derive(Debug, Clone)]
pub struct Failure {
    /// What went wrong.
    pub error: String,
    /// What the mail's subject was, once it was rendered.
    pub subject: Option<String>,
    /// True where there is no use in sending it any more, now or later.
    pub is_obsolete: bool,
    /// True where it would fail in the same way however often it is tried.
    pub is_final: bool,
}

/// Ends an attempt that failed: the message is tried again later, or parked after its last attempt. A parked message
/// is an event of its own, so that people learn of it, unless it is what should have told them. `None` where somebody
/// else has the message by now.
pub fn settle_failed(
    tx: &mut Connection,
    message: &Message,
    failure: &Failure,
    attempts_max: i32,
    jitter: u8,
    now: Timestamp,
) -> Result<Option<State>> {
    let state = match rules::next(message.attempts, attempts_max) {
        Next::Retry if !failure.is_obsolete && !failure.is_final => State::Due,
        _ => State::Parked,
    };
    let error: String = failure.error.chars().take(ERROR_CHARS_MAX).collect();
    let failed = store::Failed {
        state,
        next_attempt_at: now + rules::wait(message.attempts, jitter),
        error: &error,
        subject: failure.subject.as_deref(),
    };
    if !store::update_failed(tx, message, &failed)? {
        return Ok(None);
    }
    if state == State::Parked && message.kind != Kind::DeadLetter {
        let parked = MailParked {
            account_id: message.account_id,
            kind: message.kind,
            email: message.email.clone(),
            subject: failure.subject.clone(),
            attempts: message.attempts,
            error,
            obsolete: failure.is_obsolete,
        };
        // In nobody's feed.
        events::recording(&Entry::new(None, message.id, parked), now).run(tx)?;
    }
    Ok(Some(state))
}

/// Which messages a list shows.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Filter {
    /// In this state.
    pub state: Option<State>,
    /// Of the account with this code.
    pub account: Option<String>,
    /// Of this kind.
    pub kind: Option<Kind>,
}

row! {
    /// A message as the desk sees it.
    #[derive(Debug, Clone)]
    pub struct Listed from "messages m LEFT JOIN accounts a ON a.id = m.account_id" {
        pub id: MessageId = "m.id",
        /// What it is about.
        pub kind: Kind = "m.kind",
        /// Where it goes.
        pub email: String = "m.email",
        /// Code of the account it concerns.
        pub account: Option<String> = "a.code",
        /// What it said, once it was rendered.
        pub subject: Option<String> = "m.subject",
        /// What became of it.
        pub state: State = "m.state",
        /// How often it was tried.
        pub attempts: i32 = "m.attempts",
        /// Why the last attempt failed.
        pub last_error: Option<String> = "m.last_error",
        /// When it is tried next.
        pub next_attempt_at: Timestamp = "m.next_attempt_at",
        pub sent_at: Option<Timestamp> = "m.sent_at",
        /// When it was queued.
        pub created_at: Timestamp = "m.created_at",
    }
}

/// A message as the desk sees it.
pub fn get(connection: &mut Connection, id: MessageId) -> Result<Listed> {
    store::find(connection, id)?.ok_or(Error::NotFound)
}

/// Has a message that was parked or sent go out again, with all its attempts before it.
pub fn resend(tx: &mut Connection, id: MessageId, actor: &Actor, now: Timestamp) -> Result<Listed> {
    let (state, account_id, email) = store::lock(tx, id)?.ok_or(Error::NotFound)?;
    if state == State::Due {
        return Err(Error::conflict(Code::MessageDue, message_due()));
    }
    store::update_due(tx, id, now)?;
    let entry = audit::Entry {
        action: "mail.resend",
        account_id,
        object: id.to_string(),
        details: json!({ "was": state, "email": email }),
    };
    audit::record(tx, actor, &entry, now)?;
    store::find(tx, id)?.ok_or(Error::NotFound)
}
