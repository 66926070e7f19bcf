//! Early access, as staff keep it by REST.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, HttpResponseBuilder, delete, get, post, put};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::rules::EarlyAccess;
use super::{EarlyAccessInput, NewEarlyAccess};
use crate::accounts::rules::Tier;
use crate::clock::now;
use crate::db::changes::Followed;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::http::{Body, IfMatch, Limit, List, Page, Params, PathId, Since, etag};
use crate::identity::caller::{MayKeepCatalogue, MayReadDesk, Staff};
use crate::ids::EarlyAccessId;
use crate::state::AppState;

/// Which rows to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListEarlyAccess {
    /// Code of an account: only rows that name it.
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

/// From when somebody may order something.
#[derive(Debug, Serialize, ToSchema)]
pub struct EarlyAccessView {
    #[schema(example = "eac_0BGK1J3Z00004")]
    id: String,
    /// The article it is about.
    #[schema(required, example = "22633")]
    sku: Option<String>,
    /// The category it is about.
    #[schema(required)]
    category: Option<String>,
    /// The tier it is for.
    #[schema(required)]
    tier: Option<Tier>,
    /// Code of the account it is for; without tier and account it is for everybody.
    #[schema(required)]
    account: Option<String>,
    /// The first day it may be ordered, in the supplier's time zone.
    from: NaiveDate,
}

impl From<EarlyAccess> for EarlyAccessView {
    fn from(early: EarlyAccess) -> Self {
        Self {
            id: early.id.to_string(),
            sku: early.sku().map(str::to_owned),
            category: early.category().map(str::to_owned),
            tier: early.tier(),
            account: early.account().map(str::to_owned),
            from: early.from,
        }
    }
}

/// Early access
///
/// The oldest first. What any row is about is seen by whom a row names, and by all where one names everybody; of several that apply
/// the earliest day counts.
#[utoipa::path(tag = "supplier", operation_id = "listEarlyAccess", params(ListEarlyAccess), responses((status = 200, body = List<EarlyAccessView>)))]
#[get("/supplier/early-access")]
pub async fn list_early_access(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListEarlyAccess>,
) -> Result<Json<List<EarlyAccessView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let filter = ("early-access", params.account.clone());
    let account = params.account;
    let read = move |connection: &mut _, walk: Walk<EarlyAccessId>, fetch| {
        super::list(connection, account.as_deref(), walk, fetch)
    };
    let id = |early: &EarlyAccess| early.id;
    let list = (Followed::all("early_access"), &filter);
    let page = page.list(&state.db, list, read, (id, id, EarlyAccessView::from));
    Ok(Json(page.await?))
}

fn answer(mut answer: HttpResponseBuilder, early: EarlyAccess) -> HttpResponse {
    let tag = etag(super::version(&early));
    answer.insert_header(tag).json(EarlyAccessView::from(early))
}

/// Give early access
#[utoipa::path(tag = "supplier", operation_id = "addEarlyAccess", security(("bearer" = ["catalogue.keep"])), request_body = NewEarlyAccess, responses(
    (status = 201, body = EarlyAccessView, headers(("Location" = String, description = "Path of the row"), ("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[post("/supplier/early-access")]
pub async fn add_early_access(
    state: Data<AppState>,
    staff: Staff<MayKeepCatalogue>,
    Body(new): Body<NewEarlyAccess>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let add = move |tx: &mut _| super::add(tx, &new, &actor, now());
    let early = state.db.write(add).await?;
    let mut created = HttpResponse::Created();
    created.insert_header(("Location", format!("/api/v1/supplier/early-access/{}", early.id)));
    Ok(answer(created, early))
}

/// One row of early access
#[utoipa::path(tag = "supplier", operation_id = "getEarlyAccess", responses(
    (status = 200, body = EarlyAccessView, headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/early-access/{id}")]
pub async fn get_early_access(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<EarlyAccessId>,
) -> Result<HttpResponse> {
    let early = state.db.read(move |connection| super::get(connection, id)).await?;
    Ok(answer(HttpResponse::Ok(), early))
}

/// Change the day of early access
#[utoipa::path(tag = "supplier", operation_id = "putEarlyAccess", security(("bearer" = ["catalogue.keep"])), request_body = EarlyAccessInput,
    params(("If-Match" = String, Header, description = "The ETag of the row")),
    responses((status = 200, body = EarlyAccessView, headers(("ETag" = String, description = "Of the new version")))))]
#[put("/supplier/early-access/{id}")]
pub async fn put_early_access(
    state: Data<AppState>,
    staff: Staff<MayKeepCatalogue>,
    PathId(id): PathId<EarlyAccessId>,
    IfMatch(expected): IfMatch,
    Body(input): Body<EarlyAccessInput>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let change = move |tx: &mut _| super::change(tx, id, &expected, &input, &actor, now());
    Ok(answer(HttpResponse::Ok(), state.db.write(change).await?))
}

/// Take early access away
///
/// Once the last row of an article is gone, everybody sees and orders it.
#[utoipa::path(tag = "supplier", operation_id = "removeEarlyAccess", security(("bearer" = ["catalogue.keep"])),
    params(("If-Match" = String, Header, description = "The ETag of the row")),
    responses((status = 204, description = "It gives early access no more")))]
#[delete("/supplier/early-access/{id}")]
pub async fn remove_early_access(
    state: Data<AppState>,
    staff: Staff<MayKeepCatalogue>,
    PathId(id): PathId<EarlyAccessId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let remove = move |tx: &mut _| super::remove(tx, id, &expected, &actor, now());
    state.db.write(remove).await?;
    Ok(HttpResponse::NoContent().finish())
}
