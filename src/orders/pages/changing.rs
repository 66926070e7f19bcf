//! Calling an order off.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use crate::clock;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{MayOrder, Visitor};
use crate::ids::OrderId;
use crate::orders;
use crate::orders::rules::{Action, Order};
use crate::state::AppState;
use crate::web::{Fields, Form, Shell, Tone, see_other};

#[derive(Template)]
#[template(path = "orders/templates/cancel.html")]
struct CancelPage<'a> {
    shell: &'a Shell,
    id: OrderId,
    number: String,
    po_number: String,
    total: String,
    lines: usize,
    form: Form,
}

impl<'a> CancelPage<'a> {
    fn new(shell: &'a Shell, order: &Order, form: Form) -> Self {
        Self {
            shell,
            id: order.id,
            number: order.number.to_string(),
            po_number: order.po_number.clone(),
            total: shell.money(order.gross.unwrap_or(order.net)),
            lines: order.lines.len(),
            form,
        }
    }
}

async fn read(state: &AppState, visitor: &Visitor<MayOrder>, id: OrderId) -> Result<Order> {
    let account_id = visitor.customer.account_id;
    state
        .db
        .read(move |connection| orders::get(connection, account_id, id))
        .await
}

/// Asks before an order is called off
#[get("/orders/{id}/cancel")]
pub async fn confirm_cancel(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<OrderId>,
) -> Result<HttpResponse> {
    let order = read(&state, &visitor, id).await?;
    if order.state.after(Action::CancelAsBuyer).is_none() {
        let text = visitor.shell.t("order-cancel-too-late");
        return Ok(see_other(format!("/orders/{id}")).flash(Tone::Warn, text).into());
    }
    let form = Form::new(&visitor.shell);
    visitor.shell.page(&CancelPage::new(&visitor.shell, &order, form))
}

/// Calls an order off
#[post("/orders/{id}/cancel")]
pub async fn cancel(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<OrderId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (account_id, actor) = (visitor.customer.account_id, visitor.customer.actor());
    let reason = fields.filled("reason").map(str::to_owned);
    let cancelled = state
        .db
        .write(move |tx| orders::cancel(tx, account_id, id, reason.as_deref(), &actor, clock::now()))
        .await;
    let (shell, there) = (&visitor.shell, format!("/orders/{id}"));
    match cancelled {
        Ok(order) => {
            let text = shell.t1("order-cancelled", "number", order.number.to_string());
            Ok(see_other(there).flash(Tone::Ok, text).into())
        }
        // Somebody was faster, or the supplier took it on meanwhile: the page says how it stands.
        Err(Error::Conflict { .. }) => {
            let text = shell.t("order-cancel-too-late");
            Ok(see_other(there).flash(Tone::Warn, text).into())
        }
        Err(error) => {
            let mut form = Form::sent(shell, fields).refused(shell, error)?;
            form.say(Tone::Bad, shell.t("order-not-cancelled"));
            let order = read(&state, &visitor, id).await?;
            let page = CancelPage::new(shell, &order, form);
            shell.page_with(page.form.status(), &page)
        }
    }
}
