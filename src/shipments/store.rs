//! Shipments and their lines.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date};
use serde::Serialize;

use super::rules::{Shipment, ShipmentLine, State};
use crate::catalogue::rules::OrderQuantity;
use crate::clock::Timestamp;
use crate::db::schema::{accounts, invoices, order_lines, orders, shipment_lines, shipments, sites};
use crate::db::sets::{self, Kind, Table};
use crate::db::{Batch, Connection, Statement, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrderId, OrderLineId, ProductId, ShipmentId, ShipmentLineId};
use crate::quantity::Quantity;

/// The next shipment number.
pub fn next_number(tx: &mut Connection) -> Result<i64> {
    Statement::<BigInt>::per_engine(
        "UPDATE counters SET value = value + 1 WHERE name = 'shipment_number' RETURNING value",
        "SELECT nextval('shipment_numbers')",
    )
    .one(tx)
}

static SHIPMENTS: Table = Table::new(
    "shipments",
    &[
        ("id", Kind::BigInt),
        ("account_id", Kind::BigInt),
        ("order_id", Kind::BigInt),
        ("number", Kind::BigInt),
        ("state", Kind::Text),
        ("carrier", Kind::Text),
        ("tracking_number", Kind::Text),
        ("line_count", Kind::Integer),
        ("shipped_at", Kind::Timestamp),
        ("shipped_on", Kind::Date),
        ("version", Kind::BigInt),
    ],
);

#[derive(Serialize)]
struct NewShipment<'a> {
    id: ShipmentId,
    account_id: AccountId,
    order_id: OrderId,
    number: i64,
    state: &'static str,
    carrier: Option<&'a str>,
    tracking_number: Option<&'a str>,
    line_count: i32,
    #[serde(serialize_with = "sets::timestamp")]
    shipped_at: Timestamp,
    shipped_on: chrono::NaiveDate,
    version: i64,
}

static LINES: Table = Table::new(
    "shipment_lines",
    &[
        ("id", Kind::BigInt),
        ("shipment_id", Kind::BigInt),
        ("order_line_id", Kind::BigInt),
        ("position", Kind::Integer),
        ("quantity", Kind::BigInt),
        ("base_quantity", Kind::BigInt),
    ],
);

#[derive(Serialize)]
struct NewLine {
    id: ShipmentLineId,
    shipment_id: ShipmentId,
    order_line_id: OrderLineId,
    position: i32,
    quantity: i64,
    base_quantity: i64,
}

/// Stores a shipment with its lines.
pub fn insert(batch: &mut Batch, shipment: &Shipment) -> Result<()> {
    batch.add(SHIPMENTS.insertion(&[NewShipment {
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
    batch.add(LINES.insertion(&rows)?);
    Ok(())
}

/// A shipment arrived.
pub fn update_delivered(batch: &mut Batch, shipment: &Shipment, now: Timestamp) {
    batch.add(
        sql(
            "UPDATE shipments SET state = 'delivered', delivered_at = $3, version = version + 1 \
             WHERE account_id = $1 AND id = $2",
        )
        .bind(shipment.account_id)
        .bind(shipment.id)
        .bind(now),
    );
}

/// True if a shipment of the account's order is still on its way.
pub fn has_undelivered(connection: &mut Connection, account_id: AccountId, order_id: OrderId) -> Result<bool> {
    let found: Option<i64> = sql::<BigInt>(
        "SELECT id FROM shipments WHERE account_id = $1 AND order_id = $2 AND state <> 'delivered' LIMIT 1",
    )
    .bind(account_id)
    .bind(order_id)
    .first(connection)?;
    Ok(found.is_some())
}

/// Whose shipment it is: for staff, who name no account.
pub fn find_account(connection: &mut Connection, id: ShipmentId) -> Result<Option<AccountId>> {
    sql::<BigInt>("SELECT account_id FROM shipments WHERE id = $1")
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

/// Which shipments a list shows.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Filter {
    /// Of this order.
    pub order_id: Option<OrderId>,
    /// In this state.
    pub state: Option<String>,
    /// Without an invoice.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub uninvoiced: bool,
}

/// Heads of shipments, the newest first, behind `after`; without an account for staff only.
pub fn list(
    connection: &mut Connection,
    account_id: Option<AccountId>,
    filter: &Filter,
    after: Option<ShipmentId>,
    limit: i64,
) -> Result<Vec<Shipment>> {
    let mut query = heads!().order(shipments::id.desc()).limit(limit).into_boxed();
    if let Some(account_id) = account_id {
        query = query.filter(shipments::account_id.eq(account_id));
    }
    if let Some(order_id) = filter.order_id {
        query = query.filter(shipments::order_id.eq(order_id));
    }
    if let Some(state) = &filter.state {
        query = query.filter(shipments::state.eq(state));
    }
    if filter.uninvoiced {
        // Few lines are shipped and not invoiced, and they have an index.
        let unbilled = order_lines::table
            .filter(order_lines::shipped.gt(order_lines::invoiced))
            .select(order_lines::order_id);
        query = query.filter(invoices::id.is_null().and(shipments::order_id.eq_any(unbilled)));
    }
    if let Some(after) = after {
        query = query.filter(shipments::id.lt(after));
    }
    let rows: Vec<HeadRow> = query.load(connection)?;
    rows.into_iter().map(|row| shipment(row, Vec::new())).collect()
}

/// How many shipments of any account have no invoice.
pub fn count_uninvoiced(connection: &mut Connection) -> Result<i64> {
    sql::<BigInt>(
        "SELECT COUNT(*) FROM shipments s \
         WHERE s.order_id IN (SELECT l.order_id FROM order_lines l WHERE l.shipped > l.invoiced) \
         AND NOT EXISTS (SELECT 1 FROM invoices i WHERE i.shipment_id = s.id)",
    )
    .one(connection)
}

/// Which shipments of an account somebody looks for.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Search {
    /// In this state; those on their way in the order in which they left, all others the newest first.
    pub state: Option<&'static str>,
    /// Part of the tracking number or of the account's own number, or the whole of the shipment's or the order's.
    pub text: Option<String>,
}

impl Search {
    /// True where the first that left is the first of the list.
    pub fn is_ascending(&self) -> bool {
        self.state == Some(State::Shipped.name())
    }
}

macro_rules! sought {
    ($find:literal, $state:literal, $behind:literal, $way:literal) => {
        concat!(
            "SELECT s.id FROM shipments s JOIN orders o ON o.id = s.order_id WHERE s.account_id = $1 ",
            $state,
            " AND ($3 IS NULL OR s.number = $4 OR o.number = $4 OR ",
            $find,
            "(o.po_key, $3) > 0 OR ",
            $find,
            "(lower(s.tracking_number), $3) > 0) AND s.id ",
            $behind,
            " $5 ORDER BY s.id ",
            $way,
            " LIMIT $6"
        )
    };
}

/// At most `limit` heads of the account's shipments behind `after`.
pub fn search(
    connection: &mut Connection,
    account_id: AccountId,
    search: &Search,
    after: Option<ShipmentId>,
    limit: i64,
) -> Result<Vec<Shipment>> {
    let statement = match (search.state, search.is_ascending()) {
        (Some(_), true) => Statement::<BigInt>::per_engine(
            sought!("instr", "AND s.state = $2", ">", "ASC"),
            sought!("strpos", "AND s.state = $2", ">", "ASC"),
        ),
        (Some(_), false) => Statement::per_engine(
            sought!("instr", "AND s.state = $2", "<", "DESC"),
            sought!("strpos", "AND s.state = $2", "<", "DESC"),
        ),
        (None, _) => Statement::per_engine(sought!("instr", "", "<", "DESC"), sought!("strpos", "", "<", "DESC")),
    };
    let text = search.text.as_deref().map(|text| text.trim().to_lowercase());
    let number = text.as_deref().and_then(|text| text.parse::<i64>().ok());
    let start = if search.is_ascending() { 0 } else { i64::MAX };
    let ids: Vec<ShipmentId> = statement
        .bind(account_id)
        .bind(search.state.map(str::to_owned))
        .bind(text)
        .bind(number)
        .bind(after.map_or(start, |id| id.0))
        .bind(limit)
        .rows(connection)?;
    let rows: Vec<HeadRow> = heads!()
        .filter(shipments::account_id.eq(account_id).and(shipments::id.eq_any(&ids)))
        .load(connection)?;
    let mut found = rows
        .into_iter()
        .map(|row| shipment(row, Vec::new()))
        .collect::<Result<Vec<_>>>()?;
    found.sort_by_key(|shipment| shipment.id);
    if !search.is_ascending() {
        found.reverse();
    }
    Ok(found)
}

/// How many shipments the account has in a state; beyond `count_max` it counts no further.
pub fn count(connection: &mut Connection, account_id: AccountId, state: State, count_max: i64) -> Result<i64> {
    sql::<BigInt>(
        "SELECT count(*) FROM (SELECT 1 FROM shipments WHERE account_id = $1 AND state = $2 LIMIT $3) AS found",
    )
    .bind(account_id)
    .bind(state.name())
    .bind(count_max + 1)
    .one(connection)
}

/// The last day that lines of these shipments of the account are promised for; those without a promise are left out.
pub fn list_promises(
    connection: &mut Connection,
    account_id: AccountId,
    ids: &[ShipmentId],
) -> Result<Vec<(ShipmentId, chrono::NaiveDate)>> {
    macro_rules! promises {
        ($of:literal) => {
            concat!(
                "SELECT s.id, MAX(l.promised_on) FROM shipments s JOIN shipment_lines p ON p.shipment_id = s.id \
                 JOIN order_lines l ON l.id = p.order_line_id \
                 WHERE s.account_id = $1 AND l.promised_on IS NOT NULL AND s.id ",
                $of,
                " GROUP BY s.id"
            )
        };
    }
    Statement::<(BigInt, Date)>::per_engine(
        promises!("IN (SELECT value FROM json_each($2))"),
        promises!("= ANY(ARRAY(SELECT json_array_elements_text($2::json)::bigint))"),
    )
    .bind(account_id)
    .bind(sets::json(ids)?)
    .rows(connection)
}
