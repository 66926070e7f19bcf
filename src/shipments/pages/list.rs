//! All deliveries of the account, what is on its way first.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::view::{arrival, chip};
use crate::db::Connection;
use crate::error::Result;
use crate::http::{Limit, Page, Params};
use crate::identity::caller::{MayRead, Visitor};
use crate::ids::{OrderId, ShipmentId};
use crate::shipments::rules::{Shipment, State, tracking_url};
use crate::shipments::{self, COUNT_MAX, Search};
use crate::state::AppState;
use crate::web::components::address;
use crate::web::lists::{Tab, count_text};
use crate::web::{Chip, Pager, Shell};

const PATH: &str = "/shipments";
/// The views of the list: name and state. The first one is shown where none is named.
const VIEWS: [(&str, Option<State>); 3] = [
    ("arriving", Some(State::Shipped)),
    ("delivered", Some(State::Delivered)),
    ("all", None),
];

/// Which part of the list somebody asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    view: String,
    q: String,
    cursor: Option<String>,
}

impl Asked {
    fn view(&self) -> (&'static str, Option<State>) {
        let [arriving, ..] = VIEWS;
        VIEWS
            .into_iter()
            .find(|(name, _)| *name == self.view)
            .unwrap_or(arriving)
    }

    fn search(&self) -> Search {
        Search {
            state: self.view().1.map(State::name),
            text: Some(self.q.trim().to_owned()).filter(|text| !text.is_empty()),
        }
    }
}

struct Row {
    id: ShipmentId,
    number: i64,
    order_id: OrderId,
    order_number: i64,
    po_number: String,
    shipped: String,
    arrival: String,
    carrier: String,
    tracking: String,
    link: Option<String>,
    lines: i32,
    chip: Chip,
}

#[derive(Template)]
#[template(path = "shipments/templates/list.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    asked: &'a Asked,
    view: &'static str,
    tabs: Vec<Tab>,
    is_filtered: bool,
    clear: String,
    rows: Vec<Row>,
    pager: Pager,
}

fn row(shell: &Shell, shipment: &Shipment, promised_on: Option<NaiveDate>) -> Row {
    let carrier = shipment.carrier.clone().unwrap_or_default();
    let tracking = shipment.tracking_number.clone().unwrap_or_default();
    Row {
        id: shipment.id,
        number: shipment.number,
        order_id: shipment.order_id,
        order_number: shipment.order_number,
        po_number: shipment.po_number.clone(),
        shipped: shell.day(shipment.shipped_on),
        arrival: arrival(shell, shipment, promised_on),
        link: tracking_url(&carrier, &tracking),
        carrier,
        tracking,
        lines: shipment.line_count,
        chip: chip(shell, shipment.state),
    }
}

/// My deliveries
#[get("/shipments")]
pub async fn list(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    Params(asked): Params<Asked>,
) -> Result<HttpResponse> {
    let (shell, account_id) = (&visitor.shell, visitor.customer.account_id);
    let search = asked.search();
    let page = Page::new(Limit::default(), asked.cursor.clone());
    // A cursor of another filter begins the list anew.
    let after: Option<i64> = page.after(&search).unwrap_or_default();
    let (sought, fetch) = (search.clone(), page.fetch());
    let read = move |connection: &mut Connection| {
        let found = shipments::find(connection, account_id, &sought, after.map(ShipmentId), fetch)?;
        let left = found.iter().filter(|shipment| shipment.state == State::Shipped);
        let ids: Vec<_> = left.map(|shipment| shipment.id).collect();
        let promises = shipments::promises(connection, account_id, &ids)?;
        Ok((found, promises, shipments::count(connection, account_id)?))
    };
    let (found, promises, counted) = state.db.read(read).await?;
    let (found, next) = page.cut(&search, found, |shipment| shipment.id.0)?;
    let tab = |(name, state): (&'static str, Option<State>)| {
        let of_view = counted.iter().filter(|(of, _)| state.is_none_or(|state| state == *of));
        Tab {
            text: shell.name("shipments-view", name),
            count: count_text(shell, of_view.map(|(_, count)| count).sum(), COUNT_MAX),
            path: address(PATH, [("view", name)]),
            is_current: name == asked.view().0,
        }
    };
    let query = [("view", asked.view.as_str()), ("q", asked.q.trim())];
    let told = shell.t1("shipments-shown", "count", found.len());
    let page = ListPage {
        shell,
        view: asked.view().0,
        tabs: VIEWS.into_iter().map(tab).collect(),
        is_filtered: search.text.is_some(),
        clear: address(PATH, [("view", asked.view.as_str())]),
        rows: found
            .iter()
            .map(|shipment| row(shell, shipment, promises.get(&shipment.id).copied()))
            .collect(),
        pager: Pager::new(shell, PATH, &query, asked.cursor.as_deref(), next.as_deref(), told),
        asked: &asked,
    };
    shell.page(&page)
}
