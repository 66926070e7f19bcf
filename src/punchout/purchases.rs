//! Rows of purchase orders and of their newer versions.

use crate::clock::Timestamp;
use crate::db::{Connection, insert, select, sql};
use crate::error::Result;
use crate::ids::{AccountId, OrderChangeId, OrderId};
use crate::row;

row! {
    /// What an order is called in the buyer's system.
    #[derive(Debug, Clone)]
    pub struct PurchaseRow in punchout_orders {
        pub order_id: OrderId,
        pub account_id: AccountId,
        pub po_id: String,
        pub po_version: String,
        pub po_date: String,
        pub payload_id: String,
        pub line_numbers: String,
        pub created_at: Timestamp,
    }
}

row! {
    /// A newer version of a purchase order, as the change of our order that it is.
    #[derive(Debug, Clone)]
    pub struct UpdateRow in punchout_updates {
        pub change_id: OrderChangeId,
        pub account_id: AccountId,
        pub order_id: OrderId,
        pub po_version: String,
        pub po_date: String,
        pub payload_id: String,
        pub items: String,
        pub created_at: Timestamp,
        pub settled_at: Option<Timestamp>,
    }
}

pub fn insert_purchase(tx: &mut Connection, row: PurchaseRow) -> Result<()> {
    insert(tx, &[row])
}

/// Writes down which version of a purchase order stands, and the buyer's numbers of its lines.
pub fn update_purchase(tx: &mut Connection, row: &PurchaseRow) -> Result<()> {
    sql(
        "UPDATE punchout_orders SET po_version = $3, po_date = $4, payload_id = $5, line_numbers = $6 \
         WHERE account_id = $1 AND order_id = $2",
    )
    .bind(row.account_id)
    .bind(row.order_id)
    .bind(&row.po_version)
    .bind(&row.po_date)
    .bind(&row.payload_id)
    .bind(&row.line_numbers)
    .run(tx)
    .map(drop)
}

/// The last order of ours that this purchase order became.
pub fn find_purchase(connection: &mut Connection, account_id: AccountId, po_id: &str) -> Result<Option<PurchaseRow>> {
    select::<PurchaseRow>("WHERE account_id = $1 AND po_id = $2 ORDER BY order_id DESC LIMIT 1")
        .bind(account_id)
        .bind(po_id)
        .first(connection)
}

pub fn find_purchase_of(
    connection: &mut Connection,
    account_id: AccountId,
    order_id: OrderId,
) -> Result<Option<PurchaseRow>> {
    select::<PurchaseRow>("WHERE account_id = $1 AND order_id = $2")
        .bind(account_id)
        .bind(order_id)
        .first(connection)
}

pub fn insert_update(tx: &mut Connection, row: UpdateRow) -> Result<()> {
    insert(tx, &[row])
}

/// The newer versions of an order of which it was not seen what came of them, the first that came first.
pub fn list_unsettled(connection: &mut Connection, account_id: AccountId, order_id: OrderId) -> Result<Vec<UpdateRow>> {
    select::<UpdateRow>("WHERE order_id = $2 AND account_id = $1 AND settled_at IS NULL ORDER BY change_id")
        .bind(account_id)
        .bind(order_id)
        .rows(connection)
}

/// The newer version that a change is, if it is one.
pub fn find_update(
    connection: &mut Connection,
    account_id: AccountId,
    change_id: OrderChangeId,
) -> Result<Option<UpdateRow>> {
    select::<UpdateRow>("WHERE change_id = $2 AND account_id = $1")
        .bind(account_id)
        .bind(change_id)
        .first(connection)
}

pub fn settle_update(tx: &mut Connection, change_id: OrderChangeId, now: Timestamp) -> Result<()> {
    sql("UPDATE punchout_updates SET settled_at = $2 WHERE change_id = $1")
        .bind(change_id)
        .bind(now)
        .run(tx)
        .map(drop)
}
