//! Messages leave. Each attempt is counted before it is made, in a transaction of its own, and marked after it: a worker
//! that dies in between leaves one message that goes out again, under the same id.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use tracing::Instrument;

use super::{Ended, Worker, letters};
use crate::clock::{self, Timestamp};
use crate::error::{Error, Result};
use crate::ids::MessageId;
use crate::mail::rules::State;
use crate::mail::{self, Failure, Message};
use crate::measures;
use crate::traces;
use crate::values;

/// Messages leased at a time.
const BATCH_ROWS: i64 = 20;
/// How long a message that is leased may wait for its turn; then another worker takes it.
const TURN: TimeDelta = TimeDelta::seconds(15);
/// How long writing a mail may take.
const WRITING_TIMEOUT: Duration = Duration::from_secs(15);
/// What is left of a lease when writing and sending took as long as they may: time to mark the message.
const MARGIN: Duration = Duration::from_secs(5);

/// The present, for a step that began at a moment of its caller's choice.
#[derive(Debug, Clone, Copy)]
struct Clock {
    from: Timestamp,
    started: Instant,
}

impl Clock {
    fn now(self) -> Timestamp {
        self.from + TimeDelta::from_std(self.started.elapsed()).unwrap_or_default()
    }
}

/// Sends the next due messages; how many were tried.
pub async fn step(worker: &mut Worker, now: Timestamp, ended: &Ended) -> Result<usize> {
    let clock = Clock {
        from: now,
        started: Instant::now(),
    };
    let rows_max = worker.circuit.allows(now, BATCH_ROWS);
    let db = worker.db().clone();
    let waiting = move |connection: &mut _| mail::is_message_waiting(connection, now);
    if rows_max == 0 || !db.read(waiting).await? {
        return Ok(0);
    }
    let lease = i64::from_le_bytes(clock::random_bytes());
    let ids = db.write(move |tx| mail::lease(tx, lease, now, TURN, rows_max)).await?;
    let mut attempts = 0;
    for id in ids {
        if *ended.borrow() {
            break;
        }
        let Some(message) = begin(worker, id, lease, clock).await? else {
            continue;
        };
        attempts += 1;
        if !attempt(worker, &message, clock).await? {
            break;
        }
    }
    db.write(move |tx| mail::release(tx, lease)).await?;
    Ok(attempts)
}

/// Counts the attempt and holds the message for as long as it may take.
async fn begin(worker: &Worker, id: MessageId, lease: i64, clock: Clock) -> Result<Option<Message>> {
    let time = worker.settings.mailer.timeout() + WRITING_TIMEOUT + MARGIN;
    let time = TimeDelta::from_std(time).map_err(Error::internal)?;
    let begun = worker
        .db()
        .write(move |tx| mail::confirm(tx, id, lease, clock.now(), time))
        .await;
    match begun {
        // A message of a newer program; one that knows it will take it.
        Err(Error::Internal(error)) => {
            tracing::error!(%error, mail = %id, "a message can't be read");
            Ok(None)
        }
        begun => begun,
    }
}

/// Writes, sends and marks a message; false when the next ones would fare no better.
async fn attempt(worker: &mut Worker, message: &Message, clock: Clock) -> Result<bool> {
    let span = tracing::debug_span!(target: traces::TARGET, "mail", mail = %message.id, kind = message.kind.name());
    let (outcome, goes_on) = match deliver(worker, message, clock.now()).instrument(span).await {
        Ok(subject) => {
            worker.circuit.close();
            (Ok(subject), true)
        }
        Err((failure, true)) => {
            worker.circuit.open(clock.now());
            (Err(failure), false)
        }
        Err((failure, false)) => (Err(failure), true),
    };
    let kind = message.kind.name();
    match outcome {
        Ok(subject) => {
            let marked = message.clone();
            let now = clock.now();
            let settle = move |tx: &mut _| mail::settle_sent(tx, &marked, &subject, now);
            if !worker.db().write(settle).await? {
                tracing::warn!(mail = %message.id, "a mail took so long that another worker may send it too");
            }
            tracing::info!(mail = %message.id, kind, "a mail was sent");
            metrics::counter!(measures::MAILS_SENT, "kind" => kind).increment(1);
        }
        Err(failure) => {
            tracing::warn!(mail = %message.id, kind, attempts = message.attempts, error = failure.error, "a mail was not sent");
            metrics::counter!(measures::MAILS_FAILED, "kind" => kind).increment(1);
            let (marked, now, attempts_max) = (message.clone(), clock.now(), worker.settings.attempts_max);
            let [jitter] = clock::random_bytes();
            let settle = move |tx: &mut _| mail::settle_failed(tx, &marked, &failure, attempts_max, jitter, now);
            if worker.db().write(settle).await? == Some(State::Parked) {
                tracing::error!(mail = %message.id, kind, "a mail was given up");
                metrics::counter!(measures::MAILS_PARKED, "kind" => kind).increment(1);
            }
        }
    }
    Ok(goes_on)
}

/// Sends a message; its subject, or how it failed and whether others would too.
async fn deliver(worker: &Worker, message: &Message, now: Timestamp) -> Result<String, (Failure, bool)> {
    let failed = |error: String, subject: Option<&str>| Failure {
        error,
        subject: subject.map(str::to_owned),
        is_obsolete: false,
        is_final: false,
    };
    if values::mail_address(&message.email).is_none() {
        let failure = Failure {
            is_final: true,
            ..failed(
                format!("it can't be written: {:?} is no mail address", message.email),
                None,
            )
        };
        return Err((failure, false));
    }
    let writing = letters::write(&worker.state, &worker.settings, message, now);
    let mail = match tokio::time::timeout(WRITING_TIMEOUT, writing).await {
        Ok(Ok(Some(mail))) => mail,
        Ok(Ok(None)) => {
            let error =
                "There is no use in sending it any more: what it offers has ended, or the reader's access.".to_owned();
            let failure = Failure {
                is_obsolete: true,
                ..failed(error, None)
            };
            return Err((failure, false));
        }
        Ok(Err(error)) => return Err((failed(format!("it can't be written: {error}"), None), false)),
        Err(_) => return Err((failed("it can't be written in time".to_owned(), None), false)),
    };
    let subject = mail.texts.subject.clone();
    match worker.settings.mailer.send(mail).await {
        Ok(()) => Ok(subject),
        Err(error) => Err((failed(error.to_string(), Some(&subject)), error.is_unreachable())),
    }
}
