//! What lies ready to leave, and the shipments of all accounts, the newest first.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;

use crate::accounts;
use crate::clock::{day_in, now};
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::Page;
use crate::identity::caller::{Desk, MayKeepBooks, MayMoveGoods, MayReadDesk};
use crate::ids::{InvoiceId, ShipmentId};
use crate::orders::board::rules::Board;
use crate::orders::{self, board};
use crate::shipments::rules::{Shipment, State};
use crate::shipments::{self, Filter, Sort, view};
use crate::state::AppState;
use crate::views;
use crate::web::components::address;
use crate::web::list::{Cell, List};
use crate::web::{Shell, form_key};

/// Orders that lie ready, before the link to all of them.
const READY: i64 = 10;
const PATH: &str = "/desk/shipments";

/// Which shipments, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Query {
    view: String,
    q: String,
    cursor: String,
}

struct Ready {
    link: String,
    number: String,
    account: String,
    lines: String,
    promise: String,
    is_late: bool,
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

#[derive(Template)]
#[template(path = "shipments/templates/desk_shipments.html")]
struct ShipmentsPage<'a> {
    shell: &'a Shell,
    may_ship: bool,
    ready: Vec<Ready>,
    ready_count: i64,
    tabs: Vec<(String, String, bool)>,
    list: List<'a>,
}

/// The views above the list: name, and what they show.
fn filter(view: &str) -> (&'static str, Filter) {
    match view {
        "on_the_way" => (
            "on_the_way",
            Filter {
                state: Some(State::Shipped),
                ..Filter::default()
            },
        ),
        "to_invoice" => (
            "to_invoice",
            Filter {
                to_invoice: true,
                ..Filter::default()
            },
        ),
        _ => ("", Filter::default()),
    }
}

fn row(desk: &Desk<MayReadDesk>, shipment: &Shipment, has_ticks: bool, back: &str) -> Vec<Cell> {
    let shell = &desk.shell;
    let (link, number) = (format!("{PATH}/{}", shipment.id), shipment.number.to_string());
    let carrier = [shipment.carrier.as_deref(), shipment.tracking_number.as_deref()];
    let carrier: Vec<_> = carrier.into_iter().flatten().collect();
    let mut state = Cell::chip(view::state_chip(shell, shipment.state));
    if desk.may::<MayMoveGoods>() && shipment.state == State::Shipped {
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
        Cell::link(&link, &number),
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

/// Shipments
#[get("/desk/shipments")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    let query = query.into_inner();
    let shell = &desk.shell;
    let (view, mut filter) = filter(&query.view);
    let text = query.q.trim().to_owned();
    filter.text = Some(text.clone()).filter(|text| !text.is_empty());
    let cursor = Some(query.cursor.clone()).filter(|text| !text.is_empty());
    let page = Page::shown(cursor.clone());
    let (after, fetch): (Option<ShipmentId>, _) = (page.after(&filter)?, page.fetch());
    let asked = filter.clone();
    let read = move |connection: &mut _| {
        let today = day_in(accounts::supplier_zone(connection)?, now());
        let to_ship = orders::Filter {
            board: Some((Board::ToShip, today)),
            ..orders::Filter::default()
        };
        let ready = board::list(connection, &to_ship, None, READY)?;
        let counts = board::counts(connection, today)?;
        let found = shipments::list(connection, Scope::All, &asked, Sort::Newest, after, fetch)?;
        Ok((ready, counts, found, today))
    };
    let (ready, counts, found, today) = state.db.read(read).await?;
    let (found, next) = page.cut(&filter, found, |shipment| shipment.id)?;
    let one_ready = |ranked: &board::Ranked| {
        let promise = ranked.cover.outstanding.first;
        Ready {
            link: format!("/desk/orders/{}", ranked.listed.order.id),
            number: ranked.listed.order.number.to_string(),
            account: ranked.listed.account.name.clone(),
            lines: shell.t2(
                "desk-ready-lines",
                "ready",
                ranked.cover.ready,
                "lines",
                ranked.cover.lines,
            ),
            promise: promise.map(|on| shell.day(on)).unwrap_or_default(),
            is_late: promise.is_some_and(|on| on < today),
        }
    };
    let tab = |name: &'static str| {
        let key = if name.is_empty() { "all" } else { name };
        (
            address(PATH, [("view", name), ("q", text.as_str())]),
            shell.name("desk-shipments-view", key),
            name == view,
        )
    };
    let shown = shell.t1("desk-shipments-shown", "count", found.len());
    let has_ticks = view == "to_invoice" && desk.may::<MayKeepBooks>() && !found.is_empty();
    let parameters = [("view", view), ("q", text.as_str()), ("cursor", query.cursor.as_str())];
    let back = address(PATH, parameters);
    let mut list = List::new(shell, PATH)
        .headed("shipments-heading", "desk-shipments-sent")
        .keep("view", view)
        .by_text("q", "desk-filter-shipments", &text);
    if has_ticks {
        let key = form_key();
        list = list
            .tick_column("desk-choose", "desk-choose-all-shipments")
            .under(BillMany { shell, key });
    }
    let list = list
        .column("desk-shipment", "id")
        .column("desk-order", "")
        .column("desk-account", "")
        .column("desk-ship-to", "p3")
        .column("desk-shipped-at", "")
        .column("desk-carrier", "p3")
        .column("desk-state", "")
        .column("desk-invoice", "")
        .rows(found.iter().map(|shipment| row(&desk, shipment, has_ticks, &back)))
        .none("desk-shipments-empty")
        .none_found("desk-shipments-none-found")
        .pages(shown, cursor.as_deref(), next.as_deref())
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    let page = ShipmentsPage {
        shell,
        may_ship: desk.may::<MayMoveGoods>(),
        ready: ready.iter().map(one_ready).collect(),
        ready_count: counts.to_ship,
        tabs: ["", "on_the_way", "to_invoice"].map(tab).to_vec(),
        list,
    };
    shell.page(&page)
}
