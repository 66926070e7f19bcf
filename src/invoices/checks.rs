//! Invoices add up, parts of a line sum to the line, numbers have no gap, and the ledger books what they say.

use super::rules::{Invoice, number};
use super::store;
use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;
use crate::ids::{InvoiceId, PaymentId};
use crate::money::Money;
use crate::tax::rules::tax_groups;

/// Invoices read at a time.
const BATCH: i64 = 500;

/// Everything about invoices and payments that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = numbers(connection)?;
    breaches.extend(invoiced_of_lines(connection)?);
    breaches.extend(commitments(connection)?);
    breaches.extend(open_amounts(connection)?);
    breaches.extend(unapplied(connection)?);
    breaches.extend(booked(connection)?);
    breaches.extend(super::credits::checks::run(connection)?);
    breaches.extend(super::corrections::checks::run(connection)?);
    breaches.extend(super::repricing::checks::run(connection)?);
    breaches.extend(super::write_offs::checks::run(connection)?);
    breaches.extend(super::refunds::checks::run(connection)?);
    breaches.extend(super::rebates::checks::run(connection)?);
    let mut after = InvoiceId(0);
    loop {
        let invoices = store::list_whole(connection, after, BATCH)?;
        let Some(last) = invoices.last() else {
            return Ok(breaches);
        };
        after = last.id;
        for invoice in &invoices {
            breaches.extend(of_invoice(invoice));
        }
    }
}

/// What one invoice must satisfy by itself.
fn of_invoice(invoice: &Invoice) -> Vec<Breach> {
    let object = format!("invoice {}", invoice.number);
    let mut breaches = Vec::new();
    let mut differs = |check, stored: String, derived: String| {
        if stored != derived {
            breaches.push(Breach::differs(check, &object, stored, derived));
        }
    };
    let text = |money: Option<Money>| money.map_or_else(|| "nothing".to_owned(), |money| money.to_string());
    let zero = Money::zero(invoice.currency);
    differs(
        "an invoice's number is its place in the year",
        invoice.number.clone(),
        number(invoice.sequence),
    );
    differs(
        "an invoice has all its lines",
        invoice.line_count.to_string(),
        invoice.lines.len().to_string(),
    );
    let net = invoice
        .lines
        .iter()
        .try_fold(zero, |sum, line| sum.checked_add(line.net));
    differs(
        "an invoice's net is the sum of its lines",
        invoice.net.to_string(),
        text(net),
    );
    let groups = tax_groups(
        invoice
            .lines
            .iter()
            .map(|line| (line.treatment.clone(), line.net.minor)),
    );
    let stored: Vec<_> = invoice.taxes.iter().map(|tax| tax.group.clone()).collect();
    differs(
        "an invoice's tax table follows from its lines",
        format!("{stored:?}"),
        format!("{:?}", groups.clone().unwrap_or_default()),
    );
    let tax = groups.and_then(|groups| {
        let mut amounts = groups
            .iter()
            .map(|group| Money::new(group.amount_minor, invoice.currency));
        amounts.try_fold(zero, Money::checked_add)
    });
    differs(
        "an invoice's tax is the sum of its tax table",
        invoice.tax.to_string(),
        text(tax),
    );
    for line in &invoice.lines {
        let Some(steps) = &line.price_steps else { continue };
        let net = steps.net_minor(invoice.currency);
        differs(
            "an invoiced line's net is its gross and what was taken off",
            line.net.to_string(),
            text(net.map(|minor| Money::new(minor, invoice.currency))),
        );
    }
    let gross = invoice.net.checked_add(invoice.tax);
    differs(
        "an invoice's gross is net and tax",
        invoice.gross.to_string(),
        text(gross),
    );
    breaches
}

fn numbers(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(i32, i64, i64, i64)> = sql(
        "SELECT n.year, n.last, CAST(COALESCE(i.count, 0) AS BIGINT), CAST(COALESCE(i.last, 0) AS BIGINT) \
         FROM invoice_numbers n LEFT JOIN (SELECT year, COUNT(*) AS count, MAX(sequence) AS last FROM invoices \
         GROUP BY year) i ON i.year = n.year \
         WHERE n.last <> COALESCE(i.count, 0) OR n.last <> COALESCE(i.last, 0) ORDER BY n.year",
    )
    .rows(connection)?;
    let breach = |(year, given, count, last): (i32, i64, i64, i64)| Breach {
        check: "invoice numbers have no gap",
        object: format!("year {year}"),
        detail: format!("{given} numbers given out, {count} invoices, the last of them {last}"),
    };
    Ok(rows.into_iter().map(breach).collect())
}

/// What is invoiced of a line is the sum of its invoices, in base steps; where that is all of the line, its nets sum to
/// the line's. What takes the place of an invoice, or adds to it, bills no more goods and may have other prices: it has checks
/// of its own.
fn invoiced_of_lines(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(i64, i64, i64, i64, i64, i64, i64)> = sql(
        "SELECT o.number, CAST(l.position AS BIGINT), l.invoiced, CAST(COALESCE(i.steps, 0) AS BIGINT), \
         l.base_quantity, l.net_minor, CAST(COALESCE(i.net, 0) AS BIGINT) FROM order_lines l \
         JOIN orders o ON o.id = l.order_id LEFT JOIN (SELECT b.order_line_id, SUM(b.base_quantity) AS steps, \
         SUM(b.net_minor) AS net FROM invoice_lines b JOIN invoices h ON h.id = b.invoice_id WHERE h.kind = 'invoice' \
         GROUP BY b.order_line_id) i ON i.order_line_id = l.id \
         WHERE l.invoiced <> COALESCE(i.steps, 0) OR l.invoiced > l.shipped \
         OR (l.invoiced = l.base_quantity AND l.net_minor <> COALESCE(i.net, 0)) ORDER BY o.number, l.position",
    )
    .rows(connection)?;
    let mut breaches = Vec::new();
    for (number, position, invoiced, steps, whole, line_net, net) in rows {
        let object = format!("order {number} line {position}");
        if invoiced != steps {
            let check = "what is invoiced of a line is the sum of its invoices";
            breaches.push(Breach::differs(check, &object, invoiced, steps));
        } else if invoiced == whole && line_net != net {
            breaches.push(Breach::differs(
                "invoiced parts sum to the line",
                &object,
                line_net,
                net,
            ));
        } else {
            breaches.push(Breach {
                check: "only what is shipped is invoiced",
                object,
                detail: format!("{invoiced} base steps are invoiced"),
            });
        }
    }
    Ok(breaches)
}

/// What the ledger holds for an order is its gross less what was called off and its invoices while it is committed, and nothing once all of it
/// is invoiced.
fn commitments(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(i64, i64, i64)> = sql(
        "SELECT number, posted, due FROM (SELECT o.number, CAST(COALESCE(e.posted, 0) AS BIGINT) AS posted, \
         CAST(CASE WHEN o.state NOT {in order_states committed} \
         OR NOT EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id \
         AND l.invoiced + l.cancelled < l.base_quantity) \
         OR COALESCE(o.gross_minor, o.net_minor) - o.cancelled_minor < COALESCE(i.gross, 0) THEN 0 \
         ELSE COALESCE(o.gross_minor, o.net_minor) - o.cancelled_minor - COALESCE(i.gross, 0) END AS BIGINT) AS due \
         FROM orders o \
         LEFT JOIN (SELECT order_id, SUM(committed_minor) AS posted FROM ledger_entries GROUP BY order_id) e \
         ON e.order_id = o.id \
         LEFT JOIN (SELECT order_id, SUM(gross_minor) AS gross FROM invoices WHERE kind = 'invoice' GROUP BY order_id) i \
         ON i.order_id = o.id) q WHERE posted <> due ORDER BY number",
    )
    .rows(connection)?;
    let breach = |(number, stored, derived): (i64, i64, i64)| {
        Breach::differs(
            "the ledger holds what an order commits",
            format!("order {number}"),
            stored,
            derived,
        )
    };
    Ok(rows.into_iter().map(breach).collect())
}

fn open_amounts(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(String, i64, i64)> = sql("SELECT i.number, CAST(COALESCE(o.open_minor, -1) AS BIGINT), \
         CAST(i.gross_minor - COALESCE(a.applied, 0) AS BIGINT) FROM invoices i \
         LEFT JOIN open_items o ON o.invoice_id = i.id \
         LEFT JOIN (SELECT invoice_id, SUM(amount_minor) AS applied FROM (\
         SELECT invoice_id, amount_minor FROM payment_applications UNION ALL \
         SELECT invoice_id, amount_minor FROM credit_applications UNION ALL \
         SELECT invoice_id, amount_minor FROM write_offs WHERE reversed_at IS NULL) s GROUP BY invoice_id) a ON a.invoice_id = i.id \
         WHERE COALESCE(o.open_minor, -1) <> i.gross_minor - COALESCE(a.applied, 0) ORDER BY i.number")
    .rows(connection)?;
    let breach = |(number, stored, derived): (String, i64, i64)| {
        let object = format!("invoice {number}");
        Breach::differs(
            "what is left of an invoice is its gross less its payments, credits and what is given up",
            object,
            stored,
            derived,
        )
    };
    Ok(rows.into_iter().map(breach).collect())
}

fn unapplied(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(i64, i64, i64)> = sql(
        "SELECT p.id, p.unapplied_minor, CAST(p.amount_minor - COALESCE(a.applied, 0) AS BIGINT) FROM payments p \
         LEFT JOIN (SELECT payment_id, SUM(amount_minor) AS applied FROM (\
         SELECT payment_id, amount_minor FROM payment_applications UNION ALL \
         SELECT payment_id, amount_minor FROM charge_applications UNION ALL \
         SELECT r.payment_id, r.amount_minor FROM refund_parts r JOIN refunds f ON f.id = r.refund_id \
         WHERE f.reversed_at IS NULL AND r.payment_id IS NOT NULL) s GROUP BY payment_id) a \
         ON a.payment_id = p.id WHERE p.unapplied_minor <> p.amount_minor - COALESCE(a.applied, 0) ORDER BY p.id",
    )
    .rows(connection)?;
    let breach = |(id, stored, derived): (i64, i64, i64)| {
        let object = PaymentId(id).to_string();
        Breach::differs(
            "what is left of a payment is its amount less what it settled and what was paid back",
            object,
            stored,
            derived,
        )
    };
    Ok(rows.into_iter().map(breach).collect())
}

/// The ledger has one entry for each invoice and payment, with its amount.
fn booked(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(String, i64, i64)> = sql("SELECT object, stored, derived FROM (\
         SELECT i.number AS object, CAST(i.gross_minor AS BIGINT) AS stored, CAST(COALESCE(e.booked, 0) AS BIGINT) \
         AS derived FROM invoices i LEFT JOIN (SELECT invoice_id, SUM(receivable_minor) AS booked \
         FROM ledger_entries WHERE kind = 'invoice' GROUP BY invoice_id) e ON e.invoice_id = i.id \
         UNION ALL SELECT CAST(p.id AS TEXT), CAST(CASE WHEN p.reversed_at IS NULL THEN -p.amount_minor ELSE 0 END \
         AS BIGINT), CAST(COALESCE(e.booked, 0) AS BIGINT) FROM payments p \
         LEFT JOIN (SELECT payment_id, SUM(receivable_minor) AS booked FROM ledger_entries GROUP BY payment_id) e \
         ON e.payment_id = p.id) q WHERE stored <> derived ORDER BY object")
    .rows(connection)?;
    let breach = |(object, stored, derived): (String, i64, i64)| {
        Breach::differs("the ledger books each invoice and payment", object, stored, derived)
    };
    Ok(rows.into_iter().map(breach).collect())
}
