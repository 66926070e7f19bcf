//! Placing an order: order, reservations, commitment, event, audit and the answer to its key in one transaction.

use std::collections::HashMap;

use serde_json::json;

use super::allocation::{self, Cause};
use super::credit;
use super::ending::{At, end_at_once, must_have_something};
use super::entitlements::rules::Settled;
use super::planning::{OrderRequest, Orderer, Plan, plan, plan_again};
use super::promising;
use super::recording::{add_event, add_shortage, audit, head};
use super::rules::choices::days_together;
use super::rules::{Order, PlacedBy, Source, State};
use super::store;
use super::substituting;
use crate::accounts::credit::rules::{CreditCheck, CreditPoint};
use crate::accounts::terms;
use crate::audit::Actor;
use crate::catalogue::rules::OrderQuantity;
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Error, Result};
use crate::events::payloads::{OrderOnHold, OrderPlaced};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{AccountId, OrderId, OrderLineId};
use crate::inventory::{self, Purpose, quotas};
use crate::ledger;
use crate::pricing::splitting::rules::Load;
use crate::substitutes::offering::{Offer, explained};

/// What came of a request.
#[derive(Debug)]
pub struct Placed {
    /// The order as it stands now.
    pub order: Order,
    /// True if an earlier request with the same key placed it.
    pub replayed: bool,
}

/// What placing would come to.
#[derive(Debug)]
pub struct Preview {
    pub order: Order,
    /// What becomes of the class.
    pub settled: Settled,
    /// What could be taken instead of lines of which something would wait.
    pub offers: HashMap<OrderLineId, Vec<Offer>>,
    /// What the goods weigh and take up.
    pub load: Option<Load>,
}

/// What placing would come to; changes nothing. A refusal says what could be ordered instead of what is no more.
pub fn preview(
    connection: &mut Connection,
    orderer: &Orderer,
    request: &OrderRequest,
    now: Timestamp,
) -> Result<Preview> {
    let plan = plan_or_say(connection, OrderId::new(), orderer, request, Purpose::Preview, now)?;
    must_have_something(&plan.order)?;
    let offers = substituting::offers_of(connection, &plan.terms, &plan.order, now)?;
    Ok(Preview {
        order: days_together(plan.order),
        settled: plan.settled,
        offers,
        load: plan.load,
    })
}

/// Plans an order. A refusal says what could be ordered instead of what is no more.
fn plan_or_say(
    connection: &mut Connection,
    id: OrderId,
    orderer: &Orderer,
    request: &OrderRequest,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Plan> {
    match plan(connection, id, orderer, request, purpose, now) {
        Err(error @ Error::Invalid(_)) => {
            let terms = terms::load(connection, orderer.account_id)?;
            let lines: Vec<_> = request.lines.iter().map(|line| line.line.clone()).collect();
            Err(explained(connection, &terms, &lines, error, now)?)
        }
        plan => plan,
    }
}

/// Places an order. An order above the credit limit is placed on hold. With a key, the same request has one effect.
pub fn place(
    tx: &mut Connection,
    orderer: &Orderer,
    actor: &Actor,
    key: Option<&idempotency::Request>,
    request: &OrderRequest,
    now: Timestamp,
) -> Result<Placed> {
    let id = OrderId::new();
    if let Some(key) = key
        && let Begun::Replay(created) = idempotency::begin(tx, key, id.0, now)?
    {
        let order = store::find(tx, orderer.account_id, OrderId(created))?;
        let order = order.ok_or_else(|| Error::internal(format!("{} of a key is gone", OrderId(created))))?;
        return Ok(Placed { order, replayed: true });
    }
    let plan = plan_or_say(tx, id, orderer, request, Purpose::Change, now)?;
    must_have_something(&plan.order)?;
    let order = keep(tx, plan, actor, now)?;
    let order = end_at_once(tx, order, At::Forming, actor, now)?;
    Ok(Placed { order, replayed: false })
}

/// Lines of an order once more, without charge.
#[derive(Debug, Clone)]
pub struct Again {
    pub account_id: AccountId,
    /// The order whose lines they are.
    pub order_id: OrderId,
    /// For whom.
    pub by: Option<PlacedBy>,
    /// What the account calls the new order.
    pub po_number: String,
    /// How much of which lines.
    pub lines: Vec<(OrderLineId, OrderQuantity)>,
    /// Where it comes from.
    pub source: Source,
}

/// Places lines of an order once more, without charge. Whoever calls sees to it that it is done once.
pub fn place_again(tx: &mut Connection, again: &Again, actor: &Actor, now: Timestamp) -> Result<Order> {
    let order = super::get(tx, again.account_id, again.order_id)?;
    let orderer = Orderer {
        account_id: again.account_id,
        by: again.by,
    };
    let asked = (again.po_number.as_str(), again.lines.as_slice());
    let plan = plan_again(tx, OrderId::new(), &orderer, &order, asked, now)?;
    let order = keep(tx, plan, actor, now)?;
    super::note_source(tx, order.id, again.source)?;
    super::get(tx, order.account_id, order.id)
}

/// Stores a planned order with all that belongs to it.
fn keep(tx: &mut Connection, plan: Plan, actor: &Actor, now: Timestamp) -> Result<Order> {
    let Plan {
        mut order,
        takes,
        drawn,
        decisions,
        promises,
        stock,
        exceeded,
        ..
    } = plan;
    order.number = store::next_number(tx)?;
    let mut batch = Batch::new();
    store::insert(&mut batch, &order)?;
    inventory::save(&mut batch, &stock)?;
    let days: HashMap<_, _> = order
        .lines
        .iter()
        .map(|line| (line.id, line.stock_promised_on))
        .collect();
    let takes = takes
        .into_iter()
        .map(|(id, take)| (id, take, days.get(&id).copied().flatten()));
    allocation::store::add_reservations(&mut batch, &takes.collect::<Vec<_>>())?;
    quotas::add_uses(&mut batch, &drawn)?;
    allocation::store::insert_decisions(&mut batch, &decisions, Cause::OrderPlaced(order.id).recorded(), now)?;
    if order.state.is_committed() {
        ledger::commit(&mut batch, order.account_id, order.id, order.commitment_minor(), now);
    }
    let parts = order.lines.iter();
    let parts = parts.flat_map(|line| promising::rows_of(line.id, line.product_id, &line.expected));
    promising::store::insert(&mut batch, &parts.collect::<Vec<_>>())?;
    record(&mut batch, actor, &order, now);
    if let Some((CreditCheck::Warn, exceeded)) = exceeded {
        credit::warn(&mut batch, &order, (CreditPoint::Order, exceeded), actor, now);
    }
    batch.run(tx).map_err(|error| store::explain_insert(error, &order))?;
    promises.store(tx, &HashMap::new(), Batch::new(), (None, now))?;
    Ok(order)
}

fn record(batch: &mut Batch, actor: &Actor, order: &Order, now: Timestamp) {
    let placed = OrderPlaced {
        order: head(order),
        state: order.state,
        currency: order.currency.code().to_owned(),
        net_total: order.net.to_string(),
        gross_total: order.gross.map(|gross| gross.to_string()),
        by_staff: actor.acting.as_ref().map(|acting| acting.staff.to_string()),
    };
    audit(batch, actor, order, "order.place", json!(placed), now);
    add_event(batch, order, placed, now);
    if order.state == State::OnHold {
        let held = OrderOnHold {
            order: head(order),
            hold_reasons: order.hold_reasons.clone(),
            reason: None,
            was: None,
        };
        add_event(batch, order, held, now);
    }
    add_shortage(batch, order, now);
}
