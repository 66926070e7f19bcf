//! REST of quotas and modes for supplier staff.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, patch, post, put};
use serde::Deserialize;
use utoipa::IntoParams;

use super::inputs::{NewMode, NewQuota, QuotaChange};
use super::shapes::{AllocationModeView, SupplierQuotaView};
use super::{Drawn, Filter, KeptMode};
use crate::clock::now;
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::db::seek::Walk;
use crate::error::{Error, Result};
use crate::http::{Body, IfMatch, Limit, List, Page, Params, PathId, Since, etag};
use crate::identity::caller::{MayManageAccounts, MayReadDesk, Staff};
use crate::ids::{AllocationModeId, QuotaId};
use crate::state::AppState;

/// Which quotas to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListSupplierQuotas {
    /// Only those for the account with this code and for its tier.
    account: Option<String>,
    /// Only those of the article with this number and of its category.
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

/// Quotas
///
/// By code, with how far each is drawn in the running period.
#[utoipa::path(tag = "supplier", operation_id = "listSupplierQuotas", params(ListSupplierQuotas), responses((status = 200, body = List<SupplierQuotaView>)))]
#[get("/supplier/quotas")]
pub async fn list_quotas(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListSupplierQuotas>,
) -> Result<Json<List<SupplierQuotaView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let filter = Filter {
        account: params.account,
        sku: params.sku,
    };
    let asked = filter.clone();
    let read = move |connection: &mut Connection, walk: Walk<String>, fetch| {
        let quotas = super::list(connection, &asked, walk, fetch)?;
        let today = super::today(connection, now())?;
        super::with_uses(connection, quotas, today)
    };
    let code = |drawn: &Drawn| drawn.kept.code.clone();
    let list = (Followed::all("quotas"), &filter);
    let id = |drawn: &Drawn| drawn.kept.id;
    let page = page.list(&state.db, list, read, (code, id, SupplierQuotaView::from));
    Ok(Json(page.await?))
}

fn told(connection: &mut Connection, quota: super::Kept) -> Result<(i64, SupplierQuotaView)> {
    let version = super::version(&quota);
    let today = super::today(connection, now())?;
    let drawn = super::with_uses(connection, vec![quota], today)?.pop();
    Ok((version, drawn.ok_or(Error::NotFound)?.into()))
}

/// One quota
#[utoipa::path(tag = "supplier", operation_id = "getSupplierQuota", responses(
    (status = 200, body = SupplierQuotaView, headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/quotas/{id}")]
pub async fn get_quota(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<QuotaId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let quota = super::get(connection, id)?;
        told(connection, quota)
    };
    let (version, view) = state.db.read(read).await?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(view))
}

/// Keep stock for an account or a tier
///
/// Checked as a row of `quotas.csv`. What is reserved already stays where it is.
#[utoipa::path(tag = "supplier", operation_id = "addQuota", security(("bearer" = ["accounts.manage"])), request_body = NewQuota, responses(
    (status = 201, body = SupplierQuotaView, headers(("Location" = String, description = "Path of the quota"), ("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[post("/supplier/quotas")]
pub async fn add_quota(
    state: Data<AppState>,
    staff: Staff<MayManageAccounts>,
    Body(new): Body<NewQuota>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let add = move |tx: &mut Connection| {
        let quota = super::add(tx, &new, &actor, now())?;
        Ok((quota.id, told(tx, quota)?))
    };
    let (id, (version, view)) = state.db.write(add).await?;
    Ok(HttpResponse::Created()
        .insert_header(("Location", format!("/api/v1/supplier/quotas/{id}")))
        .insert_header(etag(version))
        .json(view))
}

/// Change a quota
///
/// How much is kept, how often and how long. What that frees serves the orders that wait.
#[utoipa::path(tag = "supplier", operation_id = "changeQuota", security(("bearer" = ["accounts.manage"])), request_body = QuotaChange,
    params(("If-Match" = String, Header, description = "The ETag of the quota")),
    responses((status = 200, body = SupplierQuotaView, headers(("ETag" = String, description = "Of the new version")))))]
#[patch("/supplier/quotas/{id}")]
pub async fn change_quota(
    state: Data<AppState>,
    staff: Staff<MayManageAccounts>,
    PathId(id): PathId<QuotaId>,
    IfMatch(expected): IfMatch,
    Body(wanted): Body<QuotaChange>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let change = move |tx: &mut Connection| {
        let quota = super::change(tx, id, &expected, &wanted, &actor, now())?;
        told(tx, quota)
    };
    let (version, view) = state.db.write(change).await?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(view))
}

/// Remove a quota
///
/// What it kept is everybody's at once.
#[utoipa::path(tag = "supplier", operation_id = "removeQuota", security(("bearer" = ["accounts.manage"])),
    params(("If-Match" = String, Header, description = "The ETag of the quota")),
    responses((status = 204, description = "Removed")))]
#[delete("/supplier/quotas/{id}")]
pub async fn remove_quota(
    state: Data<AppState>,
    staff: Staff<MayManageAccounts>,
    PathId(id): PathId<QuotaId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let remove = move |tx: &mut Connection| super::remove(tx, id, &expected, &actor, now());
    state.db.write(remove).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Which modes to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListAllocationModes {
    /// Only what was added, changed or removed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// How articles are shared
///
/// Articles and categories that are not handed out by rank alone, in the order in which that was said.
#[utoipa::path(tag = "supplier", operation_id = "listAllocationModes", params(ListAllocationModes), responses((status = 200, body = List<AllocationModeView>)))]
#[get("/supplier/allocation-modes")]
pub async fn list_modes(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListAllocationModes>,
) -> Result<Json<List<AllocationModeView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let read = |connection: &mut Connection, walk: Walk<i64>, fetch| super::list_modes(connection, walk, fetch);
    let list = (Followed::all("allocation_modes"), "allocation_modes");
    let (place, id) = (|mode: &KeptMode| mode.id.0, |mode: &KeptMode| mode.id);
    let page = page.list(&state.db, list, read, (place, id, AllocationModeView::from));
    Ok(Json(page.await?))
}

/// Say how an article or a category is shared
///
/// From the next decision on; what an article says goes before its category.
#[utoipa::path(tag = "supplier", operation_id = "putAllocationMode", security(("bearer" = ["accounts.manage"])), request_body = NewMode, responses((status = 200, body = AllocationModeView)))]
#[put("/supplier/allocation-modes")]
pub async fn put_mode(
    state: Data<AppState>,
    staff: Staff<MayManageAccounts>,
    Body(new): Body<NewMode>,
) -> Result<Json<AllocationModeView>> {
    let actor = staff.actor();
    let set = move |tx: &mut Connection| super::set_mode(tx, &new, &actor, now());
    Ok(Json(state.db.write(set).await?.into()))
}

/// Share an article by rank again
///
/// Or by the mode of its category, where that has one.
#[utoipa::path(tag = "supplier", operation_id = "removeAllocationMode", security(("bearer" = ["accounts.manage"])), responses((status = 204, description = "Removed")))]
#[delete("/supplier/allocation-modes/{id}")]
pub async fn remove_mode(
    state: Data<AppState>,
    staff: Staff<MayManageAccounts>,
    PathId(id): PathId<AllocationModeId>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let remove = move |tx: &mut Connection| super::remove_mode(tx, id, &actor, now());
    state.db.write(remove).await?;
    Ok(HttpResponse::NoContent().finish())
}
