//! What came of what was expected is the sum of its receipts, and says where it stands.

use super::rules::State;
use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;

/// Every expected receipt that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(String, String, i64, i64, State, i64)> = sql(
        "SELECT e.reference, p.sku, e.quantity, e.received, e.state, CAST(COALESCE(r.came, 0) AS BIGINT) \
         FROM expected_receipts e JOIN products p ON p.id = e.product_id LEFT JOIN (SELECT expected_receipt_id, \
         SUM(quantity) AS came FROM receipt_lines WHERE expected_receipt_id IS NOT NULL GROUP BY expected_receipt_id) r \
         ON r.expected_receipt_id = e.id WHERE e.received <> COALESCE(r.came, 0) \
         OR (e.state = {expected_receipt_state open} AND e.received >= e.quantity) \
         OR (e.state = {expected_receipt_state received} AND e.received < e.quantity) \
         ORDER BY e.reference, p.sku",
    )
    .rows(connection)?;
    let mut breaches = Vec::new();
    for (reference, sku, quantity, received, state, came) in rows {
        let object = format!("{sku} of {reference}");
        if received != came {
            breaches.push(Breach::differs(
                "what came of what is expected is the sum of its receipts",
                &object,
                received,
                came,
            ));
        }
        let is_complete = received >= quantity;
        if is_complete != (state == State::Received) && state != State::Closed {
            breaches.push(Breach {
                check: "what is expected is open until all of it came",
                object,
                detail: format!("{} though {received} of {quantity} came", state.name()),
            });
        }
    }
    Ok(breaches)
}
