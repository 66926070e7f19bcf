//! A price change is sent in, approved by somebody else or rejected, and rolled back.

use serde_json::json;

use super::rules::{NOTE_MAX, State, must_be_ahead, must_be_anothers, must_be_applied, must_be_submitted};
use super::{Change, lock, lock_open, record, sentences, store, today};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::ids::PriceChangeId;
use crate::names::states::{PreviewState, PriceChangeWork};

/// It earns enough, or is only warned of.
fn must_earn_enough(connection: &mut Connection, change: &Change) -> Result<()> {
    let blocked: i64 = store::list_sums(connection, change.id)?
        .iter()
        .map(|named| i64::from(named.sum.blocked))
        .sum();
    match blocked {
        0 => Ok(()),
        lines => Err(Error::refused(Code::BelowFloor, sentences::price_change_blocked(lines))),
    }
}

/// What it comes to is known.
fn must_be_previewed(change: &Change) -> Result<()> {
    match change.preview {
        Some(PreviewState::Ready) => Ok(()),
        _ => {
            let detail = sentences::price_change_not_previewed(&change.title);
            Err(Error::conflict(Code::PriceChangeStateForbids, detail))
        }
    }
}

fn check_note(note: Option<&str>) -> Result<()> {
    match note.is_some_and(|note| note.trim().chars().count() > NOTE_MAX) {
        true => {
            let detail = sentences::price_change_note(NOTE_MAX);
            Err(Error::invalid("/note", Code::ValueInvalid, detail))
        }
        false => Ok(()),
    }
}

/// Sends it in for approval. What it comes to must be known by then.
pub fn submit(tx: &mut Connection, id: PriceChangeId, actor: &Actor, now: Timestamp) -> Result<Change> {
    let mut change = lock_open(tx, id)?;
    if change.row_count == 0 {
        return Err(Error::invalid("/rows", Code::Required, sentences::price_change_empty()));
    }
    must_be_ahead(change.effective_on, today(tx, now)?)?;
    must_be_previewed(&change)?;
    must_earn_enough(tx, &change)?;
    change.state = State::Submitted;
    change.submitted_at = Some(now);
    change.submitted_by = Some(actor.to_string());
    change.decision_note = None;
    change.note_author(actor)?;
    store::update(tx, &change)?;
    let details = json!({ "title": change.title, "rows": change.row_count });
    record(tx, actor, &change, ("price_change.submit", details), now)?;
    Ok(change)
}

fn decide(change: &mut Change, state: State, note: Option<&str>, actor: &Actor, now: Timestamp) {
    change.state = state;
    change.decided_at = Some(now);
    change.decided_by = Some(actor.to_string());
    change.decision_note = note.map(str::trim).filter(|note| !note.is_empty()).map(str::to_owned);
}

/// Approves it: the worker puts its rows into their lists, where they hold from its day on.
pub fn approve(
    tx: &mut Connection,
    id: PriceChangeId,
    note: Option<&str>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Change> {
    let mut change = lock(tx, id)?;
    must_be_submitted(change.state, &change.title)?;
    must_be_anothers(&change.everybody(), &actor.to_string())?;
    // Somebody may have it worked out again meanwhile: its rows in the lists would make that wrong.
    must_be_previewed(&change)?;
    must_earn_enough(tx, &change)?;
    must_be_ahead(change.effective_on, today(tx, now)?)?;
    check_note(note)?;
    decide(&mut change, State::Approved, note, actor, now);
    change.work = Some(PriceChangeWork::Apply);
    change.work_at = 0;
    store::update(tx, &change)?;
    let details = json!({ "title": change.title, "rows": change.row_count, "effective_on": change.effective_on, "note": change.decision_note });
    record(tx, actor, &change, ("price_change.approve", details), now)?;
    Ok(change)
}

/// Sends it back to its authors.
pub fn reject(
    tx: &mut Connection,
    id: PriceChangeId,
    note: Option<&str>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Change> {
    let mut change = lock(tx, id)?;
    must_be_submitted(change.state, &change.title)?;
    check_note(note)?;
    decide(&mut change, State::Rejected, note, actor, now);
    store::update(tx, &change)?;
    let details = json!({ "title": change.title, "note": change.decision_note });
    record(tx, actor, &change, ("price_change.reject", details), now)?;
    Ok(change)
}

/// Takes it back, also while it is being put into the lists: the worker makes every list what it was.
pub fn roll_back(tx: &mut Connection, id: PriceChangeId, actor: &Actor, now: Timestamp) -> Result<Change> {
    let mut change = lock(tx, id)?;
    must_be_applied(change.state, &change.title)?;
    change.state = State::RollingBack;
    change.rolled_back_by = Some(actor.to_string());
    change.work = Some(PriceChangeWork::RollBack);
    change.work_at = 0;
    store::update(tx, &change)?;
    let details = json!({ "title": change.title, "rows": change.row_count });
    record(tx, actor, &change, ("price_change.roll_back", details), now)?;
    Ok(change)
}
