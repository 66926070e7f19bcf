//! Promises to pay: until their day nobody is reminded of what was promised.

use chrono::{NaiveDate, TimeDelta};
use serde_json::json;

use super::store::keeping;
use super::{note, sentences};
use crate::accounts;
use crate::audit::{self, Actor};
use crate::clock::{Timestamp, day_in};
use crate::db::seek::Walk;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{InvoiceId, PromiseId};
use crate::ledger::{self, open_items};

pub use super::store::keeping::Promise;

/// How far ahead somebody may promise to pay, in days.
const DAYS_MAX: i64 = 180;

/// What somebody promised.
#[derive(Debug, Clone)]
pub struct PromiseRequest {
    /// Code of the account.
    pub account: String,
    /// Ids of open invoices; ill-formed ones are none.
    pub invoices: Vec<Option<InvoiceId>>,
    /// The last day.
    pub promised_on: NaiveDate,
    pub note: Option<String>,
}

/// The invoices of a promise.
pub fn invoices_of(promise: &Promise) -> Vec<InvoiceId> {
    let ids = promise.invoices.as_deref().map(serde_json::from_str::<Vec<i64>>);
    ids.and_then(Result::ok)
        .unwrap_or_default()
        .into_iter()
        .map(InvoiceId)
        .collect()
}

/// Records a promise. The same request has one effect; the flag says whether it is a repetition.
pub fn record(
    tx: &mut Connection,
    key: &idempotency::Request,
    request: &PromiseRequest,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Promise, bool)> {
    let id = PromiseId::new();
    if let Begun::Replay(created) = idempotency::begin(tx, key, id.0, now)? {
        return Ok((get(tx, PromiseId(created))?, true));
    }
    let unknown = || {
        Error::invalid(
            "/account",
            Code::UnknownAccount,
            sentences::nobody_to_remind(&request.account),
        )
    };
    let account = accounts::find_by_code(tx, &request.account)?.ok_or_else(unknown)?;
    let today = day_in(accounts::supplier_zone(tx)?, now);
    let last = today.checked_add_signed(TimeDelta::days(DAYS_MAX)).unwrap_or(today);
    if !(today..=last).contains(&request.promised_on) {
        let detail = sentences::reminder_day(request.promised_on, today, last);
        return Err(Error::invalid("/promised_on", Code::ValueInvalid, detail));
    }
    let text = note("/note", request.note.as_deref())?;
    if request.invoices.is_empty() {
        return Err(Error::invalid(
            "/invoices",
            Code::Required,
            sentences::nothing_promised(),
        ));
    }
    ledger::lock_exposure(tx, account.id)?;
    let open = open_items::list_open(tx, account.id)?;
    let mut ids = Vec::with_capacity(request.invoices.len());
    for (place, asked) in request.invoices.iter().enumerate() {
        let found = asked.filter(|id| open.iter().any(|item| item.invoice_id == *id) && !ids.contains(id));
        let Some(found) = found else {
            let text = asked.map(|id| id.to_string()).unwrap_or_default();
            let detail = sentences::promised_not_open(&text);
            return Err(Error::invalid(
                format!("/invoices/{place}"),
                Code::UnknownInvoice,
                detail,
            ));
        };
        ids.push(found);
    }
    let promise = Promise {
        id,
        account_id: account.id,
        account: account.code,
        currency: account.currency,
        promised_on: request.promised_on,
        note: text.map(str::to_owned),
        recorded_at: now,
        recorded_by: actor.to_string(),
        open_minor: 0,
        invoices: None,
    };
    let mut batch = Batch::new();
    keeping::insert_promise(&mut batch, &promise, &ids)?;
    let invoices: Vec<_> = ids.iter().map(ToString::to_string).collect();
    let entry = audit::Entry {
        action: "promise.record",
        account_id: Some(account.id),
        object: id.to_string(),
        details: json!({ "promised_on": request.promised_on, "invoices": invoices, "note": text }),
    };
    batch.add(audit::recording(actor, &entry, now));
    batch.run(tx)?;
    Ok((get(tx, id)?, false))
}

/// The promise with this id.
pub fn get(connection: &mut Connection, id: PromiseId) -> Result<Promise> {
    keeping::find_promise(connection, id)?.ok_or(Error::NotFound)
}

/// At most `limit` promises, the newest first; for staff.
pub fn list(
    connection: &mut Connection,
    account: Option<&str>,
    walk: Walk<PromiseId>,
    limit: i64,
) -> Result<Vec<Promise>> {
    keeping::list_promises(connection, account, walk, limit)
}
