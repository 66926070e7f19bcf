//! What a rebate comes to, and on which lines of which invoices it is credited.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use super::sentences;
use crate::error::{Code, Error, Result};
use crate::ids::InvoiceId;
use crate::money::{Money, round_half_away};
use crate::tax::rules::Treatment;

/// Parts per million of the whole.
pub const WHOLE_PPM: i64 = 1_000_000;
/// Most days that a rebate is about.
pub const DAYS_MAX: i64 = 366;
/// Most invoiced lines that are looked at.
pub const LOOKED_AT_MAX: i64 = 50_000;
/// Most invoices that a rebate is credited on: all of it is issued at once.
pub const INVOICES_MAX: usize = 100;

/// How much is given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// Of what is left of the invoices, parts per million.
    Percent(i64),
    /// So much without tax.
    Net(Money),
}

/// What is left of a line of an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    pub invoice_id: InvoiceId,
    /// Number of the invoice.
    pub invoice: String,
    /// On the invoice.
    pub position: i32,
    pub treatment: Treatment,
    /// Minor units without tax; above zero.
    pub minor: i64,
}

/// What is credited of a line, minor units without tax.
pub type Part<'a> = (&'a Left, i64);

/// What each category and rate gets, of the sums that are left: an amount is shared out like them, to the last minor unit.
fn shares(sums: &BTreeMap<&Treatment, i64>, given: Given) -> Option<Vec<i64>> {
    let whole: i128 = sums.values().map(|sum| i128::from(*sum)).sum();
    let (mut upto, mut before) = (0_i128, 0_i64);
    let share = |sum: &i64| match given {
        Given::Percent(ppm) => round_half_away(i128::from(*sum) * i128::from(ppm), WHOLE_PPM.into()),
        Given::Net(net) => {
            upto += i128::from(*sum);
            let shared = round_half_away(i128::from(net.minor) * upto, whole)?;
            let share = shared - before;
            before = shared;
            Some(share)
        }
    };
    sums.values().map(share).collect()
}

/// What is credited of which line: of the first lines that have what is to be given back of their category and rate. None where that
/// can't be held.
pub fn parts(left: &[Left], given: Given) -> Option<Vec<Part<'_>>> {
    let mut sums = BTreeMap::new();
    for line in left {
        let sum: &mut i64 = sums.entry(&line.treatment).or_default();
        *sum = sum.checked_add(line.minor)?;
    }
    let shares = shares(&sums, given)?;
    let mut wanted: BTreeMap<_, _> = sums.into_keys().zip(shares).collect();
    let parts = left.iter().filter_map(|line| {
        let wanted = wanted.get_mut(&line.treatment)?;
        let part = line.minor.min(*wanted);
        *wanted -= part;
        (part > 0).then_some((line, part))
    });
    Some(parts.collect())
}

/// What may be given back of what is left, minor units.
pub fn checked(left: &[Left], given: Given, account: &str) -> Result<()> {
    let whole: i128 = left.iter().map(|line| i128::from(line.minor)).sum();
    let nothing = || Error::conflict(Code::NothingToCredit, sentences::rebate_of_nothing(account));
    match given {
        _ if whole == 0 => Err(nothing()),
        Given::Net(net) if i128::from(net.minor) > whole => {
            let most = Money::new(i64::try_from(whole).unwrap_or(i64::MAX), net.currency);
            let detail = sentences::rebate_beyond(net, most);
            Err(Error::invalid("/net", Code::ValueInvalid, detail))
        }
        Given::Net(_) | Given::Percent(_) => Ok(()),
    }
}

/// Two sums between which another one lies, minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Range {
    pub least: i64,
    pub most: i64,
}

/// Between which sums a percentage lies of what was left of each category and rate. None where that can't be held.
pub fn range(left: &[Range], ppm: i64) -> Option<Range> {
    let share = |sum: i64| round_half_away(i128::from(sum.max(0)) * i128::from(ppm), WHOLE_PPM.into());
    left.iter().try_fold(Range::default(), |all, one| {
        Some(Range {
            least: all.least.checked_add(share(one.least)?)?,
            most: all.most.checked_add(share(one.most)?)?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    fn treatment(category: &str, rate_ppm: i64) -> Treatment {
        Treatment {
            category: category.to_owned(),
            rate_ppm,
        }
    }

    fn left() -> Vec<Left> {
        let line = |(invoice, position, rate, minor): (i64, i32, i64, i64)| Left {
            invoice_id: InvoiceId(invoice),
            invoice: invoice.to_string(),
            position,
            treatment: treatment("S", rate),
            minor,
        };
        let lines = [
            (8, 1, 210_000, 100),
            (8, 2, 90_000, 50),
            (9, 1, 210_000, 900),
            (9, 2, 90_000, 450),
        ];
        lines.map(line).to_vec()
    }

    /// Invoice, position and amount of each part.
    fn told(parts: &[Part<'_>]) -> Vec<(i64, i32, i64)> {
        let told = |(line, part): &Part<'_>| (line.invoice_id.0, line.position, *part);
        parts.iter().map(told).collect()
    }

    fn euro(minor: i64) -> Given {
        Given::Net(Money::new(minor, Currency::from_code("EUR").unwrap()))
    }

    #[test]
    fn an_amount_is_shared_out_by_what_is_left_of_each_rate() {
        let left = left();
        let parts = parts(&left, euro(300)).unwrap();
        assert_eq!(told(&parts), [(8, 1, 100), (8, 2, 50), (9, 1, 100), (9, 2, 50)]);
    }

    #[test]
    fn shares_sum_to_the_amount_and_take_no_more_than_is_left() {
        let left = left();
        for minor in 1..=1_500 {
            let parts = parts(&left, euro(minor)).unwrap();
            assert_eq!(parts.iter().map(|(_, part)| part).sum::<i64>(), minor);
            assert!(parts.iter().all(|(line, part)| *part <= line.minor), "{minor}");
        }
    }

    #[test]
    fn a_percentage_is_of_each_rate() {
        let left = left();
        let parts = parts(&left, Given::Percent(25_000)).unwrap();
        assert_eq!(told(&parts), [(8, 1, 25), (8, 2, 13)]);
        assert!(self::parts(&left, Given::Percent(1)).unwrap().is_empty());
    }

    #[test]
    fn a_percentage_lies_where_what_is_left_of_each_rate_says() {
        let of = |least, most| Range { least, most };
        // 25 and 12.5, each rounded for itself.
        assert_eq!(
            range(&[of(1_000, 1_000), of(500, 500)], 25_000),
            Some(of(38, 38)),
            "as it is shared out"
        );
        assert_eq!(range(&[of(0, 1_000), of(500, 600)], 25_000), Some(of(13, 40)));
        assert_eq!(range(&[of(-300, 0)], WHOLE_PPM), Some(of(0, 0)));
        assert_eq!(range(&[], WHOLE_PPM), Some(of(0, 0)));
        assert_eq!(range(&[of(i64::MAX, i64::MAX), of(1, 1)], WHOLE_PPM), None);
    }

    #[test]
    fn no_more_is_given_back_than_is_left() {
        assert!(checked(&left(), euro(1_500), "A").is_ok());
        assert!(checked(&left(), euro(1_501), "A").is_err());
        assert!(checked(&[], euro(1), "A").is_err());
    }
}
