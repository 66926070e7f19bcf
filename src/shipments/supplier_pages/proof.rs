//! What shows that a shipment arrived, and what is corrected of it before, on the desk.

use actix_web::{HttpResponse, get, post, web};

use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::{PathId, Upload};
use crate::identity::caller::{Desk, MayMoveGoods, MayReadDesk};
use crate::ids::{DeliveryProofId, ShipmentId};
use crate::shipments::proof::shapes::receive;
use crate::shipments::{self, proof};
use crate::state::AppState;
use crate::web::{Fields, Shell, Tone, see_other};

/// Back to the shipment, saying what was refused.
fn back<T>(shell: &Shell, id: ShipmentId, done: Result<T>, key: &str) -> Result<HttpResponse> {
    let to = see_other(format!("/desk/shipments/{id}"));
    match done {
        Ok(_) => Ok(to.flash(Tone::Ok, shell.t(key)).into()),
        Err(error @ (Error::Invalid(_) | Error::Conflict { .. } | Error::Malformed { .. })) => {
            Ok(to.flash(Tone::Bad, shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}

/// Adds pictures and papers
#[post("/desk/shipments/{id}/proof")]
pub async fn send(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<ShipmentId>,
    form: Upload,
) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let added = match receive(&state, form).await {
        Ok(files) => {
            let write = move |tx: &mut Connection| proof::add(tx, id, &files, &actor, now());
            state.db.write(write).await
        }
        Err(error) => Err(error),
    };
    back(&desk.shell, id, added, "proof-added")
}

/// Says who carries it
#[post("/desk/shipments/{id}/carriage")]
pub async fn correct(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<ShipmentId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, expected) = (desk.staff.actor(), fields.seen());
    let (carrier, number) = (
        fields.get("carrier").to_owned(),
        fields.get("tracking_number").to_owned(),
    );
    let write = move |tx: &mut Connection| {
        let carriage = (Some(carrier.as_str()), Some(number.as_str()));
        shipments::correct(tx, id, &expected, carriage, &actor, now())
    };
    let corrected = state.db.write(write).await;
    back(&desk.shell, id, corrected, "packing-corrected")
}

/// A picture or paper
#[get("/desk/delivery-proofs/{id}")]
pub async fn take(
    state: web::Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<DeliveryProofId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut _| proof::get_for_staff(connection, id);
    Ok(state.db.read(read).await?.into())
}
