//! What an account may usually decide about what is not there.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use crate::accounts::sentences;
use crate::error::{Code, FieldError};
use crate::names::sets::{BackorderChoice, DeliveryChoice};

/// Most days that something waits.
pub const DAYS_MAX: i64 = 365;

/// What an account usually decides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UsualChoices {
    pub delivery: DeliveryChoice,
    pub backorder: BackorderChoice,
    /// How many days it waits, of what waits until a day.
    pub cancel_after_days: Option<i32>,
}

impl UsualChoices {
    /// These choices, or the field that contradicts the others. Days alone say that it waits until then.
    pub fn new(
        delivery: DeliveryChoice,
        backorder: Option<BackorderChoice>,
        days: Option<i64>,
    ) -> Result<Self, FieldError> {
        let fault = |code, detail| Err(FieldError::new("/cancel_after_days", code, detail));
        let backorder = match (backorder, days) {
            (None | Some(BackorderChoice::Until), Some(_)) => BackorderChoice::Until,
            (Some(_), Some(_)) => return fault(Code::ValueInvalid, sentences::days_only_until()),
            (Some(BackorderChoice::Until), None) => return fault(Code::Required, sentences::waits_how_many_days()),
            (backorder, None) => backorder.unwrap_or_default(),
        };
        if days.is_some_and(|days| !(1..=DAYS_MAX).contains(&days)) {
            return fault(Code::ValueInvalid, sentences::waits_days_between(DAYS_MAX));
        }
        Ok(Self {
            delivery,
            backorder,
            cancel_after_days: days.and_then(|days| i32::try_from(days).ok()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_belong_to_what_waits_until_a_day() {
        use BackorderChoice::{CancelRest, Until, Wait};
        for (backorder, days, expected) in [
            (None, None, Ok(Wait)),
            (None, Some(10), Ok(Until)),
            (Some(Until), Some(1), Ok(Until)),
            (Some(Until), Some(365), Ok(Until)),
            (Some(Until), None, Err(Code::Required)),
            (Some(Until), Some(0), Err(Code::ValueInvalid)),
            (Some(Until), Some(366), Err(Code::ValueInvalid)),
            (Some(Wait), Some(10), Err(Code::ValueInvalid)),
            (Some(CancelRest), None, Ok(CancelRest)),
            (Some(CancelRest), Some(3), Err(Code::ValueInvalid)),
        ] {
            let found = UsualChoices::new(DeliveryChoice::Partial, backorder, days);
            let found = found.map(|choices| choices.backorder).map_err(|fault| fault.code);
            assert_eq!(found, expected, "{backorder:?} {days:?}");
        }
    }
}
