//! Shares of what does not suffice: weighted max-min fairness (water filling), in whole portions, by largest remainder.

use std::collections::HashMap;

use super::{Claimant, Mode, Weights};

/// What somebody wants of a product, in the order of ranks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    pub claimant: Claimant,
    pub wanted: i64,
    /// What it is handed out in.
    pub portion: i64,
}

/// One account with all it wants.
#[derive(Debug)]
struct Party {
    /// Its claims by their places, the first first.
    claims: Vec<usize>,
    wanted: i128,
    weight: i128,
    /// What is due to it, in parts of `of`.
    due: i128,
    of: i128,
    given: i128,
}

impl Party {
    /// What it misses of its share: the whole part, then what is left of it in parts of 2^32.
    fn missing(&self) -> (i128, i128) {
        let short = self.due - self.given * self.of;
        (short.div_euclid(self.of), (short.rem_euclid(self.of) << 32) / self.of)
    }
}

/// How much of `pool` each claim gets. By rank: all of it, one after the other. Else each account gets what a level makes that rises
/// for all at the same time until everything is handed out, `min(wanted, level x weight)`: the weight is that of its tier, or for
/// proportional shares what it wants. An account's share goes to its claims by rank, in whole portions; what is left then goes,
/// portion by portion, to those who miss most of their share, then by rank.
pub fn share((mode, weights): (Mode, &Weights), pool: i64, claims: &[Claim]) -> Vec<i64> {
    let pool = pool.max(0);
    if mode == Mode::Strict {
        return by_rank(pool, claims);
    }
    let mut parties = parties((mode, weights), claims);
    fill(&mut parties, pool.into());
    let mut given = vec![0; claims.len()];
    let mut left = pool;
    for party in &mut parties {
        let mut due = i64::try_from(party.due / party.of).unwrap_or(i64::MAX);
        for place in &party.claims {
            let (Some(claim), Some(got)) = (claims.get(*place), given.get_mut(*place)) else {
                continue;
            };
            *got = whole(claim.wanted.min(due).min(left), claim.portion);
            due -= *got;
            left -= *got;
            party.given += i128::from(*got);
        }
    }
    while left > 0 && hand_on(&mut parties, claims, &mut given, &mut left) {}
    given
}

/// One round: everybody who still wants something gets one portion at most, those first who miss most. False if nobody did.
fn hand_on(parties: &mut [Party], claims: &[Claim], given: &mut [i64], left: &mut i64) -> bool {
    // Sorting keeps the order of ranks among those who miss the same.
    let mut order: Vec<&mut Party> = parties.iter_mut().collect();
    order.sort_by_key(|party| std::cmp::Reverse(party.missing()));
    let before = *left;
    for party in order {
        let next = party.claims.iter().find_map(|place| {
            let (claim, got) = (claims.get(*place)?, given.get_mut(*place)?);
            (claim.portion > 0 && claim.portion <= claim.wanted - *got && claim.portion <= *left).then(|| {
                *got += claim.portion;
                claim.portion
            })
        });
        if let Some(portion) = next {
            party.given += i128::from(portion);
            *left -= portion;
        }
    }
    *left < before
}

fn by_rank(pool: i64, claims: &[Claim]) -> Vec<i64> {
    let mut left = pool;
    let give = |claim: &Claim| {
        let got = whole(claim.wanted.min(left), claim.portion);
        left -= got;
        got
    };
    claims.iter().map(give).collect()
}

fn whole(quantity: i64, portion: i64) -> i64 {
    quantity.max(0).checked_div(portion).unwrap_or_default() * portion
}

/// The accounts, in the order of their first claims.
fn parties((mode, weights): (Mode, &Weights), claims: &[Claim]) -> Vec<Party> {
    let mut places = HashMap::new();
    let mut parties: Vec<Party> = Vec::new();
    for (place, claim) in claims.iter().enumerate() {
        let at = *places.entry(claim.claimant.account_id).or_insert(parties.len());
        if at == parties.len() {
            parties.push(Party {
                claims: Vec::new(),
                wanted: 0,
                weight: weights.of(claim.claimant.tier).into(),
                due: 0,
                of: 1,
                given: 0,
            });
        }
        if let Some(party) = parties.get_mut(at) {
            party.claims.push(place);
            party.wanted += i128::from(claim.wanted.max(0));
        }
    }
    if mode == Mode::Proportional {
        for party in &mut parties {
            party.weight = party.wanted;
        }
    }
    parties
}

/// Raises the level: whoever has enough leaves to the others what they don't need.
fn fill(parties: &mut [Party], pool: i128) {
    let mut left = pool;
    let mut open: Vec<&mut Party> = parties.iter_mut().collect();
    loop {
        let weights: i128 = open.iter().map(|party| party.weight).sum();
        if weights == 0 {
            return;
        }
        let (served, short): (Vec<_>, Vec<_>) = open
            .into_iter()
            .partition(|party| party.wanted * weights <= left * party.weight);
        if served.is_empty() {
            for party in short {
                (party.due, party.of) = (left * party.weight, weights);
            }
            return;
        }
        for party in served {
            party.due = party.wanted;
            left -= party.wanted;
        }
        open = short;
    }
}
