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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::rules::Direction;
    use crate::bank::rules::matching::tests::entry;
    use crate::ids::RefundId;

    const IBAN: &str = "NL91ABNA0417164300";

    fn refund(id: i64, account: i64, reference: Option<&str>, iban: Option<&str>) -> PaidBack {
        PaidBack {
            id: RefundId(id),
            account_id: AccountId(account),
            account: format!("A{account}"),
            amount: entry(1_000).amount(),
            paid_on: entry(0).booked_on,
            reference: reference.map(str::to_owned),
            iban: iban.map(str::to_owned),
        }
    }

    /// What became of it: which refund, whether it is sure, and the first reason.
    fn told(text: &str, iban: Option<&str>, refunds: &[PaidBack]) -> (Option<i64>, bool, Option<String>) {
        let out = Entry {
            direction: Direction::Debit,
            remittance: text.to_owned(),
            payer_iban: iban.map(str::to_owned),
            ..entry(1_000)
        };
        let payers = HashMap::from([(IBAN.to_owned(), (AccountId(2), "A2".to_owned()))]);
        let decision = decide(&out, refunds, &payers);
        let reason = decision.reasons.first().map(|reason| reason.name().to_owned());
        (decision.refund.map(|id| id.0), decision.is_sure, reason)
    }

    #[test]
    fn money_that_went_out_is_the_refund_that_its_text_or_its_bank_account_names() {
        let (named, plain) = (refund(1, 1, Some("Refund 4711"), None), refund(2, 2, None, None));
        let by_iban = refund(3, 1, None, Some(IBAN));
        let check = |text, iban, refunds: &[PaidBack], (id, is_sure, reason): (Option<i64>, bool, Option<&str>)| {
            let expected = (id, is_sure, reason.map(str::to_owned));
            assert_eq!(told(text, iban, refunds), expected, "{text}");
        };
        let both = [named.clone(), plain.clone()];
        check(
            "your refund/4711",
            None,
            &both,
            (Some(1), true, Some("match_refund_by_reference")),
        );
        let id = RefundId(2).to_string();
        check(&id, None, &both, (Some(2), true, Some("match_refund_by_reference")));
        // The account of the second one has paid from there.
        check(
            "thanks",
            Some(IBAN),
            &both,
            (Some(2), true, Some("match_refund_by_iban")),
        );
        check(
            "thanks",
            Some(IBAN),
            std::slice::from_ref(&by_iban),
            (Some(3), true, Some("match_refund_by_iban")),
        );
        check("thanks", None, &both, (None, false, Some("against_several_refunds")));
        check(
            "thanks",
            None,
            &[plain],
            (Some(2), false, Some("match_refund_by_amount")),
        );
        // It is named, but went elsewhere than it should.
        let elsewhere = PaidBack {
            iban: Some("DE89370400440532013000".to_owned()),
            ..named
        };
        check(
            "refund 4711",
            Some(IBAN),
            &[elsewhere],
            (Some(1), false, Some("match_refund_by_reference")),
        );
        check("refund 4711", None, &[], (None, false, None));
    }

    #[test]
    fn another_amount_and_another_season_are_another_refund() {
        let other = PaidBack {
            amount: entry(999).amount(),
            ..refund(1, 1, Some("Refund 4711"), None)
        };
        let long_ago = PaidBack {
            paid_on: entry(0).booked_on - chrono::TimeDelta::days(61),
            ..refund(2, 1, Some("Refund 4711"), None)
        };
        assert_eq!(told("refund 4711", None, &[other, long_ago]), (None, false, None));
    }
}
