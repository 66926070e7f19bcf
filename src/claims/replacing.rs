//! Goods once more, without charge: an order of its own that goes the way of every order and says where it comes from.

use super::rules::{Claim, Decision};
use super::sentences;
use super::settling::first_fault;
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::orders;
use crate::orders::placing::Again;
use crate::orders::rules::{Order, PlacedBy, Source};

/// Places the order of what is accepted of the claim.
pub(super) fn replace(tx: &mut Connection, claim: &Claim, actor: &Actor, now: Timestamp) -> Result<Order> {
    let accepted = |decision: &Decision| decision.accepted;
    let lines = claim.lines.iter().filter_map(|line| {
        let quantity = line.decision.as_ref().map(accepted)?;
        (quantity.base_steps > 0).then_some((line.order_line_id, quantity))
    });
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
