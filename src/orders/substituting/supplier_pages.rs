//! Staff propose something else instead of what waits, on the desk. The account says yes or no.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use super::pages::{Line, line_at, lines};
use super::proposing::{self, New};
use super::{stand, waiting};
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MaySteer};
use crate::identity::idempotency;
use crate::ids::{OrderId, ProposalId};
use crate::orders;
use crate::state::AppState;
use crate::web::{Fields, Form, Shell, Tone, see_other};

#[derive(Template)]
#[template(path = "orders/substituting/templates/propose.html")]
struct ProposePage<'a> {
    shell: &'a Shell,
    id: OrderId,
    number: String,
    lines: Vec<Line>,
    /// The lines to choose from.
    places: Vec<(String, String)>,
    form: Form,
}

async fn show(state: &AppState, desk: &Desk<MaySteer>, id: OrderId, form: Form) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let order = orders::get_for_staff(connection, id)?;
        stand(connection, order, now())
    };
    let standing = state.db.read(read).await?;
    let shell = &desk.shell;
    if waiting(&standing.order).next().is_none() {
        let text = shell.t("substitute-nothing-waits");
        return Ok(see_other(format!("/desk/orders/{id}")).flash(Tone::Info, text).into());
    }
    let place = |line: &orders::rules::OrderLine| {
        let text = format!("{} · {} {}", line.position, line.sku, line.name);
        (line.position.to_string(), text)
    };
    let page = ProposePage {
        shell,
        id,
        number: standing.order.number.to_string(),
        lines: lines(shell, &standing),
        places: waiting(&standing.order).map(place).collect(),
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// What could be sent instead of what waits of an order, and a form to propose it
#[get("/desk/orders/{id}/substitutes")]
pub async fn show_form(
    state: web::Data<AppState>,
    desk: Desk<MaySteer>,
    PathId(id): PathId<OrderId>,
) -> Result<HttpResponse> {
    show(&state, &desk, id, Form::new(&desk.shell)).await
}

/// Proposes something else
#[post("/desk/orders/{id}/substitutes")]
pub async fn send_proposal(
    state: web::Data<AppState>,
    desk: Desk<MaySteer>,
    PathId(id): PathId<OrderId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    let ratio = match form.value("ratio") {
        "" => None,
        _ => form.number("ratio"),
    };
    let position = form.value("line").to_owned();
    if form.is_refused() {
        return show(&state, &desk, id, form).await;
    }
    let new = New {
        sku: form.value("sku").to_owned(),
        ratio,
        note: form.filled("note"),
    };
    let (key, sent) = (form.fields().form_key()?, (id.to_string(), form.content()));
    let key = idempotency::Request::new(desk.staff.person_id, "POST /desk/orders/{id}/substitutes", key, &sent)?;
    let actor = desk.staff.actor();
    let write = move |tx: &mut Connection| {
        let line = line_at(&orders::get_for_staff(tx, id)?, &position)?;
        proposing::propose(tx, Some(&key), (id, line), &new, &actor, now())
    };
    match state.db.write(write).await {
        Ok(_) => {
            let text = shell.t("substitute-is-proposed");
            Ok(see_other(format!("/desk/orders/{id}")).flash(Tone::Ok, text).into())
        }
        Err(error) => {
            let form = form.refused(shell, error)?;
            show(&state, &desk, id, form).await
        }
    }
}

/// Takes back what is proposed
#[post("/desk/substitute-proposals/{id}/withdraw")]
pub async fn take_back(
    state: web::Data<AppState>,
    desk: Desk<MaySteer>,
    PathId(id): PathId<ProposalId>,
) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let write = move |tx: &mut Connection| proposing::withdraw(tx, id, &actor, now());
    match state.db.write(write).await {
        Ok(proposal) => {
            let text = desk.shell.t("substitute-is-withdrawn");
            Ok(see_other(format!("/desk/orders/{}/substitutes", proposal.order_id))
                .flash(Tone::Ok, text)
                .into())
        }
        Err(error @ Error::Conflict { .. }) => {
            let text = desk.shell.error_text(&error);
            Ok(see_other("/desk/orders").flash(Tone::Warn, text).into())
        }
        Err(error) => Err(error),
    }
}
