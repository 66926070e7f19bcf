//! Costs and margin floors by REST, for the people who may see them.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, post, put};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::rules::{Action, Cost, Floor, Floors};
use super::{FloorInput, NewCost};
use crate::clock::now;
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::http::{Body, Limit, List, Page, Params, PathId, Since, filled};
use crate::identity::caller::{Confirmed, MaySeeCosts, MaySetPrices, Staff};
use crate::ids::ProductCostId;
use crate::state::AppState;

/// Which to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListCosts {
    /// Only of this product.
    sku: Option<String>,
    /// Only what was added, changed or removed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// What a product costs the supplier from a day on.
#[derive(Debug, Serialize, ToSchema)]
pub struct CostView {
    #[schema(example = "cst_0BGK1J3Z00004")]
    id: String,
    sku: String,
    /// The product's name.
    name: String,
    /// Of one base unit.
    #[schema(example = "1.85")]
    cost: String,
    /// ISO 4217.
    #[schema(example = "EUR")]
    currency: &'static str,
    /// First day; null: always.
    #[schema(required)]
    valid_from: Option<NaiveDate>,
}

impl From<Cost> for CostView {
    fn from(cost: Cost) -> Self {
        Self {
            id: cost.id.to_string(),
            sku: cost.sku,
            name: cost.name,
            cost: cost.cost.to_string(),
            currency: cost.currency.code(),
            valid_from: cost.valid_from,
        }
    }
}

/// What products cost
///
/// The oldest first. For the people who may see costs; accounts are never told.
#[utoipa::path(tag = "supplier", operation_id = "listCosts", security(("bearer" = ["costs.read"])), params(ListCosts), responses((status = 200, body = List<CostView>)))]
#[get("/supplier/costs")]
pub async fn list_costs(
    state: Data<AppState>,
    _staff: Staff<MaySeeCosts>,
    Params(params): Params<ListCosts>,
) -> Result<Json<List<CostView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let sku = filled(params.sku);
    let filter = ("costs", sku.clone());
    let read = move |connection: &mut Connection, walk: Walk<ProductCostId>, fetch| {
        super::list(connection, sku.as_deref(), walk, fetch)
    };
    let id = |cost: &Cost| cost.id;
    let list = (Followed::all("product_costs"), &filter);
    let page = page.list(&state.db, list, read, (id, id, CostView::from));
    Ok(Json(page.await?))
}

/// Keep what a product costs
///
/// From its first day on, instead of what was kept from the same day. The rules are those of `costs.csv`.
#[utoipa::path(tag = "supplier", operation_id = "keepCost", security(("bearer" = ["prices.keep"])), request_body = NewCost, responses((status = 200, body = CostView)))]
#[post("/supplier/costs")]
pub async fn keep_cost(
    state: Data<AppState>,
    staff: Confirmed<Staff<MaySetPrices>>,
    Body(new): Body<NewCost>,
) -> Result<Json<CostView>> {
    let actor = staff.actor();
    let keep = move |tx: &mut Connection| super::keep(tx, &new, &actor, now());
    Ok(Json(state.db.write(keep).await?.into()))
}

/// Forget a cost
#[utoipa::path(tag = "supplier", operation_id = "removeCost", security(("bearer" = ["prices.keep"])), responses((status = 204, description = "It is forgotten")))]
#[delete("/supplier/costs/{id}")]
pub async fn remove_cost(
    state: Data<AppState>,
    staff: Confirmed<Staff<MaySetPrices>>,
    PathId(id): PathId<ProductCostId>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let remove = move |tx: &mut Connection| super::remove(tx, id, &actor, now());
    state.db.write(remove).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// How little may be earned of products of a category, or of all.
#[derive(Debug, Serialize, ToSchema)]
pub struct MarginFloorView {
    /// Null: of all without a floor of their own.
    #[schema(required)]
    category: Option<String>,
    /// Of the price without tax.
    #[schema(example = "12.5")]
    percent: String,
    action: Action,
}

impl From<Floor> for MarginFloorView {
    fn from(floor: Floor) -> Self {
        Self {
            percent: floor.percent(),
            category: floor.category,
            action: floor.action,
        }
    }
}

/// All margin floors.
#[derive(Debug, Serialize, ToSchema)]
pub struct MarginFloorsView {
    floors: Vec<MarginFloorView>,
}

impl From<Floors> for MarginFloorsView {
    fn from(floors: Floors) -> Self {
        Self {
            floors: floors.0.into_iter().map(MarginFloorView::from).collect(),
        }
    }
}

/// The margin floors
///
/// Of everything first, then by category.
#[utoipa::path(tag = "supplier", operation_id = "getMarginFloors", security(("bearer" = ["costs.read"])), responses((status = 200, body = MarginFloorsView)))]
#[get("/supplier/margin-floors")]
pub async fn get_margin_floors(state: Data<AppState>, _staff: Staff<MaySeeCosts>) -> Result<Json<MarginFloorsView>> {
    Ok(Json(state.db.read(super::floors).await?.into()))
}

/// Which margin floors there are.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutMarginFloors {
    /// At most 500.
    #[schema(max_items = 500)]
    floors: Vec<FloorInput>,
}

/// Set the margin floors
///
/// These and no others.
#[utoipa::path(tag = "supplier", operation_id = "putMarginFloors", security(("bearer" = ["prices.keep"])), request_body = PutMarginFloors, responses((status = 200, body = MarginFloorsView)))]
#[put("/supplier/margin-floors")]
pub async fn put_margin_floors(
    state: Data<AppState>,
    staff: Confirmed<Staff<MaySetPrices>>,
    Body(body): Body<PutMarginFloors>,
) -> Result<Json<MarginFloorsView>> {
    let actor = staff.actor();
    let set = move |tx: &mut Connection| super::set_floors(tx, &body.floors, &actor, now());
    Ok(Json(state.db.write(set).await?.into()))
}
