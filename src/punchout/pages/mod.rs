//! What stands between a buyer's system and us: the address its documents come to, and the shop it shows. The shop's
//! addresses hold what proves the session, so it needs no cookie and lives in a frame of another site.
//!
//! - [`shop`]: catalogue and basket
//! - [`leaving`]: the basket goes back
//! - [`oci`]: the shop is opened by OCI

pub mod leaving;
pub mod oci;
pub mod shop;

use actix_web::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;
use url::Url;

use super::cxml::reading::BYTES_MAX;
use super::receiving::{self, Reached, Said};
use super::shopping;
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::http::{self, client_address, receive_at_most};
use crate::identity::caller::Guest;
use crate::ids::AccountId;
use crate::sentences::body_has_at_most;
use crate::state::AppState;
use crate::web::{Shell, see_other};

/// Where people and programs reach the portal.
pub fn base(state: &AppState, request: &HttpRequest) -> Result<Url> {
    let reached = || {
        let info = request.connection_info().clone();
        let scheme = if http::is_https(request) { "https" } else { "http" };
        Url::parse(&format!("{scheme}://{}/", info.host())).ok()
    };
    let url = state.public_url.clone().or_else(reached);
    url.ok_or_else(|| Error::internal("the portal has no address"))
}

fn xml(text: String) -> HttpResponse {
    HttpResponse::Ok().content_type("text/xml; charset=UTF-8").body(text)
}

/// Takes a cXML document; the answer is one, always with the status 200
#[post("/punchout/cxml")]
pub async fn take_cxml(state: Data<AppState>, request: HttpRequest, payload: Payload) -> Result<HttpResponse> {
    let is_xml = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| {
            let media_type = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            ["text/xml", "application/xml"].contains(&media_type.as_str())
        });
    if !is_xml {
        return Ok(xml(Said::new(406, "Send the document as text/xml.").written(now())));
    }
    let limit = || body_has_at_most(BYTES_MAX / 1024 / 1024);
    let bytes = match receive_at_most(&request, payload.into_inner(), BYTES_MAX, limit).await {
        Ok(bytes) => bytes,
        Err(error) => {
            let detail = error.sentence().in_language(crate::languages::Language::En);
            return Ok(xml(Said::new(406, detail).written(now())));
        }
    };
    let reached = Reached {
        address: client_address(&request),
        base: base(&state, &request)?,
        tried_by_staff: None,
    };
    Ok(xml(answer(&state, bytes.to_vec(), reached).await))
}

/// The answer to a document, whatever it is.
pub async fn answer(state: &AppState, bytes: Vec<u8>, reached: Reached) -> String {
    // Megabytes are read where they hold nobody else up.
    let document = match state.uploads.run(move || Ok(receiving::read(&bytes))).await {
        Ok(Ok(document)) => document,
        Ok(Err(said)) => return said.written(now()),
        Err(Error::Throttled { .. } | Error::Unavailable(_)) => {
            return Said::new(560, "Not now; the same document may be taken later.").written(now());
        }
        Err(error) => {
            tracing::error!(%error, "a cXML document could not be read");
            return Said::new(500, "Something failed on our side.").written(now());
        }
    };
    let (asked, from) = (document.clone(), reached.clone());
    let taken = state
        .db
        .write(move |tx| receiving::take(tx, &asked, &from, now()))
        .await;
    let error = match taken {
        Ok(answer) => return answer,
        Err(error) => error,
    };
    let said = match &error {
        Error::Internal(_) => {
            tracing::error!(%error, "a cXML document could not be taken");
            return Said::new(500, "Something failed on our side.").written(now());
        }
        Error::Unavailable(_) | Error::Throttled { .. } => {
            return Said::new(560, "Not now; the same document may be taken later.").written(now());
        }
        error => receiving::refusal(&document, error),
    };
    let told = said.clone();
    let refused = state
        .db
        .write(move |tx| receiving::refuse(tx, &document, &reached, &told, now()))
        .await;
    refused.unwrap_or_else(|error| {
        tracing::error!(%error, "a refused cXML document could not be kept");
        said.written(now())
    })
}

/// The same for staff who try the set-up of an account out.
pub async fn answer_staff(state: &AppState, account_id: AccountId, base: Url, text: String) -> String {
    let reached = Reached {
        address: None,
        base,
        tried_by_staff: Some(account_id),
    };
    answer(state, text.into_bytes(), reached).await
}

/// Opens the session that a link leads to, once
#[get("/punchout/start/{token}")]
pub async fn start(state: Data<AppState>, guest: Guest, path: Path<String>) -> Result<HttpResponse> {
    let start = path.into_inner();
    let opened = state
        .db
        .write(move |tx: &mut Connection| {
            let token = shopping::open(tx, &start, now())?;
            let session = shopping::get(tx, &token, now())?;
            Ok((token, session.row.selected))
        })
        .await;
    match opened {
        Ok((token, selected)) => {
            let selected = selected.unwrap_or_default();
            let to = crate::web::components::address(&format!("/punchout/s/{token}"), [("q", selected.as_str())]);
            Ok(see_other(to).into())
        }
        Err(error) => over(&guest.shell.signed_out(), &error, &[]),
    }
}

#[derive(Template)]
#[template(path = "punchout/templates/over.html")]
struct OverPage<'a> {
    shell: &'a Shell,
    text: String,
}

/// The page that says that a session is over, or why it can't go on.
fn over(shell: &Shell, error: &Error, frames: &[String]) -> Result<HttpResponse> {
    let page = OverPage {
        shell,
        text: shell.error_text(error),
    };
    let status = actix_web::http::StatusCode::from_u16(error.code().status());
    let answer = shell.page_with(status.unwrap_or(actix_web::http::StatusCode::CONFLICT), &page)?;
    framed(answer, frames, None)
}

/// An answer that these pages may show in a frame; `to` is the other site that its form leads to.
fn framed(mut answer: HttpResponse, frames: &[String], to: Option<&str>) -> Result<HttpResponse> {
    let ancestors = if frames.is_empty() {
        "'none'".to_owned()
    } else {
        frames.join(" ")
    };
    let action = to
        .and_then(|to| Url::parse(to).ok())
        .map(|url| url.origin().ascii_serialization());
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self' {}; base-uri 'none'; frame-ancestors {ancestors}",
        action.unwrap_or_default()
    );
    let policy = HeaderValue::from_str(&policy).map_err(Error::internal)?;
    answer.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    Ok(answer)
}

/// True for what a page of a session tells itself.
fn is_told(error: &Error) -> bool {
    error.code() == Code::PunchoutSessionOver || matches!(error, Error::NotFound)
}
