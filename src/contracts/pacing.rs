//! How far commitments are: the rules say which days are looked at, the database sums what was invoiced on them.

use chrono::NaiveDate;

use super::Whole;
use super::rules::pace::{Bought, Pace, Span, pace, span};
use super::rules::{Commitment, Contract, Kind};
use super::store;
use super::store::pace::Asked;
use crate::db::Connection;
use crate::error::{Error, Result};

/// A commitment and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paced {
    pub commitment: Commitment,
    pub pace: Pace,
}

/// How far the commitments of a contract are on a day: one statement, however many there are. Once it is over, on its last day.
pub fn of_whole(connection: &mut Connection, whole: &Whole, today: NaiveDate) -> Result<Vec<Paced>> {
    of(connection, &whole.contract, whole.commitments.clone(), today)
}

/// The same.
pub fn of(
    connection: &mut Connection,
    contract: &Contract,
    commitments: Vec<Commitment>,
    today: NaiveDate,
) -> Result<Vec<Paced>> {
    let spans: Vec<_> = commitments.iter().map(|one| span(contract, one, today)).collect();
    let (mut asked, mut next) = (Vec::new(), 0_i64);
    for (commitment, span) in commitments.iter().zip(&spans) {
        let windows = span.slices.iter().chain(&span.year_before).chain([&span.before_today]);
        for window in windows {
            asked.push(Asked::new(
                next,
                *window,
                commitment.product_id,
                commitment.category.as_deref(),
            ));
            next = next
                .checked_add(1)
                .ok_or_else(|| Error::internal("too many parts of periods"))?;
        }
    }
    let sums = store::pace::sum(connection, contract.account_id, contract.currency, &asked)?;
    let mut numbers = 0_i64..;
    let mut paced = Vec::with_capacity(commitments.len());
    for (commitment, span) in commitments.into_iter().zip(spans) {
        let mut take = |windows: usize| {
            let sum = |n: i64| {
                let (minor, micros) = sums.get(&n).copied().unwrap_or_default();
                match commitment.kind {
                    Kind::Value => minor,
                    Kind::Quantity => micros,
                }
            };
            numbers.by_ref().take(windows).map(sum).collect::<Vec<i64>>()
        };
        let bought = bought(&span, &mut take);
        let pace = pace(&commitment, &span, &bought, contract.currency, today);
        paced.push(Paced { commitment, pace });
    }
    Ok(paced)
}

fn bought(span: &Span, take: &mut impl FnMut(usize) -> Vec<i64>) -> Bought {
    Bought {
        slices: take(span.slices.len()),
        year_before: take(span.year_before.len()),
        before_today: take(1).pop().unwrap_or_default(),
    }
}
