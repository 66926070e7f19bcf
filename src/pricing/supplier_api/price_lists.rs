//! Price lists, by REST.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, patch, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::renamed;
use crate::accounts::rules::Tier;
use crate::clock::now;
use crate::db::changes::Followed;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::http::{Body, IfMatch, Limit, List, Page, Params, PathId, Since, etag};
use crate::identity::caller::{Confirmed, MayReadDesk, MaySetPrices, Staff};
use crate::ids::PriceListId;
use crate::pricing::editing::{self, ListFilter};
use crate::pricing::inputs::{ListChange, NewList};
use crate::pricing::rules::keeping::KeptList;
use crate::pricing::rules::{Level, Method, Scale};
use crate::state::AppState;

/// Which price lists to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListPriceLists {
    /// Part of the code, the name or the account's name.
    q: Option<String>,
    /// Only this kind.
    kind: Option<Level>,
    /// Only those kept for the account with this code.
    account: Option<String>,
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

/// A price list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriceListView {
    #[schema(example = "lst_0BGK1J3Z00004")]
    id: String,
    /// The key by which prices name it.
    #[schema(example = "C-NORD")]
    code: String,
    name: String,
    /// ISO 4217; what its prices are in.
    #[schema(example = "EUR")]
    currency: &'static str,
    kind: Level,
    /// Code of the account; null for lists of a tier or of everybody.
    #[schema(required)]
    account: Option<String>,
    /// For lists of a tier; null for all others.
    #[schema(required)]
    tier: Option<Tier>,
    /// Lower goes first among lists of the same kind.
    rank: i32,
    /// First day; null if open.
    #[schema(required)]
    valid_from: Option<NaiveDate>,
    /// Last day; null if open.
    #[schema(required)]
    valid_to: Option<NaiveDate>,
    /// Code of its contract: it applies only while that is in force.
    #[schema(required)]
    contract: Option<String>,
    /// Code of the account's site whose orders it is for; null for all.
    #[schema(required)]
    site: Option<String>,
    /// By what its breaks are reached.
    scale: Scale,
    /// What its breaks are for.
    method: Method,
    /// How many rows it has.
    prices: i64,
}

impl From<KeptList> for PriceListView {
    fn from(list: KeptList) -> Self {
        Self {
            id: list.id.to_string(),
            code: list.code,
            name: list.name,
            currency: list.currency.code(),
            kind: list.kind,
            account: list.owner.map(|owner| owner.code),
            tier: list.tier,
            rank: list.rank,
            valid_from: list.validity.from,
            valid_to: list.validity.to,
            contract: list.contract,
            site: list.site,
            scale: list.scale,
            method: list.method,
            prices: list.prices,
        }
    }
}

/// Price lists
///
/// By code, whoever they are for.
#[utoipa::path(tag = "supplier", operation_id = "listPriceLists", params(ListPriceLists), responses((status = 200, body = List<PriceListView>)))]
#[get("/supplier/price-lists")]
pub async fn list_price_lists(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListPriceLists>,
) -> Result<Json<List<PriceListView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let filter = ListFilter {
        text: params.q,
        kind: params.kind.map(|kind| kind.name().to_owned()),
        account: params.account,
    };
    let asked = filter.clone();
    let read =
        move |connection: &mut _, walk: Walk<String>, fetch| editing::list_lists(connection, &asked, walk, fetch);
    let code = |list: &KeptList| list.code.clone();
    let list = (Followed::all("price_lists"), &filter);
    Ok(Json(
        page.list(
            &state.db,
            list,
            read,
            (code, |list: &KeptList| list.id, PriceListView::from),
        )
        .await?,
    ))
}

/// One price list
#[utoipa::path(tag = "supplier", operation_id = "getPriceList", responses(
    (status = 200, body = PriceListView, headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/price-lists/{id}")]
pub async fn get_price_list(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<PriceListId>,
) -> Result<HttpResponse> {
    let list = state
        .db
        .read(move |connection| editing::get_list(connection, id))
        .await?;
    let tag = etag(editing::list_version(&list));
    Ok(HttpResponse::Ok().insert_header(tag).json(PriceListView::from(list)))
}

/// Make a price list
///
/// Checked as a row of `price_lists.csv`.
#[utoipa::path(tag = "supplier", operation_id = "createPriceList", security(("bearer" = ["prices.keep"])), request_body = NewList, responses(
    (status = 201, body = PriceListView, headers(("Location" = String, description = "Path of the list"), ("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[post("/supplier/price-lists")]
pub async fn create_price_list(
    state: Data<AppState>,
    staff: Confirmed<Staff<MaySetPrices>>,
    Body(new): Body<NewList>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let made = state
        .db
        .write(move |tx| editing::add_list(tx, &actor, &new, now()))
        .await;
    let list = made.map_err(|error| renamed(error, "price_list", "code"))?;
    Ok(HttpResponse::Created()
        .insert_header(("Location", format!("/api/v1/supplier/price-lists/{}", list.id)))
        .insert_header(etag(editing::list_version(&list)))
        .json(PriceListView::from(list)))
}

/// Change a price list
///
/// Its code stays. Prices of orders that were placed stay as they are.
#[utoipa::path(tag = "supplier", operation_id = "changePriceList", security(("bearer" = ["prices.keep"])), request_body = ListChange,
    params(("If-Match" = String, Header, description = "The ETag of the list")),
    responses((status = 200, body = PriceListView, headers(("ETag" = String, description = "Of the new version")))))]
#[patch("/supplier/price-lists/{id}")]
pub async fn change_price_list(
    state: Data<AppState>,
    staff: Confirmed<Staff<MaySetPrices>>,
    PathId(id): PathId<PriceListId>,
    IfMatch(expected): IfMatch,
    Body(wanted): Body<ListChange>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let change = move |tx: &mut _| editing::change_list(tx, &actor, id, &expected, &wanted, now());
    let list = state.db.write(change).await?;
    let tag = etag(editing::list_version(&list));
    Ok(HttpResponse::Ok().insert_header(tag).json(PriceListView::from(list)))
}
