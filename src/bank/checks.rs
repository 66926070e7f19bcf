//! Entries of banks are the payments that they became, each once, and statements add up.

use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;
use crate::ids::{BankEntryId, BankStatementId};

/// Everything about banks that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = Vec::new();
    for (check, statement) in OF_ENTRIES {
        let rows: Vec<(i64, String, String)> = sql(statement).rows(connection)?;
        let breach = |(id, stored, derived): (i64, String, String)| {
            Breach::differs(check, BankEntryId(id).to_string(), stored, derived)
        };
        breaches.extend(rows.into_iter().map(breach));
    }
    for (check, statement) in OF_STATEMENTS {
        let rows: Vec<(i64, i64, i64)> = sql(statement).rows(connection)?;
        let breach = |(id, stored, derived): (i64, i64, i64)| {
            Breach::differs(check, BankStatementId(id).to_string(), stored, derived)
        };
        breaches.extend(rows.into_iter().map(breach));
    }
    Ok(breaches)
}

/// Entry, what is stored, what it should be: where they differ.
const OF_ENTRIES: [(&str, &str); 6] = [
    (
        "a booked entry has a payment of its amount and currency, took one back, or is a refund",
        "SELECT e.id, CAST(e.amount_minor AS TEXT) || ' ' || e.currency, \
         COALESCE(CAST(p.amount_minor AS TEXT) || ' ' || p.currency, 'no payment') FROM bank_entries e \
         LEFT JOIN payments p ON p.id = COALESCE(e.payment_id, e.takes_back_id) \
         WHERE e.state = {bank_entry_state booked} AND e.refund_id IS NULL AND (p.id IS NULL OR p.amount_minor <> e.amount_minor \
         OR p.currency <> e.currency \
         OR (e.payment_id IS NULL AND p.reversed_at IS NULL) OR (e.payment_id IS NOT NULL AND p.account_id <> e.account_id)) \
         ORDER BY e.id",
    ),
    (
        "an entry that is a refund has its amount, currency and account, alone",
        "SELECT e.id, CAST(e.amount_minor AS TEXT) || ' ' || e.currency, CAST(r.amount_minor AS TEXT) || ' ' || r.currency \
         FROM bank_entries e JOIN refunds r ON r.id = e.refund_id WHERE e.state = {bank_entry_state booked} \
         AND (r.amount_minor <> e.amount_minor OR r.currency <> e.currency OR r.account_id <> e.account_id \
         OR e.payment_id IS NOT NULL OR e.direction <> 'debit' OR r.reversed_at IS NOT NULL OR EXISTS (\
         SELECT 1 FROM bank_entries o WHERE o.refund_id = e.refund_id AND o.state = {bank_entry_state booked} AND o.id <> e.id)) ORDER BY e.id",
    ),
    (
        "only a booked entry is a payment",
        "SELECT e.id, e.state, 'booked' FROM bank_entries e WHERE e.state <> {bank_entry_state booked} \
         AND e.payment_id IS NOT NULL ORDER BY e.id",
    ),
    (
        "no entry has two payments that count",
        "SELECT b.entry_id, CAST(COUNT(*) AS TEXT), '1' FROM bank_entry_payments b JOIN payments p ON p.id = b.payment_id \
         LEFT JOIN bank_entries e ON e.id = b.entry_id AND e.payment_id = b.payment_id \
         WHERE p.reversed_at IS NULL GROUP BY b.entry_id HAVING COUNT(*) > 1 OR COUNT(e.id) <> COUNT(*) ORDER BY b.entry_id",
    ),
    (
        "a sum whose parts are told stays ignored",
        "SELECT e.id, e.state, 'ignored' FROM bank_entries e WHERE e.state <> {bank_entry_state ignored} \
         AND e.reasons LIKE '%bank_entry_split%' ORDER BY e.id",
    ),
    (
        "money that the bank took back is not booked again",
        "SELECT b.entry_id, CAST(p.amount_minor AS TEXT), 'taken back' FROM bank_entries r \
         JOIN bank_entry_payments b ON b.payment_id = r.takes_back_id \
         JOIN bank_entry_payments o ON o.entry_id = b.entry_id JOIN payments p ON p.id = o.payment_id \
         WHERE r.state = {bank_entry_state booked} AND p.reversed_at IS NULL ORDER BY b.entry_id",
    ),
];

/// Statement, what is stored, what it should be: where they differ.
const OF_STATEMENTS: [(&str, &str); 2] = [
    (
        "what a bank's account moved by is the sum of the entries",
        "SELECT s.id, s.own_minor, CAST(COALESCE(e.moved, 0) AS BIGINT) FROM bank_statements s LEFT JOIN (\
         SELECT statement_id, SUM(CASE WHEN direction = 'credit' THEN amount_minor ELSE -amount_minor END) AS moved \
         FROM bank_entries GROUP BY statement_id) e ON e.statement_id = s.id \
         WHERE s.own_minor <> COALESCE(e.moved, 0) ORDER BY s.id",
    ),
    (
        "a statement of a bank closes with what it opened with and what moved",
        "SELECT id, closing_minor, opening_minor + moved_minor FROM bank_statements \
         WHERE closing_minor <> opening_minor + moved_minor ORDER BY id",
    ),
];
