//! Changes of orders, and what they do to the rows of orders and lines. Every query of an account's takes the account.

mod list;

pub use self::list::list;
use super::rules::{Change, Request, State};
use crate::accounts::rules::Tier;
use crate::clock::Timestamp;
use crate::db::{Batch, Connection, insertion, select, sets, sql, violations};
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrderChangeId, OrderId};
use crate::names::sets::Side;
use crate::orders::rules::{Order, OrderLine, OrderTexts, State as OrderState};
use crate::orders::store::line_insertion;
use crate::row;

row! {
    #[derive(Debug)]
    struct OwnRow in order_changes {
        id: OrderChangeId,
        account_id: AccountId,
        order_id: OrderId,
        state: State,
        side: Side,
        revision: Option<i32>,
        reason: Option<String>,
        asked: String,
        difference: String,
        made_by: String,
        created_at: Timestamp,
        decided_by: Option<String>,
        decided_at: Option<Timestamp>,
        decision_reason: Option<String>,
        version: i64,
    }
}

row! {
    #[derive(Debug)]
    struct ChangeRow from "order_changes c JOIN orders o ON o.id = c.order_id JOIN accounts a ON a.id = c.account_id" {
        own: OwnRow = "c.*",
        code: String = "a.code",
        name: String = "a.name",
        tier: Tier = "a.tier",
        number: i64 = "o.number",
        po_number: String = "o.po_number",
        order_state: OrderState = "o.state",
    }
}

/// As it is stored: what it comes to is a text.
pub type Stored = Change<String>;

fn change(row: ChangeRow) -> Result<Stored> {
    let own = row.own;
    let asked: Request = serde_json::from_str(&own.asked).map_err(Error::internal)?;
    Ok(Change {
        id: own.id,
        account_id: own.account_id,
        account: (row.code, row.name, row.tier),
        order_id: own.order_id,
        order_number: row.number,
        po_number: row.po_number,
        order_state: row.order_state,
        state: own.state,
        by: own.side,
        made_by: own.made_by,
        revision: own.revision,
        reason: own.reason,
        asked,
        difference: own.difference,
        created_at: own.created_at,
        decided_at: own.decided_at,
        decision_reason: own.decision_reason,
        version: own.version,
    })
}

/// A change that is about to be stored.
#[derive(Debug)]
pub struct New<'a> {
    pub id: OrderChangeId,
    pub order: &'a Order,
    pub state: State,
    pub side: Side,
    pub revision: Option<i32>,
    pub reason: Option<&'a str>,
    pub asked: &'a Request,
    pub difference: String,
    pub made_by: String,
}

pub fn insert(batch: &mut Batch, new: New<'_>, now: Timestamp) -> Result<()> {
    batch.add(insertion(&[OwnRow {
        id: new.id,
        account_id: new.order.account_id,
        order_id: new.order.id,
        state: new.state,
        side: new.side,
        revision: new.revision,
        reason: new.reason.map(str::to_owned),
        asked: sets::json(new.asked)?,
        difference: new.difference,
        made_by: new.made_by,
        created_at: now,
        decided_by: None,
        decided_at: None,
        decision_reason: None,
        version: 1,
    }])?);
    Ok(())
}

/// True where another change of the order waits for the supplier.
pub fn is_open_elsewhere(error: &Error) -> bool {
    violations::is_unique_violation(error, "order_changes_open", &["order_id"])
}

/// What somebody decided about a change, and what it came to.
#[derive(Debug)]
pub struct Decided<'a> {
    pub state: State,
    pub revision: Option<i32>,
    /// None: as it was.
    pub difference: Option<String>,
    pub by: String,
    pub reason: Option<&'a str>,
}

pub fn update_decided(batch: &mut Batch, id: OrderChangeId, decided: Decided<'_>, now: Timestamp) {
    batch.add(
        sql(
            "UPDATE order_changes SET state = $2, revision = $3, difference = COALESCE($4, difference), decided_by = $5, \
             decided_at = $6, decision_reason = $7, version = version + 1 WHERE id = $1",
        )
        .bind(id)
        .bind(decided.state)
        .bind(decided.revision.map(i64::from))
        .bind(decided.difference)
        .bind(decided.by)
        .bind(now)
        .bind(decided.reason.map(str::to_owned)),
    );
}

/// The order and the account of a change, whosever it is: for locks, which go by the order.
pub fn find_order(connection: &mut Connection, id: OrderChangeId) -> Result<Option<(OrderId, AccountId)>> {
    sql("SELECT order_id, account_id FROM order_changes WHERE id = $1")
        .bind(id)
        .first(connection)
}

/// The change of the account.
pub fn find(connection: &mut Connection, account_id: AccountId, id: OrderChangeId) -> Result<Option<Stored>> {
    let found = select::<ChangeRow>("WHERE c.account_id = $1 AND c.id = $2")
        .bind(account_id)
        .bind(id)
        .first(connection)?;
    found.map(change).transpose()
}

/// The change of the order of the account that waits for the supplier.
pub fn find_open(connection: &mut Connection, account_id: AccountId, order_id: OrderId) -> Result<Option<Stored>> {
    let found = select::<ChangeRow>(
        "WHERE c.order_id = $1 AND c.state = {order_change_state requested} \
         AND c.account_id = $2",
    )
    .bind(order_id)
    .bind(account_id)
    .first(connection)?;
    found.map(change).transpose()
}

/// The highest place that a line of the order has or had.
pub fn find_last_position(tx: &mut Connection, order_id: OrderId) -> Result<i32> {
    sql("SELECT COALESCE(MAX(position), 0) FROM order_lines WHERE order_id = $1")
        .bind(order_id)
        .one(tx)
}

/// Stores what the head of an order is after a change. Its state is another step.
pub fn update_order(batch: &mut Batch, order: &Order) {
    let OrderTexts { note } = order.texts.clone();
    batch.add(
        sql(
            "UPDATE orders SET order_class = $3, site_id = $4, requested_on = $5, note = $6, net_minor = $7, tax_minor = $8, \
             gross_minor = $9, line_count = $10, cancelled_minor = $11, revision = $12, version = version + 1 \
             WHERE account_id = $1 AND id = $2",
        )
        .bind(order.account_id)
        .bind(order.id)
        .bind(order.order_class)
        .bind(order.site_id)
        .bind(order.requested_on)
        .bind(note)
        .bind(order.net.minor)
        .bind(order.tax.map(|tax| tax.minor))
        .bind(order.gross.map(|gross| gross.minor))
        .bind(i64::from(order.line_count))
        .bind(order.cancelled.minor)
        .bind(i64::from(order.revision)),
    );
}

/// Stores what lines of an order are after a change.
pub fn update_lines(batch: &mut Batch, order_id: OrderId, lines: &[&OrderLine]) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let row = |line: &&OrderLine| {
        (
            line.id,
            line.quantity.ordered.steps,
            line.quantity.base_steps,
            line.net.minor,
            line.reserved,
            line.backordered,
            line.promised_on,
            line.tax_category.clone(),
            line.tax_rate_ppm,
            line.cancelled,
        )
    };
    let rows: Vec<_> = lines.iter().map(row).collect();
    let change = sql(
        "UPDATE order_lines SET quantity = d.quantity, base_quantity = d.base_quantity, net_minor = d.net, \
         reserved = d.reserved, backordered = d.backordered, promised_on = d.promised_on, tax_category = d.category, \
         tax_rate_ppm = d.rate, cancelled = d.cancelled FROM {tuples $1: id bigint, quantity bigint, base_quantity bigint, net bigint, \
         reserved bigint, backordered bigint, promised_on date, category text, rate bigint, cancelled bigint} d \
         WHERE order_lines.id = d.id AND order_lines.order_id = $2",
    );
    batch.add(change.bind(sets::json(&rows)?).bind(order_id));
    Ok(())
}

/// Stores lines that an order has more.
pub fn insert_lines(batch: &mut Batch, order_id: OrderId, lines: &[&OrderLine]) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    batch.add(line_insertion(order_id, lines)?);
    Ok(())
}
