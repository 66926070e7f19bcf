//! REST: my second factor.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, Responder, get, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Status;
use crate::clock::{self, rfc3339};
use crate::error::{Error, Result};
use crate::http::Body;
use crate::identity;
use crate::identity::caller::{Access, Caller, Confirmed};
use crate::identity::factors;
use crate::state::AppState;

/// How it stands with my second factor.
#[derive(Serialize, ToSchema)]
pub struct SecondFactorView {
    /// Since when a code is asked for beside the password; null = none is.
    #[schema(required, format = DateTime)]
    since: Option<String>,
    /// Passkeys, which the pages take instead of a code.
    passkeys: usize,
    /// Recovery codes that are left.
    recovery_codes_left: i64,
    /// True where nothing else may be done before one is set up.
    required: bool,
}

impl SecondFactorView {
    fn new(status: Status, caller: &Caller) -> Self {
        Self {
            required: caller.must_enrol && status.since.is_none(),
            since: status.since.map(rfc3339),
            passkeys: status.passkeys.len(),
            recovery_codes_left: status.codes_left,
        }
    }
}

/// How it stands with my second factor
#[utoipa::path(tag = "me", operation_id = "getSecondFactor", responses(
    (status = 200, body = SecondFactorView, description = "The second factor"),
))]
#[get("/me/second-factor")]
pub async fn show(caller: Caller, state: Data<AppState>) -> Result<impl Responder> {
    let person_id = caller.person_id;
    let status = state
        .db
        .read(move |connection| factors::status(connection, person_id))
        .await?;
    Ok(Json(SecondFactorView::new(status, &caller)))
}

/// A secret for an authenticator.
#[derive(Serialize, ToSchema)]
pub struct SecretView {
    /// In base 32: HMAC-SHA-1, six digits, 30 seconds (RFC 6238).
    #[schema(example = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")]
    secret: String,
    /// The same as authenticators scan it.
    uri: String,
}

/// Begin to set a second factor up
///
/// It is in force once its first code was given: `POST /me/second-factor/confirm`. Beginning again makes a new secret.
#[utoipa::path(tag = "me", operation_id = "beginSecondFactor", responses(
    (status = 201, body = SecretView, description = "The secret, shown once"),
    (status = 409, description = "`second_factor_set`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/me/second-factor")]
pub async fn begin(caller: Confirmed<Caller>, state: Data<AppState>) -> Result<impl Responder> {
    let person_id = caller.person_id;
    let (secret, email, issuer) = state
        .db
        .write(move |tx| {
            let secret = factors::begin(tx, person_id, clock::now())?;
            let person = identity::find_person(tx, person_id)?.ok_or(Error::NotFound)?;
            Ok((secret, person.email, factors::issuer(tx)?))
        })
        .await?;
    let uri = factors::uri(&issuer, &email, &secret);
    Ok(HttpResponse::Created().json(SecretView { secret, uri }))
}

/// A code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// What the authenticator shows; where a factor is in force, or a recovery code.
    #[schema(example = "123456")]
    code: String,
}

/// Codes for the day on which the authenticator is gone.
#[derive(Serialize, ToSchema)]
pub struct RecoveryCodesView {
    /// Each good once; shown this once.
    recovery_codes: Vec<String>,
}

/// Put my second factor in force
///
/// By its first code. Ends my other sessions.
#[utoipa::path(tag = "me", operation_id = "confirmSecondFactor", request_body = Code, responses(
    (status = 200, body = RecoveryCodesView, description = "In force from now on"),
    (status = 409, description = "`second_factor_set`, `second_factor_none`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/me/second-factor/confirm")]
pub async fn confirm(
    caller: Confirmed<Caller>,
    state: Data<AppState>,
    access: Data<Access>,
    body: Body<Code>,
) -> Result<impl Responder> {
    let (actor, ids) = (caller.actor(), (caller.person_id, caller.session_id));
    let write = move |tx: &mut _| factors::confirm(tx, &actor, ids, &body.0.code, clock::now());
    let made = state.db.write(write).await??;
    access.sessions.forget_all(&made.ended).await;
    access.sessions.forget(caller.session_id).await;
    Ok(Json(RecoveryCodesView {
        recovery_codes: made.codes,
    }))
}

/// What new recovery codes are given for.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Renewal {
    /// What the authenticator shows, or a recovery code; left out where passkeys are the only factor.
    #[schema(example = "123456")]
    code: String,
}

/// Get new recovery codes
///
/// The old ones open nothing any more. Whoever has passkeys alone sends no code and needs a proof that is no older than 15
/// minutes.
#[utoipa::path(tag = "me", operation_id = "renewRecoveryCodes", request_body = Renewal, responses(
    (status = 200, body = RecoveryCodesView, description = "The codes"),
    (status = 409, description = "`second_factor_none`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/me/second-factor/recovery-codes")]
pub async fn renew_codes(caller: Caller, state: Data<AppState>, body: Body<Renewal>) -> Result<impl Responder> {
    let (actor, whose) = (caller.actor(), (caller.person_id, caller.proven_at));
    let write = move |tx: &mut _| factors::renew_codes(tx, &actor, whose, &body.0.code, clock::now());
    let recovery_codes = state.db.write(write).await??;
    Ok(Json(RecoveryCodesView { recovery_codes }))
}

/// Remove my second factor
#[utoipa::path(tag = "me", operation_id = "removeSecondFactor", request_body = Code, responses(
    (status = 204, description = "Removed"),
    (status = 409, description = "`second_factor_none`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/me/second-factor/remove")]
pub async fn remove(
    caller: Caller,
    state: Data<AppState>,
    access: Data<Access>,
    body: Body<Code>,
) -> Result<impl Responder> {
    let (actor, person_id) = (caller.actor(), caller.person_id);
    let write = move |tx: &mut _| factors::remove(tx, &actor, person_id, &body.0.code, clock::now());
    state.db.write(write).await??;
    access.sessions.forget(caller.session_id).await;
    Ok(HttpResponse::NoContent())
}
