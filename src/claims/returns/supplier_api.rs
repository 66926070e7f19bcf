//! REST of returns for supplier staff.

use actix_web::{HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};

use super::api::{page_of, print};
use super::crediting::{self, CreditOfReturn};
use super::rules::{Action, Inspected, State};
use super::shapes::{ReturnHeadView, ReturnView};
use super::{Filter, ReturnRequest};
use crate::claims::api::ClaimLineRequest;
use crate::claims::shapes::id_of;
use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::{Body, IdempotencyKey, Limit, List, OptionalBody, Page, Params, PathId, Pdf, Since, created, filled};
use crate::identity::caller::{MayKeepBooks, MayMoveGoods, MayReadDesk, MaySteer, Staff};
use crate::identity::idempotency;
use crate::ids::ReturnId;
use crate::invoices::credits;
use crate::invoices::credits::rules::Reason;
use crate::invoices::credits::shapes::CreditNoteView;
use crate::kept::DecimalText;
use crate::state::AppState;

/// What is to come back: of an accepted claim, or of a shipment.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnounceReturn {
    /// Either this or `shipment_id`.
    claim_id: Option<String>,
    shipment_id: Option<String>,
    /// What the account is told; 2,000 characters at most.
    note: Option<String>,
    /// By their positions on the shipment; of a claim all that is accepted and has not come back, if left out.
    lines: Option<Vec<ClaimLineRequest>>,
}

/// Announce a return
///
/// Never more of a line than left, less what other returns are about; of a claim never more than is accepted, less what other
/// returns of it are about, and nothing of one that says that too little arrived. The same request with the same `Idempotency-Key` has one
/// effect.
#[utoipa::path(tag = "supplier", operation_id = "announceReturn", security(("bearer" = ["orders.steer"])), request_body = AnnounceReturn,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new return")),
    responses(
        (status = 201, body = ReturnView, headers(("Location" = String, description = "Path of the return"))),
        (status = 409, description = "The claim is not accepted, is about goods that never came, or nothing of it is left to come back", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/supplier/returns")]
pub async fn announce_return(
    state: web::Data<AppState>,
    staff: Staff<MaySteer>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<AnnounceReturn>,
) -> Result<HttpResponse> {
    let key = idempotency::Request::new(staff.person_id, "POST /api/v1/supplier/returns", key, &body)?;
    let request = ReturnRequest {
        claim_id: body.claim_id.map(|id| id.parse().ok()),
        shipment_id: body.shipment_id.map(|id| id.parse().ok()),
        note: body.note,
        lines: body
            .lines
            .map(|lines| lines.iter().map(ClaimLineRequest::asked).collect()),
    };
    let actor = staff.actor();
    let write = move |tx: &mut Connection| super::announce(tx, &key, &request, &actor, now());
    let (returned, replayed) = state.db.write(write).await?;
    let path = format!("/api/v1/supplier/returns/{}", returned.id);
    Ok(created(Some(path), replayed, ReturnView::from(returned)))
}

/// Which returns to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListSupplierReturns {
    /// Only of the account with this code.
    account: Option<String>,
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

/// Returns of all accounts
///
/// The newest first, without their lines.
#[utoipa::path(tag = "supplier", operation_id = "listSupplierReturns", params(ListSupplierReturns), responses((status = 200, body = List<ReturnHeadView>)))]
#[get("/supplier/returns")]
pub async fn list_returns(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListSupplierReturns>,
) -> Result<web::Json<List<ReturnHeadView>>> {
    let filter = Filter {
        account: params.account,
        state: params.state,
        claim_id: id_of("/claim_id", params.claim_id)?,
        shipment_id: id_of("/shipment_id", params.shipment_id)?,
        text: filled(params.q),
    };
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    page_of(&state, Scope::All, filter, page).await
}

/// One return of any account
#[utoipa::path(tag = "supplier", operation_id = "getSupplierReturn", responses((status = 200, body = ReturnView)))]
#[get("/supplier/returns/{id}")]
pub async fn get_return(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<ReturnId>,
) -> Result<web::Json<ReturnView>> {
    let read = move |connection: &mut _| super::get_for_staff(connection, id);
    Ok(web::Json(state.db.read(read).await?.into()))
}

/// The label of a return of any account
///
/// In the account's language.
#[utoipa::path(tag = "supplier", operation_id = "getSupplierReturnPdf", responses(
    (status = 200, body = Pdf, content_type = "application/pdf", description = "PDF/A-3b"),
    (status = 409, description = "The supplier's own data are missing", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[get("/supplier/returns/{id}/pdf")]
pub async fn get_return_pdf(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<ReturnId>,
) -> Result<HttpResponse> {
    let owner = move |connection: &mut Connection| super::account_of(connection, id);
    let account_id = state.db.read(owner).await?;
    print(&state, account_id, id).await
}

/// Nothing to say.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteReturn {}

async fn go_on(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    id: ReturnId,
    action: Action,
) -> Result<web::Json<ReturnView>> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| super::go_on(tx, id, action, &actor, now());
    Ok(web::Json(state.db.write(write).await?.into()))
}

/// Note that a return arrived
///
/// It waits to be inspected. An empty body will do.
#[utoipa::path(tag = "supplier", operation_id = "receiveReturn", security(("bearer" = ["goods.move"])), request_body = Option<NoteReturn>, responses(
    (status = 200, body = ReturnView),
    (status = 409, description = "It arrived already, or is closed", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/returns/{id}/receive")]
pub async fn receive_return(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<ReturnId>,
    OptionalBody(NoteReturn {}): OptionalBody<NoteReturn>,
) -> Result<web::Json<ReturnView>> {
    go_on(state, staff, id, Action::Receive).await
}

/// What was found.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectReturn {
    /// Code of the warehouse that takes what can be sold again.
    warehouse: String,
    /// Every line of the return, each once.
    lines: Vec<InspectReturnLine>,
}

/// What was found of a line, in its base unit; nothing where left out. Together never more than was announced.
/// Nothing goes to stock of a claim about a wrong article.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InspectReturnLine {
    /// The line's position on the return.
    position: i32,
    /// Can be sold again.
    #[schema(example = "2")]
    to_stock: Option<DecimalText>,
    /// Is kept apart until it is decided.
    #[schema(example = "1")]
    quarantine: Option<DecimalText>,
    /// Is thrown away.
    #[schema(example = "1")]
    scrap: Option<DecimalText>,
}

/// Inspect a return
///
/// What can be sold again is received in the warehouse, in the same step, and serves the lines that wait.
#[utoipa::path(tag = "supplier", operation_id = "inspectReturn", security(("bearer" = ["goods.move"])), request_body = InspectReturn, responses(
    (status = 200, body = ReturnView),
    (status = 409, description = "It has not arrived, or is inspected already", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/returns/{id}/inspect")]
pub async fn inspect_return(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<ReturnId>,
    Body(body): Body<InspectReturn>,
) -> Result<web::Json<ReturnView>> {
    let actor = staff.actor();
    let text = |text: Option<DecimalText>| text.map(|text| text.0);
    let found = |line: InspectReturnLine| Inspected {
        position: line.position,
        to_stock: text(line.to_stock),
        quarantine: text(line.quarantine),
        scrap: text(line.scrap),
    };
    let (warehouse, found): (_, Vec<_>) = (body.warehouse, body.lines.into_iter().map(found).collect());
    let write = move |tx: &mut Connection| super::inspect(tx, id, (&warehouse, &found), &actor, now());
    Ok(web::Json(state.db.write(write).await?.into()))
}

/// What of a return to credit.
#[derive(Debug, Default, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditReturn {
    /// `returned` if left out; of a claim's return the claim says it.
    #[schema(inline)]
    reason: Option<Reason>,
    /// What else is to be said on the credit note; with the numbers before it 500 characters at most.
    note: Option<String>,
    /// By their positions on the return; all that is left to credit and was not made good otherwise if left out. Of a claim's return the
    /// claim says it.
    lines: Option<Vec<ClaimLineRequest>>,
}

/// Credit what came back
///
/// Once it is inspected, on the invoice of its shipment, at its prices and tax rates: never more of a line than was found, less what was
/// credited for the return, and never more than is left of the invoice as goods that did not come once more. If lines or quantities are left
/// out, no more than came back of the shipment with all its returns and was not made good by claims or credit notes. A return of a claim is credited as
/// the claim was decided, which settles it, once all that is accepted of it came back. The same request with the same `Idempotency-Key` has one effect.
#[utoipa::path(tag = "supplier", operation_id = "creditReturn", security(("bearer" = ["books.keep"])), request_body = CreditReturn,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new credit note")),
    responses(
        (status = 201, body = CreditNoteView, headers(("Location" = String, description = "Path of the credit note"))),
        (status = 409, description = "It is not inspected, its shipment is not invoiced, its claim is settled or more is accepted of it than came back, less than a unit came back, or nothing is left to credit that was not made good otherwise", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/supplier/returns/{id}/credit")]
pub async fn credit_return(
    state: web::Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<ReturnId>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<CreditReturn>,
) -> Result<HttpResponse> {
    let (route, sent) = ("POST /api/v1/supplier/returns/{id}/credit", (id.to_string(), &body));
    let key = idempotency::Request::new(staff.person_id, route, key, &sent)?;
    let (actor, roles) = (staff.actor(), staff.roles.clone());
    let wanted = CreditOfReturn {
        reason: body.reason,
        note: body.note,
        lines: body
            .lines
            .map(|lines| lines.iter().map(ClaimLineRequest::asked).collect()),
    };
    let write = move |tx: &mut Connection| {
        let (credit, replayed) = crediting::credit(tx, &key, (id, &wanted), &roles, &actor, now())?;
        let (id, applied) = (credit.id, credits::applied(tx, &credit)?);
        Ok((CreditNoteView::new(credit, applied), id, replayed))
    };
    let (view, id, replayed) = state.db.write(write).await?;
    let path = format!("/api/v1/supplier/credit-notes/{id}");
    Ok(created(Some(path), replayed, view))
}

/// Close a return
///
/// Once it is inspected, or where it never came. An empty body will do.
#[utoipa::path(tag = "supplier", operation_id = "closeReturn", security(("bearer" = ["goods.move"])), request_body = Option<NoteReturn>, responses(
    (status = 200, body = ReturnView),
    (status = 409, description = "It waits to be inspected, or is closed already", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/returns/{id}/close")]
pub async fn close_return(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    PathId(id): PathId<ReturnId>,
    OptionalBody(NoteReturn {}): OptionalBody<NoteReturn>,
) -> Result<web::Json<ReturnView>> {
    go_on(state, staff, id, Action::Close).await
}
