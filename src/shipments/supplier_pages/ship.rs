//! The form in which the warehouse says what of an order leaves: all that is reserved stands in it, and less can be
//! written for each line.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use askama::Template;
use serde::Serialize;

use crate::accounts;
use crate::clock::now;
use crate::error::{Code, Error, FieldError, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayMoveGoods};
use crate::identity::idempotency;
use crate::ids::{OrderId, OrderLineId};
use crate::languages::Language;
use crate::orders::rules::{Action, Order, OrderLine};
use crate::orders::{self, view};
use crate::shipments::{self, ShipmentRequest};
use crate::state::AppState;
use crate::web::{Banner, Chip, Fields, Shell, Tone, form_key, see_other};

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
    fault: String,
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
    banners: Vec<Banner>,
    form_key: String,
    rows: Vec<Row>,
    /// Lines with something reserved beyond those of the form.
    more: usize,
    ready: usize,
    waiting: usize,
    carrier: String,
    tracking_number: String,
    carrier_fault: String,
    tracking_fault: String,
}

/// A form that was refused.
struct Refused {
    fields: Fields,
    /// Lines of the request, in the order in which faults count them.
    named: Vec<OrderLineId>,
    faults: Vec<FieldError>,
}

/// Lines of which something lies ready.
fn ready(order: &Order) -> impl Iterator<Item = &OrderLine> {
    order.lines.iter().filter(|line| line.reserved > 0)
}

async fn page(
    state: &AppState,
    desk: &Desk<MayMoveGoods>,
    id: OrderId,
    refused: Option<Refused>,
) -> Result<HttpResponse> {
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
                view::state_name(shell, order.state),
            ),
            Some(_) => shell.t1("desk-nothing-ready", "number", order.number.to_string()),
        };
        return Ok(see_other(link).flash(Tone::Warn, text).into());
    }
    let mut of_line = HashMap::new();
    let (mut carrier_fault, mut tracking_fault) = (String::new(), String::new());
    let mut banners = Vec::new();
    if let Some(refused) = &refused {
        for fault in &refused.faults {
            let text = shell.fault(fault);
            let mut parts = fault.pointer.split('/').skip(1);
            match (parts.next(), parts.next().and_then(|index| index.parse::<usize>().ok())) {
                (Some("carrier"), _) => carrier_fault.clone_from(&text),
                (Some("tracking_number"), _) => tracking_fault.clone_from(&text),
                (Some("lines"), Some(index)) => {
                    if let Some(line) = refused.named.get(index) {
                        of_line.insert(*line, text.clone());
                    }
                }
                _ => banners.push(Banner::new(Tone::Bad, text)),
            }
        }
        let texts = refused.faults.iter().map(|fault| shell.fault(fault)).take(5);
        if banners.is_empty() {
            banners.push(Banner::new(Tone::Bad, shell.t("desk-not-shipped")).with_details(texts));
        }
    }
    let typed = |name: &str| refused.as_ref().map(|refused| refused.fields.get(name).to_owned());
    let row = |line: &OrderLine| {
        let amount = |steps: i64| shell.language.quantity(line.part(steps).ordered);
        let name = format!("quantity-{}", line.id);
        Row {
            value: typed(&name).unwrap_or_else(|| {
                let reserved = line.part(line.reserved).ordered.to_string();
                view::to_type(shell.language, &reserved)
            }),
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
            fault: of_line.get(&line.id).cloned().unwrap_or_default(),
        }
    };
    let status = match &refused {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let page = ShipPage {
        shell,
        number: order.number.to_string(),
        account: account.name,
        ship_to: order.ship_to.clone(),
        state: view::state_chip(shell, order.state),
        banners,
        form_key: form_key(),
        rows: ready(&order).take(LINES_MAX).map(row).collect(),
        more: count.saturating_sub(LINES_MAX),
        ready: count,
        waiting: order.lines.iter().filter(|line| line.backordered > 0).count(),
        carrier: typed("carrier").unwrap_or_default(),
        tracking_number: typed("tracking_number").unwrap_or_default(),
        carrier_fault,
        tracking_fault,
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
    page(&state, &desk, id, None).await
}

/// What makes two sendings of the form the same.
#[derive(Serialize)]
struct Sent<'a> {
    order: String,
    fields: Vec<(&'a str, &'a str)>,
}

/// The lines of the form: which, and how much of each.
type Named = (Vec<OrderLineId>, Vec<(Option<OrderLineId>, String)>, Vec<FieldError>);

fn named(fields: &Fields, language: Language) -> Named {
    let (mut ids, mut lines, mut faults) = (Vec::new(), Vec::new(), Vec::new());
    for (name, value) in fields.pairs() {
        let Some(id) = name.strip_prefix("quantity-").and_then(|id| id.parse().ok()) else {
            continue;
        };
        match view::typed_number(language, value.trim()) {
            Ok(None) => {}
            Ok(Some(number)) if number == "0" => {}
            Ok(Some(number)) => {
                ids.push(id);
                lines.push((Some(id), number));
            }
            Err(fault) => {
                faults.push(FieldError::new(
                    format!("/lines/{}/quantity", ids.len()),
                    fault.code,
                    fault.detail,
                ));
                ids.push(id);
                lines.push((Some(id), value.to_owned()));
            }
        }
    }
    (ids, lines, faults)
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
    let (ids, lines, mut faults) = named(&fields, shell.language);
    let all = fields.get("do") == "all";
    if !all && ids.is_empty() {
        let detail = "Write a quantity for at least one line.";
        faults.push(FieldError::new("/lines", Code::Required, detail));
    }
    if !all && !faults.is_empty() {
        let refused = Refused {
            named: ids,
            faults,
            fields,
        };
        return page(&state, &desk, id, Some(refused)).await;
    }
    let text = |name: &str| fields.filled(name).map(str::to_owned);
    let request = ShipmentRequest {
        order_id: Some(id),
        lines: (!all).then_some(lines),
        carrier: text("carrier"),
        tracking_number: text("tracking_number"),
    };
    let sent = Sent {
        order: id.to_string(),
        fields: fields.pairs().filter(|(name, _)| *name != "form_key").collect(),
    };
    let key = idempotency::Request::new(
        desk.staff.person_id,
        "POST /desk/orders/{id}/ship",
        fields.form_key()?,
        &sent,
    )?;
    let actor = desk.staff.actor();
    let shipped = state
        .db
        .write(move |tx| shipments::ship(tx, &key, &request, &actor, now()))
        .await;
    let link = format!("/desk/orders/{id}");
    match shipped {
        Ok((shipment, _)) => {
            let number = shipment.number.to_string();
            let text = shell.t2("desk-shipped", "number", number, "lines", shipment.line_count);
            Ok(see_other(link).flash(Tone::Ok, text).into())
        }
        Err(Error::Invalid(faults)) => {
            let refused = Refused {
                named: ids,
                faults,
                fields,
            };
            page(&state, &desk, id, Some(refused)).await
        }
        Err(Error::Refused {
            code: Code::IdempotencyKeyReused,
            ..
        }) => Ok(see_other(link)
            .flash(Tone::Warn, shell.t("desk-form-sent-before"))
            .into()),
        Err(error @ Error::Conflict { .. }) => Ok(see_other(link).flash(Tone::Bad, shell.error_text(&error)).into()),
        Err(error) => Err(error),
    }
}
