//! Money that goes over loses nothing; what can't be mirrored is refused.

use proptest::prelude::*;

use super::*;
use crate::ids::InvoiceId;
use crate::invoices::credits::rules::credit;
use crate::invoices::einvoice::rules::samples::{Ordered, invoice};
use crate::invoices::rules::Preceding;
use crate::tax::rules::Treatment;

fn ordered(steps: i64) -> Ordered {
    Ordered {
        steps,
        decimals: 0,
        content: 12,
        micros: 7_500_000,
        base: 1,
        in_base: false,
        treatment: Treatment {
            category: "S".to_owned(),
            rate_ppm: 190_000,
        },
        off: 0,
    }
}

fn code(refused: &Result<()>) -> Option<Code> {
    refused.as_ref().err().map(Error::code)
}

#[test]
fn what_would_be_asked_for_twice_is_refused() {
    let wrong = invoice("EUR", &[ordered(10), ordered(3)]);
    let nothing = Credited::default();
    let free = Obstacles::default();
    assert_eq!(code(&refuse(&wrong, &nothing, &free, Prices::AsInvoiced)), None);
    let corrected = Invoice {
        corrected_by: Some((InvoiceId(9), "2026-000043".to_owned())),
        ..wrong.clone()
    };
    let refused = refuse(&corrected, &nothing, &free, Prices::AsInvoiced);
    assert_eq!(code(&refused), Some(Code::InvoiceNotCorrectable));
    let adds = Invoice {
        kind: Kind::PriceDifference,
        preceding: Some(Preceding {
            id: InvoiceId(1),
            number: "2026-000041".to_owned(),
            issued_on: wrong.issued_on,
        }),
        ..wrong.clone()
    };
    let refused = refuse(&adds, &nothing, &free, Prices::AsInvoiced);
    assert_eq!(code(&refused), Some(Code::InvoiceNotCorrectable));
    let amount = |reason| Obstacles {
        amounts: vec![AmountCredited {
            position: 1,
            credit_note: "CN-2026-000001".to_owned(),
            reason,
        }],
        difference: None,
    };
    for (reason, prices, expected) in [
        (CreditNoteReason::Goodwill, Prices::AsInvoiced, true),
        (CreditNoteReason::Goodwill, Prices::Current, true),
        (CreditNoteReason::Price, Prices::AsInvoiced, true),
        // The amount was what the right price is below the wrong one.
        (CreditNoteReason::Price, Prices::Current, false),
    ] {
        let refused = code(&refuse(&wrong, &nothing, &amount(reason), prices));
        assert_eq!(refused.is_some(), expected, "{reason:?} {prices:?}");
    }
    let difference = Obstacles {
        difference: Some("2026-000050".to_owned()),
        ..Obstacles::default()
    };
    let refused = refuse(&wrong, &nothing, &difference, Prices::Current);
    assert_eq!(code(&refused), Some(Code::InvoiceNotCorrectable));
}

#[test]
fn what_was_credited_of_goods_is_not_billed_again() {
    let wrong = invoice("EUR", &[ordered(10), ordered(3)]);
    let first = wrong.lines.first().expect("a line");
    let before = Credited {
        lines: [(first.id, (4, 3_000))].into_iter().collect(),
        ..Credited::default()
    };
    let mut ids = (100..).map(InvoiceLineId);
    let right = lines(&wrong, &before, &HashMap::new(), || ids.next().expect("an id")).expect("lines");
    let rest = credit(&wrong, &before, None).expect("a credit");
    let told = |line: &InvoiceLine| (line.quantity, line.net);
    let expected: Vec<_> = rest.lines.iter().map(|credited| told(&credited.line)).collect();
    assert_eq!(right.iter().map(told).collect::<Vec<_>>(), expected);
    assert_eq!(right.first().map(|line| line.quantity.base_steps), Some(72));
    let positions: Vec<_> = right.iter().map(|line| line.position).collect();
    assert_eq!(positions, [1, 2]);
}

#[test]
fn every_fault_of_what_is_wanted_is_told_at_once() {
    let wanted = Wanted {
        reason: " ".to_owned(),
        po_number: Some("x".repeat(101)),
        payment_terms_days: Some(366),
        ..Wanted::default()
    };
    let Err(Error::Invalid(faults)) = checked(&wanted, 100) else {
        panic!("it is refused");
    };
    let places: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(places, ["/reason", "/po_number", "/payment_terms_days"]);
}

proptest! {
    #[test]
    fn no_money_comes_or_goes(
        paid in proptest::collection::vec(1_i64..500, 0..6), still_open in 0_i64..600, gross in 0_i64..2_000, left in 0_i64..900,
    ) {
        let paid: Vec<_> = (1..).map(PaymentId).zip(paid).collect();
        let moves = moves(&paid, still_open, gross, left);
        let sum = |parts: &[(PaymentId, i64)]| parts.iter().map(|(_, minor)| minor).sum::<i64>();
        let (kept, moved, freed) = (sum(&moves.kept), sum(&moves.moved), sum(&moves.freed));
        prop_assert_eq!(kept + moved + freed, sum(&paid));
        prop_assert_eq!(kept, still_open.min(sum(&paid)));
        prop_assert!(moved + moves.credit_minor <= gross && moves.credit_minor <= left);
        // Nothing is free while the new invoice is open.
        prop_assert!(freed == 0 || moved == gross);
        prop_assert!(moves.credit_minor == left || moved + moves.credit_minor == gross);
    }
}
