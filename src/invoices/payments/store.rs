//! Payments.

use chrono::NaiveDate;

use crate::binds;
use crate::clock::Timestamp;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Batch, Connection, insertion, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, InvoiceId, PaymentId};
use crate::invoices::payments::{Filter, Payment};
use crate::keys;
use crate::row;

/// Stores a payment; `unapplied_minor` of it settles no invoice.
pub fn insert(batch: &mut Batch, payment: &Payment, unapplied_minor: i64) {
    batch.add(
        sql(
            "INSERT INTO payments (id, account_id, amount_minor, currency, received_on, reference, recorded_at, \
             recorded_by, unapplied_minor, invoice_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(payment.id)
        .bind(payment.account_id)
        .bind(payment.amount.minor)
        .bind(payment.amount.currency.code())
        .bind(payment.received_on)
        .bind(payment.reference.clone())
        .bind(payment.recorded_at)
        .bind(&payment.recorded_by)
        .bind(unapplied_minor)
        .bind(payment.named_id),
    );
}

row! {
    struct PaymentRow<'a> into payments {
        id: PaymentId,
        account_id: AccountId,
        amount_minor: i64,
        currency: &'a str,
        received_on: NaiveDate,
        reference: Option<&'a str>,
        recorded_at: Timestamp,
        recorded_by: &'a str,
        unapplied_minor: i64,
        invoice_id: Option<InvoiceId>,
    }
}

fn stored(payment: &Payment, unapplied_minor: i64) -> PaymentRow<'_> {
    PaymentRow {
        id: payment.id,
        account_id: payment.account_id,
        amount_minor: payment.amount.minor,
        currency: payment.amount.currency.code(),
        received_on: payment.received_on,
        reference: payment.reference.as_deref(),
        recorded_at: payment.recorded_at,
        recorded_by: &payment.recorded_by,
        unapplied_minor,
        invoice_id: payment.named_id,
    }
}

/// Stores payments, each with what of it settles no invoice.
pub fn insert_all(batch: &mut Batch, payments: &[(&Payment, i64)]) -> Result<()> {
    let rows: Vec<_> = payments.iter().map(|(payment, left)| stored(payment, *left)).collect();
    batch.add(insertion(&rows)?);
    Ok(())
}

/// Says what of a payment has settled no invoice.
pub fn update_unapplied(batch: &mut Batch, payment: &Payment, unapplied_minor: i64) {
    batch.add(
        sql("UPDATE payments SET unapplied_minor = $3 WHERE account_id = $1 AND id = $2")
            .bind(payment.account_id)
            .bind(payment.id)
            .bind(unapplied_minor),
    );
}

/// Puts so much of payments back on account.
pub fn give_back(batch: &mut Batch, parts: &[(PaymentId, i64)]) -> Result<()> {
    if parts.is_empty() {
        return Ok(());
    }
    let change = sql(
        "UPDATE payments SET unapplied_minor = unapplied_minor + d.amount FROM {tuples $1: id bigint, amount bigint} d \
         WHERE payments.id = d.id",
    )
    .bind(sets::json(parts)?);
    batch.add(change);
    Ok(())
}

/// Marks a payment as taken back; none of it settles an invoice then.
pub fn update_reversed(batch: &mut Batch, payment: &Payment, reason: &str, now: Timestamp) {
    batch.add(
        sql(
            "UPDATE payments SET reversed_at = $3, reversal_reason = $4, unapplied_minor = amount_minor \
             WHERE account_id = $1 AND id = $2",
        )
        .bind(payment.account_id)
        .bind(payment.id)
        .bind(now)
        .bind(reason),
    );
}

/// What of a payment has settled no invoice, minor units.
pub fn unapplied_minor(connection: &mut Connection, payment: &Payment) -> Result<i64> {
    sql("SELECT unapplied_minor FROM payments WHERE account_id = $1 AND id = $2")
        .bind(payment.account_id)
        .bind(payment.id)
        .one(connection)
}

/// Whose payment it is: for staff, who name no account.
pub fn find_account(connection: &mut Connection, id: PaymentId) -> Result<Option<AccountId>> {
    sql("SELECT account_id FROM payments WHERE id = $1")
        .bind(id)
        .first(connection)
}

pub fn find(connection: &mut Connection, account_id: AccountId, id: PaymentId) -> Result<Option<Payment>> {
    select::<Payment>("WHERE p.account_id = $1 AND p.id = $2")
        .bind(account_id)
        .bind(id)
        .first(connection)
}

/// Payments, the newest first, behind `after`; for staff.
pub fn list(
    connection: &mut Connection,
    filter: &Filter,
    after: impl Into<Walk<PaymentId>>,
    limit: i64,
) -> Result<Vec<Payment>> {
    let walk = after.into();
    // What SQLite walks; it keeps no statistics that would tell it.
    let index = match (filter.unmatched, &filter.account) {
        _ if walk.among().is_some() => "",
        (true, _) => "{indexed payments_unmatched}",
        (false, Some(_)) => "{indexed payments_of_account}",
        (false, None) => "",
    };
    let mut seek = Seek::new(connection, &format!("SELECT p.id FROM payments p {index}"));
    if filter.unmatched {
        seek.and("p.unapplied_minor > 0 AND p.reversed_at IS NULL", []);
    }
    seek.of_account("p.account_id", filter.account.as_deref());
    seek.and_if("p.received_on >= $1", filter.from);
    seek.and_if("p.received_on <= $1", filter.to);
    if let Some(text) = filter.text.as_deref().map(str::trim) {
        seek.and(
            "({position}(lower(p.reference), $1) > 0 OR p.account_id IN (SELECT a.id FROM accounts a \
             WHERE {position}(a.search_text, $2) > 0))",
            binds![text.to_lowercase(), keys::searched(text)],
        );
    }
    let walk = walk.map(|id| binds![id]);
    let ids: Vec<PaymentId> = seek.part(["p.id"], Way::Down, "p.id", walk, limit)?.rows(connection)?;
    select::<Payment>("WHERE p.id {in ids $1} ORDER BY p.id DESC")
        .bind(sets::json(&ids)?)
        .rows(connection)
}

/// What of each of these payments has settled invoices and charges, minor units; those that settled none are left out.
pub fn list_applied_minor(connection: &mut Connection, ids: &[PaymentId]) -> Result<Vec<(PaymentId, i64)>> {
    sql(
        "SELECT a.payment_id, CAST(SUM(a.amount_minor) AS BIGINT) FROM (SELECT payment_id, amount_minor \
         FROM payment_applications WHERE payment_id {in ids $1} UNION ALL SELECT payment_id, amount_minor \
         FROM charge_applications WHERE payment_id {in ids $1}) a GROUP BY a.payment_id",
    )
    .bind(sets::json(ids)?)
    .rows(connection)
}

/// How many payments have a rest that has settled no invoice.
pub fn count_unmatched(connection: &mut Connection) -> Result<i64> {
    sql("SELECT COUNT(*) FROM payments WHERE unapplied_minor > 0 AND reversed_at IS NULL").one(connection)
}
