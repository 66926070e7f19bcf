//! Changes of an order: other quantities, lines more or less, another place, day or class. Until the supplier takes the order on the
//! account changes it at once, after that it asks, and the supplier takes the change on or refuses it.
//!
//! - [`planning`], [`foreseeing`]: what a change comes to
//! - [`applying`]: it is made
//! - [`deciding`]: what was asked for is taken on, refused or taken back
//! - [`difference`]: what it does, as everybody reads it
//! - [`naming`]: what people type for an article

mod adding;
pub mod api;
pub mod applying;
pub mod checks;
pub mod deciding;
pub mod difference;
pub mod foreseeing;
pub mod mails;
pub mod naming;
pub mod pages;
pub mod planning;
pub mod rules;
pub mod sentences;
pub mod shapes;
mod reserving;
mod store;
pub mod supplier_api;
pub mod supplier_pages;
pub mod words;

use serde_json::json;

use self::applying::How;
use self::planning::plan;
use self::rules::listing::Filter;
use self::rules::{Request, State, Way, way};
use self::store::{New, Stored};
use super::ending::{At, end_at_once, must_have_something};
use super::recording::{add_event, audit, head};
use super::rules::head::check_note;
use super::rules::{HoldReason, Order};
use super::shipping::must_not_be_packed;
use super::steering::{check_reason, lock};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::seek::{Scope, Walk};
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::events::payloads::{OrderChangeRequested, OrderDifference};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{AccountId, OrderChangeId, OrderId};
use crate::inventory::Purpose;
use crate::money::Money;
use crate::names::sets::Side;
use crate::version::Expected;

/// A change with what it comes to.
pub type Change = rules::Change<OrderDifference>;

fn read(stored: Stored) -> Result<Change> {
    let difference = serde_json::from_str(&stored.difference).map_err(Error::internal)?;
    Ok(Change {
        difference,
        id: stored.id,
        account_id: stored.account_id,
        account: stored.account,
        order_id: stored.order_id,
        order_number: stored.order_number,
        po_number: stored.po_number,
        order_state: stored.order_state,
        state: stored.state,
        by: stored.by,
        made_by: stored.made_by,
        revision: stored.revision,
        reason: stored.reason,
        asked: stored.asked,
        created_at: stored.created_at,
        decided_at: stored.decided_at,
        decision_reason: stored.decision_reason,
        version: stored.version,
    })
}

/// The change of the account.
pub fn get(connection: &mut Connection, account_id: AccountId, id: OrderChangeId) -> Result<Change> {
    read(store::find(connection, account_id, id)?.ok_or(Error::NotFound)?)
}

/// A change of any account, for staff.
pub fn get_for_staff(connection: &mut Connection, id: OrderChangeId) -> Result<Change> {
    let (_, account_id) = store::find_order(connection, id)?.ok_or(Error::NotFound)?;
    get(connection, account_id, id)
}

/// At most `limit` changes, the newest first.
pub fn list(
    connection: &mut Connection,
    scope: Scope,
    filter: &Filter,
    after: impl Into<Walk<OrderChangeId>>,
    limit: i64,
) -> Result<Vec<Change>> {
    let found = store::list(connection, scope, filter, after, limit)?;
    found.into_iter().map(read).collect()
}

/// The change of the account's order that waits for the supplier.
pub fn find_open(connection: &mut Connection, account_id: AccountId, order_id: OrderId) -> Result<Option<Change>> {
    store::find_open(connection, account_id, order_id)?
        .map(read)
        .transpose()
}

/// What a change would come to.
#[derive(Debug)]
pub struct Preview {
    pub way: Way,
    /// The form of the order that would be.
    pub revision: i32,
    pub difference: OrderDifference,
    /// Why the order would be on hold.
    pub hold_reasons: Vec<HoldReason>,
    /// What would count against the account's credit.
    pub exposure: Money,
    /// None: no limit.
    pub credit_limit: Option<Money>,
    /// The order's.
    pub version: i64,
}

/// The way in which a side changes the order, or that its state does not allow it.
fn way_of(order: &Order, by: Side) -> Result<Way> {
    way(order.state, by).ok_or_else(|| {
        let detail = sentences::change_state_of_order(order.number, order.state.name());
        Error::conflict(Code::OrderStateForbids, detail)
    })
}

/// What changing the account's order would come to; stores nothing.
pub fn preview(
    connection: &mut Connection,
    (account_id, by): (AccountId, Side),
    id: OrderId,
    request: &Request,
    now: Timestamp,
) -> Result<Preview> {
    let order = super::get(connection, account_id, id)?;
    preview_of(connection, order, (by, false), request, now)
}

/// The same of an order that was read already; what both sides agreed on is made at once.
pub(super) fn preview_of(
    connection: &mut Connection,
    order: Order,
    (by, is_agreed): (Side, bool),
    request: &Request,
    now: Timestamp,
) -> Result<Preview> {
    let way = match way_of(&order, by)? {
        Way::OnRequest if is_agreed => Way::Now,
        way => way,
    };
    foresee(connection, order, way, request, now)
}

fn foresee(connection: &mut Connection, order: Order, way: Way, request: &Request, now: Timestamp) -> Result<Preview> {
    let planned = plan(connection, order, request, Purpose::Preview, (now, now))?;
    let (after, planned) = foreseeing::foresee(connection, planned)?;
    let credit = planned.credit;
    let money = |minor| Money::new(minor, after.currency);
    let counts = if after.state.is_committed() { credit.is } else { 0 };
    Ok(Preview {
        way,
        revision: after.revision,
        difference: difference::between(&planned.before, &after, false),
        hold_reasons: after.hold_reasons.clone(),
        exposure: money(credit.room.own.used.saturating_add(counts)),
        credit_limit: planned.terms.credit_limit,
        version: planned.before.version,
    })
}

/// What somebody sends.
#[derive(Debug, Clone, Copy)]
pub struct Sent<'a> {
    pub request: &'a Request,
    pub reason: Option<&'a str>,
    /// The same request with the same key has one effect.
    pub key: Option<&'a idempotency::Request>,
    /// The versions of the order it is meant for.
    pub seen: Option<&'a Expected>,
    /// The supplier has agreed to it already, whatever the order's state.
    pub is_agreed: bool,
}

/// What came of it.
#[derive(Debug)]
pub struct Done {
    pub change: Change,
    /// The order as it stands now.
    pub order: Order,
    /// True if an earlier request with the same key did it.
    pub replayed: bool,
}

/// Changes the account's order, or asks the supplier to: whatever its state allows to that side.
pub fn change(
    tx: &mut Connection,
    (account_id, by): (AccountId, Side),
    order_id: OrderId,
    sent: Sent<'_>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Done> {
    let id = OrderChangeId::new();
    if let Some(key) = sent.key
        && let Begun::Replay(created) = idempotency::begin(tx, key, id.0, now)?
    {
        return Ok(Done {
            change: get(tx, account_id, OrderChangeId(created))?,
            order: super::get(tx, account_id, order_id)?,
            replayed: true,
        });
    }
    make(tx, id, (account_id, by), order_id, sent, actor, now)
}

/// The same under an id of the caller's choice, who sees to it that it is done once.
pub(super) fn make(
    tx: &mut Connection,
    id: OrderChangeId,
    (account_id, by): (AccountId, Side),
    order_id: OrderId,
    sent: Sent<'_>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Done> {
    let reason = sent.reason.map(str::trim).filter(|reason| !reason.is_empty());
    let reason = match by {
        Side::Supplier => Some(check_reason(reason.unwrap_or_default())?),
        Side::Account => reason,
    };
    if let Some(fault) = check_note("/reason", reason) {
        return Err(Error::Invalid(vec![fault]));
    }
    let order = lock(tx, account_id, order_id)?;
    if let Some(seen) = sent.seen {
        seen.check(order.version)?;
    }
    let way = match way_of(&order, by)? {
        Way::OnRequest if sent.is_agreed => Way::Now,
        way => way,
    };
    match way {
        Way::Now => {
            must_not_be_packed(tx, &order)?;
            let planned = plan(tx, order, sent.request, Purpose::Change, (now, now))?;
            let how = How {
                id,
                by,
                on_request: false,
                reason,
            };
            let order = applying::apply(tx, planned, sent.request, how, actor, now)?;
            end_what_may_not_wait(tx, order, actor, now)?;
        }
        Way::OnRequest => ask(tx, id, order, (sent.request, reason), actor, now)?,
    }
    Ok(Done {
        change: get(tx, account_id, id)?,
        order: super::get(tx, account_id, order_id)?,
        replayed: false,
    })
}

/// Calls off what waits of lines whose buyer wants nothing of them to wait; a change that would leave nothing is refused.
fn end_what_may_not_wait(tx: &mut Connection, order: Order, actor: &Actor, now: Timestamp) -> Result<()> {
    must_have_something(&order)?;
    end_at_once(tx, order, At::Forming, actor, now).map(drop)
}

/// Asks the supplier for a change of a locked order.
fn ask(
    tx: &mut Connection,
    id: OrderChangeId,
    order: Order,
    (request, reason): (&Request, Option<&str>),
    actor: &Actor,
    now: Timestamp,
) -> Result<()> {
    let is_open = || {
        let detail = sentences::change_is_open(order.number);
        Error::conflict(Code::ChangeOpen, detail)
    };
    if store::find_open(tx, order.account_id, order.id)?.is_some() {
        return Err(is_open());
    }
    let difference = foresee(tx, order.clone(), Way::OnRequest, request, now)?.difference;
    let mut batch = Batch::new();
    let new = New {
        id,
        order: &order,
        state: State::Requested,
        side: Side::Account,
        revision: None,
        reason,
        asked: request,
        difference: serde_json::to_string(&difference).map_err(Error::internal)?,
        made_by: actor.to_string(),
    };
    store::insert(&mut batch, new, now)?;
    let requested = OrderChangeRequested {
        order: head(&order),
        change_id: id,
        difference: Box::new(difference),
        reason: reason.map(str::to_owned),
        by_staff: actor.acting.as_ref().map(|acting| acting.staff.to_string()),
    };
    audit(&mut batch, actor, &order, "order.change_request", json!(requested), now);
    add_event(&mut batch, &order, requested, now);
    batch.run(tx).map_err(|error| match store::is_open_elsewhere(&error) {
        true => is_open(),
        false => error,
    })
}
