//! Rows of several features at once.

mod desk_searching;
mod searching;
mod standing;

use diesel::sql_types::BigInt;

pub use self::desk_searching::{
    OfAccount, list_accounts_with, list_exact_for_staff, list_invoices_of_all, list_orders_of_all,
};
pub use self::searching::{Exact, LATEST, Numbered, list_exact, list_invoices, list_orders, list_shipments};
pub use self::standing::{
    Due, Held, OpenDraft, Short, count_open_orders, find_due, list_held, list_months, list_open_drafts, list_short,
};

use crate::db::{Connection, sql};
use crate::error::Result;
use crate::ids::{AccountId, OrderId};

/// The order of the account, its shipments, its invoices and the payments that settled them.
pub fn list_subjects(connection: &mut Connection, account_id: AccountId, order_id: OrderId) -> Result<Vec<i64>> {
    sql::<BigInt>(
        "SELECT id FROM orders WHERE account_id = $1 AND id = $2 \
         UNION SELECT id FROM shipments WHERE account_id = $1 AND order_id = $2 \
         UNION SELECT id FROM invoices WHERE account_id = $1 AND order_id = $2 \
         UNION SELECT a.payment_id FROM invoices i JOIN payment_applications a ON a.invoice_id = i.id \
         WHERE i.account_id = $1 AND i.order_id = $2",
    )
    .bind(account_id)
    .bind(order_id)
    .rows(connection)
}
