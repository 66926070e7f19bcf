//! Costs and margin floors on the desk, for those who may see them.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::rules::{Action, Cost, Floor};
use super::{FloorInput, NewCost};
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::identity::caller::{Confirmed, Desk, MaySeeCosts, MaySetPrices};
use crate::ids::ProductCostId;
use crate::kept::DecimalText;
use crate::state::AppState;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, Part};
use crate::web::lists::filled;
use crate::web::{Fields, Form, Shell, Tone, see_other};

const PATH: &str = "/desk/costs";

/// Which to show.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct PageParams {
    sku: String,
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "pricing/templates/costs.html")]
struct CostsPage<'a> {
    shell: &'a Shell,
    may_edit: bool,
    form: Form,
    /// The form of a floor.
    floor: Form,
    actions: Vec<(String, String)>,
    /// Category, percentage and what becomes of it.
    floors: Vec<(String, String, String)>,
    list: List<'a>,
}

fn actions(shell: &Shell) -> Vec<(String, String)> {
    let action = |action: &Action| (action.name().to_owned(), shell.name("margin-action", action.name()));
    Action::ALL.iter().map(action).collect()
}

fn row(shell: &Shell, cost: &Cost) -> Vec<Cell> {
    vec![
        Cell::link(format!("/desk/products/{}", cost.product_id), &cost.sku).and_under(&cost.name),
        Cell::text(shell.language.price(cost.cost, cost.currency.exponent())),
        Cell::text(cost.currency.code()),
        Cell::text(
            cost.valid_from
                .map_or_else(|| shell.t("validity-always"), |day| shell.day(day)),
        ),
    ]
}

fn told(shell: &Shell, floor: &Floor) -> (String, String, String) {
    let all = || shell.t("margin-floor-all");
    (
        floor.category.clone().unwrap_or_else(all),
        format!("{} %", shell.language.decimal(floor.percent())),
        shell.name("margin-action", floor.action.name()),
    )
}

async fn page(
    state: &AppState,
    (shell, may_edit): (&Shell, bool),
    asked: &PageParams,
    (form, floor): (Form, Form),
) -> Result<HttpResponse> {
    let read = |connection: &mut Connection, sku: &Option<String>, after: Option<ProductCostId>, limit| {
        let costs = super::list(connection, sku.as_deref(), after, limit)?;
        Ok((costs, super::floors(connection)?))
    };
    let id = |cost: &Cost| cost.id;
    let (part, floors) = Part::read_with(&state.db, asked.cursor.as_deref(), filled(&asked.sku), id, read).await?;
    let list = List::new(shell, PATH)
        .headed("costs-heading", "costs")
        .by_text("sku", "price-sku", &asked.sku)
        .column("price-product", "id")
        .column("cost", "num")
        .column("plist-currency", "")
        .column("plist-valid-from", "")
        .rows(part.rows.iter().map(|cost| row(shell, cost)))
        .none("costs-none")
        .none_found("costs-none-found")
        .export()
        .counted("costs-shown", &part);
    let page = CostsPage {
        shell,
        may_edit,
        actions: actions(shell),
        floors: floors.0.iter().map(|floor| told(shell, floor)).collect(),
        list,
        form,
        floor,
    };
    let status = match page.floor.is_refused() {
        true => page.floor.status(),
        false => page.form.status(),
    };
    shell.page_with(status, &page)
}

/// What products cost, and the floors of margins
#[get("/desk/costs")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MaySeeCosts>,
    asked: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let room = (shell, desk.may::<MaySetPrices>());
    page(&state, room, &asked, (Form::new(shell), Form::new(shell))).await
}

const FILE: Export<Cost> = Export {
    name: "costs",
    columns: &[&[
        ("sku", |cost| Value::text(&cost.sku)),
        ("cost", |cost| Value::number(cost.cost)),
        ("currency", |cost| Value::text(cost.currency.code())),
        ("valid_from", |cost| Value::maybe(cost.valid_from, Value::Day)),
    ]],
};

/// The costs as a file, which can be imported again
#[get("/desk/costs/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MaySeeCosts>,
    request: HttpRequest,
    asked: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let sku = filled(&asked.sku);
    let read = move |connection: &mut Connection| super::list(connection, sku.as_deref(), None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

/// Keeps a cost
#[post("/desk/costs")]
pub async fn keep(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MaySetPrices>>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    if let Some(new) = form.input::<NewCost>(&["cost"]) {
        let actor = desk.staff.actor();
        match state.db.write(move |tx| super::keep(tx, &new, &actor, now())).await {
            Ok(_) => return Ok(see_other(PATH).flash(Tone::Ok, shell.t("cost-kept")).into()),
            Err(error) => form = form.refused(shell, error)?,
        }
    }
    page(&state, (shell, true), &PageParams::default(), (form, Form::new(shell))).await
}

/// Sets or removes the floor of a category, or of all
#[post("/desk/margin-floors")]
pub async fn set_floor(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MaySetPrices>>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    // Without a percentage the floor goes.
    let percent = match form.value("percent").is_empty() {
        true => Some(None),
        false => form.number("percent").map(Some),
    };
    if let Some(percent) = percent {
        let (actor, category, action) = (
            desk.staff.actor(),
            form.filled("category"),
            form.value("action").to_owned(),
        );
        let write = move |tx: &mut Connection| {
            let kept = super::floors(tx)?.0;
            let others = kept.iter().filter(|floor| floor.category != category);
            let mut inputs: Vec<_> = others.map(FloorInput::from).collect();
            if let Some(percent) = &percent {
                inputs.push(FloorInput::new(category.clone(), DecimalText(percent.clone()), &action));
            }
            super::set_floors(tx, &inputs, &actor, now())
        };
        match state.db.write(write).await {
            Ok(_) => return Ok(see_other(PATH).flash(Tone::Ok, shell.t("margin-floor-set")).into()),
            Err(error) => form = form.refused(shell, error)?,
        }
    }
    page(&state, (shell, true), &PageParams::default(), (Form::new(shell), form)).await
}
