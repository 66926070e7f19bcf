//! A reminder as its template reads it.

use serde_json::{Value, json};

use super::{Facts, recipient};
use crate::documents::paper::{Reminder, ReminderLine};
use crate::languages::Language;
use crate::money::Money;

pub(super) fn of_reminder(reminder: &Reminder, language: Language) -> Value {
    let mut facts = Facts::new(language);
    facts.add("reminder-number", Some(reminder.number.clone()));
    facts.add("reminder-date", Some(language.date(reminder.sent_on)));
    facts.add("customer-number", Some(reminder.buyer.code.clone()));
    let sums = [
        ("reminder-overdue", Some(reminder.overdue)),
        ("reminder-fee", reminder.fee),
        ("reminder-interest", reminder.interest),
        (
            "reminder-on-account",
            reminder
                .on_account
                .map(|paid| Money::new(paid.minor.saturating_neg(), paid.currency)),
        ),
    ];
    let sum = |(key, amount): (&str, Option<Money>)| {
        amount
            .map(|amount| json!({ "label": language.text(&format!("paper-{key}")), "amount": language.amount(amount) }))
    };
    let mut text: Vec<_> = reminder.text.lines().map(str::to_owned).collect();
    if let Some(not_due) = reminder.not_due {
        let words = [("amount", language.money(not_due).into())];
        text.push(language.text_with("paper-reminder-not-due", &words));
    }
    let line = |line: &ReminderLine| {
        json!({
            "invoice": line.invoice_number,
            "po_number": line.po_number,
            "issued": language.date(line.issued_on),
            "due": language.date(line.due_on),
            "late": match line.overdue_days {
                Some(days) => language.text_with("reminder-days-late", &[("days", days.into())]),
                None => language.text("reminder-not-due"),
            },
            "open": language.amount(line.open),
        })
    };
    json!({
        "title": language.text(&format!("paper-reminder-{}", reminder.level)),
        "number": reminder.number,
        "facts": facts.0,
        "recipient": recipient(&reminder.buyer, &reminder.seller, language),
        "currency": reminder.currency.code(),
        "text": text,
        "sums": sums.into_iter().filter_map(sum).collect::<Vec<_>>(),
        "total": language.amount(reminder.total),
        "lines": reminder.lines.iter().map(line).collect::<Vec<_>>(),
    })
}
