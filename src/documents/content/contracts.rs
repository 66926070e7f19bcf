//! A contract as its template reads it.

use serde_json::{Value, json};

use super::{Facts, recipient};
use crate::documents::paper::{Contract, ContractLine};
use crate::languages::Language;

pub(super) fn of_contract(contract: &Contract, language: Language) -> Value {
    let mut facts = Facts::new(language);
    facts.add("contract-number", Some(contract.number.clone()));
    facts.add("contract-date", Some(language.date(contract.dated_on)));
    facts.add("customer-number", Some(contract.buyer.code.clone()));
    let line = |line: &ContractLine| {
        json!({
            "code": line.code,
            "about": line.about,
            "period": line.period,
            "committed": line.committed,
            "rate": line.rate,
        })
    };
    let term = |(label, value): &(String, String)| json!({ "label": label, "value": value });
    let heads = ["commitment", "about", "period", "committed", "shortfall"];
    let heads = heads.map(|head| language.text(&format!("paper-contract-{head}")));
    let acceptance = contract.acceptance.as_ref();
    json!({
        "title": language.text("paper-contract"),
        "number": contract.number,
        "facts": facts.0,
        "recipient": recipient(&contract.buyer, &contract.seller, language),
        "name": contract.name,
        "terms": contract.terms.iter().map(term).collect::<Vec<_>>(),
        "heads": heads,
        "lines": contract.lines.iter().map(line).collect::<Vec<_>>(),
        "acceptance": acceptance.map(|(text, by)| json!({ "text": text, "by": by })),
        "countersigned": contract.countersigned,
        "unsigned": contract.unsigned,
    })
}
