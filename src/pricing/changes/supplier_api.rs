//! REST of price changes, for supplier staff.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, post, put};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ruling::{self, Rule};
use super::shapes::{PriceChangePreviewView, PriceChangeRowView, PriceChangeView};
use super::{Change, Plan, Row, SentRow, deciding, previewing};
use crate::audit::Actor;
use crate::clock::now;
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::http::{Body, Limit, List, OptionalBody, Page, Params, PathId, Since};
use crate::identity::caller::{Confirmed, MayApprovePrices, MayReadDesk, MaySeeCosts, MaySetPrices, Staff};
use crate::ids::{PriceChangeId, PriceChangeRowId, PriceId};
use crate::state::AppState;

/// Which price changes to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListPriceChanges {
    /// Only what was added or changed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Price changes
///
/// The newest first, without their rows.
#[utoipa::path(tag = "supplier", operation_id = "listPriceChanges", params(ListPriceChanges), responses((status = 200, body = List<PriceChangeView>)))]
#[get("/supplier/price-changes")]
pub async fn list_price_changes(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListPriceChanges>,
) -> Result<Json<List<PriceChangeView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let read =
        move |connection: &mut Connection, walk: Walk<PriceChangeId>, fetch| super::list(connection, walk, fetch);
    let id = |change: &Change| change.id;
    let list = (Followed::all("price_changes"), "price_changes");
    let list = page.list(&state.db, list, read, (id, id, PriceChangeView::from));
    Ok(Json(list.await?))
}

/// Plan a price change
///
/// Its prices hold from its day on, once its rows are there and another person has approved it.
#[utoipa::path(tag = "supplier", operation_id = "createPriceChange", security(("bearer" = ["prices.keep"])), request_body = Plan, responses(
    (status = 201, body = PriceChangeView, headers(("Location" = String, description = "Path of the price change"))),
))]
#[post("/supplier/price-changes")]
pub async fn create_price_change(
    state: Data<AppState>,
    staff: Confirmed<Staff<MaySetPrices>>,
    Body(plan): Body<Plan>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let create = move |tx: &mut Connection| super::create(tx, &plan, &actor, now());
    let change = state.db.write(create).await?;
    Ok(HttpResponse::Created()
        .insert_header(("Location", format!("/api/v1/supplier/price-changes/{}", change.id)))
        .json(PriceChangeView::from(change)))
}

/// One price change
#[utoipa::path(tag = "supplier", operation_id = "getPriceChange", responses((status = 200, body = PriceChangeView)))]
#[get("/supplier/price-changes/{id}")]
pub async fn get_price_change(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<PriceChangeId>,
) -> Result<Json<PriceChangeView>> {
    let change = state.db.read(move |connection| super::get(connection, id)).await?;
    Ok(Json(change.into()))
}

/// Change what a price change is for, and its day
///
/// As long as it is a draft, or was rejected.
#[utoipa::path(tag = "supplier", operation_id = "planPriceChange", security(("bearer" = ["prices.keep"])), request_body = Plan, responses(
    (status = 200, body = PriceChangeView),
    (status = 409, description = "Its state does not allow it", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/price-changes/{id}/plan")]
pub async fn plan_price_change(
    state: Data<AppState>,
    staff: Confirmed<Staff<MaySetPrices>>,
    PathId(id): PathId<PriceChangeId>,
    Body(plan): Body<Plan>,
) -> Result<Json<PriceChangeView>> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| super::plan(tx, id, &plan, &actor, now());
    Ok(Json(state.db.write(write).await?.into()))
}

/// Which of its rows to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListPriceChangeRows {
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Rows of a price change
///
/// In the order in which they came, each with what holds without it.
#[utoipa::path(tag = "supplier", operation_id = "listPriceChangeRows", params(ListPriceChangeRows), responses((status = 200, body = List<PriceChangeRowView>)))]
#[get("/supplier/price-changes/{id}/rows")]
pub async fn list_price_change_rows(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<PriceChangeId>,
    Params(params): Params<ListPriceChangeRows>,
) -> Result<Json<List<PriceChangeRowView>>> {
    let page = Page::new(params.limit, params.cursor);
    let filter = ("price_change_rows", id.to_string());
    let after: Option<PriceChangeRowId> = page.after(&filter)?;
    let fetch = page.fetch();
    let read = move |connection: &mut Connection| {
        super::get(connection, id)?;
        super::list_rows(connection, id, after, fetch)
    };
    let rows = state.db.read(read).await?;
    let (rows, next) = page.cut(&filter, rows, |row: &Row| row.id)?;
    let rows = rows.into_iter().map(PriceChangeRowView::from).collect();
    Ok(Json(List::new(rows, next)))
}

/// Prices that are to hold.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutPriceChangeRows {
    /// 1 to 10,000.
    #[schema(min_items = 1, max_items = 10_000)]
    rows: Vec<SentRow>,
}

/// Put rows into a price change
///
/// In the places of those with the same list, product, unit and break. All of them, or none.
#[utoipa::path(tag = "supplier", operation_id = "putPriceChangeRows", security(("bearer" = ["prices.keep"])), request_body = PutPriceChangeRows, responses(
    (status = 200, body = PriceChangeView),
    (status = 409, description = "Its state does not allow it", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[put("/supplier/price-changes/{id}/rows")]
pub async fn put_price_change_rows(
    state: Data<AppState>,
    staff: Confirmed<Staff<MaySetPrices>>,
    PathId(id): PathId<PriceChangeId>,
    Body(body): Body<PutPriceChangeRows>,
) -> Result<Json<PriceChangeView>> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| super::put_rows(tx, id, &body.rows, &actor, now());
    Ok(Json(state.db.write(write).await?.into()))
}

/// Take all rows out of a price change
#[utoipa::path(tag = "supplier", operation_id = "clearPriceChangeRows", security(("bearer" = ["prices.keep"])), responses(
    (status = 200, body = PriceChangeView),
    (status = 409, description = "Its state does not allow it", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[delete("/supplier/price-changes/{id}/rows")]
pub async fn clear_price_change_rows(
    state: Data<AppState>,
    staff: Confirmed<Staff<MaySetPrices>>,
    PathId(id): PathId<PriceChangeId>,
) -> Result<Json<PriceChangeView>> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| super::clear(tx, id, &actor, now());
    Ok(Json(state.db.write(write).await?.into()))
}

/// Makes rows by a rule, some at a time.
pub(super) async fn rule(state: &AppState, id: PriceChangeId, rule: Rule, actor: Actor) -> Result<Change> {
    let wanted = rule.clone();
    let ready = state
        .db
        .read(move |connection| ruling::read(connection, &wanted))
        .await?;
    let (mut after, mut rows) = (Some(PriceId(0)), 0);
    while let Some(from) = after {
        let (ready, who) = (ready.clone(), actor.clone());
        let part = move |tx: &mut Connection| ruling::add_part(tx, id, &ready, from, &who);
        let (_, next, added) = state.db.write(part).await?;
        rows += added;
        after = next;
    }
    let end = move |tx: &mut Connection| ruling::end(tx, id, (&rule, rows), &actor, now());
    state.db.write(end).await
}

/// Make rows of a price change by a rule
///
/// Of the prices of some lists and categories as they hold on its day. A price that the rule leaves as it is gets no row. Where it is
/// refused half way, the same rule may be sent again: rows take the places of those with their keys.
#[utoipa::path(tag = "supplier", operation_id = "addPriceChangeRule", security(("bearer" = ["prices.keep"])), request_body = Rule, responses(
    (status = 200, body = PriceChangeView),
    (status = 409, description = "Its state does not allow it", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/price-changes/{id}/rules")]
pub async fn add_price_change_rule(
    state: Data<AppState>,
    staff: Confirmed<Staff<MaySetPrices>>,
    PathId(id): PathId<PriceChangeId>,
    Body(wanted): Body<Rule>,
) -> Result<Json<PriceChangeView>> {
    Ok(Json(rule(&state, id, wanted, staff.actor()).await?.into()))
}

/// What a price change comes to
///
/// With the quantities ordered in the last twelve months, each line priced for its day as it is and as it would be. Asked for by POST, and
/// worked out account by account.
#[utoipa::path(tag = "supplier", operation_id = "getPriceChangePreview", security(("bearer" = ["costs.read"])), responses((status = 200, body = PriceChangePreviewView)))]
#[get("/supplier/price-changes/{id}/preview")]
pub async fn get_price_change_preview(
    state: Data<AppState>,
    _staff: Staff<MaySeeCosts>,
    PathId(id): PathId<PriceChangeId>,
) -> Result<Json<PriceChangePreviewView>> {
    let preview = state.db.read(move |connection| previewing::get(connection, id)).await?;
    Ok(Json(preview.into()))
}

/// Work out what a price change comes to
#[utoipa::path(tag = "supplier", operation_id = "startPriceChangePreview", security(("bearer" = ["costs.read"])), responses(
    (status = 202, body = PriceChangeView, description = "It is worked out; ask for it by GET"),
    (status = 409, description = "Its state does not allow it", body = crate::problem::Problem, content_type = "application/problem+json"),
    (status = 422, description = "It can't be so: nothing to look at, a day that is over, too little earned", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/price-changes/{id}/preview")]
pub async fn start_price_change_preview(
    state: Data<AppState>,
    _staff: Staff<MaySeeCosts>,
    PathId(id): PathId<PriceChangeId>,
) -> Result<HttpResponse> {
    let change = state.db.write(move |tx| previewing::start(tx, id)).await?;
    Ok(HttpResponse::Accepted().json(PriceChangeView::from(change)))
}

/// Send a price change in for approval
///
/// What it comes to must be known. A line under a floor that blocks refuses it.
#[utoipa::path(tag = "supplier", operation_id = "submitPriceChange", security(("bearer" = ["prices.keep"])), responses(
    (status = 200, body = PriceChangeView),
    (status = 409, description = "Its state does not allow it", body = crate::problem::Problem, content_type = "application/problem+json"),
    (status = 422, description = "It can't be so: nothing to look at, a day that is over, too little earned", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/price-changes/{id}/submit")]
pub async fn submit_price_change(
    state: Data<AppState>,
    staff: Confirmed<Staff<MaySetPrices>>,
    PathId(id): PathId<PriceChangeId>,
) -> Result<Json<PriceChangeView>> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| deciding::submit(tx, id, &actor, now());
    Ok(Json(state.db.write(write).await?.into()))
}

/// A decision.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecidePriceChange {
    /// 500 characters at most.
    #[schema(max_length = 500)]
    note: Option<String>,
}

/// Approve a price change
///
/// By another person than those who made it, changed its rows or sent it in. Its rows are put into the lists and hold from its day on.
#[utoipa::path(tag = "supplier", operation_id = "approvePriceChange", security(("bearer" = ["prices.approve"])), request_body = DecidePriceChange, responses(
    (status = 200, body = PriceChangeView),
    (status = 409, description = "Its state does not allow it", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/price-changes/{id}/approve")]
pub async fn approve_price_change(
    state: Data<AppState>,
    staff: Confirmed<Staff<MayApprovePrices>>,
    PathId(id): PathId<PriceChangeId>,
    OptionalBody(body): OptionalBody<DecidePriceChange>,
) -> Result<Json<PriceChangeView>> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| deciding::approve(tx, id, body.note.as_deref(), &actor, now());
    Ok(Json(state.db.write(write).await?.into()))
}

/// Reject a price change
///
/// It goes back to its authors, who may change its rows and send it in again.
#[utoipa::path(tag = "supplier", operation_id = "rejectPriceChange", security(("bearer" = ["prices.approve"])), request_body = DecidePriceChange, responses(
    (status = 200, body = PriceChangeView),
    (status = 409, description = "Its state does not allow it", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/price-changes/{id}/reject")]
pub async fn reject_price_change(
    state: Data<AppState>,
    staff: Confirmed<Staff<MayApprovePrices>>,
    PathId(id): PathId<PriceChangeId>,
    OptionalBody(body): OptionalBody<DecidePriceChange>,
) -> Result<Json<PriceChangeView>> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| deciding::reject(tx, id, body.note.as_deref(), &actor, now());
    Ok(Json(state.db.write(write).await?.into()))
}

/// Roll a price change back
///
/// Every list becomes what it was, but for prices that somebody changed since: those rows say `kept`. Orders keep the prices they were
/// placed at.
#[utoipa::path(tag = "supplier", operation_id = "rollBackPriceChange", security(("bearer" = ["prices.approve"])), responses(
    (status = 200, body = PriceChangeView),
    (status = 409, description = "Its state does not allow it", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/price-changes/{id}/roll-back")]
pub async fn roll_back_price_change(
    state: Data<AppState>,
    staff: Confirmed<Staff<MayApprovePrices>>,
    PathId(id): PathId<PriceChangeId>,
) -> Result<Json<PriceChangeView>> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| deciding::roll_back(tx, id, &actor, now());
    Ok(Json(state.db.write(write).await?.into()))
}
