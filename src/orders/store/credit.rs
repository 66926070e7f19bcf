//! Orders that finance has let go on over a limit of credit.

use crate::clock::Timestamp;
use crate::db::{Batch, Connection, sql};
use crate::error::Result;
use crate::ids::OrderId;

/// Up to which sum finance let an order go on, minor units.
pub fn find_approved(connection: &mut Connection, id: OrderId) -> Result<Option<i64>> {
    sql("SELECT amount_minor FROM credit_approvals WHERE order_id = $1")
        .bind(id)
        .first(connection)
}

/// Says up to which sum finance lets an order go on.
pub fn approve(batch: &mut Batch, id: OrderId, amount_minor: i64, by: &str, now: Timestamp) {
    batch.add(
        sql(
            "INSERT INTO credit_approvals (order_id, amount_minor, approved_at, approved_by) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (order_id) DO UPDATE SET amount_minor = excluded.amount_minor, \
             approved_at = excluded.approved_at, approved_by = excluded.approved_by",
        )
        .bind(id)
        .bind(amount_minor)
        .bind(now)
        .bind(by),
    );
}
