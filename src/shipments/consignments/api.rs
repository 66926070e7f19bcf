//! REST of what travels together for accounts and partners.

use actix_web::{HttpResponse, get, web};
use serde::Deserialize;

use super::rules::{Consignment, Filter, State};
use super::shapes::{ConsignmentHeadView, ConsignmentView, shown};
use super::{documents, list};
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::{Limit, List, Page, Params, PathId, Pdf, Since};
use crate::identity::caller::{Customer, MayRead};
use crate::ids::{AccountId, ConsignmentId};
use crate::shipments::api::order_id;
use crate::shipments::packages::shapes::PackagesView;
use crate::state::AppState;

/// Which consignments to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListConsignments {
    /// Only with a shipment of this order.
    order_id: Option<String>,
    /// Only in this state.
    #[param(inline)]
    state: Option<State>,
    /// Only what was added or changed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A page of the list.
pub(super) async fn page_of(
    state: &AppState,
    scope: Scope,
    filter: Filter,
    page: Page,
) -> Result<web::Json<List<ConsignmentHeadView>>> {
    let asked = filter.clone();
    let read = move |connection: &mut _, walk, fetch| list(connection, scope, &asked, walk, fetch);
    let id = |consignment: &Consignment| consignment.id;
    let list = (Followed::in_scope("consignments", scope), &filter);
    let list = page.list(&state.db, list, read, (id, id, ConsignmentHeadView::from));
    Ok(web::Json(list.await?))
}

/// My consignments
///
/// Shipments of several orders that travel together to one site; the last that left first, without them.
#[utoipa::path(tag = "shipments", operation_id = "listConsignments", params(ListConsignments), responses((status = 200, body = List<ConsignmentHeadView>)))]
#[get("/consignments")]
pub async fn list_consignments(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    Params(params): Params<ListConsignments>,
) -> Result<web::Json<List<ConsignmentHeadView>>> {
    let filter = Filter {
        state: params.state,
        order_id: order_id(params.order_id)?,
        account: None,
    };
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    page_of(&state, Scope::Account(customer.account_id), filter, page).await
}

/// One consignment
#[utoipa::path(tag = "shipments", operation_id = "getConsignment", responses((status = 200, body = ConsignmentView)))]
#[get("/consignments/{id}")]
pub async fn get_consignment(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<ConsignmentId>,
) -> Result<web::Json<ConsignmentView>> {
    let account_id = customer.account_id;
    let read = move |connection: &mut Connection| {
        let consignment = super::get(connection, account_id, id)?;
        shown(connection, consignment)
    };
    Ok(web::Json(state.db.read(read).await?))
}

/// Packages of a consignment
///
/// With their SSCC, and what lies in each of which order.
#[utoipa::path(tag = "shipments", operation_id = "listConsignmentPackages", responses((status = 200, body = PackagesView)))]
#[get("/consignments/{id}/packages")]
pub async fn list_packages(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<ConsignmentId>,
) -> Result<web::Json<PackagesView>> {
    let account_id = customer.account_id;
    let read = move |connection: &mut Connection| {
        let consignment = super::get(connection, account_id, id)?;
        crate::shipments::packages::contents(connection, consignment.load())
    };
    Ok(web::Json(PackagesView::from(&state.db.read(read).await?)))
}

/// Prints the delivery note of a consignment of the account.
pub(super) async fn print_note(state: &AppState, account_id: AccountId, id: ConsignmentId) -> Result<HttpResponse> {
    let read = move |connection: &mut _| documents::note(connection, account_id, id);
    Ok(state.print(read).await?.into())
}

/// The delivery note of a consignment
///
/// One over the lines of all its orders, in the account's language, without prices.
#[utoipa::path(tag = "shipments", operation_id = "getConsignmentPdf", responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b"),
    (status = 409, description = "The supplier's own data are missing", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/consignments/{id}/pdf")]
pub async fn get_consignment_pdf(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<ConsignmentId>,
) -> Result<HttpResponse> {
    print_note(&state, customer.account_id, id).await
}
