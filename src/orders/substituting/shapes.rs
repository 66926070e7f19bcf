//! What could be sent instead of what waits, as REST takes and shows it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::proposing::{New, Proposal};
use super::rules::State;
use super::{Standing, Wish, waiting};
use crate::clock::rfc3339;
use crate::ids::OrderId;
use crate::kept::DecimalText;
use crate::substitutes::rules::Ratio;
use crate::substitutes::shapes::{SubstituteView, views};

/// What to take instead of what waits of a line.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeSubstitute {
    /// The supplier's number of the article, or your own.
    #[schema(example = "22634")]
    sku: String,
    /// Instead of how much of what waits, in the line's unit; all of it if left out. How much of the article that comes to follows
    /// from the ratio.
    #[schema(example = "40")]
    quantity: Option<DecimalText>,
    /// The `net` you were shown. If it costs something else by now, nothing is done.
    #[schema(example = "120.00")]
    net: Option<String>,
}

impl TakeSubstitute {
    pub fn wish(&self) -> Wish {
        Wish {
            sku: self.sku.clone(),
            quantity: self.quantity.as_ref().map(|quantity| quantity.0.clone()),
            net: self.net.clone(),
        }
    }
}

/// An article that is proposed instead of what waits of a line.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposeSubstitute {
    /// The supplier's number of an article that the account may order.
    #[schema(example = "22634")]
    sku: String,
    /// How many base units of it stand for one base unit of the line's article; as it is kept for the two, else 1, if left out.
    #[schema(example = "1.5")]
    ratio: Option<DecimalText>,
    /// What the account reads; 1,000 characters at most.
    note: Option<String>,
}

impl From<ProposeSubstitute> for New {
    fn from(body: ProposeSubstitute) -> Self {
        Self {
            sku: body.sku,
            ratio: body.ratio.map(|ratio| ratio.0),
            note: body.note,
        }
    }
}

/// A proposal of the supplier's.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubstituteProposalView {
    #[schema(example = "prp_0B9Q4Z8K2M3N4")]
    id: String,
    order_id: String,
    order_line_id: String,
    product_id: String,
    /// How many base units of it stand for one base unit of the line's article.
    ratio: String,
    #[schema(required)]
    note: Option<String>,
    state: State,
    /// RFC 3339, UTC
    created_at: String,
    /// RFC 3339, UTC
    #[schema(required)]
    decided_at: Option<String>,
    /// Why the account does not want it.
    #[schema(required)]
    decision_reason: Option<String>,
}

impl From<Proposal> for SubstituteProposalView {
    fn from(proposal: Proposal) -> Self {
        Self {
            id: proposal.id.to_string(),
            order_id: proposal.order_id.to_string(),
            order_line_id: proposal.line_id.to_string(),
            product_id: proposal.product_id.to_string(),
            ratio: Ratio::of_micros(proposal.ratio_micros).to_string(),
            note: proposal.note,
            state: proposal.state,
            created_at: rfc3339(proposal.created_at),
            decided_at: proposal.decided_at.map(rfc3339),
            decision_reason: proposal.decision_reason,
        }
    }
}

/// A line of which something waits, and what could be sent instead of that.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineSubstitutesView {
    order_line_id: String,
    position: i32,
    sku: String,
    unit: String,
    /// What waits, in that unit.
    waits: String,
    /// What is proposed, until it is decided.
    #[schema(required)]
    proposal: Option<SubstituteProposalView>,
    /// What is proposed first, then successors, then alternatives.
    substitutes: Vec<SubstituteView>,
}

/// What could be sent instead of what waits of an order.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderSubstitutesView {
    #[schema(example = "ord_0B9Q4Z8K2M3N4")]
    order_id: String,
    /// The lines of which something waits.
    lines: Vec<LineSubstitutesView>,
}

impl From<Standing> for OrderSubstitutesView {
    fn from(standing: Standing) -> Self {
        let Standing {
            order,
            mut offers,
            mut proposals,
        } = standing;
        let id: OrderId = order.id;
        let lines = waiting(&order).map(|line| LineSubstitutesView {
            order_line_id: line.id.to_string(),
            position: line.position,
            sku: line.sku.clone(),
            unit: line.unit.clone(),
            waits: line.part(line.backordered).ordered.to_string(),
            proposal: proposals.remove(&line.id).map(SubstituteProposalView::from),
            substitutes: views(offers.remove(&line.id).unwrap_or_default()),
        });
        Self {
            order_id: id.to_string(),
            lines: lines.collect(),
        }
    }
}
