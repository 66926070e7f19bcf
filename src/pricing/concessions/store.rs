//! What was billed to an account and given back to it.

use chrono::NaiveDate;

use crate::db::{Connection, sql};
use crate::error::Result;
use crate::ids::AccountId;
use crate::money::{Currency, Money};

/// What the program of an account was worth, without tax but for cash discounts, which are of what was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Program {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub invoiced: Money,
    pub rebates: Money,
    pub price_credits: Money,
    pub cash_discounts: Money,
}

pub fn program(
    connection: &mut Connection,
    (account_id, currency): (AccountId, Currency),
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Program> {
    let (invoiced, rebates, prices, discounts): (i64, i64, i64, i64) = sql(
        "SELECT CAST(COALESCE((SELECT SUM(i.net_minor) FROM invoices i WHERE i.account_id = $1 AND i.issued_on >= $2 \
         AND i.issued_on <= $3 AND NOT EXISTS (SELECT 1 FROM invoice_corrections x WHERE x.invoice_id = i.id)), 0) AS BIGINT), \
         CAST(COALESCE((SELECT SUM(c.net_minor) FROM credit_notes c WHERE c.account_id = $1 AND c.issued_on >= $2 \
         AND c.issued_on <= $3 AND c.reason = 'rebate'), 0) AS BIGINT), \
         CAST(COALESCE((SELECT SUM(c.net_minor) FROM credit_notes c WHERE c.account_id = $1 AND c.issued_on >= $2 \
         AND c.issued_on <= $3 AND c.reason = 'price'), 0) AS BIGINT), \
         CAST(COALESCE((SELECT SUM(w.amount_minor) FROM write_offs w WHERE w.account_id = $1 AND w.booked_on >= $2 \
         AND w.booked_on <= $3 AND w.kind = 'cash_discount' AND w.reversed_at IS NULL), 0) AS BIGINT)",
    )
    .bind(account_id)
    .bind(from)
    .bind(to)
    .one(connection)?;
    let money = |minor| Money::new(minor, currency);
    Ok(Program {
        from,
        to,
        invoiced: money(invoiced),
        rebates: money(rebates),
        price_credits: money(prices),
        cash_discounts: money(discounts),
    })
}
