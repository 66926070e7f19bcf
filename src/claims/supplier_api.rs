//! REST of claims for supplier staff.

use actix_web::{HttpResponse, get, post, put, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::api::SayInClaim;
use super::rules::listing::{Filter, Sort};
use super::rules::reading::Decided;
use super::rules::{Analysis, Claim, Kind, Outcome, State};
use super::settling::{self, Settlement};
use super::shapes::{ClaimFilesForm, SupplierClaimHeadView, SupplierClaimView, page_of, receive};
use super::{deciding, evidence, talking};
use crate::accounts;
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::{
    Body, IdempotencyKey, IfMatch, Limit, List, OptionalBody, Page, Params, PathId, Pdf, Since, Upload, created,
    filled, versioned,
};
use crate::identity::caller::{MayManageAccounts, MayReadDesk, MaySettle, MaySteer, Staff};
use crate::identity::idempotency;
use crate::ids::{ClaimFileId, ClaimId};
use crate::kept::DecimalText;
use crate::state::AppState;

fn answer(claim: Claim) -> HttpResponse {
    let version = claim.version;
    versioned(HttpResponse::Ok(), version, &SupplierClaimView::from(claim))
}

/// Which claims to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListSupplierClaims {
    /// Only of the account with this code.
    account: Option<String>,
    /// Only in this state.
    #[param(inline)]
    state: Option<State>,
    /// Only of this kind.
    #[param(inline)]
    kind: Option<Kind>,
    /// True: only those that nobody has answered in time.
    overdue: Option<bool>,
    /// Only about the article with this number.
    sku: Option<String>,
    /// Only those in whose root cause this is found.
    root_cause: Option<String>,
    /// Only those in which this is found: a part of their number, their order's number, the purchase order number, of the account's
    /// name or code.
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

/// Claims of all accounts
///
/// Without lines, messages and files.
#[utoipa::path(tag = "supplier", operation_id = "listSupplierClaims", params(ListSupplierClaims), responses((status = 200, body = List<SupplierClaimHeadView>)))]
#[get("/supplier/claims")]
pub async fn list_claims(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListSupplierClaims>,
) -> Result<web::Json<List<SupplierClaimHeadView>>> {
    let zone = state.db.read(accounts::supplier_zone).await?;
    let filter = Filter {
        account: params.account,
        states: params.state.into_iter().collect(),
        kind: params.kind,
        unanswered_before: (params.overdue == Some(true)).then(|| day_in(zone, now())),
        sku: filled(params.sku),
        cause: filled(params.root_cause),
        text: filled(params.q),
        from: params.from,
        to: params.to,
        ..Filter::default()
    };
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let sort = params.sort.unwrap_or_default();
    let list = page_of(&state, Scope::All, (filter, sort), page, SupplierClaimHeadView::from);
    Ok(web::Json(list.await?))
}

/// One claim of any account
#[utoipa::path(tag = "supplier", operation_id = "getSupplierClaim", responses((status = 200, body = SupplierClaimView, headers(("ETag" = String, description = "Its version")))))]
#[get("/supplier/claims/{id}")]
pub async fn get_claim(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<ClaimId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut _| super::get_for_staff(connection, id);
    Ok(answer(state.db.read(read).await?))
}

/// Nothing to say.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviewClaim {}

/// Look at a claim
///
/// The account sees that somebody does. An empty body will do.
#[utoipa::path(tag = "supplier", operation_id = "reviewClaim", security(("bearer" = ["orders.steer"])), request_body = Option<ReviewClaim>, responses(
    (status = 200, body = SupplierClaimView),
    (status = 409, description = "The claim is not open", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/claims/{id}/review")]
pub async fn review_claim(
    state: web::Data<AppState>,
    staff: Staff<MaySteer>,
    PathId(id): PathId<ClaimId>,
    OptionalBody(ReviewClaim {}): OptionalBody<ReviewClaim>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| deciding::review(tx, id, &actor, now());
    Ok(answer(state.db.write(write).await?))
}

/// What is right of a claim.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideClaim {
    /// Every line of the claim, each once.
    lines: Vec<DecideClaimLine>,
}

/// What is right of a line.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideClaimLine {
    /// The line's position on the claim.
    position: i32,
    /// In the line's unit; `0` where nothing of it is right.
    #[schema(example = "1")]
    quantity: DecimalText,
    /// The amount without tax that is to be credited, where that is not the price of the quantity; never more than what is
    /// claimed of the line costs. Needed where something is right
    /// of a claim about a price or a delay.
    #[schema(example = "12.50")]
    net: Option<DecimalText>,
    /// Why it is not more; 1 to 2,000 characters. Needed where it is less than was claimed.
    reason: Option<String>,
}

/// Decide a claim
///
/// Line by line; the account reads the reasons. All accepted is `accepted`, nothing `rejected`, else `partly_accepted`. What is
/// accepted may be decided anew until the claim is settled.
#[utoipa::path(tag = "supplier", operation_id = "decideClaim", security(("bearer" = ["orders.steer"])), request_body = DecideClaim, responses(
    (status = 200, body = SupplierClaimView),
    (status = 409, description = "The claim is rejected, settled or withdrawn", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/claims/{id}/decide")]
pub async fn decide_claim(
    state: web::Data<AppState>,
    staff: Staff<MaySteer>,
    PathId(id): PathId<ClaimId>,
    Body(body): Body<DecideClaim>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let decided = |line: DecideClaimLine| Decided {
        position: line.position,
        quantity: line.quantity.0,
        net: line.net.map(|net| net.0),
        reason: line.reason,
    };
    let decided: Vec<_> = body.lines.into_iter().map(decided).collect();
    let write = move |tx: &mut Connection| deciding::decide(tx, id, &decided, &actor, now());
    Ok(answer(state.db.write(write).await?))
}

/// How a claim is made good.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettleClaim {
    /// As the account wished if left out.
    #[schema(inline)]
    outcome: Option<Outcome>,
    /// What is said of it, 2,000 characters at most; stands on the credit note.
    text: Option<String>,
}

/// Settle a claim
///
/// `credit` issues a credit note of what is accepted, in the same step: at the invoice's prices, or of the amounts that were
/// decided, and never more than is left to credit. `replace` places an order of what is accepted without charge, whose purchase
/// order number is the claim's number. `repair` is noted. An empty body will do. By credit finance settles, else those who steer
/// orders.
#[utoipa::path(tag = "supplier", operation_id = "settleClaim", security(("bearer" = ["claims.settle"])), request_body = Option<SettleClaim>, responses(
    (status = 200, body = SupplierClaimView),
    (status = 409, description = "Nothing is accepted, it is settled already, its shipment is not invoiced, or nothing is left to credit", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/claims/{id}/settle")]
pub async fn settle_claim(
    state: web::Data<AppState>,
    staff: Staff<MaySettle>,
    PathId(id): PathId<ClaimId>,
    OptionalBody(body): OptionalBody<SettleClaim>,
) -> Result<HttpResponse> {
    let (actor, roles) = (staff.actor(), staff.roles.clone());
    let settlement = Settlement {
        outcome: body.outcome,
        text: body.text,
        of_return: None,
    };
    let write = move |tx: &mut Connection| settling::settle(tx, id, &settlement, &roles, &actor, now());
    Ok(answer(state.db.write(write).await?))
}

/// Answer in a claim
///
/// The account's people get it by mail. The first answer stops the clock.
#[utoipa::path(tag = "supplier", operation_id = "sayInSupplierClaim", security(("bearer" = ["orders.steer"])), request_body = SayInClaim,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new message")),
    responses((status = 201, body = SupplierClaimView)))]
#[post("/supplier/claims/{id}/messages")]
pub async fn say_in_claim(
    state: web::Data<AppState>,
    staff: Staff<MaySteer>,
    PathId(id): PathId<ClaimId>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<SayInClaim>,
) -> Result<HttpResponse> {
    let sent = (id.to_string(), &body.text);
    let route = "POST /api/v1/supplier/claims/{id}/messages";
    let key = idempotency::Request::new(staff.person_id, route, key, &sent)?;
    let actor = staff.actor();
    let write = move |tx: &mut Connection| talking::say(tx, &key, (None, id), &body.text, &actor, now());
    let (claim, replayed) = state.db.write(write).await?;
    Ok(created(None, replayed, SupplierClaimView::from(claim)))
}

/// Add photos and papers to a claim of any account
///
/// As the account does; it sees them.
#[utoipa::path(tag = "supplier", operation_id = "addSupplierClaimFiles", security(("bearer" = ["orders.steer"])),
    request_body(content = ClaimFilesForm, content_type = "multipart/form-data"), responses(
    (status = 201, body = SupplierClaimView),
    (status = 409, description = "The claim is over, or has too many files", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/claims/{id}/files")]
pub async fn add_claim_files(
    state: web::Data<AppState>,
    staff: Staff<MaySteer>,
    PathId(id): PathId<ClaimId>,
    form: Upload,
) -> Result<HttpResponse> {
    let files = receive(&state, form).await?;
    let actor = staff.actor();
    let write = move |tx: &mut Connection| evidence::add(tx, (None, id), &files, &actor, now());
    let claim = state.db.write(write).await?;
    Ok(created(None, false, SupplierClaimView::from(claim)))
}

/// What was found out, and what is done so that it doesn't come again.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnalyseClaim {
    root_cause: Option<String>,
    corrective_action: Option<String>,
    /// Who sees to it.
    owner: Option<String>,
    due_on: Option<NaiveDate>,
    /// When it was seen to work.
    verified_on: Option<NaiveDate>,
}

/// Note why a claim came, and what is done about it
///
/// Fields of an 8D report, for staff alone; what is left out is none.
#[utoipa::path(tag = "supplier", operation_id = "analyseClaim", security(("bearer" = ["orders.steer"])), request_body = AnalyseClaim,
    params(("If-Match" = String, Header, description = "The claim's `ETag`")),
    responses((status = 200, body = SupplierClaimView, headers(("ETag" = String, description = "Its version")))))]
#[put("/supplier/claims/{id}/analysis")]
pub async fn analyse_claim(
    state: web::Data<AppState>,
    staff: Staff<MaySteer>,
    PathId(id): PathId<ClaimId>,
    IfMatch(expected): IfMatch,
    Body(body): Body<AnalyseClaim>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let analysis = Analysis {
        root_cause: body.root_cause,
        corrective_action: body.corrective_action,
        owner: body.owner,
        due_on: body.due_on,
        verified_on: body.verified_on,
    };
    let write = move |tx: &mut Connection| deciding::analyse(tx, id, &expected, &analysis, &actor, now());
    Ok(answer(state.db.write(write).await?))
}

/// A photo or paper of a claim of any account
///
/// As it was sent, to be kept: `Content-Disposition` is `attachment`.
#[utoipa::path(tag = "supplier", operation_id = "getSupplierClaimFile", responses(
    (status = 200, description = "The file", content((Pdf = "image/jpeg"), (Pdf = "image/png"), (Pdf = "application/pdf"))),
))]
#[get("/supplier/claim-files/{id}")]
pub async fn get_claim_file(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<ClaimFileId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut _| evidence::get_for_staff(connection, id);
    Ok(state.db.read(read).await?.into())
}

/// How many days the supplier has to answer claims.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimTerms {
    /// Code of the account it is agreed with; all that have no agreement of their own if left out.
    account: Option<String>,
    /// 0 to 365 days from the day a claim is filed; as for all if left out.
    #[schema(minimum = 0, maximum = 365)]
    answer_days: Option<i32>,
}

/// How many days there are to answer claims
///
/// Of accounts that have no agreement of their own; what is agreed with one stands in `getAccount`.
#[utoipa::path(tag = "supplier", operation_id = "getClaimTerms", responses((status = 200, body = ClaimTerms)))]
#[get("/supplier/claim-terms")]
pub async fn get_terms(state: web::Data<AppState>, _staff: Staff<MayReadDesk>) -> Result<web::Json<ClaimTerms>> {
    let days = state.db.read(deciding::answer_days).await?;
    Ok(web::Json(ClaimTerms {
        account: None,
        answer_days: Some(days),
    }))
}

/// Say how many days there are to answer claims
///
/// Claims that are filed from now on are to be answered by then.
#[utoipa::path(tag = "supplier", operation_id = "putClaimTerms", security(("bearer" = ["accounts.manage"])), request_body = ClaimTerms,
    responses((status = 200, body = ClaimTerms)))]
#[put("/supplier/claim-terms")]
pub async fn put_terms(
    state: web::Data<AppState>,
    staff: Staff<MayManageAccounts>,
    Body(body): Body<ClaimTerms>,
) -> Result<web::Json<ClaimTerms>> {
    let (actor, code, days) = (staff.actor(), body.account.clone(), body.answer_days);
    let write = move |tx: &mut Connection| deciding::set_answer_days(tx, code.as_deref(), days, &actor, now());
    state.db.write(write).await?;
    Ok(web::Json(body))
}
