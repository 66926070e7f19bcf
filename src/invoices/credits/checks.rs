//! Credit notes add up, never exceed their invoice, have numbers without a gap, and are in the ledger.

use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;

/// Everything about credit notes that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = numbers(connection)?;
    for (check, statement) in DIFFERENCES {
        let rows: Vec<(String, i64, i64)> = sql(statement).rows(connection)?;
        let breach = |(number, stored, derived): (String, i64, i64)| {
            Breach::differs(check, format!("credit note {number}"), stored, derived)
        };
        breaches.extend(rows.into_iter().map(breach));
    }
    for (check, statement) in EXCESSES {
        let rows: Vec<(String, i64, i64)> = sql(statement).rows(connection)?;
        let breach = |(number, credited, invoiced): (String, i64, i64)| Breach {
            check,
            object: format!("invoice {number}"),
            detail: format!("{credited} credited of {invoiced}"),
        };
        breaches.extend(rows.into_iter().map(breach));
    }
    Ok(breaches)
}

/// Number, what is stored, what it should be: where they differ.
const DIFFERENCES: [(&str, &str); 5] = [
    (
        "a credit note's net is the sum of its lines",
        "SELECT c.number, c.net_minor, CAST(SUM(l.net_minor) AS BIGINT) FROM credit_notes c \
         JOIN credit_note_lines l ON l.credit_note_id = c.id GROUP BY c.id, c.number, c.net_minor \
         HAVING c.net_minor <> SUM(l.net_minor) ORDER BY c.number",
    ),
    (
        "a credit note's tax is the sum of its tax table",
        "SELECT c.number, c.tax_minor, CAST(SUM(t.amount_minor) AS BIGINT) FROM credit_notes c \
         JOIN credit_note_taxes t ON t.credit_note_id = c.id GROUP BY c.id, c.number, c.tax_minor \
         HAVING c.tax_minor <> SUM(t.amount_minor) ORDER BY c.number",
    ),
    (
        "a credit note's gross is net and tax",
        "SELECT number, gross_minor, net_minor + tax_minor FROM credit_notes \
         WHERE gross_minor <> net_minor + tax_minor ORDER BY number",
    ),
    (
        "what is left of a credit note is its gross less what it settled and what was paid back",
        "SELECT c.number, COALESCE(o.open_minor, -1), CAST(c.gross_minor - COALESCE(a.applied, 0) AS BIGINT) \
         FROM credit_notes c LEFT JOIN open_credits o ON o.credit_note_id = c.id \
         LEFT JOIN (SELECT credit_note_id, SUM(amount_minor) AS applied FROM (\
         SELECT credit_note_id, amount_minor FROM credit_applications UNION ALL \
         SELECT r.credit_note_id, r.amount_minor FROM refund_parts r JOIN refunds f ON f.id = r.refund_id \
         WHERE f.reversed_at IS NULL AND r.credit_note_id IS NOT NULL) s GROUP BY credit_note_id) a ON a.credit_note_id = c.id \
         WHERE COALESCE(o.open_minor, -1) <> c.gross_minor - COALESCE(a.applied, 0) ORDER BY c.number",
    ),
    (
        "the ledger books each credit note",
        "SELECT c.number, -c.gross_minor, CAST(COALESCE(e.booked, 0) AS BIGINT) FROM credit_notes c \
         LEFT JOIN (SELECT credit_note_id, SUM(receivable_minor) AS booked FROM ledger_entries \
         GROUP BY credit_note_id) e ON e.credit_note_id = c.id \
         WHERE -c.gross_minor <> COALESCE(e.booked, 0) ORDER BY c.number",
    ),
];

/// Number of the invoice, what is credited, what was invoiced: where it is more.
const EXCESSES: [(&str, &str); 2] = [
    (
        "no more is credited of a line than was invoiced",
        "SELECT i.number, CAST(SUM(l.net_minor) AS BIGINT), il.net_minor FROM credit_note_lines l \
         JOIN invoice_lines il ON il.id = l.invoice_line_id JOIN invoices i ON i.id = il.invoice_id \
         GROUP BY il.id, i.number, il.net_minor, il.quantity \
         HAVING SUM(l.net_minor) > il.net_minor OR SUM(COALESCE(l.quantity, 0)) > il.quantity ORDER BY i.number",
    ),
    (
        "no more tax is credited than was invoiced",
        "SELECT i.number, CAST(SUM(t.amount_minor) AS BIGINT), it.amount_minor FROM credit_note_taxes t \
         JOIN credit_notes c ON c.id = t.credit_note_id JOIN invoices i ON i.id = c.invoice_id \
         LEFT JOIN invoice_taxes it ON it.invoice_id = i.id AND it.category = t.category AND it.rate_ppm = t.rate_ppm \
         GROUP BY i.id, i.number, t.category, t.rate_ppm, it.amount_minor, it.base_minor \
         HAVING SUM(t.amount_minor) > COALESCE(it.amount_minor, -1) OR SUM(t.base_minor) > COALESCE(it.base_minor, -1) \
         ORDER BY i.number",
    ),
];

fn numbers(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(i32, i64, i64, i64)> = sql(
        "SELECT n.year, n.last, CAST(COALESCE(c.count, 0) AS BIGINT), CAST(COALESCE(c.last, 0) AS BIGINT) \
         FROM credit_note_numbers n LEFT JOIN (SELECT year, COUNT(*) AS count, MAX(sequence) AS last FROM credit_notes \
         GROUP BY year) c ON c.year = n.year \
         WHERE n.last <> COALESCE(c.count, 0) OR n.last <> COALESCE(c.last, 0) ORDER BY n.year",
    )
    .rows(connection)?;
    let breach = |(year, given, count, last): (i32, i64, i64, i64)| Breach {
        check: "credit note numbers have no gap",
        object: format!("year {year}"),
        detail: format!("{given} numbers given out, {count} credit notes, the last of them {last}"),
    };
    Ok(rows.into_iter().map(breach).collect())
}
