//! REST of claims for accounts and partners.

use actix_web::{HttpResponse, get, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::filing::{self, About, ClaimRequest};
use super::rules::listing::{Filter, Sort};
use super::rules::reading::Asked;
use super::rules::{Claim, Kind, Outcome, Side, State};
use super::shapes::{ClaimFilesForm, ClaimHeadView, ClaimView, id_of, page_of, path, receive};
use super::{evidence, sentences, talking};
use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::{Code, Error, Result};
use crate::http::{
    Body, IdempotencyKey, Limit, List, OptionalBody, Page, Params, PathId, Pdf, Since, Upload, created, filled,
    versioned,
};
use crate::identity::caller::{Customer, MayOrder, MayRead};
use crate::identity::idempotency;
use crate::ids::{ClaimFileId, ClaimId};
use crate::kept::DecimalText;
use crate::state::AppState;

/// What is claimed: about lines of one shipment, or of one invoice.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileClaim {
    /// Either this or `invoice_id`.
    shipment_id: Option<String>,
    invoice_id: Option<String>,
    kind: Kind,
    /// What you wish.
    wish: Outcome,
    /// What is wrong; 1 to 2,000 characters.
    #[schema(min_length = 1, max_length = 2000)]
    text: String,
    /// 1 to 500 lines.
    lines: Vec<ClaimLineRequest>,
}

/// What is claimed of a line.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimLineRequest {
    /// The line's position on the shipment, or on the invoice where that is named.
    position: i32,
    /// In the line's unit; all that no other claim is about if left out.
    #[schema(example = "2")]
    quantity: Option<DecimalText>,
}

impl ClaimLineRequest {
    pub(super) fn asked(&self) -> Asked {
        Asked {
            position: self.position,
            quantity: self.quantity.as_ref().map(|quantity| quantity.0.clone()),
        }
    }
}

impl FileClaim {
    fn request(&self) -> Result<ClaimRequest> {
        let about = match (&self.shipment_id, &self.invoice_id) {
            (Some(id), None) => About::Shipment(id.parse().ok()),
            (None, Some(id)) => About::Invoice(id.parse().ok()),
            _ => {
                let detail = sentences::claim_about_one_thing();
                return Err(Error::invalid("/shipment_id", Code::ValueInvalid, detail));
            }
        };
        Ok(ClaimRequest {
            about,
            kind: self.kind,
            wish: self.wish,
            text: self.text.clone(),
            lines: self.lines.iter().map(ClaimLineRequest::asked).collect(),
        })
    }
}

/// A claim with its version.
fn answer(claim: Claim) -> HttpResponse {
    let version = claim.version;
    versioned(HttpResponse::Ok(), version, &ClaimView::new(claim, Side::Account))
}

/// File a claim
///
/// About lines of one shipment or one invoice: never more of a line than left, less what other claims are about. The supplier
/// answers by a day that is agreed. The same request with the same `Idempotency-Key` has one effect.
#[utoipa::path(tag = "claims", operation_id = "fileClaim", security(("bearer" = ["account.order"])), request_body = FileClaim,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new claim")),
    responses((status = 201, body = ClaimView, headers(("Location" = String, description = "Path of the claim")))))]
#[post("/claims")]
pub async fn file_claim(
    state: web::Data<AppState>,
    customer: Customer<MayOrder>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<FileClaim>,
) -> Result<HttpResponse> {
    let key = idempotency::Request::new(customer.person_id, "POST /api/v1/claims", key, &body)?;
    let (account_id, actor, request) = (customer.account_id, customer.actor(), body.request()?);
    let write = move |tx: &mut Connection| filing::file(tx, &key, account_id, &request, &actor, now());
    let (claim, replayed) = state.db.write(write).await?;
    let path = path(Side::Account, claim.id);
    Ok(created(Some(path), replayed, ClaimView::new(claim, Side::Account)))
}

/// Which claims to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListClaims {
    /// Only about this order.
    order_id: Option<String>,
    /// Only about this shipment.
    shipment_id: Option<String>,
    /// Only about this invoice or its shipment.
    invoice_id: Option<String>,
    /// Only in this state.
    #[param(inline)]
    state: Option<State>,
    /// Only of this kind.
    #[param(inline)]
    kind: Option<Kind>,
    /// Only those in which this is found: a part of their number, their order's number or your purchase order number.
    q: Option<String>,
    /// Only those filed on this day of the supplier or later.
    from: Option<NaiveDate>,
    /// Only those filed on this day of the supplier or before.
    to: Option<NaiveDate>,
    /// `newest` if left out.
    #[param(inline)]
    sort: Option<Sort>,
    /// Only what was added or changed at this moment or later; `sort` has no effect then.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// My claims
///
/// Without lines, messages and files.
#[utoipa::path(tag = "claims", operation_id = "listClaims", params(ListClaims), responses((status = 200, body = List<ClaimHeadView>)))]
#[get("/claims")]
pub async fn list_claims(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    Params(params): Params<ListClaims>,
) -> Result<web::Json<List<ClaimHeadView>>> {
    let filter = Filter {
        order_id: id_of("/order_id", params.order_id)?,
        shipment_id: id_of("/shipment_id", params.shipment_id)?,
        invoice_id: id_of("/invoice_id", params.invoice_id)?,
        states: params.state.into_iter().collect(),
        kind: params.kind,
        text: filled(params.q),
        from: params.from,
        to: params.to,
        ..Filter::default()
    };
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let (scope, sort) = (Scope::Account(customer.account_id), params.sort.unwrap_or_default());
    let list = page_of(&state, scope, (filter, sort), page, |claim| ClaimHeadView::from(&claim));
    Ok(web::Json(list.await?))
}

/// One claim
#[utoipa::path(tag = "claims", operation_id = "getClaim", responses((status = 200, body = ClaimView, headers(("ETag" = String, description = "Its version")))))]
#[get("/claims/{id}")]
pub async fn get_claim(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<ClaimId>,
) -> Result<HttpResponse> {
    let account_id = customer.account_id;
    let read = move |connection: &mut _| super::get(connection, account_id, id);
    Ok(answer(state.db.read(read).await?))
}

/// What is said.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SayInClaim {
    /// 1 to 2,000 characters.
    #[schema(min_length = 1, max_length = 2000)]
    pub(super) text: String,
}

/// Say something about a claim
///
/// The team behind the account gets it by mail.
#[utoipa::path(tag = "claims", operation_id = "sayInClaim", security(("bearer" = ["account.order"])), request_body = SayInClaim,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new message")),
    responses((status = 201, body = ClaimView)))]
#[post("/claims/{id}/messages")]
pub async fn say_in_claim(
    state: web::Data<AppState>,
    customer: Customer<MayOrder>,
    PathId(id): PathId<ClaimId>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<SayInClaim>,
) -> Result<HttpResponse> {
    let sent = (id.to_string(), &body.text);
    let key = idempotency::Request::new(customer.person_id, "POST /api/v1/claims/{id}/messages", key, &sent)?;
    let (account_id, actor) = (customer.account_id, customer.actor());
    let write = move |tx: &mut Connection| talking::say(tx, &key, (Some(account_id), id), &body.text, &actor, now());
    let (claim, replayed) = state.db.write(write).await?;
    Ok(created(None, replayed, ClaimView::new(claim, Side::Account)))
}

/// Nothing to say.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawClaim {}

/// Withdraw a claim
///
/// Until it is decided. An empty body will do.
#[utoipa::path(tag = "claims", operation_id = "withdrawClaim", security(("bearer" = ["account.order"])), request_body = Option<WithdrawClaim>, responses(
    (status = 200, body = ClaimView),
    (status = 409, description = "It is decided, or withdrawn already", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/claims/{id}/withdraw")]
pub async fn withdraw_claim(
    state: web::Data<AppState>,
    customer: Customer<MayOrder>,
    PathId(id): PathId<ClaimId>,
    OptionalBody(WithdrawClaim {}): OptionalBody<WithdrawClaim>,
) -> Result<HttpResponse> {
    let (account_id, actor) = (customer.account_id, customer.actor());
    let write = move |tx: &mut Connection| filing::withdraw(tx, account_id, id, &actor, now());
    Ok(answer(state.db.write(write).await?))
}

/// Add photos and papers to a claim
///
/// JPEG, PNG and PDF: what is in a file counts, not what it is called. At most 10 MB a file, 64 million points a picture, 10 files of
/// each side and 32 MB a request.
#[utoipa::path(tag = "claims", operation_id = "addClaimFiles", security(("bearer" = ["account.order"])),
    request_body(content = ClaimFilesForm, content_type = "multipart/form-data"), responses(
    (status = 201, body = ClaimView),
    (status = 409, description = "The claim is over, or has too many files", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/claims/{id}/files")]
pub async fn add_claim_files(
    state: web::Data<AppState>,
    customer: Customer<MayOrder>,
    PathId(id): PathId<ClaimId>,
    form: Upload,
) -> Result<HttpResponse> {
    let files = receive(&state, form).await?;
    let (account_id, actor) = (customer.account_id, customer.actor());
    let write = move |tx: &mut Connection| evidence::add(tx, (Some(account_id), id), &files, &actor, now());
    let claim = state.db.write(write).await?;
    Ok(created(None, false, ClaimView::new(claim, Side::Account)))
}

/// A photo or paper of a claim
///
/// As it was sent, to be kept: `Content-Disposition` is `attachment`.
#[utoipa::path(tag = "claims", operation_id = "getClaimFile", responses(
    (status = 200, description = "The file", content((Pdf = "image/jpeg"), (Pdf = "image/png"), (Pdf = "application/pdf"))),
))]
#[get("/claim-files/{id}")]
pub async fn get_claim_file(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<ClaimFileId>,
) -> Result<HttpResponse> {
    let account_id = customer.account_id;
    let read = move |connection: &mut _| evidence::get(connection, account_id, id);
    Ok(state.db.read(read).await?.into())
}
