//! REST: what I am signed in with.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, Responder, delete, get};
use serde::Serialize;
use utoipa::ToSchema;

use crate::clock::{self, rfc3339};
use crate::error::Result;
use crate::http::{List, Paged, Params, PathId};
use crate::identity::caller::{Access, Caller, Proven, is_fresh};
use crate::identity::own_sessions::{self, OwnSession};
use crate::identity::prove_again;
use crate::ids::SessionId;
use crate::state::AppState;

/// A session: everything since one sign-in.
#[derive(Serialize, ToSchema)]
pub struct SessionView {
    #[schema(example = "ses_0BGK1J3Z00003")]
    id: String,
    /// When somebody signed in.
    #[schema(format = DateTime)]
    created_at: String,
    /// When it last got a new pair of tokens.
    #[schema(format = DateTime)]
    refreshed_at: String,
    /// When it was last used, to the minute.
    #[schema(format = DateTime)]
    last_used_at: String,
    /// What the program that signed in called itself.
    #[schema(required)]
    user_agent: Option<String>,
    /// The network address it called from.
    #[schema(required, example = "192.0.2.7")]
    address: Option<String>,
    /// True for the session of this request.
    current: bool,
}

impl SessionView {
    fn new(session: OwnSession, current: SessionId) -> Self {
        Self {
            id: session.id.to_string(),
            created_at: rfc3339(session.created_at),
            refreshed_at: rfc3339(session.refreshed_at),
            last_used_at: rfc3339(session.last_used_at),
            user_agent: session.user_agent,
            address: session.address,
            current: session.id == current,
        }
    }
}

/// My sessions
///
/// Those that are in force, the newest first.
#[utoipa::path(tag = "me", operation_id = "listSessions", params(Paged), responses(
    (status = 200, body = List<SessionView>, description = "A page of sessions"),
))]
#[get("/me/sessions")]
pub async fn list_sessions(caller: Caller, state: Data<AppState>, params: Params<Paged>) -> Result<impl Responder> {
    const FILTER: &str = "sessions";
    let page = params.0.page();
    let after = page.after(FILTER)?;
    let (person_id, rows_max) = (caller.person_id, page.fetch());
    let read = move |connection: &mut _| own_sessions::list(connection, person_id, after, rows_max, clock::now());
    let sessions = state.db.read(read).await?;
    let view = |session| SessionView::new(session, caller.session_id);
    Ok(Json(List::of(&page, FILTER, sessions, |session| session.id, view)?))
}

/// End one of my sessions
///
/// Its tokens open nothing within five seconds, on every node. Another one than that of the request needs a fresh proof.
#[utoipa::path(tag = "me", operation_id = "endSession", responses((status = 204, description = "Ended")))]
#[delete("/me/sessions/{id}")]
pub async fn end_session(
    caller: Caller,
    state: Data<AppState>,
    access: Data<Access>,
    PathId(id): PathId<SessionId>,
    request: HttpRequest,
) -> Result<impl Responder> {
    if id != caller.session_id && !is_fresh(&request, caller.proof()).await? {
        return Err(prove_again());
    }
    let (person_id, account_id, actor) = (caller.person_id, caller.account_id(), caller.actor());
    state
        .db
        .write(move |tx| own_sessions::end(tx, &actor, account_id, person_id, id, clock::now()))
        .await?;
    access.sessions.forget_all(&[id]).await;
    Ok(HttpResponse::NoContent())
}
