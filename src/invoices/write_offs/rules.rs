//! How a cash discount lowers net and tax of an invoice.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use crate::money::round_half_away;
use crate::tax::rules::TaxGroup;

/// One, in parts per million.
const WHOLE_PPM: i128 = 1_000_000;

/// Spreads an amount over the rates of an invoice by what each comes to with tax, and parts each share into net and tax: largest
/// remainders first, so that the parts come to the amount. Nothing where no rate comes to anything.
pub fn spread(minor: i64, groups: &[TaxGroup]) -> Vec<TaxGroup> {
    let weight = |group: &TaxGroup| i128::from(group.base_minor) + i128::from(group.amount_minor);
    let groups: Vec<_> = groups.iter().filter(|group| weight(group) > 0).collect();
    let whole: i128 = groups.iter().map(|group| weight(group)).sum();
    if whole == 0 || minor <= 0 {
        return Vec::new();
    }
    let exact = |group: &TaxGroup| i128::from(minor) * weight(group);
    let mut shares: Vec<i128> = groups.iter().map(|group| exact(group) / whole).collect();
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|place| {
        let rest = groups.get(*place).map_or(0, |group| exact(group) % whole);
        (std::cmp::Reverse(rest), *place)
    });
    let mut left = i128::from(minor) - shares.iter().sum::<i128>();
    for place in order {
        if let Some(share) = shares.get_mut(place).filter(|_| left > 0) {
            *share += 1;
            left -= 1;
        }
    }
    let part = |(group, share): (&&TaxGroup, i128)| {
        let rate = i128::from(group.treatment.rate_ppm);
        let tax = round_half_away(share * rate, WHOLE_PPM + rate)?;
        let share = i64::try_from(share).ok().filter(|share| *share > 0)?;
        Some(TaxGroup {
            treatment: group.treatment.clone(),
            base_minor: share - tax,
            amount_minor: tax,
        })
    };
    groups.iter().zip(shares).filter_map(part).collect()
}

/// What is left of a discount when so much of what it is of is left.
pub fn left_of(minor: i64, before_minor: i64, left_minor: i64) -> i64 {
    if before_minor <= 0 || left_minor <= 0 {
        return 0;
    }
    let left = round_half_away(i128::from(minor) * i128::from(left_minor), i128::from(before_minor));
    left.unwrap_or(minor).min(minor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tax::rules::Treatment;
    use proptest::prelude::*;

    fn group(rate_ppm: i64, base_minor: i64) -> TaxGroup {
        let amount = round_half_away(i128::from(base_minor) * i128::from(rate_ppm), WHOLE_PPM);
        TaxGroup {
            treatment: Treatment {
                category: "S".to_owned(),
                rate_ppm,
            },
            base_minor,
            amount_minor: amount.expect("an amount"),
        }
    }

    #[test]
    fn a_discount_lowers_net_and_tax_of_each_rate() {
        let told = |minor, groups: &[TaxGroup]| {
            let parts = spread(minor, groups).into_iter();
            parts
                .map(|part| (part.base_minor, part.amount_minor))
                .collect::<Vec<_>>()
        };
        // 2 % of 119.00.
        assert_eq!(told(238, &[group(190_000, 10_000)]), [(200, 38)]);
        // 2 % of 119.00 and of 107.00.
        assert_eq!(
            told(452, &[group(190_000, 10_000), group(70_000, 10_000)]),
            [(200, 38), (200, 14)]
        );
        assert_eq!(told(200, &[group(0, 10_000)]), [(200, 0)]);
        assert_eq!(told(1, &[group(190_000, 10_000), group(70_000, 10_000)]), [(1, 0)]);
        assert_eq!(told(100, &[]), []);
        assert_eq!(told(100, &[group(190_000, 0)]), []);
    }

    #[test]
    fn a_discount_is_of_what_is_left() {
        assert_eq!(left_of(242, 12_100, 6_050), 121);
        assert_eq!(left_of(121, 6_050, 0), 0);
        assert_eq!(left_of(242, 12_100, 12_100), 242);
        assert_eq!(left_of(5, 3, 2), 3);
    }

    proptest! {
        #[test]
        fn the_parts_come_to_the_amount(minor in 1_i64..1_000_000, bases in proptest::collection::vec((0_i64..10_000_000, 0_i64..300_000), 1..5)) {
            let groups: Vec<_> = bases.iter().map(|(base, rate)| group(*rate, *base)).collect();
            let parts = spread(minor, &groups);
            let sum: i64 = parts.iter().map(|part| part.base_minor + part.amount_minor).sum();
            let has_any = groups.iter().any(|group| group.base_minor > 0);
            prop_assert_eq!(sum, if has_any { minor } else { 0 });
            prop_assert!(parts.iter().all(|part| part.base_minor >= 0 && part.amount_minor >= 0));
        }
    }
}
