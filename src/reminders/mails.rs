//! The mail of a reminder, to those who pay; and the one to the team before orders are held.

use crate::accounts::audiences::{Audiences, Wanted};
use crate::accounts::correspondence::Correspondence;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::events::payloads::{HoldAnnounced, RemindedItem, ReminderSent};
use crate::events::{AccountEvent, Happened, ReminderEvent};
use crate::identity::rules::AccountRole;
use crate::ids::{AccountId, ReminderId};
use crate::languages::{Argument, Language};
use crate::mail::Draft;
use crate::mail::letter::{Letter, Line, Lines, Link};
use crate::mail::rules::Kind;
use crate::mail::writing::Writing;
use crate::orders::mails::words;

/// What a mail about what is overdue is about.
#[derive(Debug, Clone, Copy)]
pub enum About<'e> {
    Reminder(&'e ReminderEvent),
    Account(&'e AccountEvent),
}

/// The mails of events about reminders.
pub fn drafts(
    connection: &mut Connection,
    audiences: &mut Audiences,
    events: &[(&Happened, About<'_>)],
) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for (event, about) in events {
        drafts.extend(match about {
            About::Reminder(ReminderEvent::Sent(_)) => {
                let wanted = Wanted {
                    kind: Kind::Reminder,
                    roles: &[AccountRole::Finance],
                    cause: None,
                    site: None,
                };
                audiences.of_account(connection, event, &wanted)?
            }
            About::Account(AccountEvent::HoldAnnounced(_)) => {
                let account_id = Some(AccountId(event.subject_id));
                audiences.of_team(connection, event, account_id, Kind::HoldAnnounced)?
            }
            About::Account(
                AccountEvent::ActingStarted(_)
                | AccountEvent::ActingEnded(_)
                | AccountEvent::CreditChanged(_)
                | AccountEvent::OrdersHeld(_)
                | AccountEvent::OrdersReleased(_),
            ) => Vec::new(),
        });
    }
    Ok(drafts)
}

/// What the mail says.
pub fn letter(
    writing: &Writing,
    sides: &Correspondence,
    kind: Kind,
    event: &Happened,
    about: About<'_>,
) -> Result<Letter> {
    match (kind, about) {
        (Kind::Reminder, About::Reminder(ReminderEvent::Sent(sent))) => {
            Ok(reminder(writing, ReminderId(event.subject_id), sent))
        }
        (Kind::HoldAnnounced, About::Account(AccountEvent::HoldAnnounced(announced))) => {
            Ok(hold_announced(writing, sides, AccountId(event.subject_id), announced))
        }
        (other, _) => Err(Error::internal(format!(
            "{other} is no mail about {}",
            event.event.kind()
        ))),
    }
}

/// What a reminder says in a language: the policy's own words, else the built-in ones.
pub fn words_of(language: Language, level: i32, text_en: Option<&str>, text_de: Option<&str>) -> String {
    let own = match language {
        Language::En => text_en,
        Language::De => text_de,
    };
    own.map_or_else(|| language.text(&format!("reminder-text-{level}")), str::to_owned)
}

fn reminder(writing: &Writing, id: ReminderId, sent: &ReminderSent) -> Letter {
    let money = |amount: &str| writing.money_of(amount, &sent.currency);
    let words: &[(&'static str, Argument<'_>)] = &[
        ("number", sent.number.as_str().into()),
        ("amount", money(&sent.overdue_total).into()),
    ];
    let row = |item: &RemindedItem| Line {
        name: item.number.clone(),
        number: String::new(),
        cells: vec![
            writing.day(item.due_on),
            match item.overdue_days {
                ..=0 => writing.text("reminder-not-due"),
                days => writing.text_with("reminder-days-late", &[("days", days.into())]),
            },
            money(&item.open_amount),
        ],
    };
    let columns = ["word-due", "reminder-late", "word-open"];
    let lines = words::lines(writing, &columns, sent.items.iter().map(row));
    let is_some = |amount: &str| amount.contains(|c: char| ('1'..='9').contains(&c));
    let facts = [
        writing.fact("reminder-number", sent.number.as_str()),
        writing.fact("reminder-overdue", money(&sent.overdue_total)),
        is_some(&sent.not_due_total)
            .then(|| writing.fact("reminder-open-not-due", money(&sent.not_due_total)))
            .flatten(),
        is_some(&sent.fee)
            .then(|| writing.fact("reminder-fee", money(&sent.fee)))
            .flatten(),
        is_some(&sent.interest)
            .then(|| writing.fact("reminder-interest", money(&sent.interest)))
            .flatten(),
    ];
    let on_account = sent.on_account.as_deref().filter(|amount| is_some(amount));
    let facts = facts.into_iter().chain([
        on_account.and_then(|amount| writing.fact("reminder-on-account", money(amount))),
        on_account
            .and(sent.balance.as_deref())
            .and_then(|amount| writing.fact("reminder-balance", money(amount))),
    ]);
    let text = words_of(
        writing.language,
        sent.level,
        sent.text_en.as_deref(),
        sent.text_de.as_deref(),
    );
    Letter {
        subject: writing.text_with(&format!("mail-reminder-subject-{}", sent.level), words),
        headline: writing.text_with("mail-reminder-headline", words),
        paragraphs: text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(str::to_owned)
            .collect(),
        facts: facts.flatten().collect(),
        table: Some(Lines {
            item: writing.text("word-invoice"),
            ..lines
        }),
        link: Some(Link {
            label: writing.text_with("mail-reminder-link", words),
            url: writing.link(&format!("/reminders/{id}")),
        }),
        thread: None,
    }
}

fn hold_announced(writing: &Writing, sides: &Correspondence, id: AccountId, announced: &HoldAnnounced) -> Letter {
    let words: &[(&'static str, Argument<'_>)] = &[
        ("code", announced.account.as_str().into()),
        ("account", sides.account_name().into()),
        ("date", writing.day(announced.held_from).into()),
        (
            "amount",
            writing.money_of(&announced.overdue_total, &announced.currency).into(),
        ),
    ];
    Letter {
        subject: writing.text_with("mail-hold-announced-subject", words),
        headline: writing.text_with("mail-hold-announced-headline", words),
        paragraphs: vec![writing.text_with("mail-hold-announced-next", words)],
        link: Some(Link {
            label: writing.text("mail-hold-announced-link"),
            url: writing.link(&format!("/desk/accounts/{id}/reminders")),
        }),
        ..Letter::default()
    }
}
