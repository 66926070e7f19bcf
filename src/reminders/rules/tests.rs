//! Levels over month ends and leap days, whatever is excluded, interest, and when orders are held.

use proptest::prelude::*;

use super::holding::{Held, Step, step, step_at};
use super::*;
use crate::clock::day_in;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn level(days_overdue: i32, days_between: i32) -> Level {
    Level {
        days_overdue,
        days_between,
        fee_minor: 500,
        interest_ppm: 91_200,
        text_en: None,
        text_de: None,
    }
}

fn euro() -> Currency {
    Currency::from_code("EUR").expect("known")
}

fn policy() -> Policy {
    Policy {
        id: ReminderPolicyId(1),
        code: "HOUSE".to_owned(),
        name: "House".to_owned(),
        currency: euro(),
        smallest_minor: 1_000,
        levels: vec![level(3, 0), level(10, 7), level(20, 7)],
        hold_level: Some(3),
        hold_days: Some(30),
    }
}

fn item(due_on: &str) -> Item {
    Item {
        invoice_id: InvoiceId(1),
        number: "2026-000001".to_owned(),
        due_on: day(due_on),
        open_minor: 10_000,
        level: 0,
        reminded_on: None,
        interest_until: None,
        disputed: None,
        promised_until: None,
        is_taken_out: false,
    }
}

fn debtor(items: Vec<Item>) -> Debtor {
    Debtor {
        currency: euro(),
        is_closed: false,
        is_excluded: false,
        has_address: true,
        on_account_minor: 0,
        policy_id: Some(ReminderPolicyId(1)),
        is_taken_out: false,
        items,
    }
}

fn reminded(due_on: &str, level: i32, on: &str) -> Item {
    Item {
        level,
        reminded_on: Some(day(on)),
        ..item(due_on)
    }
}

#[test]
fn a_level_is_reached_by_days_over_month_ends_and_leap_days() {
    for (item, today, expected) in [
        (item("2028-02-27"), "2028-02-29", 0),
        (item("2028-02-27"), "2028-03-01", 1),
        (item("2027-02-27"), "2027-03-01", 0),
        (item("2027-02-27"), "2027-03-02", 1),
        (item("2026-12-30"), "2027-01-01", 0),
        (item("2026-12-30"), "2027-01-02", 1),
        // However late it is: one step at a time.
        (item("2025-01-31"), "2026-11-30", 1),
        (reminded("2026-11-10", 1, "2026-11-13"), "2026-11-19", 1),
        (reminded("2026-11-10", 1, "2026-11-13"), "2026-11-20", 2),
        (reminded("2025-11-10", 1, "2026-11-28"), "2026-11-30", 1),
        (reminded("2026-10-10", 2, "2026-11-30"), "2026-11-30", 2),
        (reminded("2026-10-10", 3, "2026-11-01"), "2026-11-30", 3),
    ] {
        assert_eq!(policy().level_on(&item, day(today)), expected, "{item:?} on {today}");
    }
}

#[test]
fn the_day_is_the_houses() {
    let zone: chrono_tz::Tz = "Pacific/Auckland".parse().expect("a zone");
    let at = |text: &str| text.parse::<chrono::NaiveDateTime>().expect("a moment");
    let item = item("2026-11-27");
    // Eleven in the morning of the 30th there is ten in the evening of the 29th in Greenwich.
    assert_eq!(policy().level_on(&item, day_in(zone, at("2026-11-29T10:59:59"))), 0);
    assert_eq!(policy().level_on(&item, day_in(zone, at("2026-11-29T11:00:00"))), 1);
    assert_eq!(
        policy().level_on(&item, day_in(chrono_tz::UTC, at("2026-11-29T11:00:00"))),
        0
    );
}

#[test]
fn whoever_is_not_reminded_has_a_reason() {
    use Excluded::*;
    let today = day("2026-11-30");
    let check = |debtor: Debtor, with_policy: bool, expected: Outcome| {
        let policy = with_policy.then(policy);
        assert_eq!(assess(&debtor, policy.as_ref(), today).outcome, expected, "{debtor:?}");
    };
    let late = || item("2026-11-01");
    let one = |item| debtor(vec![item]);
    check(one(late()), true, Outcome::Remind { level: 1 });
    check(one(late()), false, Outcome::Excluded(NoPolicy));
    check(
        one(Item {
            disputed: Some("damaged".to_owned()),
            ..late()
        }),
        true,
        Outcome::Excluded(Disputed),
    );
    let promised = |until| Item {
        promised_until: Some(day(until)),
        ..late()
    };
    check(one(promised("2026-11-30")), true, Outcome::Excluded(Promised));
    check(one(promised("2026-11-29")), true, Outcome::Remind { level: 1 });
    check(
        one(Item {
            is_taken_out: true,
            ..late()
        }),
        true,
        Outcome::Excluded(TakenOut),
    );
    check(
        one(Item {
            open_minor: 999,
            ..late()
        }),
        true,
        Outcome::Excluded(BelowSmallest),
    );
    check(
        one(Item {
            open_minor: 1_000,
            ..late()
        }),
        true,
        Outcome::Remind { level: 1 },
    );
    check(one(item("2026-11-30")), true, Outcome::Excluded(NothingDue));
    check(
        one(reminded("2026-11-01", 3, "2026-11-02")),
        true,
        Outcome::Excluded(NothingDue),
    );
    let with = |change: fn(&mut Debtor)| {
        let mut debtor = one(late());
        change(&mut debtor);
        debtor
    };
    check(
        with(|debtor| debtor.is_closed = true),
        true,
        Outcome::Excluded(AccountClosed),
    );
    check(
        with(|debtor| debtor.is_excluded = true),
        true,
        Outcome::Excluded(AccountExcluded),
    );
    check(
        with(|debtor| debtor.is_taken_out = true),
        true,
        Outcome::Excluded(TakenOut),
    );
    check(
        with(|debtor| debtor.has_address = false),
        true,
        Outcome::Excluded(NoAddress),
    );
    check(
        with(|debtor| debtor.on_account_minor = 10_000),
        true,
        Outcome::Excluded(Covered),
    );
    check(
        with(|debtor| debtor.on_account_minor = 9_001),
        true,
        Outcome::Excluded(BelowSmallest),
    );
    check(
        with(|debtor| debtor.on_account_minor = 9_000),
        true,
        Outcome::Remind { level: 1 },
    );
    // The smallest amount of another currency says nothing.
    let dollars = Debtor {
        currency: Currency::from_code("USD").expect("known"),
        ..one(Item {
            open_minor: 1,
            ..late()
        })
    };
    check(dollars, true, Outcome::Remind { level: 1 });
    // The highest level that something reaches is the reminder's; what is asked for already is in it.
    let several = debtor(vec![
        reminded("2026-10-10", 2, "2026-11-01"),
        reminded("2026-11-01", 1, "2026-11-29"),
        Item {
            disputed: Some("damaged".to_owned()),
            ..late()
        },
        item("2026-12-24"),
    ]);
    let assessed = assess(&several, Some(&policy()), today);
    assert_eq!(assessed.outcome, Outcome::Remind { level: 3 });
    assert_eq!(assessed.overdue_minor, 20_000);
    assert_eq!(
        assessed.standings,
        [
            Standing::Overdue { level: 3, is_new: true },
            Standing::Overdue {
                level: 1,
                is_new: false
            },
            Standing::Excluded(Disputed),
            Standing::NotDue,
        ]
    );
}

#[test]
fn interest_is_of_days_by_365_and_never_twice_of_the_same() {
    for (due_on, until, today, open_minor, expected) in [
        ("2026-11-01", None, "2026-11-01", 10_000, 0),
        // 100.00 × 9.12 % × 29 / 365 = 0.7246
        ("2026-11-01", None, "2026-11-30", 10_000, 72),
        // A leap year has a day more: 100.00 × 9.12 % × 366 / 365 = 9.1450
        ("2028-01-01", None, "2029-01-01", 10_000, 914),
        ("2027-01-01", None, "2028-01-01", 10_000, 912),
        ("2026-11-01", Some("2026-11-20"), "2026-11-30", 10_000, 25),
        ("2026-11-01", Some("2026-11-30"), "2026-11-30", 10_000, 0),
        ("2026-12-01", None, "2026-11-30", 10_000, 0),
        ("2026-11-29", None, "2026-11-30", i64::MAX, 2_304_579_533_592_207),
    ] {
        let item = Item {
            open_minor,
            interest_until: until.map(day),
            ..item(due_on)
        };
        assert_eq!(
            policy().interest_minor(1, &item, day(today)),
            Some(expected),
            "{open_minor} due {due_on} on {today}"
        );
    }
    let free = Policy {
        levels: vec![Level {
            interest_ppm: 0,
            ..level(1, 0)
        }],
        ..policy()
    };
    assert_eq!(free.interest_minor(1, &item("2026-01-01"), day("2026-11-30")), Some(0));
}

#[test]
fn orders_are_held_a_day_after_the_manager_was_told_and_released_by_payment() {
    let late = vec![item("2026-10-31")];
    let held = |is_held, told: Option<&str>, stopped: Option<&str>| Held {
        is_held,
        told_on: told.map(day),
        told_at: None,
        stopped_until: stopped.map(day),
    };
    let at_level = vec![reminded("2026-11-20", 3, "2026-11-29")];
    let disputed = vec![Item {
        disputed: Some("damaged".to_owned()),
        ..item("2026-01-01")
    }];
    for (items, held, today, expected) in [
        (&late, held(false, None, None), "2026-11-28", Step::Stay),
        (&late, held(false, None, None), "2026-11-29", Step::Tell),
        (&late, held(false, Some("2026-11-29"), None), "2026-11-29", Step::Stay),
        (&late, held(false, Some("2026-11-29"), None), "2026-11-30", Step::Hold),
        // Nobody was told in time: first they are.
        (&late, held(false, None, None), "2026-12-24", Step::Tell),
        (&late, held(false, Some("2026-12-24"), None), "2026-12-24", Step::Stay),
        (&late, held(true, Some("2026-11-29"), None), "2026-12-01", Step::Stay),
        (
            &late,
            held(true, Some("2026-11-29"), Some("2026-12-01")),
            "2026-12-01",
            Step::Release,
        ),
        (
            &late,
            held(false, Some("2026-11-29"), Some("2026-12-10")),
            "2026-11-30",
            Step::Forget,
        ),
        (&late, held(false, None, Some("2026-12-10")), "2026-12-09", Step::Stay),
        (&late, held(false, None, Some("2026-12-10")), "2026-12-10", Step::Tell),
        (
            &at_level,
            held(false, Some("2026-11-29"), None),
            "2026-11-30",
            Step::Hold,
        ),
        (
            &disputed,
            held(true, Some("2026-11-29"), None),
            "2026-11-30",
            Step::Release,
        ),
        (
            &vec![],
            held(true, Some("2026-11-29"), None),
            "2026-11-30",
            Step::Release,
        ),
        (
            &vec![],
            held(false, Some("2026-11-29"), None),
            "2026-11-30",
            Step::Forget,
        ),
        (&vec![], held(false, None, None), "2026-11-30", Step::Stay),
    ] {
        assert_eq!(
            step(Some(&policy()), &debtor(items.clone()), held, day(today)),
            expected,
            "{held:?} on {today}"
        );
    }
    // What is on account covers it, or all but a cent.
    for (on_account_minor, expected) in [(10_000, Step::Release), (9_999, Step::Stay)] {
        let debtor = Debtor {
            on_account_minor,
            ..debtor(late.clone())
        };
        let done = step(Some(&policy()), &debtor, held(true, None, None), day("2026-12-24"));
        assert_eq!(done, expected, "{on_account_minor}");
    }
    assert_eq!(
        step(None, &debtor(late), held(true, None, None), day("2026-12-24")),
        Step::Release
    );
}

#[test]
fn a_day_lies_between_telling_and_holding_however_late_somebody_was_told() {
    let told = day("2026-11-29").and_hms_opt(22, 58, 0).expect("a moment");
    let held = Held {
        is_held: false,
        told_on: Some(day("2026-11-29")),
        told_at: Some(told),
        stopped_until: None,
    };
    let at = |held, minutes| {
        let now = told + chrono::TimeDelta::minutes(minutes);
        step_at(
            Some(&policy()),
            &debtor(vec![item("2026-10-31")]),
            held,
            now.date(),
            now,
        )
    };
    assert_eq!(at(held, 1), Step::Stay);
    assert_eq!(at(held, 63), Step::Stay, "on the next day");
    assert_eq!(at(held, 24 * 60 - 1), Step::Stay);
    assert_eq!(at(held, 24 * 60), Step::Hold);
    // Told before moments were kept.
    let before = Held { told_at: None, ..held };
    assert_eq!(at(before, 63), Step::Hold);
}

#[test]
fn a_promise_is_kept_by_payment_and_broken_after_its_day() {
    let on = day("2026-11-30");
    for (open, today, expected) in [
        (1, "2026-11-30", PromiseState::Open),
        (1, "2026-12-01", PromiseState::Broken),
        (0, "2026-12-01", PromiseState::Kept),
    ] {
        assert_eq!(PromiseState::of(open, on, day(today)), expected);
    }
}

#[test]
fn numbers_sort() {
    assert_eq!(number((2026, 42)), "R-2026-000042");
}

proptest! {
    /// Run by run, whatever the days between: a level never falls, never skips one, is never reached twice.
    #[test]
    fn levels_rise_one_by_one(gaps in proptest::collection::vec(0_u64..40, 1..30), late in 0_i64..60) {
        let policy = policy();
        let mut today = day("2027-12-20");
        let mut item = Item { due_on: today - chrono::TimeDelta::days(late), ..item("2027-01-01") };
        let mut reached = Vec::new();
        for gap in gaps {
            today = today + chrono::Days::new(gap);
            let before = item.level;
            let assessed = assess(&debtor(vec![item.clone()]), Some(&policy), today);
            let after = policy.level_on(&item, today);
            prop_assert!(after == before || after == before + 1);
            prop_assert_eq!(matches!(assessed.outcome, Outcome::Remind { .. }), after > before);
            if after > before {
                reached.push(after);
                if let Some(on) = item.reminded_on {
                    prop_assert!(today > on);
                }
                item = Item { level: after, reminded_on: Some(today), ..item };
            }
        }
        let expected: Vec<_> = (1..).take(reached.len()).collect();
        prop_assert_eq!(reached, expected);
    }

    /// What is paid is no item, so nobody is reminded who has none that is overdue.
    #[test]
    fn nobody_is_reminded_of_what_is_not_overdue(days in proptest::collection::vec(0_u64..90, 0..8)) {
        let today = day("2028-02-29");
        let items: Vec<_> = days.iter().map(|days| Item { due_on: today + chrono::Days::new(*days), ..item("2028-01-01") }).collect();
        let assessed = assess(&debtor(items), Some(&policy()), today);
        prop_assert_eq!(assessed.overdue_minor, 0);
        prop_assert_eq!(assessed.outcome, Outcome::Excluded(Excluded::NothingDue));
    }
}
