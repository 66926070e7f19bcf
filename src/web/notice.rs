//! A page that only says something: a link that is not good any more, something that is done.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::{Banner, Shell, Tone};
use crate::error::{Code, Error, Result};

/// A page of a heading, a sentence and the next step.
#[derive(Debug, Template)]
#[template(path = "web/templates/notice.html")]
pub struct Notice<'a> {
    /// What stands around it.
    pub shell: &'a Shell,
    pub heading: String,
    /// The sentence.
    pub banner: Banner,
    /// Path and name of the next step.
    pub step: (&'a str, String),
}

/// What answers somebody who comes with the link of a mail that opens nothing; any other error is given back.
pub fn broken_link(shell: &Shell, error: Error, step: (&str, String)) -> Result<HttpResponse> {
    let status = match error.code() {
        Code::TokenUnknown => StatusCode::NOT_FOUND,
        Code::TokenUsed | Code::TokenExpired | Code::TokenWithdrawn => StatusCode::GONE,
        _ => return Err(error),
    };
    let page = Notice {
        shell,
        heading: shell.t("link-broken"),
        banner: Banner::new(Tone::Warn, shell.error_text(&error)),
        step,
    };
    shell.page_with(status, &page)
}
