//! A thousand queues, supplies and modes as if by chance: nothing is handed out that is not there, or that is kept for others.

use std::collections::HashMap;

use chrono::NaiveDate;
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};

use super::super::{Decision, Input, Rank, Waiting, decide, replay};
use crate::accounts::rules::Tier;
use crate::ids::{AccountId, OrderId, OrderLineId, ProductId, QuotaId, StockId};
use crate::inventory::quotas::rules::{Holder, Kept, Mode, Policy, Weights};
use crate::inventory::rules::{Stock, StockBook};
use crate::orders::rules::OrderClass;

/// An order's line: account, class, day, minute, portions, what a portion is.
type Wish = (i64, usize, u32, u32, i64, i64);
/// Whom a quota is for, an account or a tier, and what is left of it.
type Quota = (bool, i64, i64);

/// The tier is the account's.
fn tier(account: i64) -> Tier {
    Tier::ALL[usize::try_from(account).expect("small") % Tier::ALL.len()]
}

fn line(place: usize, (account, class, day, minute, portions, portion): Wish) -> Waiting {
    let id = i64::try_from(place).expect("few") + 1;
    Waiting {
        order_line_id: OrderLineId(id),
        product_id: ProductId(1),
        account_id: Some(AccountId(account)),
        rank: Rank {
            tier: tier(account),
            order_class: OrderClass::ALL[class],
            requested_on: (day > 0).then(|| NaiveDate::from_ymd_opt(2026, 12, day).expect("a day")),
            queued_at: super::at(minute),
            order_id: OrderId(id),
            position: 1,
        },
        backordered: portions * portion,
        portion,
        lead_time_days: 0,
        site_id: None,
        has: 0,
    }
}

fn book(on_hand: &[i64], policy: &Policy) -> StockBook {
    let row = |(place, on_hand): (i64, &i64)| Stock {
        id: StockId(place),
        product_id: ProductId(1),
        warehouse: format!("W{place}"),
        on_hand: *on_hand,
        reserved: on_hand / 3,
    };
    let mut book = StockBook::new((1..).zip(on_hand).map(row).collect());
    book.set_policy(ProductId(1), policy.clone());
    book
}

fn policy(mode: usize, weights: (i64, i64), quotas: &[Quota]) -> Policy {
    let kept = |(place, (is_tier, whose, left)): (i64, &Quota)| Kept {
        quota_id: QuotaId(place),
        holder: match is_tier {
            true => Holder::Tier(tier(*whose)),
            false => Holder::Account(AccountId(*whose)),
        },
        tier: tier(*whose),
        starts_on: NaiveDate::from_ymd_opt(2026, 12, 1).expect("a day"),
        left: *left,
    };
    let mut kept: Vec<_> = (1..).zip(quotas).map(kept).collect();
    kept.sort_by_key(|kept| (kept.tier, kept.quota_id));
    let (best, worst) = weights;
    Policy {
        mode: Mode::ALL[mode],
        weights: Weights::parse(&format!("{best}:2:2:{worst}")).expect("weights"),
        kept,
    }
}

/// What each line got, by its id; nothing for those that the decision does not name.
fn given(decision: &Decision) -> HashMap<OrderLineId, i64> {
    let shares = decision.shares.iter();
    shares.map(|share| (share.order_line_id, share.quantity)).collect()
}

fn covers(kept: &Kept, line: &Waiting) -> bool {
    match kept.holder {
        Holder::Account(id) => Some(id) == line.account_id,
        Holder::Tier(tier) => tier == line.rank.tier,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_is_handed_out_is_there_is_wanted_is_whole_and_is_the_same_again(
        wishes in proptest::collection::vec((1_i64..7, 0_usize..3, 0_u32..4, 0_u32..5, 1_i64..20, 1_i64..5), 1..12),
        on_hand in proptest::collection::vec(0_i64..120, 1..4),
        quotas in proptest::collection::vec((any::<bool>(), 1_i64..7, 1_i64..60), 0..4),
        (mode, weights) in (0_usize..3, (1_i64..9, 1_i64..9)),
        (is_in_pieces, turn) in (any::<bool>(), 0_usize..12),
    ) {
        let in_pieces = |wish: Wish| if is_in_pieces { (wish.0, wish.1, wish.2, wish.3, wish.4, 1) } else { wish };
        let queue: Vec<_> = wishes.into_iter().map(in_pieces).enumerate().map(|(place, wish)| line(place, wish)).collect();
        let policy = policy(mode, weights, &quotas);
        let mut stock = book(&on_hand, &policy);
        let free = stock.free(ProductId(1));
        let keeps = policy.keeps(free);
        let decision = decide(ProductId(1), queue.clone(), &mut stock);
        let got = given(&decision);
        let got_by = |line: &Waiting| got.get(&line.order_line_id).copied().unwrap_or_default();
        let sum: i64 = queue.iter().map(got_by).sum();
        let demand: i64 = queue.iter().map(|line| line.backordered).sum();

        // Nothing that is not there, nobody more than they want, whole portions; and the stock says so.
        prop_assert!(sum <= free.min(demand), "{sum} of {free} for {demand}");
        prop_assert_eq!(stock.free(ProductId(1)), free - sum);
        for line in &queue {
            prop_assert!((0..=line.backordered).contains(&got_by(line)) && got_by(line) % line.portion == 0);
        }
        for share in &decision.shares {
            prop_assert_eq!(share.takes.iter().map(|take| take.quantity).sum::<i64>(), share.quantity);
        }

        // What is kept stays for whom it is kept, and nobody draws more than is left of a quota.
        for (kept, keep) in policy.kept.iter().zip(&keeps) {
            let others: i64 = queue.iter().filter(|line| !covers(kept, line)).map(got_by).sum();
            prop_assert!(others <= free - keep, "{others} of {free}, {keep} kept");
            let drawn = decision.shares.iter().flat_map(|share| &share.drawn);
            let drawn: i64 = drawn.filter(|drawn| drawn.quota_id == kept.quota_id).map(|drawn| drawn.quantity).sum();
            prop_assert!(drawn <= kept.left);
        }

        // In single pieces all is handed out that anybody may have.
        if is_in_pieces {
            for line in queue.iter().filter(|line| got_by(line) < line.backordered) {
                let drawn = |kept: &Kept| {
                    let drawn = decision.shares.iter().flat_map(|share| &share.drawn);
                    drawn.filter(|drawn| drawn.quota_id == kept.quota_id).map(|drawn| drawn.quantity).sum::<i64>()
                };
                let others = policy.kept.iter().zip(&keeps).filter(|(kept, _)| !covers(kept, line));
                let kept_for_others: i64 = others.map(|(kept, keep)| keep - drawn(kept)).sum();
                prop_assert!(free - sum <= kept_for_others, "{} left, {kept_for_others} kept", free - sum);
            }
            if quotas.is_empty() {
                prop_assert_eq!(sum, free.min(demand));
            }
            // Rank is kept: by rank alone nobody is passed over, else nobody by lines of the same account.
            let mut ranked = queue.clone();
            ranked.sort_by_key(|line| line.rank);
            for (place, behind) in ranked.iter().enumerate().filter(|(_, line)| got_by(line) > 0) {
                let before = ranked.iter().take(place);
                let mut same = before.filter(|line| {
                    line.account_id == behind.account_id || (policy.mode == Mode::Strict && quotas.is_empty())
                });
                prop_assert!(same.all(|line| got_by(line) == line.backordered));
            }
        }

        // From any order of the same, and from what was recorded, the same comes again.
        let mut turned = queue.clone();
        turned.rotate_left(turn % queue.len());
        turned.reverse();
        let again = decide(ProductId(1), turned, &mut book(&on_hand, &policy));
        prop_assert_eq!(&again.shares, &decision.shares);
        prop_assert!(decision.is_repeatable());
        let recorded = serde_json::to_string(&decision.input).expect("written");
        let read: Input = serde_json::from_str(&recorded).expect("read");
        prop_assert_eq!(replay(ProductId(1), &read), decision.shares);
    }
}
