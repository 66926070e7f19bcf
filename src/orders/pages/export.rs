//! The list of orders and their lines as files.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, get, web};

use super::list::{ListParams, SITES_MAX};
use crate::accounts;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::Params;
use crate::identity::caller::{MayRead, Visitor};
use crate::orders::rules::choices::days_together;
use crate::orders::rules::{Order, OrderLine, OrderTexts};
use crate::orders::{self, Listed, listing};
use crate::state::AppState;
use crate::web::export::{Column, Export, READ_MAX, Value, too_many};

/// A line with its order's head.
type OfOrder = (Arc<Order>, OrderLine);

/// Columns of an order.
pub(in crate::orders) const ORDER: &[Column<Listed>] = &[
    ("number", |one| Value::text(one.order.number.to_string())),
    ("state", |one| Value::text(one.order.state.name())),
    ("po_number", |one| Value::text(&one.order.po_number)),
    ("order_class", |one| Value::text(one.order.order_class.name())),
    ("ship_to", |one| Value::text(&one.order.ship_to)),
    ("placed_at", |one| Value::Moment(one.order.placed_at)),
    ("requested_date", |one| Value::maybe(one.order.requested_on, Value::Day)),
    ("currency", |one| Value::text(one.order.currency.code())),
    ("net_total", |one| Value::number(one.order.net)),
    ("tax_total", |one| Value::maybe(one.order.tax, Value::number)),
    ("gross_total", |one| Value::maybe(one.order.gross, Value::number)),
    ("line_count", |one| Value::number(one.order.line_count)),
    ("delivery", |one| Value::text(one.order.choices.delivery.name())),
    ("backorder", |one| Value::text(one.order.choices.backorder.name())),
    ("cancel_after", |one| {
        Value::maybe(one.order.choices.cancel_after, Value::Day)
    }),
    ("note", |one| {
        // All of them, so that the compiler asks for a new one.
        let OrderTexts { note } = &one.order.texts;
        Value::maybe(note.as_ref(), Value::text)
    }),
];

const LINE: &[Column<OfOrder>] = &[
    ("order_number", |(order, _)| Value::text(order.number.to_string())),
    ("order_state", |(order, _)| Value::text(order.state.name())),
    ("po_number", |(order, _)| Value::text(&order.po_number)),
    ("position", |(_, line)| Value::number(line.position)),
    ("sku", |(_, line)| Value::text(&line.sku)),
    ("customer_part_number", |(_, line)| {
        Value::maybe(line.customer_part_number.as_ref(), Value::text)
    }),
    ("name", |(_, line)| Value::text(&line.name)),
    ("unit", |(_, line)| Value::text(&line.unit)),
    ("quantity", |(_, line)| Value::number(line.quantity.ordered)),
    ("base_unit", |(_, line)| Value::text(&line.base_unit)),
    ("base_quantity", |(_, line)| base(line, line.quantity.base_steps)),
    ("reserved", |(_, line)| base(line, line.reserved)),
    ("backordered", |(_, line)| base(line, line.backordered)),
    ("shipped", |(_, line)| base(line, line.shipped)),
    ("invoiced", |(_, line)| base(line, line.invoiced)),
    ("cancelled", |(_, line)| base(line, line.cancelled)),
    ("promised_date", |(_, line)| Value::maybe(line.promised_on, Value::Day)),
    ("currency", |(order, _)| Value::text(order.currency.code())),
    ("unit_price", |(_, line)| Value::number(line.unit_price)),
    ("price_base", |(_, line)| Value::number(line.price_base)),
    ("price_unit", |(_, line)| Value::text(&line.price_unit)),
    ("net", |(_, line)| Value::number(line.net)),
    ("delivery", |(_, line)| Value::text(line.choices.delivery.name())),
    ("backorder", |(_, line)| Value::text(line.choices.backorder.name())),
    ("cancel_after", |(_, line)| {
        Value::maybe(line.choices.cancel_after, Value::Day)
    }),
    ("instead_of", |(order, line)| {
        Value::maybe(instead_of(order, line), Value::number)
    }),
    ("note", |(_, line)| Value::maybe(line.note.as_ref(), Value::text)),
];

/// The position of the line that this one is sent instead of.
fn instead_of(order: &Order, line: &OrderLine) -> Option<i32> {
    let instead = line.instead?;
    let other = order.lines.iter().find(|other| other.id == instead.line_id)?;
    Some(other.position)
}

fn base(line: &OrderLine, steps: i64) -> Value {
    Value::number(line.base_quantity(steps))
}

/// The orders of the list as a file
#[get("/orders/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    request: HttpRequest,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let (shell, account_id) = (visitor.shell.clone(), visitor.customer.account_id);
    let read = move |connection: &mut Connection| {
        let sites = accounts::list_sites(connection, account_id, None, SITES_MAX)?;
        let (filter, sort) = params.filter(&shell, &sites);
        let scope = Scope::Account(account_id);
        orders::list(connection, scope, &filter, sort, None, READ_MAX)
    };
    let rows = state.db.read(read).await?;
    let file = Export {
        name: "orders",
        columns: &[ORDER],
    };
    file.answer(&state.exports, &visitor.shell, &request, rows).await
}

/// The lines of the orders of the list as a file
#[get("/orders/lines.{format}")]
pub async fn export_lines(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    request: HttpRequest,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let (shell, account_id) = (visitor.shell.clone(), visitor.customer.account_id);
    let read = move |connection: &mut Connection| {
        let sites = accounts::list_sites(connection, account_id, None, SITES_MAX)?;
        let (filter, sort) = params.filter(&shell, &sites);
        let orders = listing::list_with_lines(connection, account_id, &filter, sort, READ_MAX)?;
        let of_order = |order: Order| {
            let order = days_together(order);
            let lines = order.lines.clone();
            let order = Arc::new(order);
            lines.into_iter().map(move |line| (Arc::clone(&order), line))
        };
        Ok(orders.map(|orders| orders.into_iter().flat_map(of_order).collect::<Vec<OfOrder>>()))
    };
    let Some(rows) = state.db.read(read).await? else {
        return Ok(too_many(&visitor.shell, &request));
    };
    let file = Export {
        name: "order-lines",
        columns: &[LINE],
    };
    file.answer(&state.exports, &visitor.shell, &request, rows).await
}
