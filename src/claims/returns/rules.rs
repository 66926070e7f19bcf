//! Returns as values and decisions: what may come back, which step leads where, what an inspection found.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::NaiveDate;

use crate::catalogue::rules::OrderQuantity;
use crate::claims::rules::Kind;
use crate::claims::sentences;
use crate::clock::Timestamp;
use crate::error::{Code, FieldError};
use crate::ids::{AccountId, ClaimId, CreditNoteId, OrderId, OrderLineId, ProductId, ReceiptId, ReturnId, ShipmentId};
pub use crate::names::sets::ReturnState as State;
use crate::orders::rules::OrderLine;
use crate::quantity::{Decimal, Quantity};
use crate::sentences::Sentence;

/// Something that may be done to a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// The goods arrived.
    Receive,
    /// Somebody looked at them.
    Inspect,
    /// Nothing more is to be done.
    Close,
}

impl Action {
    pub const ALL: [Self; 3] = [Self::Receive, Self::Inspect, Self::Close];
}

impl State {
    /// The state after `action`, or none where it is not allowed.
    pub fn after(self, action: Action) -> Option<Self> {
        match (self, action) {
            (Self::Announced, Action::Receive) => Some(Self::Received),
            (Self::Received, Action::Inspect) => Some(Self::Inspected),
            // What never comes is closed, too.
            (Self::Announced | Self::Inspected, Action::Close) => Some(Self::Closed),
            _ => None,
        }
    }
}

/// A return. Without lines where only its head was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Return {
    pub id: ReturnId,
    /// Whose.
    pub account_id: AccountId,
    /// That account's code and name.
    pub account: (String, String),
    pub order_id: OrderId,
    pub order_number: i64,
    pub po_number: String,
    /// Code of the site the goods went to.
    pub ship_to: String,
    pub shipment_id: ShipmentId,
    pub shipment_number: i64,
    /// The claim it comes from.
    pub claim: Option<(ClaimId, String)>,
    /// Year and place in it: without gaps from 1.
    pub sequence: (i32, i64),
    pub number: String,
    pub state: State,
    /// What the account is told.
    pub note: Option<String>,
    pub announced_at: Timestamp,
    /// In the supplier's zone.
    pub announced_on: NaiveDate,
    pub received_at: Option<Timestamp>,
    pub inspected_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    /// Where what can be sold again was received.
    pub receipt_id: Option<ReceiptId>,
    /// What credits its goods, with numbers: its own, and the one that its claim was settled by.
    pub credit_notes: Vec<(CreditNoteId, String)>,
    /// Grows with each change.
    pub version: i64,
    pub lines: Vec<ReturnLine>,
}

/// A line of a return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnLine {
    /// On the shipment.
    pub position: i32,
    pub order_line_id: OrderLineId,
    pub product_id: ProductId,
    pub sku: String,
    pub customer_part_number: Option<String>,
    pub name: String,
    pub unit: String,
    pub unit_code: String,
    pub base_unit: String,
    pub base_decimals: u8,
    /// What is to come, in the ordered unit and in base steps.
    pub quantity: OrderQuantity,
    /// What was found.
    pub found: Option<Found>,
}

/// What an inspection found of a line, in base steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Found {
    /// Can be sold again.
    pub to_stock: i64,
    /// Is kept apart until it is decided.
    pub quarantine: i64,
    /// Is thrown away.
    pub scrap: i64,
}

impl Found {
    /// All that came; none where it can't be held.
    pub fn all(self) -> Option<i64> {
        self.to_stock.checked_add(self.quarantine)?.checked_add(self.scrap)
    }
}

/// What somebody found of a line, in its base unit, as written; nothing where nothing is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspected {
    pub position: i32,
    pub to_stock: Option<String>,
    pub quarantine: Option<String>,
    pub scrap: Option<String>,
}

/// The lines with what was found; each line once, never more than was announced. All faults under `/lines/…`.
pub fn inspected(announced: &[ReturnLine], asked: &[Inspected]) -> Result<Vec<ReturnLine>, Vec<FieldError>> {
    let (mut lines, mut faults) = (announced.to_vec(), Vec::new());
    for (place, one) in asked.iter().enumerate() {
        let at = |field: &str| format!("/lines/{place}/{field}");
        let Some(line) = lines.iter_mut().find(|line| line.position == one.position) else {
            let detail = sentences::claim_line_unknown(one.position);
            faults.push(FieldError::new(at("position"), Code::UnknownLine, detail));
            continue;
        };
        if line.found.is_some() {
            let detail = sentences::claim_line_twice(one.position);
            faults.push(FieldError::new(at("position"), Code::DuplicateKey, detail));
            continue;
        }
        let mut read = |field: &str, text: &Option<String>| {
            quantity(text.as_deref(), line.base_decimals).unwrap_or_else(|detail| {
                faults.push(FieldError::new(at(field), Code::QuantityInvalid, detail));
                0
            })
        };
        let found = Found {
            to_stock: read("to_stock", &one.to_stock),
            quarantine: read("quarantine", &one.quarantine),
            scrap: read("scrap", &one.scrap),
        };
        let all = found.all();
        if all.is_none_or(|all| all > line.quantity.base_steps) {
            let [found, announced] = [all.unwrap_or(i64::MAX), line.quantity.base_steps]
                .map(|steps| Quantity::new(steps, line.base_decimals));
            let detail = sentences::return_more_than_announced(found, announced, one.position);
            faults.push(FieldError::new(at("to_stock"), Code::QuantityInvalid, detail));
        }
        line.found = Some(found);
    }
    if let Some(line) = lines.iter().find(|line| line.found.is_none()) {
        let detail = sentences::return_line_missing(line.position);
        faults.push(FieldError::new("/lines", Code::Required, detail));
    }
    match faults.is_empty() {
        true => Ok(lines),
        false => Err(faults),
    }
}

/// Lines to be sold again that are not what they are called: what came is another article, as the claim says.
pub fn of_another_article(lines: &[ReturnLine], asked: &[Inspected], (kind, claim): (Kind, &str)) -> Vec<FieldError> {
    let fault = |line: &ReturnLine| {
        line.found.filter(|found| found.to_stock > 0)?;
        let place = asked.iter().position(|one| one.position == line.position)?;
        let detail = sentences::return_of_another_article(claim, line.position);
        Some(FieldError::new(
            format!("/lines/{place}/to_stock"),
            Code::QuantityInvalid,
            detail,
        ))
    };
    match kind {
        Kind::WrongItem => lines.iter().filter_map(fault).collect(),
        _ => Vec::new(),
    }
}

fn quantity(text: Option<&str>, decimals: u8) -> Result<i64, Sentence> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(0);
    };
    let steps = Decimal::parse(text).and_then(|decimal| decimal.scaled(decimals));
    match steps {
        Ok(steps) if steps >= 0 => Ok(steps),
        Ok(_) => Err(crate::sentences::quantity_not_above_zero(text)),
        Err(error) => Err(error.of_quantity(text)),
    }
}

/// So much of a line of the order as a line of a return.
pub fn line(position: i32, ordered: &OrderLine, quantity: OrderQuantity, found: Option<Found>) -> ReturnLine {
    ReturnLine {
        position,
        order_line_id: ordered.id,
        product_id: ordered.product_id,
        sku: ordered.sku.clone(),
        customer_part_number: ordered.customer_part_number.clone(),
        name: ordered.name.clone(),
        unit: ordered.unit.clone(),
        unit_code: ordered.unit_code.clone(),
        base_unit: ordered.base_unit.clone(),
        base_decimals: ordered.base_decimals,
        quantity,
        found,
    }
}

/// Base steps of a line that are credited if nothing else is said: what is left of the return, never more than came back of the
/// shipment and was not made good.
pub fn free(left: i64, back: i64, made_good: i64) -> i64 {
    left.min(back.saturating_sub(made_good)).max(0)
}

/// The number of a return: `RT-2026-000042`, in a series of its own.
pub fn number((year, sequence): (i32, i64)) -> String {
    format!("RT-{year}-{sequence:06}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_return_goes_on_as_the_table_says() {
        use Action::{Close, Inspect, Receive};
        for (state, action, after) in [
            (State::Announced, Receive, Some(State::Received)),
            (State::Announced, Inspect, None),
            (State::Announced, Close, Some(State::Closed)),
            (State::Received, Receive, None),
            (State::Received, Inspect, Some(State::Inspected)),
            (State::Received, Close, None),
            (State::Inspected, Inspect, None),
            (State::Inspected, Close, Some(State::Closed)),
        ] {
            assert_eq!(state.after(action), after, "{state} {action:?}");
        }
        for action in Action::ALL {
            assert_eq!(State::Closed.after(action), None);
        }
        assert_eq!(number((2026, 7)), "RT-2026-000007");
    }
    #[test]
    fn what_was_made_good_is_not_credited_once_more_unless_somebody_says_so() {
        for (left, back, made_good, then) in [
            (4, 4, 0, 4),
            // It was credited by hand, or by a claim, before.
            (4, 4, 4, 0),
            (4, 4, 6, 0),
            // Some of what came back with all returns was.
            (8, 8, 4, 4),
            (3, 8, 4, 3),
            (3, 8, 6, 2),
            // Of this return nothing is left.
            (0, 8, 4, 0),
        ] {
            assert_eq!(free(left, back, made_good), then, "{left} {back} {made_good}");
        }
    }
}
