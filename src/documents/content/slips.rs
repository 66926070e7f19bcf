//! The payment part of an invoice as its template reads it.

use serde_json::{Value, json};

use super::grouped;
use crate::documents::swiss::{Bill, Party, code};
use crate::languages::Language;

/// Null where the code would say too much.
pub fn of_bill(bill: &Bill, language: Language) -> Option<Value> {
    let code = code(bill)?;
    let text = |key: &str| language.text(&format!("paper-slip-{key}"));
    let party = |party: &Party| {
        let joined = |one: &str, two: &str| [one, two].join(" ").trim().to_owned();
        let lines = [
            party.name.clone(),
            joined(&party.street, &party.number),
            format!("{}{}", home(party), joined(&party.postal_code, &party.town)),
        ];
        lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>()
    };
    let labels = [
        ("payment_part", "payment-part"),
        ("receipt", "receipt"),
        ("account", "account"),
        ("reference", "reference"),
        ("additional", "additional"),
        ("payable_by", "payable-by"),
        ("payable_by_blank", "payable-by-blank"),
        ("currency", "currency"),
        ("amount", "amount"),
        ("acceptance", "acceptance"),
        ("detach", "detach"),
    ];
    let labels: serde_json::Map<_, _> = labels
        .into_iter()
        .map(|(name, key)| (name.to_owned(), text(key).into()))
        .collect();
    // Blanks between thousands, a point before the cents: as the standard prints it.
    let amount = bill.amount.to_string();
    let (whole, cents) = amount.split_once('.').unwrap_or((&amount, "00"));
    let signs: Vec<char> = whole.chars().rev().collect();
    let groups: Vec<String> = signs
        .chunks(3)
        .map(|group| group.iter().rev().collect())
        .rev()
        .collect();
    Some(json!({
        "labels": labels,
        "iban": grouped(&bill.iban),
        "creditor": party(&bill.creditor),
        "debtor": bill.debtor.as_ref().map(party),
        "reference": bill.reference.printed(),
        "message": bill.message,
        "currency": bill.amount.currency.code(),
        "amount": format!("{}.{cents}", groups.join("\u{a0}")),
        "code": json!({ "size": code.size, "runs": code.runs }),
    }))
}

/// The country before the postal code, where it is none of the two.
fn home(party: &Party) -> String {
    match party.country.as_str() {
        "CH" | "LI" => String::new(),
        other => format!("{other}-"),
    }
}
