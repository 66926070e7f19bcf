//! Quotas, what was drawn of them, and modes.

use chrono::NaiveDate;

use super::rules::{Found, Holder, Mode, Period, Quota, Uses, Weights};
use crate::accounts::rules::Tier;
use crate::db::{Batch, Connection, sets, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrderLineId, ProductId, QuotaId};
use crate::row;

row! {
    struct FoundRow {
        product_id: ProductId,
        decimals: u8,
        id: QuotaId,
        account_id: Option<AccountId>,
        tier: Option<Tier>,
        period: Period,
        quantity_micros: i64,
        released_after_days: Option<i32>,
    }
}

/// The quotas of these products, by product and id: their own and those of their categories.
pub fn list_quotas_of(connection: &mut Connection, product_ids: &[ProductId]) -> Result<Vec<Found>> {
    let rows: Vec<FoundRow> = sql(
        "SELECT p.id, p.decimals, q.id, q.account_id, COALESCE(q.tier, a.tier), q.period, q.quantity_micros, \
         q.released_after_days FROM (SELECT p.id AS product_id, q.id AS quota_id FROM products p \
         JOIN quotas q ON q.product_id = p.id WHERE p.id {in ids $1} \
         UNION ALL SELECT p.id, q.id FROM products p JOIN quotas q ON q.category = p.category WHERE p.id {in ids $1}) f \
         JOIN products p ON p.id = f.product_id JOIN quotas q ON q.id = f.quota_id \
         LEFT JOIN accounts a ON a.id = q.account_id ORDER BY p.id, q.id",
    )
    .bind(sets::json(product_ids)?)
    .rows(connection)?;
    rows.into_iter().map(found).collect()
}

fn found(row: FoundRow) -> Result<Found> {
    let of_nobody = || Error::internal(format!("{} is for nobody", row.id));
    let tier = row.tier.ok_or_else(of_nobody)?;
    Ok(Found {
        product_id: row.product_id,
        decimals: row.decimals,
        quota: Quota {
            id: row.id,
            holder: row.account_id.map_or(Holder::Tier(tier), Holder::Account),
            tier,
            period: row.period,
            quantity_micros: row.quantity_micros,
            released_after_days: row.released_after_days,
        },
    })
}

/// The modes of these products: an article's own, else its category's.
pub fn list_modes_of(
    connection: &mut Connection,
    product_ids: &[ProductId],
) -> Result<Vec<(ProductId, Mode, Weights)>> {
    let rows: Vec<(ProductId, Mode, Option<String>)> = sql("SELECT p.id, COALESCE(own.mode, c.mode), \
         CASE WHEN own.mode IS NOT NULL THEN own.weights ELSE c.weights END FROM products p \
         LEFT JOIN allocation_modes own ON own.product_id = p.id \
         LEFT JOIN allocation_modes c ON c.category = p.category \
         WHERE p.id {in ids $1} AND COALESCE(own.mode, c.mode) IS NOT NULL")
    .bind(sets::json(product_ids)?)
    .rows(connection)?;
    let with_weights = |(id, mode, weights): (ProductId, Mode, Option<String>)| {
        let weights = match weights {
            None => Weights::default(),
            Some(text) => Weights::parse(&text).ok_or_else(|| Error::internal(format!("{text} are no weights")))?,
        };
        Ok((id, mode, weights))
    };
    rows.into_iter().map(with_weights).collect()
}

/// What was drawn of quotas in the periods that begin on these days. What went back to stock since is not drawn any more.
pub fn sum_uses(connection: &mut Connection, periods: &[(QuotaId, NaiveDate)]) -> Result<Uses> {
    if periods.is_empty() {
        return Ok(Vec::new());
    }
    sql(
        "SELECT u.quota_id, u.starts_on, l.base_decimals, CAST(SUM(CASE WHEN u.quantity < l.reserved + l.shipped \
         THEN u.quantity ELSE l.reserved + l.shipped END) AS BIGINT) \
         FROM {tuples $1: quota bigint, starts_on date} d \
         JOIN quota_uses u ON u.quota_id = d.quota AND u.starts_on = d.starts_on \
         JOIN order_lines l ON l.id = u.order_line_id GROUP BY u.quota_id, u.starts_on, l.base_decimals",
    )
    .bind(sets::json(periods)?)
    .rows(connection)
}

/// What lines draw of quotas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    pub quota_id: QuotaId,
    /// First day of the period.
    pub starts_on: NaiveDate,
    pub order_line_id: OrderLineId,
    /// Base steps.
    pub quantity: i64,
    /// What the line had before, in base steps: of an earlier use no more than that still counts.
    pub had: i64,
}

/// Writes down what lines draw.
pub fn add_uses(batch: &mut Batch, uses: &[Use]) -> Result<()> {
    if uses.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = uses
        .iter()
        .map(|drawn| {
            (
                drawn.quota_id,
                drawn.starts_on,
                drawn.order_line_id,
                drawn.quantity,
                drawn.had,
            )
        })
        .collect();
    let rows = sets::json(&rows)?;
    batch.add(
        sql(
            "UPDATE quota_uses SET quantity = d.quantity + CASE WHEN quota_uses.quantity < d.had THEN quota_uses.quantity \
             ELSE d.had END FROM {tuples $1: quota bigint, starts_on date, line bigint, quantity bigint, had bigint} d \
             WHERE quota_uses.quota_id = d.quota AND quota_uses.starts_on = d.starts_on AND quota_uses.order_line_id = d.line",
        )
        .bind(rows.as_str()),
    );
    batch.add(
        sql(
            "INSERT INTO quota_uses (quota_id, starts_on, order_line_id, quantity) SELECT d.quota, d.starts_on, d.line, \
             d.quantity FROM {tuples $1: quota bigint, starts_on date, line bigint, quantity bigint, had bigint} d \
             WHERE true ON CONFLICT (quota_id, starts_on, order_line_id) DO NOTHING",
        )
        .bind(rows),
    );
    Ok(())
}
