//! Calling off the rest of an order.

use actix_web::{HttpResponse, get, post, web};

use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{MayOrder, Visitor};
use crate::ids::OrderId;
use crate::state::AppState;
use crate::tracking::words::Rest;
use crate::web::{Fields, Form};

fn rest<'a>(state: &'a AppState, visitor: &'a Visitor<MayOrder>, id: OrderId) -> Rest<'a> {
    Rest {
        state,
        shell: &visitor.shell,
        id,
        scope: Scope::Account(visitor.customer.account_id),
        actor: visitor.customer.actor(),
    }
}

/// Asks which lines are called off
#[get("/orders/{id}/cancel-rest")]
pub async fn ask(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<OrderId>,
) -> Result<HttpResponse> {
    rest(&state, &visitor, id).ask(Form::new(&visitor.shell)).await
}

/// Calls off what of the ticked lines is still to leave
#[post("/orders/{id}/cancel-rest")]
pub async fn cancel(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<OrderId>,
    fields: Fields,
) -> Result<HttpResponse> {
    rest(&state, &visitor, id).cancel(fields).await
}
