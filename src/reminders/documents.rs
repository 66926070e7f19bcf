//! A reminder as paper: nothing but what was frozen when it was sent, with the parties as they are.

use super::mails::words_of;
use super::rules::balance_minor;
use super::sent;
use crate::accounts;
use crate::accounts::parties;
use crate::db::Connection;
use crate::documents::paper::{self, Document, Paper};
use crate::error::{Error, Result};
use crate::ids::{AccountId, ReminderId};
use crate::languages::Language;

/// The reminder of the account, in the account's language.
pub fn reminder(connection: &mut Connection, account_id: AccountId, id: ReminderId) -> Result<Paper> {
    let (reminder, items) = sent::get(connection, account_id, id)?;
    let language = Language::from_locale(&accounts::get(connection, account_id)?.locale);
    let site = accounts::ship_to(connection, account_id, None)?;
    let site = site.ok_or_else(|| Error::internal(format!("{account_id} has no site")))?;
    let parties = parties::load(connection, account_id, site.id)?;
    let own = &reminder.own;
    let line = |item: sent::Item| paper::ReminderLine {
        invoice_number: item.number,
        po_number: item.po_number,
        issued_on: item.issued_on,
        due_on: item.due_on,
        overdue_days: (item.overdue_days > 0).then_some(item.overdue_days),
        open: reminder.money(item.open_minor),
    };
    let cost = |minor: i64| (minor > 0).then(|| reminder.money(minor));
    Ok(Paper {
        language,
        xml: None,
        document: Document::Reminder(paper::Reminder {
            number: own.number.clone(),
            sent_on: own.sent_on,
            level: own.level,
            text: words_of(language, own.level, own.text_en.as_deref(), own.text_de.as_deref()),
            seller: parties.seller,
            buyer: parties.buyer,
            currency: own.currency,
            overdue: reminder.money(own.overdue_minor),
            not_due: cost(own.not_due_minor),
            fee: cost(own.fee_minor),
            interest: cost(own.interest_minor),
            on_account: own.on_account_minor.and_then(cost),
            total: reminder.money(balance_minor(
                own.overdue_minor,
                reminder.costs_minor(),
                own.on_account_minor.unwrap_or_default(),
            )),
            lines: items.into_iter().map(line).collect(),
        }),
    })
}
