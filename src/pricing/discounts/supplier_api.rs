//! Discounts, by REST.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, HttpResponseBuilder, delete, get, post, put};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{DiscountInput, KeptDiscount, NewDiscount};
use crate::clock::now;
use crate::db::changes::Followed;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::http::{Body, IfMatch, Limit, List, Page, Params, PathId, Since, etag};
use crate::identity::caller::{Confirmed, MayReadDesk, MaySetPrices, Staff};
use crate::ids::DiscountId;
use crate::names::sets::OrderClass;
use crate::pricing::rules::discounts::{DiscountKind, DiscountMode};
use crate::state::AppState;

/// Which discounts to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListDiscounts {
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

/// Discounts
///
/// The oldest first; they are taken off in the order of their positions.
#[utoipa::path(tag = "supplier", operation_id = "listDiscounts", params(ListDiscounts), responses((status = 200, body = List<DiscountView>)))]
#[get("/supplier/discounts")]
pub async fn list_discounts(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListDiscounts>,
) -> Result<Json<List<DiscountView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let filter = ("discounts", params.account.clone());
    let account = params.account;
    let read = move |connection: &mut _, walk: Walk<DiscountId>, fetch| {
        super::list(connection, account.as_deref(), walk, fetch)
    };
    let id = |discount: &KeptDiscount| discount.id;
    let list = (Followed::all("discounts"), &filter);
    let page = page.list(&state.db, list, read, (id, id, DiscountView::from));
    Ok(Json(page.await?))
}

/// A discount as the supplier keeps it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiscountView {
    #[schema(example = "dsc_0BGK1J3Z00004")]
    id: String,
    /// The supplier's own key.
    #[schema(example = "AUTUMN")]
    discount: String,
    name: String,
    /// Lower goes first, of equals the one whose code sorts first.
    position: i32,
    kind: DiscountKind,
    /// Percents, or an amount for each base unit.
    #[schema(example = "2.5")]
    value: String,
    mode: DiscountMode,
    /// Code of the account that gets it; null: everybody.
    #[schema(required)]
    account: Option<String>,
    /// Only articles of exactly this category.
    #[schema(required)]
    category: Option<String>,
    /// Only orders of this class.
    #[schema(required)]
    order_class: Option<OrderClass>,
    /// Of an amount, ISO 4217.
    #[schema(required)]
    currency: Option<String>,
    /// First day; null if open.
    #[schema(required)]
    valid_from: Option<NaiveDate>,
    /// Last day; null if open.
    #[schema(required)]
    valid_to: Option<NaiveDate>,
}

impl From<KeptDiscount> for DiscountView {
    fn from(kept: KeptDiscount) -> Self {
        Self {
            id: kept.id.to_string(),
            value: kept.value_text(),
            discount: kept.code,
            name: kept.name,
            position: kept.position,
            kind: kept.kind,
            mode: kept.mode,
            account: kept.account.map(|(_, code)| code),
            category: kept.category,
            order_class: kept.order_class,
            currency: kept.currency,
            valid_from: kept.validity.from,
            valid_to: kept.validity.to,
        }
    }
}

fn answer(mut answer: HttpResponseBuilder, discount: KeptDiscount) -> HttpResponse {
    let tag = etag(super::version(&discount));
    answer.insert_header(tag).json(DiscountView::from(discount))
}

/// Add a discount
///
/// It holds for what is ordered from now on.
#[utoipa::path(tag = "supplier", operation_id = "addDiscount", security(("bearer" = ["prices.keep"])), request_body = NewDiscount, responses(
    (status = 201, body = DiscountView, headers(("Location" = String, description = "Path of the discount"), ("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[post("/supplier/discounts")]
pub async fn add_discount(
    state: Data<AppState>,
    staff: Confirmed<Staff<MaySetPrices>>,
    Body(new): Body<NewDiscount>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let add = move |tx: &mut _| super::add(tx, &new, &actor, now());
    let discount = state.db.write(add).await?;
    let mut created = HttpResponse::Created();
    created.insert_header(("Location", format!("/api/v1/supplier/discounts/{}", discount.id)));
    Ok(answer(created, discount))
}

/// One discount
#[utoipa::path(tag = "supplier", operation_id = "getDiscount", responses(
    (status = 200, body = DiscountView, headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/discounts/{id}")]
pub async fn get_discount(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<DiscountId>,
) -> Result<HttpResponse> {
    let discount = state.db.read(move |connection| super::get(connection, id)).await?;
    Ok(answer(HttpResponse::Ok(), discount))
}

/// Change a discount
///
/// All of it but its code. What is ordered keeps what was taken off.
#[utoipa::path(tag = "supplier", operation_id = "putDiscount", security(("bearer" = ["prices.keep"])), request_body = DiscountInput,
    params(("If-Match" = String, Header, description = "The ETag of the discount")),
    responses((status = 200, body = DiscountView, headers(("ETag" = String, description = "Of the new version")))))]
#[put("/supplier/discounts/{id}")]
pub async fn put_discount(
    state: Data<AppState>,
    staff: Confirmed<Staff<MaySetPrices>>,
    PathId(id): PathId<DiscountId>,
    IfMatch(expected): IfMatch,
    Body(input): Body<DiscountInput>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let change = move |tx: &mut _| super::change(tx, id, &expected, &input, &actor, now());
    Ok(answer(HttpResponse::Ok(), state.db.write(change).await?))
}

/// Take a discount away
///
/// What is ordered keeps what was taken off.
#[utoipa::path(tag = "supplier", operation_id = "removeDiscount", security(("bearer" = ["prices.keep"])),
    params(("If-Match" = String, Header, description = "The ETag of the discount")),
    responses((status = 204, description = "It is given no more")))]
#[delete("/supplier/discounts/{id}")]
pub async fn remove_discount(
    state: Data<AppState>,
    staff: Confirmed<Staff<MaySetPrices>>,
    PathId(id): PathId<DiscountId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let remove = move |tx: &mut _| super::remove(tx, id, &expected, &actor, now());
    state.db.write(remove).await?;
    Ok(HttpResponse::NoContent().finish())
}
