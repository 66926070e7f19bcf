//! Accruals are what is owed, whatever came in which order.

use proptest::prelude::*;

use super::*;

fn tier(threshold_minor: i64, rate_ppm: i64) -> Tier {
    Tier {
        threshold_minor,
        rate_ppm,
    }
}

/// 1 % from the first, 2 % from 250,000.00, 3 % from 500,000.00.
fn scale(method: Method) -> Scale {
    Scale {
        method,
        tiers: vec![tier(0, 10_000), tier(25_000_000, 20_000), tier(50_000_000, 30_000)],
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_turnover_earns_by_its_tier_or_tier_by_tier() {
    assert_eq!(scale(Method::Retroactive).entitlement(52_000_000), Some(1_560_000));
    assert_eq!(scale(Method::Incremental).entitlement(52_000_000), Some(810_000));
    for (turnover, reached, rate) in [
        (0, 1, 10_000),
        (24_999_999, 1, 10_000),
        (25_000_000, 2, 20_000),
        (90_000_000, 3, 30_000),
    ] {
        let scale = scale(Method::Retroactive);
        assert_eq!(
            (scale.reached(turnover), scale.rate_ppm(turnover)),
            (reached, rate),
            "{turnover}"
        );
    }
}

#[test]
fn below_the_first_tier_nothing_is_earned() {
    for method in Method::ALL {
        let scale = Scale {
            method,
            tiers: vec![tier(10_000, 50_000)],
        };
        assert_eq!((scale.entitlement(9_999), scale.rate_ppm(9_999)), (Some(0), 0));
        assert_eq!(scale.entitlement(-5), Some(0));
        let none = Scale {
            method,
            tiers: Vec::new(),
        };
        assert_eq!((none.entitlement(1_000), none.next(1_000)), (Some(0), None));
    }
    let from_the_first = Scale {
        method: Method::Retroactive,
        tiers: vec![tier(10_000, 50_000)],
    };
    assert_eq!(from_the_first.entitlement(10_000), Some(500));
}

#[test]
fn the_next_tier_is_so_far_away_and_worth_so_much() {
    let next = scale(Method::Retroactive).next(24_579_000).unwrap();
    assert_eq!((next.missing_minor, next.tier.rate_ppm), (421_000, 20_000));
    assert_eq!(next.worth_minor, 500_000 - 245_790);
    assert_eq!(scale(Method::Incremental).next(50_000_000), None);
}

#[test]
fn a_tier_trues_up_all_before_it_and_a_credit_takes_it_back() {
    let (scale, mut sums) = (scale(Method::Retroactive), Sums::default());
    let told = |accrual: Accrual| (accrual.accrued_minor, accrual.true_up_minor, accrual.rate_ppm);
    assert_eq!(
        told(accrue(&scale, &mut sums, 20_000_000).unwrap()),
        (200_000, 0, 10_000)
    );
    assert_eq!(
        told(accrue(&scale, &mut sums, 10_000_000).unwrap()),
        (400_000, 200_000, 20_000)
    );
    assert_eq!(
        told(accrue(&scale, &mut sums, -10_000_000).unwrap()),
        (-400_000, -300_000, 10_000)
    );
    assert_eq!((sums.turnover_minor, sums.accrued_minor), (20_000_000, 200_000));
}

#[test]
fn other_terms_true_up_what_was_accrued() {
    let mut sums = Sums {
        turnover_minor: 10_000,
        accrued_minor: 100,
    };
    let dearer = Scale {
        method: Method::Retroactive,
        tiers: vec![tier(0, 50_000)],
    };
    let accrual = accrue(&dearer, &mut sums, 0).unwrap();
    assert_eq!((accrual.accrued_minor, accrual.true_up_minor), (400, 400));
}

#[test]
fn what_is_paid_counts_as_far_as_it_is_settled() {
    assert_eq!(counts(Basis::Invoiced, 8_000, (9_680, 9_680)), Some(8_000));
    assert_eq!(counts(Basis::Paid, 8_000, (9_680, 9_680)), Some(0));
    assert_eq!(counts(Basis::Paid, 8_000, (9_680, 4_840)), Some(4_000));
    assert_eq!(counts(Basis::Paid, 8_000, (9_680, 0)), Some(8_000));
    assert_eq!(counts(Basis::Paid, 0, (0, 0)), Some(0));
}

#[test]
fn periods_go_by_the_calendar_within_what_is_valid() {
    let valid = (day("2026-02-10"), Some(day("2027-03-31")));
    let check = |period, on, from, to| {
        assert_eq!(
            days_of(period, valid, day(on)),
            Some((day(from), day(to))),
            "{period} {on}"
        );
    };
    check(Period::Month, "2026-02-28", "2026-02-10", "2026-02-28");
    check(Period::Month, "2026-12-01", "2026-12-01", "2026-12-31");
    check(Period::Quarter, "2026-05-31", "2026-04-01", "2026-06-30");
    check(Period::Quarter, "2026-03-31", "2026-02-10", "2026-03-31");
    check(Period::Year, "2026-12-31", "2026-02-10", "2026-12-31");
    check(Period::Year, "2027-01-01", "2027-01-01", "2027-03-31");
    check(Period::Term, "2027-01-01", "2026-02-10", "2027-03-31");
    assert_eq!(days_of(Period::Year, valid, day("2026-02-09")), None);
    assert_eq!(days_of(Period::Year, valid, day("2027-04-01")), None);
}

#[test]
fn what_is_expected_goes_by_the_rate_at_the_end() {
    let days = (day("2026-01-01"), day("2026-12-31"));
    // Half a year at 260,000.00 is 520,000.00 in the whole: 3 %.
    let half = expected(&scale(Method::Retroactive), 26_000_000, days, day("2026-07-01")).unwrap();
    assert!((52_000_000 - half.forecast_minor).abs() < 300_000, "{half:?}");
    assert_eq!(half.accrued_minor, 780_000);
    let over = expected(&scale(Method::Retroactive), 26_000_000, days, day("2027-02-01")).unwrap();
    assert_eq!((over.forecast_minor, over.accrued_minor), (26_000_000, 520_000));
    assert_eq!(
        expected(&scale(Method::Retroactive), 0, days, day("2026-07-01"))
            .unwrap()
            .accrued_minor,
        0
    );
}

fn scales() -> impl Strategy<Value = Scale> {
    let tiers = proptest::collection::btree_map(0_i64..2_000_000, 0_i64..=200_000, 0..6);
    (any::<bool>(), tiers).prop_map(|(is_retroactive, tiers)| Scale {
        method: if is_retroactive {
            Method::Retroactive
        } else {
            Method::Incremental
        },
        tiers: tiers
            .into_iter()
            .map(|(threshold, rate)| tier(threshold, rate))
            .collect(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn accruals_sum_to_what_is_owed_in_any_order(
        scale in scales(),
        changes in proptest::collection::vec(-50_000_i64..200_000, 0..40),
        seed in any::<usize>(),
    ) {
        // Credits come behind what they credit, or before it: only the sums matter.
        let mut others = changes.clone();
        let count = others.len().max(1);
        others.rotate_left(seed % count);
        let mut ends = Vec::new();
        for order in [&changes, &others] {
            let (mut sums, mut accrued) = (Sums::default(), 0);
            for change in order {
                let accrual = accrue(&scale, &mut sums, *change).unwrap();
                accrued += accrual.accrued_minor;
                prop_assert_eq!(Some(accrued), scale.entitlement(sums.turnover_minor));
                prop_assert_eq!(accrued, sums.accrued_minor);
            }
            ends.push((sums, accrued));
        }
        prop_assert_eq!(ends.first(), ends.last());
    }

    #[test]
    fn retroactive_is_rate_times_turnover(scale in scales(), turnover in 0_i64..5_000_000) {
        let scale = Scale { method: Method::Retroactive, ..scale };
        let rate = i128::from(scale.rate_ppm(turnover));
        let expected = (i128::from(turnover) * rate + 500_000) / 1_000_000;
        prop_assert_eq!(scale.entitlement(turnover).map(i128::from), Some(expected));
    }

    #[test]
    fn one_tier_from_the_first_is_the_same_by_both_methods(rate in 0_i64..=1_000_000, turnover in 0_i64..1_000_000_000) {
        let owed = Method::ALL.map(|method| Scale { method, tiers: vec![tier(0, rate)] }.entitlement(turnover));
        prop_assert_eq!(owed[0], owed[1]);
    }

    #[test]
    fn tier_by_tier_more_turnover_never_earns_less(scale in scales(), turnover in 0_i64..3_000_000, more in 0_i64..1_000_000) {
        let scale = Scale { method: Method::Incremental, ..scale };
        prop_assert!(scale.entitlement(turnover + more) >= scale.entitlement(turnover));
    }

    #[test]
    fn reaching_the_next_tier_earns_what_was_said(scale in scales(), turnover in 0_i64..3_000_000) {
        if let Some(next) = scale.next(turnover) {
            let mut sums = Sums { turnover_minor: turnover, accrued_minor: scale.entitlement(turnover).unwrap() };
            let accrual = accrue(&scale, &mut sums, next.missing_minor).unwrap();
            prop_assert_eq!((accrual.accrued_minor, accrual.rate_ppm), (next.worth_minor, next.tier.rate_ppm));
        }
    }

    #[test]
    fn what_is_settled_never_counts_for_more_than_is_left(left in 0_i64..1_000_000, tax in 0_i64..100, open in 0_i64..2_000_000) {
        let gross = left + left * tax / 100;
        let counted = counts(Basis::Paid, left, (gross, open.min(gross))).unwrap();
        prop_assert!((0..=left).contains(&counted));
    }

    #[test]
    fn every_valid_day_lies_in_its_period(offset in 0_u64..800, period in 0_usize..4) {
        let valid = (day("2026-02-10"), Some(day("2028-03-31")));
        let on = valid.0 + chrono::Days::new(offset.min(779));
        let (from, to) = days_of(Period::ALL[period], valid, on).unwrap();
        prop_assert!(from <= on && on <= to);
        prop_assert_eq!(days_of(Period::ALL[period], valid, from), Some((from, to)));
        prop_assert_eq!(days_of(Period::ALL[period], valid, to), Some((from, to)));
    }
}
