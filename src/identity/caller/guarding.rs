//! What is told of requests that are turned away before anything looks at what they want.

use actix_web::HttpRequest;

use super::Access;
use crate::error::Result;
use crate::http::{Rate, client_address};
use crate::ids::PersonId;
use crate::state::AppState;

/// Counts a request by the rate of who sends it; one too many is refused, and told.
pub(super) async fn within_rate(
    request: &HttpRequest,
    state: &AppState,
    access: &Access,
    person_id: PersonId,
    own: Option<Rate>,
) -> Result<()> {
    let outcome = state.rate_limit.check(request, person_id, own);
    if outcome.is_err() {
        access.attempts.beyond_rate(person_id).await;
    }
    outcome
}

/// Tells of a token or a cookie that was taken for none, if nobody of ours signed it.
pub(super) async fn note_if_forged(request: &HttpRequest, access: &Access, token: &str) {
    if !access.keys.is_ours(token) {
        access.attempts.forged(client_address(request)).await;
    }
}
