//! Where somebody is signed in, and ending it there.

use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;

use crate::clock;
use crate::error::{Error, Result};
use crate::http::{Page, PathId};
use crate::identity::caller::{Access, Anyone};
use crate::identity::own_sessions::{self, OwnSession};
use crate::identity::rules::device;
use crate::ids::SessionId;
use crate::state::AppState;
use crate::web::{Chip, Pager, Shape, Shell, Tone, see_other};

const FILTER: &str = "own-sessions";
const PATH: &str = "/profile/sessions";

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Shown {
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "identity/templates/own_sessions.html")]
struct SessionsPage<'a> {
    shell: &'a Shell,
    rows: Vec<Row>,
    others: bool,
    pager: Pager,
}

struct Row {
    id: SessionId,
    device: String,
    detail: String,
    since: String,
    address: String,
    current: Option<Chip>,
}

fn row(shell: &Shell, session: OwnSession, current: SessionId) -> Row {
    let user_agent = session.user_agent.unwrap_or_default();
    let (device, detail) = match device(&user_agent) {
        Some((browser, system)) => (
            shell.t2("own-sessions-browser", "browser", browser, "system", system),
            String::new(),
        ),
        None => (shell.t("own-sessions-program"), user_agent),
    };
    let chip = || Chip::new(Tone::Ok, Shape::Dot, shell.t("own-sessions-current"));
    Row {
        id: session.id,
        device,
        detail,
        since: shell.moment(session.created_at),
        address: session.address.unwrap_or_default(),
        current: (session.id == current).then(chip),
    }
}

/// Where I am signed in
#[get("/profile/sessions")]
pub async fn list(state: Data<AppState>, anyone: Anyone, Query(shown): Query<Shown>) -> Result<HttpResponse> {
    let Anyone { caller, shell } = anyone;
    let page = Page::shown(shown.cursor.clone());
    let after = page.after(FILTER)?;
    let (person_id, rows_max) = (caller.person_id, page.fetch());
    let read = move |connection: &mut _| own_sessions::list(connection, person_id, after, rows_max, clock::now());
    let sessions = state.db.read(read).await?;
    let (sessions, next) = page.cut(FILTER, sessions, |session| session.id)?;
    let text = shell.t1("own-sessions-shown", "sessions", sessions.len());
    shell.page(&SessionsPage {
        pager: Pager::new(&shell, PATH, &[], shown.cursor.as_deref(), next.as_deref(), text),
        others: sessions.iter().any(|session| session.id != caller.session_id),
        rows: sessions
            .into_iter()
            .map(|session| row(&shell, session, caller.session_id))
            .collect(),
        shell: &shell,
    })
}

/// Ends one of my sessions
#[post("/profile/sessions/{id}/end")]
pub async fn end(
    state: Data<AppState>,
    access: Data<Access>,
    anyone: Anyone,
    PathId(id): PathId<SessionId>,
) -> Result<HttpResponse> {
    let Anyone { caller, shell } = anyone;
    let (person_id, account_id, actor) = (caller.person_id, caller.account_id(), caller.actor());
    let write = move |tx: &mut _| own_sessions::end(tx, &actor, account_id, person_id, id, clock::now());
    match state.db.write(write).await {
        // Pressed twice, or it ended by itself meanwhile.
        Ok(()) | Err(Error::NotFound) => {}
        Err(other) => return Err(other),
    }
    access.sessions.forget(id).await;
    Ok(see_other(PATH).flash(Tone::Ok, shell.t("own-sessions-ended")).into())
}

/// Ends all of my sessions but this one
#[post("/profile/sessions/end-others")]
pub async fn end_others(state: Data<AppState>, access: Data<Access>, anyone: Anyone) -> Result<HttpResponse> {
    let Anyone { caller, shell } = anyone;
    let (person_id, account_id, actor) = (caller.person_id, caller.account_id(), caller.actor());
    let kept = caller.session_id;
    let write = move |tx: &mut _| own_sessions::end_others(tx, &actor, account_id, person_id, kept, clock::now());
    let ended = state.db.write(write).await?;
    access.sessions.forget_all(&ended).await;
    let text = shell.t1("own-sessions-ended-others", "sessions", ended.len());
    Ok(see_other(PATH).flash(Tone::Ok, text).into())
}
