//! Accruals. They are only added to.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::PeriodRow;
use crate::binds;
use crate::clock::Timestamp;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Batch, Connection, Stored, insertion, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, InvoiceId, InvoiceLineId, RebateAgreementId};
use crate::rebate_agreements::rules::Cause;
use crate::row;

row! {
    #[derive(Debug, Clone, Copy)]
    pub struct AccrualRow into rebate_accruals {
        pub id: i64,
        pub agreement_id: RebateAgreementId,
        pub account_id: AccountId,
        pub period_from: NaiveDate,
        pub invoice_id: InvoiceId,
        pub invoice_line_id: InvoiceLineId,
        pub cause: Cause,
        pub turnover_minor: i64,
        pub accrued_minor: i64,
        pub true_up_minor: i64,
        pub rate_ppm: i64,
        pub booked_at: Timestamp,
    }
}

row! {
    /// An accrual as people see it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Accrued from "rebate_accruals b JOIN invoices i ON i.id = b.invoice_id JOIN invoice_lines l ON l.id = b.invoice_line_id" {
        pub id: i64 = "b.id",
        pub period_from: NaiveDate = "b.period_from",
        pub invoice_id: InvoiceId = "b.invoice_id",
        /// Number of the invoice.
        pub invoice: String = "i.number",
        pub line_id: InvoiceLineId = "b.invoice_line_id",
        /// On the invoice.
        pub position: i32 = "l.position",
        pub sku: String = "l.sku",
        pub name: String = "l.name",
        pub cause: Cause = "b.cause",
        pub turnover_minor: i64 = "b.turnover_minor",
        pub accrued_minor: i64 = "b.accrued_minor",
        /// What of it trues up what was accrued before.
        pub true_up_minor: i64 = "b.true_up_minor",
        pub rate_ppm: i64 = "b.rate_ppm",
        pub booked_at: Timestamp = "b.booked_at",
    }
}

/// What was booked of a line by an agreement: the turnover.
pub type Booked = HashMap<(RebateAgreementId, InvoiceLineId), i64>;

/// What was booked of the lines of these invoices.
pub fn list_booked(
    connection: &mut Connection,
    account_ids: &[AccountId],
    invoice_ids: &[InvoiceId],
) -> Result<Booked> {
    let rows: Vec<(RebateAgreementId, InvoiceLineId, i64)> = sql(
        "SELECT agreement_id, invoice_line_id, CAST(SUM(turnover_minor) AS BIGINT) FROM rebate_accruals \
         WHERE invoice_id {in ids $2} AND account_id {in ids $1} GROUP BY agreement_id, invoice_line_id",
    )
    .bind(sets::json(account_ids)?)
    .bind(sets::json(invoice_ids)?)
    .rows(connection)?;
    Ok(rows.into_iter().map(|(id, line, minor)| ((id, line), minor)).collect())
}

/// All that was booked by an agreement.
pub fn list_booked_by(connection: &mut Connection, id: RebateAgreementId) -> Result<Booked> {
    let rows: Vec<(InvoiceLineId, i64)> = sql(
        "SELECT invoice_line_id, CAST(SUM(turnover_minor) AS BIGINT) FROM rebate_accruals WHERE agreement_id = $1 \
         GROUP BY invoice_line_id",
    )
    .bind(id)
    .rows(connection)?;
    Ok(rows.into_iter().map(|(line, minor)| ((id, line), minor)).collect())
}

/// The last line that was booked in each period of an agreement: first day, invoice, line.
pub fn list_last_lines(
    connection: &mut Connection,
    id: RebateAgreementId,
) -> Result<Vec<(NaiveDate, InvoiceId, InvoiceLineId)>> {
    sql(
        "SELECT b.period_from, b.invoice_id, b.invoice_line_id FROM rebate_accruals b WHERE b.agreement_id = $1 \
         AND b.id = (SELECT MAX(x.id) FROM rebate_accruals x WHERE x.agreement_id = b.agreement_id \
         AND x.period_from = b.period_from) ORDER BY b.period_from",
    )
    .bind(id)
    .rows(connection)
}

/// Books accruals and what their periods come to.
pub fn write(tx: &mut Connection, batch: &mut Batch, accruals: &[AccrualRow], periods: &[PeriodRow]) -> Result<()> {
    let upsert = PeriodRow::TABLE.upsert(
        &["agreement_id", "period_from"],
        None,
        &["period_to", "turnover_minor", "accrued_minor", "tiers_told"],
    );
    upsert.run(tx, &sets::json(periods)?)?;
    if !accruals.is_empty() {
        batch.add(insertion(accruals)?);
    }
    Ok(())
}

/// Accruals of an agreement, the newest first, behind the one with this id; of the account where one is named.
pub fn list(
    connection: &mut Connection,
    (account_id, id): (Option<AccountId>, RebateAgreementId),
    walk: Walk<i64>,
    limit: i64,
) -> Result<Vec<Accrued>> {
    let mut seek = Seek::new(connection, "SELECT b.id FROM rebate_accruals b");
    seek.and("b.agreement_id = $1", binds![id]);
    seek.and_if("b.account_id = $1", account_id);
    let ids: Vec<i64> = seek
        .part(["b.id"], Way::Down, "b.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)?;
    select::<Accrued>("WHERE b.id {in ids $1} ORDER BY b.id DESC")
        .bind(sets::json(&ids)?)
        .rows(connection)
}

/// Code, first day, what is stored and what it should be, of turnover and accrued.
pub type Differing = (String, NaiveDate, i64, i64, i64, i64);

/// Periods whose sums are not those of their accruals.
pub fn list_differing(connection: &mut Connection) -> Result<Vec<Differing>> {
    sql(
        "SELECT g.code, w.period_from, w.turnover_minor, CAST(COALESCE(SUM(b.turnover_minor), 0) AS BIGINT), w.accrued_minor, \
         CAST(COALESCE(SUM(b.accrued_minor), 0) AS BIGINT) FROM rebate_periods w JOIN rebate_agreements g ON g.id = w.agreement_id \
         LEFT JOIN rebate_accruals b ON b.agreement_id = w.agreement_id AND b.period_from = w.period_from \
         GROUP BY g.code, w.id, w.period_from, w.turnover_minor, w.accrued_minor \
         HAVING w.turnover_minor <> COALESCE(SUM(b.turnover_minor), 0) OR w.accrued_minor <> COALESCE(SUM(b.accrued_minor), 0) \
         ORDER BY g.code, w.period_from",
    )
    .rows(connection)
}
