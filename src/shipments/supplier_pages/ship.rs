//! The form in which the warehouse says what of an order leaves: all that is reserved stands in it, and less can be
//! written for each line.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use crate::accounts;
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayMoveGoods};
use crate::identity::idempotency;
use crate::ids::{OrderId, OrderLineId};
use crate::orders::rules::{Action, Order, OrderLine};
use crate::orders::{self, words};
use crate::shipments::{self, ShipmentRequest, packing};
use crate::state::AppState;
use crate::typed::to_type;
use crate::web::{Chip, Fields, Form, Shell, Tone, see_other};

/// Lines that are written one by one; more leave as a whole.
const LINES_MAX: usize = 200;

struct Row {
    id: String,
    number: i32,
    article: String,
    name: String,
    ordered: String,
    reserved: String,
    waiting: String,
    unit: String,
    /// As typed, at first all that is reserved.
    value: String,
    /// Where its faults are told.
    place: String,
}

#[derive(Template)]
#[template(path = "shipments/templates/desk_ship.html")]
struct ShipPage<'a> {
    shell: &'a Shell,
    link: String,
    number: String,
    account: String,
    ship_to: String,
    state: Chip,
    form: Form,
    rows: Vec<Row>,
    /// Lines with something reserved beyond those of the form.
    more: usize,
    ready: usize,
    waiting: usize,
}

/// Lines of which something lies ready.
fn ready(order: &Order) -> impl Iterator<Item = &OrderLine> {
    order.lines.iter().filter(|line| line.reserved > 0)
}

async fn page(state: &AppState, desk: &Desk<MayMoveGoods>, id: OrderId, form: Form) -> Result<HttpResponse> {
    let read = move |connection: &mut _| {
        let order = orders::get_for_staff(connection, id)?;
        let account = accounts::get(connection, order.account_id)?;
        Ok((order, account))
    };
    let (order, account) = state.db.read(read).await?;
    let shell = &desk.shell;
    let link = format!("/desk/orders/{id}");
    let count = ready(&order).count();
    if order.state.after(Action::ShipPart).is_none() || count == 0 {
        let text = match order.state.after(Action::ShipPart) {
            None => shell.t2(
                "desk-changed",
                "number",
                order.number.to_string(),
                "state",
                words::state_name(shell, order.state),
            ),
            Some(_) => shell.t1("desk-nothing-ready", "number", order.number.to_string()),
        };
        return Ok(see_other(link).flash(Tone::Warn, text).into());
    }
    let written: Vec<_> = written(&form).map(|(line, _)| line).collect();
    let row = |line: &OrderLine| {
        let amount = |steps: i64| shell.language.quantity(line.part(steps).ordered);
        let name = format!("quantity-{}", line.id);
        let index = written.iter().position(|id| *id == line.id);
        Row {
            value: match form.fields().has(&name) {
                true => form.value(&name).to_owned(),
                false => to_type(shell.language, &line.part(line.reserved).ordered.to_string()),
            },
            place: index.map_or_else(String::new, |index| format!("lines/{index}/quantity")),
            id: line.id.to_string(),
            number: line.position,
            article: line.sku.clone(),
            name: line.name.clone(),
            ordered: shell.quantity(line.quantity.ordered, &line.unit_code),
            reserved: amount(line.reserved),
            waiting: if line.backordered > 0 {
                amount(line.backordered)
            } else {
                String::new()
            },
            unit: shell.language.unit(&line.unit_code, line.part(line.reserved).ordered),
        }
    };
    let status = form.status();
    let page = ShipPage {
        shell,
        number: order.number.to_string(),
        account: account.name,
        ship_to: order.ship_to.clone(),
        state: words::state_chip(shell, order.state),
        rows: ready(&order).take(LINES_MAX).map(row).collect(),
        more: count.saturating_sub(LINES_MAX),
        ready: count,
        waiting: order.lines.iter().filter(|line| line.backordered > 0).count(),
        form,
        link,
    };
    shell.page_with(status, &page)
}

/// What of an order leaves
#[get("/desk/orders/{id}/ship")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<OrderId>,
) -> Result<HttpResponse> {
    page(&state, &desk, id, Form::of::<&str, &str>(&desk.shell, [])).await
}

/// The lines of the form from which something is to leave, and how much as typed: those without a quantity stay.
fn written(form: &Form) -> impl Iterator<Item = (OrderLineId, &str)> {
    form.fields().pairs().filter_map(|(name, value)| {
        let id = name.strip_prefix("quantity-")?.parse().ok()?;
        Some((id, value.trim())).filter(|(_, value)| !matches!(*value, "" | "0"))
    })
}

/// Ships what the form says
#[post("/desk/orders/{id}/ship")]
pub async fn take(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<OrderId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    let all = form.is("do", "all");
    let mut lines = Vec::new();
    if !all {
        let typed: Vec<_> = written(&form).map(|(id, text)| (id, text.to_owned())).collect();
        if typed.is_empty() {
            form.note("lines", shell.t("desk-ship-nothing"));
        }
        for (index, (id, text)) in typed.into_iter().enumerate() {
            let number = form.quantity_at(&format!("lines/{index}/quantity"), &text);
            lines.extend(number.map(|number| (Some(id), number)));
        }
        if form.is_refused() {
            return page(&state, &desk, id, form).await;
        }
    }
    let request = ShipmentRequest {
        order_id: Some(id),
        lines: (!all).then_some(lines),
        carrier: form.filled("carrier"),
        tracking_number: form.filled("tracking_number"),
        packages: Vec::new(),
    };
    let (key, sent) = (form.fields().form_key()?, (id.to_string(), form.content()));
    let key = idempotency::Request::new(desk.staff.person_id, "POST /desk/orders/{id}/ship", key, &sent)?;
    let actor = desk.staff.actor();
    if form.is("do", "pack") {
        let by = actor.clone();
        let write = move |tx: &mut Connection| packing::open(tx, &key, &request, &actor, now());
        let opened = state.db.write(write).await;
        return match shipments::held_for_credit(&state.db, opened, Some(id), &by, now()).await {
            Ok((packing, _)) => Ok(see_other(format!("/desk/packings/{}", packing.id)).into()),
            Err(error) if error.code() == Code::CreditExceeded => Ok(beyond_credit(shell, id, &error)),
            Err(error) => page(&state, &desk, id, form.refused(shell, error)?).await,
        };
    }
    let by = actor.clone();
    let write = move |tx: &mut Connection| shipments::ship(tx, &key, &request, &actor, now());
    let shipped = state.db.write(write).await;
    match shipments::held_for_credit(&state.db, shipped, Some(id), &by, now()).await {
        Ok((shipment, _)) => {
            let number = shipment.number.to_string();
            let text = shell.t2("desk-shipped", "number", number, "lines", shipment.line_count);
            Ok(see_other(format!("/desk/orders/{id}")).flash(Tone::Ok, text).into())
        }
        Err(error) if error.code() == Code::CreditExceeded => Ok(beyond_credit(shell, id, &error)),
        Err(error) => page(&state, &desk, id, form.refused(shell, error)?).await,
    }
}

/// The order may be on hold by now: its own page says so.
fn beyond_credit(shell: &Shell, id: OrderId, error: &Error) -> HttpResponse {
    let to = see_other(format!("/desk/orders/{id}"));
    to.flash(Tone::Bad, shell.error_text(error)).into()
}
