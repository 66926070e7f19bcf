//! The label of a return as its template reads it.

use serde_json::{Value, json};

use super::deliveries::{of_delivery_line, of_symbol};
use super::{Facts, address, one_line};
use crate::documents::paper::ReturnLabel;
use crate::languages::Language;

pub(super) fn of_return(label: &ReturnLabel, language: Language) -> Value {
    let mut facts = Facts::new(language);
    facts.add("return-number", Some(label.number.clone()));
    facts.add("return-date", Some(language.date(label.announced_on)));
    facts.add("claim-number", label.claim_number.clone());
    facts.add("delivery-note-number", Some(label.shipment_number.clone()));
    facts.add("po-number", Some(label.po_number.clone()));
    facts.add("order-number", Some(label.order_number.clone()));
    let lines = label.lines.iter().map(|line| of_delivery_line(line, language));
    let home = label.buyer.address.country();
    json!({
        "title": language.text("paper-return"),
        "number": label.number,
        "bars": label.bars.as_ref().map(of_symbol),
        "facts": facts.0,
        // It goes back to who sold it.
        "recipient": address(&label.seller.address, home, language),
        "buyer": one_line(&label.buyer.address, language),
        "lines": lines.collect::<Vec<_>>(),
    })
}
