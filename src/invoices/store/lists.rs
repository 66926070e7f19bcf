//! Lists of an account's invoices: what is open by the day it is due, everything by the day it was issued.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use super::rows::{self, HeadRow};
use crate::db::schema::{invoices, open_items};
use crate::db::{Connection, Statement, sql};
use crate::error::Result;
use crate::ids::{AccountId, InvoiceId};
use crate::invoices::rules::Invoice;
use crate::money::Money;

const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 1).expect("a day of the calendar");
const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day of the calendar");

/// In which order a list goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Sort {
    /// The first due first.
    #[default]
    DueFirst,
    /// The last due first.
    DueLast,
    /// The last issued first.
    Newest,
    /// The first issued first.
    Oldest,
}

impl Sort {
    fn is_ascending(self) -> bool {
        matches!(self, Self::DueFirst | Self::Oldest)
    }

    /// Where the invoice stands in a list that goes this way.
    pub fn keys(self, invoice: &Invoice) -> (NaiveDate, InvoiceId) {
        match self {
            Self::DueFirst | Self::DueLast => (invoice.due_on, invoice.id),
            Self::Newest | Self::Oldest => (invoice.issued_on, invoice.id),
        }
    }
}

/// Which invoices of an account somebody looks for.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Search {
    /// Only paid ones; sorted by issue only. Open ones have a sort of their own: by the day they are due.
    pub is_paid: bool,
    /// Due on this day or later; of open ones.
    pub due_from: Option<NaiveDate>,
    /// Due on this day or before; of open ones.
    pub due_to: Option<NaiveDate>,
    /// Part of its number or of the account's own number, or the whole of the order's.
    pub text: Option<String>,
    /// Issued on this day or later.
    pub from: Option<NaiveDate>,
    /// Issued on this day or before.
    pub to: Option<NaiveDate>,
    /// In which order; by the day they are due: only open ones.
    pub sort: Sort,
}

macro_rules! has_text {
    ($find:literal) => {
        concat!(
            "($4 IS NULL OR i.order_number = $5 OR ",
            $find,
            "(lower(i.number), $4) > 0 OR ",
            $find,
            "(lower(i.po_number), $4) > 0)"
        )
    };
}

macro_rules! open {
    ($find:literal, $behind:literal, $way:literal) => {
        concat!(
            "SELECT i.id FROM open_items o JOIN invoices i ON i.id = o.invoice_id \
             WHERE o.account_id = $1 AND o.open_minor > 0 AND o.due_on >= $6 AND o.due_on <= $7 \
             AND i.issued_on >= $2 AND i.issued_on <= $3 AND ",
            has_text!($find),
            " AND (o.due_on, o.invoice_id) ",
            $behind,
            " ($8, $9) ORDER BY o.due_on ",
            $way,
            ", o.invoice_id ",
            $way,
            " LIMIT $10"
        )
    };
}

macro_rules! issued {
    ($find:literal, $behind:literal, $way:literal) => {
        concat!(
            "SELECT i.id FROM invoices i WHERE i.account_id = $1 AND i.issued_on >= $2 AND i.issued_on <= $3 AND ",
            has_text!($find),
            " AND ($6 = 0 OR EXISTS (SELECT 1 FROM open_items o WHERE o.invoice_id = i.id AND o.open_minor = 0)) \
             AND (i.issued_on, i.id) ",
            $behind,
            " ($7, $8) ORDER BY i.issued_on ",
            $way,
            ", i.id ",
            $way,
            " LIMIT $9"
        )
    };
}

fn list_ids(
    connection: &mut Connection,
    account_id: AccountId,
    search: &Search,
    after: Option<(NaiveDate, InvoiceId)>,
    limit: i64,
) -> Result<Vec<InvoiceId>> {
    let statement = match search.sort {
        Sort::DueFirst => Statement::per_engine(open!("instr", ">", "ASC"), open!("strpos", ">", "ASC")),
        Sort::DueLast => Statement::per_engine(open!("instr", "<", "DESC"), open!("strpos", "<", "DESC")),
        Sort::Oldest => Statement::per_engine(issued!("instr", ">", "ASC"), issued!("strpos", ">", "ASC")),
        Sort::Newest => Statement::per_engine(issued!("instr", "<", "DESC"), issued!("strpos", "<", "DESC")),
    };
    let text = search.text.as_deref().map(|text| text.trim().to_lowercase());
    let number = text.as_deref().and_then(|text| text.parse::<i64>().ok());
    let statement = statement
        .bind(account_id)
        .bind(search.from.unwrap_or(FIRST_DAY))
        .bind(search.to.unwrap_or(LAST_DAY))
        .bind(text)
        .bind(number);
    let statement = match search.sort {
        Sort::DueFirst | Sort::DueLast => statement
            .bind(search.due_from.unwrap_or(FIRST_DAY))
            .bind(search.due_to.unwrap_or(LAST_DAY)),
        Sort::Newest | Sort::Oldest => statement.bind(i64::from(search.is_paid)),
    };
    let start = if search.sort.is_ascending() {
        (FIRST_DAY, InvoiceId(0))
    } else {
        (LAST_DAY, InvoiceId(i64::MAX))
    };
    let (day, id) = after.unwrap_or(start);
    statement.bind(day).bind(id).bind(limit).rows(connection)
}

/// At most `limit` heads of the account's invoices behind `after`.
pub fn search(
    connection: &mut Connection,
    account_id: AccountId,
    search: &Search,
    after: Option<(NaiveDate, InvoiceId)>,
    limit: i64,
) -> Result<Vec<Invoice>> {
    let ids = list_ids(connection, account_id, search, after, limit)?;
    let found: Vec<(HeadRow, i64)> = invoices::table
        .inner_join(open_items::table)
        .filter(invoices::account_id.eq(account_id).and(invoices::id.eq_any(&ids)))
        .select((invoices::all_columns, open_items::open_minor))
        .load(connection)?;
    let mut found = found
        .into_iter()
        .map(|(head, open_minor)| rows::invoice(head, open_minor))
        .collect::<Result<Vec<_>>>()?;
    found.sort_by_key(|invoice| search.sort.keys(invoice));
    if !search.sort.is_ascending() {
        found.reverse();
    }
    Ok(found)
}

/// How many invoices the account has; beyond `count_max` it counts no further.
pub fn count(connection: &mut Connection, account_id: AccountId, count_max: i64) -> Result<i64> {
    sql("SELECT count(*) FROM (SELECT 1 FROM invoices WHERE account_id = $1 LIMIT $2) AS found")
        .bind(account_id)
        .bind(count_max + 1)
        .one(connection)
}

/// The payments that settled the account's invoice: when, what the payer wrote, how much.
pub fn list_settlements(
    connection: &mut Connection,
    account_id: AccountId,
    invoice: &Invoice,
) -> Result<Vec<(NaiveDate, Option<String>, Money)>> {
    let rows: Vec<(NaiveDate, Option<String>, i64)> = sql(
        "SELECT p.received_on, p.reference, CAST(SUM(a.amount_minor) AS BIGINT) FROM payment_applications a \
         JOIN payments p ON p.id = a.payment_id WHERE p.account_id = $1 AND a.invoice_id = $2 \
         GROUP BY p.id, p.received_on, p.reference HAVING SUM(a.amount_minor) <> 0 ORDER BY p.received_on, p.id",
    )
    .bind(account_id)
    .bind(invoice.id)
    .rows(connection)?;
    let settled = |(on, reference, minor)| (on, reference, Money::new(minor, invoice.currency));
    Ok(rows.into_iter().map(settled).collect())
}
