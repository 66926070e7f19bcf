//! Claims never exceed what left, decisions never exceed claims, credit notes say what was decided, and numbers have no gap.

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
    for (check, statement) in CREDITED {
        let rows: Vec<(String, i32, i64, i64)> = sql(statement).rows(connection)?;
        let breach = |(number, position, stored, derived): (String, i32, i64, i64)| {
            Breach::differs(check, format!("claim {number} line {position}"), stored, derived)
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
const EXCESSES: [(&str, &str); 3] = [
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
    // In the ordered unit: base quantities of parts are shared out in the order in which they are credited.
    (
        "goods are made good once",
        "SELECT 'shipment ' || CAST(s.number AS TEXT), g.position, CAST(SUM(m.steps) AS BIGINT), g.quantity FROM (\
         SELECT c.shipment_id, l.order_line_id, l.accepted AS steps FROM claims c JOIN claim_lines l ON l.claim_id = c.id \
         JOIN orders r ON r.id = c.replacement_id WHERE c.kind NOT IN ('price', 'late') AND r.state NOT {in order_states void} \
         UNION ALL SELECT i.shipment_id, b.order_line_id, k.quantity FROM credit_notes n \
         JOIN invoices i ON i.id = n.invoice_id JOIN credit_note_lines k ON k.credit_note_id = n.id \
         JOIN invoice_lines b ON b.id = k.invoice_line_id WHERE k.quantity IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM invoice_corrections x WHERE x.credit_note_id = n.id)) m \
         JOIN shipment_lines g ON g.shipment_id = m.shipment_id AND g.order_line_id = m.order_line_id \
         JOIN shipments s ON s.id = g.shipment_id GROUP BY g.id, s.number, g.position, g.quantity \
         HAVING SUM(m.steps) > g.quantity ORDER BY s.number, g.position",
    ),
];

/// Which line of which claim, what is credited of it, what was decided, in steps of the ordered unit or minor units: where it differs.
const CREDITED: [(&str, &str); 2] = [
    (
        "a claim is credited as it was decided",
        "SELECT c.number, k.position, CAST(COALESCE(SUM(CASE WHEN k.accepted_net_minor IS NULL THEN g.quantity \
         ELSE g.net_minor END), 0) AS BIGINT), COALESCE(k.accepted_net_minor, k.accepted) FROM claims c \
         JOIN credit_notes n ON n.id = c.credit_note_id JOIN claim_lines k ON k.claim_id = c.id AND k.accepted_base > 0 \
         JOIN invoice_lines b ON b.invoice_id = n.invoice_id AND b.order_line_id = k.order_line_id \
         LEFT JOIN credit_note_lines g ON g.credit_note_id = n.id AND g.invoice_line_id = b.id \
         GROUP BY c.id, c.number, k.position, k.accepted_net_minor, k.accepted \
         HAVING COALESCE(SUM(CASE WHEN k.accepted_net_minor IS NULL THEN g.quantity ELSE g.net_minor END), 0) \
         <> COALESCE(k.accepted_net_minor, k.accepted) ORDER BY c.number, k.position",
    ),
    (
        "of a claim nothing is credited that was not decided",
        "SELECT c.number, g.position, g.net_minor, CAST(0 AS BIGINT) FROM claims c \
         JOIN credit_note_lines g ON g.credit_note_id = c.credit_note_id JOIN invoice_lines b ON b.id = g.invoice_line_id \
         JOIN invoices i ON i.id = b.invoice_id WHERE i.shipment_id <> c.shipment_id OR i.account_id <> c.account_id \
         OR NOT EXISTS (SELECT 1 FROM claim_lines k WHERE k.claim_id = c.id AND k.order_line_id = b.order_line_id \
         AND k.accepted_base > 0) ORDER BY c.number, g.position",
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
