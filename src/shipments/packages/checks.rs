//! Packages hold no more than left, and their numbers are what they say.

use super::rules::sscc::is_sscc;
use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;

/// Everything about packages that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = held(connection)?;
    breaches.extend(numbered(connection)?);
    Ok(breaches)
}

/// Of a line of a shipment, or of what is being packed, no more lies in packages than there is.
fn held(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(i64, i64, i64, i64)> = sql(
        "SELECT o.number, CAST(l.position AS BIGINT), CAST(q.packed AS BIGINT), CAST(COALESCE(q.there, 0) AS BIGINT) FROM ( \
         SELECT i.order_line_id, SUM(i.base_quantity) AS packed, \
         (SELECT SUM(s.base_quantity) FROM shipment_lines s JOIN shipments t ON t.id = s.shipment_id \
         WHERE s.order_line_id = i.order_line_id AND (t.id = p.shipment_id OR t.consignment_id = (SELECT b.consignment_id \
         FROM shipments b WHERE b.id = p.shipment_id))) AS there FROM packages p JOIN package_items i ON i.package_id = p.id \
         WHERE p.shipment_id IS NOT NULL GROUP BY p.shipment_id, i.order_line_id \
         UNION ALL SELECT i.order_line_id, SUM(i.base_quantity) AS packed, \
         (SELECT SUM(s.base_quantity) FROM packing_lines s WHERE s.packing_id = p.packing_id \
         AND s.order_line_id = i.order_line_id) AS there FROM packages p JOIN package_items i ON i.package_id = p.id \
         WHERE p.packing_id IS NOT NULL GROUP BY p.packing_id, i.order_line_id) q \
         JOIN order_lines l ON l.id = q.order_line_id JOIN orders o ON o.id = l.order_id \
         WHERE q.packed > COALESCE(q.there, 0) ORDER BY o.number, l.position",
    )
    .rows(connection)?;
    let breach = |(number, position, packed, there): (i64, i64, i64, i64)| Breach {
        check: "packages hold no more than leaves",
        object: format!("order {number} line {position}"),
        detail: format!("{packed} lie in packages, {there} leave"),
    };
    Ok(rows.into_iter().map(breach).collect())
}

/// The number of every package has its check digit. That no two have one is held by their index.
fn numbered(connection: &mut Connection) -> Result<Vec<Breach>> {
    let numbers: Vec<String> = sql("SELECT sscc FROM packages ORDER BY sscc").rows(connection)?;
    let wrong = numbers.into_iter().filter(|number| !is_sscc(number));
    let breach = |number: String| Breach {
        check: "an SSCC has 18 digits, the last its check digit",
        object: format!("package {number}"),
        detail: "it is no SSCC".to_owned(),
    };
    Ok(wrong.map(breach).collect())
}
