//! What a buyer decides about an order, or a line of it, of which there is not enough at once.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Order, OrderLine};
use crate::accounts::choices::rules::UsualChoices;
use crate::error::{Code, FieldError};
use crate::ids::OrderLineId;
pub use crate::names::sets::{BackorderChoice, DeliveryChoice, EndedBy};
use crate::orders::sentences;

/// What was decided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Choices {
    pub delivery: DeliveryChoice,
    pub backorder: BackorderChoice,
    /// The last day on which it waits, of what waits until a day; what waits then is called off.
    pub cancel_after: Option<NaiveDate>,
}

impl Choices {
    /// What an account usually decides, for what is placed on this day.
    pub fn usual(usual: UsualChoices, today: NaiveDate) -> Self {
        let days = usual
            .cancel_after_days
            .filter(|_| usual.backorder == BackorderChoice::Until);
        let days = days.and_then(|days| u64::try_from(days).ok());
        let until = days.and_then(|days| today.checked_add_days(Days::new(days)));
        Self {
            delivery: usual.delivery,
            backorder: match (usual.backorder, until) {
                // Without a day there is no end to it.
                (BackorderChoice::Until, None) => BackorderChoice::Wait,
                (backorder, _) => backorder,
            },
            cancel_after: until,
        }
    }
}

/// What somebody says of it; what is left out is as usual.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wishes {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery: Option<DeliveryChoice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backorder: Option<BackorderChoice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancel_after: Option<NaiveDate>,
}

impl From<Choices> for Wishes {
    fn from(choices: Choices) -> Self {
        Self {
            delivery: Some(choices.delivery),
            backorder: Some(choices.backorder),
            cancel_after: choices.cancel_after,
        }
    }
}

impl Wishes {
    /// True where nothing is said.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// What it comes to beside what is usual, or what contradicts itself or the calendar: the field with its fault.
    pub fn beside(self, usual: Choices, today: NaiveDate) -> Result<Choices, FieldError> {
        let fault = |code, detail| Err(FieldError::new("/cancel_after", code, detail));
        let (backorder, cancel_after) = match (self.backorder, self.cancel_after) {
            (None, None) => (usual.backorder, usual.cancel_after),
            (Some(BackorderChoice::CancelRest), Some(_)) => {
                return fault(Code::ValueInvalid, sentences::nothing_waits_until());
            }
            (_, Some(day)) if day < today => return fault(Code::DateInPast, sentences::day_has_passed(day, today)),
            // A day alone says that it waits until then.
            (_, Some(day)) => (BackorderChoice::Until, Some(day)),
            (Some(BackorderChoice::Until), None) => match usual.cancel_after {
                Some(day) => (BackorderChoice::Until, Some(day)),
                None => return fault(Code::Required, sentences::waits_until_when()),
            },
            (Some(backorder), None) => (backorder, None),
        };
        Ok(Choices {
            delivery: self.delivery.unwrap_or(usual.delivery),
            backorder,
            cancel_after,
        })
    }
}

impl Choices {
    /// What of a line is other than of its order, as it is kept.
    pub fn other_than(self, order: Self) -> Wishes {
        let waits = |choices: Self| (choices.backorder, choices.cancel_after);
        let is_other = waits(self) != waits(order);
        Wishes {
            delivery: Some(self.delivery).filter(|delivery| *delivery != order.delivery),
            backorder: Some(self.backorder).filter(|_| is_other),
            cancel_after: self.cancel_after.filter(|_| is_other),
        }
    }

    /// The same of a line of which so much is other.
    pub fn with(self, own: Wishes) -> Self {
        let (backorder, cancel_after) = match own.backorder {
            Some(backorder) => (backorder, own.cancel_after),
            None => (self.backorder, self.cancel_after),
        };
        Self {
            delivery: own.delivery.unwrap_or(self.delivery),
            backorder,
            cancel_after,
        }
    }

    /// True of what is called off as it is placed, where it is not there.
    pub fn ends_at_once(self) -> bool {
        self.backorder == BackorderChoice::CancelRest
    }

    /// True of what waits though its last day is over.
    pub fn is_over(self, today: NaiveDate) -> bool {
        self.cancel_after.is_some_and(|day| day < today)
    }
}

/// What leaves though it is to leave whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Torn {
    /// A part of the order.
    Order,
    /// A part of the line in this position.
    Line(i32),
}

/// What would be torn if so many base steps of lines left. Lines that say otherwise go by themselves; the others of an order
/// that leaves complete go together.
pub fn torn(order: &Order, gone: &HashMap<OrderLineId, i64>) -> Option<Torn> {
    let (mut together, mut left) = (0, 0);
    for line in &order.lines {
        let leaves = gone.get(&line.id).copied().unwrap_or_default();
        let is_part = leaves > 0 && leaves < line.to_leave();
        match (line.own.delivery, order.choices.delivery) {
            (Some(DeliveryChoice::Complete), _) if is_part => return Some(Torn::Line(line.position)),
            (Some(_), _) | (None, DeliveryChoice::Partial) => {}
            (None, DeliveryChoice::Complete) => {
                together += leaves;
                left += line.to_leave();
            }
        }
    }
    (together > 0 && together < left).then_some(Torn::Order)
}

/// The lines of which something is reserved that may not leave yet, since they leave whole or with others that wait.
pub fn held_together(order: &Order) -> Vec<OrderLineId> {
    let goes_along = |line: &&OrderLine| line.own.delivery.is_none();
    let is_complete = order.choices.delivery == DeliveryChoice::Complete;
    let waits = is_complete && order.lines.iter().filter(goes_along).any(|line| line.backordered > 0);
    let is_held = |line: &&OrderLine| match line.own.delivery {
        Some(delivery) => delivery == DeliveryChoice::Complete && line.backordered > 0,
        None => waits,
    };
    let held = order.lines.iter().filter(|line| line.reserved > 0).filter(is_held);
    held.map(|line| line.id).collect()
}

/// The order as its days are told: of lines that leave together each has the day of the last of them, none where one has none.
pub fn days_together(mut order: Order) -> Order {
    let goes_along = |line: &OrderLine| line.own.delivery.is_none() && line.to_leave() > 0;
    if order.choices.delivery == DeliveryChoice::Complete {
        let along = order.lines.iter().filter(|line| goes_along(line));
        let days: Option<Vec<_>> = along.map(|line| line.promised_on).collect();
        let day = days.and_then(|days| days.into_iter().max());
        for line in order.lines.iter_mut().filter(|line| goes_along(line)) {
            line.promised_on = day;
        }
    }
    order
}

/// What is to be done about an order whose lines end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Nothing of it ends.
    Nothing,
    /// What waits of these lines is called off, the rest goes on.
    Waiting(Vec<OrderLineId>),
    /// All that there is of it ends: the whole of it is called off.
    Whole,
}

/// What ends of an order whose waiting lines end where `ends` says so.
pub fn ending(order: &Order, ends: impl Fn(Choices) -> bool) -> Ending {
    let waits = order.lines.iter().filter(|line| line.backordered > 0);
    let ended: Vec<_> = waits.filter(|line| ends(line.choices)).map(|line| line.id).collect();
    let is_kept =
        |line: &OrderLine| line.reserved > 0 || line.shipped > 0 || (line.backordered > 0 && !ends(line.choices));
    match (ended.is_empty(), order.lines.iter().any(is_kept)) {
        (true, _) => Ending::Nothing,
        (false, true) => Ending::Waiting(ended),
        (false, false) => Ending::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::changes::rules::tests::{line, order};
    use crate::orders::rules::State;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn wishes(backorder: Option<BackorderChoice>, cancel_after: Option<&str>) -> Wishes {
        Wishes {
            delivery: None,
            backorder,
            cancel_after: cancel_after.map(day),
        }
    }

    #[test]
    fn what_is_said_goes_before_what_is_usual() {
        use BackorderChoice::{CancelRest, Until, Wait};
        let today = day("2026-11-30");
        let usual = Choices {
            backorder: Until,
            cancel_after: Some(day("2026-12-10")),
            ..Choices::default()
        };
        for (usual, said, expected) in [
            (Choices::default(), wishes(None, None), Ok((Wait, None))),
            (usual, wishes(None, None), Ok((Until, Some("2026-12-10")))),
            (usual, wishes(Some(Wait), None), Ok((Wait, None))),
            (usual, wishes(Some(Until), None), Ok((Until, Some("2026-12-10")))),
            (Choices::default(), wishes(Some(Until), None), Err(Code::Required)),
            (usual, wishes(Some(CancelRest), None), Ok((CancelRest, None))),
            (
                Choices::default(),
                wishes(Some(Wait), Some("2026-11-30")),
                Ok((Until, Some("2026-11-30"))),
            ),
            (
                Choices::default(),
                wishes(None, Some("2026-11-29")),
                Err(Code::DateInPast),
            ),
            (
                Choices::default(),
                wishes(Some(CancelRest), Some("2026-12-24")),
                Err(Code::ValueInvalid),
            ),
        ] {
            let found = said.beside(usual, today);
            let found = found.map(|choices| (choices.backorder, choices.cancel_after));
            let expected = expected.map(|(backorder, until)| (backorder, until.map(day)));
            assert_eq!(found.map_err(|fault| fault.code), expected, "{usual:?} {said:?}");
        }
    }

    #[test]
    fn what_an_account_usually_decides_counts_from_the_day() {
        let today = day("2026-11-30");
        for (backorder, days, expected) in [
            (
                BackorderChoice::Until,
                Some(10),
                (BackorderChoice::Until, Some(day("2026-12-10"))),
            ),
            (BackorderChoice::Until, None, (BackorderChoice::Wait, None)),
            (
                BackorderChoice::CancelRest,
                Some(10),
                (BackorderChoice::CancelRest, None),
            ),
            (BackorderChoice::Wait, None, (BackorderChoice::Wait, None)),
        ] {
            let usual = UsualChoices {
                backorder,
                cancel_after_days: days,
                ..UsualChoices::default()
            };
            let found = Choices::usual(usual, today);
            assert_eq!((found.backorder, found.cancel_after), expected, "{usual:?}");
        }
    }

    #[test]
    fn only_what_is_other_is_kept_of_a_line_and_nothing_is_lost() {
        let all = |delivery| {
            [None, Some(day("2026-12-10")), Some(day("2026-12-24"))].map(|cancel_after| Choices {
                delivery,
                backorder: cancel_after.map_or(BackorderChoice::Wait, |_| BackorderChoice::Until),
                cancel_after,
            })
        };
        let all = DeliveryChoice::ALL.map(all).concat();
        for of_order in &all {
            for of_line in &all {
                let own = of_line.other_than(*of_order);
                assert_eq!(of_order.with(own), *of_line);
                assert_eq!(own.is_none(), of_line == of_order);
            }
        }
    }

    /// Reserved, waiting, and what a line says of its delivery.
    fn three(delivery: DeliveryChoice, lines: [(i64, i64, Option<DeliveryChoice>); 3]) -> Order {
        let line = |(place, (reserved, waits, own)): (i64, (i64, i64, Option<DeliveryChoice>))| {
            let mut line = line(place, [reserved, waits, 0, 0], 1);
            line.own.delivery = own;
            line
        };
        let mut order = order(State::Accepted, (1..).zip(lines).map(line).collect());
        order.choices.delivery = delivery;
        order
    }

    #[test]
    fn what_leaves_complete_leaves_whole_and_what_says_otherwise_by_itself() {
        use DeliveryChoice::{Complete, Partial};
        let own = [(5, 0, None), (5, 0, Some(Complete)), (5, 0, Some(Partial))];
        for (delivery, lines, gone, expected) in [
            (Partial, own, [3, 0, 1], None),
            (Partial, own, [0, 5, 0], None),
            (Partial, own, [5, 4, 5], Some(Torn::Line(2))),
            (Complete, own, [3, 0, 0], Some(Torn::Order)),
            (Complete, own, [5, 5, 2], None),
            (Complete, own, [0, 0, 2], None),
            (
                Complete,
                [(5, 0, None), (5, 0, None), (5, 0, None)],
                [5, 5, 0],
                Some(Torn::Order),
            ),
            (Complete, [(5, 0, None), (5, 0, None), (5, 0, None)], [5, 5, 5], None),
        ] {
            let order = three(delivery, lines);
            let gone = (1..).map(OrderLineId).zip(gone).collect();
            assert_eq!(torn(&order, &gone), expected, "{delivery} {lines:?} {gone:?}");
        }
    }

    #[test]
    fn what_is_held_together_is_what_would_be_torn() {
        use DeliveryChoice::{Complete, Partial};
        for (delivery, lines, expected) in [
            (
                Partial,
                [(5, 5, None), (5, 5, Some(Complete)), (5, 0, Some(Complete))],
                vec![2],
            ),
            (
                Complete,
                [(5, 0, None), (5, 1, None), (5, 5, Some(Partial))],
                vec![1, 2],
            ),
            (Complete, [(5, 0, None), (5, 0, None), (0, 5, Some(Partial))], vec![]),
        ] {
            let held: Vec<_> = held_together(&three(delivery, lines)).iter().map(|id| id.0).collect();
            assert_eq!(held, expected, "{delivery} {lines:?}");
        }
    }

    #[test]
    fn lines_that_leave_together_have_one_day() {
        use DeliveryChoice::{Complete, Partial};
        let days = ["2026-12-03", "2026-12-16", "2026-12-09"].map(|text| Some(day(text)));
        let [first, last, middle] = days;
        let all = [(5, 0, None), (0, 5, None), (5, 0, None)];
        let apart = [(5, 0, None), (0, 5, Some(Partial)), (5, 0, None)];
        let gone = [(5, 0, None), (0, 0, None), (5, 0, None)];
        for (delivery, lines, own, expected) in [
            (Partial, all, days, days),
            (Complete, all, days, [last; 3]),
            (Complete, all, [first, None, middle], [None; 3]),
            (Complete, apart, days, [middle, last, middle]),
            (Complete, gone, days, [middle, last, middle]),
        ] {
            let mut order = three(delivery, lines);
            for (line, on) in order.lines.iter_mut().zip(own) {
                line.promised_on = on;
            }
            let told: Vec<_> = days_together(order).lines.iter().map(|line| line.promised_on).collect();
            assert_eq!(told, expected, "{delivery} {lines:?} {own:?}");
        }
    }

    #[test]
    fn lines_end_that_say_so_and_the_order_where_nothing_else_is_left() {
        let with = |lines: &[(i64, i64, BackorderChoice)]| {
            let line = |(place, (reserved, waits, backorder)): (i64, &(i64, i64, BackorderChoice))| {
                let mut line = line(place, [*reserved, *waits, 0, 0], 1);
                line.choices.backorder = *backorder;
                line
            };
            order(State::Placed, (1..).zip(lines).map(line).collect())
        };
        use BackorderChoice::{CancelRest, Wait};
        for (lines, expected) in [
            (vec![(0, 5, Wait)], Ending::Nothing),
            (vec![(5, 0, CancelRest)], Ending::Nothing),
            (vec![(0, 5, CancelRest)], Ending::Whole),
            (vec![(0, 5, CancelRest), (0, 5, CancelRest)], Ending::Whole),
            (vec![(1, 4, CancelRest)], Ending::Waiting(vec![OrderLineId(1)])),
            (
                vec![(0, 5, CancelRest), (0, 5, Wait)],
                Ending::Waiting(vec![OrderLineId(1)]),
            ),
            (
                vec![(0, 5, CancelRest), (5, 0, Wait)],
                Ending::Waiting(vec![OrderLineId(1)]),
            ),
        ] {
            assert_eq!(ending(&with(&lines), Choices::ends_at_once), expected, "{lines:?}");
        }
    }
}
