//! Calling off what of an order is still to leave, whole or in part, while what has left and other lines go on.

use super::{Action, Order, OrderLine, State};
use crate::catalogue::rules::LineFault;
use crate::ids::OrderLineId;
use crate::names::names;
use crate::names::sets::Side;

names! {
    /// What of a line is called off.
    #[derive(Default)]
    pub enum What as CancelledPart {
        /// All that is still to leave.
        #[default]
        Rest = "rest",
        /// What waits for stock; what is reserved still leaves.
        Waiting = "waiting",
    }
}

/// A line of which something is to be called off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub line_id: OrderLineId,
    /// How much of it, in its unit, as written; else all there is of what is called off.
    pub quantity: Option<String>,
}

impl From<OrderLineId> for Wanted {
    fn from(line_id: OrderLineId) -> Self {
        Self {
            line_id,
            quantity: None,
        }
    }
}

/// Lines of which something is called off, with how many base steps, and the order's state then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rest {
    pub lines: Vec<(OrderLineId, i64)>,
    pub state: State,
}

/// Why nothing is called off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RestFault {
    /// The order's state does not allow it.
    State,
    /// The wanted line of this place, from 0, is none of the order's.
    NoLine(usize),
    /// The quantity of the wanted line of this place can't be read.
    Quantity(usize, LineFault),
    /// Nothing of the line in this position is still to leave, or waits.
    NothingLeft(i32),
    /// That of the line in this position is more than may be called off, which is so many base steps.
    TooMuch(i32, i64),
    /// Something of the line in this position has left: only the supplier may end it.
    HasLeft(i32),
    /// No line may be called off.
    NoneOpen,
    /// Nothing of the order would ever leave: the whole of it is to be called off.
    Whole,
}

/// How many base steps of a line one side may call off: the supplier all that is still to leave, the account the same where nothing
/// has left, else what waits for stock.
fn most(line: &OrderLine, what: What, by: Side) -> i64 {
    match (what, by) {
        (What::Rest, Side::Supplier) => line.to_leave(),
        (What::Rest, Side::Account) if line.shipped == 0 => line.to_leave(),
        (What::Rest, Side::Account) | (What::Waiting, _) => line.backordered,
    }
}

fn may_end(line: &OrderLine, by: Side) -> bool {
    line.to_leave() > 0 && (by == Side::Supplier || line.shipped == 0)
}

/// The lines whose rest one side may call off: the supplier any that has one, the account those of which nothing has left.
pub fn endable(order: &Order, by: Side) -> impl Iterator<Item = &OrderLine> {
    let is_open = order.state.after(Action::CancelPart).is_some();
    order.lines.iter().filter(move |line| is_open && may_end(line, by))
}

/// The lines of which one side may call off something, if only what waits.
pub fn reducible(order: &Order, by: Side) -> impl Iterator<Item = &OrderLine> {
    let is_open = order.state.after(Action::CancelPart).is_some();
    order
        .lines
        .iter()
        .filter(move |line| is_open && most(line, What::Rest, by) > 0)
}

/// True where one side may call off something while something of the order goes on or has left.
pub fn may_end_part(order: &Order, by: Side) -> bool {
    let to_leave: i64 = order.lines.iter().map(OrderLine::to_leave).sum();
    let has_left = order.lines.iter().any(|line| line.shipped > 0);
    let mut reducible = reducible(order, by);
    reducible
        .next()
        .is_some_and(|line| has_left || to_leave > line.portion())
}

fn steps(order: &Order, place: usize, wanted: &Wanted, what: What, by: Side) -> Result<i64, RestFault> {
    let line = order.lines.iter().find(|line| line.id == wanted.line_id);
    let line = line.ok_or(RestFault::NoLine(place))?;
    let there = match what {
        What::Rest => line.to_leave(),
        What::Waiting => line.backordered,
    };
    let most = most(line, what, by);
    if there == 0 {
        return Err(RestFault::NothingLeft(line.position));
    }
    let steps = match &wanted.quantity {
        None => there,
        Some(text) => {
            line.parse_part(text)
                .map_err(|fault| RestFault::Quantity(place, fault))?
                .base_steps
        }
    };
    if steps > there {
        return Err(RestFault::TooMuch(line.position, there));
    }
    // A line of which something has left is ended whole by the supplier alone.
    let is_whole = wanted.quantity.is_none() && what == What::Rest;
    if steps > most || (is_whole && by == Side::Account && line.shipped > 0) {
        return Err(RestFault::HasLeft(line.position));
    }
    Ok(steps)
}

/// What calling off `wanted` comes to; without any, all that the side may call off.
pub fn rest(order: &Order, wanted: &[Wanted], what: What, by: Side) -> Result<Rest, RestFault> {
    if order.state.after(Action::CancelPart).is_none() {
        return Err(RestFault::State);
    }
    let mut lines = Vec::<(OrderLineId, i64)>::new();
    for (place, wanted) in wanted.iter().enumerate() {
        let steps = steps(order, place, wanted, what, by)?;
        // Named twice it is called off once.
        if !lines.iter().any(|(id, _)| *id == wanted.line_id) {
            lines.push((wanted.line_id, steps));
        }
    }
    if wanted.is_empty() {
        let open = order.lines.iter().filter(|line| match what {
            What::Rest => may_end(line, by),
            What::Waiting => line.backordered > 0,
        });
        lines = open.map(|line| (line.id, most(line, what, by))).collect();
    }
    if lines.is_empty() {
        return Err(RestFault::NoneOpen);
    }
    let ended: i64 = lines.iter().map(|(_, steps)| steps).sum();
    let to_leave: i64 = order.lines.iter().map(OrderLine::to_leave).sum();
    let action = match ended < to_leave {
        true => Action::CancelPart,
        false => Action::CancelRest,
    };
    // Only of a partly shipped order is there anything beside the rest.
    let state = order.state.after(action).ok_or(RestFault::Whole)?;
    Ok(Rest { lines, state })
}

/// The line without so many base steps that were still to leave: what waits is the first to go.
pub fn reduced(line: &OrderLine, steps: i64) -> OrderLine {
    let waits = steps.min(line.backordered);
    let mut after = line.clone();
    after.cancelled += steps;
    after.backordered -= waits;
    after.reserved -= steps - waits;
    after
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::changes::rules::tests::{line, order};

    fn wanted(id: i64, quantity: Option<&str>) -> Wanted {
        Wanted {
            line_id: OrderLineId(id),
            quantity: quantity.map(str::to_owned),
        }
    }

    #[test]
    fn what_waits_goes_first_and_what_is_reserved_may_stay() {
        // Reserved, waiting, shipped, cancelled.
        let order = order(
            State::PartlyShipped,
            vec![
                line(1, [40, 60, 0, 0], 1),
                line(2, [5, 5, 10, 0], 1),
                line(3, [0, 0, 10, 0], 1),
            ],
        );
        let ended = |wanted: &[Wanted], what, by| rest(&order, wanted, what, by).map(|rest| rest.lines);
        let ids = |lines: &[(i64, i64)]| {
            Ok(lines
                .iter()
                .map(|(id, steps)| (OrderLineId(*id), *steps))
                .collect::<Vec<_>>())
        };
        for (lines, what, by, expected) in [
            (vec![wanted(1, Some("40"))], What::Rest, Side::Account, ids(&[(1, 40)])),
            (vec![wanted(1, None)], What::Waiting, Side::Account, ids(&[(1, 60)])),
            (vec![], What::Waiting, Side::Account, ids(&[(1, 60), (2, 5)])),
            (vec![wanted(2, None)], What::Waiting, Side::Account, ids(&[(2, 5)])),
            (vec![wanted(2, Some("5"))], What::Rest, Side::Account, ids(&[(2, 5)])),
            (
                vec![wanted(2, Some("6"))],
                What::Rest,
                Side::Account,
                Err(RestFault::HasLeft(2)),
            ),
            (vec![wanted(2, Some("6"))], What::Rest, Side::Supplier, ids(&[(2, 6)])),
            (
                vec![wanted(2, None)],
                What::Rest,
                Side::Account,
                Err(RestFault::HasLeft(2)),
            ),
            (
                vec![wanted(1, Some("61"))],
                What::Waiting,
                Side::Supplier,
                Err(RestFault::TooMuch(1, 60)),
            ),
            (
                vec![wanted(3, None)],
                What::Rest,
                Side::Supplier,
                Err(RestFault::NothingLeft(3)),
            ),
            (
                vec![wanted(9, None)],
                What::Rest,
                Side::Supplier,
                Err(RestFault::NoLine(0)),
            ),
            (vec![], What::Rest, Side::Account, ids(&[(1, 100)])),
        ] {
            assert_eq!(ended(&lines, what, by), expected, "{lines:?} {what:?} {by:?}");
        }
        let after = reduced(&order.lines[0], 70);
        assert_eq!((after.reserved, after.backordered, after.cancelled), (30, 0, 70));
        assert_eq!(
            rest(&order, &[], What::Rest, Side::Supplier).unwrap().state,
            State::Shipped
        );
    }

    #[test]
    fn an_order_of_which_nothing_left_is_not_ended_whole() {
        let order = order(State::Placed, vec![line(1, [0, 60, 0, 0], 1)]);
        assert_eq!(rest(&order, &[], What::Rest, Side::Account), Err(RestFault::Whole));
        assert_eq!(rest(&order, &[], What::Waiting, Side::Account), Err(RestFault::Whole));
        assert!(rest(&order, &[wanted(1, Some("59"))], What::Rest, Side::Account).is_ok());
        assert!(may_end_part(&order, Side::Account));
    }
}
