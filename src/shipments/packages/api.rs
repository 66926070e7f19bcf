//! REST of packages for accounts and partners.

use actix_web::{get, web};

use super::shapes::PackagesView;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{Customer, MayRead};
use crate::ids::ShipmentId;
use crate::state::AppState;

/// Packages of a shipment
///
/// With their SSCC, which stands on their labels, and what lies in each.
#[utoipa::path(tag = "shipments", operation_id = "listShipmentPackages", responses((status = 200, body = PackagesView)))]
#[get("/shipments/{id}/packages")]
pub async fn list_packages(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<ShipmentId>,
) -> Result<web::Json<PackagesView>> {
    let account_id = customer.account_id;
    let read = move |connection: &mut _| super::of_shipment(connection, account_id, id);
    Ok(web::Json(PackagesView::from(&state.db.read(read).await?)))
}
