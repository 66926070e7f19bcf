//! What an account asked for is taken on or refused by the supplier, or taken back by the account.

use serde_json::json;

use super::applying::{self, How};
use super::planning::plan;
use super::rules::State;
use super::store::{self, Decided};
use super::{Change, end_what_may_not_wait, get, sentences, way_of};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::events::payloads::{OrderChangeRefused, OrderChangeWithdrawn};
use crate::ids::{AccountId, OrderChangeId};
use crate::inventory::Purpose;
use crate::names::sets::Side;
use crate::orders::recording::{add_event, audit, head};
use crate::orders::rules::Order;
use crate::orders::rules::head::check_note;
use crate::orders::shipping::must_not_be_packed;
use crate::orders::steering::{check_reason, lock};

/// Locks the order of a change and reads both; of the account if one is named, else of whoever's. Somebody has to decide it still.
fn lock_open(tx: &mut Connection, account_id: Option<AccountId>, id: OrderChangeId) -> Result<(Order, Change)> {
    let (order_id, owner) = store::find_order(tx, id)?.ok_or(Error::NotFound)?;
    if account_id.is_some_and(|account_id| account_id != owner) {
        return Err(Error::NotFound);
    }
    let order = lock(tx, owner, order_id)?;
    let change = get(tx, owner, id)?;
    if !change.state.is_open() {
        let detail = sentences::change_state_forbids(order.number, change.state.name());
        return Err(Error::conflict(Code::ChangeStateForbids, detail));
    }
    Ok((order, change))
}

/// The supplier takes a change on: the order is changed as was asked, at the prices of the day it was asked for.
pub fn accept(
    tx: &mut Connection,
    id: OrderChangeId,
    reason: Option<&str>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Change> {
    if let Some(fault) = check_note("/reason", reason) {
        return Err(Error::Invalid(vec![fault]));
    }
    let (order, change) = lock_open(tx, None, id)?;
    way_of(&order, Side::Supplier)?;
    must_not_be_packed(tx, &order)?;
    let account_id = order.account_id;
    let planned = plan(tx, order, &change.asked, Purpose::Change, (change.created_at, now))?;
    let how = How {
        id,
        by: Side::Account,
        on_request: true,
        reason: reason.map(str::trim).filter(|reason| !reason.is_empty()),
    };
    let order = applying::apply(tx, planned, &change.asked, how, actor, now)?;
    end_what_may_not_wait(tx, order, actor, now)?;
    get(tx, account_id, id)
}

/// The supplier refuses a change; the account reads why.
pub fn refuse(tx: &mut Connection, id: OrderChangeId, reason: &str, actor: &Actor, now: Timestamp) -> Result<Change> {
    let reason = check_reason(reason)?;
    let (order, change) = lock_open(tx, None, id)?;
    let mut batch = Batch::new();
    let decided = Decided {
        state: State::Refused,
        revision: None,
        difference: None,
        by: actor.to_string(),
        reason: Some(reason),
    };
    store::update_decided(&mut batch, id, decided, now);
    let refused = OrderChangeRefused {
        order: head(&order),
        change_id: id,
        difference: Box::new(change.difference),
        reason: reason.to_owned(),
    };
    audit(&mut batch, actor, &order, "order.change_refuse", json!(refused), now);
    add_event(&mut batch, &order, refused, now);
    batch.run(tx)?;
    get(tx, order.account_id, id)
}

/// The account takes its wish back.
pub fn withdraw(
    tx: &mut Connection,
    account_id: AccountId,
    id: OrderChangeId,
    actor: &Actor,
    now: Timestamp,
) -> Result<Change> {
    let (order, _) = lock_open(tx, Some(account_id), id)?;
    let mut batch = Batch::new();
    let decided = Decided {
        state: State::Withdrawn,
        revision: None,
        difference: None,
        by: actor.to_string(),
        reason: None,
    };
    store::update_decided(&mut batch, id, decided, now);
    let withdrawn = OrderChangeWithdrawn {
        order: head(&order),
        change_id: id,
        by_staff: actor.acting.as_ref().map(|acting| acting.staff.to_string()),
    };
    audit(
        &mut batch,
        actor,
        &order,
        "order.change_withdraw",
        json!(withdrawn),
        now,
    );
    add_event(&mut batch, &order, withdrawn, now);
    batch.run(tx)?;
    get(tx, account_id, id)
}
