//! The list of orders and their lines as files.

use actix_web::{HttpResponse, get, web};

use super::list::{Asked, PATH, SITES_MAX};
use crate::accounts;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::Params;
use crate::identity::caller::{MayRead, Visitor};
use crate::orders::rules::{Order, OrderLine, OrderTexts};
use crate::orders::{self, listing};
use crate::state::AppState;
use crate::web::components::address;
use crate::web::export::{Cell, Format, ROWS_MAX, Sheet, too_many};

const ORDER_COLUMNS: &[&str] = &[
    "number",
    "state",
    "po_number",
    "order_class",
    "ship_to",
    "placed_at",
    "requested_date",
    "currency",
    "net_total",
    "tax_total",
    "gross_total",
    "line_count",
];

const LINE_COLUMNS: &[&str] = &[
    "order_number",
    "order_state",
    "po_number",
    "position",
    "sku",
    "customer_part_number",
    "name",
    "unit",
    "quantity",
    "base_unit",
    "base_quantity",
    "reserved",
    "backordered",
    "shipped",
    "invoiced",
    "cancelled",
    "promised_date",
    "currency",
    "unit_price",
    "price_base",
    "price_unit",
    "net",
    "note",
];

fn order_cells(order: &Order) -> Vec<Cell> {
    let mut cells = vec![
        Cell::text(order.number.to_string()),
        Cell::text(order.state.name()),
        Cell::text(&order.po_number),
        Cell::text(order.order_class.name()),
        Cell::text(&order.ship_to),
        Cell::Moment(order.placed_at),
        Cell::maybe(order.requested_on, Cell::Day),
        Cell::text(order.currency.code()),
        Cell::number(order.net),
        Cell::maybe(order.tax, Cell::number),
        Cell::maybe(order.gross, Cell::number),
        Cell::number(order.line_count),
    ];
    cells.extend(order.texts.each().map(|(_, _, text)| Cell::maybe(text, Cell::text)));
    cells
}

fn line_cells(order: &Order, line: &OrderLine) -> Vec<Cell> {
    let base = |steps| Cell::number(line.base_quantity(steps));
    vec![
        Cell::text(order.number.to_string()),
        Cell::text(order.state.name()),
        Cell::text(&order.po_number),
        Cell::number(line.position),
        Cell::text(&line.sku),
        Cell::maybe(line.customer_part_number.as_ref(), Cell::text),
        Cell::text(&line.name),
        Cell::text(&line.unit),
        Cell::number(line.quantity.ordered),
        Cell::text(&line.base_unit),
        base(line.quantity.base_steps),
        base(line.reserved),
        base(line.backordered),
        base(line.shipped),
        base(line.invoiced),
        base(line.cancelled),
        Cell::maybe(line.promised_on, Cell::Day),
        Cell::text(order.currency.code()),
        Cell::number(line.unit_price),
        Cell::number(line.price_base),
        Cell::text(&line.price_unit),
        Cell::number(line.net),
        Cell::maybe(line.note.as_ref(), Cell::text),
    ]
}

/// One row more than a file may have.
fn limit() -> i64 {
    i64::try_from(ROWS_MAX + 1).unwrap_or(i64::MAX)
}

/// The orders of the list as a file
#[get("/orders/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    format: web::Path<String>,
    Params(asked): Params<Asked>,
) -> Result<HttpResponse> {
    let format = Format::from_ending(&format)?;
    let (shell, account_id) = (visitor.shell.clone(), visitor.customer.account_id);
    let sought = asked.clone();
    let read = move |connection: &mut Connection| {
        let sites = accounts::list_sites(connection, account_id, None, SITES_MAX)?;
        let (filter, sort) = sought.filter(&shell, &sites);
        orders::list(connection, Scope::Account(account_id), &filter, sort, None, limit())
    };
    let orders = state.db.read(read).await?;
    if orders.len() > ROWS_MAX {
        return Ok(too_many(&visitor.shell, address(PATH, asked.query())));
    }
    let rows = orders.iter().map(|listed| order_cells(&listed.order)).collect();
    Sheet::new("orders", [ORDER_COLUMNS, OrderTexts::NAMES].concat(), rows)
        .into_answer(&state.cpu, format)
        .await
}

/// The lines of the orders of the list as a file
#[get("/orders/lines.{format}")]
pub async fn export_lines(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    format: web::Path<String>,
    Params(asked): Params<Asked>,
) -> Result<HttpResponse> {
    let format = Format::from_ending(&format)?;
    let (shell, account_id) = (visitor.shell.clone(), visitor.customer.account_id);
    let sought = asked.clone();
    let read = move |connection: &mut Connection| {
        let sites = accounts::list_sites(connection, account_id, None, SITES_MAX)?;
        let (filter, sort) = sought.filter(&shell, &sites);
        listing::list_with_lines(connection, account_id, &filter, sort, limit())
    };
    let Some(orders) = state.db.read(read).await? else {
        return Ok(too_many(&visitor.shell, address(PATH, asked.query())));
    };
    let rows = orders.iter().flat_map(|order| {
        let cells = move |line| line_cells(order, line);
        order.lines.iter().map(cells)
    });
    Sheet::new("order-lines", LINE_COLUMNS, rows.collect())
        .into_answer(&state.cpu, format)
        .await
}
