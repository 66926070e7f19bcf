//! Quotas on the supplier's desk.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::inputs::{NewMode, NewQuota};
use super::{Drawn, Filter};
use crate::accounts::rules::Tier;
use crate::catalogue::assortments;
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{Desk, MayManageAccounts, MayReadDesk};
use crate::ids::{ProductId, QuotaId};
use crate::inventory::quotas::rules::{DECIMALS, Mode, Period, Scope};
use crate::quantity::Quantity;
use crate::state::AppState;
use crate::views;
use crate::web::charts::Gauge;
use crate::web::components::address;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;
use crate::web::{Chip, Fields, Form, Shape, Shell, Tone, see_other};

const PATH: &str = "/desk/quotas";

/// Which quotas, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    account: String,
    sku: String,
    cursor: Option<String>,
}

impl ListParams {
    fn filter(&self) -> Filter {
        Filter {
            account: filled(&self.account),
            sku: filled(&self.sku),
        }
    }
}

fn amount(shell: &Shell, micros: i64) -> String {
    shell.language.quantity(Quantity::new(micros, DECIMALS))
}

/// Whom a quota is for, in words.
fn for_whom(shell: &Shell, drawn: &Drawn) -> String {
    match (&drawn.kept.account_name, drawn.kept.tier) {
        (Some(name), _) => name.clone(),
        (None, Some(tier)) => shell.t1("quota-of-tier", "tier", shell.name("tier", tier.name())),
        (None, None) => String::new(),
    }
}

/// Whether something is still kept.
fn chip(shell: &Shell, drawn: &Drawn, today: NaiveDate) -> Chip {
    let (tone, shape, key) = match (drawn.left_micros, today < drawn.released_on) {
        (1.., _) => (Tone::Ok, Shape::Dot, "kept"),
        (_, true) => (Tone::Info, Shape::Half, "drawn"),
        (_, false) => (Tone::Neutral, Shape::Ring, "released"),
    };
    Chip::new(tone, shape, shell.name("quota-state", key))
}

fn cells(shell: &Shell, drawn: &Drawn, today: NaiveDate) -> Vec<Cell> {
    let kept = &drawn.kept;
    let name = kept.product_name.clone().unwrap_or_default();
    let about = match kept.scope() {
        Scope::Sku => Cell::text(kept.key()).and_under(name),
        Scope::Category => Cell::text(kept.key()).and_under(shell.t("quota-category")),
    };
    let used = shell.t2(
        "quota-drawn-of",
        "drawn",
        amount(shell, drawn.drawn_micros),
        "quantity",
        amount(shell, kept.quantity_micros),
    );
    let gauge = Gauge::new(
        used.clone(),
        drawn.drawn_micros.min(kept.quantity_micros),
        kept.quantity_micros,
    );
    vec![
        Cell::code(format!("{PATH}/{}", kept.id), &kept.code),
        Cell::text(for_whom(shell, drawn)),
        about,
        Cell::text(amount(shell, kept.quantity_micros)).and_under(shell.name("quota-period", kept.period.name())),
        Cell::text(used).and_part(gauge),
        Cell::text(shell.day(drawn.released_on)),
        Cell::chip(chip(shell, drawn, today)),
    ]
}

const FILE: Export<Drawn> = Export {
    name: "quotas",
    columns: &[&[
        ("quota", |row| Value::text(&row.kept.code)),
        ("scope", |row| Value::text(row.kept.scope().name())),
        ("key", |row| Value::text(row.kept.key())),
        ("account", |row| {
            Value::text(row.kept.account.as_deref().unwrap_or_default())
        }),
        ("tier", |row| Value::text(row.kept.tier.map_or("", Tier::name))),
        ("period", |row| Value::text(row.kept.period.name())),
        ("quantity", |row| {
            Value::number(Quantity::new(row.kept.quantity_micros, DECIMALS))
        }),
        ("used", |row| Value::number(Quantity::new(row.drawn_micros, DECIMALS))),
        ("left", |row| Value::number(Quantity::new(row.left_micros, DECIMALS))),
        ("released_on", |row| Value::text(row.released_on.to_string())),
    ]],
};

fn read(connection: &mut Connection, filter: &Filter, after: &str, limit: i64) -> Result<Vec<Drawn>> {
    let quotas = super::list(connection, filter, after.into(), limit)?;
    let today = super::today(connection, now())?;
    super::with_uses(connection, quotas, today)
}

/// What is kept for whom
#[get("/desk/quotas")]
pub async fn list(
    state: Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let part = Part::read(
        &state.db,
        params.cursor.as_deref(),
        params.filter(),
        |row: &Drawn| row.kept.code.clone(),
        |connection, filter, after: Option<String>, limit| read(connection, filter, &after.unwrap_or_default(), limit),
    )
    .await?;
    let today = shell.today();
    let mut list = List::new(shell, PATH)
        .by_text("sku", "desk-sku", &params.sku)
        .by_text("account", "desk-filter-account", &params.account)
        .column("quota-code", "id")
        .column("quota-for", "")
        .column("quota-about", "")
        .column("quota-quantity", "num")
        .column("quota-drawn", "num")
        .column("quota-released", "")
        .column("word-state", "")
        .rows(part.rows.iter().map(|row| cells(shell, row, today)))
        .none("quota-none")
        .none_found("quota-none-found")
        .export()
        .counted("quota-shown", &part)
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    let may = desk.may::<MayManageAccounts>();
    if may {
        list = list.none_step("/desk/quotas/new", "quota-new");
    }
    ListPage::new("nav-quotas", list)
        .primary_if(may, "/desk/quotas/new", "quota-new")
        .answer()
}

/// The quotas of the list as a file
#[get("/desk/quotas/export.{format}")]
pub async fn export(
    state: Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let filter = params.filter();
    let rows = state
        .db
        .read(move |connection| read(connection, &filter, "", READ_MAX))
        .await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

#[derive(Template)]
#[template(path = "orders/templates/desk_quota.html")]
struct QuotaPage<'a> {
    shell: &'a Shell,
    /// The quota that is changed; none for a new one.
    quota: Option<Shown>,
    form: Form,
    may: bool,
    scopes: Vec<(String, String)>,
    periods: Vec<(String, String)>,
    tiers: Vec<(String, String)>,
    accounts: Vec<(String, String)>,
}

/// A quota as its page tells it.
struct Shown {
    id: QuotaId,
    code: String,
    version: i64,
    for_whom: String,
    about: String,
    used: String,
    released_on: String,
    chip: Chip,
}

fn shown(shell: &Shell, drawn: &Drawn) -> Shown {
    Shown {
        id: drawn.kept.id,
        code: drawn.kept.code.clone(),
        version: super::version(&drawn.kept),
        for_whom: for_whom(shell, drawn),
        about: format!(
            "{} {}",
            drawn.kept.key(),
            drawn.kept.product_name.as_deref().unwrap_or_default()
        )
        .trim()
        .to_owned(),
        used: shell.t2(
            "quota-drawn-of",
            "drawn",
            amount(shell, drawn.drawn_micros),
            "quantity",
            amount(shell, drawn.kept.quantity_micros),
        ),
        released_on: shell.day(drawn.released_on),
        chip: chip(shell, drawn, shell.today()),
    }
}

fn choices(shell: &Shell, set: &str, names: &[&str]) -> Vec<(String, String)> {
    let choice = |name: &&str| ((*name).to_owned(), shell.name(set, name));
    names.iter().map(choice).collect()
}

fn answer(
    shell: &Shell,
    quota: Option<&Drawn>,
    form: Form,
    accounts: Vec<(String, String)>,
    may: bool,
) -> Result<HttpResponse> {
    let none = |key: &str| (String::new(), shell.t(key));
    let tiers = choices(shell, "plist-tier", Tier::NAMES);
    shell.page_with(
        form.status(),
        &QuotaPage {
            shell,
            quota: quota.map(|drawn| shown(shell, drawn)),
            form,
            may,
            scopes: choices(shell, "quota-scope", Scope::NAMES),
            periods: choices(shell, "quota-period", Period::NAMES),
            tiers: [none("plist-no-tier")].into_iter().chain(tiers).collect(),
            accounts: [none("plist-no-account")].into_iter().chain(accounts).collect(),
        },
    )
}

/// Code and name of the accounts to choose from.
fn accounts(connection: &mut Connection) -> Result<Vec<(String, String)>> {
    let choice = |account: assortments::Extent| {
        let text = format!("{} · {}", account.code, account.name);
        (account.code, text)
    };
    Ok(assortments::extents(connection)?.into_iter().map(choice).collect())
}

/// What a new quota is about, where a page says so.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct NewParams {
    sku: String,
    account: String,
}

/// The form of a new quota
#[get("/desk/quotas/new")]
pub async fn show_new(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    Query(asked): Query<NewParams>,
) -> Result<HttpResponse> {
    let accounts = state.db.read(accounts).await?;
    let given = [
        ("scope", "sku"),
        ("period", "month"),
        ("key", asked.sku.as_str()),
        ("account", asked.account.as_str()),
    ];
    answer(&desk.shell, None, Form::of(&desk.shell, given), accounts, true)
}

/// Keeps stock for somebody
#[post("/desk/quotas/new")]
pub async fn create(state: Data<AppState>, desk: Desk<MayManageAccounts>, fields: Fields) -> Result<HttpResponse> {
    let mut form = Form::sent(&desk.shell, fields);
    if let Some(given) = form.input::<NewQuota>(&["quantity"]) {
        let actor = desk.staff.actor();
        let add = move |tx: &mut Connection| super::add(tx, &given, &actor, now());
        match state.db.write(add).await {
            Ok(quota) => {
                let text = desk.shell.t1("quota-added", "code", quota.code.as_str());
                return Ok(see_other(format!("{PATH}/{}", quota.id)).flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(&desk.shell, error)?,
        }
    }
    answer(&desk.shell, None, form, state.db.read(accounts).await?, true)
}

fn drawn(connection: &mut Connection, id: QuotaId) -> Result<Drawn> {
    let quota = super::get(connection, id)?;
    let today = super::today(connection, now())?;
    let drawn = super::with_uses(connection, vec![quota], today)?.pop();
    drawn.ok_or(crate::error::Error::NotFound)
}

/// One quota, to be changed
#[get("/desk/quotas/{id}")]
pub async fn show_edit(
    state: Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<QuotaId>,
) -> Result<HttpResponse> {
    let quota = state.db.read(move |connection| drawn(connection, id)).await?;
    let form = Form::stored(&desk.shell, &NewQuota::from(&quota.kept));
    let may = desk.may::<MayManageAccounts>();
    answer(&desk.shell, Some(&quota), form, Vec::new(), may)
}

/// Changes a quota
#[post("/desk/quotas/{id}")]
pub async fn change(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<QuotaId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let seen = fields.seen();
    let mut form = Form::sent(&desk.shell, fields);
    if let Some(given) = form.input(&["quantity"]) {
        let actor = desk.staff.actor();
        let change = move |tx: &mut Connection| super::change(tx, id, &seen, &given, &actor, now());
        match state.db.write(change).await {
            Ok(quota) => {
                let text = desk.shell.t1("quota-changed", "code", quota.code.as_str());
                return Ok(see_other(PATH).flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(&desk.shell, error)?,
        }
    }
    let quota = state.db.read(move |connection| drawn(connection, id)).await?;
    answer(&desk.shell, Some(&quota), form, Vec::new(), true)
}

/// Removes a quota
#[post("/desk/quotas/{id}/remove")]
pub async fn remove(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<QuotaId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, seen) = (desk.staff.actor(), fields.seen());
    let remove = move |tx: &mut Connection| super::remove(tx, id, &seen, &actor, now());
    match state.db.write(remove).await {
        Ok(()) => Ok(see_other(PATH).flash(Tone::Ok, desk.shell.t("quota-removed")).into()),
        Err(error @ crate::error::Error::Conflict { .. }) => {
            let again = see_other(format!("{PATH}/{id}"));
            Ok(again.flash(Tone::Bad, desk.shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}

/// Says how an article is shared, from the page of its stock.
#[post("/desk/stock/{id}/mode")]
pub async fn set_mode(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<ProductId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let mut given: NewMode = fields.input()?;
    // The field of weights stands beside every mode.
    if given.mode != Mode::FairShare.name() {
        given.weights = None;
    }
    let actor = desk.staff.actor();
    let set = move |tx: &mut Connection| super::set_mode(tx, &given, &actor, now());
    let flash = match state.db.write(set).await {
        Ok(_) => (Tone::Ok, desk.shell.t("quota-mode-set")),
        Err(error) => (Tone::Bad, desk.shell.error_text(&error)),
    };
    let path = address(&format!("/desk/stock/{id}"), [("", ""); 0]);
    Ok(see_other(path).flash(flash.0, flash.1).into())
}
