//! REST of agreements of rebates, for supplier staff.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, patch, post};
use serde::Deserialize;
use utoipa::IntoParams;

use super::inputs::{AgreementChange, NewAgreement};
use super::shapes::{
    ExpectedRebateList, ExpectedRebateView, RebateAccrualList, RebateAgreementHeadView, RebateAgreementView, accrual,
};
use super::{Agreement, Standing, Whole};
use crate::clock::now;
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::http::{Body, IfMatch, Limit, List, Page, Paged, Params, PathId, Since, etag};
use crate::identity::caller::{MayManageAccounts, MayReadDesk, Staff};
use crate::ids::RebateAgreementId;
use crate::state::AppState;

/// Which agreements to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListSupplierRebateAgreements {
    /// Code of an account: only its.
    account: Option<String>,
    /// Only what was added or changed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Agreements of rebates
///
/// By code, with their tiers.
#[utoipa::path(tag = "supplier", operation_id = "listSupplierRebateAgreements", params(ListSupplierRebateAgreements), responses((status = 200, body = List<RebateAgreementHeadView>)))]
#[get("/supplier/rebate-agreements")]
pub async fn list_agreements(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListSupplierRebateAgreements>,
) -> Result<Json<List<RebateAgreementHeadView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let account = params.account.clone();
    let read = move |connection: &mut Connection, walk: Walk<String>, fetch| {
        super::list(connection, account.as_deref(), walk, fetch)
    };
    let list = (Followed::all("rebate_agreements"), &params.account);
    let code = |agreement: &Agreement| agreement.kept.code.clone();
    let id = |agreement: &Agreement| agreement.kept.id;
    let page = page.list(&state.db, list, read, (code, id, RebateAgreementHeadView::from));
    Ok(Json(page.await?))
}

fn answer(mut builder: actix_web::HttpResponseBuilder, whole: Whole) -> HttpResponse {
    let version = super::version(&whole.agreement);
    builder
        .insert_header(etag(version))
        .json(RebateAgreementView::from(whole))
}

/// One agreement
///
/// With turnover, tier and accrual of each period.
#[utoipa::path(tag = "supplier", operation_id = "getSupplierRebateAgreement", responses(
    (status = 200, body = RebateAgreementView, headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/rebate-agreements/{id}")]
pub async fn get_agreement(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<RebateAgreementId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| super::get_whole(connection, id, now());
    Ok(answer(HttpResponse::Ok(), state.db.read(read).await?))
}

/// Agree on a rebate
///
/// Checked as rows of `rebates.csv` and `rebate_tiers.csv`. What was invoiced since the first day it is valid is accrued at once.
#[utoipa::path(tag = "supplier", operation_id = "addRebateAgreement", security(("bearer" = ["accounts.manage"])), request_body = NewAgreement, responses(
    (status = 201, body = RebateAgreementView, headers(("Location" = String, description = "Path of the agreement"), ("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[post("/supplier/rebate-agreements")]
pub async fn add_agreement(
    state: Data<AppState>,
    staff: Staff<MayManageAccounts>,
    Body(new): Body<NewAgreement>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let add = move |tx: &mut Connection| {
        let agreement = super::add(tx, &new, &actor, now())?;
        super::get_whole(tx, agreement.kept.id, now())
    };
    let whole = state.db.write(add).await?;
    let path = format!("/api/v1/supplier/rebate-agreements/{}", whole.agreement.kept.id);
    let mut created = HttpResponse::Created();
    created.insert_header(("Location", path));
    Ok(answer(created, whole))
}

/// Change an agreement
///
/// Its name, how it is settled, its last day and its tiers. What was accrued is trued up.
#[utoipa::path(tag = "supplier", operation_id = "changeRebateAgreement", security(("bearer" = ["accounts.manage"])), request_body = AgreementChange,
    params(("If-Match" = String, Header, description = "The ETag of the agreement")),
    responses((status = 200, body = RebateAgreementView, headers(("ETag" = String, description = "Of the new version")))))]
#[patch("/supplier/rebate-agreements/{id}")]
pub async fn change_agreement(
    state: Data<AppState>,
    staff: Staff<MayManageAccounts>,
    PathId(id): PathId<RebateAgreementId>,
    IfMatch(expected): IfMatch,
    Body(wanted): Body<AgreementChange>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let change = move |tx: &mut Connection| {
        super::change(tx, id, &expected, &wanted, &actor, now())?;
        super::get_whole(tx, id, now())
    };
    Ok(answer(HttpResponse::Ok(), state.db.write(change).await?))
}

/// How an agreement came to what it is
///
/// The newest accrual first; each names the invoiced line it comes from.
#[utoipa::path(tag = "supplier", operation_id = "listSupplierRebateAccruals", params(Paged), responses((status = 200, body = RebateAccrualList)))]
#[get("/supplier/rebate-agreements/{id}/accruals")]
pub async fn list_accruals(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<RebateAgreementId>,
    Params(params): Params<Paged>,
) -> Result<Json<RebateAccrualList>> {
    let page = params.page();
    let (after, fetch): (Option<i64>, _) = (page.after("rebate_accruals")?, page.fetch());
    let read = move |connection: &mut Connection| {
        let agreement = super::get(connection, id)?;
        let found = super::list_accruals(connection, (None, id), after.into(), fetch)?;
        Ok((agreement.kept.currency, found))
    };
    let (currency, found) = state.db.read(read).await?;
    let (found, next_cursor) = page.cut("rebate_accruals", found, |one| one.id)?;
    Ok(Json(RebateAccrualList {
        data: found.into_iter().map(|one| accrual(one, currency)).collect(),
        next_cursor,
    }))
}

/// Which periods to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListExpectedRebates {
    /// Code of an account: only its.
    account: Option<String>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Booked and expected accruals
///
/// One row for each agreement and period, the newest first: what is accrued by the tier that was reached, and what is to be expected by the
/// tier that will be reached if the period goes on as until today.
#[utoipa::path(tag = "supplier", operation_id = "listExpectedRebates", params(ListExpectedRebates), responses((status = 200, body = ExpectedRebateList)))]
#[get("/supplier/rebate-accruals")]
pub async fn list_expected(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListExpectedRebates>,
) -> Result<Json<ExpectedRebateList>> {
    let page = Page::new(params.limit, params.cursor);
    let filter = ("rebate_periods", params.account.clone());
    let (after, fetch): (Option<i64>, _) = (page.after(&filter)?, page.fetch());
    let account = params.account;
    let read = move |connection: &mut Connection| {
        let found = super::list_standings(connection, account.as_deref(), after.into(), fetch)?;
        Ok((found, super::today(connection, now())?))
    };
    let (found, today) = state.db.read(read).await?;
    let (found, next_cursor) = page.cut(&filter, found, |one: &Standing| one.period_id)?;
    let view = |one| ExpectedRebateView::of(one, today);
    Ok(Json(ExpectedRebateList {
        data: found.into_iter().filter_map(view).collect(),
        next_cursor,
    }))
}
