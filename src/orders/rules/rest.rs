//! Calling off what of an order is still to leave, while what has left and other lines go on.

use super::{Action, Order, OrderLine, State};
use crate::ids::OrderLineId;
use crate::names::sets::Side;

/// Lines that are called off, and the order's state then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rest {
    pub line_ids: Vec<OrderLineId>,
    pub state: State,
}

/// Why nothing is called off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestFault {
    /// The order's state does not allow it.
    State,
    /// The wanted line of this place, from 0, is none of the order's.
    NoLine(usize),
    /// Nothing of the line in this position is still to leave.
    NothingLeft(i32),
    /// Something of the line in this position has left: only the supplier may end it.
    HasLeft(i32),
    /// No line may be called off.
    NoneOpen,
    /// Nothing of the order would ever leave: the whole of it is to be called off.
    Whole,
}

fn may_end(line: &OrderLine, by: Side) -> bool {
    line.to_leave() > 0 && (by == Side::Supplier || line.shipped == 0)
}

/// The lines whose rest one side may call off: the supplier any that has one, the account those of which nothing has left.
pub fn endable(order: &Order, by: Side) -> impl Iterator<Item = &OrderLine> {
    let is_open = order.state.after(Action::CancelPart).is_some();
    order.lines.iter().filter(move |line| is_open && may_end(line, by))
}

/// True where one side may call off some line while something of the order goes on or has left.
pub fn may_end_part(order: &Order, by: Side) -> bool {
    let others = order
        .lines
        .iter()
        .any(|line| line.shipped > 0 || (line.to_leave() > 0 && !may_end(line, by)));
    let mut endable = endable(order, by);
    endable.next().is_some() && (others || endable.next().is_some())
}

/// What calling off `wanted` comes to; without any, all that the side may call off.
pub fn rest(order: &Order, wanted: &[OrderLineId], by: Side) -> Result<Rest, RestFault> {
    if order.state.after(Action::CancelPart).is_none() {
        return Err(RestFault::State);
    }
    for (place, id) in wanted.iter().enumerate() {
        let line = order
            .lines
            .iter()
            .find(|line| line.id == *id)
            .ok_or(RestFault::NoLine(place))?;
        if line.to_leave() == 0 {
            return Err(RestFault::NothingLeft(line.position));
        }
        if !may_end(line, by) {
            return Err(RestFault::HasLeft(line.position));
        }
    }
    let chosen = |line: &OrderLine| may_end(line, by) && (wanted.is_empty() || wanted.contains(&line.id));
    let line_ids: Vec<_> = order
        .lines
        .iter()
        .filter(|line| chosen(line))
        .map(|line| line.id)
        .collect();
    if line_ids.is_empty() {
        return Err(RestFault::NoneOpen);
    }
    let goes_on = order
        .lines
        .iter()
        .any(|line| line.to_leave() > 0 && !line_ids.contains(&line.id));
    let action = if goes_on {
        Action::CancelPart
    } else {
        Action::CancelRest
    };
    // Only of a partly shipped order is there anything beside the rest.
    let state = order.state.after(action).ok_or(RestFault::Whole)?;
    Ok(Rest { line_ids, state })
}
