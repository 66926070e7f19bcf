//! Who may use which order class, how often a month, and what becomes of an order that may not.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::{Datelike, Months, NaiveDate};
use chrono_tz::Tz;

use crate::accounts::rules::Tier;
use crate::clock::{Timestamp, day_in, first_moment};
use crate::error::{Code, FieldError};
use crate::ids::{AccountId, EntitlementId};
use crate::names::names;
use crate::names::sets::OrderClass;
use crate::orders::sentences;

/// Classes that somebody has to be entitled to, as soon as anybody is; everybody may use the others.
pub const CLASSES: [OrderClass; 2] = [OrderClass::Priority, OrderClass::Critical];

names! {
    /// What becomes of an order whose class the account may not use.
    #[derive(Default)]
    pub enum IfNotEntitled as IfNotEntitled {
        /// It is not placed.
        #[default]
        Refuse = "refuse",
        /// It is placed as a standard order.
        Standard = "standard",
    }
}

names! {
    /// Why an account may not use an order class for an order.
    pub enum Shortfall as EntitlementShortfall {
        /// It has no entitlement to the class.
        NotEntitled = "not_entitled",
        /// It used all of the month.
        UsedUp = "entitlement_used_up",
        /// The order has more lines than one of the class may have.
        TooManyLines = "entitlement_lines",
    }
}

/// How much of a class somebody may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// Orders a month; none: as many as wanted.
    pub per_month: Option<i64>,
    /// Most lines of such an order; none: as many as an order may have.
    pub lines_max: Option<i64>,
}

/// What the portal says about a class and an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Somebody has an entitlement to the class.
    pub is_granted_to_any: bool,
    /// The account's own.
    pub own: Option<Grant>,
    /// That of its tier.
    pub of_tier: Option<Grant>,
}

/// Whether an account may use a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Nobody is entitled to the class, so everybody may use it.
    Free,
    Granted(Grant),
    None,
}

impl Facts {
    /// The account's own entitlement comes before its tier's; where there are some but none of these, it has none.
    pub fn right(self) -> Right {
        match (self.is_granted_to_any, self.own.or(self.of_tier)) {
            (_, Some(grant)) => Right::Granted(grant),
            (true, None) => Right::None,
            (false, None) => Right::Free,
        }
    }
}

/// A month of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    /// Its first moment.
    pub from: Timestamp,
    /// The first moment of the next one.
    pub until: Timestamp,
    /// The first day of the next one.
    pub resets_on: NaiveDate,
}

impl Month {
    /// The month that it is in the zone at this moment.
    pub fn at(zone: Tz, now: Timestamp) -> Self {
        let today = day_in(zone, now);
        let first = today.with_day(1).unwrap_or(today);
        let resets_on = first.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX);
        Self {
            from: first_moment(zone, first),
            until: first_moment(zone, resets_on),
            resets_on,
        }
    }
}

/// What an account may still use of a class this month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub order_class: OrderClass,
    pub right: Right,
    /// Orders of the class in this month, without those that were cancelled or rejected.
    pub used: i64,
    /// The first day of the next month.
    pub resets_on: NaiveDate,
}

impl Standing {
    pub fn is_entitled(&self) -> bool {
        self.right != Right::None
    }

    fn grant(&self) -> Option<Grant> {
        match self.right {
            Right::Granted(grant) => Some(grant),
            Right::Free | Right::None => None,
        }
    }

    /// Orders a month; none: as many as wanted, or not entitled.
    pub fn per_month(&self) -> Option<i64> {
        self.grant()?.per_month
    }

    /// Most lines of such an order; none: as many as an order may have.
    pub fn lines_max(&self) -> Option<i64> {
        self.grant()?.lines_max
    }

    /// How many orders are left this month; none: as many as wanted.
    pub fn left(&self) -> Option<i64> {
        match self.right {
            Right::Free => None,
            Right::None => Some(0),
            Right::Granted(grant) => Some(grant.per_month?.saturating_sub(self.used).max(0)),
        }
    }

    /// Why an order with so many lines can't be one of the class.
    pub fn shortfall(&self, lines: usize) -> Option<Shortfall> {
        let lines = i64::try_from(lines).unwrap_or(i64::MAX);
        if !self.is_entitled() {
            return Some(Shortfall::NotEntitled);
        }
        if self.left() == Some(0) {
            return Some(Shortfall::UsedUp);
        }
        let is_too_long = self.lines_max().is_some_and(|most| lines > most);
        is_too_long.then_some(Shortfall::TooManyLines)
    }

    /// The refusal of more lines than an order of the class may have, whatever else is used up.
    pub fn too_long(&self, lines: usize) -> Option<FieldError> {
        let most = self.lines_max()?;
        let is_too_long = i64::try_from(lines).unwrap_or(i64::MAX) > most;
        is_too_long.then(|| self.refusal(Shortfall::TooManyLines, lines))
    }

    /// The refusal of an order of the class, with what would do instead.
    pub fn refusal(&self, shortfall: Shortfall, lines: usize) -> FieldError {
        let class = self.order_class.name();
        let (code, detail) = match shortfall {
            Shortfall::NotEntitled => (Code::NotEntitled, sentences::not_entitled(class)),
            Shortfall::UsedUp => (
                Code::EntitlementUsedUp,
                sentences::entitlement_used_up(class, self.per_month().unwrap_or(0), self.used, self.resets_on),
            ),
            Shortfall::TooManyLines => (
                Code::EntitlementLines,
                sentences::entitlement_lines(class, lines, self.lines_max().unwrap_or(0)),
            ),
        };
        FieldError::new("/order_class", code, detail)
    }
}

/// What became of the class that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// The class the order gets.
    pub order_class: OrderClass,
    /// What the account may use of the class it asked for; none where everybody may use it.
    pub standing: Option<Standing>,
    /// Why it doesn't get that one.
    pub shortfall: Option<Shortfall>,
}

impl Settled {
    /// A class that is nobody's to grant.
    pub fn as_asked(order_class: OrderClass) -> Self {
        Self {
            order_class,
            standing: None,
            shortfall: None,
        }
    }

    /// What becomes of an order of the class with so many lines.
    pub fn of(standing: Standing, lines: usize, otherwise: IfNotEntitled) -> Result<Self, FieldError> {
        let shortfall = standing.shortfall(lines);
        let order_class = match (shortfall, otherwise) {
            (None, _) => standing.order_class,
            (Some(_), IfNotEntitled::Standard) => OrderClass::Standard,
            (Some(shortfall), IfNotEntitled::Refuse) => return Err(standing.refusal(shortfall, lines)),
        };
        Ok(Self {
            order_class,
            standing: Some(standing),
            shortfall,
        })
    }
}

/// An entitlement as staff keep it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entitlement {
    pub id: EntitlementId,
    /// Code of the account it is for, or none.
    pub account: Option<String>,
    pub account_id: Option<AccountId>,
    /// Name of the tier it is for, or none.
    pub tier: Option<Tier>,
    pub order_class: OrderClass,
    pub grant: Grant,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    fn standing(right: Right, used: i64) -> Standing {
        Standing {
            order_class: OrderClass::Critical,
            right,
            used,
            resets_on: NaiveDate::MAX,
        }
    }

    fn granted(per_month: Option<i64>, lines_max: Option<i64>) -> Right {
        Right::Granted(Grant { per_month, lines_max })
    }

    #[test]
    fn the_account_comes_before_its_tier_and_nothing_is_only_free_where_nobody_has_any() {
        let (one, two) = (
            Grant {
                per_month: Some(1),
                lines_max: None,
            },
            Grant {
                per_month: None,
                lines_max: Some(2),
            },
        );
        for (is_granted_to_any, own, of_tier, right) in [
            (false, None, None, Right::Free),
            (true, None, None, Right::None),
            (true, Some(one), None, Right::Granted(one)),
            (true, None, Some(two), Right::Granted(two)),
            (true, Some(one), Some(two), Right::Granted(one)),
        ] {
            let facts = Facts {
                is_granted_to_any,
                own,
                of_tier,
            };
            assert_eq!(facts.right(), right, "{facts:?}");
        }
    }

    #[test]
    fn a_month_is_that_of_the_zone_and_ends_where_the_next_begins() {
        for (zone, now, from, until, resets_on) in [
            (
                "UTC",
                "2026-11-30T23:59:59",
                "2026-11-01T00:00:00",
                "2026-12-01T00:00:00",
                "2026-12-01",
            ),
            // It is December already in Berlin, and still November in New York.
            (
                "Europe/Berlin",
                "2026-11-30T23:00:00",
                "2026-11-30T23:00:00",
                "2026-12-31T23:00:00",
                "2027-01-01",
            ),
            (
                "Europe/Berlin",
                "2026-11-30T22:59:59",
                "2026-10-31T23:00:00",
                "2026-11-30T23:00:00",
                "2026-12-01",
            ),
            (
                "America/New_York",
                "2026-12-01T04:59:59",
                "2026-11-01T04:00:00",
                "2026-12-01T05:00:00",
                "2026-12-01",
            ),
            // Clocks are set in the middle of the month.
            (
                "Europe/Berlin",
                "2026-03-15T12:00:00",
                "2026-02-28T23:00:00",
                "2026-03-31T22:00:00",
                "2026-04-01",
            ),
            // Clocks skipped midnight of the first of April.
            (
                "Asia/Amman",
                "2022-04-10T12:00:00",
                "2022-03-31T21:00:00",
                "2022-04-30T21:00:00",
                "2022-05-01",
            ),
            (
                "America/Asuncion",
                "2000-10-10T12:00:00",
                "2000-10-01T04:00:00",
                "2000-11-01T03:00:00",
                "2000-11-01",
            ),
        ] {
            let month = Month::at(zone.parse().expect("a zone"), at(now));
            let wanted = Month {
                from: at(from),
                until: at(until),
                resets_on: resets_on.parse().expect("a day"),
            };
            assert_eq!(month, wanted, "{zone} {now}");
        }
    }

    #[test]
    fn what_is_left_and_what_is_short() {
        for (right, used, lines, left, shortfall) in [
            (Right::Free, 99, 5_000, None, None),
            (Right::None, 0, 1, Some(0), Some(Shortfall::NotEntitled)),
            (granted(None, None), 99, 1, None, None),
            (granted(Some(4), None), 2, 1, Some(2), None),
            (granted(Some(4), None), 4, 1, Some(0), Some(Shortfall::UsedUp)),
            (granted(Some(4), None), 7, 1, Some(0), Some(Shortfall::UsedUp)),
            (granted(Some(0), None), 0, 1, Some(0), Some(Shortfall::UsedUp)),
            (granted(Some(4), Some(3)), 2, 3, Some(2), None),
            (granted(None, Some(3)), 2, 4, None, Some(Shortfall::TooManyLines)),
        ] {
            let standing = standing(right, used);
            assert_eq!(standing.left(), left, "{standing:?}");
            assert_eq!(standing.shortfall(lines), shortfall, "{standing:?}");
        }
    }

    #[test]
    fn an_order_that_may_not_is_refused_or_standard_as_was_chosen() {
        let used_up = standing(granted(Some(1), None), 1);
        let as_standard = Settled::of(used_up, 1, IfNotEntitled::Standard).expect("it is placed");
        assert_eq!(as_standard.order_class, OrderClass::Standard);
        assert_eq!(as_standard.shortfall, Some(Shortfall::UsedUp));
        let refused = Settled::of(used_up, 1, IfNotEntitled::Refuse).expect_err("it is refused");
        assert_eq!(
            (refused.pointer.as_str(), refused.code),
            ("/order_class", Code::EntitlementUsedUp)
        );
        let left = standing(granted(Some(2), None), 1);
        for otherwise in IfNotEntitled::ALL {
            let settled = Settled::of(left, 1, otherwise).expect("it may");
            assert_eq!((settled.order_class, settled.shortfall), (OrderClass::Critical, None));
        }
    }
}
