//! What an account earns by what it buys, by REST.

use actix_web::get;
use actix_web::web::{Data, Json};

use super::shapes::{RebateAccrualList, RebateAgreementView, RebateAgreementsView, accrual};
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::{Paged, Params, PathId};
use crate::identity::caller::{Customer, MayRead};
use crate::ids::RebateAgreementId;
use crate::state::AppState;

/// My rebates
///
/// What was agreed to be given back, with turnover, tier, what is accrued, how far the next tier is and what reaching it is worth.
#[utoipa::path(tag = "invoices", operation_id = "listRebateAgreements", responses((status = 200, body = RebateAgreementsView)))]
#[get("/rebate-agreements")]
pub async fn list_agreements(state: Data<AppState>, customer: Customer<MayRead>) -> Result<Json<RebateAgreementsView>> {
    let account_id = customer.account_id;
    let read = move |connection: &mut Connection| super::of_account(connection, account_id, now());
    let data = state.db.read(read).await?.into_iter();
    Ok(Json(RebateAgreementsView {
        data: data.map(RebateAgreementView::from).collect(),
    }))
}

/// One of my rebates
#[utoipa::path(tag = "invoices", operation_id = "getRebateAgreement", responses((status = 200, body = RebateAgreementView)))]
#[get("/rebate-agreements/{id}")]
pub async fn get_agreement(
    state: Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<RebateAgreementId>,
) -> Result<Json<RebateAgreementView>> {
    let account_id = customer.account_id;
    let read = move |connection: &mut Connection| super::get_of_account(connection, account_id, id, now());
    Ok(Json(state.db.read(read).await?.into()))
}

/// How a rebate came to what it is
///
/// The newest accrual first; each names the invoiced line it comes from.
#[utoipa::path(tag = "invoices", operation_id = "listRebateAccruals", params(Paged), responses((status = 200, body = RebateAccrualList)))]
#[get("/rebate-agreements/{id}/accruals")]
pub async fn list_accruals(
    state: Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<RebateAgreementId>,
    Params(params): Params<Paged>,
) -> Result<Json<RebateAccrualList>> {
    let (account_id, page) = (customer.account_id, params.page());
    let (after, fetch): (Option<i64>, _) = (page.after("rebate_accruals")?, page.fetch());
    let read = move |connection: &mut Connection| {
        let whole = super::get_of_account(connection, account_id, id, now())?;
        let found = super::list_accruals(connection, (Some(account_id), id), after.into(), fetch)?;
        Ok((whole.agreement.kept.currency, found))
    };
    let (currency, found) = state.db.read(read).await?;
    let (found, next_cursor) = page.cut("rebate_accruals", found, |one| one.id)?;
    Ok(Json(RebateAccrualList {
        data: found.into_iter().map(|one| accrual(one, currency)).collect(),
        next_cursor,
    }))
}
