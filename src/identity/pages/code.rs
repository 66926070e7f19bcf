//! The code after the password, where a second factor is set up.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use askama::Template;

use super::interrupted::Waiting;
use super::{calls_from, forget_replaced, signed_in, throttled};
use crate::error::{Error, Result};
use crate::identity::caller::{Access, Guest};
use crate::identity::passkeys::pages as passkeys;
use crate::identity::{self, Second, SecondProof};
use crate::state::AppState;
use crate::web::components::address;
use crate::web::redirect::own_path;
use crate::web::{Banner, Fields, Shell, Tone, see_other};

/// Asks for the code; what the sign-in held goes on in hidden fields.
#[derive(Template)]
#[template(path = "identity/templates/code.html")]
pub(super) struct CodePage<'a> {
    shell: &'a Shell,
    challenge: &'a str,
    next: &'a str,
    keep: bool,
    waiting: &'a Waiting,
    /// What a browser needs to use a passkey.
    passkey: Option<String>,
    fault: Option<Banner>,
}

impl<'a> CodePage<'a> {
    pub(super) fn new(
        shell: &'a Shell,
        challenge: &'a str,
        waiting: &'a Waiting,
        (next, keep): (&'a str, bool),
    ) -> Self {
        Self {
            shell,
            challenge,
            next,
            keep,
            waiting,
            passkey: None,
            fault: None,
        }
    }
}

/// What a browser needs to use a passkey of whom the challenge names.
pub(super) async fn passkey(
    state: &AppState,
    access: &Access,
    request: &HttpRequest,
    challenge: &str,
) -> Result<Option<String>> {
    let Some((bearer, _)) = access.keys.verify_challenge(&state.db, challenge).await? else {
        return Ok(None);
    };
    let asked = passkeys::request(state, request, bearer, challenge.to_owned()).await?;
    Ok(asked.map(|(options, _)| options))
}

impl CodePage<'_> {
    pub(super) fn or_passkey(self, passkey: Option<String>) -> Self {
        Self { passkey, ..self }
    }
}

/// Signs in with a passkey
#[post("/sign-in/passkey")]
pub async fn by_passkey(
    state: Data<AppState>,
    access: Data<Access>,
    request: HttpRequest,
    guest: Guest,
    fields: Fields,
) -> Result<HttpResponse> {
    let party = passkeys::party(&state, &request).ok_or(Error::NotFound)?;
    let proof = SecondProof::Passkey(passkeys::answer(&fields), party);
    go_on(&state, &access, &request, (&guest, &fields), proof).await
}

/// Signs in with the code
#[post("/sign-in/code")]
pub async fn sign_in(
    state: Data<AppState>,
    access: Data<Access>,
    request: HttpRequest,
    guest: Guest,
    fields: Fields,
) -> Result<HttpResponse> {
    let proof = SecondProof::Code(fields.get("code").to_owned());
    go_on(&state, &access, &request, (&guest, &fields), proof).await
}

async fn go_on(
    state: &AppState,
    access: &Access,
    request: &HttpRequest,
    (guest, fields): (&Guest, &Fields),
    proof: SecondProof,
) -> Result<HttpResponse> {
    let next = own_path(fields.get("next")).unwrap_or("/");
    let keep = fields.has("keep");
    let waiting = Waiting::kept(fields);
    let shell = guest.shell.clone().signed_out();
    let wrong = match &proof {
        SecondProof::Code(_) => "code-wrong",
        SecondProof::Passkey(..) => "passkey-failed",
    };
    let second = Second {
        challenge: fields.get("challenge").to_owned(),
        proof,
        from: calls_from(request, guest),
    };
    let error = match identity::finish_to_pages(&state.db, access, second, keep).await {
        Ok(session) => {
            forget_replaced(access, guest).await;
            return signed_in(state, &shell, session, &waiting, (next, keep));
        }
        Err(error) => error,
    };
    let text = match &error {
        Error::Throttled { retry_after_s } => throttled(&shell, *retry_after_s),
        Error::Invalid(_) => shell.t(wrong),
        // Too late, or sent twice: only the password helps.
        Error::Unauthenticated { .. } => {
            let to = address("/sign-in", [("next", next)]);
            return Ok(see_other(to).flash(Tone::Info, shell.t("code-too-late")).into());
        }
        _ => return Err(error),
    };
    let passkey = passkey(state, access, request, fields.get("challenge")).await?;
    let page = CodePage {
        passkey,
        fault: Some(Banner::new(Tone::Bad, text)),
        ..CodePage::new(&shell, fields.get("challenge"), &waiting, (next, keep))
    };
    let status = actix_web::http::StatusCode::from_u16(error.code().status());
    shell.page_with(
        status.unwrap_or(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY),
        &page,
    )
}
