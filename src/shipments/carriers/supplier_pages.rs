//! Carriers on the desk, and how packages are numbered.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use super::Change;
use super::rules::Carrier;
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayManageAccounts, MayMoveGoods, MayReadDesk};
use crate::ids::CarrierId;
use crate::shipments::{carriers, packages};
use crate::state::AppState;
use crate::version::of_content;
use crate::web::{Fields, Form, Shell, Tone, see_other};

const PATH: &str = "/desk/carriers";

#[derive(Template)]
#[template(path = "shipments/templates/desk_carriers.html")]
struct CarriersPage<'a> {
    shell: &'a Shell,
    carriers: Vec<Carrier>,
    may_keep: bool,
    may_number: bool,
    form: Form,
    numbering: Form,
}

async fn page<R>(state: &AppState, desk: &Desk<R>, form: Form, numbering: Option<Form>) -> Result<HttpResponse> {
    let read = |connection: &mut Connection| {
        let carriers = carriers::list_all(connection)?;
        Ok((carriers, packages::company_prefix(connection)?))
    };
    let (carriers, prefix) = state.db.read(read).await?;
    let shell = &desk.shell;
    let status = numbering.as_ref().map_or(form.status(), Form::status);
    let stored = || Form::of(shell, [("gs1_company_prefix", prefix.clone().unwrap_or_default())]);
    let page = CarriersPage {
        shell,
        carriers,
        may_keep: desk.may::<MayMoveGoods>(),
        may_number: desk.may::<MayManageAccounts>(),
        numbering: numbering.unwrap_or_else(stored),
        form,
    };
    shell.page_with(status, &page)
}

/// Carriers
#[get("/desk/carriers")]
pub async fn list(state: web::Data<AppState>, desk: Desk<MayReadDesk>) -> Result<HttpResponse> {
    page(&state, &desk, Form::new(&desk.shell), None).await
}

/// Adds a carrier
#[post("/desk/carriers")]
pub async fn add(state: web::Data<AppState>, desk: Desk<MayMoveGoods>, fields: Fields) -> Result<HttpResponse> {
    let (shell, actor) = (&desk.shell, desk.staff.actor());
    let form = Form::sent(shell, fields);
    let (code, name, url) = (
        form.value("code").to_owned(),
        form.value("name").to_owned(),
        form.filled("tracking_url"),
    );
    let write = move |tx: &mut Connection| carriers::add(tx, (&code, &name, url.clone()), &actor, now());
    match state.db.write(write).await {
        Ok(carrier) => {
            let text = shell.t1("carrier-added", "name", carrier.name);
            Ok(see_other(PATH).flash(Tone::Ok, text).into())
        }
        Err(error) => page(&state, &desk, form.refused(shell, error)?, None).await,
    }
}

#[derive(Template)]
#[template(path = "shipments/templates/desk_carrier.html")]
struct CarrierPage<'a> {
    shell: &'a Shell,
    link: String,
    code: String,
    version: String,
    form: Form,
}

async fn edit_page(
    state: &AppState,
    desk: &Desk<MayMoveGoods>,
    id: CarrierId,
    form: Option<Form>,
) -> Result<HttpResponse> {
    let found = state.db.read(move |connection| carriers::find(connection, id)).await?;
    let carrier = found.ok_or(Error::NotFound)?;
    let shell = &desk.shell;
    let version = of_content(&carrier)?.to_string();
    let stored = || {
        Form::of(
            shell,
            [
                ("name", carrier.name.clone()),
                ("tracking_url", carrier.tracking_url.clone().unwrap_or_default()),
            ],
        )
    };
    let form = form.unwrap_or_else(stored);
    let status = form.status();
    let page = CarrierPage {
        shell,
        link: format!("{PATH}/{id}"),
        code: carrier.code.clone(),
        version,
        form,
    };
    shell.page_with(status, &page)
}

/// A form for one carrier
#[get("/desk/carriers/{id}")]
pub async fn edit(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<CarrierId>,
) -> Result<HttpResponse> {
    edit_page(&state, &desk, id, None).await
}

/// Changes a carrier
#[post("/desk/carriers/{id}")]
pub async fn change(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<CarrierId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, actor, expected) = (&desk.shell, desk.staff.actor(), fields.seen());
    let form = Form::sent(shell, fields);
    let (name, url) = (form.value("name").to_owned(), form.value("tracking_url").to_owned());
    let write = move |tx: &mut Connection| {
        let change = Change {
            name: Some(name.clone()),
            tracking_url: Some(Some(url.clone())),
        };
        carriers::change(tx, id, &expected, change, &actor, now())
    };
    match state.db.write(write).await {
        Ok(carrier) => {
            let text = shell.t1("carrier-changed", "name", carrier.name);
            Ok(see_other(PATH).flash(Tone::Ok, text).into())
        }
        Err(Error::NotFound) => Err(Error::NotFound),
        Err(error) => edit_page(&state, &desk, id, Some(form.refused(shell, error)?)).await,
    }
}

/// Takes a carrier away
#[post("/desk/carriers/{id}/remove")]
pub async fn remove(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<CarrierId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, actor, expected) = (&desk.shell, desk.staff.actor(), fields.seen());
    let write = move |tx: &mut Connection| carriers::remove(tx, id, &expected, &actor, now());
    match state.db.write(write).await {
        Ok(()) => Ok(see_other(PATH).flash(Tone::Ok, shell.t("carrier-removed")).into()),
        Err(error @ Error::Conflict { .. }) => Ok(see_other(PATH).flash(Tone::Warn, shell.error_text(&error)).into()),
        Err(error) => Err(error),
    }
}

/// Says how packages are numbered
#[post("/desk/carriers/numbering")]
pub async fn number(state: web::Data<AppState>, desk: Desk<MayManageAccounts>, fields: Fields) -> Result<HttpResponse> {
    let (shell, actor) = (&desk.shell, desk.staff.actor());
    let form = Form::sent(shell, fields);
    let prefix = form.value("gs1_company_prefix").to_owned();
    let write = move |tx: &mut Connection| packages::set_company_prefix(tx, Some(&prefix), &actor, now());
    match state.db.write(write).await {
        Ok(()) => Ok(see_other(PATH).flash(Tone::Ok, shell.t("gs1-changed")).into()),
        Err(error) => page(&state, &desk, Form::new(shell), Some(form.refused(shell, error)?)).await,
    }
}
