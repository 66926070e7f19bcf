//! Mails about contracts: to those who manage the account's access, and to the team behind it.

use crate::accounts::audiences::{Audiences, Wanted};
use crate::accounts::correspondence::Correspondence;
use crate::db::Connection;
use crate::error::Result;
use crate::events::payloads::ContractHead;
use crate::events::{ContractEvent, Happened};
use crate::identity::rules::AccountRole;
use crate::ids::ContractId;
use crate::languages::Argument;
use crate::mail::Draft;
use crate::mail::letter::{Letter, Link};
use crate::mail::rules::{Kind, Reason};
use crate::mail::writing::Writing;
use crate::names::sets::ContractChange;

/// The head of the contract, and who hears of it: its account, the team behind that.
fn about(event: &ContractEvent) -> (&ContractHead, bool, bool) {
    match event {
        ContractEvent::Offered(offered) => (&offered.head, true, false),
        ContractEvent::Accepted(accepted) => (&accepted.head, false, true),
        ContractEvent::Changed(changed) => {
            // That it begins was said when it was signed.
            let is_news = changed.change != ContractChange::Activated;
            (
                &changed.head,
                is_news,
                is_news && changed.change != ContractChange::Signed,
            )
        }
        ContractEvent::NoticeDue(due) => (&due.head, true, true),
        ContractEvent::PaceLow(low) => (&low.head, true, true),
    }
}

/// The mails of events about contracts.
pub fn drafts(
    connection: &mut Connection,
    audiences: &mut Audiences,
    events: &[(&Happened, &ContractEvent)],
) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for (event, contract) in events {
        let (_, is_for_account, is_for_team) = about(contract);
        if is_for_account {
            let wanted = Wanted {
                kind: Kind::Contract,
                roles: &[AccountRole::Admin],
                cause: None,
                site: None,
            };
            drafts.extend(audiences.of_account(connection, event, &wanted)?);
        }
        if is_for_team {
            drafts.extend(audiences.of_team(connection, event, event.account_id, Kind::Contract)?);
        }
    }
    Ok(drafts)
}

/// The end of the keys of an event's texts.
fn key(event: &ContractEvent) -> String {
    match event {
        ContractEvent::Offered(_) => "offered".to_owned(),
        ContractEvent::Accepted(_) => "accepted".to_owned(),
        ContractEvent::Changed(changed) => changed.change.name().replace('_', "-"),
        ContractEvent::NoticeDue(due) if due.renews => "renews".to_owned(),
        ContractEvent::NoticeDue(_) => "ends".to_owned(),
        ContractEvent::PaceLow(_) => "pace".to_owned(),
    }
}

/// What the mail says.
pub fn letter(
    writing: &Writing,
    sides: &Correspondence,
    reason: Reason,
    (event, contract): (&Happened, &ContractEvent),
) -> Letter {
    let (head, ..) = about(contract);
    let is_for_team = matches!(reason, Reason::Team | Reason::Staff);
    let (days, until) = match contract {
        ContractEvent::NoticeDue(due) => (due.days, due.notice_by),
        _ => (0, head.valid_to),
    };
    let words: &[(&'static str, Argument<'_>)] = &[
        ("contract", head.contract.as_str().into()),
        ("name", head.name.as_str().into()),
        ("account", sides.account_name().into()),
        ("days", days.into()),
        ("until", writing.day(until).into()),
        ("end", writing.day(head.valid_to).into()),
    ];
    let key = key(contract);
    let place = if is_for_team { "/desk/contracts" } else { "/contracts" };
    let mut facts = vec![
        is_for_team
            .then(|| writing.fact("word-account", sides.account_name()))
            .flatten(),
        writing.fact("contract-name", head.name.as_str()),
        writing.fact("contract-valid-from", writing.day(head.valid_from)),
        writing.fact("contract-valid-to", writing.day(head.valid_to)),
    ];
    match contract {
        ContractEvent::PaceLow(low) => {
            let amount = |amount: &str| match (&low.currency, &low.sku) {
                (Some(currency), _) => writing.money_of(amount, currency),
                (None, Some(sku)) => format!("{amount} ({sku})"),
                (None, None) => amount.to_owned(),
            };
            facts.extend([
                writing.fact("commitment-code", low.commitment.as_str()),
                writing.fact("commitment-committed", amount(&low.committed)),
                writing.fact("commitment-fulfilled", amount(&low.fulfilled)),
                writing.fact("commitment-expected", amount(&low.expected)),
                writing.fact("commitment-shortfall", amount(&low.shortfall)),
            ]);
        }
        ContractEvent::Changed(changed) => facts.push(
            changed
                .reason
                .as_deref()
                .and_then(|reason| writing.fact("word-reason", reason)),
        ),
        ContractEvent::Accepted(accepted) => {
            facts.push(writing.fact("contract-accepted-by", accepted.accepted_by.as_str()));
        }
        ContractEvent::NoticeDue(due) => facts.push(writing.fact("contract-notice-by", writing.day(due.notice_by))),
        ContractEvent::Offered(_) => {}
    }
    Letter {
        subject: writing.text_with(&format!("mail-contract-{key}-subject"), words),
        headline: writing.text_with(&format!("mail-contract-{key}-headline"), words),
        paragraphs: vec![writing.text_with(&format!("mail-contract-{key}-next"), words)],
        facts: facts.into_iter().flatten().collect(),
        table: None,
        link: Some(Link {
            label: writing.text_with("mail-contract-link", words),
            url: writing.link(&format!("{place}/{}", ContractId(event.subject_id))),
        }),
        thread: Some(ContractId(event.subject_id).to_string()),
    }
}
