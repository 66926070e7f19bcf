//! What of invoices is settled without money.

use chrono::NaiveDate;

use super::Filter;
use crate::binds;
use crate::clock::Timestamp;
use crate::db::seek::{Scope, Seek, Walk, Way};
use crate::db::{Batch, Connection, insertion, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, InvoiceId, PaymentId, WriteOffId};
use crate::keys;
use crate::money::Currency;
use crate::names::sets::WriteOffKind;
use crate::row;

row! {
    /// A row of `write_offs`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct WriteOffRow in write_offs {
        pub id: WriteOffId,
        pub account_id: AccountId,
        pub invoice_id: InvoiceId,
        /// The payment it came with.
        pub payment_id: Option<PaymentId>,
        pub kind: WriteOffKind,
        pub currency: Currency,
        pub amount_minor: i64,
        pub booked_on: NaiveDate,
        /// Why, where a rule says so: a sentence, as JSON.
        pub explanation: Option<String>,
        /// Why, where somebody says so.
        pub reason: Option<String>,
        pub recorded_at: Timestamp,
        pub recorded_by: String,
        pub reversed_at: Option<Timestamp>,
        pub reversal_reason: Option<String>,
    }
}

row! {
    /// The same with what it belongs to.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct FoundRow from "write_offs w JOIN accounts a ON a.id = w.account_id JOIN invoices i ON i.id = w.invoice_id" {
        pub own: WriteOffRow = "w.*",
        /// Code of the account.
        pub account: String = "a.code",
        /// Of the invoice.
        pub number: String = "i.number",
        /// By how much tax is less, minor units.
        pub tax_minor: i64 = "CAST(COALESCE((SELECT SUM(t.amount_minor) FROM write_off_taxes t WHERE t.write_off_id = w.id), 0) AS BIGINT)",
    }
}

row! {
    /// A row of `write_off_taxes`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct TaxRow in write_off_taxes {
        pub write_off_id: WriteOffId,
        pub category: String,
        pub rate_ppm: i64,
        pub base_minor: i64,
        pub amount_minor: i64,
    }
}

pub fn insert_all(batch: &mut Batch, rows: &[WriteOffRow], taxes: &[TaxRow]) -> Result<()> {
    batch.add(insertion(rows)?);
    if !taxes.is_empty() {
        batch.add(insertion(taxes)?);
    }
    Ok(())
}

/// Whose it is: for staff, who name no account.
pub fn find_account(connection: &mut Connection, id: WriteOffId) -> Result<Option<AccountId>> {
    sql("SELECT account_id FROM write_offs WHERE id = $1")
        .bind(id)
        .first(connection)
}

pub fn find(connection: &mut Connection, account_id: AccountId, id: WriteOffId) -> Result<Option<FoundRow>> {
    select::<FoundRow>("WHERE w.account_id = $1 AND w.id = $2")
        .bind(account_id)
        .bind(id)
        .first(connection)
}

/// By rate, of these.
pub fn list_taxes(connection: &mut Connection, ids: &[WriteOffId]) -> Result<Vec<TaxRow>> {
    select::<TaxRow>("WHERE write_off_id {in ids $1} ORDER BY write_off_id, category, rate_ppm DESC")
        .bind(sets::json(ids)?)
        .rows(connection)
}

/// Those that came with a payment of the account and count.
pub fn list_of_payment(
    connection: &mut Connection,
    account_id: AccountId,
    payment_id: PaymentId,
) -> Result<Vec<WriteOffRow>> {
    select::<WriteOffRow>("WHERE account_id = $1 AND payment_id = $2 AND reversed_at IS NULL ORDER BY id")
        .bind(account_id)
        .bind(payment_id)
        .rows(connection)
}

/// Those of an invoice of the account, the first first.
pub fn list_of_invoice(
    connection: &mut Connection,
    account_id: AccountId,
    invoice_id: InvoiceId,
) -> Result<Vec<FoundRow>> {
    select::<FoundRow>("WHERE w.account_id = $1 AND w.invoice_id = $2 ORDER BY w.id")
        .bind(account_id)
        .bind(invoice_id)
        .rows(connection)
}

/// Says that these don't count any more.
pub fn update_reversed(batch: &mut Batch, ids: &[WriteOffId], reason: &str, now: Timestamp) -> Result<()> {
    batch.add(
        sql(
            "UPDATE write_offs SET reversed_at = $2, reversal_reason = $3 WHERE id {in ids $1} AND reversed_at IS NULL",
        )
        .bind(sets::json(ids)?)
        .bind(now)
        .bind(reason),
    );
    Ok(())
}

/// The newest first, behind `after`, of whom the scope is for.
pub fn list(
    connection: &mut Connection,
    scope: Scope,
    filter: &Filter,
    after: impl Into<Walk<WriteOffId>>,
    limit: i64,
) -> Result<Vec<FoundRow>> {
    let walk = after.into();
    let mut seek = Seek::new(connection, "SELECT w.id FROM write_offs w");
    if let Scope::Account(account_id) = scope {
        seek.and("w.account_id = $1", binds![account_id]);
    }
    seek.of_account("w.account_id", filter.account.as_deref());
    seek.and_if("w.invoice_id = $1", filter.invoice_id);
    seek.and_if("w.payment_id = $1", filter.payment_id);
    seek.and_if("w.kind = $1", filter.kind);
    if filter.counts {
        seek.and("w.reversed_at IS NULL", []);
    }
    seek.and_if("w.booked_on >= $1", filter.from);
    seek.and_if("w.booked_on <= $1", filter.to);
    if let Some(text) = filter.text.as_deref().map(str::trim) {
        seek.and(
            "(w.invoice_id IN (SELECT i.id FROM invoices i WHERE i.number = $1) OR w.account_id IN (SELECT a.id FROM accounts a \
             WHERE {position}(a.search_text, $2) > 0))",
            binds![text, keys::searched(text)],
        );
    }
    let walk = walk.map(|id| binds![id]);
    let ids: Vec<WriteOffId> = seek.part(["w.id"], Way::Down, "w.id", walk, limit)?.rows(connection)?;
    select::<FoundRow>("WHERE w.id {in ids $1} ORDER BY w.id DESC")
        .bind(sets::json(&ids)?)
        .rows(connection)
}
