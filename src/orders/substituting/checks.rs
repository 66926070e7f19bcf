//! What is sent instead of a line is of the same order, and was called off of that line.

use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;

/// Everything about what is sent instead that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(i64, i64, i64, i64)> = sql(
        "SELECT o.number, CAST(l.position AS BIGINT), CAST(s.sent AS BIGINT), CAST(l.cancelled AS BIGINT) \
         FROM (SELECT i.instead_of_id AS id, SUM(i.instead_of_quantity) AS sent, MIN(i.order_id) AS least, \
         MAX(i.order_id) AS most FROM order_lines i WHERE i.instead_of_id IS NOT NULL GROUP BY i.instead_of_id) s \
         JOIN order_lines l ON l.id = s.id JOIN orders o ON o.id = l.order_id \
         WHERE s.sent > l.cancelled OR s.least <> l.order_id OR s.most <> l.order_id ORDER BY o.number, l.position",
    )
    .rows(connection)?;
    let breach = |(number, position, sent, cancelled): (i64, i64, i64, i64)| {
        Breach::differs(
            "what is sent instead of a line was called off of it",
            format!("order {number}, line {position}"),
            sent,
            cancelled,
        )
    };
    Ok(rows.into_iter().map(breach).collect())
}
