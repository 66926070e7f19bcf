//! Forms that were sent after their session had ended: what was typed goes through the sign-in and is sent on after it.
//!
//! The page that asks to sign in holds the fields of such a form in its own, hidden; nothing is stored.

use actix_web::web::{Payload, Query};
use actix_web::{HttpRequest, HttpResponse, post};
use askama::Template;
use serde::Deserialize;

use super::SignInPage;
use crate::error::Result;
use crate::http::BODY_BYTES_MAX;
use crate::identity::caller::Guest;
use crate::web::components::address;
use crate::web::redirect::own_path;
use crate::web::{Banner, Fields, Shell, Tone, see_other};

/// Hidden fields of the sign-in with these letters before their name are the fields of the form that waits.
const KEPT: &str = "kept.";
/// Most fields of a form that waits for somebody who isn't signed in: each makes a field of a page.
const FIELDS_MAX: usize = 2_000;
/// Most that such a form holds, in bytes: with the names it gets it must pass as a sign-in.
const BYTES_MAX: usize = 112 * 1024;

/// A form that waits for somebody to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Where it is sent to, a path of ours. Empty: no form waits.
    pub to: String,
    /// Its fields.
    pub fields: Vec<(String, String)>,
}

impl Waiting {
    /// No form waits.
    pub const fn nothing() -> Self {
        Self {
            to: String::new(),
            fields: Vec::new(),
        }
    }

    /// The form as it was sent. Nothing if it leads elsewhere or holds a password, which never lies in a page.
    pub(super) fn sent(to: &str, fields: &Fields) -> Option<Self> {
        let to = own_path(to)?.to_owned();
        let holds_secret = fields.pairs().any(|(name, _)| name.contains("password"));
        (!holds_secret).then(|| Self {
            to,
            fields: fields
                .pairs()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        })
    }

    /// The form that came along with a sign-in.
    pub fn kept(fields: &Fields) -> Self {
        let kept = fields
            .pairs()
            .filter_map(|(name, value)| Some((name.strip_prefix(KEPT)?, value)));
        match own_path(fields.get("to")) {
            None => Self::nothing(),
            Some(to) => Self {
                to: to.to_owned(),
                fields: kept
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .take(FIELDS_MAX)
                    .collect(),
            },
        }
    }

    /// True if there is none.
    pub fn is_nothing(&self) -> bool {
        self.to.is_empty()
    }

    /// What stands before the names of its fields in the sign-in.
    pub fn prefix(&self) -> &'static str {
        KEPT
    }
}

/// Asks whether to send what was typed.
#[derive(Template)]
#[template(path = "identity/templates/resume.html")]
struct ResumePage<'a> {
    shell: &'a Shell,
    waiting: &'a Waiting,
    next: &'a str,
}

/// Says how a form that is too long to wait here is sent all the same.
#[derive(Template)]
#[template(path = "identity/templates/too_long.html")]
struct TooLongPage<'a> {
    shell: &'a Shell,
}

/// The page from which a form that waited is sent on.
pub(super) fn resume(shell: &Shell, waiting: &Waiting, next: &str) -> Result<HttpResponse> {
    shell.page(&ResumePage { shell, waiting, next })
}

/// Where a form that nobody is signed in for was to go, and where it stood.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    to: String,
    next: String,
}

/// The sign-in for a form that was sent in vain
#[post("/sign-in/interrupted")]
pub async fn interrupted(
    guest: Guest,
    Query(sent): Query<Sent>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse> {
    let next = own_path(&sent.next).unwrap_or("/");
    let shell = guest.shell.signed_out();
    let (fields, bytes) = Fields::receive(&request, payload.into_inner(), BODY_BYTES_MAX).await?;
    if guest.caller.is_none() && (bytes > BYTES_MAX || fields.pairs().nth(FIELDS_MAX).is_some()) {
        // The browser still has it, and sends it again when this page is loaded anew.
        let status = actix_web::http::StatusCode::PAYLOAD_TOO_LARGE;
        return shell.page_with(status, &TooLongPage { shell: &shell });
    }
    let Some(waiting) = Waiting::sent(&sent.to, &fields) else {
        return Ok(see_other(address("/sign-in", [("next", next), ("ended", "1")])).into());
    };
    if guest.caller.is_some() {
        return resume(&shell, &waiting, next);
    }
    let page = SignInPage {
        fault: Some(Banner::new(Tone::Info, shell.t("sign-in-interrupted"))),
        waiting: &waiting,
        ..SignInPage::new(&shell, next)
    };
    shell.page_with(actix_web::http::StatusCode::UNAUTHORIZED, &page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_forms_of_ours_without_secrets_wait() {
        let note = Fields::new([("note", " two\nlines "), ("note", "")]);
        let waiting = Waiting::sent("/drafts/new", &note).unwrap();
        assert_eq!(waiting.fields[0].1, " two\nlines ", "as typed");
        assert_eq!(waiting.fields.len(), 2);
        assert_eq!(Waiting::sent("//evil.example", &note), None);
        assert_eq!(Waiting::sent("/sign-out", &note), None);
        let secret = Fields::new([("current_password", "x")]);
        assert_eq!(Waiting::sent("/profile/password", &secret), None);
    }

    #[test]
    fn what_comes_along_with_a_sign_in_is_told_from_its_fields() {
        let sent = Fields::new([
            ("to", "/drafts/new"),
            ("kept.email", "a"),
            ("email", "b"),
            ("password", "c"),
        ]);
        let waiting = Waiting::kept(&sent);
        assert_eq!(waiting.to, "/drafts/new");
        assert_eq!(waiting.fields, [("email".to_owned(), "a".to_owned())]);
        assert!(Waiting::kept(&Fields::new([("to", "https://evil.example"), ("kept.a", "b")])).is_nothing());
        assert!(Waiting::kept(&Fields::new([("email", "b")])).is_nothing());
    }
}
