//! Early access at the desk: all rows with a form for a new one, and one to change or take away.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use super::rules::{EarlyAccess, What, Whose};
use super::{EarlyAccessInput, NewEarlyAccess};
use crate::accounts::rules::Tier;
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::{Page, PathId};
use crate::identity::caller::{Desk, MayKeepCatalogue, MayReadDesk};
use crate::ids::EarlyAccessId;
use crate::state::AppState;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List};
use crate::web::lists::filled;
use crate::web::{Fields, Form, Shell, Tone, see_other};

const PATH: &str = "/desk/early-access";

/// Which rows to show.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct PageParams {
    /// Code of an account: only rows that name it.
    account: String,
    cursor: Option<String>,
}

struct Row {
    id: EarlyAccessId,
    /// The article's own page; nothing of a category.
    path: Option<String>,
    what: String,
    whose: String,
    from: String,
}

fn row(shell: &Shell, early: &EarlyAccess) -> Row {
    let (path, what) = match &early.what {
        What::Article { id, sku } => (Some(format!("/desk/products/{id}")), sku.clone()),
        What::Category(name) => (None, shell.t1("early-category", "name", name.as_str())),
    };
    let whose = match &early.whose {
        Whose::Account { code, .. } => code.clone(),
        Whose::Tier(tier) => shell.t1("entitlement-of-tier", "tier", shell.name("tier", tier.name())),
        Whose::Everybody => shell.t("early-everybody"),
    };
    Row {
        id: early.id,
        path,
        what,
        whose,
        from: shell.day(early.from),
    }
}

/// The way to the form of a row.
#[derive(Template)]
#[template(
    source = r#"<a href="/desk/early-access/{{ row.id }}" aria-label="{{ shell.t2("early-change-of", "what", row.what.as_str(), "whose", row.whose.as_str()) }}">{{ shell.t("early-change") }}</a>"#,
    ext = "html"
)]
struct Change<'a> {
    shell: &'a Shell,
    row: &'a Row,
}

impl HtmlSafe for Change<'_> {}

fn cells(shell: &Shell, early: &EarlyAccess, may_edit: bool) -> Vec<Cell> {
    let row = row(shell, early);
    let what = match &row.path {
        Some(path) => Cell::code(path, &row.what),
        None => Cell::text(&row.what),
    };
    let edit = may_edit.then(|| Cell::part(Change { shell, row: &row }));
    [what, Cell::text(&row.whose), Cell::text(&row.from)]
        .into_iter()
        .chain(edit)
        .collect()
}

/// It has the columns of the import file.
const FILE: Export<EarlyAccess> = Export {
    name: "early-access",
    columns: &[&[
        ("sku", |early| Value::maybe(early.sku(), Value::text)),
        ("category", |early| Value::maybe(early.category(), Value::text)),
        ("tier", |early| {
            Value::maybe(early.tier(), |tier| Value::text(tier.name()))
        }),
        ("account", |early| Value::maybe(early.account(), Value::text)),
        ("from", |early| Value::Day(early.from)),
    ]],
};

#[derive(Template)]
#[template(path = "catalogue/templates/early_access.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    may_edit: bool,
    account: &'a str,
    /// The form of a new row.
    form: Form,
    tiers: Vec<(String, String)>,
    has_none: bool,
    list: List<'a>,
}

async fn show(
    state: &AppState,
    (shell, may_edit): (&Shell, bool),
    asked: &PageParams,
    form: Form,
) -> Result<HttpResponse> {
    let page = Page::shown(asked.cursor.clone());
    let filter = ("desk-early-access", asked.account.as_str());
    let (after, fetch): (Option<EarlyAccessId>, _) = (page.after(&filter)?, page.fetch());
    let account = filled(&asked.account);
    let read = move |connection: &mut Connection| super::list(connection, account.as_deref(), after, fetch);
    let found = state.db.read(read).await?;
    let (found, next) = page.cut(&filter, found, |early| early.id)?;
    let shown = shell.t1("early-shown", "count", found.len());
    let none = (String::new(), shell.t("early-no-tier"));
    let tiers = Tier::ALL
        .iter()
        .map(|tier| (tier.name().to_owned(), shell.name("tier", tier.name())));
    let mut list = List::new(shell, PATH)
        .keep("account", &asked.account)
        .column("early-what", "id")
        .column("entitlement-whose", "")
        .column("early-from", "");
    if may_edit {
        list = list.hidden_column("price-more", "plain");
    }
    let answer = ListPage {
        shell,
        may_edit,
        account: &asked.account,
        tiers: [none].into_iter().chain(tiers).collect(),
        has_none: found.is_empty(),
        list: list
            .rows(found.iter().map(|early| cells(shell, early, may_edit)))
            .none("early-none")
            .export()
            .pages(shown, asked.cursor.as_deref(), next.as_deref()),
        form,
    };
    shell.page_with(answer.form.status(), &answer)
}

/// Who sees what earlier
#[get("/desk/early-access")]
pub async fn show_all(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    asked: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let may_edit = desk.may::<MayKeepCatalogue>();
    let form = Form::of(&desk.shell, [("account", asked.account.as_str())]);
    show(&state, (&desk.shell, may_edit), &asked, form).await
}

/// The same as a file
#[get("/desk/early-access/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    asked: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let account = filled(&asked.account);
    let read = move |connection: &mut Connection| super::list(connection, account.as_deref(), None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

/// Gives early access
#[post("/desk/early-access")]
pub async fn add(state: web::Data<AppState>, desk: Desk<MayKeepCatalogue>, fields: Fields) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    let day = form.day("from");
    if let Some((from, new)) = day.and_then(|day| Some((day, form.input::<NewEarlyAccess>(&[])?))) {
        let actor = desk.staff.actor();
        let new = NewEarlyAccess {
            from: from.to_string(),
            ..new
        };
        match state.db.write(move |tx| super::add(tx, &new, &actor, now())).await {
            Ok(_) => {
                let text = shell.t("early-added");
                return Ok(see_other("/desk/early-access").flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(shell, error)?,
        }
    }
    show(&state, (shell, true), &PageParams::default(), form).await
}

#[derive(Template)]
#[template(path = "catalogue/templates/early_access_row.html")]
struct OnePage<'a> {
    shell: &'a Shell,
    row: Row,
    version: i64,
    form: Form,
}

fn one(shell: &Shell, early: &EarlyAccess, form: Form) -> Result<HttpResponse> {
    let page = OnePage {
        shell,
        row: row(shell, early),
        version: super::version(early),
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// The form of a row
#[get("/desk/early-access/{id}")]
pub async fn show_one(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<EarlyAccessId>,
) -> Result<HttpResponse> {
    let early = state.db.read(move |connection| super::get(connection, id)).await?;
    let form = Form::stored(&desk.shell, &NewEarlyAccess::from(&early));
    one(&desk.shell, &early, form)
}

/// Changes the day
#[post("/desk/early-access/{id}")]
pub async fn change(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<EarlyAccessId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    if let Some(from) = form.day("from") {
        let (actor, seen) = (desk.staff.actor(), form.fields().seen());
        let input = EarlyAccessInput { from: from.to_string() };
        let change = move |tx: &mut Connection| super::change(tx, id, &seen, &input, &actor, now());
        match state.db.write(change).await {
            Ok(_) => {
                let text = shell.t("early-changed");
                return Ok(see_other("/desk/early-access").flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(shell, error)?,
        }
    }
    let early = state.db.read(move |connection| super::get(connection, id)).await?;
    one(shell, &early, form)
}

/// Takes a row away
#[post("/desk/early-access/{id}/remove")]
pub async fn remove(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<EarlyAccessId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, seen) = (desk.staff.actor(), fields.seen());
    let remove = move |tx: &mut Connection| super::remove(tx, id, &seen, &actor, now());
    match state.db.write(remove).await {
        Ok(_) => {
            let text = desk.shell.t("early-removed");
            Ok(see_other("/desk/early-access").flash(Tone::Ok, text).into())
        }
        Err(error @ Error::Conflict { .. }) => {
            let again = see_other(format!("/desk/early-access/{id}"));
            Ok(again.flash(Tone::Bad, desk.shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}
