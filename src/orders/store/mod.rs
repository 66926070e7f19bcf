//! Orders and their lines. Every query takes the account.

use std::collections::HashMap;

pub mod credit;
mod list;
mod lists;
mod progress;
mod purchases;
mod rows;

use chrono::NaiveDate;

pub use self::list::{Listed, Owner, count, heads, list, list_among, list_ids, of_ids};
pub use self::lists::{count_open, count_states, list_running_out, list_tax_categories, load_lines};
pub use self::progress::{
    list_settled, list_settled_of, list_unsettled, update_invoiced, update_shipped, update_state, update_states,
    update_states_of,
};
pub use self::purchases::{Purchase, list_bought_months, list_bought_products, list_purchases};
use self::rows::{LineRow, PlacedRow};
use super::promising;
use super::rules::head::po_key;
use super::rules::order::ExpectedPart;
use super::rules::{HoldReason, Order, OrderLine, Source, State};
use crate::binds;
use crate::clock::Timestamp;
use crate::db::seek::{Scope, Seek, Walk, Way};
use crate::db::{Batch, Connection, Statement, counters, insertion, select, selection, sets, sql, violations};
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, OrderId, OrderLineId, PersonId, ProductId};
use crate::orders::sentences;

/// The next order number.
pub fn next_number(tx: &mut Connection) -> Result<i64> {
    counters::next_number(tx, counters::Numbered::Order)
}

/// Stores a new order with its lines; see [`explain_insert`].
pub fn insert(batch: &mut Batch, order: &Order) -> Result<()> {
    let lines = order
        .lines
        .iter()
        .map(|line| rows::line_row(order.id, line))
        .collect::<Result<Vec<_>>>()?;
    batch.add(insertion(&[rows::order_row(order)?])?);
    batch.add(insertion(&lines)?);
    Ok(())
}

/// Stores more lines of an order.
pub fn line_insertion(order_id: OrderId, lines: &[&OrderLine]) -> Result<Statement> {
    let rows = lines.iter().map(|line| rows::line_row(order_id, line));
    insertion(&rows.collect::<Result<Vec<_>>>()?)
}

/// What a failed insert means: a used purchase order number is [`Code::PoNumberUsed`].
pub fn explain_insert(error: Error, order: &Order) -> Error {
    if violations::is_unique_violation(&error, "orders_po_number", &["account_id", "po_key"]) {
        return po_number_used(&order.po_number, None);
    }
    error
}

/// The answer to a purchase order number that a live order of the account has.
pub fn po_number_used(po_number: &str, number: Option<i64>) -> Error {
    let po_number = po_number.trim();
    let detail = match number {
        Some(number) => sentences::po_used_by_order(po_number, number),
        None => sentences::po_used(po_number),
    };
    Error::conflict(Code::PoNumberUsed, detail)
}

/// Number of the live order of the account with this purchase order number.
pub fn find_by_po_number(connection: &mut Connection, account_id: AccountId, po_number: &str) -> Result<Option<i64>> {
    sql("SELECT number FROM orders WHERE account_id = $1 AND po_key = $2 AND state NOT {in order_states void}")
        .bind(account_id)
        .bind(po_key(po_number))
        .first(connection)
}

/// Notes by which way an order came.
pub fn update_source(tx: &mut Connection, id: OrderId, source: Source) -> Result<()> {
    sql("UPDATE orders SET source = $2 WHERE id = $1")
        .bind(id)
        .bind(source)
        .run(tx)
        .map(drop)
}

/// Product and unit of those lines of the account's latest orders that order one of `product_ids`, the newest first.
pub fn list_last_units(
    connection: &mut Connection,
    account_id: AccountId,
    product_ids: &[ProductId],
) -> Result<Vec<(ProductId, String)>> {
    sql(
        "SELECT l.product_id, l.unit FROM (SELECT id FROM orders WHERE account_id = $1 ORDER BY id DESC LIMIT 100) o \
         {cross} order_lines l ON l.order_id = o.id WHERE l.product_id {in ids $2} AND l.base_quantity > 0 ORDER BY o.id DESC, l.position",
    )
    .bind(account_id)
    .bind(sets::json(product_ids)?)
    .rows(connection)
}

/// The products of an order, each once.
pub fn list_products(connection: &mut Connection, order_id: OrderId) -> Result<Vec<ProductId>> {
    sql("SELECT DISTINCT product_id FROM order_lines WHERE order_id = $1 ORDER BY product_id")
        .bind(order_id)
        .rows(connection)
}

/// The products of these orders, each once.
pub fn list_products_of(connection: &mut Connection, ids: &[OrderId]) -> Result<Vec<ProductId>> {
    sql("SELECT DISTINCT product_id FROM order_lines WHERE order_id {in ids $1} ORDER BY product_id")
        .bind(sets::json(ids)?)
        .rows(connection)
}

/// Marks an order as called off, with whatever of its lines is not shipped.
pub fn update_cancelled(batch: &mut Batch, order: &Order, state: State, reason: Option<&str>, now: Timestamp) {
    batch.add(
        sql(
            "UPDATE orders SET state = $3, cancelled_at = $4, cancel_reason = $5, version = version + 1 \
             WHERE account_id = $1 AND id = $2",
        )
        .bind(order.account_id)
        .bind(order.id)
        .bind(state)
        .bind(now)
        .bind(reason.map(str::to_owned)),
    );
    batch.add(
        sql(
            "UPDATE order_lines SET cancelled = base_quantity - shipped, reserved = 0, backordered = 0, \
             promised_on = NULL WHERE order_id = $1",
        )
        .bind(order.id),
    );
}

/// Calls off what of these lines is no more to leave; they and the order are as they are then, and it goes on in `state`.
pub fn update_rest_cancelled(batch: &mut Batch, order: &Order, state: State, lines: &[&OrderLine]) -> Result<()> {
    batch.add(
        sql(
            "UPDATE orders SET state = $3, cancelled_minor = $4, revision = $5, version = version + 1 \
             WHERE account_id = $1 AND id = $2",
        )
        .bind(order.account_id)
        .bind(order.id)
        .bind(state)
        .bind(order.cancelled.minor)
        .bind(i64::from(order.revision)),
    );
    let row = |line: &&OrderLine| {
        (
            line.id,
            line.cancelled,
            line.reserved,
            line.backordered,
            line.promised_on,
        )
    };
    let rows: Vec<_> = lines.iter().map(row).collect();
    let change = sql(
        "UPDATE order_lines SET cancelled = d.cancelled, reserved = d.reserved, backordered = d.backordered, \
         promised_on = d.promised_on FROM {tuples $1: id bigint, cancelled bigint, reserved bigint, backordered bigint, \
         promised_on date} d WHERE order_lines.id = d.id AND order_lines.order_id = $2",
    );
    batch.add(change.bind(sets::json(&rows)?).bind(order.id));
    Ok(())
}

/// Puts the order on hold; all that is not shipped waits again.
pub fn update_held(
    batch: &mut Batch,
    order: &Order,
    state: State,
    reasons: &[HoldReason],
    note: Option<&str>,
) -> Result<()> {
    let reasons: Vec<_> = reasons.iter().map(|reason| reason.name()).collect();
    batch.add(
        sql(
            "UPDATE orders SET state = $3, hold_reasons = $4, hold_note = $5, version = version + 1 \
             WHERE account_id = $1 AND id = $2",
        )
        .bind(order.account_id)
        .bind(order.id)
        .bind(state)
        .bind(sets::json(&reasons)?)
        .bind(note.map(str::to_owned)),
    );
    batch.add(
        sql(
            "UPDATE order_lines SET backordered = backordered + reserved, reserved = 0, promised_on = NULL \
             WHERE order_id = $1",
        )
        .bind(order.id),
    );
    Ok(())
}

/// Says for which other reasons a held order stays so.
pub fn update_hold_reasons(batch: &mut Batch, order: &Order, reasons: &[HoldReason]) -> Result<()> {
    let reasons: Vec<_> = reasons.iter().map(|reason| reason.name()).collect();
    batch.add(
        sql("UPDATE orders SET hold_reasons = $3, version = version + 1 WHERE account_id = $1 AND id = $2")
            .bind(order.account_id)
            .bind(order.id)
            .bind(sets::json(&reasons)?),
    );
    Ok(())
}

/// The account's orders that are held for what it owes, the oldest first; all locked before anything else is.
pub fn lock_held_overdue(tx: &mut Connection, account_id: AccountId) -> Result<Vec<OrderId>> {
    sql(
        "SELECT id FROM orders WHERE account_id = $1 AND state = {order_state on_hold} \
         AND {position}(hold_reasons, 'overdue') > 0 ORDER BY id {lock}",
    )
    .bind(account_id)
    .rows(tx)
}

/// Accounts of which orders are held for what they owe; for staff.
pub fn list_held_overdue(connection: &mut Connection) -> Result<Vec<AccountId>> {
    sql(
        "SELECT DISTINCT account_id FROM orders WHERE state = {order_state on_hold} \
         AND {position}(hold_reasons, 'overdue') > 0 ORDER BY account_id",
    )
    .rows(connection)
}

/// Puts a held order back into the queue at its old time.
pub fn update_released(batch: &mut Batch, order: &Order, state: State) {
    batch.add(
        sql(
            "UPDATE orders SET state = $3, hold_reasons = '[]', hold_note = NULL, version = version + 1 \
             WHERE account_id = $1 AND id = $2",
        )
        .bind(order.account_id)
        .bind(order.id)
        .bind(state),
    );
}

/// Whose order it is: for staff, who name no account.
pub fn find_account(connection: &mut Connection, id: OrderId) -> Result<Option<AccountId>> {
    sql("SELECT account_id FROM orders WHERE id = $1")
        .bind(id)
        .first(connection)
}

/// The order of the account with its lines.
pub fn find(connection: &mut Connection, account_id: AccountId, id: OrderId) -> Result<Option<Order>> {
    let found = select::<PlacedRow>("WHERE o.account_id = $1 AND o.id = $2")
        .bind(account_id)
        .bind(id)
        .first(connection)?;
    let Some(row) = found else { return Ok(None) };
    let mut order = rows::order(row)?;
    let lines: Vec<LineRow> = select::<LineRow>("WHERE order_id = $1 ORDER BY position")
        .bind(id)
        .rows(connection)?;
    order.lines = rows::lines(lines, order.currency, order.choices)?;
    load_expected(connection, std::slice::from_mut(&mut order))?;
    Ok(Some(order))
}

/// Puts into waiting lines of these orders for when what is reserved of them is promised, and what of them is promised of what is
/// expected; asks only if lines wait.
pub(super) fn load_expected(connection: &mut Connection, orders: &mut [Order]) -> Result<()> {
    let waits = |order: &&Order| order.state.is_served() && order.lines.iter().any(|line| line.backordered > 0);
    let ids: Vec<_> = orders.iter().filter(waits).map(|order| order.id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let (mut stocked, mut parts) = (HashMap::new(), HashMap::<OrderLineId, Vec<ExpectedPart>>::new());
    for part in promising::store::list_of_orders(connection, &ids)? {
        match part.expected_receipt_id {
            None => drop(stocked.insert(part.order_line_id, part.promised_on)),
            Some(expected_receipt_id) => parts.entry(part.order_line_id).or_default().push(ExpectedPart {
                expected_receipt_id,
                quantity: part.quantity,
                promised_on: part.promised_on,
            }),
        }
    }
    let waiting = orders.iter_mut().flat_map(|order| &mut order.lines);
    for line in waiting.filter(|line| line.backordered > 0) {
        line.stock_promised_on = stocked.remove(&line.id);
        line.expected = parts.remove(&line.id).unwrap_or_default();
    }
    Ok(())
}

/// Orders of every account with their lines, by id behind `after`: for checks.
pub fn list_whole(connection: &mut Connection, after: OrderId, limit: i64) -> Result<Vec<Order>> {
    list_whole_of(connection, Scope::All, Walk::Behind(after), limit)
}

/// The same of whom the scope is for.
pub fn list_whole_of(connection: &mut Connection, scope: Scope, walk: Walk<OrderId>, limit: i64) -> Result<Vec<Order>> {
    // Orders one after the other have their lines one after the other.
    let after = match walk {
        Walk::First => Some(OrderId(0)),
        Walk::Behind(after) => Some(after),
        Walk::Among(_) => None,
    };
    let is_of_all = scope == Scope::All;
    let mut seek = Seek::new(connection, &selection::<PlacedRow>());
    seek.and_if("o.account_id = $1", scope.account_id());
    let found: Vec<PlacedRow> = seek
        .part(["o.id"], Way::Up, "o.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)?;
    let mut orders: Vec<_> = found.into_iter().map(rows::order).collect::<Result<_>>()?;
    let Some(last) = orders.last() else {
        return Ok(orders);
    };
    let lines: Vec<LineRow> = match after.filter(|_| is_of_all) {
        Some(after) => select::<LineRow>("WHERE order_id > $1 AND order_id <= $2 ORDER BY order_id, position")
            .bind(after)
            .bind(last.id),
        None => {
            let ids: Vec<_> = orders.iter().map(|order| order.id).collect();
            select::<LineRow>("WHERE order_id {in ids $1} ORDER BY order_id, position").bind(sets::json(&ids)?)
        }
    }
    .rows(connection)?;
    rows::add_lines(&mut orders, lines)?;
    load_expected(connection, &mut orders)?;
    Ok(orders)
}

/// True if something of the order is being packed and has not left.
pub fn is_being_packed(tx: &mut Connection, id: OrderId) -> Result<bool> {
    sql("SELECT EXISTS (SELECT 1 FROM packings WHERE order_id = $1 AND state = {packing_state open})")
        .bind(id)
        .one(tx)
}

/// Locks the order of the account until the transaction ends; false where there is none.
pub fn lock(tx: &mut Connection, account_id: AccountId, id: OrderId) -> Result<bool> {
    let found: Option<i64> = sql("SELECT id FROM orders WHERE account_id = $1 AND id = $2 {lock}")
        .bind(account_id)
        .bind(id)
        .first(tx)?;
    Ok(found.is_some())
}

/// Locks these orders by id, of the account or whosever they are; which of them there are.
pub fn lock_all(tx: &mut Connection, account_id: Option<AccountId>, ids: &[OrderId]) -> Result<Vec<OrderId>> {
    sql("SELECT id FROM orders WHERE id {in ids $1} AND account_id = COALESCE($2, account_id) ORDER BY id {lock}")
        .bind(sets::json(ids)?)
        .bind(account_id.map(|id| id.0))
        .rows(tx)
}

/// Where an order comes from: its account, who placed it, code of its site.
pub type OriginRow = (OrderId, AccountId, Option<PersonId>, String);

/// Where these orders come from, whosever they are: for mails.
pub fn list_origins(connection: &mut Connection, ids: &[OrderId]) -> Result<Vec<OriginRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    sql(
        "SELECT o.id, o.account_id, o.placed_by, s.code FROM orders o JOIN sites s ON s.id = o.site_id WHERE o.id \
         {in ids $1}",
    )
    .bind(sets::json(ids)?)
    .rows(connection)
}

/// Orders that are served and of which something waits though the last day on which it should is over, the longest over first.
pub fn list_overstayed(connection: &mut Connection, today: NaiveDate, limit: i64) -> Result<Vec<(AccountId, OrderId)>> {
    sql(
        "SELECT q.account_id, q.id FROM (SELECT o.account_id, o.id, o.cancel_after FROM orders o \
         WHERE o.cancel_after IS NOT NULL AND o.cancel_after < $1 AND o.state {in order_states served} \
         AND EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.backordered > 0 AND l.backorder IS NULL) \
         UNION ALL SELECT o.account_id, o.id, MIN(l.cancel_after) FROM order_lines l {cross} orders o ON o.id = l.order_id \
         WHERE l.cancel_after IS NOT NULL AND l.cancel_after < $1 AND l.backordered > 0 \
         AND o.state {in order_states served} GROUP BY o.account_id, o.id) q \
         GROUP BY q.account_id, q.id ORDER BY MIN(q.cancel_after), q.id LIMIT $2",
    )
    .bind(today)
    .bind(limit)
    .rows(connection)
}
