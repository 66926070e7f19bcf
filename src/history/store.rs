//! What belongs to an order, and what went out about a document.

use crate::clock::Timestamp;
use crate::db::{Connection, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, OrderId};
use crate::names::sets::MailKind;
use crate::names::states::{MailState, WebhookDeliveryState};
use crate::row;

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

row! {
    /// A mail about a document.
    #[derive(Debug, Clone)]
    pub struct MailRow {
        pub email: String,
        pub state: MailState,
        pub attempts: i32,
        pub next_attempt_at: Timestamp,
        pub sent_at: Option<Timestamp>,
        pub last_error: Option<String>,
    }
}

/// The mails of a kind about an object's event of a type.
pub fn list_mails(connection: &mut Connection, (subject, event): (i64, &str), kind: MailKind) -> Result<Vec<MailRow>> {
    sql(
        "SELECT m.email, m.state, m.attempts, m.next_attempt_at, m.sent_at, m.last_error FROM events e \
         JOIN messages m ON m.event_id = e.id WHERE e.subject_id = $1 AND e.type = $2 AND m.kind = $3 ORDER BY m.id",
    )
    .bind(subject)
    .bind(event)
    .bind(kind)
    .rows(connection)
}

row! {
    /// An event about a document for an endpoint.
    #[derive(Debug, Clone)]
    pub struct DeliveryRow {
        pub url: String,
        pub state: WebhookDeliveryState,
        pub attempts: i32,
        pub next_attempt_at: Timestamp,
        pub settled_at: Option<Timestamp>,
        pub last_status: Option<i32>,
        pub last_error: Option<String>,
    }
}

/// What endpoints of the account, and of `others`, where 0 is the supplier, get of an object's event of a type.
pub fn list_deliveries(
    connection: &mut Connection,
    (subject, event): (i64, &str),
    (account_id, others): (AccountId, i64),
) -> Result<Vec<DeliveryRow>> {
    sql(
        "SELECT w.url, d.state, d.attempts, d.next_attempt_at, d.settled_at, d.last_status, d.last_error FROM events e \
         {cross} webhook_endpoints w ON COALESCE(w.account_id, 0) {in ids $3} \
         {cross} webhook_deliveries d ON d.endpoint_id = w.id AND d.event_id = e.id \
         WHERE e.subject_id = $1 AND e.type = $2 AND w.state <> {webhook_endpoint_state removed} ORDER BY d.id",
    )
    .bind(subject)
    .bind(event)
    .bind(sets::json(&[account_id.0, others])?)
    .rows(connection)
}
