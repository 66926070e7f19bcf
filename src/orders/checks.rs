//! Orders add up: lines to totals, frozen prices to nets, reservations to what is reserved, and each order has
//! one event of its placing. Decisions on stock can be made again.

use super::allocation;
use super::rules::{Order, OrderLine, State};
use super::store;
use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;
use crate::ids::{DecisionId, OrderId};
use crate::money::Money;
use crate::tax::rules::tax_groups;

/// Orders read at a time.
const BATCH: i64 = 500;

/// Everything about orders that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = reserved_of_stock(connection)?;
    breaches.extend(reserved_of_lines(connection)?);
    breaches.extend(decisions(connection)?);
    breaches.extend(one_event_each(connection)?);
    let mut after = OrderId(0);
    loop {
        let orders = store::list_whole(connection, after, BATCH)?;
        let Some(last) = orders.last() else { return Ok(breaches) };
        after = last.id;
        for order in &orders {
            breaches.extend(of_order(order));
        }
    }
}

/// What one order must satisfy by itself.
fn of_order(order: &Order) -> Vec<Breach> {
    let object = format!("order {}", order.number);
    let mut breaches = Vec::new();
    let mut differs = |check, stored: String, derived: String| {
        if stored != derived {
            breaches.push(Breach::differs(check, &object, stored, derived));
        }
    };
    let text = |money: Option<Money>| money.map_or_else(|| "nothing".to_owned(), |money| money.to_string());
    let zero = Money::zero(order.currency);
    let net = order.lines.iter().try_fold(zero, |sum, line| sum.checked_add(line.net));
    differs(
        "an order's net is the sum of its lines",
        order.net.to_string(),
        text(net),
    );
    differs(
        "an order has all its lines",
        order.line_count.to_string(),
        order.lines.len().to_string(),
    );
    if order.tax.is_some() {
        let taxed = order
            .lines
            .iter()
            .filter_map(|line| line.treatment().map(|treatment| (treatment, line.net.minor)));
        let groups = tax_groups(taxed);
        let tax = groups.and_then(|groups| {
            let amounts = groups
                .iter()
                .map(|group| Money::new(group.amount_minor, order.currency));
            amounts.into_iter().try_fold(zero, Money::checked_add)
        });
        differs("an order's tax is rounded once a rate", text(order.tax), text(tax));
        let gross = order.tax.and_then(|tax| order.net.checked_add(tax));
        differs("an order's gross is net and tax", text(order.gross), text(gross));
    }
    if order.state != State::Cancelled {
        differs(
            "what is called off of an order follows from its lines",
            order.cancelled.to_string(),
            text(order.cancelled_of_lines()),
        );
    }
    for line in &order.lines {
        breaches.extend(of_line(order, line));
    }
    breaches
}

fn of_line(order: &Order, line: &OrderLine) -> Vec<Breach> {
    let object = format!("order {} line {}", order.number, line.position);
    let mut breaches = Vec::new();
    let mut differs = |check, stored: String, derived: String| {
        if stored != derived {
            breaches.push(Breach::differs(check, &object, stored, derived));
        }
    };
    let parts = [line.reserved, line.backordered, line.shipped, line.cancelled];
    let whole: i128 = parts.iter().map(|part| i128::from(*part)).sum();
    differs(
        "a line's parts are what was ordered",
        line.quantity.base_steps.to_string(),
        whole.to_string(),
    );
    let frozen = &line.explanation;
    let price = format!("{} for {} {}", line.unit_price, line.price_base, line.price_unit);
    let explained = format!("{} for {} {}", frozen.unit_price, frozen.price_base, frozen.price_unit);
    differs("a line's price is the one explained", price, explained);
    // From the frozen text alone, so that a changed column can't vouch for itself.
    let in_base = frozen.price_unit == line.base_unit;
    let priced = (in_base, line.content);
    let net = frozen.derived_net(line.quantity, priced, line.base_decimals, order.currency);
    let net = net.map_or_else(
        || "nothing".to_owned(),
        |minor| Money::new(minor, order.currency).to_string(),
    );
    differs("a line's net follows from its frozen price", line.net.to_string(), net);
    let base_steps = if line.unit == line.base_unit {
        Some(line.quantity.ordered.steps)
    } else {
        line.content
            .base_steps(line.quantity.ordered.steps, line.base_decimals)
            .ok()
            .flatten()
    };
    let base_steps = base_steps.map_or_else(|| "nothing".to_owned(), |steps| steps.to_string());
    differs(
        "a line's base quantity follows from its unit",
        line.quantity.base_steps.to_string(),
        base_steps,
    );
    if !order.state.is_committed() && line.reserved != 0 {
        differs(
            "only live orders reserve stock",
            line.reserved.to_string(),
            "0".to_owned(),
        );
    }
    breaches
}

fn reserved_of_stock(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(String, String, i64, i64)> = sql(
        "SELECT p.sku, w.code, s.reserved, CAST(COALESCE(r.reserved, 0) AS BIGINT) FROM stock s \
         JOIN products p ON p.id = s.product_id JOIN warehouses w ON w.id = s.warehouse_id \
         LEFT JOIN (SELECT stock_id, SUM(quantity) AS reserved FROM reservations GROUP BY stock_id) r \
         ON r.stock_id = s.id WHERE s.reserved <> COALESCE(r.reserved, 0) ORDER BY p.sku, w.code",
    )
    .rows(connection)?;
    let breach = |(sku, warehouse, stored, derived)| {
        Breach::differs(
            "reserved stock is the sum of its reservations",
            format!("{sku} in {warehouse}"),
            stored,
            derived,
        )
    };
    Ok(rows.into_iter().map(breach).collect())
}

fn reserved_of_lines(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(i64, i64, i64, i64)> = sql(
        "SELECT o.number, CAST(l.position AS BIGINT), l.reserved, CAST(COALESCE(r.reserved, 0) AS BIGINT) \
         FROM order_lines l JOIN orders o ON o.id = l.order_id \
         LEFT JOIN (SELECT order_line_id, SUM(quantity) AS reserved FROM reservations GROUP BY order_line_id) r \
         ON r.order_line_id = l.id WHERE l.reserved <> COALESCE(r.reserved, 0) ORDER BY o.number, l.position",
    )
    .rows(connection)?;
    let breach = |(number, position, stored, derived)| {
        let object = format!("order {number} line {position}");
        Breach::differs(
            "what a line has reserved is the sum of its reservations",
            object,
            stored,
            derived,
        )
    };
    Ok(rows.into_iter().map(breach).collect())
}

/// Each recorded decision comes of its recorded input again.
fn decisions(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = Vec::new();
    let mut after = DecisionId(0);
    loop {
        let recorded = allocation::list_decisions(connection, None, after, BATCH)?;
        let Some(last) = recorded.last() else {
            return Ok(breaches);
        };
        after = last.id;
        let wrong = recorded.iter().filter(|recorded| !recorded.decision.is_repeatable());
        breaches.extend(wrong.map(|recorded| Breach {
            check: "a decision on stock follows from its input",
            object: format!("{} on {}", recorded.id, recorded.sku),
            detail: "made again, it gives other shares".to_owned(),
        }));
    }
}

fn one_event_each(connection: &mut Connection) -> Result<Vec<Breach>> {
    let rows: Vec<(i64, i64)> = sql("SELECT o.number, CAST(COALESCE(e.events, 0) AS BIGINT) FROM orders o \
         LEFT JOIN (SELECT subject_id, COUNT(*) AS events FROM events WHERE type = 'order.placed' GROUP BY subject_id) e \
         ON e.subject_id = o.id WHERE COALESCE(e.events, 0) <> 1 ORDER BY o.number")
    .rows(connection)?;
    let breach = |(number, events): (i64, i64)| {
        Breach::differs(
            "each order has one order.placed event",
            format!("order {number}"),
            events,
            1,
        )
    };
    Ok(rows.into_iter().map(breach).collect())
}
