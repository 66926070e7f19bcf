//! Every rule has a document that breaks it, made of a good one; and the good ones keep them all.

mod collected;

use std::collections::BTreeSet;

use super::*;
use crate::invoices::einvoice::rules::document::{Account, Period, Preceding};
use crate::invoices::einvoice::rules::samples::{
    adjustment, credit_note, day, euro, mixed, special, treatment, worked,
};
use crate::money::Money;
use crate::parties::Identifier;
use crate::quantity::Quantity;

/// A rule, the profile, the good document, and what is done to it.
type Case = (&'static str, Profile, Document, fn(&mut Document));

fn account(document: &mut Document) -> &mut Account {
    let payment = document.payment.as_mut().expect("one");
    payment.account.as_mut().expect("one")
}

fn broken(document: &Document, profile: Profile) -> BTreeSet<&'static str> {
    faults(document, profile).into_iter().map(|fault| fault.rule).collect()
}

fn good() -> Vec<Document> {
    let mut documents = vec![worked("S", 21), mixed(), credit_note()];
    documents.extend(["Z", "E", "AE", "K", "G", "O"].map(|category| worked(category, 0)));
    documents
}

#[test]
fn good_documents_keep_all_rules_of_all_profiles() {
    for document in good().into_iter().chain(special::all()) {
        for profile in Profile::ALL {
            let found = faults(&document, profile);
            assert_eq!(found, [], "{:?} {profile}", document.taxes);
        }
    }
}

#[test]
fn the_worked_example_comes_to_the_cent() {
    let totals = |document: &Document| {
        let totals = document.totals;
        [totals.lines, totals.net, totals.tax, totals.payable].map(|money| money.to_string())
    };
    assert_eq!(totals(&worked("S", 21)), ["1250.34", "1222.82", "256.79", "1479.61"]);
    assert_eq!(totals(&mixed()), ["1250.34", "1222.83", "119.95", "1342.78"]);
    assert_eq!(totals(&credit_note()), ["271.76", "258.17", "54.22", "312.39"]);
    for category in ["Z", "E", "AE", "K", "G", "O"] {
        assert_eq!(totals(&worked(category, 0)), ["1250.34", "1222.82", "0.00", "1222.82"]);
    }
}

fn cent(money: &mut Money) {
    money.minor += 1;
}

fn third_decimal(document: &mut Document) {
    let of = |money: &mut Money| *money = Money::parse("1.001", dinar()).expect("an amount");
    let totals = &mut document.totals;
    for amount in [
        &mut totals.lines,
        &mut totals.net,
        &mut totals.tax,
        &mut totals.gross,
        &mut totals.payable,
    ] {
        of(amount);
    }
    for amount in [
        &mut totals.allowances,
        &mut totals.charges,
        &mut totals.prepaid,
        &mut totals.rounding,
    ] {
        of(amount.get_or_insert(Money::zero(dinar())));
    }
    for tax in &mut document.taxes {
        of(&mut tax.base);
        of(&mut tax.amount);
    }
    let of_lines = document.lines.iter_mut().flat_map(|line| {
        of(&mut line.net);
        line.adjustments.iter_mut()
    });
    for adjustment in of_lines.chain(&mut document.adjustments) {
        of(&mut adjustment.amount);
        of(&mut adjustment.part.get_or_insert((Money::zero(dinar()), 1)).0);
    }
}

fn dinar() -> crate::money::Currency {
    crate::money::Currency::from_code("BHD").expect("known")
}

fn of_head() -> Vec<Case> {
    let (peppol, german) = (Profile::Peppol, Profile::Xrechnung);
    let s = || worked("S", 21);
    vec![
        ("BR-02", peppol, s(), |d| d.number.clear()),
        ("PEPPOL-EN16931-R003", peppol, s(), |d| {
            (d.buyer_reference, d.po_number) = (None, None);
        }),
        ("BR-DE-15", german, s(), |d| d.buyer_reference = None),
        ("BR-CO-25", peppol, s(), |d| (d.due_on, d.terms) = (None, None)),
        ("BR-29", peppol, s(), |d| {
            d.period = Some(Period {
                from: day("2026-11-02"),
                to: day("2026-11-01"),
            });
        }),
        ("BR-55", peppol, credit_note(), |d| d.preceding = None),
        ("BR-55", peppol, credit_note(), |d| {
            d.preceding = Some(Preceding {
                number: " ".to_owned(),
                issued_on: day("2026-11-01"),
            });
        }),
    ]
}

fn of_parties() -> Vec<Case> {
    let (peppol, german) = (Profile::Peppol, Profile::Xrechnung);
    let s = || worked("S", 21);
    vec![
        ("BR-06", peppol, s(), |d| d.seller.address.name.clear()),
        ("BR-07", peppol, s(), |d| d.buyer.address.name.clear()),
        ("BR-09", peppol, s(), |d| d.seller.address.country.clear()),
        ("BR-11", peppol, s(), |d| d.buyer.address.country = "XX".to_owned()),
        ("BR-CO-26", peppol, s(), |d| {
            (d.seller.vat_id, d.seller.legal_id) = (None, None)
        }),
        ("BR-CO-09", peppol, s(), |d| {
            d.seller.vat_id = Some("123456789".to_owned())
        }),
        ("BR-CO-09", peppol, s(), |d| {
            d.buyer.vat_id = Some("XX123456789".to_owned())
        }),
        ("PEPPOL-EN16931-R020", peppol, s(), |d| d.seller.endpoint = None),
        ("PEPPOL-EN16931-R010", peppol, s(), |d| d.buyer.endpoint = None),
        ("PEPPOL-EN16931-R010", german, s(), |d| d.buyer.endpoint = None),
        ("BR-62", peppol, s(), |d| {
            d.buyer.endpoint.as_mut().expect("one").scheme = None;
        }),
        ("PEPPOL-COMMON-R040", peppol, s(), |d| {
            d.buyer.endpoint.as_mut().expect("one").number = "4012345000008".to_owned();
        }),
        ("PEPPOL-EN16931-CL008", peppol, s(), |d| {
            d.buyer.endpoint = Identifier::of_endpoint("EM:rechnung@elbtor.example");
        }),
        ("BR-57", peppol, s(), |d| {
            d.ship_to.as_mut().expect("one").country.clear()
        }),
        ("BR-50", peppol, s(), |d| account(d).iban.clear()),
        ("BR-61", peppol, s(), |d| account(d).iban = "NL00".to_owned()),
        ("BR-61", peppol, s(), |d| {
            d.payment.as_mut().expect("one").account = None
        }),
        ("BR-61", peppol, s(), |d| {
            let payment = d.payment.as_mut().expect("one");
            (payment.means, payment.account) = ("30", None);
        }),
        ("BR-DE-1", german, s(), |d| d.payment = None),
        ("BR-DE-3", german, s(), |d| d.seller.address.city = None),
        ("BR-DE-4", german, s(), |d| d.seller.address.postal_code = None),
        ("BR-DE-5", german, s(), |d| d.seller.contact = None),
        ("BR-DE-6", german, s(), |d| d.seller.phone = None),
        ("BR-DE-7", german, s(), |d| d.seller.email = None),
        ("BR-DE-8", german, s(), |d| d.buyer.address.city = None),
        ("BR-DE-9", german, s(), |d| d.buyer.address.postal_code = None),
        ("BR-DE-10", german, s(), |d| {
            d.ship_to.as_mut().expect("one").city = None
        }),
        ("BR-DE-11", german, s(), |d| {
            d.ship_to.as_mut().expect("one").postal_code = None
        }),
        ("BR-DE-16", german, worked("E", 0), |d| d.seller.vat_id = None),
        ("NL-R-002", peppol, s(), |d| d.seller.address.street = None),
        ("NL-R-003", peppol, s(), |d| {
            d.seller.legal_id = Identifier::of_register("HRB 1")
        }),
        ("NL-R-004", peppol, s(), |d| {
            d.buyer.address.country = "NL".to_owned();
            d.buyer.address.street = None;
        }),
        ("NL-R-005", peppol, s(), |d| d.buyer.address.country = "NL".to_owned()),
        ("NL-R-007", peppol, s(), |d| {
            d.buyer.address.country = "NL".to_owned();
            d.payment = None;
        }),
        ("BR-DE-5", peppol, s(), |d| {
            d.seller.address.country = "DE".to_owned();
            d.seller.contact = None;
        }),
    ]
}

fn of_lines() -> Vec<Case> {
    let peppol = Profile::Peppol;
    let s = || worked("S", 21);
    vec![
        ("BR-16", peppol, s(), |d| d.lines.clear()),
        ("BR-21", peppol, s(), |d| d.lines[1].number = 1),
        ("BR-22", peppol, s(), |d| d.lines[1].quantity.steps = 0),
        ("BR-23", peppol, s(), |d| d.lines[1].unit.clear()),
        ("BR-CL-23", peppol, s(), |d| d.lines[1].unit = "CT".to_owned()),
        ("BR-CL-23", peppol, s(), |d| d.lines[1].unit = "PF".to_owned()),
        ("BR-25", peppol, s(), |d| d.lines[1].name = " ".to_owned()),
        ("BR-27", peppol, s(), |d| d.lines[1].price.micros = -1),
        ("PEPPOL-EN16931-R121", peppol, s(), |d| {
            d.lines[1].base = Quantity::new(0, 0)
        }),
        ("BR-CO-04", peppol, s(), |d| d.lines[1].treatment.category.clear()),
        ("PEPPOL-EN16931-R120", peppol, s(), |d| cent(&mut d.lines[1].net)),
        ("BR-42", peppol, s(), |d| {
            let own = &mut d.lines[0].adjustments[0];
            (own.reason, own.reason_code) = (String::new(), None);
        }),
        ("BR-44", peppol, s(), |d| {
            let own = &mut d.lines[0].adjustments[1];
            (own.reason, own.reason_code) = (String::new(), None);
        }),
        ("BR-33", peppol, s(), |d| {
            let own = &mut d.adjustments[0];
            (own.reason, own.reason_code) = (String::new(), None);
        }),
        ("BR-38", peppol, s(), |d| {
            let own = &mut d.adjustments[1];
            (own.reason, own.reason_code) = (String::new(), None);
        }),
        ("BR-32", peppol, s(), |d| d.adjustments[0].treatment = None),
        ("BR-37", peppol, s(), |d| d.adjustments[1].treatment = None),
        ("PEPPOL-EN16931-R040", peppol, s(), |d| {
            d.adjustments[0].part = Some((euro("1250.34"), 60_000))
        }),
    ]
}

fn of_amounts() -> Vec<Case> {
    let peppol = Profile::Peppol;
    let s = || worked("S", 21);
    let mut cases: Vec<Case> = vec![
        ("BR-CO-10", peppol, s(), |d| cent(&mut d.totals.lines)),
        ("BR-CO-11", peppol, s(), |d| d.totals.allowances = None),
        ("BR-CO-12", peppol, s(), |d| d.totals.charges = Some(euro("35.01"))),
        ("BR-CO-13", peppol, s(), |d| cent(&mut d.totals.net)),
        ("BR-CO-14", peppol, s(), |d| cent(&mut d.taxes[0].amount)),
        ("BR-CO-15", peppol, s(), |d| cent(&mut d.totals.tax)),
        ("BR-CO-16", peppol, s(), |d| cent(&mut d.totals.payable)),
        ("BR-CO-16", peppol, s(), |d| d.totals.rounding = Some(euro("0.01"))),
        ("BR-CO-16", peppol, s(), |d| d.totals.prepaid = Some(euro("0.01"))),
    ];
    let decimals = [
        "BR-DEC-01",
        "BR-DEC-02",
        "BR-DEC-05",
        "BR-DEC-06",
        "BR-DEC-09",
        "BR-DEC-10",
        "BR-DEC-11",
        "BR-DEC-12",
        "BR-DEC-13",
        "BR-DEC-14",
        "BR-DEC-16",
        "BR-DEC-17",
        "BR-DEC-18",
        "BR-DEC-19",
        "BR-DEC-20",
        "BR-DEC-23",
        "BR-DEC-24",
        "BR-DEC-25",
        "BR-DEC-27",
        "BR-DEC-28",
    ];
    let third: fn(&mut Document) = third_decimal;
    cases.extend(decimals.map(|rule| (rule, peppol, s(), third)));
    cases
}

fn of_taxes() -> Vec<Case> {
    let peppol = Profile::Peppol;
    let (s, z, e) = (|| worked("S", 21), || worked("Z", 0), || worked("E", 0));
    let (ae, k, g, o) = (
        || worked("AE", 0),
        || worked("K", 0),
        || worked("G", 0),
        || worked("O", 0),
    );
    let twice: fn(&mut Document) = |d| d.taxes.push(d.taxes[0].clone());
    let rated: fn(&mut Document) = |d| d.lines[0].treatment.rate_ppm = 210_000;
    let based: fn(&mut Document) = |d| cent(&mut d.taxes[0].base);
    let taxed: fn(&mut Document) = |d| cent(&mut d.taxes[0].amount);
    let unreasoned: fn(&mut Document) = |d| (d.taxes[0].reason, d.taxes[0].reason_code) = (None, None);
    let reasoned: fn(&mut Document) = |d| d.taxes[0].reason = Some("Exempt".to_owned());
    let sellerless: fn(&mut Document) = |d| d.seller.vat_id = None;
    let buyerless: fn(&mut Document) = |d| (d.buyer.vat_id, d.buyer.legal_id) = (None, None);
    vec![
        ("BR-CO-18", peppol, s(), |d| d.taxes.clear()),
        ("BR-CO-17", peppol, s(), taxed),
        ("BR-CL-18", peppol, s(), |d| {
            d.lines[0].treatment.category = "B".to_owned()
        }),
        ("BR-CL-17", peppol, s(), |d| {
            d.taxes[0].treatment.category = "AA".to_owned()
        }),
        ("BR-S-01", peppol, s(), twice),
        // A rate of a line that the table lacks.
        ("BR-S-01", peppol, s(), |d| d.lines[0].treatment.rate_ppm = 60_000),
        ("BR-Z-01", peppol, z(), twice),
        ("BR-E-01", peppol, e(), twice),
        ("BR-AE-01", peppol, ae(), twice),
        ("BR-IC-01", peppol, k(), twice),
        ("BR-G-01", peppol, g(), twice),
        ("BR-O-01", peppol, o(), twice),
        ("BR-S-02", peppol, s(), sellerless),
        ("BR-Z-02", peppol, z(), sellerless),
        ("BR-E-02", peppol, e(), sellerless),
        ("BR-AE-02", peppol, ae(), sellerless),
        ("BR-AE-02", peppol, ae(), buyerless),
        ("BR-IC-02", peppol, k(), sellerless),
        ("BR-IC-02", peppol, k(), buyerless),
        ("BR-G-02", peppol, g(), sellerless),
        ("BR-O-02", peppol, o(), |d| {
            d.seller.vat_id = Some("NL000099998B57".to_owned())
        }),
        ("BR-O-02", peppol, o(), |d| {
            d.buyer.vat_id = Some("DE123456789".to_owned())
        }),
        ("BR-S-05", peppol, s(), |d| d.lines[0].treatment.rate_ppm = 0),
        ("BR-Z-05", peppol, z(), rated),
        ("BR-E-05", peppol, e(), rated),
        ("BR-AE-05", peppol, ae(), rated),
        ("BR-IC-05", peppol, k(), rated),
        ("BR-G-05", peppol, g(), rated),
        ("BR-O-05", peppol, o(), rated),
        ("BR-S-08", peppol, s(), based),
        ("BR-Z-08", peppol, z(), based),
        ("BR-E-08", peppol, e(), based),
        ("BR-AE-08", peppol, ae(), based),
        ("BR-IC-08", peppol, k(), based),
        ("BR-G-08", peppol, g(), based),
        ("BR-O-08", peppol, o(), based),
        ("BR-S-09", peppol, s(), taxed),
        ("BR-Z-09", peppol, z(), taxed),
        ("BR-E-09", peppol, e(), taxed),
        ("BR-AE-09", peppol, ae(), taxed),
        ("BR-IC-09", peppol, k(), taxed),
        ("BR-G-09", peppol, g(), taxed),
        ("BR-O-09", peppol, o(), taxed),
        ("BR-S-10", peppol, s(), reasoned),
        ("BR-Z-10", peppol, z(), reasoned),
        ("BR-E-10", peppol, e(), unreasoned),
        ("BR-AE-10", peppol, ae(), unreasoned),
        ("BR-IC-10", peppol, k(), unreasoned),
        ("BR-G-10", peppol, g(), unreasoned),
        ("BR-O-10", peppol, o(), unreasoned),
        ("BR-IC-11", peppol, k(), |d| d.delivered_on = None),
        ("BR-IC-12", peppol, k(), |d| d.ship_to = None),
        ("BR-O-11", peppol, s(), |d| {
            let mut other = worked("O", 0).taxes;
            d.taxes.append(&mut other);
        }),
        // The allowances' categories count, too.
        ("BR-S-01", peppol, s(), |d| {
            d.adjustments[1] = adjustment(true, "35.00", Some(treatment("S", 6)))
        }),
    ]
}

fn cases() -> Vec<Case> {
    [
        of_head(),
        of_parties(),
        of_lines(),
        of_amounts(),
        of_taxes(),
        collected::of_debits(),
        collected::of_corrected(),
        collected::of_exemptions(),
    ]
    .concat()
}

#[test]
fn every_rule_is_broken_by_a_document() {
    for (rule, profile, good, mutate) in cases() {
        let kept = broken(&good, profile);
        assert!(!kept.contains(rule), "{rule}: {kept:?} before anything is done to it");
        let mut bad = good;
        mutate(&mut bad);
        let found = broken(&bad, profile);
        assert!(found.contains(rule), "{rule}: {found:?}");
    }
}

#[test]
fn no_rule_is_without_a_document_that_breaks_it() {
    let sources = [
        include_str!("mod.rs"),
        include_str!("parties.rs"),
        include_str!("lines.rs"),
        include_str!("amounts.rs"),
        include_str!("taxes.rs"),
    ];
    let literals = sources.iter().flat_map(|source| source.split('"').skip(1).step_by(2));
    let is_rule = |text: &&str| {
        text.starts_with("PEPPOL-") || text.starts_with("NL-R-") || (text.starts_with("BR-") && text.len() > 3)
    };
    let mut rules: BTreeSet<_> = literals.filter(is_rule).collect();
    let of_categories = super::taxes::CATEGORIES.iter();
    rules.extend(of_categories.flat_map(|one| [one.once, one.parties, one.rate, one.base, one.amount, one.reason]));
    let tested: BTreeSet<_> = cases().into_iter().map(|(rule, ..)| rule).collect();
    let missing: Vec<_> = rules.difference(&tested).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn goods_outside_of_the_tax_beside_others_are_told_first() {
    let mut document = worked("S", 21);
    document.taxes.append(&mut worked("O", 0).taxes);
    let found = faults(&document, Profile::Peppol);
    assert_eq!(found.first().map(|fault| fault.rule), Some("BR-O-11"));
}

#[test]
fn every_field_and_place_is_called_something() {
    for language in crate::languages::Language::ALL {
        for field in Field::ALL {
            for key in [
                format!("einvoice-field-{}", field.name()),
                format!("einvoice-place-{}", field.place().name()),
            ] {
                assert!(!language.text(&key).contains("localization"), "{key}");
            }
        }
    }
}
