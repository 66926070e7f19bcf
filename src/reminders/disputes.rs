//! Invoices that are disputed, by somebody of the supplier or by a claim of the account: nobody is reminded of them, and no order is
//! held for them.

use std::collections::HashMap;

use serde_json::json;

use super::store::disputes;
use super::{reason, sentences};
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, InvoiceId};
use crate::invoices;

pub use super::store::disputes::Dispute;

/// Why an invoice is disputed; none where it is not.
pub fn find(connection: &mut Connection, id: InvoiceId) -> Result<Option<Dispute>> {
    disputes::find_dispute(connection, id)
}

/// Says that an invoice is disputed.
pub fn dispute(tx: &mut Connection, id: InvoiceId, text: &str, actor: &Actor, now: Timestamp) -> Result<()> {
    let account_id = invoices::account_of(tx, id)?;
    let text = reason("/reason", text)?;
    if !disputes::insert_dispute(tx, (account_id, id), text, &actor.to_string(), now)? {
        return Err(Error::conflict(
            Code::DisputeStateForbids,
            sentences::invoice_disputed(),
        ));
    }
    record(tx, id, "invoice.dispute", text, actor, now)
}

/// Says that it is disputed no more; what a claim disputes is until that is over.
pub fn settle(tx: &mut Connection, id: InvoiceId, text: &str, actor: &Actor, now: Timestamp) -> Result<()> {
    invoices::account_of(tx, id)?;
    let text = reason("/reason", text)?;
    if !disputes::delete_dispute(tx, id)? {
        let claim = find(tx, id)?.and_then(|one| one.claim);
        let detail = match claim {
            Some(claim) => sentences::invoice_disputed_by_claim(&claim),
            None => sentences::invoice_not_disputed(),
        };
        return Err(Error::conflict(Code::DisputeStateForbids, detail));
    }
    record(tx, id, "invoice.undispute", text, actor, now)
}

fn record(
    tx: &mut Connection,
    id: InvoiceId,
    action: &'static str,
    text: &str,
    actor: &Actor,
    now: Timestamp,
) -> Result<()> {
    let entry = audit::Entry {
        action,
        account_id: Some(invoices::account_of(tx, id)?),
        object: id.to_string(),
        details: json!({ "reason": text }),
    };
    audit::record(tx, actor, &entry, now)
}

/// Why which invoices of an account are disputed.
pub fn of_account(connection: &mut Connection, account_id: AccountId) -> Result<HashMap<InvoiceId, Dispute>> {
    disputes::list_disputes(connection, &[account_id])
}
