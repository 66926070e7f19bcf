//! Entitlements to order classes, as staff keep them by REST.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, HttpResponseBuilder, delete, get, post, put};
use serde::Deserialize;
use utoipa::IntoParams;

use super::rules::Entitlement;
use super::shapes::SupplierEntitlementView;
use super::{EntitlementInput, NewEntitlement};
use crate::clock::now;
use crate::db::changes::Followed;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::http::{Body, IfMatch, Limit, List, Page, Params, PathId, Since, etag};
use crate::identity::caller::{MayManageAccounts, MayReadDesk, Staff};
use crate::ids::EntitlementId;
use crate::state::AppState;

/// Which entitlements to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListEntitlements {
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

/// Entitlements to order classes
///
/// The oldest first. As soon as there is one to a class, only who has one may use the class.
#[utoipa::path(tag = "supplier", operation_id = "listSupplierEntitlements", params(ListEntitlements), responses((status = 200, body = List<SupplierEntitlementView>)))]
#[get("/supplier/entitlements")]
pub async fn list_supplier_entitlements(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListEntitlements>,
) -> Result<Json<List<SupplierEntitlementView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let filter = ("entitlements", params.account.clone());
    let account = params.account;
    let read = move |connection: &mut _, walk: Walk<EntitlementId>, fetch| {
        super::list(connection, account.as_deref(), walk, fetch)
    };
    let id = |entitlement: &Entitlement| entitlement.id;
    let list = (Followed::all("entitlements"), &filter);
    let page = page.list(&state.db, list, read, (id, id, SupplierEntitlementView::from));
    Ok(Json(page.await?))
}

fn answer(mut answer: HttpResponseBuilder, entitlement: Entitlement) -> HttpResponse {
    let tag = etag(super::version(&entitlement));
    answer
        .insert_header(tag)
        .json(SupplierEntitlementView::from(entitlement))
}

/// Entitle an account or a tier to an order class
#[utoipa::path(tag = "supplier", operation_id = "addEntitlement", security(("bearer" = ["accounts.manage"])), request_body = NewEntitlement, responses(
    (status = 201, body = SupplierEntitlementView, headers(("Location" = String, description = "Path of the entitlement"), ("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[post("/supplier/entitlements")]
pub async fn add_entitlement(
    state: Data<AppState>,
    staff: Staff<MayManageAccounts>,
    Body(new): Body<NewEntitlement>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let add = move |tx: &mut _| super::add(tx, &new, &actor, now());
    let entitlement = state.db.write(add).await?;
    let mut created = HttpResponse::Created();
    created.insert_header(("Location", format!("/api/v1/supplier/entitlements/{}", entitlement.id)));
    Ok(answer(created, entitlement))
}

/// One entitlement
#[utoipa::path(tag = "supplier", operation_id = "getEntitlement", responses(
    (status = 200, body = SupplierEntitlementView, headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/entitlements/{id}")]
pub async fn get_entitlement(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<EntitlementId>,
) -> Result<HttpResponse> {
    let entitlement = state.db.read(move |connection| super::get(connection, id)).await?;
    Ok(answer(HttpResponse::Ok(), entitlement))
}

/// Change how much may be used
///
/// All of it; whose it is and of which class stays. It holds for what is ordered from now on in this month too.
#[utoipa::path(tag = "supplier", operation_id = "putEntitlement", security(("bearer" = ["accounts.manage"])), request_body = EntitlementInput,
    params(("If-Match" = String, Header, description = "The ETag of the entitlement")),
    responses((status = 200, body = SupplierEntitlementView, headers(("ETag" = String, description = "Of the new version")))))]
#[put("/supplier/entitlements/{id}")]
pub async fn put_entitlement(
    state: Data<AppState>,
    staff: Staff<MayManageAccounts>,
    PathId(id): PathId<EntitlementId>,
    IfMatch(expected): IfMatch,
    Body(input): Body<EntitlementInput>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let change = move |tx: &mut _| super::change(tx, id, &expected, &input, &actor, now());
    Ok(answer(HttpResponse::Ok(), state.db.write(change).await?))
}

/// Take an entitlement away
///
/// Once the last one to a class is gone, everybody may use the class.
#[utoipa::path(tag = "supplier", operation_id = "removeEntitlement", security(("bearer" = ["accounts.manage"])),
    params(("If-Match" = String, Header, description = "The ETag of the entitlement")),
    responses((status = 204, description = "It entitles to nothing more")))]
#[delete("/supplier/entitlements/{id}")]
pub async fn remove_entitlement(
    state: Data<AppState>,
    staff: Staff<MayManageAccounts>,
    PathId(id): PathId<EntitlementId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let remove = move |tx: &mut _| super::remove(tx, id, &expected, &actor, now());
    state.db.write(remove).await?;
    Ok(HttpResponse::NoContent().finish())
}
