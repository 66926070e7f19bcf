//! Entitlements at the desk: all of them with a form for a new one, and one to change or take away.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::rules::{CLASSES, Entitlement};
use super::{EntitlementInput, NewEntitlement};
use crate::accounts::rules::Tier;
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::{Page, PathId};
use crate::identity::caller::{Desk, MayManageAccounts, MayReadDesk};
use crate::ids::EntitlementId;
use crate::state::AppState;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List};
use crate::web::lists::filled;
use crate::web::{Fields, Form, Shell, Tone, see_other};

const PATH: &str = "/desk/entitlements";

/// Which entitlements to show.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct PageParams {
    /// Code of an account: only its own.
    account: String,
    cursor: Option<String>,
}

struct Row {
    id: EntitlementId,
    whose: String,
    class: String,
    per_month: String,
    lines_max: String,
}

fn whose(shell: &Shell, entitlement: &Entitlement) -> String {
    match (&entitlement.account, entitlement.tier) {
        (Some(account), _) => account.clone(),
        (None, Some(tier)) => shell.t1("entitlement-of-tier", "tier", shell.name("tier", tier.name())),
        (None, None) => String::new(),
    }
}

fn row(shell: &Shell, entitlement: &Entitlement) -> Row {
    let number = |number: Option<i64>, none: &str| match number {
        Some(number) => shell.language.decimal(number),
        None => shell.t(none),
    };
    Row {
        id: entitlement.id,
        whose: whose(shell, entitlement),
        class: shell.name("order-class", entitlement.order_class.name()),
        per_month: number(entitlement.grant.per_month, "entitlement-any-number"),
        lines_max: number(entitlement.grant.lines_max, "entitlement-any-number"),
    }
}

fn cells(shell: &Shell, entitlement: &Entitlement, may_edit: bool) -> Vec<Cell> {
    let row = row(shell, entitlement);
    let whose = match may_edit {
        true => Cell::link(format!("{PATH}/{}", row.id), row.whose),
        false => Cell::text(row.whose),
    };
    vec![
        whose,
        Cell::text(row.class),
        Cell::text(row.per_month),
        Cell::text(row.lines_max),
    ]
}

/// It has the columns of the import file.
const FILE: Export<Entitlement> = Export {
    name: "entitlements",
    columns: &[&[
        ("tier", |one| Value::maybe(one.tier, |tier| Value::text(tier.name()))),
        ("account", |one| Value::maybe(one.account.as_ref(), Value::text)),
        ("order_class", |one| Value::text(one.order_class.name())),
        ("per_month", |one| Value::maybe(one.grant.per_month, Value::number)),
        ("lines_max", |one| Value::maybe(one.grant.lines_max, Value::number)),
    ]],
};

#[derive(Template)]
#[template(path = "orders/templates/entitlements.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    may_edit: bool,
    account: &'a str,
    /// The form of a new one.
    form: Form,
    tiers: Vec<(String, String)>,
    classes: Vec<(String, String)>,
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
    let filter = ("desk-entitlements", asked.account.as_str());
    let (after, fetch): (Option<EntitlementId>, _) = (page.after(&filter)?, page.fetch());
    let account = filled(&asked.account);
    let read = move |connection: &mut Connection| super::list(connection, account.as_deref(), after, fetch);
    let found = state.db.read(read).await?;
    let (found, next) = page.cut(&filter, found, |entitlement| entitlement.id)?;
    let shown = shell.t1("entitlements-shown", "count", found.len());
    let none = (String::new(), shell.t("entitlement-no-tier"));
    let tiers = Tier::ALL
        .iter()
        .map(|tier| (tier.name().to_owned(), shell.name("tier", tier.name())));
    let classes = CLASSES.map(|class| (class.name().to_owned(), shell.name("order-class", class.name())));
    let answer = ListPage {
        shell,
        may_edit,
        account: &asked.account,
        tiers: [none].into_iter().chain(tiers).collect(),
        classes: classes.into(),
        has_none: found.is_empty(),
        list: List::new(shell, PATH)
            .keep("account", &asked.account)
            .column("entitlement-whose", "id")
            .column("entitlement-order-class", "")
            .column("entitlement-per-month", "num")
            .column("entitlement-lines-max", "num")
            .rows(found.iter().map(|entitlement| cells(shell, entitlement, may_edit)))
            .none("entitlements-none")
            .export()
            .pages(shown, asked.cursor.as_deref(), next.as_deref()),
        form,
    };
    shell.page_with(answer.form.status(), &answer)
}

/// Who may use which order class
#[get("/desk/entitlements")]
pub async fn show_all(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    asked: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let may_edit = desk.may::<MayManageAccounts>();
    let form = Form::of(&desk.shell, [("account", asked.account.as_str())]);
    show(&state, (&desk.shell, may_edit), &asked, form).await
}

/// The same as a file
#[get("/desk/entitlements/export.{format}")]
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

/// Adds an entitlement
#[post("/desk/entitlements")]
pub async fn add(state: web::Data<AppState>, desk: Desk<MayManageAccounts>, fields: Fields) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    if let Some(new) = form.input::<NewEntitlement>(&[]) {
        let actor = desk.staff.actor();
        match state.db.write(move |tx| super::add(tx, &new, &actor, now())).await {
            Ok(_) => {
                let text = shell.t("entitlement-added");
                return Ok(see_other("/desk/entitlements").flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(shell, error)?,
        }
    }
    show(&state, (shell, true), &PageParams::default(), form).await
}

#[derive(Template)]
#[template(path = "orders/templates/entitlement.html")]
struct OnePage<'a> {
    shell: &'a Shell,
    row: Row,
    version: i64,
    form: Form,
}

fn one(shell: &Shell, entitlement: &Entitlement, form: Form) -> Result<HttpResponse> {
    let page = OnePage {
        shell,
        row: row(shell, entitlement),
        version: super::version(entitlement),
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// The form of an entitlement
#[get("/desk/entitlements/{id}")]
pub async fn show_one(
    state: web::Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<EntitlementId>,
) -> Result<HttpResponse> {
    let entitlement = state.db.read(move |connection| super::get(connection, id)).await?;
    let form = Form::stored(&desk.shell, &NewEntitlement::from(&entitlement));
    one(&desk.shell, &entitlement, form)
}

/// Changes how much may be used
#[post("/desk/entitlements/{id}")]
pub async fn change(
    state: web::Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<EntitlementId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    if let Some(input) = form.input::<EntitlementInput>(&[]) {
        let (actor, seen) = (desk.staff.actor(), form.fields().seen());
        let change = move |tx: &mut Connection| super::change(tx, id, &seen, &input, &actor, now());
        match state.db.write(change).await {
            Ok(_) => {
                let text = shell.t("entitlement-changed");
                return Ok(see_other("/desk/entitlements").flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(shell, error)?,
        }
    }
    let entitlement = state.db.read(move |connection| super::get(connection, id)).await?;
    one(shell, &entitlement, form)
}

/// Takes an entitlement away
#[post("/desk/entitlements/{id}/remove")]
pub async fn remove(
    state: web::Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<EntitlementId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, seen) = (desk.staff.actor(), fields.seen());
    let remove = move |tx: &mut Connection| super::remove(tx, id, &seen, &actor, now());
    match state.db.write(remove).await {
        Ok(_) => {
            let text = desk.shell.t("entitlement-removed");
            Ok(see_other("/desk/entitlements").flash(Tone::Ok, text).into())
        }
        Err(error @ Error::Conflict { .. }) => {
            let again = see_other(format!("/desk/entitlements/{id}"));
            Ok(again.flash(Tone::Bad, desk.shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}
