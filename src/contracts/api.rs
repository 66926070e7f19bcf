//! REST of contracts for accounts and partners.

use actix_web::{HttpResponse, get, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::rules::{Contract, State};
use super::shapes::{ContractHeadView, ContractPaceView, ContractView};
use super::{Filter, Whole, acting, documents, pacing, today};
use crate::clock::now;
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::db::seek::{Scope, Walk};
use crate::error::{Error, Result};
use crate::http::{Body, IfMatch, Limit, List, Page, Params, PathId, Pdf, Since, filled, versioned};
use crate::identity::caller::{Customer, MayManage, MayRead};
use crate::ids::ContractId;
use crate::state::AppState;

/// Which contracts to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListContracts {
    /// Only in this state.
    #[param(inline)]
    state: Option<State>,
    /// Only those in whose code or name this is found.
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
) -> Result<web::Json<List<ContractHeadView>>> {
    let asked = filter.clone();
    let read = move |connection: &mut Connection, walk: Walk<String>, fetch| {
        super::list(connection, scope, &asked, walk, fetch)
    };
    let code = |contract: &Contract| contract.code.clone();
    let id = |contract: &Contract| contract.id;
    let followed = (Followed::in_scope("contracts", scope), &filter);
    let rows = page.list(&state.db, followed, read, (code, id, ContractHeadView::from));
    Ok(web::Json(rows.await?))
}

/// A contract with its version.
pub(super) fn answer(whole: Whole) -> Result<HttpResponse> {
    let version = whole.version()?;
    Ok(versioned(HttpResponse::Ok(), version, &ContractView::from(whole)))
}

/// How far the commitments of a contract are today; once it is over, on its last day.
pub(super) async fn pace_of(state: &AppState, scope: Scope, id: ContractId) -> Result<web::Json<ContractPaceView>> {
    let read = move |connection: &mut Connection| {
        let whole = super::get_in(connection, scope, id)?;
        let day: NaiveDate = today(connection, now())?;
        let paced = pacing::of_whole(connection, &whole, day)?;
        Ok(ContractPaceView::new(&paced, whole.contract.currency, day))
    };
    Ok(web::Json(state.db.read(read).await?))
}

/// The paper of a contract.
pub(super) async fn print(state: &AppState, scope: Scope, id: ContractId) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| documents::contract(connection, scope, id, now());
    Ok(state.print(read).await?.into())
}

/// My contracts
///
/// Those that were offered, by code.
#[utoipa::path(tag = "contracts", operation_id = "listContracts", params(ListContracts), responses((status = 200, body = List<ContractHeadView>)))]
#[get("/contracts")]
pub async fn list_contracts(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    Params(params): Params<ListContracts>,
) -> Result<web::Json<List<ContractHeadView>>> {
    let filter = Filter {
        states: params.state.into_iter().collect(),
        text: filled(params.q),
        ..Filter::default()
    };
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    page_of(&state, Scope::Account(customer.account_id), filter, page).await
}

/// One contract
#[utoipa::path(tag = "contracts", operation_id = "getContract", responses((status = 200, body = ContractView, headers(("ETag" = String, description = "Its version")))))]
#[get("/contracts/{id}")]
pub async fn get_contract(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<ContractId>,
) -> Result<HttpResponse> {
    let account_id = customer.account_id;
    let read = move |connection: &mut Connection| super::get(connection, account_id, id);
    answer(state.db.read(read).await?)
}

/// How far my commitments are
///
/// What was invoiced without tax, less credits, in the running period of each; what should be by today; what it comes to by the end, and what
/// a shortfall would cost. Days are the supplier's.
#[utoipa::path(tag = "contracts", operation_id = "getContractPace", responses((status = 200, body = ContractPaceView)))]
#[get("/contracts/{id}/pace")]
pub async fn get_contract_pace(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<ContractId>,
) -> Result<web::Json<ContractPaceView>> {
    pace_of(&state, Scope::Account(customer.account_id), id).await
}

/// A contract as paper
///
/// As it was offered, with who accepted and who countersigned it, in the account's language.
#[utoipa::path(tag = "contracts", operation_id = "getContractPdf", responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b"),
    (status = 409, description = "The supplier's own data are missing", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/contracts/{id}/pdf")]
pub async fn get_contract_pdf(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<ContractId>,
) -> Result<HttpResponse> {
    print(&state, Scope::Account(customer.account_id), id).await
}

/// Who accepts.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptContract {
    /// The name of who accepts it; 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200, example = "Ann Ames")]
    name: String,
}

/// Accept a contract
///
/// As it was read: `If-Match` carries its ETag. By an admin of the account; name, moment and the sentence that is accepted are kept.
#[utoipa::path(tag = "contracts", operation_id = "acceptContract", security(("bearer" = ["account.manage"])), request_body = AcceptContract,
    params(("If-Match" = String, Header, description = "The ETag of the contract")),
    responses(
        (status = 200, body = ContractView, headers(("ETag" = String, description = "Of the new version"))),
        (status = 409, description = "It is accepted already, or not on offer any more", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/contracts/{id}/accept")]
pub async fn accept_contract(
    state: web::Data<AppState>,
    customer: Customer<MayManage>,
    PathId(id): PathId<ContractId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<AcceptContract>,
) -> Result<HttpResponse> {
    // Nobody of the supplier accepts what the supplier offers.
    if customer.acting.is_some() {
        return Err(Error::Forbidden);
    }
    let (account_id, actor) = (customer.account_id, customer.actor());
    let write = move |tx: &mut Connection| acting::accept(tx, (account_id, id), &expected, &body.name, &actor, now());
    answer(state.db.write(write).await?)
}
