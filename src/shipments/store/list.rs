//! The list of shipments: whoever asks, any filter, the newest or the oldest first.

use std::collections::HashMap;

use super::{HeadRow, linked, shipment};
use crate::binds;
use crate::db::seek::{Scope, Seek, Walk, Way};
use crate::db::{Connection, patterns, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, ShipmentId};
use crate::keys;
use crate::shipments::rules::{Filter, Shipment, Sort, State};

/// Shipments `s` whose order has lines shipped and not invoiced, and that have no invoice. These orders are few, and
/// they have an index.
const TO_INVOICE: &str = "s.order_id {in SELECT l.order_id FROM order_lines l WHERE l.shipped > l.invoiced} \
     AND NOT EXISTS (SELECT 1 FROM billed_shipments b WHERE b.shipment_id = s.id)";

/// At most `limit` heads of shipments behind `after`.
pub fn list(
    connection: &mut Connection,
    scope: Scope,
    filter: &Filter,
    sort: Sort,
    after: impl Into<Walk<ShipmentId>>,
    limit: i64,
) -> Result<Vec<Shipment>> {
    let walk = after.into();
    let index = match walk.among() {
        Some(_) => "",
        None => index(scope, filter),
    };
    let walked = format!("SELECT s.id FROM shipments s {index}");
    let mut seek = Seek::new(connection, &walked);
    narrow(&mut seek, scope, filter);
    let way = match sort {
        Sort::Newest => Way::Down,
        Sort::Oldest => Way::Up,
    };
    let ids: Vec<ShipmentId> = seek
        .part(["s.id"], way, "s.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = select::<HeadRow>("WHERE s.id {in ids $1}")
        .bind(sets::json(&ids)?)
        .rows(connection)?;
    let found = rows.into_iter().map(|row: HeadRow| (row.id, shipment(row, Vec::new())));
    let mut found: HashMap<_, _> = found.collect();
    let mut listed: Vec<_> = ids.iter().filter_map(|id| found.remove(id)).collect();
    linked(connection, &mut listed)?;
    Ok(listed)
}

/// How many shipments of any account have no invoice.
pub fn count_uninvoiced(connection: &mut Connection) -> Result<i64> {
    let mut seek = Seek::new(connection, "SELECT COUNT(*) FROM shipments s");
    seek.and(TO_INVOICE, []);
    seek.all().one(connection)
}

/// What SQLite walks; it keeps no statistics that would tell it.
fn index(scope: Scope, filter: &Filter) -> &'static str {
    let is_of_one = scope != Scope::All || filter.account.is_some();
    match filter {
        filter if filter.order_id.is_some() || filter.to_invoice => "{indexed shipments_of_order}",
        filter if filter.state.is_some() && is_of_one => "{indexed shipments_by_state}",
        filter if filter.state.is_some() => "{indexed shipments_of_state}",
        _ if is_of_one => "{indexed shipments_of_account}",
        _ => "",
    }
}

fn narrow(seek: &mut Seek, scope: Scope, filter: &Filter) {
    seek.and_if("s.account_id = $1", scope.account_id());
    seek.of_account("s.account_id", filter.account.as_deref());
    seek.and_if("s.order_id = $1", filter.order_id);
    seek.and_if("s.state = $1", filter.state);
    if filter.to_invoice {
        seek.and(TO_INVOICE, []);
    }
    let Some(text) = &filter.text else { return };
    let (number, part) = (patterns::number(text), text.trim().to_lowercase());
    // Orders and accounts that have the text are looked for once, not for each shipment.
    match scope {
        Scope::Account(id) => seek.and(
            "(s.number = $1 OR {position}(lower(s.tracking_number), $2) > 0 OR s.order_id IN (SELECT o.id FROM orders o \
             WHERE o.account_id = $3 AND (o.number = $1 OR {position}(o.po_key, $2) > 0)))",
            binds![number, part, id],
        ),
        Scope::All => seek.and(
            "(s.number = $1 OR {position}(lower(s.tracking_number), $2) > 0 OR s.order_id IN (SELECT o.id FROM orders o \
             WHERE o.number = $1 OR {position}(o.po_key, $2) > 0) OR s.account_id IN (SELECT a.id FROM accounts a \
             WHERE {position}(a.search_text, $3) > 0))",
            binds![number, part, keys::searched(text.trim())],
        ),
    }
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
    sql(
        "SELECT s.id, MAX(l.promised_on) FROM shipments s JOIN shipment_lines p ON p.shipment_id = s.id \
         JOIN order_lines l ON l.id = p.order_line_id \
         WHERE s.account_id = $1 AND l.promised_on IS NOT NULL AND l.backordered = 0 AND s.id {in ids $2} GROUP BY s.id",
    )
    .bind(account_id)
    .bind(sets::json(ids)?)
    .rows(connection)
}
