//! Which limits of credit hold, and whether there is room for an order under all of them.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::NaiveDate;

use crate::ids::AccountId;
use crate::ledger::rules::is_within_credit;
use crate::names::names;
pub use crate::names::sets::{CreditPoint, LimitOf};

names! {
    /// What happens where an order exceeds a limit of credit.
    pub enum CreditCheck as CreditCheck {
        /// Nobody looks.
        Off = "off",
        /// It goes on, and staff are told.
        Warn = "warn",
        /// It is on hold until finance lets it go on.
        Hold = "hold",
        /// It is refused.
        Refuse = "refuse",
    }
}

names! {
    /// What an insured sum means for what an account may owe.
    pub enum InsuranceRule as InsuranceRule {
        /// Its own limit holds; staff read where it is more than what is insured, or the insurance has ended.
        Warn = "warn",
        /// It may owe what is insured and no more, and nothing once the insurance has ended.
        Cap = "cap",
    }
}

names! {
    /// What staff should know of an account's credit.
    pub enum CreditWarning as CreditWarning {
        /// Its own limit is above what is insured, or there is none.
        AboveInsured = "above_insured",
        InsuranceEnded = "insurance_ended",
        /// It ends within thirty days.
        InsuranceEnds = "insurance_ends",
        /// It owes and has ordered more than what is insured.
        ExposureAboveInsured = "exposure_above_insured",
        /// It owes and has ordered more than it may.
        LimitExceeded = "limit_exceeded",
        /// Its group owes and has ordered more than it may.
        GroupLimitExceeded = "group_limit_exceeded",
    }
}

/// Days before the end of an insurance on which staff are told.
const ENDS_SOON_DAYS: i64 = 30;

/// What an insurer answers for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Insured {
    /// Minor units of the account's currency.
    pub minor: i64,
    /// The last day; without end where there is none.
    pub until: Option<NaiveDate>,
}

impl Insured {
    /// Minor units on that day: nothing once it has ended.
    pub fn minor_on(&self, today: NaiveDate) -> i64 {
        match self.until {
            Some(until) if until < today => 0,
            _ => self.minor,
        }
    }
}

/// What an account may owe by itself, minor units; none: as much as it wants.
pub fn usable(own: Option<i64>, insured: Option<Insured>, rule: InsuranceRule, today: NaiveDate) -> Option<i64> {
    match (rule, insured) {
        (InsuranceRule::Cap, Some(insured)) => {
            let insured = insured.minor_on(today);
            Some(own.map_or(insured, |own| own.min(insured)))
        }
        (InsuranceRule::Cap, None) | (InsuranceRule::Warn, _) => own,
    }
}

/// A limit that accounts under one parent have together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupLimit {
    /// The account above the others.
    pub root: AccountId,
    /// Minor units of the currency of all of them.
    pub minor: i64,
}

/// What holds for the credit of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CreditTerms {
    pub insured: Option<Insured>,
    pub insurance: InsuranceRule,
    pub at_order: CreditCheck,
    pub at_acceptance: CreditCheck,
    pub at_shipment: CreditCheck,
    pub group: Option<GroupLimit>,
}

impl CreditTerms {
    /// What happens where a limit is exceeded at that point.
    pub fn check_at(&self, point: CreditPoint) -> CreditCheck {
        match point {
            CreditPoint::Order => self.at_order,
            CreditPoint::Acceptance => self.at_acceptance,
            CreditPoint::Shipment => self.at_shipment,
        }
    }
}

/// A limit, and what of it others use already. All in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// None: no limit.
    pub limit: Option<i64>,
    pub used: i64,
}

impl Use {
    /// By how much this would go over with so much more; nothing where it fits, or costs nothing.
    fn over(&self, more: i64) -> Option<i64> {
        if more == 0 || is_within_credit(self.limit, self.used, more) {
            return None;
        }
        let sum = self.used.saturating_add(more);
        Some(sum.saturating_sub(self.limit.unwrap_or(i64::MAX)))
    }
}

/// The room there is for an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    pub own: Use,
    /// Of the accounts under one parent together, where they have a limit.
    pub group: Option<Use>,
}

/// A limit that would be exceeded, and by how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exceeded {
    pub of: LimitOf,
    /// Minor units.
    pub over: i64,
}

impl Room {
    /// The first limit that so much more exceeds: the account's own before the group's.
    pub fn exceeded(&self, more: i64) -> Option<Exceeded> {
        let of = |of, over| Exceeded { of, over };
        let own = self.own.over(more).map(|over| of(LimitOf::Account, over));
        own.or_else(|| {
            let group = self.group.and_then(|group| group.over(more));
            group.map(|over| of(LimitOf::Group, over))
        })
    }

    /// The room without what of an order counts already.
    #[must_use]
    pub fn without(self, minor: i64) -> Self {
        let less = |one: Use| Use {
            used: one.used.saturating_sub(minor),
            ..one
        };
        Self {
            own: less(self.own),
            group: self.group.map(less),
        }
    }
}

/// How an account stands, for staff. All in minor units.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    /// Its own limit, as it was given.
    pub own: Option<i64>,
    pub insured: Option<Insured>,
    pub room: Room,
}

impl Standing {
    /// What staff should know, in the order of the set.
    pub fn warnings(&self, today: NaiveDate) -> Vec<CreditWarning> {
        let mut warnings = Vec::new();
        if let Some(insured) = self.insured {
            if self.own.is_none_or(|own| own > insured.minor) {
                warnings.push(CreditWarning::AboveInsured);
            }
            let days = insured.until.map(|until| until.signed_duration_since(today).num_days());
            match days {
                Some(..0) => warnings.push(CreditWarning::InsuranceEnded),
                Some(..=ENDS_SOON_DAYS) => warnings.push(CreditWarning::InsuranceEnds),
                _ => {}
            }
            if self.room.own.used > insured.minor_on(today) {
                warnings.push(CreditWarning::ExposureAboveInsured);
            }
        }
        let exceeds = |one: Use| one.limit.is_some_and(|limit| one.used > limit);
        if exceeds(self.room.own) {
            warnings.push(CreditWarning::LimitExceeded);
        }
        if self.room.group.is_some_and(exceeds) {
            warnings.push(CreditWarning::GroupLimitExceeded);
        }
        warnings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn an_insurance_caps_only_where_that_is_set_and_ends_after_its_last_day() {
        let today = day("2028-02-29");
        let insured = |minor, until: &str| {
            Some(Insured {
                minor,
                until: until.parse().ok(),
            })
        };
        let cases = [
            (InsuranceRule::Warn, Some(100), insured(60, ""), Some(100)),
            (InsuranceRule::Warn, None, insured(60, ""), None),
            (InsuranceRule::Cap, Some(100), insured(60, ""), Some(60)),
            (InsuranceRule::Cap, Some(50), insured(60, ""), Some(50)),
            (InsuranceRule::Cap, None, insured(60, ""), Some(60)),
            (InsuranceRule::Cap, Some(100), None, Some(100)),
            (InsuranceRule::Cap, None, None, None),
            (InsuranceRule::Cap, Some(100), insured(60, "2028-02-29"), Some(60)),
            (InsuranceRule::Cap, Some(100), insured(60, "2028-02-28"), Some(0)),
        ];
        for (rule, own, insured, expected) in cases {
            assert_eq!(
                usable(own, insured, rule, today),
                expected,
                "{rule} {own:?} {insured:?}"
            );
        }
    }

    #[test]
    fn an_order_needs_room_under_its_own_limit_and_its_groups() {
        let room = |limit, group| Room {
            own: Use { limit, used: 40 },
            group: Some(Use { limit: group, used: 90 }),
        };
        let own = |over| {
            Some(Exceeded {
                of: LimitOf::Account,
                over,
            })
        };
        let group = |over| {
            Some(Exceeded {
                of: LimitOf::Group,
                over,
            })
        };
        for (limit, together, more, expected) in [
            (Some(100), Some(150), 60, None),
            (Some(100), Some(150), 61, own(1)),
            (Some(100), Some(140), 60, group(10)),
            (None, Some(140), 51, group(1)),
            (None, None, 1_000, None),
            (Some(0), None, 1, own(41)),
            (Some(0), Some(0), 0, None),
        ] {
            assert_eq!(
                room(limit, together).exceeded(more),
                expected,
                "{limit:?} {together:?} {more}"
            );
        }
    }

    #[test]
    fn what_staff_should_know_follows_from_the_numbers() {
        let today = day("2026-11-30");
        let with = |own, until: &str, used| Standing {
            own,
            insured: Some(Insured {
                minor: 100,
                until: until.parse().ok(),
            }),
            room: Room {
                own: Use { limit: own, used },
                group: Some(Use {
                    limit: Some(500),
                    used: 501,
                }),
            },
        };
        let group = CreditWarning::GroupLimitExceeded;
        for (standing, expected) in [
            (with(Some(100), "", 100), vec![group]),
            (with(None, "2026-12-31", 100), vec![CreditWarning::AboveInsured, group]),
            (
                with(Some(90), "2026-12-30", 0),
                vec![CreditWarning::InsuranceEnds, group],
            ),
            (
                with(Some(90), "2026-11-29", 91),
                vec![
                    CreditWarning::InsuranceEnded,
                    CreditWarning::ExposureAboveInsured,
                    CreditWarning::LimitExceeded,
                    group,
                ],
            ),
        ] {
            assert_eq!(standing.warnings(today), expected, "{standing:?}");
        }
    }

    proptest! {
        /// Whatever fits leaves both limits kept, and taking an order out gives back what it took.
        #[test]
        fn what_fits_keeps_every_limit(own in 0_i64..1_000, used in -100_i64..1_000, limit in 0_i64..2_000, others in 0_i64..1_000, more in 1_i64..500) {
            let room = Room {
                own: Use { limit: Some(own), used },
                group: Some(Use { limit: Some(limit), used: used + others }),
            };
            if room.exceeded(more).is_none() {
                prop_assert!(used + more <= own && used + others + more <= limit);
            } else {
                prop_assert!(own == 0 || limit == 0 || used + more > own || used + others + more > limit);
            }
            let with = Room {
                own: Use { used: used + more, ..room.own },
                group: room.group.map(|group| Use { used: group.used + more, ..group }),
            };
            prop_assert_eq!(with.without(more), room);
        }
    }
}
