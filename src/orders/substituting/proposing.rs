//! Staff propose an article instead of what waits of a line. They never take it: the account says yes or no.

use std::collections::HashMap;

use serde_json::json;

use super::rules::State;
use super::{store, waiting};
use crate::accounts::terms::{self, Terms};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::events::payloads::{OrderSubstituteDeclined, OrderSubstituteProposed};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{AccountId, OrderId, OrderLineId, ProductId, ProposalId};
use crate::orders::recording::{add_event, audit, head};
use crate::orders::rules::head::check_note;
use crate::orders::rules::{Order, OrderLine};
use crate::orders::{self, sentences};
use crate::quantity::Decimal;
use crate::substitutes::offering::{self, Offer, Want};
use crate::substitutes::rules::{RATIO_DECIMALS, Ratio};

/// What staff propose instead of what waits of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub id: ProposalId,
    pub account_id: AccountId,
    pub order_id: OrderId,
    pub line_id: OrderLineId,
    pub product_id: ProductId,
    /// How many base units of it stand for one of the line's, in millionths.
    pub ratio_micros: i64,
    /// What the account reads.
    pub note: Option<String>,
    pub state: State,
    /// The actor.
    pub made_by: String,
    pub created_at: Timestamp,
    pub decided_at: Option<Timestamp>,
    /// Why the account does not want it.
    pub decision_reason: Option<String>,
}

/// The proposal to the account.
pub fn get(connection: &mut Connection, account_id: AccountId, id: ProposalId) -> Result<Proposal> {
    store::find(connection, account_id, id)?.ok_or(Error::NotFound)
}

/// What is proposed for lines of an order and not decided yet.
pub fn open_of(connection: &mut Connection, order: &Order) -> Result<HashMap<OrderLineId, Proposal>> {
    let open = store::list_open(connection, order.account_id, order.id)?;
    Ok(open.into_iter().map(|proposal| (proposal.line_id, proposal)).collect())
}

/// What is proposed as something that can be taken: nothing where the account can't order it.
pub fn offer(
    connection: &mut Connection,
    terms: &Terms,
    line: &OrderLine,
    proposal: &Proposal,
    steps: i64,
    now: Timestamp,
) -> Result<Vec<Offer>> {
    let want = Want {
        product_id: line.product_id,
        decimals: line.base_decimals,
        base_steps: steps,
        unit: line.unit.clone(),
    };
    let ratio = Ratio::of_micros(proposal.ratio_micros);
    let found = offering::offer_of(connection, terms, &want, (proposal.product_id, ratio), now)?;
    Ok(found.into_iter().collect())
}

/// What staff propose.
#[derive(Debug, Clone, Default)]
pub struct New {
    pub sku: String,
    /// As a plain decimal; 1, or what is kept of the two articles, if left out.
    pub ratio: Option<String>,
    pub note: Option<String>,
}

fn ratio_of(text: &str) -> Result<i64> {
    let read = Decimal::parse(text).and_then(|decimal| decimal.scaled(RATIO_DECIMALS));
    match read {
        Ok(micros @ 1..) => Ok(micros),
        Ok(_) => {
            let detail = crate::substitutes::sentences::ratio_above_zero();
            Err(Error::invalid("/ratio", Code::BadNumber, detail))
        }
        Err(error) => Err(Error::invalid("/ratio", Code::BadNumber, error.sentence())),
    }
}

/// Proposes an article instead of what waits of a line of whoever's order; what was proposed before is taken back. The same request
/// has one effect.
pub fn propose(
    tx: &mut Connection,
    key: Option<&idempotency::Request>,
    (order_id, line_id): (OrderId, OrderLineId),
    new: &New,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Proposal, bool)> {
    let id = ProposalId::new();
    if let Some(key) = key
        && let Begun::Replay(created) = idempotency::begin(tx, key, id.0, now)?
    {
        let account_id = orders::account_of(tx, order_id)?;
        return Ok((get(tx, account_id, ProposalId(created))?, true));
    }
    let note = new.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
    if let Some(fault) = check_note("/note", note) {
        return Err(Error::Invalid(vec![fault]));
    }
    let account_id = orders::account_of(tx, order_id)?;
    let order = orders::lock(tx, account_id, order_id)?;
    let line = order
        .lines
        .iter()
        .find(|line| line.id == line_id)
        .ok_or(Error::NotFound)?;
    if !waiting(&order).any(|waiting| waiting.id == line_id) {
        let detail = sentences::line_does_not_wait(line.position);
        return Err(Error::conflict(Code::OrderStateForbids, detail));
    }
    let terms = terms::load(tx, account_id)?;
    let kept = offering::kept(tx, line.product_id, &new.sku)?;
    let product_id = match kept {
        Some((product_id, _)) => Some(product_id),
        None => offering::product_of(tx, &terms, &new.sku)?,
    };
    let unknown = || Error::invalid("/sku", Code::UnknownSku, sentences::account_cannot_order(&new.sku));
    let proposal = Proposal {
        id,
        account_id,
        order_id,
        line_id,
        product_id: product_id.ok_or_else(unknown)?,
        ratio_micros: match (&new.ratio, kept) {
            (Some(text), _) => ratio_of(text)?,
            (None, Some((_, micros))) => micros,
            (None, None) => 10_i64.pow(u32::from(RATIO_DECIMALS)),
        },
        note: note.map(str::to_owned),
        state: State::Open,
        made_by: actor.to_string(),
        created_at: now,
        decided_at: None,
        decision_reason: None,
    };
    let offers = offer(tx, &terms, line, &proposal, line.backordered, now)?;
    let offer = offers.first().filter(|_| proposal.product_id != line.product_id);
    let offer = offer.ok_or_else(unknown)?;
    let mut batch = Batch::new();
    let before = open_of(tx, &order)?.remove(&line_id);
    if let Some(before) = &before {
        store::update_decided(&mut batch, before.id, State::Withdrawn, (actor.to_string(), None), now);
        batch.run(tx)?;
        batch = Batch::new();
    }
    store::insert(&mut batch, &proposal)?;
    let proposed = OrderSubstituteProposed {
        order: head(&order),
        proposal_id: id,
        order_line_id: line_id,
        position: line.position,
        sku: line.sku.clone(),
        waits: line.base_quantity(line.backordered).to_string(),
        base_unit: line.base_unit.clone(),
        substitute: offer.article.sku.clone(),
        substitute_name: offer.article.name.clone(),
        unit: offer.unit.unit.clone(),
        unit_code: offer.unit.unit_code.clone(),
        quantity: offer.quantity.ordered.to_string(),
        note: proposal.note.clone(),
    };
    audit(
        &mut batch,
        actor,
        &order,
        "order.substitute_propose",
        json!(proposed),
        now,
    );
    add_event(&mut batch, &order, proposed, now);
    batch.run(tx).map_err(|error| match store::is_open_elsewhere(&error) {
        true => Error::conflict(Code::OrderStateForbids, sentences::proposed_already(line.position)),
        false => error,
    })?;
    Ok((proposal, false))
}

/// Locks the order of a proposal and reads both; of the account if one is named. Nobody has decided yet.
fn lock_open(tx: &mut Connection, account_id: Option<AccountId>, id: ProposalId) -> Result<(Order, Proposal)> {
    let (order_id, owner) = store::find_order(tx, id)?.ok_or(Error::NotFound)?;
    if account_id.is_some_and(|account_id| account_id != owner) {
        return Err(Error::NotFound);
    }
    let order = orders::lock(tx, owner, order_id)?;
    let proposal = get(tx, owner, id)?;
    match proposal.state {
        State::Open => Ok((order, proposal)),
        state => {
            let detail = sentences::proposal_is_decided(state.name());
            Err(Error::conflict(Code::ProposalDecided, detail))
        }
    }
}

/// The account does not want what is proposed.
pub fn decline(
    tx: &mut Connection,
    account_id: AccountId,
    id: ProposalId,
    reason: Option<&str>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Proposal> {
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    if let Some(fault) = check_note("/reason", reason) {
        return Err(Error::Invalid(vec![fault]));
    }
    let (order, proposal) = lock_open(tx, Some(account_id), id)?;
    let mut batch = Batch::new();
    store::update_decided(&mut batch, id, State::Declined, (actor.to_string(), reason), now);
    let position = order.lines.iter().find(|line| line.id == proposal.line_id);
    let declined = OrderSubstituteDeclined {
        order: head(&order),
        proposal_id: id,
        order_line_id: proposal.line_id,
        position: position.map_or(0, |line| line.position),
        reason: reason.map(str::to_owned),
        by_staff: actor.acting.as_ref().map(|acting| acting.staff.to_string()),
    };
    audit(
        &mut batch,
        actor,
        &order,
        "order.substitute_decline",
        json!(declined),
        now,
    );
    add_event(&mut batch, &order, declined, now);
    batch.run(tx)?;
    get(tx, account_id, id)
}

/// The supplier takes back what it proposed.
pub fn withdraw(tx: &mut Connection, id: ProposalId, actor: &Actor, now: Timestamp) -> Result<Proposal> {
    let (order, proposal) = lock_open(tx, None, id)?;
    let mut batch = Batch::new();
    store::update_decided(&mut batch, id, State::Withdrawn, (actor.to_string(), None), now);
    let details = json!({ "proposal_id": id.to_string(), "order_line_id": proposal.line_id.to_string() });
    audit(&mut batch, actor, &order, "order.substitute_withdraw", details, now);
    batch.run(tx)?;
    get(tx, order.account_id, id)
}

/// The account took what is proposed, by a change of the order.
pub(super) fn accepted(tx: &mut Connection, proposal: &Proposal, actor: &Actor, now: Timestamp) -> Result<()> {
    let mut batch = Batch::new();
    store::update_decided(&mut batch, proposal.id, State::Accepted, (actor.to_string(), None), now);
    batch.run(tx)
}
