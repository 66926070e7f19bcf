//! Passkeys on the profile, at the sign-in and where somebody proves once more who they are.

use actix_web::http::header::HOST;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, post};
use url::{Host, Url};

use super::{Answer, NAME_CHARS_MAX};
use crate::clock;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Access, Anyone, Confirmed};
use crate::identity::factors::pages as factors;
use crate::identity::passkeys;
use crate::identity::rules::webauthn::Party;
use crate::identity::tokens::Bearer;
use crate::ids::PasskeyId;
use crate::state::AppState;
use crate::web::{Fields, Tone, see_other};

const PATH: &str = "/profile/second-factor";

/// The host that passkeys are bound to; nothing where the portal is reached by a number, which none can be bound to.
pub(in crate::identity) fn party(state: &AppState, request: &HttpRequest) -> Option<Party> {
    // Without a public address the portal is on this machine, where nothing stands before it.
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    let reached = || Url::parse(&format!("http://{}", host?)).ok();
    let url = state.public_url.clone().or_else(reached)?;
    match url.host()? {
        Host::Domain(host) => Some(Party {
            id: host.to_owned(),
            origin: url.origin().ascii_serialization(),
        }),
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}

/// What a browser was answered, as a form brings it.
pub(in crate::identity) fn answer(fields: &Fields) -> Answer {
    Answer {
        credential: fields.get("credential").to_owned(),
        client_data: fields.get("client_data").to_owned(),
        data: fields.get("data").to_owned(),
        signature: fields.get("signature").to_owned(),
    }
}

/// What a browser needs to make a passkey for the reader, and the text that the answer comes with.
pub(in crate::identity) async fn creation(
    state: &AppState,
    access: &Access,
    request: &HttpRequest,
    anyone: &Anyone,
) -> Result<Option<(String, String)>> {
    let Some(party) = party(state, request) else {
        return Ok(None);
    };
    let (person_id, session_id) = (anyone.caller.person_id, anyone.caller.session_id);
    let bearer = Bearer {
        person_id,
        session_id,
        renewed_at: None,
    };
    let token = access
        .keys
        .issue_passkey(&state.db, bearer, anyone.caller.proven_at)
        .await?;
    let read = move |connection: &mut _| {
        let person = crate::identity::find_person(connection, person_id)?.ok_or(Error::NotFound)?;
        Ok((person, passkeys::list(connection, person_id)?))
    };
    let (person, known) = state.db.read(read).await?;
    let options = passkeys::creation(&party, &token, (person_id, &person.email, &person.name), &known);
    Ok(Some((options.to_string(), token)))
}

/// What a browser needs to use one of the reader's passkeys, and the text that the answer comes with.
pub(in crate::identity) async fn request(
    state: &AppState,
    request: &HttpRequest,
    bearer: Bearer,
    token: String,
) -> Result<Option<(String, String)>> {
    let Some(party) = party(state, request) else {
        return Ok(None);
    };
    let person_id = bearer.person_id;
    let read = move |connection: &mut _| passkeys::list(connection, person_id);
    let known = state.db.read(read).await?;
    if known.is_empty() {
        return Ok(None);
    }
    Ok(Some((passkeys::request(&party, &token, &known).to_string(), token)))
}

/// Adds a passkey
#[post("/profile/passkeys")]
pub async fn add(
    state: Data<AppState>,
    access: Data<Access>,
    request: HttpRequest,
    anyone: Confirmed<Anyone>,
    fields: Fields,
) -> Result<HttpResponse> {
    let caller = &anyone.caller;
    let token = fields.get("token").to_owned();
    let asked = access.keys.verify_passkey(&state.db, &token).await?;
    let is_own = asked.is_some_and(|(asked, _)| asked.session_id == caller.session_id);
    let (true, Some(party)) = (is_own, party(&state, &request)) else {
        return Ok(see_other(PATH)
            .flash(Tone::Bad, anyone.shell.t("passkey-failed"))
            .into());
    };
    let name: String = fields.get("name").chars().take(NAME_CHARS_MAX).collect();
    let name = if name.is_empty() {
        anyone.shell.t("passkey-unnamed")
    } else {
        name
    };
    let (actor, ids, made) = (caller.actor(), (caller.person_id, caller.session_id), answer(&fields));
    let write = move |tx: &mut _| passkeys::add(tx, &actor, ids, (&name, &made), (&token, &party), clock::now());
    match state.db.write(write).await {
        Ok(begun) => {
            access.sessions.forget_all(&begun.ended).await;
            access.sessions.forget(caller.session_id).await;
            let text = anyone.shell.t("passkey-added");
            match begun.codes.is_empty() {
                true => Ok(see_other(PATH).flash(Tone::Ok, text).into()),
                false => factors::with_codes(&state, &access, &request, &anyone, text, begun.codes).await,
            }
        }
        Err(error @ (Error::Invalid(_) | Error::Conflict { .. })) => {
            let text = match error {
                Error::Conflict { .. } => anyone.shell.error_text(&error),
                _ => anyone.shell.t("passkey-failed"),
            };
            Ok(see_other(PATH).flash(Tone::Bad, text).into())
        }
        Err(other) => Err(other),
    }
}

/// Takes a passkey away
#[post("/profile/passkeys/{id}/remove")]
pub async fn remove(
    state: Data<AppState>,
    access: Data<Access>,
    anyone: Confirmed<Anyone>,
    PathId(id): PathId<PasskeyId>,
) -> Result<HttpResponse> {
    let (actor, person_id) = (anyone.caller.actor(), anyone.caller.person_id);
    let write = move |tx: &mut _| passkeys::remove(tx, &actor, person_id, id, clock::now());
    match state.db.write(write).await {
        // Pressed twice.
        Ok(()) | Err(Error::NotFound) => {}
        Err(other) => return Err(other),
    }
    access.sessions.forget(anyone.caller.session_id).await;
    Ok(see_other(PATH)
        .flash(Tone::Ok, anyone.shell.t("passkey-removed"))
        .into())
}
