//! An account changes its orders in the browser.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::deciding;
use super::words::form::Changing;
use super::words::{Told, state_chip, told};
use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::{Error, Result};
use crate::http::{Params, PathId};
use crate::identity::caller::{MayOrder, MayRead, Visitor};
use crate::ids::{OrderChangeId, OrderId};
use crate::state::AppState;
use crate::web::{Chip, Fields, Shell, Tone, see_other};

/// Which lines the form shows.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FormParams {
    /// How many lines stand before them.
    pub from: usize,
}

fn changing<'a>(state: &'a AppState, visitor: &'a Visitor<MayOrder>, id: OrderId) -> Changing<'a> {
    Changing {
        state,
        shell: &visitor.shell,
        id,
        scope: Scope::Account(visitor.customer.account_id),
        person_id: visitor.customer.person_id,
        actor: visitor.customer.actor(),
    }
}

/// A form for a change
#[get("/orders/{id}/change")]
pub async fn ask(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<OrderId>,
    Params(params): Params<FormParams>,
) -> Result<HttpResponse> {
    changing(&state, &visitor, id).ask(params.from).await
}

/// Shows what a change would come to, or makes it
#[post("/orders/{id}/change")]
pub async fn take(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<OrderId>,
    fields: Fields,
) -> Result<HttpResponse> {
    changing(&state, &visitor, id).take(fields).await
}

#[derive(Template)]
#[template(path = "orders/changes/templates/change.html")]
struct ChangePage<'a> {
    shell: &'a Shell,
    id: OrderChangeId,
    order: String,
    number: String,
    po_number: String,
    chip: Chip,
    asked: String,
    decided: String,
    by: String,
    revision: String,
    reason: String,
    decision: String,
    currency: String,
    told: Told,
    may_withdraw: bool,
}

/// One change of my orders
#[get("/order-changes/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<OrderChangeId>,
) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut Connection| super::get(connection, account_id, id);
    let change = state.db.read(read).await?;
    let shell = &visitor.shell;
    let page = ChangePage {
        shell,
        id,
        order: format!("/orders/{}", change.order_id),
        number: change.order_number.to_string(),
        chip: state_chip(shell, change.state),
        asked: shell.moment(change.created_at),
        decided: change.decided_at.map(|at| shell.moment(at)).unwrap_or_default(),
        by: shell.name("change-by", change.by.name()),
        revision: change.revision.map(|revision| revision.to_string()).unwrap_or_default(),
        currency: change.difference.currency.clone(),
        told: told(shell, &change.difference),
        may_withdraw: change.state.is_open() && visitor.may::<MayOrder>(),
        po_number: change.po_number,
        reason: change.reason.unwrap_or_default(),
        decision: change.decision_reason.unwrap_or_default(),
    };
    shell.page(&page)
}

/// Takes back what the supplier has not decided
#[post("/order-changes/{id}/withdraw")]
pub async fn withdraw(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<OrderChangeId>,
) -> Result<HttpResponse> {
    let (account_id, actor) = (visitor.customer.account_id, visitor.customer.actor());
    let read = move |connection: &mut Connection| super::get(connection, account_id, id);
    let to = format!("/orders/{}", state.db.read(read).await?.order_id);
    let write = move |tx: &mut Connection| deciding::withdraw(tx, account_id, id, &actor, now());
    let shell = &visitor.shell;
    match state.db.write(write).await {
        Ok(_) => Ok(see_other(to).flash(Tone::Ok, shell.t("change-is-withdrawn")).into()),
        Err(error @ Error::Conflict { .. }) => Ok(see_other(to).flash(Tone::Warn, shell.error_text(&error)).into()),
        Err(error) => Err(error),
    }
}
