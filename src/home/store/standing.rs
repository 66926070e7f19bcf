//! How an account stands: what is open, what waits, what is due. Every query takes the account.

use chrono::NaiveDate;

use crate::clock;
use crate::db::{Connection, select, sql};
use crate::error::Result;
use crate::ids::{AccountId, DraftId, OrderId};
use crate::row;

row! {
    /// A draft that is not placed yet.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct OpenDraft {
        pub id: DraftId,
        /// What somebody called it.
        pub title: Option<String>,
        /// The purchase order number it is to have.
        pub po_number: Option<String>,
        /// When it was begun.
        pub created_at: clock::Timestamp,
        pub lines: i64,
        /// Those of them that could not be ordered when they were last changed.
        pub to_mend: i64,
    }
}

/// The account's open drafts that have lines, the last changed first.
pub fn list_open_drafts(connection: &mut Connection, account_id: AccountId, limit: i64) -> Result<Vec<OpenDraft>> {
    sql(
        "SELECT d.id, d.title, d.po_number, d.created_at, COUNT(*), \
         COUNT(CASE WHEN l.shown_net_minor IS NULL THEN 1 END) FROM drafts d JOIN draft_lines l ON l.draft_id = d.id \
         WHERE d.account_id = $1 AND d.order_id IS NULL \
         GROUP BY d.id, d.title, d.po_number, d.created_at, d.changed_at ORDER BY d.changed_at DESC, d.id DESC LIMIT $2",
    )
    .bind(account_id)
    .bind(limit)
    .rows(connection)
}

/// The account's orders by state, those that are not over.
pub fn count_open_orders(connection: &mut Connection, account_id: AccountId) -> Result<Vec<(String, i64)>> {
    sql("SELECT state, COUNT(*) FROM orders WHERE account_id = $1 \
         AND state {in order_states under_way} GROUP BY state")
    .bind(account_id)
    .rows(connection)
}

row! {
    /// An order on hold.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Held from "orders" {
        pub id: OrderId = "id",
        pub number: i64 = "number",
        /// The account's own number of it.
        pub po_number: String = "po_number",
        /// Why, as a JSON list of names.
        pub reasons: String = "hold_reasons",
    }
}

/// The account's orders on hold, the oldest first.
pub fn list_held(connection: &mut Connection, account_id: AccountId, limit: i64) -> Result<Vec<Held>> {
    select::<Held>(
        "WHERE account_id = $1 AND state = {order_state on_hold} AND state {in order_states under_way} \
         ORDER BY id LIMIT $2",
    )
    .bind(account_id)
    .bind(limit)
    .rows(connection)
}

row! {
    /// An order with lines that wait for stock.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Short {
        pub id: OrderId,
        pub number: i64,
        /// The account's own number of it.
        pub po_number: String,
        /// How many of its lines wait.
        pub lines: i64,
    }
}

/// The account's orders with lines that wait for stock, the oldest first.
pub fn list_short(connection: &mut Connection, account_id: AccountId, limit: i64) -> Result<Vec<Short>> {
    // From the account's orders to their lines: the other way round are the waiting lines of everybody.
    sql(
        "SELECT o.id, o.number, o.po_number, COUNT(*) FROM orders o {cross} order_lines l ON l.order_id = o.id WHERE \
         o.account_id = $1 AND o.state {in order_states served} AND o.state {in order_states under_way} AND {sqlite: \
         +}l.backordered > 0 GROUP BY o.id, o.number, o.po_number ORDER BY o.id LIMIT $2",
    )
    .bind(account_id)
    .bind(limit)
    .rows(connection)
}

row! {
    /// What the account has to pay, amounts in minor units, and to sign.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub struct Due {
        /// Invoices that are late.
        pub overdue: i64,
        /// What is left of them.
        pub overdue_minor: i64,
        /// Invoices that are due soon.
        pub soon: i64,
        /// What is left of them.
        pub soon_minor: i64,
        /// Contracts that wait to be accepted.
        pub offered: i64,
    }
}

/// What of the account's invoices is late on `today`, and what is due until `soon`; and how many contracts are on offer.
pub fn find_due(connection: &mut Connection, account_id: AccountId, today: NaiveDate, soon: NaiveDate) -> Result<Due> {
    sql("SELECT COUNT(CASE WHEN due_on < $2 THEN 1 END), \
         CAST(COALESCE(SUM(CASE WHEN due_on < $2 THEN open_minor END), 0) AS BIGINT), \
         COUNT(CASE WHEN due_on >= $2 THEN 1 END), \
         CAST(COALESCE(SUM(CASE WHEN due_on >= $2 THEN open_minor END), 0) AS BIGINT), \
         (SELECT COUNT(*) FROM contracts c WHERE c.account_id = $1 AND c.state = {contract_state offered} \
         AND c.accepted_at IS NULL) \
         FROM open_items WHERE account_id = $1 AND open_minor > 0 AND due_on <= $3")
    .bind(account_id)
    .bind(today)
    .bind(soon)
    .one(connection)
}

/// What was ordered in a month: `2026-11`, net in minor units, orders.
pub type MonthOrdered = (String, i64, i64);

/// What the account ordered since a day, by month; orders that came to nothing don't count.
pub fn list_months(connection: &mut Connection, account_id: AccountId, since: NaiveDate) -> Result<Vec<MonthOrdered>> {
    sql(
        "SELECT substr(CAST(placed_on AS TEXT), 1, 7), CAST(SUM(net_minor) AS BIGINT), COUNT(*) FROM orders WHERE \
         account_id = $1 AND placed_on >= $2 AND state NOT {in order_states void} GROUP BY 1 ORDER BY 1",
    )
    .bind(account_id)
    .bind(since)
    .rows(connection)
}
