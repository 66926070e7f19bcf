//! Claims: what an account finds wrong with a shipment or its invoice, what the supplier says to it, and what makes it good.
//!
//! - [`filing`]: an account files a claim, or takes it back
//! - [`talking`]: what either side says
//! - [`deciding`]: staff look at it, decide, and find out why
//! - [`settling`]: a credit note, goods without charge ([`replacing`]), or a repair
//! - [`evidence`]: photos and papers
//! - [`returns`]: goods that come back

pub mod api;
pub mod checks;
pub mod deciding;
pub mod evidence;
pub mod filing;
pub mod mails;
pub mod pages;
mod replacing;
pub mod returns;
pub mod routes;
pub mod rules;
pub mod sentences;
pub mod settling;
mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;
pub mod talking;
pub mod words;

use std::collections::{HashMap, HashSet};

use self::rules::{Action, Claim, ClaimLine, Decision, State};
pub use self::store::{answer_days, list};
use crate::audit::{self, Actor};
use crate::catalogue::rules::OrderQuantity;
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::events::payloads::{ClaimHead, ClaimedLine};
use crate::events::{self, Payload};
use crate::identity::people;
use crate::ids::{AccountId, ClaimId};
use crate::money::Money;
use crate::orders;
use crate::quantity::Quantity;

/// The claim of the account with its lines, messages and files.
pub fn get(connection: &mut Connection, account_id: AccountId, id: ClaimId) -> Result<Claim> {
    let mut claim = store::find(connection, account_id, id)?.ok_or(Error::NotFound)?;
    claim.lines = lines(connection, &claim)?;
    let rows = store::list_messages(connection, id)?;
    let authors: HashSet<_> = rows.iter().filter_map(|row| audit::row_of(&row.author)).collect();
    let names: HashMap<_, _> = people::names(connection, &Vec::from_iter(authors))?;
    let message = |row: store::MessageRow| {
        let author = audit::row_of(&row.author).and_then(|id| names.get(&id).cloned());
        store::message(row, author)
    };
    claim.messages = rows.into_iter().map(message).collect();
    claim.files = evidence::list(connection, account_id, id)?;
    Ok(claim)
}

/// Its lines, as the order tells of them.
fn lines(connection: &mut Connection, claim: &Claim) -> Result<Vec<ClaimLine>> {
    let order = orders::get(connection, claim.account_id, claim.order_id)?;
    let ordered: HashMap<_, _> = order.lines.iter().map(|line| (line.id, line)).collect();
    let missing = || Error::internal(format!("{} has a line that its order has not", claim.id));
    let line = |row: store::LineRow| {
        let ordered = ordered.get(&row.order_line_id).ok_or_else(missing)?;
        let of = |steps, base_steps| OrderQuantity {
            ordered: Quantity::new(steps, ordered.quantity.ordered.decimals),
            base_steps,
        };
        let decision = row.accepted.zip(row.accepted_base).map(|(steps, base)| Decision {
            accepted: of(steps, base),
            net: row.accepted_net_minor.map(|minor| Money::new(minor, claim.currency)),
            reason: row.reason.clone(),
        });
        Ok(ClaimLine {
            position: row.position,
            order_line_id: row.order_line_id,
            product_id: ordered.product_id,
            sku: ordered.sku.clone(),
            customer_part_number: ordered.customer_part_number.clone(),
            name: ordered.name.clone(),
            unit: ordered.unit.clone(),
            unit_code: ordered.unit_code.clone(),
            quantity: of(row.quantity, row.base_quantity),
            decision,
        })
    };
    store::list_lines(connection, claim.id)?.into_iter().map(line).collect()
}

/// Whose claim it is: for staff, who name no account.
pub fn account_of(connection: &mut Connection, id: ClaimId) -> Result<AccountId> {
    store::find_account(connection, id)?.ok_or(Error::NotFound)
}

/// A claim with its lines, messages and files, for staff.
pub fn get_for_staff(connection: &mut Connection, id: ClaimId) -> Result<Claim> {
    let account_id = account_of(connection, id)?;
    get(connection, account_id, id)
}

/// Locks a claim and reads it with its lines; of the account if one is named, else of whoever's.
fn lock(tx: &mut Connection, account_id: Option<AccountId>, id: ClaimId) -> Result<Claim> {
    let owner = store::lock(tx, id)?.ok_or(Error::NotFound)?;
    if account_id.is_some_and(|account_id| account_id != owner) {
        return Err(Error::NotFound);
    }
    get(tx, owner, id)
}

/// The same if `action` is allowed; with the state after it.
fn lock_for(tx: &mut Connection, account_id: Option<AccountId>, id: ClaimId, action: Action) -> Result<(Claim, State)> {
    let claim = lock(tx, account_id, id)?;
    let state = claim.state.after(action).ok_or_else(|| forbidden(&claim))?;
    Ok((claim, state))
}

/// The claim is not in a state for this.
fn forbidden(claim: &Claim) -> Error {
    let detail = sentences::claim_state_forbids(&claim.number, claim.state.name());
    Error::conflict(Code::ClaimStateForbids, detail)
}

/// What every event about a claim says of it.
fn head(claim: &Claim) -> ClaimHead {
    ClaimHead {
        order_id: claim.order_id,
        shipment_id: claim.shipment_id,
        invoice_id: claim.invoice.as_ref().map(|(id, _)| *id),
        number: claim.number.clone(),
        order_number: claim.order_number.to_string(),
        po_number: claim.po_number.clone(),
        shipment_number: claim.shipment_number.to_string(),
        ship_to: claim.ship_to.clone(),
        kind: claim.kind,
    }
}

fn told(line: &ClaimLine) -> ClaimedLine {
    let decision = line.decision.as_ref();
    ClaimedLine {
        position: line.position,
        sku: line.sku.clone(),
        customer_part_number: line.customer_part_number.clone(),
        name: line.name.clone(),
        unit: line.unit.clone(),
        quantity: line.quantity.ordered.to_string(),
        accepted: decision.map(|one| one.accepted.ordered.to_string()),
        reason: decision.and_then(|one| one.reason.clone()),
    }
}

/// Adds an event about a claim, and the act behind it to the audit record.
fn record<P: Payload<Subject = ClaimId>>(
    batch: &mut Batch,
    claim: &Claim,
    action: &'static str,
    payload: P,
    actor: &Actor,
    now: Timestamp,
) {
    let event = events::Entry::new(Some(claim.account_id), claim.id, payload);
    audit::record_with_event(batch, actor, action, &event, now);
}

/// Adds to the audit record what makes no event.
fn note(
    batch: &mut Batch,
    claim: &Claim,
    action: &'static str,
    details: serde_json::Value,
    actor: &Actor,
    now: Timestamp,
) {
    let entry = audit::Entry {
        action,
        account_id: Some(claim.account_id),
        object: claim.id.to_string(),
        details,
    };
    batch.add(audit::recording(actor, &entry, now));
}
