//! What travels together, on the desk: the choice of orders, and one consignment with its packages until it has arrived.
//!
//! - [`list`]: all of them, and the sites to which several orders are ready

pub mod list;

use actix_web::web::Query;
use actix_web::{HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::Gathering;
use super::api::print_note;
use super::rules::{Asked, AskedOrder, Consignment, ORDERS_MAX, State};
use crate::accounts;
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::{Params, PathId, Upload};
use crate::identity::caller::{Desk, MayMoveGoods, MayReadDesk};
use crate::identity::idempotency;
use crate::ids::{ConsignmentId, OrderId, SiteId};
use crate::orders::rules::Order;
use crate::shipments::held_for_credit;
use crate::shipments::packages;
use crate::shipments::packages::rules::Of;
use crate::shipments::packages::shapes::labels;
use crate::shipments::packages::supplier_pages::{LabelParams, PackagesPart, asked, part};
use crate::shipments::proof::rules::Arrival;
use crate::shipments::proof::shapes::receive;
use crate::shipments::words::state_chip;
use crate::state::AppState;
use crate::web::{Chip, Fields, Form, Shell, Tone, see_other};

const PATH: &str = "/desk/consignments";

/// For which site.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct GatherParams {
    site: String,
}

struct Row {
    id: String,
    number: String,
    po_number: String,
    wanted: String,
    lines: usize,
    waiting: usize,
    is_chosen: bool,
    /// Where its faults are told.
    place: String,
}

#[derive(Template)]
#[template(path = "shipments/templates/desk_gather.html")]
struct GatherPage<'a> {
    shell: &'a Shell,
    site: Gathering,
    rows: Vec<Row>,
    form: Form,
}

/// Orders of the form that are ticked.
fn chosen(form: &Form) -> Vec<String> {
    form.fields().all("order").map(str::to_owned).collect()
}

async fn gathered(state: &AppState, desk: &Desk<MayMoveGoods>, id: SiteId, form: Form) -> Result<HttpResponse> {
    let most = i64::try_from(ORDERS_MAX).map_err(Error::internal)?;
    let read = move |connection: &mut Connection| {
        let site = super::site(connection, id)?;
        let orders = super::ready(connection, &site, most)?;
        Ok((site, orders))
    };
    let (site, orders) = state.db.read(read).await?;
    let shell = &desk.shell;
    if orders.len() < 2 && !form.is_refused() {
        let text = shell.t1("consignment-gather-few", "site", site.site_name.as_str());
        return Ok(see_other(PATH).flash(Tone::Warn, text).into());
    }
    let chosen = chosen(&form);
    let row = |order: &Order| {
        let id = order.id.to_string();
        let place = chosen.iter().position(|chosen| *chosen == id);
        Row {
            is_chosen: !form.is_refused() || place.is_some(),
            place: place.map_or_else(String::new, |place| format!("orders/{place}/order_id")),
            number: order.number.to_string(),
            po_number: order.po_number.clone(),
            wanted: order.requested_on.map(|on| shell.day(on)).unwrap_or_default(),
            lines: order.lines.iter().filter(|line| line.reserved > 0).count(),
            waiting: order.lines.iter().filter(|line| line.backordered > 0).count(),
            id,
        }
    };
    let status = form.status();
    let rows = orders.iter().map(row).collect();
    shell.page_with(
        status,
        &GatherPage {
            shell,
            site,
            rows,
            form,
        },
    )
}

/// Which orders leave together
#[get("/desk/consignments/new")]
pub async fn gather(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    Query(params): Query<GatherParams>,
) -> Result<HttpResponse> {
    match params.site.parse() {
        Ok(id) => gathered(&state, &desk, id, Form::new(&desk.shell)).await,
        Err(_) => Ok(see_other(PATH).into()),
    }
}

/// Ships the chosen orders together
#[post("/desk/consignments")]
pub async fn dispatch(state: web::Data<AppState>, desk: Desk<MayMoveGoods>, fields: Fields) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let site: SiteId = fields.parse("site")?;
    let form = Form::sent(shell, fields);
    let order = |id: String| AskedOrder {
        order_id: id.parse::<OrderId>().ok(),
        lines: None,
    };
    let asked = Asked {
        orders: chosen(&form).into_iter().map(order).collect(),
        carrier: form.filled("carrier"),
        tracking_number: form.filled("tracking_number"),
        packages: Vec::new(),
    };
    let key = form.fields().form_key()?;
    let key = idempotency::Request::new(desk.staff.person_id, "POST /desk/consignments", key, &form.content())?;
    let actor = desk.staff.actor();
    let (ids, by) = (asked.order_ids(), actor.clone());
    let write = move |tx: &mut Connection| super::dispatch(tx, &key, &asked, &actor, now());
    let sent = state.db.write(write).await;
    match held_for_credit(&state.db, sent, ids, &by, now()).await {
        Ok((consignment, _)) => {
            let number = consignment.number.to_string();
            let text = shell.t2(
                "consignment-sent",
                "number",
                number,
                "orders",
                consignment.shipment_count,
            );
            let to = see_other(format!("{PATH}/{}", consignment.id));
            Ok(to.flash(Tone::Ok, text).into())
        }
        Err(error) => gathered(&state, &desk, site, form.refused(shell, error)?).await,
    }
}

/// The shipment of one of the orders.
struct Shipped {
    link: String,
    number: String,
    order_link: String,
    order_number: String,
    po_number: String,
    lines: Vec<String>,
}

#[derive(Template)]
#[template(path = "shipments/templates/desk_consignment.html")]
struct ConsignmentPage<'a> {
    shell: &'a Shell,
    link: String,
    consignment: &'a Consignment,
    chip: Chip,
    account: String,
    shipped: String,
    delivered: Option<String>,
    shipments: Vec<Shipped>,
    /// Path and name.
    proofs: Vec<(String, String)>,
    may_move: bool,
    may_prove: bool,
    form: &'a Form,
    part: PackagesPart<'a>,
}

fn shipped(shell: &Shell, consignment: &Consignment) -> Vec<Shipped> {
    let one = |shipment: &crate::shipments::rules::Shipment| Shipped {
        link: format!("/desk/shipments/{}", shipment.id),
        number: shipment.number.to_string(),
        order_link: format!("/desk/orders/{}", shipment.order_id),
        order_number: shipment.order_number.to_string(),
        po_number: shipment.po_number.clone(),
        lines: shipment
            .lines
            .iter()
            .map(|line| {
                let quantity = shell.quantity(line.quantity.ordered, &line.unit_code);
                format!("{} {}: {quantity}", line.sku, line.name)
            })
            .collect(),
    };
    consignment.shipments.iter().map(one).collect()
}

async fn page<R>(state: &AppState, desk: &Desk<R>, id: ConsignmentId, form: Form) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let consignment = super::get_for_staff(connection, id)?;
        let account = accounts::get(connection, consignment.account_id)?;
        let contents = packages::contents(connection, consignment.load())?;
        let proofs = super::proofs(connection, &consignment)?;
        Ok((consignment, account.name, contents, proofs))
    };
    let (consignment, account, contents, proofs) = state.db.read(read).await?;
    let shell = &desk.shell;
    let link = format!("{PATH}/{id}");
    let may_move = desk.may::<MayMoveGoods>() && consignment.state == State::Shipped;
    let status = form.status();
    let page = ConsignmentPage {
        shell,
        chip: state_chip(shell, consignment.state),
        account,
        shipped: shell.moment(consignment.shipped_at),
        delivered: consignment.delivered_at.map(|at| shell.moment(at)),
        shipments: shipped(shell, &consignment),
        proofs: proofs
            .into_iter()
            .map(|file| (format!("/desk/delivery-proofs/{}", file.id), file.name))
            .collect(),
        may_move,
        may_prove: desk.may::<MayMoveGoods>() && consignment.state == State::Delivered,
        part: part(shell, &link, &contents, may_move, &form),
        form: &form,
        consignment: &consignment,
        link,
    };
    shell.page_with(status, &page)
}

/// One consignment
#[get("/desk/consignments/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<ConsignmentId>,
) -> Result<HttpResponse> {
    page(&state, &desk, id, Form::new(&desk.shell)).await
}

/// Packs something of it
#[post("/desk/consignments/{id}/packages")]
pub async fn pack(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<ConsignmentId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    let Some(asked) = asked(&mut form) else {
        return page(&state, &desk, id, form).await;
    };
    let (key, sent) = (form.fields().form_key()?, (id.to_string(), form.content()));
    let route = "POST /desk/consignments/{id}/packages";
    let key = idempotency::Request::new(desk.staff.person_id, route, key, &sent)?;
    let actor = desk.staff.actor();
    let write = move |tx: &mut Connection| packages::add(tx, &key, Of::Consignment(id), &asked, &actor, now());
    match state.db.write(write).await {
        Ok(_) => {
            let to = see_other(format!("{PATH}/{id}"));
            Ok(to.flash(Tone::Ok, shell.t("package-added")).into())
        }
        Err(error) => page(&state, &desk, id, form.refused(shell, error)?).await,
    }
}

/// Back to the consignment, saying what was done or refused.
fn back<T>(shell: &Shell, id: ConsignmentId, done: Result<T>, key: &str) -> Result<HttpResponse> {
    let to = see_other(format!("{PATH}/{id}"));
    match done {
        Ok(_) => Ok(to.flash(Tone::Ok, shell.t(key)).into()),
        Err(error @ (Error::Invalid(_) | Error::Conflict { .. } | Error::Malformed { .. })) => {
            Ok(to.flash(Tone::Bad, shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}

/// Says who carries it
#[post("/desk/consignments/{id}/carriage")]
pub async fn correct(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<ConsignmentId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, expected) = (desk.staff.actor(), fields.seen());
    let (carrier, number) = (
        fields.get("carrier").to_owned(),
        fields.get("tracking_number").to_owned(),
    );
    let write = move |tx: &mut Connection| {
        let carriage = (Some(carrier.as_str()), Some(number.as_str()));
        super::correct(tx, id, &expected, carriage, &actor, now())
    };
    back(&desk.shell, id, state.db.write(write).await, "packing-corrected")
}

/// All of it arrived
#[post("/desk/consignments/{id}/deliver")]
pub async fn deliver(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<ConsignmentId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let arrival = Arrival {
        received_by: fields.filled("received_by").map(str::to_owned),
        delivered_at: None,
    };
    let write = move |tx: &mut Connection| super::arrive(tx, id, &arrival, &actor, now());
    back(&desk.shell, id, state.db.write(write).await, "consignment-arrived")
}

/// Adds pictures and papers
#[post("/desk/consignments/{id}/proof")]
pub async fn send(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<ConsignmentId>,
    form: Upload,
) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let added = match receive(&state, form).await {
        Ok(files) => {
            let write = move |tx: &mut Connection| super::add_proof(tx, id, &files, &actor, now());
            state.db.write(write).await
        }
        Err(error) => Err(error),
    };
    back(&desk.shell, id, added, "proof-added")
}

/// The delivery note over all of it
#[get("/desk/consignments/{id}/pdf")]
pub async fn print(
    state: web::Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<ConsignmentId>,
) -> Result<HttpResponse> {
    let found = state
        .db
        .read(move |connection| super::get_for_staff(connection, id))
        .await?;
    print_note(&state, found.account_id, id).await
}

/// The labels of all its packages
#[get("/desk/consignments/{id}/labels")]
pub async fn labels_of(
    state: web::Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<ConsignmentId>,
    Params(params): Params<LabelParams>,
) -> Result<HttpResponse> {
    labels(&state, Of::Consignment(id), None, params.format()).await
}
