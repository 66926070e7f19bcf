//! Periods, what is kept, and shares: tables and properties.

use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn claimant(account: i64, tier: Tier) -> Claimant {
    Claimant {
        account_id: AccountId(account),
        tier,
    }
}

fn claims(wanted: &[(i64, Tier, i64, i64)]) -> Vec<Claim> {
    let claim = |(account, tier, wanted, portion): &(i64, Tier, i64, i64)| Claim {
        claimant: claimant(*account, *tier),
        wanted: *wanted,
        portion: *portion,
    };
    wanted.iter().map(claim).collect()
}

#[test]
fn periods_begin_on_mondays_and_on_the_first_of_months_and_quarters() {
    for (period, on, start, end) in [
        (Period::Week, "2026-11-30", "2026-11-30", "2026-12-07"),
        (Period::Week, "2027-01-03", "2026-12-28", "2027-01-04"),
        (Period::Month, "2028-02-29", "2028-02-01", "2028-03-01"),
        (Period::Month, "2026-12-31", "2026-12-01", "2027-01-01"),
        (Period::Quarter, "2026-12-31", "2026-10-01", "2027-01-01"),
        (Period::Quarter, "2027-02-01", "2027-01-01", "2027-04-01"),
        (Period::Quarter, "2026-05-31", "2026-04-01", "2026-07-01"),
    ] {
        assert_eq!(period.start(day(on)), day(start), "{period} of {on}");
        assert_eq!(period.end(day(on)), day(end), "{period} of {on}");
    }
}

#[test]
fn a_quota_is_kept_until_its_release_day_and_at_most_to_the_end_of_its_period() {
    let quota = |days| Quota {
        id: QuotaId(1),
        holder: Holder::Tier(Tier::Gold),
        tier: Tier::Gold,
        period: Period::Month,
        quantity_micros: 1,
        released_after_days: days,
    };
    for (days, on, released) in [
        (None, "2026-11-30", "2026-12-01"),
        (Some(0), "2026-11-01", "2026-11-01"),
        (Some(20), "2026-11-20", "2026-11-21"),
        (Some(20), "2026-11-21", "2026-11-21"),
        (Some(90), "2026-11-30", "2026-12-01"),
    ] {
        assert_eq!(quota(days).released_on(day(on)), day(released));
        assert_eq!(
            quota(days).is_kept(day(on)),
            day(on) < day(released),
            "{days:?} on {on}"
        );
    }
}

#[test]
fn what_is_kept_goes_as_far_as_there_is_and_its_holder_sees_it() {
    let kept = |id, holder, tier, left| Kept {
        quota_id: QuotaId(id),
        holder,
        tier,
        starts_on: day("2026-11-01"),
        left,
    };
    let policy = Policy {
        mode: Mode::Strict,
        weights: Weights::default(),
        kept: vec![
            kept(2, Holder::Account(AccountId(1)), Tier::Platinum, 80),
            kept(1, Holder::Tier(Tier::Gold), Tier::Gold, 60),
        ],
    };
    assert_eq!(policy.keeps(200), [80, 60]);
    assert_eq!(policy.keeps(100), [80, 20]);
    assert_eq!(policy.keeps(-5), [0, 0]);
    for (account, tier, free, expected) in [
        (1, Tier::Platinum, 200, 140),
        (2, Tier::Gold, 200, 120),
        (3, Tier::Gold, 100, 20),
        (4, Tier::Platinum, 200, 60),
        (4, Tier::Platinum, 100, 0),
    ] {
        assert_eq!(
            policy.free_for(claimant(account, tier), free),
            expected,
            "{account} of {free}"
        );
    }
}

#[test]
fn what_is_drawn_of_a_category_is_drawn_by_all_its_articles() {
    let today = day("2026-11-30");
    let quota = Quota {
        id: QuotaId(7),
        holder: Holder::Account(AccountId(1)),
        tier: Tier::Gold,
        period: Period::Month,
        quantity_micros: 10_500_000,
        released_after_days: None,
    };
    let found = |product, decimals| Found {
        product_id: ProductId(product),
        decimals,
        quota: quota.clone(),
    };
    let uses = vec![
        (QuotaId(7), day("2026-11-01"), 0, 3),
        (QuotaId(7), day("2026-11-01"), 3, 1_250),
        (QuotaId(7), day("2026-10-01"), 0, 99),
    ];
    let modes = vec![
        (ProductId(3), Mode::FairShare, Weights::default()),
        (ProductId(4), Mode::Strict, Weights::default()),
    ];
    let policies = policies(vec![found(1, 0), found(2, 3)], &uses, modes, today);
    let left: Vec<_> = policies
        .iter()
        .map(|(id, policy)| (id.0, policy.mode, policy.kept.first().map(|kept| kept.left)))
        .collect();
    assert_eq!(
        left,
        [
            (1, Mode::Strict, Some(6)),
            (2, Mode::Strict, Some(6_250)),
            (3, Mode::FairShare, None)
        ]
    );
}

#[test]
fn shares_are_those_of_the_books() {
    use Tier::{Bronze, Gold, Platinum};
    let same = |wanted: [i64; 3]| {
        claims(&[
            (1, Gold, wanted[0], 1),
            (2, Gold, wanted[1], 1),
            (3, Gold, wanted[2], 1),
        ])
    };
    // Max-min: all rise together; the third has enough with 20, the others share the rest.
    assert_eq!(
        share((Mode::FairShare, &Weights::default()), 100, &same([80, 60, 20])),
        [40, 40, 20]
    );
    // Proportional: 50, 37.5 and 12.5; of two with the same remainder the first by rank gets the piece.
    assert_eq!(
        share((Mode::Proportional, &Weights::default()), 100, &same([80, 60, 20])),
        [50, 38, 12]
    );
    assert_eq!(
        share((Mode::Strict, &Weights::default()), 100, &same([80, 60, 20])),
        [80, 20, 0]
    );
    // Weights: 4 of platinum, 1 of bronze.
    let weighted = claims(&[(1, Bronze, 100, 1), (2, Platinum, 100, 1)]);
    assert_eq!(share((Mode::FairShare, &Weights::default()), 100, &weighted), [20, 80]);
    // An account with two lines is one account.
    let twice = claims(&[(1, Gold, 50, 1), (2, Gold, 50, 1), (1, Gold, 50, 1)]);
    assert_eq!(share((Mode::FairShare, &Weights::default()), 60, &twice), [30, 30, 0]);
    // Whole cartons: 50 each would be 4 cartons and 2 pieces; the last carton goes to who comes first.
    let cartons = claims(&[(1, Gold, 96, 12), (2, Gold, 96, 12)]);
    assert_eq!(share((Mode::FairShare, &Weights::default()), 108, &cartons), [60, 48]);
    assert_eq!(share((Mode::FairShare, &Weights::default()), 0, &cartons), [0, 0]);
    assert_eq!(
        share((Mode::Proportional, &Weights::default()), 1_000, &cartons),
        [96, 96]
    );
}

#[test]
fn weights_say_how_much_faster_the_level_rises_for_a_tier() {
    let claims = claims(&[(1, Tier::Platinum, 100, 1), (2, Tier::Bronze, 100, 1)]);
    let shared = |weights: &str| {
        share(
            (Mode::FairShare, &Weights::parse(weights).expect("weights")),
            100,
            &claims,
        )
    };
    assert_eq!(shared("4:3:2:1"), [80, 20]);
    assert_eq!(shared("1:1:1:1"), [50, 50]);
    assert_eq!(shared("1:1:1:9"), [10, 90]);
    // By rank nothing weighs anything.
    let strict = share(
        (Mode::Strict, &Weights::parse("1:1:1:9").expect("weights")),
        100,
        &claims,
    );
    assert_eq!(strict, [100, 0]);
}

proptest! {
    #[test]
    fn a_share_is_whole_hands_out_all_that_fits_and_envies_nobody(
        wanted in proptest::collection::vec((1_i64..6, 0_usize..4, 1_i64..30, 1_i64..5), 1..12),
        pool in 0_i64..200,
        mode in 0_usize..3,
    ) {
        let mode = Mode::ALL[mode];
        // The tier is the account's.
        let claims: Vec<_> = wanted.iter().map(|(account, _, packs, portion)| Claim {
            claimant: claimant(*account, Tier::ALL[usize::try_from(*account).expect("small") % 4]),
            wanted: packs * portion,
            portion: *portion,
        }).collect();
        let given = share((mode, &Weights::default()), pool, &claims);
        let sum: i64 = given.iter().sum();
        prop_assert!(sum <= pool);
        for (claim, got) in claims.iter().zip(&given) {
            prop_assert!(*got >= 0 && *got <= claim.wanted && got % claim.portion == 0);
            // What is left fits nobody who still wants something.
            prop_assert!(*got == claim.wanted || pool - sum < claim.portion);
        }
        if claims.iter().all(|claim| claim.portion == 1) {
            prop_assert_eq!(sum, pool.min(claims.iter().map(|claim| claim.wanted).sum()));
        }
    }

    #[test]
    fn in_single_pieces_nobody_has_a_piece_more_than_the_level_allows(
        wanted in proptest::collection::vec(1_i64..60, 2..8), pool in 0_i64..200,
    ) {
        let claims: Vec<_> = wanted.iter().zip(1_i64..).map(|(wanted, account)| Claim {
            claimant: claimant(account, Tier::Gold), wanted: *wanted, portion: 1,
        }).collect();
        let given = share((Mode::FairShare, &Weights::default()), pool, &claims);
        let most = given.iter().max().copied().unwrap_or_default();
        for (got, wanted) in given.iter().zip(&wanted) {
            prop_assert!(*got == *wanted || *got >= most - 1, "{:?} of {:?}", given, wanted);
        }
    }
}
