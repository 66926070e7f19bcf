//! One shipment: what is in it, whether it arrived, its invoice, its paper.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use crate::accounts;
use crate::clock::now;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayKeepBooks, MayMoveGoods, MayReadDesk};
use crate::ids::{InvoiceId, ShipmentId};
use crate::quantity::Quantity;
use crate::shipments::proof::{self, rules::Arrival};
use crate::shipments::rules::{ShipmentLine, State};
use crate::shipments::{self, documents, words};
use crate::state::AppState;
use crate::web::redirect::own_path;
use crate::web::{Banner, Chip, Fields, Shell, Tone, form_key, see_other};

struct Line {
    number: i32,
    article: String,
    name: String,
    under: String,
    quantity: String,
    base: Option<String>,
}

#[derive(Template)]
#[template(path = "shipments/templates/desk_shipment.html")]
struct ShipmentPage<'a> {
    shell: &'a Shell,
    link: String,
    number: String,
    state: Chip,
    account: String,
    account_link: String,
    order_link: String,
    order_number: String,
    po_number: String,
    ship_to: String,
    /// Path and number of what it travels with.
    consignment: Option<(String, String)>,
    shipped: String,
    delivered: Option<String>,
    carrier: String,
    tracking: String,
    invoice: Option<(String, String)>,
    lines: Vec<Line>,
    link_out: Option<String>,
    received_by: Option<String>,
    /// Path and name.
    proofs: Vec<(String, String)>,
    may_prove: bool,
    version: i64,
    may_deliver: bool,
    may_bill: bool,
    /// What the invoice could not show.
    warning: Option<Banner>,
    form_key: String,
}

fn line(shell: &Shell, line: &ShipmentLine) -> Line {
    let number = line.customer_part_number.clone();
    Line {
        number: line.position,
        article: line.sku.clone(),
        name: line.name.clone(),
        under: number
            .map(|number| shell.t1("desk-their-number", "number", number))
            .unwrap_or_default(),
        quantity: shell.quantity(line.quantity.ordered, &line.unit_code),
        base: (line.unit != line.base_unit).then(|| {
            shell.quantity(
                Quantity::new(line.quantity.base_steps, line.base_decimals),
                &line.base_unit,
            )
        }),
    }
}

/// One shipment
#[get("/desk/shipments/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<ShipmentId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut _| {
        let shipment = shipments::get_for_staff(connection, id)?;
        let account = accounts::get(connection, shipment.account_id)?;
        let note = documents::note_so_far(connection, shipment.account_id, id)?;
        let proofs = proof::of(connection, &shipment)?;
        Ok((shipment, account, note, proofs))
    };
    let (shipment, account, note, proofs) = state.db.read(read).await?;
    let shell = &desk.shell;
    let may_bill = desk.may::<MayKeepBooks>() && shipment.invoice.is_none();
    let warning = note
        .filter(|_| may_bill)
        .and_then(|note| documents::warning(&state.press, &note));
    let page = ShipmentPage {
        shell,
        link: format!("/desk/shipments/{id}"),
        number: shipment.number.to_string(),
        state: words::state_chip(shell, shipment.state),
        account: account.name,
        account_link: format!("/desk/accounts/{}", account.id),
        order_link: format!("/desk/orders/{}", shipment.order_id),
        order_number: shipment.order_number.to_string(),
        po_number: shipment.po_number.clone(),
        ship_to: shipment.ship_to.clone(),
        consignment: shipment
            .consignment
            .map(|(id, number)| (format!("/desk/consignments/{id}"), number.to_string())),
        shipped: shell.moment(shipment.shipped_at),
        delivered: shipment.delivered_at.map(|at| shell.moment(at)),
        carrier: shipment.carrier.clone().unwrap_or_default(),
        tracking: shipment.tracking_number.clone().unwrap_or_default(),
        lines: shipment.lines.iter().map(|one| line(shell, one)).collect(),
        link_out: shipment.tracking_url.clone(),
        received_by: shipment.received_by.clone(),
        proofs: proofs
            .into_iter()
            .map(|file| (format!("/desk/delivery-proofs/{}", file.id), file.name))
            .collect(),
        may_prove: desk.may::<MayMoveGoods>() && shipment.state == State::Delivered,
        version: shipment.version,
        may_deliver: desk.may::<MayMoveGoods>() && shipment.state == State::Shipped && shipment.consignment.is_none(),
        warning: warning.map(|warning| Banner::new(Tone::Warn, shell.say(&warning))),
        may_bill,
        invoice: shipment
            .invoice
            .map(|(id, number)| (format!("/desk/invoices/{}", InvoiceId(id)), number)),
        form_key: form_key(),
    };
    shell.page(&page)
}

/// A shipment arrived
#[post("/desk/shipments/{id}/deliver")]
pub async fn deliver(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<ShipmentId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let arrival = Arrival {
        received_by: fields.filled("received_by").map(str::to_owned),
        delivered_at: None,
    };
    let delivered = state
        .db
        .write(move |tx| proof::arrive(tx, id, &arrival, &actor, now()))
        .await;
    let shell = &desk.shell;
    let own = own_path(fields.get("back")).filter(|path| path.starts_with("/desk/"));
    let to = see_other(own.map_or_else(|| format!("/desk/shipments/{id}"), str::to_owned));
    match delivered {
        Ok(shipment) => {
            let text = shell.t1("desk-delivered", "number", shipment.number.to_string());
            Ok(to.flash(Tone::Ok, text).into())
        }
        Err(error @ (Error::Conflict { .. } | Error::Invalid(_))) => {
            Ok(to.flash(Tone::Warn, shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}

/// The delivery note on paper
#[get("/desk/shipments/{id}/pdf")]
pub async fn print(
    state: web::Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<ShipmentId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut _| {
        let account_id = shipments::account_of(connection, id)?;
        documents::note(connection, account_id, id)
    };
    Ok(state.print(read).await?.into())
}
