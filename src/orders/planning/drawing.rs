//! Draws an order up from lines that are priced and taxed: totals, credit, stock.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::lines::{Remainder, reserve, totals};
use super::{OrderRequest, Orderer, Plan, too_large};
use crate::accounts::sites::Site;
use crate::accounts::terms::Terms;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, FieldError, Result};
use crate::ids::{OrderId, ProductId};
use crate::inventory::{self, Purpose};
use crate::ledger;
use crate::money::Money;
use crate::orders::allocation::rules::{Decision, Rank};
use crate::orders::rules::{HoldReason, Order, OrderLine, State};

/// What an order is drawn up for.
pub(super) struct Task<'a> {
    pub(super) id: OrderId,
    pub(super) orderer: &'a Orderer,
    pub(super) request: &'a OrderRequest,
    pub(super) terms: &'a Terms,
    pub(super) site: Site,
    pub(super) today: NaiveDate,
    pub(super) now: Timestamp,
    /// Articles of which there is only what is in stock.
    pub(super) running_out: HashSet<ProductId>,
}

/// Why an order that costs so much is held at once. What costs nothing takes nothing from the limit, and waits for nobody's
/// payment.
fn hold_reasons(terms: &Terms, exposure_minor: i64, costs_minor: i64) -> Vec<HoldReason> {
    let limit = terms.credit_limit.map(|money| money.minor);
    let within = costs_minor == 0 || ledger::rules::is_within_credit(limit, exposure_minor, costs_minor);
    let reasons = [
        (HoldReason::CreditLimit, !within),
        (HoldReason::Overdue, terms.orders_held && costs_minor != 0),
    ];
    let held = reasons.into_iter().filter(|(_, holds)| *holds);
    held.map(|(reason, _)| reason).collect()
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
        terms,
        site,
        today,
        now,
        running_out,
    } = task;
    for (position, line) in (1..).zip(&mut lines) {
        line.position = position;
    }
    let (net, tax) = totals(&lines, terms)?;
    let gross = match tax {
        Some(tax) => Some(net.checked_add(tax).ok_or_else(too_large)?),
        None => None,
    };
    // The account before the stock: everybody locks in this order.
    let exposure = match purpose {
        Purpose::Change => ledger::lock_exposure(connection, orderer.account_id)?,
        Purpose::Preview => ledger::exposure(connection, orderer.account_id)?,
    };
    let hold_reasons = hold_reasons(terms, exposure, gross.unwrap_or(net).minor);
    let state = match hold_reasons.is_empty() {
        true => State::Placed,
        false => State::OnHold,
    };
    let mut product_ids: Vec<_> = lines.iter().map(|line| line.product_id).collect();
    product_ids.sort_unstable();
    product_ids.dedup();
    let mut stock = inventory::load(connection, &product_ids, purpose)?;
    let mut remainder = Remainder::of(&running_out, &stock);
    let beyond = lines.iter().enumerate().filter_map(|(index, line)| {
        let fault = remainder.take(line).err()?;
        let at = format!("/lines/{index}/quantity");
        Some(FieldError::new(at, fault.code, fault.detail))
    });
    let beyond: Vec<_> = beyond.collect();
    if !beyond.is_empty() {
        return Err(Error::Invalid(beyond));
    }
    let decisions = if state.is_served() {
        let rank = Rank {
            tier: terms.tier,
            order_class: request.order_class,
            requested_on: request.requested_on,
            queued_at: now,
            order_id: id,
            position: 0,
        };
        reserve(&mut lines, &mut stock, rank, today)
    } else {
        Vec::new()
    };
    let order = Order {
        id,
        account_id: orderer.account_id,
        number: 0,
        state,
        hold_reasons,
        hold_note: None,
        po_number: request.po_number.trim().to_owned(),
        order_class: request.order_class,
        site_id: site.id,
        ship_to: site.code,
        currency: terms.currency,
        requested_on: request.requested_on,
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
        cancelled: Money::zero(terms.currency),
        version: 1,
        lines,
    };
    let takes = decisions.iter().flat_map(Decision::served);
    let takes = takes.flat_map(|(line, share)| share.takes.iter().map(|take| (line.order_line_id, *take)));
    let takes = takes.collect();
    // Where there is enough for all, or nothing at all, nothing had to be decided.
    let decisions = decisions.into_iter().filter(Decision::is_scarce).collect();
    Ok(Plan {
        order,
        takes,
        decisions,
        stock,
        exposure_minor: exposure,
    })
}
