//! Papers of deliveries to try the templates on.

use super::{day, line, seller, site, tax};
use crate::documents::paper::{
    Amount, Document, PackageLabel, PackageLabels, Packed, Paper, PickLine, PickList, Symbol,
};
use crate::languages::Language;
use crate::money::Currency;

/// Two packages, one with something in it.
pub fn packages() -> Vec<Packed> {
    let currency = Currency::from_code("EUR").expect("known");
    let amount: Amount = line(1, currency, &tax("S", 210_000)).amount;
    let packed = |position, items| Packed {
        position,
        sscc: "106141411234567897".to_owned(),
        kind: "CT",
        weight_grams: Some(12_500),
        sides: [Some(400), Some(300), None],
        items,
    };
    let items = vec![("1".to_owned(), amount.clone()), ("2".to_owned(), amount)];
    vec![packed(1, items), packed(2, Vec::new())]
}

/// Labels of so many packages.
pub fn labels(language: Language, count: usize) -> Paper {
    let symbol = |printed: &str, width: u32| Symbol {
        width,
        bars: (0..width / 4).map(|bar| (bar * 4, 2)).collect(),
        printed: printed.to_owned(),
    };
    let label = |place| PackageLabel {
        facts: vec![
            ("po-number", "PO-11873/B".to_owned()),
            ("order", "10482".to_owned()),
            ("shipment", "20391".to_owned()),
            ("carrier", "Elbe Spedition 00340434161094042557".to_owned()),
            ("windows", "Mo-Fr 08:00-12:00".to_owned()),
            ("weight", "12,5 kg".to_owned()),
        ],
        place: (place, count),
        sscc: symbol("(00)106141411234567897", 156),
        others: vec![symbol("(02)04006381333931(37)12", 156), symbol("(400)PO-1", 123)],
    };
    let document = Document::PackageLabels(PackageLabels {
        number: "20391".to_owned(),
        printed_on: day(2026, 3, 11),
        seller: seller(),
        ship_to: site(),
        labels: (1..=count).map(label).collect(),
    });
    Paper {
        language,
        document,
        xml: None,
    }
}

/// A list of so many lines to be picked.
pub fn pick_list(language: Language, lines: i32) -> Paper {
    let currency = Currency::from_code("EUR").expect("known");
    let pick = |position| {
        let line = line(position, currency, &tax("S", 210_000));
        PickLine {
            location: (position % 2 == 1).then(|| format!("A-{position:02}-3")),
            article: line.article,
            amount: line.amount,
            order_number: "10482".to_owned(),
            position,
            account: "NORDWIND".to_owned(),
            ship_to: "HAMBURG".to_owned(),
        }
    };
    let document = Document::PickList(PickList {
        warehouse: "NORTH".to_owned(),
        printed_on: day(2026, 3, 11),
        seller: seller(),
        lines: (1..=lines).map(pick).collect(),
    });
    Paper {
        language,
        document,
        xml: None,
    }
}
