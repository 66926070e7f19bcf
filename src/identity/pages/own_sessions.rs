//! Where somebody is signed in, and ending it there.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use crate::clock;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Access, Anyone, Confirmed, Proven, is_fresh};
use crate::identity::own_sessions::{self, OwnSession};
use crate::identity::prove_again;
use crate::identity::rules::device;
use crate::ids::SessionId;
use crate::state::AppState;
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::{Chip, Shape, Shell, Tone, see_other};

const PATH: &str = "/profile/sessions";

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    cursor: Option<String>,
}

/// Ends one session.
#[derive(Template)]
#[template(
    source = r#"<form method="post" action="/profile/sessions/{{ id }}/end"><button class="button small" type="submit" aria-label="{{ shell.t2("own-sessions-end-label", "device", *device, "since", since.as_str()) }}">{{ shell.t("own-sessions-end") }}</button></form>"#,
    ext = "html"
)]
struct End<'a> {
    shell: &'a Shell,
    id: SessionId,
    device: &'a str,
    since: String,
}

impl HtmlSafe for End<'_> {}

/// Ends all sessions but this one.
#[derive(Template)]
#[template(
    source = r#"<form method="post" action="/profile/sessions/end-others"><button class="button danger" type="submit">{{ shell.t("own-sessions-end-others") }}</button></form>"#,
    ext = "html"
)]
struct EndOthers<'a> {
    shell: &'a Shell,
}

impl HtmlSafe for EndOthers<'_> {}

fn row(shell: &Shell, session: &OwnSession, current: SessionId) -> Vec<Cell> {
    let user_agent = session.user_agent.as_deref().unwrap_or_default();
    let (device, detail) = match device(user_agent) {
        Some((browser, system)) => (
            shell.t2("own-sessions-browser", "browser", browser, "system", system),
            "",
        ),
        None => (shell.t("own-sessions-program"), user_agent),
    };
    let since = shell.moment(session.created_at);
    let action = match session.id == current {
        true => Cell::chip(Chip::new(Tone::Ok, Shape::Dot, shell.t("own-sessions-current"))),
        false => Cell::part(End {
            shell,
            id: session.id,
            device: &device,
            since: since.clone(),
        }),
    };
    vec![
        Cell::text(&device).and_under(detail),
        Cell::text(since).and_under(shell.t1("own-sessions-used", "moment", shell.moment(session.last_used_at))),
        Cell::mono(session.address.as_deref().unwrap_or_default()),
        action,
    ]
}

/// Where I am signed in
#[get("/profile/sessions")]
pub async fn list(state: Data<AppState>, anyone: Anyone, Query(params): Query<ListParams>) -> Result<HttpResponse> {
    let Anyone { caller, shell } = anyone;
    let shell = &shell;
    let read = |connection: &mut _, person_id: &_, after, limit| {
        own_sessions::list(connection, *person_id, after, limit, clock::now())
    };
    let (cursor, person_id) = (params.cursor.as_deref(), caller.person_id);
    let part = Part::read(&state.db, cursor, person_id, |session: &OwnSession| session.id, read).await?;
    let has_others = part.rows.iter().any(|session| session.id != caller.session_id);
    let list = List::new(shell, PATH)
        .column("own-sessions-device", "id")
        .column("own-sessions-since", "")
        .column("own-sessions-address", "")
        .column("word-state", "plain")
        .rows(part.rows.iter().map(|session| row(shell, session, caller.session_id)))
        .counted("own-sessions-shown", &part);
    let page = ListPage::new("word-sessions", list)
        .among(PATH)
        .lead("own-sessions-text");
    match has_others {
        true => page.tool(EndOthers { shell }).answer(),
        false => page.answer(),
    }
}

/// Ends one of my sessions
#[post("/profile/sessions/{id}/end")]
pub async fn end(
    state: Data<AppState>,
    access: Data<Access>,
    anyone: Anyone,
    PathId(id): PathId<SessionId>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    if id != anyone.caller.session_id && !is_fresh(&request, anyone.proof()).await? {
        return Err(prove_again());
    }
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
pub async fn end_others(
    state: Data<AppState>,
    access: Data<Access>,
    anyone: Confirmed<Anyone>,
) -> Result<HttpResponse> {
    let (caller, shell) = (&anyone.caller, &anyone.shell);
    let (person_id, account_id, actor) = (caller.person_id, caller.account_id(), caller.actor());
    let kept = caller.session_id;
    let write = move |tx: &mut _| own_sessions::end_others(tx, &actor, account_id, person_id, kept, clock::now());
    let ended = state.db.write(write).await?;
    access.sessions.forget_all(&ended).await;
    let text = shell.t1("own-sessions-ended-others", "sessions", ended.len());
    Ok(see_other(PATH).flash(Tone::Ok, text).into())
}
