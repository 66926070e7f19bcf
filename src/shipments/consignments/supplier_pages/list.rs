//! Consignments on the desk, and the sites to which several orders are ready.

use actix_web::web::Query;
use actix_web::{HttpResponse, get, web};
use serde::Deserialize;

use super::PATH;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::identity::caller::{Desk, MayMoveGoods, MayReadDesk};
use crate::shipments::consignments::rules::{Consignment, Filter, State};
use crate::shipments::consignments::{self, GATHERINGS_MAX, Gathering, list_gatherings};
use crate::shipments::words::state_chip;
use crate::state::AppState;
use crate::web::list::{Cell, List, ListPage, Part};

const VIEWS: [&str; 2] = ["", "on_the_way"];

/// Which of them, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    view: String,
    cursor: Option<String>,
}

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
    let view = VIEWS.into_iter().find(|view| *view == params.view).unwrap_or_default();
    let filter = Filter {
        state: (view == "on_the_way").then_some(State::Shipped),
        ..Filter::default()
    };
    let (part, found) = Part::read_with(
        &state.db,
        params.cursor.as_deref(),
        filter,
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
        .keep("view", view)
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
        .counted("consignments-shown", &part);
    ListPage::new("consignments", rows)
        .below("/desk/shipments", "word-shipments")
        .first(gatherings(&desk, &found))
        .views("consignments-view", &VIEWS)
        .answer()
}
