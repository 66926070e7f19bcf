//! What price corrections say is what their documents say, and their numbers have no gap.

use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;

/// Everything about price corrections that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = numbers(connection)?;
    for (check, what, statement) in DIFFERENCES {
        let rows: Vec<(String, i64, i64)> = sql(statement).rows(connection)?;
        let breach = |(number, stored, derived): (String, i64, i64)| {
            Breach::differs(check, format!("{what} {number}"), stored, derived)
        };
        breaches.extend(rows.into_iter().map(breach));
    }
    Ok(breaches)
}

/// Object, what is stored, what it should be: where they differ.
const DIFFERENCES: [(&str, &str, &str); 4] = [
    (
        "a price correction credits what its lines say",
        "credit note",
        "SELECT c.number, c.net_minor, CAST(-SUM(p.difference_minor) AS BIGINT) FROM price_correction_lines p \
         JOIN credit_notes c ON c.id = p.credit_note_id GROUP BY c.id, c.number, c.net_minor \
         HAVING c.net_minor <> -SUM(p.difference_minor) ORDER BY c.number",
    ),
    (
        "a price correction invoices what its lines say",
        "invoice",
        "SELECT i.number, i.net_minor, CAST(SUM(p.difference_minor) AS BIGINT) FROM price_correction_lines p \
         JOIN invoices i ON i.id = p.difference_id GROUP BY i.id, i.number, i.net_minor \
         HAVING i.net_minor <> SUM(p.difference_minor) ORDER BY i.number",
    ),
    (
        "every invoice of a price difference is of a price correction",
        "invoice",
        "SELECT i.number, i.net_minor, CAST(0 AS BIGINT) FROM invoices i WHERE i.kind = 'price_difference' AND NOT EXISTS \
         (SELECT 1 FROM price_correction_lines p WHERE p.difference_id = i.id) ORDER BY i.number",
    ),
    (
        "a line of a released price correction is done or had changed",
        "price correction",
        "SELECT c.number, CAST(COUNT(*) AS BIGINT), CAST(0 AS BIGINT) FROM price_corrections c \
         JOIN price_correction_lines p ON p.correction_id = c.id WHERE (c.state = {price_correction_state released} AND p.outcome = 'proposed') \
         OR (c.state <> {price_correction_state released} AND p.outcome <> 'proposed') OR (p.outcome = 'done' AND \
         (p.credit_note_id IS NULL) = (p.difference_id IS NULL)) GROUP BY c.id, c.number ORDER BY c.number",
    ),
];

fn numbers(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(i32, i64, i64, i64)> = sql(
        "SELECT n.year, n.last, CAST(COALESCE(c.count, 0) AS BIGINT), CAST(COALESCE(c.last, 0) AS BIGINT) \
         FROM price_correction_numbers n LEFT JOIN (SELECT year, COUNT(*) AS count, MAX(sequence) AS last \
         FROM price_corrections GROUP BY year) c ON c.year = n.year \
         WHERE n.last <> COALESCE(c.count, 0) OR n.last <> COALESCE(c.last, 0) ORDER BY n.year",
    )
    .rows(connection)?;
    let breach = |(year, given, count, last): (i32, i64, i64, i64)| Breach {
        check: "numbers of price corrections have no gap",
        object: format!("year {year}"),
        detail: format!("{given} numbers given out, {count} price corrections, the last of them {last}"),
    };
    Ok(rows.into_iter().map(breach).collect())
}
