//! What was settled of agreements is what their credit notes credit, and no more than was earned when it was settled.

use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;

/// Everything about settlements that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(String, i64, i64)> = sql(
        "SELECT g.code, s.amount_minor, CAST(COALESCE((SELECT SUM(c.net_minor) FROM credit_notes c WHERE c.rebate_id = s.rebate_id), 0) \
         AS BIGINT) FROM rebate_settlements s JOIN rebate_agreements g ON g.id = s.agreement_id WHERE s.state = {rebate_settlement_state settled} \
         AND s.amount_minor <> COALESCE((SELECT SUM(c.net_minor) FROM credit_notes c WHERE c.rebate_id = s.rebate_id), 0) ORDER BY g.code",
    )
    .rows(connection)?;
    let breach = |(code, stored, derived): (String, i64, i64)| {
        let check = "what was settled of a rebate is what its credit notes credit";
        Breach::differs(check, format!("rebate {code}"), stored, derived)
    };
    Ok(rows.into_iter().map(breach).collect())
}
