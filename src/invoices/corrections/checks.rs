//! Corrected invoices bill what was left of those they took the place of, of which nothing is left then; and one invoice of a shipment
//! holds.

use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;

/// Everything about corrections that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = Vec::new();
    for (check, statement) in CHECKS {
        let rows: Vec<(String, String, String)> = sql(statement).rows(connection)?;
        let breach = |(number, stored, derived)| Breach::differs(check, format!("invoice {number}"), stored, derived);
        breaches.extend(rows.into_iter().map(breach));
    }
    Ok(breaches)
}

/// Number of the invoice, what is stored, what it should be: where they differ.
const CHECKS: [(&str, &str); 4] = [
    (
        "nothing is left of an invoice that was corrected",
        "SELECT i.number, CAST(COALESCE(c.credited, 0) AS TEXT), CAST(i.gross_minor AS TEXT) FROM invoice_corrections x \
         JOIN invoices i ON i.id = x.invoice_id LEFT JOIN (SELECT invoice_id, SUM(gross_minor) AS credited FROM credit_notes \
         GROUP BY invoice_id) c ON c.invoice_id = i.id WHERE i.gross_minor <> COALESCE(c.credited, 0) ORDER BY i.number",
    ),
    (
        "a corrected invoice bills what was left of the one before",
        "SELECT n.number, CAST(COALESCE(r.steps, 0) AS TEXT), CAST(w.steps - COALESCE(c.steps, 0) AS TEXT) \
         FROM invoice_corrections x JOIN invoices n ON n.id = x.corrected_id JOIN (SELECT invoice_id, order_line_id, \
         SUM(base_quantity) AS steps FROM invoice_lines GROUP BY invoice_id, order_line_id) w ON w.invoice_id = x.invoice_id \
         LEFT JOIN (SELECT h.invoice_id, b.order_line_id, SUM(COALESCE(l.base_quantity, 0)) AS steps FROM credit_notes h \
         JOIN credit_note_lines l ON l.credit_note_id = h.id JOIN invoice_lines b ON b.id = l.invoice_line_id \
         WHERE NOT EXISTS (SELECT 1 FROM invoice_corrections y WHERE y.credit_note_id = h.id) \
         GROUP BY h.invoice_id, b.order_line_id) c ON c.invoice_id = x.invoice_id AND c.order_line_id = w.order_line_id \
         LEFT JOIN (SELECT invoice_id, order_line_id, SUM(base_quantity) AS steps FROM invoice_lines \
         GROUP BY invoice_id, order_line_id) r ON r.invoice_id = x.corrected_id AND r.order_line_id = w.order_line_id \
         WHERE COALESCE(r.steps, 0) <> w.steps - COALESCE(c.steps, 0) ORDER BY n.number",
    ),
    (
        "the invoice of a shipment that holds took the place of the others",
        "SELECT i.number, CAST(i.id AS TEXT), CAST(COALESCE(b.invoice_id, 0) AS TEXT) FROM invoices i \
         LEFT JOIN billed_shipments b ON b.shipment_id = i.shipment_id \
         LEFT JOIN invoice_corrections x ON x.invoice_id = i.id \
         WHERE i.kind <> 'price_difference' AND x.invoice_id IS NULL AND COALESCE(b.invoice_id, 0) <> i.id ORDER BY i.number",
    ),
    (
        "an invoice that corrects another says which",
        "SELECT i.number, CAST(COALESCE(i.preceding_id, 0) AS TEXT), CAST(COALESCE(x.invoice_id, 0) AS TEXT) FROM invoices i \
         LEFT JOIN invoice_corrections x ON x.corrected_id = i.id \
         WHERE i.kind = 'corrected' AND COALESCE(i.preceding_id, 0) <> COALESCE(x.invoice_id, -1) ORDER BY i.number",
    ),
];
