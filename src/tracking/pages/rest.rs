//! Calling off the rest of an order.

use actix_web::{HttpResponse, get, post, web};

use crate::clock;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{MayOrder, Visitor};
use crate::ids::OrderId;
use crate::names::sets::Side;
use crate::orders;
use crate::orders::cancelling::Ending;
use crate::orders::rules::Order;
use crate::state::AppState;
use crate::tracking::{ending, words};
use crate::web::{Fields, Form, Tone, see_other};

async fn read(state: &AppState, visitor: &Visitor<MayOrder>, id: OrderId) -> Result<Order> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut _| orders::get(connection, account_id, id);
    state.db.read(read).await
}

/// Asks which lines are called off
#[get("/orders/{id}/cancel-rest")]
pub async fn ask(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<OrderId>,
) -> Result<HttpResponse> {
    let order = read(&state, &visitor, id).await?;
    words::ask(&visitor.shell, &order, Side::Account, Form::new(&visitor.shell))
}

/// Calls off what of the ticked lines is still to leave
#[post("/orders/{id}/cancel-rest")]
pub async fn cancel(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<OrderId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, lines) = (&visitor.shell, words::ticked(&fields));
    let mut form = Form::sent(shell, fields);
    if lines.is_empty() {
        form.say(Tone::Bad, shell.t("rest-tick"));
        form.note("line", shell.t("rest-tick"));
    } else {
        let (account_id, actor, reason) = (
            visitor.customer.account_id,
            visitor.customer.actor(),
            form.filled("reason"),
        );
        let write = move |tx: &mut _| {
            let ending = Ending {
                lines: &lines,
                reason: reason.as_deref(),
                by: Side::Account,
            };
            ending::cancel_rest(tx, account_id, id, ending, &actor, clock::now())
        };
        let to = see_other(words::link_of(Side::Account, id));
        match state.db.write(write).await {
            Ok(_) => return Ok(to.flash(Tone::Ok, shell.t("rest-done")).into()),
            Err(error @ Error::Conflict { .. }) => return Ok(to.flash(Tone::Warn, shell.error_text(&error)).into()),
            Err(error) => form = form.refused(shell, error)?,
        }
    }
    let order = read(&state, &visitor, id).await?;
    words::ask(shell, &order, Side::Account, form)
}
