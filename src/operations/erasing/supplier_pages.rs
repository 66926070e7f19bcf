//! Erasures on the desk: who was forgotten, what was replaced, and the form to ask for it.

use actix_web::web::Data;
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;

use super::rules::{Kept, State};
use super::{Erasure, list as listed};
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::http::{Params, PathId};
use crate::identity::caller::{Confirmed, Desk, MayManageStaff};
use crate::identity::idempotency;
use crate::ids::ErasureId;
use crate::operations::sentences;
use crate::state::AppState;
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::{Chip, Fields, Form, Shape, Shell, Tone, see_other};

const PATH: &str = "/desk/erasures";

/// From where on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    cursor: Option<String>,
}

fn chip(shell: &Shell, state: State) -> Chip {
    let (tone, shape) = match state {
        State::Running => (Tone::Warn, Shape::Ring),
        State::Done => (Tone::Ok, Shape::Dot),
    };
    Chip::new(tone, shape, shell.name("erasure-state", state.name()))
}

fn cells(shell: &Shell, Erasure { row, .. }: &Erasure) -> Vec<Cell> {
    vec![
        Cell::link(format!("{PATH}/{}", row.id), &row.pseudonym),
        Cell::chip(chip(shell, row.state)),
        Cell::text(shell.moment(row.asked_at)),
        Cell::text(row.ended_at.map(|at| shell.moment(at)).unwrap_or_default()),
    ]
}

/// Who was forgotten
#[get("/desk/erasures")]
pub async fn list(
    state: Data<AppState>,
    desk: Desk<MayManageStaff>,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let read = |connection: &mut Connection, (): &(), after: Option<ErasureId>, limit| listed(connection, after, limit);
    let part = Part::read(
        &state.db,
        params.cursor.as_deref(),
        (),
        |erasure: &Erasure| erasure.row.id,
        read,
    )
    .await?;
    let list = List::new(shell, PATH)
        .column("erasure-pseudonym", "id")
        .column("word-state", "")
        .column("erasure-asked", "p3")
        .column("erasure-ended", "p3")
        .rows(part.rows.iter().map(|one| cells(shell, one)))
        .none("erasures-none")
        .counted("erasures-shown", &part);
    ListPage::new("erasures", list)
        .lead("erasures-text")
        .action("/desk/erasures/new", "erasure-new")
        .answer()
}

#[derive(Template)]
#[template(path = "operations/templates/erase.html")]
struct ErasePage<'a> {
    shell: &'a Shell,
    kept: Vec<(String, String)>,
    form: Form,
}

fn kept(shell: &Shell) -> Vec<(String, String)> {
    let told = |kept: Kept| {
        let name = kept.name();
        (shell.name("erasure-kept", name), shell.name("erasure-why", name))
    };
    Kept::ALL.into_iter().map(told).collect()
}

fn ask_page(shell: &Shell, form: Form) -> Result<HttpResponse> {
    let kept = kept(shell);
    shell.page_with(form.status(), &ErasePage { shell, kept, form })
}

/// Asks whom
#[get("/desk/erasures/new")]
pub async fn ask(desk: Desk<MayManageStaff>) -> Result<HttpResponse> {
    ask_page(&desk.shell, Form::new(&desk.shell))
}

/// Begins to forget somebody
#[post("/desk/erasures/new")]
pub async fn erase(
    state: Data<AppState>,
    desk: Confirmed<Desk<MayManageStaff>>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let email = fields.get("email").to_owned();
    let by = desk.staff.person_id;
    let key = idempotency::Request::new(by, "POST /desk/erasures/new", fields.form_key()?, &email)?;
    let is_repeated = fields.get("again").eq_ignore_ascii_case(&email);
    let actor = desk.staff.actor();
    let begun = match is_repeated {
        true => {
            let begin = move |tx: &mut _| super::begin_once(tx, &actor, (by, &key), &email, now());
            state.db.write(begin).await
        }
        false => {
            let fault = FieldError::new("/again", Code::ValueInvalid, sentences::address_differs());
            Err(Error::Invalid(vec![fault]))
        }
    };
    match begun {
        Ok((erasure, _)) => {
            let to = see_other(format!("{PATH}/{}", erasure.row.id));
            Ok(to.flash(Tone::Ok, shell.t("erasure-begun")).into())
        }
        Err(error) => ask_page(shell, Form::sent(shell, fields).refused(shell, error)?),
    }
}

#[derive(Template)]
#[template(path = "operations/templates/erasure.html")]
struct ErasurePage<'a> {
    shell: &'a Shell,
    pseudonym: String,
    chip: Chip,
    is_running: bool,
    asked: String,
    ended: String,
    person: String,
    replaced: Vec<(String, String)>,
    kept: Vec<(String, String)>,
}

/// One erasure
#[get("/desk/erasures/{id}")]
pub async fn show(
    state: Data<AppState>,
    desk: Desk<MayManageStaff>,
    PathId(id): PathId<ErasureId>,
) -> Result<HttpResponse> {
    let Erasure { row, replaced } = state.db.read(move |connection| super::get(connection, id)).await?;
    let shell = &desk.shell;
    let told = replaced.iter().map(|(place, rows)| {
        let rows = i64::try_from(*rows).unwrap_or(i64::MAX);
        (
            shell.name("erasure-place", place.name()),
            shell.t1("erasure-rows", "rows", rows),
        )
    });
    shell.page(&ErasurePage {
        shell,
        chip: chip(shell, row.state),
        is_running: row.state == State::Running,
        asked: shell.moment(row.asked_at),
        ended: row.ended_at.map(|at| shell.moment(at)).unwrap_or_default(),
        person: row.person_id.map(|id| id.to_string()).unwrap_or_default(),
        pseudonym: row.pseudonym,
        replaced: told.collect(),
        kept: kept(shell),
    })
}
