//! Passwords: forgotten and set anew with the link of a mail, changed with the old one.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;

use super::throttled;
use crate::clock;
use crate::error::{Error, Result};
use crate::http::RequestId;
use crate::identity::caller::{Access, Anyone, Guest};
use crate::identity::rules::{is_email, normal_email};
use crate::identity::{password_change, password_reset};
use crate::state::AppState;
use crate::web::notice::{Notice, broken_link};
use crate::web::{Banner, Faults, Fields, Shell, Tone, see_other};

/// What faults of these forms are called.
const WORDS: &[(&str, &str)] = &[("email", "email-rule"), ("new_password", "password-fault")];

/// In which language the page is wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Spoken {
    lang: String,
}

#[derive(Template)]
#[template(path = "identity/templates/forgot.html")]
struct ForgotPage<'a> {
    shell: &'a Shell,
    email: &'a str,
    banner: Option<Banner>,
    faults: Faults,
}

/// The form to ask for a new password
#[get("/forgot-password")]
pub async fn forgot(guest: Guest, Query(spoken): Query<Spoken>) -> Result<HttpResponse> {
    let mut shell = guest.shell.at_the_door();
    shell.choose_language(&spoken.lang);
    shell.page(&ForgotPage {
        shell: &shell,
        email: "",
        banner: None,
        faults: Faults::default(),
    })
}

/// Asks for a link to a new password. What is answered doesn't tell whether anybody has the address.
#[post("/forgot-password")]
pub async fn ask(
    state: Data<AppState>,
    request: HttpRequest,
    request_id: RequestId,
    guest: Guest,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = guest.shell.at_the_door();
    let email = fields.get("email").to_owned();
    let page = |banner: Option<Banner>, faults: Faults, status: StatusCode| {
        let page = ForgotPage {
            shell: &shell,
            email: &email,
            banner,
            faults,
        };
        shell.page_with(status, &page)
    };
    if !is_email(&normal_email(&email)) {
        let faults = Faults::one("email", shell.t("email-rule"));
        return page(None, faults, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let (asked, address) = (email.clone(), request.peer_addr().map(|peer| peer.ip()));
    let write = move |tx: &mut _| password_reset::request(tx, &asked, address, request_id.as_str(), clock::now());
    match state.db.write(write).await {
        Ok(()) => Ok(see_other("/forgot-password/sent").into()),
        Err(Error::Throttled { retry_after_s }) => {
            let banner = Banner::new(Tone::Bad, throttled(&shell, retry_after_s));
            page(Some(banner), Faults::default(), StatusCode::TOO_MANY_REQUESTS)
        }
        Err(other) => Err(other),
    }
}

/// What comes of asking, whoever asked
#[get("/forgot-password/sent")]
pub async fn sent(guest: Guest) -> Result<HttpResponse> {
    let shell = guest.shell.at_the_door();
    let banner = Banner::new(Tone::Ok, shell.t("forgot-sent")).with_details([shell.t("forgot-sent-nothing")]);
    shell.page(&Notice {
        shell: &shell,
        heading: shell.t("forgot-sent-heading"),
        banner,
        step: ("/sign-in", shell.t("to-sign-in")),
    })
}

#[derive(Template)]
#[template(path = "identity/templates/reset.html")]
struct ResetPage<'a> {
    shell: &'a Shell,
    path: &'a str,
    faults: Faults,
}

fn broken(shell: &Shell, error: Error) -> Result<HttpResponse> {
    broken_link(shell, error, ("/forgot-password", shell.t("reset-again")))
}

/// The form to set a new password; changes nothing, so that mail scanners may follow the link
#[get("/reset/{token}")]
pub async fn show_reset(
    state: Data<AppState>,
    request: HttpRequest,
    guest: Guest,
    token: Path<String>,
    Query(spoken): Query<Spoken>,
) -> Result<HttpResponse> {
    let mut shell = guest.shell.at_the_door();
    shell.choose_language(&spoken.lang);
    let read = move |connection: &mut _| password_reset::look_up(connection, &token, clock::now());
    if let Err(error) = state.db.read(read).await {
        return broken(&shell, error);
    }
    shell.page(&ResetPage {
        shell: &shell,
        path: request.path(),
        faults: Faults::default(),
    })
}

/// Sets the new password
#[post("/reset/{token}")]
pub async fn reset(
    state: Data<AppState>,
    access: Data<Access>,
    request: HttpRequest,
    request_id: RequestId,
    guest: Guest,
    token: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = guest.shell.at_the_door();
    let password = fields.raw("new_password").to_owned();
    match password_reset::reset(&state.db, &access.passwords, &token, password, request_id.to_string()).await {
        Ok(ended) => {
            access.sessions.forget_all(&ended).await;
            Ok(see_other("/sign-in").flash(Tone::Ok, shell.t("reset-done")).into())
        }
        Err(Error::Invalid(faults)) => {
            let page = ResetPage {
                shell: &shell,
                path: request.path(),
                faults: Faults::new(&shell, &faults, WORDS),
            };
            shell.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => broken(&shell, error),
    }
}

#[derive(Template)]
#[template(path = "identity/templates/password.html")]
struct PasswordPage<'a> {
    shell: &'a Shell,
    banner: Option<Banner>,
    faults: Faults,
}

/// The form to change my password
#[get("/profile/password")]
pub async fn show_change(anyone: Anyone) -> Result<HttpResponse> {
    let shell = &anyone.shell;
    shell.page(&PasswordPage {
        shell,
        banner: None,
        faults: Faults::default(),
    })
}

/// Changes my password
#[post("/profile/password")]
pub async fn change(
    state: Data<AppState>,
    access: Data<Access>,
    request: HttpRequest,
    anyone: Anyone,
    fields: Fields,
) -> Result<HttpResponse> {
    let Anyone { caller, shell } = anyone;
    let wish = password_change::Wish {
        person_id: caller.person_id,
        session_id: caller.session_id,
        actor: caller.actor(),
        current: fields.raw("current_password").to_owned(),
        new: fields.raw("new_password").to_owned(),
        address: request.peer_addr().map(|peer| peer.ip()),
    };
    let (status, text, faults) = match password_change::change(&state.db, &access.passwords, wish).await {
        Ok(ended) => {
            access.sessions.forget_all(&ended).await;
            let text = shell.t1("password-changed", "sessions", ended.len());
            return Ok(see_other("/profile/password").flash(Tone::Ok, text).into());
        }
        Err(Error::Invalid(faults)) => {
            let faults = Faults::new(&shell, &faults, WORDS);
            (
                StatusCode::UNPROCESSABLE_ENTITY,
                shell.t("password-not-changed"),
                faults,
            )
        }
        Err(Error::Throttled { retry_after_s }) => {
            let text = throttled(&shell, retry_after_s);
            (StatusCode::TOO_MANY_REQUESTS, text, Faults::default())
        }
        Err(other) => return Err(other),
    };
    let page = PasswordPage {
        shell: &shell,
        banner: Some(Banner::new(Tone::Bad, text)),
        faults,
    };
    shell.page_with(status, &page)
}
