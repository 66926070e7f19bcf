//! Who is served first. Deterministic: the result depends on the rows alone, not on their order.

use chrono::{NaiveDate, NaiveDateTime};

use super::OrderClass;
use crate::accounts::rules::Tier;
use crate::ids::{OrderId, OrderLineId, ProductId};
use crate::inventory::rules::{StockBook, Take};

/// A place in the queue; smaller is served first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    /// Tier of the account, best first.
    pub tier: Tier,
    /// Class of the order, most urgent first.
    pub order_class: OrderClass,
    /// No requested date comes last.
    pub without_date: bool,
    /// The earliest first.
    pub requested_on: Option<NaiveDate>,
    /// The longest waiting first.
    pub queued_at: NaiveDateTime,
    /// The older order first.
    pub order_id: OrderId,
    /// The upper line first.
    pub position: i32,
}

/// A line that waits for stock; quantities are base steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The line.
    pub order_line_id: OrderLineId,
    /// Its product.
    pub product_id: ProductId,
    /// Where it stands.
    pub rank: Rank,
    /// How much it waits for.
    pub backordered: i64,
    /// What it is handed out in.
    pub portion: i64,
    /// Days from reservation to delivery.
    pub lead_time_days: i32,
}

/// What a waiting line got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// The line.
    pub order_line_id: OrderLineId,
    /// From where.
    pub takes: Vec<Take>,
    /// How much in all.
    pub quantity: i64,
    /// True if it waits for nothing any more.
    pub is_complete: bool,
    /// Days from reservation to delivery.
    pub lead_time_days: i32,
}

/// Hands what is free to the waiting lines in the order of their ranks; a line that can't use what is left lets the
/// next one have it. What is handed out is counted as reserved in `stock`.
pub fn serve(mut waiting: Vec<Waiting>, stock: &mut StockBook) -> Vec<Served> {
    waiting.sort_by_key(|line| line.rank);
    let mut served = Vec::new();
    for line in waiting {
        let takes = stock.take(line.product_id, line.backordered, line.portion);
        let quantity: i64 = takes.iter().map(|take| take.quantity).sum();
        if quantity > 0 {
            served.push(Served {
                order_line_id: line.order_line_id,
                takes,
                quantity,
                is_complete: quantity == line.backordered,
                lead_time_days: line.lead_time_days,
            });
        }
    }
    served
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::StockId;
    use crate::inventory::rules::Stock;
    use proptest::prelude::*;

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
            rank: Rank {
                tier,
                order_class,
                without_date: requested_on.is_none(),
                requested_on,
                queued_at: at(minute),
                order_id: OrderId(id),
                position: 1,
            },
            backordered: wants,
            portion,
            lead_time_days: 0,
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
        let served = serve(lines, &mut stock(free));
        let found: Vec<_> = served.iter().map(|s| (s.order_line_id.0, s.quantity)).collect();
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
            let served = serve(waiting.clone(), &mut stock(free));
            prop_assert!(served.iter().map(|s| s.quantity).sum::<i64>() <= free);
            let mut turned = waiting.clone();
            let by = rotate % turned.len();
            turned.rotate_left(by);
            prop_assert_eq!(&serve(turned, &mut stock(free)), &served);
            for s in &served {
                let line = waiting.iter().find(|w| w.order_line_id == s.order_line_id).expect("it waited");
                prop_assert!(s.quantity <= line.backordered && s.quantity % line.portion == 0);
            }
        }
    }
}
