//! How far orders and lines have come.

use super::rows::{self, PlacedRow};
use crate::db::{Batch, Connection, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, OrderId, OrderLineId};
use crate::orders::rules::{Order, State};

/// Moves an order on.
pub fn update_state(batch: &mut Batch, order: &Order, state: State) {
    batch.add(
        sql("UPDATE orders SET state = $3, version = version + 1 WHERE account_id = $1 AND id = $2")
            .bind(order.account_id)
            .bind(order.id)
            .bind(state),
    );
}

/// Moves base steps of lines from reserved to shipped.
pub fn update_shipped(batch: &mut Batch, shipped: &[(OrderLineId, i64)]) -> Result<()> {
    let change = sql(
        "UPDATE order_lines SET reserved = reserved - d.steps, shipped = shipped + d.steps FROM {tuples $1: id \
         bigint, steps bigint} d WHERE order_lines.id = d.id",
    )
    .bind(sets::json(shipped)?);
    batch.add(change);
    Ok(())
}

/// Adds base steps to what is invoiced of lines.
pub fn update_invoiced(batch: &mut Batch, invoiced: &[(OrderLineId, i64)]) -> Result<()> {
    let change = sql(
        "UPDATE order_lines SET invoiced = invoiced + d.steps FROM {tuples $1: id bigint, steps bigint} d WHERE \
         order_lines.id = d.id",
    )
    .bind(sets::json(invoiced)?);
    batch.add(change);
    Ok(())
}

/// Heads of at most `limit` of the account's delivered orders of which all is invoiced and nothing is open.
pub fn list_settled(tx: &mut Connection, account_id: AccountId, limit: i64) -> Result<Vec<Order>> {
    let found = select::<PlacedRow>(
        "WHERE o.account_id = $1 AND o.state = {order_state delivered} \
         AND NOT EXISTS (SELECT 1 FROM order_lines l \
         WHERE l.order_id = o.id AND l.invoiced + l.cancelled < l.base_quantity) \
         AND NOT EXISTS (SELECT 1 FROM open_items i WHERE i.order_id = o.id AND i.open_minor > 0) ORDER BY o.id LIMIT $2",
    )
    .bind(account_id)
    .bind(limit)
    .rows(tx)?;
    found.into_iter().map(rows::order).collect()
}

/// The same of several accounts.
pub fn list_settled_of(tx: &mut Connection, account_ids: &[AccountId], limit: i64) -> Result<Vec<Order>> {
    let found = select::<PlacedRow>(
        "WHERE o.account_id {in ids $1} AND o.state = {order_state delivered} \
         AND NOT EXISTS (SELECT 1 FROM order_lines l \
         WHERE l.order_id = o.id AND l.invoiced + l.cancelled < l.base_quantity) \
         AND NOT EXISTS (SELECT 1 FROM open_items i WHERE i.order_id = o.id AND i.open_minor > 0) ORDER BY o.id LIMIT $2",
    )
    .bind(sets::json(account_ids)?)
    .bind(limit)
    .rows(tx)?;
    found.into_iter().map(rows::order).collect()
}

/// Heads of at most `limit` of the account's closed orders of which something is open.
pub fn list_unsettled(tx: &mut Connection, account_id: AccountId, limit: i64) -> Result<Vec<Order>> {
    let found = select::<PlacedRow>(
        "WHERE o.account_id = $1 AND o.state = {order_state closed} \
         AND o.id IN (SELECT i.order_id FROM open_items i WHERE i.account_id = $1 AND i.open_minor > 0) \
         ORDER BY o.id LIMIT $2",
    )
    .bind(account_id)
    .bind(limit)
    .rows(tx)?;
    found.into_iter().map(rows::order).collect()
}

/// Moves orders of several accounts on; for what has looked at whose already.
pub fn update_states_of(batch: &mut Batch, ids: &[OrderId], state: State) -> Result<()> {
    let change = sql("UPDATE orders SET state = $2, version = version + 1 WHERE id {in ids $1}")
        .bind(sets::json(ids)?)
        .bind(state);
    batch.add(change);
    Ok(())
}

/// Moves these orders of the account on.
pub fn update_states(batch: &mut Batch, account_id: AccountId, ids: &[OrderId], state: State) -> Result<()> {
    let change = sql("UPDATE orders SET state = $3, version = version + 1 WHERE account_id = $1 AND id {in ids $2}")
        .bind(account_id)
        .bind(sets::json(ids)?)
        .bind(state);
    batch.add(change);
    Ok(())
}
