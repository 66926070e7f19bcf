//! Whose money entries are, case by case.

use std::collections::HashMap;

use super::*;
use crate::bank::rules::Part;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn eur() -> Currency {
    Currency::from_code("EUR").expect("a currency")
}

/// Money that came in today.
pub fn entry(minor: i64) -> Entry {
    Entry {
        servicer_reference: None,
        sum_reference: None,
        booked_on: day("2026-11-24"),
        value_on: None,
        minor,
        currency: eur(),
        direction: Direction::Credit,
        is_reversal: false,
        payer_name: None,
        payer_iban: None,
        remittance: String::new(),
        reference: None,
        end_to_end_id: None,
        bank_code: None,
        charges_minor: 0,
        part: Part {
            sum: 0,
            sum_minor: minor,
            place: 0,
        },
    }
}

fn says(minor: i64, remittance: &str) -> Entry {
    Entry {
        remittance: remittance.to_owned(),
        ..entry(minor)
    }
}

/// Number 42 of 121.00 and 43 of 60.50 are ACME's, 44 of 99.00 is OTHER's; 45 is paid.
fn facts() -> Facts {
    let invoice = |id: i64, account: i64, code: &str, open_minor: i64| Invoice {
        id: InvoiceId(id),
        number: format!("2026-{id:06}"),
        account_id: AccountId(account),
        account: code.to_owned(),
        currency: eur(),
        open_minor,
        discounts: Vec::new(),
        slack_minor: 1,
    };
    let payers = [
        ("NL91ABNA0417164300", (1, "ACME")),
        ("DE89370400440532013000", (2, "OTHER")),
    ];
    let payers = payers.map(|(iban, (id, code))| (iban.to_owned(), (AccountId(id), code.to_owned())));
    let paid = Paid {
        id: PaymentId(7),
        account_id: AccountId(1),
        account: "ACME".to_owned(),
        end_to_end_id: Some("E2E-7".to_owned()),
        payer_iban: Some("NL91ABNA0417164300".to_owned()),
        is_same_account: true,
        minor: 5_000,
        currency: eur(),
        received_on: day("2026-11-20"),
        is_refunded: false,
    };
    Facts::new(
        vec![
            invoice(42, 1, "ACME", 12_100),
            invoice(43, 1, "ACME", 6_050),
            invoice(44, 2, "OTHER", 9_900),
            invoice(45, 1, "ACME", 0),
        ],
        payers.into(),
        vec![paid],
    )
}

fn names(decision: &Decision) -> Vec<&str> {
    decision.reasons.iter().map(Sentence::name).collect()
}

#[test]
fn sure_is_only_what_names_its_invoice_and_agrees_to_the_cent() {
    let from = |iban: &str, entry: Entry| Entry {
        payer_iban: Some(iban.to_owned()),
        ..entry
    };
    let acme = "NL91ABNA0417164300";
    let dollars = Entry {
        currency: Currency::from_code("USD").expect("a currency"),
        ..says(12_100, "2026-000042")
    };
    let charged = Entry {
        charges_minor: 100,
        ..says(12_000, "2026-000042")
    };
    for (entry, is_sure, account, reasons) in [
        (
            says(12_100, "2026-000042"),
            true,
            "ACME",
            vec!["match_by_number", "match_by_amount"],
        ),
        (
            says(12_100, "RF02 2026 0000 42"),
            true,
            "ACME",
            vec!["match_by_reference", "match_by_amount"],
        ),
        (
            from(acme, says(12_100, "2026-000042")),
            true,
            "ACME",
            vec!["match_by_number", "match_by_payer", "match_by_amount"],
        ),
        (
            says(18_150, "2026-000042, 2026-000043"),
            true,
            "ACME",
            vec!["match_by_number", "match_by_number", "match_by_amount"],
        ),
        (
            from("DE89370400440532013000", says(12_100, "2026-000042")),
            false,
            "ACME",
            vec!["match_by_number", "match_by_amount", "against_other_payer"],
        ),
        (
            says(12_099, "2026-000042"),
            false,
            "ACME",
            vec!["match_by_number", "against_less"],
        ),
        (
            says(12_101, "2026-000042"),
            false,
            "ACME",
            vec!["match_by_number", "against_more"],
        ),
        (
            says(12_100, "2026-42"),
            false,
            "ACME",
            vec!["match_by_short_number", "match_by_amount"],
        ),
        (
            says(500, "2026-000045"),
            false,
            "ACME",
            vec!["match_by_number", "against_paid"],
        ),
        (dollars, false, "ACME", vec!["match_by_number", "against_currency"]),
        (
            charged,
            false,
            "ACME",
            vec!["match_by_number", "match_with_charges", "against_less"],
        ),
        (
            says(22_000, "2026-000042 2026-000044"),
            false,
            "",
            vec!["match_by_number", "match_by_number", "against_several_accounts"],
        ),
        (
            from(acme, entry(6_050)),
            false,
            "ACME",
            vec!["match_by_payer", "match_by_amount_alone"],
        ),
        (
            from(acme, entry(18_150)),
            false,
            "ACME",
            vec!["match_by_payer", "match_all_open"],
        ),
        (from(acme, entry(1)), false, "ACME", vec!["match_by_payer"]),
        (entry(9_900), false, "OTHER", vec!["match_by_amount_alone"]),
        (entry(1), false, "", vec![]),
        (
            says(12_100, "2026-000099"),
            false,
            "ACME",
            vec!["match_by_amount_alone"],
        ),
    ] {
        let decision = decide(&entry, &facts());
        assert_eq!(decision.is_sure, is_sure, "{entry:?}");
        assert_eq!(names(&decision), reasons, "{entry:?}");
        let code = decision.account.as_ref().map_or("", |(_, code)| code.as_str());
        assert_eq!(code, account, "{entry:?}");
        let state = if account.is_empty() {
            State::Unknown
        } else {
            State::Proposed
        };
        assert_eq!(decision.state, state, "{entry:?}");
    }
}

#[test]
fn money_taken_back_names_the_payment_it_was() {
    let returned = |end_to_end: Option<&str>, iban: Option<&str>, minor| Entry {
        direction: Direction::Debit,
        is_reversal: true,
        end_to_end_id: end_to_end.map(str::to_owned),
        payer_iban: iban.map(str::to_owned),
        ..entry(minor)
    };
    for (entry, is_sure, payment) in [
        (returned(Some("E2E-7"), None, 5_000), true, Some(PaymentId(7))),
        (
            returned(None, Some("NL91ABNA0417164300"), 5_000),
            false,
            Some(PaymentId(7)),
        ),
        (returned(Some("E2E-7"), None, 5_001), false, None),
        (returned(Some("NOTPROVIDED"), None, 5_000), false, None),
    ] {
        let decision = decide(&entry, &facts());
        assert_eq!((decision.is_sure, decision.takes_back), (is_sure, payment), "{entry:?}");
    }
    // What contradicts it makes it a proposal.
    let named = returned(Some("E2E-7"), None, 5_000);
    let other = Entry {
        payer_iban: Some("DE89370400440532013000".to_owned()),
        ..named.clone()
    };
    let late = Entry {
        booked_on: day("2027-11-22"),
        ..named.clone()
    };
    let mut elsewhere = facts();
    for paid in &mut elsewhere.payments {
        paid.is_same_account = false;
    }
    for (entry, facts, reason) in [
        (&other, facts(), "against_other_iban"),
        (&late, facts(), "against_long_ago"),
        (&named, elsewhere, "against_other_bank_account"),
    ] {
        let decision = decide(entry, &facts);
        assert_eq!(
            (decision.is_sure, decision.takes_back),
            (false, Some(PaymentId(7))),
            "{reason}"
        );
        assert!(names(&decision).contains(&reason), "{decision:?}");
    }
    let outgoing = Entry {
        direction: Direction::Debit,
        ..entry(5_000)
    };
    assert_eq!(decide(&outgoing, &facts()).state, State::Outgoing);
}

#[test]
fn what_one_entry_pays_is_not_open_for_the_next() {
    let (one, other) = (says(12_100, "2026-000042"), says(12_100, "RF02 2026 0000 42"));
    let (today, oldest) = (day("2026-11-24"), day("2025-11-24"));
    let decisions = decide_all(&[(&one, None), (&other, None)], facts(), today, oldest);
    let sure: Vec<_> = decisions.iter().map(|decision| decision.is_sure).collect();
    assert_eq!(sure, [true, false]);
    assert!(names(&decisions[1]).contains(&"against_paid"));
    // Whose the payer's account is, is known from then on.
    let from = |entry: Entry| Entry {
        payer_iban: Some("GB82WEST12345698765432".to_owned()),
        ..entry
    };
    let (own, others) = (from(says(12_100, "2026-000042")), from(says(9_900, "2026-000044")));
    let decisions = decide_all(&[(&own, None), (&others, None)], facts(), today, oldest);
    assert!(decisions[0].is_sure && !decisions[1].is_sure);
    assert!(names(&decisions[1]).contains(&"against_other_payer"));
    let alike = decide_all(&[(&one, Some(day("2026-11-23")))], facts(), today, oldest);
    assert!(!alike[0].is_sure && names(&alike[0]).contains(&"against_alike"));
    let early = decide_all(&[(&one, None)], facts(), day("2026-11-23"), oldest);
    assert!(!early[0].is_sure && names(&early[0]).contains(&"against_day"));
}

proptest! {
    #[test]
    fn no_more_is_paid_than_came_in_nor_than_is_open(amounts in proptest::collection::vec((1_i64..20_000, 40_usize..47), 0..20)) {
        let entries: Vec<_> = amounts.iter().map(|(minor, id)| says(*minor, &format!("2026-{id:06}"))).collect();
        let with: Vec<_> = entries.iter().map(|entry| (entry, None)).collect();
        let decisions = decide_all(&with, facts(), day("2026-11-24"), day("2025-11-24"));
        let mut paid: HashMap<InvoiceId, i64> = HashMap::new();
        for (entry, decision) in entries.iter().zip(&decisions) {
            let sum: i64 = decision.parts.iter().map(|(_, minor)| minor).sum();
            prop_assert!(sum <= entry.minor);
            prop_assert!(!decision.is_sure || sum == entry.minor);
            for (id, minor) in decision.parts.iter().filter(|_| decision.is_sure) {
                *paid.entry(*id).or_default() += minor;
            }
        }
        for invoice in facts().invoices {
            prop_assert!(paid.get(&invoice.id).copied().unwrap_or_default() <= invoice.open_minor);
        }
    }
}
