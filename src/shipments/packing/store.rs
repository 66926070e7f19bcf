//! What is being packed, as it is stored. Every query of an account's takes the account.

use std::collections::HashMap;

use super::rules::{Filter, Packing, Picked, State};
use crate::binds;
use crate::catalogue::rules::OrderQuantity;
use crate::clock::Timestamp;
use crate::db::seek::{Scope, Seek, Walk, Way};
use crate::db::{Batch, Connection, insertion, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, OrderId, OrderLineId, PackingId, ShipmentId};
use crate::quantity::Quantity;
use crate::row;

row! {
    struct NewPacking<'a> into packings {
        id: PackingId,
        account_id: AccountId,
        order_id: OrderId,
        state: State,
        carrier: Option<&'a str>,
        tracking_number: Option<&'a str>,
        opened_by: String,
        opened_at: Timestamp,
        version: i64,
    }
}

row! {
    struct NewLine into packing_lines {
        packing_id: PackingId,
        position: i32,
        order_line_id: OrderLineId,
        quantity: i64,
        base_quantity: i64,
    }
}

row! {
    struct HeadRow from "packings k JOIN accounts a ON a.id = k.account_id JOIN orders o ON o.id = k.order_id \
                         JOIN sites t ON t.id = o.site_id LEFT JOIN shipments s ON s.id = k.shipment_id" {
        id: PackingId = "k.id",
        account_id: AccountId = "k.account_id",
        account: String = "a.code",
        order_id: OrderId = "k.order_id",
        order_number: i64 = "o.number",
        po_number: String = "o.po_number",
        ship_to: String = "t.code",
        state: State = "k.state",
        carrier: Option<String> = "k.carrier",
        tracking_number: Option<String> = "k.tracking_number",
        opened_at: Timestamp = "k.opened_at",
        closed_at: Option<Timestamp> = "k.closed_at",
        shipment_id: Option<ShipmentId> = "k.shipment_id",
        shipment: Option<i64> = "s.number",
        version: i64 = "k.version",
    }
}

row! {
    struct LineRow from "packing_lines p JOIN order_lines l ON l.id = p.order_line_id" {
        order_line_id: OrderLineId = "p.order_line_id",
        position: i32 = "l.position",
        sku: String = "l.sku",
        name: String = "l.name",
        unit: String = "l.unit",
        unit_code: String = "l.unit_code",
        unit_decimals: u8 = "l.unit_decimals",
        quantity: i64 = "p.quantity",
        base_quantity: i64 = "p.base_quantity",
    }
}

fn packing(row: HeadRow) -> Packing {
    Packing {
        id: row.id,
        account_id: row.account_id,
        account: row.account,
        order_id: row.order_id,
        order_number: row.order_number,
        po_number: row.po_number,
        ship_to: row.ship_to,
        state: row.state,
        carrier: row.carrier,
        tracking_number: row.tracking_number,
        opened_at: row.opened_at,
        closed_at: row.closed_at,
        shipment: row.shipment_id.zip(row.shipment),
        version: row.version,
        lines: Vec::new(),
    }
}

fn picked(row: LineRow) -> Picked {
    Picked {
        order_line_id: row.order_line_id,
        position: row.position,
        sku: row.sku,
        name: row.name,
        unit: row.unit,
        unit_code: row.unit_code,
        quantity: OrderQuantity {
            ordered: Quantity::new(row.quantity, row.unit_decimals),
            base_steps: row.base_quantity,
        },
    }
}

pub fn insert(batch: &mut Batch, packing: &Packing, by: &str) -> Result<()> {
    batch.add(insertion(&[NewPacking {
        id: packing.id,
        account_id: packing.account_id,
        order_id: packing.order_id,
        state: packing.state,
        carrier: packing.carrier.as_deref(),
        tracking_number: packing.tracking_number.as_deref(),
        opened_by: by.to_owned(),
        opened_at: packing.opened_at,
        version: packing.version,
    }])?);
    insert_lines(batch, packing)
}

fn insert_lines(batch: &mut Batch, packing: &Packing) -> Result<()> {
    let line = |(position, line): (i32, &Picked)| NewLine {
        packing_id: packing.id,
        position,
        order_line_id: line.order_line_id,
        quantity: line.quantity.ordered.steps,
        base_quantity: line.quantity.base_steps,
    };
    batch.add(insertion(&(1..).zip(&packing.lines).map(line).collect::<Vec<_>>())?);
    Ok(())
}

/// Carrier, tracking number and lines anew. The old lines go with a statement of their own, before the new ones come.
pub fn update(tx: &mut Connection, packing: &Packing) -> Result<()> {
    sql("DELETE FROM packing_lines WHERE packing_id = $1")
        .bind(packing.id)
        .run(tx)?;
    let mut batch = Batch::new();
    batch.add(
        sql(
            "UPDATE packings SET carrier = $3, tracking_number = $4, version = version + 1 \
             WHERE account_id = $1 AND id = $2",
        )
        .bind(packing.account_id)
        .bind(packing.id)
        .bind(packing.carrier.clone())
        .bind(packing.tracking_number.clone()),
    );
    insert_lines(&mut batch, packing)?;
    batch.run(tx)
}

/// It left, or came to nothing.
pub fn update_closed(
    tx: &mut Connection,
    packing: &Packing,
    (state, shipment_id): (State, Option<ShipmentId>),
    now: Timestamp,
) -> Result<()> {
    sql(
        "UPDATE packings SET state = $3, shipment_id = $4, closed_at = $5, version = version + 1 \
         WHERE account_id = $1 AND id = $2",
    )
    .bind(packing.account_id)
    .bind(packing.id)
    .bind(state)
    .bind(shipment_id.map(|id| id.0))
    .bind(now)
    .run(tx)
    .map(drop)
}

/// Base steps of each line of an order that are being packed.
pub fn list_picked(connection: &mut Connection, order_id: OrderId) -> Result<HashMap<OrderLineId, i64>> {
    let rows: Vec<(OrderLineId, i64)> = sql(
        "SELECT p.order_line_id, CAST(SUM(p.base_quantity) AS BIGINT) FROM packings k \
         JOIN packing_lines p ON p.packing_id = k.id WHERE k.order_id = $1 AND k.state = {packing_state open} \
              GROUP BY p.order_line_id",
    )
    .bind(order_id)
    .rows(connection)?;
    Ok(rows.into_iter().collect())
}

/// Whose it is: for staff, who name no account.
pub fn find_account(connection: &mut Connection, id: PackingId) -> Result<Option<AccountId>> {
    sql("SELECT account_id FROM packings WHERE id = $1")
        .bind(id)
        .first(connection)
}

/// One of the account with its lines.
pub fn find(connection: &mut Connection, account_id: AccountId, id: PackingId) -> Result<Option<Packing>> {
    let row: Option<HeadRow> = select::<HeadRow>("WHERE k.account_id = $1 AND k.id = $2")
        .bind(account_id)
        .bind(id)
        .first(connection)?;
    let Some(row) = row else { return Ok(None) };
    let lines: Vec<LineRow> = select::<LineRow>("WHERE p.packing_id = $1 ORDER BY p.position")
        .bind(id)
        .rows(connection)?;
    Ok(Some(Packing {
        lines: lines.into_iter().map(picked).collect(),
        ..packing(row)
    }))
}

/// At most `limit` heads behind `after`, the first opened first.
pub fn list(
    connection: &mut Connection,
    scope: Scope,
    filter: &Filter,
    after: impl Into<Walk<PackingId>>,
    limit: i64,
) -> Result<Vec<Packing>> {
    let walk = after.into();
    let mut seek = Seek::new(connection, "SELECT k.id FROM packings k");
    seek.and_if("k.account_id = $1", scope.account_id());
    seek.and_if("k.state = $1", filter.state);
    seek.and_if("k.order_id = $1", filter.order_id);
    let ids: Vec<PackingId> = seek
        .part(["k.id"], Way::Up, "k.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<HeadRow> = select::<HeadRow>("WHERE k.id {in ids $1} ORDER BY k.id")
        .bind(sets::json(&ids)?)
        .rows(connection)?;
    Ok(rows.into_iter().map(packing).collect())
}
