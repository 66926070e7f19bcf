//! REST of returns for accounts and partners: what is to come back, and what became of it.

use actix_web::{HttpResponse, get, web};
use serde::Deserialize;

use super::rules::{Return, State};
use super::shapes::{ReturnHeadView, ReturnView};
use super::{Filter, documents, list};
use crate::claims::shapes::id_of;
use crate::db::changes::Followed;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::{Limit, List, Page, Params, PathId, Pdf, Since, filled};
use crate::identity::caller::{Customer, MayRead};
use crate::ids::{AccountId, ReturnId};
use crate::state::AppState;

/// Which returns to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListReturns {
    /// Only of this claim.
    claim_id: Option<String>,
    /// Only of this shipment.
    shipment_id: Option<String>,
    /// Only in this state.
    #[param(inline)]
    state: Option<State>,
    /// Only those in whose number this is found.
    q: Option<String>,
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
) -> Result<web::Json<List<ReturnHeadView>>> {
    let asked = filter.clone();
    let read = move |connection: &mut _, walk, fetch| list(connection, scope, &asked, walk, fetch);
    let id = |returned: &Return| returned.id;
    let row = |returned: Return| ReturnHeadView::from(&returned);
    let followed = (Followed::in_scope("returns", scope), &filter);
    Ok(web::Json(page.list(&state.db, followed, read, (id, id, row)).await?))
}

/// My returns
///
/// The newest first, without their lines.
#[utoipa::path(tag = "claims", operation_id = "listReturns", params(ListReturns), responses((status = 200, body = List<ReturnHeadView>)))]
#[get("/returns")]
pub async fn list_returns(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    Params(params): Params<ListReturns>,
) -> Result<web::Json<List<ReturnHeadView>>> {
    let filter = Filter {
        account: None,
        state: params.state,
        claim_id: id_of("/claim_id", params.claim_id)?,
        shipment_id: id_of("/shipment_id", params.shipment_id)?,
        text: filled(params.q),
    };
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    page_of(&state, Scope::Account(customer.account_id), filter, page).await
}

/// One return
#[utoipa::path(tag = "claims", operation_id = "getReturn", responses((status = 200, body = ReturnView)))]
#[get("/returns/{id}")]
pub async fn get_return(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<ReturnId>,
) -> Result<web::Json<ReturnView>> {
    let account_id = customer.account_id;
    let read = move |connection: &mut _| super::get(connection, account_id, id);
    Ok(web::Json(state.db.read(read).await?.into()))
}

pub(super) async fn print(state: &AppState, account_id: AccountId, id: ReturnId) -> Result<HttpResponse> {
    let read = move |connection: &mut _| documents::label(connection, account_id, id);
    Ok(state.print(read).await?.into())
}

/// The label of a return
///
/// To lie in the parcel, in the account's language.
#[utoipa::path(tag = "claims", operation_id = "getReturnPdf", responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b"),
    (status = 409, description = "The supplier's own data are missing", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/returns/{id}/pdf")]
pub async fn get_return_pdf(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<ReturnId>,
) -> Result<HttpResponse> {
    print(&state, customer.account_id, id).await
}
