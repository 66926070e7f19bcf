//! Mails about endpoints that take nothing: to the account's admins, or those of the supplier's staff.

use crate::accounts::audiences::{Audiences, Wanted};
use crate::db::Connection;
use crate::error::Result;
use crate::events::{Happened, WebhookEvent};
use crate::identity::rules::AccountRole;
use crate::ids::WebhookEndpointId;
use crate::languages::Argument;
use crate::mail::Draft;
use crate::mail::letter::{Letter, Link};
use crate::mail::rules::Kind;
use crate::mail::writing::Writing;

/// The mails of events about endpoints.
pub fn drafts(
    connection: &mut Connection,
    audiences: &mut Audiences,
    events: &[(&Happened, &WebhookEvent)],
) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for (event, about) in events {
        let account_id = match about {
            WebhookEvent::Failing(failing) => failing.account_id,
            WebhookEvent::Disabled(disabled) => disabled.account_id,
        };
        let kind = Kind::WebhookFailing;
        drafts.extend(match account_id {
            Some(_) => {
                let wanted = Wanted {
                    kind,
                    roles: &[AccountRole::Admin],
                    cause: None,
                    site: None,
                };
                // It is in no feed, but these people's.
                let of_account = Happened {
                    account_id,
                    ..(*event).clone()
                };
                audiences.of_account(connection, &of_account, &wanted)?
            }
            None => audiences.of_team(connection, event, None, kind)?,
        });
    }
    Ok(drafts)
}

/// What the mail says.
pub fn letter(writing: &Writing, (event, about): (&Happened, &WebhookEvent)) -> Letter {
    let id = WebhookEndpointId(event.subject_id);
    let (account_id, url) = match about {
        WebhookEvent::Failing(failing) => (failing.account_id, &failing.url),
        WebhookEvent::Disabled(disabled) => (disabled.account_id, &disabled.url),
    };
    let path = match account_id {
        Some(_) => format!("/webhooks/{id}"),
        None => format!("/desk/webhooks/{id}"),
    };
    let words: &[(&'static str, Argument<'_>)] = &[("url", url.as_str().into())];
    let (name, facts) = match about {
        WebhookEvent::Failing(failing) => {
            let error = writing.text(&format!("webhook-failure-{}", failing.error.replace('_', "-")));
            let status = failing.status.map(|status| status.to_string()).unwrap_or_default();
            (
                "failing".to_owned(),
                vec![
                    writing.fact("mail-fact-error", error),
                    writing.fact("mail-webhook-status", status),
                ],
            )
        }
        WebhookEvent::Disabled(disabled) => (disabled.because.name().replace('_', "-"), Vec::new()),
    };
    Letter {
        subject: writing.text_with(&format!("mail-webhook-{name}-subject"), words),
        headline: writing.text_with(&format!("mail-webhook-{name}-headline"), words),
        paragraphs: vec![writing.text_with(&format!("mail-webhook-{name}-next"), words)],
        facts: facts.into_iter().flatten().collect(),
        link: Some(Link {
            label: writing.text("mail-webhook-link"),
            url: writing.link(&path),
        }),
        ..Letter::default()
    }
}
