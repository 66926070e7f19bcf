//! What closes an invoice and what doesn't.

use proptest::prelude::*;

use super::*;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).expect("a day")
}

fn discount(until: u32, minor: i64) -> Discount {
    Discount {
        until: day(until),
        taken_until: day(until),
        percent_ppm: 20_000,
        minor,
    }
}

fn item(id: i64, open_minor: i64, discounts: &[Discount]) -> Item {
    Item {
        id: InvoiceId(id),
        open_minor,
        discounts: discounts.to_vec(),
        slack_minor: 1,
    }
}

fn money(minor: i64, on: u32) -> Money {
    Money {
        minor,
        charges_minor: 0,
        on: day(on),
    }
}

const HALF: Tolerance = Tolerance {
    max_minor: 50,
    max_ppm: None,
};

/// Invoice, kind and amount of what is given up.
fn given(settled: &Settled) -> Vec<(i64, WriteOffKind, i64)> {
    settled
        .given
        .iter()
        .map(|one| (one.id.0, one.kind, one.minor))
        .collect()
}

#[test]
fn who_pays_in_time_keeps_the_discount_and_who_is_late_does_not() {
    let one = [item(1, 100_000, &[discount(7, 3_000), discount(14, 2_000)])];
    let of = |minor, on| settle(money(minor, on), &one, Tolerance::default(), true);
    assert_eq!(given(&of(97_000, 7)), [(1, WriteOffKind::CashDiscount, 3_000)]);
    assert_eq!(of(97_000, 7).applied, [(InvoiceId(1), 97_000)]);
    // Within the first days somebody may be content with the second step.
    assert_eq!(given(&of(98_000, 5)), [(1, WriteOffKind::CashDiscount, 2_000)]);
    assert_eq!(given(&of(98_000, 14)), [(1, WriteOffKind::CashDiscount, 2_000)]);
    // By rate the payer came to a cent more or less.
    assert_eq!(given(&of(98_001, 14)), [(1, WriteOffKind::CashDiscount, 1_999)]);
    assert_eq!(given(&of(97_999, 14)), [(1, WriteOffKind::CashDiscount, 2_001)]);
    // The first step was until the 7th; of the second it is too much.
    assert_eq!(given(&of(97_000, 8)), []);
    let late = of(98_000, 15);
    assert_eq!((given(&late), late.late.len()), (vec![], 1));
    assert_eq!(late.applied, [(InvoiceId(1), 98_000)]);
    // In full: no discount, whatever the day.
    assert_eq!(given(&of(100_000, 5)), []);
    assert_eq!(of(100_500, 5).on_account_minor, 500);
}

#[test]
fn a_late_discount_is_no_small_difference() {
    let one = [item(1, 1_000, &[discount(7, 20)])];
    let settled = settle(money(980, 8), &one, HALF, true);
    assert_eq!((given(&settled), settled.late.len()), (vec![], 1));
}

#[test]
fn small_differences_are_given_up_within_amount_and_share() {
    let one = [item(1, 10_000, &[])];
    let of = |minor, tolerance| given(&settle(money(minor, 1), &one, tolerance, true));
    assert_eq!(of(9_950, HALF), [(1, WriteOffKind::SmallDifference, 50)]);
    assert_eq!(of(9_949, HALF), []);
    assert_eq!(of(9_950, Tolerance::default()), []);
    let share = Tolerance {
        max_minor: 50,
        max_ppm: Some(1_000),
    };
    assert_eq!(of(9_990, share), [(1, WriteOffKind::SmallDifference, 10)]);
    assert_eq!(of(9_989, share), []);
    // Beside a discount.
    let one = [item(1, 10_000, &[discount(7, 200)])];
    let settled = settle(money(9_770, 3), &one, HALF, true);
    assert_eq!(
        given(&settled),
        [
            (1, WriteOffKind::CashDiscount, 200),
            (1, WriteOffKind::SmallDifference, 30)
        ]
    );
}

#[test]
fn what_the_bank_kept_is_told_apart() {
    let one = [item(1, 10_000, &[discount(7, 200)])];
    let of = |minor, charges_minor| {
        let money = Money {
            minor,
            charges_minor,
            on: day(2),
        };
        given(&settle(money, &one, HALF, true))
    };
    assert_eq!(of(9_300, 700), [(1, WriteOffKind::BankCharges, 700)]);
    assert_eq!(
        of(9_100, 700),
        [
            (1, WriteOffKind::CashDiscount, 200),
            (1, WriteOffKind::BankCharges, 700)
        ]
    );
    assert_eq!(of(9_200, 500), []);
}

#[test]
fn several_invoices_are_meant_together() {
    let two = [
        item(1, 10_000, &[discount(7, 200)]),
        item(2, 5_000, &[discount(7, 100)]),
    ];
    let settled = settle(money(14_700, 3), &two, Tolerance::default(), true);
    assert_eq!(
        given(&settled),
        [
            (1, WriteOffKind::CashDiscount, 200),
            (2, WriteOffKind::CashDiscount, 100)
        ]
    );
    assert_eq!(settled.applied, [(InvoiceId(1), 9_800), (InvoiceId(2), 4_900)]);
    // Nothing is named: the first is closed, the second stays.
    let settled = settle(money(9_800, 3), &two, Tolerance::default(), false);
    assert_eq!(given(&settled), [(1, WriteOffKind::CashDiscount, 200)]);
    let settled = settle(money(14_700, 3), &two, Tolerance::default(), false);
    assert_eq!(settled.given.len(), 2);
    let settled = settle(money(12_000, 3), &two, Tolerance::default(), false);
    assert_eq!(settled.applied, [(InvoiceId(1), 10_000), (InvoiceId(2), 2_000)]);
}

proptest! {
    #[test]
    fn no_money_comes_or_goes(
        amount in 1_i64..30_000,
        charges in 0_i64..40,
        on in 1_u32..28,
        most in 0_i64..60,
        are_named in any::<bool>(),
        opens in proptest::collection::vec((1_i64..9_000, 0_i64..100, 1_u32..28), 0..6),
    ) {
        let items: Vec<_> = (1..)
            .zip(&opens)
            .map(|(id, (open, part, until))| item(id, *open, &[discount(*until, (*part).min(*open))]))
            .collect();
        let money = Money { minor: amount, charges_minor: charges, on: day(on) };
        let tolerance = Tolerance { max_minor: most, max_ppm: None };
        let settled = settle(money, &items, tolerance, are_named);
        let applied: i64 = settled.applied.iter().map(|(_, minor)| minor).sum();
        prop_assert_eq!(applied + settled.on_account_minor, amount);
        for item in &items {
            let paid: i64 = settled.applied.iter().filter(|(id, _)| *id == item.id).map(|(_, minor)| minor).sum();
            let given: i64 = settled.given.iter().filter(|one| one.id == item.id).map(|one| one.minor).sum();
            prop_assert!(paid >= 0 && given >= 0 && paid + given <= item.open_minor);
            // Whatever is given up closes the invoice.
            prop_assert!(given == 0 || paid + given == item.open_minor);
        }
        let difference: i64 = settled
            .given
            .iter()
            .filter(|one| one.kind == WriteOffKind::SmallDifference)
            .map(|one| one.minor)
            .sum();
        prop_assert!(difference <= most);
    }
}
