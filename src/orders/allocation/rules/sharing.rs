//! Handing out where some of it is kept, or all share: what is kept goes to its holders first, the rest by the product's mode, and
//! what fits nobody's share goes by rank.

use super::{Drawn, Share, Waiting};
use crate::ids::{AccountId, ProductId};
use crate::inventory::quotas::rules::{Claim, Claimant, Mode, Policy, share};
use crate::inventory::rules::{StockBook, Take};

/// A line while it is served.
struct Served<'a> {
    line: &'a Waiting,
    claimant: Claimant,
    got: i64,
    takes: Vec<Take>,
    drawn: Vec<Drawn>,
}

/// What is free of a product, and how much of it is kept by each quota.
struct Supply<'a> {
    product_id: ProductId,
    policy: &'a Policy,
    stock: &'a mut StockBook,
    keeps: Vec<i64>,
}

impl Supply<'_> {
    /// What nobody keeps.
    fn pool(&self) -> i64 {
        self.stock.free(self.product_id) - self.keeps.iter().sum::<i64>()
    }

    /// What is kept for whoever asks.
    fn kept_for(&self, claimant: Claimant) -> i64 {
        let kept = self.policy.kept.iter().zip(&self.keeps);
        kept.filter(|(kept, _)| kept.holder.covers(claimant))
            .map(|(_, keep)| keep)
            .sum()
    }

    /// Gives a line up to so much, of what is kept for it first.
    fn give(&mut self, served: &mut Served<'_>, most: i64) {
        let wanted = (served.line.backordered - served.got).min(most);
        if wanted <= 0 {
            return;
        }
        let takes = self.stock.take(self.product_id, wanted, served.line.portion);
        let mut given: i64 = takes.iter().map(|take| take.quantity).sum();
        served.got += given;
        for take in takes {
            match served.takes.iter_mut().find(|known| known.stock_id == take.stock_id) {
                Some(known) => known.quantity += take.quantity,
                None => served.takes.push(take),
            }
        }
        for (kept, keep) in self.policy.kept.iter().zip(&mut self.keeps) {
            let quantity = (*keep).min(given);
            if quantity == 0 || !kept.holder.covers(served.claimant) {
                continue;
            }
            *keep -= quantity;
            given -= quantity;
            match served.drawn.iter_mut().find(|known| known.quota_id == kept.quota_id) {
                Some(known) => known.quantity += quantity,
                None => served.drawn.push(Drawn {
                    quota_id: kept.quota_id,
                    starts_on: kept.starts_on,
                    quantity,
                }),
            }
        }
    }
}

/// The shares of lines in the order of their ranks. A line whose account isn't known is nobody's.
pub(super) fn by_policy(
    product_id: ProductId,
    waiting: &[Waiting],
    policy: &Policy,
    stock: &mut StockBook,
) -> Vec<Share> {
    if stock.of(product_id).iter().all(|row| row.free() <= 0) {
        return Vec::new();
    }
    let keeps = policy.keeps(stock.free(product_id));
    let mut supply = Supply {
        product_id,
        policy,
        stock,
        keeps,
    };
    let served = |line| Served {
        line,
        claimant: claimant(line),
        got: 0,
        takes: Vec::new(),
        drawn: Vec::new(),
    };
    let mut lines: Vec<_> = waiting.iter().map(served).collect();
    for line in &mut lines {
        let kept = supply.kept_for(line.claimant);
        supply.give(line, kept);
    }
    let claim = |line: &Served<'_>| Claim {
        claimant: line.claimant,
        wanted: line.line.backordered - line.got,
        portion: line.line.portion,
    };
    let claims: Vec<_> = lines.iter().map(claim).collect();
    let due = share((policy.mode, &policy.weights), supply.pool(), &claims);
    for (line, due) in lines.iter_mut().zip(due) {
        supply.give(line, due);
    }
    // What a whole portion needs may lie partly in what is kept for it, or in two warehouses.
    for line in &mut lines {
        let most = supply.pool() + supply.kept_for(line.claimant);
        supply.give(line, most);
    }
    let share = |(rank, line): (i64, Served<'_>)| Share {
        order_line_id: line.line.order_line_id,
        rank,
        wanted: line.line.backordered,
        quantity: line.got,
        takes: line.takes,
        drawn: line.drawn,
    };
    let mut shares: Vec<_> = (1..).zip(lines).map(share).collect();
    // By rank, those who come last and get nothing change nothing for the others; one is kept to tell that there was something.
    while policy.mode == Mode::Strict && shares.len() > 1 && shares.last().is_some_and(|share| share.quantity == 0) {
        shares.pop();
    }
    shares
}

fn claimant(line: &Waiting) -> Claimant {
    Claimant {
        account_id: line.account_id.unwrap_or(AccountId(0)),
        tier: line.rank.tier,
    }
}
