//! Prices of equal standing at the desk.

use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::Deserialize;

use super::{Equals, Place, Side, list, place_of};
use crate::db::Connection;
use crate::error::Result;
use crate::http::Page;
use crate::identity::caller::{Desk, MayReadDesk};
use crate::pricing::view::kept::typed_price;
use crate::state::AppState;
use crate::web::Shell;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage};

const PATH: &str = "/desk/price-equals";

/// What to show.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PageParams {
    cursor: Option<String>,
}

fn side(shell: &Shell, pair: &Equals, side: &Side) -> Cell {
    let price = typed_price(shell.language, side.price, pair.currency.exponent());
    let price = match side.price_base {
        1 => price,
        base => shell.t2("price-per", "price", price, "base", base),
    };
    Cell::code(format!("/desk/price-lists/{}?q={}", side.list_id, pair.sku), &side.list).and_under(price)
}

fn row(shell: &Shell, pair: &Equals) -> Vec<Cell> {
    vec![
        Cell::text(&pair.sku),
        Cell::text(&pair.unit),
        Cell::text(shell.language.quantity(pair.min_quantity)),
        side(shell, pair, &pair.one),
        side(shell, pair, &pair.other),
        Cell::text(pair.currency.code()),
        Cell::text(pair.holds()),
    ]
}

const FILE: Export<Equals> = Export {
    name: "price-equals",
    columns: &[&[
        ("sku", |pair| Value::text(&pair.sku)),
        ("unit", |pair| Value::text(&pair.unit)),
        ("min_quantity", |pair| Value::number(pair.min_quantity)),
        ("valid_from", |pair| Value::maybe(pair.valid_from, Value::Day)),
        ("kind", |pair| Value::text(pair.kind.name())),
        ("currency", |pair| Value::text(pair.currency.code())),
        ("price_list", |pair| Value::text(&pair.one.list)),
        ("price", |pair| Value::number(pair.one.price)),
        ("price_base", |pair| Value::number(pair.one.price_base)),
        ("other_price_list", |pair| Value::text(&pair.other.list)),
        ("other_price", |pair| Value::number(pair.other.price)),
        ("other_price_base", |pair| Value::number(pair.other.price_base)),
        ("holds", |pair| Value::text(pair.holds())),
    ]],
};

/// Prices of which only the codes of their lists say which holds
#[get("/desk/price-equals")]
pub async fn show_all(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    asked: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let page = Page::shown(asked.cursor.clone());
    let (after, fetch): (Option<Place>, _) = (page.after(&"desk-price-equals")?, page.fetch());
    let read = move |connection: &mut Connection| list(connection, after, fetch);
    let found = state.db.read(read).await?;
    let shell = &desk.shell;
    let (found, next) = page.cut(&"desk-price-equals", found, place_of)?;
    let shown = shell.t1("price-equals-shown", "count", found.len());
    let list = List::new(shell, PATH)
        .column("price-product", "id")
        .column("price-unit", "")
        .column("price-from", "num")
        .column("price-equals-one", "")
        .column("price-equals-other", "")
        .column("plist-currency", "")
        .column("price-equals-holds", "")
        .rows(found.iter().map(|pair| row(shell, pair)))
        .none("price-equals-none")
        .export()
        .pages(shown, asked.cursor.as_deref(), next.as_deref());
    ListPage::new("nav-price-equals", list).answer()
}

/// The same as a file
#[get("/desk/price-equals/export.{format}")]
pub async fn export(state: web::Data<AppState>, desk: Desk<MayReadDesk>, request: HttpRequest) -> Result<HttpResponse> {
    let rows = state.db.read(|connection| list(connection, None, READ_MAX)).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}
