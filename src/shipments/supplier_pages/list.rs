//! What lies ready to leave, and the shipments of all accounts, the newest first.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use serde::Deserialize;

use crate::accounts;
use crate::clock::{day_in, now};
use crate::error::Result;
use crate::http::cursor;
use crate::identity::caller::{Desk, MayKeepBooks, MayMoveGoods, MayReadDesk};
use crate::ids::{InvoiceId, ShipmentId};
use crate::orders::rules::board::Board;
use crate::orders::{self, board};
use crate::shipments::rules::{Shipment, State};
use crate::shipments::{self, Filter, view};
use crate::state::AppState;
use crate::web::components::address;
use crate::web::{Chip, Pager, Shell, form_key};

/// Shipments on a page.
const ROWS: usize = 50;
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

struct Row {
    id: String,
    link: String,
    number: String,
    order_link: String,
    order_number: String,
    account: String,
    ship_to: String,
    shipped: String,
    carrier: String,
    state: Chip,
    invoice: Option<(String, String)>,
    may_deliver: bool,
    /// Key of the form that invoices it, for those who may.
    bill: Option<String>,
}

#[derive(Template)]
#[template(path = "shipments/templates/desk_shipments.html")]
struct ShipmentsPage<'a> {
    shell: &'a Shell,
    may_ship: bool,
    ready: Vec<Ready>,
    ready_count: i64,
    tabs: Vec<(String, String, bool)>,
    back: String,
    /// Key of the form that invoices what is ticked, where all of the list may be.
    many: Option<String>,
    view: &'static str,
    text: String,
    /// The view without a filter.
    clear: String,
    rows: Vec<Row>,
    pager: Pager,
}

/// The views above the list: name, and what they show.
fn filter(view: &str) -> (&'static str, Filter) {
    match view {
        "on_the_way" => (
            "on_the_way",
            Filter {
                state: Some(State::Shipped.name().to_owned()),
                ..Filter::default()
            },
        ),
        "to_invoice" => (
            "to_invoice",
            Filter {
                uninvoiced: true,
                ..Filter::default()
            },
        ),
        _ => ("", Filter::default()),
    }
}

fn row(desk: &Desk<MayReadDesk>, shipment: &Shipment) -> Row {
    let shell = &desk.shell;
    let carrier = [shipment.carrier.as_deref(), shipment.tracking_number.as_deref()];
    let invoice = shipment.invoice.as_ref();
    Row {
        id: shipment.id.to_string(),
        link: format!("{PATH}/{}", shipment.id),
        number: shipment.number.to_string(),
        order_link: format!("/desk/orders/{}", shipment.order_id),
        order_number: shipment.order_number.to_string(),
        account: shipment.account.clone(),
        ship_to: shipment.ship_to.clone(),
        shipped: shell.moment(shipment.shipped_at),
        carrier: carrier.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        state: view::state_chip(shell, shipment.state),
        may_deliver: desk.may::<MayMoveGoods>() && shipment.state == State::Shipped,
        bill: (invoice.is_none() && desk.may::<MayKeepBooks>()).then(form_key),
        invoice: invoice.map(|(id, number)| (format!("/desk/invoices/{}", InvoiceId(*id)), number.clone())),
    }
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
    let shown_from = Some(query.cursor.as_str()).filter(|text| !text.is_empty());
    let after: Option<i64> = match shown_from {
        Some(text) => Some(cursor::decode(&filter, text)?),
        None => None,
    };
    let (asked, limit) = (filter.clone(), i64::try_from(ROWS).unwrap_or(i64::MAX) + 1);
    let read = move |connection: &mut _| {
        let today = day_in(accounts::supplier_zone(connection)?, now());
        let to_ship = orders::Filter {
            board: Some((Board::ToShip, today)),
            ..orders::Filter::default()
        };
        let ready = board::list(connection, &to_ship, None, READY)?;
        let counts = board::counts(connection, today)?;
        let found = shipments::list_for_staff(connection, &asked, after.map(ShipmentId), limit)?;
        Ok((ready, counts, found, today))
    };
    let (ready, counts, mut found, today) = state.db.read(read).await?;
    let more = found.len() > ROWS;
    found.truncate(ROWS);
    let next = match found.last() {
        Some(last) if more => Some(cursor::encode(&filter, &last.id.0)?),
        _ => None,
    };
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
    let page = ShipmentsPage {
        shell,
        may_ship: desk.may::<MayMoveGoods>(),
        ready: ready.iter().map(one_ready).collect(),
        ready_count: counts.to_ship,
        many: (view == "to_invoice" && desk.may::<MayKeepBooks>()).then(form_key),
        back: address(
            PATH,
            [("view", view), ("q", text.as_str()), ("cursor", query.cursor.as_str())],
        ),
        tabs: ["", "on_the_way", "to_invoice"].map(tab).to_vec(),
        rows: found.iter().map(|shipment| row(&desk, shipment)).collect(),
        pager: Pager::new(
            shell,
            PATH,
            &[("view", view), ("q", text.as_str())],
            shown_from,
            next.as_deref(),
            shown,
        ),
        clear: address(PATH, [("view", view)]),
        view,
        text: text.clone(),
    };
    shell.page(&page)
}
