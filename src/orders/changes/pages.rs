//! An account changes its orders in the browser.

use actix_web::{HttpResponse, get, post, web};
use serde::Deserialize;

use super::deciding;
use super::words::form::Changing;
use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::{Error, Result};
use crate::http::{Params, PathId};
use crate::identity::caller::{MayOrder, Visitor};
use crate::ids::{OrderChangeId, OrderId};
use crate::state::AppState;
use crate::web::{Fields, Tone, see_other};

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
