//! Deliveries in the browser.

use actix_web::{HttpResponse, get, web};

use super::api::print_note;
use crate::accounts::caller::{MayRead, Visitor};
use crate::app::AppState;
use crate::error::Result;
use crate::http::PathId;
use crate::ids::ShipmentId;

/// The delivery note
#[get("/shipments/{id}/note.pdf")]
pub async fn print(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<ShipmentId>,
) -> Result<HttpResponse> {
    print_note(&state, visitor.customer.account_id, id).await
}
