//! Nothing is being packed that is not reserved.

use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;

/// Lines of which more is being packed than is reserved.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(i64, i64, i64, i64)> = sql(
        "SELECT o.number, CAST(l.position AS BIGINT), CAST(SUM(p.base_quantity) AS BIGINT), l.reserved FROM packings k \
         JOIN packing_lines p ON p.packing_id = k.id JOIN order_lines l ON l.id = p.order_line_id \
         JOIN orders o ON o.id = k.order_id WHERE k.state = {packing_state open} \
         GROUP BY o.number, l.position, l.id, l.reserved \
         HAVING SUM(p.base_quantity) > l.reserved ORDER BY o.number, l.position",
    )
    .rows(connection)?;
    let breach = |(number, position, picked, reserved): (i64, i64, i64, i64)| Breach {
        check: "what is being packed is reserved",
        object: format!("order {number} line {position}"),
        detail: format!("{picked} are being packed, {reserved} are reserved"),
    };
    Ok(rows.into_iter().map(breach).collect())
}
