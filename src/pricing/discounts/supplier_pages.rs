//! Discounts at the desk: all of them with a form for a new one, and one to change or take away.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::{DiscountInput, KeptDiscount, NewDiscount};
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::{Page, PathId};
use crate::identity::caller::{Confirmed, Desk, MayReadDesk, MaySetPrices};
use crate::ids::DiscountId;
use crate::names::sets::OrderClass;
use crate::pricing::rules::discounts::{DiscountKind, DiscountMode};
use crate::pricing::view::kept::{span, validity_chip};
use crate::state::AppState;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List};
use crate::web::lists::filled;
use crate::web::{Fields, Form, Shell, Tone, see_other};

const PATH: &str = "/desk/discounts";
/// The field that people type a number into.
const NUMBERS: [&str; 1] = ["value"];

/// Which discounts to show.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct PageParams {
    /// Code of an account: only its own.
    account: String,
    cursor: Option<String>,
}

/// What it takes off, in words.
fn takes_off(shell: &Shell, kept: &KeptDiscount) -> String {
    let value = shell.language.decimal(kept.value_text());
    match kept.kind {
        DiscountKind::Percent => shell.t1("discount-percents", "percent", value),
        DiscountKind::Amount => {
            let currency = kept.currency.clone().unwrap_or_default();
            shell.t2("discount-each", "amount", value, "currency", currency)
        }
    }
}

/// Who gets it, on what.
fn whose(shell: &Shell, kept: &KeptDiscount) -> String {
    let account = match &kept.account {
        Some((_, code)) => code.clone(),
        None => shell.t("discount-everybody"),
    };
    let class = kept.order_class.map(|class| shell.name("order-class", class.name()));
    let parts = [Some(account), kept.category.clone(), class];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn cells(shell: &Shell, kept: &KeptDiscount, may_edit: bool) -> Vec<Cell> {
    let code = match may_edit {
        true => Cell::link(format!("{PATH}/{}", kept.id), &kept.code),
        false => Cell::text(&kept.code),
    };
    vec![
        code.and_under(&kept.name),
        Cell::text(shell.language.decimal(kept.position)),
        Cell::text(takes_off(shell, kept)).and_under(shell.name("discount-mode", kept.mode.name())),
        Cell::text(whose(shell, kept)),
        Cell::chip(validity_chip(shell, kept.validity)).and_under(span(shell, kept.validity)),
    ]
}

/// It has the columns of the import file.
const FILE: Export<KeptDiscount> = Export {
    name: "discounts",
    columns: &[&[
        ("discount", |one| Value::text(&one.code)),
        ("name", |one| Value::text(&one.name)),
        ("kind", |one| Value::text(one.kind.name())),
        ("value", |one| Value::number(one.value_text())),
        ("position", |one| Value::number(one.position)),
        ("mode", |one| Value::text(one.mode.name())),
        ("account", |one| {
            Value::maybe(one.account.as_ref(), |(_, code)| Value::text(code))
        }),
        ("category", |one| Value::maybe(one.category.as_ref(), Value::text)),
        ("order_class", |one| {
            Value::maybe(one.order_class, |class| Value::text(class.name()))
        }),
        ("currency", |one| Value::maybe(one.currency.as_ref(), Value::text)),
        ("valid_from", |one| Value::maybe(one.validity.from, Value::Day)),
        ("valid_to", |one| Value::maybe(one.validity.to, Value::Day)),
    ]],
};

/// What the forms offer.
struct Choices {
    kinds: Vec<(String, String)>,
    modes: Vec<(String, String)>,
    classes: Vec<(String, String)>,
}

impl Choices {
    fn of(shell: &Shell) -> Self {
        let named = |family: &'static str, names: &[&str]| {
            let named = names.iter().map(|name| ((*name).to_owned(), shell.name(family, name)));
            named.collect::<Vec<_>>()
        };
        let any = (String::new(), shell.t("discount-any-class"));
        Self {
            kinds: named("discount-kind", DiscountKind::NAMES),
            modes: named("discount-mode", DiscountMode::NAMES),
            classes: [any]
                .into_iter()
                .chain(named("order-class", OrderClass::NAMES))
                .collect(),
        }
    }
}

#[derive(Template)]
#[template(path = "pricing/templates/discounts.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    may_edit: bool,
    account: &'a str,
    /// The form of a new one.
    form: Form,
    choices: Choices,
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
    let filter = ("desk-discounts", asked.account.as_str());
    let (after, fetch): (Option<DiscountId>, _) = (page.after(&filter)?, page.fetch());
    let account = filled(&asked.account);
    let read = move |connection: &mut Connection| super::list(connection, account.as_deref(), after, fetch);
    let found = state.db.read(read).await?;
    let (found, next) = page.cut(&filter, found, |discount| discount.id)?;
    let shown = shell.t1("discounts-shown", "count", found.len());
    let answer = ListPage {
        shell,
        may_edit,
        account: &asked.account,
        choices: Choices::of(shell),
        has_none: found.is_empty(),
        list: List::new(shell, PATH)
            .keep("account", &asked.account)
            .column("discount-code", "id")
            .column("discount-position", "num")
            .column("discount-value", "")
            .column("discount-whose", "")
            .column("plist-validity", "")
            .rows(found.iter().map(|discount| cells(shell, discount, may_edit)))
            .none("discounts-none")
            .export()
            .pages(shown, asked.cursor.as_deref(), next.as_deref()),
        form,
    };
    shell.page_with(answer.form.status(), &answer)
}

/// What is taken off prices
#[get("/desk/discounts")]
pub async fn show_all(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    asked: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let may_edit = desk.may::<MaySetPrices>();
    let form = Form::of(&desk.shell, [("account", asked.account.as_str())]);
    show(&state, (&desk.shell, may_edit), &asked, form).await
}

/// The same as a file
#[get("/desk/discounts/export.{format}")]
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

/// Adds a discount
#[post("/desk/discounts")]
pub async fn add(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MaySetPrices>>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    if let Some(new) = form.input::<NewDiscount>(&NUMBERS) {
        let actor = desk.staff.actor();
        match state.db.write(move |tx| super::add(tx, &new, &actor, now())).await {
            Ok(added) => {
                let text = shell.t1("discount-added", "code", added.code.as_str());
                return Ok(see_other(PATH).flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(shell, error)?,
        }
    }
    show(&state, (shell, true), &PageParams::default(), form).await
}

#[derive(Template)]
#[template(path = "pricing/templates/discount.html")]
struct OnePage<'a> {
    shell: &'a Shell,
    kept: &'a KeptDiscount,
    version: i64,
    choices: Choices,
    form: Form,
}

fn one(shell: &Shell, kept: &KeptDiscount, form: Form) -> Result<HttpResponse> {
    let page = OnePage {
        shell,
        kept,
        version: super::version(kept),
        choices: Choices::of(shell),
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// The form of a discount
#[get("/desk/discounts/{id}")]
pub async fn show_one(
    state: web::Data<AppState>,
    desk: Desk<MaySetPrices>,
    PathId(id): PathId<DiscountId>,
) -> Result<HttpResponse> {
    let kept = state.db.read(move |connection| super::get(connection, id)).await?;
    let form = Form::stored(&desk.shell, &NewDiscount::from(&kept));
    one(&desk.shell, &kept, form)
}

/// Changes a discount
#[post("/desk/discounts/{id}")]
pub async fn change(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MaySetPrices>>,
    PathId(id): PathId<DiscountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    if let Some(input) = form.input::<DiscountInput>(&NUMBERS) {
        let (actor, seen) = (desk.staff.actor(), form.fields().seen());
        let change = move |tx: &mut Connection| super::change(tx, id, &seen, &input, &actor, now());
        match state.db.write(change).await {
            Ok(changed) => {
                let text = shell.t1("discount-changed", "code", changed.code.as_str());
                return Ok(see_other(PATH).flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(shell, error)?,
        }
    }
    let kept = state.db.read(move |connection| super::get(connection, id)).await?;
    one(shell, &kept, form)
}

/// Takes a discount away
#[post("/desk/discounts/{id}/remove")]
pub async fn remove(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MaySetPrices>>,
    PathId(id): PathId<DiscountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, seen) = (desk.staff.actor(), fields.seen());
    let remove = move |tx: &mut Connection| super::remove(tx, id, &seen, &actor, now());
    match state.db.write(remove).await {
        Ok(removed) => {
            let text = desk.shell.t1("discount-removed", "code", removed.code.as_str());
            Ok(see_other(PATH).flash(Tone::Ok, text).into())
        }
        Err(error @ Error::Conflict { .. }) => {
            let again = see_other(format!("{PATH}/{id}"));
            Ok(again.flash(Tone::Bad, desk.shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}
