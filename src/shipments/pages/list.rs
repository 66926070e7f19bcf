//! All deliveries of the account, what is on its way first.

use actix_web::{HttpRequest, HttpResponse, get, web};
use askama::Template;
use askama::filters::HtmlSafe;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::Params;
use crate::identity::caller::{MayRead, Visitor};
use crate::shipments::rules::{Shipment, State};
use crate::shipments::words::{arrival, state_chip};
use crate::shipments::{self, COUNT_MAX, Filter, Sort};
use crate::state::AppState;
use crate::views;
use crate::web::Shell;
use crate::web::components::address;
use crate::web::export::{Column, Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::{Tab, count_text, filled};

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
pub struct ListParams {
    view: String,
    q: String,
    cursor: Option<String>,
}

impl ListParams {
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
            text: filled(&self.q),
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
        link: shipment.tracking_url.clone(),
    };
    vec![
        match shipment.consignment {
            Some((_, together)) => {
                let under = shell.t1("consignment-of", "number", together.to_string());
                Cell::link(format!("{PATH}/{}", shipment.id), shipment.number.to_string()).and_under(under)
            }
            None => Cell::link(format!("{PATH}/{}", shipment.id), shipment.number.to_string()),
        },
        Cell::mono(&shipment.po_number),
        Cell::link(
            format!("/orders/{}", shipment.order_id),
            shipment.order_number.to_string(),
        ),
        Cell::text(shell.day(shipment.shipped_on)),
        Cell::part(followed),
        Cell::text(shipment.line_count.to_string()),
        Cell::chip(state_chip(shell, shipment.state)).and_under(arrival(shell, shipment, promised_on)),
    ]
}

/// My deliveries
#[get("/shipments")]
pub async fn list(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let (shell, account_id) = (&visitor.shell, visitor.customer.account_id);
    let (part, (promises, counted)) = Part::read_with(
        &state.db,
        params.cursor.as_deref(),
        params.filter(),
        |shipment: &Shipment| shipment.id,
        move |connection, (filter, sort), after, limit| {
            let found = shipments::list(connection, Scope::Account(account_id), filter, *sort, after, limit)?;
            let left = found.iter().filter(|shipment| shipment.state == State::Shipped);
            let ids: Vec<_> = left.map(|shipment| shipment.id).collect();
            let promises = shipments::promises(connection, account_id, &ids)?;
            Ok((found, (promises, shipments::count(connection, account_id)?)))
        },
    )
    .await?;
    let tab = |(name, state): (&'static str, Option<State>)| {
        let of_view = counted.iter().filter(|(of, _)| state.is_none_or(|state| state == *of));
        Tab {
            text: shell.name("shipments-view", name),
            count: count_text(shell, of_view.map(|(_, count)| count).sum(), COUNT_MAX),
            path: address(PATH, [("view", name)]),
            is_current: name == params.view().0,
        }
    };
    let list = List::new(shell, PATH)
        .keep("view", params.view().0)
        .by_text("q", "shipments-text", &params.q)
        .column("word-delivery", "id")
        .column("word-po-number", "")
        .column("word-order", "p3")
        .column("word-shipped", "")
        .column("shipments-tracking", "")
        .column("word-lines", "num p3")
        .column("word-state", "")
        .rows(
            part.rows
                .iter()
                .map(|one| row(shell, one, promises.get(&one.id).copied())),
        )
        .none("shipments-none")
        .none_step("/orders", "shipments-to-orders")
        .none_found("shipments-none-found")
        .export()
        .counted("shipments-shown", &part)
        .saved(views::of(&state.db, visitor.customer.person_id, PATH).await?);
    ListPage::new("shipments", list)
        .action("/claims", "claims")
        .tabs(VIEWS.map(tab))
        .answer()
}

/// Columns of a delivery.
pub(in crate::shipments) const SHIPMENT: &[Column<Shipment>] = &[
    ("number", |shipment| Value::text(shipment.number.to_string())),
    ("state", |shipment| Value::text(shipment.state.name())),
    ("order_number", |shipment| {
        Value::text(shipment.order_number.to_string())
    }),
    ("po_number", |shipment| Value::text(&shipment.po_number)),
    ("ship_to", |shipment| Value::text(&shipment.ship_to)),
    ("shipped_at", |shipment| Value::Moment(shipment.shipped_at)),
    ("delivered_at", |shipment| {
        Value::maybe(shipment.delivered_at, Value::Moment)
    }),
    ("carrier", |shipment| {
        Value::maybe(shipment.carrier.as_ref(), Value::text)
    }),
    ("tracking_number", |shipment| {
        Value::maybe(shipment.tracking_number.as_ref(), Value::text)
    }),
    ("tracking_url", |shipment| {
        Value::maybe(shipment.tracking_url.as_ref(), Value::text)
    }),
    ("received_by", |shipment| {
        Value::maybe(shipment.received_by.as_ref(), Value::text)
    }),
    ("line_count", |shipment| Value::number(shipment.line_count)),
    ("invoice_number", |shipment| {
        Value::maybe(shipment.invoice.as_ref(), |(_, number)| Value::text(number))
    }),
];

const FILE: Export<Shipment> = Export {
    name: "shipments",
    columns: &[SHIPMENT],
};

/// The deliveries of the list as a file
#[get("/shipments/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    request: HttpRequest,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let (scope, (filter, sort)) = (Scope::Account(visitor.customer.account_id), params.filter());
    let read = move |connection: &mut _| shipments::list(connection, scope, &filter, sort, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &visitor.shell, &request, rows).await
}
