//! What templates read of papers.

use super::*;
use crate::documents::samples;

#[test]
fn every_label_is_known() {
    for language in Language::ALL {
        for paper in samples::all(language) {
            let Content { paper, lines } = content(&paper);
            assert!(!paper.to_string().contains("localization"), "{paper}");
            assert!(!lines.to_string().contains("localization"), "{lines}");
        }
    }
}

#[test]
fn lines_tell_units_base_units_and_price_bases() {
    let lines = content(&samples::invoice(Language::De, 3)).lines;
    let line = &lines[0];
    assert_eq!(line["quantity"], "12 Kartons");
    assert_eq!(line["base_quantity"], "2.400 Stück");
    assert_eq!(line["price"], "7,333");
    assert_eq!(line["price_per"], "100 Stück");
    assert_eq!(line["tax"], "21\u{a0}%");
}

#[test]
fn addresses_follow_their_country() {
    let mut to = Address {
        name: "Acme".to_owned(),
        street: Some("1 High Street".to_owned()),
        postal_code: Some("SW1A 1AA".to_owned()),
        city: Some("London".to_owned()),
        country: "GB".to_owned(),
    };
    let lines = |to: &Address| address(to, Some("NL"), Language::De);
    assert_eq!(
        lines(&to),
        ["Acme", "1 High Street", "London SW1A 1AA", "VEREINIGTES KÖNIGREICH"]
    );
    to.country = "NL".to_owned();
    assert_eq!(lines(&to), ["Acme", "1 High Street", "SW1A 1AA London"]);
    to.postal_code = None;
    to.city = None;
    assert_eq!(lines(&to), ["Acme", "1 High Street"]);
    assert_eq!(
        grouped("NL91ABNA 0417164300"),
        "NL91\u{a0}ABNA\u{a0}0417\u{a0}1643\u{a0}00"
    );
}

#[test]
fn an_invoice_in_euros_has_its_reference_and_the_code_for_apps() {
    let paper = content(&samples::invoice(Language::En, 1)).paper;
    assert_eq!(
        paper["payment_reference"],
        crate::values::references::printed(&crate::values::references::rf("2026-000123").expect("a reference"))
    );
    assert!(
        paper["pay_code"]["runs"]
            .as_array()
            .is_some_and(|runs| runs.len() > 100),
        "{paper}"
    );
    let dollars = content(&samples::invoice_in(Language::En, 1, "USD", &samples::tax("S", 0))).paper;
    assert!(dollars["pay_code"].is_null() && dollars["payment_reference"].is_string());
}
