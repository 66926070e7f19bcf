//! The supplier acts on request, by the use cases that the desk has: what a partner sees is what the portal would do.

use serde_json::json;

use super::rules::Act;
use super::sentences;
use crate::accounts;
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::{Code, Error, Result};
use crate::identity::idempotency::Request;
use crate::identity::rules::StaffRole;
use crate::ids::{AccountId, OrderId, OrderLineId, PersonId, SandboxId};
use crate::invoices::payments::{self, PaymentRequest};
use crate::invoices::{self, issuing};
use crate::orders::Releasing;
use crate::orders::rules::{Order, State};
use crate::quantity::Quantity;
use crate::shipments::{self, ShipmentRequest};
use crate::{clock, orders};

/// Shipments and invoices of an order that one act deals with.
const AT_ONCE: i64 = 200;

/// Who acts, and where.
#[derive(Debug, Clone, Copy)]
pub struct Stage {
    pub id: SandboxId,
    pub account_id: AccountId,
}

impl Stage {
    /// A request of the supplier's row, new each time.
    fn request(self, route: &'static str) -> Result<Request> {
        let [low] = clock::random_bytes::<1>();
        let key = format!("sandbox-{}-{low}", crate::ids::next());
        Request::new(PersonId(self.id.0), route, key, &json!({}))
    }
}

fn actor() -> Actor {
    Actor::program("sandbox")
}

/// Does it to an order of the account; the order as it is then.
pub fn act(tx: &mut Connection, stage: Stage, id: OrderId, act: Act, now: Timestamp) -> Result<Order> {
    let order = orders::get(tx, stage.account_id, id)?;
    match act {
        Act::Accept => accept(tx, &order, now)?,
        Act::Ship => ship(tx, stage, &order, None, now)?,
        Act::ShipPart => {
            let part = part_of(&order)?;
            ship(tx, stage, &order, Some(vec![part]), now)?;
        }
        Act::Deliver => deliver(tx, stage, id, now)?,
        Act::Invoice => invoice(tx, stage, id, now)?,
        Act::Pay => pay(tx, stage, id, now)?,
        Act::Reject => {
            orders::cancel_as_staff(tx, id, Some("sandbox"), &actor(), now)?;
        }
    }
    orders::get(tx, stage.account_id, id)
}

fn accept(tx: &mut Connection, order: &Order, now: Timestamp) -> Result<()> {
    if order.state == State::OnHold {
        let by = Releasing {
            reason: "sandbox",
            roles: &[StaffRole::Admin],
            is_fresh: true,
        };
        orders::release(tx, order.id, by, &actor(), now)?;
    }
    orders::accept(tx, order.id, &actor(), now).map(drop)
}

fn ship(
    tx: &mut Connection,
    stage: Stage,
    order: &Order,
    lines: Option<Vec<(Option<OrderLineId>, String)>>,
    now: Timestamp,
) -> Result<()> {
    if matches!(order.state, State::Placed | State::OnHold) {
        accept(tx, order, now)?;
    }
    let request = ShipmentRequest {
        order_id: Some(order.id),
        lines,
        carrier: Some("Sandbox".to_owned()),
        tracking_number: None,
        packages: Vec::new(),
    };
    let key = stage.request("POST /api/v1/supplier/shipments")?;
    shipments::ship(tx, &key, &request, &actor(), now).map(drop)
}

/// A line and how much of it leaves, so that something stays behind.
fn part_of(order: &Order) -> Result<(Option<OrderLineId>, String)> {
    let open: Vec<_> = order
        .lines
        .iter()
        .filter(|line| line.shipped == 0 && line.to_leave() > 0)
        .collect();
    let whole = open
        .first()
        .filter(|_| open.len() > 1)
        .map(|line| (line.id, line.quantity.ordered));
    let half = open.iter().find(|line| line.quantity.ordered.steps > 1).map(|line| {
        let ordered = line.quantity.ordered;
        (line.id, Quantity::new(ordered.steps / 2, ordered.decimals))
    });
    match whole.or(half) {
        Some((id, quantity)) => Ok((Some(id), quantity.to_string())),
        None => Err(Error::conflict(
            Code::NothingToShip,
            sentences::sandbox_not_parted(order.number),
        )),
    }
}

fn shipments_of(
    tx: &mut Connection,
    stage: Stage,
    id: OrderId,
    filter: shipments::Filter,
) -> Result<Vec<crate::ids::ShipmentId>> {
    let filter = shipments::Filter {
        order_id: Some(id),
        ..filter
    };
    let scope = Scope::Account(stage.account_id);
    let found = shipments::list(tx, scope, &filter, shipments::Sort::Oldest, None, AT_ONCE)?;
    Ok(found.into_iter().map(|shipment| shipment.id).collect())
}

fn deliver(tx: &mut Connection, stage: Stage, id: OrderId, now: Timestamp) -> Result<()> {
    let filter = shipments::Filter {
        state: Some(shipments::rules::State::Shipped),
        ..shipments::Filter::default()
    };
    for shipment in shipments_of(tx, stage, id, filter)? {
        shipments::deliver(tx, shipment, &actor(), now)?;
    }
    Ok(())
}

fn invoice(tx: &mut Connection, stage: Stage, id: OrderId, now: Timestamp) -> Result<()> {
    let filter = shipments::Filter {
        to_invoice: true,
        ..shipments::Filter::default()
    };
    for shipment in shipments_of(tx, stage, id, filter)? {
        let key = stage.request("POST /api/v1/supplier/invoices")?;
        issuing::issue(tx, &key, Some(shipment), &actor(), now)?;
    }
    Ok(())
}

fn pay(tx: &mut Connection, stage: Stage, id: OrderId, now: Timestamp) -> Result<()> {
    let account = accounts::get(tx, stage.account_id)?;
    let zone = accounts::supplier_zone(tx)?;
    let filter = invoices::Filter {
        order_id: Some(id),
        unpaid: true,
        ..invoices::Filter::default()
    };
    let scope = Scope::Account(stage.account_id);
    let open = invoices::list(tx, scope, &filter, invoices::Sort::Oldest, None, AT_ONCE)?;
    for invoice in open {
        let request = PaymentRequest {
            account: account.code.clone(),
            amount: invoice.open.to_string(),
            currency: invoice.currency.code().to_owned(),
            received_on: clock::day_in(zone, now),
            invoice_id: Some(Some(invoice.id)),
            reminder_id: None,
            reference: Some(invoice.number.clone()),
            allocations: Vec::new(),
        };
        let key = stage.request("POST /api/v1/supplier/payments")?;
        payments::receive(tx, &key, &request, &actor(), now)?;
    }
    Ok(())
}
