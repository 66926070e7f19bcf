//! Prices, by REST.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, patch, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::accounts;
use crate::audit::Recorded;
use crate::clock::{now, rfc3339};
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::db::seek::Walk;
use crate::error::{Code, Error, Result};
use crate::http::{Body, ExportOfAccount, IfMatch, Limit, Lines, List, Page, Params, PathId, Since, etag, export};
use crate::identity::caller::{Confirmed, MayReadDesk, MaySetPrices, Staff};
use crate::ids::PriceId;
use crate::names::UnknownName;
use crate::pricing::editing;
use crate::pricing::exporting::{self, PlaceOfAll};
use crate::pricing::inputs::{NewPrice, PriceChange};
use crate::pricing::rules::keeping::KeptPrice;
use crate::pricing::rules::keeping::PriceAction;
use crate::sentences::unknown_price_list;
use crate::state::AppState;

/// Which prices to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListPrices {
    /// Code of the list.
    price_list: String,
    /// Words, numbers or a GTIN of the product.
    q: Option<String>,
    /// Only what was added, changed or removed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    #[param(required = false)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A row of a price list.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupplierPriceView {
    #[schema(example = "prc_0BGK1J3Z00004")]
    id: String,
    /// Code of the list.
    #[schema(example = "C-NORD")]
    price_list: String,
    /// ISO 4217; the list's.
    #[schema(example = "EUR")]
    currency: &'static str,
    sku: String,
    /// The product's name.
    name: String,
    /// The unit the price is kept for.
    #[schema(example = "H87")]
    unit: String,
    /// The quantity from which it holds, in base units.
    #[schema(example = "100")]
    min_quantity: String,
    /// What `price_base` of the unit cost.
    #[schema(example = "2.95")]
    price: String,
    /// 1, 10, 100 or 1000.
    price_base: i32,
    /// First day; null if open.
    #[schema(required)]
    valid_from: Option<NaiveDate>,
    /// Last day; null if open.
    #[schema(required)]
    valid_to: Option<NaiveDate>,
    /// What its break is counted with, where its list counts groups.
    #[schema(required)]
    price_group: Option<String>,
}

impl From<KeptPrice> for SupplierPriceView {
    fn from(price: KeptPrice) -> Self {
        Self {
            id: price.id.to_string(),
            price_list: price.list_code,
            currency: price.currency.code(),
            sku: price.sku,
            name: price.name,
            unit: price.unit,
            min_quantity: price.min_quantity.to_string(),
            price: price.price.to_string(),
            price_base: price.price_base,
            valid_from: price.validity.from,
            valid_to: price.validity.to,
            price_group: price.price_group,
        }
    }
}

/// What was done to a row.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceHistoryView {
    /// RFC 3339, UTC
    at: String,
    /// The person's id, or the program's name.
    by: String,
    action: PriceAction,
    /// The values that changed.
    changes: Vec<ValueChangeView>,
}

/// A value that changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ValueChangeView {
    #[schema(example = "price")]
    field: String,
    #[schema(required, example = "2.95")]
    before: Option<String>,
    #[schema(required, example = "3.10")]
    after: Option<String>,
}

impl TryFrom<Recorded> for PriceHistoryView {
    type Error = UnknownName;

    fn try_from(recorded: Recorded) -> Result<Self, UnknownName> {
        let changes = recorded.changes().into_iter().map(|change| ValueChangeView {
            field: change.name,
            before: change.before,
            after: change.after,
        });
        Ok(Self {
            at: rfc3339(recorded.recorded_at),
            changes: changes.collect(),
            by: recorded.actor,
            action: recorded.action.parse()?,
        })
    }
}

/// Prices of a list
///
/// By product.
#[utoipa::path(tag = "supplier", operation_id = "listPrices", params(ListPrices), responses((status = 200, body = List<SupplierPriceView>)))]
#[get("/supplier/prices")]
pub async fn list_prices(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListPrices>,
) -> Result<Json<List<SupplierPriceView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let filter = ("prices", params.price_list.clone(), params.q.clone());
    let read = move |connection: &mut Connection, walk: Walk<_>, fetch| {
        let list = editing::find_list_by_code(connection, &params.price_list)?.ok_or_else(|| {
            let detail = unknown_price_list(&params.price_list);
            Error::invalid("/price_list", Code::UnknownPriceList, detail)
        })?;
        editing::list_prices(connection, list.id, params.q.as_deref(), walk, fetch)
    };
    let list = (Followed::all("prices"), &filter);
    let id = |price: &KeptPrice| price.id;
    let list = page.list(&state.db, list, read, (editing::place_of, id, SupplierPriceView::from));
    Ok(Json(list.await?))
}

/// One price
#[utoipa::path(tag = "supplier", operation_id = "getPrice", responses(
    (status = 200, body = SupplierPriceView, headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/prices/{id}")]
pub async fn get_price(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<PriceId>,
) -> Result<HttpResponse> {
    let price = state
        .db
        .read(move |connection| editing::get_price(connection, id))
        .await?;
    let tag = etag(editing::price_version(&price));
    Ok(HttpResponse::Ok()
        .insert_header(tag)
        .json(SupplierPriceView::from(price)))
}

/// What was done to a price
///
/// By people, the newest first, at most 200 acts. Also of a price that is gone; imports are not told.
#[utoipa::path(tag = "supplier", operation_id = "listPriceHistory", responses((status = 200, body = Vec<PriceHistoryView>)))]
#[get("/supplier/prices/{id}/history")]
pub async fn list_price_history(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<PriceId>,
) -> Result<Json<Vec<PriceHistoryView>>> {
    let read = move |connection: &mut Connection| {
        let acts = editing::price_history(connection, id)?;
        if acts.is_empty() {
            editing::get_price(connection, id)?;
        }
        Ok(acts)
    };
    let acts = state.db.read(read).await?;
    let views: Result<_, _> = acts.into_iter().map(PriceHistoryView::try_from).collect();
    Ok(Json(views.map_err(Error::internal)?))
}

/// Add a price
///
/// Checked as a row of `prices.csv`. It holds for orders that are placed from now on.
#[utoipa::path(tag = "supplier", operation_id = "createPrice", security(("bearer" = ["prices.keep"])), request_body = NewPrice, responses(
    (status = 201, body = SupplierPriceView, headers(("Location" = String, description = "Path of the price"), ("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[post("/supplier/prices")]
pub async fn create_price(
    state: Data<AppState>,
    staff: Confirmed<Staff<MaySetPrices>>,
    Body(new): Body<NewPrice>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let price = state
        .db
        .write(move |tx| editing::add_price(tx, &actor, new.clone(), now()))
        .await?;
    Ok(HttpResponse::Created()
        .insert_header(("Location", format!("/api/v1/supplier/prices/{}", price.id)))
        .insert_header(etag(editing::price_version(&price)))
        .json(SupplierPriceView::from(price)))
}

/// Change a price
///
/// List, product and unit stay. It holds for orders that are placed from now on.
#[utoipa::path(tag = "supplier", operation_id = "changePrice", security(("bearer" = ["prices.keep"])), request_body = PriceChange,
    params(("If-Match" = String, Header, description = "The ETag of the price")),
    responses((status = 200, body = SupplierPriceView, headers(("ETag" = String, description = "Of the new version")))))]
#[patch("/supplier/prices/{id}")]
pub async fn change_price(
    state: Data<AppState>,
    staff: Confirmed<Staff<MaySetPrices>>,
    PathId(id): PathId<PriceId>,
    IfMatch(expected): IfMatch,
    Body(wanted): Body<PriceChange>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let change = move |tx: &mut _| editing::change_price(tx, &actor, id, &expected, &wanted, now());
    let price = state.db.write(change).await?;
    let tag = etag(editing::price_version(&price));
    Ok(HttpResponse::Ok()
        .insert_header(tag)
        .json(SupplierPriceView::from(price)))
}

/// Remove a price
#[utoipa::path(tag = "supplier", operation_id = "removePrice", security(("bearer" = ["prices.keep"])),
    params(("If-Match" = String, Header, description = "The ETag of the price")),
    responses((status = 204, description = "It holds no more")))]
#[delete("/supplier/prices/{id}")]
pub async fn remove_price(
    state: Data<AppState>,
    staff: Confirmed<Staff<MaySetPrices>>,
    PathId(id): PathId<PriceId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let remove = move |tx: &mut _| editing::remove_price(tx, &actor, id, &expected, now());
    state.db.write(remove).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// All prices
///
/// Of all lists by their codes, or of those kept for one account, then by product, an object a line. Behind every 500 stands a line `{"cursor":"…"}`: whoever was cut off
/// goes on there by `after`. The last line is `{"end":true,…}` with the number of prices.
#[utoipa::path(tag = "supplier", operation_id = "exportSupplierPrices", params(ExportOfAccount), responses(
    (status = 200, body = SupplierPriceView, content_type = "application/x-ndjson", description = "The prices"),
))]
#[get("/supplier/export/prices")]
pub async fn export_prices(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ExportOfAccount>,
) -> Result<HttpResponse> {
    accounts::scope_of(&state.db, params.account.clone()).await?;
    let account = params.account.clone();
    let read = move |connection: &mut Connection, walk: Walk<PlaceOfAll>, limit| {
        let found = exporting::list_all_prices(connection, account.as_deref(), walk, limit)?;
        let view = |(keys, price): (PlaceOfAll, KeptPrice)| (keys, price.id, SupplierPriceView::from(price));
        Ok(found.into_iter().map(view).collect())
    };
    let list = (Followed::all("prices"), &("export-supplier-prices", &params.account));
    export(&state.db, list, &params.since(), Lines::Rows, read).await
}
