//! What is being packed, on the desk: the list, and one with its packages until it leaves.

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::rules::{Filter, Packing, State};
use super::{Correction, packages};
use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayMoveGoods, MayReadDesk};
use crate::identity::idempotency;
use crate::ids::PackingId;
use crate::shipments::packages::rules::Of;
use crate::shipments::packages::supplier_pages::{PackagesPart, asked, part};
use crate::shipments::packing;
use crate::state::AppState;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::{Chip, Fields, Form, Shape, Shell, Tone, form_key, see_other};

const PATH: &str = "/desk/packings";
const VIEWS: [&str; 2] = ["", "every"];

/// Where it stands.
pub fn state_chip(shell: &Shell, state: State) -> Chip {
    let (tone, shape) = match state {
        State::Open => (Tone::Info, Shape::Half),
        State::Dispatched => (Tone::Ok, Shape::Dot),
        State::Cancelled => (Tone::Neutral, Shape::Dot),
    };
    Chip::new(tone, shape, shell.name("packing-state", state.name()))
}

/// Which of them, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    view: String,
    cursor: Option<String>,
}

impl ListParams {
    fn view(&self) -> &'static str {
        VIEWS.into_iter().find(|view| *view == self.view).unwrap_or_default()
    }

    fn filter(&self) -> Filter {
        Filter {
            state: self.view().is_empty().then_some(State::Open),
            ..Filter::default()
        }
    }
}

const FILE: Export<Packing> = Export {
    name: "packings",
    columns: &[&[
        ("id", |one| Value::text(one.id.to_string())),
        ("order_number", |one| Value::text(one.order_number.to_string())),
        ("po_number", |one| Value::text(&one.po_number)),
        ("account", |one| Value::text(&one.account)),
        ("ship_to", |one| Value::text(&one.ship_to)),
        ("state", |one| Value::text(one.state.name())),
        ("opened_at", |one| Value::Moment(one.opened_at)),
        ("closed_at", |one| Value::maybe(one.closed_at, Value::Moment)),
        ("shipment_number", |one| {
            Value::maybe(one.shipment, |(_, number)| Value::text(number.to_string()))
        }),
    ]],
};

/// What is being packed
#[get("/desk/packings")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let read = |connection: &mut Connection, filter: &Filter, after, limit| {
        packing::list(connection, Scope::All, filter, after, limit)
    };
    let part = Part::read(
        &state.db,
        params.cursor.as_deref(),
        params.filter(),
        |packing: &Packing| packing.id,
        read,
    )
    .await?;
    let row = |packing: &Packing| {
        vec![
            Cell::link(format!("{PATH}/{}", packing.id), packing.order_number.to_string()),
            Cell::mono(&packing.po_number),
            Cell::text(&packing.account),
            Cell::text(&packing.ship_to),
            Cell::text(shell.moment(packing.opened_at)),
            Cell::chip(state_chip(shell, packing.state)),
        ]
    };
    let list = List::new(shell, PATH)
        .keep("view", params.view())
        .column("word-order", "id")
        .column("word-po-number", "")
        .column("word-account", "")
        .column("desk-ship-to", "p3")
        .column("packing-opened", "")
        .column("word-state", "")
        .rows(part.rows.iter().map(row))
        .none("packings-none")
        .none_found("packings-none")
        .export()
        .counted("packings-shown", &part);
    ListPage::new("packings", list).views("packings-view", &VIEWS).answer()
}

/// The same as a file
#[get("/desk/packings/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let filter = params.filter();
    let read = move |connection: &mut Connection| packing::list(connection, Scope::All, &filter, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

#[derive(Template)]
#[template(path = "shipments/templates/desk_packing.html")]
struct PackingPage<'a> {
    shell: &'a Shell,
    link: String,
    packing: &'a Packing,
    chip: Chip,
    opened: String,
    /// Article, name and quantity of each line.
    lines: Vec<(i32, String, String, String)>,
    may_pack: bool,
    form: &'a Form,
    carriage: &'a Form,
    part: PackagesPart<'a>,
    form_key: String,
}

async fn page<R>(
    state: &AppState,
    desk: &Desk<R>,
    id: PackingId,
    form: Form,
    carriage: Option<Form>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let packing = packing::get_for_staff(connection, id)?;
        Ok((packing, packages::of_any(connection, Of::Packing(id))?))
    };
    let (packing, contents) = state.db.read(read).await?;
    let shell = &desk.shell;
    let link = format!("{PATH}/{id}");
    let may_pack = desk.may::<MayMoveGoods>() && packing.state == State::Open;
    let status = carriage.as_ref().map_or(form.status(), Form::status);
    let carriage = carriage.unwrap_or_else(|| {
        Form::of(
            shell,
            [
                ("carrier", packing.carrier.clone().unwrap_or_default()),
                ("tracking_number", packing.tracking_number.clone().unwrap_or_default()),
            ],
        )
    });
    let line = |line: &packing::Picked| {
        let quantity = shell.quantity(line.quantity.ordered, &line.unit_code);
        (line.position, line.sku.clone(), line.name.clone(), quantity)
    };
    let page = PackingPage {
        shell,
        chip: state_chip(shell, packing.state),
        opened: shell.moment(packing.opened_at),
        lines: packing.lines.iter().map(line).collect(),
        may_pack,
        part: part(shell, &link, &contents, may_pack, &form),
        form: &form,
        carriage: &carriage,
        packing: &packing,
        form_key: form_key(),
        link,
    };
    shell.page_with(status, &page)
}

/// What of an order is being packed
#[get("/desk/packings/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<PackingId>,
) -> Result<HttpResponse> {
    page(&state, &desk, id, Form::new(&desk.shell), None).await
}

/// Packs something of it
#[post("/desk/packings/{id}/packages")]
pub async fn add(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<PackingId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    let Some(asked) = asked(&mut form) else {
        return page(&state, &desk, id, form, None).await;
    };
    let (key, sent) = (form.fields().form_key()?, (id.to_string(), form.content()));
    let key = idempotency::Request::new(desk.staff.person_id, "POST /desk/packings/{id}/packages", key, &sent)?;
    let actor = desk.staff.actor();
    let write = move |tx: &mut Connection| packages::add(tx, &key, Of::Packing(id), &asked, &actor, now());
    match state.db.write(write).await {
        Ok(_) => {
            let to = see_other(format!("{PATH}/{id}"));
            Ok(to.flash(Tone::Ok, shell.t("package-added")).into())
        }
        Err(error) => {
            let form = form.refused(shell, error)?;
            page(&state, &desk, id, form, None).await
        }
    }
}

/// Says who carries it
#[post("/desk/packings/{id}")]
pub async fn correct(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<PackingId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, actor, expected) = (&desk.shell, desk.staff.actor(), fields.seen());
    let form = Form::sent(shell, fields);
    let correction = Correction {
        carrier: Some(form.value("carrier").to_owned()),
        tracking_number: Some(form.value("tracking_number").to_owned()),
        lines: None,
    };
    let write = move |tx: &mut Connection| packing::correct(tx, id, &expected, &correction, &actor, now());
    match state.db.write(write).await {
        Ok(_) => {
            let to = see_other(format!("{PATH}/{id}"));
            Ok(to.flash(Tone::Ok, shell.t("packing-corrected")).into())
        }
        Err(error) => {
            let form = form.refused(shell, error)?;
            page(&state, &desk, id, Form::new(shell), Some(form)).await
        }
    }
}

/// Ships it
#[post("/desk/packings/{id}/dispatch")]
pub async fn dispatch(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<PackingId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, actor) = (&desk.shell, desk.staff.actor());
    let route = "POST /desk/packings/{id}/dispatch";
    let key = idempotency::Request::new(desk.staff.person_id, route, fields.form_key()?, &id.to_string())?;
    let write = move |tx: &mut Connection| packing::dispatch(tx, &key, id, &actor, now());
    match state.db.write(write).await {
        Ok((shipment, _)) => {
            let number = shipment.number.to_string();
            let text = shell.t2("desk-shipped", "number", number, "lines", shipment.line_count);
            let to = see_other(format!("/desk/shipments/{}", shipment.id));
            Ok(to.flash(Tone::Ok, text).into())
        }
        Err(error @ (Error::Conflict { .. } | Error::Invalid(_))) => {
            let to = see_other(format!("{PATH}/{id}"));
            Ok(to.flash(Tone::Warn, shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}

/// Says that nothing is packed after all
#[post("/desk/packings/{id}/cancel")]
pub async fn cancel(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<PackingId>,
) -> Result<HttpResponse> {
    let (shell, actor) = (&desk.shell, desk.staff.actor());
    let write = move |tx: &mut Connection| packing::cancel(tx, id, &actor, now());
    match state.db.write(write).await {
        Ok(packing) => {
            let to = see_other(format!("/desk/orders/{}", packing.order_id));
            Ok(to.flash(Tone::Ok, shell.t("packing-cancelled")).into())
        }
        Err(error @ Error::Conflict { .. }) => {
            let to = see_other(format!("{PATH}/{id}"));
            Ok(to.flash(Tone::Warn, shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}
