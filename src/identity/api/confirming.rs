//! REST: proving once more who I am.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, Responder, post};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::error::Result;
use crate::http::{Body, client_address};
use crate::identity::caller::{Access, Caller};
use crate::identity::confirming::{self, Proof};
use crate::state::AppState;

/// What proves it: a code where a second factor is set up, else the password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Confirm {
    #[schema(format = "password")]
    password: Option<String>,
    /// What the authenticator shows, or a recovery code.
    #[schema(example = "123456")]
    code: Option<String>,
}

/// Prove once more who I am
///
/// What changes credit, prices or roles is refused with `step_up_required` where the last proof is older than the portal's
/// limit (15 minutes, unless it is set otherwise). A sign-in is a proof: a program that signs in for its work and ends within
/// that time never meets it. Refreshing tokens is none. The access tokens that the session has by then end within a minute: the
/// next pair comes by the refresh token, as after their 15 minutes.
#[utoipa::path(tag = "me", operation_id = "confirm", request_body = Confirm, responses(
    (status = 204, description = "Proven; this session is fresh"),
))]
#[post("/me/confirm")]
pub async fn confirm(
    caller: Caller,
    state: Data<AppState>,
    access: Data<Access>,
    request: HttpRequest,
    body: Body<Confirm>,
) -> Result<impl Responder> {
    let proof = Proof {
        password: body.0.password.unwrap_or_default(),
        code: body.0.code.unwrap_or_default(),
        passkey: None,
    };
    confirming::confirm(&state.db, &access, &caller, proof, client_address(&request)).await?;
    Ok(HttpResponse::NoContent())
}
