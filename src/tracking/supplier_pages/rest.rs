//! Calling off the rest of an order, on the desk.

use actix_web::{HttpResponse, get, post, web};

use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{Desk, MaySteer};
use crate::ids::OrderId;
use crate::state::AppState;
use crate::tracking::words::Rest;
use crate::web::{Fields, Form};

fn rest<'a>(state: &'a AppState, desk: &'a Desk<MaySteer>, id: OrderId) -> Rest<'a> {
    Rest {
        state,
        shell: &desk.shell,
        id,
        scope: Scope::All,
        actor: desk.staff.actor(),
    }
}

/// Asks which lines are called off
#[get("/desk/orders/{id}/cancel-rest")]
pub async fn ask(
    state: web::Data<AppState>,
    desk: Desk<MaySteer>,
    PathId(id): PathId<OrderId>,
) -> Result<HttpResponse> {
    rest(&state, &desk, id).ask(Form::new(&desk.shell)).await
}

/// Calls off what of the ticked lines is still to leave
#[post("/desk/orders/{id}/cancel-rest")]
pub async fn cancel(
    state: web::Data<AppState>,
    desk: Desk<MaySteer>,
    PathId(id): PathId<OrderId>,
    fields: Fields,
) -> Result<HttpResponse> {
    rest(&state, &desk, id).cancel(fields).await
}
