//! Which refund money is that went out: one that is booked and no entry yet, of the same amount, named by its text or its bank account.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::collections::HashMap;

use super::matching::{Decision, PaidBack};
use super::{Entry, State};
use crate::bank::sentences;
use crate::ids::AccountId;

/// Days between the booking of a refund and the entry that it is.
const DAYS_MAX: i64 = 60;
/// A text with fewer letters and digits names nothing.
const NAME_CHARS_MIN: usize = 6;

/// Looks at money that went out and takes nothing back.
pub fn decide(entry: &Entry, refunds: &[PaidBack], payers: &HashMap<String, (AccountId, String)>) -> Decision {
    let is_same = |refund: &&PaidBack| {
        refund.amount == entry.amount() && (entry.booked_on - refund.paid_on).num_days().abs() <= DAYS_MAX
    };
    let same: Vec<_> = refunds.iter().filter(is_same).collect();
    let named: Vec<_> = same.iter().copied().filter(|refund| is_named(entry, refund)).collect();
    let known: Vec<_> = same
        .iter()
        .copied()
        .filter(|refund| is_known(entry, refund, payers))
        .collect();
    let of = |refund: &PaidBack, is_sure, reason| Decision {
        is_sure,
        account: Some((refund.account_id, refund.account.clone())),
        refund: Some(refund.id),
        ..Decision::nothing(
            State::Proposed,
            vec![reason, sentences::match_by_amount(entry.amount())],
        )
    };
    match (named.as_slice(), known.as_slice(), same.as_slice()) {
        (_, _, []) => Decision::nothing(State::Outgoing, Vec::new()),
        ([one], ..) => of(
            one,
            !is_contradicted(entry, one),
            sentences::match_refund_by_reference(&one.account),
        ),
        ([], [one], _) => of(one, true, sentences::match_refund_by_iban(&one.account)),
        ([], [], [one]) => of(one, false, sentences::match_refund_by_amount(&one.account)),
        (_, _, several) => {
            let reason = sentences::against_several_refunds(several.len());
            Decision::nothing(State::Outgoing, vec![reason])
        }
    }
}

/// Its text has the refund's id or reference in it, or it is the payer's own reference.
fn is_named(entry: &Entry, refund: &PaidBack) -> bool {
    let said = [
        Some(entry.remittance.as_str()),
        entry.reference.as_deref(),
        entry.end_to_end_id.as_deref(),
    ];
    let said: String = said.into_iter().flatten().map(bare).collect::<Vec<_>>().join(" ");
    let names = [Some(refund.id.to_string()), refund.reference.clone()];
    let mut names = names.into_iter().flatten().map(|name| bare(&name));
    names.any(|name| name.len() >= NAME_CHARS_MIN && said.contains(&name))
}

/// It went to the bank account of the refund, or to one that its account pays from.
fn is_known(entry: &Entry, refund: &PaidBack, payers: &HashMap<String, (AccountId, String)>) -> bool {
    let Some(iban) = entry.payer_iban.as_deref() else {
        return false;
    };
    match refund.iban.as_deref() {
        Some(own) => own == iban,
        None => payers
            .get(iban)
            .is_some_and(|(account_id, _)| *account_id == refund.account_id),
    }
}

/// It went elsewhere than the refund says.
fn is_contradicted(entry: &Entry, refund: &PaidBack) -> bool {
    matches!((&entry.payer_iban, &refund.iban), (Some(one), Some(other)) if one != other)
}

/// Letters and digits, in capitals.
fn bare(text: &str) -> String {
    let kept = text.chars().filter(|sign| sign.is_alphanumeric());
    kept.flat_map(char::to_uppercase).collect()
}
