//! Draws an order up from lines that are priced and taxed: totals, credit, stock.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::lines::{Place, Remainder, expect, reserve, totals};
use super::{OrderRequest, Orderer, Plan, too_large};
use crate::accounts::credit::rules::{CreditCheck, Exceeded, Room};
use crate::accounts::credit::{find_room, lock_room};
use crate::accounts::sites::Site;
use crate::accounts::terms::Terms;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, FieldError, Result};
use crate::ids::{OrderId, ProductId};
use crate::inventory::rules::StockBook;
use crate::inventory::{self, Purpose};
use crate::money::Money;
use crate::orders::allocation::draws;
use crate::orders::allocation::rules::{Decision, Rank};
use crate::orders::changes::rules::Credit;
use crate::orders::entitlements;
use crate::orders::entitlements::rules::Settled;
use crate::orders::promising::{Delivery, Renewal};
use crate::orders::rules::{Choices, HoldReason, Order, OrderLine, State};

/// What an order is drawn up for.
pub(super) struct Task<'a> {
    pub(super) id: OrderId,
    pub(super) orderer: &'a Orderer,
    pub(super) request: &'a OrderRequest,
    /// What holds for the lines that say nothing else.
    pub(super) choices: Choices,
    pub(super) terms: &'a Terms,
    pub(super) site: Site,
    pub(super) today: NaiveDate,
    pub(super) now: Timestamp,
    /// Articles of which there is only what is in stock.
    pub(super) running_out: HashSet<ProductId>,
    /// The class, where that is settled already.
    pub(super) settled: Option<Settled>,
}

/// Why an order that costs so much is held at once. What costs nothing takes nothing from the limit, and waits for nobody's
/// payment.
fn hold_reasons(terms: &Terms, room: Room, costs_minor: i64) -> Vec<HoldReason> {
    let credit = Credit {
        room,
        check: terms.credit.at_order,
        was: 0,
        is: costs_minor,
        orders_held: terms.orders_held,
    };
    credit.reasons()
}

/// The limit that an order which costs so much exceeds, where somebody looks.
fn exceeded(terms: &Terms, room: Room, costs_minor: i64) -> Option<Exceeded> {
    match terms.credit.at_order {
        CreditCheck::Off => None,
        CreditCheck::Warn | CreditCheck::Hold | CreditCheck::Refuse => room.exceeded(costs_minor),
    }
}

/// All lines that want more than there is left of what comes no more.
fn refuse_beyond(lines: &[OrderLine], mut remainder: Remainder) -> Result<()> {
    let beyond = lines.iter().enumerate().filter_map(|(index, line)| {
        let fault = remainder.take(line).err()?;
        let at = format!("/lines/{index}/quantity");
        Some(FieldError::new(at, fault.code, fault.detail))
    });
    let beyond: Vec<_> = beyond.collect();
    match beyond.is_empty() {
        true => Ok(()),
        false => Err(Error::Invalid(beyond)),
    }
}

/// Reserves what is free for the lines, and promises the rest of what is expected.
fn serve(
    connection: &mut Connection,
    lines: &mut [OrderLine],
    stock: &mut StockBook,
    place: Place,
    (terms, today, now): (&Terms, NaiveDate, Timestamp),
) -> Result<(Vec<Decision>, Renewal)> {
    let delivery = match terms.has_calendars {
        true => Delivery::to_sites(connection, &[place.2], terms.supplier_zone, now)?,
        false => Delivery::every_day(terms.supplier_zone, now),
    };
    let decisions = reserve(lines, stock, place, &delivery);
    let promises = expect(connection, lines, stock, place, (terms, today, now))?;
    Ok((decisions, promises))
}

/// The products of the lines, each once, in the order in which they are locked.
fn product_ids(lines: &[OrderLine]) -> Vec<ProductId> {
    let mut ids: Vec<_> = lines.iter().map(|line| line.product_id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn first_state(hold_reasons: &[HoldReason]) -> State {
    match hold_reasons.is_empty() {
        true => State::Placed,
        false => State::OnHold,
    }
}

/// The order these lines make, in their order.
pub(super) fn draw_up(
    connection: &mut Connection,
    task: Task<'_>,
    mut lines: Vec<OrderLine>,
    purpose: Purpose,
) -> Result<Plan> {
    let Task {
        id,
        orderer,
        request,
        choices,
        terms,
        site,
        today,
        now,
        running_out,
        settled,
    } = task;
    for (position, line) in (1..).zip(&mut lines) {
        line.position = position;
    }
    let (net, tax) = totals(&lines, terms)?;
    let gross = tax.map(|tax| net.checked_add(tax).ok_or_else(too_large)).transpose()?;
    // The account before the stock: everybody locks in this order.
    let room = match purpose {
        Purpose::Change => lock_room(connection, terms, today)?,
        Purpose::Preview => find_room(connection, terms, today)?,
    };
    let settled = match settled {
        Some(settled) => settled,
        None => {
            let asked = (request.order_class, request.if_not_entitled);
            entitlements::settle(connection, terms, asked, lines.len(), now)?
        }
    };
    let costs_minor = gross.unwrap_or(net).minor;
    let hold_reasons = hold_reasons(terms, room, costs_minor);
    let state = first_state(&hold_reasons);
    let mut stock = inventory::load_seen_by(connection, &product_ids(&lines), terms.into(), purpose, today)?;
    refuse_beyond(&lines, Remainder::of(&running_out, &stock))?;
    let (decisions, promises) = if state.is_served() {
        let rank = Rank {
            tier: terms.tier,
            order_class: settled.order_class,
            requested_on: request.requested_on,
            queued_at: now,
            order_id: id,
            position: 0,
        };
        let place = (rank, orderer.account_id, site.id);
        serve(connection, &mut lines, &mut stock, place, (terms, today, now))?
    } else {
        (Vec::new(), Renewal::default())
    };
    let order = Order {
        id,
        account_id: orderer.account_id,
        number: 0,
        state,
        hold_reasons,
        hold_note: None,
        po_number: request.po_number.trim().to_owned(),
        order_class: settled.order_class,
        site_id: site.id,
        ship_to: site.code,
        currency: terms.currency,
        requested_on: request.requested_on,
        choices,
        texts: request.texts.clone(),
        net,
        tax,
        gross,
        line_count: i32::try_from(lines.len()).map_err(Error::internal)?,
        placed_by: orderer.by,
        placed_at: now,
        placed_on: today,
        queued_at: now,
        cancelled_at: None,
        cancel_reason: None,
        source: None,
        claim: None,
        cancelled: Money::zero(terms.currency),
        revision: 1,
        version: 1,
        lines,
    };
    let served = decisions.iter().flat_map(Decision::served);
    let takes = served.flat_map(|(line, share)| share.takes.iter().map(|take| (line.order_line_id, *take)));
    let takes = takes.collect();
    let shares = decisions.iter().flat_map(|decision| &decision.shares);
    let drawn = shares.flat_map(|share| draws(share, 0)).collect();
    // Where there is enough for all, or nothing at all, nothing had to be decided.
    let decisions = decisions.into_iter().filter(Decision::is_scarce).collect();
    Ok(Plan {
        load: None,
        order,
        takes,
        drawn,
        decisions,
        promises,
        stock,
        exposure_minor: room.own.used,
        exceeded: exceeded(terms, room, costs_minor).map(|exceeded| (terms.credit.at_order, exceeded)),
        settled,
        terms: terms.clone(),
    })
}
