//! Passwords: forgotten and set anew with the link of a mail, changed with the old one.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;

use crate::audit::Origin;
use crate::clock;
use crate::error::{Error, Result};
use crate::identity::caller::{Access, Anyone, Guest};
use crate::identity::pages::throttled;
use crate::identity::passwords::{changing, resetting};
use crate::identity::rules::normal_email;
use crate::identity::tokens::Bearer;
use crate::state::AppState;
use crate::values;
use crate::web::notice::{Notice, broken_link};
use crate::web::{Banner, Fields, Form, Shell, Tone, cookies, see_other};

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
    form: Form,
}

/// The form to ask for a new password
#[get("/forgot-password")]
pub async fn forgot(guest: Guest, Query(spoken): Query<Spoken>) -> Result<HttpResponse> {
    let mut shell = guest.shell.signed_out();
    shell.choose_language(&spoken.lang);
    shell.page(&ForgotPage {
        shell: &shell,
        form: Form::new(&shell),
    })
}

/// Asks for a link to a new password. What is answered doesn't tell whether anybody has the address.
#[post("/forgot-password")]
pub async fn ask(state: Data<AppState>, origin: Origin, guest: Guest, fields: Fields) -> Result<HttpResponse> {
    let shell = guest.shell.signed_out();
    let mut form = Form::sent(&shell, fields);
    let email = form.value("email").to_owned();
    let page = |form: Form| {
        let status = form.status();
        shell.page_with(status, &ForgotPage { shell: &shell, form })
    };
    if values::mail_address(&normal_email(&email)).is_none() {
        form.note("email", shell.t("email-rule"));
        return page(form);
    }
    let write = move |tx: &mut _| resetting::request(tx, &email, &origin, clock::now());
    match state.db.write(write).await {
        Ok(()) => Ok(see_other("/forgot-password/sent").into()),
        Err(error) => page(throttled_form(form, &shell, error)?),
    }
}

/// The form after a refusal, which says how long to wait where there were too many.
fn throttled_form(form: Form, shell: &Shell, error: Error) -> Result<Form> {
    let wait = match &error {
        Error::Throttled { retry_after_s } => Some(throttled(shell, *retry_after_s)),
        _ => None,
    };
    let mut form = form.refused_saying(shell, error, WORDS)?;
    if let Some(text) = wait {
        form.say(Tone::Bad, text);
    }
    Ok(form)
}

/// What comes of asking, whoever asked
#[get("/forgot-password/sent")]
pub async fn sent(guest: Guest) -> Result<HttpResponse> {
    let shell = guest.shell.signed_out();
    let banner = Banner::new(Tone::Ok, shell.t("forgot-sent")).with_details([shell.t("forgot-sent-nothing")]);
    shell.page(&Notice {
        shell: &shell,
        heading: shell.t("forgot-sent-heading"),
        banner,
        step: ("/sign-in", shell.t("sign-in")),
    })
}

#[derive(Template)]
#[template(path = "identity/templates/reset.html")]
struct ResetPage<'a> {
    shell: &'a Shell,
    path: &'a str,
    form: Form,
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
    let mut shell = guest.shell.signed_out();
    shell.choose_language(&spoken.lang);
    let read = move |connection: &mut _| resetting::look_up(connection, &token, clock::now());
    if let Err(error) = state.db.read(read).await {
        return broken(&shell, error);
    }
    shell.page(&ResetPage {
        shell: &shell,
        path: request.path(),
        form: Form::new(&shell),
    })
}

/// Sets the new password
#[post("/reset/{token}")]
pub async fn reset(
    state: Data<AppState>,
    access: Data<Access>,
    request: HttpRequest,
    origin: Origin,
    guest: Guest,
    token: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = guest.shell.signed_out();
    let password = fields.raw("new_password").to_owned();
    match resetting::reset(&state.db, &access.passwords, &token, password, origin).await {
        Ok((person_id, ended)) => {
            access.sessions.forget_all(&ended).await;
            let mut answer = HttpResponse::from(see_other("/sign-in").flash(Tone::Ok, shell.t("reset-done")));
            // Who opened the link here may sign in here, whatever strangers did meanwhile.
            let device = access
                .keys
                .issue_device(&state.db, Bearer::of_device(person_id))
                .await?;
            let cookie = cookies::device(device, state.is_https);
            answer.add_cookie(&cookie).map_err(Error::internal)?;
            Ok(answer)
        }
        Err(error @ Error::Invalid(_)) => {
            let form = Form::new(&shell).refused_saying(&shell, error, WORDS)?;
            let page = ResetPage {
                shell: &shell,
                path: request.path(),
                form,
            };
            shell.page_with(page.form.status(), &page)
        }
        Err(error) => broken(&shell, error),
    }
}

#[derive(Template)]
#[template(path = "identity/templates/password.html")]
struct PasswordPage<'a> {
    shell: &'a Shell,
    form: Form,
}

/// The form to change my password
#[get("/profile/password")]
pub async fn show_change(anyone: Anyone) -> Result<HttpResponse> {
    let shell = &anyone.shell;
    shell.page(&PasswordPage {
        shell,
        form: Form::new(shell),
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
    let change = changing::PasswordChange {
        person_id: caller.person_id,
        session_id: caller.session_id,
        actor: caller.actor(),
        current: fields.raw("current_password").to_owned(),
        new: fields.raw("new_password").to_owned(),
        origin: Origin::of(&request),
    };
    match changing::change(&state.db, &access.passwords, change).await {
        Ok(ended) => {
            access.sessions.forget_all(&ended).await;
            let text = shell.t1("password-changed", "sessions", ended.len());
            Ok(see_other("/profile/password").flash(Tone::Ok, text).into())
        }
        Err(error) => {
            let is_wrong = matches!(error, Error::Invalid(_));
            let mut form = throttled_form(Form::new(&shell), &shell, error)?;
            if is_wrong {
                form.say(Tone::Bad, shell.t("password-not-changed"));
            }
            let page = PasswordPage { shell: &shell, form };
            shell.page_with(page.form.status(), &page)
        }
    }
}
