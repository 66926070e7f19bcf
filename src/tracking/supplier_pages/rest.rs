//! Calling off the rest of an order, on the desk.

use actix_web::{HttpResponse, get, post, web};

use crate::clock;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MaySteer};
use crate::ids::OrderId;
use crate::names::sets::Side;
use crate::orders;
use crate::orders::cancelling::Ending;
use crate::orders::rules::Order;
use crate::state::AppState;
use crate::tracking::{ending, words};
use crate::web::{Fields, Form, Tone, see_other};

async fn read(state: &AppState, id: OrderId) -> Result<Order> {
    let read = move |connection: &mut _| orders::get_for_staff(connection, id);
    state.db.read(read).await
}

/// Asks which lines are called off
#[get("/desk/orders/{id}/cancel-rest")]
pub async fn ask(
    state: web::Data<AppState>,
    desk: Desk<MaySteer>,
    PathId(id): PathId<OrderId>,
) -> Result<HttpResponse> {
    let order = read(&state, id).await?;
    words::ask(&desk.shell, &order, Side::Supplier, Form::new(&desk.shell))
}

/// Calls off what of the ticked lines is still to leave
#[post("/desk/orders/{id}/cancel-rest")]
pub async fn cancel(
    state: web::Data<AppState>,
    desk: Desk<MaySteer>,
    PathId(id): PathId<OrderId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, lines) = (&desk.shell, words::ticked(&fields));
    let mut form = Form::sent(shell, fields);
    if lines.is_empty() {
        form.say(Tone::Bad, shell.t("rest-tick"));
        form.note("line", shell.t("rest-tick"));
    } else {
        let (actor, reason) = (desk.staff.actor(), form.filled("reason"));
        let write = move |tx: &mut _| {
            let ending = Ending {
                lines: &lines,
                reason: reason.as_deref(),
                by: Side::Supplier,
            };
            ending::cancel_rest_as_staff(tx, id, ending, &actor, clock::now())
        };
        let to = see_other(words::link_of(Side::Supplier, id));
        match state.db.write(write).await {
            Ok(_) => return Ok(to.flash(Tone::Ok, shell.t("rest-done")).into()),
            Err(error @ Error::Conflict { .. }) => return Ok(to.flash(Tone::Warn, shell.error_text(&error)).into()),
            Err(error) => form = form.refused(shell, error)?,
        }
    }
    let order = read(&state, id).await?;
    words::ask(shell, &order, Side::Supplier, form)
}
