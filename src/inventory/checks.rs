//! What lies in a warehouse is the sum of its movements, and covers what is promised of it.

use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;

/// Every stock row that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(String, String, i64, i64, i64)> = sql(
        "SELECT p.sku, w.code, s.on_hand, s.reserved, CAST(COALESCE(m.moved, 0) AS BIGINT) FROM stock s \
         JOIN products p ON p.id = s.product_id JOIN warehouses w ON w.id = s.warehouse_id \
         LEFT JOIN (SELECT stock_id, SUM(quantity) AS moved FROM stock_movements GROUP BY stock_id) m \
         ON m.stock_id = s.id \
         WHERE s.on_hand <> COALESCE(m.moved, 0) OR s.reserved < 0 OR s.reserved > s.on_hand ORDER BY p.sku, w.code",
    )
    .rows(connection)?;
    let mut breaches = Vec::new();
    for (sku, warehouse, on_hand, reserved, moved) in rows {
        let object = format!("{sku} in {warehouse}");
        if on_hand != moved {
            breaches.push(Breach::differs(
                "stock on hand is the sum of its movements",
                &object,
                on_hand,
                moved,
            ));
        }
        if reserved < 0 || reserved > on_hand {
            let detail = format!("{reserved} reserved of {on_hand} on hand");
            breaches.push(Breach {
                check: "what is reserved is there",
                object,
                detail,
            });
        }
    }
    Ok(breaches)
}
