//! Staff give stock to a line against the queue: from another line, or of what is free, whoever it is kept for. Why is in the audit
//! record alone; the accounts hear what changed for them.

use std::collections::HashMap;

use serde_json::json;

use super::{list_lines, list_waiting, stocked, store};
use crate::accounts;
use crate::audit::{self, Actor, Entry};
use crate::clock::{Timestamp, day_in};
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::identity::idempotency::{self, Begun};
use crate::ids::{AccountId, OrderId, OrderLineId, ProductId};
use crate::inventory::rules::{StockBook, Take};
use crate::inventory::{self, Purpose};
use crate::orders::promising::{self, Delivery, Served};
use crate::orders::rules::head::check_note;
use crate::orders::rules::{Order, OrderLine};
use crate::orders::shipping::must_not_be_packed;
use crate::orders::steering::lock;
use crate::orders::{sentences, store as orders};
use crate::quantity::Decimal;
use crate::sentences::{quantity_not_above_zero, say_why};

/// What is to be given to whom.
#[derive(Debug, Clone)]
pub struct Overruling {
    /// Who gets it.
    pub to: OrderLineId,
    /// Who has it reserved; none: it is free.
    pub from: Option<OrderLineId>,
    /// Base units, as written.
    pub quantity: String,
    pub reason: String,
}

/// Gives stock to a line against the queue; its order as it is then. The same request has one effect.
pub fn overrule(
    tx: &mut Connection,
    key: &idempotency::Request,
    asked: &Overruling,
    actor: &Actor,
    now: Timestamp,
) -> Result<Order> {
    if asked.reason.trim().is_empty() {
        return Err(Error::invalid("/reason", Code::Required, say_why()));
    }
    if let Some(fault) = check_note("/reason", Some(&asked.reason)) {
        return Err(Error::Invalid(vec![fault]));
    }
    let to = owner(tx, asked.to, "/to")?;
    let mut owners = vec![to];
    if let Some(from) = asked.from {
        owners.push(owner(tx, from, "/from")?);
    }
    // Everybody locks orders by their ids, then stock.
    owners.sort_unstable();
    owners.dedup();
    for (id, account_id) in &owners {
        let order = lock(tx, *account_id, *id)?;
        must_not_be_packed(tx, &order)?;
    }
    let is_new = matches!(idempotency::begin(tx, key, asked.to.0, now)?, Begun::Fresh);
    if is_new {
        give(tx, asked, &owners, actor, now)?;
    }
    orders::find(tx, to.1, to.0)?.ok_or(Error::NotFound)
}

fn owner(tx: &mut Connection, line_id: OrderLineId, pointer: &str) -> Result<(OrderId, AccountId)> {
    let unknown = || Error::invalid(pointer, Code::UnknownLine, sentences::no_line_has_this_id());
    store::find_owner(tx, line_id)?.ok_or_else(unknown)
}

fn line_of(orders: &[Order], id: OrderLineId) -> Result<(&Order, &OrderLine)> {
    let mut lines = orders
        .iter()
        .flat_map(|order| order.lines.iter().map(move |line| (order, line)));
    lines
        .find(|(_, line)| line.id == id)
        .ok_or_else(|| Error::internal(format!("{id} is no line of its order")))
}

fn give(
    tx: &mut Connection,
    asked: &Overruling,
    owners: &[(OrderId, AccountId)],
    actor: &Actor,
    now: Timestamp,
) -> Result<()> {
    // With the stock locked nobody serves or ships these lines any more.
    let product_ids = store::list_products_of_lines(
        tx,
        &[Some(asked.to), asked.from].into_iter().flatten().collect::<Vec<_>>(),
    )?;
    let [product_id] = product_ids.as_slice() else {
        return Err(Error::invalid(
            "/from",
            Code::UnknownLine,
            sentences::lines_of_two_products(),
        ));
    };
    let product_id = *product_id;
    let mut stock = inventory::load(tx, &[product_id], Purpose::Change)?;
    let read = |(id, account_id): &(OrderId, AccountId)| orders::find(tx, *account_id, *id)?.ok_or(Error::NotFound);
    let all: Vec<_> = owners.iter().map(read).collect::<Result<_>>()?;
    let (order, to) = line_of(&all, asked.to)?;
    let from = asked.from.map(|id| line_of(&all, id)).transpose()?;
    let quantity = quantity(asked, to, from.map(|(_, line)| line))?;
    if !order.state.is_served() || to.backordered < quantity {
        let waits = to.base_quantity(to.backordered);
        let detail = sentences::line_waits_for_less(to.position, waits, &to.base_unit);
        return Err(Error::conflict(Code::OrderStateForbids, detail));
    }
    if let Some((_, from)) = from {
        let reserved = from.base_quantity(from.reserved);
        let short = || {
            Error::conflict(
                Code::OrderStateForbids,
                sentences::line_has_less(from.position, reserved, &from.base_unit),
            )
        };
        let freed = free_reserved(tx, from, quantity)?.ok_or_else(short)?;
        for take in &freed {
            stock.give_back(product_id, *take);
        }
        let taken: Vec<_> = freed.into_iter().map(|take| (from.id, take)).collect();
        store::take_from_reservations(tx, &taken)?;
    }
    let takes = stock.take(product_id, quantity, to.portion());
    if takes.iter().map(|take| take.quantity).sum::<i64>() != quantity {
        let free = to.base_quantity(stock.free(product_id));
        let detail = sentences::less_is_free(&to.sku, free, &to.base_unit);
        return Err(Error::conflict(Code::OrderStateForbids, detail));
    }
    let mut batch = Batch::new();
    inventory::save(&mut batch, &stock)?;
    let served = Serving {
        product_id,
        to: to.id,
        from: from.map(|(_, line)| line.id),
        quantity,
        takes,
    };
    let details = json!({
        "to_order": order.number.to_string(), "to_line": to.position,
        "from_order": from.map(|(order, _)| order.number.to_string()), "from_line": from.map(|(_, line)| line.position),
        "sku": to.sku, "quantity": to.base_quantity(quantity).to_string(), "reason": asked.reason.trim(),
    });
    let entry = Entry {
        action: "allocation.overrule",
        // Of no account: neither is told why.
        account_id: None,
        object: to.id.to_string(),
        details,
    };
    batch.add(audit::recording(actor, &entry, now));
    promise(tx, served, &stock, batch, now)
}

/// What is given to whom.
struct Serving {
    product_id: ProductId,
    to: OrderLineId,
    from: Option<OrderLineId>,
    quantity: i64,
    takes: Vec<Take>,
}

/// Stores what the lines have then, and makes the promises of the product again.
fn promise(tx: &mut Connection, given: Serving, stock: &StockBook, mut batch: Batch, now: Timestamp) -> Result<()> {
    let zone = accounts::supplier_zone(tx)?;
    let outlook = promising::look(tx, &[given.product_id], day_in(zone, now))?;
    let mut waiting = list_waiting(tx, &[given.product_id])?;
    let own: Vec<_> = [Some(given.to), given.from].into_iter().flatten().collect();
    for line in list_lines(tx, &own)? {
        if waiting.iter().all(|known| known.order_line_id != line.order_line_id) {
            waiting.push(line);
        }
    }
    let delivery = Delivery::load(tx, &waiting, zone, now)?;
    let to = waiting.iter().find(|line| line.order_line_id == given.to);
    let to = to.ok_or_else(|| Error::internal(format!("{} waits no more", given.to)))?;
    let on = stocked(to, &given.takes, stock, &delivery);
    let mut served = HashMap::from([(
        given.to,
        Served {
            quantity: given.quantity,
            promised_on: on,
        },
    )]);
    served.extend(given.from.map(|id| {
        let lost = Served {
            quantity: -given.quantity,
            promised_on: None,
        };
        (id, lost)
    }));
    let takes: Vec<_> = given.takes.into_iter().map(|take| (given.to, take, on)).collect();
    store::add_reservations(&mut batch, &takes)?;
    let left = waiting.iter().filter_map(|line| {
        let got = served.get(&line.order_line_id).map_or(0, |served| served.quantity);
        let left = line.backordered - got;
        (left > 0).then_some((line, left))
    });
    let parts = outlook.parts(&left.collect::<Vec<_>>(), stock, &delivery);
    outlook.renewed(parts).store(tx, &served, batch, (None, now))
}

/// The base steps that are asked for: whole packs of both lines.
fn quantity(asked: &Overruling, to: &OrderLine, from: Option<&OrderLine>) -> Result<i64> {
    let refused = |detail| Error::invalid("/quantity", Code::QuantityInvalid, detail);
    let steps = Decimal::parse(&asked.quantity).and_then(|decimal| decimal.scaled(to.base_decimals));
    let steps = steps.map_err(|_fault| refused(quantity_not_above_zero(&asked.quantity)))?;
    if steps <= 0 {
        return Err(refused(quantity_not_above_zero(&asked.quantity)));
    }
    for line in [Some(to), from].into_iter().flatten() {
        if steps % line.portion() != 0 {
            let portion = line.base_quantity(line.portion());
            return Err(refused(sentences::only_whole_packs(portion, &line.base_unit)));
        }
    }
    Ok(steps)
}

/// Which reserved stock a line gives up; none where it has less.
fn free_reserved(tx: &mut Connection, line: &OrderLine, quantity: i64) -> Result<Option<Vec<Take>>> {
    let mut left = quantity;
    let mut freed = Vec::new();
    for take in store::list_reservations_of_line(tx, line.id)? {
        let part = take.quantity.min(left);
        if part > 0 {
            left -= part;
            freed.push(Take { quantity: part, ..take });
        }
    }
    Ok((left == 0).then_some(freed))
}
