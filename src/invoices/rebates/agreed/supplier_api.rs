//! REST of settlements, for supplier staff.

use actix_web::web::{Data, Json};
use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::shapes::{RebateSettlementHeadView, RebateSettlementView};
use super::{Settlement, State};
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::{Limit, Page, Params, PathId};
use crate::identity::caller::{MayKeepBooks, MayReadDesk, Staff};
use crate::ids::RebateSettlementId;
use crate::state::AppState;

/// Which settlements to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListRebateSettlements {
    /// Code of an account: only its.
    account: Option<String>,
    /// Only those in this state.
    state: Option<State>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A page of settlements.
#[derive(Debug, Serialize, ToSchema)]
pub struct RebateSettlementList {
    data: Vec<RebateSettlementHeadView>,
    /// Of the next page; null on the last.
    #[schema(required)]
    next_cursor: Option<String>,
}

/// Settlements of rebates
///
/// What is proposed once a period is over, and what was approved; the newest first.
#[utoipa::path(tag = "supplier", operation_id = "listRebateSettlements", params(ListRebateSettlements), responses((status = 200, body = RebateSettlementList)))]
#[get("/supplier/rebate-settlements")]
pub async fn list_settlements(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListRebateSettlements>,
) -> Result<Json<RebateSettlementList>> {
    let page = Page::new(params.limit, params.cursor);
    let filter = ("rebate_settlements", params.account.clone(), params.state);
    let (after, fetch): (Option<RebateSettlementId>, _) = (page.after(&filter)?, page.fetch());
    let (account, wanted) = (params.account, params.state);
    let read =
        move |connection: &mut Connection| super::list(connection, (account.as_deref(), wanted), after.into(), fetch);
    let found = state.db.read(read).await?;
    let (found, next_cursor) = page.cut(&filter, found, |one: &Settlement| one.id)?;
    Ok(Json(RebateSettlementList {
        data: found.into_iter().map(RebateSettlementHeadView::from).collect(),
        next_cursor,
    }))
}

/// One settlement
#[utoipa::path(tag = "supplier", operation_id = "getRebateSettlement", responses((status = 200, body = RebateSettlementView)))]
#[get("/supplier/rebate-settlements/{id}")]
pub async fn get_settlement(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<RebateSettlementId>,
) -> Result<Json<RebateSettlementView>> {
    let whole = state
        .db
        .read(move |connection: &mut Connection| super::get(connection, id))
        .await?;
    Ok(Json(whole.into()))
}

/// Approve a settlement
///
/// What is due now is credited, all or nothing: all that was earned until the period's end less all that was settled. A second approval is
/// refused and pays nothing.
#[utoipa::path(tag = "supplier", operation_id = "approveRebateSettlement", security(("bearer" = ["books.keep"])), responses(
    (status = 200, body = RebateSettlementView),
    (status = 409, description = "It is approved already, or nothing is due", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/rebate-settlements/{id}/approve")]
pub async fn approve_settlement(
    state: Data<AppState>,
    staff: Staff<MayKeepBooks>,
    PathId(id): PathId<RebateSettlementId>,
) -> Result<Json<RebateSettlementView>> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| super::approve(tx, id, &actor, now());
    Ok(Json(state.db.write(write).await?.into()))
}
