//! Who is served first. Deterministic: the result depends on the rows alone, not on their order. A decision keeps all it
//! was made from, so that it can be made again.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::cmp::Ordering;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::accounts::rules::Tier;
use crate::catalogue::rules::OrderQuantity;
use crate::ids::{OrderId, OrderLineId, ProductId};
use crate::inventory::rules::{Stock, StockBook, Take};
use crate::names::names;
use crate::orders::rules::OrderClass;
use crate::orders::sentences;
use crate::quantity::Quantity;
use crate::sentences::{Count, Day, Sentence};

names! {
    /// What made stock free, or asked for it.
    pub enum CauseName as AllocationCause {
        /// A new order takes what nobody waits for.
        OrderPlaced = "order_placed",
        /// An order was called off.
        OrderCancelled = "order_cancelled",
        /// An order was put on hold.
        OrderHeld = "order_held",
        /// An order came back into the queue.
        OrderReleased = "order_released",
        /// Stock was counted.
        StockCounted = "stock_counted",
        /// Goods were received.
        GoodsReceived = "goods_received",
    }
}

/// A place in the queue; smaller is served first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rank {
    /// Tier of the account, best first.
    pub tier: Tier,
    /// Class of the order, most urgent first.
    pub order_class: OrderClass,
    /// The earliest first, none last.
    pub requested_on: Option<NaiveDate>,
    /// The longest waiting first.
    pub queued_at: NaiveDateTime,
    /// The older order first.
    pub order_id: OrderId,
    /// The upper line first.
    pub position: i32,
}

impl Ord for Rank {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |rank: &Self| {
            let date = (rank.requested_on.is_none(), rank.requested_on);
            let age = (rank.queued_at, rank.order_id, rank.position);
            (rank.tier, rank.order_class, date, age)
        };
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A line that waits for stock; quantities are base steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    pub order_line_id: OrderLineId,
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

/// What a line got; quantities are base steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    pub order_line_id: OrderLineId,
    /// Its place among all that waited, from 1.
    pub rank: i64,
    /// What it waited for.
    pub wanted: i64,
    /// What it got.
    pub quantity: i64,
    pub takes: Vec<Take>,
}

impl Share {
    /// True if the line waits for nothing any more.
    pub fn is_complete(&self) -> bool {
        self.quantity == self.wanted
    }
}

/// All that a decision is made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// The product's stock before.
    pub stock: Vec<Stock>,
    /// The lines by rank, up to the one that took the last of it.
    pub waiting: Vec<Waiting>,
    /// How many lines waited in all.
    pub waiting_count: i64,
}

/// Who got how much of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub product_id: ProductId,
    /// What it was made from.
    pub input: Input,
    /// One share for each line of the input, in its order.
    pub shares: Vec<Share>,
}

impl Decision {
    /// The lines that got something, with what they got.
    pub fn served(&self) -> impl Iterator<Item = (&Waiting, &Share)> {
        let all = self.input.waiting.iter().zip(&self.shares);
        all.filter(|(_, share)| share.quantity > 0)
    }

    /// True if the same comes of the recorded input again.
    pub fn is_repeatable(&self) -> bool {
        replay(self.product_id, &self.input) == self.shares
    }

    /// True if there was something, but not enough for everybody.
    pub fn is_scarce(&self) -> bool {
        let decided = i64::try_from(self.shares.len()).unwrap_or(i64::MAX);
        let enough = decided == self.input.waiting_count && self.shares.iter().all(Share::is_complete);
        decided > 0 && !enough
    }
}

/// Hands what is free of a product to the lines that wait for it, in the order of their ranks; a line that can't use
/// what is left lets the next one have it. What is handed out is counted as reserved in `stock`.
pub fn decide(product_id: ProductId, mut waiting: Vec<Waiting>, stock: &mut StockBook) -> Decision {
    waiting.sort_by_key(|line| line.rank);
    let waiting_count = i64::try_from(waiting.len()).unwrap_or(i64::MAX);
    let before = stock.of(product_id).to_vec();
    let mut shares = Vec::new();
    for (rank, line) in (1..).zip(&waiting) {
        if stock.of(product_id).iter().all(|row| row.free() <= 0) {
            break;
        }
        let takes = stock.take(product_id, line.backordered, line.portion);
        shares.push(Share {
            order_line_id: line.order_line_id,
            rank,
            wanted: line.backordered,
            quantity: takes.iter().map(|take| take.quantity).sum(),
            takes,
        });
    }
    waiting.truncate(shares.len());
    Decision {
        product_id,
        input: Input {
            stock: before,
            waiting,
            waiting_count,
        },
        shares,
    }
}

/// Makes a recorded decision again.
pub fn replay(product_id: ProductId, input: &Input) -> Vec<Share> {
    let mut stock = StockBook::new(input.stock.clone());
    decide(product_id, input.waiting.clone(), &mut stock).shares
}

/// Why a line stands where it stands, for staff: `rank 3 of 7: platinum, critical, waits since 2 Nov`. `waits_since` and
/// `today` are days of the supplier's zone.
pub fn reason_for_staff(
    place: impl Count,
    of: impl Count,
    rank: &Rank,
    waits_since: NaiveDate,
    today: NaiveDate,
) -> Sentence {
    let importance = importance(rank.tier, rank.order_class, rank.requested_on, waits_since, today);
    sentences::rank_of(place, of, importance)
}

/// What a place in the queue follows from: `platinum, critical, wanted by 24 Dec, waits since 2 Nov`.
pub fn importance(
    tier: Tier,
    order_class: OrderClass,
    requested_on: Option<NaiveDate>,
    waits_since: NaiveDate,
    today: NaiveDate,
) -> Sentence {
    let (tier, class, since) = (tier.name(), order_class.name(), Day::on(waits_since, today));
    match requested_on {
        None => sentences::waits(tier, class, since),
        Some(wanted) => sentences::waits_and_wanted(tier, class, Day::on(wanted, today), since),
    }
}

/// What a line has of what was ordered, for the account; says nothing of anybody else but that they came first:
/// `40 of 60 now; orders with a higher rank came first`. `got_steps` are base steps, the text is in the ordered unit.
pub fn reason_for_account(got_steps: i64, ordered: OrderQuantity, others_came_first: bool) -> Sentence {
    let base = i128::from(ordered.base_steps).max(1);
    let steps = i128::from(got_steps) * i128::from(ordered.ordered.steps) / base;
    let got = Quantity::new(i64::try_from(steps).unwrap_or(i64::MAX), ordered.ordered.decimals);
    let all = ordered.ordered;
    if got_steps >= ordered.base_steps {
        sentences::got_all(got, all)
    } else if others_came_first {
        sentences::others_came_first(got, all)
    } else {
        sentences::rest_waits(got, all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::StockId;
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
        let staff = |rank: &Rank| reason_for_staff(3, 7, rank, day("2026-11-02"), day("2026-11-23")).to_string();
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
        for (got, others_first, expected) in [
            (36, true, "3 of 5 now; orders with a higher rank came first"),
            (36, false, "3 of 5 now; the rest waits for stock"),
            (60, true, "5 of 5 now"),
            (0, true, "0 of 5 now; orders with a higher rank came first"),
        ] {
            assert_eq!(reason_for_account(got, cartons, others_first).to_string(), expected);
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
}
