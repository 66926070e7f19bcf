//! Proving once more who one is, before what needs a fresh proof. What was typed into a form waits in the page's hidden
//! fields and goes on by itself: the answer has the browser send it again, to where it was meant.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;

use super::interrupted::Waiting;
use super::throttled;
use crate::clock;
use crate::error::{Error, Result};
use crate::http::client_address;
use crate::identity::caller::{Access, Anyone};
use crate::identity::confirming::{self, Proof, Renewed};
use crate::identity::passkeys::Answer;
use crate::identity::passkeys::pages as passkeys;
use crate::identity::rules::webauthn::Party;
use crate::identity::tokens::Bearer;
use crate::state::AppState;
use crate::web::components::address;
use crate::web::cookies;
use crate::web::redirect::own_path;
use crate::web::{Banner, Fields, Shell, Tone, see_other};

/// The page's own fields; what it proves stands in none that a form of ours has.
const OWN: &str = "proof_";
const PASSWORD: &str = "proof_password";
const CODE: &str = "proof_code";
const PASSKEY: &str = "proof_passkey";

/// Where the form was to go, and where it stood.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    to: String,
    next: String,
}

#[derive(Template)]
#[template(path = "identity/templates/confirm.html")]
struct ConfirmPage<'a> {
    shell: &'a Shell,
    action: String,
    next: &'a str,
    fields: Vec<(&'a str, &'a str)>,
    by_code: bool,
    /// What a browser needs to use a passkey, and what the answer comes with.
    passkey: Option<(String, String)>,
    fault: Option<Banner>,
}

impl<'a> ConfirmPage<'a> {
    fn new(anyone: &'a Anyone, sent: &'a Sent, fields: &'a Fields) -> Self {
        let next = own_path(&sent.next).unwrap_or("/");
        let to = own_path(&sent.to).unwrap_or_default();
        let own = |name: &str| name.starts_with(OWN);
        Self {
            shell: &anyone.shell,
            action: address("/confirm", [("to", to), ("next", next)]),
            next,
            fields: fields.pairs().filter(|(name, _)| !own(name)).collect(),
            by_code: anyone.caller.has_second_factor,
            passkey: None,
            fault: None,
        }
    }
}

/// Asks for the proof, for what can't wait in a page
#[get("/confirm")]
pub async fn show(
    state: Data<AppState>,
    access: Data<Access>,
    request: HttpRequest,
    anyone: Anyone,
    Query(sent): Query<Sent>,
) -> Result<HttpResponse> {
    // Where a form goes on comes with the form alone: a link must not choose what is sent on behind the proof.
    let sent = Sent {
        to: String::new(),
        ..sent
    };
    let none = Fields::default();
    let page = ConfirmPage::new(&anyone, &sent, &none);
    let passkey = passkey(&state, &access, &request, &anyone).await?;
    anyone.shell.page(&ConfirmPage { passkey, ..page })
}

async fn passkey(
    state: &AppState,
    access: &Access,
    request: &HttpRequest,
    anyone: &Anyone,
) -> Result<Option<(String, String)>> {
    let bearer = Bearer {
        person_id: anyone.caller.person_id,
        session_id: anyone.caller.session_id,
        renewed_at: None,
    };
    let token = access
        .keys
        .issue_passkey(&state.db, bearer, anyone.caller.proven_at)
        .await?;
    passkeys::request(state, request, bearer, token).await
}

/// Asks for the proof; takes it, and goes on
#[post("/confirm")]
pub async fn confirm(
    state: Data<AppState>,
    access: Data<Access>,
    request: HttpRequest,
    anyone: Anyone,
    Query(sent): Query<Sent>,
    fields: Fields,
) -> Result<HttpResponse> {
    let page = ConfirmPage {
        passkey: passkey(&state, &access, &request, &anyone).await?,
        ..ConfirmPage::new(&anyone, &sent, &fields)
    };
    let is_answer = fields.has(PASSWORD) || fields.has(CODE) || fields.has(PASSKEY);
    // Fields of the form that waits; more than a page may hold are typed again.
    if Waiting::sent(&sent.to, &fields).is_none() && !sent.to.is_empty() && !is_answer {
        let to = address("/confirm", [("next", page.next)]);
        return Ok(see_other(to).into());
    }
    if !is_answer {
        return anyone.shell.page(&page);
    }
    let proof = Proof {
        password: fields.raw(PASSWORD).to_owned(),
        code: fields.get(CODE).to_owned(),
        passkey: passkey_answer(&state, &request, &fields),
    };
    let outcome = confirming::confirm(&state.db, &access, &anyone.caller, proof, client_address(&request)).await;
    let text = match outcome {
        Ok(renewed) => return renewed_to(&state, &access, renewed, on(own_path(&sent.to), page.next)).await,
        Err(Error::Throttled { retry_after_s }) => throttled(&anyone.shell, retry_after_s),
        Err(Error::Invalid(_) | Error::Unauthenticated { .. }) if fields.has(PASSKEY) => {
            anyone.shell.t("passkey-failed")
        }
        Err(Error::Invalid(_)) if page.by_code => anyone.shell.t("code-wrong"),
        Err(Error::Invalid(_)) => anyone.shell.t("confirm-wrong"),
        Err(other) => return Err(other),
    };
    let page = ConfirmPage {
        fault: Some(Banner::new(Tone::Bad, text)),
        ..page
    };
    anyone.shell.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The answer of a passkey, what it was to sign, and at which host.
fn passkey_answer(state: &AppState, request: &HttpRequest, fields: &Fields) -> Option<(Answer, String, Party)> {
    let token = fields.filled(PASSKEY)?.to_owned();
    let answer = Answer {
        credential: fields.get("proof_credential").to_owned(),
        client_data: fields.get("proof_client_data").to_owned(),
        data: fields.get("proof_data").to_owned(),
        signature: fields.get("proof_signature").to_owned(),
    };
    Some((answer, token, passkeys::party(state, request)?))
}

/// The answer with the cookie that takes the place of the one before.
async fn renewed_to(
    state: &AppState,
    access: &Access,
    renewed: Renewed,
    mut answer: HttpResponse,
) -> Result<HttpResponse> {
    let Renewed {
        bearer,
        expires_at,
        is_kept,
    } = renewed;
    let token = access.keys.issue_cookie(&state.db, bearer, expires_at).await?;
    let kept = is_kept.then(|| expires_at - clock::now());
    let cookie = cookies::session(token, kept, state.is_https);
    answer.add_cookie(&cookie).map_err(Error::internal)?;
    Ok(answer)
}

/// On with the form that waited, or back to where it stood.
fn on(to: Option<&str>, next: &str) -> HttpResponse {
    match to {
        Some(to) => HttpResponse::TemporaryRedirect().insert_header((LOCATION, to)).finish(),
        None => see_other(next).into(),
    }
}
