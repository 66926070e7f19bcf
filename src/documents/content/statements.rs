//! A statement of account as its template reads it.

use serde_json::{Value, json};

use super::{Facts, recipient};
use crate::documents::paper::{Statement, StatementLine};
use crate::languages::Language;

pub fn of_statement(statement: &Statement, language: Language) -> Value {
    let kind = if statement.is_confirmation {
        "confirmation"
    } else {
        "statement"
    };
    let mut facts = Facts::new(language);
    facts.add("account-number", Some(statement.buyer.code.clone()));
    facts.add("statement-date", Some(language.date(statement.printed_on)));
    facts.add("statement-from", statement.from.map(|day| language.date(day)));
    facts.add("statement-to", Some(language.date(statement.to)));
    facts.add("your-vat-id", statement.buyer.vat_id.clone());
    let balance = |key: &str, on: Option<chrono::NaiveDate>, money| {
        json!({
            "date": on.map(|day| language.date(day)),
            "what": language.text(key),
            "about": null,
            "due": null,
            "charged": null,
            "paid": null,
            "balance": language.amount(money),
        })
    };
    let mut lines = vec![balance("paper-opening-balance", statement.from, statement.opening)];
    lines.extend(statement.lines.iter().map(|line| of_line(line, language)));
    lines.push(balance("paper-closing-balance", Some(statement.to), statement.closing));
    let money = |money| format!("{} {}", language.amount(money), statement.currency.code());
    let values = [
        ("date", language.date(statement.to).into()),
        ("balance", money(statement.closing).into()),
        ("seller", statement.seller.address.name.clone().into()),
    ];
    let ageing = statement.ageing.iter().map(|(name, amount)| {
        let label = language.text(&format!("paper-age-{name}"));
        json!([label, language.amount(*amount)])
    });
    json!({
        "title": language.text(&format!("paper-{kind}")),
        "number": statement.buyer.code,
        "facts": facts.0,
        "recipient": recipient(&statement.buyer, &statement.seller, language),
        "currency": statement.currency.code(),
        "lines": lines,
        "ageing": ageing.collect::<Vec<_>>(),
        "on_account": statement.on_account.map(|amount| {
            language.text_with("paper-on-account", &[("amount", money(amount).into())])
        }),
        "words": language.text_with(&format!("paper-{kind}-words"), &values),
        "answer": statement.is_confirmation.then(|| json!({
            "agreed": language.text_with("paper-confirmation-agreed", &values),
            "other": language.text_with("paper-confirmation-other", &values),
        })),
    })
}

fn of_line(line: &StatementLine, language: Language) -> Value {
    let is_charged = line.amount.minor >= 0;
    let minus = crate::money::Money::new(line.amount.minor.saturating_neg(), line.amount.currency);
    json!({
        "date": language.date(line.on),
        "what": language.text(&format!("paper-line-{}", line.kind)),
        "about": (!line.text.is_empty()).then_some(&line.text),
        "due": line.due_on.map(|day| language.date(day)),
        "charged": is_charged.then(|| language.amount(line.amount)),
        "paid": (!is_charged).then(|| language.amount(minus)),
        "balance": language.amount(line.balance),
    })
}
