//! Order minimums, by REST.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, HttpResponseBuilder, delete, get, post, put};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{KeptMinimum, MinimumInput, NewMinimum};
use crate::clock::now;
use crate::db::changes::Followed;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::http::{Body, IfMatch, Limit, List, Page, Params, PathId, Since, etag};
use crate::identity::caller::{Confirmed, MayReadDesk, MaySetPrices, Staff};
use crate::ids::OrderMinimumId;
use crate::state::AppState;

/// Which order minimums to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListOrderMinimums {
    /// Code of an account: only its own.
    account: Option<String>,
    /// Only what was added, changed or removed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// What orders of accounts must come to
///
/// The oldest first. An order below it is refused.
#[utoipa::path(tag = "supplier", operation_id = "listOrderMinimums", params(ListOrderMinimums), responses((status = 200, body = List<OrderMinimumView>)))]
#[get("/supplier/order-minimums")]
pub async fn list_order_minimums(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListOrderMinimums>,
) -> Result<Json<List<OrderMinimumView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let filter = ("order_minimums", params.account.clone());
    let account = params.account;
    let read = move |connection: &mut _, walk: Walk<OrderMinimumId>, fetch| {
        super::list(connection, account.as_deref(), walk, fetch)
    };
    let id = |kept: &KeptMinimum| kept.id;
    let list = (Followed::all("order_minimums"), &filter);
    let page = page.list(&state.db, list, read, (id, id, OrderMinimumView::from));
    Ok(Json(page.await?))
}

/// What orders of an account must come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderMinimumView {
    #[schema(example = "omn_0BGK1J3Z00004")]
    id: String,
    /// Code of the account.
    #[schema(example = "NORDWIND")]
    account: String,
    /// Without tax.
    #[schema(example = "250.00")]
    minimum: String,
    /// ISO 4217
    currency: &'static str,
}

impl From<KeptMinimum> for OrderMinimumView {
    fn from(kept: KeptMinimum) -> Self {
        Self {
            id: kept.id.to_string(),
            account: kept.account,
            minimum: kept.minimum.to_string(),
            currency: kept.minimum.currency.code(),
        }
    }
}

fn answer(mut answer: HttpResponseBuilder, minimum: KeptMinimum) -> HttpResponse {
    let tag = etag(super::version(&minimum));
    answer.insert_header(tag).json(OrderMinimumView::from(minimum))
}

/// Set what orders of an account must come to
///
/// Without tax; it holds for what is ordered from now on.
#[utoipa::path(tag = "supplier", operation_id = "addOrderMinimum", security(("bearer" = ["prices.keep"])), request_body = NewMinimum, responses(
    (status = 201, body = OrderMinimumView, headers(("Location" = String, description = "Path of the minimum"), ("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[post("/supplier/order-minimums")]
pub async fn add_order_minimum(
    state: Data<AppState>,
    staff: Confirmed<Staff<MaySetPrices>>,
    Body(new): Body<NewMinimum>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let add = move |tx: &mut _| super::add(tx, &new, &actor, now());
    let minimum = state.db.write(add).await?;
    let mut created = HttpResponse::Created();
    created.insert_header(("Location", format!("/api/v1/supplier/order-minimums/{}", minimum.id)));
    Ok(answer(created, minimum))
}

/// One order minimum
#[utoipa::path(tag = "supplier", operation_id = "getOrderMinimum", responses(
    (status = 200, body = OrderMinimumView, headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/order-minimums/{id}")]
pub async fn get_order_minimum(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<OrderMinimumId>,
) -> Result<HttpResponse> {
    let minimum = state.db.read(move |connection| super::get(connection, id)).await?;
    Ok(answer(HttpResponse::Ok(), minimum))
}

/// Change what orders of an account must come to
#[utoipa::path(tag = "supplier", operation_id = "putOrderMinimum", security(("bearer" = ["prices.keep"])), request_body = MinimumInput,
    params(("If-Match" = String, Header, description = "The ETag of the minimum")),
    responses((status = 200, body = OrderMinimumView, headers(("ETag" = String, description = "Of the new version")))))]
#[put("/supplier/order-minimums/{id}")]
pub async fn put_order_minimum(
    state: Data<AppState>,
    staff: Confirmed<Staff<MaySetPrices>>,
    PathId(id): PathId<OrderMinimumId>,
    IfMatch(expected): IfMatch,
    Body(input): Body<MinimumInput>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let change = move |tx: &mut _| super::change(tx, id, &expected, &input, &actor, now());
    Ok(answer(HttpResponse::Ok(), state.db.write(change).await?))
}

/// Take an order minimum away
///
/// Orders of the account may come to anything.
#[utoipa::path(tag = "supplier", operation_id = "removeOrderMinimum", security(("bearer" = ["prices.keep"])),
    params(("If-Match" = String, Header, description = "The ETag of the minimum")),
    responses((status = 204, description = "There is none any more")))]
#[delete("/supplier/order-minimums/{id}")]
pub async fn remove_order_minimum(
    state: Data<AppState>,
    staff: Confirmed<Staff<MaySetPrices>>,
    PathId(id): PathId<OrderMinimumId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let remove = move |tx: &mut _| super::remove(tx, id, &expected, &actor, now());
    state.db.write(remove).await?;
    Ok(HttpResponse::NoContent().finish())
}
