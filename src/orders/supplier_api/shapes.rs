//! Orders as REST shows them to staff.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::Serialize;

use crate::accounts;
use crate::accounts::rules::Tier;
use crate::clock::{Timestamp, day_in, now, rfc3339};
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{OrderId, OrderLineId};
use crate::orders::allocation::Queue;
use crate::orders::allocation::rules::{Others, importance, reason_for_staff};
use crate::orders::api::shapes::{OrderHeadView, OrderView};
use crate::orders::rules::Order;
use crate::orders::{self, Listed, Owner};

/// Whose an order is.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OrderAccountView {
    #[schema(example = "ACME")]
    code: String,
    name: String,
    tier: Tier,
}

impl From<Owner> for OrderAccountView {
    fn from(Owner { code, name, tier }: Owner) -> Self {
        Self { code, name, tier }
    }
}

/// An order in the desk's list.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct QueuedOrderView {
    #[serde(flatten)]
    order: OrderHeadView,
    account: OrderAccountView,
    /// Since when it has its place in the queue. RFC 3339, UTC.
    queued_at: String,
    /// What the place in the queue follows from.
    #[schema(example = "platinum, critical, wanted by 24 Dec, waits since 2 Nov")]
    rank_reason: String,
}

impl QueuedOrderView {
    /// The order as it stands on the day `today` of the supplier's zone.
    pub fn new(listed: Listed, zone: Tz, today: NaiveDate) -> Self {
        let order = &listed.order;
        let since = day_in(zone, order.queued_at);
        let reason = importance(listed.account.tier, order.order_class, order.requested_on, since, today);
        Self {
            account: listed.account.into(),
            queued_at: rfc3339(order.queued_at),
            rank_reason: reason.to_string(),
            order: listed.order.into(),
        }
    }
}

/// An order with what only staff see of it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SupplierOrderView {
    #[serde(flatten)]
    order: OrderView,
    account: OrderAccountView,
    /// Since when it has its place in the queue. RFC 3339, UTC.
    queued_at: String,
    /// Where its waiting lines stand among all that wait for the same product.
    queue: Vec<PlaceView>,
}

/// Where a waiting line stands.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PlaceView {
    order_line_id: String,
    /// From 1.
    rank: usize,
    /// Lines that wait for the product.
    of: usize,
    #[schema(example = "rank 3 of 7: platinum, critical, waits since 2 Nov")]
    reason: String,
}

impl SupplierOrderView {
    /// An order as the desk reads it now.
    pub fn load(connection: &mut Connection, order: Order) -> Result<Self> {
        let passed_over = orders::passed_over(connection, &order)?;
        let queue = orders::waiting_beside(connection, &order)?;
        let account = accounts::get(connection, order.account_id)?;
        let account = Owner {
            code: account.code,
            name: account.name,
            tier: account.tier,
        };
        let zone = accounts::supplier_zone(connection)?;
        Ok(Self::new(order, account, &passed_over, &queue, (zone, now())))
    }

    /// The order with all lines that wait for its products.
    fn new(
        order: Order,
        account: Owner,
        passed_over: &[(OrderLineId, Others)],
        queue: &Queue,
        (zone, now): (Tz, Timestamp),
    ) -> Self {
        let today = day_in(zone, now);
        let places = queue.places_of(order.id).into_iter().map(|(place, line)| {
            let since = day_in(zone, line.rank.queued_at);
            let (rank, of, _) = place;
            PlaceView {
                order_line_id: line.order_line_id.to_string(),
                rank,
                of,
                reason: reason_for_staff(place, &line.rank, since, today).to_string(),
            }
        });
        Self {
            account: account.into(),
            queued_at: rfc3339(order.queued_at),
            queue: places.collect(),
            order: OrderView::with_allocation(order, passed_over),
        }
    }
}

/// An order among all.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ExportedOrderView {
    /// Code of the account.
    #[schema(example = "ACME")]
    account: String,
    #[serde(flatten)]
    order: OrderView,
}

impl ExportedOrderView {
    /// These orders, each with its id.
    pub fn of_all(connection: &mut Connection, orders: Vec<Order>) -> Result<Vec<(OrderId, Self)>> {
        let ids: Vec<_> = orders.iter().map(|order| order.account_id).collect();
        let names = accounts::names(connection, &ids)?;
        let view = |order: Order| {
            let account = names.get(&order.account_id).map(|(code, _)| code.clone());
            let view = Self {
                account: account.unwrap_or_default(),
                order: OrderView::from(order.clone()),
            };
            (order.id, view)
        };
        Ok(orders.into_iter().map(view).collect())
    }
}
