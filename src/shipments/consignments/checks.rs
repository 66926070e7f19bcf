//! What travels together goes to one site of one account, and is as far as its shipments.

use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;

/// Everything about consignments that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(i64, i64, i64, i64)> = sql(
        "SELECT c.number, CAST(c.shipment_count AS BIGINT), CAST(COUNT(s.id) AS BIGINT), \
         CAST(COALESCE(SUM(CASE WHEN s.account_id = c.account_id AND o.site_id = c.site_id AND s.state = c.state \
         AND COALESCE(s.carrier, '') = COALESCE(c.carrier, '') \
         AND COALESCE(s.tracking_number, '') = COALESCE(c.tracking_number, '') THEN 1 ELSE 0 END), 0) AS BIGINT) \
         FROM consignments c LEFT JOIN shipments s ON s.consignment_id = c.id LEFT JOIN orders o ON o.id = s.order_id \
         GROUP BY c.id, c.number, c.shipment_count ORDER BY c.number",
    )
    .rows(connection)?;
    let wrong = rows
        .into_iter()
        .filter(|(_, count, found, alike)| count != found || count != alike);
    let breach = |(number, count, found, alike)| Breach {
        check: "shipments of a consignment travel together",
        object: format!("consignment {number}"),
        detail: format!("of {count} shipments {found} are there, {alike} alike in account, site, state and carriage"),
    };
    Ok(wrong.map(breach).collect())
}
