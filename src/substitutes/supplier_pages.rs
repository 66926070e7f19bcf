//! What is offered instead of articles, at the desk: all of it with a form for more, as a file, and one to change or take away.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::rules::{Named, Substitute, SubstituteKind};
use super::{NewSubstitute, SubstituteInput, words};
use crate::catalogue::words::state_chip;
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::{Page, PathId};
use crate::identity::caller::{Desk, MayKeepCatalogue, MayReadDesk};
use crate::ids::SubstituteId;
use crate::state::AppState;
use crate::web::export::{Column, Export, READ_MAX, Value};
use crate::web::{Chip, Fields, Form, Pager, Shell, Tone, see_other};

/// Which to show.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct PageParams {
    /// Of which article.
    sku: String,
    cursor: Option<String>,
}

impl PageParams {
    fn sku(&self) -> Option<String> {
        Some(self.sku.trim().to_owned()).filter(|sku| !sku.is_empty())
    }
}

/// An article of a row.
struct Article {
    path: String,
    sku: String,
    name: String,
    chip: Option<Chip>,
}

fn article(shell: &Shell, named: &Named) -> Article {
    Article {
        path: format!("/desk/products/{}", named.id),
        sku: named.sku.clone(),
        name: named.name.clone(),
        chip: state_chip(shell, named.state),
    }
}

struct Row {
    id: SubstituteId,
    article: Article,
    substitute: Article,
    kind: String,
    ratio: String,
}

fn row(shell: &Shell, one: &Substitute) -> Row {
    Row {
        id: one.id,
        article: article(shell, &one.article),
        substitute: article(shell, &one.substitute),
        kind: words::kind(shell, one.kind),
        ratio: shell.language.decimal(one.ratio().to_string()),
    }
}

fn kinds(shell: &Shell) -> Vec<(String, String)> {
    let kind = |kind: &SubstituteKind| (kind.name().to_owned(), words::kind(shell, *kind));
    SubstituteKind::ALL.iter().map(kind).collect()
}

#[derive(Template)]
#[template(path = "substitutes/templates/substitutes.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    may_edit: bool,
    sku: &'a str,
    /// The form of a new one.
    form: Form,
    kinds: Vec<(String, String)>,
    rows: Vec<Row>,
    pager: Pager,
}

async fn show(
    state: &AppState,
    (shell, may_edit): (&Shell, bool),
    asked: &PageParams,
    form: Form,
) -> Result<HttpResponse> {
    let page = Page::shown(asked.cursor.clone());
    let filter = ("desk-substitutes", asked.sku.as_str());
    let (after, fetch): (Option<SubstituteId>, _) = (page.after(&filter)?, page.fetch());
    let sku = asked.sku();
    let read = move |connection: &mut Connection| super::list(connection, sku.as_deref(), after, fetch);
    let found = state.db.read(read).await?;
    let (found, next) = page.cut(&filter, found, |one| one.id)?;
    let query = [("sku", asked.sku.as_str())];
    let shown = shell.t1("substitutes-shown", "count", found.len());
    let answer = ListPage {
        shell,
        may_edit,
        sku: &asked.sku,
        kinds: kinds(shell),
        rows: found.iter().map(|one| row(shell, one)).collect(),
        pager: Pager::new(
            shell,
            "/desk/substitutes",
            &query,
            asked.cursor.as_deref(),
            next.as_deref(),
            shown,
        ),
        form,
    };
    shell.page_with(answer.form.status(), &answer)
}

/// What is offered instead of articles
#[get("/desk/substitutes")]
pub async fn show_all(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    asked: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let may_edit = desk.may::<MayKeepCatalogue>();
    let form = Form::of(&desk.shell, [("sku", asked.sku.as_str()), ("ratio", "1")]);
    show(&state, (&desk.shell, may_edit), &asked, form).await
}

/// Columns of the file, which can be imported again.
const COLUMNS: &[Column<Substitute>] = &[
    ("sku", |one| Value::text(&one.article.sku)),
    ("substitute", |one| Value::text(&one.substitute.sku)),
    ("kind", |one| Value::text(one.kind.name())),
    ("ratio", |one| Value::number(one.ratio())),
];

/// The same as a file
#[get("/desk/substitutes/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    asked: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let sku = asked.sku();
    let read = move |connection: &mut Connection| super::list(connection, sku.as_deref(), None, READ_MAX);
    let rows = state.db.read(read).await?;
    let file = Export {
        name: "substitutes",
        columns: &[COLUMNS],
    };
    file.answer(&state.exports, &desk.shell, &request, rows).await
}

/// Offers an article instead of another one
#[post("/desk/substitutes")]
pub async fn add(state: web::Data<AppState>, desk: Desk<MayKeepCatalogue>, fields: Fields) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    if let Some(new) = form.input::<NewSubstitute>(&["ratio"]) {
        let actor = desk.staff.actor();
        match state.db.write(move |tx| super::add(tx, &new, &actor, now())).await {
            Ok(_) => {
                let text = shell.t("substitute-added");
                return Ok(see_other("/desk/substitutes").flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(shell, error)?,
        }
    }
    show(&state, (shell, true), &PageParams::default(), form).await
}

#[derive(Template)]
#[template(path = "substitutes/templates/substitute.html")]
struct OnePage<'a> {
    shell: &'a Shell,
    row: Row,
    kinds: Vec<(String, String)>,
    version: i64,
    form: Form,
}

fn one(shell: &Shell, one: &Substitute, form: Form) -> Result<HttpResponse> {
    let page = OnePage {
        shell,
        row: row(shell, one),
        kinds: kinds(shell),
        version: super::version(one),
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// The form of one
#[get("/desk/substitutes/{id}")]
pub async fn show_one(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<SubstituteId>,
) -> Result<HttpResponse> {
    let found = state.db.read(move |connection| super::get(connection, id)).await?;
    let form = Form::stored(&desk.shell, &NewSubstitute::from(&found));
    one(&desk.shell, &found, form)
}

/// Changes how it is offered
#[post("/desk/substitutes/{id}")]
pub async fn change(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<SubstituteId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    if let Some(input) = form.input::<SubstituteInput>(&["ratio"]) {
        let (actor, seen) = (desk.staff.actor(), form.fields().seen());
        let write = move |tx: &mut Connection| super::change(tx, id, &seen, &input, &actor, now());
        match state.db.write(write).await {
            Ok(_) => {
                let text = shell.t("substitute-changed");
                return Ok(see_other("/desk/substitutes").flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(shell, error)?,
        }
    }
    let found = state.db.read(move |connection| super::get(connection, id)).await?;
    one(shell, &found, form)
}

/// Offers it no more
#[post("/desk/substitutes/{id}/remove")]
pub async fn remove(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<SubstituteId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, seen) = (desk.staff.actor(), fields.seen());
    let write = move |tx: &mut Connection| super::remove(tx, id, &seen, &actor, now());
    match state.db.write(write).await {
        Ok(_) => {
            let text = desk.shell.t("substitute-removed");
            Ok(see_other("/desk/substitutes").flash(Tone::Ok, text).into())
        }
        Err(error @ Error::Conflict { .. }) => {
            let again = see_other(format!("/desk/substitutes/{id}"));
            Ok(again.flash(Tone::Bad, desk.shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}
