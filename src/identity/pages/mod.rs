//! Signing in and out of the pages.
//!
//! - [`code`]: the code after the password
//! - [`confirm`]: proving once more who one is
//! - [`interrupted`]: forms that were sent after their session had ended
//! - [`profile`]: name, language and theme
//! - [`own_sessions`]: where somebody is signed in

pub mod code;
pub mod confirm;
pub mod interrupted;
pub mod own_sessions;

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;

use self::interrupted::Waiting;
use super::rules::SESSION_LIFETIME;
use super::{Attempt, Entered, From as CallsFrom, PageSession};
use crate::audit::Origin;
use crate::clock;
use crate::error::{Error, Result};
use crate::http::user_agent;
use crate::identity::caller::{Access, Guest};
use crate::state::AppState;
use crate::web::cookies::forget_in_browser;
use crate::web::redirect::own_path;
use crate::web::{Banner, Fields, Shell, Tone, cookies, see_other};

/// Where somebody wants to go, and why they are here.
#[derive(Debug, Default, Deserialize)]
pub struct Entrance {
    #[serde(default)]
    next: String,
    #[serde(default)]
    ended: String,
    #[serde(default)]
    lang: String,
}

#[derive(Template)]
#[template(path = "identity/templates/sign_in.html")]
struct SignInPage<'a> {
    shell: &'a Shell,
    next: &'a str,
    email: &'a str,
    keep: bool,
    fault: Option<Banner>,
    waiting: &'a Waiting,
}

impl<'a> SignInPage<'a> {
    fn new(shell: &'a Shell, next: &'a str) -> Self {
        Self {
            shell,
            next,
            email: "",
            keep: false,
            fault: None,
            waiting: const { &Waiting::nothing() },
        }
    }
}

/// The form to sign in; whoever is signed in goes on at once.
#[get("/sign-in")]
pub async fn show(guest: Guest, Query(entrance): Query<Entrance>) -> Result<HttpResponse> {
    let next = own_path(&entrance.next).unwrap_or("/");
    if guest.caller.is_some() {
        return Ok(see_other(next).into());
    }
    let mut shell = guest.shell;
    shell.choose_language(&entrance.lang);
    let ended = (!entrance.ended.is_empty()).then(|| Banner::new(Tone::Info, shell.t("sign-in-ended")));
    let page = SignInPage {
        fault: ended,
        ..SignInPage::new(&shell, next)
    };
    shell.page(&page)
}

/// Signs in; a form that waited for it can be sent on.
#[post("/sign-in")]
pub async fn sign_in(
    state: Data<AppState>,
    access: Data<Access>,
    request: HttpRequest,
    guest: Guest,
    fields: Fields,
) -> Result<HttpResponse> {
    let next = own_path(fields.get("next")).unwrap_or("/");
    let keep = fields.has("keep");
    let waiting = Waiting::kept(&fields);
    let attempt = Attempt {
        email: fields.get("email").to_owned(),
        password: fields.raw("password").to_owned(),
        from: calls_from(&request, &guest),
    };
    match super::sign_in_to_pages(&state.db, &access, attempt, keep).await {
        Ok(Entered::SignedIn(session)) => {
            forget_replaced(&access, &guest).await;
            signed_in(&state, &guest.shell.signed_out(), session, &waiting, (next, keep))
        }
        Ok(Entered::CodeNeeded(challenge)) => {
            let shell = guest.shell.signed_out();
            let passkey = code::passkey(&state, &access, &request, &challenge).await?;
            let page = code::CodePage::new(&shell, &challenge, &waiting, (next, keep));
            shell.page(&page.or_passkey(passkey))
        }
        Err(error @ (Error::Unauthenticated { .. } | Error::Throttled { .. })) => {
            let shell = guest.shell.signed_out();
            let text = match &error {
                Error::Throttled { retry_after_s } => throttled(&shell, *retry_after_s),
                _ => shell.t("sign-in-wrong"),
            };
            let page = SignInPage {
                email: fields.get("email"),
                keep,
                fault: Some(Banner::new(Tone::Bad, text)),
                waiting: &waiting,
                ..SignInPage::new(&shell, next)
            };
            let status = actix_web::http::StatusCode::from_u16(error.code().status());
            shell.page_with(status.unwrap_or(actix_web::http::StatusCode::UNAUTHORIZED), &page)
        }
        Err(other) => Err(other),
    }
}

/// From where somebody signs in; the session that this browser is in ends with it.
fn calls_from(request: &HttpRequest, guest: &Guest) -> CallsFrom {
    CallsFrom {
        origin: Origin::of(request),
        user_agent: user_agent(request),
        device: cookies::read(request, cookies::DEVICE),
        replaces: guest.caller.as_ref().map(|caller| caller.session_id),
    }
}

/// Whoever used this browser before is not the one who goes on.
async fn forget_replaced(access: &Access, guest: &Guest) {
    if let Some(caller) = &guest.caller {
        access.sessions.forget(caller.session_id).await;
    }
}

/// On to where somebody wanted to go, signed in now; `keep`: for longer than the browser is open.
fn signed_in(
    state: &AppState,
    shell: &Shell,
    session: PageSession,
    waiting: &Waiting,
    (next, keep): (&str, bool),
) -> Result<HttpResponse> {
    let mut answer = match waiting.is_nothing() {
        true => HttpResponse::from(see_other(next)),
        false => interrupted::resume(shell, waiting, next)?,
    };
    let kept = keep.then_some(SESSION_LIFETIME);
    for cookie in [
        cookies::session(session.cookie, kept, state.is_https),
        cookies::device(session.device, state.is_https),
    ] {
        answer.add_cookie(&cookie).map_err(Error::internal)?;
    }
    Ok(answer)
}

/// Signs out: the session ends on every node.
#[post("/sign-out")]
pub async fn sign_out(state: Data<AppState>, access: Data<Access>, guest: Guest) -> Result<HttpResponse> {
    if let Some(caller) = guest.caller {
        let (session, actor) = (caller.session_id, caller.actor());
        let write = move |tx: &mut _| super::sign_out(tx, &actor, session, clock::now());
        state.db.write(write).await?;
        access.sessions.forget(session).await;
    }
    let answer = see_other("/sign-in").flash(Tone::Ok, guest.shell.t("signed-out"));
    let mut answer = HttpResponse::from(answer);
    answer
        .add_cookie(&cookies::removed(cookies::SESSION))
        .map_err(Error::internal)?;
    forget_in_browser(answer.headers_mut());
    Ok(answer)
}

/// How long somebody has to wait who tried too often.
pub(in crate::identity) fn throttled(shell: &Shell, retry_after_s: u64) -> String {
    shell.t1("sign-in-throttled", "minutes", retry_after_s.div_ceil(60))
}
