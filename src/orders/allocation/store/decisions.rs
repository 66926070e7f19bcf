//! Decisions on who got stock, with all they were made from.

use crate::clock::Timestamp;
use crate::db::{Batch, Connection, insertion, select, sets, sql};
use crate::error::{Error, Result};
use crate::ids::{DecisionId, OrderId, OrderLineId, ProductId};
use crate::orders::allocation::rules::{CauseName, Decision, Input, Share};
use crate::row;

row! {
    struct DecisionRow into allocation_decisions {
        id: DecisionId,
        decided_at: Timestamp,
        product_id: ProductId,
        cause: CauseName,
        cause_id: Option<i64>,
        input: String,
        outcome: String,
    }
}

row! {
    struct AllocationRow into allocations {
        order_line_id: OrderLineId,
        decision_id: DecisionId,
        rank: i64,
        wanted: i64,
        quantity: i64,
    }
}

/// Writes decisions down; `cause` is the name and id of what made stock free or asked for it.
pub fn insert_decisions(
    batch: &mut Batch,
    decisions: &[Decision],
    (cause, cause_id): (CauseName, Option<i64>),
    now: Timestamp,
) -> Result<()> {
    if decisions.is_empty() {
        return Ok(());
    }
    let (mut rows, mut shares) = (Vec::new(), Vec::new());
    for decision in decisions {
        let id = DecisionId::new();
        rows.push(DecisionRow {
            id,
            decided_at: now,
            product_id: decision.product_id,
            cause,
            cause_id,
            input: sets::json(&decision.input)?,
            outcome: sets::json(&decision.shares)?,
        });
        shares.extend(decision.shares.iter().map(|share| AllocationRow {
            order_line_id: share.order_line_id,
            decision_id: id,
            rank: share.rank,
            wanted: share.wanted,
            quantity: share.quantity,
        }));
    }
    batch.add(insertion(&rows)?);
    if !shares.is_empty() {
        batch.add(insertion(&shares)?);
    }
    Ok(())
}

/// A decision as it was recorded.
#[derive(Debug, Clone)]
pub struct Recorded {
    pub id: DecisionId,
    pub decided_at: Timestamp,
    /// Number of the product.
    pub sku: String,
    /// Decimals of its base unit.
    pub decimals: u8,
    /// What made stock free or asked for it.
    pub cause: CauseName,
    /// The order or receipt.
    pub cause_id: Option<i64>,
    /// What was decided, from what.
    pub decision: Decision,
}

row! {
    struct RecordedRow from "allocation_decisions d JOIN products p ON p.id = d.product_id" {
        id: DecisionId = "d.id",
        decided_at: Timestamp = "d.decided_at",
        product_id: ProductId = "d.product_id",
        sku: String = "p.sku",
        decimals: u8 = "p.decimals",
        cause: CauseName = "d.cause",
        cause_id: Option<i64> = "d.cause_id",
        input: String = "d.input",
        outcome: String = "d.outcome",
    }
}

fn recorded(row: RecordedRow) -> Result<Recorded> {
    let input: Input = serde_json::from_str(&row.input).map_err(Error::internal)?;
    let shares: Vec<Share> = serde_json::from_str(&row.outcome).map_err(Error::internal)?;
    Ok(Recorded {
        id: row.id,
        decided_at: row.decided_at,
        sku: row.sku,
        decimals: row.decimals,
        cause: row.cause,
        cause_id: row.cause_id,
        decision: Decision {
            product_id: row.product_id,
            input,
            shares,
        },
    })
}

/// The decisions that one receipt or order caused, by product number.
pub fn list_decisions_of_cause(connection: &mut Connection, cause_id: i64) -> Result<Vec<Recorded>> {
    let rows: Vec<RecordedRow> = select::<RecordedRow>("WHERE d.cause_id = $1 ORDER BY p.sku, d.id")
        .bind(cause_id)
        .rows(connection)?;
    rows.into_iter().map(recorded).collect()
}

/// Decisions by id behind `after`, of one product if it is named; for staff and checks.
pub fn list_decisions(
    connection: &mut Connection,
    sku: Option<&str>,
    after: DecisionId,
    limit: i64,
) -> Result<Vec<Recorded>> {
    let rows: Vec<RecordedRow> =
        select::<RecordedRow>("WHERE d.id > $1 AND ($2 IS NULL OR p.sku = $2) ORDER BY d.id LIMIT $3")
            .bind(after.0)
            .bind(sku.map(str::to_owned))
            .bind(limit)
            .rows(connection)?;
    rows.into_iter().map(recorded).collect()
}

/// The decisions that gave something to lines of an order or passed them over, the newest first.
pub fn list_decisions_of_order(connection: &mut Connection, order_id: OrderId, limit: i64) -> Result<Vec<Recorded>> {
    let rows: Vec<RecordedRow> = select::<RecordedRow>(
        "WHERE d.id IN (SELECT a.decision_id FROM order_lines l JOIN allocations a ON a.order_line_id = l.id \
         WHERE l.order_id = $1) ORDER BY d.id DESC LIMIT $2",
    )
    .bind(order_id)
    .bind(limit)
    .rows(connection)?;
    rows.into_iter().map(recorded).collect()
}

/// Those waiting lines of an order that saw stock go to others of a higher rank since they wait, with their products.
pub fn list_passed_over(connection: &mut Connection, order_id: OrderId) -> Result<Vec<(OrderLineId, ProductId)>> {
    sql(
        "SELECT l.id, l.product_id FROM order_lines l JOIN orders o ON o.id = l.order_id \
         WHERE l.order_id = $1 AND l.backordered > 0 AND EXISTS (SELECT 1 FROM allocation_decisions d \
         JOIN allocations other ON other.decision_id = d.id \
         LEFT JOIN allocations own ON own.decision_id = d.id AND own.order_line_id = l.id \
         WHERE d.product_id = l.product_id AND d.cause <> 'order_placed' AND d.decided_at >= o.queued_at \
         AND other.quantity > 0 AND other.order_line_id <> l.id AND (own.rank IS NULL OR other.rank < own.rank))",
    )
    .bind(order_id)
    .rows(connection)
}
