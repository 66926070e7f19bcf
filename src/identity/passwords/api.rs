//! REST: changing a password, and getting a new one when the old one is forgotten.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, Responder, post};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::audit::Origin;
use crate::clock;
use crate::error::Result;
use crate::http::Body;
use crate::identity::caller::{Access, Caller};
use crate::identity::passwords::{changing, resetting};
use crate::state::AppState;

/// The old and the new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The password until now.
    #[schema(format = "password")]
    current_password: String,
    /// 12 to 128 characters of any kind, none that others try first (`password_common`) and more than what they know of
    /// the person (`password_personal`).
    #[schema(format = "password", min_length = 12, max_length = 128)]
    new_password: String,
}

/// Change my password
///
/// Ends my other sessions; this one stays. A wrong current password (`wrong_password`) counts as a failed sign-in.
#[utoipa::path(tag = "me", operation_id = "changePassword", request_body = ChangePassword, responses(
    (status = 204, description = "Changed"),
))]
#[post("/me/password")]
pub async fn change_password(
    caller: Caller,
    state: Data<AppState>,
    access: Data<Access>,
    request: HttpRequest,
    body: Body<ChangePassword>,
) -> Result<impl Responder> {
    let change = changing::PasswordChange {
        person_id: caller.person_id,
        session_id: caller.session_id,
        actor: caller.actor(),
        current: body.0.current_password,
        new: body.0.new_password,
        origin: Origin::of(&request),
    };
    let ended = changing::change(&state.db, &access.passwords, change).await?;
    access.sessions.forget_all(&ended).await;
    Ok(HttpResponse::NoContent())
}

/// Who forgot their password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ForgotPassword {
    /// Mail address, in any case.
    #[schema(example = "buyer@example.com")]
    email: String,
}

/// Ask for a link to a new password
///
/// The answer is the same whether anybody has the address. The link comes by mail and is good once, for an hour.
#[utoipa::path(tag = "auth", operation_id = "forgotPassword", security(()), request_body = ForgotPassword, responses(
    (status = 202, description = "If somebody has the address, a mail is on its way"),
))]
#[post("/auth/forgot-password")]
pub async fn forgot_password(
    state: Data<AppState>,
    origin: Origin,
    body: Body<ForgotPassword>,
) -> Result<impl Responder> {
    let email = body.0.email;
    state
        .db
        .write(move |tx| resetting::request(tx, &email, &origin, clock::now()))
        .await?;
    Ok(HttpResponse::Accepted())
}

/// The token of the mail and the new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetPassword {
    /// What stands in the mail's link.
    token: String,
    /// 12 to 128 characters of any kind, none that others try first (`password_common`) and more than what they know of
    /// the person (`password_personal`).
    #[schema(format = "password", min_length = 12, max_length = 128)]
    new_password: String,
}

/// Set a new password with the link of a mail
///
/// Good once. Ends all sessions of the person; nobody is signed in by it.
#[utoipa::path(tag = "auth", operation_id = "resetPassword", security(()), request_body = ResetPassword, responses(
    (status = 204, description = "Set"),
    (status = 409, description = "`token_used`, `token_expired` or `token_withdrawn`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/auth/reset-password")]
pub async fn reset_password(
    state: Data<AppState>,
    access: Data<Access>,
    origin: Origin,
    body: Body<ResetPassword>,
) -> Result<impl Responder> {
    let ResetPassword { token, new_password } = body.0;
    let (_, ended) = resetting::reset(&state.db, &access.passwords, &token, new_password, origin).await?;
    access.sessions.forget_all(&ended).await;
    Ok(HttpResponse::NoContent())
}
