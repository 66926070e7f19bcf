//! REST of contracts for supplier staff.

use actix_web::{HttpResponse, delete, get, patch, post, put, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::acting::{self, Signature};
use super::api::{answer, pace_of, page_of, print};
use super::inputs::{ContractInput, NewCommitment, NewContract};
use super::rules::State;
use super::shapes::{ContractHeadView, ContractPaceView, ContractView};
use super::{Filter, Whole};
use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::{Body, IfMatch, Limit, List, Page, Params, PathId, Pdf, Since, filled, versioned};
use crate::identity::caller::{MayManageAccounts, MayReadDesk, Staff};
use crate::ids::ContractId;
use crate::state::AppState;

/// Which contracts to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListSupplierContracts {
    /// Only those with the account with this code.
    account: Option<String>,
    /// Only in this state.
    #[param(inline)]
    state: Option<State>,
    /// Only those in whose code or name this is found.
    q: Option<String>,
    /// Only those whose last term ends on this day or before it.
    ends_by: Option<NaiveDate>,
    /// Only what was added, changed or removed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Contracts
///
/// By code, without what is committed by them.
#[utoipa::path(tag = "supplier", operation_id = "listSupplierContracts", params(ListSupplierContracts), responses((status = 200, body = List<ContractHeadView>)))]
#[get("/supplier/contracts")]
pub async fn list_contracts(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListSupplierContracts>,
) -> Result<web::Json<List<ContractHeadView>>> {
    let filter = Filter {
        account: params.account,
        states: params.state.into_iter().collect(),
        text: filled(params.q),
        ends_by: params.ends_by,
    };
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    page_of(&state, Scope::All, filter, page).await
}

/// One contract
#[utoipa::path(tag = "supplier", operation_id = "getSupplierContract", responses(
    (status = 200, body = ContractView, headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/contracts/{id}")]
pub async fn get_contract(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<ContractId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| super::get_for_staff(connection, id);
    answer(state.db.read(read).await?)
}

/// How far the commitments of a contract are
#[utoipa::path(tag = "supplier", operation_id = "getSupplierContractPace", responses((status = 200, body = ContractPaceView)))]
#[get("/supplier/contracts/{id}/pace")]
pub async fn get_contract_pace(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<ContractId>,
) -> Result<web::Json<ContractPaceView>> {
    pace_of(&state, Scope::All, id).await
}

/// A contract as paper
///
/// Of a draft as it stands now.
#[utoipa::path(tag = "supplier", operation_id = "getSupplierContractPdf", responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b"),
    (status = 409, description = "The supplier's own data are missing", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/supplier/contracts/{id}/pdf")]
pub async fn get_contract_pdf(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<ContractId>,
) -> Result<HttpResponse> {
    print(&state, Scope::All, id).await
}

/// Write a contract
///
/// A draft, checked as a row of `contracts.csv`; the account does not see it before it is offered.
#[utoipa::path(tag = "supplier", operation_id = "createContract", security(("bearer" = ["accounts.manage"])), request_body = NewContract, responses(
    (status = 201, body = ContractView, headers(("Location" = String, description = "Path of the contract"), ("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[post("/supplier/contracts")]
pub async fn create_contract(
    state: web::Data<AppState>,
    staff: Staff<MayManageAccounts>,
    Body(new): Body<NewContract>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| super::add(tx, &new, &actor, now());
    let whole = state.db.write(write).await?;
    let (version, path) = (
        whole.version()?,
        format!("/api/v1/supplier/contracts/{}", whole.contract.id),
    );
    let mut made = HttpResponse::Created();
    made.insert_header(("Location", path));
    Ok(versioned(made, version, &ContractView::from(whole)))
}

/// Change a draft
#[utoipa::path(tag = "supplier", operation_id = "changeContract", security(("bearer" = ["accounts.manage"])), request_body = ContractInput,
    params(("If-Match" = String, Header, description = "The ETag of the contract")),
    responses(
        (status = 200, body = ContractView, headers(("ETag" = String, description = "Of the new version"))),
        (status = 409, description = "It is no draft any more", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[patch("/supplier/contracts/{id}")]
pub async fn change_contract(
    state: web::Data<AppState>,
    staff: Staff<MayManageAccounts>,
    PathId(id): PathId<ContractId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<ContractInput>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| super::change(tx, id, &expected, &body, &actor, now());
    answer(state.db.write(write).await?)
}

/// Remove a draft
#[utoipa::path(tag = "supplier", operation_id = "removeContract", security(("bearer" = ["accounts.manage"])),
    params(("If-Match" = String, Header, description = "The ETag of the contract")),
    responses(
        (status = 204, description = "Removed"),
        (status = 409, description = "It is no draft any more, or a price list names it", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[delete("/supplier/contracts/{id}")]
pub async fn remove_contract(
    state: web::Data<AppState>,
    staff: Staff<MayManageAccounts>,
    PathId(id): PathId<ContractId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| super::remove(tx, id, &expected, &actor, now());
    state.db.write(write).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// What the account commits itself to.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutCommitments {
    /// All of them; 100 at most.
    #[schema(max_items = 100)]
    commitments: Vec<NewCommitment>,
}

/// Say what the account commits itself to
///
/// All of it anew, of a draft; each is checked as a row of `commitments.csv`.
#[utoipa::path(tag = "supplier", operation_id = "putCommitments", security(("bearer" = ["accounts.manage"])), request_body = PutCommitments,
    params(("If-Match" = String, Header, description = "The ETag of the contract")),
    responses(
        (status = 200, body = ContractView, headers(("ETag" = String, description = "Of the new version"))),
        (status = 409, description = "It is no draft any more", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[put("/supplier/contracts/{id}/commitments")]
pub async fn put_commitments(
    state: web::Data<AppState>,
    staff: Staff<MayManageAccounts>,
    PathId(id): PathId<ContractId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<PutCommitments>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| super::put_commitments(tx, id, &expected, &body.commitments, &actor, now());
    answer(state.db.write(write).await?)
}

/// Offer a contract
///
/// From now on the account sees it, its admins hear of it, and nothing of it changes.
#[utoipa::path(tag = "supplier", operation_id = "offerContract", security(("bearer" = ["accounts.manage"])),
    params(("If-Match" = String, Header, description = "The ETag of the contract")),
    responses(
        (status = 200, body = ContractView, headers(("ETag" = String, description = "Of the new version"))),
        (status = 409, description = "It is no draft", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/supplier/contracts/{id}/offer")]
pub async fn offer_contract(
    state: web::Data<AppState>,
    staff: Staff<MayManageAccounts>,
    PathId(id): PathId<ContractId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| acting::offer(tx, id, &expected, &actor, now());
    answer(state.db.write(write).await?)
}

/// The supplier's signature.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CountersignContract {
    /// The name of who signs; 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// Who of the account accepted it on paper, where nobody did in the portal.
    accepted_by: Option<String>,
    /// The day of that; today if left out.
    accepted_on: Option<NaiveDate>,
}

impl From<CountersignContract> for Signature {
    fn from(body: CountersignContract) -> Self {
        Self {
            name: body.name,
            accepted_by: body.accepted_by,
            accepted_on: body.accepted_on,
        }
    }
}

/// Countersign a contract
///
/// What the account accepted, or accepted on paper. Both are bound from then on; it is in force from its first day on.
#[utoipa::path(tag = "supplier", operation_id = "countersignContract", security(("bearer" = ["accounts.manage"])), request_body = CountersignContract,
    params(("If-Match" = String, Header, description = "The ETag of the contract")),
    responses(
        (status = 200, body = ContractView, headers(("ETag" = String, description = "Of the new version"))),
        (status = 409, description = "It is not on offer, or not accepted", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/supplier/contracts/{id}/countersign")]
pub async fn countersign_contract(
    state: web::Data<AppState>,
    staff: Staff<MayManageAccounts>,
    PathId(id): PathId<ContractId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<CountersignContract>,
) -> Result<HttpResponse> {
    let (actor, signature) = (staff.actor(), Signature::from(body));
    let write = move |tx: &mut Connection| acting::countersign(tx, id, &expected, &signature, &actor, now());
    answer(state.db.write(write).await?)
}

/// Why a contract ends before its time.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TerminateContract {
    /// Its last day, today or later; at once if left out.
    last_day: Option<NaiveDate>,
    /// 1 to 500 characters.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// End a contract before its time
///
/// At once, or with the end of a day; it is renewed no more. What is on offer is taken back.
#[utoipa::path(tag = "supplier", operation_id = "terminateContract", security(("bearer" = ["accounts.manage"])), request_body = TerminateContract,
    params(("If-Match" = String, Header, description = "The ETag of the contract")),
    responses(
        (status = 200, body = ContractView, headers(("ETag" = String, description = "Of the new version"))),
        (status = 409, description = "It is over, or was never offered", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/supplier/contracts/{id}/terminate")]
pub async fn terminate_contract(
    state: web::Data<AppState>,
    staff: Staff<MayManageAccounts>,
    PathId(id): PathId<ContractId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<TerminateContract>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| -> Result<Whole> {
        let wanted = (body.last_day, body.reason.as_str());
        acting::terminate(tx, id, &expected, wanted, &actor, now())
    };
    answer(state.db.write(write).await?)
}
