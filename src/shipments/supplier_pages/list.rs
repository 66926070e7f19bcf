//! What lies ready to leave, and the shipments of all accounts, the newest first.

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, get, web};
use askama::Template;
use askama::filters::HtmlSafe;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::accounts;
use crate::clock::{day_in, now};
use crate::db::seek::Scope;
use crate::error::Result;
use crate::identity::caller::{Desk, MayKeepBooks, MayMoveGoods, MayReadDesk};
use crate::ids::{InvoiceId, OrderId};
use crate::orders::board::rules::Board;
use crate::orders::{self, board};
use crate::shipments::pages::list::SHIPMENT;
use crate::shipments::rules::{Shipment, State};
use crate::shipments::{self, Filter, Sort, words};
use crate::state::AppState;
use crate::views;
use crate::web::components::address;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;
use crate::web::{Shell, form_key};

/// Orders that lie ready, before the link to all of them.
const READY: i64 = 10;
const PATH: &str = "/desk/shipments";
const VIEWS: [&str; 3] = ["", "on_the_way", "to_invoice"];

/// Which shipments, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    view: String,
    q: String,
    cursor: Option<String>,
}

impl ListParams {
    fn view(&self) -> &'static str {
        VIEWS.into_iter().find(|view| *view == self.view).unwrap_or_default()
    }

    fn filter(&self) -> Filter {
        Filter {
            state: (self.view() == "on_the_way").then_some(State::Shipped),
            to_invoice: self.view() == "to_invoice",
            text: filled(&self.q),
            ..Filter::default()
        }
    }
}

/// What may be done with a shipment that is on its way.
#[derive(Template)]
#[template(
    source = r#"<form method="post" action="{{ link }}/deliver"><input type="hidden" name="back" value="{{ back }}"><button class="linklike" type="submit" aria-label="{{ shell.t1("desk-deliver-label", "number", number.as_str()) }}">{{ shell.t("desk-deliver") }}</button></form>"#,
    ext = "html"
)]
struct Deliver<'a> {
    shell: &'a Shell,
    link: &'a str,
    number: String,
    back: &'a str,
}

impl HtmlSafe for Deliver<'_> {}

/// What may be done with one that is not invoiced; `key` is the form's.
#[derive(Template)]
#[template(
    source = r#"<form method="post" action="{{ link }}/invoice"><input type="hidden" name="form_key" value="{{ key }}"><button class="button small nowrap" type="submit" aria-label="{{ shell.t1("desk-issue-label", "number", number.as_str()) }}">{{ shell.t("desk-issue") }}</button></form>"#,
    ext = "html"
)]
struct Bill<'a> {
    shell: &'a Shell,
    link: &'a str,
    number: String,
    key: String,
}

impl HtmlSafe for Bill<'_> {}

/// What may be done with all that are ticked.
#[derive(Template)]
#[template(
    source = r#"<form class="bar" id="many" method="post" action="/desk/shipments/invoices"><input type="hidden" name="form_key" value="{{ key }}"><div class="actions"><button class="button primary" type="submit">{{ shell.t("desk-issue-chosen") }}</button></div></form>"#,
    ext = "html"
)]
struct BillMany<'a> {
    shell: &'a Shell,
    key: String,
}

impl HtmlSafe for BillMany<'_> {}

/// The way to what ships an order.
#[derive(Template)]
#[template(
    source = r#"<a class="button small" href="/desk/orders/{{ id }}/ship" aria-label="{{ shell.t1("desk-ship-title", "number", number.as_str()) }}">{{ shell.t("word-ship") }}</a>"#,
    ext = "html"
)]
struct Ship<'a> {
    shell: &'a Shell,
    id: OrderId,
    number: String,
}

impl HtmlSafe for Ship<'_> {}

/// What lies ready to leave: the first of it.
fn ready<'a>(desk: &'a Desk<MayReadDesk>, ready: &[board::Ranked], count: i64, today: NaiveDate) -> List<'a> {
    let shell = &desk.shell;
    let may_ship = desk.may::<MayMoveGoods>();
    let row = |ranked: &board::Ranked| {
        let (listed, cover) = (&ranked.listed, &ranked.cover);
        let (id, number) = (listed.order.id, listed.order.number.to_string());
        let promise = cover.outstanding.first;
        let lines = shell.t2("desk-ready-lines", "ready", cover.ready, "lines", cover.lines);
        let mut cells = vec![
            Cell::link(format!("/desk/orders/{id}"), &number),
            Cell::text(&listed.account.name),
            Cell::text(promise.map(|on| shell.day(on)).unwrap_or_default()).late(promise.is_some_and(|on| on < today)),
            Cell::text(lines),
        ];
        if may_ship {
            cells.push(Cell::part(Ship { shell, id, number }));
        }
        cells
    };
    let mut list = List::section(shell, "ready-heading", shell.t1("desk-ready", "count", count))
        .column("word-order", "id")
        .column("word-account", "")
        .column("word-promise", "")
        .column("desk-ready-what", "")
        .rows(ready.iter().map(row))
        .none("desk-ready-none");
    if may_ship {
        list = list.hidden_column("word-ship", "plain");
    }
    match ready.is_empty() {
        true => list,
        false => list.all("/desk/queue?view=to_ship", "desk-ready-all"),
    }
}

fn row(desk: &Desk<MayReadDesk>, shipment: &Shipment, has_ticks: bool, back: &str) -> Vec<Cell> {
    let shell = &desk.shell;
    let (link, number) = (format!("{PATH}/{}", shipment.id), shipment.number.to_string());
    let carrier = [shipment.carrier.as_deref(), shipment.tracking_number.as_deref()];
    let carrier: Vec<_> = carrier.into_iter().flatten().collect();
    let mut state = Cell::chip(words::state_chip(shell, shipment.state));
    if desk.may::<MayMoveGoods>() && shipment.state == State::Shipped && shipment.consignment.is_none() {
        let (link, number) = (link.as_str(), number.clone());
        state = state.and_part(Deliver {
            shell,
            link,
            number,
            back,
        });
    }
    let invoice = match &shipment.invoice {
        Some((id, number)) => Cell::link(format!("/desk/invoices/{}", InvoiceId(*id)), number),
        None if desk.may::<MayKeepBooks>() => Cell::part(Bill {
            shell,
            link: &link,
            number: number.clone(),
            key: form_key(),
        }),
        None => Cell::text(shell.t("desk-not-invoiced")),
    };
    let tick = has_ticks.then(|| {
        let label = shell.t1("desk-choose-shipment", "number", number.as_str());
        Cell::tick("many", "shipment", shipment.id.to_string(), label)
    });
    let cells = [
        match shipment.consignment {
            Some((_, together)) => {
                let under = shell.t1("consignment-of", "number", together.to_string());
                Cell::link(&link, &number).and_under(under)
            }
            None => Cell::link(&link, &number),
        },
        Cell::link(
            format!("/desk/orders/{}", shipment.order_id),
            shipment.order_number.to_string(),
        ),
        Cell::text(&shipment.account),
        Cell::text(&shipment.ship_to),
        Cell::text(shell.moment(shipment.shipped_at)),
        Cell::text(carrier.join(" · ")),
        state,
        invoice,
    ];
    tick.into_iter().chain(cells).collect()
}

const FILE: Export<Shipment> = Export {
    name: "shipments",
    columns: &[&[("account", |shipment| Value::text(&shipment.account))], SHIPMENT],
};

/// Shipments
#[get("/desk/shipments")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let (shell, view) = (&desk.shell, params.view());
    let (part, (first, counts, today)) = Part::read_with(
        &state.db,
        params.cursor.as_deref(),
        params.filter(),
        |shipment: &Shipment| shipment.id,
        |connection, filter, after, limit| {
            let today = day_in(accounts::supplier_zone(connection)?, now());
            let to_ship = orders::Filter {
                board: Some((Board::ToShip, today)),
                ..orders::Filter::default()
            };
            let first = board::list(connection, &to_ship, None, READY)?;
            let counts = board::counts(connection, today)?;
            let found = shipments::list(connection, Scope::All, filter, Sort::Newest, after, limit)?;
            Ok((found, (first, counts, today)))
        },
    )
    .await?;
    let has_ticks = view == "to_invoice" && desk.may::<MayKeepBooks>() && !part.rows.is_empty();
    let cursor = params.cursor.as_deref().unwrap_or_default();
    let back = address(PATH, [("view", view), ("q", params.q.trim()), ("cursor", cursor)]);
    let mut list = List::new(shell, PATH)
        .headed("shipments-heading", "word-shipments")
        .keep("view", view)
        .by_text("q", "desk-filter-shipments", &params.q);
    if has_ticks {
        let key = form_key();
        list = list
            .tick_column("desk-choose", "desk-choose-all-shipments")
            .under(BillMany { shell, key });
    }
    let list = list
        .column("desk-shipment", "id")
        .column("word-order", "")
        .column("word-account", "")
        .column("desk-ship-to", "p3")
        .column("desk-shipped-at", "")
        .column("word-carrier", "p3")
        .column("word-state", "")
        .column("word-invoice", "")
        .rows(part.rows.iter().map(|shipment| row(&desk, shipment, has_ticks, &back)))
        .none("desk-shipments-empty")
        .none_found("desk-shipments-none-found")
        .export()
        .counted("desk-shipments-shown", &part)
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    ListPage::new("word-shipments", list)
        .action("/desk/pick-list", "pick-list")
        .action("/desk/packings", "packings")
        .action("/desk/consignments", "consignments")
        .action("/desk/carriers", "carriers")
        .first(ready(&desk, &first, counts.to_ship, today))
        .views("desk-shipments-view", &VIEWS)
        .answer()
}

/// The shipments of the list as a file
#[get("/desk/shipments/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let filter = params.filter();
    let (scope, sort) = (Scope::All, Sort::Newest);
    let read = move |connection: &mut _| shipments::list(connection, scope, &filter, sort, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}
