//! REST: signing in, staying signed in, signing out; passwords and sessions in files of their own.

pub mod confirming;
pub mod oauth;
pub mod own_sessions;

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, Responder, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Attempt, Entered, From as CallsFrom, Second, SecondProof, Tokens};
use crate::audit::{Actor, Origin, Who};
use crate::clock;
use crate::error::{Code, Error, Result};
use crate::http::{self, Body, OptionalBody, user_agent};
use crate::identity::caller::Access;
use crate::identity::sentences;
use crate::state::AppState;

/// Who signs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// Mail address, in any case.
    #[schema(example = "buyer@example.com")]
    email: String,
    /// Password.
    #[schema(example = "a long pass phrase", format = "password")]
    password: String,
}

/// The refresh token of the last answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    /// Good once.
    refresh_token: String,
}

/// What ends a session without an access token.
#[derive(Deserialize, Default, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignOut {
    /// Any refresh token of the session.
    refresh_token: Option<String>,
}

/// A pair of tokens.
#[derive(Serialize, ToSchema)]
pub struct TokensView {
    /// Send it as `Authorization: Bearer …`.
    access_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// Seconds the access token is good for.
    #[schema(example = 900)]
    expires_in: i64,
    /// Gets the next pair, once; sent twice, it ends the session.
    refresh_token: String,
}

impl From<Tokens> for TokensView {
    fn from(tokens: Tokens) -> Self {
        Self {
            access_token: tokens.access_token,
            token_type: "Bearer",
            expires_in: tokens.expires_in_s,
            refresh_token: tokens.refresh_token,
        }
    }
}

/// Sign in
///
/// Ten failures of a person from an address, or a hundred from an address, within 15 minutes are allowed; many of a person
/// from anywhere make answers slow. A person has twenty sessions at most; the oldest ends for the next. Where a second
/// factor is set up the answer is `second_factor_required` with a `challenge` in its `params`, for `POST
/// /auth/second-factor`.
#[utoipa::path(tag = "auth", security(()), request_body = SignIn, responses(
    (status = 200, body = TokensView, description = "Signed in"),
    (status = 401, description = "Mail address or password is wrong, or a code is needed (`second_factor_required`)"),
))]
#[post("/auth/login")]
pub async fn login(
    state: Data<AppState>,
    access: Data<Access>,
    request: HttpRequest,
    body: Body<SignIn>,
) -> Result<impl Responder> {
    let attempt = Attempt {
        email: body.0.email,
        password: body.0.password,
        from: calls_from(&request),
    };
    match super::sign_in(&state.db, &access, attempt).await? {
        Entered::SignedIn(tokens) => Ok(Json(TokensView::from(tokens))),
        Entered::CodeNeeded(challenge) => Err(Error::unauthenticated(
            Code::SecondFactorRequired,
            sentences::code_needed(challenge),
        )),
    }
}

fn calls_from(request: &HttpRequest) -> CallsFrom {
    CallsFrom {
        origin: Origin::of(request),
        user_agent: user_agent(request),
        device: None,
        replaces: None,
    }
}

/// The code that follows the password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondFactor {
    /// Of the answer to the password; good once, for five minutes.
    challenge: String,
    /// What the authenticator shows, or a recovery code.
    #[schema(example = "123456")]
    code: String,
}

/// Sign in with the code of a second factor
///
/// After `POST /auth/login` answered `second_factor_required`. Each code is good once; five wrong ones of a person within 15
/// minutes are allowed.
#[utoipa::path(tag = "auth", operation_id = "signInWithCode", security(()), request_body = SecondFactor, responses(
    (status = 200, body = TokensView, description = "Signed in"),
    (status = 401, description = "The challenge is not valid (`challenge_over`)"),
))]
#[post("/auth/second-factor")]
pub async fn second_factor(
    state: Data<AppState>,
    access: Data<Access>,
    request: HttpRequest,
    body: Body<SecondFactor>,
) -> Result<impl Responder> {
    let second = Second {
        challenge: body.0.challenge,
        proof: SecondProof::Code(body.0.code),
        from: calls_from(&request),
    };
    let tokens = super::finish(&state.db, &access, second).await?;
    Ok(Json(TokensView::from(tokens)))
}

/// Get the next pair of tokens
///
/// Each refresh token is good once. One that comes again ends the session: somebody has copied it.
#[utoipa::path(tag = "auth", security(()), request_body = Refresh, responses(
    (status = 200, body = TokensView, description = "The next pair; the old refresh token is used up"),
    (status = 401, description = "The refresh token is unknown, used or expired"),
))]
#[post("/auth/refresh")]
pub async fn refresh(
    state: Data<AppState>,
    access: Data<Access>,
    origin: Origin,
    body: Body<Refresh>,
) -> Result<impl Responder> {
    let tokens = super::refresh(&state.db, &access.keys, &body.0.refresh_token, origin).await?;
    Ok(Json(TokensView::from(tokens)))
}

/// Sign out
///
/// Ends the session of the access token, or of the refresh token in the body where there is no valid access token.
#[utoipa::path(tag = "auth", request_body = Option<SignOut>, responses((status = 204, description = "Signed out")))]
#[post("/auth/logout")]
pub async fn logout(
    state: Data<AppState>,
    access: Data<Access>,
    request: HttpRequest,
    body: Result<OptionalBody<SignOut>, Error>,
) -> Result<impl Responder> {
    let bearer = match http::bearer_token(&request) {
        Some(token) => access.keys.verify(&state.db, token).await?,
        None => None,
    };
    let origin = Origin::of(&request);
    let ended = match (bearer, body) {
        (Some(bearer), body) => {
            body?;
            let session = bearer.session_id;
            let actor = Actor::new(Who::Person(bearer.person_id), Some(origin));
            let write = move |tx: &mut _| super::sign_out(tx, &actor, session, clock::now());
            state.db.write(write).await?;
            Some(session)
        }
        (
            None,
            Ok(OptionalBody(SignOut {
                refresh_token: Some(token),
            })),
        ) => {
            let write = move |tx: &mut _| super::sign_out_by_token(tx, &token, &origin, clock::now());
            state.db.write(write).await?
        }
        // Whoever proves nothing learns nothing about their body.
        (None, _) => {
            return Err(Error::unauthenticated(Code::Unauthenticated, sentences::send_a_token()));
        }
    };
    if let Some(session) = ended {
        access.sessions.forget(session).await;
    }
    Ok(HttpResponse::NoContent())
}
