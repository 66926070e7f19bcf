//! Claims never exceed what left, decisions never exceed claims, and numbers have no gap.

use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;

/// Everything about claims that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = numbers(connection)?;
    breaches.extend(super::returns::checks::run(connection)?);
    for (check, statement) in EXCESSES {
        let rows: Vec<(String, i32, i64, i64)> = sql(statement).rows(connection)?;
        let breach = |(of, position, more, all): (String, i32, i64, i64)| Breach {
            check,
            object: format!("{of} line {position}"),
            detail: format!("{more} of {all}"),
        };
        breaches.extend(rows.into_iter().map(breach));
    }
    let rows: Vec<(String, String)> = sql(
        "SELECT c.number, c.state FROM claims c WHERE (c.state = {claim_state settled}) <> (c.settled_at IS NOT NULL) \
         OR (c.state IN ({claim_state accepted}, {claim_state partly_accepted}, {claim_state rejected}, \
         {claim_state settled})) <> (c.decided_at IS NOT NULL) \
         OR (c.outcome = 'credit') <> (c.credit_note_id IS NOT NULL) \
         OR (c.outcome = 'replace') <> (c.replacement_id IS NOT NULL) ORDER BY c.number",
    )
    .rows(connection)?;
    let breach = |(number, state): (String, String)| Breach {
        check: "a claim is as far as what became of it",
        object: format!("claim {number}"),
        detail: format!("{state}, but what became of it says something else"),
    };
    breaches.extend(rows.into_iter().map(breach));
    Ok(breaches)
}

/// What it is about and which line, what is claimed, what there is: where it is more.
const EXCESSES: [(&str, &str); 2] = [
    (
        "no more is claimed than left",
        "SELECT 'shipment ' || CAST(s.number AS TEXT), g.position, \
         CAST(SUM(CASE WHEN c.state = {claim_state settled} THEN l.accepted_base ELSE l.base_quantity END) AS BIGINT), \
         g.base_quantity FROM claims c JOIN claim_lines l ON l.claim_id = c.id JOIN shipments s ON s.id = c.shipment_id \
         JOIN shipment_lines g ON g.shipment_id = s.id AND g.order_line_id = l.order_line_id \
         LEFT JOIN orders r ON r.id = c.replacement_id \
         WHERE c.state IN ({claim_state open}, {claim_state in_review}, {claim_state accepted}, {claim_state partly_accepted}) \
         OR (c.state = {claim_state settled} AND c.kind NOT IN ('price', 'late') \
         AND COALESCE(r.state, '') NOT {in order_states void}) GROUP BY g.id, s.number, g.position, g.base_quantity \
         HAVING SUM(CASE WHEN c.state = {claim_state settled} THEN l.accepted_base \
         ELSE l.base_quantity END) > g.base_quantity ORDER BY s.number, g.position",
    ),
    (
        "no more is accepted than is claimed",
        "SELECT 'claim ' || c.number, l.position, l.accepted_base, l.base_quantity FROM claim_lines l \
         JOIN claims c ON c.id = l.claim_id WHERE l.accepted_base > l.base_quantity OR l.accepted_base < 0 \
         ORDER BY c.number, l.position",
    ),
];

fn numbers(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(i32, i64, i64, i64)> = sql(
        "SELECT n.year, n.last, CAST(COALESCE(c.count, 0) AS BIGINT), CAST(COALESCE(c.last, 0) AS BIGINT) \
         FROM claim_numbers n LEFT JOIN (SELECT year, COUNT(*) AS count, MAX(sequence) AS last FROM claims \
         GROUP BY year) c ON c.year = n.year \
         WHERE n.last <> COALESCE(c.count, 0) OR n.last <> COALESCE(c.last, 0) ORDER BY n.year",
    )
    .rows(connection)?;
    let breach = |(year, given, count, last): (i32, i64, i64, i64)| Breach {
        check: "claim numbers have no gap",
        object: format!("year {year}"),
        detail: format!("{given} numbers given out, {count} claims, the last of them {last}"),
    };
    Ok(rows.into_iter().map(breach).collect())
}
