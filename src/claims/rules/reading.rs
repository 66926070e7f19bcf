//! What somebody wants claimed, and what somebody decides about it: read strictly, all faults at once.

use std::collections::HashMap;

use super::{Action, ClaimLine, Decision, Kind, LINES_MAX, TEXT_CHARS_MAX};
use crate::catalogue::rules::OrderQuantity;
use crate::claims::sentences;
use crate::error::{Code, FieldError};
use crate::ids::OrderLineId;
use crate::money::{Currency, Money};
use crate::orders::rules::OrderLine;
use crate::quantity::{Decimal, Quantity};
use crate::sentences::Sentence;

/// What can be claimed of a line: a part of an order's line that left.
#[derive(Debug, Clone)]
pub struct Delivered<'a> {
    /// On the shipment, or on the invoice.
    pub position: i32,
    pub line: &'a OrderLine,
    /// Base steps that left.
    pub shipped: i64,
    /// Base steps of it that other claims are about.
    pub claimed: i64,
}

impl Delivered<'_> {
    /// What no other claim is about.
    pub fn left(&self) -> OrderQuantity {
        self.line.part((self.shipped - self.claimed).max(0))
    }
}

/// A line that somebody claims, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub position: i32,
    /// How much of it, in its unit; all that is left if nothing is said.
    pub quantity: Option<String>,
}

/// What somebody decides about a line, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    pub position: i32,
    /// How much of it is right, in its unit; `0` for nothing.
    pub quantity: String,
    /// The amount without tax that is credited, where that is not the goods' price.
    pub net: Option<String>,
    pub reason: Option<String>,
}

/// What lines are named for: what is refused is said in its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Claim,
    Return,
    /// What came back with a return.
    Credit,
}

impl Of {
    fn too_many(self) -> Sentence {
        match self {
            Self::Claim => sentences::claim_too_many_lines(LINES_MAX),
            Self::Return | Self::Credit => sentences::return_too_many_lines(LINES_MAX),
        }
    }

    fn beyond(self, quantity: Quantity, left: Quantity, position: i32) -> Sentence {
        match self {
            Self::Claim => sentences::claim_more_than_left(quantity, left, position),
            Self::Return => sentences::return_more_than_left(quantity, left, position),
            Self::Credit => sentences::return_credit_beyond(quantity, left, position),
        }
    }
}

/// The text without the blanks around it, or what is wrong with it.
pub fn text(pointer: &str, given: &str) -> Result<String, FieldError> {
    let text = given.trim();
    match text.chars().count() {
        0 => Err(FieldError::new(
            pointer,
            Code::Required,
            sentences::claim_without_text(),
        )),
        chars if chars > TEXT_CHARS_MAX => Err(too_long(pointer, chars)),
        _ => Ok(text.to_owned()),
    }
}

/// The same of a text that may be left out.
pub fn maybe_text(pointer: &str, given: Option<&str>) -> Result<Option<String>, FieldError> {
    match given.map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(given) => text(pointer, given).map(Some),
    }
}

fn too_long(pointer: &str, chars: usize) -> FieldError {
    let detail = sentences::claim_text_too_long(chars, TEXT_CHARS_MAX);
    FieldError::new(pointer, Code::ValueTooLong, detail)
}

/// The lines that are named, by position; all faults under `/lines/…`.
pub fn lines(delivered: &[Delivered<'_>], asked: &[Asked], named: Of) -> Result<Vec<ClaimLine>, Vec<FieldError>> {
    let one = |detail, code| Err(vec![FieldError::new("/lines", code, detail)]);
    if asked.is_empty() {
        return one(sentences::claim_without_lines(), Code::Required);
    }
    if asked.len() > LINES_MAX {
        return one(named.too_many(), Code::TooManyLines);
    }
    let by_position: HashMap<_, _> = delivered.iter().map(|line| (line.position, line)).collect();
    let (mut lines, mut faults) = (Vec::<ClaimLine>::new(), Vec::new());
    for (place, one) in asked.iter().enumerate() {
        let fault = |field: &str, code, detail| FieldError::new(format!("/lines/{place}/{field}"), code, detail);
        let Some(of) = by_position.get(&one.position) else {
            let detail = sentences::claim_line_unknown(one.position);
            faults.push(fault("position", Code::UnknownLine, detail));
            continue;
        };
        if lines.iter().any(|line| line.position == one.position) {
            let detail = sentences::claim_line_twice(one.position);
            faults.push(fault("position", Code::DuplicateKey, detail));
            continue;
        }
        match quantity(of, one.quantity.as_deref(), named) {
            Ok(quantity) => lines.push(claimed(of, quantity)),
            Err((code, detail)) => faults.push(fault("quantity", code, detail)),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    lines.sort_by_key(|line| line.position);
    Ok(lines)
}

/// How much is claimed of a line, or what is wrong with it.
fn quantity(of: &Delivered<'_>, asked: Option<&str>, named: Of) -> Result<OrderQuantity, (Code, Sentence)> {
    let left = of.left();
    let quantity = match asked {
        None => left,
        Some(text) => of.line.parse_part(text).map_err(|fault| (fault.code, fault.detail))?,
    };
    if quantity.base_steps > left.base_steps || quantity.base_steps <= 0 {
        let detail = named.beyond(quantity.ordered, left.ordered, of.position);
        return Err((Code::QuantityInvalid, detail));
    }
    Ok(quantity)
}

fn claimed(of: &Delivered<'_>, quantity: OrderQuantity) -> ClaimLine {
    let line = of.line;
    ClaimLine {
        position: of.position,
        order_line_id: line.id,
        product_id: line.product_id,
        sku: line.sku.clone(),
        customer_part_number: line.customer_part_number.clone(),
        name: line.name.clone(),
        unit: line.unit.clone(),
        unit_code: line.unit_code.clone(),
        quantity,
        decision: None,
    }
}

/// The lines as they are decided, and what that comes to for the claim of this kind. Each line is decided once; all faults under
/// `/lines/…`.
pub fn decisions(
    claimed: &[ClaimLine],
    ordered: &[OrderLine],
    asked: &[Decided],
    (kind, currency): (Kind, Currency),
) -> Result<(Vec<ClaimLine>, Action), Vec<FieldError>> {
    let mut faults = Vec::new();
    // What was decided before is decided anew.
    let anew = |line: &ClaimLine| ClaimLine {
        decision: None,
        ..line.clone()
    };
    let mut lines: Vec<_> = claimed.iter().map(anew).collect();
    for (place, one) in asked.iter().enumerate() {
        let fault = |field: &str, code, detail| FieldError::new(format!("/lines/{place}/{field}"), code, detail);
        let Some(line) = lines.iter_mut().find(|line| line.position == one.position) else {
            let detail = sentences::claim_line_unknown(one.position);
            faults.push(fault("position", Code::UnknownLine, detail));
            continue;
        };
        if line.decision.is_some() {
            let detail = sentences::claim_line_twice(one.position);
            faults.push(fault("position", Code::DuplicateKey, detail));
            continue;
        }
        let of_order = ordered.iter().find(|ordered| ordered.id == line.order_line_id);
        match decision(line, of_order, one, (kind, currency)) {
            Ok(decision) => line.decision = Some(decision),
            Err((field, code, detail)) => {
                faults.push(fault(field, code, detail));
                // It is named, if badly: only what is not named is missed.
                line.decision = Some(nothing(line));
            }
        }
    }
    if let Some(line) = lines.iter().find(|line| line.decision.is_none()) {
        let detail = sentences::claim_line_undecided(line.position);
        faults.push(FieldError::new("/lines", Code::Required, detail));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let accepted = |line: &ClaimLine| line.decision.as_ref().map_or(0, |one| one.accepted.base_steps);
    let action = if lines.iter().all(|line| accepted(line) == line.quantity.base_steps) {
        Action::Accept
    } else if lines.iter().all(|line| accepted(line) == 0) {
        Action::Reject
    } else {
        Action::AcceptPart
    };
    Ok((lines, action))
}

/// Lines of which less is right than comes back with returns of the claim, or came.
pub fn below_returned(
    lines: &[ClaimLine],
    ordered: &[OrderLine],
    asked: &[Decided],
    returned: &HashMap<OrderLineId, i64>,
) -> Vec<FieldError> {
    let fault = |line: &ClaimLine| {
        let accepted = line.decision.as_ref()?.accepted;
        let back = *returned.get(&line.order_line_id)?;
        if accepted.base_steps >= back {
            return None;
        }
        let of_order = ordered.iter().find(|ordered| ordered.id == line.order_line_id)?;
        let place = asked.iter().position(|one| one.position == line.position)?;
        let detail =
            sentences::claim_accepted_below_returned(accepted.ordered, of_order.part(back).ordered, line.position);
        Some(FieldError::new(
            format!("/lines/{place}/quantity"),
            Code::QuantityInvalid,
            detail,
        ))
    };
    lines.iter().filter_map(fault).collect()
}

fn nothing(line: &ClaimLine) -> Decision {
    Decision {
        accepted: OrderQuantity {
            ordered: Quantity::new(0, line.quantity.ordered.decimals),
            base_steps: 0,
        },
        net: None,
        reason: None,
    }
}

/// The field that is wrong, and how.
type Fault = (&'static str, Code, Sentence);

fn decision(
    line: &ClaimLine,
    ordered: Option<&OrderLine>,
    asked: &Decided,
    (kind, currency): (Kind, Currency),
) -> Result<Decision, Fault> {
    let accepted = if is_zero(&asked.quantity) {
        nothing(line).accepted
    } else {
        let unknown = || sentences::claim_line_unknown(asked.position);
        let of_order = ordered.ok_or_else(|| ("position", Code::UnknownLine, unknown()))?;
        let read = of_order.parse_part(&asked.quantity);
        read.map_err(|fault| ("quantity", fault.code, fault.detail))?
    };
    if accepted.base_steps > line.quantity.base_steps {
        let (more, all) = (accepted.ordered, line.quantity.ordered);
        let detail = sentences::claim_accepted_beyond(more, all, asked.position);
        return Err(("quantity", Code::QuantityInvalid, detail));
    }
    let reason = maybe_text("", asked.reason.as_deref()).map_err(|fault| ("reason", fault.code, fault.detail))?;
    if reason.is_none() && accepted.base_steps < line.quantity.base_steps {
        let detail = sentences::claim_reason_missing(asked.position);
        return Err(("reason", Code::Required, detail));
    }
    let net = match asked.net.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        // The goods are paid for: what is right of such a claim is an amount.
        None if accepted.base_steps > 0 && !kind.is_about_goods() => {
            let detail = sentences::claim_amount_missing(asked.position);
            return Err(("net", Code::Required, detail));
        }
        None => None,
        Some(_) if accepted.base_steps == 0 => {
            let detail = sentences::claim_amount_without_quantity(asked.position);
            return Err(("net", Code::ValueInvalid, detail));
        }
        Some(text) => match Money::parse(text, currency) {
            Ok(net) if net.minor > 0 => {
                // More than the goods cost can never be credited.
                let most = ordered.and_then(|line_of| line_of.net_between(0, line.quantity.base_steps));
                if let Some(most) = most.filter(|most| net.minor > most.minor) {
                    let detail = sentences::claim_amount_beyond(net, most, asked.position);
                    return Err(("net", Code::ValueInvalid, detail));
                }
                Some(net)
            }
            Ok(net) => {
                let detail = sentences::claim_amount_not_above_zero(net);
                return Err(("net", Code::ValueInvalid, detail));
            }
            Err(error) => {
                let detail = sentences::claim_amount_unreadable(text, error.sentence());
                return Err(("net", Code::ValueInvalid, detail));
            }
        },
    };
    Ok(Decision { accepted, net, reason })
}

fn is_zero(text: &str) -> bool {
    let text = text.trim();
    Decimal::parse(text).is_ok_and(|decimal| decimal.scaled(6) == Ok(0))
}
