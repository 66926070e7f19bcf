//! Terms, periods, deadlines, pace.

use proptest::prelude::*;

use super::pace::{Basis, Bought, pace, span};
use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn eur() -> Currency {
    Currency::from_code("EUR").expect("known")
}

fn contract(from: &str, to: &str) -> Contract {
    Contract {
        id: ContractId(1),
        account_id: AccountId(2),
        account: ("ACME".to_owned(), "Acme".to_owned()),
        code: "K-1".to_owned(),
        name: "Frame".to_owned(),
        currency: eur(),
        valid_from: day(from),
        first_to: day(to),
        valid_to: day(to),
        notice_days: Some(30),
        renewal: Renewal::None,
        renewal_months: None,
        payment_terms_days: None,
        free_freight_from: None,
        state: State::Active,
        offered_at: None,
        acceptance: None,
        signed: None,
        ends_on: None,
        end_reason: None,
    }
}

fn renewed() -> Contract {
    Contract {
        renewal: Renewal::Auto,
        renewal_months: Some(12),
        ..contract("2026-01-01", "2026-12-31")
    }
}

fn commitment(kind: Kind, period: Period, committed: i64, rate: Option<i64>) -> Commitment {
    Commitment {
        id: CommitmentId(3),
        contract_id: ContractId(1),
        code: "turnover".to_owned(),
        kind,
        about: if kind == Kind::Value { About::All } else { About::Sku },
        product_id: None,
        sku: None,
        product_name: None,
        base_unit: None,
        category: None,
        period,
        committed,
        shortfall_micros: rate,
    }
}

#[test]
fn periods_count_from_the_first_day_of_the_term() {
    let term = Window {
        from: day("2026-01-31"),
        to: day("2026-12-30"),
    };
    for (period, on, from, to) in [
        (Period::Month, "2026-02-27", "2026-01-31", "2026-02-27"),
        (Period::Month, "2026-02-28", "2026-02-28", "2026-03-30"),
        (Period::Quarter, "2026-06-01", "2026-04-30", "2026-07-30"),
        (Period::Year, "2026-06-01", "2026-01-31", "2026-12-30"),
        (Period::Term, "2026-06-01", "2026-01-31", "2026-12-30"),
        // Before and behind the term it is the first and the last.
        (Period::Month, "2025-06-01", "2026-01-31", "2026-02-27"),
        (Period::Quarter, "2027-06-01", "2026-10-31", "2026-12-30"),
    ] {
        let (window, _) = period.of(term, day(on));
        assert_eq!((window.from, window.to), (day(from), day(to)), "{period} {on}");
    }
}

#[test]
fn a_contract_goes_on_once_the_last_day_for_notice_has_passed() {
    let contract = renewed();
    assert_eq!(contract.notice_by(), day("2026-12-01"));
    assert_eq!(contract.renewed_to(day("2026-12-01")), None);
    assert_eq!(contract.renewed_to(day("2026-12-02")), Some(day("2027-12-31")));
    let without_notice = Contract {
        notice_days: None,
        ..renewed()
    };
    assert_eq!(without_notice.renewed_to(day("2026-12-30")), None);
    assert_eq!(without_notice.renewed_to(day("2026-12-31")), Some(day("2027-12-31")));
    let given = Contract {
        ends_on: Some(day("2026-12-31")),
        ..renewed()
    };
    assert_eq!(given.renewed_to(day("2026-12-31")), None);
    let later = Contract {
        valid_to: day("2028-12-31"),
        ..renewed()
    };
    for (on, from, to) in [
        ("2026-12-31", "2026-01-01", "2026-12-31"),
        ("2027-01-01", "2027-01-01", "2027-12-31"),
        ("2028-06-01", "2028-01-01", "2028-12-31"),
        ("2030-01-01", "2028-01-01", "2028-12-31"),
    ] {
        assert_eq!(
            later.term_of(day(on)),
            Window {
                from: day(from),
                to: day(to)
            },
            "{on}"
        );
    }
}

#[test]
fn days_make_states() {
    let signed = Contract {
        state: State::Signed,
        ..contract("2026-01-01", "2026-12-31")
    };
    assert_eq!(signed.state_on(day("2025-12-31")), None);
    assert_eq!(signed.state_on(day("2026-01-01")), Some(State::Active));
    assert_eq!(signed.state_on(day("2027-01-01")), Some(State::Ended));
    let active = contract("2026-01-01", "2026-12-31");
    assert_eq!(active.state_on(day("2026-12-31")), None);
    assert_eq!(active.state_on(day("2027-01-01")), Some(State::Ended));
    let given = Contract {
        ends_on: Some(day("2026-06-30")),
        ..active
    };
    assert!(given.holds_on(day("2026-06-30")) && !given.holds_on(day("2026-07-01")));
    assert_eq!(given.state_on(day("2026-07-01")), Some(State::Terminated));
    let draft = Contract {
        state: State::Draft,
        ..given
    };
    assert_eq!(draft.state_on(day("2030-01-01")), None);
}

#[test]
fn warnings_come_before_the_last_day_for_notice() {
    let contract = contract("2026-01-01", "2026-12-31");
    for (on, warned) in [
        ("2026-09-01", &[][..]),
        ("2026-09-02", &[90]),
        ("2026-10-02", &[90, 60]),
        ("2026-11-20", &[90, 60, 30]),
        ("2026-12-01", &[90, 60, 30]),
        ("2026-12-02", &[]),
    ] {
        assert_eq!(contract.warned_days(day(on)), warned, "{on}");
    }
}

#[test]
fn a_year_before_has_all_days_of_a_february() {
    let window = Window {
        from: day("2025-02-01"),
        to: day("2025-02-28"),
    };
    assert_eq!(
        window.year_before(),
        Window {
            from: day("2024-02-01"),
            to: day("2024-02-29")
        }
    );
}

#[test]
fn a_shortfall_costs_a_part_of_a_value_or_a_price_of_a_quantity() {
    let value = commitment(Kind::Value, Period::Year, 100_000, Some(25_000));
    assert_eq!(value.rate().as_deref(), Some("2.5"));
    assert_eq!(value.cost(100_001, eur()), Some(2_500));
    let quantity = commitment(Kind::Quantity, Period::Year, 1_000_000_000, Some(125_000));
    // 10.5 pieces at 0.125.
    assert_eq!(quantity.cost(10_500_000, eur()), Some(131));
    assert_eq!(commitment(Kind::Value, Period::Year, 1, None).cost(1, eur()), None);
}

fn bought(slices: Vec<i64>, year_before: Vec<i64>, before_today: i64) -> Bought {
    Bought {
        slices,
        year_before,
        before_today,
    }
}

#[test]
fn pace_is_foreseen_by_days_and_by_the_season_of_the_year_before() {
    let contract = contract("2026-01-01", "2026-12-31");
    let commitment = commitment(Kind::Value, Period::Year, 120_000, Some(100_000));
    let today = day("2026-07-01");
    let span = span(&contract, &commitment, today);
    assert_eq!((span.slices.len(), span.committed), (12, 120_000));
    let mut months = vec![0; 12];
    months[0] = 36_400;
    let linear = pace(
        &commitment,
        &span,
        &bought(months.clone(), vec![0; 12], 0),
        eur(),
        today,
    );
    assert_eq!((linear.basis, linear.season), (Basis::Linear, None));
    // 182 of 365 days.
    assert_eq!(linear.expected, 59_836);
    assert_eq!(linear.linear, Some(73_000));
    assert_eq!((linear.shortfall, linear.cost), (47_000, Some(4_700)));
    assert!(linear.is_low(today) && linear.percent() == Some(61));
    // Most of the year before was bought in winter.
    let mut before = vec![0; 12];
    (before[0], before[11]) = (2_500, 7_500);
    let season = pace(&commitment, &span, &bought(months, before, 2_500), eur(), today);
    assert_eq!((season.basis, season.expected), (Basis::Season, 30_000));
    assert_eq!((season.season, season.shortfall), (Some(145_600), 0));
    assert!(!season.is_low(today));
    assert_eq!(season.points.first(), Some(&(day("2026-01-31"), 30_000, Some(36_400))));
    assert_eq!(season.points.last(), Some(&(day("2026-12-31"), 120_000, None)));
}

#[test]
fn what_the_end_of_a_term_cuts_short_is_committed_by_its_days() {
    let contract = contract("2026-01-01", "2026-02-14");
    let month = commitment(Kind::Value, Period::Month, 2_800, None);
    assert_eq!(span(&contract, &month, day("2026-01-10")).committed, 2_800);
    assert_eq!(span(&contract, &month, day("2026-02-10")).committed, 1_400);
    let whole = commitment(Kind::Value, Period::Term, 4_500, None);
    assert_eq!(span(&contract, &whole, day("2026-01-10")).committed, 4_500);
    let ended = Contract {
        ends_on: Some(day("2026-01-15")),
        ..contract
    };
    assert_eq!(span(&ended, &whole, day("2026-01-10")).committed, 1_500);
}

#[test]
fn once_it_is_over_it_is_what_it_is() {
    let contract = Contract {
        state: State::Ended,
        ..contract("2026-01-01", "2026-03-31")
    };
    let quarter = commitment(Kind::Value, Period::Quarter, 9_000, Some(500_000));
    let today = day("2026-06-01");
    let span = span(&contract, &quarter, today);
    let pace = pace(
        &quarter,
        &span,
        &bought(vec![1_000, 2_000, 3_000], vec![1, 1, 1], 3),
        eur(),
        today,
    );
    assert!(pace.is_over && !pace.is_low(today));
    assert_eq!(
        (pace.fulfilled, pace.expected, pace.forecast()),
        (6_000, 9_000, Some(6_000))
    );
    assert_eq!((pace.shortfall, pace.cost), (3_000, Some(1_500)));
}

proptest! {
    /// Periods of a term lie in it, one behind the other, and every day of it is in one.
    #[test]
    fn every_day_of_a_term_lies_in_one_period(start in 0_i64..3_000, days in 0_i64..2_000, on in 0_i64..2_000, which in 0_usize..4) {
        let from = day("2020-01-01") + chrono::TimeDelta::days(start);
        let term = Window { from, to: from + chrono::TimeDelta::days(days) };
        let on = from + chrono::TimeDelta::days(on.min(days));
        let period = *Period::ALL.get(which).expect("four of them");
        let (window, whole) = period.of(term, on);
        prop_assert!(window.from <= on && on <= window.to);
        prop_assert!(term.from <= window.from && window.to <= term.to);
        prop_assert!(window.days() <= whole);
        if window.to < term.to {
            let (next, _) = period.of(term, next_day(window.to));
            prop_assert_eq!(next.from, next_day(window.to));
        }
    }

    /// Parts of a period are all of its days, and what is bought makes nothing negative.
    #[test]
    fn parts_are_the_whole(days in 0_i64..2_000, on in 0_i64..2_500, which in 0_usize..4, parts in proptest::collection::vec(0_i64..1_000_000, 80)) {
        let from = day("2024-02-29");
        let contract = Contract {
            valid_from: from,
            first_to: from + chrono::TimeDelta::days(days),
            valid_to: from + chrono::TimeDelta::days(days),
            ..contract("2024-02-29", "2024-02-29")
        };
        let today = from + chrono::TimeDelta::days(on);
        let one = commitment(Kind::Value, *Period::ALL.get(which).expect("four of them"), 1_000_000, Some(10_000));
        let span = span(&contract, &one, today);
        let sum: i64 = span.slices.iter().map(|slice| slice.days()).sum();
        prop_assert_eq!(sum, span.window.days());
        prop_assert!(span.slices.len() <= 80);
        let slices: Vec<_> = parts.iter().take(span.slices.len()).copied().collect();
        let before: Vec<_> = parts.iter().rev().take(span.slices.len()).copied().collect();
        let told = pace(&one, &span, &bought(slices.clone(), before, 5), eur(), today);
        prop_assert_eq!(told.fulfilled, slices.iter().sum::<i64>());
        prop_assert!(told.shortfall >= 0 && told.shortfall <= told.committed);
        prop_assert!(told.expected >= 0 && told.expected <= told.committed);
        prop_assert_eq!(told.points.len(), span.slices.len());
    }
}

#[test]
fn what_is_reckoned_by_days_is_told_as_finely_as_it_was_committed() {
    let pieces = commitment(Kind::Quantity, Period::Year, 60_000_000_000, None);
    assert_eq!(pieces.told_as_finely(40_273_972_603), 40_274_000_000);
    let metres = commitment(Kind::Quantity, Period::Year, 12_500_000, None);
    assert_eq!(metres.told_as_finely(4_250_000), 4_300_000);
    let euro = commitment(Kind::Value, Period::Year, 60_000, None);
    assert_eq!(euro.told_as_finely(40_273), 40_273);
}
