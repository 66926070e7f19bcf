//! Who is served first. Deterministic: the result depends on the rows alone, not on their order. A decision keeps all it
//! was made from, so that it can be made again.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

mod sharing;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use self::sharing::by_policy;
use crate::accounts::rules::Tier;
use crate::catalogue::rules::OrderQuantity;
use crate::ids::{AccountId, OrderId, OrderLineId, ProductId, QuotaId, SiteId};
use crate::inventory::quotas::rules::{Mode, Policy};
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
        /// An order was changed.
        OrderChanged = "order_changed",
        /// Stock was counted.
        StockCounted = "stock_counted",
        /// Goods were received.
        GoodsReceived = "goods_received",
        /// What was kept for some is everybody's.
        QuotaReleased = "quota_released",
        /// Quotas or modes were changed.
        QuotaChanged = "quota_changed",
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
    /// Whose it is; decisions by rank alone don't record it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<AccountId>,
    /// Where it stands.
    pub rank: Rank,
    /// How much it waits for.
    pub backordered: i64,
    /// What it is handed out in.
    pub portion: i64,
    /// Days from reservation to delivery.
    pub lead_time_days: i32,
    /// Where it goes; who is served does not depend on it.
    #[serde(skip)]
    pub site_id: Option<SiteId>,
    /// What it has already, reserved or on its way; who is served does not depend on it.
    #[serde(skip)]
    pub has: i64,
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
    /// What of it was drawn of quotas.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drawn: Vec<Drawn>,
}

/// What a line drew of a quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    pub quota_id: QuotaId,
    /// First day of the quota's period.
    pub starts_on: NaiveDate,
    /// Base steps.
    pub quantity: i64,
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
    /// By what it was handed out.
    #[serde(default, skip_serializing_if = "Policy::is_plain")]
    pub policy: Policy,
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

    /// The place of a share from 1, among how many lines, handed out by which mode.
    pub fn place_of(&self, share: &Share) -> (i64, i64, Mode) {
        (share.rank, self.input.waiting_count, self.input.policy.mode)
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

/// Hands what is free of a product to the lines that wait for it, by the policy of the product in `stock`; by rank, a line that
/// can't use what is left lets the next one have it. What is handed out is counted as reserved in `stock`.
pub fn decide(product_id: ProductId, mut waiting: Vec<Waiting>, stock: &mut StockBook) -> Decision {
    waiting.sort_by_key(|line| line.rank);
    let waiting_count = i64::try_from(waiting.len()).unwrap_or(i64::MAX);
    let before = stock.of(product_id).to_vec();
    let policy = stock.policy(product_id);
    let shares = match policy.is_plain() {
        true => by_rank(product_id, &waiting, stock),
        false => by_policy(product_id, &waiting, &policy, stock),
    };
    waiting.truncate(shares.len());
    if policy.is_plain() {
        waiting.iter_mut().for_each(|line| line.account_id = None);
    }
    Decision {
        product_id,
        input: Input {
            stock: before,
            waiting,
            waiting_count,
            policy,
        },
        shares,
    }
}

fn by_rank(product_id: ProductId, waiting: &[Waiting], stock: &mut StockBook) -> Vec<Share> {
    let mut shares = Vec::new();
    for (rank, line) in (1..).zip(waiting) {
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
            drawn: Vec::new(),
        });
    }
    shares
}

/// Makes a recorded decision again.
pub fn replay(product_id: ProductId, input: &Input) -> Vec<Share> {
    let mut stock = StockBook::new(input.stock.clone());
    stock.set_policy(product_id, input.policy.clone());
    decide(product_id, input.waiting.clone(), &mut stock).shares
}

/// Why a line stands where it stands, for staff: `rank 3 of 7: platinum, critical, waits since 2 Nov`, or, where what there is is
/// shared, by which mode. `waits_since` and `today` are days of the supplier's zone.
pub fn reason_for_staff(
    (place, of, mode): (impl Count, impl Count, Mode),
    rank: &Rank,
    waits_since: NaiveDate,
    today: NaiveDate,
) -> Sentence {
    let importance = importance(rank.tier, rank.order_class, rank.requested_on, waits_since, today);
    match mode {
        Mode::Strict => sentences::rank_of(place, of, importance),
        Mode::FairShare => sentences::fair_share_among(of, importance),
        Mode::Proportional => sentences::proportional_share_among(of, importance),
    }
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

/// How others got what a line waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// Nobody did.
    Nobody,
    /// They came first.
    ByRank,
    /// All who wait get a share.
    Shared,
}

/// What a line has of what was ordered, for the account; says nothing of anybody else but how they came first:
/// `40 of 60 now; orders with a higher rank came first`. `got_steps` are base steps, the text is in the ordered unit.
pub fn reason_for_account(got_steps: i64, ordered: OrderQuantity, others: Others) -> Sentence {
    let (got, all) = (in_ordered_unit(got_steps, ordered), ordered.ordered);
    match others {
        _ if got_steps >= ordered.base_steps => sentences::got_all(got, all),
        Others::ByRank => sentences::others_came_first(got, all),
        Others::Shared => sentences::shared_among_all(got, all),
        Others::Nobody => sentences::rest_waits(got, all),
    }
}

/// The same of a line whose rest is promised of what is expected: `40 of 60 now; the rest of expected goods by 12 Dec`.
pub fn reason_of_expected(got_steps: i64, ordered: OrderQuantity, by: NaiveDate) -> Sentence {
    sentences::rest_is_expected(in_ordered_unit(got_steps, ordered), ordered.ordered, by)
}

fn in_ordered_unit(base_steps: i64, ordered: OrderQuantity) -> Quantity {
    let base = i128::from(ordered.base_steps).max(1);
    let steps = i128::from(base_steps) * i128::from(ordered.ordered.steps) / base;
    Quantity::new(i64::try_from(steps).unwrap_or(i64::MAX), ordered.ordered.decimals)
}
