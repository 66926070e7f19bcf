//! REST of what shows several features together, for accounts and partners.

use actix_web::{get, web};
use serde::Deserialize;

use crate::error::Result;
use crate::events::Happened;
use crate::history::api::EventView;
use crate::http::{Limit, List, Page, Params, PathId};
use crate::identity::caller::{Customer, MayRead};
use crate::ids::{AccountId, EventId, OrderId};
use crate::state::AppState;

/// Which part of a timeline.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListTimeline {
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Reads a page of an order's timeline.
pub(in crate::history) async fn read_timeline(
    state: &AppState,
    account_id: AccountId,
    order_id: OrderId,
    params: ListTimeline,
) -> Result<List<EventView>> {
    let page = Page::new(params.limit, params.cursor);
    let before: Option<i64> = page.after(&order_id)?;
    let fetch = page.fetch();
    let events = state
        .db
        .read(move |connection| crate::history::timeline(connection, account_id, order_id, before.map(EventId), fetch))
        .await?;
    List::of(&page, &order_id, events, |event: &Happened| event.id.0, EventView::from)
}

/// What happened to an order
///
/// To the order, its shipments, its invoices and their payments; the newest first.
#[utoipa::path(tag = "orders", operation_id = "listTimeline", params(ListTimeline), responses((status = 200, body = List<EventView>)))]
#[get("/orders/{id}/timeline")]
pub async fn list_timeline(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<OrderId>,
    Params(params): Params<ListTimeline>,
) -> Result<web::Json<List<EventView>>> {
    Ok(web::Json(read_timeline(&state, customer.account_id, id, params).await?))
}
