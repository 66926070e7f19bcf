//! What a buyer decides about an order of which there is not enough at once.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::NaiveDate;

use super::Order;
use crate::error::{Code, FieldError};
use crate::names::names;
use crate::orders::sentences;

names! {
    /// Whether an order leaves in parts.
    #[derive(Default)]
    pub enum DeliveryChoice as DeliveryChoice {
        /// What there is leaves.
        #[default]
        Partial = "partial",
        /// It leaves once all of it is there.
        Complete = "complete",
    }
}

names! {
    /// What becomes of what is not there as an order is placed.
    #[derive(Default)]
    pub enum BackorderChoice as BackorderChoice {
        /// It waits for stock.
        #[default]
        Wait = "wait",
        /// It is called off at once.
        CancelRest = "cancel_rest",
    }
}

/// What the buyer decided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Choices {
    pub delivery: DeliveryChoice,
    pub backorder: BackorderChoice,
    /// The last day on which it waits; what waits then is called off.
    pub cancel_after: Option<NaiveDate>,
}

impl Choices {
    /// What contradicts itself, or the calendar.
    pub fn fault(&self, today: NaiveDate) -> Option<FieldError> {
        let day = self.cancel_after?;
        let detail = match (self.backorder, day < today) {
            (BackorderChoice::CancelRest, _) => sentences::nothing_waits_until(),
            (BackorderChoice::Wait, true) => {
                let detail = sentences::day_has_passed(day, today);
                return Some(FieldError::new("/cancel_after", Code::DateInPast, detail));
            }
            (BackorderChoice::Wait, false) => return None,
        };
        Some(FieldError::new("/cancel_after", Code::ValueInvalid, detail))
    }

    /// True if these parts of an order may leave: `gone` and `left` are base steps of all its lines.
    pub fn may_leave(self, gone: i64, left: i64) -> bool {
        self.delivery == DeliveryChoice::Partial || gone == left
    }
}

/// What is to be done about an order whose waiting lines end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Nothing of it waits.
    Nothing,
    /// What waits is called off, the rest goes on.
    Waiting,
    /// All that there is of it waits: the whole of it is called off.
    Whole,
}

/// What ends of an order that waits no longer.
pub fn ending(order: &Order) -> Ending {
    let waits = order.lines.iter().any(|line| line.backordered > 0);
    let has = order.lines.iter().any(|line| line.reserved > 0 || line.shipped > 0);
    match (waits, has) {
        (false, _) => Ending::Nothing,
        (true, true) => Ending::Waiting,
        (true, false) => Ending::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_for_what_waits_and_not_over() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let choices = |backorder, cancel_after: Option<&str>| Choices {
            backorder,
            cancel_after: cancel_after.map(day),
            ..Choices::default()
        };
        let today = day("2026-11-30");
        for (choices, expected) in [
            (choices(BackorderChoice::Wait, None), None),
            (choices(BackorderChoice::CancelRest, None), None),
            (choices(BackorderChoice::Wait, Some("2026-11-30")), None),
            (
                choices(BackorderChoice::Wait, Some("2026-11-29")),
                Some(Code::DateInPast),
            ),
            (
                choices(BackorderChoice::CancelRest, Some("2026-12-24")),
                Some(Code::ValueInvalid),
            ),
        ] {
            assert_eq!(choices.fault(today).map(|fault| fault.code), expected, "{choices:?}");
        }
    }

    #[test]
    fn a_complete_order_leaves_whole() {
        let of = |delivery| Choices {
            delivery,
            ..Choices::default()
        };
        for (delivery, gone, left, may) in [
            (DeliveryChoice::Partial, 3, 10, true),
            (DeliveryChoice::Complete, 3, 10, false),
            (DeliveryChoice::Complete, 10, 10, true),
        ] {
            assert_eq!(of(delivery).may_leave(gone, left), may, "{delivery}: {gone} of {left}");
        }
    }
}
