//! What is collected, what takes the place of another, what is exempt by a code and what is of a period is told by both syntaxes, and
//! by all profiles.

use super::{both, keep, read};
use crate::invoices::einvoice::rules::samples::special;
use crate::invoices::einvoice::rules::{Checked, Profile};
use crate::invoices::einvoice::xml::{cii, ubl};

const SETTLEMENT: &str = "SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement/";

#[test]
fn special_documents_say_the_same_in_both_syntaxes() {
    for document in special::all() {
        let wanted = document.clone();
        let (head, _) = both(&document);
        assert_eq!(head["BT-3"], [wanted.kind.code()]);
        let preceding: Vec<_> = wanted.preceding.iter().map(|one| one.number.clone()).collect();
        assert_eq!(head["BT-25"], preceding);
        let codes = wanted.taxes.iter().filter_map(|tax| tax.reason_code.clone());
        assert_eq!(head["BT-121"], codes.collect::<Vec<_>>());
        let profile = Profile::Xrechnung;
        let german = Checked::new(document, profile).expect("a good document");
        keep(&ubl::write(&german).expect("written"), "xrechnung");
    }
}

#[test]
fn what_is_collected_says_by_which_mandate_of_whom_and_where() {
    let checked = Checked::new(special::collected(), Profile::En16931).expect("a good document");
    let of_ubl = read(&ubl::write(&checked).expect("written"));
    let of_cii = read(&cii::write(&checked).expect("written"));
    let settled = |path: &str| of_cii.values(&format!("{SETTLEMENT}{path}"));
    for (found, wanted) in [
        (of_ubl.values("PaymentMeans/PaymentMeansCode"), "59"),
        (of_ubl.values("PaymentMeans/PaymentMandate/ID"), "MREF-2026-0042"),
        (
            of_ubl.values("PaymentMeans/PaymentMandate/PayerFinancialAccount/ID"),
            "DE75512108001245126199",
        ),
        (settled("CreditorReferenceID"), "DE98ZZZ09999999999"),
        (
            settled("SpecifiedTradePaymentTerms/DirectDebitMandateID"),
            "MREF-2026-0042",
        ),
        (
            settled("SpecifiedTradeSettlementPaymentMeans/PayerPartyDebtorFinancialAccount/IBANID"),
            "DE75512108001245126199",
        ),
    ] {
        assert_eq!(found, [wanted]);
    }
    let ids = of_ubl.values("AccountingSupplierParty/Party/PartyIdentification/ID");
    assert!(ids.contains(&"DE98ZZZ09999999999 SEPA".to_owned()), "{ids:?}");
    assert!(of_ubl.all("PaymentMeans/PayeeFinancialAccount").is_empty());
}

#[test]
fn a_period_is_told_by_its_first_and_last_day() {
    let checked = Checked::new(special::of_period(), Profile::En16931).expect("a good document");
    let of_ubl = read(&ubl::write(&checked).expect("written"));
    let of_cii = read(&cii::write(&checked).expect("written"));
    assert_eq!(of_ubl.values("InvoicePeriod/StartDate"), ["2026-11-01"]);
    assert_eq!(of_ubl.values("InvoicePeriod/EndDate"), ["2026-11-30"]);
    for (end, day) in [("Start", "20261101"), ("End", "20261130")] {
        let path = format!("{SETTLEMENT}BillingSpecifiedPeriod/{end}DateTime/DateTimeString");
        assert_eq!(of_cii.values(&path), [day]);
    }
}
