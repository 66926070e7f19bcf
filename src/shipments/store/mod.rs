//! Shipments and their lines.

mod list;

use std::collections::HashMap;

use chrono::NaiveDate;

pub use self::list::{count, count_uninvoiced, list, list_promises};
use super::carriers::list_all as list_carriers;
use super::carriers::rules::link;
use super::rules::{Shipment, ShipmentLine, State};
use crate::catalogue::rules::OrderQuantity;
use crate::clock::Timestamp;
use crate::db::{Batch, Connection, counters, insertion, select, sets, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, ConsignmentId, OrderId, OrderLineId, ProductId, ShipmentId, ShipmentLineId};
use crate::quantity::Quantity;
use crate::row;

/// The next shipment number.
pub fn next_number(tx: &mut Connection) -> Result<i64> {
    counters::next_number(tx, counters::Numbered::Shipment)
}

row! {
    struct NewShipment<'a> into shipments {
        id: ShipmentId,
        account_id: AccountId,
        order_id: OrderId,
        number: i64,
        state: &'static str,
        carrier: Option<&'a str>,
        tracking_number: Option<&'a str>,
        line_count: i32,
        shipped_at: Timestamp,
        shipped_on: NaiveDate,
        version: i64,
        consignment_id: Option<ConsignmentId>,
    }
}

row! {
    struct NewLine into shipment_lines {
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
        consignment_id: shipment.consignment.map(|(id, _)| id),
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

/// A shipment arrived, and who took it in.
pub fn update_delivered(batch: &mut Batch, shipment: &Shipment, state: State, by: Option<&str>, at: Timestamp) {
    batch.add(
        sql(
            "UPDATE shipments SET state = $3, delivered_at = $4, received_by = $5, version = version + 1 \
             WHERE account_id = $1 AND id = $2",
        )
        .bind(shipment.account_id)
        .bind(shipment.id)
        .bind(state)
        .bind(at)
        .bind(by.map(str::to_owned)),
    );
}

/// Who carries it, and what the carrier calls it.
pub fn update_carriage(batch: &mut Batch, shipment: &Shipment) {
    batch.add(
        sql(
            "UPDATE shipments SET carrier = $3, tracking_number = $4, version = version + 1 \
             WHERE account_id = $1 AND id = $2",
        )
        .bind(shipment.account_id)
        .bind(shipment.id)
        .bind(shipment.carrier.clone())
        .bind(shipment.tracking_number.clone()),
    );
}

/// True if a shipment of the account's order is still on its way.
pub fn has_undelivered(connection: &mut Connection, account_id: AccountId, order_id: OrderId) -> Result<bool> {
    let found: Option<i64> =
        sql("SELECT id FROM shipments WHERE account_id = $1 AND order_id = $2 AND state <> {shipment_state delivered} LIMIT 1")
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

row! {
    struct HeadRow from "shipments s JOIN accounts a ON a.id = s.account_id JOIN orders o ON o.id = s.order_id \
        JOIN sites t ON t.id = o.site_id LEFT JOIN billed_shipments b ON b.shipment_id = s.id \
        LEFT JOIN invoices i ON i.id = b.invoice_id LEFT JOIN consignments c ON c.id = s.consignment_id" {
        id: ShipmentId = "s.id",
        account_id: AccountId = "s.account_id",
        account: String = "a.code",
        order_id: OrderId = "s.order_id",
        order_number: i64 = "o.number",
        po_number: String = "o.po_number",
        ship_to: String = "t.code",
        number: i64 = "s.number",
        state: State = "s.state",
        carrier: Option<String> = "s.carrier",
        tracking_number: Option<String> = "s.tracking_number",
        line_count: i32 = "s.line_count",
        shipped_at: Timestamp = "s.shipped_at",
        shipped_on: NaiveDate = "s.shipped_on",
        delivered_at: Option<Timestamp> = "s.delivered_at",
        received_by: Option<String> = "s.received_by",
        version: i64 = "s.version",
        consignment_id: Option<ConsignmentId> = "s.consignment_id",
        consignment: Option<i64> = "c.number",
        invoice_id: Option<i64> = "i.id",
        invoice: Option<String> = "i.number",
    }
}

fn shipment(row: HeadRow, lines: Vec<ShipmentLine>) -> Shipment {
    Shipment {
        id: row.id,
        account_id: row.account_id,
        account: row.account,
        order_id: row.order_id,
        order_number: row.order_number,
        po_number: row.po_number,
        ship_to: row.ship_to,
        number: row.number,
        state: row.state,
        carrier: row.carrier,
        tracking_number: row.tracking_number,
        line_count: row.line_count,
        shipped_at: row.shipped_at,
        shipped_on: row.shipped_on,
        delivered_at: row.delivered_at,
        received_by: row.received_by,
        tracking_url: None,
        version: row.version,
        consignment: row.consignment_id.zip(row.consignment),
        invoice: row.invoice_id.zip(row.invoice),
        lines,
    }
}

row! {
    struct LineRow from "shipment_lines s JOIN order_lines l ON l.id = s.order_line_id" {
        id: ShipmentLineId = "s.id",
        shipment_id: ShipmentId = "s.shipment_id",
        position: i32 = "s.position",
        order_line_id: OrderLineId = "s.order_line_id",
        product_id: ProductId = "l.product_id",
        sku: String = "l.sku",
        customer_part_number: Option<String> = "l.customer_part_number",
        name: String = "l.name",
        unit: String = "l.unit",
        unit_code: String = "l.unit_code",
        base_unit: String = "l.base_unit",
        unit_decimals: i32 = "l.unit_decimals",
        base_decimals: i32 = "l.base_decimals",
        quantity: i64 = "s.quantity",
        base_quantity: i64 = "s.base_quantity",
    }
}

fn line(row: LineRow) -> Result<ShipmentLine> {
    let decimals = |count: i32| u8::try_from(count).map_err(Error::internal);
    Ok(ShipmentLine {
        id: row.id,
        position: row.position,
        order_line_id: row.order_line_id,
        product_id: row.product_id,
        sku: row.sku,
        customer_part_number: row.customer_part_number,
        name: row.name,
        unit: row.unit,
        unit_code: row.unit_code,
        base_unit: row.base_unit,
        base_decimals: decimals(row.base_decimals)?,
        quantity: OrderQuantity {
            ordered: Quantity::new(row.quantity, decimals(row.unit_decimals)?),
            base_steps: row.base_quantity,
        },
    })
}

pub fn find(connection: &mut Connection, account_id: AccountId, id: ShipmentId) -> Result<Option<Shipment>> {
    let row = select::<HeadRow>("WHERE s.account_id = $1 AND s.id = $2")
        .bind(account_id)
        .bind(id)
        .first(connection)?;
    let Some(row) = row else { return Ok(None) };
    let lines: Vec<LineRow> = select::<LineRow>("WHERE s.shipment_id = $1 ORDER BY s.position")
        .bind(id)
        .rows(connection)?;
    let lines = lines.into_iter().map(line).collect::<Result<_>>()?;
    let mut found = [shipment(row, lines)];
    linked(connection, &mut found)?;
    let [found] = found;
    Ok(Some(found))
}

/// The shipments of the account that travel together, with their lines, by the numbers of their orders.
pub fn list_consigned(connection: &mut Connection, account_id: AccountId, id: ConsignmentId) -> Result<Vec<Shipment>> {
    let rows: Vec<HeadRow> = select::<HeadRow>("WHERE s.account_id = $1 AND s.consignment_id = $2 ORDER BY o.number")
        .bind(account_id)
        .bind(id)
        .rows(connection)?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let found: Vec<LineRow> = select::<LineRow>("WHERE s.shipment_id {in ids $1} ORDER BY s.shipment_id, s.position")
        .bind(sets::json(&ids)?)
        .rows(connection)?;
    let mut lines: HashMap<ShipmentId, Vec<ShipmentLine>> = HashMap::new();
    for row in found {
        lines.entry(row.shipment_id).or_default().push(line(row)?);
    }
    let with_lines = |row: HeadRow| {
        let lines = lines.remove(&row.id).unwrap_or_default();
        shipment(row, lines)
    };
    let mut shipments: Vec<_> = rows.into_iter().map(with_lines).collect();
    linked(connection, &mut shipments)?;
    Ok(shipments)
}

/// The same carrier and tracking number for all that travel together.
pub fn update_carriage_of(batch: &mut Batch, (account_id, id): (AccountId, ConsignmentId), carriage: &Carriage<'_>) {
    let (carrier, tracking_number) = carriage;
    batch.add(
        sql(
            "UPDATE shipments SET carrier = $3, tracking_number = $4, version = version + 1 \
             WHERE account_id = $1 AND consignment_id = $2",
        )
        .bind(account_id)
        .bind(id)
        .bind(carrier.map(str::to_owned))
        .bind(tracking_number.map(str::to_owned)),
    );
}

/// Carrier and tracking number.
pub type Carriage<'a> = (Option<&'a str>, Option<&'a str>);

/// Says where the carriers tell how far shipments are. Carriers are read only where something has a tracking number.
fn linked(connection: &mut Connection, shipments: &mut [Shipment]) -> Result<()> {
    let has_link = |shipment: &Shipment| shipment.carrier.is_some() && shipment.tracking_number.is_some();
    if !shipments.iter().any(has_link) {
        return Ok(());
    }
    let carriers = list_carriers(connection)?;
    for shipment in shipments {
        let parts = shipment.carrier.as_deref().zip(shipment.tracking_number.as_deref());
        shipment.tracking_url = parts.and_then(|(carrier, number)| link(&carriers, carrier, number));
    }
    Ok(())
}
