//! What a change would come to: the order as it would be served, held or released, without storing anything.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::planning::Planned;
use super::rules::Next;
use crate::db::Connection;
use crate::error::Result;
use crate::ids::ProductId;
use crate::orders::allocation::rules::{Decision, Rank, Waiting, decide};
use crate::orders::allocation::{list_waiting, stocked};
use crate::orders::promising::rules::whole_day;
use crate::orders::promising::{self, Delivery};
use crate::orders::rules::{Order, OrderLine, State};

/// The order as the change would leave it.
pub fn foresee(connection: &mut Connection, mut planned: Planned) -> Result<(Order, Planned)> {
    let mut after = planned.after.clone();
    match &planned.next {
        Next::Hold(reasons) => {
            after.state = State::OnHold;
            after.hold_reasons.clone_from(reasons);
        }
        Next::Release => {
            after.state = State::Placed;
            after.hold_reasons.clear();
        }
        Next::Stay(reasons) => after.hold_reasons.clone_from(reasons),
        Next::Refuse => {}
    }
    if !after.state.is_served() {
        for line in &mut after.lines {
            line.backordered += line.reserved;
            line.reserved = 0;
            line.promised_on = None;
        }
        return Ok((after, planned));
    }
    let product_ids = match planned.next {
        Next::Release => after.lines.iter().map(|line| line.product_id).collect(),
        _ => planned.product_ids.clone(),
    };
    serve(connection, &mut planned, &mut after, product_ids)?;
    Ok((after, planned))
}

/// Serves the order's lines among all that wait for these products, and promises what still waits of what is expected.
fn serve(
    connection: &mut Connection,
    planned: &mut Planned,
    after: &mut Order,
    mut product_ids: Vec<ProductId>,
) -> Result<()> {
    product_ids.sort_unstable();
    product_ids.dedup();
    let outlook = promising::look(connection, &product_ids, planned.today)?;
    let expected: HashSet<_> = outlook.products().iter().copied().collect();
    product_ids.retain(|id| expected.contains(id) || planned.stock.free(*id) > 0);
    if product_ids.is_empty() {
        return Ok(());
    }
    let mut waiting = list_waiting(connection, &product_ids)?;
    waiting.retain(|line| line.rank.order_id != after.id);
    let asked: HashSet<_> = product_ids.iter().copied().collect();
    let own = after.lines.iter().filter(|line| line.backordered > 0);
    let own = own.filter(|line| asked.contains(&line.product_id));
    waiting.extend(own.map(|line| waits(planned, after, line)));
    let mut by_product = BTreeMap::<ProductId, Vec<Waiting>>::new();
    for line in &waiting {
        by_product.entry(line.product_id).or_default().push(line.clone());
    }
    let decided = |(id, lines)| decide(id, lines, &mut planned.stock);
    let decisions: Vec<_> = by_product.into_iter().map(decided).collect();
    let shares: HashMap<_, _> = decisions
        .iter()
        .flat_map(Decision::served)
        .map(|(line, share)| (line.order_line_id, (line, share)))
        .collect();
    let delivery = Delivery::load(connection, &waiting, planned.terms.supplier_zone, planned.now)?;
    let left = waiting.iter().filter_map(|line| {
        let got = shares.get(&line.order_line_id).map_or(0, |(_, share)| share.quantity);
        let left = line.backordered - got;
        (left > 0).then_some((line, left))
    });
    let mut parts = outlook.parts(&left.collect::<Vec<_>>(), &planned.stock, &delivery);
    for line in &mut after.lines {
        if !asked.contains(&line.product_id) || line.backordered == 0 {
            continue;
        }
        if let Some((waiting, share)) = shares.get(&line.id) {
            line.reserved += share.quantity;
            line.backordered -= share.quantity;
            let day = stocked(waiting, &share.takes, &planned.stock, &delivery);
            line.stock_promised_on = line.stock_promised_on.max(day);
        }
        line.expected = parts.remove(&line.id).unwrap_or_default();
        let days = line.expected.iter().map(|part| (part.promised_on, part.quantity));
        let stock_on = line.stock_promised_on.filter(|_| line.reserved > 0);
        line.promised_on = whole_day(stock_on, line.backordered, days);
    }
    Ok(())
}

/// A line of the order as one that waits.
fn waits(planned: &Planned, after: &Order, line: &OrderLine) -> Waiting {
    Waiting {
        order_line_id: line.id,
        product_id: line.product_id,
        account_id: Some(after.account_id),
        rank: Rank {
            tier: planned.terms.tier,
            order_class: after.order_class,
            requested_on: after.requested_on,
            queued_at: after.queued_at,
            order_id: after.id,
            position: line.position,
        },
        backordered: line.backordered,
        portion: line.portion(),
        lead_time_days: line.lead_time_days,
        site_id: Some(after.site_id),
        has: line.reserved + line.shipped,
    }
}
