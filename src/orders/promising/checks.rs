//! Nothing is promised beyond what is expected, and whatever is promised follows from what is expected and who waits.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::rules::{Incoming, Wanting, foresee, whole_day};
use super::store;
use crate::accounts;
use crate::checks::Breach;
use crate::clock::{day_in, now};
use crate::db::{Connection, sets, sql};
use crate::error::Result;
use crate::ids::{ExpectedReceiptId, OrderLineId, ProductId};
use crate::inventory::{self, Purpose};
use crate::orders::allocation::list_waiting;
use crate::supply;

/// Products looked at together.
const BATCH: usize = 200;

/// Every promise that does not follow.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = beyond(connection)?;
    breaches.extend(days(connection)?);
    let products: Vec<ProductId> = sql("SELECT e.product_id FROM expected_receipts e \
         WHERE e.state = {expected_receipt_state open} UNION SELECT p.product_id \
         FROM order_line_promises p ORDER BY 1")
    .rows(connection)?;
    let today = day_in(accounts::supplier_zone(connection)?, now());
    // A worker makes these again shortly.
    let due: BTreeSet<_> = store::list_due(connection, today, i64::MAX)?.into_iter().collect();
    let products: Vec<_> = products.into_iter().filter(|id| !due.contains(id)).collect();
    for some in products.chunks(BATCH) {
        breaches.extend(made_again(connection, some)?);
    }
    Ok(breaches)
}

/// What is expected of which more is promised than is still to come.
fn beyond(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(String, String, i64, i64)> = sql(
        "SELECT q.reference, q.sku, q.rest, q.promised FROM (SELECT e.id, e.reference, p.sku, \
         CASE WHEN e.state = {expected_receipt_state open} AND e.confirmed = $1 THEN e.quantity - e.received \
         ELSE 0 END AS rest, \
         (SELECT CAST(SUM(l.quantity) AS BIGINT) FROM order_line_promises l WHERE l.expected_receipt_id = e.id) AS promised, \
         (SELECT CAST(COALESCE(SUM(s.on_hand - s.reserved), 0) AS BIGINT) FROM stock s WHERE s.product_id = e.product_id \
         AND s.warehouse_id = e.warehouse_id) AS free FROM expected_receipts e JOIN products p ON p.id = e.product_id) q \
         WHERE q.promised > q.rest + q.free ORDER BY q.reference, q.sku",
    )
    .bind(true)
    .rows(connection)?;
    let breach = |(reference, sku, rest, promised): (String, String, i64, i64)| Breach {
        check: "no more is promised than is expected",
        object: format!("{sku} of {reference}"),
        detail: format!("{promised} promised of {rest} that are still to come"),
    };
    Ok(rows.into_iter().map(breach).collect())
}

/// Lines whose day does not follow from their parts.
fn days(connection: &mut Connection) -> Result<Vec<Breach>> {
    type Row = (
        i64,
        i64,
        i64,
        i64,
        Option<chrono::NaiveDate>,
        Option<chrono::NaiveDate>,
        Option<chrono::NaiveDate>,
        i64,
    );
    let rows: Vec<Row> = sql(
        "SELECT o.number, CAST(l.position AS BIGINT), l.reserved, l.backordered, l.promised_on, \
         (SELECT MAX(r.promised_on) FROM reservations r WHERE r.order_line_id = l.id), q.last, q.covered FROM (SELECT order_line_id, MAX(promised_on) AS last, CAST(SUM(quantity) AS BIGINT) AS covered \
         FROM order_line_promises GROUP BY order_line_id) q JOIN order_lines l ON l.id = q.order_line_id \
         JOIN orders o ON o.id = l.order_id ORDER BY o.number, l.position",
    )
    .rows(connection)?;
    let mut breaches = Vec::new();
    for (number, position, reserved, backordered, promised_on, stock_on, last, covered) in rows {
        let object = format!("order {number} line {position}");
        if covered > backordered {
            breaches.push(Breach {
                check: "no more of a line is promised than it waits for",
                object: object.clone(),
                detail: format!("{covered} promised of {backordered} that wait"),
            });
        }
        let parts = last.map(|last| (last, covered));
        let derived = whole_day(stock_on.filter(|_| reserved > 0), backordered, parts);
        if derived != promised_on {
            let text = |day: Option<chrono::NaiveDate>| day.map_or_else(|| "no day".to_owned(), |day| day.to_string());
            let check = "a waiting line is promised for the day of its last part";
            breaches.push(Breach::differs(check, object, text(promised_on), text(derived)));
        }
    }
    Ok(breaches)
}

/// What is promised of these products against what comes of making it again.
fn made_again(connection: &mut Connection, product_ids: &[ProductId]) -> Result<Vec<Breach>> {
    type Parts = BTreeMap<OrderLineId, BTreeMap<ExpectedReceiptId, i64>>;
    let today = day_in(accounts::supplier_zone(connection)?, now());
    let mut stock = inventory::load(connection, product_ids, Purpose::Preview)?;
    inventory::quotas::apply(connection, &mut stock, product_ids, today)?;
    // What is left of quotas turns with the day and with what is drawn elsewhere: what is promised by them is not made again here.
    let plain: Vec<_> = product_ids
        .iter()
        .copied()
        .filter(|id| stock.policy(*id).is_plain())
        .collect();
    let product_ids = plain.as_slice();
    let mut stored = Parts::new();
    for part in store::list_of_products(connection, product_ids)? {
        let own = stored.entry(part.order_line_id).or_default();
        own.insert(part.expected_receipt_id, part.quantity);
    }
    let mut coming = HashMap::<ProductId, Vec<Incoming>>::new();
    for row in supply::list_coming(connection, product_ids, today)? {
        coming.entry(row.product_id).or_default().push(Incoming {
            id: row.id,
            warehouse: row.warehouse,
            expected_on: row.expected_on,
            rest: row.rest,
        });
    }
    let mut waiting = list_waiting(connection, product_ids)?;
    waiting.sort_by_key(|line| line.rank);
    let mut queues = HashMap::<ProductId, Vec<Wanting>>::new();
    for line in &waiting {
        queues.entry(line.product_id).or_default().push(Wanting {
            order_line_id: line.order_line_id,
            missing: line.backordered,
            portion: line.portion,
        });
    }
    let mut derived = Parts::new();
    for (product_id, queue) in &queues {
        let incoming = coming.get(product_id).map(Vec::as_slice).unwrap_or_default();
        let free = stock.of(*product_id).iter();
        let free = free.map(|row| (row.warehouse.clone(), row.free())).collect();
        for part in foresee(&free, incoming, queue) {
            if let Some(coming) = incoming.get(part.incoming) {
                let own = derived.entry(part.order_line_id).or_default();
                own.insert(coming.id, part.quantity);
            }
        }
    }
    let ids: BTreeSet<_> = stored.keys().chain(derived.keys()).copied().collect();
    let wrong: Vec<_> = ids.into_iter().filter(|id| stored.get(id) != derived.get(id)).collect();
    let names = names(connection, &wrong)?;
    let text = |parts: &Parts, id: &OrderLineId| {
        let parts = parts.get(id).into_iter().flatten();
        let parts: Vec<_> = parts.map(|(id, quantity)| format!("{quantity} of {id}")).collect();
        match parts.is_empty() {
            true => "nothing".to_owned(),
            false => parts.join(", "),
        }
    };
    let breach = |id: &OrderLineId| {
        let object = names.get(id).cloned().unwrap_or_else(|| id.to_string());
        let check = "what is promised follows from what is expected and who waits";
        Breach::differs(check, object, text(&stored, id), text(&derived, id))
    };
    Ok(wrong.iter().map(breach).collect())
}

fn names(connection: &mut Connection, ids: &[OrderLineId]) -> Result<HashMap<OrderLineId, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(OrderLineId, i64, i64)> = sql(
        "SELECT l.id, o.number, CAST(l.position AS BIGINT) FROM order_lines l JOIN orders o ON o.id = l.order_id \
         WHERE l.id {in ids $1}",
    )
    .bind(sets::json(ids)?)
    .rows(connection)?;
    let named = |(id, number, position)| (id, format!("order {number} line {position}"));
    Ok(rows.into_iter().map(named).collect())
}
