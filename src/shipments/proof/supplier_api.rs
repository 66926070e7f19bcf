//! REST of proof of delivery for supplier staff.

use actix_web::{HttpResponse, get, post, web};

use super::shapes::{DeliveryProofForm, receive};
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::{PathId, Pdf, Upload, created};
use crate::identity::caller::{MayMoveGoods, MayReadDesk, Staff};
use crate::ids::{DeliveryProofId, ShipmentId};
use crate::shipments::api::{ShipmentView, told};
use crate::state::AppState;

/// Add pictures or papers that show that a shipment arrived
///
/// JPEG, PNG and PDF: what is in a file counts, not what it is called. At most 10 MB a file, 64 million points a picture, 10 files of
/// a shipment and 32 MB a request. The account sees them.
#[utoipa::path(tag = "supplier", operation_id = "addDeliveryProof", security(("bearer" = ["goods.move"])),
    request_body(content = DeliveryProofForm, content_type = "multipart/form-data"), responses(
    (status = 201, body = ShipmentView),
    (status = 409, description = "It has not arrived, or has too many files", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/shipments/{id}/proof")]
pub async fn add_delivery_proof(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<ShipmentId>,
    form: Upload,
) -> Result<HttpResponse> {
    let files = receive(&state, form).await?;
    let actor = staff.actor();
    let write = move |tx: &mut Connection| {
        let shipment = super::add(tx, id, &files, &actor, now())?;
        told(tx, shipment)
    };
    Ok(created(None, false, state.db.write(write).await?))
}

/// A picture or paper that shows that a shipment of any account arrived
///
/// As it was sent, to be kept: `Content-Disposition` is `attachment`.
#[utoipa::path(tag = "supplier", operation_id = "getSupplierDeliveryProof", responses(
    (status = 200, description = "The file", content((Pdf = "image/jpeg"), (Pdf = "image/png"), (Pdf = "application/pdf"))),
))]
#[get("/supplier/delivery-proofs/{id}")]
pub async fn get_delivery_proof(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<DeliveryProofId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut _| super::get_for_staff(connection, id);
    Ok(state.db.read(read).await?.into())
}
