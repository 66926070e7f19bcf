//! Mails about access: invitations, new passwords, what was changed of it. And the one that tells that a mail was given up.

use super::audiences::Audiences;
use super::correspondence::Correspondence;
use super::invitations::{self, InvitationMail};
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::events::payloads::{AccessChanged, MailParked};
use crate::events::{AccessEvent, Happened, InvitationEvent, MailEvent, PasswordResetEvent};
use crate::identity;
use crate::identity::passwords::resetting::{self, ResetMail};
use crate::ids::{InvitationId, PasswordResetId, PersonId};
use crate::languages::{Argument, Language};
use crate::mail::letter::{Letter, Link};
use crate::mail::rules::{Kind, Reason};
use crate::mail::writing::Writing;
use crate::mail::{Draft, Message};
use crate::names::sets::{AccessChange, AccountRole};

/// What a mail about access or mails is about.
#[derive(Debug, Clone, Copy)]
pub enum About<'e> {
    /// Somebody's own access.
    Own(&'e AccessEvent),
    Invitation(&'e InvitationEvent),
    /// A link to a new password.
    PasswordReset(&'e PasswordResetEvent),
    Mail(&'e MailEvent),
}

/// The mails of events about access and about mails.
pub fn drafts(
    connection: &mut Connection,
    audiences: &mut Audiences,
    events: &[(&Happened, About<'_>)],
    now: Timestamp,
) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for (event, about) in events {
        match about {
            About::Own(AccessEvent::Changed(_)) => drafts.extend(own(connection, event)?),
            About::Invitation(InvitationEvent::Created(_)) => drafts.extend(invitation(connection, event, now)?),
            About::PasswordReset(PasswordResetEvent::Requested(_)) => drafts.extend(reset(connection, event, now)?),
            // What nobody needs any more is nobody's worry.
            About::Mail(MailEvent::Parked(parked)) if parked.obsolete => {}
            About::Mail(MailEvent::Parked(parked)) => {
                drafts.extend(to_inviter(connection, event, parked)?);
                drafts.extend(audiences.of_team(connection, event, parked.account_id, Kind::DeadLetter)?);
            }
        }
    }
    Ok(drafts)
}

/// To the address itself: nobody stands behind it yet.
fn invitation(connection: &mut Connection, event: &Happened, now: Timestamp) -> Result<Option<Draft>> {
    let mail = invitations::mail(connection, InvitationId(event.subject_id), now)?;
    Ok(mail.map(|mail| Draft {
        kind: Kind::Invitation,
        account_id: event.account_id,
        event_id: event.id,
        person_id: None,
        email: mail.email,
        name: String::new(),
        locale: mail.language.name().to_owned(),
        reason: Reason::Invited,
    }))
}

/// To whom it is about, whatever they chose to get.
fn own(connection: &mut Connection, event: &Happened) -> Result<Option<Draft>> {
    let Some(person) = identity::find_person(connection, PersonId(event.subject_id))? else {
        return Ok(None);
    };
    let locale = match person.account_id {
        Some(id) => Some(super::get(connection, id)?.locale),
        None => None,
    };
    Ok(Some(Draft {
        kind: Kind::AccessChanged,
        account_id: event.account_id,
        event_id: event.id,
        person_id: Some(person.id),
        email: person.email,
        name: person.name,
        locale: Language::of(person.language, locale.as_deref()).name().to_owned(),
        reason: Reason::Own,
    }))
}

fn reset(connection: &mut Connection, event: &Happened, now: Timestamp) -> Result<Option<Draft>> {
    let mail = resetting::mail(connection, PasswordResetId(event.subject_id), now)?;
    Ok(mail.map(|mail| Draft {
        kind: Kind::PasswordReset,
        account_id: event.account_id,
        event_id: event.id,
        person_id: Some(mail.person_id),
        email: mail.email,
        name: mail.name,
        locale: mail.language.name().to_owned(),
        reason: Reason::Asked,
    }))
}

/// Who invited somebody learns that no mail reaches them.
fn to_inviter(connection: &mut Connection, event: &Happened, parked: &MailParked) -> Result<Option<Draft>> {
    let (Kind::Invitation, Some(account_id)) = (parked.kind, parked.account_id) else {
        return Ok(None);
    };
    let inviter = invitations::inviter(connection, account_id, &parked.email)?;
    Ok(inviter.map(|(id, email, name, chosen, locale)| {
        let chosen = chosen.as_deref().and_then(Language::from_name);
        Draft {
            kind: Kind::DeadLetter,
            account_id: Some(account_id),
            event_id: event.id,
            person_id: Some(id),
            email,
            name,
            locale: Language::of(chosen, Some(&locale)).name().to_owned(),
            reason: Reason::Inviter,
        }
    }))
}

/// What the mail says; `None` once there is no use in sending it.
pub fn letter(
    connection: &mut Connection,
    writing: &Writing,
    sides: &Correspondence,
    message: &Message,
    (event, about): (&Happened, About<'_>),
) -> Result<Option<Letter>> {
    match (message.kind, about) {
        (Kind::AccessChanged, About::Own(AccessEvent::Changed(changed))) => {
            Ok(Some(changed_letter(writing, sides, event, changed)))
        }
        (Kind::Invitation, About::Invitation(_)) => {
            let mail = invitations::mail(connection, InvitationId(event.subject_id), writing.now)?;
            // It is bound to the address; whoever changed it invited anew.
            let mail = mail.filter(|mail| mail.email == message.email);
            Ok(mail.map(|mail| invitation_letter(writing, sides, &mail)))
        }
        (Kind::PasswordReset, About::PasswordReset(_)) => {
            let mail = resetting::mail(connection, PasswordResetId(event.subject_id), writing.now)?;
            let mail = mail.filter(|mail| mail.email == message.email);
            Ok(mail.map(|mail| reset_letter(writing, sides, &mail)))
        }
        (Kind::DeadLetter, About::Mail(MailEvent::Parked(parked))) => {
            let letter = match message.reason {
                Reason::Inviter => undelivered(writing, sides, parked),
                _ => dead_letter(writing, parked),
            };
            Ok(Some(letter))
        }
        (other, _) => Err(Error::internal(format!(
            "{other} is no mail about {}",
            event.event.kind()
        ))),
    }
}

fn invitation_letter(writing: &Writing, sides: &Correspondence, mail: &InvitationMail) -> Letter {
    let role = writing.text(&format!("mail-role-{}", mail.role.name()));
    let words: &[(&'static str, Argument<'_>)] = &[
        ("supplier", sides.sender.as_str().into()),
        ("account", mail.account_name.as_str().into()),
        ("inviter", mail.inviter_name.as_str().into()),
        ("role", role.into()),
        ("until", writing.day(day_in(writing.zone, mail.expires_at)).into()),
    ];
    Letter {
        subject: writing.text_with("mail-invitation-subject", words),
        headline: writing.text_with("mail-invitation-headline", words),
        paragraphs: vec![
            writing.text_with("mail-invitation-by", words),
            writing.text_with("mail-invitation-until", words),
        ],
        link: Some(Link {
            label: writing.text("mail-invitation-link"),
            url: writing.link(&format!("/invitations/{}", mail.token)),
        }),
        ..Letter::default()
    }
}

fn reset_letter(writing: &Writing, sides: &Correspondence, mail: &ResetMail) -> Letter {
    let minutes = (mail.expires_at - writing.now).num_minutes().max(1);
    let words: &[(&'static str, Argument<'_>)] =
        &[("supplier", sides.sender.as_str().into()), ("minutes", minutes.into())];
    Letter {
        subject: writing.text_with("mail-reset-subject", words),
        headline: writing.text_with("mail-reset-headline", words),
        paragraphs: vec![writing.text_with("mail-reset-once", words)],
        link: Some(Link {
            label: writing.text("mail-reset-link"),
            url: writing.link(&format!("/reset/{}", mail.token)),
        }),
        ..Letter::default()
    }
}

/// What was changed of somebody's access, when, by whom, and what to do if they did not want it.
fn changed_letter(writing: &Writing, sides: &Correspondence, event: &Happened, changed: &AccessChanged) -> Letter {
    let what = changed.what.name().replace('_', "-");
    let words: &[(&'static str, Argument<'_>)] = &[
        ("supplier", sides.sender.as_str().into()),
        ("when", writing.moment(event.occurred_at).into()),
        ("by", changed.by.as_deref().unwrap_or_default().into()),
    ];
    let when = match changed.by {
        Some(_) => "mail-access-when-by",
        None => "mail-access-when",
    };
    // Who gives roles was right to; whom they are given to is told what they may do now.
    let next = match changed.what {
        AccessChange::Roles | AccessChange::SecondFactorReset | AccessChange::SessionsEnded => "mail-access-ask",
        AccessChange::Password
        | AccessChange::PasswordReset
        | AccessChange::SecondFactorAdded
        | AccessChange::SecondFactorRemoved
        | AccessChange::AuthenticatorRemoved
        | AccessChange::PasskeyAdded
        | AccessChange::PasskeyRemoved
        | AccessChange::RecoveryCodeUsed
        | AccessChange::RecoveryCodesRenewed => "mail-access-not-you",
        AccessChange::ProgramAdded | AccessChange::ProgramChanged | AccessChange::ProgramSecretAdded => {
            "mail-access-not-known"
        }
    };
    let (label, path) = match (next, event.account_id) {
        ("mail-access-not-known", Some(_)) => ("mail-access-programs", "/clients"),
        ("mail-access-not-known", None) => ("mail-access-programs", "/desk/clients"),
        _ => ("mail-access-link", "/profile/sessions"),
    };
    let role = |role: &AccountRole| writing.text(&format!("mail-role-{}", role.name()));
    let roles: Vec<_> = changed.roles.iter().map(role).collect();
    Letter {
        subject: writing.text_with(&format!("mail-access-{what}-subject"), words),
        headline: writing.text_with(&format!("mail-access-{what}-headline"), words),
        paragraphs: vec![writing.text_with(when, words), writing.text(next)],
        facts: writing
            .fact("mail-access-roles", roles.join(", "))
            .into_iter()
            .collect(),
        link: Some(Link {
            label: writing.text(label),
            url: writing.link(path),
        }),
        ..Letter::default()
    }
}

/// For who invited: the invitation didn't arrive.
fn undelivered(writing: &Writing, sides: &Correspondence, parked: &MailParked) -> Letter {
    let words: &[(&'static str, Argument<'_>)] = &[
        ("email", parked.email.as_str().into()),
        ("account", sides.account_name().into()),
    ];
    Letter {
        subject: writing.text_with("mail-dead-invitation-subject", words),
        headline: writing.text_with("mail-dead-invitation-headline", words),
        paragraphs: vec![writing.text_with("mail-dead-invitation-next", words)],
        facts: writing
            .fact("mail-fact-error", parked.error.as_str())
            .into_iter()
            .collect(),
        ..Letter::default()
    }
}

fn dead_letter(writing: &Writing, parked: &MailParked) -> Letter {
    let words: &[(&'static str, Argument<'_>)] = &[
        ("email", parked.email.as_str().into()),
        ("attempts", parked.attempts.into()),
    ];
    Letter {
        subject: writing.text_with("mail-dead-subject", words),
        headline: writing.text_with("mail-dead-headline", words),
        paragraphs: vec![writing.text_with("mail-dead-next", words)],
        facts: [
            writing.fact("word-subject", parked.subject.as_deref().unwrap_or_default()),
            writing.fact("mail-fact-kind", parked.kind.name()),
            writing.fact("mail-fact-error", parked.error.as_str()),
        ]
        .into_iter()
        .flatten()
        .collect(),
        link: Some(Link {
            label: writing.text("mail-dead-link"),
            url: writing.link("/desk/messages?state=parked"),
        }),
        ..Letter::default()
    }
}
