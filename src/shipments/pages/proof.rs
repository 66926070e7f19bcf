//! What shows that a delivery arrived, to be kept.

use actix_web::{HttpResponse, get, web};

use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{MayRead, Visitor};
use crate::ids::DeliveryProofId;
use crate::shipments::proof;
use crate::state::AppState;

/// A picture or paper
#[get("/delivery-proofs/{id}")]
pub async fn take(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<DeliveryProofId>,
) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut _| proof::get(connection, account_id, id);
    Ok(state.db.read(read).await?.into())
}
