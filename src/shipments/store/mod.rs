//! Shipments and their lines.

mod list;

use diesel::prelude::*;

pub use self::list::{count, count_uninvoiced, list, list_promises};
use super::rules::{Shipment, ShipmentLine, State};
use crate::catalogue::rules::OrderQuantity;
use crate::clock::Timestamp;
use crate::db::schema::{accounts, invoices, order_lines, orders, shipment_lines, shipments, sites};
use crate::db::{Batch, Connection, counters, insertion, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrderId, OrderLineId, ProductId, ShipmentId, ShipmentLineId};
use crate::quantity::Quantity;
use crate::row;

/// The next shipment number.
pub fn next_number(tx: &mut Connection) -> Result<i64> {
    counters::next_number(tx, counters::Numbered::Shipment)
}

row! {
    struct NewShipment<'a> into "shipments" {
        id: ShipmentId,
        account_id: AccountId,
        order_id: OrderId,
        number: i64,
        state: &'static str,
        carrier: Option<&'a str>,
        tracking_number: Option<&'a str>,
        line_count: i32,
        shipped_at: Timestamp,
        shipped_on: chrono::NaiveDate,
        version: i64,
    }
}

row! {
    struct NewLine into "shipment_lines" {
        id: ShipmentLineId,
        shipment_id: ShipmentId,
        order_line_id: OrderLineId,
        position: i32,
        quantity: i64,
        base_quantity: i64,
    }
}

/// Stores a shipment with its lines.
pub fn insert(batch: &mut Batch, shipment: &Shipment) -> Result<()> {
    batch.add(insertion(&[NewShipment {
        id: shipment.id,
        account_id: shipment.account_id,
        order_id: shipment.order_id,
        number: shipment.number,
        state: shipment.state.name(),
        carrier: shipment.carrier.as_deref(),
        tracking_number: shipment.tracking_number.as_deref(),
        line_count: shipment.line_count,
        shipped_at: shipment.shipped_at,
        shipped_on: shipment.shipped_on,
        version: 1,
    }])?);
    let rows: Vec<_> = shipment
        .lines
        .iter()
        .map(|line| NewLine {
            id: line.id,
            shipment_id: shipment.id,
            order_line_id: line.order_line_id,
            position: line.position,
            quantity: line.quantity.ordered.steps,
            base_quantity: line.quantity.base_steps,
        })
        .collect();
    batch.add(insertion(&rows)?);
    Ok(())
}

/// A shipment arrived.
pub fn update_delivered(batch: &mut Batch, shipment: &Shipment, state: State, now: Timestamp) {
    batch.add(
        sql(
            "UPDATE shipments SET state = $3, delivered_at = $4, version = version + 1 \
             WHERE account_id = $1 AND id = $2",
        )
        .bind(shipment.account_id)
        .bind(shipment.id)
        .bind(state)
        .bind(now),
    );
}

/// True if a shipment of the account's order is still on its way.
pub fn has_undelivered(connection: &mut Connection, account_id: AccountId, order_id: OrderId) -> Result<bool> {
    let found: Option<i64> =
        sql("SELECT id FROM shipments WHERE account_id = $1 AND order_id = $2 AND state <> 'delivered' LIMIT 1")
            .bind(account_id)
            .bind(order_id)
            .first(connection)?;
    Ok(found.is_some())
}

/// Whose shipment it is: for staff, who name no account.
pub fn find_account(connection: &mut Connection, id: ShipmentId) -> Result<Option<AccountId>> {
    sql("SELECT account_id FROM shipments WHERE id = $1")
        .bind(id)
        .first(connection)
}

#[derive(Queryable)]
struct HeadRow {
    id: ShipmentId,
    account_id: AccountId,
    order_id: OrderId,
    number: i64,
    state: String,
    carrier: Option<String>,
    tracking_number: Option<String>,
    line_count: i32,
    shipped_at: Timestamp,
    shipped_on: chrono::NaiveDate,
    delivered_at: Option<Timestamp>,
    account: String,
    order: (i64, String),
    ship_to: String,
    invoice: Option<(i64, String)>,
}

fn shipment(row: HeadRow, lines: Vec<ShipmentLine>) -> Result<Shipment> {
    let (order_number, po_number) = row.order;
    Ok(Shipment {
        id: row.id,
        account_id: row.account_id,
        account: row.account,
        order_id: row.order_id,
        order_number,
        po_number,
        ship_to: row.ship_to,
        number: row.number,
        state: State::from_name(&row.state)
            .ok_or_else(|| Error::internal(format!("{}: state {}", row.id, row.state)))?,
        carrier: row.carrier,
        tracking_number: row.tracking_number,
        line_count: row.line_count,
        shipped_at: row.shipped_at,
        shipped_on: row.shipped_on,
        delivered_at: row.delivered_at,
        invoice: row.invoice,
        lines,
    })
}

macro_rules! heads {
    () => {
        shipments::table
            .inner_join(accounts::table)
            .inner_join(orders::table.inner_join(sites::table))
            .left_join(invoices::table)
            .select((
                shipments::id,
                shipments::account_id,
                shipments::order_id,
                shipments::number,
                shipments::state,
                shipments::carrier,
                shipments::tracking_number,
                shipments::line_count,
                shipments::shipped_at,
                shipments::shipped_on,
                shipments::delivered_at,
                accounts::code,
                (orders::number, orders::po_number),
                sites::code,
                (invoices::id, invoices::number).nullable(),
            ))
    };
}

use heads;

type LineRow = (
    (ShipmentLineId, i32, OrderLineId, ProductId, String, Option<String>),
    (String, String, String, String, i32, i32),
    (i64, i64),
);

fn line((ids, units, (quantity, base_steps)): LineRow) -> Result<ShipmentLine> {
    let (id, position, order_line_id, product_id, sku, customer_part_number) = ids;
    let (name, unit, unit_code, base_unit, unit_decimals, base_decimals) = units;
    let decimals = |count: i32| u8::try_from(count).map_err(Error::internal);
    Ok(ShipmentLine {
        id,
        position,
        order_line_id,
        product_id,
        sku,
        customer_part_number,
        name,
        unit,
        unit_code,
        base_unit,
        base_decimals: decimals(base_decimals)?,
        quantity: OrderQuantity {
            ordered: Quantity::new(quantity, decimals(unit_decimals)?),
            base_steps,
        },
    })
}

/// The shipment of the account with its lines.
pub fn find(connection: &mut Connection, account_id: AccountId, id: ShipmentId) -> Result<Option<Shipment>> {
    let row = heads!()
        .filter(shipments::account_id.eq(account_id).and(shipments::id.eq(id)))
        .first::<HeadRow>(connection)
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    let lines: Vec<LineRow> = shipment_lines::table
        .inner_join(order_lines::table)
        .filter(shipment_lines::shipment_id.eq(id))
        .order(shipment_lines::position)
        .select((
            (
                shipment_lines::id,
                shipment_lines::position,
                shipment_lines::order_line_id,
                order_lines::product_id,
                order_lines::sku,
                order_lines::customer_part_number,
            ),
            (
                order_lines::name,
                order_lines::unit,
                order_lines::unit_code,
                order_lines::base_unit,
                order_lines::unit_decimals,
                order_lines::base_decimals,
            ),
            (shipment_lines::quantity, shipment_lines::base_quantity),
        ))
        .load(connection)?;
    let lines = lines.into_iter().map(line).collect::<Result<_>>()?;
    shipment(row, lines).map(Some)
}
