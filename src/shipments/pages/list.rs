//! All deliveries of the account, what is on its way first.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use askama::filters::HtmlSafe;
use chrono::NaiveDate;
use serde::Deserialize;

use super::view::{arrival, chip};
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::{Page, Params};
use crate::identity::caller::{MayRead, Visitor};
use crate::ids::ShipmentId;
use crate::shipments::rules::{Shipment, State, tracking_url};
use crate::shipments::{self, COUNT_MAX, Filter, Sort};
use crate::state::AppState;
use crate::views;
use crate::web::Shell;
use crate::web::components::address;
use crate::web::list::{Cell, List, ListPage};
use crate::web::lists::{Tab, count_text};

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

    /// What is sought: what is on its way in the order in which it left, all else the newest first.
    fn filter(&self) -> (Filter, Sort) {
        let (_, state) = self.view();
        let filter = Filter {
            state,
            text: Some(self.q.trim().to_owned()).filter(|text| !text.is_empty()),
            ..Filter::default()
        };
        let sort = match state {
            Some(State::Shipped) => Sort::Oldest,
            _ => Sort::Newest,
        };
        (filter, sort)
    }
}

/// What the carrier calls it, with a link to where it tells how far it is.
#[derive(Template)]
#[template(
    source = r#"{{ carrier }} {% if let Some(link) = link %}<a class="mono" href="{{ link }}" rel="noreferrer external">{{ tracking }}</a>{% else %}<span class="mono">{{ tracking }}</span>{% endif %}"#,
    ext = "html"
)]
struct Tracking<'a> {
    carrier: &'a str,
    tracking: &'a str,
    link: Option<String>,
}

impl HtmlSafe for Tracking<'_> {}

fn row(shell: &Shell, shipment: &Shipment, promised_on: Option<NaiveDate>) -> Vec<Cell> {
    let carrier = shipment.carrier.as_deref().unwrap_or_default();
    let tracking = shipment.tracking_number.as_deref().unwrap_or_default();
    let followed = Tracking {
        carrier,
        tracking,
        link: tracking_url(carrier, tracking),
    };
    vec![
        Cell::link(format!("{PATH}/{}", shipment.id), shipment.number.to_string()),
        Cell::mono(&shipment.po_number),
        Cell::link(
            format!("/orders/{}", shipment.order_id),
            shipment.order_number.to_string(),
        ),
        Cell::text(shell.day(shipment.shipped_on)),
        Cell::part(followed),
        Cell::text(shipment.line_count.to_string()),
        Cell::chip(chip(shell, shipment.state)).and_under(arrival(shell, shipment, promised_on)),
    ]
}

/// My deliveries
#[get("/shipments")]
pub async fn list(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    Params(asked): Params<Asked>,
) -> Result<HttpResponse> {
    let (shell, account_id) = (&visitor.shell, visitor.customer.account_id);
    let (filter, sort) = asked.filter();
    let page = Page::shown(asked.cursor.clone());
    // A cursor of another filter begins the list anew.
    let after: Option<ShipmentId> = page.after(&(&filter, sort)).unwrap_or_default();
    let (sought, fetch, scope) = (filter.clone(), page.fetch(), Scope::Account(account_id));
    let read = move |connection: &mut Connection| {
        let found = shipments::list(connection, scope, &sought, sort, after, fetch)?;
        let left = found.iter().filter(|shipment| shipment.state == State::Shipped);
        let ids: Vec<_> = left.map(|shipment| shipment.id).collect();
        let promises = shipments::promises(connection, account_id, &ids)?;
        Ok((found, promises, shipments::count(connection, account_id)?))
    };
    let (found, promises, counted) = state.db.read(read).await?;
    let (found, next) = page.cut(&(&filter, sort), found, |shipment| shipment.id)?;
    let tab = |(name, state): (&'static str, Option<State>)| {
        let of_view = counted.iter().filter(|(of, _)| state.is_none_or(|state| state == *of));
        Tab {
            text: shell.name("shipments-view", name),
            count: count_text(shell, of_view.map(|(_, count)| count).sum(), COUNT_MAX),
            path: address(PATH, [("view", name)]),
            is_current: name == asked.view().0,
        }
    };
    let told = shell.t1("shipments-shown", "count", found.len());
    let list = List::new(shell, PATH)
        .keep("view", asked.view().0)
        .by_text("q", "shipments-text", &asked.q)
        .column("shipments-number", "id")
        .column("preview-po", "")
        .column("orders-number", "p3")
        .column("shipments-shipped", "")
        .column("shipments-tracking", "")
        .column("draft-lines", "num p3")
        .column("orders-state", "")
        .rows(found.iter().map(|one| row(shell, one, promises.get(&one.id).copied())))
        .none("shipments-none")
        .none_step("/orders", "shipments-to-orders")
        .none_found("shipments-none-found")
        .pages(told, asked.cursor.as_deref(), next.as_deref())
        .saved(views::of(&state.db, visitor.customer.person_id, PATH).await?);
    ListPage::new("shipments", list).tabs(VIEWS.map(tab)).answer()
}
