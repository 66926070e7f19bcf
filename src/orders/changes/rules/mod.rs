//! What may be changed of an order, and what it is then. What stays keeps its price; what is added has that of its day; nothing
//! that has left is changed.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

pub mod listing;
pub mod reading;

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Deserializer, Serialize};

use crate::accounts::credit::rules::{CreditCheck, Room};
use crate::accounts::rules::Tier;
use crate::catalogue::rules::{OrderQuantity, promised_on};
use crate::ids::{AccountId, OrderChangeId, OrderId, OrderLineId, ProductId};
use crate::inventory::rules::Take;
use crate::names::sets::Side;
use crate::orders::rules::rest::reduced;
use crate::orders::rules::{Action, HoldReason, Order, OrderClass, OrderLine, State as OrderState, Wishes};
use crate::quantity::Quantity;
use crate::tax::rules::Treatment;

pub use crate::names::sets::OrderChangeState as State;

/// What somebody wants to be another of an order, as written; it is kept so until the supplier decides about it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    pub lines: Vec<AskedLine>,
    /// Code of a site.
    pub ship_to: Option<String>,
    /// None: as it is; `Some(None)`: no day any more.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub requested_on: Option<Option<NaiveDate>>,
    pub order_class: Option<OrderClass>,
    /// The same of the note.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub note: Option<Option<String>>,
}

/// A value that is there, be it null.
pub fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// What is wanted of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AskedLine {
    /// So much of it in all, in its unit; all that has not left goes where there is none.
    Set {
        /// None where it is ill-formed.
        line: Option<OrderLineId>,
        quantity: Option<String>,
    },
    /// A line more.
    Add(Added),
    /// Another article instead of what waits of a line, or of so much of that, in its unit.
    Instead {
        /// None where it is ill-formed.
        line: Option<OrderLineId>,
        quantity: Option<String>,
        added: Added,
    },
}

/// A line that is added: an article by one of its keys.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    pub sku: Option<String>,
    pub customer_part_number: Option<String>,
    pub gtin: Option<String>,
    pub product_id: Option<String>,
    pub unit: Option<String>,
    pub quantity: String,
    pub note: Option<String>,
    /// What somebody typed for the article, where that is none of its numbers.
    pub typed: Option<String>,
    /// What is decided of it other than of the order.
    #[serde(default, skip_serializing_if = "Wishes::is_none")]
    pub choices: Wishes,
}

/// Whether a change is made at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Now,
    /// The supplier takes it on or refuses it.
    OnRequest,
}

/// How a side changes an order in this state; not at all where there is none.
pub fn way(state: OrderState, by: Side) -> Option<Way> {
    let may = |action| state.after(action).is_some();
    match by {
        Side::Supplier if may(Action::ChangeAsStaff) => Some(Way::Now),
        Side::Account if may(Action::ChangeAsBuyer) => Some(Way::Now),
        Side::Account if may(Action::AskForChange) => Some(Way::OnRequest),
        Side::Supplier | Side::Account => None,
    }
}

impl State {
    /// True while somebody has to decide.
    pub fn is_open(self) -> bool {
        self == Self::Requested
    }
}

/// A line that is to have another quantity: where it stands in the request, which line, how much in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Set {
    pub index: usize,
    pub line_id: OrderLineId,
    pub quantity: OrderQuantity,
}

/// A line of which so many base steps that wait are sent as something else: its place in the request, which line, how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replacing {
    pub index: usize,
    pub line_id: OrderLineId,
    pub steps: i64,
}

/// The line without what is sent as something else: what was ordered stays, and that part of it is called off.
pub fn replaced(line: &OrderLine, steps: i64, today: NaiveDate) -> Option<OrderLine> {
    if steps > line.backordered {
        return None;
    }
    let mut after = reduced(line, steps);
    after.promised_on = day_of_rest(&after, today);
    Some(after)
}

/// When what is left of a line comes of which less waits: what is reserved as it was promised, what waits is promised anew.
fn day_of_rest(after: &OrderLine, today: NaiveDate) -> Option<NaiveDate> {
    match (after.reserved, after.backordered) {
        // What it waited for has gone, so that it is served now.
        (1.., 0) => {
            let of_stock = after.stock_promised_on.or(after.promised_on);
            of_stock.or_else(|| promised_on(today, after.lead_time_days))
        }
        _ => None,
    }
}

/// The line with so much of it in all. What waits is the first to go and the last to come.
pub fn resized(line: &OrderLine, quantity: OrderQuantity, today: NaiveDate) -> Option<OrderLine> {
    let open = quantity.base_steps.checked_sub(line.shipped + line.cancelled)?;
    if open < 0 {
        return None;
    }
    let mut after = line.clone();
    after.quantity = quantity;
    // What it was rounded from is another quantity's past.
    after.explanation.asked_quantity = None;
    after.net = after.net_between(0, quantity.base_steps)?;
    after.reserved = line.reserved.min(open);
    after.backordered = open - after.reserved;
    after.promised_on = day_of_rest(&after, today);
    Some(after)
}

/// What is left of a line of which nothing more is to leave.
pub fn least(line: &OrderLine) -> OrderQuantity {
    let steps = line.shipped + line.cancelled;
    match steps {
        0 => OrderQuantity {
            ordered: Quantity::new(0, line.quantity.ordered.decimals),
            base_steps: 0,
        },
        steps => line.part(steps),
    }
}

/// True where more of a line, as it would be ordered on that day, is the same line: at the same price, in the same unit, with the
/// same tax.
pub fn is_more_of(line: &OrderLine, that_day: &OrderLine) -> bool {
    line.unit_price == that_day.unit_price
        && (line.price_base, &line.price_unit) == (that_day.price_base, &that_day.price_unit)
        && (line.content, &line.unit) == (that_day.content, &that_day.unit)
        && line.treatment() == that_day.treatment()
        && line.explanation.is_reckoned_like(&that_day.explanation)
}

/// So much of a line as it would be ordered, for itself. What ordering more of it would bring is no longer told.
pub fn part_of(line: &OrderLine, steps: i64) -> Option<OrderLine> {
    let mut part = line.clone();
    part.quantity = line.part(steps);
    part.net = part.net_between(0, steps)?;
    part.backordered = steps;
    part.explanation.next_break = None;
    part.explanation.asked_quantity = None;
    Some(part)
}

/// The line with another tax.
pub fn taxed(line: &OrderLine, treatments: &HashMap<ProductId, Treatment>) -> OrderLine {
    let mut after = line.clone();
    if let Some(treatment) = treatments.get(&line.product_id) {
        after.tax_category.clone_from(&treatment.category);
        after.tax_rate_ppm = Some(treatment.rate_ppm);
    }
    after
}

/// What goes back of what a line has reserved: from the stock that was taken last.
pub fn give_back(taken: &[Take], steps: i64) -> Vec<Take> {
    let mut missing = steps;
    let mut back = Vec::new();
    for take in taken.iter().rev() {
        let quantity = take.quantity.min(missing);
        if quantity > 0 {
            missing -= quantity;
            back.push(Take {
                stock_id: take.stock_id,
                quantity,
            });
        }
    }
    back
}

/// What an order may cost, all in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credit {
    /// The limits, and what counts against them without this order.
    pub room: Room,
    /// What happens where one is exceeded.
    pub check: CreditCheck,
    /// What of the order counted before, or would have while it counted for nothing.
    pub was: i64,
    /// What of it counts now, or would.
    pub is: i64,
    /// New orders of the account are held for what it owes.
    pub orders_held: bool,
}

/// What becomes of an order whose sum is another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// It stays as it is, held for these reasons if it is held.
    Stay(Vec<HoldReason>),
    /// It is held for these reasons.
    Hold(Vec<HoldReason>),
    /// Nothing holds it any more.
    Release,
    /// It would cost more than the account may owe, and can't be held since something of it left, or isn't to be.
    Refuse,
}

impl Credit {
    /// Why an order that costs so much is held. What costs nothing takes nothing from the limit, and waits for nobody's payment.
    pub fn reasons(&self) -> Vec<HoldReason> {
        let within = match self.check {
            CreditCheck::Off | CreditCheck::Warn => true,
            CreditCheck::Hold | CreditCheck::Refuse => self.room.exceeded(self.is).is_none(),
        };
        let reasons = [
            (HoldReason::CreditLimit, !within),
            (HoldReason::Overdue, self.orders_held && self.is != 0),
        ];
        let held = reasons.into_iter().filter(|(_, holds)| *holds);
        held.map(|(reason, _)| reason).collect()
    }

    /// Asks again, once an order is to cost more. One that is to cost less is never held for it, and goes on if what held it holds no
    /// more.
    pub fn next(&self, state: OrderState, held: &[HoldReason]) -> Next {
        let grows = self.is > self.was;
        match state {
            OrderState::OnHold => {
                let now = self.reasons();
                let holds = |reason: HoldReason| match reason {
                    HoldReason::Manual => held.contains(&reason),
                    _ => now.contains(&reason) && (grows || held.contains(&reason)),
                };
                let reasons: Vec<_> = HoldReason::ALL.into_iter().filter(|reason| holds(*reason)).collect();
                match reasons.is_empty() {
                    true => Next::Release,
                    false => Next::Stay(reasons),
                }
            }
            OrderState::Placed | OrderState::Accepted | OrderState::PartlyShipped if grows => {
                let reasons = self.reasons();
                let is_refused = self.check == CreditCheck::Refuse && reasons.contains(&HoldReason::CreditLimit);
                match (reasons.is_empty(), state) {
                    (true, _) => Next::Stay(held.to_vec()),
                    (false, OrderState::PartlyShipped) => Next::Refuse,
                    (false, _) if is_refused => Next::Refuse,
                    (false, _) => Next::Hold(reasons),
                }
            }
            _ => Next::Stay(held.to_vec()),
        }
    }
}

/// What is still committed of an order that comes to so much, of which so much is billed.
pub fn committed(order: &Order, billed_minor: i64) -> i64 {
    match order.is_invoiced() {
        true => 0,
        false => (order.commitment_minor() - billed_minor).max(0),
    }
}

/// A change of an order that was made, or is asked for. What it comes to is told by whoever reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct Change<Difference> {
    pub id: OrderChangeId,
    pub account_id: AccountId,
    /// Code, name and tier.
    pub account: (String, String, Tier),
    pub order_id: OrderId,
    pub order_number: i64,
    pub po_number: String,
    /// Where the order stands now.
    pub order_state: OrderState,
    pub state: State,
    /// Who wanted it.
    pub by: Side,
    /// The actor.
    pub made_by: String,
    /// Which form of the order it made.
    pub revision: Option<i32>,
    pub reason: Option<String>,
    pub asked: Request,
    pub difference: Difference,
    pub created_at: NaiveDateTime,
    pub decided_at: Option<NaiveDateTime>,
    /// Why the supplier took it on or refused it.
    pub decision_reason: Option<String>,
    /// Grows with each step.
    pub version: i64,
}

#[cfg(test)]
pub mod tests;
