//! Which payment money takes back that came in and went again.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use super::super::{Entry, State, identity};
use super::{Decision, Facts, Paid};
use crate::bank::sentences;
use crate::sentences::Sentence;

/// How long after it came in money is taken back without anybody looking.
const REVERSAL_DAYS_MAX: i64 = 366;

/// Money that came in is taken back: by the payer's own reference of it, else by payer and amount.
pub(super) fn decide_reversal(entry: &Entry, facts: &Facts) -> Decision {
    let is_same = |paid: &&Paid| {
        paid.minor == entry.minor && paid.currency == entry.currency && paid.received_on <= entry.booked_on
    };
    let same: Vec<_> = facts.payments.iter().filter(is_same).collect();
    let own = entry
        .end_to_end_id
        .as_deref()
        .filter(|id| !identity::is_empty_reference(id));
    let by_reference: Vec<_> = same
        .iter()
        .filter(|paid| own.is_some() && paid.end_to_end_id.as_deref() == own)
        .collect();
    let by_payer: Vec<_> = same
        .iter()
        .filter(|paid| entry.payer_iban.is_some() && paid.payer_iban == entry.payer_iban)
        .collect();
    let of = |paid: &Paid, is_named: bool, mut reasons: Vec<Sentence>| {
        let against = against_reversal(entry, paid);
        let is_sure = is_named && against.is_empty();
        reasons.extend(against);
        Decision {
            is_sure,
            account: Some((paid.account_id, paid.account.clone())),
            takes_back: Some(paid.id),
            ..Decision::nothing(State::Proposed, reasons)
        }
    };
    match (by_reference.as_slice(), by_payer.as_slice()) {
        ([paid], _) => of(
            paid,
            true,
            vec![
                sentences::match_by_end_to_end(),
                sentences::match_by_amount(entry.amount()),
            ],
        ),
        ([], [paid]) => of(paid, false, vec![sentences::match_by_payer_and_amount()]),
        ([], []) => Decision::nothing(State::Unknown, vec![sentences::against_no_payment()]),
        (several, others) => {
            let count = several.len().max(others.len());
            Decision::nothing(State::Unknown, vec![sentences::against_several_payments(count)])
        }
    }
}

/// What speaks against an entry's taking back this payment.
fn against_reversal(entry: &Entry, paid: &Paid) -> Vec<Sentence> {
    let mut against = Vec::new();
    if paid.is_refunded {
        against.push(sentences::against_refunded());
    }
    if let (Some(own), Some(other)) = (&entry.payer_iban, &paid.payer_iban)
        && own != other
    {
        against.push(sentences::against_other_iban(other));
    }
    if !paid.is_same_account {
        against.push(sentences::against_other_bank_account());
    }
    if (entry.booked_on - paid.received_on).num_days() > REVERSAL_DAYS_MAX {
        against.push(sentences::against_long_ago(paid.received_on));
    }
    against
}
