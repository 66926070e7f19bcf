//! Documents of an account's purchasing system, on the desk: what came, what went, and sending once more.

use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;

use super::{chip, table};
use crate::accounts;
use crate::accounts::words::Head;
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::{PathId, PathIds};
use crate::identity::caller::{Desk, MayManageAccounts};
use crate::ids::{AccountId, PunchoutDocumentId};
use crate::punchout::rules::{DOCUMENT_CHARS_KEPT, Direction, Sending, cut};
use crate::punchout::{self, DocumentRow, cxml, outgoing};
use crate::state::AppState;
use crate::web::list::{List, Part};
use crate::web::{Chip, Shell, Tone, see_other};

#[derive(Template)]
#[template(path = "punchout/templates/documents.html")]
struct DocumentsPage<'a> {
    shell: &'a Shell,
    head: Head,
    documents: List<'a>,
}

#[derive(Template)]
#[template(path = "punchout/templates/document.html")]
struct DocumentPage<'a> {
    shell: &'a Shell,
    head: Head,
    title: String,
    chip: Chip,
    facts: Vec<(String, String)>,
    order: Option<(String, String)>,
    request: String,
    answer: String,
    /// Where it is sent again, where it may be.
    resend: Option<String>,
    /// When, and how it ended.
    attempts: Vec<(String, String)>,
}

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DocumentParams {
    cursor: Option<String>,
}

/// Documents of an account's purchasing system
#[get("/desk/accounts/{id}/punchout/documents")]
pub async fn list(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
    Query(params): Query<DocumentParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let account = state.db.read(move |connection| accounts::get(connection, id)).await?;
    let part = Part::read(
        &state.db,
        params.cursor.as_deref(),
        ("punchout-documents", id.0),
        |row: &DocumentRow| row.id,
        move |connection, _, before, limit| punchout::documents(connection, id, before, limit),
    )
    .await?;
    let list = List::new(shell, format!("/desk/accounts/{id}/punchout/documents"));
    let list = table(shell, list, id, &part.rows).counted("punchout-documents-shown", &part);
    let page = DocumentsPage {
        shell,
        head: Head::new(&desk, &account, "punchout"),
        documents: list.headed("documents-heading", "punchout-documents"),
    };
    shell.page(&page)
}

/// One document with our answer
#[get("/desk/accounts/{id}/punchout/documents/{which}")]
pub async fn show(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathIds(id, which): PathIds<AccountId, PunchoutDocumentId>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let read = move |connection: &mut Connection| {
        let account = accounts::get(connection, id)?;
        let row = punchout::document(connection, id, which)?;
        let attempts = outgoing::list_attempts(connection, which)?;
        Ok((account, row, attempts))
    };
    let (account, row, attempts) = state.db.read(read).await?;
    let direction = match row.direction {
        Direction::In => "punchout-in",
        Direction::Out => "punchout-out",
    };
    let page = DocumentPage {
        shell,
        head: Head::new(&desk, &account, "punchout"),
        title: row.kind.clone(),
        chip: chip(shell, &row),
        facts: vec![
            (shell.t("word-when"), shell.moment(row.created_at)),
            (shell.t("punchout-way"), shell.t(direction)),
            (shell.t("punchout-payload"), row.payload_id.clone()),
            (
                shell.t("punchout-status"),
                format!("{} {}", row.status, row.status_text),
            ),
        ],
        order: row.order_id.map(|order| {
            let text = row.reference.clone().unwrap_or_else(|| order.to_string());
            (format!("/desk/orders/{order}"), text)
        }),
        resend: matches!(row.state, Some(Sending::Sent | Sending::Parked))
            .then(|| format!("/desk/accounts/{id}/punchout/documents/{which}/resend")),
        attempts: attempts
            .iter()
            .map(|attempt| {
                let ending = format!("{} {}", attempt.status, attempt.status_text);
                (shell.moment(attempt.attempted_at), ending)
            })
            .collect(),
        request: shown(&row.request),
        answer: row.answer,
    };
    shell.page(&page)
}

/// A document as people read it.
fn shown(request: &str) -> String {
    let lines = cxml::read(request.as_bytes()).map(|document| document.to_lines());
    cut(lines.as_deref().unwrap_or(request), DOCUMENT_CHARS_KEPT).to_owned()
}

/// Sends a document again
#[post("/desk/accounts/{id}/punchout/documents/{which}/resend")]
pub async fn resend(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathIds(id, which): PathIds<AccountId, PunchoutDocumentId>,
) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let write = move |tx: &mut Connection| outgoing::resend(tx, &actor, id, which, now());
    let to = see_other(format!("/desk/accounts/{id}/punchout/documents/{which}"));
    match state.db.write(write).await {
        Ok(()) => Ok(to.flash(Tone::Ok, desk.shell.t("punchout-resent")).into()),
        Err(error @ Error::Conflict { .. }) => Ok(to.flash(Tone::Warn, desk.shell.error_text(&error)).into()),
        Err(error) => Err(error),
    }
}
