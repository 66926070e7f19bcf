//! What belongs to an order.

use crate::db::{Connection, sql};
use crate::error::Result;
use crate::ids::{AccountId, OrderId};

/// The order of the account, its shipments, its invoices, their credit notes, its claims and the payments that settled them.
pub fn list_subjects(connection: &mut Connection, account_id: AccountId, order_id: OrderId) -> Result<Vec<i64>> {
    sql("SELECT id FROM orders WHERE account_id = $1 AND id = $2 \
         UNION SELECT id FROM shipments WHERE account_id = $1 AND order_id = $2 \
         UNION SELECT id FROM invoices WHERE account_id = $1 AND order_id = $2 \
         UNION SELECT id FROM claims WHERE account_id = $1 AND order_id = $2 \
         UNION SELECT id FROM returns WHERE account_id = $1 AND order_id = $2 \
         UNION SELECT c.id FROM invoices i JOIN credit_notes c ON c.invoice_id = i.id \
         WHERE i.account_id = $1 AND i.order_id = $2 \
         UNION SELECT a.credit_note_id FROM invoices i JOIN credit_applications a ON a.invoice_id = i.id \
         WHERE i.account_id = $1 AND i.order_id = $2 \
         UNION SELECT a.payment_id FROM invoices i JOIN payment_applications a ON a.invoice_id = i.id \
         WHERE i.account_id = $1 AND i.order_id = $2")
    .bind(account_id)
    .bind(order_id)
    .rows(connection)
}
