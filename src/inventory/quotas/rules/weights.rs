//! What the tiers weigh in a fair share.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::accounts::rules::Tier;

/// The most that a tier weighs.
pub const WEIGHT_MAX: i64 = 1_000;

/// What an account of each tier weighs: a level rises for all at the same time, and each gets `level x weight`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Weights {
    platinum: i64,
    gold: i64,
    silver: i64,
    bronze: i64,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            platinum: 4,
            gold: 3,
            silver: 2,
            bronze: 1,
        }
    }
}

impl Weights {
    /// Reads `4:3:2:1`, best tier first: four whole numbers from 1 to 1,000.
    pub fn parse(text: &str) -> Option<Self> {
        let weight = |part: &str| {
            let part = part.trim();
            let is_plain = !part.is_empty() && part.bytes().all(|sign| sign.is_ascii_digit());
            let weight = part.parse().ok().filter(|weight| (1..=WEIGHT_MAX).contains(weight));
            weight.filter(|_| is_plain)
        };
        let read: Option<Vec<i64>> = text.split(':').map(weight).collect();
        match *read?.as_slice() {
            [platinum, gold, silver, bronze] => Some(Self {
                platinum,
                gold,
                silver,
                bronze,
            }),
            _ => None,
        }
    }

    /// The weight of an account of this tier.
    pub fn of(&self, tier: Tier) -> i64 {
        match tier {
            Tier::Platinum => self.platinum,
            Tier::Gold => self.gold,
            Tier::Silver => self.silver,
            Tier::Bronze => self.bronze,
        }
    }

    /// True if nothing else was said.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// The form that [`Weights::parse`] reads.
impl fmt::Display for Weights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}:{}", self.platinum, self.gold, self.silver, self.bronze)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_four_whole_numbers_the_best_tier_first() {
        let written = |text: &str| Weights::parse(text).map(|weights| weights.to_string());
        for (text, wanted) in [
            ("4:3:2:1", Some("4:3:2:1")),
            (" 10 : 5:5:1 ", Some("10:5:5:1")),
            ("1000:1:1:1", Some("1000:1:1:1")),
            ("1001:1:1:1", None),
            ("0:1:1:1", None),
            ("+4:3:2:1", None),
            ("4:3:2", None),
            ("4:3:2:1:1", None),
            ("4.5:3:2:1", None),
            ("", None),
        ] {
            assert_eq!(written(text).as_deref(), wanted, "{text}");
        }
        assert!(Weights::parse("4:3:2:1").expect("read").is_default());
    }

    #[test]
    fn a_record_from_before_weights_could_be_chosen_is_read_as_it_was_made() {
        let old = serde_json::json!({ "mode": "fair_share", "kept": [] });
        let policy: super::super::Policy = serde_json::from_value(old.clone()).expect("read");
        assert!(policy.weights.is_default());
        assert_eq!(serde_json::to_value(&policy).expect("written"), old);
    }
}
