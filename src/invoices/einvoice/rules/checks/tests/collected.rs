//! What breaks the rules of direct debits, of corrected invoices and of the codes of exemptions.

use super::{Case, account};
use crate::invoices::einvoice::rules::Profile;
use crate::invoices::einvoice::rules::document::{DirectDebit, Document, Payment};
use crate::invoices::einvoice::rules::samples::special::{collected, corrected};
use crate::invoices::einvoice::rules::samples::{credit_note, worked};

fn payment(document: &mut Document) -> &mut Payment {
    document.payment.as_mut().expect("one")
}

fn mandate(document: &mut Document) -> &mut DirectDebit {
    payment(document).mandate.as_mut().expect("one")
}

pub(super) fn of_debits() -> Vec<Case> {
    let (peppol, german) = (Profile::Peppol, Profile::Xrechnung);
    let one = collected;
    vec![
        ("PEPPOL-EN16931-R061", peppol, one(), |d| payment(d).mandate = None),
        ("PEPPOL-EN16931-R061", peppol, one(), |d| mandate(d).reference.clear()),
        ("BG-19", peppol, one(), |d| payment(d).means = "97"),
        ("BT-89", peppol, one(), |d| mandate(d).reference = "Über 1".to_owned()),
        ("BT-90", peppol, one(), |d| {
            mandate(d).creditor_id = Some("DE97ZZZ09999999999".to_owned());
        }),
        ("BT-91", peppol, one(), |d| mandate(d).iban = "DE00".to_owned()),
        ("BR-DE-25-b", german, one(), |d| {
            payment(d).account = Some(account(&mut worked("S", 21)).clone());
        }),
        ("BR-DE-30", german, one(), |d| mandate(d).creditor_id = None),
        ("BR-DE-31", german, one(), |d| mandate(d).iban.clear()),
    ]
}

pub(super) fn of_corrected() -> Vec<Case> {
    let (peppol, german) = (Profile::Peppol, Profile::Xrechnung);
    vec![
        ("BR-DE-26", german, corrected(), |d| d.preceding = None),
        ("BR-55", peppol, corrected(), |d| d.preceding = None),
        ("PEPPOL-EN16931-P0112", peppol, corrected(), |d| {
            d.seller.address.country = "NL".to_owned();
        }),
        ("PEPPOL-EN16931-P0112", peppol, corrected(), |d| {
            d.buyer.address.country = "NL".to_owned();
        }),
        // What takes something back has a type of its own.
        ("BR-55", german, credit_note(), |d| d.preceding = None),
    ]
}

pub(super) fn of_exemptions() -> Vec<Case> {
    let peppol = Profile::Peppol;
    let (e, ae) = (|| worked("E", 0), || worked("AE", 0));
    fn coded(document: &mut Document, code: &str) {
        document.taxes[0].reason_code = Some(code.to_owned());
    }
    vec![
        ("BR-CL-22", peppol, e(), |d| coded(d, "VATEX-EU-133")),
        ("BR-CL-22", peppol, e(), |d| coded(d, "vatex-eu-132")),
        ("PEPPOL-EN16931-P0104", peppol, e(), |d| coded(d, "VATEX-EU-G")),
        ("PEPPOL-EN16931-P0105", peppol, e(), |d| coded(d, "VATEX-EU-O")),
        ("PEPPOL-EN16931-P0106", peppol, e(), |d| coded(d, "VATEX-EU-IC")),
        ("PEPPOL-EN16931-P0107", peppol, e(), |d| coded(d, "VATEX-EU-AE")),
        ("PEPPOL-EN16931-P0108", peppol, ae(), |d| coded(d, "VATEX-EU-D")),
        ("PEPPOL-EN16931-P0109", peppol, ae(), |d| coded(d, "VATEX-EU-F")),
        ("PEPPOL-EN16931-P0110", peppol, ae(), |d| coded(d, "VATEX-EU-I")),
        ("PEPPOL-EN16931-P0111", peppol, ae(), |d| coded(d, "VATEX-EU-J")),
    ]
}
