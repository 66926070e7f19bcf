//! What an account was invoiced in parts of periods, summed by the database.

use std::collections::HashMap;

use serde::Serialize;

use crate::contracts::rules::Window;
use crate::db::{Connection, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, ProductId};
use crate::money::Currency;

/// What is to be summed: the days on which invoices were issued, and what of them.
#[derive(Debug, Clone, Serialize)]
pub struct Asked {
    /// Its number among all.
    n: i64,
    from_day: String,
    to_day: String,
    product_id: Option<ProductId>,
    category: Option<String>,
}

impl Asked {
    pub fn new(n: i64, window: Window, product_id: Option<ProductId>, category: Option<&str>) -> Self {
        Self {
            n,
            from_day: window.from.to_string(),
            to_day: window.to.to_string(),
            product_id,
            category: category.map(str::to_owned),
        }
    }
}

/// Net in minor units and millionths of base units of each that is asked for, by its number: one statement. What was credited of an
/// invoice counts where the invoice does.
pub fn sum(
    connection: &mut Connection,
    account_id: AccountId,
    currency: Currency,
    asked: &[Asked],
) -> Result<HashMap<i64, (i64, i64)>> {
    if asked.is_empty() {
        return Ok(HashMap::new());
    }
    // An invoice of a price difference bills no goods.
    let rows: Vec<(i64, i64, i64)> = sql(
        "SELECT CAST(r.n AS BIGINT), CAST(SUM(l.net_minor - COALESCE((SELECT SUM(k.net_minor) FROM credit_notes c \
         JOIN credit_note_lines k ON k.credit_note_id = c.id WHERE c.invoice_id = i.id AND k.invoice_line_id = l.id), 0)) \
         AS BIGINT), \
         CAST(SUM(CASE WHEN i.kind = 'price_difference' THEN 0 ELSE (l.base_quantity - COALESCE((SELECT SUM(k.base_quantity) \
         FROM credit_notes c JOIN credit_note_lines k ON k.credit_note_id = c.id WHERE c.invoice_id = i.id \
         AND k.invoice_line_id = l.id), 0)) * CASE l.base_decimals WHEN 0 THEN 1000000 WHEN 1 THEN 100000 WHEN 2 THEN 10000 \
         WHEN 3 THEN 1000 WHEN 4 THEN 100 WHEN 5 THEN 10 ELSE 1 END END) AS BIGINT) \
         FROM {rows $1: n bigint, from_day date, to_day date, product_id bigint, category text} r \
         {cross} invoices i ON i.account_id = $2 AND i.issued_on >= r.from_day AND i.issued_on <= r.to_day AND i.currency = $3 \
         JOIN invoice_lines l ON l.invoice_id = i.id JOIN order_lines o ON o.id = l.order_line_id \
         JOIN products p ON p.id = o.product_id \
         WHERE (r.product_id IS NULL OR p.id = r.product_id) AND (r.category IS NULL OR p.category = r.category) GROUP BY r.n",
    )
    .bind(sets::json(asked)?)
    .bind(account_id)
    .bind(currency.code())
    .rows(connection)?;
    Ok(rows
        .into_iter()
        .map(|(n, minor, micros)| (n, (minor, micros)))
        .collect())
}
