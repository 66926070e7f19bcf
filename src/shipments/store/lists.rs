//! Lists of shipments: heads by filter, page by page, and how many there are.

use diesel::prelude::*;
use diesel::sql_types::Bool;
use serde::Serialize;

use super::{HeadRow, heads, shipment};
use crate::db::schema::{accounts, invoices, orders, shipments, sites};
use crate::db::{Connection, Engine, Statement, patterns, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, OrderId, ShipmentId};
use crate::shipments::rules::{Shipment, State};

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
    /// Its number or its order's; part of the tracking number, of the account's own number, of its code or name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// True of shipments `$of` whose order has lines shipped and not invoiced: few, and they have an index. PostgreSQL takes
/// the orders as an array; it thinks there are many and would read all invoices.
macro_rules! of_unbilled_orders {
    ($of:literal, "sqlite") => {
        concat!(
            $of,
            ".order_id IN (SELECT l.order_id FROM order_lines l WHERE l.shipped > l.invoiced)"
        )
    };
    ($of:literal, "postgres") => {
        concat!(
            $of,
            ".order_id = ANY(ARRAY(SELECT l.order_id FROM order_lines l WHERE l.shipped > l.invoiced))"
        )
    };
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
        let of_unbilled = match connection.engine() {
            Engine::Sqlite => of_unbilled_orders!("shipments", "sqlite"),
            Engine::Postgres => of_unbilled_orders!("shipments", "postgres"),
        };
        query = query.filter(invoices::id.is_null().and(diesel::dsl::sql::<Bool>(of_unbilled)));
    }
    if let Some(text) = &filter.text {
        let ids = list_ids(connection, account_id, filter, text, after, limit)?;
        query = query.filter(shipments::id.eq_any(ids));
    }
    if let Some(after) = after {
        query = query.filter(shipments::id.lt(after));
    }
    let rows: Vec<HeadRow> = query.load(connection)?;
    rows.into_iter().map(|row| shipment(row, Vec::new())).collect()
}

/// At most `limit` ids of shipments that have the text and are as the filter says, the newest first.
fn list_ids(
    connection: &mut Connection,
    account_id: Option<AccountId>,
    filter: &Filter,
    text: &str,
    after: Option<ShipmentId>,
    limit: i64,
) -> Result<Vec<ShipmentId>> {
    sql(
        // Orders and accounts that have the text are looked for once, not for each shipment.
        "SELECT s.id FROM shipments s WHERE s.id < $1 AND ($2 IS NULL OR s.account_id = $2) \
         AND ($3 IS NULL OR s.state = $3) AND ($4 IS NULL OR s.order_id = $4) \
         AND ($5 = 0 OR NOT EXISTS (SELECT 1 FROM invoices i WHERE i.shipment_id = s.id)) \
         AND (s.number = $6 OR lower(s.tracking_number) LIKE $7 ESCAPE '\\' \
         OR s.order_id IN (SELECT o.id FROM orders o WHERE o.number = $6 OR o.po_key LIKE $7 ESCAPE '\\') \
         OR s.account_id IN (SELECT a.id FROM accounts a \
         WHERE lower(a.code) LIKE $7 ESCAPE '\\' OR lower(a.name) LIKE $7 ESCAPE '\\')) \
         ORDER BY s.id DESC LIMIT $8",
    )
    .bind(after.map_or(i64::MAX, |id| id.0))
    .bind(account_id.map(|id| id.0))
    .bind(filter.state.clone())
    .bind(filter.order_id.map(|id| id.0))
    .bind(i64::from(filter.uninvoiced))
    .bind(patterns::number(text))
    .bind(patterns::holding_lower(text))
    .bind(limit)
    .rows(connection)
}

/// How many shipments of any account have no invoice.
pub fn count_uninvoiced(connection: &mut Connection) -> Result<i64> {
    macro_rules! uninvoiced {
        ($engine:tt) => {
            concat!(
                "SELECT COUNT(*) FROM shipments s WHERE ",
                of_unbilled_orders!("s", $engine),
                " AND NOT EXISTS (SELECT 1 FROM invoices i WHERE i.shipment_id = s.id)"
            )
        };
    }
    Statement::per_engine(uninvoiced!("sqlite"), uninvoiced!("postgres")).one(connection)
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
        (Some(_), true) => Statement::per_engine(
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
    sql("SELECT count(*) FROM (SELECT 1 FROM shipments WHERE account_id = $1 AND state = $2 LIMIT $3) AS found")
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
    Statement::per_engine(
        promises!("IN (SELECT value FROM json_each($2))"),
        promises!("= ANY(ARRAY(SELECT json_array_elements_text($2::json)::bigint))"),
    )
    .bind(account_id)
    .bind(sets::json(ids)?)
    .rows(connection)
}
