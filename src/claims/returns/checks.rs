//! No more comes back than left, no more is found than was announced, what is sold again was received, numbers have no gap.

use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;

/// Everything about returns that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = numbers(connection)?;
    for (check, statement) in EXCESSES {
        let rows: Vec<(String, i32, i64, i64)> = sql(statement).rows(connection)?;
        let breach = |(of, position, more, all): (String, i32, i64, i64)| Breach {
            check,
            object: format!("{of} line {position}"),
            detail: format!("{more} of {all}"),
        };
        breaches.extend(rows.into_iter().map(breach));
    }
    let rows: Vec<(String, i64, i64)> = sql(
        "SELECT b.number, CAST(COALESCE(f.found, 0) AS BIGINT), CAST(COALESCE(r.received, 0) AS BIGINT) FROM returns b \
         LEFT JOIN (SELECT return_id, SUM(to_stock) AS found FROM return_lines GROUP BY return_id) f ON f.return_id = b.id \
         LEFT JOIN (SELECT receipt_id, SUM(quantity) AS received FROM receipt_lines GROUP BY receipt_id) r \
         ON r.receipt_id = b.receipt_id WHERE COALESCE(f.found, 0) <> COALESCE(r.received, 0) ORDER BY b.number",
    )
    .rows(connection)?;
    let breach = |(number, stored, derived): (String, i64, i64)| {
        Breach::differs(
            "what of a return is sold again was received",
            format!("return {number}"),
            stored,
            derived,
        )
    };
    breaches.extend(rows.into_iter().map(breach));
    let rows: Vec<(String, String, String)> = sql(
        "SELECT n.number, COALESCE(b.number, ''), COALESCE(c.number, '') FROM credit_notes n JOIN returns b ON b.id = n.return_id \
         JOIN invoices i ON i.id = n.invoice_id LEFT JOIN claims c ON c.credit_note_id = n.id \
         WHERE b.account_id <> n.account_id OR b.shipment_id <> i.shipment_id OR b.inspected_at IS NULL \
         OR COALESCE(b.claim_id, 0) <> COALESCE(c.id, 0) ORDER BY n.number",
    )
    .rows(connection)?;
    let breach = |(number, of, claim): (String, String, String)| Breach {
        check: "a credit note of a return is of what came back",
        object: format!("credit note {number}"),
        detail: format!("of return {of}, of claim {claim}"),
    };
    breaches.extend(rows.into_iter().map(breach));
    Ok(breaches)
}

/// What it is about and which line, what comes back, what there is: where it is more.
const EXCESSES: [(&str, &str); 4] = [
    (
        "no more comes back than left",
        "SELECT 'shipment ' || CAST(s.number AS TEXT), g.position, \
         CAST(SUM(COALESCE(l.to_stock + l.quarantine + l.scrap, l.base_quantity)) AS BIGINT), g.base_quantity \
         FROM returns b JOIN return_lines l ON l.return_id = b.id JOIN shipments s ON s.id = b.shipment_id \
         JOIN shipment_lines g ON g.shipment_id = s.id AND g.order_line_id = l.order_line_id \
         WHERE b.state <> {return_state closed} OR b.inspected_at IS NOT NULL \
         GROUP BY g.id, s.number, g.position, g.base_quantity \
         HAVING SUM(COALESCE(l.to_stock + l.quarantine + l.scrap, l.base_quantity)) > g.base_quantity \
         ORDER BY s.number, g.position",
    ),
    (
        "no more comes back of a claim than is accepted",
        "SELECT 'claim ' || c.number, k.position, \
         CAST(SUM(COALESCE(l.to_stock + l.quarantine + l.scrap, l.base_quantity)) AS BIGINT), COALESCE(k.accepted_base, 0) \
         FROM returns b JOIN return_lines l ON l.return_id = b.id JOIN claims c ON c.id = b.claim_id \
         JOIN claim_lines k ON k.claim_id = c.id AND k.order_line_id = l.order_line_id \
         WHERE b.state <> {return_state closed} OR b.inspected_at IS NOT NULL \
         GROUP BY c.id, c.number, k.position, k.accepted_base \
         HAVING SUM(COALESCE(l.to_stock + l.quarantine + l.scrap, l.base_quantity)) > COALESCE(k.accepted_base, 0) \
         ORDER BY c.number, k.position",
    ),
    (
        "no more is found than was announced",
        "SELECT 'return ' || b.number, l.position, l.to_stock + l.quarantine + l.scrap, l.base_quantity FROM return_lines l \
         JOIN returns b ON b.id = l.return_id WHERE l.to_stock + l.quarantine + l.scrap > l.base_quantity \
         OR l.to_stock < 0 OR l.quarantine < 0 OR l.scrap < 0 ORDER BY b.number, l.position",
    ),
    (
        "no more is credited of a return than was found",
        "SELECT 'return ' || b.number, l.position, CAST(SUM(g.base_quantity) AS BIGINT), \
         COALESCE(l.to_stock + l.quarantine + l.scrap, 0) FROM returns b JOIN return_lines l ON l.return_id = b.id \
         JOIN credit_notes n ON n.return_id = b.id JOIN credit_note_lines g ON g.credit_note_id = n.id \
         JOIN invoice_lines i ON i.id = g.invoice_line_id AND i.order_line_id = l.order_line_id \
         WHERE b.claim_id IS NULL AND g.base_quantity IS NOT NULL \
         GROUP BY b.number, l.position, l.to_stock, l.quarantine, l.scrap \
         HAVING SUM(g.base_quantity) > COALESCE(l.to_stock + l.quarantine + l.scrap, 0) ORDER BY b.number, l.position",
    ),
];

fn numbers(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(i32, i64, i64, i64)> = sql(
        "SELECT n.year, n.last, CAST(COALESCE(b.count, 0) AS BIGINT), CAST(COALESCE(b.last, 0) AS BIGINT) \
         FROM return_numbers n LEFT JOIN (SELECT year, COUNT(*) AS count, MAX(sequence) AS last FROM returns \
         GROUP BY year) b ON b.year = n.year \
         WHERE n.last <> COALESCE(b.count, 0) OR n.last <> COALESCE(b.last, 0) ORDER BY n.year",
    )
    .rows(connection)?;
    let breach = |(year, given, count, last): (i32, i64, i64, i64)| Breach {
        check: "return numbers have no gap",
        object: format!("year {year}"),
        detail: format!("{given} numbers given out, {count} returns, the last of them {last}"),
    };
    Ok(rows.into_iter().map(breach).collect())
}
