//! Money that is paid back, and what is on account.

use chrono::NaiveDate;

use super::rules::Source;
use super::{Filter, Part, Refund};
use crate::binds;
use crate::clock::Timestamp;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Batch, Connection, insertion, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, CreditNoteId, PaymentId, RefundId};
use crate::keys;
use crate::money::{Currency, Money};
use crate::row;

row! {
    struct RefundRow<'a> into refunds {
        id: RefundId,
        account_id: AccountId,
        amount_minor: i64,
        currency: Currency,
        paid_on: NaiveDate,
        reference: Option<&'a str>,
        iban: Option<&'a str>,
        recorded_at: Timestamp,
        recorded_by: &'a str,
    }
}

row! {
    struct PartRow into refund_parts {
        refund_id: RefundId,
        position: i32,
        payment_id: Option<PaymentId>,
        credit_note_id: Option<CreditNoteId>,
        amount_minor: i64,
    }
}

/// Stores a refund with what it is taken from, and takes it from there.
pub fn insert(batch: &mut Batch, refund: &Refund, parts: &[(Source, i64)]) -> Result<()> {
    let row = RefundRow {
        id: refund.id,
        account_id: refund.account_id,
        amount_minor: refund.amount.minor,
        currency: refund.amount.currency,
        paid_on: refund.paid_on,
        reference: refund.reference.as_deref(),
        iban: refund.iban.as_deref(),
        recorded_at: refund.recorded_at,
        recorded_by: &refund.recorded_by,
    };
    batch.add(insertion(&[row])?);
    let part = |(position, (source, minor)): (i32, &(Source, i64))| {
        let (payment_id, credit_note_id) = match source {
            Source::Payment(id) => (Some(*id), None),
            Source::CreditNote(id) => (None, Some(*id)),
        };
        PartRow {
            refund_id: refund.id,
            position,
            payment_id,
            credit_note_id,
            amount_minor: *minor,
        }
    };
    let rows: Vec<_> = (1..).zip(parts).map(part).collect();
    batch.add(insertion(&rows)?);
    take(batch, refund.account_id, parts)
}

/// Takes so much off what is on account; puts it back where the amounts are below zero.
pub fn take(batch: &mut Batch, account_id: AccountId, parts: &[(Source, i64)]) -> Result<()> {
    let payments: Vec<(PaymentId, i64)> = parts
        .iter()
        .filter_map(|(source, minor)| match source {
            Source::Payment(id) => Some((*id, *minor)),
            Source::CreditNote(_) => None,
        })
        .collect();
    let credits: Vec<(CreditNoteId, i64)> = parts
        .iter()
        .filter_map(|(source, minor)| match source {
            Source::CreditNote(id) => Some((*id, *minor)),
            Source::Payment(_) => None,
        })
        .collect();
    if !payments.is_empty() {
        batch.add(
            sql(
                "UPDATE payments SET unapplied_minor = unapplied_minor - d.amount FROM {tuples $1: id bigint, amount bigint} d \
                 WHERE payments.id = d.id AND payments.account_id = $2",
            )
            .bind(sets::json(&payments)?)
            .bind(account_id),
        );
    }
    if !credits.is_empty() {
        batch.add(
            sql(
                "UPDATE open_credits SET open_minor = open_minor - d.amount FROM {tuples $1: id bigint, amount bigint} d \
                 WHERE open_credits.credit_note_id = d.id AND open_credits.account_id = $2",
            )
            .bind(sets::json(&credits)?)
            .bind(account_id),
        );
    }
    Ok(())
}

/// What is on account of the account's payments and credit notes, the oldest first.
pub fn list_left(connection: &mut Connection, account_id: AccountId) -> Result<Vec<(Source, i64)>> {
    let rows: Vec<(Option<PaymentId>, Option<CreditNoteId>, i64)> = sql(
        "SELECT q.payment_id, q.credit_note_id, q.left_minor FROM (\
         SELECT p.id AS place, p.id AS payment_id, NULL AS credit_note_id, p.unapplied_minor AS left_minor FROM payments p \
         WHERE p.account_id = $1 AND p.unapplied_minor > 0 AND p.reversed_at IS NULL UNION ALL \
         SELECT c.credit_note_id, NULL, c.credit_note_id, c.open_minor FROM open_credits c \
         WHERE c.account_id = $1 AND c.open_minor > 0) q ORDER BY q.place",
    )
    .bind(account_id)
    .rows(connection)?;
    let left = |(payment, credit, minor): (Option<PaymentId>, Option<CreditNoteId>, i64)| {
        let source = payment.map(Source::Payment).or(credit.map(Source::CreditNote))?;
        Some((source, minor))
    };
    Ok(rows.into_iter().filter_map(left).collect())
}

/// Says that a refund does not count any more.
pub fn update_reversed(batch: &mut Batch, refund: &Refund, reason: &str, now: Timestamp) {
    batch.add(
        sql("UPDATE refunds SET reversed_at = $3, reversal_reason = $4 WHERE account_id = $1 AND id = $2")
            .bind(refund.account_id)
            .bind(refund.id)
            .bind(now)
            .bind(reason),
    );
}

/// Whose refund it is: for staff, who name no account.
pub fn find_account(connection: &mut Connection, id: RefundId) -> Result<Option<AccountId>> {
    sql("SELECT account_id FROM refunds WHERE id = $1")
        .bind(id)
        .first(connection)
}

pub fn find(connection: &mut Connection, account_id: AccountId, id: RefundId) -> Result<Option<Refund>> {
    select::<Refund>("WHERE r.account_id = $1 AND r.id = $2")
        .bind(account_id)
        .bind(id)
        .first(connection)
}

/// What a refund was taken from.
pub fn list_parts(connection: &mut Connection, refund: &Refund) -> Result<Vec<Part>> {
    type Row = (Option<PaymentId>, Option<CreditNoteId>, Option<String>, i64);
    let rows: Vec<Row> = sql(
        "SELECT p.payment_id, p.credit_note_id, c.number, p.amount_minor FROM refund_parts p \
         LEFT JOIN credit_notes c ON c.id = p.credit_note_id WHERE p.refund_id = $1 ORDER BY p.position",
    )
    .bind(refund.id)
    .rows(connection)?;
    let part = |(payment, credit, number, minor): Row| {
        let source = payment.map(Source::Payment).or(credit.map(Source::CreditNote))?;
        Some(Part {
            source,
            number,
            amount: Money::new(minor, refund.amount.currency),
        })
    };
    Ok(rows.into_iter().filter_map(part).collect())
}

/// What of a payment was paid back, minor units.
pub fn sum_of_payment(connection: &mut Connection, payment_id: PaymentId) -> Result<i64> {
    sql(
        "SELECT CAST(COALESCE(SUM(p.amount_minor), 0) AS BIGINT) FROM refund_parts p JOIN refunds r ON r.id = p.refund_id \
         WHERE p.payment_id = $1 AND r.reversed_at IS NULL",
    )
    .bind(payment_id)
    .one(connection)
}

/// What of each of these payments was paid back, minor units; those of which nothing was are left out.
pub fn list_of_payments(connection: &mut Connection, ids: &[PaymentId]) -> Result<Vec<(PaymentId, i64)>> {
    sql(
        "SELECT p.payment_id, CAST(SUM(p.amount_minor) AS BIGINT) FROM refund_parts p JOIN refunds r ON r.id = p.refund_id \
         WHERE p.payment_id {in ids $1} AND r.reversed_at IS NULL GROUP BY p.payment_id",
    )
    .bind(sets::json(ids)?)
    .rows(connection)
}

/// Refunds, the newest first, behind `after`; for staff.
pub fn list(
    connection: &mut Connection,
    filter: &Filter,
    after: impl Into<Walk<RefundId>>,
    limit: i64,
) -> Result<Vec<Refund>> {
    let walk = after.into();
    let mut seek = Seek::new(connection, "SELECT r.id FROM refunds r");
    seek.of_account("r.account_id", filter.account.as_deref());
    if filter.counts {
        seek.and("r.reversed_at IS NULL", []);
    }
    seek.and_if("r.paid_on >= $1", filter.from);
    seek.and_if("r.paid_on <= $1", filter.to);
    if let Some(text) = filter.text.as_deref().map(str::trim) {
        seek.and(
            "({position}(lower(r.reference), $1) > 0 OR r.account_id IN (SELECT a.id FROM accounts a \
             WHERE {position}(a.search_text, $2) > 0))",
            binds![text.to_lowercase(), keys::searched(text)],
        );
    }
    let walk = walk.map(|id| binds![id]);
    let ids: Vec<RefundId> = seek.part(["r.id"], Way::Down, "r.id", walk, limit)?.rows(connection)?;
    select::<Refund>("WHERE r.id {in ids $1} ORDER BY r.id DESC")
        .bind(sets::json(&ids)?)
        .rows(connection)
}

/// Refunds of these amounts that count and that no entry of a bank is; for what has looked at whose already.
pub fn list_unmatched(connection: &mut Connection, amounts: &[i64]) -> Result<Vec<Refund>> {
    select::<Refund>(
        "WHERE r.amount_minor {in ids $1} AND r.reversed_at IS NULL \
         AND NOT EXISTS (SELECT 1 FROM bank_entries e WHERE e.refund_id = r.id AND e.state = {bank_entry_state booked}) ORDER BY r.id",
    )
    .bind(sets::json(amounts)?)
    .rows(connection)
}
