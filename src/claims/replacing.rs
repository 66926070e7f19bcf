//! Goods once more, without charge: an order of its own that goes the way of every order and says where it comes from.

use super::rules::{Claim, ClaimLine};
use super::settling::first_fault;
use super::{sentences, store};
use crate::audit::Actor;
use crate::catalogue::rules::OrderQuantity;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::ledger;
use crate::orders;
use crate::orders::placing::Again;
use crate::orders::rules::{Order, PlacedBy, Source};
use crate::shipments;

/// Places the order of what is accepted of the claim.
pub(super) fn replace(tx: &mut Connection, claim: &Claim, actor: &Actor, now: Timestamp) -> Result<Order> {
    // From here on nothing of what was billed is credited otherwise.
    ledger::lock_exposure(tx, claim.account_id)?;
    must_be_left(tx, claim)?;
    let lines = accepted(claim).map(|(line, quantity)| (line.order_line_id, quantity));
    let is_client = claim.filed_by.starts_with("cli_");
    let again = Again {
        account_id: claim.account_id,
        order_id: claim.order_id,
        by: claim.person_id.map(|id| PlacedBy::of_row(id, is_client)),
        po_number: claim.number.clone(),
        lines: lines.collect(),
        source: Source::Claim,
    };
    let placed = orders::placing::place_again(tx, &again, actor, now);
    placed.map_err(|error| match first_fault(&error) {
        Some(why) => {
            let detail = sentences::claim_not_replaceable(&claim.number, why);
            Error::conflict(Code::ClaimStateForbids, detail)
        }
        None => error,
    })
}

/// What is accepted of which lines.
fn accepted(claim: &Claim) -> impl Iterator<Item = (&ClaimLine, OrderQuantity)> {
    claim.lines.iter().filter_map(|line| {
        let quantity = line.decision.as_ref()?.accepted;
        (quantity.base_steps > 0).then_some((line, quantity))
    })
}

/// Goods that were credited, or came once more already, are not sent again.
fn must_be_left(tx: &mut Connection, claim: &Claim) -> Result<()> {
    let shipment = shipments::get(tx, claim.account_id, claim.shipment_id)?;
    let made_good = store::list_made_good(tx, claim.shipment_id)?;
    for (line, quantity) in accepted(claim) {
        let mut delivered = shipment.lines.iter();
        let delivered = delivered.find(|one| one.order_line_id == line.order_line_id);
        let delivered = delivered.map_or(0, |one| one.quantity.base_steps);
        let made_good = made_good.get(&line.order_line_id).copied().unwrap_or_default();
        if quantity.base_steps > delivered - made_good {
            let why = sentences::claim_made_good_already(line.position);
            let detail = sentences::claim_not_replaceable(&claim.number, why);
            return Err(Error::conflict(Code::ClaimStateForbids, detail));
        }
    }
    Ok(())
}
