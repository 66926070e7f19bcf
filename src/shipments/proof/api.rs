//! REST of proof of delivery for accounts and partners.

use actix_web::{HttpResponse, get, web};

use crate::error::Result;
use crate::http::{PathId, Pdf};
use crate::identity::caller::{Customer, MayRead};
use crate::ids::DeliveryProofId;
use crate::state::AppState;

/// A picture or paper that shows that a shipment arrived
///
/// As it was sent, to be kept: `Content-Disposition` is `attachment`.
#[utoipa::path(tag = "shipments", operation_id = "getDeliveryProof", responses(
    (status = 200, description = "The file", content((Pdf = "image/jpeg"), (Pdf = "image/png"), (Pdf = "application/pdf"))),
))]
#[get("/delivery-proofs/{id}")]
pub async fn get_delivery_proof(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<DeliveryProofId>,
) -> Result<HttpResponse> {
    let account_id = customer.account_id;
    let read = move |connection: &mut _| super::get(connection, account_id, id);
    Ok(state.db.read(read).await?.into())
}
