//! Who is served first: tables and properties.

mod at_random;

use proptest::prelude::*;

use super::*;
use crate::ids::StockId;

fn at(minute: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 23)
        .and_then(|d| d.and_hms_opt(9, minute, 0))
        .expect("a time")
}

fn line(
    id: i64,
    tier: Tier,
    order_class: OrderClass,
    requested_on: Option<&str>,
    minute: u32,
    wants: i64,
    portion: i64,
) -> Waiting {
    let requested_on = requested_on.map(|day| day.parse().expect("a day"));
    Waiting {
        order_line_id: OrderLineId(id),
        product_id: ProductId(1),
        account_id: None,
        rank: Rank {
            tier,
            order_class,
            requested_on,
            queued_at: at(minute),
            order_id: OrderId(id),
            position: 1,
        },
        backordered: wants,
        portion,
        lead_time_days: 0,
        site_id: None,
        has: 0,
    }
}

fn stock(free: i64) -> StockBook {
    StockBook::new(vec![Stock {
        id: StockId(1),
        product_id: ProductId(1),
        warehouse: "W".to_owned(),
        on_hand: free,
        reserved: 0,
    }])
}

fn check(lines: Vec<Waiting>, free: i64, expected: &[(i64, i64)]) {
    let decision = decide(ProductId(1), lines, &mut stock(free));
    let found: Vec<_> = decision
        .served()
        .map(|(line, share)| (line.order_line_id.0, share.quantity))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn tier_then_class_then_date_then_time_then_id_decide() {
    use OrderClass::{Critical, Standard};
    use Tier::{Gold, Platinum};
    check(
        vec![
            line(1, Gold, Critical, None, 0, 5, 1),
            line(2, Platinum, Standard, None, 9, 5, 1),
        ],
        5,
        &[(2, 5)],
    );
    check(
        vec![
            line(1, Gold, Standard, None, 0, 5, 1),
            line(2, Gold, Critical, None, 9, 5, 1),
        ],
        5,
        &[(2, 5)],
    );
    check(
        vec![
            line(1, Gold, Standard, None, 0, 5, 1),
            line(2, Gold, Standard, Some("2026-12-24"), 9, 5, 1),
        ],
        5,
        &[(2, 5)],
    );
    check(
        vec![
            line(1, Gold, Standard, Some("2026-12-24"), 0, 5, 1),
            line(2, Gold, Standard, Some("2026-12-01"), 9, 5, 1),
        ],
        5,
        &[(2, 5)],
    );
    check(
        vec![
            line(2, Gold, Standard, None, 1, 5, 1),
            line(1, Gold, Standard, None, 2, 5, 1),
        ],
        5,
        &[(2, 5)],
    );
    check(
        vec![
            line(2, Gold, Standard, None, 1, 5, 1),
            line(1, Gold, Standard, None, 1, 5, 1),
        ],
        5,
        &[(1, 5)],
    );
}

#[test]
fn whole_packs_only_and_the_next_takes_what_is_left() {
    use OrderClass::Standard;
    use Tier::{Gold, Silver};
    check(
        vec![
            line(1, Gold, Standard, None, 1, 24, 12),
            line(2, Silver, Standard, None, 1, 5, 1),
        ],
        15,
        &[(1, 12), (2, 3)],
    );
    check(
        vec![
            line(1, Gold, Standard, None, 1, 24, 12),
            line(2, Silver, Standard, None, 1, 5, 1),
        ],
        11,
        &[(2, 5)],
    );
}

#[test]
fn reasons_say_enough_and_not_too_much() {
    let mut rank = line(1, Tier::Platinum, OrderClass::Critical, None, 0, 5, 1).rank;
    let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
    let staff =
        |rank: &Rank| reason_for_staff((3, 7, Mode::Strict), rank, day("2026-11-02"), day("2026-11-23")).to_string();
    assert_eq!(staff(&rank), "rank 3 of 7: platinum, critical, waits since 2 Nov");
    rank.requested_on = Some(day("2027-01-05"));
    assert_eq!(
        staff(&rank),
        "rank 3 of 7: platinum, critical, wanted by 5 Jan 2027, waits since 2 Nov"
    );
    let cartons = OrderQuantity {
        ordered: Quantity::new(5, 0),
        base_steps: 60,
    };
    let shared = reason_for_staff((3, 7, Mode::FairShare), &rank, day("2026-11-02"), day("2026-11-23"));
    assert_eq!(
        shared.to_string(),
        "fair share among 7 waiting lines: platinum, critical, wanted by 5 Jan 2027, waits since 2 Nov"
    );
    for (got, others, expected) in [
        (36, Others::ByRank, "3 of 5 now; orders with a higher rank came first"),
        (36, Others::Nobody, "3 of 5 now; the rest waits for stock"),
        (
            36,
            Others::Shared,
            "3 of 5 now; what comes is shared among all who wait",
        ),
        (60, Others::ByRank, "5 of 5 now"),
        (0, Others::ByRank, "0 of 5 now; orders with a higher rank came first"),
    ] {
        assert_eq!(reason_for_account(got, cartons, others).to_string(), expected);
    }
}

proptest! {
    #[test]
    fn never_more_than_is_free_and_the_same_from_any_order(
        lines in proptest::collection::vec((0_usize..4, 0_usize..3, 0_u32..5, 1_i64..20, 1_i64..7), 1..12),
        free in 0_i64..100,
        rotate in 0_usize..12,
    ) {
        let waiting: Vec<_> = lines.iter().zip(1_i64..).map(|((tier, class, minute, packs, portion), id)| {
            line(id, Tier::ALL[*tier], OrderClass::ALL[*class], None, *minute, packs * portion, *portion)
        }).collect();
        let decision = decide(ProductId(1), waiting.clone(), &mut stock(free));
        prop_assert!(decision.shares.iter().map(|share| share.quantity).sum::<i64>() <= free);
        let mut turned = waiting.clone();
        let by = rotate % turned.len();
        turned.rotate_left(by);
        prop_assert_eq!(&decide(ProductId(1), turned, &mut stock(free)), &decision);
        prop_assert_eq!(&replay(ProductId(1), &decision.input), &decision.shares);
        for (line, share) in decision.input.waiting.iter().zip(&decision.shares) {
            prop_assert!(share.quantity <= line.backordered && share.quantity % line.portion == 0);
        }
        // Whoever got less than they could use came after everybody who got something of what was left then.
        let mut left = free;
        for share in &decision.shares {
            let line = waiting.iter().find(|line| line.order_line_id == share.order_line_id).expect("it waited");
            prop_assert_eq!(share.quantity, line.backordered.min(left) / line.portion * line.portion);
            left -= share.quantity;
        }
    }
}
