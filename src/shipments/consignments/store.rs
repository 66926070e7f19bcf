//! Consignments as they are stored. Every query of an account's takes the account.

use super::rules::{Consignment, Filter, State};
use crate::binds;
use crate::clock::Timestamp;
use crate::db::seek::{Scope, Seek, Walk, Way};
use crate::db::{Batch, Connection, insertion, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, ConsignmentId, OrderId, SiteId};
use crate::row;
use crate::shipments::carriers::list_all as list_carriers;
use crate::shipments::carriers::rules::link;

row! {
    struct NewConsignment<'a> into consignments {
        id: ConsignmentId,
        account_id: AccountId,
        site_id: SiteId,
        number: i64,
        state: State,
        carrier: Option<&'a str>,
        tracking_number: Option<&'a str>,
        shipment_count: i32,
        shipped_at: Timestamp,
        shipped_on: chrono::NaiveDate,
        version: i64,
    }
}

row! {
    struct HeadRow from "consignments c JOIN accounts a ON a.id = c.account_id JOIN sites t ON t.id = c.site_id" {
        id: ConsignmentId = "c.id",
        account_id: AccountId = "c.account_id",
        account: String = "a.code",
        ship_to: String = "t.code",
        number: i64 = "c.number",
        state: State = "c.state",
        carrier: Option<String> = "c.carrier",
        tracking_number: Option<String> = "c.tracking_number",
        shipment_count: i32 = "c.shipment_count",
        shipped_at: Timestamp = "c.shipped_at",
        shipped_on: chrono::NaiveDate = "c.shipped_on",
        delivered_at: Option<Timestamp> = "c.delivered_at",
        received_by: Option<String> = "c.received_by",
        version: i64 = "c.version",
    }
}

fn consignment(row: HeadRow) -> Consignment {
    Consignment {
        id: row.id,
        account_id: row.account_id,
        account: row.account,
        ship_to: row.ship_to,
        number: row.number,
        state: row.state,
        carrier: row.carrier,
        tracking_number: row.tracking_number,
        tracking_url: None,
        shipment_count: row.shipment_count,
        shipped_at: row.shipped_at,
        shipped_on: row.shipped_on,
        delivered_at: row.delivered_at,
        received_by: row.received_by,
        version: row.version,
        shipments: Vec::new(),
    }
}

/// Stores the head; its shipments name it.
pub fn insert(tx: &mut Connection, consignment: &Consignment, site_id: SiteId) -> Result<()> {
    let mut batch = Batch::new();
    batch.add(insertion(&[NewConsignment {
        id: consignment.id,
        account_id: consignment.account_id,
        site_id,
        number: consignment.number,
        state: consignment.state,
        carrier: consignment.carrier.as_deref(),
        tracking_number: consignment.tracking_number.as_deref(),
        shipment_count: consignment.shipment_count,
        shipped_at: consignment.shipped_at,
        shipped_on: consignment.shipped_on,
        version: consignment.version,
    }])?);
    batch.run(tx)
}

/// It arrived, and who took it in.
pub fn update_delivered(batch: &mut Batch, of: &Consignment, state: State, by: Option<&str>, at: Timestamp) {
    batch.add(
        sql(
            "UPDATE consignments SET state = $3, delivered_at = $4, received_by = $5, version = version + 1 \
             WHERE account_id = $1 AND id = $2",
        )
        .bind(of.account_id)
        .bind(of.id)
        .bind(state)
        .bind(at)
        .bind(by.map(str::to_owned)),
    );
}

/// Who carries it, and what the carrier calls it.
pub fn update_carriage(batch: &mut Batch, of: &Consignment) {
    batch.add(
        sql(
            "UPDATE consignments SET carrier = $3, tracking_number = $4, version = version + 1 \
             WHERE account_id = $1 AND id = $2",
        )
        .bind(of.account_id)
        .bind(of.id)
        .bind(of.carrier.clone())
        .bind(of.tracking_number.clone()),
    );
}

/// Its packages changed: so did it.
pub fn touch(batch: &mut Batch, of: &Consignment) {
    batch.add(
        sql("UPDATE consignments SET version = version + 1 WHERE account_id = $1 AND id = $2")
            .bind(of.account_id)
            .bind(of.id),
    );
    batch.add(
        sql("UPDATE shipments SET version = version + 1 WHERE account_id = $1 AND consignment_id = $2")
            .bind(of.account_id)
            .bind(of.id),
    );
}

/// Whose it is: for staff, who name no account.
pub fn find_account(connection: &mut Connection, id: ConsignmentId) -> Result<Option<AccountId>> {
    sql("SELECT account_id FROM consignments WHERE id = $1")
        .bind(id)
        .first(connection)
}

/// The head of one of the account.
pub fn find(connection: &mut Connection, account_id: AccountId, id: ConsignmentId) -> Result<Option<Consignment>> {
    let row: Option<HeadRow> = select::<HeadRow>("WHERE c.account_id = $1 AND c.id = $2")
        .bind(account_id)
        .bind(id)
        .first(connection)?;
    let Some(row) = row else { return Ok(None) };
    let mut found = [consignment(row)];
    linked(connection, &mut found)?;
    let [found] = found;
    Ok(Some(found))
}

/// Says where the carriers tell how far they are. Carriers are read only where something has a tracking number.
fn linked(connection: &mut Connection, consignments: &mut [Consignment]) -> Result<()> {
    let has_link = |one: &Consignment| one.carrier.is_some() && one.tracking_number.is_some();
    if !consignments.iter().any(has_link) {
        return Ok(());
    }
    let carriers = list_carriers(connection)?;
    for one in consignments {
        let parts = one.carrier.as_deref().zip(one.tracking_number.as_deref());
        one.tracking_url = parts.and_then(|(carrier, number)| link(&carriers, carrier, number));
    }
    Ok(())
}

/// At most `limit` heads behind `after`, the last that left first.
pub fn list(
    connection: &mut Connection,
    scope: Scope,
    filter: &Filter,
    after: impl Into<Walk<ConsignmentId>>,
    limit: i64,
) -> Result<Vec<Consignment>> {
    let walk = after.into();
    let mut seek = Seek::new(connection, "SELECT c.id FROM consignments c");
    seek.and_if("c.account_id = $1", scope.account_id());
    seek.of_account("c.account_id", filter.account.as_deref());
    seek.and_if("c.state = $1", filter.state);
    seek.and_if(
        "c.id IN (SELECT s.consignment_id FROM shipments s WHERE s.order_id = $1)",
        filter.order_id,
    );
    let ids: Vec<ConsignmentId> = seek
        .part(["c.id"], Way::Down, "c.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<HeadRow> = select::<HeadRow>("WHERE c.id {in ids $1} ORDER BY c.id DESC")
        .bind(sets::json(&ids)?)
        .rows(connection)?;
    let mut found: Vec<_> = rows.into_iter().map(consignment).collect();
    linked(connection, &mut found)?;
    Ok(found)
}

row! {
    /// A site to which something of several orders may leave.
    #[derive(Debug, Clone)]
    pub struct Gathering from "sites t JOIN accounts a ON a.id = t.account_id" {
        pub site_id: SiteId = "t.id",
        pub ship_to: String = "t.code",
        pub site_name: String = "t.name",
        pub account_id: AccountId = "a.id",
        pub account: String = "a.code",
        pub account_name: String = "a.name",
    }
}

/// Orders `o` of which something is reserved, is not being packed, and may leave.
const READY: &str = "o.state {in order_states to_ship} AND EXISTS (SELECT 1 FROM order_lines l LEFT JOIN \
    (SELECT p.order_line_id, SUM(p.base_quantity) AS picked FROM packings g JOIN packing_lines p ON p.packing_id = g.id \
    WHERE g.state = {packing_state open} GROUP BY p.order_line_id) x ON x.order_line_id = l.id \
    WHERE l.order_id = o.id AND l.reserved > COALESCE(x.picked, 0) AND CASE WHEN l.delivery IS NOT NULL \
    THEN l.delivery <> 'complete' OR l.backordered = 0 ELSE o.delivery <> 'complete' OR NOT EXISTS (SELECT 1 \
    FROM order_lines b WHERE b.order_id = o.id AND b.delivery IS NULL AND b.backordered > 0) END)";

/// Sites to which something of at least two orders may leave, and of how many; at most `limit`, those with the most first.
pub fn list_gatherings(connection: &mut Connection, limit: i64) -> Result<Vec<(Gathering, i64)>> {
    let counted: Vec<(SiteId, i64)> = crate::db::composed(format!(
        "SELECT q.site_id, q.ready FROM (SELECT o.site_id, COUNT(*) AS ready FROM orders o WHERE {READY} \
         GROUP BY o.site_id) q WHERE q.ready > 1 ORDER BY q.ready DESC, q.site_id LIMIT $1"
    ))
    .bind(limit)
    .rows(connection)?;
    if counted.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = counted.iter().map(|(id, _)| *id).collect();
    let mut sites: Vec<Gathering> = select::<Gathering>("WHERE t.id {in ids $1}")
        .bind(sets::json(&ids)?)
        .rows(connection)?;
    let mut gathered = Vec::with_capacity(counted.len());
    for (id, ready) in counted {
        let place = sites.iter().position(|site| site.site_id == id);
        gathered.extend(place.map(|place| (sites.swap_remove(place), ready)));
    }
    Ok(gathered)
}

/// A site, whosever it is; for staff.
pub fn find_site(connection: &mut Connection, id: SiteId) -> Result<Option<Gathering>> {
    select::<Gathering>("WHERE t.id = $1").bind(id).first(connection)
}

/// Orders of which something may leave for a site, the first placed first; at most `limit`.
pub fn list_ready(connection: &mut Connection, site_id: SiteId, limit: i64) -> Result<Vec<OrderId>> {
    crate::db::composed(format!(
        "SELECT o.id FROM orders o WHERE o.site_id = $1 AND {READY} ORDER BY o.id LIMIT $2"
    ))
    .bind(site_id)
    .bind(limit)
    .rows(connection)
}
