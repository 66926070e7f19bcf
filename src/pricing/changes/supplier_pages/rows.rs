//! The rows of a price change, page by page, and as a file that can be pasted again.

use actix_web::{HttpRequest, HttpResponse, get, web};

use super::{ListParams, PATH};
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::http::{Params, PathId};
use crate::identity::caller::{Desk, MayReadDesk};
use crate::ids::{PriceChangeId, PriceChangeRowId};
use crate::money::UnitPrice;
use crate::pricing::changes::{self, Row};
use crate::pricing::view::price_text;
use crate::state::AppState;
use crate::web::Shell;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};

fn row(shell: &Shell, row: &Row) -> Vec<Cell> {
    let price = |price, base| price_text(shell.language, price, base, &row.unit, row.currency);
    let was = row.was_micros.zip(row.was_base);
    let least = shell.quantity(row.min_quantity, &row.base_unit);
    vec![
        Cell::text(&row.sku).and_under(&row.name),
        Cell::mono(&row.list_code),
        Cell::text(least),
        Cell::text(was.map_or_else(String::new, |(micros, base)| price(UnitPrice { micros }, base))),
        Cell::text(price(row.price, row.price_base)),
        Cell::text(
            row.outcome
                .map(|outcome| shell.name("price-change-outcome", outcome.name()))
                .unwrap_or_default(),
        ),
    ]
}

/// The rows of a price change
#[get("/desk/price-changes/{id}/rows")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<PriceChangeId>,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let filter = ("price-change-rows", id.to_string());
    let read = move |connection: &mut Connection, _: &(&str, String), after: Option<PriceChangeRowId>, limit| {
        let change = changes::get(connection, id)?;
        Ok((changes::list_rows(connection, id, after, limit)?, change))
    };
    let keys = |row: &Row| row.id;
    let (part, change) = Part::read_with(&state.db, params.cursor.as_deref(), filter, keys, read).await?;
    let list = List::new(shell, format!("{PATH}/{id}/rows"))
        .column("price-product", "id")
        .column("price-change-list", "")
        .column("price-from", "num")
        .column("price-change-was", "num")
        .column("price-change-becomes", "num")
        .column("price-change-outcome", "")
        .rows(part.rows.iter().map(|one| row(shell, one)))
        .none("price-change-rows-none")
        .export()
        .counted("price-change-rows-shown", &part);
    ListPage::called(shell.t1("price-change-rows-of", "title", change.title.as_str()), list)
        .action(&format!("{PATH}/{id}"), "price-change-back")
        .answer()
}

const FILE: Export<Row> = Export {
    name: "price-change-rows",
    columns: &[&[
        ("price_list", |row| Value::text(&row.list_code)),
        ("sku", |row| Value::text(&row.sku)),
        ("unit", |row| Value::text(&row.unit)),
        ("min_quantity", |row| Value::number(row.min_quantity)),
        ("price", |row| Value::number(row.price)),
        ("price_base", |row| Value::number(row.price_base)),
        ("was_price", |row| {
            Value::maybe(row.was_micros, |micros| Value::number(UnitPrice { micros }))
        }),
        ("was_price_base", |row| Value::maybe(row.was_base, Value::number)),
        ("currency", |row| Value::text(row.currency.code())),
        ("outcome", |row| {
            Value::maybe(row.outcome, |outcome| Value::text(outcome.name()))
        }),
    ]],
};

/// The rows of a price change as a file
#[get("/desk/price-changes/{id}/rows/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<PriceChangeId>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        changes::get(connection, id)?;
        changes::list_rows(connection, id, Walk::First, READ_MAX)
    };
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}
