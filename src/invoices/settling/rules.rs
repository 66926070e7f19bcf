//! How money closes invoices: in full, less a cash discount in time, less a difference too small to ask for, less what a bank kept.
//! What is none of these closes nothing: the invoice stays open with its rest.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::NaiveDate;

use crate::ids::InvoiceId;
use crate::invoices::payments::rules::{Matched, settle as in_order};
use crate::names::names;
use crate::names::sets::WriteOffKind;

names! {
    /// Who bears what banks keep of a payment.
    pub enum Bearer as BankChargesBearer {
        /// The supplier: charges that the bank tells of close the invoice.
        Supplier = "supplier",
        /// The account: they stay open.
        Account = "account",
    }
}

/// A discount that an invoice may be paid with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Discount {
    /// The last day that the invoice names.
    pub until: NaiveDate,
    /// The last day that is taken, with the days of grace.
    pub taken_until: NaiveDate,
    /// Parts per million.
    pub percent_ppm: i64,
    /// Minor units.
    pub minor: i64,
}

/// An invoice that money may close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub id: InvoiceId,
    /// What is left, minor units.
    pub open_minor: i64,
    /// The one with the least days first.
    pub discounts: Vec<Discount>,
    /// By so much a payer's rounding by rate may be another, minor units.
    pub slack_minor: i64,
}

/// What is given up of small differences.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tolerance {
    /// Minor units; zero gives nothing up.
    pub max_minor: i64,
    /// Of what is open, in parts per million; any where none is named.
    pub max_ppm: Option<i64>,
}

impl Tolerance {
    /// The largest difference of what is open that is given up.
    pub fn of(self, open_minor: i64) -> i64 {
        let share = self.max_ppm.map(|ppm| {
            let share = i128::from(open_minor.max(0)) * i128::from(ppm) / 1_000_000;
            i64::try_from(share).unwrap_or(i64::MAX)
        });
        share.map_or(self.max_minor, |share| self.max_minor.min(share))
    }
}

/// Something of an invoice that is settled without money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub id: InvoiceId,
    pub kind: WriteOffKind,
    /// Minor units.
    pub minor: i64,
    /// Of a discount.
    pub discount: Option<Discount>,
}

/// What money does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settled {
    /// Invoice and minor units, in the order of the invoices.
    pub applied: Vec<(InvoiceId, i64)>,
    pub given: Vec<Given>,
    /// Left over.
    pub on_account_minor: i64,
    /// The discounts that were kept though their days were over: they stay open.
    pub late: Vec<(InvoiceId, Discount)>,
}

impl Settled {
    /// The invoices of which something is settled.
    pub fn touched(&self) -> Vec<InvoiceId> {
        let applied = self.applied.iter().map(|(id, _)| *id);
        applied.chain(self.given.iter().map(|given| given.id)).collect()
    }
}

/// Money that came in.
#[derive(Debug, Clone, Copy)]
pub struct Money {
    pub minor: i64,
    /// What the bank tells that it kept, where that closes invoices.
    pub charges_minor: i64,
    /// The day it came in.
    pub on: NaiveDate,
}

/// Settles invoices with money. Those that are named are meant together; else the first ones as far as it goes.
pub fn settle(money: Money, items: &[Item], tolerance: Tolerance, are_named: bool) -> Settled {
    let closed = if are_named {
        close(money, items, tolerance)
    } else {
        close_first(money, items, tolerance)
    };
    if let Some(settled) = closed {
        return settled;
    }
    let open = items.iter().map(|item| (item.id, item.open_minor));
    let Matched {
        applied,
        on_account_minor,
    } = in_order(money.minor, open);
    Settled {
        late: late(money, items, &applied),
        applied,
        given: Vec::new(),
        on_account_minor,
    }
}

/// Closes as few of the first as the money is short of.
fn close_first(money: Money, items: &[Item], tolerance: Tolerance) -> Option<Settled> {
    let mut open = 0_i64;
    for count in 1..=items.len() {
        let first = items.get(..count)?;
        open = open.saturating_add(first.last()?.open_minor);
        if open <= money.minor {
            continue;
        }
        if let Some(settled) = close(money, first, tolerance) {
            return Some(settled);
        }
        // So much less nobody pays.
        if open.saturating_sub(most_given(money, first, tolerance)) > money.minor {
            return None;
        }
    }
    None
}

fn most_given(money: Money, items: &[Item], tolerance: Tolerance) -> i64 {
    let open = sum(items, |item| item.open_minor);
    let discounts = sum(items, |item| {
        item.discounts.iter().map(|one| one.minor).max().unwrap_or_default()
    });
    let slack = sum(items, |item| item.slack_minor);
    discounts
        .saturating_add(slack)
        .saturating_add(money.charges_minor)
        .saturating_add(tolerance.of(open))
}

fn sum(items: &[Item], of: impl Fn(&Item) -> i64) -> i64 {
    items.iter().map(of).fold(0, i64::saturating_add)
}

/// The discount of each at this step, counted from the first that is in time.
fn discounts(items: &[Item], on: NaiveDate, step: usize) -> Vec<Option<Discount>> {
    let of = |item: &Item| {
        let mut in_time = item
            .discounts
            .iter()
            .filter(|one| on <= one.taken_until && one.minor <= item.open_minor);
        in_time.nth(step).copied()
    };
    items.iter().map(of).collect()
}

/// All of these are closed by the money and what may be given up; none where it isn't short, or short of something else.
pub fn close(money: Money, items: &[Item], tolerance: Tolerance) -> Option<Settled> {
    let open = sum(items, |item| item.open_minor);
    let short = open.checked_sub(money.minor).filter(|short| *short > 0)?;
    let slack = sum(items, |item| item.slack_minor);
    let charges: &[i64] = if money.charges_minor > 0 {
        &[0, money.charges_minor]
    } else {
        &[0]
    };
    let steps = [discounts(items, money.on, 0), discounts(items, money.on, 1)];
    let total = |of: &[Option<Discount>]| of.iter().flatten().map(|one| one.minor).fold(0, i64::saturating_add);
    // To the cent, or to the payer's rounding.
    for kept in charges {
        for step in &steps {
            let (discount, rest) = (total(step), short - kept);
            if discount > 0 && (rest - discount).abs() <= slack {
                return closing(money, items, step, (rest - discount, 0, *kept));
            }
        }
        if *kept > 0 && short == *kept {
            return closing(money, items, &vec![None; items.len()], (0, 0, *kept));
        }
    }
    // A discount that came too late is not a small difference.
    if !late(money, items, &[]).is_empty() {
        return None;
    }
    let most = tolerance.of(open);
    for kept in charges {
        for step in steps.iter().chain(std::iter::once(&vec![None; items.len()])) {
            let difference = short - kept - total(step);
            if (1..=most).contains(&difference) {
                return closing(money, items, step, (0, difference, *kept));
            }
        }
    }
    None
}

/// Takes discounts (with the payer's rounding), the difference and the charges off what is open; none where what is left then is not
/// the money.
fn closing(
    money: Money,
    items: &[Item],
    discounts: &[Option<Discount>],
    (rounding, difference, charges): (i64, i64, i64),
) -> Option<Settled> {
    let mut given = Vec::new();
    let mut left: Vec<i64> = items.iter().map(|item| item.open_minor).collect();
    let largest = discounts
        .iter()
        .enumerate()
        .filter_map(|(place, one)| one.map(|one| (place, one.minor)))
        .max_by_key(|(place, minor)| (*minor, std::cmp::Reverse(*place)))
        .map(|(place, _)| place);
    for (place, ((item, left), discount)) in items.iter().zip(&mut left).zip(discounts).enumerate() {
        let Some(discount) = discount else { continue };
        let rounding = if Some(place) == largest { rounding } else { 0 };
        let minor = (discount.minor + rounding).clamp(0, *left);
        *left -= minor;
        if minor > 0 {
            given.push(Given {
                id: item.id,
                kind: WriteOffKind::CashDiscount,
                minor,
                discount: Some(*discount),
            });
        }
    }
    for (kind, mut minor) in [
        (WriteOffKind::BankCharges, charges),
        (WriteOffKind::SmallDifference, difference),
    ] {
        // The last first: the earlier ones are paid in full.
        for (item, left) in items.iter().zip(&mut left).rev() {
            let part = minor.min(*left);
            if part > 0 {
                (*left, minor) = (*left - part, minor - part);
                given.push(Given {
                    id: item.id,
                    kind,
                    minor: part,
                    discount: None,
                });
            }
        }
    }
    let is_all = left.iter().copied().fold(0, i64::saturating_add) == money.minor;
    let applied = items.iter().zip(left).map(|(item, left)| (item.id, left));
    is_all.then(|| Settled {
        applied: applied.filter(|(_, minor)| *minor > 0).collect(),
        given,
        on_account_minor: 0,
        late: Vec::new(),
    })
}

/// The discounts that the money is short of though their days are over. `applied` is what it pays of each; all of them together
/// are meant where nothing is named.
fn late(money: Money, items: &[Item], applied: &[(InvoiceId, i64)]) -> Vec<(InvoiceId, Discount)> {
    let over = |item: &Item| {
        let mut over = item.discounts.iter().filter(|one| money.on > one.taken_until);
        over.next_back().copied().map(|one| (item.id, one))
    };
    let all: Vec<_> = items.iter().filter_map(over).collect();
    let short = sum(items, |item| item.open_minor).saturating_sub(money.minor);
    let (discount, slack) = (
        all.iter().map(|(_, one)| one.minor).fold(0, i64::saturating_add),
        sum(items, |item| item.slack_minor),
    );
    if discount > 0 && (short - discount).abs() <= slack {
        return all;
    }
    // One of several: what is left of it is its discount.
    let is_rest = |item: &Item| {
        let paid = applied.iter().find(|(id, _)| *id == item.id).map(|(_, minor)| *minor)?;
        let rest = item.open_minor - paid;
        let mut over = item.discounts.iter().filter(|one| money.on > one.taken_until);
        over.find(|one| (rest - one.minor).abs() <= item.slack_minor && rest > 0)
            .map(|one| (item.id, *one))
    };
    items.iter().filter_map(is_rest).collect()
}

#[cfg(test)]
mod tests;
