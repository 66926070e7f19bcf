//! Something else is sent instead of what waits of a line. The supplier's table or its staff offer it; the account says yes, and the
//! line keeps what was ordered. It is a change of the order like any other: price of the day, credit, revision, event, mail.
//!
//! - [`proposing`]: staff propose an article for a line, and what the account says to that

pub mod api;
pub mod checks;
pub mod pages;
pub mod proposing;
pub mod rules;
pub mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use std::collections::HashMap;

use self::proposing::Proposal;
use super::changes::rules::{Added, AskedLine, Request};
use super::changes::{self, Done, Preview, Sent};
use super::rules::choices::days_together;
use super::rules::{Order, OrderLine};
use super::sentences;
use crate::accounts::terms::{self, Terms};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{AccountId, OrderChangeId, OrderId, OrderLineId};
use crate::keys;
use crate::money::Money;
use crate::names::sets::Side;
use crate::substitutes::offering::{self, Offer, Want};
use crate::version::Expected;

/// What could be taken instead of lines.
pub type Offers = HashMap<OrderLineId, Vec<Offer>>;

fn want(line: &OrderLine, steps: i64) -> Want {
    Want {
        product_id: line.product_id,
        decimals: line.base_decimals,
        base_steps: steps,
        unit: line.unit.clone(),
    }
}

/// What could be taken instead of what waits of an order; asks only if something waits and anything is offered at all.
pub fn offers_of(connection: &mut Connection, terms: &Terms, order: &Order, now: Timestamp) -> Result<Offers> {
    let waits: Vec<_> = waiting(order).collect();
    if waits.is_empty() || !terms.has_substitutes {
        return Ok(Offers::new());
    }
    let wants: Vec<_> = waits.iter().map(|line| want(line, line.backordered)).collect();
    let offers = offering::offers(connection, terms, &wants, now)?;
    Ok(waits.iter().map(|line| line.id).zip(offers).collect())
}

/// The lines of an order of which something waits for stock.
pub fn waiting(order: &Order) -> impl Iterator<Item = &OrderLine> {
    let is_served = order.state.is_served();
    order.lines.iter().filter(move |line| is_served && line.backordered > 0)
}

/// What could be taken instead of what waits of an order of the account, and what staff propose.
#[derive(Debug)]
pub struct Standing {
    pub order: Order,
    /// What is proposed comes first.
    pub offers: Offers,
    pub proposals: HashMap<OrderLineId, Proposal>,
}

/// The order of the account with what could be taken instead of what waits of it.
pub fn standing(connection: &mut Connection, account_id: AccountId, id: OrderId, now: Timestamp) -> Result<Standing> {
    let order = days_together(super::get(connection, account_id, id)?);
    stand(connection, order, now)
}

/// The same of an order that was read already; asks nothing of one of which nothing waits.
pub fn stand(connection: &mut Connection, order: Order, now: Timestamp) -> Result<Standing> {
    if waiting(&order).next().is_none() {
        return Ok(Standing {
            order,
            offers: Offers::new(),
            proposals: HashMap::new(),
        });
    }
    let terms = terms::load(connection, order.account_id)?;
    let mut offers = offers_of(connection, &terms, &order, now)?;
    let proposals = proposing::open_of(connection, &order)?;
    for line in waiting(&order) {
        let Some(proposal) = proposals.get(&line.id) else {
            continue;
        };
        let proposed = proposing::offer(connection, &terms, line, proposal, line.backordered, now)?;
        let own = offers.entry(line.id).or_default();
        own.retain(|offer| offer.article.product_id != proposal.product_id);
        own.splice(0..0, proposed);
    }
    Ok(Standing {
        order,
        offers,
        proposals,
    })
}

/// What somebody wants instead of what waits of a line.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// The supplier's number of the article, or the account's own.
    pub sku: String,
    /// Instead of how much of what waits, in the line's unit; all of it if left out.
    pub quantity: Option<String>,
    /// What it was shown to cost: if it costs something else by now, nothing is done.
    pub net: Option<String>,
}

/// A wish as a change of the order, and whether staff had proposed it.
struct Wanted {
    request: Request,
    proposal: Option<Proposal>,
}

/// How many base steps of what waits of a line somebody wants something else for.
fn steps_of(line: &OrderLine, quantity: Option<&str>) -> Result<i64> {
    let steps = match quantity {
        None => line.backordered,
        Some(text) => {
            let part = line.parse_part(text);
            let part = part.map_err(|fault| Error::invalid("/quantity", fault.code, fault.detail))?;
            part.base_steps
        }
    };
    match steps {
        steps if steps > 0 && steps <= line.backordered => Ok(steps),
        _ => {
            let waits = line.part(line.backordered).ordered;
            let detail = changes::sentences::change_waits_for_less(line.position, waits);
            Err(Error::conflict(Code::OrderStateForbids, detail))
        }
    }
}

fn read(
    connection: &mut Connection,
    order: &Order,
    line_id: OrderLineId,
    wish: &Wish,
    now: Timestamp,
) -> Result<Wanted> {
    let line = order
        .lines
        .iter()
        .find(|line| line.id == line_id)
        .ok_or(Error::NotFound)?;
    if !waiting(order).any(|waiting| waiting.id == line_id) {
        let detail = sentences::line_does_not_wait(line.position);
        return Err(Error::conflict(Code::OrderStateForbids, detail));
    }
    let steps = steps_of(line, wish.quantity.as_deref())?;
    let terms = terms::load(connection, order.account_id)?;
    let proposal = proposing::open_of(connection, order)?.remove(&line_id);
    let mut offers = match &proposal {
        Some(proposal) => proposing::offer(connection, &terms, line, proposal, steps, now)?,
        None => Vec::new(),
    };
    let proposed = offers.len();
    offers.extend(
        offering::offers(connection, &terms, &[want(line, steps)], now)?
            .into_iter()
            .flatten(),
    );
    let is_meant = |offer: &Offer| {
        let own = offer.article.customer_part_number.as_deref();
        keys::same(&offer.article.sku, &wish.sku) || own.is_some_and(|own| keys::same(own, &wish.sku))
    };
    let Some(place) = offers.iter().position(is_meant) else {
        let detail = sentences::not_offered_instead(&wish.sku, line.position);
        return Err(Error::invalid("/sku", Code::UnknownSku, detail));
    };
    let offer = offers.swap_remove(place);
    let net = Money::new(offer.priced.net_minor, offer.currency).to_string();
    if wish.net.as_ref().is_some_and(|seen| *seen != net) {
        return Err(Error::conflict(
            Code::PreconditionFailed,
            sentences::costs_otherwise_now(net),
        ));
    }
    let added = Added {
        product_id: Some(offer.article.product_id.to_string()),
        unit: Some(offer.unit.unit.clone()),
        quantity: offer.quantity.ordered.to_string(),
        ..Added::default()
    };
    let instead = AskedLine::Instead {
        line: Some(line_id),
        quantity: Some(line.part(steps).ordered.to_string()),
        added,
    };
    Ok(Wanted {
        request: Request {
            lines: vec![instead],
            ..Request::default()
        },
        proposal: proposal.filter(|_| place < proposed),
    })
}

/// What taking something else instead of what waits of a line would come to; stores nothing.
pub fn preview(
    connection: &mut Connection,
    account_id: AccountId,
    (id, line_id): (OrderId, OrderLineId),
    wish: &Wish,
    now: Timestamp,
) -> Result<Preview> {
    let order = super::get(connection, account_id, id)?;
    let wanted = read(connection, &order, line_id, wish, now)?;
    changes::preview_of(
        connection,
        order,
        (Side::Account, wanted.proposal.is_some()),
        &wanted.request,
        now,
    )
}

/// The account takes something else instead of what waits of a line. What staff proposed is done at once; of an order that the
/// supplier took on anything else is asked for. The same request with the same key has one effect.
pub fn take(
    tx: &mut Connection,
    account_id: AccountId,
    (id, line_id): (OrderId, OrderLineId),
    wish: &Wish,
    (key, seen): (&idempotency::Request, Option<&Expected>),
    actor: &Actor,
    now: Timestamp,
) -> Result<Done> {
    let change_id = OrderChangeId::new();
    if let Begun::Replay(created) = idempotency::begin(tx, key, change_id.0, now)? {
        return Ok(Done {
            change: changes::get(tx, account_id, OrderChangeId(created))?,
            order: super::get(tx, account_id, id)?,
            replayed: true,
        });
    }
    let order = super::lock(tx, account_id, id)?;
    let wanted = read(tx, &order, line_id, wish, now)?;
    let sent = Sent {
        request: &wanted.request,
        reason: None,
        key: None,
        seen,
        is_agreed: wanted.proposal.is_some(),
    };
    let done = changes::make(tx, change_id, (account_id, Side::Account), id, sent, actor, now)?;
    if let Some(proposal) = wanted.proposal {
        proposing::accepted(tx, &proposal, actor, now)?;
    }
    Ok(done)
}
