//! REST of what shows several features together, for supplier staff.

use actix_web::{get, web};

use crate::error::Result;
use crate::history::api::EventView;
use crate::history::api::timeline::{ListTimeline, read_timeline};
use crate::http::{List, Params, PathId};
use crate::identity::caller::{MayReadDesk, Staff};
use crate::ids::OrderId;
use crate::orders;
use crate::state::AppState;

/// What happened to an order of any account
///
/// To the order, its shipments, its invoices and their payments; the newest first.
#[utoipa::path(tag = "supplier", operation_id = "listSupplierTimeline", params(ListTimeline), responses((status = 200, body = List<EventView>)))]
#[get("/supplier/orders/{id}/timeline")]
pub async fn list_timeline(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<OrderId>,
    Params(params): Params<ListTimeline>,
) -> Result<web::Json<List<EventView>>> {
    let owner = state
        .db
        .read(move |connection| orders::account_of(connection, id))
        .await?;
    Ok(web::Json(read_timeline(&state, owner, id, params).await?))
}
