//! Consignments on the desk, and the sites to which several orders are ready.

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::Deserialize;

use super::PATH;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::identity::caller::{Desk, MayMoveGoods, MayReadDesk};
use crate::shipments::consignments::rules::{Consignment, Filter, State};
use crate::shipments::consignments::{self, GATHERINGS_MAX, Gathering, list_gatherings};
use crate::shipments::words::state_chip;
use crate::state::AppState;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};

const VIEWS: [&str; 2] = ["", "on_the_way"];

/// Which of them, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    view: String,
    cursor: Option<String>,
}

impl ListParams {
    fn view(&self) -> &'static str {
        VIEWS.into_iter().find(|view| *view == self.view).unwrap_or_default()
    }

    fn filter(&self) -> Filter {
        Filter {
            state: (self.view() == "on_the_way").then_some(State::Shipped),
            ..Filter::default()
        }
    }
}

const FILE: Export<Consignment> = Export {
    name: "consignments",
    columns: &[&[
        ("id", |one| Value::text(one.id.to_string())),
        ("number", |one| Value::text(one.number.to_string())),
        ("account", |one| Value::text(&one.account)),
        ("ship_to", |one| Value::text(&one.ship_to)),
        ("state", |one| Value::text(one.state.name())),
        ("carrier", |one| Value::maybe(one.carrier.as_ref(), Value::text)),
        ("tracking_number", |one| {
            Value::maybe(one.tracking_number.as_ref(), Value::text)
        }),
        ("tracking_url", |one| {
            Value::maybe(one.tracking_url.as_ref(), Value::text)
        }),
        ("shipment_count", |one| Value::number(one.shipment_count)),
        ("shipped_at", |one| Value::Moment(one.shipped_at)),
        ("delivered_at", |one| Value::maybe(one.delivered_at, Value::Moment)),
        ("received_by", |one| Value::maybe(one.received_by.as_ref(), Value::text)),
    ]],
};

/// Sites to which several orders are ready.
fn gatherings<'a>(desk: &'a Desk<MayReadDesk>, found: &[(Gathering, i64)]) -> List<'a> {
    let shell = &desk.shell;
    let may_ship = desk.may::<MayMoveGoods>();
    let row = |(site, ready): &(Gathering, i64)| {
        let orders = shell.t1("consignments-orders", "count", *ready);
        let link = format!("{PATH}/new?site={}", site.site_id);
        vec![
            Cell::text(&site.account_name).and_under(site.account.clone()),
            Cell::text(&site.site_name).and_under(site.ship_to.clone()),
            match may_ship {
                true => Cell::link(link, orders),
                false => Cell::text(orders),
            },
        ]
    };
    List::section(shell, "gather-heading", shell.t("consignments-gather"))
        .column("word-account", "id")
        .column("desk-ship-to", "")
        .column("consignments-ready", "")
        .rows(found.iter().map(row))
        .none("consignments-gather-none")
}

/// Consignments
#[get("/desk/consignments")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let (part, found) = Part::read_with(
        &state.db,
        params.cursor.as_deref(),
        params.filter(),
        |consignment: &Consignment| consignment.id,
        |connection, filter: &Filter, after, limit| {
            let found = list_gatherings(connection, GATHERINGS_MAX)?;
            Ok((consignments::list(connection, Scope::All, filter, after, limit)?, found))
        },
    )
    .await?;
    let row = |one: &Consignment| {
        let carriage = [one.carrier.as_deref(), one.tracking_number.as_deref()];
        let carriage: Vec<_> = carriage.into_iter().flatten().collect();
        vec![
            Cell::link(format!("{PATH}/{}", one.id), one.number.to_string()),
            Cell::text(&one.account),
            Cell::text(&one.ship_to),
            Cell::text(shell.language.decimal(i64::from(one.shipment_count))),
            Cell::text(shell.moment(one.shipped_at)),
            Cell::text(carriage.join(" · ")),
            Cell::chip(state_chip(shell, one.state)),
        ]
    };
    let rows = List::new(shell, PATH)
        .headed("consignments-heading", "consignments")
        .keep("view", params.view())
        .column("consignment", "id")
        .column("word-account", "")
        .column("desk-ship-to", "")
        .column("consignments-shipments", "num")
        .column("desk-shipped-at", "")
        .column("word-carrier", "p3")
        .column("word-state", "")
        .rows(part.rows.iter().map(row))
        .none("consignments-none")
        .none_found("consignments-none")
        .export()
        .counted("consignments-shown", &part);
    ListPage::new("consignments", rows)
        .below("/desk/shipments", "word-shipments")
        .first(gatherings(&desk, &found))
        .views("consignments-view", &VIEWS)
        .answer()
}

/// The consignments of the list as a file
#[get("/desk/consignments/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let filter = params.filter();
    let read = move |connection: &mut _| consignments::list(connection, Scope::All, &filter, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}
