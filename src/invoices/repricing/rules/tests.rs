//! Differences are exact, of what is left alone, and never found twice.

use proptest::prelude::*;

use super::*;
use crate::money::UnitPrice;
use crate::pricing::rules::{Explanation, Level};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn standing(steps: i64, left: i64, micros: i64) -> Standing {
    let base_minor = steps * micros / 10_000;
    Standing {
        id: InvoiceLineId(1),
        invoice_id: InvoiceId(1),
        account_id: AccountId(1),
        quantity: OrderQuantity {
            ordered: Quantity::new(steps, 0),
            base_steps: steps,
        },
        base_unit: "H87".to_owned(),
        base_decimals: 0,
        currency: Currency::from_code("EUR").expect("a currency"),
        left,
        left_minor: base_minor * left / steps,
        base_minor,
        price: Price {
            unit_price: UnitPrice { micros },
            unit: "H87".to_owned(),
            base: 1,
            list: "BASE".to_owned(),
        },
        reckoning: None,
        is_corrected: false,
        priced_on: day("2026-11-01"),
    }
}

fn priced(micros: i64, list: &str) -> Priced {
    let unit_price = UnitPrice { micros };
    Priced {
        unit_price,
        price_unit: "H87".to_owned(),
        price_base: 1,
        pack_price: None,
        net_minor: 0,
        explanation: Explanation {
            level: Level::Contract,
            price_list: list.to_owned(),
            min_quantity: "0".to_owned(),
            unit_price: unit_price.to_string(),
            price_unit: "H87".to_owned(),
            price_base: 1,
            list_price: None,
            valid_from: None,
            valid_to: None,
            next_break: None,
            asked_quantity: None,
            strategy: None,
            site: None,
            counted: None,
            reckoning: None,
        },
    }
}

#[test]
fn a_difference_is_of_what_is_left() {
    for (left, micros, expected) in [
        // 10 at 9.00 in place of 10.00.
        (10, 9_000_000, Some(-1_000)),
        (10, 10_500_000, Some(500)),
        // Four were given back.
        (6, 9_000_000, Some(-600)),
        (0, 9_000_000, None),
        (10, 10_000_000, None),
    ] {
        let found = difference(standing(10, left, 10_000_000), &priced(micros, "C-1")).expect("fits");
        assert_eq!(found.map(|one| one.minor), expected, "{left} at {micros}");
    }
}

#[test]
fn never_more_is_credited_than_is_left() {
    // An amount was given back out of goodwill.
    let standing = Standing {
        left_minor: 300,
        ..standing(10, 10, 10_000_000)
    };
    let found = difference(standing, &priced(5_000_000, "C-1"))
        .expect("fits")
        .expect("one");
    assert_eq!((found.minor, found.should_minor), (-300, 5_000));
}

#[test]
fn a_list_is_where_a_price_comes_from_or_came_from() {
    let found = difference(standing(10, 10, 10_000_000), &priced(9_000_000, "C-1"))
        .expect("fits")
        .expect("one");
    for (list, expected) in [
        (None, true),
        (Some("C-1"), true),
        (Some("BASE"), true),
        (Some("C-2"), false),
    ] {
        assert_eq!(is_of(&found, list), expected, "{list:?}");
    }
}

#[test]
fn what_makes_no_sense_is_told_at_once() {
    let scope = |from: &str, to: &str| Scope {
        from: day(from),
        to: day(to),
        accounts: Vec::new(),
        price_list: None,
        note: Some("x".repeat(301)),
    };
    let today = day("2026-11-30");
    for (from, to, expected) in [
        ("2026-11-02", "2026-11-01", "/to"),
        ("2025-01-01", "2026-01-02", "/to"),
        ("2026-12-01", "2026-12-02", "/from"),
    ] {
        let Err(Error::Invalid(faults)) = checked(&scope(from, to), today, 64) else {
            panic!("{from} {to} is refused");
        };
        let places: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(places, [expected, "/note"]);
    }
}

proptest! {
    #[test]
    fn what_was_corrected_once_is_right(
        steps in 1_i64..5_000, micros in 1_i64..99_999_999, now in 1_i64..99_999_999,
    ) {
        let before = standing(steps, steps, micros);
        if let Some(found) = difference(before.clone(), &priced(now, "C-1")).expect("fits") {
            // All of it is left, so that it comes to the right price to the cent.
            prop_assert_eq!(before.base_minor + found.minor, found.should_minor);
            let after = Standing { base_minor: found.should_minor, price: found.price, ..before };
            prop_assert_eq!(difference(after, &priced(now, "C-1")).expect("fits"), None);
        }
    }
}
